package campaign_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rollcall/campaign"
)

// week returns hours from windows, Monday first.
func week(windows ...campaign.Window) campaign.Hours {
	var h campaign.Hours
	for i, w := range windows {
		h.Days[(i+1)%7] = w
	}
	return h
}

func hoursOf(from, till campaign.Clock) campaign.Window {
	return campaign.Window{From: from * 60, Till: till * 60}
}

func TestParseWeek(t *testing.T) {
	day, short, night, none := hoursOf(9, 20), hoursOf(10, 18), hoursOf(22, 6), campaign.Window{}
	for text, want := range map[string]campaign.Hours{
		"Mo-Fr 9-20, Sa 10-18":        week(day, day, day, day, day, short),
		"mo-fr 9–20,SA 10:00 - 18:00": week(day, day, day, day, day, short),
		"Mo - Fr 9-20, Sa 10-18":      week(day, day, day, day, day, short),
		"Mo-Su 9-20":                  week(day, day, day, day, day, day, day),
		"9-20":                        week(day, day, day, day, day, day, day),
		"Sa-Mo 9-20":                  week(day, none, none, none, none, day, day),
		"Fr 22-6":                     week(none, none, none, none, night),
		"Mo 9-20, Su closed":          week(day),
		"Mo 9-20, Su 9-9":             week(day),
		"closed":                      {},
		"We 9:30-24":                  week(none, none, campaign.Window{From: 570, Till: 1440}),
	} {
		got, err := campaign.ParseWeek(text)
		if err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

func TestParseWeekRefuses(t *testing.T) {
	for _, text := range []string{
		"", "Mo", "Mo 9", "Mo-Fr", "Xx 9-20", "Mo-Xx 9-20", "Mo 9-20, Mo 10-12", "Mo-Fr 9-20, Th closed",
		"Mo 9-25", "Mo 24-6", "Mo 9-20,", "9-20, Mo 9-10", "Mo-Tu-We 9-20", "Mo 9-20-21",
	} {
		if h, err := campaign.ParseWeek(text); err == nil {
			t.Errorf("%q is taken for %v", text, h)
		} else if !strings.Contains(err.Error(), `"`+text+`"`) {
			t.Errorf("%q: the error does not name it: %v", text, err)
		}
	}
}

func TestWeekString(t *testing.T) {
	day, short, night := hoursOf(9, 20), hoursOf(10, 18), hoursOf(22, 6)
	for want, h := range map[string]campaign.Hours{
		"Mo-Fr 9-20, Sa 10-18":         week(day, day, day, day, day, short),
		"Mo-Su 9-20":                   campaign.DefaultHours(),
		"Mo-Su 0-24":                   campaign.AllHours(),
		"Mo 9-20, We 9-20, Sa-Su 22-6": week(day, campaign.Window{}, day, campaign.Window{}, campaign.Window{}, night, night),
		"closed":                       {},
	} {
		if got := campaign.WeekString(h); got != want {
			t.Errorf("%v: %q, want %q", h, got, want)
		}
	}
}

// TestWeekRoundTrip: whatever hours there are, they are read as written.
func TestWeekRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h campaign.Hours
		for day := range h.Days {
			from, till := rapid.IntRange(0, 24*60-1).Draw(t, "from"), rapid.IntRange(0, 24*60).Draw(t, "till")
			if from != till && rapid.Bool().Draw(t, "open") {
				h.Days[day] = campaign.Window{From: campaign.Clock(from), Till: campaign.Clock(till)}
			}
		}
		if got, err := campaign.ParseWeek(campaign.WeekString(h)); err != nil || got != h {
			t.Fatalf("%q is read as %v, %v", campaign.WeekString(h), got, err)
		}
	})
}

func TestSpansLeaveNoDayOut(t *testing.T) {
	h := campaign.Hours{}
	h.Days[time.Sunday], h.Days[time.Monday] = hoursOf(9, 20), hoursOf(9, 20)
	if got := h.Spans(); len(got) != 2 || got[0].First != time.Monday || got[1].Last != time.Sunday {
		t.Errorf("a week begins on Monday: %v", got)
	}
}

func FuzzParseWeek(f *testing.F) {
	for _, s := range []string{"Mo-Fr 9-20, Sa 10-18", "22-6", "closed", "Su closed, Mo 9:30-9:30", "Sa-Mo 0-24", "Mo 24-0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		h, err := campaign.ParseWeek(s)
		if err != nil {
			return
		}
		if again, err := campaign.ParseWeek(campaign.WeekString(h)); err != nil || again != h {
			t.Errorf("%q: %v is written as %q and read as %v, %v", s, h, campaign.WeekString(h), again, err)
		}
	})
}
