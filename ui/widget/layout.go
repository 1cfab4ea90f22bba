package widget

import (
	"math"

	"fyne.io/fyne/v2"
)

// grown marks an object that takes the room that is left.
type grown struct{ fyne.CanvasObject }

// Grow marks an item of a row or stack to take the room that is left over;
// several share it.
func Grow(o fyne.CanvasObject) fyne.CanvasObject { return grown{o} }

// Spare marks an item of a row or stack that is left out where there is no room
// for it. What it does must be in a menu as well.
func Spare(o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &spare{}, Objects: []fyne.CanvasObject{o}}
}

// spare asks for the room of its item whether that is shown or not.
type spare struct{}

func (*spare) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (*spare) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	if s.Width <= 0 || s.Height <= 0 {
		objects[0].Hide()
		return
	}
	objects[0].Show()
	place(objects[0], 0, 0, s.Width, s.Height)
}

// leaveOut takes the room of a spare item away, also if it never had any.
func leaveOut(o fyne.CanvasObject) {
	o.Resize(fyne.Size{})
	c := o.(*fyne.Container)
	c.Layout.Layout(c.Objects, fyne.Size{})
}

func isSpare(o fyne.CanvasObject) bool {
	c, ok := o.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(*spare)
	return ok
}

// Gap is empty room that grows.
func Gap() fyne.CanvasObject { return grown{&fyne.Container{}} }

// Row sets items side by side, each in the middle of the row's height.
func Row(gap float32, items ...fyne.CanvasObject) *fyne.Container {
	return newFlex(&flex{gap: gap}, items)
}

// Columns sets items side by side, each as high as the row.
func Columns(gap float32, items ...fyne.CanvasObject) *fyne.Container {
	return newFlex(&flex{gap: gap, stretch: true}, items)
}

// Stack sets items below each other, each as wide as the stack.
func Stack(gap float32, items ...fyne.CanvasObject) *fyne.Container {
	return newFlex(&flex{gap: gap, stretch: true, down: true}, items)
}

// flex is the layout of rows and stacks. Hidden items take no room.
type flex struct {
	gap           float32
	down, stretch bool
	grow          map[fyne.CanvasObject]bool
}

func newFlex(f *flex, items []fyne.CanvasObject) *fyne.Container {
	f.grow = map[fyne.CanvasObject]bool{}
	objects := make([]fyne.CanvasObject, 0, len(items))
	for _, o := range items {
		if g, ok := o.(grown); ok {
			o = g.CanvasObject
			f.grow[o] = true
		}
		objects = append(objects, o)
	}
	return &fyne.Container{Layout: f, Objects: objects}
}

// along splits a size into its length along the row or stack and across it.
func (f *flex) along(s fyne.Size) (length, across float32) {
	if f.down {
		return s.Height, s.Width
	}
	return s.Width, s.Height
}

func (f *flex) size(length, across float32) fyne.Size {
	if f.down {
		return fyne.NewSize(across, length)
	}
	return fyne.NewSize(length, across)
}

// MinSize implements fyne.Layout.
func (f *flex) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var length, across float32
	shown := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		l, a := f.along(o.MinSize())
		across = max(across, a)
		if !isSpare(o) {
			length, shown = length+l, shown+1
		}
	}
	return f.size(length+f.gap*float32(max(0, shown-1)), across)
}

// Layout implements fyne.Layout.
func (f *flex) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	room, across := f.along(s)
	need, _ := f.along(f.MinSize(objects))
	growing, out := 0, map[fyne.CanvasObject]bool{}
	for _, o := range objects {
		l, _ := f.along(o.MinSize())
		switch {
		case !o.Visible():
		case isSpare(o) && need+f.gap+l > room:
			out[o] = true
			leaveOut(o)
		case isSpare(o):
			need += f.gap + l
		case f.grow[o]:
			growing++
		}
	}
	extra := float32(0)
	if growing > 0 {
		extra = max(0, room-need) / float32(growing)
	}
	at := float32(0)
	for _, o := range objects {
		if !o.Visible() || out[o] {
			continue
		}
		at += f.put(o, at, across, extra) + f.gap
	}
}

// put places one item and returns its length.
func (f *flex) put(o fyne.CanvasObject, at, across, extra float32) float32 {
	length, thick := f.along(o.MinSize())
	if f.grow[o] {
		length += extra
	}
	aside := float32(0)
	if f.stretch {
		thick = across
	} else {
		aside = (across - thick) / 2
	}
	o.Resize(f.size(length, thick))
	if f.down {
		o.Move(fyne.NewPos(aside, at))
	} else {
		o.Move(fyne.NewPos(at, aside))
	}
	return length
}

// Pad leaves room around o: above and below, left and right.
func Pad(vertical, horizontal float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: pad{vertical, horizontal, vertical, horizontal}, Objects: []fyne.CanvasObject{o}}
}

// Inset leaves room at each side: top, right, bottom, left.
func Inset(top, right, bottom, left float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: pad{top, right, bottom, left}, Objects: []fyne.CanvasObject{o}}
}

type pad struct{ top, right, bottom, left float32 }

func (p pad) MinSize(objects []fyne.CanvasObject) fyne.Size {
	s := objects[0].MinSize()
	return fyne.NewSize(s.Width+p.left+p.right, s.Height+p.top+p.bottom)
}

