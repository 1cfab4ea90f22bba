package widget_test

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rollcall/ui/widget"
)

// picture draws o as large as size. With ROLLCALL_PICTURES set to a folder it
// is saved there too, to be looked at.
func picture(t *testing.T, name string, mode widget.Mode, o fyne.CanvasObject, size fyne.Size) image.Image {
	t.Helper()
	w := test.NewTempWindow(t, widget.Ground(widget.Background, o))
	w.SetPadded(false)
	w.Resize(size)
	w.Content().Refresh()
	img := w.Canvas().Capture()
	folder := os.Getenv("ROLLCALL_PICTURES")
	if folder == "" {
		return img
	}
	f, err := os.Create(filepath.Join(folder, fmt.Sprintf("%s-%s.png", name, mode)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	return img
}

// colours counts how many colours a picture has.
func colours(img image.Image) int {
	seen := map[[4]uint32]bool{}
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			r, g, b, a := img.At(x, y).RGBA()
			seen[[4]uint32{r, g, b, a}] = true
		}
	}
	return len(seen)
}

func shapes() []widget.Shape {
	return []widget.Shape{widget.ShapeReady, widget.ShapeWaiting, widget.ShapeCalling, widget.ShapeReached,
		widget.ShapeMachine, widget.ShapeUnreached, widget.ShapeFailed, widget.ShapeSkipped, widget.ShapeDoubt}
}

func sheet() fyne.CanvasObject {
	chips, bar := widget.Row(widget.Space2), widget.NewProgress()
	for i, s := range shapes() {
		c := widget.NewChip(s, string(s), func() {})
		c.Set(fmt.Sprint(i*1234), i == 1)
		chips.Add(c)
	}
	bar.Set(100, widget.Part{Shape: widget.ShapeReached, Count: 34}, widget.Part{Shape: widget.ShapeMachine, Count: 9},
		widget.Part{Shape: widget.ShapeUnreached, Count: 5}, widget.Part{Shape: widget.ShapeFailed, Count: 1})
	off := widget.NewButton(widget.Primary, "Start calling", nil).With(widget.IconPlay)
	off.Disable()
	tile := widget.NewTile(widget.ShapeReached, "Reached", func() {})
	tile.Set("412", "69 % of those done", true)
	steps := widget.NewSteps([]string{"People", "Message", "Live", "Results"}, func(int) {})
	steps.Set(2, 0, 2)
	on := widget.NewSideItem(widget.IconHome, "Campaigns", func() {})
	on.SetOn(true)
	return widget.Stack(widget.Space4,
		widget.Row(widget.Space3, widget.NewSwatch(), widget.NewText(widget.PageTitle, "Flu clinic reminders"),
			widget.StateTag(widget.ShapeCalling, "Running"), widget.PracticeTag("Practice – no phone rings"), widget.Gap(),
			widget.NewButton(widget.Primary, "Pause", nil).With(widget.IconPause), widget.NewButton(widget.Grave, "Stop…", nil).With(widget.IconStop)),
		steps,
		widget.Row(widget.Space3, widget.NewButton(widget.Plain, "Open a spreadsheet…", nil).With(widget.IconTable), off,
			widget.NewButton(widget.Quiet, "Back", nil).With(widget.IconBack), widget.NewButton(widget.Primary, "Continue", nil).Then(widget.IconNext),
			widget.NewButton(widget.Plain, "Call now", nil).Less(), widget.NewLink(widget.Body, "Why not more?", func() {})),
		chips, bar,
		widget.Row(widget.Space4, widget.Card(widget.AtLeast(176, widget.TileHeight, tile)), on, widget.NewSideState(widget.ShapeCalling, "A campaign with a very long name", func() {})),
		widget.Note(widget.WarnSoft, widget.Row(widget.Space3, widget.IconSign(widget.IconWarning, widget.Ink), widget.NewText(widget.Body, "6 rows were set aside."))),
		widget.Card(widget.Pad(widget.Space4, widget.Space4, widget.NewPara(widget.Body, "Busy twice. One try is left, 20 minutes after the last. 10:49 is 9:49 in Denver, and words that are wider than the card are wrapped.", 0))),
	)
}

func TestControlsAreDrawnInBothModes(t *testing.T) {
	for _, mode := range []widget.Mode{widget.Light, widget.Dark} {
		t.Run(string(mode), func(t *testing.T) {
			test.NewTempApp(t).Settings().SetTheme(widget.Theme{Mode: mode})
			img := picture(t, "controls", mode, widget.Pad(widget.Space4, widget.Space4, sheet()), fyne.NewSize(1100, 640))
			if n := colours(img); n < 40 {
				t.Errorf("%d colours: controls or shapes are missing", n)
			}
		})
	}
}

func people(row, col int) widget.Cell {
	switch {
	case col == 0:
		return widget.Cell{Text: fmt.Sprint(row + 4)}
	case col == 1:
		return widget.Cell{Text: "Wilhelmina Featherquill-Brackenburrow"}
	case col == 2 && row%3 == 1:
		return widget.Cell{Text: "(617) 555-0142", Before: "6.17555014200000E+09", Ground: widget.OkSoft}
	case col == 2 && row%5 == 2:
		return widget.Cell{Text: "4.41E+14 digits lost", Icon: widget.IconWarning, Ground: widget.BadSoft}
	case col == 2:
		return widget.Cell{Text: "(312) 555-0123"}
	default:
		return widget.Cell{Text: "State " + string(shapes()[row%9]), Shape: shapes()[row%9]}
	}
}

func TestGridIsDrawnInBothModes(t *testing.T) {
	for _, mode := range []widget.Mode{widget.Light, widget.Dark} {
		t.Run(string(mode), func(t *testing.T) {
			test.NewTempApp(t).Settings().SetTheme(widget.Theme{Mode: mode})
			g := widget.NewGrid([]widget.Column{{Title: "Row", Width: 56, Right: true, Muted: true}, {Title: "Name", Width: 180, Grow: 1},
				{Title: "Mobile", Width: 240}, {Title: "State", Width: 140, Grow: 1, Sorts: true}}, func() int { return 500 }, people)
			g.SetSort(3, true)
			g.Choose(4)
			g.FocusGained()
			img := picture(t, "grid", mode, widget.Pad(widget.Space4, widget.Space4, widget.Card(widget.Pad(1, 1, g))), fyne.NewSize(800, 480))
			if n := colours(img); n < 40 {
				t.Errorf("%d colours: cells or shapes are missing", n)
			}
		})
	}
}
