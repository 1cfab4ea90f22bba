package campaigntest

import (
	"context"
	"slices"
	"time"

	"rollcall/campaign"
)

// CallAgain lets those of the rows be called again that are done and not on the
// do-not-call list, and returns how many these were. A campaign that is over is
// paused by it.
func (s *Store) CallAgain(_ context.Context, _ campaign.ID, ids []campaign.ContactID, at time.Time) (int, error) {
	return s.revive(ids, func(p *campaign.Contact) bool {
		if !p.Revivable() || s.blocked(p) {
			return false
		}
		last := s.lastOf(p.ID)
		p.Anew = campaign.Anew{Since: last, Tries: p.Tries, Now: last}
		p.Status, p.Why, p.NextAt, p.Misses = campaign.Waiting, campaign.Reason{Code: campaign.CodeAsked}, at, 0
		return true
	})
}

// CallNow lets those of the rows be called before all others that are not called
// yet or wait, and returns how many these were.
func (s *Store) CallNow(_ context.Context, _ campaign.ID, ids []campaign.ContactID) (int, error) {
	n := 0
	err := s.write(func() error {
		for _, id := range ids {
			p := s.contact(id)
			if p.Status != campaign.Ready && p.Status != campaign.Waiting || s.blocked(p) {
				continue
			}
			p.Anew.Now = s.lastOf(p.ID)
			p.Status, p.Why, p.NextAt, p.Misses = campaign.Waiting, campaign.Reason{Code: campaign.CodeAsked}, campaign.InFront(), 0
			n++
		}
		return nil
	})
	return n, err
}

// revive changes rows, and reopens the campaign if one was changed.
func (s *Store) revive(ids []campaign.ContactID, change func(*campaign.Contact) bool) (int, error) {
	n := 0
	err := s.write(s.durably(func() {
		for _, id := range ids {
			if change(s.contact(id)) {
				n++
			}
		}
		if n > 0 && s.campaign.State.Over() {
			s.campaign.State, s.campaign.Why, s.campaign.Ended = campaign.Paused, campaign.Reason{Code: campaign.CodeReopened}, time.Time{}
		}
	}))
	return n, err
}

// blocked tells whether all numbers of p are on the do-not-call list.
func (s *Store) blocked(p *campaign.Contact) bool {
	for _, n := range p.Numbers() {
		if !s.forbids(p, n) {
			return false
		}
	}
	return true
}

// lastOf is the last attempt at a row.
func (s *Store) lastOf(id campaign.ContactID) campaign.AttemptID {
	for _, a := range slices.Backward(s.attempts) {
		if a.Contact == id {
			return a.ID
		}
	}
	return 0
}
