package widget

import (
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// This file is a line in which the figures are what matters.

// Figures sets the counts in the line in bold: "1,240 people ready".
func (t *Text) Figures() *Text { t.bold = true; return t }

// piece is a part of a line in one weight.
type piece struct {
	words string
	bold  bool
}

func (p piece) face(s Style) face {
	f := s.face()
	f.bold = f.bold || p.bold
	return f
}

// pieces splits words into figures and what is between them. What stands
// between two digits belongs to the figure: it separates thousands.
func pieces(words string) []piece {
	var all []piece
	runes, from := []rune(words), 0
	add := func(to int, bold bool) {
		if to > from {
			all = append(all, piece{string(runes[from:to]), bold})
		}
		from = to
	}
	for i := 0; i < len(runes); i++ {
		if !unicode.IsDigit(runes[i]) {
			continue
		}
		add(i, false)
		for i+1 < len(runes) && (unicode.IsDigit(runes[i+1]) || i+2 < len(runes) && separates(runes[i+1]) && unicode.IsDigit(runes[i+2])) {
			i++
		}
		add(i+1, true)
	}
	add(len(runes), false)
	return all
}

// separates tells whether r may stand between thousands.
func separates(r rune) bool {
	switch r {
	case '.', ',', '’', '\'', '\u00a0', '\u202f':
		return true
	default:
		return false
	}
}

// figures is the renderer of a line whose figures are bold.
func (t *Text) figures() fyne.WidgetRenderer {
	parts := &stock[*canvas.Text]{create: func() *canvas.Text { return line(t.style) }}
	d := &drawing{of: t, refresh: func() {}}
	d.min = func() fyne.Size {
		if t.cut {
			return fyne.NewSize(Space6, t.style.face().line)
		}
		return fyne.NewSize(t.boldWidth(), t.style.face().line)
	}
	d.layout = func(s fyne.Size) {
		shown := t.words
		if t.cut && t.boldWidth() > s.Width {
			shown = ellipsis(t.words, face{t.style.face().size, t.style.face().line, true}, s.Width)
		}
		x := float32(0)
		if t.right {
			x = max(0, s.Width-t.boldWidth())
		}
		for _, p := range pieces(shown) {
			l := parts.next()
			l.TextStyle = p.face(t.style).text()
			write(l, p.words, t.tone)
			width := p.face(t.style).width(p.words)
			place(l, x, 0, width, s.Height)
			x += width
		}
		parts.end()
		d.parts = parts.parts()
	}
	return d
}

// boldWidth is how wide the line is with its figures in bold.
func (t *Text) boldWidth() float32 {
	width := float32(1)
	for _, p := range pieces(t.words) {
		width += p.face(t.style).width(p.words)
	}
	return width
}
