package widget

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Text is one line of words. Where it has less room than it needs it ends in
// an ellipsis, if it may be cut.
type Text struct {
	fynewidget.BaseWidget
	style Style
	tone  Token
	words string
	cut   bool
	right bool
	bold  bool    // its figures are
	most  float32 // what it asks for at most; zero: all it needs, or nothing if it may be cut
}

// NewText returns a line in a style, in the colour of words.
func NewText(s Style, words string) *Text {
	t := &Text{style: s, tone: Ink, words: words}
	t.ExtendBaseWidget(t)
	return t
}

// In sets the colour.
func (t *Text) In(tone Token) *Text { t.tone = tone; return t }

// Cut lets the line be cut where there is no room.
func (t *Text) Cut() *Text { t.cut = true; return t }

// Upto asks for as much room as the line needs, but no more than width, and
// cuts it there.
func (t *Text) Upto(width float32) *Text { t.cut, t.most = true, width; return t }

// Right sets the line at the right edge of its room.
func (t *Text) Right() *Text { t.right = true; return t }

// Words returns the whole line, also if it is cut on the screen.
func (t *Text) Words() string { return t.words }

// natural is how wide the line is if nothing is cut; a pixel more, so that
// rounding cuts nothing either.
func (t *Text) natural() float32 { return t.style.face().width(t.words) + 1 }

// SetText changes what the line says.
func (t *Text) SetText(words string) {
	if t.words == words {
		return
	}
	t.words = words
	t.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	if t.bold {
		return t.figures()
	}
	l := line(t.style)
	f := t.style.face()
	d := &drawing{of: t, parts: []fyne.CanvasObject{l}, refresh: func() {}}
	d.min = func() fyne.Size {
		switch {
		case t.most > 0:
			return fyne.NewSize(min(f.width(t.words), t.most), f.line)
		case t.cut:
			return fyne.NewSize(Space6, f.line)
		}
		return fyne.NewSize(f.width(t.words), f.line)
	}
	d.layout = func(s fyne.Size) {
		shown := t.words
		if t.cut {
			shown = ellipsis(t.words, f, s.Width)
		}
		write(l, shown, t.tone)
		x := float32(0)
		if t.right {
			x = max(0, s.Width-f.width(shown))
		}
		place(l, x, 0, s.Width, s.Height)
	}
	return d
}

// copyNumber is what tells a copy from what it is a copy of.
var copyNumber = regexp.MustCompile(` \(\d{1,4}\)$`)

// ellipsis cuts words to a width, before the number of a copy. It measures only
// what could be too wide.
func ellipsis(words string, f face, width float32) string {
	const widest = 1.1 // of the em; no Latin letter is wider
	if words == "" || float32(len(words))*f.size*widest <= width || f.width(words) <= width {
		return words
	}
	number := copyNumber.FindString(words)
	if f.width("…"+number) > width/2 {
		number = ""
	}
	runes := []rune(strings.TrimSuffix(words, number))
	lo, hi := 0, len(runes)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if f.width(string(runes[:mid])+"…"+number) <= width {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return strings.TrimRight(string(runes[:lo]), " ") + "…" + number
}

// Para is words over several lines. Its height follows from its width.
type Para struct {
	fynewidget.BaseWidget
	style Style
	tone  Token
	words string
	wide  float32
}

// NewPara returns words that are wrapped to width, or to the room they are
// given if that is zero.
func NewPara(s Style, words string, width float32) *Para {
	p := &Para{style: s, tone: Ink, words: words, wide: width}
	p.ExtendBaseWidget(p)
	return p
}

// In sets the colour.
func (p *Para) In(tone Token) *Para { p.tone = tone; return p }

// SetText changes the words.
func (p *Para) SetText(words string) {
	if p.words == words {
		return
	}
	p.words = words
	p.Refresh()
}

func (p *Para) room() float32 {
	if p.wide > 0 {
		return p.wide
	}
	return p.Size().Width
}

// CreateRenderer implements fyne.Widget.
func (p *Para) CreateRenderer() fyne.WidgetRenderer {
	f := p.style.face()
	d := &drawing{of: p, refresh: func() {}}
	d.min = func() fyne.Size {
		width := p.wide
		if width == 0 {
			width = 2 * Space9
		}
		return fyne.NewSize(width, f.line*float32(len(wrap(p.words, f, p.room()))))
	}
	d.layout = func(fyne.Size) {
		lines := wrap(p.words, f, p.room())
		for len(d.parts) < len(lines) {
			d.parts = append(d.parts, line(p.style))
		}
		for i, o := range d.parts {
			l := o.(*canvas.Text)
			if i >= len(lines) {
				l.Hide()
				continue
			}
			l.Show()
			write(l, lines[i], p.tone)
			place(l, 0, float32(i)*f.line, p.Size().Width, f.line)
		}
	}
	return d
}

// Hint is words over at most two lines, cut after that, in the middle of a
// height of two.
type Hint struct {
	fynewidget.BaseWidget
	style Style
	words string
}

// NewHint returns words that take the room they are given.
func NewHint(s Style, words string) *Hint {
	h := &Hint{style: s, words: words}
	h.ExtendBaseWidget(h)
	return h
}

// Words are all of it, also if it is cut on the screen.
func (h *Hint) Words() string { return h.words }

// SetText changes the words.
func (h *Hint) SetText(words string) {
	if h.words != words {
		h.words = words
		h.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (h *Hint) CreateRenderer() fyne.WidgetRenderer {
	f := h.style.face()
	first, second := line(h.style), line(h.style)
	d := &drawing{of: h, parts: []fyne.CanvasObject{first, second}, refresh: func() {}}
	d.min = func() fyne.Size { return fyne.NewSize(2*Space9, 2*f.line) }
	d.layout = func(s fyne.Size) {
		lines := wrap(h.words, f, s.Width)
		top, rest := (s.Height-f.line)/2, ""
		if len(lines) > 1 {
			top, rest = (s.Height-2*f.line)/2, ellipsis(strings.Join(lines[1:], " "), f, s.Width)
		}
		write(first, lines[0], Ink)
		write(second, rest, Ink)
		place(first, 0, top, s.Width, f.line)
		place(second, 0, top+f.line, s.Width, f.line)
	}
	return d
}

// wrap breaks words into lines of at most width; no width means one line per
// line feed. Spaces that hold together what they stand between, as French and
// numbers have them, do not break.
func wrap(words string, f face, width float32) []string {
	var lines []string
	for _, part := range strings.Split(words, "\n") {
		now := ""
		for _, word := range strings.FieldsFunc(part, func(r rune) bool { return r == ' ' || r == '\t' }) {
			next := strings.TrimPrefix(now+" "+word, " ")
			if width > 0 && now != "" && f.width(next) > width {
				lines = append(lines, now)
				next = word
			}
			for width > 0 && f.width(next) > width { // an address, or a file's path
				at := fitting(next, f, width)
				lines = append(lines, next[:at])
				next = next[at:]
			}
			now = next
		}
		lines = append(lines, now)
	}
	return lines
}

// fitting is how many bytes of a word have room, at least its first rune.
func fitting(word string, f face, width float32) int {
	fits := 0
	for at := range word {
		if at > 0 && f.width(word[:at]) > width {
			break
		}
		fits = at
	}
	if fits == 0 {
		_, fits = utf8.DecodeRuneInString(word)
	}
	return fits
}
