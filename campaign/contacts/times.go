package contacts

import (
	"strings"
	"time"
	"unicode/utf8"

	"rollcall/campaign"
)

// This file takes what a person writes about times apart into words and times.

// kind is what a token is.
type kind string

const (
	isDay     kind = "d"
	isPart    kind = "p" // of a day
	isClock   kind = "c"
	isTill    kind = "t" // a dash, to; alone: until
	isFrom    kind = "f"
	isAfter   kind = "a"
	isBefore  kind = "b"
	isNot     kind = "n"
	isAny     kind = "y" // at any time
	isEnd     kind = "e" // something else begins
	isBetween kind = "w" // the next end is none
	isHalf    kind = "h" // am, pm
	isNoise   kind = ""
)

// token is one word or time.
type token struct {
	kind        kind
	first, last time.Weekday
	window      campaign.Window
	at          clockTime
	text        string
}

// clockTime is a time of day as it was written.
type clockTime struct {
	at   campaign.Clock
	half bool // with am or pm
	bare bool // may be of either half of the day: neither, and no zero in front
}

func timeOf(c campaign.Clock) clockTime {
	return clockTime{at: c, bare: c >= 60 && c < halfDay+60}
}

// The words in English, German, French, Spanish, Italian and Polish, folded.
// Short ones that mean different days in two languages are left out, but for
// those of German.
const (
	mondayWords    = ` mo mon monday mondays montag montags lun lundi lunes lunedi pn pon poniedzialek poniedzialki `
	tuesdayWords   = ` tu tue tues tuesday tuesdays di dienstag dienstags mar mardi martes martedi wt wtorek wtorki `
	wednesdayWords = ` we wed weds wednesday wednesdays mi mittwoch mittwochs mer mercredi mie miercoles mercoledi sr sroda srody `
	thursdayWords  = ` th thu thur thurs thursday thursdays do donnerstag donnerstags jeu jeudi jue jueves gio giovedi czw czwartek czwartki `
	fridayWords    = ` fr fri friday fridays freitag freitags ven vendredi vie viernes venerdi pt piatek piatki `
	saturdayWords  = ` sa sat saturday saturdays samstag samstags sonnabend sam samedi sab sabado sabados sabato sob sobota soboty `
	sundayWords    = ` su sun sunday sundays so sonntag sonntags dim dimanche dom domingo domingos domenica nd niedz niedziela niedziele `
	workdayWords   = ` weekday weekdays workday workdays werktags wochentags werktage unterderwoche ensemaine semaine entresemana laborables feriali roboczedni dnirobocze `
	weekendWords   = ` weekend weekends wochenende wochenenden weekendy `
	everydayWords  = ` daily everyday taeglich touslesjours todoslosdias tuttiigiorni codziennie `

	morningWords = ` morning mornings forenoon vormittag vormittags morgens frueh matin matins matinee manana mananas mattina mattino mattine rano przedpoludniem `
	noonWords    = ` lunchtime mittags mittag midi mediodia mezzogiorno `
	// From one o'clock: that is when it begins in Spain.
	afternoonWords = ` afternoon afternoons nachmittag nachmittags apresmidi tarde tardes pomeriggio pomeriggi popoludniu popoludnie `
	eveningWords   = ` evening evenings abend abends soir soirs soiree sera sere serata wieczorem wieczor wieczory `
	nightWords     = ` noche noches ` // what follows tarde

	tillWords    = ` to till til until through thru bis a au jusqua hasta al alle fino finoalle `
	fromWords    = ` from ab von de des desde partir dalle dal od starting `
	afterWords   = ` after nach apres despues dopo po `
	beforeWords  = ` before vor avant antes prima przed `
	notWords     = ` not nicht pas no non nie `
	anyWords     = ` anytime always jederzeit immer egal toujours siempre sempre zawsze `
	endWords     = ` and or und oder et ou y o e i oraz lub `
	betweenWords = ` between zwischen entre tra fra miedzy pomiedzy `
	noiseWords   = ` the in at on um an den dem der im le la las los les l il lo el per por w only nur seulement seul solo solamente tylko please bitte
		call calls calling best time times anrufen erreichbar appeler llamar chiamare dzwonic uhr h hrs hr hours oclock std heures heure horas hs ore godz godzinie godzina
		ne je del della du sul godziny lieber gern preferably prefer prefers available `
)

func newClockwork() *clockwork {
	k := &clockwork{words: map[string]token{}, phrases: phrases()}
	for i, list := range []string{sundayWords, mondayWords, tuesdayWords, wednesdayWords, thursdayWords, fridayWords, saturdayWords} {
		k.add(list, token{kind: isDay, first: time.Weekday(i), last: time.Weekday(i)})
	}
	k.add(workdayWords, token{kind: isDay, first: time.Monday, last: time.Friday})
	k.add(weekendWords, token{kind: isDay, first: time.Saturday, last: time.Sunday})
	k.add(everydayWords, token{kind: isDay, first: time.Monday, last: time.Sunday})
	part := func(list string, from, till campaign.Clock) {
		k.add(list, token{kind: isPart, window: campaign.Window{From: from * 60, Till: till * 60}})
	}
	part(morningWords, 6, 12)
	part(noonWords, 12, 14)
	part(afternoonWords, 13, 18)
	part(eveningWords, 18, 22)
	part(nightWords, 20, 22)
	for kind, list := range map[kind]string{
		isTill: tillWords, isFrom: fromWords, isAfter: afterWords, isBefore: beforeWords, isNot: notWords, isAny: anyWords,
		isEnd: endWords, isBetween: betweenWords, isNoise: noiseWords,
	} {
		k.add(list, token{kind: kind})
	}
	k.add(" noon midday ", token{kind: isClock, at: clockTime{at: halfDay}})
	k.add(" midnight ", token{kind: isClock, at: clockTime{at: dayEnd}})
	k.add(" am pm ", token{kind: isHalf})
	return k
}

