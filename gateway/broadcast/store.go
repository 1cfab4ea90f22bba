package broadcast

import (
	"context"
	"errors"
	"time"

	"rollcall/gateway"
)

// Errors that callers branch on.
var (
	// ErrNoList means that no list has this name.
	ErrNoList = errors.New("there is no list of this name")
	// ErrNoCampaign means that the campaign, or one on this list, is not known.
	ErrNoCampaign = errors.New("there is no such campaign")
)

// Store keeps lists, campaigns and their rows. Every method that changes
// something returns after the change is durable, and makes it as a whole or
// not at all. Implementations are safe for several goroutines; what they take
// and give is not shared with the caller. Columns, cells, numbers and answers
// come back in their order; where there are none, nil and empty are the same.
// Times are kept to the millisecond.
type Store interface {
	Lists
	Campaigns
	Rows
}

// Lists is the part of a Store that holds whom to call.
type Lists interface {
	// List returns the list of this name, or [ErrNoList].
	List(ctx context.Context, name string) (List, error)
	// SaveList stores l in place of the list of its name and returns it with
	// its ID, which the name keeps.
	SaveList(ctx context.Context, l List) (List, error)
	// Latest returns the newest campaign on the list with this ID, or
	// [ErrNoCampaign].
	Latest(ctx context.Context, list int64) (Campaign, error)
	// Reached returns the numbers at which campaigns on the list of this name,
	// started at since or after it, reached somebody: rows that are done, with
	// OutcomeReached or OutcomeNoTransfer, by their last number.
	Reached(ctx context.Context, name string, since time.Time) ([]gateway.Phone, error)
}

// Campaigns is the part of a Store that holds what is being done.
type Campaigns interface {
	// Create stores a new campaign with its rows and returns it with its ID:
	// [FirstID] of its start, raised until no campaign ever had it.
	Create(ctx context.Context, c Campaign, rows []Row) (Campaign, error)
	// Update stores rows in place of those with the same N and what change
	// makes of the campaign, in one step, and returns the campaign. A nil
	// change is none. When the campaign becomes finished, rows that are still
	// ready become withdrawn. [ErrNoCampaign] if it is not known.
	Update(ctx context.Context, id gateway.ReqID, change func(*Campaign), rows ...Row) (Campaign, error)
	// Campaign returns a campaign, or [ErrNoCampaign].
	Campaign(ctx context.Context, id gateway.ReqID) (Campaign, error)
	// Open returns the campaigns that are not finished, oldest first.
	Open(ctx context.Context) ([]Campaign, error)
}

// Rows is the part of a Store that holds how far each person has come.
type Rows interface {
	// Due returns up to n ready rows whose Next is not after now, by N, and
	// the earliest Next of those that are later; zero if there is none.
	Due(ctx context.Context, id gateway.ReqID, now time.Time, n int) (rows []Row, next time.Time, err error)
	// Calling returns the rows that are calling, by N.
	Calling(ctx context.Context, id gateway.ReqID) ([]Row, error)
	// Page returns up to n rows from N on, by N.
	Page(ctx context.Context, id gateway.ReqID, from, n int) ([]Row, error)
	// Tally counts the rows by what is alike, in no order.
	Tally(ctx context.Context, id gateway.ReqID) ([]Count, error)
}
