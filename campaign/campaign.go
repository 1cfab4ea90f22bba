// Package campaign is the domain: a [Campaign] calls everybody on a list once.
//
// Its people are [Contact]s, one per row of the user's file; each try at one of
// them is an [Attempt]. [Decide] is the one gate: it says of a row, at the
// moment it would be dialled, whether it may be called now, later or never,
// and why. The [Runner] asks it, writes every intent to the [Store] before it
// asks a gateway for the call, follows the call and settles what came of it.
//
// What a reader looks for stands in
//
//	campaign.go  the vocabulary: campaigns, rows, attempts, states
//	settings.go  how a campaign calls, as somebody sets it
//	reason.go    why a row stands where it stands, as data
//	table.go     a sheet as it was read, before anything is made of it
//	fault.go     where a file is broken
//	filter.go    how rows are chosen and sorted
//	hours.go     when people may be called at their own place; week.go as text
//	law.go       presets of rules; law_*.go how they are read and found,
//	             law/*.json the rules, holidays.go the days
//	facts.go     what is known of a person beside their row; again.go what a
//	             person's word makes of it
//	decide.go    Decide: the gate; decide_number.go the part that goes through
//	             somebody's numbers, decide_time.go the one that looks at the
//	             clock, place.go and timeline.go when a place is open
//	preflight.go what starting would do, in numbers; forecast.go when it will
//	             be through, by the model of forecast_model.go
//	update.go    a newer file of the list
//	donotcall.go who must not be called
//	store.go     what the Runner needs of a store, and of a gateway
//	runner.go    Runner: write before you dial, settle after; its parts are
//	loop.go      the one goroutine that owns a run
//	route.go     the gateways: which is given the next call, which is away
//	pool.go      lines that several campaigns share
//	dial.go      from the gate to the gateway
//	follow.go    what is told of calls, and finding out what is not known
//	settle.go    what an outcome makes of a row
//	orders.go    pause, resume, stop, end all calls, other settings
//	calltimes.go how many calls ended when
//	summary.go   how a campaign stands, for lists of campaigns
//	ruling.go    what people decide about doubts, and what is known of numbers
//	audit.go     who changed what
//
// Subpackages: phone (numbers), contacts (a Table becomes Contacts), flow (the
// document that is played), words (states and reasons as sentences),
// campaigntest (a store and a gateway in memory, for tests).
package campaign

