package practice

import (
	"hash/fnv"
	"strconv"
	"time"

	"rollcall/gateway"
)

// This file fixes what happens by the number, as pure functions.

// How long things take at real speed.
const (
	ringNobody   = 25 * time.Second // until the line gives up
	ringShortest = 3 * time.Second  // until somebody answers
	ringLongest  = 9 * time.Second
	toneBusy     = 2 * time.Second
	toneNoNumber = 4 * time.Second
	toneNoWay    = 3 * time.Second
	silence      = 6 * time.Second // until a network that says nothing is given up
	greeting     = 6 * time.Second // of a machine, beep included
	reactFastest = 1 * time.Second // of a person, to a question
	reactSlowest = 3 * time.Second
	betweenKeys  = 400 * time.Millisecond
)

// farEnd is who or what took the call.
type farEnd int

const (
	person  farEnd = iota
	machine        // listens, never presses a key
	quitter        // a person who hangs up in the middle
)

// fate is what happens when a number is dialled.
type fate struct {
	wait    time.Duration   // before outcome is known
	outcome gateway.Outcome // OutcomeReached: far answered
	far     farEnd
}

// rings tells whether a phone is ringing while the fate is awaited.
func (f fate) rings() bool {
	return f.outcome == gateway.OutcomeReached || f.outcome == gateway.OutcomeNoAnswer
}

// fateOf is the table of the package comment. A number without two digits is
// not in service.
func fateOf(number string, try int) fate {
	answer := between(ringShortest, ringLongest, number, "ring")
	switch n := lastTwo(number); {
	case n < 0:
		return fate{wait: toneNoNumber, outcome: gateway.OutcomeBadNumber}
	case n < 60:
		return fate{wait: answer, outcome: gateway.OutcomeReached, far: person}
	case n < 70:
		return fate{wait: answer, outcome: gateway.OutcomeReached, far: machine}
	case n < 80:
		return fate{wait: ringNobody, outcome: gateway.OutcomeNoAnswer}
	case n < 85, n < 90 && try <= 2:
		return fate{wait: toneBusy, outcome: gateway.OutcomeBusy}
	case n < 90:
		return fate{wait: answer, outcome: gateway.OutcomeReached, far: person}
	case n < 94:
		return fate{wait: toneNoNumber, outcome: gateway.OutcomeBadNumber}
	case n < 97:
		return fate{wait: toneNoWay, outcome: gateway.OutcomeCongestion}
	case n < 99:
		return fate{wait: answer, outcome: gateway.OutcomeReached, far: quitter}
	default:
		return fate{wait: silence, outcome: gateway.OutcomeNoResponse}
	}
}

func busyTwice(number string) bool {
	n := lastTwo(number)
	return n >= 85 && n < 90
}

// lastTwo returns the last two digits as a number, or -1.
func lastTwo(number string) int {
	if len(number) < 2 {
		return -1
	}
	n, err := strconv.Atoi(number[len(number)-2:])
	if err != nil {
		return -1
	}
	return n
}

// chance returns a value that looks random and is fixed by the number and by
// what it is for.
func chance(number, what string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(number + " " + what))
	x := h.Sum64() // FNV's low bits are weak: mix the high ones in
	x ^= x >> 32
	return x * 0x9e3779b97f4a7c15 >> 16
}

// between returns a duration from low to high, in whole milliseconds.
func between(low, high time.Duration, number, what string) time.Duration {
	span := uint64((high - low) / time.Millisecond)
	return low + time.Duration(chance(number, what)%(span+1))*time.Millisecond
}
