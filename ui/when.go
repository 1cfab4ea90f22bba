package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/widget"
)

type whenPage struct{ body fyne.CanvasObject }

func newWhen(w *Window, p *plan) *whenPage {
	next := widget.NewButton(widget.Primary, words.Say("Continue"), func() { w.openStep(p, stepCheck) }).Then(widget.IconNext)
	back := widget.NewButton(widget.Quiet, words.Say("Back"), func() { w.openStep(p, stepMessage) }).With(widget.IconBack)
	return &whenPage{body: widget.Stack(0, planHeader(p), planSteps(w, p, stepWhen), widget.Grow(widget.Gap()), widget.Foot(back, widget.Gap(), next))}
}

func (p *whenPage) content() fyne.CanvasObject  { return p.body }
func (p *whenPage) key(*fyne.KeyEvent)          {}
func (p *whenPage) campaign() campaign.Campaign { return campaign.Campaign{} }
