package campaigntest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"rollcall/campaign"
	"rollcall/gateway"
)

// Play is how one call goes.
type Play struct {
	Outcome gateway.Outcome // Reached if empty
	Queue   time.Duration   // before it is dialled
	Ring    time.Duration   // how long the call lasts from then; zero: 20 s
	Answers []gateway.Answer
}

// Fault is what goes wrong with one request to a Gateway.
type Fault int

// The faults.
const (
	Fine        Fault = iota
	Unreachable       // nothing arrives, and the client knows
	LostRequest       // nothing arrives, and the client does not know
	LostReply         // it arrives, and the client does not know
	Late              // it arrives 10 s later, and the client does not know
	Refused           // it arrives and is refused
	Garbled           // the answer cannot be understood
)

// Gateway is a [campaign.Gateway] in memory whose calls take their time by the
// clock of a testing/synctest bubble. It may be used by several goroutines.
type Gateway struct {
	// Self is what it says of itself, see Become.
	Self gateway.About
	// Plays tells how the n-th dial of a number goes, counted from one; nil:
	// everybody is reached.
	Plays func(p gateway.Phone, n int) Play
	// Faults tells what goes wrong with the n-th request of a kind ("call",
	// "status", "remove", "about", "lookup", "void"), counted from one; nil:
	// nothing.
	Faults func(kind string, n int) Fault

	mu      sync.Mutex
	jobs    []*job
	voided  map[gateway.Reference]bool
	counts  map[string]int
	dials   map[gateway.Phone]int
	log     []Dialled
	most    int
	crash   *Crash
	removed int
}

// Dialled is a phone that a Gateway rang.
type Dialled struct {
	Phone     gateway.Phone
	At, Ended time.Time
}

// job is one accepted request.
type job struct {
	id       gateway.ReqID
	request  gateway.Request
	play     Play
	dialAt   time.Time
	endAt    time.Time
	dialled  bool
	outcome  gateway.Outcome // once ended
	withdraw bool
	gone     bool // its record was removed
	leaving  bool // its record goes when it has ended
}

// NewGateway returns one of our own, with a practice line of so many lines.
func NewGateway(lines int) *Gateway {
	return &Gateway{
		Self:   gateway.About{Extended: true, Practice: true, Lines: lines},
		voided: map[gateway.Reference]bool{},
		counts: map[string]int{},
		dials:  map[gateway.Phone]int{},
	}
}

// Become changes what the gateway is, as if another one answered at its
// address. With Extended false it is a foreign one, which cannot be asked for
// references.
func (g *Gateway) Become(self gateway.About) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.Self = self
}

// Fail changes what goes wrong, as Faults does, while requests are made.
func (g *Gateway) Fail(faults func(kind string, n int) Fault) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.Faults = faults
}

// Crash sets when the client's process dies, after which nothing it asks
// arrives; nil revives it.
func (g *Gateway) Crash(c *Crash) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.crash = c
}

// Die is the gateway's own process dying and coming back: calls on a line are
// reported as interrupted.
func (g *Gateway) Die() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.advance()
	for _, j := range g.jobs {
		if j.dialled && j.outcome == "" {
			j.outcome = gateway.OutcomeInterrupted
		}
	}
}

// Dials is how often a number was dialled.
func (g *Gateway) Dials(p gateway.Phone) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.advance()
	return g.dials[p]
}

// Log is what the gateway dialled until now, in no order.
func (g *Gateway) Log() []Dialled {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.advance()
	return slices.Clone(g.log)
}

// Count is how many requests of a kind arrived or got lost.
func (g *Gateway) Count(kind string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.counts[kind]
}

// Most is the highest number of calls that were outstanding at once.
func (g *Gateway) Most() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.most
}

// Requests are those that were accepted, in order.
func (g *Gateway) Requests() []gateway.Request {
	g.mu.Lock()
	defer g.mu.Unlock()
	var all []gateway.Request
	for _, j := range g.jobs {
		all = append(all, j.request)
	}
	return all
}

