package words_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
)

// use speaks l until the test has ended.
func use(t *testing.T, l words.Language) {
	t.Helper()
	words.Use(l)
	t.Cleanup(func() { words.Use(words.English) })
}

func TestLanguageOfALocale(t *testing.T) {
	for locale, want := range map[string]words.Language{
		"de-AT": words.German, "de": words.German, "pl_PL.UTF-8": words.Polish, "fr-CA": words.French, "es-419": words.Spanish,
		"en-GB": words.English, "it-IT": words.English, "C": words.English, "": words.English, "sv": words.English,
	} {
		if got := words.LanguageOf(locale); got != want {
			t.Errorf("%s: %s, want %s", locale, got, want)
		}
	}
}

func TestEnglishIsSaidOfWhatIsNotTranslated(t *testing.T) {
	use(t, words.Polish)
	for want, got := range map[string]string{
		"No such text":  words.Say("No such text"),
		"Turn":          words.Say("Turn||the noun"),
		"7 of them":     words.Say("%d of them||test", 7),
		"1 of a kind":   words.Many(1, "%s of a kind", "%s of all kinds"),
		"They are left": words.Many(2, "It is left", "They are left"),
		"It is of use":  words.Many(1, "It is of %[2]s", "They are of %[2]s", "use"),
		"2 of no kinds": words.Many(2, "%s of %s kind||test", "%s of %s kinds||test", "no"),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestEachKindOfNumberHasItsText(t *testing.T) {
	for language, want := range map[words.Language]string{
		words.English: "0 people, 1 person, 2 people, 5 people, 22 people, 1,217 people",
		words.German:  "0 Personen, 1 Person, 2 Personen, 5 Personen, 22 Personen, 1.217 Personen",
		words.Spanish: "0 personas, 1 persona, 2 personas, 5 personas, 22 personas, 1217 personas",
		words.French:  "0 personne, 1 personne, 2 personnes, 5 personnes, 22 personnes, 1\u202f217 personnes",
		words.Polish:  "0 osób, 1 osoba, 2 osoby, 5 osób, 22 osoby, 1217 osób",
	} {
		t.Run(string(language), func(t *testing.T) {
			use(t, language)
			var got []string
			for _, n := range []int{0, 1, 2, 5, 22, 1217} {
				got = append(got, words.Many(n, "%s person", "%s people"))
			}
			if diff := cmp.Diff(want, strings.Join(got, ", ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNumbers(t *testing.T) {
	for language, want := range map[words.Language]string{
		words.English: "0 999 1,000 -1,217 12,345 1,234,567 0.5 2,345.25 69 %",
		words.German:  "0 999 1.000 -1.217 12.345 1.234.567 0,5 2.345,25 69\u00a0%",
		words.Spanish: "0 999 1000 -1217 12.345 1.234.567 0,5 2345,25 69\u00a0%",
		words.French:  "0 999 1\u202f000 -1\u202f217 12\u202f345 1\u202f234\u202f567 0,5 2\u202f345,25 69\u202f%",
		words.Polish:  "0 999 1000 -1217 12\u00a0345 1\u00a0234\u00a0567 0,5 2345,25 69%",
	} {
		t.Run(string(language), func(t *testing.T) {
			use(t, language)
			var got []string
			for _, n := range []int{0, 999, 1000, -1217, 12345, 1234567} {
				got = append(got, words.Number(n))
			}
			got = append(got, words.Decimal(0.5, 1), words.Decimal(2345.25, 2), words.Percent(69))
			if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDates(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 5, 0, 0, time.UTC)
	march := time.Date(2027, 3, 2, 16, 30, 0, 0, time.UTC)
	for language, want := range map[words.Language]string{
		words.English: "9:05|Tue 24 Nov 9:06|Tue 2 Mar 2027 16:30|24 Nov 2026|Tuesday, 2 March 2027|Wednesday Thu|September|24:00",
		words.German:  "09:05|Di 24. Nov. 09:06|Di 2. März 2027 16:30|24. Nov. 2026|Dienstag, 2. März 2027|Mittwoch Do|September|24:00",
		words.Spanish: "9:05|mar 24 nov 9:06|mar 2 mar 2027 16:30|24 nov 2026|martes, 2 de marzo de 2027|miércoles jue|septiembre|24:00",
		words.French:  "09:05|mar. 24 nov. 09:06|mar. 2 mars 2027 16:30|24 nov. 2026|mardi 2 mars 2027|mercredi jeu.|septembre|24:00",
		words.Polish:  "09:05|wt. 24 lis 09:06|wt. 2 mar 2027 16:30|24 lis 2026|wtorek, 2 marca 2027|środa czw.|wrzesień|24:00",
	} {
		t.Run(string(language), func(t *testing.T) {
			use(t, language)
			got := []string{
				words.When(now, now), words.When(now.Add(time.Minute), now.AddDate(0, 0, 1)), words.When(march, now), words.Date(now), words.LongDate(march),
				words.Weekday(time.Wednesday) + " " + words.ShortWeekday(time.Thursday), words.Month(time.September), words.ClockOf(campaign.Clock(24 * 60)),
			}
			if diff := cmp.Diff(want, strings.Join(got, "|")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEveryLanguageHasAllNames(t *testing.T) {
	for _, l := range words.Languages() {
		use(t, l)
		seen := map[string]bool{"": true}
		for d := range time.Weekday(7) {
			for _, said := range []string{words.Weekday(d), words.ShortWeekday(d)} {
				if seen[said] {
					t.Errorf("%s: %q twice", l, said)
				}
				seen[said] = true
			}
		}
		months := map[string]bool{"": true}
		for m := time.January; m <= time.December; m++ {
			at := time.Date(2026, m, 3, 0, 0, 0, 0, time.UTC)
			for _, said := range []string{words.Month(m), "in short " + words.ShortMonth(m), words.Date(at)} {
				if months[said] {
					t.Errorf("%s: %q twice", l, said)
				}
				months[said] = true
			}
		}
		if words.LanguageOf(string(l)) != l || words.InUse() != l || l.Name() == "" {
			t.Errorf("%s is not itself", l)
		}
	}
}

func TestDurations(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 s", 65 * time.Second: "1 min 5 s", 70 * time.Minute: "70 min 0 s", 200 * time.Minute: "3 h 20 min",
		47 * time.Hour: "47 h 0 min", 50 * time.Hour: "2 days",
	} {
		if got := words.Duration(d); got != want {
			t.Errorf("%s: %s, want %s", d, got, want)
		}
	}
}

func TestTelephoneNumbersAreWrittenAsAtHome(t *testing.T) {
	t.Cleanup(func() { words.Home("") })
	for region, want := range map[phone.Region]string{"": "(312) 555-0142 030 901820", "US": "(312) 555-0142 +49 30 901820", "DE": "+1 312-555-0142 030 901820"} {
		words.Home(region)
		use(t, words.German) // which changes nothing about it
		if got := words.Phone("+13125550142") + " " + words.Phone("+4930901820"); got != want {
			t.Errorf("in %q: %s, want %s", region, got, want)
		}
	}
}

func TestLists(t *testing.T) {
	for want, got := range map[string]string{
		"": words.And(nil), "a": words.Or([]string{"a"}), "a and b": words.And([]string{"a", "b"}), "a, b or c": words.Or([]string{"a", "b", "c"}),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func BenchmarkSay(b *testing.B) {
	words.Use(words.German)
	b.Cleanup(func() { words.Use(words.English) })
	b.Run("alone", func(b *testing.B) {
		for b.Loop() {
			words.Say("Not reached")
		}
	})
	b.Run("args", func(b *testing.B) {
		for b.Loop() {
			words.Say("%d of %s in use", 3, "lines")
		}
	})
	b.Run("many", func(b *testing.B) {
		for b.Loop() {
			words.Many(1217, "%s person", "%s people")
		}
	})
	b.Run("number", func(b *testing.B) {
		for b.Loop() {
			words.Number(1217)
		}
	})
}
