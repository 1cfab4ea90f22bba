package storage

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
	"rollcall/storage/query"
)

// Accept stores a new job and returns it with its ID; see [scheduler.Records].
// Ids only ever grow, so that the id of a record that is gone is never given
// to another. If the record of a known reference is gone, the job returned
// has the first one's ID and is done.
func (j *Journal) Accept(ctx context.Context, job scheduler.Job) (scheduler.Job, error) {
	if job.Accepted.IsZero() {
		job.Accepted = time.Now()
	}
	row, err := toRow(job)
	if err != nil {
		return scheduler.Job{}, fmt.Errorf("accept a call: %w", err)
	}
	err = j.commit(ctx, func(ctx context.Context, q *query.Queries) error {
		known, ok, err := acceptedBefore(ctx, q, job)
		if err != nil {
			return err
		}
		if ok {
			job = known
			return nil
		}
		id, err := q.Issue(ctx, stamp(job.Accepted))
		if err != nil {
			return err
		}
		job.ID, job.State, row.ID = gateway.ReqID(id), scheduler.JobQueued, id
		return insertJob(ctx, q, row)
	})
	if err != nil {
		return scheduler.Job{}, fmt.Errorf("accept a call: %w", err)
	}
	return job, nil
}

// acceptedBefore looks for the job first accepted for job's reference.
func acceptedBefore(ctx context.Context, q *query.Queries, job scheduler.Job) (scheduler.Job, bool, error) {
	if job.Request.Reference == "" {
		return job, false, nil
	}
	ref, err := getRef(ctx, q, job.Request.Reference, job.Accepted)
	if errors.Is(err, sql.ErrNoRows) {
		return job, false, nil
	}
	if err != nil {
		return job, false, err
	}
	if ref.Voided {
		return job, false, scheduler.ErrVoided
	}
	row, err := q.GetJob(ctx, ref.Reqid)
	if errors.Is(err, sql.ErrNoRows) {
		job.ID, job.State = gateway.ReqID(ref.Reqid), scheduler.JobDone
		return job, true, nil
	}
	if err != nil {
		return job, false, err
	}
	known, err := toJob(row)
	return known, true, err
}

// getRef returns a reference, or [sql.ErrNoRows] if it is unknown or forgotten
// at now.
func getRef(ctx context.Context, q *query.Queries, name gateway.Reference, now time.Time) (query.GetRefRow, error) {
	ref, err := q.GetRef(ctx, string(name))
	if err == nil && ref.Expires != 0 && ref.Expires <= stamp(now) {
		err = sql.ErrNoRows
	}
	return ref, err
}

// toRow is how a new job is stored, but for its ID.
func toRow(job scheduler.Job) (query.InsertJobParams, error) {
	request, err := encodeRequest(job.Request)
	if err != nil {
		return query.InsertJobParams{}, err
	}
	attempts, err := encodeList(job.Attempts)
	return query.InsertJobParams{
		Request:   request,
		Reference: string(job.Request.Reference),
		Accepted:  stamp(job.Accepted),
		Due:       stamp(job.Due),
		FirstDue:  stamp(job.FirstDue),
		Expires:   stamp(job.Expires),
		State:     string(scheduler.JobQueued),
		Attempts:  attempts,
		Dialled:   int64(job.Dialled),
		Remove:    job.Remove,
		Origin:    job.From,
		Priority:  int64(cmp.Compare(job.Request.Priority, gateway.PriorityNormal)),
		Tail:      backwards(job.Request.Phone.Digits()),
	}, err
}

// encodeRequest writes the fields of a request that are set as JSON.
func encodeRequest(r gateway.Request) (string, error) {
	set := make(map[string]any)
	for field, value := range reflect.ValueOf(r).Fields() {
		if !value.IsZero() {
			set[field.Name] = value.Interface()
		}
	}
	text, err := json.Marshal(set)
	return string(text), err
}

// backwards is how the digits of a number are stored, so that those of equal
// ends stand together.
func backwards(digits string) string {
	b := []byte(digits)
	slices.Reverse(b)
	return string(b)
}

func insertJob(ctx context.Context, q *query.Queries, row query.InsertJobParams) error {
	if err := errors.Join(q.InsertJob(ctx, row), q.NoteChange(ctx, row.ID)); err != nil || row.Reference == "" {
		return err
	}
	return q.PutRef(ctx, query.PutRefParams{Reference: row.Reference, Reqid: row.ID})
}

// Find returns a job, or [gateway.ErrUnknownCall].
func (j *Journal) Find(ctx context.Context, id gateway.ReqID) (scheduler.Job, error) {
	job, err := find(ctx, j.reader, id)
	if err != nil {
		return scheduler.Job{}, fmt.Errorf("find job %d: %w", id, explain(err))
	}
	return job, nil
}

func find(ctx context.Context, q *query.Queries, id gateway.ReqID) (scheduler.Job, error) {
	row, err := q.GetJob(ctx, int64(id))
	if errors.Is(err, sql.ErrNoRows) {
		return scheduler.Job{}, gateway.ErrUnknownCall
	}
	if err != nil {
		return scheduler.Job{}, err
	}
	return toJob(row)
}

// Remove deletes a job or marks it to be deleted; see [scheduler.Records].
func (j *Journal) Remove(ctx context.Context, id gateway.ReqID, ifQueued bool) (scheduler.Job, error) {
	var job scheduler.Job
	err := j.commit(ctx, func(ctx context.Context, q *query.Queries) error {
		row, err := q.GetJob(ctx, int64(id))
		if errors.Is(err, sql.ErrNoRows) {
			return gateway.ErrUnknownCall
		}
		if err != nil {
			return err
		}
		if job, err = toJob(row); err != nil {
			return err
		}
		switch job.State {
		case scheduler.JobQueued, scheduler.JobClaimed:
			return withdraw(ctx, q, row, time.Now())
		case scheduler.JobDialling:
			if !ifQueued {
				return q.WithdrawJob(ctx, row.ID)
			}
		case scheduler.JobDone:
			if !ifQueued {
				return forget(ctx, q, row, false, time.Now())
			}
		}
		return nil
	})
	if err != nil {
		return scheduler.Job{}, fmt.Errorf("remove job %d: %w", id, err)
	}
	return job, nil
}

