package ui

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// asideText is how wide words in the cards beside the form are.
const asideText = widget.AsideWidth - 2*widget.Space4

// placesCard is by whose clock people are called.
func (p *whenPage) placesCard() fyne.CanvasObject {
	s := &p.state.Settings
	rounds := map[campaign.ZonePolicy]*widget.Option{}
	pick := func(policy campaign.ZonePolicy, title, more string) fyne.CanvasObject {
		rounds[policy] = widget.NewRound(title, more, asideText, func() { p.state.SetZones(policy); p.changed() })
		return rounds[policy]
	}
	careful := pick(campaign.ZoneCareful, words.Say("Be careful (recommended)"), words.Say("Only when list, place and number all allow it"))
	number := pick(campaign.ZoneNumber, words.Say("Use the area code"), words.Say("Wrong for people who have moved"))
	one := pick(campaign.ZoneOne, words.Say("One zone for everybody"), words.Say("Whatever the list and the number say"))
	zone := p.zoneDrop(func() string { return s.Zone }, func(zone string) { s.Zone = zone })
	everybody := labelled(words.Say("Time zone"), control(widget.SideWidth, zone))
	p.lists = append(p.lists, func() {
		for policy, o := range rounds {
			o.SetOn(policy == s.Zones)
		}
		if everybody.Hide(); s.Zones == campaign.ZoneOne {
			everybody.Show()
		}
	})
	items := []fyne.CanvasObject{widget.Stack(0, careful, number, one), everybody}
	if p.plan != nil {
		items = append(items, labelled(words.Say("Unknown zone"), control(widget.SideWidth, p.unknownDrop())))
	}
	return titledCard(words.Say("Where people are"), nil, items...)
}

// zoneDrop chooses a time zone.
func (p *whenPage) zoneDrop(get func() string, set func(string)) *widget.Drop {
	var shown []view.Choice
	var drop *widget.Drop
	drop = widget.NewDrop([]string{""}, 0, func(at int) {
		if at -= len(drop.Options()) - len(shown); at >= 0 {
			set(shown[at].Key)
			p.changed()
		}
	})
	p.lists = append(p.lists, func() {
		choices, at := p.state.ZoneChoices(get())
		shown = choices
		var options []string
		if at < 0 {
			options, at = []string{words.Say("Choose…")}, 0
		}
		for _, c := range choices {
			options = append(options, c.Words)
		}
		drop.Set(options, at)
	})
	return drop
}

// unknownDrop says what becomes of people of whom nothing tells the zone. The
// list is read again, because they were set aside when it was read.
func (p *whenPage) unknownDrop() *widget.Drop {
	options := []string{words.Say("Set aside and ask")}
	zones := []string{""}
	now := p.plan.people.Import.Options.Zone
	for _, zone := range []string{p.state.Here, now} {
		if zone != "" && zone != zones[len(zones)-1] {
			zones, options = append(zones, zone), append(options, words.Say("Take %s", view.ZoneWords(zone)))
		}
	}
	at := 0
	for i, zone := range zones {
		if zone == now {
			at = i
		}
	}
	return widget.NewDrop(options, at, func(at int) { p.takeUnknown(zones[at]) })
}

// takeUnknown reads the list again with a zone for people without one.
func (p *whenPage) takeUnknown(zone string) {
	old := p.plan.people
	p.left()
	src := old.Source()
	src.Options.Zone = zone
	var c campaign.Campaign
	var im contacts.Import
	var err error
	p.w.patiently(words.Say("Reading %s", view.Brief(filepath.Base(src.Path))),
		func(ctx context.Context) { c, im, err = p.w.office.Reread(ctx, old.Campaign, src, p.w.told(src.Path)) },
		func() {
			if err != nil {
				p.w.problem(words.Say("The list could not be read again"), words.Say("It stays as it was. Nobody is called because of this."), err)
				p.w.show(newWhen(p.w, p.plan))
				return
			}
			changed := view.NewPeoplePage(c, im)
			changed.Password, changed.Show = src.Reading.Password, old.Show
			p.plan.people = changed
			p.w.show(newWhen(p.w, p.plan))
			p.w.say(changed.Summary(), "", nil)
		})
}

