package ui

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// doubtsPage is the rows of all campaigns of which nobody knows whether they
// were called, for a person to decide.
type doubtsPage struct {
	w     *Window
	state view.DoubtsPage
	body  fyne.CanvasObject

	of                *widget.Text
	note              *fyne.Container // hidden while nothing is in doubt
	grid              *widget.Grid
	foot              *widget.Text
	asks              *widget.Button
	called, again     *widget.Button
	all               *widget.Button
	known             map[campaign.ID]int // rows in doubt, as Runners told last
	first, rowsToShow int
	loading           bool
}

// goDoubts shows what is in doubt.
func (w *Window) goDoubts() {
	if w.office == nil {
		return
	}
	var ids []campaign.ContactID
	var err error
	w.background(
		func() { ids, err = w.office.FindDoubts(w.ctx) },
		func() {
			if w.unreadDoubts(err) {
				return
			}
			p := newDoubts(w)
			p.state.Take(p.state.Rows.Ask(), ids)
			w.show(p)
			p.placed()
			w.win.Canvas().Focus(p.grid)
		})
}

// unreadDoubts tells whether they could not be read.
func (w *Window) unreadDoubts(err error) bool {
	if err != nil && !errors.Is(err, context.Canceled) {
		w.problem(words.Say("What is in doubt could not be read"), words.Say("Nobody of these is called meanwhile."), err)
	}
	return err != nil
}

func newDoubts(w *Window) *doubtsPage {
	p := &doubtsPage{w: w, known: map[campaign.ID]int{}}
	p.of = widget.NewText(widget.Body, "").In(widget.Secondary)
	p.asks = widget.NewButton(widget.Plain, words.Say("Ask the gateway again"), p.askAgain).With(widget.IconPhone)
	header := widget.Header(widget.NewText(widget.PageTitle, words.Say("Numbers in doubt")), p.of, widget.Gap(), p.asks)
	p.note = widget.Stack(0, widget.Note(widget.Selection, widget.Columns(widget.Space3, widget.Stack(0, widget.NoteSign(widget.ShapeDoubt)),
		widget.Grow(widget.NewPara(widget.Small, view.DoubtWords(), 0)))))
	p.body = widget.Stack(0, header, widget.Grow(widget.Inset(widget.Space2, widget.Space4, widget.Space4, widget.Space4,
		widget.Stack(widget.Space3, p.note, widget.Grow(p.gridCard())))))
	return p
}

func (p *doubtsPage) gridCard() fyne.CanvasObject {
	p.grid = widget.NewGrid([]widget.Column{
		growing(column("campaign", words.Say("Campaign"), "flu-clinic-reminders"), 2),
		aside(figures(column("row", words.Say("Row"), view.Count(123456)))),
		growing(column("name", words.Say("Name"), "odwin-farrowmere"), 2),
		column("number", words.Say("Number"), "(312) 555-0123 "),
		column("when", words.Say("When"), sampleMoment()),
		column("through", words.Say("Through||a gateway"), view.GatewayWords("")),
		growing(column("known", words.Say("What is known"), "the-gateway-does-not-know"), 3),
	}, p.state.Rows.Len, p.cell)
	p.grid.Multi, p.grid.Checks = true, true
	p.grid.OnShown = func(first, count int) {
		p.first, p.rowsToShow = first, count
		p.load()
	}
	p.grid.OnSelected = p.tell
	p.grid.OnChosen = func(int) { p.tell() }
	p.grid.OnMenu = p.menu
	p.grid.OnTyped = p.typed
	p.grid.Empty = widget.Center(widget.Stack(widget.Space2, widget.Center(widget.NewText(widget.CardTitle, words.Say("Nothing is in doubt"))),
		widget.Center(widget.NewText(widget.Body, words.Say("Of everybody who was called, it is known how it went.")).In(widget.Secondary))))
	p.foot = widget.NewText(widget.Small, "").In(widget.Secondary).Cut()
	p.all = widget.NewButton(widget.Quiet, words.Say("Mark all"), func() { p.grid.SelectAll() }).Less()
	p.again = widget.NewButton(widget.Plain, words.Say("It was not: call again"), func() { p.decide(campaign.RuledNotCalled) }).With(widget.IconUndo).Less().Called(words.Say("Key %s", "2"))
	p.called = widget.NewButton(widget.Primary, words.Say("It was called"), func() { p.decide(campaign.RuledCalled) }).With(widget.IconTick).Less().Called(words.Say("Key %s", "1"))
	foot := widget.Pad(widget.Space2, widget.Space3, widget.AtLeast(0, widget.SmallHeight,
		widget.Row(widget.Space3, widget.Grow(p.foot), p.all, p.again, p.called)))
	return widget.GridCard(widget.Stack(0, widget.Grow(p.grid), widget.Rule(), foot))
}

