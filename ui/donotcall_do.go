package ui

import (
	"context"
	"iter"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// This file removes what is marked, and saves the list.

// mostRemoved is how many rows are removed in one go: a person means a few.
const mostRemoved = 1000

// selection is what is marked, or else the chosen line: single numbers, and
// lists. It is not whole where more is marked than is loaded.
func (p *doNotCallPage) selection() (entries []campaign.DoNotCallEntry, lists []view.ListLine, whole bool) {
	seen := 0
	for row := range marked(p.grid) {
		if seen++; seen > mostRemoved {
			return entries, lists, false
		}
		if l, list := p.state.List(row); list {
			lists = append(lists, l)
			continue
		}
		e, loaded := p.state.Entry(row)
		if !loaded {
			return entries, lists, false
		}
		entries = append(entries, e.DoNotCallEntry)
	}
	return entries, lists, true
}

// askRemove asks before anything is taken off the list.
func (p *doNotCallPage) askRemove() {
	if p.remove.Disabled() {
		return
	}
	entries, lists, whole := p.selection()
	if !whole {
		p.w.ask(words.Say("Mark fewer lines"), para(words.Say("So many are not removed in one go. Filter by how they came on the list, and remove a list as a whole.")),
			widget.Choice{Words: words.Say("Close"), Kind: widget.Primary, Default: true})
		return
	}
	r := view.RemovalOf(entries, lists)
	body := widget.Stack(widget.Space2, para(r.Meaning))
	if r.Stays != "" {
		body.Add(widget.Note(widget.WarnSoft, widget.NewPara(widget.Small, r.Stays, widget.DialogWidth-2*widget.Space6-2*widget.Space3)))
	}
	if r.Nothing {
		p.w.ask(r.Title, body, widget.Choice{Words: words.Say("Close"), Kind: widget.Primary, Default: true})
		return
	}
	p.w.ask(r.Title, body, widget.Choice{Words: words.Say("Remove"), Kind: widget.Grave, Do: func() { p.takeOff(entries, lists) }},
		widget.Choice{Words: words.Say("Keep"), Kind: widget.Primary, Default: true})
}

func para(text string) fyne.CanvasObject {
	return widget.NewPara(widget.Body, text, widget.DialogWidth-2*widget.Space6)
}

// takeOff removes numbers and lists.
func (p *doNotCallPage) takeOff(entries []campaign.DoNotCallEntry, lists []view.ListLine) {
	w := p.w
	var done view.Removed
	var err error
	w.patiently(words.Say("Removing"),
		func(ctx context.Context) { done, err = w.office.RemoveAll(ctx, entries, lists) },
		func() {
			p.reread()
			if err != nil {
				w.problem(words.Say("Not everything could be removed"), words.Say("What is still on the list is not called."), err)
				return
			}
			if done.Undo == nil {
				w.say(done.Words(), "", nil)
				return
			}
			w.say(done.Words(), words.Say("Undo"), func() { p.undo(done.Undo) })
		})
}

// export saves everything that is on the list.
func (p *doNotCallPage) export() {
	save := func(ending string) func() {
		return func() {
			p.w.saveFile(saving{
				title: words.Say("Save the do-not-call list"), name: words.Say("Do not call") + ending,
				failed: words.Say("The list could not be saved"), meaning: words.Say("The list itself is untouched. Close the file if it is open elsewhere, or choose another folder."),
				write: func(ctx context.Context, path string, tell func(float64)) (string, error) {
					return p.w.app.WriteDoNotCall(ctx, path, p.w.office.Store, tell)
				}})
		}
	}
	p.w.ask(words.Say("Which kind of file?"), para(words.Say("All numbers go into it, those of lists too, with why, from where and until when. A text can be taken in by Import… and by other programs.")),
		widget.Choice{Words: words.Say("Cancel")},
		widget.Choice{Words: words.Say("Text (CSV)"), Do: save(".csv")},
		widget.Choice{Words: words.Say("Excel workbook"), Kind: widget.Primary, Default: true, Do: save(".xlsx")})
}

// saving is a file to be saved.
type saving struct {
	title, name     string
	failed, meaning string // what is said if it cannot be
	write           func(ctx context.Context, path string, tell func(part float64)) (string, error)
}

// saveFile asks where to save a file and writes it there, with progress and a
// way out.
func (w *Window) saveFile(s saving) {
	w.chooseSave(s.title, s.name, func(path string) {
		what := words.Say("Saving %s", view.Brief(filepath.Base(path)))
		var written string
		var err error
		w.patiently(what,
			func(ctx context.Context) {
				written, err = s.write(ctx, path, func(part float64) {
					w.onUI(func() {
						if wait := w.wait; wait != nil && wait.ctx == ctx {
							wait.tell(what, part)
						}
					})
				})
			},
			func() {
				if err != nil {
					w.problem(s.failed, s.meaning, err)
					return
				}
				w.say(words.Say("Saved as %s", view.Brief(filepath.Base(written))), "", nil)
			})
	})
}

// marked are the rows that are marked, or else the chosen one.
func marked(g *widget.Grid) iter.Seq[int] {
	if row := g.Chosen(); g.SelectedCount() == 0 && row >= 0 {
		return slices.Values([]int{row})
	}
	return g.Selected()
}
