package scheduler

import (
	"context"
	"time"

	"golang.org/x/time/rate"
)

// pace keeps the calls that begin apart, one by one. Claims are spaced, so that
// the queue keeps its order and no line waits idly; dials are spaced once more,
// because documents that take unequal time to fetch would let them bunch.
type pace struct {
	claims, dials *rate.Limiter
}

// newPace lets so many calls begin in a second; zero sets no limit.
func newPace(perSecond float64) pace {
	return pace{claims: rate.NewLimiter(limit(perSecond), 1), dials: rate.NewLimiter(limit(perSecond), 1)}
}

func limit(perSecond float64) rate.Limit {
	if perSecond <= 0 {
		return rate.Inf
	}
	return rate.Limit(perSecond)
}

func (p pace) set(perSecond float64) {
	p.claims.SetLimit(limit(perSecond))
	p.dials.SetLimit(limit(perSecond))
}

// perSecond is the limit, zero for none.
func (p pace) perSecond() float64 {
	if p.claims.Limit() == rate.Inf {
		return 0
	}
	return float64(p.claims.Limit())
}

// room tells how many of the free lines may be given a call at now, and from
// when on one may.
func (p pace) room(now time.Time, free int) (int, time.Time) {
	if p.claims.Limit() == rate.Inf {
		return free, now
	}
	missing := 1 - p.claims.TokensAt(now)
	if missing <= 0 {
		return 1, now
	}
	return 0, now.Add(time.Duration(missing / float64(p.claims.Limit()) * float64(time.Second)))
}

// begun notes that a call was given a line.
func (p pace) begun(now time.Time) { p.claims.AllowN(now, 1) }

// dial waits until the next dial may begin.
func (p pace) dial(ctx context.Context) error { return p.dials.Wait(ctx) }

// Rate is how many calls may begin in a second; zero is no limit.
func (s *Scheduler) Rate() float64 { return s.pace.perSecond() }

// SetRate changes [Scheduler.Rate].
func (s *Scheduler) SetRate(perSecond float64) {
	s.pace.set(perSecond)
	s.nudge()
}
