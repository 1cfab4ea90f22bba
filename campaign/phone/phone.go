// Package phone knows telephone numbers: it reads what people type and what
// spreadsheets make of it, and answers with E.164, kind, country and time
// zones. It is the only package that knows github.com/nyaruka/phonenumbers,
// the Go form of Google's libphonenumber.
//
// # Reading
//
// [Parse] (parse.go) makes a [Number] of text, or says [Why] not. No digit is
// guessed: what people add to a number is taken away (clean.go), prefixes with
// a fixed meaning are read (old.go), and what remains is a number of the plan
// or is not. [Padded] and [Unplussed] (repair.go) put back what a spreadsheet
// takes from the front of numbers, and tell when that is certain. [Split] sets
// extensions apart.
//
// # Speed
//
// The library is the authority and takes 12 µs a number (slow.go). Ordinary
// text is answered without it, forty times as fast: at first use, the patterns
// of a calling code (plan.go) are compiled to one automaton over digits
// (automaton.go), and what is dialled before a number to a matcher (prefix.go);
// fast.go then takes the library's steps on them. Both are made from the
// library's own metadata by package regexp/syntax, so that they match what
// package regexp would; whatever they do not understand goes to the library.
// The tests hold both to the same answers.
//
// # Facts
//
// Numbers know their region and forms (number.go), their [Kind] (kind.go) and
// time zones (zones.go); those kept for fiction, which plans leave out, are in
// fiction.go. [PlaceZones] (place.go) has the zones of states and postcodes,
// [CommonZones] those on which all sources agree, and [CountryRegion]
// (country.go) the regions of countries' names.
//
// Everything is safe for use by several goroutines.
package phone

import "log/slog"

// Number is a number in E.164, "+13125550142", or empty. In logs all but its
// last two digits are masked.
type Number string

// LogValue masks the number.
func (n Number) LogValue() slog.Value {
	if len(n) < 2 {
		return slog.StringValue("")
	}
	return slog.StringValue("…" + string(n[len(n)-2:]))
}

// Region is a country by its two letters (ISO 3166-1), "US".
type Region string