// rulesShown is how many rules are shown before the others are asked for.
const rulesShown = 3

// rulesCard is the rules of the trade.
func (p *whenPage) rulesCard() fyne.CanvasObject {
	s := &p.state.Settings
	choices := view.LawChoices()
	options, at := make([]string, len(choices)), 0
	for i, c := range choices {
		if options[i] = c.Words; c.Key == s.Law {
			at = i
		}
	}
	p.law = widget.NewDrop(options, at, func(at int) { p.state.SetLaw(choices[at].Key); p.changed() })
	list, shown, all := widget.Stack(0), campaign.LawKey("-"), false
	var ticks map[campaign.RuleID]*widget.Option
	fill := func() {
		ticks = map[campaign.RuleID]*widget.Option{}
		rows := p.state.RuleRows()
		var items []fyne.CanvasObject
		for i, r := range rows {
			if all || i < rulesShown || !r.On {
				ticks[r.ID] = p.ruleTick(r)
				items = append(items, ticks[r.ID])
			}
		}
		emptied(list, items...)
	}
	more := widget.NewLink(widget.Small, words.Say("Show all rules"), func() { all = true; fill(); p.tell() })
	rest := widget.Row(0, more)
	p.lists = append(p.lists, func() {
		rows := p.state.RuleRows()
		if s.Law != shown {
			shown, all = s.Law, false
			fill()
		}
		if rest.Hide(); !all && len(rows) > len(ticks) {
			rest.Show()
		}
		for _, r := range rows {
			if tick := ticks[r.ID]; tick != nil {
				tick.SetOn(r.On).SetMore(ruleMore(r))
			}
		}
	})
	note := widget.NewPara(widget.Caption, words.Say("Not legal advice. Switching a rule off is recorded."), asideText).In(widget.Secondary)
	return titledCard(words.Say("Rules of the trade"), nil, control(0, p.law), list, rest, note)
}

func ruleMore(r view.RuleRow) string {
	if !r.On {
		return r.Why
	}
	return r.Source
}

func (p *whenPage) ruleTick(r view.RuleRow) *widget.Option {
	var tick *widget.Option
	tick = widget.NewTick(r.Words, ruleMore(r), asideText, func() {
		if tick.On() {
			p.askOff(r, tick)
			return
		}
		p.state.SwitchOn(r.ID)
		p.changed()
	})
	return tick.SetOn(r.On)
}

// askOff asks why a rule is switched off, without which it is not.
func (p *whenPage) askOff(r view.RuleRow, tick *widget.Option) {
	width := widget.DialogWidth - 2*widget.Space6
	why := newField(p.w.key)
	why.SetPlaceHolder(words.Say("Why, in your words"))
	var asked *widget.Dialog
	off := func() {
		if strings.TrimSpace(why.Text) == "" {
			p.w.win.Canvas().Focus(why)
			return
		}
		asked.Close()
		p.state.SwitchOff(r.ID, why.Text, time.Now())
		p.changed()
		p.w.win.Canvas().Focus(tick)
	}
	why.OnSubmitted = func(string) { off() }
	body := widget.Stack(widget.Space3, widget.NewPara(widget.Body, r.Off+".", width),
		widget.NewPara(widget.Body, words.Say("Your reason is recorded with your name and today’s date."), width).In(widget.Secondary), control(0, why))
	asked = p.w.ask(words.Say("Switch this rule off?"), body,
		widget.Choice{Words: words.Say("Keep the rule"), Default: true},
		widget.Choice{Words: words.Say("Switch off"), Kind: widget.Grave, Stay: true, Do: off})
	p.w.win.Canvas().Focus(why)
}
