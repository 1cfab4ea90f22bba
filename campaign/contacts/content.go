package contacts

import (
	"regexp"
	"strings"
	"unicode"

	"rollcall/campaign"
	"rollcall/campaign/phone"
)

// sample is how many filled cells of a column are looked at to tell what it
// holds, and all how many of a table, however wide it is.
const (
	sample = 200
	all    = 200_000
)

// facts are what the cells of one column are: each a share of those that are
// filled, from 0 to 1.
type facts struct {
	filled    int
	numbers   float64 // of telephones, damaged ones too
	distinct  float64
	emails    float64
	postcodes float64
	zones     float64
	countries float64
	states    float64
	answers   float64 // yes, no and their like
	languages float64
	letters   float64 // words without digits
	keys      float64 // could be someone's key: one word
	places    float64 // postcodes that cannot be anything else
	paths     float64 // zones by their IANA names
	lands     float64 // countries by their names, not by codes
	hours     float64 // when somebody wants to be called
	wishes    float64 // the same, as nothing else is written
	ranks     float64 // priorities
}

// look finds the facts of all columns.
func look(t *campaign.Table, l *layout, region phone.Region) []facts {
	each := max(5, min(sample, all/max(1, len(l.names))))
	list, clock := make([]facts, len(l.names)), newClockwork()
	for i := range list {
		f := &list[i]
		seen := map[string]bool{}
		for _, row := range t.Sample {
			c := l.cell(row, i)
			if !filled(c) {
				continue
			}
			seen[strings.TrimSpace(c.Text)] = true
			f.count(c, region)
			f.countWishes(c, clock)
			if f.filled == each {
				break
			}
		}
		f.share(len(seen))
	}
	return list
}

func (f *facts) count(c campaign.Cell, region phone.Region) {
	f.filled++
	add := func(to *float64, is bool) {
		if is {
			*to++
		}
	}
	text := strings.TrimSpace(c.Text)
	add(&f.letters, hasLetters(text))
	if hasLetters(text) {
		word := fold(text)
		add(&f.answers, isYes(word) || isNo(word))
		add(&f.languages, isLanguage(word))
		add(&f.zones, zoneNamed(text) != "")
		_, country := phone.CountryRegion(text)
		add(&f.countries, country)
		add(&f.lands, country && len(text) > 3)
		add(&f.states, phone.PlaceZones(region, text, "") != nil)
	} else {
		add(&f.answers, text == "0" || text == "1")
		add(&f.numbers, isNumber(c, region))
		add(&f.zones, strings.Contains(text, "/") && zoneNamed(text) != "") // Etc/GMT+5
	}
	add(&f.paths, strings.Contains(text, "/") && zoneNamed(text) != "")
	add(&f.emails, email.MatchString(text))
	add(&f.postcodes, postcode.MatchString(text))
	add(&f.places, letteredPostcode.MatchString(text))
	add(&f.keys, key.MatchString(text))
}

// countWishes counts a cell that says when, or before whom, somebody is called.
func (f *facts) countWishes(c campaign.Cell, clock *clockwork) {
	if w, known := clock.read(c.Text); known {
		f.hours++
		if w.open {
			f.wishes++
		}
	}
	if _, known := priorityOf(strings.TrimSpace(c.Text)); known {
		f.ranks++
	}
}

// share turns counts into shares.
func (f *facts) share(distinct int) {
	f.distinct = float64(distinct)
	if f.filled == 0 {
		return
	}
	for _, n := range []*float64{
		&f.numbers, &f.distinct, &f.emails, &f.postcodes, &f.zones, &f.countries, &f.states, &f.answers, &f.languages, &f.letters, &f.keys, &f.places, &f.paths, &f.lands,
		&f.hours, &f.wishes, &f.ranks,
	} {
		*n /= float64(f.filled)
	}
}

// isNumber tells whether a cell is about a telephone number, be it damaged.
func isNumber(c campaign.Cell, region phone.Region) bool {
	r := readNumber(c, region)
	if r.number != "" || r.proposal != "" {
		return r.problem != campaign.ProblemDate
	}
	return r.problem == campaign.ProblemDigitsLost || r.problem == campaign.ProblemTwoNumbers || r.problem == campaign.ProblemLocal
}

func hasLetters(s string) bool {
	letters := strings.IndexFunc(s, unicode.IsLetter) >= 0
	return letters && strings.IndexFunc(s, unicode.IsDigit) < 0
}

