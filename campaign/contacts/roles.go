package contacts

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"rollcall/campaign"
)

// plan is which column has which role, by position in the layout.
type plan struct {
	at     map[Role]int    // all roles but Phone and Own
	phones []int           // in the order in which they are tried
	sure   map[int]float64 // from 0 to 1
	fixed  map[Role]bool   // given by the user, also to no column
	taken  map[int]bool    // columns that have a role, or that the user keeps
}

// assign gives columns their roles: those the user gave, then those guessed.
// No column is guessed to have two.
func assign(t *campaign.Table, l *layout, o Options) (plan, error) {
	p := plan{at: map[Role]int{}, sure: map[int]float64{}, fixed: map[Role]bool{}, taken: map[int]bool{}}
	for _, role := range slices.Sorted(maps.Keys(o.Map)) {
		if err := p.given(l, role, o.Map[role]); err != nil {
			return plan{}, err
		}
	}
	for i, name := range l.names {
		if added(name) {
			p.taken[i] = true
		}
	}
	g := guess{plan: p, headings: make([]heading, len(l.names))}
	if t.HeaderRow > 0 {
		for i, name := range l.names {
			g.headings[i] = headingOf(name)
		}
	}
	g.facts = look(t, l, o.Region)
	g.headed = t.HeaderRow > 0
	g.phone()
	g.others()
	g.name()
	return g.plan, nil
}

// given takes what the user says about a role.
func (p *plan) given(l *layout, role Role, columns []string) error {
	if role != Own && !slices.Contains(Roles(), role) {
		return fmt.Errorf("no such role of a column: %q", role)
	}
	if role != Phone && role != Own && len(columns) > 1 {
		return fmt.Errorf("%s is one column, not %d", role, len(columns))
	}
	p.fixed[role] = true
	for _, column := range columns {
		i, found := l.find(column)
		if !found {
			return fmt.Errorf("no column %q for %s: the list has %s", column, role, strings.Join(l.names, ", "))
		}
		switch {
		case role == Own:
			p.taken[i] = true
		case role != Phone || !slices.Contains(p.phones, i):
			p.give(role, i, 1)
		}
	}
	return nil
}

func (p *plan) give(role Role, i int, sure float64) {
	if role == Phone {
		p.phones = append(p.phones, i)
	} else {
		p.at[role] = i
	}
	p.sure[i], p.taken[i] = sure, true
}

// column returns the column with a role, -1 if there is none.
func (p *plan) column(role Role) int {
	if i, found := p.at[role]; found {
		return i
	}
	return -1
}

// Layout is the fingerprint of a table's headings in their order, by which a
// user's mapping can be found again for the next list of the same make. Case
// and accents do not count, columns and their order do. Tables without
// headings are told apart by their width.
func Layout(t *campaign.Table) string {
	var b strings.Builder
	if t.HeaderRow == 0 {
		width := 0
		for _, row := range t.Sample {
			width = max(width, len(row.Cells))
		}
		b.WriteString(strconv.Itoa(width))
	}
	for _, c := range t.Header {
		b.WriteString(fold(oneLine(c.Text)) + "\x00")
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:16])
}
