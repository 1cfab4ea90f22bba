package contacts

import (
	"math"
	"slices"
)

// guess finds the roles of columns nobody gave one: first by what the cells
// are, then by what the heading says.
type guess struct {
	plan
	headings []heading // empty ones where there is no header
	facts    []facts
	headed   bool
}

// trait is by what columns of a role are known.
type trait struct {
	role  Role
	words string
	// share is which of the facts about the cells speaks for the role.
	share func(facts) float64
	// least is what it has to be under a heading that says so, alone what it
	// has to be without one; above 1: never.
	least, alone float64
	// by is the share that counts without a heading, if it is another.
	by func(facts) float64
}

func traits() []trait {
	const never = 2
	return []trait{
		{role: Email, words: emailWords, share: func(f facts) float64 { return f.emails }, least: 0.2, alone: 0.5},
		{
			role: Postcode, words: postcodeWords, share: func(f facts) float64 { return f.postcodes }, least: 0.3, alone: 0.8,
			by: func(f facts) float64 { return f.places },
		},
		{role: City, words: cityWords, share: func(f facts) float64 { return f.letters }, least: 0.5, alone: never},
		{role: State, words: stateWords, share: func(f facts) float64 { return f.states }, alone: never},
		{
			role: Country, words: countryWords, share: func(f facts) float64 { return f.countries }, least: 0.4, alone: 0.8,
			by: func(f facts) float64 { return f.lands },
		},
		{
			role: Zone, words: zoneWords, share: func(f facts) float64 { return f.zones }, alone: 0.6,
			by: func(f facts) float64 { return f.paths },
		},
		{role: Language, words: languageHeads, share: func(f facts) float64 { return f.languages }, least: 0.3, alone: never},
		{role: Consent, words: consentWords, share: func(f facts) float64 { return f.answers }, least: 0.2, alone: never},
		{role: DoNotCall, words: blockWords, share: func(f facts) float64 { return f.answers }, least: 0.2, alone: never},
		{
			role: Hours, words: hoursWords, share: func(f facts) float64 { return f.hours }, least: 0.5, alone: 0.9,
			by: func(f facts) float64 { return f.wishes },
		},
		{role: Priority, words: priorityWords, share: func(f facts) float64 { return f.ranks }, least: 0.5, alone: never},
		{role: External, words: keyWords, share: func(f facts) float64 { return min(f.keys, f.distinct) }, least: 0.7, alone: never},
	}
}

// score is how well a column suits a role, from 0 to 1.
func (g *guess) score(t trait, i int) float64 {
	f, h := g.facts[i], g.headings[i]
	fit := h.match(t.words)
	if fit == noFit {
		by := t.by
		if by == nil {
			by = t.share
		}
		if share := by(f); share >= t.alone {
			return 0.6 * share
		}
		return 0
	}
	if f.filled == 0 {
		return 0.5 * fit
	}
	share, least := t.share(f), t.least
	if t.role == External && h.has(phoneWords) {
		return 0
	}
	if vague := h.is(vagueWords); vague {
		least = max(least, 0.5)
	}
	if share < least {
		return 0
	}
	return 0.5*fit + 0.5*share
}

// Headings that mean something else in many lists: the cells have to agree.
const vagueWords = ` hours zeiten uhrzeit horaire horaires horario horarios orario orari godziny available state zone st land region dept department place fuso huso strefa iso cap cp kod `

// others gives the roles of traits, the surest first.
func (g *guess) others() {
	type offer struct {
		role  Role
		i     int
		score float64
	}
	var offers []offer
	for _, t := range traits() {
		for i := range g.headings {
			if s := g.score(t, i); s > 0 {
				offers = append(offers, offer{t.role, i, s})
			}
		}
	}
	slices.SortStableFunc(offers, func(a, b offer) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		default:
			return a.i - b.i
		}
	})
	for _, o := range offers {
		if _, has := g.at[o.role]; !has && !g.fixed[o.role] && !g.taken[o.i] {
			g.give(o.role, o.i, round(o.score))
		}
	}
}

func round(sure float64) float64 { return math.Round(min(sure, 1)*100) / 100 }

// best returns the free column with the highest score above zero, the
// leftmost of equals; -1 if there is none.
func (g *guess) best(score func(i int) float64) int {
	best, top := -1, 0.0
	for i := range g.headings {
		if s := score(i); s > top && !g.taken[i] {
			best, top = i, s
		}
	}
	return best
}

// name looks for first and last names, one of which may stand under a heading
// like Name or Nom, then for a full name, then for a word for people.
func (g *guess) name() {
	if g.fixed[Name] || g.fixed[FirstName] || g.fixed[LastName] {
		return
	}
	first, last := g.firstAndLast()
	if first >= 0 && last >= 0 && first != last {
		g.give(FirstName, first, g.sureOfName(first, firstWords+lastWords))
		g.give(LastName, last, g.sureOfName(last, firstWords+lastWords))
		return
	}
	for _, i := range []int{
		g.named(fullWords), g.named(ambiguousWords), g.people(), g.partly(fullWords), g.partly(personWords), first, last, g.lettered(),
	} {
		if i >= 0 {
			g.give(Name, i, g.sureOfName(i, fullWords+ambiguousWords))
			return
		}
	}
}

func (g *guess) firstAndLast() (first, last int) {
	first, last = g.named(firstWords), g.named(lastWords)
	either := g.named(ambiguousWords)
	switch {
	case first >= 0 && last >= 0:
	case first >= 0:
		last = either
	case last >= 0:
		first = either
	case either < 0 && g.named(fullWords) < 0: // Student first name
		first, last = g.partly(firstWords), g.partly(lastWords)
	}
	return first, last
}

func (g *guess) sureOfName(i int, words string) float64 {
	sure := 0.3 + 0.3*g.headings[i].match(words)
	if f := g.facts[i]; f.filled > 0 {
		sure += 0.4 * f.letters
	}
	return round(sure)
}

// named finds the column whose whole heading is one of the words, but for a
// typing error.
func (g *guess) named(words string) int {
	return g.best(func(i int) float64 {
		if fit := g.headings[i].match(words); fit != partFit {
			return fit
		}
		return noFit
	})
}

// people finds a column under a word for people, unless it has numbers of them.
func (g *guess) people() int {
	return g.best(func(i int) float64 {
		if f := g.facts[i]; !g.headings[i].is(personWords) || f.filled > 0 && f.letters < 0.3 {
			return 0
		}
		return 1
	})
}

// partly finds a column with one of the words in its heading that is not the
// name of something else.
func (g *guess) partly(words string) int {
	return g.best(func(i int) float64 {
		h := g.headings[i]
		if h.has(otherNames) || !h.has(words) {
			return 0
		}
		return h.match(words) * g.facts[i].letters
	})
}

// lettered finds the first column of words in a table without headings.
func (g *guess) lettered() int {
	if g.headed {
		return -1
	}
	for i, f := range g.facts {
		if !g.taken[i] && f.letters >= 0.8 {
			return i
		}
	}
	return -1
}
