package storage_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
	"rollcall/gateway/scheduler/journaltest"
	"rollcall/storage"
)

// twins are two journals that are asked the same and must answer the same: the
// one in the file and the plain one in memory.
type twins struct {
	file    *storage.Journal
	memory  *journaltest.Memory
	now     time.Time
	ids     []gateway.ReqID
	cursors []int64
}

// ask asks both and compares what they answer, and what the error is.
func ask[T any](t *rapid.T, m *twins, question func(j scheduler.Journal) (T, error)) T {
	got, err := question(m.file)
	want, wantErr := question(m.memory)
	for _, sentinel := range []error{gateway.ErrUnknownCall, scheduler.ErrLost, scheduler.ErrVoided, scheduler.ErrForgotten, nil} {
		if errors.Is(err, sentinel) != errors.Is(wantErr, sentinel) {
			t.Fatalf("error %v, in memory %v", err, wantErr)
		}
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(sameJob)); diff != "" {
		t.Fatalf("(-memory +file):\n%s", diff)
	}
	return got
}

// sameJob compares jobs; when one became done is told by two clocks.
func sameJob(a, b scheduler.Job) bool {
	if a.Ended.IsZero() != b.Ended.IsZero() {
		return false
	}
	a.Ended, b.Ended = time.Time{}, time.Time{}
	type job scheduler.Job
	return cmp.Equal(job(a), job(b))
}

func (m *twins) id(t *rapid.T) gateway.ReqID {
	return rapid.SampledFrom(append([]gateway.ReqID{1}, m.ids...)).Draw(t, "id")
}

func owner(t *rapid.T) string { return rapid.SampledFrom([]string{"one", "two"}).Draw(t, "owner") }

func reference(t *rapid.T) gateway.Reference {
	return rapid.SampledFrom([]gateway.Reference{"", "", "", "a", "b", "c", "d"}).Draw(t, "reference")
}

// span is a time of up to an hour.
func span(t *rapid.T, what string) time.Duration {
	return time.Duration(rapid.IntRange(0, 60).Draw(t, what)) * time.Minute
}

func (m *twins) accept(t *rapid.T) {
	job := scheduler.Job{
		Request: gateway.Request{
			Phone:     rapid.SampledFrom([]gateway.Phone{"+13125550142", "312 555 0142,,1", "+13125551142", "none"}).Draw(t, "phone"),
			Reference: reference(t),
			Priority:  gateway.Priority(rapid.IntRange(-1, 1).Draw(t, "priority")),
		},
		From:     rapid.SampledFrom([]string{"", "192.0.2.7"}).Draw(t, "from"),
		Accepted: m.now,
		Due:      m.now.Add(span(t, "due")),
		State:    scheduler.JobQueued,
		Remove:   rapid.Bool().Draw(t, "remove"),
	}
	job.FirstDue = job.Due
	job.Expires = job.Due.Add(span(t, "expires"))
	accepted := ask(t, m, func(j scheduler.Journal) (scheduler.Job, error) { return j.Accept(context.Background(), job) })
	if accepted.ID != 0 {
		m.ids = append(m.ids, accepted.ID)
	}
}

func (m *twins) claim(t *rapid.T) {
	by, n, lease := owner(t), rapid.IntRange(0, 4).Draw(t, "n"), m.now.Add(span(t, "lease"))
	ask(t, m, func(j scheduler.Journal) ([]scheduler.Job, error) {
		jobs, err := j.Claim(context.Background(), by, m.now, lease, n)
		return some(jobs), err
	})
}

// some makes no difference between no list and an empty one.
func some[T any](list []T) []T { return append([]T{}, list...) }

func (m *twins) dialling(t *rapid.T) {
	id, by, lease := m.id(t), owner(t), m.now.Add(span(t, "lease"))
	ask(t, m, func(j scheduler.Journal) (any, error) { return nil, j.Dialling(context.Background(), id, by, lease) })
}

func (m *twins) settle(t *rapid.T) {
	id, by := m.id(t), owner(t)
	job, err := m.file.Find(context.Background(), id)
	if err != nil {
		job.ID = id
	}
	job.State = rapid.SampledFrom([]scheduler.JobState{scheduler.JobQueued, scheduler.JobDone}).Draw(t, "state")
	job.Due = m.now.Add(span(t, "due"))
	job.Remove = job.Remove || rapid.IntRange(0, 4).Draw(t, "remove") == 0
	job.Dialled += rapid.IntRange(0, 1).Draw(t, "dialled")
	job.Attempts = append(job.Attempts, gateway.Attempt{State: gateway.StateRetry, Made: m.now, Due: job.FirstDue})
	ask(t, m, func(j scheduler.Journal) (any, error) { return nil, j.Settle(context.Background(), job, by) })
}

