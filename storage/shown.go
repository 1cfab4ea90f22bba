package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/storage/query"
)

// This file shows the do-not-call list, however long it is. A page that
// counted rows from the beginning would be slower the further down it is; so
// every so many rows there is a mark, and a page is read from the mark before
// it. The marks of a million rows take a moment, once.

// DoNotCallMarks returns every so manieth of the single entries that f keeps,
// the newest first, from the first on, and how many entries these are.
func (db *DB) DoNotCallMarks(ctx context.Context, f campaign.DoNotCallFilter, every int) ([]campaign.DoNotCallKey, int, error) {
	q, p := db.file.queries(), query.DoNotCallKeyParams{Way: string(f.Way), Search: search(f), Digits: f.Digits, Added: math.MaxInt64}
	var marks []campaign.DoNotCallKey
	for {
		r, err := q.DoNotCallKey(ctx, p)
		if errors.Is(err, sql.ErrNoRows) {
			break
		}
		if err != nil {
			return nil, 0, fmt.Errorf("sort the do-not-call list: %w", explain(err))
		}
		marks = append(marks, campaign.DoNotCallKey{Added: unstamp(r.Added), Number: phone.Number(r.Number), Campaign: campaign.ID(r.Campaign)})
		p.Added, p.Number, p.Campaign, p.After = r.Added, r.Number, r.Campaign, int64(max(1, every))
	}
	rest, err := q.CountDoNotCallFrom(ctx, query.CountDoNotCallFromParams{
		Way: p.Way, Search: p.Search, Digits: p.Digits, Added: p.Added, Number: p.Number, Campaign: p.Campaign,
	})
	if err != nil {
		return nil, 0, fmt.Errorf("count the do-not-call list: %w", explain(err))
	}
	return marks, max(0, len(marks)-1)*every + int(rest), nil
}

// search is the words that are searched for; digits are not looked for in
// words unless they were typed as words.
func search(f campaign.DoNotCallFilter) string {
	if f.Search == "" {
		return f.Digits
	}
	return f.Search
}

// DoNotCallFrom returns up to n of the entries that f keeps, from one on.
func (db *DB) DoNotCallFrom(ctx context.Context, f campaign.DoNotCallFilter, from campaign.DoNotCallKey, n int) ([]campaign.DoNotCallSaid, error) {
	rows, err := db.file.queries().DoNotCallFrom(ctx, query.DoNotCallFromParams{
		Added: stamp(from.Added), Number: string(from.Number), Campaign: int64(from.Campaign),
		Way: string(f.Way), Search: search(f), Digits: f.Digits, N: int64(max(n, 0)),
	})
	if err != nil {
		return nil, fmt.Errorf("read the do-not-call list: %w", explain(err))
	}
	return convert(rows, func(r query.DoNotCallFromRow) (campaign.DoNotCallSaid, error) {
		e, err := toEntry(r.DoNotCall)
		return campaign.DoNotCallSaid{DoNotCallEntry: e, In: r.SaidIn}, err
	})
}

// CountByWay counts the single entries by how they came on the list.
func (db *DB) CountByWay(ctx context.Context) (map[campaign.DoNotCallWay]int, error) {
	rows, err := db.file.queries().CountByWay(ctx)
	if err != nil {
		return nil, fmt.Errorf("count the do-not-call list: %w", explain(err))
	}
	counts := make(map[campaign.DoNotCallWay]int, len(rows))
	for _, r := range rows {
		counts[campaign.DoNotCallWay(r.Way)] = int(r.N)
	}
	return counts, nil
}

// RangeMarks returns the first number of every so manieth of a list's ranges,
// and how many ranges it has.
func (db *DB) RangeMarks(ctx context.Context, list campaign.DoNotCallListID, every int) ([]uint64, int, error) {
	q, p := db.file.queries(), query.RangeKeyParams{List: int64(list)}
	var marks []uint64
	for {
		first, err := q.RangeKey(ctx, p)
		if errors.Is(err, sql.ErrNoRows) {
			break
		}
		if err != nil {
			return nil, 0, fmt.Errorf("sort a do-not-call list: %w", explain(err))
		}
		marks = append(marks, uint64(first)) //nolint:gosec // stored as such
		p.First, p.After = first, int64(max(1, every))
	}
	rest, err := q.CountRangesFrom(ctx, query.CountRangesFromParams{List: p.List, First: p.First})
	if err != nil {
		return nil, 0, fmt.Errorf("count a do-not-call list: %w", explain(err))
	}
	return marks, max(0, len(marks)-1)*every + int(rest), nil
}

