package view

import (
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// Progress is how far a campaign is, in numbers.
type Progress struct {
	Done  int // rows that were called and are settled, or are in doubt
	Total int // rows that are called at all: skipped ones are not among them
}

// ProgressOf counts a tally.
func ProgressOf(t campaign.Tally) Progress {
	total := t.Total() - t[campaign.Skipped]
	return Progress{Done: total - t.Left(), Total: total}
}

// Ended names the rows that are settled: "80 reached, 12 machine".
func Ended(t campaign.Tally) string {
	return counts(t, campaign.Reached, campaign.Machine, campaign.Unreached, campaign.Failed, campaign.Doubt, campaign.Cancelled)
}

// Ahead names the rows that are not: "8 calling, 3 waiting, 90 ready".
func Ahead(t campaign.Tally) string {
	return counts(t, campaign.Calling, campaign.Queued, campaign.Sending, campaign.Waiting, campaign.Ready)
}

func counts(t campaign.Tally, statuses ...campaign.Status) string {
	var parts []string
	for _, s := range statuses {
		if n := t[s]; n > 0 {
			parts = append(parts, words.Counted(s, n))
		}
	}
	return strings.Join(parts, ", ")
}

// TimeLeft estimates how much longer a run takes: at the pace so far, but not
// less than until the next row falls due (next, zero if none waits). Zero
// means that nobody can tell yet.
func TimeLeft(p Progress, begun, now, next time.Time) time.Duration {
	var left time.Duration
	if p.Done > 0 {
		left = now.Sub(begun) / time.Duration(p.Done) * time.Duration(p.Total-p.Done)
	}
	if wait := next.Sub(now); !next.IsZero() && p.Done < p.Total {
		left = max(left, wait)
	}
	return left
}

// About says a duration as people do: "about 3 min".
func About(d time.Duration) string {
	switch {
	case d < time.Minute:
		return words.Say("about %d s", int(d.Round(time.Second)/time.Second))
	case d < 2*time.Hour:
		return words.Say("about %d min", int(d.Round(time.Minute)/time.Minute))
	default:
		return words.Say("about %d h", int(d.Round(time.Hour)/time.Hour))
	}
}

// Wait says how long something has taken, and how long it will yet once a part
// of it is done, of 1: since stage.
func Wait(since, stage time.Duration, part float64) string {
	switch {
	case part <= 0:
		return words.Say("%s so far.", words.Duration(since))
	case part >= 1:
		return words.Say("Almost done.")
	default:
		left := time.Duration(float64(stage) / part * (1 - part))
		return words.Say("%s, %s left.||share, time", words.Percent(int(100*part)), About(left))
	}
}
