// Package contacts makes a campaign's rows out of a table: it finds out which
// column is what, undoes what spreadsheets do to telephone numbers, and sets
// aside what cannot be called. [Read] is the whole of it.
//
// Nothing is dropped: every row of the table that is not empty ends as a
// contact, as a duplicate of an earlier row, or in quarantine with a reason.
// A number is repaired only where no digit has to be guessed.
//
// What a reader looks for stands in
//
//	contacts.go  Read, and what it returns
//	columns.go   headings made unique, roles guessed or given
//	headings.go  the words that headings use, in five languages
//	number.go    one cell: its number, its repair, or what is wrong with it
//	zone.go      the time zone a cell names
package contacts

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
)

// Options is what the user said about a list.
type Options struct {
	Region phone.Region // of numbers without a country code; empty: US
	Zone   string       // IANA zone of people whose number does not tell theirs
	// Map gives columns their roles, by heading or by letter. Roles that are
	// not in it are guessed; one with an empty column is given to none.
	Map map[Role]string
	// Told is called now and then with the number of rows done; its error ends
	// Read, which returns it. It may be nil.
	Told func(rows int) error
}

// tellEvery is how many rows are read between two calls of Options.Told.
const tellEvery = 5000

// List is what became of a table.
type List struct {
	File, Sheet, Hash string
	Columns           []Column
	// Contacts holds every row of the file in its order. Those that cannot be
	// called are Skipped, with the reason.
	Contacts []campaign.Contact
	// Problems is what was wrong and what was done, those of the whole file
	// first (row 0), then by row.
	Problems []campaign.CellProblem

	Ready       int // rows that can be called
	Quarantined int
	Duplicates  int
}

// Rows is the number of rows below the header that are not empty.
func (l List) Rows() int { return l.Ready + l.Quarantined + l.Duplicates }

// Source returns the list as a campaign remembers it.
func (l List) Source() campaign.List {
	names := make([]string, len(l.Columns))
	for i, c := range l.Columns {
		names[i] = c.Name
	}
	return campaign.List{File: l.File, Sheet: l.Sheet, Hash: l.Hash, Columns: names}
}

// Report is what "rollcall import --json" writes.
type Report struct {
	Rows        int                    `json:"rows"`
	Contacts    int                    `json:"contacts"`
	Quarantined int                    `json:"quarantined"`
	Duplicates  int                    `json:"duplicates"`
	Columns     []Column               `json:"columns"`
	Problems    []campaign.CellProblem `json:"problems"`
}

// Report returns the list in numbers.
func (l List) Report() Report {
	return Report{
		Rows: l.Rows(), Contacts: l.Ready, Quarantined: l.Quarantined, Duplicates: l.Duplicates,
		Columns:  append([]Column{}, l.Columns...),
		Problems: append([]campaign.CellProblem{}, l.Problems...),
	}
}

// Read makes contacts of t. The error, if there is one, is about o: a region,
// a zone, a role or a column that does not exist.
func Read(t campaign.Table, o Options) (List, error) {
	if o.Region == "" {
		o.Region = "US"
	}
	if !phone.KnownRegion(o.Region) {
		return List{}, fmt.Errorf("no such region: %q", o.Region)
	}
	if o.Zone != "" && zoneNamed(o.Zone) == "" {
		return List{}, fmt.Errorf("no such time zone: %q", o.Zone)
	}
	layout := layOut(t)
	roles, err := assign(t, layout, o)
	if err != nil {
		return List{}, err
	}
	r := reader{
		options: o, layout: layout, roles: roles,
		width: len(t.Header), headed: t.HeaderRow > 0,
		first: map[phone.Number]int{}, zones: map[string]string{},
		list: List{File: t.File, Sheet: t.Sheet, Hash: t.Hash, Columns: layout.columns(roles)},
	}
	r.file(t)
	for i, row := range t.Rows {
		if o.Told != nil && i%tellEvery == 0 {
			if err := o.Told(i); err != nil {
				return List{}, err
			}
		}
		if !blank(row) {
			r.row(row)
		}
	}
	slices.SortStableFunc(r.list.Problems, func(a, b campaign.CellProblem) int { return a.Row - b.Row })
	return r.list, nil
}

func blank(row campaign.TableRow) bool {
	return !slices.ContainsFunc(row.Cells, filled)
}

func filled(c campaign.Cell) bool {
	return strings.TrimSpace(c.Text) != "" || strings.TrimSpace(c.Raw) != ""
}

// reader is the state of one Read.
type reader struct {
	options Options
	layout  layout
	roles   map[Role]int // position in layout
	width   int          // of the header
	headed  bool
	first   map[phone.Number]int // the row that has a number
	zones   map[string]string    // zone cells looked up already
	list    List
}

