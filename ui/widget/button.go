package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Kind is what a button is for.
type Kind int

// The kinds. A page has one Primary button.
const (
	Plain   Kind = iota // an edge around the words
	Primary             // the one thing to do next
	Quiet               // words alone
	Grave               // stops or removes: Danger words
)

// Button does something when it is pressed.
type Button struct {
	fynewidget.DisableableWidget
	OnTapped func()

	kind           Kind
	words          string
	icon, trailing Icon
	small          bool
	most           float32 // the words are cut there; zero: never
	hovered, keyed bool
	settles        bool
	changed        time.Time // when it last became another; of one that settles
	tip            tip
}

// deaf is how long a button does nothing after it has become another: who
// presses then, or twice, means what it was.
const deaf = 600 * time.Millisecond

// NewButton returns a button; its words are a verb, with an ellipsis if a
// question follows.
func NewButton(k Kind, words string, do func()) *Button {
	b := &Button{kind: k, words: words, OnTapped: do}
	b.ExtendBaseWidget(b)
	b.tip.ExtendToolTipWidget(b)
	return b
}

// Called names a button that is an icon alone; the name is shown beside a
// resting pointer.
func (b *Button) Called(name string) *Button { b.tip.SetToolTip(name); return b }

// With puts an icon before the words.
func (b *Button) With(i Icon) *Button { b.icon = i; return b }

// Then puts an icon after the words.
func (b *Button) Then(i Icon) *Button { b.trailing = i; return b }

// Less makes the button as small as panels and grids need it.
func (b *Button) Less() *Button { b.small = true; return b }

// Upto cuts the words where the button would be wider; all of them are beside a
// resting pointer then.
func (b *Button) Upto(width float32) *Button { b.most = width; return b }

// Settling makes the button deaf for a moment whenever it has become another
// before somebody's eyes, so that a double click does not undo itself.
func (b *Button) Settling() *Button { b.settles = true; return b }

// Whole tells whether words that are cut are said in full beside a resting
// pointer.
func (b *Button) Whole() bool { return b.most > 0 }

// Words returns what the button says.
func (b *Button) Words() string { return b.words }

// Become changes what a button is, in its place: Pause becomes Resume.
func (b *Button) Become(i Icon, words string) {
	if b.icon == i && b.words == words {
		return
	}
	b.icon, b.words = i, words
	if b.settles && !b.Size().IsZero() { // else nobody has aimed at it yet
		b.changed = time.Now()
	}
	b.Refresh()
}

// Tapped implements fyne.Tappable.
func (b *Button) Tapped(*fyne.PointEvent) {
	if !b.Disabled() && b.OnTapped != nil && time.Since(b.changed) >= deaf {
		Guard(b, b.OnTapped)
	}
}

