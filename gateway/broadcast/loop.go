package broadcast

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
)

// This file is the loop that owns all calls in progress.

const (
	// longestRest bounds how long the loop sleeps: somebody else may have
	// changed the journal, and a clock may have been set.
	longestRest = 5 * time.Second
	// feedBatch is how many changes are read at a time.
	feedBatch = 500
	// fresh is how long after it was stored as calling a row may still be
	// submitted: the journal forgets references 30 days after their end, and
	// then it could not tell a call that was made from one that never was.
	fresh = 29 * 24 * time.Hour
)

// Run runs campaigns until ctx ends. Calls that are at the gateway then go on
// there; the next Run takes them up. It is called once and returns nil.
func (e *Engine) Run(ctx context.Context) error {
	d := &desk{Engine: e}
	for failures := 0; ctx.Err() == nil; {
		next, err := d.step(ctx)
		if err == nil {
			failures = 0
			d.rest(ctx, next)
			continue
		}
		if ctx.Err() == nil {
			e.cfg.Log.ErrorContext(ctx, "run campaigns", "error", err)
		}
		failures = min(failures+1, 6)
		sleep(ctx, 100*time.Millisecond<<failures)
	}
	return nil
}

// desk is what the loop knows. Run's goroutine owns it.
type desk struct {
	*Engine
	changed   <-chan struct{} // closed if the journal has changed since this step began
	following bool            // cursor is set
	cursor    int64
	open      map[gateway.ReqID]*broadcast
	calls     map[gateway.ReqID]*call // by the job's id, where it is known
}

// broadcast is an open campaign with its calls at the gateway, by row.
type broadcast struct {
	Campaign
	calls map[int]*call
}

// call is a row that is calling. Its job is zero until it is known that it was
// accepted, and how.
type call struct {
	in        *broadcast
	row       Row
	job       gateway.ReqID
	withdrawn bool // it was tried to withdraw it
}

// step does all that is to be done now, and returns when to look again; zero
// is not before something happens. After an error it is called again: what was
// done stays done.
func (d *desk) step(ctx context.Context) (time.Time, error) {
	d.changed = d.cfg.Caller.Changed() // before the journal is read: nothing falls between
	if err := d.begin(ctx); err != nil {
		return time.Time{}, err
	}
	if err := d.refresh(ctx); err != nil {
		return time.Time{}, err
	}
	if len(d.open) == 0 { // nobody to follow: the next campaign begins with the feed as it is then
		d.following = false
		return time.Time{}, nil
	}
	if err := d.follow(ctx); err != nil {
		return time.Time{}, err
	}
	var next time.Time
	for _, b := range d.open {
		later, err := d.tend(ctx, b)
		if err != nil {
			return time.Time{}, fmt.Errorf("campaign %d: %w", b.ID, err)
		}
		if next.IsZero() || !later.IsZero() && later.Before(next) {
			next = later
		}
	}
	return next, nil
}

// begin finds where the feed is before it is asked how calls stand, so that
// nothing that happens after that is missed.
func (d *desk) begin(ctx context.Context) error {
	if d.following {
		return nil
	}
	_, cursor, err := d.cfg.Journal.Changes(ctx, -1, 1)
	if err != nil {
		return fmt.Errorf("follow calls: %w", err)
	}
	d.cursor, d.following = cursor, true
	d.open = make(map[gateway.ReqID]*broadcast)
	d.calls = make(map[gateway.ReqID]*call)
	return nil
}

// refresh learns of campaigns that were started or told to stop. The calls of
// one that is new to this Run are located one by one by tend.
func (d *desk) refresh(ctx context.Context) error {
	campaigns, err := d.cfg.Store.Open(ctx)
	if err != nil {
		return fmt.Errorf("read campaigns: %w", err)
	}
	for _, c := range campaigns {
		if b, known := d.open[c.ID]; known {
			b.Campaign = c
			continue
		}
		rows, err := d.cfg.Store.Calling(ctx, c.ID)
		if err != nil {
			return fmt.Errorf("read calls of campaign %d: %w", c.ID, err)
		}
		b := &broadcast{Campaign: c, calls: make(map[int]*call)}
		for _, row := range rows {
			b.calls[row.N] = &call{in: b, row: row}
		}
		d.open[c.ID] = b
	}
	return nil
}

// follow settles calls that have ended since it was last called.
func (d *desk) follow(ctx context.Context) error {
	for {
		changed, next, err := d.cfg.Journal.Changes(ctx, d.cursor, feedBatch)
		if errors.Is(err, scheduler.ErrForgotten) {
			d.following = false
		}
		if err != nil {
			return fmt.Errorf("follow calls: %w", err)
		}
		for _, change := range changed {
			if err := d.change(ctx, change); err != nil {
				return err
			}
		}
		if next == d.cursor {
			return nil
		}
		d.cursor = next
	}
}

func (d *desk) change(ctx context.Context, change scheduler.Changed) error {
	c, ours := d.calls[change.Job.ID]
	switch {
	case !ours:
		return nil
	case change.Gone: // somebody removed it: its reference tells what it was
		delete(d.calls, c.job)
		c.job = 0
		return nil
	case change.Job.State == scheduler.JobDone:
		return d.settle(ctx, c, change.Job)
	}
	return nil
}

