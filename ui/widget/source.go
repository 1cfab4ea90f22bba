package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Source shows a text line by line, with one of them marked. It draws only the
// lines that are seen.
type Source struct {
	fynewidget.BaseWidget
	lines []string
	at    int // the marked one, from 1; zero for none
	list  *fynewidget.List
}

const (
	sourceLine  float32 = 22
	sourceGut   float32 = 36 // the numbers'
	sourceSize  float32 = 12
	longestLine         = 400 // letters that are drawn
)

// NewSource returns a listing of no lines.
func NewSource() *Source {
	s := &Source{}
	s.list = fynewidget.NewList(func() int { return len(s.lines) },
		func() fyne.CanvasObject { return newSourceLine() },
		func(i fynewidget.ListItemID, o fyne.CanvasObject) {
			if l, ok := o.(*sourceLineBox); ok && i < len(s.lines) {
				l.set(i+1, s.lines[i], i+1 == s.at)
			}
		})
	s.list.HideSeparators = true
	s.ExtendBaseWidget(s)
	return s
}

// SetLines shows another text.
func (s *Source) SetLines(lines []string) {
	s.lines = lines
	s.list.Refresh()
}

// Mark marks a line, from 1, and shows it; zero marks none.
func (s *Source) Mark(at int) {
	if s.at == at {
		return
	}
	s.at = at
	s.list.Refresh()
	if at > 0 && at <= len(s.lines) {
		s.list.ScrollTo(at - 1)
	}
}

// Marked is the line that is marked.
func (s *Source) Marked() int { return s.at }

// CreateRenderer implements fyne.Widget.
func (s *Source) CreateRenderer() fyne.WidgetRenderer { return fynewidget.NewSimpleRenderer(s.list) }

// sourceLineBox is one line.
type sourceLineBox struct {
	fynewidget.BaseWidget
	number, words string
	marked        bool
}

func newSourceLine() *sourceLineBox {
	l := &sourceLineBox{}
	l.ExtendBaseWidget(l)
	return l
}

func (l *sourceLineBox) set(number int, words string, marked bool) {
	if len(words) > longestLine {
		words = string([]rune(words)[:min(longestLine, len([]rune(words)))]) + "…"
	}
	l.number, l.words, l.marked = digits(number), words, marked
	l.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (l *sourceLineBox) CreateRenderer() fyne.WidgetRenderer {
	ground, mark := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	mono := func() *canvas.Text {
		return &canvas.Text{TextSize: sourceSize, TextStyle: fyne.TextStyle{Monospace: true}}
	}
	number, words := mono(), mono()
	number.Alignment = fyne.TextAlignTrailing
	d := &drawing{of: l, parts: []fyne.CanvasObject{ground, mark, number, words}}
	d.min = func() fyne.Size { return fyne.NewSize(sourceGut, sourceLine-Space1) } // the list adds its padding
	d.layout = func(s fyne.Size) {
		place(ground, 0, -Space1/2, s.Width, sourceLine)
		place(mark, 0, -Space1/2, markHeight, sourceLine)
		place(number, 0, 0, sourceGut-Space2, s.Height)
		place(words, sourceGut, 0, s.Width, s.Height)
	}
	d.refresh = func() {
		fill, edge := None, None
		if l.marked {
			fill, edge = Selection, Accent
		}
		ground.FillColor, mark.FillColor = ink(fill), ink(edge)
		ground.Refresh()
		mark.Refresh()
		write(number, l.number, Secondary)
		write(words, l.words, Ink)
	}
	d.refresh()
	return d
}
