package broadcast_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/broadcast"
	"rollcall/gateway/broadcast/broadcasttest"
	"rollcall/gateway/scheduler"
	"rollcall/gateway/scheduler/journaltest"
)

const code = "1234"

// placer plays calls of ten seconds: the n-th call of a number ends as its
// n-th outcome, or as its last; a number without one is reached. Whoever is in
// keys presses the code.
type placer struct {
	outcomes map[gateway.Phone][]gateway.Outcome
	keys     map[gateway.Phone]bool
	talks    map[gateway.Phone]time.Duration

	mu    sync.Mutex
	rang  map[gateway.Phone][]time.Time
	order []gateway.Phone
	said  []string
	now   int
	most  int // calls at the same time
}

func (p *placer) Place(ctx context.Context, job scheduler.Job, dialling func(context.Context) error) scheduler.Verdict {
	number := job.Request.Phone
	if err := dialling(ctx); err != nil {
		return scheduler.Verdict{Outcome: gateway.OutcomeNoResponse}
	}
	nth := p.ring(job.Request)
	defer p.silent()
	talk := 10 * time.Second
	if d := p.talks[number]; d > 0 {
		talk = d
	}
	select {
	case <-ctx.Done():
	case <-time.After(talk):
	}
	v := scheduler.Verdict{Outcome: gateway.OutcomeReached}
	if o := p.outcomes[number]; len(o) > 0 {
		v.Outcome = o[min(nth, len(o)-1)]
	}
	if p.keys[number] {
		v.Answers = []gateway.Answer{{Name: "confirm", Value: code}}
	}
	return v
}

func (p *placer) ring(r gateway.Request) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rang == nil {
		p.rang = make(map[gateway.Phone][]time.Time)
	}
	p.rang[r.Phone] = append(p.rang[r.Phone], time.Now())
	p.order = append(p.order, r.Phone)
	p.said = append(p.said, r.Text)
	p.now++
	p.most = max(p.most, p.now)
	return len(p.rang[r.Phone]) - 1
}

func (p *placer) silent() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now--
}

func (p *placer) times(number gateway.Phone) []time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]time.Time(nil), p.rang[number]...)
}

func (p *placer) dialled() []gateway.Phone {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]gateway.Phone(nil), p.order...)
}

// bench is a gateway with campaigns in a bubble: what outlives a crash, and
// what runs now.
type bench struct {
	*testing.T
	*broadcast.Engine
	store   broadcast.Store
	journal scheduler.Journal
	placer  *placer
	lines   int // of the gateway
	stop    func()
}

func newBench(t *testing.T, p *placer) *bench {
	t.Helper()
	return &bench{T: t, store: new(broadcasttest.Memory), journal: new(journaltest.Memory), placer: p, lines: 8}
}

// start runs a scheduler and an engine until stop or the end of the test. How
// the engine reaches the world can be changed by altered.
func (b *bench) start(altered ...func(*broadcast.Config)) *bench {
	b.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	calls := scheduler.New(scheduler.Config{Journal: b.journal, Placer: b.placer, Lines: b.lines, Grace: time.Nanosecond})
	c := broadcast.Config{Store: b.store, Caller: calls, Journal: b.journal, Lines: calls.Lines}
	for _, alter := range altered {
		alter(&c)
	}
	b.Engine = broadcast.New(c)
	var running sync.WaitGroup
	for _, run := range []func(context.Context) error{calls.Run, b.Engine.Run} {
		running.Go(func() {
			if err := run(ctx); err != nil {
				b.Errorf("run: %v", err)
			}
		})
	}
	b.stop = func() {
		cancel()
		running.Wait()
	}
	b.Cleanup(b.stop)
	return b
}

// table is a list with a number each, named by its place.
func table(phones ...gateway.Phone) broadcast.Table {
	t := broadcast.Table{Columns: []string{"Name", "Phone"}}
	for i, p := range phones {
		t.Rows = append(t.Rows, []string{fmt.Sprint("Person ", i), string(p)})
	}
	return t
}

// numbers are n different numbers.
func numbers(n int) []gateway.Phone {
	var phones []gateway.Phone
	for i := range n {
		phones = append(phones, gateway.Phone(fmt.Sprintf("61755500%02d", i)))
	}
	return phones
}

func (b *bench) list(t broadcast.Table) {
	b.Helper()
	if _, _, err := b.Import(b.Context(), "Parents", t, broadcast.MergeSkip); err != nil {
		b.Fatal(err)
	}
}

// campaign starts one on the list.
func (b *bench) campaign(p broadcast.Plan) broadcast.Campaign {
	b.Helper()
	if p.Message == (broadcast.Message{}) {
		p.Message.Text = "Hello"
	}
	c, err := b.Start(b.Context(), "parents ", p)
	if err != nil {
		b.Fatal(err)
	}
	return c
}

// finished waits for the end of a campaign and returns it with its rows.
func (b *bench) finished(id gateway.ReqID) (broadcast.Campaign, []broadcast.Row) {
	b.Helper()
	for range 10_000 {
		c, err := b.store.Campaign(b.Context(), id)
		if err != nil {
			b.Fatal(err)
		}
		if c.State == broadcast.Finished {
			synctest.Wait()
			rows, err := b.store.Page(b.Context(), id, 0, 1000)
			if err != nil {
				b.Fatal(err)
			}
			return c, rows
		}
		time.Sleep(time.Second)
	}
	b.Fatal("the campaign does not end")
	return broadcast.Campaign{}, nil
}

// outcomes tells the state, or where it is done the outcome, of each row.
func outcomes(rows []broadcast.Row) []string {
	var all []string
	for _, r := range rows {
		switch r.State {
		case broadcast.RowDone:
			all = append(all, string(r.Outcome))
		case broadcast.RowSkipped:
			all = append(all, string(r.Aside))
		default:
			all = append(all, string(r.State))
		}
	}
	return all
}
