package storage

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/storage/query"
)

// OpenWith opens a store with another schema than the program's own, as a
// version of the program that is older or newer would.
func OpenWith(ctx context.Context, path string, schema fs.FS, log *slog.Logger) (*DB, error) {
	return openDB(ctx, path, schema, log)
}

// Exec runs SQL behind the store's back.
func (db *DB) Exec(ctx context.Context, text string) error {
	_, err := db.file.write.ExecContext(ctx, text)
	return explain(err)
}

// Count answers a question that has one number for an answer.
func (db *DB) Count(ctx context.Context, text string) (n int, err error) {
	err = db.file.read.QueryRowContext(ctx, text).Scan(&n)
	return n, err
}

// Integrity waits for the check in the background and returns what it found.
func (db *DB) Integrity() error { return db.file.integrity() }

// Integrity waits for the check in the background and returns what it found.
func (j *Journal) Integrity() error { return j.file.integrity() }

func (f *file) integrity() error {
	f.check.Wait()
	return f.damage
}

// Durable tells whether the last transaction waited for the disk.
func (db *DB) Durable(ctx context.Context) (bool, error) {
	level := 0
	err := db.file.write.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&level)
	return level == 2, err // FULL
}

// Clean drops what is too old at now.
func (j *Journal) Clean(ctx context.Context, now time.Time) error { return j.clean(ctx, now) }

// MakeJournal makes a journal file with another schema and runs SQL in it.
func MakeJournal(ctx context.Context, path string, schema fs.FS, text string) error {
	f, err := openFile(ctx, path, journalKind(schema), slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	_, err = f.write.ExecContext(ctx, text)
	return errors.Join(err, f.close(ctx))
}

// Plan returns the steps by which SQLite answers the queries that ask asks.
func (db *DB) Plan(_ context.Context, ask func(q *query.Queries) error) (string, error) {
	return plan(db.file.write, ask)
}

// Plan returns the steps by which SQLite answers the queries that ask asks.
func (j *Journal) Plan(ctx context.Context, ask func(q *query.Queries) error) (string, error) {
	var text string
	err := j.writer.between(ctx, func(ctx context.Context, conn *sql.Conn) (err error) {
		text, err = plan(conn, ask)
		return err
	})
	return text, err
}

// Exec runs SQL behind the journal's back.
func (j *Journal) Exec(ctx context.Context, text string) error {
	return j.writer.between(ctx, func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, text)
		return err
	})
}

func plan(on query.DBTX, ask func(q *query.Queries) error) (string, error) {
	p := &planner{DBTX: on}
	if err := ask(query.New(p)); err != nil {
		return "", err
	}
	return p.plan.String(), p.err
}

// OrderPlan returns the steps by which SQLite answers Order.
func (db *DB) OrderPlan(ctx context.Context, id campaign.ID, f campaign.Filter) (string, error) {
	p := &planner{DBTX: db.file.write}
	list := parts(f)
	if f.Sort == campaign.SortNewest {
		list = append(list, changedPart(f))
	}
	for _, one := range list {
		text, args := one.statement(id, f)
		p.explain(ctx, text, args)
	}
	return p.plan.String(), p.err
}

// planner explains each statement before it lets it through.
type planner struct {
	query.DBTX
	plan strings.Builder
	err  error
}

func (p *planner) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	p.explain(ctx, text, args)
	return p.DBTX.QueryContext(ctx, text, args...)
}

func (p *planner) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	p.explain(ctx, text, args)
	return p.DBTX.QueryRowContext(ctx, text, args...)
}

func (p *planner) explain(ctx context.Context, text string, args []any) {
	rows, err := p.DBTX.QueryContext(ctx, "EXPLAIN QUERY PLAN "+text, args...)
	if err != nil {
		p.err = err
		return
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var step string
		if p.err = rows.Scan(&id, &parent, &unused, &step); p.err != nil {
			return
		}
		p.plan.WriteString(step + "\n")
	}
	p.err = rows.Err()
}

// Submit hands over one operation, whose context is for Raw.
func (j *Journal) Submit(ctx context.Context, do func(ctx context.Context) error) error {
	return j.commit(ctx, func(ctx context.Context, _ *query.Queries) error { return do(ctx) })
}

// Raw runs SQL inside an operation.
func (j *Journal) Raw(ctx context.Context, text string) error {
	_, err := j.writer.conn.ExecContext(ctx, text)
	return err
}

// Together carries out operations in one transaction and returns the error of
// each.
func (j *Journal) Together(ctx context.Context, do ...func(ctx context.Context) error) ([]error, error) {
	batch := make([]*operation, len(do))
	for i := range do {
		batch[i] = &operation{
			do:   func(ctx context.Context, _ *query.Queries) error { return do[i](ctx) },
			done: make(chan error, 1),
		}
	}
	err := j.writer.between(ctx, func(ctx context.Context, _ *sql.Conn) error {
		j.writer.commit(ctx, batch)
		return nil
	})
	errs := make([]error, len(batch))
	for i, op := range batch {
		errs[i] = <-op.done
	}
	return errs, err
}

// AppendTexts is how a list of texts is written.
func AppendTexts(list []string) string { return string(appendTexts(nil, list)) }

// SortedNames gives names and their places in the order of the names table.
func SortedNames(list []string) (sorted []string, places []int) {
	var n names
	for _, name := range list {
		n.add(name)
	}
	_ = n.merge(func(name string, place int) error {
		sorted, places = append(sorted, name), append(places, place)
		return nil
	})
	return sorted, places
}

// SortRanges gives ranges as a list stores them, and whether it kept any in
// memory.
func SortRanges(list []campaign.NumberRange) (sorted []campaign.NumberRange, kept bool, err error) {
	put := func(r campaign.NumberRange) error {
		sorted = append(sorted, r)
		return nil
	}
	r := ranges{emit: put}
	for _, one := range list {
		if err := r.add(one.First, one.Last); err != nil {
			return nil, false, err
		}
		if len(r.open) == 7 {
			r.close() // so that there are several runs
		}
	}
	whole, err := r.finish()
	if err == nil && !whole {
		before := sorted
		sorted = nil
		err = r.merge(slice(before), put)
	}
	return sorted, !whole, err
}

// Removed waits until the campaigns that are gone take no room.
func (db *DB) Removed() { db.removal.Wait() }

// Create stores a draft and its rows, in the order of their row numbers.
func (db *DB) Create(ctx context.Context, c campaign.Campaign, rows []campaign.Contact) (campaign.Campaign, error) {
	rows = slices.SortedStableFunc(slices.Values(rows), func(a, b campaign.Contact) int { return cmp.Compare(a.Row, b.Row) })
	return db.Import(ctx, c, func(s contacts.Sink) (contacts.Import, error) {
		var im contacts.Import
		for _, name := range c.List.Columns {
			im.Summary.Columns = append(im.Summary.Columns, contacts.Column{Name: name})
		}
		for _, row := range rows {
			if err := s.Add(row, nil); err != nil {
				return im, err
			}
		}
		return im, nil
	})
}

// FillAudit writes n entries in one transaction.
func (db *DB) FillAudit(ctx context.Context, n int) error {
	return db.file.transact(ctx, durable, func(tx *sql.Tx) error {
		stmts := &prepared{db: tx}
		defer func() { _ = stmts.close() }()
		q := query.New(stmts)
		for range n {
			e := campaign.AuditEntry{What: campaign.AuditOptedOut, Text: "Appointments", Details: map[string]string{"number": "…42", "row": "17"}}
			if err := db.record(ctx, q, e); err != nil {
				return err
			}
		}
		return nil
	})
}
