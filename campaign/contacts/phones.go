package contacts

import "slices"

// This file finds the columns of the person's telephones, and leaves alone
// those of fax machines, of other people, and of the office itself.

// phone looks at the cells first: a column counts if half of them are numbers,
// or a fifth under a heading that says so. The heading decides which of
// several is the first; others follow only where it says that they are the
// person's.
func (g *guess) phone() {
	if g.fixed[Phone] {
		return
	}
	first := g.best(g.phoneScore)
	if first < 0 {
		first = g.best(func(i int) float64 {
			if g.neverPhone(i) {
				return 0
			}
			return g.headings[i].match(phoneWords)
		})
	}
	if first < 0 {
		return
	}
	g.give(Phone, first, g.sureOfPhone(first))
	var further []int
	for i, h := range g.headings {
		if !g.taken[i] && h.has(phoneWords) && g.facts[i].numbers >= 0.5 && g.phoneScore(i) > 0 && !g.notTheirs(i) {
			further = append(further, i)
		}
	}
	slices.SortStableFunc(further, func(a, b int) int {
		return int(10*g.rank(b)) - int(10*g.rank(a))
	})
	for _, i := range further {
		g.give(Phone, i, g.sureOfPhone(i))
	}
}

func (g *guess) phoneScore(i int) float64 {
	h, f := g.headings[i], g.facts[i]
	fit := h.match(phoneWords)
	if g.neverPhone(i) || f.numbers < 0.5 && (fit == noFit || f.numbers < 0.2) {
		return 0
	}
	score := 4 + 2*fit + g.rank(i) + 0.2*f.numbers
	if g.notTheirs(i) {
		score -= 3
	}
	return score
}

// rank is what a heading says about which telephone is to be tried first.
func (g *guess) rank(i int) float64 {
	switch h := g.headings[i]; {
	case h.has(mainWords):
		return 0.9
	case h.has(laterWords):
		return -0.9
	default:
		return 0
	}
}

// neverPhone tells whether a heading says that its numbers are no telephones,
// or none that is to be called.
func (g *guess) neverPhone(i int) bool {
	h := g.headings[i]
	if h.has(faxWords) || h.has(sosWords) || h.has(emailWords) {
		return true
	}
	return !h.has(phoneWords) && (h.has(keyWords) || h.has(dateWords) || h.match(postcodeWords) == wholeFit)
}

// notTheirs tells whether numbers are of others than the people on the list:
// by the heading, or because all rows have the same few.
func (g *guess) notTheirs(i int) bool {
	f := g.facts[i]
	return g.headings[i].has(otherPhones) || f.filled >= 8 && f.distinct <= 0.1
}

func (g *guess) sureOfPhone(i int) float64 {
	fit := g.headings[i].match(phoneWords)
	if g.notTheirs(i) {
		fit = 0
	}
	return round(0.7*g.facts[i].numbers + 0.3*fit)
}

// kindOf is the kind of telephone a heading names, empty if none.
func kindOf(name string) string {
	switch h := headingOf(name); {
	case h.has(mobileWords):
		return "mobile"
	case h.has(workWords):
		return "work"
	case h.has(homeWords):
		return "home"
	default:
		return ""
	}
}