func (k *clockwork) add(list string, t token) {
	for word := range strings.FieldsSeq(list) {
		t.text = word
		k.words[word] = t
	}
}

// phrases makes one word of those that mean something only together.
func phrases() *strings.Replacer {
	return strings.NewReplacer(
		"–", "-", "—", "-", "−", "-", "‑", "-", "‐", "-", "’", "'", "\u00a0", " ", "\u202f", " ",
		"a.m", "am", "p.m", "pm", "a. m", "am", "p. m", "pm", "o'clock", "oclock", "don't", "not", "do not", "not", "jusqu'a", "jusqua",
		"apres-midi", "apresmidi", "apres midi", "apresmidi", "week-end", "weekend", "week end", "weekend", "fin de semana", "weekend",
		"fines de semana", "weekend", "fine settimana", "weekend", "entre semana", "entresemana", "en semaine", "ensemaine",
		"unter der woche", "werktags", "dni robocze", "dnirobocze", "every day", "daily", "tous les jours", "daily", "todos los dias", "daily",
		"tutti i giorni", "daily", "any time", "anytime", "n'importe quand", "anytime", "cualquier hora", "anytime", "qualsiasi ora", "anytime",
		"a partir des", "from", "a partir de", "from", "di mattina", "mattina", "di pomeriggio", "pomeriggio", "di sera", "sera", "a partire dalle", "from", "a partire da", "from", "po poludniu", "popoludniu",
		"przed poludniem", "przedpoludniem", "no later than", "until", "not later than", "until", "no earlier than", "from",
		"not earlier than", "from", "fino alle", "finoalle", "despues de", "despues", "antes de", "antes", "prima delle", "prima", "dopo le", "dopo",
	)
}

// tokens takes a text apart; false if it has anything that is not known.
func (k *clockwork) tokens(said string) ([]token, bool) {
	s := k.phrases.Replace(fold(said))
	var list []token
	for s != "" {
		t, n := k.next(s)
		if n == 0 {
			return nil, false
		}
		s = s[n:]
		switch {
		case t.kind == isHalf:
			if !halve(list, t.text) {
				return nil, false
			}
		case t.kind != isNoise:
			list = append(list, t)
		}
	}
	join(list)
	return list, true
}

// halve says of which half of the day the last token is; false if it cannot be.
func halve(list []token, half string) bool {
	if len(list) == 0 || list[len(list)-1].kind != isClock {
		return half == "am" // a word of German too
	}
	return list[len(list)-1].at.set(half)
}

// next returns the token that s begins with, and how long it is; 0 if that is
// not known.
func (k *clockwork) next(s string) (token, int) {
	switch c := s[0]; {
	case c >= '0' && c <= '9':
		return clockToken(s)
	case c >= 'a' && c <= 'z' || c >= utf8.RuneSelf:
		n := strings.IndexFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && r < utf8.RuneSelf })
		if n < 0 {
			n = len(s)
		}
		t, known := k.words[s[:n]]
		if !known {
			return token{}, 0
		}
		return t, n
	case c == '-':
		return token{kind: isTill}, 1
	case strings.IndexByte(",;/&|\n\r", c) >= 0:
		return token{kind: isEnd}, 1
	case strings.IndexByte(" \t.:()'", c) >= 0:
		return token{}, 1
	default:
		return token{}, 0
	}
}

// clockToken reads 9, 09:30, 9.30, 9h30 and 0930.
func clockToken(s string) (token, int) {
	digits := leading(s)
	hour, n := digits, digits
	minutes := ""
	switch {
	case hour == 4:
		hour, minutes = 2, s[2:4]
	case hour > 2:
		return token{}, 0
	case n < len(s) && strings.IndexByte(":.h", s[n]) >= 0 && leading(s[n+1:]) == 2:
		minutes, n = s[n+1:n+3], n+3
	case n < len(s) && s[n] == ':' || n+1 < len(s) && s[n] == '.' && leading(s[n+1:]) > 0:
		return token{}, 0
	}
	text := s[:hour]
	if minutes != "" {
		text += ":" + minutes
	}
	at, err := campaign.ParseClock(text)
	if err != nil {
		return token{}, 0
	}
	t := timeOf(at)
	t.bare = t.bare && s[0] != '0' && digits != 4
	return token{kind: isClock, at: t}, n
}

// leading is how many digits s begins with.
func leading(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }

// set makes a time one of the morning or of the afternoon; false if there is
// no such time.
func (t *clockTime) set(half string) bool {
	switch {
	case t.half || t.at < 60 || t.at >= halfDay+60 && half == "am":
		return false
	case half == "pm" && t.at < halfDay:
		t.at += halfDay
	case half == "am" && t.at >= halfDay:
		t.at -= halfDay
	}
	t.half, t.bare = true, false
	return true
}

// join settles what only neighbours tell: the word between two times is none
// behind "between", and the Polish "do" is no Thursday behind a time.
func join(list []token) {
	is := func(i int, k kind) bool { return i >= 0 && i < len(list) && list[i].kind == k }
	for i := range list {
		switch {
		case is(i, isBetween) && is(i+1, isClock) && is(i+2, isEnd) && is(i+3, isClock):
			list[i].kind, list[i+2].kind = isFrom, isTill
		case is(i, isDay) && list[i].text == "do" && is(i-1, isClock):
			list[i].kind = isTill
		}
	}
}
