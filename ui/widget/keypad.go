package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// KeyCap is a key as it stands in a list.
func KeyCap(key string) fyne.CanvasObject {
	return newPanel(Surface, Outline, radiusControl, AtLeast(ControlHeight, ControlHeight, Center(NewText(BodyBold, key))))
}

// PhoneKey is a key of a telephone on the screen.
type PhoneKey struct {
	fynewidget.BaseWidget
	OnTapped func()

	key, label     string
	offered        bool // it means something now
	hovered, keyed bool
	tip            tip
}

const (
	phoneKeyWidth  float32 = 76
	phoneKeyHeight float32 = 64
)

// NewPhoneKey returns a key.
func NewPhoneKey(key string, do func()) *PhoneKey {
	k := &PhoneKey{key: key, OnTapped: do}
	k.ExtendBaseWidget(k)
	k.tip.ExtendToolTipWidget(k)
	return k
}

// Set says whether the key means something now, and what.
func (k *PhoneKey) Set(offered bool, label string) {
	if k.offered == offered && k.label == label {
		return
	}
	k.offered, k.label = offered, label
	k.tip.SetToolTip(label)
	k.Refresh()
}

// Words are the key and what it means.
func (k *PhoneKey) Words() (key, label string) { return k.key, k.label }

// Tapped implements fyne.Tappable.
func (k *PhoneKey) Tapped(*fyne.PointEvent) { k.OnTapped() }

// MouseIn implements desktop.Hoverable.
func (k *PhoneKey) MouseIn(e *desktop.MouseEvent) { k.hovered = true; k.tip.MouseIn(e); k.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (k *PhoneKey) MouseMoved(e *desktop.MouseEvent) { k.tip.MouseMoved(e) }

// MouseOut implements desktop.Hoverable.
func (k *PhoneKey) MouseOut() { k.hovered = false; k.tip.MouseOut(); k.Refresh() }

// FocusGained implements fyne.Focusable.
func (k *PhoneKey) FocusGained() { k.keyed = true; k.Refresh(); Follow(k) }

// FocusLost implements fyne.Focusable.
func (k *PhoneKey) FocusLost() { k.keyed = false; k.Refresh() }

// TypedRune implements fyne.Focusable: digits are the window's, wherever the
// focus is.
func (k *PhoneKey) TypedRune(r rune) { passRuneOn(k, r) }

// TypedKey implements fyne.Focusable.
func (k *PhoneKey) TypedKey(e *fyne.KeyEvent) {
	if pressed(e) {
		k.Tapped(nil)
		return
	}
	passOn(k, e)
}

// passRuneOn hands a letter that a control has no use for to the window.
func passRuneOn(o fyne.CanvasObject, r rune) {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return
	}
	if f := c.OnTypedRune(); f != nil {
		f(r)
	}
}

// labelLines is how many lines a label may take.
const labelLines = 2

// lines are the label's in a width, the last one cut where more would follow.
func (k *PhoneKey) lines(width float32) []string {
	if k.label == "" {
		return nil
	}
	c := Caption.face()
	all := wrap(k.label, c, width)
	if len(all) <= labelLines {
		return all
	}
	rest := strings.Join(all[labelLines-1:], " ")
	return append(all[:labelLines-1:labelLines-1], ellipsis(rest, c, width))
}

// CreateRenderer implements fyne.Widget.
func (k *PhoneKey) CreateRenderer() fyne.WidgetRenderer {
	ground, focus := canvas.NewRectangle(nil), newRing()
	key, labels := line(TileFigure), [labelLines]*canvas.Text{line(Caption), line(Caption)}
	ground.CornerRadius = radiusControl
	d := &drawing{of: k, parts: []fyne.CanvasObject{ground, key, labels[0], labels[1], focus.Rectangle}}
	d.min = func() fyne.Size { return fyne.NewSize(phoneKeyWidth, phoneKeyHeight) }
	d.layout = func(s fyne.Size) {
		ground.Resize(s)
		focus.around(s, radiusControl)
		f, c := TileFigure.face(), Caption.face()
		shown := k.lines(s.Width - 2*Space1)
		top := (s.Height - f.line - float32(len(shown))*c.line) / 2
		place(key, (s.Width-fyne.MeasureText(k.key, f.size, key.TextStyle).Width)/2, top, s.Width, f.line)
		for i, l := range labels {
			words := ""
			if i < len(shown) {
				words = shown[i]
			}
			write(l, words, Secondary)
			place(l, (s.Width-c.width(words))/2, top+f.line+float32(i)*c.line, s.Width, c.line)
		}
	}
	d.refresh = func() {
		fill, edge, tone := Surface, Border, Secondary
		if k.offered {
			edge, tone = Outline, Ink
		}
		if k.hovered {
			fill = Hover
		}
		ground.FillColor, ground.StrokeColor, ground.StrokeWidth = ink(fill), ink(edge), hairline
		ground.Refresh()
		key.TextStyle.Bold = k.offered
		write(key, k.key, tone)
		key.Refresh()
		focus.show(k.keyed)
	}
	d.refresh()
	return d
}

// Keypad sets twelve keys in rows of three.
func Keypad(keys ...fyne.CanvasObject) fyne.CanvasObject {
	rows := Stack(Space2)
	for len(keys) >= 3 {
		rows.Add(Halves(Space2, keys[:3]...))
		keys = keys[3:]
	}
	return rows
}
