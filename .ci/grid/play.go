package main

import (
	"fmt"
	"runtime"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"rollcall/ui/widget"
)

// subject is a control that is measured. Its functions run on the goroutine of
// the user interface.
type subject struct {
	content  func() fyne.CanvasObject // makes it anew
	refresh  func()
	scrollTo func(row int)
	rows     int
	atEnd    func() bool
}

// result is what one costs.
type result struct {
	open, refresh, jump time.Duration
	frames, leaps       pace
	memory              float64 // MB more than without it
	exact               bool    // the end is the last row
}

// pace is how fast pictures are drawn.
type pace struct {
	perSecond float64
	cpu       time.Duration // of all processors, for one
}

// play shows a control and measures it.
func play(win fyne.Window, s subject, scroll time.Duration) result {
	var r result
	before := heap()
	r.open = opened(win, s)
	r.memory = heap() - before
	r.refresh = each(500, func(int) { s.refresh() })
	r.jump = each(100, func(i int) { s.scrollTo(i % 2 * (s.rows - 1)) })
	fyne.DoAndWait(func() { s.scrollTo(s.rows - 1); r.exact = s.atEnd() })
	const notch = 3 // of the wheel
	r.frames = frames(scroll, func(n int) { s.scrollTo(n * notch % s.rows) })
	r.leaps = frames(scroll, func(n int) { s.scrollTo(n * 7919 % s.rows) })
	fyne.DoAndWait(func() { win.SetContent(widget.NewText(widget.Body, "")) })
	return r
}

// opened is how long it takes until the first frame with the control is drawn.
func opened(win fyne.Window, s subject) time.Duration {
	var begun time.Time
	took := make(chan time.Duration, 1)
	fyne.DoAndWait(func() {
		begun = time.Now()
		win.SetContent(s.content())
		ticks := 0
		a := fyne.NewAnimation(time.Minute, nil)
		a.Tick = func(float32) {
			if ticks++; ticks == 2 { // between the first and this one it was drawn
				took <- time.Since(begun)
				a.Stop()
			}
		}
		a.Start()
	})
	return <-took
}

// each is how long do takes, on the average of n times.
func each(n int, do func(i int)) time.Duration {
	var took time.Duration
	fyne.DoAndWait(func() {
		begun := time.Now()
		for i := range n {
			do(i)
		}
		took = time.Since(begun)
	})
	return took / time.Duration(n)
}

// frames is how fast pictures are drawn while each is another.
func frames(d time.Duration, next func(n int)) pace {
	done := make(chan pace, 1)
	fyne.DoAndWait(func() {
		begun, busy, n := time.Now(), cpu(), 0
		a := fyne.NewAnimation(2*d, nil)
		a.Tick = func(float32) {
			past := time.Since(begun)
			if past < d {
				n++
				next(n)
				return
			}
			a.Stop()
			select {
			case done <- pace{float64(n) / past.Seconds(), (cpu() - busy) / time.Duration(n)}:
			default: // told already
			}
		}
		a.Start()
	})
	return <-done
}

// cpu is the processor time this program has taken.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// heap is what is in use, in MB.
func heap() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

// cell is what both show: a person and how far they are.
func cell(row, col int) widget.Cell {
	states := []string{"Reached", "Waiting", "Not reached", "Machine", "Ready"}
	shapes := []widget.Shape{widget.ShapeReached, widget.ShapeWaiting, widget.ShapeUnreached, widget.ShapeMachine, widget.ShapeReady}
	switch col {
	case 0:
		return widget.Cell{Text: fmt.Sprint(row + 1)}
	case 1:
		return widget.Cell{Text: fmt.Sprintf("Wilhelmina Featherquill-Brackenburrow %d", row*7919%1_000_000)}
	case 2:
		return widget.Cell{Text: fmt.Sprintf("(312) 555-%04d", row%10_000)}
	case 3:
		return widget.Cell{Text: states[row%5], Shape: shapes[row%5]}
	case 4:
		return widget.Cell{Text: fmt.Sprintf("Busy at 10:%02d, 2nd try", row%60)}
	default:
		return widget.Cell{Text: fmt.Sprintf("Today 11:%02d", row%60)}
	}
}

func columns() []widget.Column {
	return []widget.Column{
		{Key: "row", Title: "Row", Width: 96, Right: true, Muted: true, Sorts: true},
		{Key: "name", Title: "Name", Width: 180, Grow: 2, Sorts: true},
		{Key: "number", Title: "Number", Width: 140, Sorts: true},
		{Key: "state", Title: "State", Width: 130, Sorts: true},
		{Key: "what", Title: "What happened", Width: 200, Grow: 3, Sorts: true},
		{Key: "next", Title: "Next call", Width: 120, Sorts: true},
	}
}

// grid is ours.
func grid(rows int) subject {
	var g *widget.Grid
	return subject{
		rows: rows,
		content: func() fyne.CanvasObject {
			g = widget.NewGrid(columns(), func() int { return rows }, cell)
			g.Multi = true
			return g
		},
		refresh:  func() { g.Refresh() },
		scrollTo: func(row int) { g.ScrollTo(row) },
		atEnd:    func() bool { return g.Top()+g.Full() == rows },
	}
}

// table is the toolkit's, with a heading and as many columns.
func table(rows int) subject {
	var t *fynewidget.Table
	return subject{
		rows: rows,
		content: func() fyne.CanvasObject {
			t = fynewidget.NewTableWithHeaders(
				func() (int, int) { return rows, len(columns()) },
				func() fyne.CanvasObject { return fynewidget.NewLabel("") },
				func(id fynewidget.TableCellID, o fyne.CanvasObject) {
					o.(*fynewidget.Label).SetText(cell(id.Row, id.Col).Text)
				})
			for i, c := range columns() {
				t.SetColumnWidth(i, c.Width)
			}
			return t
		},
		refresh:  func() { t.Refresh() },
		scrollTo: func(row int) { t.ScrollTo(fynewidget.TableCellID{Row: row}) },
		atEnd:    func() bool { return true },
	}
}
