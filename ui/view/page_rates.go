package view

import (
	"math"
	"slices"

	"rollcall/campaign/words"
)

// This file is how many calls may begin in a minute, as a person sets it.

// PerMinute is a rate of calls a second by the minute, at least one.
func PerMinute(rate float64) int { return max(1, int(math.Round(rate*60))) }

// PerSecond is a number of calls a minute by the second; none is no bound.
func PerSecond(minute int) float64 { return float64(minute) / 60 }

// Rates are the steps from which calls a minute are chosen, the given one among
// them; the last, zero, is no bound.
func Rates(now int) []int {
	steps := []int{1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 200, 300, 400, 600}
	if at, found := slices.BinarySearch(steps, now); !found && now > 0 {
		steps = slices.Insert(steps, at, now)
	}
	return append(steps, 0)
}

// RateWords is a step in words.
func RateWords(minute int) string {
	if minute == 0 {
		return words.Say("any||number of calls a minute")
	}
	return Count(minute)
}