// Records is how many records are left.
func (g *Gateway) Records() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.jobs) - g.removed
}

// advance brings every job to the present.
func (g *Gateway) advance() {
	now := time.Now()
	for _, j := range g.jobs {
		if j.withdraw || j.outcome != "" || now.Before(j.dialAt) {
			continue
		}
		if j.play.Outcome == gateway.OutcomeExpired || j.play.Outcome == gateway.OutcomeFlowMissing {
			j.outcome = j.play.Outcome
			continue
		}
		if !j.dialled {
			j.dialled = true
			g.dials[j.request.Phone]++
			g.log = append(g.log, Dialled{Phone: j.request.Phone, At: j.dialAt, Ended: j.endAt})
		}
		if !now.Before(j.endAt) {
			j.outcome = j.play.Outcome
			g.drop(j, j.leaving)
		}
	}
}

// drop removes a record.
func (g *Gateway) drop(j *job, really bool) {
	if really && !j.gone {
		j.gone = true
		g.removed++
	}
}

// do is one request of the client: work is done unless a fault forbids it.
func (g *Gateway) do(kind string, work func() error) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.counts[kind]++
	fault := Fine
	if g.Faults != nil {
		fault = g.Faults(kind, g.counts[kind])
	}
	if !g.crash.step() || fault == LostRequest {
		return fmt.Errorf("%s: %w", kind, gateway.ErrInDoubt)
	}
	switch fault {
	case Late:
		time.AfterFunc(10*time.Second, func() { g.arrive(work) })
		return fmt.Errorf("%s: %w", kind, gateway.ErrInDoubt)
	case Unreachable:
		return fmt.Errorf("%s: %w", kind, gateway.ErrUnreachable)
	case Garbled:
		return fmt.Errorf("%s: %w", kind, gateway.ErrUnreadable)
	case Refused:
		return &gateway.RefusedError{Reason: "not today"}
	default:
	}
	g.advance()
	err := work()
	if !g.crash.step() || fault == LostReply {
		return fmt.Errorf("%s: %w", kind, gateway.ErrInDoubt)
	}
	return err
}

// arrive is a request that nobody waits for any more.
func (g *Gateway) arrive(work func() error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.advance()
	_ = work()
}

// Call implements [campaign.Gateway].
func (g *Gateway) Call(_ context.Context, r gateway.Request) (gateway.ReqID, error) {
	var id gateway.ReqID
	err := g.do("call", func() error {
		if g.voided[r.Reference] {
			return &gateway.RefusedError{Reason: "this reference was withdrawn"}
		}
		for _, j := range g.jobs {
			if r.Reference != "" && j.request.Reference == r.Reference {
				id = j.id
				return nil
			}
		}
		id = g.accept(r)
		return nil
	})
	if err != nil {
		return 0, err
	}
	return id, nil
}

func (g *Gateway) accept(r gateway.Request) gateway.ReqID {
	play := Play{}
	if g.Plays != nil {
		play = g.Plays(r.Phone, g.dials[r.Phone]+1)
	}
	if play.Outcome == "" {
		play.Outcome = gateway.OutcomeReached
	}
	if play.Ring == 0 {
		play.Ring = 20 * time.Second
	}
	j := &job{id: gateway.ReqID(1000 + len(g.jobs)), request: r, play: play}
	j.dialAt = time.Now().Add(play.Queue)
	j.endAt = j.dialAt.Add(play.Ring)
	g.jobs = append(g.jobs, j)
	outstanding := 0
	for _, j := range g.jobs {
		if j.outcome == "" && !j.withdraw {
			outstanding++
		}
	}
	g.most = max(g.most, outstanding)
	return j.id
}

func (g *Gateway) find(id gateway.ReqID) (*job, error) {
	for _, j := range g.jobs {
		if j.id == id && !j.gone {
			return j, nil
		}
	}
	return nil, gateway.ErrUnknownCall
}

