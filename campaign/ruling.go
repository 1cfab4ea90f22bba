package campaign

import (
	"time"

	"rollcall/campaign/phone"
)

// Ruling is what a person decides about a row in doubt.
type Ruling string

// The rulings. They hold for the open attempt: what the person knows of it is
// kept with it.
const (
	// RuledCalled: the phone rang. The row is done, and how it went stays
	// unknown; the call counts for limits.
	RuledCalled Ruling = "called"
	// RuledNotCalled: no phone rang. The row is ready again, or cancelled where
	// its campaign is over.
	RuledNotCalled Ruling = "not_called"
)

// LedgerEntry is one real call to a number, by whatever campaign.
type LedgerEntry struct {
	Campaign string // its name
	Attempt  Attempt
}

// ConsentEntry is the last word of a number about being called.
type ConsentEntry struct {
	Number phone.Number
	Given  bool
	Source string // the list's file, or "opt-out"
	At     time.Time
}
