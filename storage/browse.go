package storage

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
	"rollcall/storage/query"
)

// This file is how the journal is followed and looked at. All of it reads.

// Changes returns what has changed after cursor; see [scheduler.Feed].
func (j *Journal) Changes(ctx context.Context, cursor int64, n int) ([]scheduler.Changed, int64, error) {
	changed, next, err := changesAfter(ctx, j.reader, cursor, n)
	if err != nil {
		return nil, 0, fmt.Errorf("read changes: %w", explain(err))
	}
	return changed, next, nil
}

func changesAfter(ctx context.Context, q *query.Queries, cursor int64, n int) ([]scheduler.Changed, int64, error) {
	if cursor < 0 {
		newest, err := q.NewestChange(ctx)
		return nil, newest, err
	}
	entries, err := q.ChangesAfter(ctx, query.ChangesAfterParams{Seq: cursor, N: int64(max(n, 0))})
	if err != nil {
		return nil, 0, err
	}
	if len(entries) == 0 {
		return nil, cursor, givenOut(ctx, q, cursor)
	}
	if entries[0].Seq != cursor+1 {
		return nil, 0, scheduler.ErrForgotten
	}
	next := entries[len(entries)-1].Seq
	// A job that changes between the two queries is given as it is after that,
	// and once more with the entry of that change.
	rows, err := q.JobsChanged(ctx, query.JobsChangedParams{After: cursor, Last: next})
	if err != nil {
		return nil, 0, err
	}
	changed, err := changedIn(entries, rows)
	return changed, next, err
}

// givenOut refuses a cursor from which the feed does not go on: one that is
// ahead of it, as after the file was replaced by an older copy, or, if nothing
// was asked for, one behind it.
func givenOut(ctx context.Context, q *query.Queries, cursor int64) error {
	newest, err := q.NewestChange(ctx)
	if err == nil && cursor > newest {
		err = scheduler.ErrForgotten
	}
	return err
}

// changedIn returns the jobs of entries, each once, at its last one. Those that
// have no row are gone.
func changedIn(entries []query.Change, rows []query.Job) ([]scheduler.Changed, error) {
	jobs := make(map[int64]query.Job, len(rows))
	for _, row := range rows {
		jobs[row.ID] = row
	}
	seen := make(map[int64]bool, len(entries))
	var changed []scheduler.Changed
	for _, e := range slices.Backward(entries) {
		if seen[e.Reqid] {
			continue
		}
		seen[e.Reqid] = true
		row, found := jobs[e.Reqid]
		if !found {
			changed = append(changed, scheduler.Changed{Job: scheduler.Job{ID: gateway.ReqID(e.Reqid)}, Gone: true})
			continue
		}
		job, err := toJob(row)
		if err != nil {
			return nil, err
		}
		changed = append(changed, scheduler.Changed{Job: job})
	}
	slices.Reverse(changed)
	return changed, nil
}

// List returns up to n jobs in one of states, done ones first; see
// [scheduler.Browser].
func (j *Journal) List(ctx context.Context, n int, states ...scheduler.JobState) ([]scheduler.Job, error) {
	states = slices.Compact(slices.Sorted(slices.Values(states)))
	var all []query.Job
	for _, state := range states {
		rows, err := inState(ctx, j.reader, state, int64(max(n, 0)))
		if err != nil {
			return nil, fmt.Errorf("list jobs: %w", explain(err))
		}
		all = append(all, rows...)
	}
	slices.SortFunc(all, func(a, b query.Job) int {
		return cmp.Or(cmp.Compare(b.Ended, a.Ended), cmp.Compare(a.Due, b.Due), cmp.Compare(a.ID, b.ID))
	})
	return convert(all[:min(max(n, 0), len(all))], toJob)
}

// inState returns the n jobs in state that are listed first.
func inState(ctx context.Context, q *query.Queries, state scheduler.JobState, n int64) ([]query.Job, error) {
	switch state {
	case scheduler.JobDone:
		return q.ListDone(ctx, n)
	case scheduler.JobQueued:
		return queued(ctx, q, n)
	default:
		return q.ListHeld(ctx, query.ListHeldParams{State: string(state), N: n})
	}
}

// queued returns the n queued jobs of each priority that are due first.
func queued(ctx context.Context, q *query.Queries, n int64) ([]query.Job, error) {
	var all []query.Job
	for _, level := range levels() {
		rows, err := q.ListQueued(ctx, query.ListQueuedParams{Priority: level, N: n})
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, nil
}

// shortestSearch is how many digits a search must have, lest it finds nearly
// everything.
const shortestSearch = 3

// Search returns up to n jobs, newest first, whose number ends in digits; see
// [scheduler.Browser].
func (j *Journal) Search(ctx context.Context, digits string, n int) ([]scheduler.Job, error) {
	if len(digits) < shortestSearch {
		return nil, nil
	}
	tail := backwards(digits)
	beyond := tail + ":" // the byte after 9
	rows, err := j.reader.SearchJobs(ctx, query.SearchJobsParams{Tail: tail, Beyond: beyond, N: int64(max(n, 0))})
	if err != nil {
		return nil, fmt.Errorf("search jobs: %w", explain(err))
	}
	return convert(rows, toJob)
}

// Count tells how many jobs are in each state, from a tally that the file keeps.
func (j *Journal) Count(ctx context.Context) (map[scheduler.JobState]int, error) {
	rows, err := j.reader.CountJobs(ctx)
	if err != nil {
		return nil, fmt.Errorf("count jobs: %w", explain(err))
	}
	counts := make(map[scheduler.JobState]int, len(rows))
	for _, row := range rows {
		counts[scheduler.JobState(row.State)] = int(row.N)
	}
	return counts, nil
}
