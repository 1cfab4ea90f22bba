package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// whenWeek is the controls of the calling hours.
type whenWeek struct {
	grid    *widget.Week
	from    *widget.Drop
	choices []view.HoursChoice
	typed   *field
	cell    *widget.Para
	unread  *widget.Text
}

func (p *whenPage) hoursCard() fyne.CanvasObject {
	v := &p.week
	days := make([]string, 7)
	for line := range days {
		days[line] = words.ShortWeekday(view.Weekday(line))
	}
	v.grid = widget.NewWeek(days, p.weekCell, p.state.CellWords)
	v.grid.OnPainted = p.paint
	v.grid.OnDay = func(line int) { p.state.Switch(line); p.changed() }
	v.grid.OnHour = func(hour int) { p.state.SwitchHour(hour); p.changed() }
	v.grid.OnMoved = func(line, hour int) { p.tellCell(line, hour) }
	v.from = widget.NewDrop([]string{""}, 0, func(at int) {
		if at -= len(v.from.Options()) - len(v.choices); at >= 0 {
			p.state.Settings.Hours = v.choices[at].Hours
			p.changed()
		}
	})
	beside := []fyne.CanvasObject{widget.NewText(widget.Small, words.Say("by the clock of the person called")).In(widget.Secondary),
		widget.Gap(), hint(words.Say("Take from")), control(widget.SideWidth, v.from)}
	return titledCard(words.Say("Calling hours"), beside,
		widget.Columns(widget.Space4, widget.Grow(v.grid), widget.AtLeast(widget.LegendWidth, 0, p.legend())), p.typedHours())
}

// legend is what the cells mean, and what is at the one with the keys.
func (p *whenPage) legend() fyne.CanvasObject {
	p.week.cell = widget.NewPara(widget.Caption, "", widget.LegendWidth).In(widget.Secondary)
	key := func(cell widget.WeekCell, text string) fyne.CanvasObject {
		return widget.Row(widget.Space2, widget.NewWeekKey(cell), widget.NewText(widget.Small, text))
	}
	return widget.Inset(widget.TagHeight, 0, 0, 0, widget.Stack(widget.Space2,
		key(widget.WeekCell{Till: 1}, words.Say("May call")), key(widget.WeekCell{}, words.Say("No calls")),
		key(widget.WeekCell{Forbidden: true}, words.Say("Not allowed")), p.week.cell))
}

// typedHours is the same hours in words, where minutes can be told too.
func (p *whenPage) typedHours() fyne.CanvasObject {
	v := &p.week
	v.typed = newField(p.w.key)
	v.unread = widget.NewText(widget.Small, "").In(widget.Secondary).Cut()
	read := func() {
		if v.typed.Text == p.state.HoursText() {
			return
		}
		if !p.state.ReadHours(v.typed.Text) {
			v.unread.In(widget.Danger).SetText(words.Say("Days and two times each, such as Mon–Fri 9–12:30, Sat 10–14"))
			return
		}
		p.changed()
	}
	v.typed.OnSubmitted = func(string) { read() }
	v.typed.left = read
	return widget.Row(widget.Space3, hint(words.Say("In words")), control(widget.DetailsWidth, v.typed), widget.Grow(widget.NewWhole(v.unread)))
}

func (p *whenPage) weekCell(line, hour int) widget.WeekCell {
	c := p.state.Cell(line, hour)
	return widget.WeekCell{From: float32(c.From), Till: float32(c.Till), Forbidden: c.Forbidden}
}

func (p *whenPage) paint(lines, hours widget.Range, on bool) {
	for line := lines.First; line < lines.Last; line++ {
		p.state.Paint(line, hours.First, hours.Last, on)
	}
	p.changed()
}

func (p *whenPage) tellCell(line, hour int) {
	p.week.cell.SetText(p.state.CellWords(line, hour) + ".\n" + words.Say("Space switches an hour, Shift and arrows mark several."))
}

func (p *whenPage) tellWeek() {
	v := &p.week
	choices, at := p.state.HoursChoices()
	v.choices = choices
	var options []string
	if at < 0 {
		options, at = []string{words.Say("Hours of its own")}, 0
	}
	for _, c := range choices {
		options = append(options, c.Words)
	}
	v.from.Set(options, at)
	v.typed.SetText(p.state.HoursText())
	v.unread.In(widget.Secondary).SetText(words.Say("One stretch a day, to the minute"))
	if first, last := p.state.Range(); v.grid.Hours() != (widget.Range{First: first, Last: last}) {
		v.grid.SetHours(first, last)
	}
	v.grid.Refresh()
	p.tellCell(v.grid.At())
}
