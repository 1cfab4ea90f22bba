// Package broadcast runs campaigns on the gateway: everybody on a list is
// called, a few lines at a time, and what came of it is kept row by row. It is
// named for Voicent's BroadcastByPhone, whose campaign interface and command
// line gateway/server answers with it.
//
// What a reader looks for stands in
//
//	broadcast.go  the vocabulary: lists, campaigns, rows
//	store.go      the contract with the store
//	table.go      reading a list from CSV; export.go writes results as CSV
//	list.go       merging an import into a list, finding its columns
//	plan.go       whom a campaign calls, and what an ended call makes of a row
//	message.go    what is said to a row
//	command.go    BroadcastByPhone's command line
//	engine.go     what others ask for: import, start, stop
//	loop.go       the loop that places calls and follows them
//
// The life of a row: it waits as ready until it is due and a line of its
// campaign is free. Then it is stored as calling, with one more send, and only
// after that its call is submitted under the reference [Reference], made of
// campaign, row and send. A crash in between is harmless: the next Run asks
// the journal for that reference, and submitting it again gives the same job.
// The ended call makes the row done, or ready for a retry or for its next
// number; that is stored before the call's record is forgotten.
//
// Package broadcasttest holds a Store in memory and the conformance suite for
// all of them.
package broadcast

import (
	"fmt"
	"time"

	"rollcall/gateway"
)

// Table is what a list holds: each row has as many cells as there are columns.
type Table struct {
	Columns []string
	Rows    [][]string
}

// List is people to be called, kept under a name for campaigns to come.
type List struct {
	ID   int64  // the protocol's leadsrc_id; given by the store, never zero
	Name string // as [ListName] gives it
	Table
	// Cleaned is when the list was last told to forget whom it has reached.
	Cleaned time.Time
}

// State is where a campaign stands.
type State string

// The states of a campaign. A stopping one places no calls; it is finished
// when its last call in progress has ended.
const (
	Running  State = "running"
	Stopping State = "stopping"
	Finished State = "finished"
)

// Campaign is one run over a list.
type Campaign struct {
	ID      gateway.ReqID // see [FirstID]
	Name    string
	List    string // name of its list; what was on it then stands in the rows
	ListID  int64
	Columns []string // of Row.Cells
	Message Message
	// ConfirmCode ends the campaign as soon as somebody has keyed it; empty:
	// everybody is called.
	ConfirmCode string
	CallerID    string
	Lines       int    // calls at the same time; zero: as many as the gateway has
	From        string // address of who asked for it, as in [scheduler.Job]
	State       State
	Started     time.Time
	Ended       time.Time // zero until it is finished
	Confirmed   time.Time // when the code was keyed; zero if it was not
	ConfirmedBy string    // name of who did
	Removed     bool      // its record was removed: nobody is told of it any more
}

// idFactor keeps campaigns' ids apart from those of calls.
const idFactor = 1000

// FirstID is the id of a campaign that starts at t, to be raised until it is
// unique among campaigns. Calls have epoch milliseconds; campaigns have a
// thousand times as much, so that one number never means both.
func FirstID(t time.Time) gateway.ReqID { return gateway.ReqID(t.UnixMilli() * idFactor) }

// IsID tells whether id can be that of a campaign.
func IsID(id gateway.ReqID) bool { return id >= 1e15 }

// RowState is where a row of a campaign stands.
type RowState string

// The states of a row. Only calling rows have a call at the gateway, or may
// have one.
const (
	RowReady     RowState = "ready"     // to be called, not before Next
	RowCalling   RowState = "calling"   //
	RowDone      RowState = "done"      // Outcome tells how
	RowSkipped   RowState = "skipped"   // never to be called; Aside tells why
	RowWithdrawn RowState = "withdrawn" // not called: the campaign ended before
)

// Aside is why a row is never called.
type Aside string

// Why a row is skipped.
const (
	AsideNoPhone   Aside = "no phone number"
	AsideDuplicate Aside = "number is on the list before"
	AsideReached   Aside = "reached by an earlier campaign"
	AsideNoText    Aside = "nothing to say"
)

// Row is one person of a campaign.
type Row struct {
	N       int // its place in the campaign, from 0
	Cells   []string
	Name    string          // of the person, where a column tells
	Phones  []gateway.Phone // to be tried in this order
	At      int             // which of Phones is tried now, or was tried last
	State   RowState
	Aside   Aside
	Sends   int       // calls asked for, dialled or not
	Sent    time.Time // the last time
	Tries   int       // dials of Phones[At]
	Dials   int       // of all numbers
	Next    time.Time // not before; zero for at once
	Called  time.Time // when the last try began
	Outcome gateway.Outcome
	Answers []gateway.Answer
	OptOut  bool // asked not to be called again
}

// Phone is the number that is tried now, or was tried last; empty for none.
func (r Row) Phone() gateway.Phone {
	if r.At >= len(r.Phones) {
		return ""
	}
	return r.Phones[r.At]
}

// Reference names a row's call of its present send. It is the same after a
// crash, so that the journal tells whether the call was accepted.
func Reference(campaign gateway.ReqID, r Row) gateway.Reference {
	return gateway.Reference(fmt.Sprintf("camp-%d-%d-%d", campaign, r.N, r.Sends))
}

// Count tells how many rows of a campaign are alike.
type Count struct {
	State   RowState
	Aside   Aside
	Outcome gateway.Outcome
	OptOut  bool
	Rows    int
}
