package gateway

import (
	"errors"
	"time"
)

// This file is how a [Follower] hears of changes at a gateway of ours, and
// finds out that it is at another one.

const (
	// feedWait is how long our gateway may keep a question for changes waiting.
	feedWait = 20 * time.Second
	// feedGap is how long after one such question the next one comes at the
	// earliest, or Every where that is shorter.
	feedGap = time.Second
)

func (x *following) askForChanges(now time.Time) {
	x.feeding = true
	x.feedAt = now.Add(min(feedGap, x.every))
	cursor, wait := x.cursor, feedWait
	if cursor == "" || x.away {
		wait = 0 // the answer itself is the news
	}
	x.start(func() func() {
		c, err := x.client.Changes(x.ctx, cursor, wait)
		return func() {
			x.feeding = false
			x.fed(c, err)
		}
	})
}

// fed is what the gateway said of its changes. One whose feed cannot be read
// is treated as if it had none.
func (x *following) fed(c Changes, err error) {
	switch {
	case errors.Is(err, ErrNotExtended), errors.Is(err, ErrUnreadable):
		x.found()
		x.source, x.cursor = polling, ""
		x.askAboutAll()
		return
	case err != nil && x.ctx.Err() != nil:
		return
	case err != nil:
		x.lost(err)
		return
	}
	x.found()
	if x.source != feed || c.Reset {
		x.source = feed
		x.askAboutAll()
	}
	if len(c.Changes) == MaxChanges {
		x.feedAt = time.Now() // there are more
	}
	x.cursor = c.Cursor
	for _, change := range c.Changes {
		if call, followed := x.calls[change.ReqID]; followed {
			x.changed(call, change, c.Practice)
		}
	}
}

// askAboutAll schedules a question about every call that waits for none.
func (x *following) askAboutAll() {
	now := time.Now()
	for _, call := range x.calls {
		switch {
		case call.busy:
			call.again = true
		case call.in == nil:
			x.schedule(call, now)
		}
	}
}

// changed takes a call's standing from the feed.
func (x *following) changed(call *followed, c Change, practice bool) {
	x.unschedule(call)
	call.overtaken, call.again, call.puzzling = call.busy, false, false
	s := c.Status()
	s.Practice = practice
	call.stray = c.State == LookupDone && !s.Final()
	switch {
	case c.State == LookupUnknown:
		x.gone(call)
	case !call.stray:
		x.tell(call, s)
	case !call.busy:
		x.schedule(call, time.Now())
	}
}
