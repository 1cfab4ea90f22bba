// Package journaltest offers a [Memory] journal to tests of whatever needs a
// scheduler, and [Run], the conformance suite that every Journal must pass.
package journaltest

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
)

// lifetime is how long a reference outlives its record.
const lifetime = 30 * 24 * time.Hour

// maxExpired is how many expired jobs one Claim gives.
const maxExpired = 100

// takeover is the lease of an interrupted call while it is being settled.
const takeover = time.Minute

// Memory is a Journal that forgets everything with the process. The zero value
// is empty and ready. A restart is played by a second scheduler on the same
// Memory.
type Memory struct {
	mu    sync.Mutex
	jobs  map[gateway.ReqID]*scheduler.Job
	names map[gateway.Reference]*name
	last  gateway.ReqID
	feed  []gateway.ReqID // the n-th change, counted from 1, was of this job
	// withdrawn are the jobs that were removed while they were dialled; they
	// go with the try.
	withdrawn map[gateway.ReqID]bool
}

// name is what is known of a reference.
type name struct {
	id     gateway.ReqID // zero if it was voided before it arrived
	voided bool
	ended  time.Time // zero while the job is open
}

// Accept implements [scheduler.Records].
func (m *Memory) Accept(_ context.Context, job scheduler.Job) (scheduler.Job, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forget(job.Accepted)
	ref := job.Request.Reference
	if n, known := m.names[ref]; known && ref != "" {
		return m.again(job, *n)
	}
	job.ID = max(gateway.ReqID(job.Accepted.UnixMilli()), m.last+1)
	m.last = job.ID
	stored := clone(job)
	if m.jobs == nil {
		m.jobs = make(map[gateway.ReqID]*scheduler.Job)
	}
	m.jobs[job.ID] = &stored
	m.changed(job.ID)
	if ref != "" {
		m.name(ref).id = job.ID
	}
	return job, nil
}

// again answers a request whose reference is known. Of a job whose record is
// gone only the ID is left.
func (m *Memory) again(job scheduler.Job, n name) (scheduler.Job, error) {
	if n.voided {
		return scheduler.Job{}, scheduler.ErrVoided
	}
	if first, found := m.jobs[n.id]; found {
		return clone(*first), nil
	}
	job.ID = n.id
	job.State = scheduler.JobDone
	return job, nil
}

// Find implements [scheduler.Records].
func (m *Memory) Find(_ context.Context, id gateway.ReqID) (scheduler.Job, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	job, found := m.jobs[id]
	if !found {
		return scheduler.Job{}, gateway.ErrUnknownCall
	}
	return clone(*job), nil
}

// Remove implements [scheduler.Records].
func (m *Memory) Remove(_ context.Context, id gateway.ReqID, ifQueued bool) (scheduler.Job, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	job, found := m.jobs[id]
	if !found {
		return scheduler.Job{}, gateway.ErrUnknownCall
	}
	was := clone(*job)
	switch {
	case waits(job):
		m.withdraw(job, time.Now())
	case ifQueued:
	case job.State == scheduler.JobDialling:
		job.Remove = true
		m.mark(id)
	default:
		m.drop(id)
	}
	return was, nil
}

// Reference implements [scheduler.Records].
func (m *Memory) Reference(_ context.Context, ref gateway.Reference, void bool, now time.Time) (gateway.Lookup, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forget(now)
	n, known := m.names[ref]
	if !known {
		if !void {
			return gateway.Lookup{State: gateway.LookupUnknown}, nil
		}
		n = m.name(ref)
		n.voided, n.ended = true, now
	}
	job, found := m.jobs[n.id]
	if found && void && waits(job) {
		m.withdraw(job, now)
		found = false
	}
	switch {
	case n.voided:
		return gateway.Lookup{State: gateway.LookupVoided, ReqID: n.id}, nil
	case found && waits(job):
		return gateway.Lookup{State: gateway.LookupQueued, ReqID: n.id}, nil
	case found && job.State == scheduler.JobDialling:
		return gateway.Lookup{State: gateway.LookupCalling, ReqID: n.id}, nil
	default:
		return gateway.Lookup{State: gateway.LookupDone, ReqID: n.id}, nil
	}
}

// Claim implements [scheduler.Queue].
func (m *Memory) Claim(_ context.Context, owner string, now, lease time.Time, n int) ([]scheduler.Job, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var due, late []*scheduler.Job
	for _, job := range m.jobs {
		switch {
		case job.State != scheduler.JobQueued:
		case !job.Expires.After(now):
			late = append(late, job)
		case !job.Due.After(now):
			due = append(due, job)
		}
	}
	taken := append(earliest(due, n), earliest(late, maxExpired)...)
	var jobs []scheduler.Job
	for _, job := range taken {
		job.State, job.Owner, job.Lease = scheduler.JobClaimed, owner, lease
		jobs = append(jobs, clone(*job))
	}
	return jobs, nil
}

