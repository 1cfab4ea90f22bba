package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// findings is what needs a person, what was repaired, and what was found
// twice, each in groups that can be decided about as a whole.
func (p *peoplePage) findings() fyne.CanvasObject {
	people := p.plan.people
	sum := people.Import.Summary
	column := widget.Stack(0)
	add := func(section fyne.CanvasObject) {
		if len(column.Objects) > 0 {
			column.Add(widget.Rule())
		}
		column.Add(section)
	}
	if asked := people.ElsewhereWords(); asked != "" {
		width := widget.DetailsWidth - 4*widget.Space4
		add(widget.Pad(widget.Space3, widget.Space3, widget.Note(widget.WarnSoft, widget.Stack(widget.Space2,
			widget.NewPara(widget.BodyBold, asked, width), widget.AtLeast(0, widget.ControlHeight, p.countryChoice())))))
	}
	if groups := people.Aside(); len(groups) > 0 {
		needs := p.section(words.Say("Needs you"), people.Needing(), groups, p.needs)
		needs.Add(widget.Row(0, widget.NewLink(widget.Small, words.Say("Bring in a mended file…"), p.chooseMended)))
		add(widget.Pad(widget.Space3, widget.Space4, needs))
	}
	if groups := people.Repaired(); len(groups) > 0 {
		add(widget.Pad(widget.Space3, widget.Space4, p.section(words.Say("Repaired"), people.Number(view.PeopleFilters()[1]), groups, p.repaired)))
	}
	if sum.Duplicates > 0 || people.Import.Options.Keep != "" {
		add(p.twice())
	}
	if sum.Excluded > 0 || len(people.LeftOut()) > 0 {
		add(widget.Pad(widget.Space3, widget.Space4, p.leftOut()))
	}
	for _, note := range people.WholeFile() {
		column.Add(widget.Pad(widget.Space3, widget.Space4, widget.NewPara(widget.Small, note, sideRoom)))
	}
	if len(column.Objects) == 0 && !people.NoRows() {
		column.Add(widget.Pad(widget.Space4, widget.Space4, widget.Row(widget.Space2,
			widget.NoteSign(widget.ShapeReached), widget.NewPara(widget.Body, words.Say("Every row can be used as it is"), sideRoom-widget.Space6))))
	}
	add(p.country())
	return widget.AtLeast(widget.DetailsWidth, 0, widget.Card(widget.Scroll(column)))
}

// sideRoom is the width of what stands in the panel.
const sideRoom = widget.DetailsWidth - 2*widget.Space4

func (p *peoplePage) section(title string, count int, groups []view.PeopleGroup, line func(view.PeopleGroup) fyne.CanvasObject) *fyne.Container {
	stack := widget.Stack(widget.Space3, heading(title, count))
	for _, g := range groups {
		stack.Add(line(g))
	}
	return stack
}

func heading(title string, count int) fyne.CanvasObject {
	return widget.Row(widget.Space2, widget.Grow(widget.NewWhole(widget.NewText(widget.CardTitle, title))), widget.NewText(widget.CardTitle, view.Count(count)))
}

// needs is a group of rows that are set aside, with what can be done about all
// of them.
func (p *peoplePage) needs(g view.PeopleGroup) fyne.CanvasObject {
	links := widget.Row(widget.Space3, widget.NewLink(widget.Small, words.Say("Show"), func() { p.show(g.Filter()) }))
	if g.Proposed {
		links.Add(widget.NewLink(widget.Small, view.AcceptWords(g.Kind), func() {
			p.tell(p.plan.people.Decide(g.Kind, true), words.Say("‘%s’ repaired", g.Words))
		}))
	}
	if g.CanLeaveOut() {
		links.Add(widget.NewLink(widget.Small, words.Say("Leave out"), func() {
			p.tell(p.plan.people.LeaveOut(g.Kind, true), words.Say("‘%s’ left out", g.Words))
		}))
	}
	return groupLines(g, sideRoom, links)
}

