package journaltest

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"rollcall/gateway/scheduler"
)

// This file is how a [Memory] is followed and looked at.

// Changes implements [scheduler.Feed].
func (m *Memory) Changes(_ context.Context, cursor int64, n int) ([]scheduler.Changed, int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	newest := int64(len(m.feed))
	switch {
	case cursor < 0:
		return nil, newest, nil
	case cursor > newest:
		return nil, 0, scheduler.ErrForgotten
	}
	next := min(newest, cursor+int64(n))
	entries := m.feed[cursor:next]
	var changed []scheduler.Changed
	for i, id := range entries {
		if slices.Contains(entries[i+1:], id) {
			continue
		}
		if job, found := m.jobs[id]; found {
			changed = append(changed, scheduler.Changed{Job: clone(*job)})
		} else {
			changed = append(changed, scheduler.Changed{Job: scheduler.Job{ID: id}, Gone: true})
		}
	}
	return changed, next, nil
}

// List implements [scheduler.Browser].
func (m *Memory) List(_ context.Context, n int, states ...scheduler.JobState) ([]scheduler.Job, error) {
	return m.pick(n, func(job *scheduler.Job) bool { return slices.Contains(states, job.State) }, func(a, b *scheduler.Job) int {
		return cmp.Or(b.Ended.Compare(a.Ended), a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID))
	}), nil
}

// Search implements [scheduler.Browser].
func (m *Memory) Search(_ context.Context, digits string, n int) ([]scheduler.Job, error) {
	if len(digits) < 3 {
		return nil, nil
	}
	return m.pick(n, func(job *scheduler.Job) bool {
		return strings.HasSuffix(job.Request.Phone.Digits(), digits)
	}, func(a, b *scheduler.Job) int { return cmp.Compare(b.ID, a.ID) }), nil
}

// pick returns the first n jobs that keep wants, in an order. It looks at all
// jobs and copies only those.
func (m *Memory) pick(n int, keep func(*scheduler.Job) bool, order func(a, b *scheduler.Job) int) []scheduler.Job {
	m.mu.Lock()
	defer m.mu.Unlock()
	var first []*scheduler.Job
	for _, job := range m.jobs {
		full := len(first) >= n
		if !keep(job) || full && (n <= 0 || order(first[n-1], job) <= 0) {
			continue
		}
		at, _ := slices.BinarySearchFunc(first, job, order)
		first = slices.Insert(first, at, job)
		first = first[:min(n, len(first))]
	}
	var jobs []scheduler.Job
	for _, job := range first {
		jobs = append(jobs, clone(*job))
	}
	return jobs
}

// Count implements [scheduler.Browser].
func (m *Memory) Count(context.Context) (map[scheduler.JobState]int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	counts := make(map[scheduler.JobState]int)
	for _, job := range m.jobs {
		counts[job.State]++
	}
	return counts, nil
}

var _ scheduler.Journal = (*Memory)(nil)