// tend brings one campaign forward and returns when a row of it is due.
func (d *desk) tend(ctx context.Context, b *broadcast) (time.Time, error) {
	for _, c := range b.calls {
		if err := d.look(ctx, c); err != nil {
			return time.Time{}, err
		}
	}
	if b.State != Running {
		return b.unasked(), d.finish(ctx, b)
	}
	rows, next, err := d.cfg.Store.Due(ctx, b.ID, time.Now(), d.free(b))
	if err != nil {
		return time.Time{}, fmt.Errorf("read rows: %w", err)
	}
	if len(rows) == 0 && len(b.calls) == 0 && next.IsZero() {
		return time.Time{}, d.finish(ctx, b)
	}
	if err := d.send(ctx, b, rows); err != nil {
		return time.Time{}, err
	}
	if len(rows) > 0 && (len(b.calls) == 0 || b.State != Running) { // some had ended at once
		return time.Now(), nil
	}
	return next, nil
}

// free is how many calls of b may still be asked for. One that may have none
// at a time would never end.
func (d *desk) free(b *broadcast) int {
	lines := b.Lines
	if d.cfg.Lines != nil && (lines <= 0 || lines > d.cfg.Lines()) {
		lines = d.cfg.Lines()
	}
	return max(lines, 1) - min(len(b.calls), max(lines, 1))
}

// unasked is now if a call of a stopping campaign was not tried to be
// withdrawn yet, because the campaign stopped while its calls were looked at.
func (b *broadcast) unasked() time.Time {
	for _, c := range b.calls {
		if !c.withdrawn {
			return time.Now()
		}
	}
	return time.Time{}
}

// look finds out about a call of which it is not known whether it was
// accepted, and withdraws what a stopping campaign has not dialled.
func (d *desk) look(ctx context.Context, c *call) error {
	stopping := c.in.State != Running
	if c.job != 0 && (!stopping || c.withdrawn) {
		return nil
	}
	found, err := d.lookup(ctx, Reference(c.in.ID, c.row), stopping)
	if err != nil {
		return fmt.Errorf("look up call: %w", err)
	}
	switch found.State {
	case gateway.LookupVoided:
		return d.withdraw(ctx, c)
	case gateway.LookupUnknown:
		return d.submit(ctx, c)
	case gateway.LookupDone:
		return d.ended(ctx, c, found.ReqID)
	case gateway.LookupQueued, gateway.LookupCalling:
		d.accepted(c, found.ReqID)
		c.withdrawn = stopping
	}
	return nil
}

func (d *desk) lookup(ctx context.Context, ref gateway.Reference, withdraw bool) (gateway.Lookup, error) {
	if withdraw {
		return d.cfg.Caller.Withdraw(ctx, ref)
	}
	return d.cfg.Journal.Reference(ctx, ref, false, time.Now())
}

// ended settles a call that is over. Where its record is gone, nobody knows
// what came of it.
func (d *desk) ended(ctx context.Context, c *call, id gateway.ReqID) error {
	job, err := d.cfg.Journal.Find(ctx, id)
	if errors.Is(err, gateway.ErrUnknownCall) {
		return d.settle(ctx, c, scheduler.Job{ID: id})
	}
	if err != nil {
		return fmt.Errorf("read call: %w", err)
	}
	return d.settle(ctx, c, job)
}

// send has rows called: stored as calling first, then submitted.
func (d *desk) send(ctx context.Context, b *broadcast, rows []Row) error {
	if len(rows) == 0 {
		return nil
	}
	for i := range rows {
		rows[i].Sends++
		rows[i].Sent = time.Now()
		rows[i].State = RowCalling
		if silent(b.request(rows[i])) {
			rows[i].State, rows[i].Aside = RowSkipped, AsideNoText
		}
	}
	if _, err := d.cfg.Store.Update(ctx, b.ID, nil, rows...); err != nil {
		return fmt.Errorf("store calls: %w", err)
	}
	for _, row := range rows {
		if row.State == RowCalling {
			b.calls[row.N] = &call{in: b, row: row}
		}
	}
	for _, row := range rows {
		if c := b.calls[row.N]; c != nil {
			if err := d.submit(ctx, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// submit asks for a call that was stored as calling. After an error it is not
// known whether it was accepted; look finds out.
func (d *desk) submit(ctx context.Context, c *call) error {
	if time.Since(c.row.Sent) > fresh {
		return d.settle(ctx, c, scheduler.Job{})
	}
	job, err := d.cfg.Caller.Submit(ctx, c.in.request(c.row), c.in.From)
	switch {
	case errors.Is(err, scheduler.ErrVoided):
		return d.withdraw(ctx, c)
	case err != nil:
		return fmt.Errorf("ask for call: %w", err)
	case job.State == scheduler.JobDone:
		return d.settle(ctx, c, job)
	}
	d.accepted(c, job.ID)
	return nil
}

func (d *desk) accepted(c *call, job gateway.ReqID) {
	c.job = job
	d.calls[job] = c
}
