// Package campaigntest is a store and a gateway in memory, for tests of what
// drives them. Both can be made to fail at any step, as in a crash: see
// [Crash].
package campaigntest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// ErrCrashed is what a Store answers once its process has died.
var ErrCrashed = errors.New("the process has died")

// Crash lets a Store and a Gateway die together at one step. Every write of the
// store and every request to the gateway is two steps: before it took effect,
// and after, when the caller does not learn of it any more. The zero value
// never dies and counts.
type Crash struct {
	mu    sync.Mutex
	at    int // step at which to die; zero for never
	steps int
	dead  bool
}

// At returns a Crash at step k, counted from one.
func At(k int) *Crash { return &Crash{at: k} }

// Steps is how many steps were made.
func (c *Crash) Steps() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.steps
}

// step makes one step and tells whether the process is alive after it.
func (c *Crash) step() bool {
	if c == nil {
		return true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.steps++
	if c.steps == c.at {
		c.dead = true
	}
	return !c.dead
}

// Store is a [campaign.Store] in memory. It may be used by several goroutines.
type Store struct {
	mu       sync.Mutex
	campaign campaign.Campaign
	contacts []campaign.Contact
	attempts []campaign.Attempt
	// forbidden are further numbers that must not be called; elsewhere are calls
	// of other campaigns.
	forbidden []phone.Number
	elsewhere []campaign.Past
	crash     *Crash
	kept      kept
}

// kept is what a power cut leaves of a Store.
type kept struct {
	campaign  campaign.Campaign
	contacts  []campaign.Contact
	attempts  []campaign.Attempt
	forbidden []phone.Number
}

// NewStore returns a store with one campaign, whose rows are given. Rows
// without an id get one, and the campaign too.
func NewStore(c campaign.Campaign, rows []campaign.Contact) *Store {
	if c.ID == 0 {
		c.ID = 1
	}
	s := &Store{campaign: c, contacts: slices.Clone(rows)}
	for i := range s.contacts {
		p := &s.contacts[i]
		p.Campaign = c.ID
		if p.ID == 0 {
			p.ID = campaign.ContactID(i + 1)
		}
		if p.Row == 0 {
			p.Row = i + 2
		}
		if p.Status == "" {
			p.Status = campaign.Ready
		}
	}
	s.keep()
	return s
}

// keep makes all that was written survive a power cut.
func (s *Store) keep() {
	s.kept = kept{s.campaign, slices.Clone(s.contacts), slices.Clone(s.attempts), slices.Clone(s.forbidden)}
}

// Kept tells whether an attempt would survive a power cut.
func (s *Store) Kept(ref gateway.Reference) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.kept.attempts, func(a campaign.Attempt) bool { return a.Reference == ref })
}

// PowerCut undoes what nobody has waited for.
func (s *Store) PowerCut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.kept
	s.campaign, s.contacts, s.attempts, s.forbidden = k.campaign, k.contacts, k.attempts, k.forbidden
	s.keep()
}

// Crash sets when the store dies; nil revives it with all it had stored.
func (s *Store) Crash(c *Crash) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.crash = c
}

// Rows returns all rows as they stand.
func (s *Store) Rows() []campaign.Contact {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.contacts)
}

// Block puts a row on the do-not-call list.
func (s *Store) Block(id campaign.ContactID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.contact(id).DoNotCall = true
}

// Forbid puts numbers on the do-not-call list.
func (s *Store) Forbid(numbers ...phone.Number) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forbidden = append(s.forbidden, numbers...)
}

// Elsewhere adds calls of other campaigns.
func (s *Store) Elsewhere(past ...campaign.Past) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.elsewhere = append(s.elsewhere, past...)
}

// Configure changes the campaign's settings.
func (s *Store) Configure(settings campaign.Settings) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.campaign.Settings = settings
	s.campaign.Rethink = !s.campaign.Started.IsZero()
}

// forbids tells whether number is none of p's, or on the do-not-call list.
func (s *Store) forbids(p *campaign.Contact, number phone.Number) bool {
	return p.DoNotCall && number == p.Number || slices.Contains(s.forbidden, number) || !slices.Contains(p.Numbers(), number)
}

// write does change unless the process has died before, and fails if it died
// after it.
func (s *Store) write(change func() error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.crash.step() {
		return ErrCrashed
	}
	if err := change(); err != nil {
		return err
	}
	if !s.crash.step() {
		return ErrCrashed
	}
	return nil
}

