package view

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// This file is the week of the page When and how. A day has one stretch of
// hours, so painting an hour away from it fills what is between, and taking one
// out of its middle keeps the longer part.

const (
	hour     campaign.Clock = 60
	dayEnd   campaign.Clock = 24 * hour
	weekDays                = 7
)

// HourCell is an hour of a day in the week: which part of it people may be
// called in, from 0 to 1, and whether the rules forbid all of it.
type HourCell struct {
	From, Till float64 // equal: no calls
	Forbidden  bool
}

// Weekday is the day of a line of the week, Monday first.
func Weekday(line int) time.Weekday { return time.Weekday((line + 1) % weekDays) }

// Cell is the hour from h to h+1 on a line of the week.
func (p *WhenPage) Cell(line, h int) HourCell {
	var c HourCell
	at := campaign.Clock(h) * hour
	from, till := open(p.Settings.Hours, Weekday(line), at)
	c.From, c.Till = float64(from-at)/float64(hour), float64(till-at)/float64(hour)
	if law, found := p.lawHours(); found {
		from, till := open(law, Weekday(line), at)
		c.Forbidden = from == till
	}
	return c
}

// open is the part of the hour at at that is open on a day: the day's own, or
// what the night before leaves of it.
func open(h campaign.Hours, day time.Weekday, at campaign.Clock) (from, till campaign.Clock) {
	w := h.Days[day]
	if w.Till < w.From {
		w.Till = dayEnd
	}
	if from, till = max(w.From, at), min(w.Till, at+hour); from < till {
		return from, till
	}
	if night := h.Days[(day+weekDays-1)%weekDays]; night.Till < night.From && night.Till > at {
		return at, min(night.Till, at+hour)
	}
	return at, at
}

// Range is the hours that the week must show: 7 to 21, more where calls are
// made at other times.
func (p *WhenPage) Range() (first, last int) {
	first, last = 7, 21
	for line := range weekDays {
		for h := range 24 {
			if c := p.Cell(line, h); c.From < c.Till && !c.Forbidden {
				first, last = min(first, h), max(last, h+1)
			}
		}
	}
	return first, last
}

// Paint lets people be called on a line of the week from one hour to another,
// or not. Hours that the rules forbid are left alone.
func (p *WhenPage) Paint(line, first, last int, on bool) {
	day := Weekday(line)
	from, till := campaign.Clock(first)*hour, campaign.Clock(last)*hour
	if !on {
		p.close(day, from, till)
		return
	}
	if law, found := p.lawHours(); found {
		if w := law.Days[day]; w.From <= w.Till {
			from, till = max(from, w.From), min(till, w.Till)
		}
	}
	w := &p.Settings.Hours.Days[day]
	switch {
	case from >= till:
	case w.From == w.Till:
		*w = campaign.Window{From: from, Till: till}
	case w.Till < w.From: // until the next day
		w.From = min(w.From, from)
	default:
		*w = campaign.Window{From: min(w.From, from), Till: max(w.Till, till)}
	}
}

// close takes hours out of a day and out of what the night before leaves of it.
func (p *WhenPage) close(day time.Weekday, from, till campaign.Clock) {
	night := &p.Settings.Hours.Days[(day+weekDays-1)%weekDays]
	if night.Till < night.From && from < night.Till {
		if night.Till = from; from == 0 {
			night.Till = dayEnd
		}
	}
	p.Settings.Hours.Days[day] = without(p.Settings.Hours.Days[day], from, till)
}

// without is a window without some hours of its own day.
func without(w campaign.Window, from, till campaign.Clock) campaign.Window {
	end, overnight := w.Till, w.Till < w.From
	if overnight {
		end = dayEnd
	}
	switch {
	case from >= end || till <= w.From:
		return w
	case from <= w.From && till >= end:
		return campaign.Window{}
	case from <= w.From:
		w.From = till
	case till >= end, from-w.From >= end-till, overnight:
		w.Till = from
	default:
		w.From = till
	}
	return w
}

// Switch turns a whole day, or an hour of all days, on where any of it is off,
// else off. A day is as long as the others are, or as the office's.
func (p *WhenPage) Switch(line int) {
	day := Weekday(line)
	if w := p.Settings.Hours.Days[day]; w.From != w.Till {
		p.Settings.Hours.Days[day] = campaign.Window{}
		return
	}
	first, last := 9, 19
	for other := range weekDays {
		if w := p.Settings.Hours.Days[Weekday(other)]; w.From < w.Till {
			first, last = int(w.From/hour), int((w.Till+hour-1)/hour)
			break
		}
	}
	p.Paint(line, first, last, true)
}

// SwitchHour turns an hour on in all days, or off where it is on in each.
func (p *WhenPage) SwitchHour(h int) {
	on := false
	for line := range weekDays {
		c := p.Cell(line, h)
		on = on || c.From == c.Till && !c.Forbidden
	}
	for line := range weekDays {
		p.Paint(line, h, h+1, on)
	}
}

// CellWords says what an hour of the week is: "Tue 9:00–10:00, may call".
func (p *WhenPage) CellWords(line, h int) string {
	day, c := words.ShortWeekday(Weekday(line)), p.Cell(line, h)
	at := campaign.Clock(h) * hour
	from, till := words.ClockOf(at), words.ClockOf(at+hour)
	switch {
	case c.Forbidden:
		return words.Say("%s %s–%s, not allowed by the rules", day, from, till)
	case c.From == c.Till:
		return words.Say("%s %s–%s, no calls", day, from, till)
	case c.From > 0 || c.Till < 1:
		part := func(x float64) string { return words.ClockOf(at + campaign.Clock(x*float64(hour)+0.5)) }
		return words.Say("%s, may call from %s to %s", day, part(c.From), part(c.Till))
	default:
		return words.Say("%s %s–%s, may call", day, from, till)
	}
}

