package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/storage/query"
)

// Begin writes the intent to dial a and turns its row to Sending, in one
// transaction that checks once more that the row is Ready or Waiting, that the
// number is one of its own and not on the do-not-call list, that no other
// attempt at it is under way, and that no campaign is calling the same number,
// or, if it is practice, not this one; else [campaign.ErrForbidden]. It returns a with ID.
func (db *DB) Begin(ctx context.Context, a campaign.Attempt) (campaign.Attempt, error) {
	err := db.file.note(ctx, func(q *query.Queries) error {
		row, err := q.GetContact(ctx, int64(a.Contact))
		if err != nil {
			return err
		}
		if err := mayBegin(ctx, q, a, row); err != nil {
			return err
		}
		if err := noteConsent(ctx, q, a, row); err != nil {
			return err
		}
		id, err := q.InsertAttempt(ctx, query.InsertAttemptParams{
			Campaign:  int64(a.Campaign),
			Contact:   int64(a.Contact),
			Row:       int64(a.Row),
			Name:      a.Name,
			Number:    string(a.Number),
			Reference: string(a.Reference),
			Gateway:   a.Gateway,
			Practice:  a.Practice,
			Begun:     stamp(a.Begun),
		})
		if err != nil {
			return err
		}
		a.ID = campaign.AttemptID(id)
		return move(ctx, q, row.ID, campaign.Sending)
	})
	if err != nil {
		return campaign.Attempt{}, fmt.Errorf("begin attempt at row %d: %w", a.Row, err)
	}
	return a, nil
}

// Sync makes sure that what Begin, Queued and Settle have written survives a
// power cut.
func (db *DB) Sync(ctx context.Context) error {
	if err := db.file.sync(ctx); err != nil {
		return fmt.Errorf("wait for the disk: %w", err)
	}
	return nil
}

// longestCall is how long a call may go on in a campaign that was paused or
// stopped, with room to spare.
const longestCall = 2 * time.Hour

// mayBegin is the last look at everything that forbids a dial.
func mayBegin(ctx context.Context, q *query.Queries, a campaign.Attempt, row query.Contact) error {
	status := campaign.Status(row.Status)
	if status != campaign.Ready && status != campaign.Waiting {
		return campaign.ErrForbidden
	}
	own, err := numbersOfRow(row)
	if err != nil {
		return err
	}
	if a.Number == "" || !slices.Contains(own, a.Number) || int64(a.Campaign) != row.Campaign {
		return campaign.ErrForbidden
	}
	blocked, err := q.Blocked(ctx, query.BlockedParams{Number: string(a.Number), Campaign: row.Campaign, Now: stamp(a.Begun)})
	if err != nil {
		return err
	}
	underway, err := q.Underway(ctx, row.ID)
	if err != nil {
		return err
	}
	ringing, err := rings(ctx, q, a)
	if err != nil {
		return err
	}
	if blocked || underway || ringing {
		return campaign.ErrForbidden
	}
	return nil
}

// rings tells whether somebody else is calling the number, as far as that counts
// for a.
func rings(ctx context.Context, q *query.Queries, a campaign.Attempt) (bool, error) {
	if a.Practice {
		return q.Rehearsing(ctx, query.RehearsingParams{Campaign: int64(a.Campaign), Number: string(a.Number)})
	}
	return q.Ringing(ctx, query.RingingParams{Number: string(a.Number), Since: stamp(a.Begun.Add(-longestCall))})
}

// numbersOfRow are all numbers of a row's person.
func numbersOfRow(row query.Contact) ([]phone.Number, error) {
	own := campaign.Contact{Number: phone.Number(row.Number)}
	err := decode(row.Alternates, &own.Others)
	return own.Numbers(), err
}

// move turns a row to a state of an attempt under way, which explains itself.
func move(ctx context.Context, q *query.Queries, id int64, to campaign.Status) error {
	return q.MoveContact(ctx, query.MoveContactParams{ID: id, Status: string(to)})
}

// Queued stores the gateway's id and turns the row to Queued. A settled
// attempt, and a row that is on a line already, stay as they are.
func (db *DB) Queued(ctx context.Context, id campaign.AttemptID, req gateway.ReqID, at time.Time) error {
	err := db.file.note(ctx, func(q *query.Queries) error {
		a, err := q.GetAttempt(ctx, int64(id))
		if err != nil || a.Ended != 0 {
			return err
		}
		if err := q.SendAttempt(ctx, query.SendAttemptParams{ID: a.ID, Reqid: int64(req), Sent: stamp(at)}); err != nil {
			return err
		}
		row, err := q.GetContact(ctx, a.Contact)
		if err != nil || campaign.Status(row.Status) != campaign.Sending {
			return err
		}
		return move(ctx, q, row.ID, campaign.Queued)
	})
	if err != nil {
		return fmt.Errorf("note attempt %d as queued: %w", id, err)
	}
	return nil
}

// Settle closes an attempt and moves its row, in one transaction. Settling a
// settled attempt changes nothing, nor does leaving one in doubt twice.
func (db *DB) Settle(ctx context.Context, s campaign.Settlement) error {
	write := db.file.note
	if s.OptOut { // the audit log tells of it, which must not be behind its head
		write = db.file.update
	}
	err := write(ctx, func(q *query.Queries) error { return db.settle(ctx, q, s) })
	if err != nil {
		return fmt.Errorf("settle attempt %d: %w", s.Attempt.ID, err)
	}
	return nil
}

