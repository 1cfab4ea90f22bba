package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/campaign/phone"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// whyPanel is what is known of the chosen number.
type whyPanel struct {
	p      *doNotCallPage
	body   *fyne.Container
	number phone.Number
}

func newWhyPanel(p *doNotCallPage) *whyPanel {
	return &whyPanel{p: p, body: widget.Stack(0)}
}

// show finds out about a number and shows it; none hides the panel.
func (y *whyPanel) show(number phone.Number) {
	if number == y.number && number != "" {
		return
	}
	y.number = number
	if number == "" {
		y.body.Objects = nil
		y.body.Refresh()
		return
	}
	w := y.p.w
	var known view.WhyNumber
	var err error
	w.background(
		func() { known, err = w.office.WhyNot(w.ctx, number, time.Now()) },
		func() {
			if w.unreadList(err) || y.number != number {
				return
			}
			y.body.Objects = []fyne.CanvasObject{y.card(known)}
			y.body.Layout = container.NewStack().Layout
			y.body.Refresh()
		})
}

func (y *whyPanel) card(known view.WhyNumber) fyne.CanvasObject {
	width := widget.DetailsWidth - widget.Space6 - 2*widget.Space4
	sign := widget.ShapeSkipped
	if known.Free {
		sign = widget.ShapeReached
	}
	lines := widget.Stack(widget.Space2, widget.Row(widget.Space2, widget.ShapeSign(sign), widget.NewText(widget.BodyBold, known.Head())))
	for _, why := range known.Why {
		lines.Add(widget.NewPara(widget.Small, why, width))
	}
	if known.Said != "" {
		lines.Add(widget.NewPara(widget.Small, known.Said, width).In(widget.Secondary))
	}
	if len(known.Calls) == 0 {
		lines.Add(widget.NewPara(widget.Small, words.Say("No call to it is known."), width).In(widget.Secondary))
	} else {
		lines.Add(callsList(known.Calls, width))
	}
	title := widget.NewText(widget.CardTitle, known.Number.For(y.p.state.Region))
	return widget.Card(widget.Stack(0, widget.Inset(widget.Space3, widget.Space4, widget.Space2, widget.Space4, title),
		widget.Grow(widget.Scroll(widget.Inset(0, widget.Space4, widget.Space4, widget.Space4, lines)))))
}
