package storage

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"rollcall/campaign"
	"rollcall/storage/query"
)

// This file is about lists of numbers that must not be called, of millions of
// numbers. Like the rows of a campaign they are stored in many transactions,
// and nobody sees them before they are whole.

// FillNumbers gives the numbers of a list to add, from first to last, and
// returns what is known of the list only when it was read: Areas and Dated
// where the file says so. Any order will do; a sorted list takes no memory.
type FillNumbers = func(add func(first, last uint64) error) (campaign.DoNotCallList, error)

// ImportDoNotCall stores a list of numbers, all of them or none. If replace is
// set, older lists of the same kind and source are gone then. What fill returns
// as an error is returned. The id of l is given by the store.
func (db *DB) ImportDoNotCall(ctx context.Context, l campaign.DoNotCallList, replace bool, fill FillNumbers) (campaign.DoNotCallList, error) {
	var mine []int64 // lists to be removed: what could not be used, and what was replaced
	err := db.importNumbers(ctx, &l, replace, fill, &mine)
	for _, id := range mine {
		db.removeListLater(id)
	}
	if err != nil {
		return campaign.DoNotCallList{}, fmt.Errorf("store do-not-call list %s: %w", l.File, explain(err))
	}
	return l, nil
}

func (db *DB) importNumbers(ctx context.Context, l *campaign.DoNotCallList, replace bool, fill FillNumbers, gone *[]int64) error {
	store, found, err := db.storeNumbers(ctx, *l, fill, gone)
	if err != nil {
		return err
	}
	l.ID, l.Numbers = campaign.DoNotCallListID(store.list), store.numbers
	*l = learned(*l, found)
	older, err := db.showList(ctx, *l, campaign.AuditListed, func(q *query.Queries) ([]int64, error) {
		if !replace {
			return nil, nil
		}
		return q.OlderLists(ctx, query.OlderListsParams{Source: l.Source, Kind: string(l.Kind), ID: int64(l.ID)})
	})
	if err != nil {
		*gone = append(*gone, store.list)
		return err
	}
	*gone = append(*gone, older...)
	return nil
}

// storeNumbers stores what fill adds as a list that is not shown yet. Lists that
// came to nothing are added to gone.
func (db *DB) storeNumbers(ctx context.Context, l campaign.DoNotCallList, fill FillNumbers, gone *[]int64) (*rangeStore, campaign.DoNotCallList, error) {
	first, err := db.newList(ctx, l)
	if err != nil {
		return nil, l, err
	}
	store := &rangeStore{db: db, list: first}
	sorted := ranges{emit: func(r campaign.NumberRange) error { return store.put(ctx, r) }}
	found, err := fill(sorted.add)
	whole := false
	if err == nil {
		whole, err = sorted.finish()
	}
	if err == nil {
		err = store.flush(ctx)
	}
	if err == nil && whole {
		return store, found, nil
	}
	*gone = append(*gone, first)
	if err != nil {
		return nil, l, err
	}
	store, err = db.mergeNumbers(ctx, l, &sorted, first)
	if err != nil && store != nil {
		*gone = append(*gone, store.list)
	}
	return store, found, err
}

// mergeNumbers stores a list that did not come sorted, as another one.
func (db *DB) mergeNumbers(ctx context.Context, l campaign.DoNotCallList, sorted *ranges, first int64) (*rangeStore, error) {
	id, err := db.newList(ctx, l)
	if err != nil {
		return nil, err
	}
	store := &rangeStore{db: db, list: id}
	err = sorted.merge(db.stored(ctx, first), func(r campaign.NumberRange) error { return store.put(ctx, r) })
	if err != nil {
		return store, err
	}
	return store, store.flush(ctx)
}

// ChangeNumbers gives what changed in a list: numbers that are on it now, and
// numbers that are not any more, and what is known of the list since.
type ChangeNumbers = func(add, drop func(first, last uint64) error) (campaign.DoNotCallList, error)

