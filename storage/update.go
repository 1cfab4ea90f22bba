package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/storage/query"
)

// goneTold is how many of the rows that are gone are told one by one.
const goneTold = 1000

// Update makes a newer file the list of a campaign, whether it has started or
// not: rows that say something else are changed, new ones come behind the last,
// and none is deleted. The list of c names the file. What fill returns as an
// error is returned, and nothing is changed.
//
// A row keeps its number in the list, its state and all that is known of its
// calls. It is decided anew, ready or set aside as the file says, only if it is
// ready, waiting or skipped and its number is another one, if an import had set
// it aside and the file mends that, if the person does not agree any more or
// nobody can tell when they want to be called, or if it waits for hours of the
// person's that are others now.
func (db *DB) Update(ctx context.Context, c campaign.Campaign, o campaign.UpdateOptions, fill giveRows) (campaign.ListUpdate, error) {
	u, err := db.update(ctx, c, o, fill)
	if err != nil {
		return campaign.ListUpdate{}, fmt.Errorf("update list %s: %w", c.List.File, explain(err))
	}
	return u, nil
}

func (db *DB) update(ctx context.Context, c campaign.Campaign, o campaign.UpdateOptions, fill giveRows) (campaign.ListUpdate, error) {
	live, err := db.Campaign(ctx, c.ID)
	if err != nil {
		return campaign.ListUpdate{}, err
	}
	before := live.List.Columns
	live.List = c.List
	staged, im, _, err := db.stage(ctx, live, fill)
	if staged.ID != 0 {
		defer db.removeLater(staged.ID)
	}
	if err != nil {
		return campaign.ListUpdate{}, err
	}
	m, err := db.matchRows(ctx, staged.ID, c.ID)
	if err != nil {
		return campaign.ListUpdate{}, err
	}
	defer m.close(ctx)
	u, err := m.count(ctx)
	if err == nil {
		u.GoneRows, err = m.goneRows(ctx)
	}
	if err != nil || o.Dry {
		return u, err
	}
	live.List.Columns = allColumns(staged.List.Columns, before)
	return u, db.file.transact(ctx, durable, func(tx *sql.Tx) error {
		stmts := &prepared{db: tx}
		defer func() { _ = stmts.close() }() // with the transaction at the latest
		a := application{match: m, q: query.New(stmts), tx: tx, before: before, after: live.List.Columns}
		if err := a.run(ctx, live, im, o); err != nil {
			return err
		}
		return db.recordAbout(ctx, a.q, c.ID, campaign.AuditUpdated, updateDetails(live.List, u, o))
	})
}

