package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Said is a stretch of what is said.
type Said struct {
	Words   string
	Missing bool // it is told that there is nothing
}

// Speech is what one side of a call says, as a bubble: the far end's at the
// left, that of the person called at the right.
type Speech struct {
	fynewidget.BaseWidget
	who    string
	parts  []Said
	mine   bool // of the person called
	newest bool
	wide   float32 // of the room that it had last
}

// NewSpeech returns a bubble below the name of who speaks. mine is the person
// called; the newest has a stronger edge.
func NewSpeech(who string, mine, newest bool, parts ...Said) *Speech {
	s := &Speech{who: who, parts: parts, mine: mine, newest: newest}
	s.ExtendBaseWidget(s)
	return s
}

// Within says how wide the room is, before the bubble is laid out in it.
func (s *Speech) Within(width float32) *Speech { s.wide = width; return s }

// Words are all that is said.
func (s *Speech) Words() string {
	var b strings.Builder
	for _, p := range s.parts {
		b.WriteString(p.Words)
	}
	return b.String()
}

// token is a word as it is drawn.
type token struct {
	words   string
	missing bool
	x, line float32
	glued   bool // no space before it
}

func (t token) style() Style {
	if t.missing {
		return BodyBold
	}
	return Body
}

// tokens are the words, in lines of at most width.
func (s *Speech) tokens(width float32) (list []token, wide, lines float32) {
	space := Body.face().width(" ")
	x := float32(0)
	for _, t := range s.words() {
		w := t.style().face().width(t.words)
		gap := space
		if t.glued || x == 0 {
			gap = 0
		}
		if x > 0 && x+gap+w > width && !t.glued {
			x, gap = 0, 0
			lines++
		}
		t.x, t.line = x+gap, lines
		x += gap + w
		wide = max(wide, x)
		list = append(list, t)
	}
	return list, min(wide, width), lines + 1
}

// words are the tokens without a place.
func (s *Speech) words() []token {
	var list []token
	glue := true
	for _, p := range s.parts {
		if p.Missing {
			list = append(list, token{words: p.Words, missing: true, glued: glue && len(list) > 0})
			glue = true
			continue
		}
		if strings.TrimLeft(p.Words, " \n") != p.Words {
			glue = false
		}
		for i, word := range strings.Fields(p.Words) {
			list = append(list, token{words: word, glued: i == 0 && glue && len(list) > 0})
		}
		glue = strings.TrimRight(p.Words, " \n") == p.Words
	}
	return list
}

// room is how wide the words may be in a width.
func (s *Speech) room(width float32) float32 {
	const share = 0.85
	return max(width*share-2*Space3, 2*Space9)
}

// CreateRenderer implements fyne.Widget.
func (s *Speech) CreateRenderer() fyne.WidgetRenderer {
	who, ground := line(Caption), canvas.NewRectangle(nil)
	ground.CornerRadius = radiusCard
	d := &drawing{of: s, parts: []fyne.CanvasObject{who, ground}}
	d.min = func() fyne.Size {
		width := s.wide
		if width == 0 {
			width = DetailsWidth
		}
		_, _, lines := s.tokens(s.room(width))
		return fyne.NewSize(2*Space9, Caption.face().line+Space1+bubble(lines))
	}
	d.layout = func(z fyne.Size) { d.parts = append([]fyne.CanvasObject{who, ground}, s.put(who, ground, z.Width)...) }
	d.refresh = func() {
		write(who, s.who, Secondary)
		fill, edge := Raised, Border
		if s.mine {
			fill, edge = Selection, Selection
		}
		if s.newest {
			edge = Accent
		}
		ground.FillColor, ground.StrokeColor, ground.StrokeWidth = ink(fill), ink(edge), hairline
		ground.Refresh()
	}
	d.refresh()
	return d
}

// bubble is how high one is around so many lines.
func bubble(lines float32) float32 { return lines*Body.face().line + 2*Space2 }

// put places name and ground in a width, and returns the words.
func (s *Speech) put(who *canvas.Text, ground *canvas.Rectangle, width float32) []fyne.CanvasObject {
	s.wide = width
	list, wide, lines := s.tokens(s.room(width))
	name, top, left := Caption.face().width(s.who), Caption.face().line+Space1, float32(0)
	place(who, 0, 0, name, Caption.face().line)
	if s.mine {
		left = width - wide - 2*Space3
		who.Move(fyne.NewPos(max(0, width-name), 0))
	}
	place(ground, left, top, wide+2*Space3, bubble(lines))
	var words []fyne.CanvasObject
	for _, t := range list {
		l, tone := line(t.style()), Ink
		if t.missing {
			tone = Danger
		}
		write(l, t.words, tone)
		place(l, left+Space3+t.x, top+Space2+t.line*Body.face().line, t.style().face().width(t.words), Body.face().line)
		words = append(words, l)
	}
	return words
}