// ChangeDoNotCall makes another list of one, all of the change or nothing: what
// was added is on it, what was deleted is not. That list takes the place of the
// first, under an id of its own. A number that was added and deleted stays on
// it.
func (db *DB) ChangeDoNotCall(ctx context.Context, id campaign.DoNotCallListID, change ChangeNumbers) (campaign.DoNotCallList, error) {
	l, gone, err := db.changeNumbers(ctx, id, change)
	if gone != 0 {
		db.removeListLater(gone)
	}
	if err != nil {
		return campaign.DoNotCallList{}, fmt.Errorf("change do-not-call list %d: %w", id, explain(err))
	}
	return l, nil
}

// changeNumbers returns also the list that is to be removed, if there is one.
func (db *DB) changeNumbers(ctx context.Context, id campaign.DoNotCallListID, change ChangeNumbers) (campaign.DoNotCallList, int64, error) {
	l, err := db.doNotCallList(ctx, id)
	if err != nil {
		return l, 0, err
	}
	added, deleted := ranges{mixed: true}, ranges{mixed: true} // in whatever order
	found, err := change(added.add, deleted.add)
	if err != nil {
		return l, 0, err
	}
	fresh, err := db.newList(ctx, l)
	if err != nil {
		return l, 0, err
	}
	store := &rangeStore{db: db, list: fresh}
	var dropped []campaign.NumberRange
	err = deleted.merge(slice(nil), func(r campaign.NumberRange) error {
		dropped = append(dropped, r)
		return nil
	})
	if err == nil {
		kept := without(db.stored(ctx, int64(id)), dropped)
		err = added.merge(kept, func(r campaign.NumberRange) error { return store.put(ctx, r) })
	}
	if err == nil {
		err = store.flush(ctx)
	}
	if err != nil {
		return l, fresh, err
	}
	l = learned(l, found)
	l.ID, l.Numbers = campaign.DoNotCallListID(fresh), store.numbers
	_, err = db.showList(ctx, l, campaign.AuditRelisted, func(*query.Queries) ([]int64, error) { return []int64{int64(id)}, nil })
	if err != nil {
		return l, fresh, err
	}
	return l, int64(id), nil
}

func (db *DB) newList(ctx context.Context, l campaign.DoNotCallList) (id int64, err error) {
	err = db.file.note(ctx, func(q *query.Queries) (err error) {
		id, err = insertList(ctx, q, l)
		return err
	})
	return id, err
}

func insertList(ctx context.Context, q *query.Queries, l campaign.DoNotCallList) (int64, error) {
	areas, err := encodeList(l.Areas)
	if err != nil {
		return 0, err
	}
	return q.InsertList(ctx, query.InsertListParams{
		Kind: string(l.Kind), Source: l.Source, File: l.File, Reason: l.Reason, Areas: areas,
		Dated: stamp(l.Dated), Added: stamp(l.Added), Expires: stamp(l.Expires),
	})
}

// learned is l with what its file says of it.
func learned(l, found campaign.DoNotCallList) campaign.DoNotCallList {
	for _, area := range found.Areas {
		if !slices.Contains(l.Areas, area) {
			l.Areas = append(l.Areas, area)
		}
	}
	slices.Sort(l.Areas)
	if !found.Dated.IsZero() {
		l.Dated = found.Dated
	}
	return l
}

// showList makes a list count, hides those it replaces, and writes down what
// that was.
func (db *DB) showList(ctx context.Context, l campaign.DoNotCallList, what campaign.AuditAction, replaced func(*query.Queries) ([]int64, error)) (older []int64, err error) {
	areas, err := encodeList(l.Areas)
	if err != nil {
		return nil, err
	}
	err = db.file.update(ctx, func(q *query.Queries) error {
		if older, err = replaced(q); err != nil {
			return err
		}
		for _, id := range older {
			if n, err := q.HideList(ctx, id); err != nil || n == 0 {
				return cmp.Or(err, sql.ErrNoRows) // it was removed meanwhile
			}
		}
		err := q.ShowList(ctx, query.ShowListParams{ID: int64(l.ID), N: int64(l.Numbers), Areas: areas, Dated: stamp(l.Dated)})
		if err != nil {
			return err
		}
		return db.record(ctx, q, listEntry(l, what, older))
	})
	return older, err
}

// rangeStore stores ranges that come in order.
type rangeStore struct {
	db      *DB
	list    int64
	values  []any
	numbers int
}

