package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// details is everything about the chosen row: why it stands where it stands,
// its calls so far, and whether it may be called. In a narrow window it is a
// page of its own.
type details struct {
	page   *livePage
	body   *fyne.Container // the panel
	scroll *widget.Scroller
	facts  view.PersonFacts // as shown
	known  bool
	asked  int          // times; only what was asked for last is shown
	alone  *detailsPage // nil unless it fills the window
}

func newDetails(p *livePage) *details {
	return &details{page: p, body: stacked(widget.Card(widget.Gap()))}
}

// hide takes the panel away.
func (d *details) hide() {
	if d.page.aside.IsOpen() {
		d.page.aside.Open(false)
		d.page.w.win.Canvas().Focus(d.page.rows.grid)
	}
}

// open shows the chosen row, as a page where there is no room for the panel.
func (d *details) open() {
	p := d.page
	if p.aside.Open(true) || p.rows.chosen == 0 {
		return
	}
	d.alone = &detailsPage{of: d, body: stacked(), size: p.w.win.Canvas().Size().Width}
	p.w.show(d.alone)
	d.load(p.rows.chosen)
}

// openChosen shows the row that has the mark of the grid.
func (d *details) openChosen() {
	p := d.page
	if row := p.rows.grid.Chosen(); row >= 0 {
		p.chooseRow(row)
		d.open()
	}
}

// load reads a row and what is known of it, and shows it unless another row was
// chosen meanwhile. In a narrow window that waits until it is opened.
func (d *details) load(id campaign.ContactID) {
	p := d.page
	if d.alone == nil && p.aside.Narrow() {
		return
	}
	var facts view.PersonFacts
	var found bool
	var err error
	d.asked++
	asked, c, now := d.asked, p.state.Campaign, time.Now()
	p.w.background(
		func() { facts, found, err = p.w.office.Person(p.w.ctx, c, id, now) },
		func() {
			if p.failed(err) || id != p.rows.chosen || asked != d.asked || !found {
				return
			}
			same := d.known && d.facts.Contact.ID == id
			d.facts, d.known = facts, true
			d.draw(same)
		})
}

// again shows what is known in the width that there is now.
func (d *details) again() {
	if d.known {
		d.draw(true)
	}
}

// draw shows what is known; of the same row it stays scrolled where it was.
func (d *details) draw(same bool) {
	var at float32
	if same && d.scroll != nil {
		at = d.scroll.At()
	}
	v := view.DetailsOf(d.facts, time.Now())
	if d.alone != nil {
		d.alone.body.Objects = []fyne.CanvasObject{d.alone.around(v)}
		d.alone.body.Refresh()
	} else {
		d.body.Objects = []fyne.CanvasObject{d.card(v, d.page.aside.PanelWidth())}
		d.body.Refresh()
		d.page.aside.Open(true)
	}
	if at > 0 {
		d.scroll.To(at)
	}
}

// card is the panel's content.
func (d *details) card(v view.Details, width float32) fyne.CanvasObject {
	shut := widget.NewButton(widget.Quiet, "", d.hide).With(widget.IconClose).Less().Called(words.Say("Close (Esc)"))
	head := widget.Row(widget.Space2, widget.Grow(widget.Stack(0, widget.NewWhole(widget.NewText(widget.CardTitle, v.Title)),
		widget.NewWhole(widget.NewText(widget.Body, v.Under).In(widget.Secondary)))), shut)
	return widget.Card(widget.Stack(0, widget.Inset(widget.Space3, widget.Space2, widget.Space2, widget.Space4, head),
		widget.Grow(d.sections(v, width-2*widget.Space4)), d.foot(v, width-2*widget.Space4)))
}

// sections is all that is known, in a width.
func (d *details) sections(v view.Details, width float32) fyne.CanvasObject {
	stack := widget.Stack(widget.Space3, d.note(v, width))
	if len(v.Calls) > 0 {
		stack.Add(d.calls(v.Calls, width))
	}
	if len(v.Answers) > 0 {
		stack.Add(pairs(words.Say("Answers"), v.Answers, width))
	}
	stack.Add(detailsChecks(v, width))
	if len(v.Columns) > 0 {
		stack.Add(pairs(words.Say("From the list"), v.Columns, width))
	}
	d.scroll = widget.Scroll(widget.Inset(0, widget.Space4, widget.Space4, widget.Space4, stack))
	return d.scroll
}

// note says why, and lets a person decide about a doubt.
func (d *details) note(v view.Details, width float32) fyne.CanvasObject {
	stack := widget.Stack(widget.Space1,
		widget.Row(widget.Space2, widget.ShapeSign(widget.ShapeOf(v.Contact.Status)), widget.NewText(widget.BodyBold, v.Head)),
		widget.NewPara(widget.Small, v.Why, width-2*widget.Space3))
	var decisions []fyne.CanvasObject
	for _, a := range v.Acts {
		if a == view.ActCalled || a == view.ActNotCalled {
			decisions = append(decisions, d.button(a))
		}
	}
	if len(decisions) > 0 {
		stack.Add(widget.Inset(widget.Space1, 0, 0, 0, widget.Flow(width-2*widget.Space3, widget.Space2, decisions...)))
	}
	return widget.Note(widget.Selection, stack)
}

