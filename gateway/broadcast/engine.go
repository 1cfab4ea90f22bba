package broadcast

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
)

// Caller is what an engine asks of the gateway's scheduler, as
// [*scheduler.Scheduler] has it.
type Caller interface {
	Submit(ctx context.Context, r gateway.Request, from string) (scheduler.Job, error)
	Remove(ctx context.Context, id gateway.ReqID, how gateway.Removal) (scheduler.Job, error)
	Withdraw(ctx context.Context, ref gateway.Reference) (gateway.Lookup, error)
	Changed() <-chan struct{}
}

// Journal tells what became of calls: a part of [scheduler.Journal].
type Journal interface {
	scheduler.Feed
	Find(ctx context.Context, id gateway.ReqID) (scheduler.Job, error)
	Reference(ctx context.Context, ref gateway.Reference, void bool, now time.Time) (gateway.Lookup, error)
}

// Config is how an engine works. Store, Caller and Journal, which is the
// caller's, are required.
type Config struct {
	Store   Store
	Caller  Caller
	Journal Journal
	// Lines is how many calls the gateway can make at the same time: a campaign
	// never has more at the gateway. Nil: no bound but the campaign's own.
	Lines func() int
	// RetryAfter is how long after a try the same number is due again; zero is
	// a minute.
	RetryAfter time.Duration
	Log        *slog.Logger // nil discards
}

// Engine runs campaigns. Its methods may be called from any goroutine, also
// while Run is not running: what they store is taken up by the next Run.
type Engine struct {
	cfg   Config
	wake  chan struct{} // asks the loop to look again
	lists sync.Mutex    // held while a list is read, changed and stored
}

// New returns an engine that calls nobody until [Engine.Run].
func New(c Config) *Engine {
	if c.RetryAfter <= 0 {
		c.RetryAfter = time.Minute
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &Engine{cfg: c, wake: make(chan struct{}, 1)}
}

// Import adds the people of t to the list of this name, which need not exist.
// The error is a [*RefusedError] if it would become too large.
func (e *Engine) Import(ctx context.Context, name string, t Table, how Merge) (List, Merged, error) {
	return e.add(ctx, name, func(List) Table { return t }, how)
}

// AddNumbers adds bare numbers to the list of this name, which need not exist.
func (e *Engine) AddNumbers(ctx context.Context, name string, numbers []string) error {
	_, _, err := e.add(ctx, name, func(l List) Table { return numbersTable(l, numbers) }, MergeSkip)
	return err
}

func (e *Engine) add(ctx context.Context, name string, people func(List) Table, how Merge) (List, Merged, error) {
	e.lists.Lock()
	defer e.lists.Unlock()
	list, err := e.cfg.Store.List(ctx, ListName(name))
	if errors.Is(err, ErrNoList) {
		list, err = List{Name: ListName(name)}, nil
	}
	if err != nil {
		return List{}, Merged{}, fmt.Errorf("read list: %w", err)
	}
	var done Merged
	if list.Table, done, err = merge(list.Table, people(list), how); err != nil {
		return List{}, Merged{}, &RefusedError{err.Error()}
	}
	if list, err = e.cfg.Store.SaveList(ctx, list); err != nil {
		return List{}, Merged{}, fmt.Errorf("store list: %w", err)
	}
	return list, done, nil
}

// RefusedError is why something that was asked for cannot be done, in words
// for the client. Any other error is the store's.
type RefusedError struct{ Reason string }

func (e *RefusedError) Error() string { return e.Reason }

// Plan is a campaign to be started on a list.
type Plan struct {
	// Campaign holds its Name, Message, ConfirmCode, CallerID, Lines and From.
	Campaign
	// Phones names the columns of numbers, separated by commas; empty: the
	// first whose name holds "phone".
	Phones string
	// Only are the places on the list of those to call; nil: everybody.
	Only []int
	// Unreached leaves out whom an earlier campaign on the list has reached.
	Unreached bool
	// Clean forgets before that whom any has reached.
	Clean bool
}

// Start stores a campaign on the list of this name and has it begin. The error
// is a [*RefusedError] if it cannot be.
func (e *Engine) Start(ctx context.Context, list string, p Plan) (Campaign, error) {
	e.lists.Lock()
	defer e.lists.Unlock()
	l, err := e.cfg.Store.List(ctx, ListName(list))
	switch {
	case errors.Is(err, ErrNoList):
		return Campaign{}, &RefusedError{fmt.Sprintf("there is no list %q", list)}
	case err != nil:
		return Campaign{}, fmt.Errorf("read list: %w", err)
	}
	now := time.Now()
	if p.Clean {
		l.Cleaned = now
		if l, err = e.cfg.Store.SaveList(ctx, l); err != nil {
			return Campaign{}, fmt.Errorf("store list: %w", err)
		}
	}
	rows, err := e.rows(ctx, l, p)
	if err != nil {
		return Campaign{}, err
	}
	c := p.Campaign
	c.List, c.ListID, c.Columns = l.Name, l.ID, l.Columns
	c.State, c.Started = Running, now
	if c, err = e.cfg.Store.Create(ctx, c, rows); err != nil {
		return Campaign{}, fmt.Errorf("store campaign: %w", err)
	}
	e.nudge()
	return c, nil
}

// rows makes the rows of p on list l.
func (e *Engine) rows(ctx context.Context, l List, p Plan) ([]Row, error) {
	phones, err := phoneColumns(l.Columns, p.Phones)
	if err == nil {
		err = p.Message.Check(l.Columns)
	}
	if err != nil {
		return nil, &RefusedError{err.Error()}
	}
	maker := planner{phones: phones, name: columnWith(l.Columns, "name"), taken: make(map[string]bool)}
	if p.Unreached {
		reached, err := e.cfg.Store.Reached(ctx, l.Name, l.Cleaned)
		if err != nil {
			return nil, fmt.Errorf("read who was reached: %w", err)
		}
		maker.reached = digitsOf(reached)
	}
	var rows []Row
	if p.Only == nil {
		for n, cells := range l.Rows {
			rows = append(rows, maker.plan(n, cells))
		}
		return rows, nil
	}
	for n, at := range p.Only {
		rows = append(rows, maker.plan(n, l.Rows[at]))
	}
	return rows, nil
}

// Stop ends a campaign: whom it has not dialled yet is not called, calls in
// progress end by themselves. With remove its record is hidden as well.
func (e *Engine) Stop(ctx context.Context, id gateway.ReqID, remove bool) error {
	_, err := e.cfg.Store.Update(ctx, id, func(c *Campaign) {
		if c.State == Running {
			c.State = Stopping
		}
		c.Removed = c.Removed || remove
	})
	if err != nil {
		return fmt.Errorf("stop campaign: %w", err)
	}
	e.nudge()
	return nil
}

// nudge wakes the loop; one that is awake looks again before it sleeps.
func (e *Engine) nudge() {
	select {
	case e.wake <- struct{}{}:
	default:
	}
}
