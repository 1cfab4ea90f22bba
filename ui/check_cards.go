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

// This file is the cards of the page Check.

// checkCounting is how far the people were decided about.
type checkCounting struct {
	card *fyne.Container
	text *widget.Text
	bar  *widget.Progress
}

func (c *checkCounting) show(done, all int) {
	c.text.SetText(view.CountingWords(done, all))
	c.bar.Set(max(all, 1), widget.Part{Count: done})
}

// checkFinish is how long it takes, with other lines.
type checkFinish struct {
	title              *widget.Text
	first, later, more *widget.Para
	asked              int
	busy               bool // a forecast is being made
}

// buildCards makes what stays; the rest is filled in.
func (p *checkPage) buildCards() {
	p.counting.text, p.counting.bar = widget.NewText(widget.Body, ""), widget.NewProgress()
	stop := widget.NewButton(widget.Plain, words.Say("Cancel"), p.giveUp).With(widget.IconClose)
	p.counting.card = widget.Stack(0, widget.Card(widget.Pad(widget.Space4, widget.Space4, widget.Row(widget.Space4,
		widget.Grow(widget.Stack(widget.Space2, p.counting.text, p.counting.bar)), stop))))
	p.call = newCheckCall(p)
	p.aside.Objects = []fyne.CanvasObject{p.finishCard()}
	if p.plan != nil {
		p.aside.Objects = append(p.aside.Objects, p.call.card, p.startCard())
	}
}

// giveUp stops finding out, and offers to begin again.
func (p *checkPage) giveUp() {
	p.asked++
	p.cancel()
	p.failed = errGivenUp
	p.tell()
}

// errGivenUp is a check that was given up.
var errGivenUp = errors.New("the check was given up")

// fill shows what was found out.
func (p *checkPage) fill() {
	p.mend = nil
	switch {
	case p.outlook != nil:
		p.main.Objects = []fyne.CanvasObject{p.peopleCard(), widget.Halves(widget.Space3, p.clocksCard(), p.skipsCard()), p.orderCard()}
		if top := p.problemsCard(); top != nil {
			p.main.Objects = append([]fyne.CanvasObject{top}, p.main.Objects...)
		}
		p.call.propose(p.outlook.TestRow())
	case p.failed != nil:
		p.main.Objects = []fyne.CanvasObject{p.failedCard()}
	default:
		p.counting.show(0, 0)
		p.main.Objects = []fyne.CanvasObject{p.counting.card, widget.Card(widget.Pad(widget.Space4, widget.Space4,
			widget.Row(widget.Space2, widget.NewText(widget.Figure, "…"), hint(words.Say("people will be called")))))}
	}
	p.main.Refresh()
	p.aside.Refresh()
}

func (p *checkPage) failedCard() fyne.CanvasObject {
	text := words.Say("The check was given up. Nobody is called without it.")
	if !errors.Is(p.failed, errGivenUp) && !errors.Is(p.failed, context.Canceled) {
		text = sentence(p.failed)
	}
	again := widget.NewButton(widget.Plain, words.Say("Check again"), p.look).With(widget.IconUndo)
	return widget.Card(widget.Pad(widget.Space4, widget.Space4, widget.Row(widget.Space3, widget.IconSign(widget.IconWarning, widget.Danger),
		widget.Grow(widget.NewWhole(widget.NewText(widget.Body, text))), again)))
}