// foot is what can be done with the row.
func (d *details) foot(v view.Details, width float32) fyne.CanvasObject {
	var buttons []fyne.CanvasObject
	for _, a := range v.Acts {
		if a != view.ActCalled && a != view.ActNotCalled {
			buttons = append(buttons, d.button(a))
		}
	}
	if len(buttons) == 0 {
		return widget.Row(0)
	}
	return widget.Stack(0, widget.Rule(), widget.Pad(widget.Space2, widget.Space4, widget.Flow(width, widget.Space2, buttons...)))
}

func (d *details) button(a view.Act) *widget.Button {
	id := d.facts.Contact.ID
	return widget.NewButton(widget.Plain, a.Words(false), func() { d.page.actOn(a, []campaign.ContactID{id}) }).Less()
}

// calls are the attempts of the row, and a way to copy what is known of them.
func (d *details) calls(calls []view.DetailsCall, width float32) fyne.CanvasObject {
	return callsList(calls, width, widget.NewLink(widget.Caption, words.Say("Copy details"), d.copyEvidence))
}

// callsList is calls that were made, the newest first.
func callsList(calls []view.DetailsCall, width float32, aside ...fyne.CanvasObject) fyne.CanvasObject {
	head := append([]fyne.CanvasObject{widget.NewText(widget.BodyBold, words.Say("Calls so far")), widget.Gap()}, aside...)
	list := widget.Stack(widget.Space1, widget.Row(widget.Space2, head...))
	for i, c := range calls {
		if i > 0 {
			list.Add(widget.Rule())
		}
		lines := widget.Stack(0, widget.Row(widget.Space2, widget.ShapeSign(widget.ShapeOf(c.Status)), widget.Grow(widget.NewWhole(widget.NewText(widget.BodyBold, c.Words))),
			widget.NewText(widget.Caption, c.At).In(widget.Secondary)))
		if c.More != "" {
			lines.Add(widget.Inset(0, 0, 0, widget.Space6, widget.NewPara(widget.Caption, c.More, width-widget.Space6).In(widget.Secondary)))
		}
		list.Add(lines)
	}
	return list
}

// copyEvidence puts all that is known of a row and its calls into the clipboard.
func (d *details) copyEvidence() {
	if d.known {
		d.page.w.program.Clipboard().SetContent(d.facts.Evidence())
		d.page.w.say(words.Say("Details copied"), "", nil)
	}
}

func detailsChecks(v view.Details, width float32) fyne.CanvasObject {
	title := words.Say("May be called")
	switch {
	case v.Never():
		title = words.Say("Is not called")
	case !v.MayBeCalled():
		title = words.Say("May not be called now")
	}
	list := widget.Stack(widget.Space1, widget.NewText(widget.BodyBold, title))
	for _, c := range v.Checks {
		sign := widget.IconSign(widget.IconTick, widget.Ink)
		if !c.OK {
			sign = widget.IconSign(widget.IconBlock, widget.Danger)
		}
		list.Add(widget.Columns(widget.Space2, widget.Stack(0, widget.AtLeast(0, widget.Space4+widget.Space1, sign)),
			widget.NewPara(widget.Small, c.Words, width-widget.Space4-widget.Space2)))
	}
	return list
}

// pairs is things by their names.
func pairs(title string, all []view.DetailsPair, width float32) fyne.CanvasObject {
	list := widget.Stack(widget.Space1, widget.NewText(widget.BodyBold, title))
	name := min(width*2/5, widget.SideWidth)
	for _, pair := range all {
		list.Add(widget.Columns(widget.Space2, widget.AtLeast(name, 0, widget.Stack(0, widget.NewWhole(widget.NewText(widget.Small, pair.Name).In(widget.Secondary)))),
			widget.NewPara(widget.Small, pair.Value, width-name-widget.Space2)))
	}
	return list
}

// detailsPage is the details where they fill the window.
type detailsPage struct {
	of   *details
	body *fyne.Container
	size float32 // of the window
}

// around is the row with a way back.
func (a *detailsPage) around(v view.Details) fyne.CanvasObject {
	back := widget.NewButton(widget.Plain, words.Say("Back"), a.back).With(widget.IconBack)
	head := widget.Header(back, widget.Grow(widget.NewWhole(widget.NewText(widget.PageTitle, v.Title))),
		widget.NewText(widget.Body, v.Under).In(widget.Secondary))
	width := min(a.size-widget.SideWidth, widget.FormWidth) - 2*widget.Space4
	return widget.Stack(0, head, widget.Rule(), widget.Grow(widget.Inset(widget.Space4, 0, 0, 0, widget.AtMost(widget.FormWidth, a.of.sections(v, width)))), a.of.foot(v, width))
}

// back shows the grid again.
func (a *detailsPage) back() {
	p := a.of.page
	a.of.alone = nil
	p.w.show(p)
	p.refresh()
	p.w.win.Canvas().Focus(p.rows.grid)
}

func (a *detailsPage) content() fyne.CanvasObject  { return a.body }
func (a *detailsPage) campaign() campaign.Campaign { return a.of.page.state.Campaign }
func (a *detailsPage) take(u campaign.Update)      { a.of.page.take(u) }
func (a *detailsPage) over(c campaign.Campaign)    { a.of.page.over(c) }

// key: Esc leads back.
func (a *detailsPage) key(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape {
		a.back()
	}
}
