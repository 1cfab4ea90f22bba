package widget

import (
	"iter"
	"strings"

	"fyne.io/fyne/v2"
)

// CopyMost is how many rows a grid copies by itself.
const CopyMost = 10_000

// Copy puts the headings and the selected rows into the clipboard as cells, at
// most [CopyMost] rows, and tells OnCopied how many of how many. That blocks the
// user interface for some milliseconds and holds what Cell says, which may be
// less than there is. Where rows are loaded as they are shown, or more are to be
// copied, set OnCopy, read the rows elsewhere, and write them with [Cells]: the
// columns are those of Shown.
func (g *Grid) Copy() {
	selected := g.SelectedCount()
	switch {
	case g.OnCopy != nil:
		g.OnCopy()
		return
	case selected == 0:
		return
	}
	fyne.CurrentApp().Clipboard().SetContent(Cells(g.lines()))
	if g.OnCopied != nil {
		g.OnCopied(min(selected, CopyMost), selected)
	}
}

// Titles are the headings of the columns that are shown, from left to right.
func (g *Grid) Titles() []string {
	var titles []string
	for _, col := range g.Shown() {
		titles = append(titles, g.Columns[col].Title)
	}
	return titles
}

// lines is the headings and the selected rows.
func (g *Grid) lines() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		if !yield(g.Titles()) {
			return
		}
		columns, n := g.Shown(), 0
		for row := range g.Selected() {
			if n++; n > CopyMost {
				return
			}
			cells := make([]string, len(columns))
			for i, col := range columns {
				cells[i] = g.Cell(row, col).Text
			}
			if !yield(cells) {
				return
			}
		}
	}
}

// Cells writes lines of cells as spreadsheets take them from the clipboard:
// tabs between cells, quotes around those that hold tabs, quotes or line feeds.
func Cells(lines iter.Seq[[]string]) string {
	var text strings.Builder
	for cells := range lines {
		for i, cell := range cells {
			if i > 0 {
				text.WriteByte('\t')
			}
			if strings.ContainsAny(cell, "\t\r\n\"") {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			text.WriteString(cell)
		}
		text.WriteByte('\n')
	}
	return text.String()
}
