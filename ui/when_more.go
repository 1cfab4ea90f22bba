package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// This file is what few campaigns need, folded away on the page When and how.
// Beside each title stands what is set there.

func (p *whenPage) moreCard() fyne.CanvasObject {
	return titledCard(words.Say("More rules"), nil, p.daysFold(), widget.Rule(), p.datesFold(), widget.Rule(), p.limitsFold(),
		widget.Rule(), p.officeFold(), widget.Rule(), p.surveyFold())
}

// fold is a part whose title says what is set in it.
func (p *whenPage) fold(title string, says func() string, content fyne.CanvasObject) fyne.CanvasObject {
	f := widget.NewFold(title, "", widget.Inset(0, 0, widget.Space2, widget.Space6, content))
	f.OnTapped = func() { p.body.Refresh() }
	p.lists = append(p.lists, func() { f.SetAside(says()) })
	return f
}

// removable is a line that can be taken out of a list.
func removable(o fyne.CanvasObject, name string, remove func()) fyne.CanvasObject {
	return widget.Row(widget.Space2, o, widget.Gap(), widget.NewButton(widget.Quiet, "", remove).With(widget.IconClose).Called(name).Less())
}

// daysFold is holidays and days off.
func (p *whenPage) daysFold() fyne.CanvasObject {
	s := &p.state.Settings
	list := widget.Stack(widget.Space1)
	calendars := p.calendarDrop()
	day, add, said := p.dayOff()
	shown := "-"
	p.lists = append(p.lists, func() {
		if now := strings.Join(s.Holidays, " ") + strings.Join(p.state.DaysOff(), " "); now != shown {
			shown = now
			emptied(list, p.dayLines()...)
		}
	})
	return p.fold(words.Say("Days without calls"), p.daysWords, widget.Stack(widget.Space2, list,
		widget.Row(widget.Space2, control(widget.SideWidth, calendars), widget.Gap(), control(widget.SideWidth, day), add), said.para))
}

// dayOff adds a day that is typed. One that cannot be read stays in the field.
func (p *whenPage) dayOff() (day *field, add *widget.Button, says *said) {
	day, says = newField(p.w.key), newSaid(2*widget.SideWidth)
	day.SetPlaceHolder(words.Say("A day"))
	tell := func(text string) {
		says.say(p.state.DayWords(text))
		p.body.Refresh()
	}
	read := func() {
		if strings.TrimSpace(day.Text) == "" && p.state.Unread.DayOff == "" {
			return
		}
		if p.state.TypeDayOff(day.Text) {
			day.SetText("")
		}
		p.changed()
	}
	day.SetText(p.state.Unread.DayOff)
	says.say(p.state.DayWords(day.Text))
	day.OnChanged, day.left = tell, read
	day.OnSubmitted = func(string) { read() }
	return day, widget.NewButton(widget.Plain, words.Say("Add day"), read), says
}

func (p *whenPage) daysWords() string {
	s := p.state.Settings
	var said []string
	if n := len(s.Holidays); n > 0 {
		said = append(said, words.Many(n, "%s calendar of holidays", "%s calendars of holidays"))
	}
	if n := len(s.DaysOff); n > 0 {
		said = append(said, words.Many(n, "%s day off", "%s days off"))
	}
	if said == nil {
		return words.Say("none")
	}
	return words.And(said)
}

// dayLines are the calendars and the days that can be taken off again.
func (p *whenPage) dayLines() []fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for _, key := range p.state.Settings.Holidays {
		name := words.Say("Holidays: %s", view.CalendarWords(key))
		lines = append(lines, removable(widget.Row(widget.Space2, widget.NewText(widget.Body, name), hint(view.NextHoliday(key, time.Now()))),
			words.Say("Call on these holidays"), func() { p.state.DropHolidays(key); p.changed() }))
	}
	said := p.state.DaysOff()
	for i, d := range p.state.Settings.DaysOff {
		lines = append(lines, removable(widget.NewText(widget.Body, said[i]), words.Say("Call on this day"), func() { p.state.DropDayOff(d); p.changed() }))
	}
	return lines
}

func (p *whenPage) calendarDrop() *widget.Drop {
	var choices []view.Choice
	drop := widget.NewDrop([]string{""}, 0, func(at int) {
		if at > 0 {
			p.state.AddHolidays(choices[at-1].Key)
			p.changed()
		}
	})
	p.lists = append(p.lists, func() {
		choices = p.state.HolidayChoices()
		options := []string{words.Say("Add holidays of…")}
		for _, c := range choices {
			options = append(options, c.Words)
		}
		drop.Set(options, 0)
	})
	return drop
}