func (p *doubtsPage) cell(row, col int) widget.Cell {
	line, loaded := p.state.Row(row, time.Now())
	if !loaded {
		return widget.Cell{Text: []string{"…", "", "", "", "", "", ""}[col], Muted: true}
	}
	cell := widget.Cell{Text: []string{line.Campaign, line.Row, line.Name, line.Number, line.When, line.Through, line.Known}[col]}
	if d, ok := p.state.Rows.At(row); ok && col == 0 {
		cell.Shape = widget.ShapeOf(d.Contact.Status)
	}
	return cell
}

// typed decides by a key: 1, it was called; 2, call again.
func (p *doubtsPage) typed(r rune) {
	switch r {
	case '1':
		p.decide(campaign.RuledCalled)
	case '2':
		p.decide(campaign.RuledNotCalled)
	}
}

func (p *doubtsPage) menu(row int, at fyne.Position) {
	if row < 0 {
		return
	}
	d, loaded := p.state.Rows.At(row)
	widget.PopUp(p.w.win.Canvas(), []widget.MenuItem{
		{Words: words.Say("It was called"), Keys: "1", Icon: widget.IconTick, Do: func() { p.decide(campaign.RuledCalled) }},
		{Words: words.Say("It was not: call again"), Keys: "2", Icon: widget.IconUndo, Do: func() { p.decide(campaign.RuledNotCalled) }},
		{Words: words.Say("Ask the gateway again"), Icon: widget.IconPhone, Do: p.askAgain},
		{},
		{Words: words.Say("Show in its campaign"), Disabled: !loaded, Do: func() { p.w.openFiltered(d.Campaign.ID, campaign.Doubt) }},
		{Words: words.Say("Copy"), Keys: words.Say("Ctrl+C||keys"), Do: p.grid.Copy},
	}, at)
}

// selected are the marked rows.
func (p *doubtsPage) selected() []campaign.ContactID {
	var ids []campaign.ContactID
	for row := range marked(p.grid) {
		if row < len(p.state.IDs) {
			ids = append(ids, p.state.IDs[row])
		}
	}
	return ids
}

// decide asks, and decides about what is marked. It is final, so that one row
// is asked about too.
func (p *doubtsPage) decide(r campaign.Ruling) {
	ids := p.selected()
	if len(ids) == 0 {
		return
	}
	title, meaning := view.DecideWords(r, len(ids))
	confirm := words.Say("It was called")
	if r == campaign.RuledNotCalled {
		confirm = words.Say("Call again")
	}
	calls := r == campaign.RuledNotCalled // then Enter is not to call anybody
	p.w.ask(title, para(meaning), widget.Choice{Words: words.Say("Not yet"), Default: calls},
		widget.Choice{Words: confirm, Kind: widget.Primary, Default: !calls, Do: func() { p.rule(ids, r) }})
}

func (p *doubtsPage) rule(ids []campaign.ContactID, r campaign.Ruling) {
	w := p.w
	n := 0
	var err error
	w.patiently(words.Say("Writing down what you decided"),
		func(ctx context.Context) { n, err = w.office.Store.Rule(ctx, ids, r, time.Now()) },
		func() {
			p.reread()
			for _, k := range w.calls { // those that may be called now are
				k.session.Look(ids)
			}
			if err != nil {
				w.problem(words.Say("The decision could not be stored"), words.Say("These rows are still in doubt, and nobody of them is called."), err)
				return
			}
			w.say(view.DecidedWords(r, n), "", nil)
		})
}

