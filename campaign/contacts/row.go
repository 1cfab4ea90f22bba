package contacts

import (
	"slices"
	"strconv"
	"strings"

	"rollcall/campaign"
	"rollcall/campaign/phone"
)

// row makes a contact of a row and gives it to s.
func (r *reader) row(row campaign.TableRow, s Sink) error {
	r.layout.widen(row)
	r.found = r.found[:0]
	r.line(row)
	decided := r.options.Rows[row.Number]
	c := campaign.Contact{Row: row.Number, Name: r.name(row), External: r.said(row, r.spot.external), Cells: r.layout.cells(row)}
	region, why := r.regionOf(row, decided)
	c.Number, c.Others, c.Why = r.numbers(row, region, decided)
	if c.Why.IsZero() {
		c.Zones, c.Why = r.zonesOf(row, region, c.Number)
	}
	if c.Why.IsZero() {
		c.Why = why
	}
	if wish := r.wishes(row, decided, &c); c.Why.IsZero() {
		c.Why = wish
	}
	if barred := r.barred(row, decided); barred != "" {
		c.Why = campaign.Reason{Code: barred}
	}
	amend := r.people.judge(&c)
	c.Status = statusOf(c.Why)
	r.summary.Count(c.Why, 1)
	for _, p := range r.found {
		r.summary.group(p)
	}
	if err := s.Add(c, r.found); err != nil {
		return err
	}
	for _, a := range amend {
		if err := s.Amend(a); err != nil {
			return err
		}
	}
	return nil
}

func statusOf(why campaign.Reason) campaign.Status {
	if why.IsZero() {
		return campaign.Ready
	}
	return campaign.Skipped
}

// line takes over what the file's reader found wrong, and a wrong width.
func (r *reader) line(row campaign.TableRow) {
	for _, p := range row.Problems {
		if at, found := r.layout.find(p.Column); found {
			p.Column = r.layout.names[at]
		}
		r.found = append(r.found, p)
	}
	if r.headed && len(row.Cells) != r.width {
		r.found = append(r.found, campaign.CellProblem{
			Row: row.Number, Kind: campaign.ProblemWidth,
			Value: strconv.Itoa(len(row.Cells)), Repair: strconv.Itoa(r.width),
		})
	}
}

// said is the text of a row in a column; empty where there is no such column.
func (r *reader) said(row campaign.TableRow, at int) string {
	if at < 0 {
		return ""
	}
	return strings.TrimSpace(r.layout.cell(row, at).Text)
}

func (r *reader) problem(row campaign.TableRow, at int, p campaign.CellProblem) {
	p.Row = row.Number
	if at >= 0 {
		p.Column = r.layout.names[at]
	}
	r.found = append(r.found, p)
}

func (r *reader) name(row campaign.TableRow) string {
	if len(r.spot.names) == 1 {
		return oneBlank(r.said(row, r.spot.names[0]))
	}
	var parts []string
	for _, at := range r.spot.names {
		if part := oneBlank(r.said(row, at)); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " ")
}

// oneBlank puts one blank between words.
func oneBlank(s string) string {
	last := byte('x')
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x80 || s[i] == ' ' && last == ' ' {
			return strings.Join(strings.Fields(s), " ")
		}
		last = s[i]
	}
	return s
}

// barred tells why a row is not called whatever its number is, empty if it may
// be. An empty cell says neither that a person agrees nor that not.
func (r *reader) barred(row campaign.TableRow, decided Decision) campaign.Code {
	switch {
	case decided.LeaveOut:
		return campaign.CodeExcluded
	case r.spot.blocked >= 0 && isBlocked(r.said(row, r.spot.blocked)):
		return campaign.CodeDoNotCall
	case r.spot.consent >= 0 && isRefused(r.said(row, r.spot.consent)):
		return campaign.CodeNoConsent
	default:
		return ""
	}
}

// regionOf is the region of a row's numbers: that of its country, where it has
// one.
func (r *reader) regionOf(row campaign.TableRow, decided Decision) (phone.Region, campaign.Reason) {
	said := r.said(row, r.spot.country)
	if said == "" {
		return r.options.Region, campaign.Reason{}
	}
	if region := r.atlas.region(said); region != "" {
		return region, campaign.Reason{}
	}
	p := campaign.CellProblem{Kind: campaign.ProblemCountry, Value: said, Repair: string(r.options.Region)}
	return r.options.Region, r.replace(row, r.spot.country, p, decided)
}

// replace records what a cell was replaced by; where a person refuses that, it
// is a proposal and the reason to set the row aside.
func (r *reader) replace(row campaign.TableRow, at int, p campaign.CellProblem, decided Decision) campaign.Reason {
	why := campaign.Reason{}
	if take, decided := r.options.decided(decided, p.Kind); decided && !take {
		p.Repair, p.Proposal = "", p.Repair
		why = campaign.Reason{Code: campaign.CodeQuarantine, Problem: p.Kind, Text: p.Value}
	}
	r.problem(row, at, p)
	return why
}

