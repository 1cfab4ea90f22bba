package faults

// Point is a moment between two steps that must not both be lost, or both be
// done again.
type Point string

// The moments of a database file.
const (
	BeforeSchema Point = "before schema" // it is ours, and has no tables yet, or old ones
	AfterSchema  Point = "after schema"  // and is not marked as in use yet
	BeforeBegin  Point = "before begin"
	BeforeCommit Point = "before commit"
	AfterCommit  Point = "after commit" // and nobody was told yet
	BeforeClose  Point = "before close" // it is marked as in use still
)

// The moments of a client's request that changes something.
const (
	BeforeRequest Point = "before request" // nothing was sent
	AfterReply    Point = "after reply"    // it was read, and nobody was told yet
)

// The moments of the gateway.
const (
	BeforeReply Point = "before reply" // the journal has what was asked for
	BeforeDial  Point = "before dial"  // and before it is noted
	AfterNoted  Point = "after noted"  // the phone may ring from now on
	AfterCall   Point = "after call"   // what came of it is not noted yet
)
