package campaign

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"slices"
	"time"
)

// This file is the audit log: who changed what, and when. Each entry carries a
// hash over itself and the hash before it, so that no entry can be changed,
// taken out or put in without all that follow being made anew.
//
// What such a chain cannot show: that entries were made anew from some place to
// the end, or taken off the end. For that the hash of the last entry, the head,
// must be known from elsewhere. The store keeps it in a second file; whoever
// can write both files can forge both, so a head that is to prove something
// belongs on paper or on another machine. Nor does the log prove who sat at the
// computer: it tells the account of the operating system.

// AuditEntry is one line of the audit log. Telephone numbers stand in it with
// their last two digits only.
type AuditEntry struct {
	N        int64             `json:"n"`  // from 1, without gaps
	At       time.Time         `json:"at"` // when it was written, to the millisecond
	Who      string            `json:"who"`
	What     AuditAction       `json:"what"`
	Campaign ID                `json:"campaign,omitempty"` // zero: none
	Text     string            `json:"text"`               // what it is about, by name
	Details  map[string]string `json:"details,omitempty"`  // under the names below, and others
	Hash     string            `json:"hash"`               // hex
}

// AuditProgram is Who for what the program did by itself.
const AuditProgram = "rollcall"

// AuditAction is what was done. campaign/words has words for each.
type AuditAction string

// The actions.
const (
	AuditStarted    AuditAction = "started"
	AuditPaused     AuditAction = "paused"
	AuditResumed    AuditAction = "resumed"
	AuditStopped    AuditAction = "stopped"
	AuditFinished   AuditAction = "finished"
	AuditReopened   AuditAction = "reopened"   // a draft again
	AuditImported   AuditAction = "imported"   // a list is a draft
	AuditReread     AuditAction = "reread"     // in another way, in the place of a draft
	AuditUpdated    AuditAction = "updated"    // by a newer file
	AuditUndone     AuditAction = "undone"     // a draft is gone
	AuditDuplicated AuditAction = "duplicated" // a draft is made of another one's list
	AuditArchived   AuditAction = "archived"   // put away
	AuditReturned   AuditAction = "returned"   // from the archive
	AuditDiscarded  AuditAction = "discarded"  // the results are gone
	AuditConfigured AuditAction = "configured" // one setting; an entry each
	AuditExempted   AuditAction = "exempted"   // from a rule
	AuditDecided    AuditAction = "decided"    // about a row in doubt
	AuditExcluded   AuditAction = "excluded"   // a row is not called
	AuditIncluded   AuditAction = "included"   // that was taken back
	AuditAgain      AuditAction = "again"      // rows that were done are called again
	AuditHurried    AuditAction = "hurried"    // rows that wait are called without delay
	AuditRevived    AuditAction = "revived"    // a campaign that was over can go on
	AuditBlocked    AuditAction = "blocked"    // numbers are not called
	AuditOptedOut   AuditAction = "opted_out"  // a person said so in a call
	AuditUnblocked  AuditAction = "unblocked"
	AuditListed     AuditAction = "listed"   // a do-not-call list counts
	AuditRelisted   AuditAction = "relisted" // changes to one count
	AuditUnlisted   AuditAction = "unlisted" // one does not count any more
	AuditTestCall   AuditAction = "test_call"
	AuditForgotten  AuditAction = "forgotten"   // old calls were deleted
	AuditEndedCalls AuditAction = "ended_calls" // those in progress
)

// Names of details.
const (
	DetailSetting  = "setting"
	DetailBefore   = "before" // as it was
	DetailAfter    = "after"  // as it is
	DetailCode     = "code"   // why: a [Code]
	DetailWhy      = "why"    // in somebody's words
	DetailNumber   = "number" // masked
	DetailNumbers  = "numbers"
	DetailSource   = "source"
	DetailFile     = "file"
	DetailRow      = "row"
	DetailRows     = "rows"
	DetailRule     = "rule"     // of the preset, a [RuleID]
	DetailPractice = "practice" // "yes": no phone rings
)

// auditVersion begins what is hashed, so that another way of writing entries
// can follow.
const auditVersion = "rollcall audit 1"

