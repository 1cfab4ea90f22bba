package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/widget"
)

type checkPage struct{ body fyne.CanvasObject }

func (w *Window) openCheck(p *plan)             { w.show(newCheck(w, p)) }
func (w *Window) openCheckOf(campaign.Campaign) {}

func newCheck(w *Window, p *plan) *checkPage {
	next := widget.NewButton(widget.Primary, words.Say("Start calling…"), func() { w.askStart(p) }).Then(widget.IconNext)
	back := widget.NewButton(widget.Quiet, words.Say("Back"), func() { w.openStep(p, stepWhen) }).With(widget.IconBack)
	return &checkPage{body: widget.Stack(0, planHeader(p), planSteps(w, p, stepCheck), widget.Grow(widget.Gap()), widget.Foot(back, widget.Gap(), next))}
}

func (p *checkPage) content() fyne.CanvasObject  { return p.body }
func (p *checkPage) key(*fyne.KeyEvent)          {}
func (p *checkPage) campaign() campaign.Campaign { return campaign.Campaign{} }