// Dialling implements [scheduler.Queue].
func (m *Memory) Dialling(_ context.Context, id gateway.ReqID, owner string, lease time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	job, held := m.held(id, owner)
	if !held {
		return scheduler.ErrLost
	}
	if job.State != scheduler.JobDialling {
		m.changed(id)
	}
	job.State, job.Lease = scheduler.JobDialling, lease
	return nil
}

// Settle implements [scheduler.Queue].
func (m *Memory) Settle(_ context.Context, job scheduler.Job, owner string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	stored, held := m.held(job.ID, owner)
	if !held {
		return scheduler.ErrLost
	}
	done := job.State == scheduler.JobDone
	remove := stored.Remove || job.Remove
	if m.withdrawn[job.ID] || done && remove {
		m.drop(job.ID)
		m.end(stored, time.Now())
		return nil
	}
	m.changed(job.ID)
	settled := clone(job)
	stored.State, stored.Due = settled.State, settled.Due
	stored.Attempts, stored.Dialled = settled.Attempts, settled.Dialled
	stored.Owner, stored.Lease, stored.Remove = "", time.Time{}, remove
	if done {
		stored.Ended = time.Now()
		m.end(stored, stored.Ended)
	}
	return nil
}

// Recover implements [scheduler.Queue].
func (m *Memory) Recover(_ context.Context, owner string, own bool, now time.Time) ([]scheduler.Job, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var rang []*scheduler.Job
	for _, job := range m.jobs {
		ours := job.Owner == owner
		if job.Owner == "" || ours && !own || !ours && job.Lease.After(now) {
			continue
		}
		if job.State == scheduler.JobDialling {
			job.Owner, job.Lease = owner, now.Add(takeover)
			rang = append(rang, job)
			continue
		}
		job.State, job.Owner, job.Lease = scheduler.JobQueued, "", time.Time{}
	}
	var jobs []scheduler.Job
	for _, job := range earliest(rang, len(rang)) {
		jobs = append(jobs, clone(*job))
	}
	return jobs, nil
}

// NextDue implements [scheduler.Queue].
func (m *Memory) NextDue(context.Context) (due, expires time.Time, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, job := range m.jobs {
		if job.State == scheduler.JobQueued {
			due, expires = earlier(due, job.Due), earlier(expires, job.Expires)
		}
	}
	return due, expires, nil
}

func earlier(t, u time.Time) time.Time {
	if t.IsZero() || u.Before(t) {
		return u
	}
	return t
}

// held returns the job if owner holds a claim on it.
func (m *Memory) held(id gateway.ReqID, owner string) (*scheduler.Job, bool) {
	job, found := m.jobs[id]
	if !found || job.Owner != owner {
		return nil, false
	}
	return job, job.State == scheduler.JobClaimed || job.State == scheduler.JobDialling
}

// waits tells whether no phone rings for job now.
func waits(job *scheduler.Job) bool {
	return job.State == scheduler.JobQueued || job.State == scheduler.JobClaimed
}

// withdraw deletes a job that waits.
func (m *Memory) withdraw(job *scheduler.Job, now time.Time) {
	m.drop(job.ID)
	m.end(job, now)
	if n, known := m.names[job.Request.Reference]; known {
		n.voided = job.Dialled == 0
	}
}

// end starts the last 30 days of the job's reference.
func (m *Memory) end(job *scheduler.Job, now time.Time) {
	if n, known := m.names[job.Request.Reference]; known {
		n.ended = now
	}
}

// forget drops references that have outlived their records.
func (m *Memory) forget(now time.Time) {
	for ref, n := range m.names {
		if _, kept := m.jobs[n.id]; !kept && now.Sub(n.ended) > lifetime {
			delete(m.names, ref)
		}
	}
}

func (m *Memory) name(ref gateway.Reference) *name {
	if m.names == nil {
		m.names = make(map[gateway.Reference]*name)
	}
	n := &name{}
	m.names[ref] = n
	return n
}

func (m *Memory) mark(id gateway.ReqID) {
	if m.withdrawn == nil {
		m.withdrawn = make(map[gateway.ReqID]bool)
	}
	m.withdrawn[id] = true
}

func (m *Memory) drop(id gateway.ReqID) {
	delete(m.jobs, id)
	delete(m.withdrawn, id)
	m.changed(id)
}

func (m *Memory) changed(id gateway.ReqID) { m.feed = append(m.feed, id) }

// earliest returns up to n of jobs in the order of the queue.
func earliest(jobs []*scheduler.Job, n int) []*scheduler.Job {
	slices.SortFunc(jobs, func(a, b *scheduler.Job) int {
		return cmp.Or(cmp.Compare(b.Request.Priority, a.Request.Priority), a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID))
	})
	return jobs[:min(n, len(jobs))]
}

func clone(job scheduler.Job) scheduler.Job {
	job.Attempts = slices.Clone(job.Attempts)
	for i := range job.Attempts {
		job.Attempts[i].Answers = slices.Clone(job.Attempts[i].Answers)
	}
	return job
}