// Status implements [campaign.Gateway].
func (g *Gateway) Status(_ context.Context, id gateway.ReqID) (gateway.Status, error) {
	var s gateway.Status
	err := g.do("status", func() error {
		s.Practice = g.Self.Practice
		j, err := g.find(id)
		if err != nil {
			return err
		}
		switch {
		case j.outcome != "":
			state, reason := j.outcome.Words()
			s.Attempts = []gateway.Attempt{{State: state, Reason: reason, Answers: j.play.Answers}}
		case j.dialled && g.Self.Extended:
			s.Attempts = []gateway.Attempt{{State: gateway.StateInProgress}}
		}
		return nil
	})
	if err != nil {
		return gateway.Status{}, err
	}
	return s, nil
}

// Remove implements [campaign.Gateway].
func (g *Gateway) Remove(_ context.Context, id gateway.ReqID, how gateway.Removal) error {
	return g.do("remove", func() error {
		j, err := g.find(id)
		if err != nil {
			return err
		}
		onLine := j.dialled && j.outcome == ""
		switch {
		case onLine && how.Hangup:
			j.outcome = gateway.OutcomeEnded
		case onLine && how.IfQueued:
			return nil
		case onLine:
			j.leaving = true
			return nil
		case !j.dialled:
			j.withdraw = true
		}
		g.drop(j, true)
		return nil
	})
}

// About implements [campaign.Extension].
func (g *Gateway) About(context.Context) (gateway.About, error) {
	var self gateway.About
	err := g.do("about", func() error { self = g.Self; return nil })
	if err != nil {
		return gateway.About{}, err
	}
	return self, nil
}

// Lookup implements [campaign.Extension].
func (g *Gateway) Lookup(_ context.Context, ref gateway.Reference) (gateway.Lookup, error) {
	return g.reference("lookup", ref)
}

// Void implements [campaign.Extension].
func (g *Gateway) Void(_ context.Context, ref gateway.Reference) (gateway.Lookup, error) {
	return g.reference("void", ref)
}

func (g *Gateway) reference(kind string, ref gateway.Reference) (gateway.Lookup, error) {
	l := gateway.Lookup{State: gateway.LookupUnknown}
	err := g.do(kind, func() error {
		if !g.Self.Extended {
			return gateway.ErrNotExtended
		}
		for _, j := range g.jobs {
			if j.request.Reference == ref {
				l = g.lookup(kind, j)
				return nil
			}
		}
		if kind == "void" {
			g.voided[ref] = true
		}
		if g.voided[ref] {
			l.State = gateway.LookupVoided
		}
		return nil
	})
	if err != nil {
		return gateway.Lookup{}, err
	}
	return l, nil
}

// lookup tells how j stands, and withdraws it first if it is to be voided.
func (g *Gateway) lookup(kind string, j *job) gateway.Lookup {
	if kind == "void" && !j.dialled && j.outcome == "" {
		j.withdraw = true
		g.drop(j, true)
	}
	l := gateway.Lookup{State: gateway.LookupQueued, ReqID: j.id}
	switch {
	case j.withdraw:
		l.State = gateway.LookupVoided
	case j.outcome != "":
		l.State = gateway.LookupDone
	case j.dialled:
		l.State = gateway.LookupCalling
	}
	return l
}

// Pages is a [campaign.Pages] that keeps count of what is published.
type Pages struct {
	Err  error // what Publish answers
	Open int
}

// Publish implements [campaign.Pages].
func (p *Pages) Publish(_ campaign.Contact, a campaign.Attempt) (string, error) {
	if p.Err != nil {
		return "", p.Err
	}
	p.Open++
	return "http://127.0.0.1/" + string(a.Reference), nil
}

// Withdraw implements [campaign.Pages]; it may be told more than once.
func (p *Pages) Withdraw(campaign.Attempt) { p.Open-- }
