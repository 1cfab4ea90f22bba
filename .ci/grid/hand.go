package main

import (
	"fmt"

	"fyne.io/fyne/v2"

	"rollcall/ui/widget"
)

// byHand is the grid with everything it can do, and the charts above it.
func byHand(win fyne.Window, rows int) fyne.CanvasObject {
	said := widget.NewText(widget.Body, "")
	g := widget.NewGrid(columns(), func() int { return rows }, cell)
	g.Multi = true
	down := false
	g.OnSorted = func(col int) { down = !down; g.SetSort(col, down) }
	g.OnSelected = func() { said.SetText(fmt.Sprintf("%d selected", g.SelectedCount())) }
	g.OnCopied = func(n, of int) { said.SetText(fmt.Sprintf("%d of %d copied", n, of)) }
	g.OnLayout = func(l widget.GridLayout) { said.SetText(fmt.Sprint(l)) }
	g.OnMenu = func(row int, at fyne.Position) {
		items := []widget.MenuItem{
			{Words: "Call again", Icon: widget.IconPhone, Do: func() { said.SetText(fmt.Sprintf("call row %d", row)) }},
			{Words: "Leave out", Disabled: true},
			{Words: "Copy", Keys: "Ctrl+C", Do: g.Copy},
			{},
			{Words: "Do not call…", Grave: true, Do: func() {}},
		}
		if row < 0 {
			items = columnItems(g)
		}
		widget.PopUp(win.Canvas(), items, at)
	}
	density := widget.NewDrop([]string{"Comfortable", "Compact", "Roomy"}, 0, func(at int) {
		g.SetDensity([]widget.Density{widget.Comfortable, widget.Compact, widget.Roomy}[at])
	})
	boxes := widget.NewButton(widget.Plain, "Boxes", func() { g.Checks = !g.Checks; g.Refresh() }).Less()
	dark := widget.NewButton(widget.Plain, "Dark", func() {
		fyne.CurrentApp().Settings().SetTheme(widget.Theme{Mode: widget.Dark})
	}).Less()
	return widget.Ground(widget.Background, widget.Pad(widget.Space4, widget.Space4, widget.Stack(widget.Space3,
		widget.Card(widget.Pad(widget.Space4, widget.Space4, chart(said))),
		widget.Row(widget.Space3, widget.AtLeast(widget.SideWidth, 0, density), boxes, dark, widget.Grow(said)),
		widget.Grow(widget.GridCard(g)))))
}

// columnItems hides and shows columns.
func columnItems(g *widget.Grid) []widget.MenuItem {
	var items []widget.MenuItem
	for _, c := range g.Layout().Columns {
		items = append(items, widget.MenuItem{Words: c.Key, Checked: !c.Hidden, Do: func() { g.HideColumn(c.Key, !c.Hidden) }})
	}
	return items
}

func chart(said *widget.Text) fyne.CanvasObject {
	b := widget.NewStackedBars(widget.ChartTile, widget.Series{Shape: widget.ShapeReached}, widget.Series{Shape: widget.ShapeUnreached})
	slots := make([]widget.Slot, 30)
	for i := range slots {
		slots[i] = widget.Slot{Counts: []int{i * 7 % 6, i * 3 % 3}, Tip: fmt.Sprintf("10:%02d, %d calls", 12+i, i*7%6+i*3%3)}
		if i%10 == 0 {
			slots[i].Label = fmt.Sprintf("10:%02d", 12+i)
		}
	}
	b.Set(slots...)
	b.OnTapped = func(slot int) { said.SetText(fmt.Sprintf("slot %d", slot)) }
	return b
}