// file records what is wrong with the table as a whole.
func (r *reader) file(t campaign.Table) {
	r.list.Problems = append(r.list.Problems, t.Problems...)
	note := func(absent bool, kind campaign.Problem) {
		if absent {
			r.list.Problems = append(r.list.Problems, campaign.CellProblem{Kind: kind})
		}
	}
	_, phones := r.roles[Phone]
	_, names := r.roles[Name]
	_, first := r.roles[FirstName]
	_, last := r.roles[LastName]
	note(!r.headed, campaign.ProblemHeaderAbsent)
	note(!phones, campaign.ProblemPhoneAbsent)
	note(!names && !first && !last, campaign.ProblemNameAbsent)
}

func (r *reader) row(row campaign.TableRow) {
	c := campaign.Contact{
		Row: row.Number, Name: r.name(row), Cells: r.layout.cells(row), Status: campaign.Ready,
	}
	if r.headed && len(row.Cells) != r.width {
		r.list.Problems = append(r.list.Problems, campaign.CellProblem{
			Row: row.Number, Kind: campaign.ProblemWidth,
			Value: strconv.Itoa(len(row.Cells)), Repair: strconv.Itoa(r.width),
		})
	}
	c.Number, c.Why = r.number(row)
	if c.Why.IsZero() {
		c.Zones, c.Why = r.zonesOf(row, c.Number)
	}
	if first, seen := r.first[c.Number]; seen && c.Why.IsZero() {
		c.Why = campaign.Reason{Code: campaign.CodeDuplicate, Row: first}
	}
	switch c.Why.Code {
	case "":
		r.first[c.Number] = c.Row
		r.list.Ready++
	case campaign.CodeDuplicate:
		c.Status = campaign.Skipped
		r.list.Duplicates++
	default:
		c.Status = campaign.Skipped
		r.list.Quarantined++
	}
	r.list.Contacts = append(r.list.Contacts, c)
}

// number reads a row's number and records what was repaired in it.
func (r *reader) number(row campaign.TableRow) (phone.Number, campaign.Reason) {
	at, found := r.roles[Phone]
	if !found {
		return "", campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemPhoneAbsent}
	}
	cell := r.layout.cell(row, at)
	got := readNumber(cell, r.options.Region)
	if got.problem != "" {
		r.problem(row, at, campaign.CellProblem{Kind: got.problem, Value: stored(cell), Repair: string(got.number)})
	}
	if got.number == "" {
		return "", campaign.Reason{Code: campaign.CodeQuarantine, Problem: got.problem, Text: stored(cell)}
	}
	return got.number, campaign.Reason{}
}

// zonesOf finds where the person may be: where the zone column says, else
// where the number's area lies, else where the user said.
func (r *reader) zonesOf(row campaign.TableRow, n phone.Number) ([]string, campaign.Reason) {
	zones := n.Zones()
	if len(zones) == 0 && r.options.Zone != "" {
		zones = []string{zoneNamed(r.options.Zone)}
	}
	at, found := r.roles[Zone]
	said := ""
	if found {
		cell := r.layout.cell(row, at)
		said = strings.TrimSpace(cell.Text)
		if zone := r.zone(said); zone != "" {
			return []string{zone}, campaign.Reason{}
		}
	}
	if said != "" || len(zones) == 0 {
		if !found {
			at, said = r.roles[Phone], string(n)
		}
		r.problem(row, at, campaign.CellProblem{Kind: campaign.ProblemZone, Value: said, Repair: strings.Join(zones, " ")})
	}
	if len(zones) == 0 {
		return nil, campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemZone, Text: said}
	}
	return zones, campaign.Reason{}
}

func (r *reader) zone(said string) string {
	zone, known := r.zones[said]
	if !known {
		zone = zoneNamed(said)
		r.zones[said] = zone
	}
	return zone
}

func (r *reader) problem(row campaign.TableRow, at int, p campaign.CellProblem) {
	p.Row, p.Column = row.Number, r.list.Columns[at].Name
	r.list.Problems = append(r.list.Problems, p)
}

func (r *reader) name(row campaign.TableRow) string {
	var parts []string
	for _, role := range []Role{Name, FirstName, LastName} {
		if at, found := r.roles[role]; found {
			parts = append(parts, strings.Fields(r.layout.cell(row, at).Text)...)
		}
	}
	return strings.Join(parts, " ")
}

// stored is a cell as the file has it; a date as it is shown, for the file has
// a number of days.
func stored(c campaign.Cell) string {
	if c.Raw != "" && c.Type != campaign.CellDate {
		return c.Raw
	}
	return c.Text
}

// zoneNamed returns the IANA zone that words mean, empty if none.
func zoneNamed(words string) string {
	if zone, known := zoneOfWord(words); known {
		return zone
	}
	if words == "" || words == "Local" {
		return ""
	}
	if _, err := time.LoadLocation(words); err != nil {
		return ""
	}
	return words
}
