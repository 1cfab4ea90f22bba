package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// WeekCell is one hour of a day: which part of it is on, from 0 to 1, and
// whether it cannot be.
type WeekCell struct {
	From, Till float32 // equal: off
	Forbidden  bool
}

// Week is the hours of a week, a line per day, that are painted with the
// pointer or marked with the keys. It holds none of them: it asks for each
// cell, and calls back with what is to become of marked ones. week_draw.go
// draws it.
//
// Pressing and dragging marks cells, and letting go switches them to the other
// of what the first one was; a press on the name of a day or of an hour
// switches all of that. Arrows move, with Shift they mark several, Space
// switches what is marked.
type Week struct {
	fynewidget.BaseWidget
	// OnPainted is told that hours, up to but not including last, of some days
	// are to be on or off.
	OnPainted     func(lines, hours Range, on bool)
	OnDay, OnHour func(at int)         // the name of a day, or of an hour, was pressed
	OnMoved       func(line, hour int) // the keys or the pointer are at a cell
	days          []string
	cell          func(line, hour int) WeekCell
	says          func(line, hour int) string
	first, last   int    // hours shown
	at, anchor    weekAt // the cell with the keys, and where marking began
	keyed, shift  bool
	pressed       bool
	still         bool // it is only looked at
	tip           tip
}

// Range is from First up to but not including Last.
type Range struct{ First, Last int }

// weekAt is a cell of it.
type weekAt struct{ line, hour int }

// NewWeek returns a week with these names of days, Monday first. cell tells
// how an hour stands, and says what it is in words.
func NewWeek(days []string, cell func(line, hour int) WeekCell, says func(line, hour int) string) *Week {
	w := &Week{days: days, cell: cell, says: says, first: 7, last: 21}
	w.at, w.anchor = weekAt{0, 9}, weekAt{0, 9}
	w.ExtendBaseWidget(w)
	w.tip.ExtendToolTipWidget(w)
	return w
}

// SetHours shows the hours from first to last.
func (w *Week) SetHours(first, last int) {
	w.first, w.last = first, last
	w.at.hour = max(first, min(w.at.hour, last-1))
	w.anchor = w.at
	w.Refresh()
}

// Hours are those that are shown.
func (w *Week) Hours() Range { return Range{w.first, w.last} }

// Disable lets the week be looked at, and not changed.
func (w *Week) Disable() { w.still = true }

// At is the cell with the keys.
func (w *Week) At() (line, hour int) { return w.at.line, w.at.hour }

// Marked are the days and the hours that are marked, at least one of each.
func (w *Week) Marked() (lines, hours Range) {
	return Range{min(w.at.line, w.anchor.line), max(w.at.line, w.anchor.line) + 1},
		Range{min(w.at.hour, w.anchor.hour), max(w.at.hour, w.anchor.hour) + 1}
}

// paint switches what is marked. What is marked with the keys goes on if any
// of it is off; with the pointer, the first cell tells.
func (w *Week) paint(on bool) {
	lines, hours := w.Marked()
	w.anchor = w.at
	if w.OnPainted != nil && !w.still {
		w.OnPainted(lines, hours, on)
		w.tip.SetToolTip(w.says(w.at.line, w.at.hour))
	}
	w.Refresh()
}

func (w *Week) isOn(p weekAt) bool { c := w.cell(p.line, p.hour); return c.From < c.Till }

// anyOff tells whether a marked cell that may be on is off.
func (w *Week) anyOff() bool {
	lines, hours := w.Marked()
	for line := lines.First; line < lines.Last; line++ {
		for hour := hours.First; hour < hours.Last; hour++ {
			if c := w.cell(line, hour); !c.Forbidden && (c.From > 0 || c.Till < 1) {
				return true
			}
		}
	}
	return false
}

// move puts the keys into a cell.
func (w *Week) move(line, hour int, mark bool) {
	w.at = weekAt{max(0, min(line, len(w.days)-1)), max(w.first, min(hour, w.last-1))}
	if !mark {
		w.anchor = w.at
	}
	w.moved(w.at)
	w.Refresh()
}

