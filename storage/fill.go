package storage

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/storage/query"
)

// This file stores the rows of a list, however many. Whoever makes the rows is
// not kept waiting: a goroutine stores one load of them while the next is
// being made. Each load is a transaction of its own, so that a campaign that
// calls meanwhile waits for one of them at most; the campaign whose rows they
// are is hidden until the last is there.

const (
	// batch is how many rows one INSERT takes: beyond a hundred it gets no faster.
	batch = 100
	// loadRows is how many rows share a transaction, a multiple of batch: one
	// takes some 20 ms.
	loadRows = 50 * batch
	// loadChanges is how many problems and amendments do.
	loadChanges = 2 * loadRows
)

// The columns that a new row, a problem and a name set, after their campaign.
// A parameter costs more than the column it is for: rows that are as most are
// have fewer of them.
const (
	contactColumns = "campaign, row, name, number, zones, cells, status, why, next_at, external, alternates, hours, priority, consent"
	plainValues    = "(?1, ?, ?, ?, ?, ?, 'ready', '', 0, '', '', '', 0, FALSE)"
	contactValues  = "(?1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
	plainWidth     = 5
	contactWidth   = 13
	problemWidth   = 9
)

// bulk is how many rows are inserted into a table.
type bulk struct {
	into  string // the table, and its columns, the first of which is the same for all
	one   string // the places of a row
	width int    // parameters of a row, after the first
	or    string // what to do instead
}

func problemBulk() bulk {
	return bulk{
		into: "problems (campaign, contact, row, n, which, heading, kind, value, repair, proposal)",
		one:  "(?1, ?, ?, ?, ?, ?, ?, ?, ?, ?)", width: problemWidth,
	}
}

func nameBulk() bulk {
	return bulk{into: "names (campaign, name, contact)", one: "(?1, ?, ?)", width: 2, or: " ON CONFLICT DO NOTHING"}
}

func (b bulk) statement(rows int) string {
	return "INSERT INTO " + b.into + " VALUES " + b.one + strings.Repeat(", "+b.one, rows-1) + b.or
}