// contact returns the row to be changed. An id that does not exist is a
// mistake in the test.
func (s *Store) contact(id campaign.ContactID) *campaign.Contact {
	for i := range s.contacts {
		if s.contacts[i].ID == id {
			return &s.contacts[i]
		}
	}
	panic(fmt.Sprintf("campaigntest: no row %d", id))
}

func (s *Store) attempt(id campaign.AttemptID) *campaign.Attempt { return &s.attempts[id-1] }

// Due implements [campaign.Queue].
func (s *Store) Due(_ context.Context, _ campaign.ID, now time.Time, n int) ([]campaign.Contact, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var waiting, ready []campaign.Contact
	for _, p := range s.contacts {
		switch {
		case p.Status == campaign.Waiting && !p.NextAt.After(now):
			waiting = append(waiting, p)
		case p.Status == campaign.Ready:
			ready = append(ready, p)
		}
	}
	slices.SortStableFunc(waiting, func(a, b campaign.Contact) int { return a.NextAt.Compare(b.NextAt) })
	slices.SortStableFunc(ready, func(a, b campaign.Contact) int { return b.Priority - a.Priority })
	due := append(waiting, ready...)
	return due[:min(n, len(due))], nil
}

// NextDue implements [campaign.Queue].
func (s *Store) NextDue(context.Context, campaign.ID) (time.Time, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var next time.Time
	for _, p := range s.contacts {
		if p.Status == campaign.Waiting && (next.IsZero() || p.NextAt.Before(next)) {
			next = p.NextAt
		}
	}
	return next, nil
}

// SetAside implements [campaign.Queue].
func (s *Store) SetAside(_ context.Context, rows []campaign.Contact) error {
	return s.write(func() error {
		for _, c := range rows {
			p := s.contact(c.ID)
			if p.Status == campaign.Ready || p.Status == campaign.Waiting {
				p.Status, p.Why, p.NextAt = c.Status, c.Why, c.NextAt
			}
		}
		return nil
	})
}

// Wake implements [campaign.Waker].
func (s *Store) Wake(_ context.Context, _ campaign.ID, after campaign.ContactID, n int, now time.Time) (campaign.ContactID, error) {
	last := campaign.ContactID(0)
	err := s.write(func() error {
		looked := 0
		for i := range s.contacts {
			p := &s.contacts[i]
			if p.ID <= after {
				continue
			}
			if looked++; looked > n {
				return nil
			}
			last = p.ID
			if p.Status == campaign.Waiting && !p.Why.Code.Holds() {
				p.NextAt = now
			}
		}
		last = 0
		return nil
	})
	return last, err
}

// Tally implements [campaign.Queue].
func (s *Store) Tally(context.Context, campaign.ID) (campaign.Tally, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := campaign.Tally{}
	for _, p := range s.contacts {
		t[p.Status]++
	}
	return t, nil
}

// Begin implements [campaign.Ledger].
func (s *Store) Begin(_ context.Context, a campaign.Attempt) (campaign.Attempt, error) {
	err := s.write(func() error {
		p := s.contact(a.Contact)
		if s.forbids(p, a.Number) || s.rings(a.Number) || p.Status != campaign.Ready && p.Status != campaign.Waiting {
			return campaign.ErrForbidden
		}
		a.ID = campaign.AttemptID(len(s.attempts) + 1)
		s.attempts = append(s.attempts, a)
		p.Status, p.Why, p.NextAt = campaign.Sending, campaign.Reason{}, time.Time{}
		return nil
	})
	return a, err
}

// rings tells whether a number is being called.
func (s *Store) rings(number phone.Number) bool {
	return slices.ContainsFunc(s.attempts, func(a campaign.Attempt) bool {
		return a.Number == number && a.Open() && s.contact(a.Contact).Status.Open()
	})
}

// Queued implements [campaign.Ledger].
func (s *Store) Queued(_ context.Context, id campaign.AttemptID, req gateway.ReqID, at time.Time) error {
	return s.write(func() error {
		a := s.attempt(id)
		a.ReqID, a.Sent = req, at
		s.contact(a.Contact).Status = campaign.Queued
		return nil
	})
}