func (db *DB) settle(ctx context.Context, q *query.Queries, s campaign.Settlement) error {
	a, err := q.GetAttempt(ctx, int64(s.Attempt.ID))
	if err != nil || a.Ended != 0 {
		return err
	}
	row, err := q.GetContact(ctx, a.Contact)
	if err != nil {
		return err
	}
	if s.KeepOpen && row.Status == string(s.Status) {
		return nil
	}
	if err := settleAttempt(ctx, q, s); err != nil {
		return err
	}
	if err := settleContact(ctx, q, row, s); err != nil {
		return err
	}
	return errors.Join(optOut(ctx, q, a, s), db.recordOptOut(ctx, q, a, s))
}

func settleAttempt(ctx context.Context, q *query.Queries, s campaign.Settlement) error {
	p := query.SettleAttemptParams{ID: int64(s.Attempt.ID), Outcome: string(s.Attempt.Outcome)}
	if !s.KeepOpen {
		if s.Attempt.Ended.IsZero() {
			return errors.New("no time of its end was given")
		}
		p.Ended = stamp(s.Attempt.Ended)
	}
	var err error
	if p.Why, err = encodeReason(s.Attempt.Why); err != nil {
		return err
	}
	if p.Answers, err = encodeList(s.Attempt.Answers); err != nil {
		return err
	}
	return q.SettleAttempt(ctx, p)
}

func settleContact(ctx context.Context, q *query.Queries, row query.Contact, s campaign.Settlement) error {
	p := query.SettleContactParams{
		ID:      row.ID,
		Status:  string(s.Status),
		NextAt:  wakes(s.Status, s.NextAt),
		Tries:   row.Tries,
		Misses:  row.Misses,
		Answers: row.Answers,
		Reached: row.Reached,
	}
	switch {
	case s.Tried:
		p.Tries, p.Misses = row.Tries+1, 0
	case s.Missed:
		p.Misses = row.Misses + 1
	}
	if s.Status == campaign.Reached || s.Status == campaign.Machine {
		p.Reached = stamp(s.Attempt.Ended)
	}
	var err error
	if len(s.Attempt.Answers) > 0 {
		if p.Answers, err = encodeList(s.Attempt.Answers); err != nil {
			return err
		}
	}
	if p.Why, err = encodeReason(s.Why); err != nil {
		return err
	}
	return q.SettleContact(ctx, p)
}

// sourceOptOut is the source of numbers whose people asked for it in a call.
const sourceOptOut = "opt-out"

func optOut(ctx context.Context, q *query.Queries, a query.Attempt, s campaign.Settlement) error {
	if !s.OptOut {
		return nil
	}
	c, err := q.GetCampaign(ctx, a.Campaign)
	if err != nil {
		return err
	}
	row, err := q.GetContact(ctx, a.Contact)
	if err != nil {
		return err
	}
	numbers, err := numbersOfRow(row)
	if err != nil {
		return err
	}
	where := int64(0)
	if c.Practice || a.Practice {
		where = a.Campaign
	}
	for _, n := range append(numbers, phone.Number(a.Number)) {
		if err := q.Block(ctx, query.BlockParams{
			Number: string(n), Campaign: where, Way: string(campaign.ByKey), Source: sourceOptOut, Added: stamp(s.Attempt.Ended),
		}); err != nil {
			return err
		}
		if where != 0 {
			continue
		}
		if err := q.PutConsent(ctx, query.PutConsentParams{
			Number: string(n), Campaign: a.Campaign, Contact: a.Contact, Source: sourceOptOut, At: stamp(s.Attempt.Ended),
		}); err != nil {
			return err
		}
	}
	return nil
}

// noteConsent keeps, when the person is called, that their list says they
// agree. A practice call notes nothing.
func noteConsent(ctx context.Context, q *query.Queries, a campaign.Attempt, row query.Contact) error {
	if !row.Consent || a.Practice {
		return nil
	}
	c, err := q.GetCampaign(ctx, row.Campaign)
	if err != nil {
		return err
	}
	return q.PutConsent(ctx, query.PutConsentParams{
		Number: string(a.Number), Given: true, Campaign: row.Campaign, Contact: row.ID, Source: c.File, At: c.Created,
	})
}

// Open returns the attempts not settled, oldest first, with those whose rows
// are in doubt left out.
func (db *DB) Open(ctx context.Context, id campaign.ID) ([]campaign.Attempt, error) {
	rows, err := db.file.queries().OpenAttempts(ctx, int64(id))
	if err != nil {
		return nil, fmt.Errorf("find open attempts: %w", explain(err))
	}
	return convert(rows, func(r query.OpenAttemptsRow) (campaign.Attempt, error) { return toAttempt(r.Attempt) })
}

// Attempts returns every attempt of a campaign, or of one row if contact is
// not zero, oldest first.
func (db *DB) Attempts(ctx context.Context, id campaign.ID, contact campaign.ContactID) ([]campaign.Attempt, error) {
	q := db.file.queries()
	var rows []query.Attempt
	var err error
	if contact == 0 {
		rows, err = q.AttemptsOfCampaign(ctx, int64(id))
	} else {
		rows, err = q.AttemptsOfContact(ctx, query.AttemptsOfContactParams{Campaign: int64(id), Contact: int64(contact)})
	}
	if err != nil {
		return nil, fmt.Errorf("load attempts: %w", explain(err))
	}
	return convert(rows, toAttempt)
}
