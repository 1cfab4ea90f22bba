package storage

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"sync"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
	"rollcall/storage/migrations"
	"rollcall/storage/query"
)

// takeover is the lease of an interrupted call while it is being settled.
const takeover = time.Minute

// expiredBatch is how many expired jobs a claim takes on top.
const expiredBatch = 100

// Journal is what the embedded gateway has accepted and what came of it. Each
// of its changes is on the disk when the method returns. It is safe for
// several goroutines, and by claims for several processes.
type Journal struct {
	file   *file
	writer *committer
	reader *query.Queries
	keep   time.Duration
	stop   context.CancelFunc
	work   sync.WaitGroup // the goroutines that stop ends
}

// JournalOptions is how a journal is kept. The zero value will do.
type JournalOptions struct {
	// Keep is how long the records of ended calls stay that nobody removes;
	// zero is 90 days.
	Keep time.Duration
	Log  *slog.Logger // nil discards
}

// journalKind is what sort of file a journal is.
func journalKind(schema fs.FS) kind {
	return kind{schema: schema, application: journals, shrinks: true}
}

// OpenJournal opens or creates the journal at path. What is too old in it is
// dropped little by little while it is open. The context bounds the opening.
// Close must be called.
func OpenJournal(ctx context.Context, path string, o JournalOptions) (*Journal, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	f, err := openFile(ctx, path, journalKind(migrations.Gateway()), o.Log)
	if err != nil {
		return nil, err
	}
	writer, err := newCommitter(ctx, f.write)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, explain(err)), f.close(ctx))
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	j := &Journal{file: f, writer: writer, reader: query.New(&prepared{db: f.read}), keep: cmp.Or(o.Keep, keepDone), stop: stop}
	j.work.Go(func() { writer.run(background) })
	j.work.Go(func() { j.keepClean(background, f.log) })
	return j, nil
}

// Close waits for what is being written, notes that the file was closed
// properly, and closes it.
func (j *Journal) Close() error {
	j.stop()
	j.work.Wait()
	return j.file.close(context.Background())
}

// commit carries out do together with whatever else is to be done, and returns
// when it is on the disk. do works with the context that it is given: once it
// has begun, ctx does not end it.
func (j *Journal) commit(ctx context.Context, do func(ctx context.Context, q *query.Queries) error) error {
	return j.writer.submit(ctx, do)
}

