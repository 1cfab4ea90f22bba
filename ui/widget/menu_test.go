package widget_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"rollcall/ui/widget"
)

// popped is a menu over a button that has the keys; what it does is noted.
func popped(t *testing.T, at fyne.Position, done *[]string) (*widget.Menu, fyne.Canvas, *widget.Button) {
	t.Helper()
	themed(t)
	b := widget.NewButton(widget.Plain, "Page", func() {})
	w := test.NewTempWindow(t, b)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(600, 400))
	w.Canvas().Focus(b)
	do := func(what string) func() { return func() { *done = append(*done, what) } }
	m := widget.PopUp(w.Canvas(), []widget.MenuItem{
		{Words: "Call again", Icon: widget.IconPhone, Keys: "Ctrl+R", Do: do("call")},
		{Words: "Leave out", Do: do("leave")},
		{Words: "Copy", Keys: "Ctrl+C", Disabled: true, Do: do("copy")},
		{},
		{Words: "Do not call…", Grave: true, Do: do("never")},
	}, at)
	return m, w.Canvas(), b
}

func TestAMenuIsUsedByKeys(t *testing.T) {
	const up, down, home, end, enter, esc = fyne.KeyUp, fyne.KeyDown, fyne.KeyHome, fyne.KeyEnd, fyne.KeyReturn, fyne.KeyEscape
	tests := []struct {
		name string
		keys []fyne.KeyName
		want string
	}{
		{"down to the first", []fyne.KeyName{down, enter}, "call"},
		{"over what cannot be done, and the rule", []fyne.KeyName{down, down, down, enter}, "never"},
		{"round the end", []fyne.KeyName{down, down, down, down, enter}, "call"},
		{"up from nothing is the last", []fyne.KeyName{up, enter}, "never"},
		{"home", []fyne.KeyName{up, home, enter}, "call"},
		{"end", []fyne.KeyName{end, enter}, "never"},
		{"up from the end", []fyne.KeyName{end, up, enter}, "leave"},
		{"Esc does nothing", []fyne.KeyName{down, esc}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var done []string
			m, c, b := popped(t, fyne.NewPos(50, 50), &done)
			for _, k := range tt.keys {
				typed(m, k)
			}
			typed(m, enter) // once it has gone, nothing happens
			if got := strings.Join(done, " "); got != tt.want {
				t.Errorf("done %q, want %q", got, tt.want)
			}
			if c.Overlays().Top() != nil || c.Focused() != fyne.Focusable(b) {
				t.Errorf("the menu is still there, or the keys are with %v", c.Focused())
			}
		})
	}
}

func TestAMenuGoesToTheLetterThatIsTyped(t *testing.T) {
	var done []string
	m, _, _ := popped(t, fyne.NewPos(50, 50), &done)
	for _, step := range []struct {
		r  rune
		at int
	}{{'l', 1}, {'D', 4}, {'c', 0}, {'c', 0}, {'x', 0}} {
		if m.TypedRune(step.r); m.At() != step.at {
			t.Errorf("%c: at %d, want %d: Copy cannot be done", step.r, m.At(), step.at)
		}
	}
	typed(m, fyne.KeyReturn)
	if fmt.Sprint(done) != "[call]" {
		t.Errorf("done %v", done)
	}
}

func TestAMenuIsUsedByThePointer(t *testing.T) {
	var done []string
	m, c, _ := popped(t, fyne.NewPos(50, 50), &done)
	on := func(item float32) fyne.Position { return fyne.NewPos(60, 54+item*widget.SmallHeight+5) }
	move := &desktop.MouseEvent{}
	for item, want := range []int{0, 1, -1} {
		move.Position = on(float32(item))
		if m.MouseMoved(move); m.At() != want {
			t.Errorf("over item %d: at %d, want %d", item, m.At(), want)
		}
	}
	m.Tapped(&fyne.PointEvent{Position: on(2)}) // cannot be done
	if len(done) > 0 || c.Overlays().Top() == nil {
		t.Errorf("done %v", done)
	}
	m.Tapped(&fyne.PointEvent{Position: on(1)})
	if fmt.Sprint(done) != "[leave]" || c.Overlays().Top() != nil {
		t.Errorf("done %v", done)
	}
	m, c, _ = popped(t, fyne.NewPos(50, 50), &done)
	m.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 5)})
	if len(done) != 1 || c.Overlays().Top() != nil {
		t.Errorf("a click beside it: done %v", done)
	}
}

func TestAMenuStaysOnTheCanvas(t *testing.T) {
	for _, at := range []fyne.Position{{X: 590, Y: 390}, {X: -20, Y: -20}, {X: 300, Y: 380}} {
		var done []string
		m, c, _ := popped(t, at, &done)
		for _, o := range test.WidgetRenderer(m).Objects() {
			r, ok := o.(*canvas.Rectangle)
			if !ok || !r.Visible() {
				continue
			}
			end := r.Position().Add(r.Size())
			if r.Position().X < 0 || r.Position().Y < 0 || end.X > c.Size().Width || end.Y > c.Size().Height {
				t.Errorf("at %v: a part reaches from %v to %v", at, r.Position(), end)
			}
		}
	}
}
