package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/widget"
)

type doNotCallPage struct{ body fyne.CanvasObject }

func (w *Window) goDoNotCall() {
	if w.office == nil {
		return
	}
	w.show(&doNotCallPage{body: widget.Stack(0, widget.Header(widget.NewText(widget.PageTitle, words.Say("Do not call"))))})
}

func (p *doNotCallPage) content() fyne.CanvasObject  { return p.body }
func (p *doNotCallPage) key(*fyne.KeyEvent)          {}
func (p *doNotCallPage) campaign() campaign.Campaign { return campaign.Campaign{} }
