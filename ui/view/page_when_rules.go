package view

import (
	"slices"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// This file is the rules of the trade on the page When and how.

// LawChoice is a preset of rules that can be chosen.
type LawChoice struct {
	Key   campaign.LawKey
	Words string
}

// LawChoices are all presets, none of them first.
func LawChoices() []LawChoice {
	choices := []LawChoice{{campaign.LawNone, words.LawName(campaign.LawNone)}}
	for _, key := range []campaign.LawKey{campaign.LawUS, campaign.LawUSStates, campaign.LawUK, campaign.LawEurope} {
		choices = append(choices, LawChoice{key, words.LawName(key)})
	}
	return choices
}

// SetLaw chooses a preset. Exceptions from rules of another one are dropped.
func (p *WhenPage) SetLaw(key campaign.LawKey) {
	p.Settings.Law = key
	law, _ := campaign.LawOf(key)
	p.Settings.Exempt = slices.DeleteFunc(slices.Clone(p.Settings.Exempt), func(e campaign.Exemption) bool {
		return !slices.ContainsFunc(law.Rules, func(r campaign.LawRule) bool { return r.ID == e.Rule })
	})
}

// RuleRow is one rule of the preset.
type RuleRow struct {
	ID     campaign.RuleID
	Words  string // what it demands
	Off    string // what may happen where it is switched off
	Source string
	On     bool
	Why    string // it was switched off, by whom and why
}

// RuleRows are the rules of the preset; those that are switched off come
// first, so that none is out of sight.
func (p *WhenPage) RuleRows() []RuleRow {
	law, _ := campaign.LawOf(p.Settings.Law)
	var off, on []RuleRow
	for _, r := range law.Rules {
		row := RuleRow{ID: r.ID, Words: words.Rule(r), Off: words.RuleOff(r), Source: r.Source, On: true}
		e, found := p.exemption(r.ID)
		if !found {
			on = append(on, row)
			continue
		}
		row.On, row.Why = false, words.Say("Off since %s, by %s: %s", words.Day(e.When, time.Now()), e.Who, e.Why)
		off = append(off, row)
	}
	return append(off, on...)
}

func (p *WhenPage) exemption(id campaign.RuleID) (campaign.Exemption, bool) {
	for _, e := range p.Settings.Exempt {
		if e.Rule == id {
			return e, true
		}
	}
	return campaign.Exemption{}, false
}

// SwitchOff switches a rule off, which needs a reason: it is written down with
// who did it and when. Without one it is refused.
func (p *WhenPage) SwitchOff(id campaign.RuleID, why string, now time.Time) bool {
	why = strings.TrimSpace(why)
	if _, off := p.exemption(id); off || why == "" {
		return off
	}
	p.Settings.Exempt = append(slices.Clone(p.Settings.Exempt), campaign.Exemption{Rule: id, Who: account(), When: now, Why: why})
	return true
}

// SwitchOn lets a rule bind again.
func (p *WhenPage) SwitchOn(id campaign.RuleID) {
	p.Settings.Exempt = slices.DeleteFunc(slices.Clone(p.Settings.Exempt), func(e campaign.Exemption) bool { return e.Rule == id })
}

// lawHours are the hours that the preset demands of everybody it is about,
// unless that rule is switched off. Its first rule about hours is that one;
// the others are about people of some places.
func (p *WhenPage) lawHours() (campaign.Hours, bool) {
	law, _ := campaign.LawOf(p.Settings.Law)
	for _, r := range law.Rules {
		if r.Hours == nil {
			continue
		}
		_, off := p.exemption(r.ID)
		return *r.Hours, !off
	}
	return campaign.Hours{}, false
}
