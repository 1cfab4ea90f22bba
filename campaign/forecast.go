package campaign

import (
	"slices"
	"time"

	"rollcall/gateway"
)

// This file says when a campaign will be through; forecast_model.go has the
// model.

// Pace is what a forecast goes by.
type Pace struct {
	Lines int     // calls at the same time
	Rate  float64 // calls begun in a second; zero: no bound
	// Length is the mean of a call, from its being sent to its end; zero: 45 s,
	// scaled on a practice line.
	Length time.Duration
	// Ends is which share of the calls ends so, of 1; nil: [AssumedEnds].
	Ends map[gateway.Outcome]float64
	Days int // how far to look; 30 if zero
}

// AssumedLength and AssumedEnds stand in where too little is known: a fifth of
// the calls is not answered, and one of twenty busy.
const AssumedLength = 45 * time.Second

// AssumedEnds is how calls end, under the conditions of [AssumedLength].
func AssumedEnds() map[gateway.Outcome]float64 {
	return map[gateway.Outcome]float64{gateway.OutcomeReached: 0.75, gateway.OutcomeNoAnswer: 0.2, gateway.OutcomeBusy: 0.05}
}

// CallHistory is how calls ended that were made before.
type CallHistory map[gateway.Outcome]PastCalls

// PastCalls are calls with one outcome.
type PastCalls struct {
	Calls  int
	Length time.Duration // of all together, from being sent to their end
}

// enoughCalls is how many calls tell how the next ones will end.
const enoughCalls = 100

// Calls is how many of them were dialled.
func (h CallHistory) Calls() int {
	n := 0
	for o, past := range h {
		if o.Dialled() {
			n += past.Calls
		}
	}
	return n
}

// Pace is p by what is known: the length of any calls there are, and how they
// end of a hundred at least.
func (h CallHistory) Pace(p Pace) Pace {
	n := h.Calls()
	if n == 0 {
		return p
	}
	p.Length = 0
	ends := map[gateway.Outcome]float64{}
	for o, past := range h {
		if o.Dialled() {
			p.Length += past.Length / time.Duration(n)
			ends[o] = float64(past.Calls) / float64(n)
		}
	}
	if n >= enoughCalls {
		p.Ends = ends
	}
	return p
}

// Forecast is when a campaign will be through.
type Forecast struct {
	// First is when everybody was called once who may be, Done when nobody is
	// called any more; zero: not within Days.
	First, Done time.Time
	Days        int
	// Left is how many people are not called within Days. TooLate is how many
	// are not called, or not again, because the campaign's time is over first.
	Left, TooLate int
	// Waits is why those that are left are not called, zero if there are too
	// few lines.
	Waits Reason
}

// Forecast says when the rows that were added will have been called.
func (p *Preflight) Forecast(pace Pace) Forecast {
	if pace.Length <= 0 {
		pace.Length = p.c.scaled(AssumedLength)
	}
	pace.Length = max(pace.Length, time.Millisecond)
	if pace.Ends == nil {
		pace.Ends = AssumedEnds()
	}
	if pace.Days == 0 {
		pace.Days = 30
	}
	m := model{crowd: &p.crowd, pace: pace, later: map[int64][]someone{}, opens: make([]time.Time, len(p.crowd.reps)), waits: make([]Reason, len(p.crowd.reps))}
	for i, list := range p.crowd.later {
		m.later[i] = slices.Clone(list)
	}
	return m.run()
}
