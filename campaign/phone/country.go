package phone

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

//go:embed countries.txt
var countryText string

//nolint:gochecknoglobals // made once from countryText, never changed
var countries = sync.OnceValue(func() map[string]Region {
	m := map[string]Region{}
	for _, line := range textLines(countryText) {
		two, rest, _ := strings.Cut(line, " ")
		three, names, _ := strings.Cut(rest, " ")
		m[fold(three)] = Region(two)
		for name := range strings.SplitSeq(names, ",") {
			m[fold(name)] = Region(two)
		}
	}
	return m
})

// CountryRegion returns the region that a cell about a country means: its name
// in one of the product's languages, its two or three letters (ISO 3166-1), or
// its calling code with a plus or 00. A code that several countries share
// stands for the main one of them: their numbers are read alike.
func CountryRegion(words string) (Region, bool) {
	text := strings.TrimSpace(Clean(words))
	if code, found := callingCode(text); found {
		return mainRegion(code)
	}
	name := fold(text)
	if r, found := countries()[name]; found {
		return r, true
	}
	if r := Region(strings.ToUpper(name)); len(name) == 2 && KnownRegion(r) {
		return r, true
	}
	return "", false
}

// callingCode returns the digits after a plus or 00.
func callingCode(text string) (string, bool) {
	rest, found := strings.CutPrefix(text, "+")
	if !found {
		rest, found = strings.CutPrefix(text, "00")
	}
	rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
	return rest, found && allDigits(rest)
}

// mainRegion returns the first country that has a calling code.
func mainRegion(code string) (Region, bool) {
	if len(code) > 3 {
		return "", false
	}
	p, rest := plans().code([]byte(code))
	if p == nil || len(rest) > 0 {
		return "", false
	}
	r := region(string(p.regions[0]))
	return r, r != ""
}
