package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/widget"
)

type settingsPage struct{ body fyne.CanvasObject }

func (w *Window) goSettings() {
	if w.office == nil {
		return
	}
	w.show(&settingsPage{body: widget.Stack(0, widget.Header(widget.NewText(widget.PageTitle, words.Say("Settings"))))})
}

func (p *settingsPage) content() fyne.CanvasObject  { return p.body }
func (p *settingsPage) key(*fyne.KeyEvent)          {}
func (p *settingsPage) campaign() campaign.Campaign { return campaign.Campaign{} }