// withdraw deletes a job that is not being dialled. If it never was, its
// reference is void: no phone rang and none will.
func withdraw(ctx context.Context, q *query.Queries, row query.Job, now time.Time) error {
	return forget(ctx, q, row, row.Dialled == 0, now)
}

// forget deletes a job; its reference lives on for a while.
func forget(ctx context.Context, q *query.Queries, row query.Job, void bool, now time.Time) error {
	if err := errors.Join(q.DeleteJob(ctx, row.ID), q.NoteChange(ctx, row.ID)); err != nil {
		return err
	}
	if void {
		return voidReference(ctx, q, row.Reference, row.ID, now)
	}
	return expireReference(ctx, q, row, now)
}

func voidReference(ctx context.Context, q *query.Queries, ref string, id int64, now time.Time) error {
	if ref == "" {
		return nil
	}
	return q.PutRef(ctx, query.PutRefParams{Reference: ref, Reqid: id, Voided: true, Expires: stamp(now.Add(keepReferences))})
}

func expireReference(ctx context.Context, q *query.Queries, row query.Job, now time.Time) error {
	return q.ExpireRef(ctx, query.ExpireRefParams{Reference: row.Reference, Reqid: row.ID, Expires: stamp(now.Add(keepReferences))})
}

// Reference tells what is known of ref, after voiding it if asked to; see
// [scheduler.Records].
func (j *Journal) Reference(ctx context.Context, ref gateway.Reference, void bool, now time.Time) (gateway.Lookup, error) {
	found, err := lookup(ctx, j.reader, ref, now)
	if err == nil && void {
		err = j.commit(ctx, func(ctx context.Context, q *query.Queries) error {
			found, err = voided(ctx, q, ref, now)
			return err
		})
	}
	if err != nil {
		return gateway.Lookup{}, fmt.Errorf("look up a reference: %w", explain(err))
	}
	return found, nil
}

// voided voids ref if no phone has rung for it, and tells what is known of it
// then.
func voided(ctx context.Context, q *query.Queries, ref gateway.Reference, now time.Time) (gateway.Lookup, error) {
	found, err := lookup(ctx, q, ref, now)
	if err != nil {
		return found, err
	}
	switch found.State {
	case gateway.LookupUnknown:
		err = voidReference(ctx, q, string(ref), 0, now)
	case gateway.LookupQueued:
		var row query.Job
		if row, err = q.GetJob(ctx, int64(found.ReqID)); err == nil {
			err = withdraw(ctx, q, row, now)
		}
	default:
		return found, nil
	}
	if err != nil {
		return found, err
	}
	return lookup(ctx, q, ref, now)
}

func lookup(ctx context.Context, q *query.Queries, name gateway.Reference, now time.Time) (gateway.Lookup, error) {
	ref, err := getRef(ctx, q, name, now)
	if errors.Is(err, sql.ErrNoRows) {
		return gateway.Lookup{State: gateway.LookupUnknown}, nil
	}
	found := gateway.Lookup{State: gateway.LookupVoided, ReqID: gateway.ReqID(ref.Reqid)}
	if err == nil && !ref.Voided {
		found.State = standing(scheduler.JobState(ref.State))
	}
	return found, err
}

// standing is what a reference is answered with whose job is in state s, or
// has no record any more.
func standing(s scheduler.JobState) gateway.LookupState {
	switch s {
	case scheduler.JobQueued, scheduler.JobClaimed:
		return gateway.LookupQueued
	case scheduler.JobDialling:
		return gateway.LookupCalling
	default:
		return gateway.LookupDone
	}
}

// callsPage is how many jobs Calls reads at once.
const callsPage = 500

// Calls gives each to every job in the journal, oldest first, until each
// returns an error, which it returns.
func (j *Journal) Calls(ctx context.Context, each func(scheduler.Job) error) error {
	after := int64(0)
	for {
		rows, err := j.reader.JobsAfter(ctx, query.JobsAfterParams{ID: after, N: callsPage})
		if err != nil {
			return fmt.Errorf("read jobs: %w", explain(err))
		}
		if len(rows) == 0 {
			return nil
		}
		for _, r := range rows {
			after = r.ID
			job, err := toJob(r)
			if err != nil {
				return fmt.Errorf("read jobs: %w", err)
			}
			if err := each(job); err != nil {
				return err
			}
		}
	}
}

// Dial is one moment after which a phone may have rung.
type Dial struct {
	Phone     gateway.Phone
	ReqID     gateway.ReqID
	Reference gateway.Reference
	At        time.Time
}

// Dials returns the dial log, oldest first: every dial of the last 30 days,
// also of jobs whose records are gone.
func (j *Journal) Dials(ctx context.Context) ([]Dial, error) {
	rows, err := j.reader.ListDials(ctx)
	if err != nil {
		return nil, fmt.Errorf("read dials: %w", explain(err))
	}
	list := make([]Dial, len(rows))
	for i, r := range rows {
		list[i] = Dial{
			Phone:     gateway.Phone(r.Phone),
			ReqID:     gateway.ReqID(r.Reqid),
			Reference: gateway.Reference(r.Reference),
			At:        unstamp(r.At),
		}
	}
	return list, nil
}
