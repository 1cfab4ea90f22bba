package campaign

import (
	"time"

	"rollcall/campaign/phone"
)

// This file is what an office has set for all of its campaigns.

// OfficeSettings is with what new campaigns begin, which gateways there are,
// and how long things are kept. The zero value is completed by
// [OfficeSettings.Complete].
type OfficeSettings struct {
	Gateways []OfficeGateway `json:"gateways,omitempty"` // beside the built-in one
	// Region is the country of numbers without a code; empty: the one that
	// this computer is set to.
	Region phone.Region `json:"region,omitempty"`
	Zone   string       `json:"zone,omitempty"` // IANA zone of the office; empty: this computer's
	Law    LawKey       `json:"law,omitempty"`
	Hours  Hours        `json:"hours"` // at people's own places
	Tries  int          `json:"tries"` // calls to a person in all
	Lines  int          `json:"lines"` // calls at the same time
	Keep   Retention    `json:"keep"`
}

// OfficeGateway is a gateway elsewhere, by the name the office gave it.
type OfficeGateway struct {
	Name  string `json:"name"`
	URL   string `json:"url"`   // base URL
	Lines int    `json:"lines"` // calls at the same time there
	// Patience is how long one answer is waited for; zero: as long as
	// gateway.DefaultTimeout.
	Patience time.Duration `json:"patience,omitempty"`
}

// standardRecords is for how many days the gateway keeps records by itself.
const standardRecords = 90

// Retention is how many days things are kept once they are over; zero: for
// ever.
type Retention struct {
	// Results are campaigns that have ended, with their rows. They go only
	// after their calls, so they are kept at least as long as those.
	Results int `json:"results"`
	Calls   int `json:"calls"`   // of campaigns that have ended; limits look at them
	Records int `json:"records"` // of the built-in gateway, which never keeps them for ever
}

// Consistent tells whether results are kept at least as long as calls.
func (r Retention) Consistent() bool {
	return r.Results == 0 || r.Calls > 0 && r.Calls <= r.Results
}

// Complete returns s with every setting left empty at its default.
func (s OfficeSettings) Complete() OfficeSettings {
	d := Settings{}.Complete()
	if s.Hours.IsZero() {
		s.Hours = d.Hours
	}
	s.Tries = orDefault(s.Tries, d.Retry.Tries)
	s.Lines = orDefault(s.Lines, d.Lines)
	s.Keep.Records = orDefault(s.Keep.Records, standardRecords)
	return s
}

// Draft is with what a new campaign begins.
func (s OfficeSettings) Draft() Settings {
	s = s.Complete()
	draft := Settings{Region: s.Region, Zoned: s.Zone, Law: s.Law, Hours: s.Hours, Lines: s.Lines}
	draft.Retry.Tries = s.Tries
	return draft.Complete()
}

// GatewayAt returns the gateway of a base URL, and false if the office does
// not know it.
func (s OfficeSettings) GatewayAt(url string) (OfficeGateway, bool) {
	for _, g := range s.Gateways {
		if g.URL == url {
			return g, true
		}
	}
	return OfficeGateway{}, false
}

// Backup is what copies of a data folder hold.
type Backup struct {
	Campaigns int
	People    int       // rows of lists
	Newest    time.Time // of what stands in the audit log; zero: nothing
}
