package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Choice is one answer to a question.
type Choice struct {
	Words string
	Kind  Kind
	Icon  Icon
	Do    func() // after the question has gone; nil does nothing
	// Default has the focus, so that Enter chooses it. It is the harmless one
	// of a question that stops calls.
	Default bool
	Stay    bool // the question stays; Do closes the question, if what was filled in is right
}

// Dialog is a question over the window. Enter gives the answer that has the
// focus, Esc is always the harmless way out.
type Dialog struct {
	over    *fynewidget.PopUp
	focus   *Button
	onClose func()
	gone    func() // lets go of its tips
}

// NewDialog makes a question: a title, what there is to know, the answers from
// left to right. Esc closes it without an answer, so nothing may happen then.
func NewDialog(c fyne.Canvas, title string, body fyne.CanvasObject, choices ...Choice) *Dialog {
	d := &Dialog{}
	foot := []fyne.CanvasObject{Gap()}
	for _, choice := range choices {
		b := NewButton(choice.Kind, choice.Words, func() {
			if !choice.Stay {
				d.Close()
			}
			call0(choice.Do)
		}).With(choice.Icon)
		if choice.Default || d.focus == nil {
			d.focus = b
		}
		foot = append(foot, b)
	}
	content := Stack(Space4, NewPara(CardTitle, title, DialogWidth-2*Space6), body, Row(Space3, foot...))
	card := newPanel(Surface, Outline, radiusCard, Inset(20, Space6, Space6, Space6, AtLeast(DialogWidth-2*Space6, 0, content)))
	d.over = fynewidget.NewModalPopUp(card, c)
	return d
}

// Show asks the question; closed is called when it has gone.
func (d *Dialog) Show(closed func()) {
	d.onClose = closed
	d.over.Show()
	d.over.Canvas.Focus(d.focus)
}

// Key gives a key to the question that nothing in it had a use for.
func (d *Dialog) Key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		d.Close()
	case fyne.KeyReturn, fyne.KeyEnter:
		d.focus.Tapped(nil)
	default: // other keys mean nothing here
	}
}

// Close takes the question away without an answer.
func (d *Dialog) Close() {
	d.over.Hide()
	call0(d.gone)
	call0(d.onClose)
}

func call0(f func()) {
	if f != nil {
		f()
	}
}

// Toast says for a moment that something was done. It stays while it is read:
// while the pointer is over it, or it has the keys.
type Toast struct {
	fynewidget.BaseWidget
	OnClosed func() // Esc, while it has the keys

	words          *Para
	link           *Link
	card           fyne.CanvasObject
	ground         *ground
	hovered, keyed bool
}

// NewToast returns a toast; with words for a link it offers one thing to do.
func NewToast(words, link string, do func()) *Toast {
	t := &Toast{words: NewPara(Body, words, toastWidth)}
	row := Columns(Space3, Center(NoteSign(ShapeReached)), t.words)
	if link != "" {
		t.link = NewLink(Body, link, do)
		row.Add(Center(t.link))
	}
	t.ground = &ground{fill: Raised, edge: Outline, radius: radiusCard}
	t.card = before(t.ground, Pad(Space3, Space4, row))
	t.ExtendBaseWidget(t)
	return t
}

// Read tells whether somebody reads it.
func (t *Toast) Read() bool { return t.hovered || t.keyed }

// Words are what it says.
func (t *Toast) Words() string { return t.words.words }

// MouseIn implements desktop.Hoverable.
func (t *Toast) MouseIn(*desktop.MouseEvent) { t.hovered = true }

// MouseMoved implements desktop.Hoverable.
func (t *Toast) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (t *Toast) MouseOut() { t.hovered = false }

// FocusGained implements fyne.Focusable.
func (t *Toast) FocusGained() { t.key(true) }

// FocusLost implements fyne.Focusable.
func (t *Toast) FocusLost() { t.key(false) }

func (t *Toast) key(on bool) {
	t.keyed, t.ground.edge = on, Outline
	if on {
		t.ground.edge = Focus
	}
	t.ground.Refresh()
}

// TypedRune implements fyne.Focusable.
func (t *Toast) TypedRune(rune) {}

// TypedKey implements fyne.Focusable: Enter follows the link, Esc closes.
func (t *Toast) TypedKey(e *fyne.KeyEvent) {
	switch {
	case pressed(e) && t.link != nil:
		t.link.Tapped(nil)
	case e.Name == fyne.KeyEscape:
		Guard(t, t.OnClosed)
	default:
		passOn(t, e)
	}
}

// CreateRenderer implements fyne.Widget.
func (t *Toast) CreateRenderer() fyne.WidgetRenderer { return fynewidget.NewSimpleRenderer(t.card) }

// Swatch is the mark of the program: a ruled page with a tick.
type Swatch struct{ fynewidget.BaseWidget }

// NewSwatch returns the mark.
func NewSwatch() *Swatch {
	s := &Swatch{}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *Swatch) CreateRenderer() fyne.WidgetRenderer {
	const size float32 = 22
	p := &canvas.Image{FillMode: canvas.ImageFillContain}
	d := &drawing{of: s, parts: []fyne.CanvasObject{p}}
	d.min = func() fyne.Size { return fyne.NewSquareSize(size) }
	d.layout = func(z fyne.Size) { place(p, 0, (z.Height-size)/2, size, size) }
	d.refresh = func() { setPicture(p, Mark(ink(Accent), ink(OnAccent))) }
	d.refresh()
	return d
}
