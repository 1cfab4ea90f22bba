package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"rollcall/campaign/words"
)

// Header is the top of a page: what it is about at the left, what can be done
// at the right.
func Header(items ...fyne.CanvasObject) fyne.CanvasObject {
	return AtLeast(0, HeaderHeight, Pad(0, Space4, Row(Space3, items...)))
}

// Foot is the bar below a page that leads on.
func Foot(items ...fyne.CanvasObject) fyne.CanvasObject {
	return Ground(Surface, Stack(0, Rule(), AtLeast(0, FootHeight-hairline, Pad(0, Space4, Row(Space3, items...)))))
}

// Stepper is a small number with a button at either side.
type Stepper struct {
	fynewidget.BaseWidget
	OnChanged func(n int)

	n, least, most int
	say            func(n int) string // the number in words
	shown          *Text
	room           *fyne.Container
	less, more     *Button
	row            fyne.CanvasObject
}

// NewStepper returns a number between least and most.
func NewStepper(n, least, most int, changed func(n int)) *Stepper {
	s := &Stepper{n: n, least: least, most: most, OnChanged: changed, say: digits, shown: NewText(BodyBold, "")}
	s.less = NewButton(Quiet, "", func() { s.step(-1) }).With(IconMinus).Called(words.Say("Fewer"))
	s.more = NewButton(Quiet, "", func() { s.step(1) }).With(IconPlus).Called(words.Say("More"))
	s.room = AtLeast(ControlHeight, ControlHeight, Center(s.shown))
	s.row = newPanel(Surface, Outline, radiusControl, Columns(0, s.less, UprightRule(), s.room, UprightRule(), s.more))
	s.ExtendBaseWidget(s)
	s.tell()
	return s
}

// Saying sets how the number is written, with room for the widest.
func (s *Stepper) Saying(say func(n int) string, widest string) *Stepper {
	s.say = say
	s.room.Layout = atLeast{fyne.NewSize(max(ControlHeight, BodyBold.face().width(widest)+Space2), ControlHeight)}
	s.tell()
	return s
}

// Words are what it shows.
func (s *Stepper) Words() string { return s.shown.Words() }

// Fix lets the number be looked at, and not changed.
func (s *Stepper) Fix() *Stepper {
	s.least, s.most = s.n, s.n
	s.tell()
	return s
}

// Set changes the number and its bounds without telling OnChanged.
func (s *Stepper) Set(n, least, most int) {
	if s.n != n || s.least != least || s.most != most {
		s.n, s.least, s.most = n, least, most
		s.tell()
	}
}

// Value is the number.
func (s *Stepper) Value() int { return s.n }

func (s *Stepper) step(by int) {
	s.n = max(s.least, min(s.n+by, s.most))
	s.tell()
	if s.OnChanged != nil {
		s.OnChanged(s.n)
	}
}

func (s *Stepper) tell() {
	s.shown.SetText(s.say(s.n))
	enable(s.less, s.n > s.least)
	enable(s.more, s.n < s.most)
	s.Refresh()
}

func enable(b *Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Stepper) CreateRenderer() fyne.WidgetRenderer { return fynewidget.NewSimpleRenderer(s.row) }

// Step is a numbered circle, before what there is to do.
func Step(number int) fyne.CanvasObject { return Numeral(digits(number)) }

// Numeral is a step whose number is written already.
func Numeral(number string) fyne.CanvasObject {
	return newPanel(None, Outline, TagHeight/2, AtLeast(TagHeight, TagHeight, Center(NewText(SmallBold, number))))
}

// Sketch is a small picture of the grid, for the first start.
func Sketch(shapes ...Shape) fyne.CanvasObject {
	lines := Stack(0)
	for i, s := range shapes {
		if i > 0 {
			lines.Add(Rule())
		}
		width := float32(72 + (i*37)%44)
		row := Row(Space3, AtLeast(108, 0, Row(0, stroke(width), Gap())), stroke(72), Gap(), ShapeSign(s), stroke(34))
		lines.Add(AtLeast(0, GridRowHeight, Pad(0, Space4, row)))
	}
	return Card(Pad(Space2, hairline, lines))
}

// stroke stands for words.
func stroke(width float32) fyne.CanvasObject {
	return newPanel(Border, None, 3, AtLeast(width, 6, &fyne.Container{}))
}