// datesFold is from when to when the campaign calls at all.
func (p *whenPage) datesFold() fyne.CanvasObject {
	content := widget.Stack(widget.Space2,
		p.moment(words.Say("No call before"), view.FirstCall), p.moment(words.Say("No call after"), view.LastCall),
		widget.NewText(widget.Small, words.Say("By the clock of this computer. Who is not called by the end is not called any more.")).In(widget.Secondary).Cut())
	return p.fold(words.Say("First and last call"), p.datesWords, content)
}

func (p *whenPage) datesWords() string {
	s, now := p.state.Settings, time.Now()
	switch {
	case p.state.Unread.Edges != [2]view.Moment{}:
		return words.Say("cannot be read yet")
	case s.NotBefore.IsZero() && s.NotAfter.IsZero():
		return words.Say("at once, without an end")
	case s.NotAfter.IsZero():
		return words.Say("from %s, without an end", words.When(s.NotBefore, now))
	case s.NotBefore.IsZero():
		return words.Say("at once, until %s", words.When(s.NotAfter, now))
	default:
		return words.Say("from %s until %s", words.When(s.NotBefore, now), words.When(s.NotAfter, now))
	}
}

// moment is a day and a time of day; no day is none.
func (p *whenPage) moment(label string, e view.Edge) fyne.CanvasObject {
	return labelled(label, newMomentFields(p.w, p.state, e, p.changed).row)
}

// momentFields asks for a day and a time of day, and says how they are read.
type momentFields struct {
	state      *view.WhenPage
	edge       view.Edge
	day, clock *field
	says       *said
	row        *fyne.Container
	changed    func()
	still      bool // what is shown is not told
}

func newMomentFields(w *Window, state *view.WhenPage, e view.Edge, changed func()) *momentFields {
	m := &momentFields{state: state, edge: e, day: newField(w.key), clock: newField(w.key), changed: changed}
	m.day.SetPlaceHolder(words.Say("A day"))
	m.clock.SetPlaceHolder(e.Usual())
	for _, f := range []*field{m.day, m.clock} {
		f.OnChanged = func(string) { m.read() }
	}
	fields := widget.Row(widget.Space2, control(widget.SideWidth, m.day), hint(words.Say("at")), control(widget.Space9+widget.Space6, m.clock))
	m.says = newSaid(fields.MinSize().Width)
	m.row = widget.Stack(widget.Space1, fields, m.says.para)
	m.show()
	return m
}

// show shows the moment as it is set.
func (m *momentFields) show() {
	m.still = true
	typed := m.state.Edge(m.edge)
	m.day.SetText(typed.Day)
	m.clock.SetText(typed.Clock)
	m.still = false
	m.says.say(m.state.EdgeWords(m.edge))
}

func (m *momentFields) read() {
	if m.still {
		return
	}
	m.state.TypeEdge(m.edge, view.Moment{Day: m.day.Text, Clock: m.clock.Text})
	m.says.say(m.state.EdgeWords(m.edge))
	m.changed()
}

// limitsFold is how often one number may be called, by all campaigns together.
func (p *whenPage) limitsFold() fyne.CanvasObject {
	s := &p.state.Settings
	list := widget.Stack(widget.Space1)
	shown := [2]int{-1, -1}
	p.lists = append(p.lists, func() {
		if now := [2]int{len(s.Limits), len(s.Gaps)}; now != shown { // lines know their numbers
			shown = now
			var lines []fyne.CanvasObject
			for i := range s.Limits {
				lines = append(lines, p.limitLine(i))
			}
			for i := range s.Gaps {
				lines = append(lines, p.gapLine(i))
			}
			emptied(list, lines...)
		}
	})
	limit := widget.NewButton(widget.Plain, words.Say("Add a limit"), func() { p.state.AddLimit(); p.changed() }).With(widget.IconPlus)
	gap := widget.NewButton(widget.Plain, words.Say("Add a rest"), func() { p.state.AddGap(); p.changed() }).With(widget.IconPlus)
	return p.fold(words.Say("How often one number is called"), p.limitsWords, widget.Stack(widget.Space2, list, widget.Row(widget.Space2, limit, gap)))
}

func (p *whenPage) limitsWords() string {
	if n := len(p.state.Settings.Limits) + len(p.state.Settings.Gaps); n > 0 {
		return words.Many(n, "%s rule, in all campaigns together", "%s rules, in all campaigns together")
	}
	return words.Say("no limit of its own")
}

