package widget_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"rollcall/ui/widget"
)

// painted is a week whose hours are kept in a map, and what it called back.
type painted struct {
	*widget.Week
	on    map[[2]int]bool
	said  []string
	cells []*canvas.Rectangle // by day, then by hour
}

func newPainted(t *testing.T) (*painted, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(widget.Theme{Mode: widget.Light})
	p := &painted{on: map[[2]int]bool{}}
	p.Week = widget.NewWeek([]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}, func(line, hour int) widget.WeekCell {
		c := widget.WeekCell{Forbidden: hour < 8}
		if p.on[[2]int{line, hour}] {
			c.Till = 1
		}
		return c
	}, func(line, hour int) string { return fmt.Sprintf("day %d, hour %d", line, hour) })
	p.OnPainted = func(lines, hours widget.Range, on bool) {
		p.said = append(p.said, fmt.Sprint(lines, hours, on))
		for line := lines.First; line < lines.Last; line++ {
			for hour := hours.First; hour < hours.Last; hour++ {
				p.on[[2]int{line, hour}] = on
			}
		}
	}
	p.OnDay = func(line int) { p.said = append(p.said, fmt.Sprint("day ", line)) }
	p.OnHour = func(hour int) { p.said = append(p.said, fmt.Sprint("hour ", hour)) }
	w := test.NewTempWindow(t, p.Week)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(600, 300))
	for _, o := range test.WidgetRenderer(p.Week).Objects() {
		if r, ok := o.(*canvas.Rectangle); ok && r.CornerRadius == 4 && r.StrokeWidth == 1 {
			p.cells = append(p.cells, r)
		}
	}
	if len(p.cells) != 7*14 {
		t.Fatalf("%d cells", len(p.cells))
	}
	return p, w
}

// at is the middle of a cell on the screen; a line or an hour before the first
// is its name.
func (p *painted) at(line, hour int) fyne.Position {
	const first = 7
	pos, middle := fyne.NewPos(2, 2), p.cells[0].Size()
	if hour >= 0 {
		pos.X = p.cells[hour-first].Position().X + middle.Width/2
	}
	if line >= 0 {
		pos.Y = p.cells[line*14].Position().Y + middle.Height/2
	}
	return pos
}

func (p *painted) press(line, hour int) {
	p.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p.at(line, hour)}, Button: desktop.MouseButtonPrimary})
}

func (p *painted) drag(line, hour int) {
	p.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: p.at(line, hour)}})
}

func (p *painted) expect(t *testing.T, want ...string) {
	t.Helper()
	if fmt.Sprint(p.said) != fmt.Sprint(want) {
		t.Errorf("it said %v, want %v", p.said, want)
	}
	p.said = nil
}

func TestAWeekIsPaintedWithThePointer(t *testing.T) {
	p, w := newPainted(t)
	p.press(1, 9)
	if w.Canvas().Focused() != fyne.Focusable(p.Week) {
		t.Error("the press does not bring the keys")
	}
	p.drag(3, 12)
	p.drag(2, 11)
	if len(p.said) != 0 {
		t.Error("it is painted before the pointer lets go")
	}
	test.WidgetRenderer(p.Week).Refresh()
	p.MouseUp(nil)
	p.DragEnd() // comes too
	p.expect(t, "{1 3} {9 12} true")
	p.press(2, 10)
	p.MouseUp(nil)
	p.expect(t, "{2 3} {10 11} false")
	p.drag(4, 12) // without a press
	p.DragEnd()
	p.expect(t)
}

func TestNamesSwitchDaysAndHours(t *testing.T) {
	p, _ := newPainted(t)
	p.press(3, -1)
	p.press(-1, 12)
	p.MouseUp(nil)
	p.expect(t, "day 3", "hour 12")
	p.Disable()
	p.press(3, -1)
	p.press(3, 9)
	p.MouseUp(nil)
	p.expect(t)
}

