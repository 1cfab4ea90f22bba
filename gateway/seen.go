package gateway

import (
	"slices"
	"time"
)

// This file is what a [Follower] remembers of a call: what was seen once is
// never lost because a later answer tells less.

// mark tells how a call stands, as far as it makes a difference. The feed tells
// times to the second and a status to the minute, so they are left out.
type mark struct {
	attempts int
	answers  int
	state    AttemptState
	reason   Reason
}

func markOf(s Status) mark {
	last, _ := s.Last()
	m := mark{attempts: len(s.Attempts), state: last.State, reason: last.Reason}
	for _, a := range s.Attempts {
		m.answers += len(a.Answers)
	}
	return m
}

// learn adds s to what was seen of the call, and returns that and whether it is
// news.
func (c *followed) learn(s Status) (Status, bool) {
	s.Attempts = enrich(c.seen.Attempts, s.Attempts)
	m := markOf(s)
	news := m != c.told
	c.seen, c.told = s, m
	s.Attempts = slices.Clone(s.Attempts) // the user's own
	return s, news
}

// enrich returns how a call stands by now, with the ended tries and the answers
// that only before tells. Where now tells as many tries, they are the same ones.
// Where it tells fewer, its last one is the newest.
func enrich(before, now []Attempt) []Attempt {
	fewer := len(now) < len(before) && (Status{Attempts: now}).Final()
	before, now = withoutOpen(before), slices.Clone(now)
	if !fewer && len(withoutOpen(now)) >= len(before) {
		for i, a := range before {
			now[i].Answers = union(a.Answers, now[i].Answers)
		}
		return now
	}
	if len(now) == 0 {
		return before
	}
	before = slices.Clone(before)
	last, rest := len(now)-1, len(before)-1
	for i, a := range now[:last] {
		before[i].Answers = union(before[i].Answers, a.Answers)
	}
	newest := now[last]
	switch {
	case sameTry(before[rest], newest):
		newest.Answers = union(before[rest].Answers, newest.Answers)
		before[rest] = newest
	case newest.State != StateRetry || len(newest.Answers) > 0:
		before = append(before, newest)
	}
	return before
}

// withoutOpen returns the attempts without a last one that is under way and has
// no answers: the next reply tells it anew, or it is over.
func withoutOpen(attempts []Attempt) []Attempt {
	last := len(attempts) - 1
	if last < 0 || !attempts[last].open() || len(attempts[last].Answers) > 0 {
		return attempts
	}
	return attempts[:last]
}

// open tells whether an attempt is under way or still to come.
func (a Attempt) open() bool { return !a.State.Final() && a.State != StateRetry }

// sameTry tells whether b is what has become of a.
func sameTry(a, b Attempt) bool {
	return a.open() || !b.open() && a.Made.Truncate(time.Minute).Equal(b.Made.Truncate(time.Minute))
}

// union returns now and those of before's answers that it does not have.
func union(before, now []Answer) []Answer {
	for _, a := range before {
		if !slices.ContainsFunc(now, a.answers) {
			now = append(slices.Clip(now), a)
		}
	}
	return now
}

// answers tells whether b is an answer to the same question.
func (a Answer) answers(b Answer) bool {
	return a.Name == b.Name && (a.Name != "" || a.Value == b.Value)
}
