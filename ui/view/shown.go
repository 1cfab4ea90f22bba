package view

import (
	"context"

	"rollcall/campaign"
	"rollcall/gateway"
)

// DoNotCallPages reads the do-not-call list in pages: see [Marks].
type DoNotCallPages interface {
	// DoNotCallMarks returns every so manieth of the single entries that f
	// keeps, the newest first, and how many entries these are.
	DoNotCallMarks(ctx context.Context, f campaign.DoNotCallFilter, every int) ([]campaign.DoNotCallKey, int, error)
	// DoNotCallFrom returns up to n of these entries, from one on.
	DoNotCallFrom(ctx context.Context, f campaign.DoNotCallFilter, from campaign.DoNotCallKey, n int) ([]campaign.DoNotCallSaid, error)
	// CountByWay counts the single entries by how they came on the list.
	CountByWay(ctx context.Context) (map[campaign.DoNotCallWay]int, error)
	RangePages
}

// RangePages reads a list of numbers in pages.
type RangePages interface {
	// RangeMarks returns the first number of every so manieth of a list's
	// ranges, and how many ranges it has.
	RangeMarks(ctx context.Context, list campaign.DoNotCallListID, every int) ([]uint64, int, error)
	// RangesFrom returns up to n ranges, from one that begins with a number or
	// after it.
	RangesFrom(ctx context.Context, list campaign.DoNotCallListID, first uint64, n int) ([]campaign.NumberRange, error)
	// RangesBefore counts the ranges that end before a number.
	RangesBefore(ctx context.Context, list campaign.DoNotCallListID, number uint64) (int, error)
}

// Doubtful tells what is in doubt in all campaigns.
type Doubtful interface {
	CountDoubts(ctx context.Context) (int, error)
	// InDoubt returns the rows in doubt, those of the newest campaign first.
	InDoubt(ctx context.Context) ([]campaign.ContactID, error)
	// OpenOf returns the attempts at rows that are not settled, at most a few
	// hundred.
	OpenOf(ctx context.Context, ids []campaign.ContactID) ([]campaign.Attempt, error)
}

// Results counts what came of a campaign.
type Results interface {
	// AnswersOf counts what those who were reached answered, and how many of
	// them gave no answer.
	AnswersOf(ctx context.Context, id campaign.ID) (given []campaign.Given, silent int, err error)
	// Answered returns the rows that gave an answer; the zero value means none.
	Answered(ctx context.Context, id campaign.ID, a gateway.Answer) ([]campaign.ContactID, error)
	// CallsByTime counts the calls by the quarter of an hour in which they began.
	CallsByTime(ctx context.Context, id campaign.ID) ([]campaign.Slot, error)
}

// WriteResults writes what came of a campaign to a file and returns its path.
// It tells which part is done, from 0 to 1, on the goroutine that called it.
type WriteResults = func(ctx context.Context, path string, s Store, id campaign.ID, tell func(part float64)) (string, error)

// Doubts counts the rows of which nobody knows whether they were called.
func (o *Office) Doubts(ctx context.Context) (int, error) { return o.Store.CountDoubts(ctx) }
