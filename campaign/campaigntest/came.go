package campaigntest

import (
	"context"
	"slices"

	"rollcall/campaign"
	"rollcall/gateway"
)

// This file is what came of the rows of a Shelf.

// InDoubt returns the rows in doubt.
func (s *Shelf) InDoubt(context.Context) ([]campaign.ContactID, error) {
	var ids []campaign.ContactID
	for _, row := range s.Rows {
		if row.Status == campaign.Doubt {
			ids = append(ids, row.ID)
		}
	}
	return ids, nil
}

// CountDoubts counts them.
func (s *Shelf) CountDoubts(ctx context.Context) (int, error) {
	ids, err := s.InDoubt(ctx)
	return len(ids), err
}

// OpenOf returns an attempt for each of them, through the gateway that is named
// so.
func (s *Shelf) OpenOf(_ context.Context, ids []campaign.ContactID) ([]campaign.Attempt, error) {
	var open []campaign.Attempt
	for _, row := range s.Rows {
		if row.Status == campaign.Doubt && slices.Contains(ids, row.ID) {
			open = append(open, campaign.Attempt{
				ID: campaign.AttemptID(row.ID), Campaign: row.Campaign, Contact: row.ID, Number: row.Number,
				Gateway: s.Gateway, ReqID: gateway.ReqID(row.ID), Begun: DoubtsAt(),
			})
		}
	}
	return open, nil
}

// Settle moves the row of an attempt.
func (s *Shelf) Settle(_ context.Context, done campaign.Settlement) error {
	for i := range s.Rows {
		if row := &s.Rows[i]; row.ID == done.Attempt.Contact {
			row.Status, row.Why = done.Status, done.Why
		}
	}
	return nil
}

// Sync does nothing.
func (s *Shelf) Sync(context.Context) error { return nil }

// AnswersOf counts answers.
func (s *Shelf) AnswersOf(_ context.Context, id campaign.ID) (given []campaign.Given, silent int, err error) {
	for _, row := range s.Rows {
		if row.Campaign != id || row.Status != campaign.Reached {
			continue
		}
		if len(row.Answers) == 0 {
			silent++
		}
		for _, a := range row.Answers {
			at := slices.IndexFunc(given, func(g campaign.Given) bool { return g.Answer == a })
			if at < 0 {
				given, at = append(given, campaign.Given{Answer: a}), len(given)
			}
			given[at].People++
		}
	}
	return given, silent, nil
}

// Answered returns who gave an answer.
func (s *Shelf) Answered(_ context.Context, id campaign.ID, a gateway.Answer) ([]campaign.ContactID, error) {
	var ids []campaign.ContactID
	for _, row := range s.Rows {
		if row.Campaign == id && row.Status == campaign.Reached && (slices.Contains(row.Answers, a) || a == gateway.Answer{} && len(row.Answers) == 0) {
			ids = append(ids, row.ID)
		}
	}
	return ids, nil
}

// CallsByTime returns Slots.
func (s *Shelf) CallsByTime(context.Context, campaign.ID) ([]campaign.Slot, error) {
	return s.Slots, nil
}