// repaired is a group of repairs, which can be refused as a whole.
func (p *peoplePage) repaired(g view.PeopleGroup) fyne.CanvasObject {
	check := widget.NewBox(words.Say("Repair ‘%s’", g.Words), g.Repaired, func(on bool) {
		did := words.Say("‘%s’ not repaired", g.Words)
		if on {
			did = words.Say("‘%s’ repaired", g.Words)
		}
		p.tell(p.plan.people.Decide(g.Kind, on), did)
	})
	show := widget.NewLink(widget.Small, words.Say("Show"), func() { p.show(g.Filter()) })
	const lead = widget.Space4 + widget.Space2
	return widget.Columns(widget.Space2, check, widget.Grow(groupLines(g, sideRoom-lead, widget.Row(0, show))))
}

// leftOut is who was left out by a person, and how they are taken in again.
func (p *peoplePage) leftOut() fyne.CanvasObject {
	people := p.plan.people
	stack := widget.Stack(widget.Space3, heading(words.Say("Left out"), people.Import.Summary.Excluded))
	for _, g := range people.LeftOut() {
		again := widget.NewLink(widget.Small, words.Say("Take in again"), func() {
			p.tell(p.plan.people.LeaveOut(g.Kind, false), words.Say("‘%s’ taken in again", g.Words))
		})
		stack.Add(widget.Stack(0, widget.NewPara(widget.Body, g.Words, sideRoom), widget.Row(0, again)))
	}
	if people.Import.Summary.Excluded > 0 {
		stack.Add(widget.Row(0, widget.NewLink(widget.Small, words.Say("Show"), func() { p.show(view.PeopleFilters()[4]) })))
	}
	return stack
}

// groupLines is what a group is, how many, an example, and what can be done:
// beside the example, or below it where there is little room.
func groupLines(g view.PeopleGroup, room float32, links *fyne.Container) fyne.CanvasObject {
	count := widget.NewText(widget.BodyBold, view.Count(g.Count))
	title := widget.NewPara(widget.Body, g.Words, room-count.MinSize().Width-widget.Space2)
	head := widget.Columns(widget.Space2, widget.Grow(title), widget.Stack(0, count))
	example := widget.Grow(widget.NewWhole(widget.NewText(widget.Caption, g.Example).In(widget.Secondary)))
	if links.MinSize().Width > room/2 {
		return widget.Stack(0, head, widget.Row(0, example), widget.Row(0, widget.Gap(), links))
	}
	return widget.Stack(0, head, widget.Row(widget.Space2, example, links))
}

// country is where numbers without a country code are called.
func (p *peoplePage) country() fyne.CanvasObject {
	region := view.RegionWords(view.RegionOr(p.plan.people.Import.Options.Region))
	return widget.Pad(widget.Space3, widget.Space4, widget.Stack(0,
		widget.NewText(widget.Body, words.Say("Numbers without a country code")),
		widget.Row(widget.Space2, widget.Grow(widget.NewWhole(widget.NewText(widget.Caption, words.Say("are called in: %s", region)).In(widget.Secondary))),
			widget.NewLink(widget.Small, words.Say("Change"), p.askReading))))
}

// countryChoice chooses it, and reads the list again.
func (p *peoplePage) countryChoice() fyne.CanvasObject {
	src := p.plan.people.Source()
	return choose(view.Regions(), view.RegionOr(src.Options.Region), view.RegionWords, func(r view.Region) {
		src.Options.Region = r
		p.change(src, words.Say("Numbers read as of %s", view.RegionWords(r)), nil)
	})
}

// twice is who was found twice, and which row of them is called.
func (p *peoplePage) twice() fyne.CanvasObject {
	people := p.plan.people
	choices := view.KeepChoices()
	options := make([]string, len(choices))
	for i, k := range choices {
		options[i] = view.KeepWords(k)
	}
	keep := widget.NewDrop(options, slices.Index(choices, people.Import.Options.Keep), func(at int) {
		p.tell(people.KeepPolicy(choices[at]), words.Say("Found twice: %s", view.KeepWords(choices[at])))
	})
	show := widget.NewLink(widget.Small, words.Say("Show"), func() { p.show(view.PeopleFilters()[3]) })
	return widget.Pad(widget.Space3, widget.Space4, widget.Stack(widget.Space2,
		heading(words.Say("Found twice"), people.Import.Summary.Duplicates),
		widget.AtLeast(0, widget.ControlHeight, keep), widget.Row(0, widget.Gap(), show)))
}