import (
	"time"

	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// ID names a campaign in the store. Zero means not stored yet.
type ID int64

// Campaign is one list, one flow, and how to call.
type Campaign struct {
	ID       ID
	Name     string
	State    State
	List     List
	Flow     Flow
	Settings Settings
	// Practice is fixed when the campaign starts: no phone rings in it, and
	// none of its results counts outside it.
	Practice bool
	Created  time.Time
	Started  time.Time // zero before the first start
	Ended    time.Time // zero until finished or stopped
	Why      Reason    // why it stands in its State, where that needs saying
	// Rethink is set when settings were changed since rows were set aside: those
	// that wait are decided about again.
	Rethink bool
}

// State is where a campaign stands.
type State string

// A campaign goes from draft to running, to and fro between running and
// paused, and ends finished or stopped.
const (
	Draft    State = "draft"
	Running  State = "running"
	Paused   State = "paused"
	Finished State = "finished"
	Stopped  State = "stopped"
)

// Over tells whether nothing more will be dialled in this state.
func (s State) Over() bool { return s == Finished || s == Stopped }

// List is where the people came from.
type List struct {
	File    string   // as the user named it
	Sheet   string   // empty for a file without sheets
	Hash    string   // SHA-256 of the file's content and the sheet's name, in hex
	Columns []string // the user's own headings, in their order
}

// Flow is what they hear.
type Flow struct {
	Source string // absolute path, URL, or "sample:NAME"
}

// ContactID names a row in the store.
type ContactID int64

// Contact is one row of the user's file. Every row of the file is one, also
// those that will never be called: they are Skipped with the reason.
type Contact struct {
	ID       ContactID
	Campaign ID
	Row      int // as the user's spreadsheet numbers it
	Name     string
	Number   phone.Number // empty where there is none to dial
	Zones    []string     // IANA zones the person may be in; empty: not known
	Cells    []string     // the user's own columns, at most as many as List.Columns
	External string       // the user's own key of the person, empty if there is none
	// Others are further numbers of the person, in the order in which they
	// are tried.
	Others []phone.Number
	// Hours are the person's own, inside those of the campaign; zero: none.
	Hours Hours
	// Priority puts a row before others that are due: greater is earlier.
	Priority int
	// Consent is set if the list says that the person agrees to be called.
	Consent bool
	Status  Status
	Why     Reason
	NextAt  time.Time // when a Waiting row is looked at again
	Tries   int       // how often the phone was tried
	Misses  int       // sent and came back undialled, in a row
	Anew    Anew      // what somebody said about calling it again
	Answers []gateway.Answer
	Reached time.Time // when a person or a machine was reached; zero if never
	// DoNotCall is set if the number stands on the do-not-call list now.
	DoNotCall bool
}

// Status is where a row stands.
type Status string

// The life of a row: see architecture, "States of a row".
const (
	Ready     Status = "ready"     // to be called as soon as the gate allows
	Sending   Status = "sending"   // the intent is written, the request is on its way
	Queued    Status = "queued"    // accepted by the gateway
	Calling   Status = "calling"   // on a line
	Reached   Status = "reached"   // final
	Machine   Status = "machine"   // final
	Unreached Status = "unreached" // final: no tries left
	Failed    Status = "failed"    // final
	Waiting   Status = "waiting"   // until NextAt, because Why
	Skipped   Status = "skipped"   // never, because Why
	Doubt     Status = "doubt"     // may or may not have been called: a person decides
	Cancelled Status = "cancelled" // the campaign was stopped first
)

// Statuses returns all of them in the order in which people are told.
func Statuses() []Status {
	return []Status{Ready, Waiting, Sending, Queued, Calling, Reached, Machine, Unreached, Failed, Doubt, Skipped, Cancelled}
}

// Final tells whether a run has nothing more to do with a row in this state
// unless a person decides.
func (s Status) Final() bool {
	switch s {
	case Ready, Waiting, Sending, Queued, Calling:
		return false
	default:
		return true
	}
}

// Open tells whether an attempt at such a row is under way.
func (s Status) Open() bool { return s == Sending || s == Queued || s == Calling }

// BuiltIn names the gateway that belongs to the data folder itself.
const BuiltIn = "built-in"

// AttemptID names an attempt in the store.
type AttemptID int64

// Attempt is one try at one row: written before the gateway is asked, settled
// when it is known what came of it.
type Attempt struct {
	ID        AttemptID
	Campaign  ID
	Contact   ContactID
	Row       int
	Name      string
	Number    phone.Number
	Reference gateway.Reference // ours; the gateway knows the request by it
	Gateway   string            // that was asked: its base URL, or BuiltIn
	ReqID     gateway.ReqID     // zero until the gateway has accepted
	Practice  bool
	Begun     time.Time       // intent written
	Sent      time.Time       // accepted by the gateway; zero until then
	Ended     time.Time       // settled; zero while it is under way
	Outcome   gateway.Outcome // meaningful once Ended is set
	Why       Reason
	Answers   []gateway.Answer
}

// Open tells whether the attempt is still to be settled.
func (a Attempt) Open() bool { return a.Ended.IsZero() }

// Tally counts the rows of a campaign by state.
type Tally map[Status]int

// Total is the number of rows.
func (t Tally) Total() int {
	sum := 0
	for _, n := range t {
		sum += n
	}
	return sum
}

// Left is the number of rows that may still be called without a person
// deciding anything.
func (t Tally) Left() int {
	sum := 0
	for s, n := range t {
		if !s.Final() {
			sum += n
		}
	}
	return sum
}