// insert inserts rows whose first column is key.
func (b bulk) insert(ctx context.Context, tx *sql.Tx, key int64, values []any) error {
	stmts := &prepared{db: tx}
	defer func() { _ = stmts.close() }() // with the transaction at the latest
	args := make([]any, 0, 1+batch*b.width)
	full := ""
	if len(values) >= batch*b.width {
		full = b.statement(batch)
	}
	for part := range slices.Chunk(values, batch*b.width) {
		args = append(append(args[:0], key), part...)
		var err error
		if n := len(part) / b.width; n == batch {
			_, err = stmts.ExecContext(ctx, full, args...)
		} else {
			_, err = tx.ExecContext(ctx, b.statement(n), args...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// load is what goes into one transaction: the parameters of statements.
type load struct {
	inserts  []insert
	problems []any // with the row's place in the list for its id
	rows     int
	found    int
	amended  []amended
}

// insert is up to a batch of rows.
type insert struct {
	rows  int
	plain []any // of each row the first parameters
	rest  []any // and the others; empty if all rows are as most are
}

// amended is an amendment to the row at a place in the list.
type amended struct {
	place int
	contacts.Amendment
}

// sink takes what an import makes of rows. One goroutine uses it.
type sink struct {
	campaign campaign.ID
	loads    chan<- *load
	failed   <-chan struct{} // closed when the other side has given up
	next     *load
	buffer   []byte
	zones    map[string]any // as they are stored
	names    names
	numbers  []int32           // of rows, by place
	statuses []campaign.Status // by place; the texts are shared
	tally    campaign.Tally
}

// errStopped tells fill to stop; why is told by the other side.
var errStopped = errors.New("the list is not stored any more")

// Add stores a row.
func (s *sink) Add(c campaign.Contact, problems []campaign.CellProblem) error {
	if n := len(s.numbers); n > 0 && int(s.numbers[n-1]) >= c.Row {
		return errors.New("rows are not in their order")
	}
	if err := s.appendContact(&c); err != nil {
		return err
	}
	place := int64(len(s.numbers))
	for i, p := range problems {
		s.next.problems = append(s.next.problems, place, int64(c.Row), int64(i), which(p), p.Column, string(p.Kind), p.Value, p.Repair, p.Proposal)
		s.next.found++
	}
	s.names.add(c.Name)
	s.numbers = append(s.numbers, int32(c.Row)) //nolint:gosec // no spreadsheet has so many
	s.statuses = append(s.statuses, c.Status)
	s.tally[c.Status]++
	return s.sendIfFull()
}

// which is what became of a problem: see problems.which.
func which(p campaign.CellProblem) int64 {
	switch {
	case p.Repair != "":
		return 0
	case p.Proposal != "":
		return 1
	default:
		return 2
	}
}

// Amend changes a row that was added.
func (s *sink) Amend(a contacts.Amendment) error {
	place, found := slices.BinarySearch(s.numbers, int32(a.Row)) //nolint:gosec // no spreadsheet has so many
	if !found {
		return errors.New("a row is to be changed that was not added")
	}
	s.tally[s.statuses[place]]--
	s.tally[a.Status]++
	s.statuses[place] = a.Status
	if a.Fill != nil { // belongs to whoever called
		later := *a.Fill
		a.Fill = &later
	}
	s.next.amended = append(s.next.amended, amended{place, a})
	return s.sendIfFull()
}

func (s *sink) sendIfFull() error {
	if s.next.rows < loadRows && s.next.found+len(s.next.amended) < loadChanges {
		return nil
	}
	if s.next.rows%batch != 0 {
		return nil // the rows of an INSERT stay together
	}
	return s.send()
}

func (s *sink) send() error {
	full := s.next
	s.next = &load{problems: make([]any, 0, len(full.problems))}
	select {
	case s.loads <- full:
		return nil
	case <-s.failed:
		return errStopped
	}
}

// appendContact appends the values of contactColumns.
func (s *sink) appendContact(c *campaign.Contact) error {
	why, err := encodeReason(c.Why)
	if err != nil {
		return err
	}
	if s.next.rows%batch == 0 {
		s.next.inserts = append(s.next.inserts, insert{plain: make([]any, 0, batch*plainWidth)})
	}
	to := &s.next.inserts[len(s.next.inserts)-1]
	zones := s.zonesOf(c.Zones)
	s.buffer = appendTexts(s.buffer[:0], c.Cells)
	to.plain = append(to.plain, int64(c.Row), c.Name, string(c.Number), zones, string(s.buffer))
	if len(to.rest) > 0 || !ordinary(c) {
		for len(to.rest) < to.rows*(contactWidth-plainWidth) { // those before it
			to.rest = append(to.rest, string(campaign.Ready), "", int64(0), "", "", "", int64(0), false)
		}
		hours, err := encodeHours(c.Hours)
		if err != nil {
			return err
		}
		to.rest = append(to.rest, string(c.Status), why, wakes(c.Status, c.NextAt), c.External, string(appendTexts(nil, c.Others)),
			hours, int64(c.Priority), c.Consent)
	}
	to.rows++
	s.next.rows++
	return nil
}

// ordinary tells whether a row is as most are.
func ordinary(c *campaign.Contact) bool {
	return c.Status == campaign.Ready && c.Why.IsZero() && c.NextAt.IsZero() && c.External == "" && len(c.Others) == 0 &&
		c.Hours.IsZero() && c.Priority == 0 && !c.Consent
}

// zonesOf encodes zones, of which there are few combinations.
func (s *sink) zonesOf(zones []string) any {
	s.buffer = appendTexts(s.buffer[:0], zones)
	text, known := s.zones[string(s.buffer)]
	if !known {
		text = string(s.buffer)
		s.zones[string(s.buffer)] = text
	}
	return text
}

// filler stores loads. It belongs to the goroutine that stores.
type filler struct {
	db       *DB
	campaign campaign.ID
	plain    *sql.Stmt // an INSERT of a batch
	full     *sql.Stmt
	ids      []int64          // of the first row of each INSERT
	renamed  map[int64]string // by id: rows that got another name
}

// fillRows stores the rows that fill gives for a hidden campaign. It returns
// when all is stored, or when nothing more will be.
func (db *DB) fillRows(ctx context.Context, id campaign.ID, fill giveRows) (contacts.Import, campaign.Tally, error) {
	loads, failed, ended := make(chan *load, 1), make(chan struct{}), make(chan error, 1)
	f := &filler{db: db, campaign: id, renamed: map[int64]string{}}
	go func() { ended <- f.run(ctx, loads, failed) }()
	s := &sink{campaign: id, loads: loads, failed: failed, next: &load{}, zones: map[string]any{}, tally: campaign.Tally{}}
	im, err := fill(s)
	if err == nil {
		err = s.send()
	}
	close(loads)
	if stored := <-ended; stored != nil {
		err = stored // the other is about the end of this one
	}
	if err == nil {
		err = f.storeNames(ctx, &s.names)
	}
	return im, s.tally, err
}

// run stores loads until there are no more.
func (f *filler) run(ctx context.Context, loads <-chan *load, failed chan<- struct{}) error {
	err := f.prepare(ctx)
	defer f.close()
	for l := range loads {
		if err == nil {
			// A statement that can be interrupted costs more; the next load is not
			// begun if ctx has ended.
			err = f.db.file.transact(ctx, lazy, func(tx *sql.Tx) error { return f.store(context.WithoutCancel(ctx), tx, l) })
		}
		if err != nil {
			break
		}
	}
	if err != nil {
		close(failed)
	}
	return err
}

func (f *filler) prepare(ctx context.Context) (err error) {
	if f.plain, err = f.db.file.write.PrepareContext(ctx, insertion(plainValues, batch)); err != nil {
		return err
	}
	f.full, err = f.db.file.write.PrepareContext(ctx, insertion(contactValues, batch))
	return err
}

func (f *filler) close() {
	for _, stmt := range []*sql.Stmt{f.plain, f.full} {
		if stmt != nil {
			_ = stmt.Close() // there is nothing it could lose
		}
	}
}

func insertion(values string, rows int) string {
	return bulk{into: "contacts (" + contactColumns + ")", one: values}.statement(rows)
}

func (f *filler) store(ctx context.Context, tx *sql.Tx, l *load) error {
	if err := f.storeContacts(ctx, tx, l); err != nil {
		return err
	}
	if err := f.storeProblems(ctx, tx, l); err != nil {
		return err
	}
	return f.amend(ctx, tx, l.amended)
}

func (f *filler) storeContacts(ctx context.Context, tx *sql.Tx, l *load) error {
	plain := tx.StmtContext(ctx, f.plain) //nolint:sqlclosecheck // the transaction closes both
	full := tx.StmtContext(ctx, f.full)   //nolint:sqlclosecheck // the same
	args := make([]any, 0, 1+batch*contactWidth)
	for _, in := range l.inserts {
		args = in.appendArgs(append(args[:0], int64(f.campaign)))
		stmt, values := plain, plainValues
		if len(in.rest) > 0 {
			stmt, values = full, contactValues
		}
		var result sql.Result
		var err error
		if in.rows == batch {
			result, err = stmt.ExecContext(ctx, args...)
		} else {
			result, err = tx.ExecContext(ctx, insertion(values, in.rows), args...)
		}
		if err != nil {
			return err
		}
		last, err := result.LastInsertId()
		if err != nil {
			return err
		}
		f.ids = append(f.ids, last-int64(in.rows)+1) // ids are given in order
	}
	return nil
}

// appendArgs appends the parameters of all rows.
func (in insert) appendArgs(to []any) []any {
	if len(in.rest) == 0 {
		return append(to, in.plain...)
	}
	const more = contactWidth - plainWidth
	for i := range in.rows {
		to = append(to, in.plain[i*plainWidth:(i+1)*plainWidth]...)
		to = append(to, in.rest[i*more:(i+1)*more]...)
	}
	return to
}

// id is that of the row at a place in the list.
func (f *filler) id(place int) int64 { return f.ids[place/batch] + int64(place%batch) }

func (f *filler) storeProblems(ctx context.Context, tx *sql.Tx, l *load) error {
	for i := 0; i < len(l.problems); i += problemWidth {
		l.problems[i] = f.id(int(l.problems[i].(int64)))
	}
	return problemBulk().insert(ctx, tx, int64(f.campaign), l.problems)
}

// amend changes rows, in the order of their ids; those of one row in the order
// in which they came.
func (f *filler) amend(ctx context.Context, tx *sql.Tx, list []amended) error {
	if len(list) == 0 {
		return nil
	}
	slices.SortStableFunc(list, func(a, b amended) int { return a.place - b.place })
	stmts := &prepared{db: tx}
	defer func() { _ = stmts.close() }() // with the transaction at the latest
	q := query.New(stmts)
	for _, a := range list {
		if err := f.amendOne(ctx, q, a); err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) amendOne(ctx context.Context, q *query.Queries, a amended) error {
	id := f.id(a.place)
	why, err := encodeReason(a.Why)
	if err != nil {
		return err
	}
	if a.Fill == nil {
		return q.AmendStatus(ctx, query.AmendStatusParams{ID: id, Status: string(a.Status), Why: why})
	}
	stored, err := q.GetContact(ctx, id)
	if err != nil {
		return err
	}
	c, err := toContact(contactRow{Contact: stored})
	if err != nil {
		return err
	}
	filled := contacts.Merge(c, *a.Fill)
	if filled.Name != c.Name {
		f.renamed[id] = filled.Name
	}
	hours, err := encodeHours(filled.Hours)
	if err != nil {
		return err
	}
	return q.AmendContact(ctx, query.AmendContactParams{
		ID: id, Name: filled.Name, External: filled.External, Status: string(a.Status), Why: why,
		Cells: string(appendTexts(nil, filled.Cells)), Alternates: string(appendTexts(nil, filled.Others)),
		Hours: hours, Priority: int64(filled.Priority), Consent: filled.Consent,
	})
}

// storeNames stores the order by name.
func (f *filler) storeNames(ctx context.Context, n *names) error {
	var values []any
	flush := func() error {
		full := values
		values = values[:0]
		return f.db.file.transact(ctx, lazy, func(tx *sql.Tx) error {
			return nameBulk().insert(context.WithoutCancel(ctx), tx, int64(f.campaign), full)
		})
	}
	err := n.merge(func(name string, place int) error {
		id := f.id(place)
		if other, renamed := f.renamed[id]; renamed {
			name = other
		}
		if values = append(values, name, id); len(values) < 2*2*loadRows { // two each
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}
