package words

import (
	"strconv"

	"golang.org/x/text/language"
)

// This file is how each language writes numbers, dates and times: as the CLDR
// has it, but shorter where it is to stand in a table.

func english() *locale {
	return &locale{
		name: "English", tag: language.English,
		group: ",", first: 1_000, decimal: ".", percent: " ",
		clock: "%d:%02d", day: "%s %d %s", date: "%d %s %d", dated: "%s %d %s %d", long: "%s, %d %s %d",
		days:        [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		shortDays:   [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		months:      [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		monthsAlone: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		shortMonths: [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
		and:         " and ", or: " or ",
		quoted: "“…”", ordinal: englishOrdinal,
	}
}

func german() *locale {
	return &locale{
		name: "Deutsch", tag: language.German,
		group: ".", first: 1_000, decimal: ",", percent: space,
		clock: "%02d:%02d", day: "%s %d. %s", date: "%d. %s %d", dated: "%s %d. %s %d", long: "%s, %d. %s %d",
		days:        [7]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
		shortDays:   [7]string{"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"},
		months:      [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
		monthsAlone: [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
		shortMonths: [12]string{"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."},
		and:         " und ", or: " oder ",
		quoted: "„…“", ordinal: germanOrdinal,
	}
}

func spanish() *locale {
	return &locale{
		name: "Español", tag: language.Spanish,
		group: ".", first: 10_000, decimal: ",", percent: space,
		clock: "%d:%02d", day: "%s %d %s", date: "%d %s %d", dated: "%s %d %s %d", long: "%s, %d de %s de %d",
		days:        [7]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
		shortDays:   [7]string{"dom", "lun", "mar", "mié", "jue", "vie", "sáb"},
		months:      [12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
		monthsAlone: [12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
		shortMonths: [12]string{"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"},
		and:         " y ", or: " o ",
		quoted: "«…»", ordinal: spanishOrdinal,
	}
}

func french() *locale {
	return &locale{
		name: "Français", tag: language.French,
		group: narrowSpace, first: 1_000, decimal: ",", percent: narrowSpace,
		clock: "%02d:%02d", day: "%s %d %s", date: "%d %s %d", dated: "%s %d %s %d", long: "%s %d %s %d",
		days:        [7]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
		shortDays:   [7]string{"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."},
		months:      [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
		monthsAlone: [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
		shortMonths: [12]string{"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
		and:         " et ", or: " ou ",
		quoted: "«\u00a0…\u00a0»", ordinal: frenchOrdinal,
	}
}

func polish() *locale {
	return &locale{
		name: "Polski", tag: language.Polish,
		group: space, first: 10_000, decimal: ",", percent: "",
		clock: "%02d:%02d", day: "%s %d %s", date: "%d %s %d", dated: "%s %d %s %d", long: "%s, %d %s %d",
		days:        [7]string{"niedziela", "poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota"},
		shortDays:   [7]string{"niedz.", "pon.", "wt.", "śr.", "czw.", "pt.", "sob."},
		months:      [12]string{"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października", "listopada", "grudnia"},
		monthsAlone: [12]string{"styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec", "lipiec", "sierpień", "wrzesień", "październik", "listopad", "grudzień"},
		shortMonths: [12]string{"sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"},
		and:         " i ", or: " lub ",
		quoted: "„…”", ordinal: germanOrdinal,
	}
}

// germanOrdinal is Polish as well.
func germanOrdinal(n int) string { return strconv.Itoa(n) + "." }

func spanishOrdinal(n int) string { return strconv.Itoa(n) + ".º" }

func frenchOrdinal(n int) string {
	if n == 1 {
		return "1er"
	}
	return strconv.Itoa(n) + "e"
}

// englishOrdinal is 1st, 2nd, 3rd, 11th.
func englishOrdinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix
}
