package ui

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// brokenPage stands in the place of a page in which a mistake of ours came to
// light. Calls are made by other goroutines and go on.
//
// What is caught: callbacks of our controls ([widget.Guard]), menus, keys,
// drops, work elsewhere and what follows it (Bridge). What is not: a mistake
// in drawing or measuring, which the toolkit does by itself, and one on a
// goroutine that the window did not begin; these end the program.
type brokenPage struct {
	w       *Window
	body    fyne.CanvasObject
	details string
}

// broke shows that something broke; whoever caught it has logged it.
func (w *Window) broke(cause any, stack []byte) {
	for len(w.asks) > 0 {
		last := w.asks[len(w.asks)-1]
		w.drop(last)
		if d, closes := last.(interface{ Close() }); closes {
			d.Close()
		}
	}
	if w.wait != nil {
		w.wait.abandon()
	}
	w.page = nil // it is not asked anything any more
	w.show(newBroken(w, fmt.Errorf("%v", cause), string(stack)))
}

func newBroken(w *Window, cause error, stack string) *brokenPage {
	p := &brokenPage{w: w}
	p.details = view.Trouble(w.app.Version, words.Say("This page broke"), cause, stack, time.Now())
	back := widget.NewButton(widget.Primary, words.Say("Back to campaigns"), w.goHome)
	details := widget.NewButton(widget.Plain, words.Say("Copy details"), func() { w.copyDetails(p.details) }).With(widget.IconCopy)
	text := widget.Stack(widget.Space4,
		widget.Row(widget.Space3, widget.IconSign(widget.IconWarning, widget.Danger), widget.NewText(widget.PageTitle, words.Say("This page broke"))),
		widget.NewPara(widget.Body, words.Say("A mistake in Rollcall has stopped this page. Calls in progress go on, and results are kept."), widget.DialogWidth),
		widget.NewPara(widget.Body, words.Say("Go back to the campaigns and try again. If it happens again, copy the details and send them to whoever looks after Rollcall; people’s numbers are covered in them."), widget.DialogWidth).In(widget.Secondary),
		widget.Row(widget.Space3, back, details))
	p.body = widget.Center(text)
	return p
}

// copyDetails puts what whoever mends a failure wants to know on the clipboard.
func (w *Window) copyDetails(details string) {
	w.program.Clipboard().SetContent(details)
	w.say(words.Say("Details copied"), "", nil)
}

func (p *brokenPage) content() fyne.CanvasObject  { return p.body }
func (p *brokenPage) campaign() campaign.Campaign { return campaign.Campaign{} }

func (p *brokenPage) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter:
		p.w.goHome()
	default: // other keys mean nothing here
	}
}
