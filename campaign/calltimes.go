package campaign

import (
	"time"

	"rollcall/gateway"
)

// CallTimes tells how many calls of a campaign ended when, by stretches of time
// of one length.
type CallTimes struct {
	From  time.Time
	Every time.Duration
	Slots []CallSlot // one after the other
}

// CallSlot is one stretch of time.
type CallSlot struct {
	Ends map[gateway.Outcome]int // nil: no call ended
	Idle bool                    // the campaign ran in no part of it
}

// At is when slot i begins.
func (t CallTimes) At(i int) time.Time { return t.From.Add(time.Duration(i) * t.Every) }