// RangesFrom returns up to n ranges of a list, from one that begins with a
// number or after it.
func (db *DB) RangesFrom(ctx context.Context, list campaign.DoNotCallListID, first uint64, n int) ([]campaign.NumberRange, error) {
	rows, err := db.file.queries().RangesFrom(ctx, query.RangesFromParams{List: int64(list), First: int64(first), N: int64(max(n, 0))}) //nolint:gosec // of 15 digits
	if err != nil {
		return nil, fmt.Errorf("read a do-not-call list: %w", explain(err))
	}
	return convert(rows, func(r query.RangesFromRow) (campaign.NumberRange, error) {
		return campaign.NumberRange{First: uint64(r.First), Last: uint64(r.Last)}, nil //nolint:gosec // stored as such
	})
}

// RangesBefore counts the ranges of a list that end before a number: where it
// stands in the list.
func (db *DB) RangesBefore(ctx context.Context, list campaign.DoNotCallListID, number uint64) (int, error) {
	n, err := db.file.queries().RangesBefore(ctx, query.RangesBeforeParams{List: int64(list), Number: int64(number)}) //nolint:gosec // of 15 digits
	if err != nil {
		return 0, fmt.Errorf("find a number in a do-not-call list: %w", explain(err))
	}
	return int(n), nil
}

// CountDoubts counts the rows in doubt of all campaigns, from their tallies.
func (db *DB) CountDoubts(ctx context.Context) (int, error) {
	n, err := db.file.queries().CountDoubts(ctx)
	if err != nil {
		return 0, fmt.Errorf("count what is in doubt: %w", explain(err))
	}
	return int(n), nil
}

// InDoubt returns the rows in doubt of all campaigns, those of the newest
// campaign first.
func (db *DB) InDoubt(ctx context.Context) ([]campaign.ContactID, error) {
	ids, err := db.file.queries().InDoubt(ctx)
	if err != nil {
		return nil, fmt.Errorf("find what is in doubt: %w", explain(err))
	}
	return convert(ids, func(id int64) (campaign.ContactID, error) { return campaign.ContactID(id), nil })
}

// OpenOf returns the attempts at rows that are not settled, also of rows in
// doubt, at most a few hundred.
func (db *DB) OpenOf(ctx context.Context, ids []campaign.ContactID) ([]campaign.Attempt, error) {
	keys := make([]int64, len(ids))
	for i, id := range ids {
		keys[i] = int64(id)
	}
	rows, err := db.file.queries().OpenOf(ctx, keys)
	if err != nil {
		return nil, fmt.Errorf("find open attempts: %w", explain(err))
	}
	return convert(rows, toAttempt)
}

// AnswersOf counts what the people who were reached answered, and how many of
// them gave no answer.
func (db *DB) AnswersOf(ctx context.Context, id campaign.ID) (given []campaign.Given, silent int, err error) {
	rows, err := db.file.queries().CountAnswers(ctx, int64(id))
	if err != nil {
		return nil, 0, fmt.Errorf("count the answers: %w", explain(err))
	}
	n, err := db.file.queries().CountSilent(ctx, int64(id))
	if err != nil {
		return nil, 0, fmt.Errorf("count who gave no answer: %w", explain(err))
	}
	for _, r := range rows {
		given = append(given, campaign.Given{Answer: gateway.Answer{Name: r.Name, Value: r.Value}, People: int(r.N)})
	}
	return given, int(n), nil
}

// Answered returns the rows that were reached and gave that answer; the zero
// value means those that gave none.
func (db *DB) Answered(ctx context.Context, id campaign.ID, a gateway.Answer) ([]campaign.ContactID, error) {
	var ids []int64
	var err error
	if a == (gateway.Answer{}) {
		ids, err = db.file.queries().Silent(ctx, int64(id))
	} else {
		ids, err = db.file.queries().Answered(ctx, query.AnsweredParams{Campaign: int64(id), Name: a.Name, Value: a.Value})
	}
	if err != nil {
		return nil, fmt.Errorf("find who answered: %w", explain(err))
	}
	return convert(ids, func(id int64) (campaign.ContactID, error) { return campaign.ContactID(id), nil })
}

// CallsByTime counts the calls of a campaign by the quarter of an hour in which
// they began, the earliest first. Those at which no phone was tried are left
// out, as are those of which nobody knows.
func (db *DB) CallsByTime(ctx context.Context, id campaign.ID) ([]campaign.Slot, error) {
	rows, err := db.file.queries().CallsByTime(ctx, query.CallsByTimeParams{Campaign: int64(id), Slot: campaign.SlotLength.Milliseconds()})
	if err != nil {
		return nil, fmt.Errorf("count the calls: %w", explain(err))
	}
	var slots []campaign.Slot
	for _, r := range rows {
		outcome := gateway.Outcome(r.Outcome)
		if !outcome.Dialled() {
			continue
		}
		begin := time.UnixMilli(r.Slot * campaign.SlotLength.Milliseconds())
		if n := len(slots); n == 0 || !slots[n-1].Begin.Equal(begin) {
			slots = append(slots, campaign.Slot{Begin: begin, Calls: campaign.Tally{}})
		}
		slots[len(slots)-1].Calls[campaign.StatusOf(outcome)] += int(r.N)
	}
	return slots, nil
}
