package view

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
)

// This file reads days and moments as people type them on the page When and
// how. What cannot be read is kept, said, and nobody is called until it is
// mended.

// ReadTypedDay reads a day as people of a country type it: 2026-12-15 anywhere,
// 12/15/2026 in the United States, 15/12/2026 elsewhere, 15.12.2026, and with
// the month in words, of the language in use or in English. A year has four
// digits. It is false for anything else.
func ReadTypedDay(text string, region phone.Region) (campaign.Day, bool) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	parts = slices.DeleteFunc(parts, func(s string) bool { return strings.EqualFold(s, "de") })
	if len(parts) != 3 {
		return campaign.Day{}, false
	}
	year, month, day := parts[2], parts[1], parts[0]
	switch {
	case len(parts[0]) == 4:
		year, day = parts[0], parts[2]
	case monthFirst(text, parts[0], region):
		month, day = parts[0], parts[1]
	}
	return typedDay(year, month, day)
}

// monthFirst tells whether a day that does not begin with its year begins with
// its month.
func monthFirst(text, first string, region phone.Region) bool {
	if monthNamed(first) != 0 {
		return true
	}
	american := slices.Contains([]phone.Region{"US", "AS", "GU", "MP", "PR", "VI"}, region)
	return american && strings.ContainsAny(text, "/-")
}

func typedDay(year, month, day string) (campaign.Day, bool) {
	y, errYear := strconv.Atoi(year)
	d, errDay := strconv.Atoi(day)
	m := monthNamed(month)
	if n, err := strconv.Atoi(month); err == nil {
		m = time.Month(n)
	}
	t := time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
	ok := errYear == nil && errDay == nil && len(year) == 4 && t.Year() == y && t.Month() == m && t.Day() == d
	return campaign.Day{Year: y, Month: m, Day: d}, ok
}

// monthNamed is the month of a name, which may be cut short; zero if there is
// none, or more than one.
func monthNamed(name string) time.Month {
	found := time.Month(0)
	for m := time.January; m <= time.December; m++ {
		if !named(name, words.Month(m), words.ShortMonth(m)) && !named(name, m.String(), m.String()[:3]) {
			continue
		}
		if found != 0 {
			return 0
		}
		found = m
	}
	return found
}

func named(name, long, short string) bool {
	name, long, short = strings.ToLower(name), strings.ToLower(long), strings.ToLower(strings.TrimSuffix(short, "."))
	return len([]rune(name)) >= 3 && (strings.HasPrefix(long, name) || strings.HasPrefix(name, short))
}

// Moment is a day and a time of day as they are typed.
type Moment struct{ Day, Clock string }

// MomentOf writes a moment as [Moment.Read] reads it; nothing for none.
func MomentOf(t time.Time) Moment {
	if t.IsZero() {
		return Moment{}
	}
	return Moment{words.Date(t.Local()), ClockText(t)}
}

// Read is the moment by this computer's clock, zero if nothing is typed.
// Without a time of day it is at the usual one. wrong says why it cannot be
// read, and how to mend that.
func (m Moment) Read(usual string, region phone.Region) (at time.Time, wrong string) {
	day, clock := strings.TrimSpace(m.Day), strings.TrimSpace(m.Clock)
	switch {
	case day == "" && clock == "":
		return time.Time{}, ""
	case day == "":
		return time.Time{}, words.Say("A time without a day. Type the day too, or take the time out.")
	}
	d, ok := ReadTypedDay(day, region)
	if !ok {
		return time.Time{}, unreadDay(day)
	}
	t := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.Local)
	if at, ok = At(&t, cmp.Or(clock, usual)); !ok {
		return time.Time{}, words.Say("“%s” cannot be read as a time of day. Type it like 9:30.", clock)
	}
	return at, ""
}

func unreadDay(text string) string {
	return words.Say("“%s” cannot be read as a day. Type it like 2026-12-15, or take it out.", text)
}

// Edge is the first or the last call of a campaign.
type Edge int

// The edges.
const (
	FirstCall Edge = iota
	LastCall
)

// Usual is the time of day at which it is unless one is typed.
func (e Edge) Usual() string {
	if e == FirstCall {
		return "9"
	}
	return "20"
}

