// Package broadcasttest offers a [Memory] store to tests of whatever runs
// campaigns, and [Run], the conformance suite that every Store must pass.
package broadcasttest

import (
	"context"
	"slices"
	"sync"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/broadcast"
)

// Memory is a Store that forgets everything with the process. The zero value
// is empty and ready. A restart is played by a second engine on the same
// Memory.
type Memory struct {
	mu        sync.Mutex
	lists     map[string]broadcast.List
	campaigns []*campaign // by ID
}

type campaign struct {
	broadcast.Campaign
	rows []broadcast.Row
}

// List implements [broadcast.Lists].
func (m *Memory) List(_ context.Context, name string) (broadcast.List, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	list, found := m.lists[name]
	if !found {
		return broadcast.List{}, broadcast.ErrNoList
	}
	return cloneList(list), nil
}

// SaveList implements [broadcast.Lists].
func (m *Memory) SaveList(_ context.Context, l broadcast.List) (broadcast.List, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.lists == nil {
		m.lists = make(map[string]broadcast.List)
	}
	l.ID = m.lists[l.Name].ID
	if l.ID == 0 {
		l.ID = int64(len(m.lists) + 1)
	}
	m.lists[l.Name] = cloneList(l)
	return l, nil
}

// Latest implements [broadcast.Lists].
func (m *Memory) Latest(_ context.Context, list int64) (broadcast.Campaign, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range slices.Backward(m.campaigns) {
		if c.ListID == list {
			return cloneCampaign(c.Campaign), nil
		}
	}
	return broadcast.Campaign{}, broadcast.ErrNoCampaign
}

// Reached implements [broadcast.Lists].
func (m *Memory) Reached(_ context.Context, name string, since time.Time) ([]gateway.Phone, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var phones []gateway.Phone
	for _, c := range m.campaigns {
		if c.List != name || c.Started.Before(since) {
			continue
		}
		for _, r := range c.rows {
			reached := r.Outcome == gateway.OutcomeReached || r.Outcome == gateway.OutcomeNoTransfer
			if r.State == broadcast.RowDone && reached {
				phones = append(phones, r.Phone())
			}
		}
	}
	return phones, nil
}

// Create implements [broadcast.Campaigns].
func (m *Memory) Create(_ context.Context, c broadcast.Campaign, rows []broadcast.Row) (broadcast.Campaign, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c.ID = broadcast.FirstID(c.Started)
	if n := len(m.campaigns); n > 0 {
		c.ID = max(c.ID, m.campaigns[n-1].ID+1)
	}
	m.campaigns = append(m.campaigns, &campaign{Campaign: cloneCampaign(c), rows: cloneRows(rows)})
	return c, nil
}

// Update implements [broadcast.Campaigns].
func (m *Memory) Update(_ context.Context, id gateway.ReqID, change func(*broadcast.Campaign), rows ...broadcast.Row) (broadcast.Campaign, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, err := m.find(id)
	if err != nil {
		return broadcast.Campaign{}, err
	}
	for _, r := range cloneRows(rows) {
		c.rows[r.N] = r
	}
	if change != nil {
		change(&c.Campaign)
	}
	if c.State == broadcast.Finished {
		for i := range c.rows {
			if c.rows[i].State == broadcast.RowReady {
				c.rows[i].State = broadcast.RowWithdrawn
			}
		}
	}
	return cloneCampaign(c.Campaign), nil
}

// Campaign implements [broadcast.Campaigns].
func (m *Memory) Campaign(_ context.Context, id gateway.ReqID) (broadcast.Campaign, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, err := m.find(id)
	if err != nil {
		return broadcast.Campaign{}, err
	}
	return cloneCampaign(c.Campaign), nil
}

// Open implements [broadcast.Campaigns].
func (m *Memory) Open(context.Context) ([]broadcast.Campaign, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var open []broadcast.Campaign
	for _, c := range m.campaigns {
		if c.State != broadcast.Finished {
			open = append(open, cloneCampaign(c.Campaign))
		}
	}
	return open, nil
}

// Due implements [broadcast.Rows].
func (m *Memory) Due(_ context.Context, id gateway.ReqID, now time.Time, n int) ([]broadcast.Row, time.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var due []broadcast.Row
	var next time.Time
	for _, r := range m.rows(id, broadcast.RowReady) {
		switch {
		case !r.Next.After(now):
			due = append(due, r)
		case next.IsZero() || r.Next.Before(next):
			next = r.Next
		}
	}
	return cloneRows(due[:min(n, len(due))]), next, nil
}

// Calling implements [broadcast.Rows].
func (m *Memory) Calling(_ context.Context, id gateway.ReqID) ([]broadcast.Row, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return cloneRows(m.rows(id, broadcast.RowCalling)), nil
}

// Page implements [broadcast.Rows].
func (m *Memory) Page(_ context.Context, id gateway.ReqID, from, n int) ([]broadcast.Row, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	rows := m.rows(id, "")
	rows = rows[min(from, len(rows)):]
	return cloneRows(rows[:min(n, len(rows))]), nil
}

// Tally implements [broadcast.Rows].
func (m *Memory) Tally(_ context.Context, id gateway.ReqID) ([]broadcast.Count, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	counted := make(map[broadcast.Count]int)
	for _, r := range m.rows(id, "") {
		counted[broadcast.Count{State: r.State, Aside: r.Aside, Outcome: r.Outcome, OptOut: r.OptOut}]++
	}
	var counts []broadcast.Count
	for alike, n := range counted {
		alike.Rows = n
		counts = append(counts, alike)
	}
	return counts, nil
}

func (m *Memory) find(id gateway.ReqID) (*campaign, error) {
	for _, c := range m.campaigns {
		if c.ID == id {
			return c, nil
		}
	}
	return nil, broadcast.ErrNoCampaign
}

// rows returns the rows of a campaign in this state; empty is any.
func (m *Memory) rows(id gateway.ReqID, state broadcast.RowState) []broadcast.Row {
	c, err := m.find(id)
	if err != nil {
		return nil
	}
	var rows []broadcast.Row
	for _, r := range c.rows {
		if state == "" || r.State == state {
			rows = append(rows, r)
		}
	}
	return rows
}

func cloneList(l broadcast.List) broadcast.List {
	l.Columns = slices.Clone(l.Columns)
	l.Rows = slices.Clone(l.Rows)
	for i, row := range l.Rows {
		l.Rows[i] = slices.Clone(row)
	}
	return l
}

func cloneCampaign(c broadcast.Campaign) broadcast.Campaign {
	c.Columns = slices.Clone(c.Columns)
	return c
}

func cloneRows(rows []broadcast.Row) []broadcast.Row {
	rows = slices.Clone(rows)
	for i, r := range rows {
		rows[i].Cells, rows[i].Phones, rows[i].Answers = slices.Clone(r.Cells), slices.Clone(r.Phones), slices.Clone(r.Answers)
	}
	return rows
}