// HoursText writes the week as one line that [WhenPage.ReadHours] reads.
func (p *WhenPage) HoursText() string { return HoursText(p.Settings.Hours) }

// HoursText writes a week as one line: "Mon–Fri 9–19, Sat 10–14".
func HoursText(h campaign.Hours) string {
	var items []string
	for _, s := range h.Spans() {
		day := words.ShortWeekday(s.First)
		if s.Last != s.First {
			day += "–" + words.ShortWeekday(s.Last)
		}
		items = append(items, fmt.Sprintf("%s %s–%s", day, s.Window.From, s.Window.Till))
	}
	if items == nil {
		return words.Say("No calls")
	}
	return strings.Join(items, ", ")
}

// ReadHours takes a week as it is typed. It is false for one that cannot be
// read, and changes nothing then.
func (p *WhenPage) ReadHours(text string) bool {
	h, err := parseHours(text)
	if err == nil {
		p.Settings.Hours = h
	}
	return err == nil
}

// parseHours reads days in the language in use, or by their first two letters
// in English.
func parseHours(text string) (campaign.Hours, error) {
	text = strings.NewReplacer("–", "-", ";", ",").Replace(text)
	known := map[string]string{}
	for line := range weekDays {
		short := Weekday(line).String()[:2]
		for _, name := range []string{words.ShortWeekday(Weekday(line)), Weekday(line).String()[:3], Weekday(line).String()} {
			known[strings.ToLower(strings.TrimSuffix(name, "."))] = short
		}
	}
	text = regexp.MustCompile(`\pL+`).ReplaceAllStringFunc(text, func(word string) string {
		if short, found := known[strings.ToLower(word)]; found {
			return short
		}
		return word
	})
	return campaign.ParseWeek(strings.ReplaceAll(text, ".", ""))
}

// Total says what the hours come to, without those that the rules forbid: "50
// hours Monday to Friday, 4 hours on Saturday".
func (p *WhenPage) Total() string {
	effective := p.Settings.Hours
	if law, found := p.lawHours(); found {
		effective = within(effective, law)
	}
	var said []string
	for _, s := range effective.Spans() {
		days := (int(s.Last)-int(s.First)+weekDays)%weekDays + 1
		length := s.Window.Till - s.Window.From
		if length < 0 {
			length += dayEnd
		}
		minutes := days * int(length)
		if minutes%60 != 0 {
			said = append(said, words.Say("%s h %s min %s", words.Number(minutes/60), words.Number(minutes%60), spanWords(s)))
			continue
		}
		said = append(said, words.Many(minutes/60, "%s hour %s", "%s hours %s", spanWords(s)))
	}
	if said == nil {
		return words.Say("No hours: nobody is called")
	}
	return strings.Join(said, ", ")
}

// within is the part of hours that lies inside others, of days that end by
// midnight.
func within(h, outer campaign.Hours) campaign.Hours {
	for day := range h.Days {
		w, bound := &h.Days[day], outer.Days[day]
		if w.Till < w.From || bound.Till < bound.From {
			continue
		}
		if w.From, w.Till = max(w.From, bound.From), min(w.Till, bound.Till); w.From >= w.Till {
			*w = campaign.Window{}
		}
	}
	return h
}

// spanWords names days as they stand behind a length of time.
func spanWords(s campaign.Span) string {
	first, last := words.Weekday(s.First), words.Weekday(s.Last)
	switch {
	case s.First == time.Monday && s.Last == time.Sunday:
		return words.Say("in the week")
	case s.First == s.Last:
		return words.Say("on %s", first)
	default:
		return words.Say("%s to %s", first, last)
	}
}

// HoursChoice is hours that can be taken as they are.
type HoursChoice struct {
	Words string
	Hours campaign.Hours
}

// OfficeWeek is Monday to Friday 9 to 19 and Saturday 10 to 14.
func OfficeWeek() campaign.Hours {
	h := campaign.EveryDay(9*hour, 19*hour)
	h.Days[time.Saturday] = campaign.Window{From: 10 * hour, Till: 14 * hour}
	h.Days[time.Sunday] = campaign.Window{}
	return h
}

// HoursChoices are the hours that are offered, each once, and which of them are
// in use: -1 for none.
func (p *WhenPage) HoursChoices() (choices []HoursChoice, at int) {
	add := func(said string, h campaign.Hours) {
		for _, c := range choices {
			if c.Words == said || c.Hours == h {
				return
			}
		}
		choices = append(choices, HoursChoice{said, h})
	}
	add(words.Say("Office week"), OfficeWeek())
	add(words.Say("Every day 9–20"), campaign.DefaultHours())
	if law, found := p.lawHours(); found {
		add(words.Say("All that the rules allow"), law)
	}
	for _, other := range p.Others {
		add(words.Say("As in “%s”", Brief(other.Name)), other.Settings.Complete().Hours)
	}
	add(words.Say("At every hour"), campaign.AllHours())
	for i, c := range choices {
		if c.Hours == p.Settings.Hours {
			return choices, i
		}
	}
	return choices, -1
}
