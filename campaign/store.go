package campaign

import (
	"context"
	"errors"
	"time"

	"rollcall/gateway"
)

// ErrForbidden means that the store refused to begin an attempt because the
// row changed between the decision and the dial: a number put on the
// do-not-call list, a row that is no longer ready. Nothing was written.
var ErrForbidden = errors.New("the row may not be called any more")

// Store is what a Runner needs to remember. Every method that changes
// something returns after the change would survive a power cut, but for those
// of [Ledger].
type Store interface {
	Queue
	Ledger
	Syncer
	Campaigns
	Rows
	Waker
}

// Rows is how a Runner reads what is known of a row.
type Rows interface {
	// Contacts returns those rows, in the order of ids, at most a few hundred.
	Contacts(ctx context.Context, ids []ContactID) ([]Contact, error)
	// Facts returns what is known of each of rows of c, at most a thousand, with
	// the calls of which some part is not before since.
	Facts(ctx context.Context, c Campaign, rows []Contact, since time.Time) ([]Facts, error)
}

// Queue is how a Runner finds rows.
type Queue interface {
	// Due returns up to n rows that are ready, or waiting with NextAt not
	// after now: those that waited in the order in which they fell due, then the
	// ready ones by priority and row.
	Due(ctx context.Context, id ID, now time.Time, n int) ([]Contact, error)
	// NextDue returns when the earliest waiting row is to be looked at again,
	// zero if none waits.
	NextDue(ctx context.Context, id ID) (time.Time, error)
	// SetAside stores decisions not to dial now: Waiting, Skipped or, where no
	// tries are left, Unreached, with Why and NextAt as in rows. Nothing else of
	// them is written.
	SetAside(ctx context.Context, rows []Contact) error
	// Tally counts the rows by state, without reading them.
	Tally(ctx context.Context, id ID) (Tally, error)
}

// Syncer lets many changes wait for the disk together.
type Syncer interface {
	// Sync returns after everything that was changed before would survive a power
	// cut.
	Sync(ctx context.Context) error
}

// Ledger is how a Runner writes before it dials and settles after. What it
// changes may be lost in a power cut until Sync, but always the last of it
// first, and not if the process alone ends.
type Ledger interface {
	// Begin writes the intent to dial a and turns its row to Sending, in one
	// transaction that checks once more that the row is Ready or Waiting and
	// the number one of its own that is not on the do-not-call list; else
	// [ErrForbidden]. It returns a with ID.
	Begin(ctx context.Context, a Attempt) (Attempt, error)
	// Queued stores the gateway's id and turns the row to Queued.
	Queued(ctx context.Context, a AttemptID, req gateway.ReqID, at time.Time) error
	// Settle closes an attempt and moves its row, in one transaction.
	// Settling a settled attempt changes nothing.
	Settle(ctx context.Context, s Settlement) error
	// Open returns the attempts not settled, oldest first. Those whose rows are
	// in doubt are left out, but for silence (CodeSilent).
	Open(ctx context.Context, id ID) ([]Attempt, error)
}

// Settlement is what became of an attempt, and what its row does next.
type Settlement struct {
	Attempt Attempt // ID, Ended, Outcome, Why and Answers are written
	Status  Status  // of the row from now on
	Why     Reason  // of the row
	NextAt  time.Time
	// Tried adds one to the row's Tries and clears Misses; Missed adds one to
	// Misses. At most one of them is set.
	Tried, Missed bool
	// KeepOpen leaves the attempt unsettled: its row is in Doubt and a person
	// decides.
	KeepOpen bool
	// OptOut puts all numbers of the row on the do-not-call list in the same
	// transaction: everywhere, or for a practice campaign in that campaign only.
	OptOut bool
}

// Campaigns is how a Runner keeps its campaign.
type Campaigns interface {
	Campaign(ctx context.Context, id ID) (Campaign, error)
	// SetState stores State, Why, Practice, Started, Ended and Rethink of c.
	SetState(ctx context.Context, c Campaign) error
	// Cancel turns every Ready and Waiting row to Cancelled.
	Cancel(ctx context.Context, id ID, why Reason) error
	// Mark notes that a queued row is on a line now.
	Mark(ctx context.Context, c ContactID, s Status) error
}

// Waker lets rows be decided about again.
type Waker interface {
	// Wake makes due those of the waiting rows after a row, at most n, whose
	// reason is none that holds in any case (no line, no service, refused). It
	// returns the last of the rows it looked at, zero when there are no more.
	Wake(ctx context.Context, id ID, after ContactID, n int, now time.Time) (ContactID, error)
}

// Follower tells how calls stand at one gateway; [gateway.Follower] is one, and
// says what report is given.
type Follower interface {
	Add(ids ...gateway.ReqID)
	Drop(ids ...gateway.ReqID)
	Run(ctx context.Context, report func(gateway.ReqID, gateway.Status, error))
}

// Gateway is what a Runner needs of a gateway; [gateway.Client] is one.
type Gateway interface {
	Call(ctx context.Context, r gateway.Request) (gateway.ReqID, error)
	Status(ctx context.Context, id gateway.ReqID) (gateway.Status, error)
	Remove(ctx context.Context, id gateway.ReqID, how gateway.Removal) error
	Extension
}

// Extension is what only our own gateway answers.
type Extension interface {
	About(ctx context.Context) (gateway.About, error)
	Lookup(ctx context.Context, ref gateway.Reference) (gateway.Lookup, error)
	// Void withdraws ref unless it was dialled, and tells how it stands then.
	Void(ctx context.Context, ref gateway.Reference) (gateway.Lookup, error)
}

// Pages serves each attempt its own document; campaign/flow has the server.
type Pages interface {
	// Publish makes the flow, filled for c, available at the URL it returns.
	Publish(c Contact, a Attempt) (string, error)
	// Withdraw ends that.
	Withdraw(a Attempt)
}
