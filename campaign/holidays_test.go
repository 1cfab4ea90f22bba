package campaign_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
)

// dates writes days as "01-20 05-26".
func dates(days []campaign.Day) string {
	var list []string
	for _, d := range days {
		list = append(list, time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Format("01-02"))
	}
	return strings.Join(list, " ")
}

// TestWholeYears compares years with the lists that governments published.
func TestWholeYears(t *testing.T) {
	for _, test := range []struct {
		key  string
		year int
		want string
	}{
		{"us-federal", 2024, "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"},
		{"us-federal", 2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"},
		{"us-federal", 2026, "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25"},
		// 1 January 2028 is a Saturday and kept in 2027.
		{"us-federal", 2027, "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31"},
		{"us-ri", 2026, "01-01 01-19 02-16 05-04 05-25 06-19 07-03 07-04 07-06 08-10 09-07 10-12 11-03 11-11 11-26 12-25"},
		{"us-pa", 2024, "01-01 01-15 02-19 03-29 05-27 06-14 06-19 07-04 09-02 10-14 11-05 11-11 11-28 12-25"},
		{"us-ut", 2025, "01-01 01-20 02-17 05-26 06-16 06-19 07-04 07-24 09-01 10-13 11-11 11-27 12-25"},
		{"gb-eng", 2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"},
		{"gb-eng", 2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"},
		{"gb-eng", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28"},
		{"gb-eng", 2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28"},
		{"gb-sct", 2026, "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-26 12-28"},
		{"gb-sct", 2025, "01-01 01-02 04-18 05-05 05-26 08-04 11-30 12-01 12-25 12-26"},
		{"gb-nir", 2025, "01-01 03-17 04-18 04-21 05-05 05-26 07-12 07-14 08-25 12-25 12-26"},
		{"de", 2025, "01-01 04-18 04-21 05-01 05-29 06-09 10-03 12-25 12-26"},
		{"at", 2026, "01-01 01-06 04-06 05-01 05-14 05-25 06-04 08-15 10-26 11-01 12-08 12-25 12-26"},
		{"fr", 2025, "01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25"},
		{"es", 2024, "01-01 01-06 03-29 05-01 08-15 10-12 11-01 12-06 12-08 12-25"},
		{"it", 2025, "01-01 01-06 04-20 04-21 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26"},
		{"it", 2027, "01-01 01-06 03-28 03-29 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26"},
		{"pl", 2024, "01-01 01-06 03-31 04-01 05-01 05-03 05-19 05-30 08-15 11-01 11-11 12-25 12-26"},
		{"pl", 2025, "01-01 01-06 04-20 04-21 05-01 05-03 06-08 06-19 08-15 11-01 11-11 12-24 12-25 12-26"},
		{"nl", 2025, "01-01 04-20 04-21 04-26 05-29 06-08 06-09 12-25 12-26"},
		{"nl", 2026, "01-01 04-05 04-06 04-27 05-14 05-24 05-25 12-25 12-26"},
		{"ie", 2025, "01-01 02-03 03-17 04-21 05-05 06-02 08-04 10-27 12-25 12-26"},
		{"ie", 2030, "01-01 02-01 03-17 04-22 05-06 06-03 08-05 10-28 12-25 12-26"},
		{"gr", 2024, "01-01 01-06 03-18 03-25 05-01 05-03 05-05 05-06 06-24 08-15 10-28 12-25 12-26"},
		{"bg", 2024, "01-01 03-03 03-04 05-01 05-03 05-04 05-05 05-06 05-24 09-06 09-22 09-23 12-24 12-25 12-26"},
		{"ro", 2025, "01-01 01-02 01-06 01-07 01-24 04-18 04-20 04-21 05-01 06-01 06-08 06-09 08-15 11-30 12-01 12-25 12-26"},
		{"se", 2025, "01-01 01-06 04-18 04-20 04-21 05-01 05-29 06-06 06-08 06-21 11-01 12-25 12-26"},
		{"fi", 2026, "01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 06-20 10-31 12-06 12-25 12-26"},
		{"dk", 2024, "01-01 03-28 03-29 03-31 04-01 05-09 05-19 05-20 12-25 12-26"},
	} {
		days, found := campaign.HolidaysOf(test.key, test.year)
		if diff := cmp.Diff(test.want, dates(days)); !found || diff != "" {
			t.Errorf("%s %d: %v (-want +got)\n%s", test.key, test.year, found, diff)
		}
	}
}

func TestMardiGras(t *testing.T) {
	for year, want := range map[int]campaign.Day{
		2024: {Year: 2024, Month: time.February, Day: 13},
		2025: {Year: 2025, Month: time.March, Day: 4},
		2026: {Year: 2026, Month: time.February, Day: 17},
	} {
		for _, key := range []string{"us-la", "us-al"} {
			if days, _ := campaign.HolidaysOf(key, year); !slices.Contains(days, want) {
				t.Errorf("%s has no %v: %v", key, want, days)
			}
		}
	}
}

// TestEveryCalendarEveryYear: days are in their year, in order, each once, and
// in the leap years too.
func TestEveryCalendarEveryYear(t *testing.T) {
	keys := campaign.HolidayCalendars()
	if len(keys) < 36 || !slices.IsSorted(keys) {
		t.Fatalf("%d calendars: %v", len(keys), keys)
	}
	for _, key := range keys {
		for year := 2024; year <= 2099; year++ {
			days, found := campaign.HolidaysOf(key, year)
			if !found || len(days) < 8 || len(days) > 30 {
				t.Fatalf("%s %d: %v, %v", key, year, found, days)
			}
			for i, d := range days {
				real := campaign.DayOf(time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC)) == d
				if !real || d.Year != year || i > 0 && days[i-1].Compare(d) >= 0 {
					t.Fatalf("%s %d: %v", key, year, days)
				}
			}
		}
	}
}

func TestHolidaysThatNobodyKnows(t *testing.T) {
	for _, year := range []int{0, 2023, 2100, -1} {
		if days, found := campaign.HolidaysOf("de", year); found || days != nil {
			t.Errorf("%d: %v", year, days)
		}
	}
	if _, found := campaign.HolidaysOf("xx", 2026); found {
		t.Error("there is no xx")
	}
}

func TestHolidaysAreTheCallers(t *testing.T) {
	first, _ := campaign.HolidaysOf("us-ri", 2026)
	want := slices.Clone(first)
	clear(first)
	if again, _ := campaign.HolidaysOf("us-ri", 2026); !slices.Equal(again, want) {
		t.Errorf("%v, want %v", again, want)
	}
}

func TestDayRule(t *testing.T) {
	for text, want := range map[string]string{
		"29 Feb":                       "2028-02-29",
		"Easter":                       "2028-04-16",
		"Easter-47":                    "2028-02-29",
		"Orthodox+1":                   "2028-04-17",
		"1st Sat Jan":                  "2028-01-01",
		"4th Mon Dec":                  "2028-12-25",
		"last Sun Dec":                 "2028-12-31",
		"last Tue Feb":                 "2028-02-29",
		"Sat 31 Oct-6 Nov":             "2028-11-04",
		"Mon 1-7 May":                  "2028-05-01",
		"Sun 1-7 May":                  "2028-05-07",
		"Sat 26-26 Apr else 27 Apr":    "2028-04-27",
		"Fri 1-1 Feb else 1st Mon Feb": "2028-02-07",
		"1 May since 2028":             "2028-05-01",
		"1 May since 2029":             "",
		"1 May in 2028":                "2028-05-01",
		"1 May in 2026":                "",
		"1 May in even years":          "2028-05-01",
		"Sat 26-26 Apr":                "",
	} {
		rule, err := campaign.DayRule(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		got := ""
		if d, kept := rule(2028); kept {
			got = time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestDayRuleRefuses(t *testing.T) {
	for _, text := range []string{
		"", "1", "Jan", "32 Jan", "30 Feb", "0 Jan", "1 January", "Easter39", "Easter+", "Easter+81", "Orthodox +1", "5th Mon Jan",
		"3rd Mon", "Mon", "Mon 3", "Sat 20-26", "Sat 20 Jun", "1 May since now", "1 May in odd years", "1 May else", "1 Jan 2026",
	} {
		if _, err := campaign.DayRule(text); err == nil {
			t.Errorf("%q is taken for a day", text)
		}
	}
}

func TestReadCalendarsRefuses(t *testing.T) {
	for text, want := range map[string]string{
		`{"a": {"days": ["1 Jan"]}}`:                                                       "no source",
		`{"a": {"source": "s", "days": ["1"]}}`:                                            `day "1"`,
		`{"a": {"source": "s", "moving": ["1 Jan"]}}`:                                      "moves",
		`{"a": {"source": "s", "days": ["1 Jan"], "moves": "on"}}`:                         "moves",
		`{"a": {"source": "s", "with": "b"}}`:                                              "built on",
		`{"a": {"source": "s", "with": "a"}}`:                                              "built on",
		`{"a": {"source": "s", "feasts": []}}`:                                             "feasts",
		`{"a": {"source": "s", "moving": ["x"], "moves": "on"}} {}`:                        "follows the end",
		`{"a": {"source": "s", "days": ["1 Jan"], "moving": ["4 Jul"], "moves": "later"}}`: "moves",
	} {
		if _, err := campaign.ReadCalendars([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

func FuzzDayRule(f *testing.F) {
	for _, s := range []string{"29 Feb", "Easter-47", "3rd Mon Jan", "Sat 31 Oct-6 Nov", "Fri 1-1 Feb else 1 May since 2025", "1 May in even years"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		rule, err := campaign.DayRule(s)
		if err != nil {
			return
		}
		if d, kept := rule(2025); kept && (d.Year != 2025 || campaign.DayOf(time.Date(2025, d.Month, d.Day, 0, 0, 0, 0, time.UTC)) != d) {
			t.Errorf("%q is %v", s, d)
		}
	})
}
