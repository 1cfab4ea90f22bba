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

// regionSection is the language of the window, and where the office is.
func (p *settingsPage) regionSection() fyne.CanvasObject {
	return widget.Stack(widget.Space4, p.languageCard(), p.placeCard())
}

func (p *settingsPage) languageCard() fyne.CanvasObject {
	languages := words.Languages()
	options, at := []string{words.Say("As this computer")}, 0
	for i, l := range languages {
		options = append(options, l.Name())
		if string(l) == p.w.program.Preferences().String(languageKey) {
			at = i + 1
		}
	}
	choose := func(at int) {
		if at == 0 {
			p.w.setLanguage("")
			return
		}
		p.w.setLanguage(languages[at-1])
	}
	return settingsCard(words.Say("Language"),
		formRow(words.Say("This window"), drop(options, at, choose), fieldHint(words.Say("Of this window, and of reports it writes. What people hear is in your message."))))
}

func (p *settingsPage) placeCard() fyne.CanvasObject {
	s := p.state.Settings
	country := ""
	if s.Region != "" {
		country = view.CountryName(s.Region)
	}
	here := p.w.app.Region
	region := p.lookedUp(country, func(typed string) (func(*view.OfficeSettings), string, bool) {
		r, said, ok := view.FindCountry(typed, here)
		return func(s *view.OfficeSettings) { s.Region = r }, said, ok
	})
	zone := p.lookedUp(strings.ReplaceAll(s.Zone, "_", " "), func(typed string) (func(*view.OfficeSettings), string, bool) {
		z, said, ok := view.FindZone(typed, time.Now())
		return func(s *view.OfficeSettings) { s.Zone = z }, said, ok
	})
	return settingsCard(words.Say("Where the office is"),
		formRow(words.Say("Country"), region.wide(), region.said, fieldHint(words.Say("Numbers without a country code are read as numbers of this country"))),
		formRow(words.Say("Time zone"), zone.wide(), zone.said, fieldHint(words.Say("For the office’s own hours. People are called by the clock at their own place"))),
		keptNote())
}

// keptNote says what a change of the office's settings changes.
func keptNote() fyne.CanvasObject {
	return widget.NewPara(widget.Caption, words.Say("Changes are kept at once. New campaigns begin with them; campaigns that are there keep what they have."), widget.DialogWidth).In(widget.Secondary)
}

// lookup is a field whose meaning is told below it while it is typed, and is
// kept when that is over.
type lookup struct {
	field
	said *widget.Para
	over func() // what was typed is to be kept
}

// FocusGained implements fyne.Focusable.
func (l *lookup) FocusGained() {
	l.field.FocusGained()
	widget.Follow(l)
}

// FocusLost implements fyne.Focusable.
func (l *lookup) FocusLost() {
	l.field.FocusLost()
	l.over()
}

// wide is the field as wide as what is said below it.
func (l *lookup) wide() fyne.CanvasObject {
	return widget.Row(0, widget.AtLeast(widget.HintWidth, widget.ControlHeight, l))
}

// lookedUp keeps what was typed if it means something.
func (p *settingsPage) lookedUp(text string, find func(typed string) (set func(*view.OfficeSettings), said string, ok bool)) *lookup {
	l := &lookup{field: field{other: p.w.key}, said: widget.NewPara(widget.Caption, "", widget.HintWidth)}
	l.ExtendBaseWidget(l)
	l.SetText(text)
	look := func(typed string) (set func(*view.OfficeSettings), ok bool) {
		set, said, ok := find(typed)
		l.said.In(widget.Ink).SetText(said)
		if !ok {
			l.said.In(widget.Danger)
		}
		l.said.Refresh()
		return set, ok
	}
	look(text)
	kept := text
	l.OnChanged = func(typed string) { look(typed) }
	l.over = func() {
		if set, ok := look(l.Text); ok && l.Text != kept {
			kept = l.Text
			p.kept(set)
		}
	}
	l.OnSubmitted = func(string) { l.over() }
	p.pending = append(p.pending, l.over)
	return l
}

// rulesSection is by which rules new campaigns begin.
func (p *settingsPage) rulesSection() fyne.CanvasObject {
	return widget.Stack(widget.Space4, p.hoursCard(), p.triesCard())
}

func (p *settingsPage) hoursCard() fyne.CanvasObject {
	keys := []campaign.LawKey{campaign.LawNone, campaign.LawUS, campaign.LawUSStates, campaign.LawUK, campaign.LawEurope}
	var names []string
	chosen := 0
	for i, k := range keys {
		names = append(names, words.LawName(k))
		if k == p.state.Settings.Law {
			chosen = i
		}
	}
	law := drop(names, chosen, func(at int) { p.kept(func(s *view.OfficeSettings) { s.Law = keys[at] }) })
	rows := []fyne.CanvasObject{formRow(words.Say("Rules"), law, fieldHint(words.Say("Presets, no legal advice. They bind beside the hours below")))}
	for _, g := range view.DayGroups() {
		rows = append(rows, p.dayRow(g))
	}
	rows = append(rows, fieldHint(words.Say("By the clock at each person’s own place")))
	return settingsCard(words.Say("When people may be called"), rows...)
}

// dayRow is the hours of some days.
func (p *settingsPage) dayRow(g view.DayGroup) fyne.CanvasObject {
	w, same := g.WindowOf(p.state.Settings.Hours)
	set := func(w campaign.Window) {
		p.kept(func(s *view.OfficeSettings) { s.Hours = g.Set(s.Hours, w) })
		p.again()
	}
	begin, end := view.BeginTimes(w), view.EndTimes(w)
	row := widget.Row(widget.Space2, drop(begin.Words, begin.At, func(at int) { set(begin.Begin(w, at)) }))
	if w.From != w.Till {
		row.Add(widget.NewText(widget.Body, words.Say("to||hours")).In(widget.Secondary))
		row.Add(drop(end.Words, end.At, func(at int) { set(end.End(w, at)) }))
	}
	if !same {
		return formRow(g.Words(), row, fieldHint(words.Say("The days differ; a choice here holds on all of them")))
	}
	return formRow(g.Words(), row)
}

func (p *settingsPage) triesCard() fyne.CanvasObject {
	s := p.state.Settings
	tries := widget.NewStepper(s.Tries, 1, 20, func(n int) { p.kept(func(s *view.OfficeSettings) { s.Tries = n }) })
	lines := widget.NewStepper(s.Lines, 1, 99, func(n int) { p.kept(func(s *view.OfficeSettings) { s.Lines = n }) })
	return settingsCard(words.Say("How often, and how many at once"),
		formRow(words.Say("Tries"), widget.Row(0, tries), fieldHint(words.Say("Calls to a person in all, until they are reached"))),
		formRow(words.Say("Lines"), widget.Row(0, lines), fieldHint(words.Say("Calls at the same time"))),
		keptNote())
}
