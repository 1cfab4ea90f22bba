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
//	row.go       one row: its numbers, and whether it may be called
//	duplicate.go the same person again
//	zone.go      where the person may be
//	update.go    a newer file of the same list
//	columns.go   headings made unique
//	roles.go     which column is what, as a person says, else
//	guess.go     as guessed, telephones in phones.go; by
//	content.go   what cells are, and
//	headings.go  the words that headings use, in six languages
//	number.go    one cell: its number, its repair, or what is wrong with it; with
//	numeric.go   amounts,
//	text.go      words beside numbers, and several numbers,
//	form.go      what was written and what was made of it
//	zone.go      the time zone a cell names
//	wishes.go    what a row says about calls; with
//	hours.go     when the person wants them, and
//	times.go     the words and times that say so
package contacts

import (
	"errors"
	"io"

	"rollcall/campaign"
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
	if err := o.check(); err != nil {
		return nil, err
	}
	layout := layOut(t)
	p, err := assign(t, layout, o)
	if err != nil {
		return nil, err
	}
	r := &reader{
		options: o, layout: layout, plan: p, spot: spotsOf(p),
		width: len(t.Header), headed: t.HeaderRow > 0, untyped: t.Book.Format == campaign.FormatText,
		atlas: newAtlas(),
	}
	r.people = newPeople(o, r.spot.blocked >= 0 || r.spot.consent >= 0, &r.summary)
	return r, nil
}

// reader is the state of one Read.
type reader struct {
	options Options
	layout  *layout
	plan    plan
	spot    spots
	width   int  // of the header
	headed  bool // there is one
	untyped bool // the file does not tell numbers from texts
	atlas   *atlas
	people  *people
	found   []campaign.CellProblem // in the row that is read
	summary Summary
}

// spots is where in the layout the columns stand that every row is asked for,
// -1 where there is none.
type spots struct {
	names                                                                       []int
	zone, state, postcode, country, external, blocked, consent, hours, priority int
}

func spotsOf(p plan) spots {
	s := spots{
		zone: p.column(Zone), state: p.column(State), postcode: p.column(Postcode), country: p.column(Country),
		external: p.column(External), blocked: p.column(DoNotCall), consent: p.column(Consent),
		hours: p.column(Hours), priority: p.column(Priority),
	}
	for _, role := range []Role{Name, FirstName, LastName} {
		if i := p.column(role); i >= 0 {
			s.names = append(s.names, i)
		}
	}
	return s
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
	note(!r.headed, campaign.ProblemHeaderAbsent)
	note(len(r.plan.phones) == 0, campaign.ProblemPhoneAbsent)
	note(len(r.spot.names) == 0, campaign.ProblemNameAbsent)
	r.summary.Columns = r.layout.columns(r.plan)
	return r.summary
}
