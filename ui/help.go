package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/widget"
)

type helpPage struct{ body fyne.CanvasObject }

func (w *Window) goHelp() {
	w.show(&helpPage{body: widget.Stack(0, widget.Header(widget.NewText(widget.PageTitle, words.Say("Help"))))})
}

func (p *helpPage) content() fyne.CanvasObject  { return p.body }
func (p *helpPage) key(*fyne.KeyEvent)          {}
func (p *helpPage) campaign() campaign.Campaign { return campaign.Campaign{} }
