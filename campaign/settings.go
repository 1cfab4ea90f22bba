package campaign

import (
	"time"

	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// This file is how a campaign calls, as somebody sets it.

// Settings is how to call. The zero value is completed by [Settings.Complete].
// All of it but Region, Speed and Gateways may change while the campaign runs.
type Settings struct {
	Region phone.Region // for numbers without a country code
	Zone   string       // IANA zone of people whose number does not tell theirs
	Zones  ZonePolicy   `json:",omitempty"` // by whose clock people are called

	// When people may be called, by the clock at their own place.
	Hours    Hours
	Holidays []string // calendars on whose days nobody is called, see HolidaysOf
	DaysOff  []Day    // further days
	// When the campaign calls at all, by the office's clock.
	Office    Hours     // zero: at any time
	Zoned     string    `json:",omitempty"` // IANA zone of the office; needed with Office
	NotBefore time.Time // zero: at once
	NotAfter  time.Time // zero: without end; then the rows left are not called

	// How often.
	Retry  Retry
	Limits []Limit // of each number, in all campaigns together
	Gaps   []Gap   // likewise
	// Law is a preset of rules, all of which bind but those in Exempt.
	Law    LawKey
	Exempt []Exemption
	// Finished names the answer by which a flow is known to be gone through.
	// Who was reached and did not give it is called again as after
	// [gateway.OutcomeReached]; empty: whoever was reached is done.
	Finished string

	// How many at a time.
	Lines    int     // calls at the same time
	Rate     float64 // calls begun in a second; zero: as the gateways allow
	Weight   int     // share of lines that several campaigns want
	CallerID string  // as it is given to the gateway
	Machines Machines
	// Gateway is a base URL, empty for the built-in one. Gateways, if there are
	// any, stand in its place.
	Gateway  string
	Gateways []Via
	Speed    int // divides every duration while the line is practice; 1 is real
}

// ZonePolicy is where people are taken to be.
type ZonePolicy string

// The zero value is careful: wherever the list, the place and the number say
// that a person may be, it must be allowed.
const (
	ZoneCareful ZonePolicy = ""
	// ZoneNumber goes by the number alone, which is wrong for people who have
	// moved. Where it tells no zone, the list does.
	ZoneNumber ZonePolicy = "number"
	// ZoneOne goes by the clock of Zone for everybody.
	ZoneOne ZonePolicy = "one"
)

// zonesOf are the zones by whose clocks a person is called.
func (s *Settings) zonesOf(p *Contact) []string {
	switch s.Zones {
	case ZoneOne:
		if s.Zone != "" {
			return []string{s.Zone}
		}
	case ZoneNumber:
		if p.Number != "" {
			if own := p.Number.Zones(); len(own) > 0 {
				return own
			}
		}
	case ZoneCareful:
	}
	return p.Zones
}

// Via is one of several gateways of a campaign.
type Via struct {
	URL    string  // base URL; empty for the built-in one
	Weight int     // its share of the calls while all answer; 1 if zero
	Lines  int     // calls at the same time there; zero: no bound of its own
	Rate   float64 // calls begun there in a second; zero: no bound of its own
}

// Ways are the gateways of a campaign, at least one.
func (s Settings) Ways() []Via {
	if len(s.Gateways) == 0 {
		return []Via{{URL: s.Gateway}}
	}
	return s.Gateways
}

// Machines is what an answering machine hears.
type Machines string

// The zero value lets the flow speak after the beep.
const (
	MachineMessage Machines = ""
	// MachineNothing takes every answer for a person's: the gateway does not
	// listen for machines.
	MachineNothing Machines = "off"
)

// Exemption switches off one rule of the preset, on somebody's word.
type Exemption struct {
	Rule RuleID
	Who  string // the account that did
	When time.Time
	Why  string // in their words
}

// Retry is how often, and how long after, a person is called again.
type Retry struct {
	Tries int // calls in all, the first one included
	// After tells of an outcome when the next call may be; one that is absent
	// is final, for the person or, if it says that the number is no good, for
	// the number.
	After map[gateway.Outcome]Again
}

// Again is when a person is called again.
type Again struct {
	// Tries is how many calls may end so; zero: as many as Retry.Tries.
	Tries int `json:",omitempty"`
	// Delay is how long the number is left alone, from the end of the call.
	Delay time.Duration
	// OtherTime waits for another part of the person's day than that of the
	// call: morning until 12, afternoon until 17, evening. It means nothing
	// where the hours leave one part only.
	OtherTime bool `json:",omitempty"`
	// NextNumber goes on with the person's next number at once.
	NextNumber bool `json:",omitempty"`
}

// Complete returns s with every setting left empty at its default: region US,
// 9 to 20 on every day, three tries, four lines, real speed.
func (s Settings) Complete() Settings {
	if s.Region == "" {
		s.Region = "US"
	}
	if s.Hours.IsZero() {
		s.Hours = DefaultHours()
	}
	if s.Retry.Tries == 0 {
		s.Retry.Tries = 3
	}
	if s.Retry.After == nil {
		s.Retry.After = DefaultAgain()
	}
	s.Lines = orDefault(s.Lines, 4)
	s.Weight = orDefault(s.Weight, 1)
	s.Speed = orDefault(s.Speed, 1)
	return s
}

func orDefault(n, standard int) int {
	if n == 0 {
		return standard
	}
	return n
}

// DefaultAgain is ten minutes after busy, half an hour after no answer and
// after a machine that took no message, five minutes after congestion.
func DefaultAgain() map[gateway.Outcome]Again {
	return map[gateway.Outcome]Again{
		gateway.OutcomeBusy:       {Delay: 10 * time.Minute},
		gateway.OutcomeNoAnswer:   {Delay: 30 * time.Minute},
		gateway.OutcomeNoMessage:  {Delay: 30 * time.Minute},
		gateway.OutcomeCongestion: {Delay: 5 * time.Minute},
	}
}