// rangeLoad is how many parameters share a transaction.
const rangeLoad = 2 * 20_000

func (s *rangeStore) put(ctx context.Context, r campaign.NumberRange) error {
	s.numbers += int(r.Last - r.First + 1)                     //nolint:gosec // of 15 digits
	s.values = append(s.values, int64(r.First), int64(r.Last)) //nolint:gosec // of 15 digits
	if len(s.values) < rangeLoad {
		return nil
	}
	return s.flush(ctx)
}

func (s *rangeStore) flush(ctx context.Context) error {
	full := s.values
	s.values = s.values[:0]
	if len(full) == 0 {
		return nil
	}
	return s.db.file.transact(ctx, lazy, func(tx *sql.Tx) error {
		ranges := bulk{into: "do_not_call_ranges (list, first, last)", one: "(?1, ?, ?)", width: 2}
		return ranges.insert(context.WithoutCancel(ctx), tx, s.list, full)
	})
}

// stored gives the ranges of a list as they are stored.
func (db *DB) stored(ctx context.Context, list int64) rangeSource {
	var page []query.RangesOfRow
	after := int64(0)
	return func() (campaign.NumberRange, bool, error) {
		if len(page) == 0 {
			var err error
			if page, err = db.file.queries().RangesOf(ctx, query.RangesOfParams{List: list, After: after, N: 5000}); err != nil || len(page) == 0 {
				return campaign.NumberRange{}, false, err
			}
		}
		r := page[0]
		page, after = page[1:], r.First
		return campaign.NumberRange{First: uint64(r.First), Last: uint64(r.Last)}, true, nil //nolint:gosec // stored as such
	}
}

// doNotCallList returns a list that counts or did.
func (db *DB) doNotCallList(ctx context.Context, id campaign.DoNotCallListID) (campaign.DoNotCallList, error) {
	lists, err := db.DoNotCallLists(ctx)
	for _, l := range lists {
		if l.ID == id {
			return l, nil
		}
	}
	return campaign.DoNotCallList{}, errors.Join(err, sql.ErrNoRows)
}

// DoNotCallLists returns all lists, the oldest first, also those that do not
// count any more.
func (db *DB) DoNotCallLists(ctx context.Context) ([]campaign.DoNotCallList, error) {
	rows, err := db.file.queries().DoNotCallLists(ctx)
	if err != nil {
		return nil, fmt.Errorf("read do-not-call lists: %w", explain(err))
	}
	return convert(rows, toDoNotCallList)
}

// RemoveDoNotCallList takes a list away. It does not count from now on.
func (db *DB) RemoveDoNotCallList(ctx context.Context, id campaign.DoNotCallListID) error {
	err := db.file.update(ctx, func(q *query.Queries) error {
		n, err := q.HideList(ctx, int64(id))
		if err == nil && n == 0 {
			err = sql.ErrNoRows
		}
		if err != nil {
			return err
		}
		return db.recordUnlisted(ctx, q, int64(id))
	})
	if err != nil {
		return fmt.Errorf("remove do-not-call list %d: %w", id, err)
	}
	db.removeListLater(int64(id))
	return nil
}

// slice gives the ranges of a list in memory.
func slice(list []campaign.NumberRange) rangeSource {
	return func() (campaign.NumberRange, bool, error) {
		if len(list) == 0 {
			return campaign.NumberRange{}, false, nil
		}
		one := list[0]
		list = list[1:]
		return one, true, nil
	}
}

func toDoNotCallList(r query.DoNotCallList) (campaign.DoNotCallList, error) {
	l := campaign.DoNotCallList{
		ID: campaign.DoNotCallListID(r.ID), Kind: campaign.DoNotCallKind(r.Kind), Source: r.Source, File: r.File, Reason: r.Reason,
		Dated: unstamp(r.Dated), Added: unstamp(r.Added), Expires: unstamp(r.Expires), Numbers: int(r.N),
	}
	if err := decode(r.Areas, &l.Areas); err != nil {
		return l, fmt.Errorf("do-not-call list %d: %w", r.ID, err)
	}
	return l, nil
}