// limitLine is a limit: so many calls within so long.
func (p *whenPage) limitLine(i int) fyne.CanvasObject {
	l := p.state.Settings.Limits[i]
	set := func(change func(*campaign.Limit)) {
		now := p.state.Settings.Limits[i]
		change(&now)
		p.state.SetLimit(i, now)
		p.changed()
	}
	calls := widget.NewStepper(l.Calls, 1, 99, func(n int) { set(func(l *campaign.Limit) { l.Calls = n }) }).
		Saying(func(n int) string { return words.Many(n, "%s call", "%s calls") }, words.Many(99, "%s call", "%s calls"))
	within := delayDrop(l.Within, func(d time.Duration) { set(func(l *campaign.Limit) { l.Within = d }) })
	kinds := []string{words.Say("answered or not"), words.Say("that were answered")}
	kind := 0
	if l.Answered {
		kind = 1
	}
	answered := widget.NewDrop(kinds, kind, func(at int) { set(func(l *campaign.Limit) { l.Answered = at == 1 }) })
	return removable(widget.Row(widget.Space2, hint(words.Say("At most")), calls, hint(words.Say("in")), control(widget.ChoiceWidth, within),
		control(widget.SideWidth, answered)), words.Say("Remove this limit"), func() { p.state.RemoveLimit(i); p.changed() })
}

// gapLine is for how long a number is left alone.
func (p *whenPage) gapLine(i int) fyne.CanvasObject {
	g := p.state.Settings.Gaps[i]
	set := func(change func(*campaign.Gap)) {
		now := p.state.Settings.Gaps[i]
		change(&now)
		p.state.SetGap(i, now)
		p.changed()
	}
	length := delayDrop(g.For, func(d time.Duration) { set(func(g *campaign.Gap) { g.For = d }) })
	kinds, at := view.GapKinds(g)
	options := make([]string, len(kinds))
	for i, k := range kinds {
		options[i] = k.Words
	}
	after := widget.NewDrop(options, at, func(at int) { set(func(g *campaign.Gap) { g.After = kinds[at].After }) })
	return removable(widget.Row(widget.Space2, hint(words.Say("Leave alone for")), control(widget.ChoiceWidth, length), hint(words.Say("after||a call")),
		control(widget.SideWidth, after)), words.Say("Remove this rest"), func() { p.state.RemoveGap(i); p.changed() })
}

// officeFold is when the office itself works.
func (p *whenPage) officeFold() fyne.CanvasObject {
	s := &p.state.Settings
	hours := newField(p.w.key)
	hours.SetPlaceHolder(words.Say("At any time"))
	if !s.Office.IsZero() {
		hours.SetText(view.HoursText(s.Office))
	}
	wrong := widget.NewText(widget.Small, "").In(widget.Danger).Cut()
	read := func() {
		wrong.SetText("")
		if !p.state.ReadOffice(hours.Text) {
			wrong.SetText(words.Say("Days and two times each, such as Mon–Fri 9–12:30, Sat 10–14"))
			return
		}
		p.changed()
	}
	hours.OnSubmitted = func(string) { read() }
	hours.left = read
	zone := p.zoneDrop(func() string { return s.Zoned }, func(zone string) { s.Zoned = zone })
	return p.fold(words.Say("Hours of the office"), p.officeWords, widget.Stack(widget.Space2,
		labelled(words.Say("Call only while the office is open"), control(2*widget.SideWidth, hours)),
		labelled(words.Say("By the clock in"), control(widget.SideWidth, zone)), wrong))
}

func (p *whenPage) officeWords() string {
	if s := p.state.Settings; !s.Office.IsZero() {
		return view.HoursText(s.Office)
	}
	return words.Say("at any time")
}

// surveyFold is for flows that some people do not hear to the end.
func (p *whenPage) surveyFold() fyne.CanvasObject {
	s := &p.state.Settings
	answer := newField(p.w.key)
	answer.SetPlaceHolder(words.Say("Name of the last answer"))
	answer.SetText(s.Finished)
	read := func() {
		if text := strings.TrimSpace(answer.Text); text != s.Finished {
			s.Finished = text
			p.changed()
		}
	}
	answer.OnSubmitted = func(string) { read() }
	answer.left = read
	return p.fold(words.Say("Surveys"), func() string {
		if s.Finished == "" {
			return words.Say("whoever was reached is done")
		}
		return words.Say("done with the answer “%s”", s.Finished)
	}, widget.Stack(widget.Space2, labelled(words.Say("A call counts as done with the answer"), control(widget.SearchWidth, answer)),
		widget.NewText(widget.Small, words.Say("Who hung up before is called again, as often as you say above.")).In(widget.Secondary).Cut()))
}