// Settle implements [campaign.Ledger].
func (s *Store) Settle(_ context.Context, t campaign.Settlement) error {
	return s.write(func() error {
		a := s.attempt(t.Attempt.ID)
		if !a.Open() {
			return nil
		}
		if !t.KeepOpen {
			a.Ended, a.Outcome = t.Attempt.Ended, t.Attempt.Outcome
			a.Why, a.Answers = t.Attempt.Why, t.Attempt.Answers
		}
		p := s.contact(a.Contact)
		p.Status, p.Why, p.NextAt = t.Status, t.Why, t.NextAt
		if t.Tried {
			p.Tries++
			p.Misses = 0
		}
		if t.Missed {
			p.Misses++
		}
		if t.Status == campaign.Reached || t.Status == campaign.Machine {
			p.Reached, p.Answers = t.Attempt.Ended, t.Attempt.Answers
		}
		if t.OptOut {
			p.DoNotCall = true
			s.forbidden = append(s.forbidden, p.Numbers()...)
		}
		return nil
	})
}

// Sync implements [campaign.Syncer].
func (s *Store) Sync(context.Context) error { return s.write(s.durably(func() {})) }

// durably is change and a wait for the disk.
func (s *Store) durably(change func()) func() error {
	return func() error {
		change()
		s.keep()
		return nil
	}
}

// Open implements [campaign.Ledger].
func (s *Store) Open(context.Context, campaign.ID) ([]campaign.Attempt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var open []campaign.Attempt
	for _, a := range s.attempts {
		if p := s.contact(a.Contact); a.Open() && (p.Status != campaign.Doubt || p.Why.Code == campaign.CodeSilent) {
			open = append(open, a)
		}
	}
	return open, nil
}

// Campaign implements [campaign.Campaigns].
func (s *Store) Campaign(context.Context, campaign.ID) (campaign.Campaign, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.campaign, nil
}

// SetState implements [campaign.Campaigns].
func (s *Store) SetState(_ context.Context, c campaign.Campaign) error {
	return s.write(s.durably(func() {
		m := &s.campaign
		m.State, m.Why, m.Practice, m.Started, m.Ended, m.Rethink = c.State, c.Why, c.Practice, c.Started, c.Ended, c.Rethink
	}))
}

// Cancel implements [campaign.Campaigns].
func (s *Store) Cancel(_ context.Context, _ campaign.ID, why campaign.Reason) error {
	return s.write(func() error {
		for i := range s.contacts {
			p := &s.contacts[i]
			if p.Status == campaign.Ready || p.Status == campaign.Waiting {
				p.Status, p.Why, p.NextAt = campaign.Cancelled, why, time.Time{}
			}
		}
		return nil
	})
}

// Mark implements [campaign.Campaigns].
func (s *Store) Mark(_ context.Context, id campaign.ContactID, status campaign.Status) error {
	return s.write(func() error {
		s.contact(id).Status = status
		return nil
	})
}

// Contacts implements [campaign.Rows].
func (s *Store) Contacts(_ context.Context, ids []campaign.ContactID) ([]campaign.Contact, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var rows []campaign.Contact
	for _, id := range ids {
		rows = append(rows, *s.contact(id))
	}
	return rows, nil
}

// Facts implements [campaign.Rows].
func (s *Store) Facts(_ context.Context, c campaign.Campaign, rows []campaign.Contact, since time.Time) ([]campaign.Facts, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []campaign.Facts
	for _, p := range rows {
		f := campaign.Facts{Attempts: s.attemptsAt(p.ID)}
		for _, n := range p.Numbers() {
			if slices.Contains(s.forbidden, n) {
				f.Forbidden = append(f.Forbidden, n)
			}
		}
		for _, past := range s.past(c) {
			if slices.Contains(p.Numbers(), past.Number) && (past.Ended.IsZero() || !past.Ended.Before(since)) {
				f.Past = append(f.Past, past)
			}
		}
		all = append(all, f)
	}
	return all, nil
}

// past are all calls that count for c.
func (s *Store) past(c campaign.Campaign) []campaign.Past {
	var all []campaign.Past
	if !c.Practice {
		all = append(all, s.elsewhere...)
	}
	for _, a := range s.attempts {
		if past, rang := a.Past(); rang {
			all = append(all, past)
		}
	}
	return all
}

// Attempts returns every attempt, or those at one row if id is not zero, oldest
// first.
func (s *Store) Attempts(_ context.Context, _ campaign.ID, id campaign.ContactID) ([]campaign.Attempt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.attemptsAt(id), nil
}

func (s *Store) attemptsAt(id campaign.ContactID) []campaign.Attempt {
	var found []campaign.Attempt
	for _, a := range s.attempts {
		if id == 0 || a.Contact == id {
			found = append(found, a)
		}
	}
	return found
}
