package phone

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

//go:embed places.txt
var placeText string

//go:embed clocks.txt
var clockText string

// atlas is what is known of places.
type atlas struct {
	states    map[placeKey][]string
	postcodes map[placeKey][]string // by their first characters
	clocks    map[string]string     // the zone that stands for another one
}

type placeKey struct {
	region Region
	name   string
}

//nolint:gochecknoglobals // made once from placeText and clockText, never changed
var places = sync.OnceValue(func() *atlas {
	a := &atlas{states: map[placeKey][]string{}, postcodes: map[placeKey][]string{}, clocks: map[string]string{}}
	for _, line := range textLines(placeText) {
		place, zones, _ := strings.Cut(line, ":")
		list := strings.Fields(zones)
		region, names, _ := strings.Cut(place, " ")
		if prefixes, found := strings.CutPrefix(names, "#"); found {
			for prefix := range strings.FieldsSeq(prefixes) {
				for _, p := range expand(prefix) {
					a.postcodes[placeKey{Region(region), p}] = slices.Clip(list)
				}
			}
			continue
		}
		for name := range strings.SplitSeq(names, ",") {
			a.states[placeKey{Region(region), fold(name)}] = slices.Clip(list)
		}
	}
	for _, line := range textLines(clockText) {
		first, others, _ := strings.Cut(line, ":")
		for other := range strings.FieldsSeq(others) {
			a.clocks[other] = first
		}
	}
	return a
})

// textLines returns the lines of an embedded table without its comments.
func textLines(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool {
		return line == "" || line[0] == '#'
	})
}

// expand writes out "320-323"; everything else stays as it is.
func expand(prefix string) []string {
	first, last, isRange := strings.Cut(prefix, "-")
	if !isRange {
		return []string{prefix}
	}
	var list []string
	from, _ := strconv.Atoi(first)
	to, _ := strconv.Atoi(last)
	for n := from; n <= to; n++ {
		s := strconv.Itoa(n)
		list = append(list, strings.Repeat("0", max(0, len(first)-len(s)))+s)
	}
	return list
}

// PlaceZones returns the IANA zones of a place in the United States, Canada,
// Mexico, Australia or Brazil; nil where they are not known. The state is its
// name or an abbreviation, the postcode as much of it as there is; either may
// be empty. If they contradict each other, the zones of both are returned. The
// slice may be shared: it must not be changed.
func PlaceZones(region Region, state, postcode string) []string {
	region = home(region)
	byState := places().states[placeKey{region, fold(state)}]
	byPostcode := places().postcode(region, postcode)
	zones, conflict := CommonZones(byState, byPostcode)
	if conflict {
		return slices.Concat(byState, byPostcode)
	}
	return zones
}

// postcode returns the zones of the longest prefix that is known.
func (a *atlas) postcode(region Region, postcode string) []string {
	code := wholePostcode(region, postcode)
	for n := min(len(code), 5); n > 0; n-- {
		if zones, found := a.postcodes[placeKey{region, code[:n]}]; found {
			return zones
		}
	}
	return nil
}

// wholePostcode returns the letters and digits of a postcode. Where all have
// the same length, the zeros are put back that a spreadsheet took away.
func wholePostcode(region Region, postcode string) string {
	if region == "US" {
		postcode, _, _ = strings.Cut(postcode, "-") // ZIP+4
	}
	code := strings.ToUpper(strings.Map(func(r rune) rune {
		if r <= unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return -1
	}, postcode))
	width := map[Region]int{"US": 5, "AU": 4, "BR": 8}[region]
	switch {
	case width == 0:
		return code
	case region == "US" && len(code) > width:
		width = 9
	}
	if code == "" || len(code) < width-2 || len(code) > width || !allDigits(code) {
		return ""
	}
	return strings.Repeat("0", width-len(code)) + code
}

// CommonZones returns the zones on which all sources agree that know any: those
// of the first of them that keep the same clock as one of each other. If there
// are none, the sources are in conflict.
func CommonZones(sets ...[]string) (zones []string, conflict bool) {
	known := false
	for _, set := range sets {
		switch {
		case len(set) == 0:
		case !known:
			zones, known = set, true
		default:
			zones = agreeing(zones, set)
		}
	}
	return zones, known && len(zones) == 0
}

// agreeing returns the zones of a that keep the same clock as one of b.
func agreeing(a, b []string) []string {
	clocks := places().clocks
	clock := func(zone string) string {
		if c, found := clocks[zone]; found {
			return c
		}
		return zone
	}
	var both []string
	for _, zone := range a {
		if slices.ContainsFunc(b, func(other string) bool { return clock(zone) == clock(other) }) {
			both = append(both, zone)
		}
	}
	return both
}

// fold reduces a name to what people agree on: small letters without accents,
// no punctuation.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		r = unicode.ToLower(r)
		if plain, found := accents[r]; found {
			return plain
		}
		if !unicode.IsLetter(r) {
			return -1
		}
		return r
	}, name)
}

//nolint:gochecknoglobals // never changed
var accents = map[rune]rune{
	'á': 'a', 'à': 'a', 'â': 'a', 'ã': 'a', 'ä': 'a', 'å': 'a', 'ç': 'c', 'é': 'e', 'è': 'e', 'ê': 'e', 'ë': 'e',
	'í': 'i', 'ì': 'i', 'î': 'i', 'ï': 'i', 'ñ': 'n', 'ó': 'o', 'ò': 'o', 'ô': 'o', 'õ': 'o', 'ö': 'o', 'ø': 'o',
	'ú': 'u', 'ù': 'u', 'û': 'u', 'ü': 'u', 'ý': 'y',
}
