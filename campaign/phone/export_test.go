package phone

// Slow is Parse without the fast tables: the library's answers.
func Slow(raw string, region Region) (Number, Why) {
	if !KnownRegion(region) {
		return "", NoRegion
	}
	return parseSlow(raw, region, func(text string, region Region) reading { return ask(text, region) })
}

// SlowFacts is what the library says about a number.
func SlowFacts(n Number) (Region, Kind) {
	p := n.parsed()
	if p == nil {
		return "", Unknown
	}
	r := readingOf(p, string(n))
	return r.region, r.kind
}

// Sure tells whether the fast tables alone answer for a text.
func Sure(raw string, region Region) bool {
	s, ordinary := scan(raw)
	if !ordinary || !s.long() {
		return false
	}
	_, sure := plans().look(s.digits[:s.n], s.plus, plans().areas[region])
	return sure
}

// MetadataVersion is what MetadataDate speaks of.
const MetadataVersion = metadataVersion

// States returns the number of states of the automaton of a calling code, 0 if
// it could not be compiled.
func States(code int) int {
	make := plans().plans[code]
	if make == nil || make().automaton == nil {
		return 0
	}
	return len(make().next)
}

// Matcher compiles patterns; it returns the numbers of those that match.
func Matcher(patterns []string) func(digits string) []int {
	a := compile(patterns)
	if a == nil {
		return nil
	}
	return func(digits string) []int {
		var list []int
		for _, n := range a.sets[a.run([]byte(digits))] {
			list = append(list, int(n))
		}
		return list
	}
}

// Finder compiles a prefix; it returns the ends of its groups.
func Finder(pattern string) func(digits string) []int {
	p, known := newPrefix(pattern, "")
	if !known {
		return nil
	}
	return func(digits string) []int {
		m, found, sure := p.find([]byte(digits))
		if !found || !sure {
			return nil
		}
		return m[:2*p.groups+2]
	}
}