// numbers reads a row's telephones: the first that can be called, the others,
// and why there is none.
func (r *reader) numbers(row campaign.TableRow, region phone.Region, decided Decision) (phone.Number, []phone.Number, campaign.Reason) {
	if len(r.plan.phones) == 0 && decided.Number == "" {
		return "", nil, campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemPhoneAbsent}
	}
	n, others, why := phone.Number(""), []phone.Number(nil), campaign.Reason{}
	for i, at := range r.columns() {
		cell := campaign.Cell{}
		if at >= 0 {
			cell = r.layout.cell(row, at)
		}
		got, p := r.telephone(cell, region, decided, i == 0)
		if got.problem != "" && got.problem != campaign.ProblemNoNumber {
			r.problem(row, at, p)
		}
		switch {
		case got.number != "" && n == "":
			n, others = got.number, got.more
		case got.number != "":
			others = further(n, others, got)
		case why.IsZero() || why.Problem == campaign.ProblemNoNumber && got.problem != why.Problem:
			why = campaign.Reason{Code: campaign.CodeQuarantine, Problem: got.problem, Text: p.Value}
		}
	}
	if n != "" {
		return n, others, campaign.Reason{}
	}
	if why.Problem == campaign.ProblemNoNumber {
		r.problem(row, r.columns()[0], campaign.CellProblem{Kind: why.Problem, Value: why.Text})
	}
	return "", nil, why
}

// columns are those of telephones, or none where a number is typed.
func (r *reader) columns() []int {
	if len(r.plan.phones) == 0 {
		return []int{-1}
	}
	return r.plan.phones
}

// further adds the numbers of a cell that are not there yet.
func further(first phone.Number, others []phone.Number, got reading) []phone.Number {
	for _, n := range append([]phone.Number{got.number}, got.more...) {
		if n != first && !slices.Contains(others, n) {
			others = append(others, n)
		}
	}
	return others
}

// telephone reads one telephone cell, or what a person typed in place of the
// first, and does as people decided. The problem has no place yet.
func (r *reader) telephone(cell campaign.Cell, region phone.Region, decided Decision, first bool) (reading, campaign.CellProblem) {
	p := campaign.CellProblem{Value: stored(cell)}
	byHand := first && decided.Number != ""
	if byHand {
		cell = campaign.Cell{Type: campaign.CellText, Text: decided.Number, Raw: decided.Number}
	} else if r.untyped && allDigits(cell.Text) && cell.Text[0] != '0' {
		cell.Type = campaign.CellNumber // as the program had it that wrote the file
	}
	got := r.atHome(readNumber(cell, region))
	switch {
	case !byHand:
		got = r.options.settle(got, decided)
	case got.number != "":
		got.problem = campaign.ProblemTyped
	default:
		p.Value = decided.Number
	}
	p.Kind, p.Repair, p.Proposal = got.problem, string(got.number), string(got.proposal)
	return got, p
}

// atHome sets numbers of other countries aside, where they are not wanted.
func (r *reader) atHome(got reading) reading {
	if !r.options.Domestic {
		return got
	}
	got.more = slices.DeleteFunc(got.more, func(n phone.Number) bool { return n.Foreign(r.options.Region) })
	if got.proposal != "" && got.proposal.Foreign(r.options.Region) {
		got.proposal = ""
	}
	if got.number == "" || !got.number.Foreign(r.options.Region) {
		return got
	}
	if got.problem != "" {
		got.also = append(got.also, got.problem)
	}
	got.problem, got.number, got.proposal = campaign.ProblemForeign, "", got.number
	return got
}

// settle does with a reading as people decided about its row, or about repairs
// of its kinds.
func (o Options) settle(got reading, by Decision) reading {
	if got.problem == "" {
		return got
	}
	take, decided := o.decided(by, got.problem, got.also...)
	switch {
	case decided && !take && got.number != "":
		got.number, got.proposal = "", got.number
	case decided && take && got.number == "" && got.proposal != "":
		got.number, got.proposal = got.proposal, ""
	}
	return got
}

// decided tells whether people said anything about a repair, and what. Of
// several repairs in one cell, one that is refused refuses all.
func (o Options) decided(by Decision, kind campaign.Problem, also ...campaign.Problem) (take, decided bool) {
	if by.Take != nil {
		return *by.Take, true
	}
	for _, k := range also {
		if take, decided := o.Rules[k]; decided && !take {
			return false, true
		}
	}
	take, decided = o.Rules[kind]
	return take, decided
}

// stored is a cell as the file has it; a date as it is shown, for the file has
// a number of days.
func stored(c campaign.Cell) string {
	if c.Raw != "" && c.Type != campaign.CellDate {
		return c.Raw
	}
	return c.Text
}

func filled(c campaign.Cell) bool {
	return strings.TrimSpace(c.Text) != "" || strings.TrimSpace(c.Raw) != ""
}
