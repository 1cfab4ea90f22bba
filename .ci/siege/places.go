package main

import (
	"fmt"
	"time"
)

// This file is where people live, and when they may be called there. It asks
// nothing of the program but takes Go's own zones.

// place is an area with one clock.
type place struct {
	code string // what a number there begins with, in digits
	zone string
	rest int // digits that follow
}

// mainland are areas in the four zones of the mainland.
func mainland() []place {
	return []place{
		{"1212", "America/New_York", 7}, {"1617", "America/New_York", 7}, {"1404", "America/New_York", 7},
		{"1312", "America/Chicago", 7}, {"1713", "America/Chicago", 7}, {"1612", "America/Chicago", 7},
		{"1303", "America/Denver", 7}, {"1801", "America/Denver", 7}, {"1505", "America/Denver", 7},
		{"1213", "America/Los_Angeles", 7}, {"1206", "America/Los_Angeles", 7}, {"1415", "America/Los_Angeles", 7},
	}
}

// abroad are areas elsewhere. The program may name their zones otherwise.
func abroad() []place {
	return []place{{"44207", "Europe/London", 7}, {"9133", "Asia/Kolkata", 8}}
}

// hours are a window of every day, in minutes after midnight. One that ends
// before it begins ends on the day after.
type hours struct{ from, till int }

const day = 24 * 60

// someAsleep are hours that are open now on the mainland but in its east, where
// they were until half an hour ago; so whoever sleeps does for some hours.
func someAsleep(now time.Time) hours {
	east, west := minuteAt(now, "America/New_York"), minuteAt(now, "America/Los_Angeles")
	return hours{from: (west - 60 + day) % day, till: (east - 30 + day) % day}
}

func minuteAt(t time.Time, zone string) int {
	where, err := time.LoadLocation(zone)
	if err != nil {
		panic(err) // a zone of the table above
	}
	local := t.In(where)
	return 60*local.Hour() + local.Minute()
}

// open tells whether somebody who may be in any of zones may be called at t.
func (h hours) open(t time.Time, zones []string) bool {
	for _, zone := range zones {
		m := minuteAt(t, zone)
		inside := m >= h.from && m < h.till
		if h.till < h.from {
			inside = m >= h.from || m < h.till
		}
		if !inside {
			return false
		}
	}
	return true
}

// String writes the hours as the program reads them.
func (h hours) String() string {
	return fmt.Sprintf("%d:%02d-%d:%02d", h.from/60, h.from%60, h.till/60, h.till%60)
}
