package campaign_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rollcall/campaign"
)

func TestParseHours(t *testing.T) {
	for text, want := range map[string]campaign.Hours{
		"9-20":         campaign.DefaultHours(),
		" 9 - 20 ":     campaign.DefaultHours(),
		"9–20":         campaign.DefaultHours(),
		"09:00-20:00":  campaign.DefaultHours(),
		"9:30-17":      campaign.EveryDay(9*60+30, 17*60),
		"0-24":         campaign.AllHours(),
		"22:05-23:59":  campaign.EveryDay(22*60+5, 23*60+59),
		"20-9":         campaign.EveryDay(20*60, 9*60),
		"9-9":          {},
		"9":            {},
		"":             {},
		"9-24:01":      {},
		"9-25":         {},
		"9:60-10":      {},
		"9:5-10":       {},
		"+9-10":        {},
		"-9-10":        {},
		"009-10":       {},
		"9-20-21":      {},
		"nine to five": {},
	} {
		got, err := campaign.ParseHours(text)
		if (err != nil) != want.IsZero() {
			t.Errorf("%q: error %v", text, err)
		}
		if got != want {
			t.Errorf("%q: %v", text, got)
		}
		if err != nil && !strings.Contains(err.Error(), text) {
			t.Errorf("%q: the error does not name it: %v", text, err)
		}
	}
}

func TestHoursString(t *testing.T) {
	week := campaign.DefaultHours()
	week.Days[time.Sunday] = campaign.Window{}
	week.Days[time.Saturday] = campaign.Window{From: 10*60 + 5, Till: 14 * 60}
	for want, h := range map[string]campaign.Hours{
		"9-20":    campaign.DefaultHours(),
		"0-24":    campaign.AllHours(),
		"9:30-17": campaign.EveryDay(9*60+30, 17*60),
		"closed":  {},
		"Sun closed, Mon 9-20, Tue 9-20, Wed 9-20, Thu 9-20, Fri 9-20, Sat 10:05-14": week,
	} {
		if got := h.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func FuzzParseHours(f *testing.F) {
	for _, s := range []string{"9-20", "9:30-17", "0-24", "24-0", "9", "::-", "–"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		h, err := campaign.ParseHours(s)
		if err != nil {
			return
		}
		again, err := campaign.ParseHours(h.String())
		if err != nil || again != h {
			t.Errorf("%q is %v, which reads as %v, %v", s, h, again, err)
		}
	})
}

const (
	newYork = "America/New_York"
	angeles = "America/Los_Angeles"
	denver  = "America/Denver"
)

// eastern reads a time by the clock of New York.
func eastern(t testing.TB, s string) time.Time {
	t.Helper()
	place, err := time.LoadLocation(newYork)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04:05", s, place)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestHoursNext(t *testing.T) {
	mondays := campaign.Hours{}
	mondays.Days[time.Monday] = campaign.Window{From: 9 * 60, Till: 10 * 60}
	nine := campaign.DefaultHours()
	for _, test := range []struct {
		name  string
		hours campaign.Hours
		now   string
		zones []string
		open  bool
		at    string // empty: never
		zone  string
	}{
		{"before", nine, "2026-11-24 08:59:59", []string{newYork}, false, "2026-11-24 09:00:00", newYork},
		{"the first moment", nine, "2026-11-24 09:00:00", []string{newYork}, true, "2026-11-24 20:00:00", newYork},
		{"the last moment", nine, "2026-11-24 19:59:59", []string{newYork}, true, "2026-11-24 20:00:00", newYork},
		{"closed", nine, "2026-11-24 20:00:00", []string{newYork}, false, "2026-11-25 09:00:00", newYork},
		{"over midnight", nine, "2026-12-31 23:59:00", []string{newYork}, false, "2027-01-01 09:00:00", newYork},
		{"both places", nine, "2026-11-24 09:30:00", []string{newYork, angeles}, false, "2026-11-24 12:00:00", angeles},
		{"the first to close", nine, "2026-11-24 12:00:00", []string{angeles, newYork}, true, "2026-11-24 20:00:00", newYork},
		{"three places", nine, "2026-11-24 20:00:00", []string{newYork, denver, angeles}, false, "2026-11-25 12:00:00", angeles},
		{"never together", campaign.EveryDay(9*60, 10*60), "2026-11-24 09:30:00", []string{newYork, angeles}, false, "", ""},
		{"no day at all", campaign.Hours{Days: [7]campaign.Window{{From: 60, Till: 60}}}, "2026-11-24 09:30:00", []string{newYork}, false, "", ""},
		{"a week on", mondays, "2026-11-23 10:00:00", []string{newYork}, false, "2026-11-30 09:00:00", newYork},
		{"to the end of the day", campaign.EveryDay(9*60, 24*60), "2026-11-24 23:59:00", []string{newYork}, true, "2026-11-25 00:00:00", newYork},
		{"always", campaign.AllHours(), "2026-11-24 03:00:00", []string{newYork}, true, "", ""},
		{"always, place unknown", campaign.AllHours(), "2026-11-24 03:00:00", nil, true, "", ""},
		{"an hour that is left out", campaign.EveryDay(2*60+30, 4*60), "2027-03-14 01:00:00", []string{newYork}, false, "2027-03-14 03:00:00", newYork},
		{"the night after the clock is put forward", nine, "2027-03-13 21:00:00", []string{newYork}, false, "2027-03-14 09:00:00", newYork},
		{"the night after it is put back", nine, "2026-10-31 21:00:00", []string{newYork}, false, "2026-11-01 09:00:00", newYork},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := test.hours.Next(eastern(t, test.now), test.zones)
			if err != nil {
				t.Fatal(err)
			}
			var at time.Time
			if test.at != "" {
				at = eastern(t, test.at)
			}
			if got.Open != test.open || !got.At.Equal(at) || got.Zone != test.zone {
				t.Errorf("got %+v, want %v until %v by the clock of %s", got, test.open, at, test.zone)
			}
		})
	}
}

