package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Stretch is a part of a text that is drawn as a chip, from rune to rune.
type Stretch struct {
	From, To int
	Wrong    bool // it means nothing
}

// Marks draws chips around stretches of what is typed into an entry of several
// lines. It lies over the entry, of the same size, and takes no events.
type Marks struct {
	fynewidget.BaseWidget
	entry *fynewidget.Entry
	marks []Stretch
}

// NewMarks returns the chips of an entry.
func NewMarks(e *fynewidget.Entry) *Marks {
	m := &Marks{entry: e}
	m.ExtendBaseWidget(m)
	return m
}

// Set draws other chips.
func (m *Marks) Set(marks []Stretch) {
	m.marks = marks
	m.Refresh()
}

// mostRows bounds how many lines are looked at.
const mostRows = 200

// rowStarts are the runes with which the lines of the entry begin, and as the
// last one where the text ends. The entry tells them by its cursor alone.
func (m *Marks) rowStarts() []int {
	e := m.entry
	row, column := e.CursorRow, e.CursorColumn
	defer func() { e.CursorRow, e.CursorColumn = row, column }()
	var starts []int
	for e.CursorRow, e.CursorColumn = 0, 0; e.CursorRow < mostRows; e.CursorRow++ {
		at := e.CursorTextOffset()
		if e.CursorRow > 0 && at <= starts[len(starts)-1] {
			break // behind the last line
		}
		starts = append(starts, at)
	}
	return append(starts, len([]rune(e.Text))+1)
}

// Rows is how many lines the text takes now.
func (m *Marks) Rows() int { return len(m.rowStarts()) - 1 }

// x is where a rune stands in its line.
func (m *Marks) x(row, column int) fyne.Position {
	e := m.entry
	was, at := e.CursorRow, e.CursorColumn
	defer func() { e.CursorRow, e.CursorColumn = was, at }()
	e.CursorRow, e.CursorColumn = row, column
	return e.CursorPosition()
}

// chip is a part of a mark on one line.
type chip struct {
	from, to fyne.Position
	wrong    bool
}

func (m *Marks) chips() []chip {
	starts := m.rowStarts()
	var list []chip
	for _, mark := range m.marks {
		for row := range len(starts) - 1 {
			from, to := max(mark.From, starts[row]), min(mark.To, starts[row+1])
			if from < to {
				list = append(list, chip{m.x(row, from-starts[row]), m.x(row, to-starts[row]), mark.Wrong})
			}
		}
	}
	return list
}

// CreateRenderer implements fyne.Widget.
func (m *Marks) CreateRenderer() fyne.WidgetRenderer {
	d := &drawing{of: m, refresh: func() {}}
	d.min = func() fyne.Size { return fyne.Size{} }
	d.layout = func(s fyne.Size) {
		high := fyne.MeasureText("M", Body.face().size, fyne.TextStyle{}).Height
		d.parts = nil
		for _, c := range m.chips() {
			if c.from.Y+high > s.Height {
				continue // scrolled away
			}
			edge := Accent
			if c.wrong {
				edge = Danger
			}
			r := canvas.NewRectangle(ink(None))
			r.StrokeColor, r.StrokeWidth, r.CornerRadius = ink(edge), hairline, radiusTag
			place(r, c.from.X-hairline, c.from.Y+hairline, c.to.X-c.from.X+hairline, high)
			d.parts = append(d.parts, r)
		}
	}
	return d
}
