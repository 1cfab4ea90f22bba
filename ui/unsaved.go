package ui

import (
	"context"
	"maps"
	"slices"

	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// This file is what is not stored yet when somebody goes elsewhere or quits.
// Drafts are stored by themselves; what was changed of a campaign that has
// started holds only once it is saved.

// keep stores something, also if the window is closed meanwhile.
func (w *Window) keep(work func(ctx context.Context), then func()) {
	ctx := context.WithoutCancel(w.ctx)
	w.keeping.Add(1)
	w.background(func() {
		defer w.keeping.Done()
		work(ctx)
	}, then)
}

// keepUnsaved keeps what was changed and not saved: the page shows it again.
func (p *whenPage) keepUnsaved() {
	if !p.state.Changed() {
		delete(p.w.unsaved, p.c.ID)
		return
	}
	p.w.unsaved[p.c.ID] = p
	if p.state.Blocked() == "" {
		p.w.say(words.Say("What was changed is not saved yet"), words.Say("Save changes"), p.save)
	}
}

// askUnsaved goes on if nothing is unsaved, else after a question.
func (w *Window) askUnsaved(then func()) {
	p, shown := w.page.(*whenPage)
	switch {
	case shown && p.plan != nil:
		w.settle()
	case shown:
		w.win.Canvas().Unfocus() // a field tells what was typed when it is left
		if p.state.Changed() {
			w.unsaved[p.c.ID] = p
		} else {
			delete(w.unsaved, p.c.ID)
		}
	}
	if len(w.typed) == 0 {
		w.askChanged(then)
		return
	}
	text := words.Say("A day that was typed for a draft could not be read, and is not stored. It is lost with this window: the campaign would then begin or end without it. Mend it on the page When and how.")
	w.ask(words.Say("Quit without the day?"), widget.NewPara(widget.Body, text, widget.DialogWidth-2*widget.Space6),
		widget.Choice{Words: words.Say("Do not quit"), Default: true},
		widget.Choice{Words: words.Say("Quit without saving"), Kind: widget.Grave, Do: func() {
			clear(w.typed)
			w.askChanged(then)
		}})
}

// askChanged goes on if no campaign that has started was changed and not saved,
// else after a question.
func (w *Window) askChanged(then func()) {
	if len(w.unsaved) == 0 {
		then()
		return
	}
	var names []string
	savable := true
	for _, p := range w.unsaved {
		names = append(names, words.Say("“%s”", view.Brief(p.state.Name)))
		savable = savable && p.state.Blocked() == ""
	}
	slices.Sort(names)
	text := words.Say("When and how was changed for %s. Unless that is saved, calls go on as they were set before.", words.And(names))
	drop := func() {
		clear(w.unsaved)
		then()
	}
	choices := []widget.Choice{{Words: words.Say("Do not quit"), Default: !savable}, {Words: words.Say("Quit without saving"), Kind: widget.Grave, Do: drop}}
	if savable {
		choices = append(choices, widget.Choice{Words: words.Say("Save and quit"), Kind: widget.Primary, Default: true, Do: func() { w.saveAll(then) }})
	}
	w.ask(words.Say("Save what was changed?"), widget.NewPara(widget.Body, text, widget.DialogWidth-2*widget.Space6), choices...)
}

// saveAll saves one after the other, and goes on when all are saved.
func (w *Window) saveAll(then func()) {
	for p := range maps.Values(w.unsaved) {
		p.saveThen(func() { w.saveAll(then) })
		return
	}
	then()
}