// TestTimeThatComesTwice: windows that begin within the time that is put back
// open twice on that day.
func TestTimeThatComesTwice(t *testing.T) {
	utc := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, time.UTC) }
	for _, test := range []struct {
		zone  string
		hours campaign.Hours
		now   time.Time
		turns []time.Time // opens, closes, opens, closes
	}{
		// 2:00 becomes 1:00.
		{newYork, campaign.EveryDay(60+30, 3*60), utc(1, 5, 0), []time.Time{utc(1, 5, 30), utc(1, 6, 0), utc(1, 6, 30), utc(1, 8, 0)}},
		// On 4 April 2027 2:00 becomes 1:30.
		{"Australia/Lord_Howe", campaign.EveryDay(60+45, 3*60), utc(154, 14, 0), []time.Time{utc(154, 14, 45), utc(154, 15, 0), utc(154, 15, 15), utc(154, 16, 30)}},
	} {
		open := false
		for i, at := range test.turns {
			got, err := test.hours.Next(test.now, []string{test.zone})
			if err != nil || got.Open != open || !got.At.Equal(at) {
				t.Fatalf("%s, turn %d: %+v, %v; want %v", test.zone, i, got, err, at)
			}
			test.now, open = at, !open
		}
	}
}

func TestUnknownZones(t *testing.T) {
	for _, zones := range [][]string{nil, {}, {""}, {"Local"}, {"Mars/Olympus"}, {newYork, "../etc/passwd"}} {
		if _, err := campaign.DefaultHours().Next(eastern(t, "2026-11-24 12:00:00"), zones); !errors.Is(err, campaign.ErrZone) {
			t.Errorf("%q: %v", zones, err)
		}
	}
}

// TestNextIsTheFirstChange compares Next with a walk through every quarter of
// an hour: edges and offsets are multiples of it.
func TestNextIsTheFirstChange(t *testing.T) {
	zones := []string{newYork, angeles, denver, "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"}
	rapid.Check(t, func(t *rapid.T) {
		var h campaign.Hours
		for i := range h.Days {
			from := rapid.IntRange(0, 48).Draw(t, "from") * 30
			h.Days[i] = campaign.Window{From: campaign.Clock(from), Till: campaign.Clock(rapid.IntRange(from/30, 48).Draw(t, "till") * 30)}
		}
		if h.Always() {
			t.Skip("nothing changes")
		}
		names := rapid.SliceOfNDistinct(rapid.SampledFrom(zones), 1, 3, rapid.ID).Draw(t, "zones")
		start := rapid.SampledFrom([]time.Time{
			time.Date(2026, 10, 28, 0, 0, 0, 0, time.UTC), time.Date(2027, 3, 10, 0, 0, 0, 0, time.UTC),
			time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 12, 29, 0, 0, 0, 0, time.UTC),
		}).Draw(t, "season")
		now := start.Add(time.Duration(rapid.IntRange(0, 7*24*60).Draw(t, "minutes")) * time.Minute)
		got, err := h.Next(now, names)
		if err != nil {
			t.Fatal(err)
		}
		if got.Open != openAt(h, now, names) {
			t.Fatalf("open is %v", got.Open)
		}
		quarter := now.Truncate(15 * time.Minute)
		for range 8 * 24 * 4 {
			quarter = quarter.Add(15 * time.Minute)
			if at := quarter; openAt(h, at, names) != got.Open {
				if !got.At.Equal(at) {
					t.Fatalf("it changes at %v, not at %v", at, got.At)
				}
				return
			}
		}
		if !got.At.IsZero() && !got.At.After(quarter) {
			t.Fatalf("nothing changes at %v", got.At)
		}
	})
}

// openAt is the rule itself: the window of the day, in every place.
func openAt(h campaign.Hours, at time.Time, zones []string) bool {
	for _, name := range zones {
		place, err := time.LoadLocation(name)
		if err != nil {
			return false
		}
		local := at.In(place)
		w := h.Days[local.Weekday()]
		minute := campaign.Clock(local.Hour()*60 + local.Minute())
		if minute < w.From || minute >= w.Till {
			return false
		}
	}
	return true
}