// askAgain asks the gateways about what is marked, or about all.
func (p *doubtsPage) askAgain() {
	ids := p.selected()
	if len(ids) == 0 {
		ids = p.state.IDs
	}
	if len(ids) == 0 {
		return
	}
	w := p.w
	var done view.AskedAgain
	var err error
	w.patiently(words.Say("Asking the gateway"),
		func(ctx context.Context) { done, err = w.office.AskAbout(ctx, ids) },
		func() {
			p.reread()
			if err != nil {
				w.problem(words.Say("The gateway could not be asked"), words.Say("Nothing was decided about those that were not asked about."), err)
				return
			}
			w.say(done.Words(), "", nil)
		})
}

// reread reads the rows anew: something was decided.
func (p *doubtsPage) reread() {
	p.w.countDoubts()
	asked := p.state.Rows.Ask()
	var ids []campaign.ContactID
	var err error
	p.w.background(
		func() { ids, err = p.w.office.FindDoubts(p.w.ctx) },
		func() {
			if p.w.unreadDoubts(err) || !p.state.Take(asked, ids) {
				return
			}
			p.w.side.doubts.SetCount(len(ids))
			p.placed()
		})
}

func (p *doubtsPage) placed() {
	p.loading = false
	p.grid.SelectNone()
	if p.grid.Chosen() < 0 && p.state.Rows.Len() > 0 {
		p.grid.Mark(0)
	}
	p.tell()
	p.load()
}

// load brings the rows on the screen that are not held.
func (p *doubtsPage) load() {
	page, _, asked, missing := p.state.Rows.Missing(p.first, p.rowsToShow)
	if p.loading || !missing {
		return
	}
	p.loading = true
	ids := p.state.Page(page)
	var rows []view.DoubtRow
	var err error
	p.w.background(
		func() { rows, err = p.w.office.LoadDoubts(p.w.ctx, ids) },
		func() {
			p.loading = false
			if p.w.unreadDoubts(err) {
				return
			}
			p.state.Rows.Put(asked, page, rows)
			p.grid.Refresh()
			p.load()
		})
}

// tell brings everything but the rows to what is marked.
func (p *doubtsPage) tell() {
	n, some := p.state.Rows.Len(), p.grid.SelectedCount()
	p.of.SetText(view.PeopleCount(n))
	show(p.of, n > 0)
	show(p.note, n > 0)
	for _, b := range []*widget.Button{p.called, p.again} {
		if some == 0 && p.grid.Chosen() < 0 {
			b.Disable()
		} else {
			b.Enable()
		}
	}
	show(p.asks, n > 0)
	show(p.all, n > 0 && some < n)
	final := words.Say("A decision is final. It is written down with your name.")
	if some > 0 {
		final = words.Many(some, "%s marked. A decision is final. It is written down with your name.", "%s marked. A decision is final. It is written down with your name.")
	}
	p.foot.SetText(final)
	p.body.Refresh()
}

// take looks again when other rows of a campaign are in doubt than before.
func (p *doubtsPage) take(u campaign.Update) {
	n := u.Tally[campaign.Doubt]
	if before, known := p.known[u.Campaign.ID]; known && before != n {
		p.reread()
	}
	p.known[u.Campaign.ID] = n
}

func (p *doubtsPage) over(campaign.Campaign)      { p.reread() }
func (p *doubtsPage) content() fyne.CanvasObject  { return p.body }
func (p *doubtsPage) campaign() campaign.Campaign { return campaign.Campaign{} }

func (p *doubtsPage) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		p.w.goHome()
	case fyne.Key1, fyne.Key2:
		p.typed(rune(e.Name[0]))
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd:
		p.w.win.Canvas().Focus(p.grid)
		p.grid.TypedKey(e)
	default: // other keys mean nothing here
	}
}
