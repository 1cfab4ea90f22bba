package view

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// This file is days, dates and time zones on the page When and how.

// Choice is something to choose by its words.
type Choice struct{ Key, Words string }

// HolidayChoices are the calendars that can be chosen and are not yet, by
// their words.
func (p *WhenPage) HolidayChoices() []Choice {
	var choices []Choice
	for _, key := range campaign.HolidayCalendars() {
		if !slices.Contains(p.Settings.Holidays, key) {
			choices = append(choices, Choice{key, CalendarWords(key)})
		}
	}
	slices.SortFunc(choices, func(a, b Choice) int { return cmp.Compare(a.Words, b.Words) })
	return choices
}

// CalendarWords names a calendar of holidays.
func CalendarWords(key string) string {
	switch key {
	case "us-federal":
		return words.Say("United States")
	case "us-al":
		return words.Say("United States: Alabama")
	case "us-la":
		return words.Say("United States: Louisiana")
	case "us-pa":
		return words.Say("United States: Pennsylvania")
	case "us-ri":
		return words.Say("United States: Rhode Island")
	case "us-ut":
		return words.Say("United States: Utah")
	case "gb-eng":
		return words.Say("England and Wales")
	case "gb-sct":
		return words.Say("Scotland")
	case "gb-nir":
		return words.Say("Northern Ireland")
	}
	region, err := language.ParseRegion(strings.ToUpper(key))
	if err != nil {
		return key
	}
	return display.Regions(language.Make(string(words.InUse()))).Name(region)
}

// NextHoliday says when the next holiday of a calendar is.
func NextHoliday(key string, now time.Time) string {
	today := campaign.DayOf(now)
	for year := today.Year; year <= today.Year+1; year++ {
		days, _ := campaign.HolidaysOf(key, year)
		for _, d := range days {
			if d.Compare(today) >= 0 {
				return words.Say("next on %s", dayWords(d))
			}
		}
	}
	return ""
}

// AddHolidays takes a calendar on, DropHolidays off again.
func (p *WhenPage) AddHolidays(key string) {
	if !slices.Contains(p.Settings.Holidays, key) {
		p.Settings.Holidays = append(slices.Clone(p.Settings.Holidays), key)
	}
}

// DropHolidays lets people be called on the holidays of a calendar.
func (p *WhenPage) DropHolidays(key string) {
	p.Settings.Holidays = slices.DeleteFunc(slices.Clone(p.Settings.Holidays), func(k string) bool { return k == key })
}

// AddDayOff lets nobody be called on a day; false if it is one already.
func (p *WhenPage) AddDayOff(t time.Time) bool {
	d := campaign.DayOf(t)
	if slices.Contains(p.Settings.DaysOff, d) {
		return false
	}
	days := append(slices.Clone(p.Settings.DaysOff), d)
	slices.SortFunc(days, campaign.Day.Compare)
	p.Settings.DaysOff = days
	return true
}

// DropDayOff makes it a day like others.
func (p *WhenPage) DropDayOff(d campaign.Day) {
	p.Settings.DaysOff = slices.DeleteFunc(slices.Clone(p.Settings.DaysOff), func(other campaign.Day) bool { return other == d })
}

// DaysOff are the days on which nobody is called, in words.
func (p *WhenPage) DaysOff() []string {
	var said []string
	for _, d := range p.Settings.DaysOff {
		said = append(said, dayWords(d))
	}
	return said
}

func dayWords(d campaign.Day) string {
	return words.Date(time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.Local))
}

// At is a moment on a day by this computer's clock, of which the time is
// typed: "9", "9:30". It is false if that is no time of day. No day means none.
func At(day *time.Time, clock string) (time.Time, bool) {
	if day == nil || day.IsZero() {
		return time.Time{}, true
	}
	c, err := campaign.ParseClock(cmp.Or(strings.TrimSpace(clock), "0"))
	if err != nil {
		return time.Time{}, false
	}
	return time.Date(day.Year(), day.Month(), day.Day(), int(c/hour), int(c%hour), 0, 0, time.Local), true
}

// TomorrowAt is an hour of the day after now, by now's clock.
func TomorrowAt(now time.Time, hour int) time.Time {
	return time.Date(now.Year(), now.Month(), now.Day()+1, hour, 0, 0, 0, now.Location())
}

// ClockText writes the time of a moment as [At] reads it; empty for none.
func ClockText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return words.Clock(t.Local())
}

// ZoneChoices are the time zones that are offered, and which of them one is;
// -1 for none. A zone that is not among them, and that of this computer, are
// there too.
func (p *WhenPage) ZoneChoices(zone string) (choices []Choice, at int) {
	names := []string{"America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage",
		"Pacific/Honolulu", "America/Puerto_Rico", "America/Halifax", "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Berlin",
		"Europe/Madrid", "Europe/Paris", "Europe/Rome", "Europe/Warsaw", "Europe/Athens", "Europe/Helsinki", "UTC"}
	for _, extra := range []string{p.Here, zone} {
		if extra != "" && !slices.Contains(names, extra) {
			names = append([]string{extra}, names...)
		}
	}
	for _, name := range names {
		choices = append(choices, Choice{name, ZoneWords(name)})
	}
	return choices, slices.Index(names, zone)
}

// ZoneWords names a time zone as people there call it.
func ZoneWords(zone string) string {
	switch zone {
	case "America/New_York":
		return words.Say("Eastern")
	case "America/Chicago":
		return words.Say("Central")
	case "America/Denver":
		return words.Say("Mountain")
	case "America/Phoenix":
		return words.Say("Arizona")
	case "America/Los_Angeles":
		return words.Say("Pacific")
	case "America/Anchorage":
		return words.Say("Alaska")
	case "Pacific/Honolulu":
		return words.Say("Hawaii")
	case "America/Puerto_Rico", "America/Halifax":
		return words.Say("Atlantic (%s)", placeOf(zone))
	default:
		return placeOf(zone)
	}
}

// placeOf is the place a zone is named after: "Los Angeles".
func placeOf(zone string) string {
	return strings.ReplaceAll(zone[strings.LastIndex(zone, "/")+1:], "_", " ")
}

// SetZones chooses by whose clock people are called. One clock for everybody
// begins with that of this computer.
func (p *WhenPage) SetZones(policy campaign.ZonePolicy) {
	p.Settings.Zones = policy
	if policy == campaign.ZoneOne && p.Settings.Zone == "" {
		p.Settings.Zone = p.Here
	}
}

// SetOffice sets hours of the office, outside of which the campaign calls
// nobody wherever they are; the zero value is none.
func (p *WhenPage) SetOffice(h campaign.Hours) {
	if p.Settings.Office = h; h.IsZero() {
		p.Settings.Zoned = ""
		return
	}
	p.Settings.Zoned = cmp.Or(p.Settings.Zoned, p.Here)
}

// ReadOffice takes the office's hours as they are typed; nothing is none. It is
// false for hours that cannot be read.
func (p *WhenPage) ReadOffice(text string) bool {
	if strings.TrimSpace(text) == "" {
		p.SetOffice(campaign.Hours{})
		return true
	}
	h, err := parseHours(text)
	if err == nil {
		p.SetOffice(h)
	}
	return err == nil
}
