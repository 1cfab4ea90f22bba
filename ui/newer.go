package ui

import (
	"context"
	"path/filepath"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// chooseNewer asks for a newer file of the list that is shown, and brings it in
// once it was said what that changes.
func (w *Window) chooseNewer() {
	if w.shown().ID != 0 && w.office != nil {
		w.chooseFile(words.Say("Bring in a newer list"), listTypes(), w.Newer)
	}
}

// Newer compares a file with the list that is shown.
func (w *Window) Newer(path string) {
	c := w.shown()
	var u campaign.ListUpdate
	var err error
	w.patiently(words.Say("Comparing %s", view.Brief(filepath.Base(path))),
		func(ctx context.Context) {
			u, err = w.office.Newer(ctx, c.ID, path, campaign.UpdateOptions{Dry: true})
		},
		func() {
			if err != nil {
				w.problem(words.Say("The newer list could not be read"), words.Say("The campaign is as it was."), err)
				return
			}
			w.askNewer(c, path, u)
		})
}

// askNewer says what a newer file changes, and asks for it.
func (w *Window) askNewer(c campaign.Campaign, path string, u campaign.ListUpdate) {
	width := widget.DialogWidth - 2*widget.Space6
	how := campaign.UpdateOptions{}
	body := widget.Stack(widget.Space2)
	for _, line := range view.UpdateWords(u) {
		body.Add(widget.NewPara(widget.Body, line, width))
	}
	if u.Added+u.Updated+u.Gone == 0 {
		w.ask(words.Say("Nothing is new in %s", view.Brief(filepath.Base(path))), body, widget.Choice{Words: words.Say("Close"), Kind: widget.Primary, Default: true})
		return
	}
	if u.Gone > 0 {
		body.Add(widget.NewTick(words.Say("Do not call those who are gone"), "", width, nil).Toggles(false, func(on bool) { how.ExcludeGone = on }))
	}
	body.Add(widget.NewPara(widget.Small, words.Say("Whoever was called keeps their result and is not called again because of this."), width).In(widget.Secondary))
	w.ask(words.Say("Bring in %s?", view.Brief(filepath.Base(path))), body, widget.Choice{Words: words.Say("Cancel"), Default: true},
		widget.Choice{Words: words.Say("Bring in"), Kind: widget.Primary, Do: func() { w.bringIn(c, path, how) }})
}

func (w *Window) bringIn(c campaign.Campaign, path string, how campaign.UpdateOptions) {
	var u campaign.ListUpdate
	var err error
	w.patiently(words.Say("Bringing in %s", view.Brief(filepath.Base(path))),
		func(ctx context.Context) { u, err = w.office.Newer(ctx, c.ID, path, how) },
		func() {
			if err != nil {
				w.problem(words.Say("The newer list could not be brought in"), words.Say("The campaign is as it was."), err)
				return
			}
			w.openCampaign(c.ID, stepLive)
			w.say(words.Say("%s added, %s changed||rows", view.RowCount(u.Added), view.RowCount(u.Updated)), "", nil)
		})
}
