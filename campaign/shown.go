package campaign

import (
	"time"

	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// This file is what pages ask of a store about many rows at once.

// DoNotCallFilter chooses single entries of the do-not-call list; the zero
// value keeps all.
type DoNotCallFilter struct {
	Way DoNotCallWay
	// Search finds a part of a source, a reason, or the name of the campaign in
	// which a person asked; Digits finds a part of a number, as it is dialled.
	Search, Digits string
}

// DoNotCallKey is where an entry stands among all, the newest first.
type DoNotCallKey struct {
	Added    time.Time
	Number   phone.Number
	Campaign ID
}

// Key is where e stands.
func (e DoNotCallEntry) Key() DoNotCallKey {
	return DoNotCallKey{Added: e.Added, Number: e.Number, Campaign: e.Campaign}
}

// DoNotCallSaid is an entry with the name of the campaign that it is of, or in
// which its person asked; empty where that is not known.
type DoNotCallSaid struct {
	DoNotCallEntry
	In string
}

// Given is an answer, and how many people gave it.
type Given struct {
	gateway.Answer
	People int
}

// Slot is a quarter of an hour and what came of the calls that began in it. A
// quarter is an hour's part everywhere: there are zones 45 minutes off.
type Slot struct {
	Begin time.Time
	Calls Tally // by the state in which such a call leaves a row
}

// SlotLength is how long a slot is.
const SlotLength = 15 * time.Minute