// problemsCard is what must be mended, each with a way there, and below that
// what should be looked at; nil if there is neither.
func (p *checkPage) problemsCard() fyne.CanvasObject {
	rows := widget.Stack(0)
	problems, notes := p.outlook.Problems(), p.outlook.Notes()
	for i, found := range problems {
		text := widget.Stack(0, widget.NewWhole(widget.NewText(widget.BodyBold, found.What)), widget.NewWhole(widget.NewText(widget.Body, found.How)))
		row := widget.Row(widget.Space3, widget.NoteSign(widget.ShapeFailed), widget.Grow(text))
		if found.Action != "" {
			kind := widget.Plain
			if p.mend == nil && p.plan != nil {
				kind = widget.Primary
			}
			b := widget.NewButton(kind, found.Action, func() { p.mendAt(found.Mend) })
			if p.mend == nil {
				p.mend = b
			}
			row.Add(b)
		}
		rows.Add(widget.Strip(widget.BadSoft, i == 0, i == len(problems)-1 && len(notes) == 0, widget.Pad(widget.Space3, widget.Space4, row)))
	}
	for i, note := range notes {
		if i > 0 {
			rows.Add(widget.Rule())
		}
		row := widget.Row(widget.Space3, widget.IconSign(widget.IconWarning, widget.Secondary), widget.Grow(widget.NewWhole(widget.NewText(widget.Body, note.What))))
		if note.Action != "" {
			row.Add(widget.NewLink(widget.Body, note.Action, func() { p.mendAt(note.Mend) }))
		}
		rows.Add(widget.AtLeast(0, widget.FormRowHeight, widget.Pad(widget.Space1, widget.Space4, row)))
	}
	switch {
	case len(problems) > 0:
		return widget.BadCard(rows)
	case len(rows.Objects) > 0:
		return widget.Card(rows)
	default:
		return nil
	}
}

// peopleCard is who is called and who is not, as figures and as a bar.
func (p *checkPage) peopleCard() fyne.CanvasObject {
	called, skipped := p.outlook.Counts()
	bar, legend, total := widget.NewProgress(), widget.Row(widget.Space6), 0
	var stretches []widget.Part
	for _, s := range p.outlook.Shares() {
		shape := widget.ShapeOf(s.Status)
		total += s.Count
		stretches = append(stretches, widget.Part{Shape: shape, Count: s.Count})
		legend.Add(widget.Row(widget.Space2, widget.ShapeSign(shape), widget.NewText(widget.Body, s.Words), widget.NewText(widget.BodyBold, words.Number(s.Count))))
	}
	bar.Set(total, stretches...)
	return widget.Card(widget.Pad(widget.Space4, widget.Space4, widget.Stack(widget.Space3,
		widget.Row(widget.Space3, widget.NewText(widget.Figure, view.CalledWords(called)), hint(view.SkippedWords(skipped))), bar, legend)))
}

// linesShown is how many lines of a list are shown before the others are
// counted together.
const linesShown = 6

func (p *checkPage) clocksCard() fyne.CanvasObject {
	var lines []fyne.CanvasObject
	clocks := p.outlook.Clocks()
	for i, c := range clocks {
		if i == linesShown && len(clocks) > linesShown+1 {
			lines = append(lines, restLine(words.Many(len(clocks)-i, "%s more time zone", "%s more time zones")))
			break
		}
		shape := widget.ShapeWaiting
		if c.Now {
			shape = widget.ShapeCalling
		}
		lines = append(lines, widget.AtLeast(0, widget.GridRowHeight, widget.Row(widget.Space2, widget.Grow(widget.NewWhole(widget.NewText(widget.Body, c.Words))),
			widget.NewText(widget.Body, words.Number(c.Count)), widget.ShapeSign(shape), widget.AtLeast(widget.SideWidth, 0, widget.NewWhole(widget.NewText(widget.Body, c.When))))))
	}
	if lines == nil {
		lines = append(lines, hint(words.Say("Nobody is called")))
	}
	return titledCard(words.Say("When, by their own clock"), nil, widget.Stack(0, lines...))
}

func restLine(text string) fyne.CanvasObject {
	return widget.AtLeast(0, widget.GridRowHeight, widget.Row(0, widget.NewText(widget.Small, text).In(widget.Secondary)))
}

