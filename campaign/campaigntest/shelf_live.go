package campaigntest

import (
	"context"
	"slices"
	"time"

	"rollcall/campaign"
	"rollcall/gateway"
)

// Live is what a Shelf knows of calls, and what was done with rows.
type Live struct {
	Calls []campaign.Attempt
}

// row returns the row to be changed, nil if there is none.
func (s *Shelf) row(id campaign.ContactID) *campaign.Contact {
	for i := range s.Rows {
		if s.Rows[i].ID == id {
			return &s.Rows[i]
		}
	}
	return nil
}

// each changes rows, and counts those that were.
func (s *Shelf) each(ids []campaign.ContactID, change func(*campaign.Contact) bool) int {
	n := 0
	for _, id := range ids {
		if p := s.row(id); p != nil && change(p) {
			n++
		}
	}
	return n
}

// reopen pauses a campaign that is over.
func (s *Shelf) reopen(id campaign.ID, changed int) {
	for i := range s.Campaigns {
		if c := &s.Campaigns[i]; c.ID == id && changed > 0 && c.State.Over() {
			c.State, c.Why, c.Ended = campaign.Paused, campaign.Reason{Code: campaign.CodeReopened}, time.Time{}
		}
	}
}

// CallAgain lets rows that are done be called again.
func (s *Shelf) CallAgain(_ context.Context, id campaign.ID, ids []campaign.ContactID, at time.Time) (int, error) {
	n := s.each(ids, func(p *campaign.Contact) bool {
		if !p.Revivable() || p.DoNotCall || len(p.Numbers()) == 0 {
			return false
		}
		p.Anew = campaign.Anew{Tries: p.Tries}
		p.Status, p.Why, p.NextAt = campaign.Waiting, campaign.Reason{Code: campaign.CodeAsked}, at
		return true
	})
	s.reopen(id, n)
	return n, nil
}

// CallNow lets rows that wait be called before all others.
func (s *Shelf) CallNow(_ context.Context, _ campaign.ID, ids []campaign.ContactID) (int, error) {
	return s.each(ids, func(p *campaign.Contact) bool {
		if p.Status != campaign.Ready && p.Status != campaign.Waiting {
			return false
		}
		p.Status, p.Why, p.NextAt = campaign.Waiting, campaign.Reason{Code: campaign.CodeAsked}, campaign.InFront()
		return true
	}), nil
}

// Include takes back that rows were left out.
func (s *Shelf) Include(_ context.Context, id campaign.ID, ids []campaign.ContactID) (int, error) {
	n := s.each(ids, func(p *campaign.Contact) bool {
		if !p.LeftOut() || p.DoNotCall {
			return false
		}
		p.Status, p.Why = campaign.Ready, campaign.Reason{}
		return true
	})
	s.reopen(id, n)
	return n, nil
}

// Exclude leaves rows out.
func (s *Shelf) Exclude(_ context.Context, ids []campaign.ContactID) (int, error) {
	return s.each(ids, func(p *campaign.Contact) bool {
		if p.Status != campaign.Ready && p.Status != campaign.Waiting {
			return false
		}
		p.Status, p.Why, p.NextAt = campaign.Skipped, campaign.Reason{Code: campaign.CodeExcluded}, time.Time{}
		return true
	}), nil
}

// Rule settles rows in doubt.
func (s *Shelf) Rule(_ context.Context, ids []campaign.ContactID, r campaign.Ruling, _ time.Time) (int, error) {
	return s.each(ids, func(p *campaign.Contact) bool {
		if p.Status != campaign.Doubt {
			return false
		}
		p.Status, p.Why = campaign.Failed, campaign.Reason{Code: campaign.CodeRuled, Text: string(r)}
		if r == campaign.RuledNotCalled {
			p.Status, p.Why = campaign.Ready, campaign.Reason{}
		}
		return true
	}), nil
}

// SetAside stores decisions not to dial.
func (s *Shelf) SetAside(_ context.Context, rows []campaign.Contact) error {
	for _, c := range rows {
		if p := s.row(c.ID); p != nil && (p.Status == campaign.Ready || p.Status == campaign.Waiting) {
			p.Status, p.Why, p.NextAt = c.Status, c.Why, c.NextAt
		}
	}
	return nil
}

// list tells rows whether their numbers stand on the list.
func (s *Shelf) list() {
	for i := range s.Rows {
		s.Rows[i].DoNotCall = slices.ContainsFunc(s.Entries, func(e campaign.DoNotCallEntry) bool { return e.Number == s.Rows[i].Number })
	}
}

// Attempts returns those of Live.Calls that are of a row.
func (s *Shelf) Attempts(_ context.Context, _ campaign.ID, id campaign.ContactID) ([]campaign.Attempt, error) {
	var found []campaign.Attempt
	for _, a := range s.Live.Calls {
		if id == 0 || a.Contact == id {
			found = append(found, a)
		}
	}
	return found, nil
}

// Facts returns what is known of rows.
func (s *Shelf) Facts(ctx context.Context, c campaign.Campaign, rows []campaign.Contact, _ time.Time) ([]campaign.Facts, error) {
	facts := make([]campaign.Facts, len(rows))
	for i, p := range rows {
		facts[i].Attempts, _ = s.Attempts(ctx, c.ID, p.ID)
		for _, a := range facts[i].Attempts {
			if past, rang := a.Past(); rang {
				facts[i].Past = append(facts[i].Past, past)
			}
		}
	}
	return facts, nil
}

// CallTimes counts the calls of Live.Calls.
func (s *Shelf) CallTimes(_ context.Context, id campaign.ID, from time.Time, every time.Duration, n int) (campaign.CallTimes, error) {
	t := campaign.CallTimes{From: from, Every: every, Slots: make([]campaign.CallSlot, n)}
	for _, a := range s.Live.Calls {
		i := int(a.Ended.Sub(from) / every)
		if a.Campaign != id || a.Ended.Before(from) || i >= n {
			continue
		}
		if t.Slots[i].Ends == nil {
			t.Slots[i].Ends = map[gateway.Outcome]int{}
		}
		t.Slots[i].Ends[a.Outcome]++
	}
	return t, nil
}

// Waits tells why rows wait.
func (s *Shelf) Waits(_ context.Context, id campaign.ID) ([]campaign.PreflightGroup, error) {
	var groups []campaign.PreflightGroup
	for _, p := range s.Rows {
		if p.Campaign != id || p.Status != campaign.Waiting {
			continue
		}
		why := campaign.Reason{Code: p.Why.Code, Zone: p.Why.Zone}
		at := slices.IndexFunc(groups, func(g campaign.PreflightGroup) bool { return g.Why == why })
		if at < 0 {
			groups, at = append(groups, campaign.PreflightGroup{Why: why, First: p.NextAt}), len(groups)
		}
		groups[at].Rows++
		groups[at].Last = p.NextAt
	}
	return groups, nil
}
