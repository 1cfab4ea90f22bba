package campaign

import (
	"errors"
	"time"

	"rollcall/campaign/phone"
)

// ErrForEver refuses to take off the list a number whose person asked for it.
var ErrForEver = errors.New("the person asked not to be called: that stays")

// DoNotCallEntry is one number that must not be called.
type DoNotCallEntry struct {
	Number   phone.Number
	Campaign ID // zero: everywhere
	Way      DoNotCallWay
	Source   string // of a number from a file, the file
	Reason   string // in the words of whoever added it
	Added    time.Time
	Expires  time.Time // it counts until then; zero: for ever
}

// DoNotCallWay is how a number came on the list.
type DoNotCallWay string

// The ways.
const (
	ByKey    DoNotCallWay = "key"  // the person pressed it: for ever
	ByHand   DoNotCallWay = "hand" // somebody typed it in
	ByImport DoNotCallWay = "import"
)

// NumberRange is numbers that follow each other, as they are dialled, without
// the +: 13125550100 to 13125550199.
type NumberRange struct {
	First, Last uint64
}

// DoNotCallListID names a list in the store.
type DoNotCallListID int64

// DoNotCallList is a list of numbers that must not be called, however long.
type DoNotCallList struct {
	ID     DoNotCallListID
	Kind   DoNotCallKind
	Source string // whose list it is: a newer one of the same source may replace it
	File   string // as the user named it
	Reason string
	// Areas are the area codes that the list is about; none: all. A number of
	// another area that is not on it may be on the one of that area.
	Areas   []string
	Dated   time.Time // when the list was right, as the file says
	Added   time.Time
	Expires time.Time // it counts until then; zero: for ever
	Numbers int
}

// DoNotCallKind is what sort of list it is.
type DoNotCallKind string

// The kinds.
const (
	PlainList DoNotCallKind = "plain"
	// RegistryList is an official one, which is right for a while only.
	RegistryList DoNotCallKind = "registry"
)

// RegistryAge is how old a list of the national registry may be when a number
// is called: 16 CFR 310.4(b)(3)(iv).
const RegistryAge = 31 * 24 * time.Hour

// Counts tells whether the list forbids calls at now.
func (l DoNotCallList) Counts(now time.Time) bool { return l.Expires.IsZero() || l.Expires.After(now) }

// Stale tells whether a newer list must be had before anybody is called by it.
// The list counts nevertheless.
func (l DoNotCallList) Stale(now time.Time) bool {
	return l.Kind == RegistryList && now.Sub(l.Dated) > RegistryAge
}

// NumberRow is what one line of a file of numbers says.
type NumberRow struct {
	Line   int
	Range  NumberRange
	Delete bool // in a list of changes: these may be called again
	// Problem is why the line says nothing; nil if it does.
	Problem *CellProblem
}

// NumberRows gives the numbers of a file one after another. One goroutine uses
// it.
type NumberRows interface {
	// Next returns the next line that says something or should; io.EOF after
	// the last one.
	Next() (NumberRow, error)
	// List returns what is known of the list: its kind, its file and its date,
	// and once Next has returned io.EOF the area codes of a registry's.
	List() DoNotCallList
	// Changes tells, once a line was read, whether the file is about what
	// changed since another one.
	Changes() bool
	Close() error
}