func (p *checkPage) skipsCard() fyne.CanvasObject {
	var lines []fyne.CanvasObject
	skips := p.outlook.Skips()
	for i, s := range skips {
		if i == linesShown && len(skips) > linesShown+1 {
			lines = append(lines, restLine(words.Many(len(skips)-i, "%s more reason", "%s more reasons")))
			break
		}
		lines = append(lines, widget.AtLeast(0, widget.GridRowHeight, widget.Row(widget.Space3, widget.Grow(widget.NewWhole(widget.NewText(widget.Body, s.Words))),
			widget.NewText(widget.Body, words.Number(s.Count)), widget.NewLink(widget.Small, words.Say("Show"), func() { p.showSkipped(s) }))))
	}
	if lines == nil {
		lines = append(lines, hint(words.Say("Nobody is skipped")))
	}
	return titledCard(words.Say("Skipped, and why"), nil, widget.Stack(0, lines...))
}

// showSkipped lists the people who are not called for a reason.
func (p *checkPage) showSkipped(s view.CheckSkip) {
	var people []campaign.Contact
	var err error
	p.w.background(
		func() { people, err = p.w.office.Skipped(p.w.ctx, p.c.ID, s) },
		func() {
			if err != nil {
				p.w.problem(words.Say("The rows could not be read"), words.Say("Nobody is called because of this."), err)
				return
			}
			p.w.ask(s.Words, p.skippedGrid(s, people), widget.Choice{Words: words.Say("Close"), Kind: widget.Primary, Default: true})
		})
}

func (p *checkPage) skippedGrid(s view.CheckSkip, people []campaign.Contact) fyne.CanvasObject {
	now := time.Now()
	grid := widget.NewGrid([]widget.Column{
		{Title: words.Say("Row"), Width: widget.WidthOf(words.Say("Row"), view.Count(10*len(people))), Right: true, Muted: true},
		{Title: words.Say("Name"), Width: widget.ChoiceWidth, Grow: 1},
		{Title: words.Say("Why"), Width: widget.SideWidth, Grow: 1},
	}, func() int { return len(people) }, func(row, col int) widget.Cell {
		person := people[row]
		switch col {
		case 0:
			return widget.Cell{Text: words.Number(person.Row)}
		case 1:
			return widget.Cell{Text: person.Name}
		default:
			if person.Status == campaign.Skipped {
				return widget.Cell{Text: words.Sentence(person.Why, now)}
			}
			return widget.Cell{Text: s.Words}
		}
	})
	body := widget.Stack(widget.Space2, widget.AtLeast(0, widget.ListHeight, widget.GridCard(grid)))
	if s.Count > len(people) {
		body.Add(widget.NewText(widget.Small, words.Many(s.Count, "The first %[2]s of %[1]s row", "The first %[2]s of %[1]s rows", words.Number(len(people)))).In(widget.Secondary))
	}
	return body
}

// orderCard is the settings at a glance.
func (p *checkPage) orderCard() fyne.CanvasObject {
	var halves [2]*fyne.Container
	for i := range halves {
		halves[i] = widget.Stack(0)
	}
	for i, f := range p.outlook.InOrder() {
		sign := widget.IconSign(widget.IconTick, widget.Good)
		if !f.Good {
			sign = widget.IconSign(widget.IconWarning, widget.Danger)
		}
		halves[i%2].Add(widget.AtLeast(0, widget.GridRowHeight, widget.Row(widget.Space2, sign, widget.AtLeast(widget.ChoiceWidth, 0, widget.NewText(widget.Body, f.Label)),
			widget.Grow(widget.NewWhole(hint(f.Text))))))
	}
	return titledCard(words.Say("In order"), nil, widget.Halves(widget.Space4, halves[0], halves[1]))
}