// Claim takes up to n due jobs for owner, and up to a hundred expired ones on
// top; see [scheduler.Queue].
func (j *Journal) Claim(ctx context.Context, owner string, now, lease time.Time, n int) ([]scheduler.Job, error) {
	var due, expired []query.Job
	err := j.commit(ctx, func(ctx context.Context, q *query.Queries) error {
		var err error
		p := query.ClaimExpiredParams{Owner: owner, Lease: stamp(lease), Now: stamp(now), N: int64(n)}
		if due, err = claimDue(ctx, q, p); err != nil {
			return err
		}
		p.N = expiredBatch
		expired, err = q.ClaimExpired(ctx, p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim jobs: %w", err)
	}
	return convert(slices.Concat(inQueue(due), inQueue(expired)), toJob)
}

// levels are the priorities in the order in which the queue goes by them. Each
// is claimed by itself, because only so an index finds what is due.
func levels() [3]int64 {
	return [3]int64{int64(gateway.PriorityHigh), int64(gateway.PriorityNormal), int64(gateway.PriorityLow)}
}

// claimDue claims up to p.N jobs that are due and not expired.
func claimDue(ctx context.Context, q *query.Queries, p query.ClaimExpiredParams) ([]query.Job, error) {
	var due []query.Job
	for _, level := range levels() {
		left := p.N - int64(len(due))
		if left <= 0 {
			break
		}
		rows, err := q.ClaimDue(ctx, query.ClaimDueParams{Priority: level, Owner: p.Owner, Lease: p.Lease, Now: p.Now, N: left})
		if err != nil {
			return nil, err
		}
		due = append(due, rows...)
	}
	return due, nil
}

// inQueue sorts what RETURNING gave, which promises no order.
func inQueue(rows []query.Job) []query.Job {
	slices.SortFunc(rows, func(a, b query.Job) int {
		return cmp.Or(cmp.Compare(b.Priority, a.Priority), cmp.Compare(a.Due, b.Due), cmp.Compare(a.ID, b.ID))
	})
	return rows
}

// Dialling turns owner's claim into a dial and writes it to the dial log, or
// renews the lease of one; [scheduler.ErrLost] forbids it.
func (j *Journal) Dialling(ctx context.Context, id gateway.ReqID, owner string, lease time.Time) error {
	err := j.commit(ctx, func(ctx context.Context, q *query.Queries) error {
		row, err := q.DialJob(ctx, query.DialJobParams{ID: int64(id), Owner: owner, Lease: stamp(lease)})
		if errors.Is(err, sql.ErrNoRows) {
			return renew(ctx, q, id, owner, lease)
		}
		if err != nil {
			return err
		}
		job, err := toJob(row)
		if err != nil {
			return err
		}
		err = q.InsertDial(ctx, query.InsertDialParams{
			Phone:     string(job.Request.Phone),
			Reqid:     row.ID,
			Reference: row.Reference,
			At:        stamp(time.Now()),
		})
		return errors.Join(err, q.NoteChange(ctx, row.ID))
	})
	if err != nil {
		return fmt.Errorf("note job %d as dialling: %w", id, err)
	}
	return nil
}

func renew(ctx context.Context, q *query.Queries, id gateway.ReqID, owner string, lease time.Time) error {
	n, err := q.RenewJob(ctx, query.RenewJobParams{ID: int64(id), Owner: owner, Lease: stamp(lease)})
	if err == nil && n == 0 {
		err = scheduler.ErrLost
	}
	return err
}

// Settle stores what became of owner's claim, or deletes the job; see
// [scheduler.Queue].
func (j *Journal) Settle(ctx context.Context, job scheduler.Job, owner string) error {
	attempts, err := encodeList(job.Attempts)
	if err != nil {
		return fmt.Errorf("settle job %d: %w", job.ID, err)
	}
	err = j.commit(ctx, func(ctx context.Context, q *query.Queries) error {
		row, err := held(ctx, q, job.ID, owner)
		if err != nil {
			return err
		}
		done := job.State == scheduler.JobDone
		remove := row.Remove || job.Remove
		if row.Withdrawn || done && remove {
			return forget(ctx, q, row, false, time.Now())
		}
		p := query.SettleJobParams{
			ID:       row.ID,
			State:    string(job.State),
			Due:      stamp(job.Due),
			Attempts: attempts,
			Dialled:  int64(job.Dialled),
			Remove:   remove,
		}
		if done {
			p.Ended = stamp(time.Now())
		}
		return errors.Join(q.SettleJob(ctx, p), q.NoteChange(ctx, row.ID))
	})
	if err != nil {
		return fmt.Errorf("settle job %d: %w", job.ID, err)
	}
	return nil
}

// held returns a job that owner holds, or [scheduler.ErrLost].
func held(ctx context.Context, q *query.Queries, id gateway.ReqID, owner string) (query.Job, error) {
	row, err := q.GetJob(ctx, int64(id))
	if errors.Is(err, sql.ErrNoRows) {
		return row, scheduler.ErrLost
	}
	state := scheduler.JobState(row.State)
	if err == nil && (row.Owner != owner || state != scheduler.JobClaimed && state != scheduler.JobDialling) {
		err = scheduler.ErrLost
	}
	return row, err
}

// Recover returns to the queue what others had claimed whose lease has run out
// at now, and with own what owner had, and returns the jobs that were being
// dialled. Those
// stay dialling, held by owner, so that they can never be dialled again if
// this process dies too before it has settled them.
func (j *Journal) Recover(ctx context.Context, owner string, own bool, now time.Time) ([]scheduler.Job, error) {
	var rows []query.Job
	err := j.commit(ctx, func(ctx context.Context, q *query.Queries) error {
		err := q.Requeue(ctx, query.RequeueParams{Owner: owner, Own: own, Now: stamp(now)})
		if err != nil {
			return err
		}
		rows, err = q.TakeOver(ctx, query.TakeOverParams{Owner: owner, Own: own, Lease: stamp(now.Add(takeover)), Now: stamp(now)})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("recover jobs: %w", err)
	}
	return convert(inQueue(rows), toJob)
}

// NextDue returns the earliest Due and the earliest Expires among queued jobs,
// zero if nothing is queued.
func (j *Journal) NextDue(ctx context.Context) (due, expires time.Time, err error) {
	next, err := j.reader.NextJobs(ctx)
	if err != nil {
		return time.Time{}, time.Time{}, fmt.Errorf("find next job: %w", explain(err))
	}
	for _, level := range []int64{next.High, next.Normal, next.Low} {
		if level != 0 && (due.IsZero() || level < stamp(due)) {
			due = unstamp(level)
		}
	}
	return due, unstamp(next.Expires), nil
}

func toJob(r query.Job) (scheduler.Job, error) {
	job := scheduler.Job{
		ID:       gateway.ReqID(r.ID),
		Accepted: unstamp(r.Accepted),
		Due:      unstamp(r.Due),
		FirstDue: unstamp(r.FirstDue),
		Expires:  unstamp(r.Expires),
		State:    scheduler.JobState(r.State),
		Dialled:  int(r.Dialled),
		Owner:    r.Owner,
		Lease:    unstamp(r.Lease),
		Remove:   r.Remove || r.Withdrawn,
		Ended:    unstamp(r.Ended),
		From:     r.Origin,
	}
	if err := errors.Join(json.Unmarshal([]byte(r.Request), &job.Request), decode(r.Attempts, &job.Attempts)); err != nil {
		return scheduler.Job{}, fmt.Errorf("job %d: %w", r.ID, err)
	}
	return job, nil
}
