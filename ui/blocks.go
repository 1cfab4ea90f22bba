package ui

import (
	"context"
	"path/filepath"
	"time"

	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// chooseBlocks asks for a file of numbers that must not be called.
func (w *Window) chooseBlocks() {
	if w.office != nil {
		w.chooseFile(words.Say("Import a do-not-call list"), listTypes(), w.Block)
	}
}

// Block takes the numbers of a file in: none of them is called from then on, in
// any campaign.
func (w *Window) Block(path string) {
	var r view.BlockReport
	var err error
	w.patiently(words.Say("Reading %s", view.Brief(filepath.Base(path))),
		func(ctx context.Context) {
			r, err = w.office.ImportDoNotCall(ctx, view.BlockSource{Path: path, Region: w.office.Region(ctx), Replace: true})
		},
		func() {
			if err != nil {
				w.problem(words.Say("The do-not-call list could not be read"), words.Say("The numbers that were on the list before still are; those in this file are not."), err)
				return
			}
			if p, shown := w.page.(*doNotCallPage); shown {
				p.reread()
			}
			width := widget.DialogWidth - 2*widget.Space6
			body := widget.Stack(widget.Space2, widget.NewPara(widget.Body, view.BlockWords(r.List, time.Now())+".", width),
				widget.NewPara(widget.Body, words.Say("None of them is called from now on. They are looked up at the moment of every call, also for later tries that are already planned."), width).In(widget.Secondary))
			for _, line := range view.RefusedWords(r) {
				body.Add(widget.NewPara(widget.Small, line, width).In(widget.Danger))
			}
			w.ask(words.Say("The do-not-call list was taken in"), body, widget.Choice{Words: words.Say("Close"), Kind: widget.Primary, Default: true})
		})
}
