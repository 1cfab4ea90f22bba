package campaign

import (
	"time"

	"rollcall/campaign/phone"
	"rollcall/gateway"
)

type LawKey string

type Law struct {
	Key   LawKey
	Rules []LawRule
}

func LawOf(LawKey) (Law, bool) { return Law{}, false }

func (l Law) For(phone.Number) []LawRule { return nil }

type RuleID string
type LawRule struct {
	ID            RuleID
	Source        string
	Hours         *Hours
	Limit         *Limit
	Gap           *Gap
	Holidays      string
	UnlessConsent bool
}
type Limit struct {
	Calls    int
	Within   time.Duration
	Answered bool
}
type Gap struct {
	After []gateway.Outcome
	For   time.Duration
}
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

func HolidaysOf(string, int) ([]Day, bool) { return nil, false }

func HolidayCalendars() []string { return nil }
