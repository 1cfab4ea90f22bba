// Package contacts makes a campaign's rows out of a table: it finds out which
// column is what, undoes what spreadsheets do to telephone numbers, and sets
// aside what cannot be called. [Read] is the whole of it; it takes rows one by
// one and gives them to a [Sink], so that a list of any length fits.
//
// Nothing is dropped: every row of the table that is not empty ends as a
// contact, as a duplicate of another row, or in quarantine with a reason.
// A number is repaired by itself only where no digit has to be guessed; a
// person may refuse repairs and accept proposals, see [Options].
//
// What a reader looks for stands in
//
//	contacts.go  Read
//	options.go   what a person decides about a list
//	summary.go   what is found out about it, and the whole of it in memory
//	columns.go   headings made unique, roles guessed or given
//	headings.go  the words that headings use, in five languages
//	number.go    one cell: its number, its repair, or what is wrong with it; with
//	numeric.go   amounts,
//	text.go      words beside numbers, and several numbers,
//	form.go      what was written and what was made of it
//	zone.go      the time zone a cell names
package contacts

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
)

// Sink takes what Read makes of rows, in their order.
type Sink interface {
	// Add takes a row and what was found wrong in it. Rows that cannot be
	// called are Skipped, with the reason.
	Add(c campaign.Contact, problems []campaign.CellProblem) error
	// Amend changes a row that was added, because of a later one.
	Amend(a Amendment) error
}

// Amendment is what a later row makes of an earlier one.
type Amendment struct {
	Row    int // that is changed
	Status campaign.Status
	Why    campaign.Reason
	// Fill, if it is not nil, is the later row: what is empty in the earlier
	// one is taken from it, as [Merge] does.
	Fill *campaign.Contact
}

// tellEvery is how many rows are read between two calls of Options.Told.
const tellEvery = 5000

// Read makes contacts of t's rows and gives them to s. The table is read to
// its end, but not closed. An error is about o (a region, a zone, a role or a
// column that does not exist), about the file (a [*campaign.FileError]), or
// one that s or o.Told returned.
func Read(t *campaign.Table, o Options, s Sink) (Summary, error) {
	r, err := newReader(t, o)
	if err != nil {
		return Summary{}, err
	}
	for n := 0; ; n++ {
		if r.options.Told != nil && n%tellEvery == 0 {
			if err := r.options.Told(n); err != nil {
				return Summary{}, err
			}
		}
		row, err := t.Rows.Next()
		if errors.Is(err, io.EOF) {
			return r.finish(t), nil
		}
		if err != nil {
			return Summary{}, err
		}
		if err := r.row(row, s); err != nil {
			return Summary{}, err
		}
	}
}

func newReader(t *campaign.Table, o Options) (*reader, error) {
	if o.Region == "" {
		o.Region = "US"
	}
	if !phone.KnownRegion(o.Region) {
		return nil, fmt.Errorf("no such region: %q", o.Region)
	}
	if o.Zone != "" && zoneNamed(o.Zone) == "" {
		return nil, fmt.Errorf("no such time zone: %q", o.Zone)
	}
	layout := layOut(t)
	roles, err := assign(t, layout, o)
	if err != nil {
		return nil, err
	}
	return &reader{
		options: o, layout: layout, roles: roles,
		width: len(t.Header), headed: t.HeaderRow > 0,
		first: map[phone.Number]int{}, zones: map[string]string{},
		summary: Summary{Columns: layout.columns(roles)},
	}, nil
}

func filled(c campaign.Cell) bool {
	return strings.TrimSpace(c.Text) != "" || strings.TrimSpace(c.Raw) != ""
}

// reader is the state of one Read.
type reader struct {
	options Options
	layout  *layout
	roles   plan
	width   int // of the header
	headed  bool
	first   map[phone.Number]int   // the row that has a number
	zones   map[string]string      // zone cells looked up already
	found   []campaign.CellProblem // in the row that is read
	summary Summary
}

// finish completes the summary with what is wrong with the table as a whole.
func (r *reader) finish(t *campaign.Table) Summary {
	list := &r.summary.Problems
	*list = append(*list, t.Rows.Problems()...)
	note := func(absent bool, kind campaign.Problem) {
		if absent {
			*list = append(*list, campaign.CellProblem{Kind: kind})
		}
	}
	phones := len(r.roles.phones) > 0
	_, names := r.roles.at[Name]
	_, first := r.roles.at[FirstName]
	_, last := r.roles.at[LastName]
	note(!r.headed, campaign.ProblemHeaderAbsent)
	note(!phones, campaign.ProblemPhoneAbsent)
	note(!names && !first && !last, campaign.ProblemNameAbsent)
	r.summary.Columns = r.layout.columns(r.roles)
	return r.summary
}

func (r *reader) row(row campaign.TableRow, s Sink) error {
	r.layout.widen(row)
	r.found = r.found[:0]
	for _, p := range row.Problems {
		if at, found := r.layout.find(p.Column); found {
			p.Column = r.layout.names[at]
		}
		r.found = append(r.found, p)
	}
	c := campaign.Contact{
		Row: row.Number, Name: r.name(row), Cells: r.layout.cells(row), Status: campaign.Ready,
	}
	if r.headed && len(row.Cells) != r.width {
		r.found = append(r.found, campaign.CellProblem{
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
		r.summary.Ready++
	case campaign.CodeDuplicate:
		c.Status = campaign.Skipped
		r.summary.Duplicates++
	default:
		c.Status = campaign.Skipped
		r.summary.Quarantined++
	}
	for _, p := range r.found {
		r.summary.group(p)
	}
	return s.Add(c, r.found)
}

// number reads a row's number and records what was repaired in it.
func (r *reader) number(row campaign.TableRow) (phone.Number, campaign.Reason) {
	if len(r.roles.phones) == 0 {
		return "", campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemPhoneAbsent}
	}
	at := r.roles.phones[0]
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
	at, found := r.roles.at[Zone]
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
			at, said = r.roles.phones[0], string(n)
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
	p.Row, p.Column = row.Number, r.layout.names[at]
	r.found = append(r.found, p)
}

func (r *reader) name(row campaign.TableRow) string {
	var parts []string
	for _, role := range []Role{Name, FirstName, LastName} {
		if at, found := r.roles.at[role]; found {
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
