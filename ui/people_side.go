package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

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
		needs := p.section(words.Say("Needs you"), sum.Quarantined, groups, p.needs)
		needs.Add(widget.Row(0, widget.NewLink(widget.Small, words.Say("Bring in a mended file…"), p.chooseMended)))
		add(widget.Pad(widget.Space3, widget.Space4, needs))
	}
	if groups := people.Repaired(); len(groups) > 0 {
		add(widget.Pad(widget.Space3, widget.Space4, p.section(words.Say("Repaired"), people.Number(view.PeopleFilters()[1]), groups, p.repaired)))
	}
	if sum.Duplicates > 0 || people.Import.Options.Keep != "" {
		add(p.twice())
	}
	for _, note := range people.WholeFile() {
		column.Add(widget.Pad(widget.Space3, widget.Space4, widget.NewPara(widget.Small, note, widget.DetailsWidth-2*widget.Space4)))
	}
	if len(column.Objects) == 0 {
		column.Add(widget.Pad(widget.Space4, widget.Space4, widget.Row(widget.Space2,
			widget.NoteSign(widget.ShapeReached), widget.NewText(widget.Body, words.Say("Every row can be used as it is")))))
	}
	add(p.country())
	return widget.AtLeast(widget.DetailsWidth, 0, widget.Card(container.NewVScroll(column)))
}

func (p *peoplePage) section(title string, count int, groups []view.PeopleGroup, line func(view.PeopleGroup) fyne.CanvasObject) *fyne.Container {
	stack := widget.Stack(widget.Space3, heading(title, count))
	for _, g := range groups {
		stack.Add(line(g))
	}
	return stack
}

func heading(title string, count int) fyne.CanvasObject {
	return widget.Row(widget.Space2, widget.NewText(widget.CardTitle, title), widget.Gap(), widget.NewText(widget.CardTitle, view.Count(count)))
}

// needs is a group of rows that are set aside, with what can be done about all
// of them.
func (p *peoplePage) needs(g view.PeopleGroup) fyne.CanvasObject {
	do := widget.NewLink(widget.Small, words.Say("Show"), func() { p.show(g.Filter()) })
	links := widget.Row(widget.Space3, do)
	if g.Proposed {
		links.Add(widget.NewLink(widget.Small, view.AcceptWords(g.Kind), func() { p.reread(p.plan.people.Decide(g.Kind, true), nil) }))
	}
	return groupLines(widget.NewText(widget.Body, g.Words), g, links)
}

// repaired is a group of repairs, which can be refused as a whole.
func (p *peoplePage) repaired(g view.PeopleGroup) fyne.CanvasObject {
	check := fynewidget.NewCheck("", nil)
	check.SetChecked(g.Repaired)
	check.OnChanged = func(on bool) { p.reread(p.plan.people.Decide(g.Kind, on), nil) }
	links := widget.Row(widget.Space3, widget.NewLink(widget.Small, words.Say("Show"), func() { p.show(g.Filter()) }))
	return widget.Columns(0, check, widget.Grow(groupLines(widget.NewText(widget.Body, g.Words), g, links)))
}

// groupLines is what a group is, how many, an example, and what can be done.
func groupLines(title *widget.Text, g view.PeopleGroup, links fyne.CanvasObject) fyne.CanvasObject {
	example := widget.NewText(widget.Caption, g.Example).In(widget.Secondary)
	return widget.Stack(0,
		widget.Row(widget.Space2, widget.Grow(widget.NewWhole(title)), widget.NewText(widget.BodyBold, view.Count(g.Count))),
		widget.Row(widget.Space2, widget.Grow(widget.NewWhole(example)), links))
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
		p.reread(src, nil)
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
		p.reread(people.KeepPolicy(choices[at]), nil)
	})
	show := widget.NewLink(widget.Small, words.Say("Show"), func() { p.show(view.PeopleFilters()[3]) })
	return widget.Pad(widget.Space3, widget.Space4, widget.Stack(widget.Space2,
		heading(words.Say("Found twice"), people.Import.Summary.Duplicates),
		widget.AtLeast(0, widget.ControlHeight, keep), widget.Row(0, widget.Gap(), show)))
}