func (p pad) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	place(objects[0], p.left, p.top, s.Width-p.left-p.right, s.Height-p.top-p.bottom)
}

// AtLeast gives o at least this size; zero leaves a side as it is.
func AtLeast(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: atLeast{fyne.NewSize(width, height)}, Objects: []fyne.CanvasObject{o}}
}

type atLeast struct{ size fyne.Size }

func (a atLeast) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return a.size.Max(objects[0].MinSize())
}

func (a atLeast) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	place(objects[0], 0, 0, s.Width, s.Height)
}

// DownTo lets o be as narrow as width, whatever it asks for.
func DownTo(width float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: downTo(width), Objects: []fyne.CanvasObject{o}}
}

type downTo float32

func (d downTo) MinSize(objects []fyne.CanvasObject) fyne.Size {
	s := objects[0].MinSize()
	return fyne.NewSize(min(s.Width, float32(d)), s.Height)
}

func (downTo) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	place(objects[0], 0, 0, s.Width, s.Height)
}

// Center sets o in the middle, as small as it may be.
func Center(o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: center{}, Objects: []fyne.CanvasObject{o}}
}

type center struct{}

func (center) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (center) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	m := objects[0].MinSize()
	place(objects[0], max(0, (s.Width-m.Width)/2), max(0, (s.Height-m.Height)/2), m.Width, m.Height)
}

// AtMost lets o grow in width to a limit, from the left.
func AtMost(width float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: atMost(width), Objects: []fyne.CanvasObject{o}}
}

type atMost float32

func (atMost) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (a atMost) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	place(objects[0], 0, 0, min(s.Width, float32(a)), s.Height)
}

// RightMost lets o grow in width to a limit, from the right.
func RightMost(width float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: rightMost(width), Objects: []fyne.CanvasObject{o}}
}

type rightMost float32

func (rightMost) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (r rightMost) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	width := min(s.Width, float32(r))
	place(objects[0], s.Width-width, 0, width, s.Height)
}

// Lead sets a line that may be cut before other items: it gets the room it
// needs as far as they leave it, and asks for little. Items that are hidden
// take no room.
func Lead(gap float32, line *Whole, after ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &lead{line: line, gap: gap}, Objects: append([]fyne.CanvasObject{line}, after...)}
}

type lead struct {
	line *Whole
	gap  float32
}

// after is the width of the other items, gaps included.
func (l *lead) after(objects []fyne.CanvasObject) float32 {
	width := float32(0)
	for _, o := range objects[1:] {
		if o.Visible() {
			width += l.gap + o.MinSize().Width
		}
	}
	return width
}

func (l *lead) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := float32(0)
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(2*Space9+l.after(objects), height)
}

func (l *lead) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	x := max(0, min(l.line.text.natural(), s.Width-l.after(objects)))
	m := l.line.MinSize()
	place(l.line, 0, (s.Height-m.Height)/2, x, m.Height)
	for _, o := range objects[1:] {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		place(o, x+l.gap, (s.Height-m.Height)/2, m.Width, m.Height)
		x += l.gap + m.Width
	}
}

// Over sets items over one another, each as large as the room.
func Over(items ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: over{}, Objects: items}
}

type over struct{}

func (over) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var most fyne.Size
	for _, o := range objects {
		most = most.Max(o.MinSize())
	}
	return most
}

func (over) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		place(o, 0, 0, s.Width, s.Height)
	}
}

// AtBottom sets o in the middle of the bottom, over what is there.
func AtBottom(o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: atBottom{}, Objects: []fyne.CanvasObject{o}}
}

type atBottom struct{}

func (atBottom) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (atBottom) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	m := objects[0].MinSize()
	place(objects[0], (s.Width-m.Width)/2, s.Height-m.Height-FootHeight-Space4, m.Width, m.Height)
}

// Flow sets items side by side in lines, as many in each as a width has room
// for.
func Flow(width, gap float32, items ...fyne.CanvasObject) *fyne.Container {
	lines, line, used := Stack(gap), Row(gap), float32(0)
	for _, o := range items {
		w := o.MinSize().Width
		if used > 0 && used+gap+w > width {
			lines.Add(line)
			line, used = Row(gap), 0
		}
		if used > 0 {
			used += gap
		}
		line.Add(o)
		used += w
	}
	lines.Add(line)
	return lines
}

// Beside sets a sign before words of several lines, at the first of them.
func Beside(sign, words fyne.CanvasObject) *fyne.Container {
	return Columns(Space2, Stack(0, AtLeast(0, Body.face().line, Center(sign))), Grow(words))
}

// Halves sets items side by side, all of one width and height.
func Halves(gap float32, items ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: halves(gap), Objects: items}
}

type halves float32

// whole is the nearest whole pixel: edges between two are drawn beside those
// above and below them.
func whole(x float32) float32 { return float32(math.Round(float64(x))) }

func (h halves) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var most fyne.Size
	for _, o := range objects {
		most = most.Max(o.MinSize())
	}
	n := float32(len(objects))
	return fyne.NewSize(most.Width*n+float32(h)*(n-1), most.Height)
}

func (h halves) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	n := float32(len(objects))
	each := (s.Width + float32(h)) / n
	for i, o := range objects {
		from, to := whole(float32(i)*each), whole(float32(i+1)*each)
		place(o, from, 0, to-from-float32(h), s.Height)
	}
}