// finishCard is how long it takes, with the lines and the pace, which can be
// changed.
func (p *checkPage) finishCard() fyne.CanvasObject {
	f, s := &p.finish, &p.c.Settings
	f.title = widget.NewText(widget.Figure, "…")
	f.first = widget.NewPara(widget.Body, "", asideText).In(widget.Secondary)
	f.later = widget.NewPara(widget.Caption, "", asideText).In(widget.Secondary)
	f.more = widget.NewPara(widget.Caption, "", asideText).In(widget.Secondary)
	change := func(set func(n int)) func(int) {
		return func(n int) {
			set(n)
			p.changed = true
			p.forecast()
		}
	}
	lines := widget.NewStepper(s.Lines, 1, mostLines, change(func(n int) { s.Lines = n }))
	state := view.NewWhenPage(p.c, nil)
	rate := widget.NewStepper(state.PerMinute(), 0, mostPerMinute, change(func(n int) {
		state.SetPerMinute(n)
		s.Rate = state.Settings.Rate
	})).Saying(view.PerMinuteWords, view.PerMinuteWords(0))
	if p.plan == nil {
		lines.Fix()
		rate.Fix()
	}
	return titledCard(words.Say("How long it takes"), nil, f.title, f.first, widget.Rule(),
		labelled(words.Say("Lines"), lines), labelled(words.Say("Calls per minute"), rate), f.later, f.more)
}

// forecast finds out how long it takes with the lines as they are chosen now;
// one at a time, the newest last.
func (p *checkPage) forecast() {
	f := &p.finish
	f.asked++
	if p.outlook == nil || f.busy {
		return
	}
	asked, outlook := f.asked, p.outlook
	lines, perMinute := p.c.Settings.Lines, int(p.c.Settings.Rate*60+0.5)
	f.busy = true
	var said view.CheckFinish
	p.w.background(
		func() {
			said = outlook.FinishWords(outlook.Finish(lines, perMinute), outlook.Finish(2*lines, perMinute))
		},
		func() {
			f.busy = false
			if asked != f.asked {
				p.forecast()
				return
			}
			f.title.SetText(said.Title)
			f.first.SetText(said.First)
			f.later.SetText(said.Later)
			f.more.SetText(joinSentences(said.Else, said.Basis))
			p.body.Refresh()
		})
}

// joinSentences puts one after the other.
func joinSentences(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

// startCard is when it is started.
func (p *checkPage) startCard() fyne.CanvasObject {
	s := &p.c.Settings
	var now, later *widget.Option
	p.dates = view.NewWhenPage(p.c, nil)
	p.dates.Unread = p.w.typed[p.c.ID]
	fields := newMomentFields(p.w, p.dates, view.FirstCall, p.typedStart)
	tell := func() {
		none := p.dates.Edge(view.FirstCall) == (view.Moment{})
		now.SetOn(none)
		later.SetOn(!none)
		if fields.row.Hide(); later.On() {
			fields.row.Show()
			later.SetMore(words.Say("Press Start now, and leave Rollcall open until then"))
		} else {
			later.SetMore("")
		}
	}
	now = widget.NewRound(words.Say("As soon as I press Start"), "", asideText, func() {
		p.dates.TypeEdge(view.FirstCall, view.Moment{})
		p.typedStart()
		fields.show()
		tell()
	})
	later = widget.NewRound(words.Say("At a time"), "", asideText, func() {
		if s.NotBefore.IsZero() {
			p.dates.TypeEdge(view.FirstCall, view.MomentOf(view.TomorrowAt(time.Now(), 9)))
			p.typedStart()
			fields.show()
		}
		tell()
	})
	tell()
	return titledCard(words.Say("Start"), nil, now, later, fields.row)
}

// typedStart takes the beginning as it was typed. One that cannot be read is
// kept, and nobody is called until it is mended.
func (p *checkPage) typedStart() {
	p.w.keepTyped(p.c.ID, p.dates.Unread)
	p.tellUnread()
	p.startAt(p.dates.Settings.NotBefore)
	p.tell()
}

func (p *checkPage) tellUnread() {
	if p.outlook != nil {
		p.outlook.Unread = p.w.typed[p.c.ID]
	}
}

// startAt lets nobody be called before a time.
func (p *checkPage) startAt(t time.Time) {
	if p.c.Settings.NotBefore.Equal(t) {
		return
	}
	p.c.Settings.NotBefore, p.changed = t, true
	p.look()
}
