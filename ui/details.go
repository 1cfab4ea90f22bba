package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/campaign"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// details is everything about the chosen row: why it stands where it stands,
// its calls so far, and whether it may be called.
type details struct {
	page *livePage
	body *fyne.Container
}

func newDetails(p *livePage) *details {
	d := &details{page: p, body: widget.AtLeast(widget.DetailsWidth, 0, widget.Card(widget.Gap()))}
	d.body.Hide()
	return d
}

func (d *details) shown() bool { return d.body.Visible() }

func (d *details) show() {
	if !d.shown() {
		d.body.Show()
		d.page.body.Refresh()
	}
}

func (d *details) hide() {
	if d.shown() {
		d.body.Hide()
		d.page.body.Refresh()
		d.page.w.win.Canvas().Focus(d.page.grid)
	}
}

// load reads a row and its attempts, and shows them unless another row was
// chosen meanwhile.
func (d *details) load(id campaign.ContactID) {
	p := d.page
	var rows []campaign.Contact
	var attempts []campaign.Attempt
	var err error
	p.w.background(
		func() {
			if rows, err = p.w.office.Store.Contacts(p.w.ctx, []campaign.ContactID{id}); err == nil {
				attempts, err = p.w.office.Store.Attempts(p.w.ctx, p.state.Campaign.ID, id)
			}
		},
		func() {
			if p.failed(err) || id != p.chosen || len(rows) == 0 {
				return
			}
			d.body.Objects = []fyne.CanvasObject{d.card(view.DetailsOf(rows[0], attempts, time.Now()))}
			d.body.Show()
			p.body.Refresh()
		})
}

func (d *details) card(v view.Details) fyne.CanvasObject {
	width := widget.DetailsWidth - 2*widget.Space4
	shut := widget.NewButton(widget.Quiet, "", d.hide).With(widget.IconClose).Less().Called("Close (Esc)")
	head := widget.Row(widget.Space2, widget.Grow(widget.Stack(0, widget.NewWhole(widget.NewText(widget.CardTitle, v.Title)), widget.NewWhole(widget.NewText(widget.Body, v.Under).In(widget.Secondary)))), shut)
	why := widget.Note(widget.Selection, widget.Stack(widget.Space1,
		widget.Row(widget.Space2, widget.ShapeSign(widget.ShapeOf(v.Contact.Status)), widget.NewText(widget.BodyBold, v.Head)),
		widget.NewPara(widget.Small, v.Why, width-2*widget.Space3)))
	stack := widget.Stack(widget.Space3, why)
	if len(v.Calls) > 0 {
		stack.Add(detailsCalls(v.Calls, width))
	}
	checks := widget.Stack(widget.Space1, widget.NewText(widget.BodyBold, "Worth knowing"))
	for _, c := range v.Checks {
		checks.Add(widget.NewPara(widget.Small, c, width))
	}
	stack.Add(checks)
	return widget.Card(widget.Stack(0, widget.Inset(widget.Space3, widget.Space2, widget.Space2, widget.Space4, head),
		widget.Grow(container.NewVScroll(widget.Inset(0, widget.Space4, widget.Space4, widget.Space4, stack)))))
}

func detailsCalls(calls []view.DetailsCall, width float32) fyne.CanvasObject {
	list := widget.Stack(widget.Space1, widget.NewText(widget.BodyBold, "Calls so far"))
	for i, c := range calls {
		if i > 0 {
			list.Add(widget.Rule())
		}
		lines := widget.Stack(0, widget.Row(widget.Space2, widget.ShapeSign(widget.ShapeOf(c.Status)), widget.NewText(widget.BodyBold, c.Words),
			widget.Gap(), widget.NewText(widget.Caption, c.At).In(widget.Secondary)))
		if c.More != "" {
			lines.Add(widget.Inset(0, 0, 0, widget.Space6, widget.NewPara(widget.Caption, c.More, width-widget.Space6).In(widget.Secondary)))
		}
		list.Add(lines)
	}
	return list
}