// allColumns is the columns of the newer file, and those that only rows have
// that are gone.
func allColumns(now, before []string) []string {
	all := slices.Clone(now)
	for _, name := range before {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

const goneFrom = ` FROM contacts l WHERE l.campaign = ?1 AND l.id NOT IN (SELECT live FROM temp.pair) ORDER BY l.row`

func (m *match) goneRows(ctx context.Context) (gone []int, err error) {
	var row int
	err = m.each(ctx, "SELECT l.row"+goneFrom+" LIMIT ?2", []any{int64(m.live), goneTold}, []any{&row}, func() error {
		gone = append(gone, row)
		return nil
	})
	return gone, err
}

// application is the transaction that applies an update.
type application struct {
	*match
	q             *query.Queries
	tx            *sql.Tx
	before, after []string // columns
	changed       int64
}

func (a *application) run(ctx context.Context, c campaign.Campaign, im contacts.Import, o campaign.UpdateOptions) (err error) {
	if _, err := a.q.GetCampaign(ctx, int64(a.live)); err != nil {
		return err // it was undone meanwhile
	}
	if a.changed, err = a.q.NextChange(ctx, int64(a.live)); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{
		a.replaceProblems, a.change, a.add,
		func(ctx context.Context) error { return a.gone(ctx, o.ExcludeGone) },
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return putList(ctx, a.q, c, im)
}

// change changes the rows that say something else.
func (a *application) change(ctx context.Context) error {
	var p query.UpdateContactParams
	var again bool
	var status, why string
	return a.each(ctx, `SELECT l.id, s.name, s.number, s.zones, s.cells, s.external, s.alternates, `+hoursOfStaged+`, s.priority, s.consent,
		s.status, `+whyOfStaged+`, `+decidedAnew+`
		FROM temp.pair p JOIN contacts s ON s.id = p.staged JOIN contacts l ON l.id = p.live WHERE `+differs+` ORDER BY l.id`,
		nil, []any{
			&p.ID, &p.Name, &p.Number, &p.Zones, &p.Cells, &p.External, &p.Alternates, &p.Hours, &p.Priority, &p.Consent, &status, &why, &again,
		},
		func() error {
			p.Changed = a.changed
			if err := a.q.UpdateContact(ctx, p); err != nil || !again {
				return err
			}
			return a.q.DecideAgain(ctx, query.DecideAgainParams{ID: p.ID, Status: status, Why: why})
		})
}

// add makes the rows that are new rows of the campaign.
func (a *application) add(ctx context.Context) error {
	p := query.MoveToCampaignParams{Campaign: int64(a.live)}
	var name, status string
	tally := campaign.Tally{}
	err := a.each(ctx, `SELECT s.id, s.name, s.status, t.row, `+whyOfStaged+`
		FROM temp.target t JOIN contacts s ON s.id = t.staged WHERE t.contact = t.staged ORDER BY s.id`,
		nil, []any{&p.ID, &name, &status, &p.Row, &p.Why},
		func() error {
			tally[campaign.Status(status)]++
			p.Changed = a.changed
			if err := a.q.MoveToCampaign(ctx, p); err != nil {
				return err
			}
			return a.q.InsertName(ctx, query.InsertNameParams{Campaign: int64(a.live), Name: name, Contact: p.ID})
		})
	if err != nil {
		return err
	}
	return insertTally(ctx, a.q, a.live, tally)
}

// gone excludes the rows that are gone, if that is wanted, and puts their cells
// where the columns are now.
func (a *application) gone(ctx context.Context, exclude bool) error {
	moved := !slices.Equal(a.before, a.after[:min(len(a.before), len(a.after))])
	if !exclude && !moved {
		return nil
	}
	why, err := encodeReason(campaign.Reason{Code: campaign.CodeExcluded})
	if err != nil {
		return err
	}
	var id int64
	var cells string
	return a.each(ctx, "SELECT l.id, l.cells"+goneFrom, []any{int64(a.live)}, []any{&id, &cells}, func() error {
		var failed error
		if exclude {
			failed = a.q.ExcludeContact(ctx, query.ExcludeContactParams{ID: id, Why: why, Changed: a.changed})
		}
		if failed == nil && moved {
			failed = a.moveCells(ctx, id, cells)
		}
		return failed
	})
}

func (a *application) moveCells(ctx context.Context, id int64, text string) error {
	var cells []string
	if err := decode(text, &cells); err != nil {
		return err
	}
	moved := make([]string, len(a.after))
	for i, cell := range cells {
		if i < len(a.before) {
			moved[slices.Index(a.after, a.before[i])] = cell
		}
	}
	return a.q.RewriteCells(ctx, query.RewriteCellsParams{ID: id, Cells: string(appendTexts(nil, moved))})
}

// replaceProblems puts what was found in the newer file in the place of what
// was found in the same rows before.
func (a *application) replaceProblems(ctx context.Context) error {
	var row int64
	err := a.each(ctx, `SELECT DISTINCT p.row FROM problems p JOIN temp.pair ON pair.live = p.contact WHERE p.campaign = ?`,
		[]any{int64(a.live)}, []any{&row}, func() error {
			return a.q.DeleteProblemsOfRow(ctx, query.DeleteProblemsOfRowParams{Campaign: int64(a.live), Row: row})
		})
	if err != nil {
		return err
	}
	var values []any
	var contact, n, which int64
	var heading, kind, value, repair, proposal string
	err = a.each(ctx, `SELECT t.contact, t.row, p.n, p.which, p.heading, p.kind, p.value, p.repair, p.proposal
		FROM problems p JOIN temp.target t ON t.staged = p.contact WHERE p.campaign = ? ORDER BY t.row, p.n`,
		[]any{int64(a.staged)}, []any{&contact, &row, &n, &which, &heading, &kind, &value, &repair, &proposal}, func() error {
			values = append(values, contact, row, n, which, heading, kind, value, repair, proposal)
			if len(values) < batch*problemWidth {
				return nil
			}
			full := values
			values = values[:0]
			return problemBulk().insert(ctx, a.tx, int64(a.live), full)
		})
	return errors.Join(err, problemBulk().insert(ctx, a.tx, int64(a.live), values))
}
