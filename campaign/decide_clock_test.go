package campaign_test

import (
	"testing"
	"time"

	"rollcall/campaign"
)

// utc reads a time.
func utc(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestClocks asks the gate in a row when people may be called: each moment is
// the first one at which they may from the one before on, or from when they may
// not.
func TestClocks(t *testing.T) {
	midnightOn := func(day time.Weekday) campaign.Hours {
		var h campaign.Hours
		h.Days[day] = campaign.Window{From: 23 * 60, Till: 24 * 60}
		h.Days[(day+1)%7] = campaign.Window{From: 0, Till: 60}
		return h
	}
	for _, test := range []struct {
		name  string
		zones []string
		hours campaign.Hours
		off   []campaign.Day
		from  string
		opens string
		till  string // the last minute of it
	}{
		{"New York, put forward", []string{newYork}, campaign.EveryDay(60, 4*60), nil, "2027-03-14 05:00", "2027-03-14 06:00", "2027-03-14 07:59"},
		{"New York, an hour that is left out", []string{newYork}, campaign.EveryDay(2*60, 3*60), nil, "2027-03-14 00:00", "2027-03-15 06:00", "2027-03-15 06:59"},
		{"New York, put back", []string{newYork}, campaign.EveryDay(60, 4*60), nil, "2026-11-01 04:00", "2026-11-01 05:00", "2026-11-01 08:59"},
		{"London, put forward", []string{"Europe/London"}, campaign.EveryDay(30, 3*60), nil, "2027-03-28 00:00", "2027-03-28 00:30", "2027-03-28 01:59"},
		{"London, put back", []string{"Europe/London"}, campaign.EveryDay(30, 3*60), nil, "2026-10-24 22:00", "2026-10-24 23:30", "2026-10-25 02:59"},
		{"London, over midnight over the change", []string{"Europe/London"}, campaign.EveryDay(22*60, 3*60), nil, "2026-10-24 12:00", "2026-10-24 21:00", "2026-10-25 02:59"},
		{"Lord Howe, half an hour forward", []string{"Australia/Lord_Howe"}, campaign.EveryDay(60, 3*60), nil, "2026-10-03 12:00", "2026-10-03 14:30", "2026-10-03 15:59"},
		{"Lord Howe, half an hour back", []string{"Australia/Lord_Howe"}, campaign.EveryDay(60, 3*60), nil, "2027-04-03 12:00", "2027-04-03 14:00", "2027-04-03 16:29"},
		{"Kolkata", []string{"Asia/Kolkata"}, campaign.DefaultHours(), nil, "2026-11-24 00:00", "2026-11-24 03:30", "2026-11-24 14:29"},
		{"Kathmandu", []string{"Asia/Kathmandu"}, campaign.DefaultHours(), nil, "2026-11-24 00:00", "2026-11-24 03:15", "2026-11-24 14:14"},
		{"both sides of the date line, the same hours of two days", []string{"Pacific/Kiritimati", "Pacific/Honolulu"}, campaign.DefaultHours(), nil,
			"2026-11-24 06:00", "2026-11-24 19:00", "2026-11-25 05:59"},
		{"both sides of the date line, on Mondays", []string{"Pacific/Kiritimati", "Pacific/Honolulu"}, onlyOn(time.Monday), nil, "2026-11-22 00:00", "", ""},
		{"up to midnight and from midnight on", []string{newYork}, midnightOn(time.Tuesday), nil, "2026-11-24 17:00", "2026-11-25 04:00", "2026-11-25 05:59"},
		{"Havana, a day off whose midnight is left out", []string{"America/Havana"}, campaign.AllHours(), []campaign.Day{{Year: 2027, Month: 3, Day: 14}},
			"2027-03-14 05:00", "2027-03-15 04:00", ""},
		{"Santiago, a day off whose midnight is left out", []string{"America/Santiago"}, campaign.AllHours(), []campaign.Day{{Year: 2026, Month: 9, Day: 6}},
			"2026-09-06 04:00", "2026-09-07 03:00", ""},
		{"Santiago, a day off whose last hour comes twice", []string{"America/Santiago"}, campaign.AllHours(), []campaign.Day{{Year: 2027, Month: 4, Day: 3}},
			"2027-04-03 04:00", "2027-04-04 04:00", ""},
		{"Apia, a Friday that was left out", []string{"Pacific/Apia"}, onlyOn(time.Friday), nil, "2011-12-24 12:00", "2012-01-05 19:00", "2012-01-06 05:59"},
		{"Apia, the end of a night that was left out", []string{"Pacific/Apia"}, nightOf(time.Friday), nil, "2011-12-30 10:30", "2012-01-06 09:00", "2012-01-06 10:14"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, p := running(), ready()
			c.Settings.Hours, c.Settings.DaysOff, p.Zones = test.hours, test.off, test.zones
			verdict := func(at time.Time) campaign.Decision { return campaign.Decide(at, c, p, campaign.Facts{}) }
			d := verdict(utc(t, test.from))
			if test.opens == "" {
				if d.Verdict != campaign.Never {
					t.Fatalf("%+v", d)
				}
				return
			}
			opens := utc(t, test.opens)
			if d.Verdict != campaign.Wait || !d.Until.Equal(opens) {
				t.Fatalf("got %v until %v, want %v", d.Verdict, d.Until, opens)
			}
			if test.till == "" {
				return
			}
			for at, last := opens, utc(t, test.till); !at.After(last); at = at.Add(time.Minute) {
				if verdict(at).Verdict != campaign.Dial {
					t.Fatalf("closed at %v", at)
				}
			}
			if then := verdict(utc(t, test.till).Add(time.Minute)); then.Verdict == campaign.Dial {
				t.Fatalf("open after %v", test.till)
			}
		})
	}
}

func onlyOn(day time.Weekday) campaign.Hours {
	var h campaign.Hours
	h.Days[day] = campaign.Window{From: 9 * 60, Till: 20 * 60}
	return h
}

// nightOf is from 23:00 on a day to 0:15 on the next.
func nightOf(day time.Weekday) campaign.Hours {
	var h campaign.Hours
	h.Days[day] = campaign.Window{From: 23 * 60, Till: 15}
	return h
}

// TestNoMomentIsMissingAtMidnight: a window until 24:00 and one from 0:00 on
// touch.
func TestNoMomentIsMissingAtMidnight(t *testing.T) {
	c, p := running(), ready()
	c.Settings.Hours = campaign.EveryDay(0, 24*60)
	c.Settings.Hours.Days[time.Sunday] = campaign.Window{From: 60, Till: 24 * 60}
	midnight := eastern(t, "2026-11-24 00:00:00")
	for _, d := range []time.Duration{-time.Second, -1, 0, 1, time.Second} {
		if got := campaign.Decide(midnight.Add(d), c, p, campaign.Facts{}); got.Verdict != campaign.Dial {
			t.Errorf("%v from midnight: %+v", d, got)
		}
	}
}
