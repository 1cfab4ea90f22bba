package widget_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"rollcall/ui/widget"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares what a control is made of, where its parts are and how they
// look with what was right once.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".xml")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v: run with -update", err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s is drawn otherwise; if that is right, run with -update:\n%s", name, d)
	}
}

// control is one in a state, and how large it is drawn.
type control struct {
	name string
	size fyne.Size // zero: as small as it may be
	of   func() fyne.CanvasObject
}

func nothing() {}

// controls are those of the package in the states that look differently.
func controls() []control {
	return append(append(pressable(), told()...), larger()...)
}

func pressable() []control {
	button := func(k widget.Kind, change func(*widget.Button)) func() fyne.CanvasObject {
		return func() fyne.CanvasObject {
			b := widget.NewButton(k, "Start calling", nothing)
			change(b)
			return b
		}
	}
	plain := func(*widget.Button) {}
	return []control{
		{"button-primary", fyne.Size{}, button(widget.Primary, plain)},
		{"button-plain", fyne.Size{}, button(widget.Plain, plain)},
		{"button-quiet", fyne.Size{}, button(widget.Quiet, plain)},
		{"button-grave", fyne.Size{}, button(widget.Grave, func(b *widget.Button) { b.With(widget.IconStop) })},
		{"button-disabled", fyne.Size{}, button(widget.Primary, func(b *widget.Button) { b.Disable() })},
		{"button-focused", fyne.Size{}, button(widget.Plain, func(b *widget.Button) { b.FocusGained() })},
		{"button-small", fyne.Size{}, button(widget.Plain, func(b *widget.Button) { b.Less().Then(widget.IconNext) })},
		{"button-wide", fyne.NewSize(300, 32), button(widget.Primary, plain)},
		{"link", fyne.Size{}, func() fyne.CanvasObject { return widget.NewLink(widget.Body, "Why not more?", nothing) }},
		{"chip", fyne.Size{}, func() fyne.CanvasObject {
			c := widget.NewChip(widget.ShapeWaiting, "Waiting", nothing)
			c.Set("236", false)
			return c
		}},
		{"chip-on", fyne.Size{}, func() fyne.CanvasObject {
			c := widget.NewChip(widget.NoShape, "All", nothing)
			c.Set("1,240", true)
			return c
		}},
		{"side-item", fyne.Size{}, func() fyne.CanvasObject { return widget.NewSideItem(widget.IconHome, "Campaigns", nothing) }},
		{"side-item-on", fyne.Size{}, func() fyne.CanvasObject {
			s := widget.NewSideItem(widget.IconHome, "Campaigns", nothing)
			s.SetOn(true)
			return s
		}},
		{"switch", fyne.Size{}, func() fyne.CanvasObject {
			return widget.NewSwitch("Tell me", "While another window is in front", 240, false, func(bool) {})
		}},
		{"switch-on", fyne.Size{}, func() fyne.CanvasObject {
			return widget.NewSwitch("Tell me", "", 240, true, func(bool) {})
		}},
		{"list-row-on", fyne.NewSize(200, 64), func() fyne.CanvasObject {
			r := widget.NewListRow("Front office", widget.NewText(widget.Body, "Front office"), nothing)
			r.SetOn(true)
			return r
		}},
		{"pick", fyne.Size{}, func() fyne.CanvasObject {
			return widget.NewPick("A text to read out", "Written here, with the columns of the list", nothing)
		}},
		{"pick-on", fyne.Size{}, func() fyne.CanvasObject {
			p := widget.NewPick("A text to read out", "Written here, with the columns of the list", nothing)
			p.SetOn(true)
			return p
		}},
		{"drop", fyne.NewSize(160, 28), func() fyne.CanvasObject { return widget.NewDrop([]string{"Name", "Phone number"}, 1, func(int) {}) }},
		{"check", fyne.Size{}, func() fyne.CanvasObject { return widget.NewTick("Do not call those who are gone", "", 300, nil) }},
		{"check-on", fyne.Size{}, func() fyne.CanvasObject {
			c := widget.NewBox("Repair this", true, nil)
			c.FocusGained()
			return c
		}},
		{"stepper", fyne.Size{}, func() fyne.CanvasObject { return widget.NewStepper(1, 1, 8, func(int) {}) }},
	}
}

func told() []control {
	return []control{
		{"tag", fyne.Size{}, func() fyne.CanvasObject { return widget.StateTag(widget.ShapeCalling, "Running") }},
		{"tag-practice", fyne.Size{}, func() fyne.CanvasObject { return widget.PracticeTag("Practice – no phone rings") }},
		{"progress", fyne.NewSize(200, 8), func() fyne.CanvasObject {
			p := widget.NewProgress()
			p.Set(1217, widget.Part{Shape: widget.ShapeReached, Count: 412}, widget.Part{Shape: widget.ShapeMachine, Count: 118},
				widget.Part{Shape: widget.ShapeUnreached, Count: 61}, widget.Part{Shape: widget.ShapeFailed, Count: 9})
			return p
		}},
		{"toast", fyne.Size{}, func() fyne.CanvasObject { return widget.NewToast("Calling started", "Show", nothing) }},
		{"tile", fyne.Size{}, func() fyne.CanvasObject {
			tile := widget.NewTile(widget.ShapeReached, "Reached", nothing)
			tile.Set("412", "69 % of those done", false)
			return tile
		}},
		{"tile-on", fyne.Size{}, func() fyne.CanvasObject {
			tile := widget.NewTile(widget.ShapeFailed, "Failed", nothing)
			tile.Set("9", "not in service", true)
			tile.FocusGained()
			return tile
		}},
		{"text-cut", fyne.NewSize(90, 20), func() fyne.CanvasObject { return widget.NewText(widget.Body, "Wilhelmina Featherquill").Cut() }},
		{"para", fyne.NewSize(160, 60), func() fyne.CanvasObject {
			return widget.NewPara(widget.Body, "Busy twice. One try is left, 20 minutes after the last.", 0)
		}},
		{"shapes", fyne.Size{}, func() fyne.CanvasObject {
			row := widget.Row(widget.Space2)
			for _, s := range shapes() {
				row.Add(widget.ShapeSign(s))
			}
			return row
		}},
	}
}