func (m *twins) recover(t *rapid.T) {
	by, own := owner(t), rapid.Bool().Draw(t, "own")
	ask(t, m, func(j scheduler.Journal) ([]scheduler.Job, error) {
		jobs, err := j.Recover(context.Background(), by, own, m.now)
		return some(jobs), err
	})
}

func (m *twins) remove(t *rapid.T) {
	id, ifQueued := m.id(t), rapid.Bool().Draw(t, "if queued")
	ask(t, m, func(j scheduler.Journal) (scheduler.Job, error) { return j.Remove(context.Background(), id, ifQueued) })
}

func (m *twins) look(t *rapid.T) {
	ref, void := reference(t), rapid.Bool().Draw(t, "void")
	if ref == "" {
		return // nobody asks for no reference
	}
	ask(t, m, func(j scheduler.Journal) (gateway.Lookup, error) {
		return j.Reference(context.Background(), ref, void, m.now)
	})
}

func (m *twins) follow(t *rapid.T) {
	cursor := rapid.SampledFrom(append([]int64{-1, 0}, m.cursors...)).Draw(t, "cursor")
	n := rapid.IntRange(1, 9).Draw(t, "n")
	if rapid.IntRange(0, 9).Draw(t, "ahead") == 0 {
		cursor += 1000
	}
	type page struct {
		Changed []scheduler.Changed
		Next    int64
	}
	p := ask(t, m, func(j scheduler.Journal) (page, error) {
		changed, next, err := j.Changes(context.Background(), cursor, n)
		return page{some(changed), next}, err
	})
	m.cursors = append(m.cursors, p.Next)
}

func (m *twins) wait(t *rapid.T) { m.now = m.now.Add(span(t, "pause")) }

// check is what people see, after every step.
func (m *twins) check(t *rapid.T) {
	ctx := context.Background()
	ask(t, m, func(j scheduler.Journal) (map[scheduler.JobState]int, error) { return j.Count(ctx) })
	ask(t, m, func(j scheduler.Journal) (string, error) {
		due, expires, err := j.NextDue(ctx)
		return fmt.Sprint(due.UnixMilli(), expires.UnixMilli()), err
	})
	n := rapid.IntRange(0, 5).Draw(t, "n")
	ask(t, m, func(j scheduler.Journal) ([]scheduler.Job, error) {
		jobs, err := j.List(ctx, n, scheduler.JobQueued, scheduler.JobDialling, scheduler.JobClaimed)
		return some(jobs), err
	})
	ask(t, m, func(j scheduler.Journal) ([]scheduler.Job, error) {
		jobs, err := j.List(ctx, 1000, scheduler.JobDone)
		jobs = some(jobs)
		slices.SortFunc(jobs, func(a, b scheduler.Job) int { return int(a.ID - b.ID) })
		return jobs, err
	})
	digits := rapid.SampledFrom([]string{"142", "0142", "13125550142", "42", "143"}).Draw(t, "digits")
	ask(t, m, func(j scheduler.Journal) ([]scheduler.Job, error) {
		jobs, err := j.Search(ctx, digits, n)
		return some(jobs), err
	})
	id := m.id(t)
	ask(t, m, func(j scheduler.Journal) (scheduler.Job, error) { return j.Find(ctx, id) })
}

// The journal in the file answers as the plain one in memory does, whatever is
// asked in whatever order.
func TestJournalsAgree(t *testing.T) {
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		j, err := storage.OpenJournal(context.Background(), filepath.Join(dir, fmt.Sprint(n, ".db")), storage.JournalOptions{})
		fail(rt, err)
		defer func() { fail(rt, j.Close()) }()
		m := &twins{file: j, memory: new(journaltest.Memory), now: time.Now().Truncate(time.Millisecond)}
		rt.Repeat(map[string]func(*rapid.T){
			"accept":       m.accept,
			"accept again": m.accept,
			"claim":        m.claim,
			"dialling":     m.dialling,
			"settle":       m.settle,
			"recover":      m.recover,
			"remove":       m.remove,
			"reference":    m.look,
			"follow":       m.follow,
			"wait":         m.wait,
			"":             m.check,
		})
	})
}
