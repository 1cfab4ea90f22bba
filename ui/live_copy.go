package ui

import (
	"context"
	"iter"
	"slices"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// This file is how rows get into the clipboard.

// copyMost is how many rows are copied: more, nothing takes from a clipboard.
const copyMost = 100_000

// copyRows puts the selected rows into the clipboard as cells. They are read
// elsewhere: of most of them nothing is held.
func (p *livePage) copyRows() {
	g := p.rows.grid
	var ids []campaign.ContactID
	for row := range g.Selected() {
		if id, ok := p.state.Rows.ID(row); ok && len(ids) < copyMost {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return
	}
	all, titles := g.SelectedCount(), g.Titles()
	var columns []view.LiveColumn
	for _, i := range g.Shown() {
		columns = append(columns, p.rows.columns[i])
	}
	var text string
	var err error
	p.w.patiently(words.Say("Copying rows"),
		func(ctx context.Context) { text, err = p.w.cells(ctx, ids, titles, columns) },
		func() {
			if p.failed(err) {
				return
			}
			p.w.program.Clipboard().SetContent(text)
			if len(ids) < all {
				p.w.say(words.Say("%s of %s rows copied", view.Count(len(ids)), view.Count(all)), "", nil)
				return
			}
			p.w.say(words.Many(all, "%s row copied", "%s rows copied"), "", nil)
		})
}

// cells are rows as spreadsheets take them.
func (w *Window) cells(ctx context.Context, ids []campaign.ContactID, titles []string, columns []view.LiveColumn) (string, error) {
	var failed error
	lines := func(yield func([]string) bool) {
		if !yield(titles) {
			return
		}
		for row, err := range w.contacts(ctx, ids) {
			if failed = err; err != nil {
				return
			}
			texts := make([]string, len(columns))
			for i, c := range columns {
				texts[i] = c.Text(row, time.Now())
			}
			if !yield(texts) {
				return
			}
		}
	}
	return widget.Cells(lines), failed
}

// readAtOnce is how many rows are read at a time.
const readAtOnce = 300

// contacts reads rows, some at a time.
func (w *Window) contacts(ctx context.Context, ids []campaign.ContactID) iter.Seq2[campaign.Contact, error] {
	return func(yield func(campaign.Contact, error) bool) {
		for part := range slices.Chunk(ids, readAtOnce) {
			rows, err := w.office.Store.Contacts(ctx, part)
			if err != nil {
				yield(campaign.Contact{}, err)
				return
			}
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}