func larger() []control {
	return []control{
		{"steps", fyne.NewSize(600, 40), func() fyne.CanvasObject {
			s := widget.NewSteps([]string{"People", "Message", "Live", "Results"}, func(int) {})
			s.Set(1, 0, 2)
			return s
		}},
		{"chart", fyne.NewSize(400, 88), func() fyne.CanvasObject {
			b := widget.NewStackedBars(widget.ChartTile, series()...)
			b.Set(widget.Slot{Label: "10:12", Counts: []int{4, 1, 0, 0}}, widget.Slot{Gap: "paused"}, widget.Slot{Gap: "paused"},
				widget.Slot{Counts: []int{3, 0, 2, 1}, Tip: "6 calls"}, widget.Slot{Label: "10:16"})
			b.FocusGained()
			typed(b, fyne.KeyLeft)
			return b
		}},
		{"bars", fyne.NewSize(320, 108), func() fyne.CanvasObject {
			return widget.NewBars(widget.Bar{Shape: widget.ShapeReached, Words: "Reached", Count: 868, Figure: "868", Share: "70.0 %"},
				widget.Bar{Shape: widget.ShapeDoubt, Words: "In doubt", Count: 2, Figure: "2", Share: "0.2 %"},
				widget.Bar{Key: "9", Words: "Do not call", Count: 18, Figure: "18"})
		}},
		{"grid", fyne.NewSize(420, 116), func() fyne.CanvasObject {
			g := peopled()
			g.SetSort(1, true)
			g.Choose(1)
			g.FocusGained()
			return g
		}},
		{"grid-boxes", fyne.NewSize(420, 116), func() fyne.CanvasObject {
			g := peopled()
			g.Multi, g.Checks, g.Density = true, true, widget.Compact
			g.SetSelection(func(row int) bool { return row == 0 })
			g.HideColumn("number", true)
			g.Choose(2)
			return g
		}},
		{"grid-empty", fyne.NewSize(420, 116), func() fyne.CanvasObject {
			g := peopled()
			g.Rows = func() int { return 0 }
			g.Empty = widget.Center(widget.NewText(widget.Body, "Nobody matches"))
			return g
		}},
	}
}

// peopled is a grid of a few rows, with all that may stand in a cell.
func peopled() *widget.Grid {
	return widget.NewGrid([]widget.Column{{Key: "row", Title: "Row", Width: 60, Right: true, Muted: true}, {Key: "name", Title: "Name", Width: 120, Grow: 1},
		{Key: "number", Title: "Mobile", Width: 120}, {Key: "state", Title: "State", Width: 100}}, func() int { return 5 }, people)
}

func TestControlsLookAsTheyDid(t *testing.T) {
	for _, mode := range []widget.Mode{widget.Light, widget.Dark} {
		for _, c := range controls() {
			t.Run(c.name+"-"+string(mode), func(t *testing.T) {
				test.NewTempApp(t).Settings().SetTheme(widget.Theme{Mode: mode})
				o := c.of()
				o.Resize(c.size.Max(o.MinSize()))
				golden(t, c.name+"-"+string(mode), test.RenderObjectToMarkup(o))
			})
		}
	}
}

func TestQuestionsAndMenusLookAsTheyDid(t *testing.T) {
	for _, mode := range []widget.Mode{widget.Light, widget.Dark} {
		canvas := func(t *testing.T) fyne.Canvas {
			test.NewTempApp(t).Settings().SetTheme(widget.Theme{Mode: mode})
			w := test.NewTempWindow(t, widget.NewText(widget.Body, "page"))
			w.Resize(fyne.NewSize(640, 400))
			return w.Canvas()
		}
		t.Run("dialog-"+string(mode), func(t *testing.T) {
			c := canvas(t)
			widget.NewDialog(c, "Stop calling?", widget.NewText(widget.Body, "Nobody else is called."),
				widget.Choice{Words: "Stop", Kind: widget.Grave}, widget.Choice{Words: "Go on", Kind: widget.Primary, Default: true}).Show(nil)
			golden(t, "dialog-"+string(mode), test.RenderToMarkup(c))
		})
		t.Run("menu-"+string(mode), func(t *testing.T) {
			c := canvas(t)
			m := widget.PopUp(c, []widget.MenuItem{{Words: "Call again", Icon: widget.IconPhone, Keys: "Ctrl+R"}, {Words: "Copy", Disabled: true},
				{}, {Words: "Do not call…", Grave: true}}, fyne.NewPos(40, 40))
			typed(m, fyne.KeyDown)
			golden(t, "menu-"+string(mode), test.RenderToMarkup(c))
		})
	}
}
