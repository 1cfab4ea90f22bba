package contacts

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"rollcall/campaign"
)

// Role is what a column is to us.
type Role string

// The roles of columns. Any column is also the user's own.
const (
	Phone     Role = "phone" // of the person; there may be several
	Name      Role = "name"  // in full
	FirstName Role = "first_name"
	LastName  Role = "last_name"
	Email     Role = "email"
	Postcode  Role = "postcode"
	City      Role = "city"
	State     Role = "state" // or province, county, Land
	Country   Role = "country"
	Zone      Role = "zone"        // the person's time zone
	Language  Role = "language"    // the person's
	Consent   Role = "consent"     // whether the person agrees to be called
	DoNotCall Role = "do_not_call" // whether the person must not be called
	Hours     Role = "hours"       // when the person wants to be called
	Priority  Role = "priority"    // who is called before others
	External  Role = "external"    // the user's own key of the person
	Own       Role = "own"         // only the user's
)

// Roles returns those a column can be given, Own left out.
func Roles() []Role {
	return []Role{
		Phone, Name, FirstName, LastName, Email, Postcode, City, State, Country, Zone, Language, Consent, DoNotCall,
		Hours, Priority, External,
	}
}

// Column is a column of the user's and what we take it for.
type Column struct {
	Name string `json:"name"`
	Role Role   `json:"role"`
	// Confidence is how sure the role is, from 0 to 1; 1 where a person gave it.
	Confidence float64 `json:"confidence"`
	// Kind is what kind of a telephone it is as the heading says: mobile, home,
	// work; empty where it does not.
	Kind string `json:"kind,omitempty"`
	// Order is which of the telephones is tried first, from 1.
	Order int `json:"order,omitempty"`
}

// layout is the columns of a list: those of the header, and behind them those
// in which a wider row has something. One stray cell far to the right makes
// one column, not all between.
type layout struct {
	header []campaign.Cell
	names  []string
	at     []int  // where each stands in the table's rows
	wide   []bool // which positions outside the header have a column
	namer  namer
}

func layOut(t *campaign.Table) *layout {
	l := &layout{header: t.Header, namer: namer{taken: map[string]bool{}, seen: map[string]bool{}, next: map[string]int{}}}
	for _, c := range l.header {
		l.namer.taken[strings.ToLower(oneLine(c.Text))] = true
	}
	for i := range l.header {
		l.add(i)
	}
	for _, row := range t.Sample {
		l.widen(row)
	}
	return l
}

// widen adds a column for each cell of a row that is outside the columns.
func (l *layout) widen(row campaign.TableRow) {
	for i := len(l.header); i < len(row.Cells); i++ {
		if i < len(l.wide) && l.wide[i] || !filled(row.Cells[i]) {
			continue
		}
		if i >= len(l.wide) {
			l.wide = append(l.wide, make([]bool, i+1-len(l.wide))...)
		}
		l.wide[i] = true
		l.add(i)
	}
}

// add adds the column that stands at i in the table's rows.
func (l *layout) add(i int) {
	heading := ""
	if i < len(l.header) {
		heading = oneLine(l.header[i].Text)
	}
	l.at = append(l.at, i)
	l.names = append(l.names, l.namer.name(heading, i))
}

// namer names columns: headings as they stand, in one line; empty ones by
// their position, repeated ones numbered.
type namer struct {
	taken map[string]bool // all headings, without case
	seen  map[string]bool // names given
	next  map[string]int  // the number to try first, by heading without case
}

func (n *namer) name(heading string, i int) string {
	name, free := heading, n.seen
	if name == "" {
		name, free = "Column "+strconv.Itoa(i+1), n.taken
	}
	base, key := name, strings.ToLower(name)
	for count := max(2, n.next[key]); n.seen[strings.ToLower(name)] || free[strings.ToLower(name)]; count++ {
		name, free = base+" "+strconv.Itoa(count), n.taken
		n.next[key] = count + 1
	}
	n.seen[strings.ToLower(name)] = true
	return name
}

// oneLine takes line breaks and what cannot be seen out of a heading.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)), " ")
}

func (l *layout) cell(row campaign.TableRow, i int) campaign.Cell {
	if l.at[i] >= len(row.Cells) {
		return campaign.Cell{}
	}
	return row.Cells[l.at[i]]
}

func (l *layout) cells(row campaign.TableRow) []string {
	texts := make([]string, len(l.at))
	for i := range texts {
		texts[i] = l.cell(row, i).Text
	}
	return texts
}

func (l *layout) columns(p plan) []Column {
	columns := make([]Column, len(l.names))
	for i, name := range l.names {
		columns[i] = Column{Name: name, Role: Own, Confidence: p.sure[i]}
	}
	for _, role := range Roles() {
		if i, found := p.at[role]; found {
			columns[i].Role = role
		}
	}
	for order, i := range p.phones {
		columns[i].Role, columns[i].Kind, columns[i].Order = Phone, kindOf(columns[i].Name), order+1
	}
	return columns
}

// find returns the column a user means by a heading, or by a letter.
func (l *layout) find(column string) (int, bool) {
	column = oneLine(column)
	if i := slices.Index(l.names, column); i >= 0 {
		return i, true
	}
	fold := func(name string) bool { return strings.EqualFold(name, column) }
	if i := slices.IndexFunc(l.names, fold); i >= 0 {
		return i, true
	}
	if len(column) > 3 || column == "" || column[0] == '0' {
		return 0, false
	}
	at := 0
	for _, r := range strings.ToUpper(column) {
		if r < 'A' || r > 'Z' {
			return 0, false
		}
		at = at*26 + int(r-'A') + 1
	}
	i := slices.Index(l.at, at-1)
	return i, i >= 0
}