// Unread is what was typed and could not be read; empty where all could.
type Unread struct {
	Edges  [2]Moment
	DayOff string
}

func (p *WhenPage) edge(e Edge) *time.Time {
	if e == FirstCall {
		return &p.Settings.NotBefore
	}
	return &p.Settings.NotAfter
}

// Edge is the first or last call as it is typed.
func (p *WhenPage) Edge(e Edge) Moment {
	if m := p.Unread.Edges[e]; m != (Moment{}) {
		return m
	}
	return MomentOf(*p.edge(e))
}

// TypeEdge takes it as it is typed. What cannot be read changes no setting, and
// is kept.
func (p *WhenPage) TypeEdge(e Edge, m Moment) {
	at, wrong := m.Read(e.Usual(), p.Settings.Region)
	if wrong != "" {
		p.Unread.Edges[e] = m
		return
	}
	p.Unread.Edges[e] = Moment{}
	if now := p.edge(e); !now.Equal(at) {
		*now = at
	}
}

// EdgeWords says how it was read: its day in full; or why it cannot be used.
func (p *WhenPage) EdgeWords(e Edge) (says, wrong string) {
	if _, wrong = p.Unread.Edges[e].Read(e.Usual(), p.Settings.Region); wrong != "" {
		return "", wrong
	}
	at := *p.edge(e)
	if at.IsZero() {
		return "", ""
	}
	at = at.Local()
	if p.past(e) {
		return "", words.Say("%s is over. Type a later day, or none.", words.LongDate(at))
	}
	return words.LongDate(at), ""
}

// past tells whether it is over: the day of a first call, the time of a last
// one. A campaign that has started may have begun long ago.
func (p *WhenPage) past(e Edge) bool {
	at, was := *p.edge(e), p.was.NotBefore
	if e == LastCall {
		was = p.was.NotAfter
	}
	if at.IsZero() || p.Started && at.Equal(was) {
		return false
	}
	if e == LastCall {
		return at.Before(p.Now)
	}
	return campaign.DayOf(at.Local()).Compare(campaign.DayOf(p.Now.Local())) < 0
}

// TypeDayOff takes a day without calls as it is typed; false if there is
// something typed that cannot be read, which is kept.
func (p *WhenPage) TypeDayOff(text string) bool {
	p.Unread.DayOff = ""
	text = strings.TrimSpace(text)
	if text == "" {
		return true
	}
	d, ok := ReadTypedDay(text, p.Settings.Region)
	if !ok {
		p.Unread.DayOff = text
		return false
	}
	p.AddDayOff(time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.Local))
	return true
}

// DayWords says how a day was read, in full; or why it cannot be used.
func (p *WhenPage) DayWords(text string) (says, wrong string) {
	text = strings.TrimSpace(text)
	d, ok := ReadTypedDay(text, p.Settings.Region)
	switch {
	case text == "":
		return "", ""
	case !ok:
		return "", unreadDay(text)
	default:
		return words.LongDate(time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.Local)), ""
	}
}

// blockedDates says which day keeps the campaign from calling.
func (p *WhenPage) blockedDates() string {
	_, first := p.EdgeWords(FirstCall)
	_, last := p.EdgeWords(LastCall)
	_, off := p.DayWords(p.Unread.DayOff)
	switch {
	case first != "":
		return words.Say("First call: %s", first)
	case last != "":
		return words.Say("Last call: %s", last)
	case off != "":
		return words.Say("Day without calls: %s", off)
	default:
		return ""
	}
}

// CallerWrong says why a number cannot be shown to people who are called; empty
// if it can. None is as the gateway does.
func CallerWrong(text string) string {
	odd := strings.ContainsFunc(text, func(r rune) bool { return !strings.ContainsRune("0123456789+ ()-", r) })
	if strings.TrimSpace(text) == "" || !odd && strings.ContainsAny(text, "0123456789") && strings.LastIndex(strings.TrimSpace(text), "+") <= 0 {
		return ""
	}
	return words.Say("“%s” is no number to be shown. Type digits, or leave it empty.", text)
}