func (w *Week) moved(at weekAt) {
	if w.OnMoved != nil {
		w.OnMoved(at.line, at.hour)
	}
}

// hit is the cell at a position; outside of the week, the line or the hour is
// negative, and both are beside.
func (w *Week) hit(p fyne.Position) weekAt {
	at := weekAt{line: -1, hour: -1}
	if p.Y >= weekHead {
		at.line = min(int((p.Y-weekHead)/GridRowHeight), len(w.days)-1)
	}
	if lead := w.lead(); p.X >= lead {
		at.hour = w.first + min(int((p.X-lead)/w.wide()), w.last-w.first-1)
	}
	return at
}

// MouseDown implements desktop.Mouseable.
func (w *Week) MouseDown(e *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(w); c != nil {
		c.Focus(w)
	}
	at := w.hit(e.Position)
	switch {
	case w.still || e.Button == desktop.MouseButtonSecondary:
	case at.line >= 0 && at.hour >= 0:
		w.pressed = true
		w.move(at.line, at.hour, false)
	case at.line >= 0 && w.OnDay != nil:
		w.OnDay(at.line)
		w.Refresh()
	case at.hour >= 0 && w.OnHour != nil:
		w.OnHour(at.hour)
		w.Refresh()
	}
}

// Dragged implements fyne.Draggable.
func (w *Week) Dragged(e *fyne.DragEvent) {
	if !w.pressed {
		return
	}
	at := w.hit(e.Position)
	w.move(max(at.line, 0), max(at.hour, w.first), true)
}

// DragEnd implements fyne.Draggable.
func (w *Week) DragEnd() { w.release() }

// MouseUp implements desktop.Mouseable.
func (w *Week) MouseUp(*desktop.MouseEvent) { w.release() }

func (w *Week) release() {
	if w.pressed {
		w.pressed = false
		w.paint(!w.isOn(w.anchor))
	}
}

// MouseIn implements desktop.Hoverable.
func (w *Week) MouseIn(e *desktop.MouseEvent) { w.tell(e); w.tip.MouseIn(e) }

// MouseMoved implements desktop.Hoverable.
func (w *Week) MouseMoved(e *desktop.MouseEvent) { w.tell(e); w.tip.MouseMoved(e) }

// MouseOut implements desktop.Hoverable.
func (w *Week) MouseOut() { w.tip.MouseOut() }

// tell says what is under the pointer.
func (w *Week) tell(e *desktop.MouseEvent) {
	words := ""
	if at := w.hit(e.Position); at.line >= 0 && at.hour >= 0 {
		words = w.says(at.line, at.hour)
	}
	w.tip.SetToolTip(words)
}

// FocusGained implements fyne.Focusable.
func (w *Week) FocusGained() { w.keyed = true; w.moved(w.at); w.Refresh(); Follow(w) }

// FocusLost implements fyne.Focusable.
func (w *Week) FocusLost() { w.keyed, w.shift, w.anchor = false, false, w.at; w.Refresh() }

// TypedRune implements fyne.Focusable.
func (w *Week) TypedRune(rune) {}

// KeyDown implements desktop.Keyable.
func (w *Week) KeyDown(e *fyne.KeyEvent) { w.hold(e, true) }

// KeyUp implements desktop.Keyable.
func (w *Week) KeyUp(e *fyne.KeyEvent) { w.hold(e, false) }

func (w *Week) hold(e *fyne.KeyEvent, down bool) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		w.shift = down
	}
}

// TypedKey implements fyne.Focusable.
func (w *Week) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		w.move(w.at.line-1, w.at.hour, w.shift)
	case fyne.KeyDown:
		w.move(w.at.line+1, w.at.hour, w.shift)
	case fyne.KeyLeft:
		w.move(w.at.line, w.at.hour-1, w.shift)
	case fyne.KeyRight:
		w.move(w.at.line, w.at.hour+1, w.shift)
	case fyne.KeyHome:
		w.move(w.at.line, w.first, w.shift)
	case fyne.KeyEnd:
		w.move(w.at.line, w.last-1, w.shift)
	case fyne.KeySpace:
		w.paint(w.anyOff())
	default:
		passOn(w, e)
	}
}
