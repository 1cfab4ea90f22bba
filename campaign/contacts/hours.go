package contacts

import (
	"slices"
	"strings"
	"time"

	"rollcall/campaign"
)

// This file reads when a person wants to be called, as people write it:
// "after 5 pm", "Mo-Fr 9-17", "abends", "pas avant 10 h". What can be read in
// two ways is doubtful, and what is meant most likely a proposal: nobody is
// called at a time that was guessed.

// wish is what a cell says about the person's own hours.
type wish struct {
	hours campaign.Hours // zero: at any time
	// clear is set if there is one way to read it; else hours are what it may
	// mean, or zero.
	clear bool
	// open is set if a time is only the first or the last.
	open bool
}

// clockwork reads wishes. It only reads itself once it is made.
type clockwork struct {
	words   map[string]token
	phrases *strings.Replacer
}

// longestWish is how many bytes a cell has at most that says when to call.
const longestWish = 80

// read reads a cell; false if nothing in it can be understood.
func (k *clockwork) read(said string) (wish, bool) {
	if len(said) > longestWish {
		return wish{}, false
	}
	if h, err := campaign.ParseWeek(said); err == nil && !h.IsZero() && literal(h) {
		return wish{hours: h, clear: true}, true
	}
	tokens, known := k.tokens(said)
	if !known || len(tokens) == 0 {
		return wish{}, false
	}
	if len(tokens) == 1 && tokens[0].kind == isAny {
		return wish{clear: true}, true
	}
	w := week{clear: true}
	if !w.read(tokens) {
		return wish{}, false
	}
	return wish{hours: w.hours, clear: w.clear, open: w.open}, true
}

// literal tells whether all windows mean what they say: 9-5 does not.
func literal(h campaign.Hours) bool {
	return !slices.ContainsFunc(h.Spans(), func(s campaign.Span) bool {
		w, clear := windowFrom(timeOf(s.Window.From), timeOf(s.Window.Till))
		return !clear || w != s.Window
	})
}

// week is a wish while it is put together.
type week struct {
	hours   campaign.Hours
	named   [7]bool
	waiting []time.Weekday // days that were named and have no window yet
	last    []time.Weekday // those of the last window
	clear   bool
	open    bool
}

func (w *week) read(tokens []token) bool {
	for _, part := range split(tokens) {
		days, rest := daysOf(part)
		w.waiting = append(w.waiting, days...)
		if len(rest) == 0 {
			continue
		}
		window, clear := windowOf(rest)
		if window.From == window.Till {
			return false
		}
		w.clear = w.clear && clear
		w.open = w.open || window.From == 0 || window.Till == dayEnd
		w.set(window)
	}
	if len(w.waiting) > 0 && w.last == nil { // days alone
		w.set(campaign.Window{Till: dayEnd})
	}
	return w.last != nil && len(w.waiting) == 0
}

// set gives the days that wait for it a window; without any, a further window
// is one of the same days. A day has one only.
func (w *week) set(window campaign.Window) {
	days := w.waiting
	switch {
	case len(days) == 0 && w.last == nil:
		days = allWeek()
	case len(days) == 0:
		days = w.last
	}
	for _, day := range days {
		if w.named[day] {
			w.clear = false
			continue
		}
		w.named[day], w.hours.Days[day] = true, window
	}
	w.last, w.waiting = days, nil
}

func allWeek() []time.Weekday { return dayRange(time.Monday, time.Sunday) }

// dayRange are the days from one to another, over the end of the week too.
func dayRange(from, till time.Weekday) []time.Weekday {
	days := []time.Weekday{from}
	for day := from; day != till; {
		day = (day + 1) % 7
		days = append(days, day)
	}
	return days
}

// split divides tokens where something else begins.
func split(tokens []token) [][]token {
	var parts [][]token
	for len(tokens) > 0 {
		n := slices.IndexFunc(tokens, func(t token) bool { return t.kind == isEnd })
		if n < 0 {
			n = len(tokens)
		}
		if n > 0 {
			parts = append(parts, tokens[:n])
		}
		tokens = tokens[min(n+1, len(tokens)):]
	}
	return parts
}

// daysOf takes the days out of a part.
func daysOf(part []token) (days []time.Weekday, rest []token) {
	for i := 0; i < len(part); i++ {
		t := part[i]
		switch {
		case t.kind != isDay:
			rest = append(rest, t)
		case i+2 < len(part) && part[i+1].kind == isTill && part[i+2].kind == isDay:
			days = append(days, dayRange(t.first, part[i+2].last)...)
			i += 2
		default:
			days = append(days, dayRange(t.first, t.last)...)
		}
	}
	return days, rest
}

// windowOf reads a part without its days; an empty window if it cannot. It is
// clear if there is one way to read it.
func windowOf(part []token) (w campaign.Window, clear bool) {
	kinds := ""
	for _, t := range part {
		kinds += string(t.kind)
	}
	last := part[len(part)-1].at
	switch kinds {
	case "p", "fp":
		return part[len(part)-1].window, true
	case "y":
		return campaign.Window{Till: dayEnd}, true
	case "ctc":
		return windowFrom(part[0].at, last)
	case "fctc":
		return windowFrom(part[1].at, last)
	case "ac":
		return since(last, lastHalfDay)
	case "fc", "nbc":
		return since(last, lastNight)
	case "bc", "tc", "nac":
		return until(last)
	default:
		return campaign.Window{}, false
	}
}

const (
	dayEnd  campaign.Clock = 24 * 60
	halfDay campaign.Clock = 12 * 60
	// Up to here an hour without am or pm is one of the evening as well; where
	// it is the first of several, one of the night is never meant.
	lastHalfDay campaign.Clock = 8*60 + 59
	lastNight   campaign.Clock = 6*60 + 59
)

// windowFrom is the window from one time to another. Hours without am or pm are
// of the other's half of the day where that is how people write it; 9-5 and
// 5-8 are doubtful.
func windowFrom(from, till clockTime) (campaign.Window, bool) {
	a, b, clear := from.at, till.at, true
	if from.bare {
		a, clear = first(a, till)
	}
	if till.bare && b <= a && b+halfDay > a {
		b, clear = b+halfDay, clear && from.half
	}
	if a == b || a >= dayEnd || b > dayEnd {
		return campaign.Window{}, false
	}
	return campaign.Window{From: a, Till: b}, clear
}

// first is the bare hour that a window to till begins at.
func first(a campaign.Clock, till clockTime) (from campaign.Clock, clear bool) {
	switch {
	case till.half && a+halfDay < till.at: // 5-7 pm
		return a + halfDay, true
	case till.half:
		return a, a < till.at // 9-5 am is not clear
	case till.bare && a <= lastNight:
		return a + halfDay, false
	default:
		return a, true
	}
}

// since is the window from a time to the end of the day. A bare hour up to
// doubtful is more likely one of the evening.
func since(from clockTime, doubtful campaign.Clock) (w campaign.Window, clear bool) {
	at, clear := evening(from, doubtful)
	return campaign.Window{From: min(at, dayEnd), Till: dayEnd}, clear
}

// until is the window from the beginning of the day to a time.
func until(till clockTime) (w campaign.Window, clear bool) {
	at, clear := evening(till, lastHalfDay)
	return campaign.Window{Till: at}, clear
}

func evening(t clockTime, doubtful campaign.Clock) (at campaign.Clock, clear bool) {
	if t.bare && t.at <= doubtful {
		return t.at + halfDay, false
	}
	return t.at, true
}