var email = regexp.MustCompile(`^(?i:mailto:)?[^@\s]+@[^@\s]+\.[^@\s.]+$`)
var key = regexp.MustCompile(`^[^\s@]{1,40}$`)

// The postcodes of the countries of the product's languages and their
// neighbours: 5 digits, ZIP+4, 4 digits, Canada's, Britain's, Poland's, the
// Netherlands', Portugal's and Brazil's, with or without a country's letters.
var postcode = regexp.MustCompile(`^(?i:(?:[a-z]{1,2}-)?(?:[0-9]{4,5}|[0-9]{5}-[0-9]{3,4}|[0-9]{2}-[0-9]{3}|[0-9]{4}-[0-9]{3}|[0-9]{4} ?[a-z]{2})|` +
	lettered + `)$`)

// The postcodes that cannot be anything else.
var letteredPostcode = regexp.MustCompile(`^(?i:` + lettered + `)$`)

const lettered = `[a-z][0-9][a-z][ -]?[0-9][a-z][0-9]|[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][a-z]{2}`

// within tells whether a word is in a list of words apart by blanks.
func within(list, word string) bool {
	if word == "" || strings.Contains(word, " ") || !strings.Contains(list, word) {
		return false
	}
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}

// The words are folded, in English, German, French, Spanish, Italian, Polish.
const (
	yesWords = ` yes y true t 1 x ✓ ✔ ☑ ja j wahr oui o vrai si s verdadero vero tak prawda `
	noWords  = ` no n false f 0 nein falsch non faux falso nie falsz ✗ ✘ `
	// What columns of consent and of people who are not called say besides.
	refusedWords = ` optout optedout declined denied refused withdrawn revoked unsubscribed abgelehnt widerrufen verweigert refuse
		retire rechazado denegado revocado rifiutato revocato odmowa wycofana `
	blockedWords = ` dnc donotcall optout optedout stop blocked nocall gesperrt nichtanrufen neplusappeler nepasappeler nollamar nonchiamare
		niedzwonic nodzwonic `
	agreedWords = ` optin optedin agreed granted consented accepted zugestimmt eingewilligt erteilt accorde accepte acepta aceptado
		concedido accettato concesso udzielona wyrazona `
	topWords = ` highest urgent asap critical immediate veryhigh sehrhoch hoechste dringend eilig sofort urgente urgence treshaute muyalta
		altissima critica kritisch critique pilne pilny najwyzszy bardzowysoki `
	highWords     = ` high h important hoch hohe hoher wichtig haut haute elevee importante alta alto elevada wysoki wysoka wysokie wazne `
	evenWords     = ` normal medium average standard default middle mittel normale moyenne moyen media medio sredni srednia normalna normalny `
	lowWords      = ` low l niedrig niedrige gering basse bas faible baja bajo bassa basso niski niska niskie `
	languageWords = ` en de fr es it pl pt nl da sv no nb fi cs sk hu ro el tr ru uk ar zh ja ko vi eng deu ger fra fre spa esp ita pol
		english german french spanish italian polish portuguese dutch russian chinese arabic vietnamese
		englisch deutsch franzoesisch spanisch italienisch polnisch tuerkisch russisch arabisch
		anglais allemand francais espagnol italien polonais ingles aleman frances espanol italiano polaco
		inglese tedesco francese spagnolo polacco angielski niemiecki francuski hiszpanski wloski polski `
)

func isYes(word string) bool { return within(yesWords, squeeze(word)) }
func isNo(word string) bool  { return within(noWords, squeeze(word)) }

// isBlocked tells whether a cell says that the person is not to be called.
func isBlocked(said string) bool {
	word := squeeze(fold(said))
	return within(yesWords, word) || within(blockedWords, word)
}

// isRefused tells whether a cell says that the person does not agree.
func isRefused(said string) bool {
	word := squeeze(fold(said))
	return within(noWords, word) || within(refusedWords, word)
}

// isAgreed tells whether a cell says that the person agrees.
func isAgreed(said string) bool {
	word := squeeze(fold(said))
	return within(yesWords, word) || within(agreedWords, word)
}

func isLanguage(word string) bool {
	language, _, _ := strings.Cut(strings.ReplaceAll(word, "_", "-"), "-") // en-US
	return within(languageWords, language)
}

// squeeze takes blanks and punctuation out of a word.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) {
			return -1
		}
		return r
	}, s)
}
