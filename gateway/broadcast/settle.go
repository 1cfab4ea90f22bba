package broadcast

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
)

// This file is how the loop ends calls and campaigns, and how it sleeps.

// settle stores what came of a call, then forgets its record. A job without
// attempts is one that nobody knows the end of; it is told as interrupted.
func (d *desk) settle(ctx context.Context, c *call, job scheduler.Job) error {
	_, reason := gateway.OutcomeInterrupted.Words()
	attempt := gateway.Attempt{State: gateway.StateFailed, Reason: reason, Made: c.row.Sent}
	if n := len(job.Attempts); n > 0 {
		attempt = job.Attempts[n-1]
	}
	now := time.Now()
	row := c.in.after(c.row, attempt, now, d.cfg.RetryAfter)
	var change func(*Campaign)
	if c.in.confirms(attempt.Answers) {
		row.State, row.Next = RowDone, time.Time{}
		change = confirmedBy(row.Name, now)
	}
	if err := d.close(ctx, c, row, change); err != nil {
		return err
	}
	if job.ID == 0 {
		return nil
	}
	if _, err := d.cfg.Caller.Remove(ctx, job.ID, gateway.Removal{}); err != nil && !errors.Is(err, gateway.ErrUnknownCall) {
		d.cfg.Log.WarnContext(ctx, "forget call", "reqid", job.ID, "error", err)
	}
	return nil
}

// confirmedBy ends a campaign because somebody has keyed its code; who was
// first is kept.
func confirmedBy(name string, now time.Time) func(*Campaign) {
	return func(c *Campaign) {
		if c.Confirmed.IsZero() {
			c.Confirmed, c.ConfirmedBy = now, name
		}
		if c.State == Running {
			c.State = Stopping
		}
	}
}

// withdraw ends a call that was not dialled and never will be.
func (d *desk) withdraw(ctx context.Context, c *call) error {
	row := c.row
	row.State = RowWithdrawn
	return d.close(ctx, c, row, nil)
}

// close stores row in place of a call, which is no more.
func (d *desk) close(ctx context.Context, c *call, row Row, change func(*Campaign)) error {
	campaign, err := d.cfg.Store.Update(ctx, c.in.ID, change, row)
	if err != nil {
		return fmt.Errorf("store result: %w", err)
	}
	c.in.Campaign = campaign
	delete(c.in.calls, row.N)
	delete(d.calls, c.job)
	return nil
}

// finish ends a campaign that has no call at the gateway any more.
func (d *desk) finish(ctx context.Context, b *broadcast) error {
	if len(b.calls) > 0 {
		return nil
	}
	_, err := d.cfg.Store.Update(ctx, b.ID, func(c *Campaign) {
		c.State, c.Ended = Finished, time.Now()
	})
	if err != nil {
		return fmt.Errorf("finish: %w", err)
	}
	delete(d.open, b.ID)
	d.cfg.Log.InfoContext(ctx, "campaign finished", "campaign", b.ID)
	return nil
}

// rest sleeps until next, a reason to look again, or the end of ctx.
func (d *desk) rest(ctx context.Context, next time.Time) {
	wait := longestRest
	if !next.IsZero() {
		wait = min(wait, max(time.Until(next), time.Millisecond))
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-d.wake:
	case <-d.changed:
	case <-timer.C:
	}
}

func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