// Encoding writes all of an entry but its hash, so that two entries that differ
// are written differently. A number is 8 bytes, the greatest first, in two's
// complement; a text is its length in bytes as a number, then its bytes. In
// this order:
//
//	the text "rollcall audit 1"
//	N; At in milliseconds since 1970; Who; What; Campaign; Text
//	how many details; of each, in the order of the bytes of names, name and value
func (e AuditEntry) Encoding() []byte {
	b := appendField(nil, auditVersion)
	b = appendInt(b, e.N)
	b = appendInt(b, e.At.UnixMilli())
	b = appendField(b, e.Who)
	b = appendField(b, string(e.What))
	b = appendInt(b, int64(e.Campaign))
	b = appendField(b, e.Text)
	b = appendInt(b, int64(len(e.Details)))
	for _, name := range slices.Sorted(maps.Keys(e.Details)) {
		b = appendField(b, name)
		b = appendField(b, e.Details[name])
	}
	return b
}

func appendInt(b []byte, n int64) []byte {
	return binary.BigEndian.AppendUint64(b, uint64(n)) //nolint:gosec // two's complement is meant
}

func appendField(b []byte, text string) []byte {
	return append(appendInt(b, int64(len(text))), text...)
}

// Sum is the hash that belongs to e after an entry of that hash, which is empty
// for the first: SHA-256, in hex, of the previous hash as a text and the
// [AuditEntry.Encoding].
func (e AuditEntry) Sum(previous string) string {
	sum := sha256.Sum256(append(appendField(nil, previous), e.Encoding()...))
	return hex.EncodeToString(sum[:])
}

// AuditHead is the last entry of a log at some time: whoever has it can tell
// whether the log since then still holds the same.
type AuditHead struct {
	N    int64 // zero: the log was empty
	Hash string
}

// AuditFault is what is wrong with an audit log.
type AuditFault string

// The faults. AuditVerdict.First is the entry that they are about.
const (
	AuditChanged    AuditFault = "changed"     // it is not what was written there
	AuditMissing    AuditFault = "missing"     // it is not there, others after it are
	AuditCut        AuditFault = "cut"         // the log ends before it, and the kept head knows it
	AuditReplaced   AuditFault = "replaced"    // the log fits, but the kept head knows another
	AuditStranger   AuditFault = "stranger"    // no entry has the head that was given; First is zero
	AuditHeadBroken AuditFault = "head_broken" // the kept head cannot be read; First is zero
)

// AuditVerdict is what came of looking at a whole log.
type AuditVerdict struct {
	Entries int64  // that fit, from the first on
	Head    string // hash of the last of them
	Given   int64  // the entry whose hash was given; zero: none
	Fault   AuditFault
	First   int64 // the first entry that does not fit
}

// AuditCheck looks at the entries of a log, one after another.
type AuditCheck struct {
	Kept  AuditHead // as it is known from elsewhere
	Given string    // a hash that an entry must have; empty: none

	verdict AuditVerdict
}

// Add looks at the next entry, and tells whether it fits.
func (c *AuditCheck) Add(e AuditEntry) bool {
	v := &c.verdict
	next := v.Entries + 1
	switch {
	case e.N > next:
		v.Fault, v.First = AuditMissing, next
	case e.N < next, e.Hash != e.Sum(v.Head):
		v.Fault, v.First = AuditChanged, e.N
	case e.N == c.Kept.N && e.Hash != c.Kept.Hash:
		v.Fault, v.First = AuditReplaced, e.N
	default:
		v.Entries, v.Head = e.N, e.Hash
		if e.Hash == c.Given {
			v.Given = e.N
		}
		return true
	}
	return false
}

// Verdict is what is known when there are no more entries, or one did not fit.
func (c *AuditCheck) Verdict() AuditVerdict {
	v := c.verdict
	switch {
	case v.Fault != "":
	case v.Entries < c.Kept.N:
		v.Fault, v.First = AuditCut, v.Entries+1
	case c.Given != "" && v.Given == 0:
		v.Fault = AuditStranger
	}
	return v
}
