package contacts

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"rollcall/campaign"
	"rollcall/campaign/phone"
)

// sample is how many filled cells of a column are looked at to tell what it
// holds.
const sample = 200

// guess finds the roles of columns nobody gave one.
type guess struct {
	table    *campaign.Table
	layout   *layout
	headings []heading // empty ones where there is no header
	region   phone.Region
	roles    map[Role]int
	fixed    map[Role]bool // given by the user, also to no column
}

func (g *guess) give(role Role, i int) {
	if i >= 0 && !g.fixed[role] {
		g.roles[role] = i
	}
}

func (g *guess) taken(i int) bool {
	return slices.Contains(slices.Collect(maps.Values(g.roles)), i)
}

// best returns the free column with the highest score above zero, the
// leftmost of equals; -1 if there is none.
func (g *guess) best(score func(i int) float64) int {
	best, top := -1, 0.0
	for i := range g.headings {
		if s := score(i); s > top && !g.taken(i) {
			best, top = i, s
		}
	}
	return best
}

// phone looks at the cells first: a column counts if half of them are numbers,
// or a fifth under a heading that says so. Of several the heading decides.
func (g *guess) phone() {
	if g.fixed[Phone] {
		return
	}
	i := g.best(func(i int) float64 {
		h := g.headings[i]
		share, word := g.share(i, g.isNumber), float64(h.match(phoneWords))
		switch {
		case h.match(faxWords) > 0:
			return share / 10
		case share >= 0.5 || word > 0 && share >= 0.2:
			return share + word
		default:
			return 0
		}
	})
	if i < 0 {
		i = g.best(func(i int) float64 { return float64(g.headings[i].match(phoneWords)) })
	}
	g.give(Phone, i)
}

func (g *guess) isNumber(c campaign.Cell) bool {
	r := readNumber(c, g.region)
	return r.number != "" || r.problem == campaign.ProblemDigitsLost || r.problem == campaign.ProblemTwoNumbers
}

// share returns which part of a column's filled cells is so.
func (g *guess) share(i int, is func(campaign.Cell) bool) float64 {
	seen, yes := 0, 0
	for _, row := range g.table.Sample {
		c := g.layout.cell(row, i)
		if !filled(c) {
			continue
		}
		seen++
		if is(c) {
			yes++
		}
		if seen == sample {
			break
		}
	}
	if seen == 0 {
		return 0
	}
	return float64(yes) / float64(seen)
}

func (g *guess) zone() {
	g.give(Zone, g.best(func(i int) float64 {
		if !g.headings[i].is(zoneWords) {
			return 0
		}
		return 0.1 + g.share(i, func(c campaign.Cell) bool { return zoneNamed(strings.TrimSpace(c.Text)) != "" })
	}))
}

// name looks for a full name, then for first and last names, one of which may
// stand under a heading like Name or Nom, then for a word for people.
func (g *guess) name() {
	if g.fixed[Name] || g.fixed[FirstName] || g.fixed[LastName] {
		return
	}
	first, last := g.named(firstWords), g.named(lastWords)
	either := g.named(ambiguousWords)
	switch {
	case first >= 0 && last < 0:
		last = either
	case last >= 0 && first < 0:
		first = either
	}
	if first >= 0 && last >= 0 && first != last {
		g.give(FirstName, first)
		g.give(LastName, last)
		return
	}
	for _, i := range []int{g.named(fullWords), either, g.partly(fullWords), g.named(personWords), g.partly(personWords), first, last, g.lettered()} {
		if i >= 0 {
			g.give(Name, i)
			return
		}
	}
}

// named finds the column whose whole heading is one of the words.
func (g *guess) named(words string) int {
	return g.best(func(i int) float64 {
		if g.headings[i].is(words) {
			return 1
		}
		return 0
	})
}

// partly finds a column with one of the words in its heading that is not the
// name of something else.
func (g *guess) partly(words string) int {
	return g.best(func(i int) float64 {
		h := g.headings[i]
		if h.match(otherNames) > 0 {
			return 0
		}
		return float64(h.match(words)) * g.share(i, hasLetters)
	})
}

// lettered finds the first column of words in a table without headings.
func (g *guess) lettered() int {
	if g.table.HeaderRow > 0 {
		return -1
	}
	for i := range g.headings {
		if !g.taken(i) && g.share(i, hasLetters) >= 0.8 {
			return i
		}
	}
	return -1
}

func hasLetters(c campaign.Cell) bool {
	letters := strings.IndexFunc(c.Text, unicode.IsLetter) >= 0
	return letters && strings.IndexFunc(c.Text, unicode.IsDigit) < 0
}
