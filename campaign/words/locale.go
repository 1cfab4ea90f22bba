package words

import (
	"slices"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Language is one in which Rollcall speaks, by its two letters.
type Language string

// The languages.
const (
	English Language = "en"
	German  Language = "de"
	Spanish Language = "es"
	French  Language = "fr"
	Polish  Language = "pl"
)

// Languages returns all languages, in the order in which they are offered.
func Languages() []Language { return []Language{English, German, Spanish, French, Polish} }

// Name is what a language calls itself.
func (l Language) Name() string { return localeOf(l).name }

// LanguageOf is the language for a locale such as "de-AT", "de" or
// "pl_PL.UTF-8"; English for one that Rollcall does not speak.
func LanguageOf(name string) Language {
	if l := Language(firstLetters(name)); slices.Contains(Languages(), l) {
		return l
	}
	return English
}

func firstLetters(locale string) string {
	tag, err := language.Parse(locale)
	if err != nil && len(locale) > 1 { // a locale of POSIX, with its encoding
		return locale[:2]
	}
	base, _ := tag.Base()
	return base.String()
}

// locale is how a language writes numbers, dates and times. The patterns take
// what their comments name, in that order.
type locale struct {
	name    string
	tag     language.Tag
	group   string // between thousands
	first   int    // the least number that has it
	decimal string
	percent string // before the sign

	clock string // hour, minute
	day   string // weekday, day, month
	date  string // day, month, year
	dated string // weekday, day, month, year
	long  string // weekday, day, month, year, all in full

	days, shortDays                  [7]string
	months, monthsAlone, shortMonths [12]string // months stand within a date
	and, or                          string     // between the last two of a list
	quoted                           string     // … in quotation marks
	ordinal                          func(n int) string
}

// form is the kind of number that n is.
func (l *locale) form(n int) plural.Form {
	const enough = 10_000_000 // the rules look at no more than these digits
	return plural.Cardinal.MatchPlural(l.tag, max(n, -n)%enough, 0, 0, 0, 0)
}

// Forms are the kinds of number for which l has a text of its own, "one",
// "few", "many" or "other", by how many there are.
func (l Language) Forms() []string {
	if l == Polish {
		return []string{"one", "few", "many", "other"}
	}
	return []string{"one", "other"}
}

func localeOf(l Language) *locale {
	switch l {
	case German:
		return german()
	case Spanish:
		return spanish()
	case French:
		return french()
	case Polish:
		return polish()
	default:
		return english()
	}
}

// The spaces that hold what they stand between together.
const (
	space       = "\u00a0"
	narrowSpace = "\u202f"
)