func TestAWeekIsPaintedWithTheKeys(t *testing.T) {
	p, w := newPainted(t)
	w.Canvas().Focus(p.Week)
	said := ""
	p.OnMoved = func(line, hour int) { said = fmt.Sprint(line, hour) }
	keys := func(names ...fyne.KeyName) {
		for _, n := range names {
			p.TypedKey(&fyne.KeyEvent{Name: n})
		}
	}
	shift := func(hold bool) {
		if e := (&fyne.KeyEvent{Name: desktop.KeyShiftLeft}); hold {
			p.KeyDown(e)
		} else {
			p.KeyUp(e)
		}
	}
	keys(fyne.KeyDown, fyne.KeyRight, fyne.KeySpace)
	p.expect(t, "{1 2} {10 11} true")
	shift(true)
	keys(fyne.KeyDown, fyne.KeyLeft, fyne.KeyLeft)
	if lines, hours := p.Marked(); lines != (widget.Range{First: 1, Last: 3}) || hours != (widget.Range{First: 8, Last: 11}) {
		t.Errorf("marked: %v %v", lines, hours)
	}
	keys(fyne.KeySpace) // some are off: all go on
	shift(false)
	p.expect(t, "{1 3} {8 11} true")
	keys(fyne.KeySpace)
	p.expect(t, "{2 3} {8 9} false")
	keys(fyne.KeyHome, fyne.KeyUp, fyne.KeyUp, fyne.KeyUp, fyne.KeyLeft)
	if line, hour := p.At(); line != 0 || hour != 7 || said != "0 7" {
		t.Errorf("the keys are at %d %d, told of %s", line, hour, said)
	}
	keys(fyne.KeySpace) // cannot be on
	p.expect(t, "{0 1} {7 8} false")
	keys(fyne.KeyEnd)
	p.SetHours(9, 18)
	if _, hour := p.At(); hour != 17 {
		t.Errorf("the keys are at %d, outside of what is shown", hour)
	}
	other := ""
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { other = string(e.Name) })
	keys(fyne.KeyReturn)
	if other != string(fyne.KeyReturn) {
		t.Error("Enter is not the page's")
	}
}

func TestHalfHoursAreHalfCells(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(widget.Theme{Mode: widget.Dark})
	week := widget.NewWeek([]string{"Mon"}, func(_, hour int) widget.WeekCell {
		if hour == 8 {
			return widget.WeekCell{From: 0.5, Till: 1}
		}
		return widget.WeekCell{}
	}, func(int, int) string { return "" })
	w := test.NewTempWindow(t, week)
	w.Resize(fyne.NewSize(600, 100))
	var whole, half float32
	accent := widget.Color(widget.Accent, 0)
	for _, o := range test.WidgetRenderer(week).Objects() {
		r, ok := o.(*canvas.Rectangle)
		switch {
		case !ok || !r.Visible():
		case r.FillColor == accent:
			half = r.Size().Width
		case r.StrokeWidth == 1:
			whole = r.Size().Width
		}
	}
	if whole == 0 || half < 0.49*whole || half > 0.51*whole {
		t.Errorf("half an hour is %v wide, an hour %v", half, whole)
	}
}

func TestOptionsArePressedWithSpace(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(widget.Theme{Mode: widget.Light})
	n := 0
	tick := widget.NewTick("Call at 8:00 to 21:00 only, as it is the law in the United States", "47 CFR", 200, func() { n++ })
	w := test.NewTempWindow(t, tick)
	w.Canvas().Focus(tick)
	space := &fyne.KeyEvent{Name: fyne.KeySpace}
	tick.TypedKey(space)
	if tick.On() || n != 1 {
		t.Errorf("pressed %d times, on: %v", n, tick.On())
	}
	if !tick.SetOn(true).On() {
		t.Error("it cannot be ticked")
	}
	tick.Fix().TypedKey(space)
	tick.Tapped(nil)
	if n != 1 {
		t.Error("it can be pressed though it is fixed")
	}
	if h := tick.MinSize().Height; h < 60 {
		t.Errorf("the words are not wrapped: %v high", h)
	}
}

func TestAFoldOpensWithItsTitleOnly(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(widget.Theme{Mode: widget.Light})
	f := widget.NewFold("More rules", "2 limits", widget.NewText(widget.Body, "inside"))
	test.NewTempWindow(t, f)
	closed := f.MinSize().Height
	f.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 5)})
	if !f.IsOpen() || f.MinSize().Height <= closed {
		t.Error("the title does not open it")
	}
	f.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 50)})
	if !f.IsOpen() {
		t.Error("its content closes it")
	}
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if f.IsOpen() || f.MinSize().Height != closed {
		t.Error("Space does not close it")
	}
}

func TestAStepperSaysItsNumber(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(widget.Theme{Mode: widget.Light})
	s := widget.NewStepper(2, 0, 3, nil).Saying(func(n int) string { return fmt.Sprintf("%d more", n) }, "99 more")
	if s.Words() != "2 more" {
		t.Error(s.Words())
	}
	if before := s.MinSize(); s.Fix().MinSize() != before || s.Value() != 2 {
		t.Error("fixing it changes it")
	}
}
