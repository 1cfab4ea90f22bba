package view

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/flow"
	"rollcall/campaign/flow/built"
	"rollcall/campaign/words"
)

// This file tries a flow where somebody looks on: a Rehearsal goes on as it is
// told what the person called does; a preview is a call up to the point where
// what they do is not decided yet.

// Rehearsal is a call that somebody plays the person called of. Run it on a
// goroutine of its own; Reply may be called from any. Make it with
// [NewRehearsal].
type Rehearsal struct {
	replies chan string
	shown   func(Talk)
	talker  talker
}

// typedAhead is how many replies may wait.
const typedAhead = 20

// NewRehearsal returns a call that has not begun. shown is told how far it is
// whenever it waits for something or has ended, on the goroutine of Run.
func NewRehearsal(shown func(Talk)) *Rehearsal {
	return &Rehearsal{replies: make(chan string, typedAhead), shown: shown}
}

// Reply is what the person called does now, as for [Try]. More than can be
// taken is dropped.
func (r *Rehearsal) Reply(reply string) {
	select {
	case r.replies <- reply:
	default:
	}
}

// Rehearse calls until the flow has ended, or ctx.
func (o *Office) Rehearse(ctx context.Context, r *Rehearsal, h Heard) error {
	f, err := o.OpenFlow(ctx, h.Source)
	if err != nil {
		return err
	}
	r.talker.try = &Try{Event: r.talker.event, Reply: r.next, More: r.more}
	columns, person := h.filled(f)
	err = o.app.tryFlow(ctx, r.talker.try, f, columns, person)
	if err == nil || ctx.Err() != nil {
		r.tell(ctx)
		return ctx.Err()
	}
	r.talker.note(Wrong, words.Say("The message breaks off here: %s", err.Error()))
	r.talker.talk.State = TalkOver
	r.tell(ctx)
	return nil
}

func (r *Rehearsal) tell(ctx context.Context) {
	r.talker.look(ctx)
	r.shown(r.talker.shown())
}

// next waits for what the person called does.
func (r *Rehearsal) next(ctx context.Context) (string, error) {
	r.tell(ctx)
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case reply := <-r.replies:
		r.talker.does(reply)
		return reply, nil
	}
}

// more waits for a key after the first.
func (r *Rehearsal) more(ctx context.Context, within time.Duration) (string, error) {
	r.talker.talk.State = TalkKeys
	r.tell(ctx)
	timer := time.NewTimer(within)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case <-timer.C:
		return "silence", nil
	case reply := <-r.replies:
		r.talker.does(reply)
		return reply, nil
	}
}

// Heard is which message is heard by whom.
type Heard struct {
	Source  string
	Columns []string
	Person  campaign.Contact // the zero Contact: somebody made up
}

// MadeUp tells whether nobody's row is filled in.
func (h Heard) MadeUp() bool { return h.Person.Row == 0 }

// longestFirst is how much of a name stands over what somebody says.
const longestFirst = 24

// First is what the person called is called in a talk.
func (h Heard) First() string {
	if name := strings.Fields(h.Person.Name); len(name) > 0 {
		if first := []rune(name[0]); len(first) > longestFirst {
			return string(first[:longestFirst]) + "…"
		}
		return name[0]
	}
	return words.Say("Person called")
}

// filled is what the flow is filled with: for a column that the list lacks, and
// in what was built also for an empty cell, something that can be told from
// all that a cell may hold.
func (h Heard) filled(f *flow.Flow) ([]string, campaign.Contact) {
	columns, person := slices.Clone(h.Columns), h.Person
	if h.MadeUp() {
		person = madeUp(h.Columns)
	}
	person.Cells = slices.Clone(person.Cells)
	for len(person.Cells) < len(columns) {
		person.Cells = append(person.Cells, "")
	}
	if _, is := built.FromSource(h.Source); is {
		for i, cell := range person.Cells {
			if strings.TrimSpace(cell) == "" {
				person.Cells[i] = nothing
			}
		}
	}
	for _, missing := range (flow.Report{Columns: f.Columns()}).Missing(columns) {
		columns, person.Cells = append(columns, missing), append(person.Cells, nothing)
	}
	return columns, person
}

// errUndecided ends a preview where the person called would have to do
// something.
var errUndecided = errors.New("nothing more is decided")

// previewTime is how long a preview may take: a document may do what it likes.
const previewTime = 10 * time.Second

// Preview is a call in which the person called does what replies say, up to
// where they would have to do more. It reaches no other machine.
func (o *Office) Preview(ctx context.Context, h Heard, replies []string) (Talk, error) {
	ctx, cancel := context.WithTimeout(ctx, previewTime)
	defer cancel()
	f, err := o.OpenFlow(ctx, h.Source)
	if err != nil {
		return Talk{}, err
	}
	t := &talker{}
	t.try = &Try{Event: t.event, Client: homeClient(), Reply: func(context.Context) (string, error) {
		if len(replies) == 0 {
			return "", errUndecided
		}
		reply := replies[0]
		replies = replies[1:]
		t.does(reply)
		return reply, nil
	}}
	columns, person := h.filled(f)
	err = o.app.tryFlow(ctx, t.try, f, columns, person)
	t.look(ctx)
	switch {
	case err == nil, errors.Is(err, errUndecided):
		return t.shown(), nil
	case errors.Is(err, context.DeadlineExceeded):
		return t.shown(), errors.New(words.Say("the message takes too long"))
	default:
		return t.shown(), err
	}
}

// homeClient fetches from the first machine that it is asked for, which serves
// the document, and from no other.
func homeClient() *http.Client {
	return &http.Client{Timeout: previewTime, Transport: &homeTransport{}}
}

type homeTransport struct {
	once sync.Once
	host string
}

// RoundTrip implements http.RoundTripper.
func (h *homeTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	h.once.Do(func() { h.host = r.URL.Host })
	if r.URL.Host != h.host {
		return nil, fmt.Errorf("%s is not asked in a preview", r.URL.Host)
	}
	return http.DefaultTransport.RoundTrip(r)
}
