package view

import (
	"slices"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// This file is calls by time, as charts show them.

// LiveMinutes is how many minutes the chart of a running campaign shows: half an
// hour, and the minute that is not over.
const LiveMinutes = 31

// MinutesFrom is when the first of them begins.
func MinutesFrom(now time.Time) time.Time {
	return now.Truncate(time.Minute).Add(-(LiveMinutes - 1) * time.Minute)
}

// Timeline is calls by time in words and numbers, a bar for each stretch.
type Timeline []CallBar

// CallBar is one bar.
type CallBar struct {
	Label  string // below it; empty for most
	Counts []int  // in the order of BarStates
	Tip    string // all of it in words
	Gap    string // why there were no calls, where that needs saying
}

// BarStates are the states that bars are made of, from below.
func BarStates() []campaign.Status {
	return []campaign.Status{campaign.Reached, campaign.Machine, campaign.Unreached, campaign.Failed}
}

// TimelineOf puts the calls of a campaign into bars. Every so many bars, counted
// from the last one, have a label.
func TimelineOf(c campaign.Campaign, t campaign.CallTimes, labels int, now time.Time) Timeline {
	bars := make(Timeline, len(t.Slots))
	for i, slot := range t.Slots {
		at := t.At(i)
		bars[i] = CallBar{Counts: barCounts(slot), Gap: gapWords(c, slot, at)}
		bars[i].Tip = barTip(bars[i], at, now)
		if labels > 0 && (len(t.Slots)-1-i)%labels == 0 {
			bars[i].Label = words.Clock(at.In(now.Location()))
		}
	}
	return bars
}

func barCounts(slot campaign.CallSlot) []int {
	states := BarStates()
	counts := make([]int, len(states))
	for outcome, n := range slot.Ends {
		if i := slices.Index(states, campaign.StatusOf(outcome)); i >= 0 && outcome.Dialled() {
			counts[i] += n
		}
	}
	return counts
}

// gapWords is why a campaign that was under way made no calls.
func gapWords(c campaign.Campaign, slot campaign.CallSlot, at time.Time) string {
	under := !c.Started.IsZero() && at.After(c.Started) && (c.Ended.IsZero() || at.Before(c.Ended))
	if slot.Idle && under {
		return words.Say("paused||between the bars of a chart")
	}
	return ""
}

// barTip is a bar in words: "10:12: 5 reached, 1 machine".
func barTip(b CallBar, at, now time.Time) string {
	var said []string
	for i, s := range BarStates() {
		if n := b.Counts[i]; n > 0 {
			said = append(said, barPart(s, n))
		}
	}
	if len(said) == 0 {
		return words.Say("%s: no calls", words.Clock(at.In(now.Location())))
	}
	return words.Say("%s: %s", words.Clock(at.In(now.Location())), strings.Join(said, ", "))
}

func barPart(s campaign.Status, n int) string {
	switch s {
	case campaign.Reached:
		return words.Many(n, "%s reached", "%s reached")
	case campaign.Machine:
		return words.Many(n, "%s machine", "%s machines")
	case campaign.Unreached:
		return words.Many(n, "%s not reached", "%s not reached")
	default:
		return words.Many(n, "%s failed", "%s failed")
	}
}