// MouseIn implements desktop.Hoverable.
func (b *Button) MouseIn(e *desktop.MouseEvent) { b.hovered = true; b.tip.MouseIn(e); b.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (b *Button) MouseMoved(e *desktop.MouseEvent) { b.tip.MouseMoved(e) }

// MouseOut implements desktop.Hoverable.
func (b *Button) MouseOut() { b.hovered = false; b.tip.MouseOut(); b.Refresh() }

// FocusGained implements fyne.Focusable.
func (b *Button) FocusGained() { b.keyed = true; b.Refresh(); Follow(b) }

// FocusLost implements fyne.Focusable.
func (b *Button) FocusLost() { b.keyed = false; b.Refresh() }

// TypedRune implements fyne.Focusable.
func (b *Button) TypedRune(rune) {}

// TypedKey implements fyne.Focusable: Space and Enter press the button, other
// keys are the window's.
func (b *Button) TypedKey(e *fyne.KeyEvent) {
	if pressed(e) {
		b.Tapped(nil)
		return
	}
	passOn(b, e)
}

// look is how a button is drawn in its present state.
func (b *Button) look() (fill, edge, words Token) {
	switch {
	case b.Disabled():
		return Hover, Border, Secondary
	case b.kind == Primary:
		return Accent, Accent, OnAccent
	}
	fill, edge, words = Surface, Outline, Ink
	if b.kind == Quiet {
		fill, edge = None, None
	}
	if b.kind == Grave {
		words = Danger
	}
	if b.hovered {
		fill = Hover
	}
	return fill, edge, words
}

func (b *Button) style() Style {
	switch {
	case b.kind == Primary && !b.Disabled():
		return BodyBold
	case b.small:
		return Small
	default:
		return Body
	}
}

// sides is the padding, which is less where an icon alone stands.
func (b *Button) sides() float32 {
	if b.small || b.words == "" {
		return Space2
	}
	return Space3
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	p := &buttonParts{b: b, ground: canvas.NewRectangle(nil), focus: newRing(), words: line(Body),
		icon: newPicture(iconSmall), trailing: newPicture(iconSmall)}
	p.ground.CornerRadius = radiusControl
	d := &drawing{of: b, parts: []fyne.CanvasObject{p.ground, p.icon, p.words, p.trailing, p.focus.Rectangle},
		min: p.min, layout: p.layout, refresh: p.refresh}
	p.refresh()
	return d
}

type buttonParts struct {
	b              *Button
	ground         *canvas.Rectangle
	focus          ring
	words          *canvas.Text
	icon, trailing *canvas.Image
}

func (p *buttonParts) widths() (icon, words, trailing float32) {
	words = p.b.style().face().width(p.b.words)
	if p.b.most > 0 {
		words = min(words, p.b.most-2*p.b.sides())
	}
	gap := Space2
	if p.b.words == "" {
		gap = 0
	}
	if p.b.icon != NoIcon {
		icon = iconSmall + gap
	}
	if p.b.trailing != NoIcon {
		trailing = iconSmall + gap
	}
	return icon, words, trailing
}

func (p *buttonParts) min() fyne.Size {
	icon, words, trailing := p.widths()
	height := ControlHeight
	if p.b.small {
		height = SmallHeight
	}
	return fyne.NewSize(icon+words+trailing+2*p.b.sides(), height)
}

func (p *buttonParts) layout(s fyne.Size) {
	p.ground.Resize(s)
	p.focus.around(s, radiusControl)
	icon, words, _ := p.widths()
	x := max(0, (s.Width-p.min().Width)/2) + p.b.sides()
	place(p.icon, x, (s.Height-iconSmall)/2, iconSmall, iconSmall)
	place(p.words, x+icon, 0, words, s.Height)
	place(p.trailing, x+icon+words+Space2, (s.Height-iconSmall)/2, iconSmall, iconSmall)
}

func (p *buttonParts) refresh() {
	fill, edge, words := p.b.look()
	p.ground.FillColor, p.ground.StrokeColor, p.ground.StrokeWidth = ink(fill), ink(edge), hairline
	p.ground.Refresh()
	f := p.b.style().face()
	p.words.TextSize, p.words.TextStyle = f.size, f.text()
	write(p.words, p.shown(f), words)
	setPicture(p.icon, p.b.icon.resource(words, iconSmall))
	setPicture(p.trailing, p.b.trailing.resource(words, iconSmall))
	p.focus.show(p.b.keyed)
}

// shown is the words as they have room.
func (p *buttonParts) shown(f face) string {
	if p.b.most == 0 {
		return p.b.words
	}
	cut := ellipsis(p.b.words, f, p.b.most-2*p.b.sides()+hairline)
	if cut != p.b.words {
		p.b.tip.SetToolTip(p.b.words)
	} else {
		p.b.tip.SetToolTip("")
	}
	return cut
}

// Link is words that lead somewhere.
type Link struct {
	fynewidget.BaseWidget
	OnTapped func()
	words    string
	style    Style
	keyed    bool
}

// NewLink returns a link.
func NewLink(s Style, words string, do func()) *Link {
	l := &Link{OnTapped: do, words: words, style: s}
	l.ExtendBaseWidget(l)
	return l
}

// Words are what it says.
func (l *Link) Words() string { return l.words }

// Tapped implements fyne.Tappable.
func (l *Link) Tapped(*fyne.PointEvent) { Guard(l, l.OnTapped) }

// Cursor implements desktop.Cursorable.
func (l *Link) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained implements fyne.Focusable.
func (l *Link) FocusGained() { l.keyed = true; l.Refresh(); Follow(l) }

// FocusLost implements fyne.Focusable.
func (l *Link) FocusLost() { l.keyed = false; l.Refresh() }

// TypedRune implements fyne.Focusable.
func (l *Link) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (l *Link) TypedKey(e *fyne.KeyEvent) {
	if pressed(e) {
		l.Tapped(nil)
		return
	}
	passOn(l, e)
}

// CreateRenderer implements fyne.Widget.
func (l *Link) CreateRenderer() fyne.WidgetRenderer {
	words, under, focus := line(l.style), canvas.NewRectangle(nil), newRing()
	f := l.style.face()
	d := &drawing{of: l, parts: []fyne.CanvasObject{words, under, focus.Rectangle}}
	d.min = func() fyne.Size { return fyne.NewSize(f.width(l.words), f.line) }
	d.layout = func(s fyne.Size) {
		place(words, 0, 0, s.Width, s.Height)
		place(under, 0, (s.Height+f.size)/2, f.width(l.words), hairline)
		focus.around(s, radiusTag)
	}
	d.refresh = func() {
		write(words, l.words, Accent)
		under.FillColor = ink(Accent)
		focus.show(l.keyed)
	}
	d.refresh()
	return d
}
