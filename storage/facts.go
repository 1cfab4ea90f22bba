package storage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/storage/query"
)

// This file is what the gate must know of rows beside the rows themselves.

// Facts returns what is known of each of rows of c, with the calls to their
// numbers that are under way or did not end before since.
func (db *DB) Facts(ctx context.Context, c campaign.Campaign, rows []campaign.Contact, since time.Time) ([]campaign.Facts, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	r := factsReader{q: db.file.queries(), campaign: c, rows: rows, facts: make([]campaign.Facts, len(rows))}
	err := r.read(ctx, since)
	if err != nil {
		return nil, fmt.Errorf("read what is known of rows: %w", explain(err))
	}
	return r.facts, nil
}

// factsReader reads the facts of some rows.
type factsReader struct {
	q        *query.Queries
	campaign campaign.Campaign
	rows     []campaign.Contact
	facts    []campaign.Facts
}

func (r *factsReader) read(ctx context.Context, since time.Time) error {
	if err := r.readAttempts(ctx); err != nil {
		return err
	}
	byNumber := r.byNumber()
	if len(byNumber) == 0 {
		return nil
	}
	calls, err := r.pastCalls(ctx, numbersOf(byNumber), since)
	if err != nil {
		return err
	}
	r.takePast(calls, byNumber)
	if !r.campaign.Practice {
		if err := r.readConsent(ctx, byNumber); err != nil {
			return err
		}
	}
	return r.readForbidden(ctx)
}

// byNumber tells which rows have a number.
func (r *factsReader) byNumber() map[string][]int {
	found := make(map[string][]int, len(r.rows))
	for i, p := range r.rows {
		for _, n := range p.Numbers() {
			found[string(n)] = append(found[string(n)], i)
		}
	}
	return found
}

func (r *factsReader) readAttempts(ctx context.Context) error {
	ids, at := make([]int64, len(r.rows)), make(map[int64]int, len(r.rows))
	for i, p := range r.rows {
		ids[i], at[int64(p.ID)] = int64(p.ID), i
	}
	found, err := r.q.AttemptsOfContacts(ctx, ids)
	if err != nil {
		return err
	}
	for _, row := range found {
		a, err := toAttempt(row)
		if err != nil {
			return err
		}
		f := &r.facts[at[row.Contact]]
		f.Attempts = append(f.Attempts, a)
	}
	return nil
}

// pastCalls are those to the numbers that count: of all campaigns that are real,
// or of one that is practice.
func (r *factsReader) pastCalls(ctx context.Context, numbers []string, since time.Time) ([]query.PastCallsRow, error) {
	if !r.campaign.Practice {
		return r.q.PastCalls(ctx, query.PastCallsParams{
			Numbers: numbers, Since: stamp(since), Ringing: stamp(time.Now().Add(-longestCall)),
		})
	}
	calls, err := r.q.RehearsedCalls(ctx, query.RehearsedCallsParams{
		Campaign: int64(r.campaign.ID), Numbers: numbers, Since: stamp(since),
	})
	if err != nil {
		return nil, err
	}
	return convert(calls, func(c query.RehearsedCallsRow) (query.PastCallsRow, error) { return query.PastCallsRow(c), nil })
}

func (r *factsReader) takePast(calls []query.PastCallsRow, byNumber map[string][]int) {
	for _, call := range calls {
		past := campaign.Past{
			Number: phone.Number(call.Number), Campaign: campaign.ID(call.Campaign), Contact: campaign.ContactID(call.Contact),
			Begun: unstamp(call.Begun), Ended: unstamp(call.Ended), Outcome: gateway.Outcome(call.Outcome),
		}
		for _, i := range byNumber[call.Number] {
			r.facts[i].Past = append(r.facts[i].Past, past)
		}
	}
}

func (r *factsReader) readConsent(ctx context.Context, byNumber map[string][]int) error {
	agreed, err := r.q.Consenting(ctx, numbersOf(byNumber))
	for _, number := range agreed {
		for _, i := range byNumber[number] {
			r.facts[i].Consent = true
		}
	}
	return err
}

// readForbidden looks up the further numbers of people; their first one is
// looked up with the row.
func (r *factsReader) readForbidden(ctx context.Context) error {
	now := stamp(time.Now())
	for i, p := range r.rows {
		for _, n := range p.Others {
			blocked, err := r.q.Blocked(ctx, query.BlockedParams{Number: string(n), Campaign: int64(p.Campaign), Now: now})
			if err != nil {
				return err
			}
			if blocked {
				r.facts[i].Forbidden = append(r.facts[i].Forbidden, n)
			}
		}
	}
	return nil
}

func numbersOf(byNumber map[string][]int) []string {
	numbers := make([]string, 0, len(byNumber))
	for n := range byNumber {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	return numbers
}
