package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/widget"
)

type doubtsPage struct{ body fyne.CanvasObject }

func (w *Window) goDoubts() {
	if w.office == nil {
		return
	}
	w.show(&doubtsPage{body: widget.Stack(0, widget.Header(widget.NewText(widget.PageTitle, words.Say("Numbers in doubt"))))})
}

func (p *doubtsPage) content() fyne.CanvasObject  { return p.body }
func (p *doubtsPage) key(*fyne.KeyEvent)          {}
func (p *doubtsPage) campaign() campaign.Campaign { return campaign.Campaign{} }
