package scheduler_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
	"rollcall/gateway/scheduler/journaltest"
)

// placer plays calls: the n-th call of a number ends as its n-th outcome, or
// as its last; a number without one is reached. Each takes ten seconds.
type placer struct {
	outcomes map[gateway.Phone][]gateway.Outcome
	early    map[gateway.Phone]time.Duration // before it asks to dial

	mu      sync.Mutex
	rang    map[gateway.Phone][]time.Time
	now     int
	most    int // calls at the same time
	refused []error
}

const talk = 10 * time.Second

func (p *placer) Place(ctx context.Context, job scheduler.Job, dialling func(context.Context) error) scheduler.Verdict {
	number := job.Request.Phone
	if number == "nowhere" {
		return scheduler.Verdict{Outcome: gateway.OutcomeFlowMissing}
	}
	if wait(ctx, p.early[number]) != nil {
		return scheduler.Verdict{Outcome: gateway.OutcomeNoResponse}
	}
	if err := dialling(ctx); err != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.refused = append(p.refused, err)
		return scheduler.Verdict{Outcome: gateway.OutcomeNoResponse}
	}
	nth := p.ring(number)
	defer p.silent()
	_ = wait(ctx, talk)
	outcome := gateway.OutcomeReached
	if o := p.outcomes[number]; len(o) > 0 {
		outcome = o[min(nth, len(o)-1)]
	}
	return scheduler.Verdict{Outcome: outcome, Answers: []gateway.Answer{{Name: "confirm", Value: "1"}}}
}

func (p *placer) ring(number gateway.Phone) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rang == nil {
		p.rang = make(map[gateway.Phone][]time.Time)
	}
	p.rang[number] = append(p.rang[number], time.Now())
	p.now++
	p.most = max(p.most, p.now)
	return len(p.rang[number]) - 1
}

func (p *placer) silent() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now--
}

func (p *placer) calls(number gateway.Phone) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.rang[number])
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// bench is a scheduler at work in a bubble.
type bench struct {
	*testing.T
	*scheduler.Scheduler
	placer  *placer
	journal scheduler.Journal
	stop    context.CancelFunc
	stopped chan struct{}
}

// start runs a scheduler until the test or stop ends it.
func start(t *testing.T, c scheduler.Config) *bench {
	t.Helper()
	b := &bench{T: t, stopped: make(chan struct{})}
	if c.Journal == nil {
		c.Journal = new(journaltest.Memory)
	}
	if c.Placer == nil {
		c.Placer = new(placer)
	}
	b.placer, _ = c.Placer.(*placer)
	b.journal = c.Journal
	b.Scheduler = scheduler.New(c)
	ctx, stop := context.WithCancel(context.Background())
	b.stop = stop
	go func() {
		defer close(b.stopped)
		if err := b.Scheduler.Run(ctx); err != nil {
			t.Errorf("run: %v", err)
		}
	}()
	t.Cleanup(func() {
		stop()
		<-b.stopped
	})
	return b
}

func (b *bench) submit(r gateway.Request) scheduler.Job {
	b.Helper()
	job, err := b.Submit(b.Context(), r, "")
	if err != nil {
		b.Fatalf("submit: %v", err)
	}
	return job
}

func (b *bench) find(id gateway.ReqID) scheduler.Job {
	b.Helper()
	job, err := b.journal.Find(b.Context(), id)
	if err != nil {
		b.Fatalf("find: %v", err)
	}
	return job
}

// pass lets d pass and everything settle that is due then.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func words(job scheduler.Job) []string {
	var all []string
	for _, a := range job.Attempts {
		all = append(all, string(a.State)+": "+string(a.Reason))
	}
	return all
}

func want(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// TestOutcomes follows one request to its end.
func TestOutcomes(t *testing.T) {
	const retry = ". Try in 1 minute "
	for _, c := range []struct {
		name     string
		request  gateway.Request
		outcomes []gateway.Outcome
		words    []string
		dialled  int
	}{
		{"reached", gateway.Request{Phone: "1"}, nil, []string{"made: Call succeeded"}, 1},
		{
			"one attempt only", gateway.Request{Phone: "1"},
			[]gateway.Outcome{gateway.OutcomeBusy},
			[]string{"failed: Line Busy"}, 1,
		},
		{
			"retried until reached", gateway.Request{Phone: "1", FirstOcc: time.Hour},
			[]gateway.Outcome{gateway.OutcomeNoAnswer, gateway.OutcomeBusy, gateway.OutcomeCongestion, gateway.OutcomeMachine},
			[]string{"retry: No answer" + retry, "retry: Line Busy" + retry, "retry: Line occupied" + retry, "made: Message left on answering machine"}, 4,
		},
		{
			"retried until too late", gateway.Request{Phone: "1", FirstOcc: 3 * time.Minute},
			[]gateway.Outcome{gateway.OutcomeNoAnswer},
			[]string{"retry: No answer" + retry, "retry: No answer" + retry, "retry: No answer" + retry, "failed: Too late to call"}, 3,
		},
		{
			"final though there is time", gateway.Request{Phone: "1", FirstOcc: time.Hour},
			[]gateway.Outcome{gateway.OutcomeBadNumber},
			[]string{"failed: Line disconnected"}, 1,
		},
		{
			"no document", gateway.Request{Phone: "nowhere", FirstOcc: time.Hour},
			nil, []string{"failed: Service Not available"}, 0,
		},
		{
			"call time after the last moment", gateway.Request{Phone: "1", FirstOcc: time.Minute, CallTime: time.Hour},
			nil, []string{"failed: Too late to call"}, 0,
		},
		{"later", gateway.Request{Phone: "1", CallTime: 30 * time.Minute}, nil, []string{"made: Call succeeded"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := start(t, scheduler.Config{Placer: &placer{outcomes: map[gateway.Phone][]gateway.Outcome{"1": c.outcomes}}})
				job := b.submit(c.request)
				pass(2 * time.Hour)
				got := b.find(job.ID)
				want(t, "attempts", words(got), c.words)
				want(t, "dialled", got.Dialled, c.dialled)
				want(t, "state", got.State, scheduler.JobDone)
				want(t, "busy", b.Busy(), 0)
			})
		})
	}
}

func TestDueTimes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, scheduler.Config{Placer: &placer{outcomes: map[gateway.Phone][]gateway.Outcome{"1": {gateway.OutcomeBusy}}}})
		began := time.Now()
		job := b.submit(gateway.Request{Phone: "1", Attendee: "Ada", CallTime: 5 * time.Minute, FirstOcc: 8 * time.Minute})
		pass(time.Hour)
		var after []time.Duration
		for _, at := range b.placer.rang["1"] {
			after = append(after, at.Sub(began))
		}
		want(t, "rang", after, []time.Duration{5 * time.Minute, 5*time.Minute + talk + time.Minute, 5*time.Minute + 2*(talk+time.Minute)})
		for i, a := range b.find(job.ID).Attempts {
			if !a.Due.Equal(began.Add(5*time.Minute)) || a.Attendee != "Ada" {
				t.Errorf("attempt %d: due %v for %q", i, a.Due.Sub(began), a.Attendee)
			}
			if i < len(after) && !a.Made.Equal(began.Add(after[i])) {
				t.Errorf("attempt %d: made after %v, want %v", i, a.Made.Sub(began), after[i])
			}
		}
	})
}

func TestSpeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, scheduler.Config{
			Speed:  60,
			Placer: &placer{outcomes: map[gateway.Phone][]gateway.Outcome{"1": {gateway.OutcomeBusy, gateway.OutcomeReached}}},
		})
		job := b.submit(gateway.Request{Phone: "1", FirstOcc: time.Hour})
		pass(2*talk + time.Second)
		want(t, "attempts", words(b.find(job.ID)), []string{"retry: Line Busy. Try in 1 minute ", "made: Call succeeded"})
	})
}

// TestLines fills the lines: no more calls run than there are lines, what
// finds none within a minute expires on the second, and more lines help.
func TestLines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, scheduler.Config{Lines: 2})
		var jobs []scheduler.Job
		for range 14 {
			jobs = append(jobs, b.submit(gateway.Request{Phone: "1"}))
		}
		pass(time.Second)
		want(t, "busy", b.Busy(), 2)
		pass(59 * time.Second)
		want(t, "calls before all was late", b.placer.calls("1"), 12)
		want(t, "expired", words(b.find(jobs[13].ID)), []string{"failed: Too late to call"})
		pass(time.Hour)
		want(t, "calls", b.placer.calls("1"), 12)
		want(t, "most at once", b.placer.most, 2)

		b.SetLines(5)
		want(t, "lines", b.Lines(), 5)
		for range 9 {
			b.submit(gateway.Request{Phone: "2"})
		}
		pass(time.Second)
		want(t, "busy with more lines", b.Busy(), 5)
		b.SetLines(0)
		want(t, "lines", b.Lines(), 1)
		pass(talk)
		want(t, "busy with fewer lines", b.Busy(), 1)
	})
}

// TestBegan tells since when a call has its line, not since when it waited.
func TestBegan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, scheduler.Config{Lines: 1})
		b.submit(gateway.Request{Phone: "1"})
		job := b.submit(gateway.Request{Phone: "2", FirstOcc: time.Hour})
		pass(time.Second)
		if _, on := b.Began(job.ID); on {
			t.Error("a call that waits is on a line")
		}
		pass(talk)
		began, on := b.Began(job.ID)
		want(t, "on a line", on, true)
		want(t, "waited", began.Sub(job.Due), talk)
		pass(talk)
		if _, on = b.Began(job.ID); on {
			t.Error("a call that has ended is on a line")
		}
	})
}

func TestReference(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, scheduler.Config{Lines: 4})
		first := b.submit(gateway.Request{Phone: "1", Reference: "aa"})
		pass(time.Second)
		want(t, "id of the second", b.submit(gateway.Request{Phone: "1", Reference: "aa"}).ID, first.ID)
		pass(time.Hour)
		want(t, "calls", b.placer.calls("1"), 1)
		if _, err := b.journal.Reference(t.Context(), "bb", true, time.Now()); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Submit(t.Context(), gateway.Request{Phone: "1", Reference: "bb"}, ""); !errors.Is(err, scheduler.ErrVoided) {
			t.Errorf("submit a voided reference: %v", err)
		}
	})
}

func TestHangup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, scheduler.Config{Lines: 2, Placer: &placer{early: map[gateway.Phone]time.Duration{"slow": time.Minute}}})
		talking := b.submit(gateway.Request{Phone: "1", FirstOcc: time.Hour})
		early := b.submit(gateway.Request{Phone: "slow", FirstOcc: time.Hour})
		queued := b.submit(gateway.Request{Phone: "2", CallTime: time.Hour})
		pass(time.Second)
		want(t, "hung up", []bool{b.Hangup(talking.ID), b.Hangup(early.ID), b.Hangup(queued.ID), b.Hangup(7)}, []bool{true, true, false, false})
		synctest.Wait()
		want(t, "attempts", words(b.find(talking.ID)), []string{"failed: Ended by operator"})
		want(t, "dialled", b.find(talking.ID).Dialled, 1)
		want(t, "ended before it rang", words(b.find(early.ID)), []string{"failed: Ended by operator"})
		want(t, "not dialled", b.find(early.ID).Dialled, 0)
		want(t, "answers kept", len(b.find(talking.ID).Attempts[0].Answers), 1)
	})
}

func TestSelfDelete(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, scheduler.Config{Placer: &placer{outcomes: map[gateway.Phone][]gateway.Outcome{"1": {gateway.OutcomeBusy, gateway.OutcomeReached}}}})
		job := b.submit(gateway.Request{Phone: "1", SelfDelete: true, FirstOcc: time.Hour})
		pass(talk)
		want(t, "after the first try", len(b.find(job.ID).Attempts), 1)
		pass(time.Hour)
		if _, err := b.journal.Find(t.Context(), job.ID); !errors.Is(err, gateway.ErrUnknownCall) {
			t.Errorf("find: %v, want %v", err, gateway.ErrUnknownCall)
		}
	})
}

// TestRemovedWhileFetching removes a call that holds a line but was not
// dialled: it must never ring.
func TestRemovedWhileFetching(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, scheduler.Config{Placer: &placer{early: map[gateway.Phone]time.Duration{"slow": time.Minute}}})
		job := b.submit(gateway.Request{Phone: "slow", FirstOcc: time.Hour})
		pass(time.Second)
		if _, err := b.journal.Remove(t.Context(), job.ID, true); err != nil {
			t.Fatal(err)
		}
		pass(2 * time.Hour)
		want(t, "calls", b.placer.calls("slow"), 0)
		if len(b.placer.refused) != 1 || !errors.Is(b.placer.refused[0], scheduler.ErrLost) {
			t.Errorf("refused: %v", b.placer.refused)
		}
	})
}

func TestStopLetsCallsFinish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, scheduler.Config{Lines: 2, Grace: 30 * time.Second, Placer: &placer{early: map[gateway.Phone]time.Duration{"slow": 5 * time.Second}}})
		talking := b.submit(gateway.Request{Phone: "1"})
		slow := b.submit(gateway.Request{Phone: "slow"})
		waiting := b.submit(gateway.Request{Phone: "2"})
		pass(time.Second)
		b.stop()
		<-b.stopped
		want(t, "finished", words(b.find(talking.ID)), []string{"made: Call succeeded"})
		want(t, "claimed, not dialled", b.find(slow.ID).State, scheduler.JobQueued)
		want(t, "waiting", b.find(waiting.ID).State, scheduler.JobQueued)
		want(t, "calls", b.placer.calls("slow")+b.placer.calls("2"), 0)

		next := start(t, scheduler.Config{Lines: 2, Journal: b.journal})
		pass(time.Minute)
		want(t, "called by the next run", next.placer.calls("slow")+next.placer.calls("2"), 2)
		want(t, "calls of the first", next.placer.calls("1"), 0)
	})
}

// TestCutOff stops with no time left for a call: it stays in doubt, and the
// next start says so and never dials it.
func TestCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		early := map[gateway.Phone]time.Duration{"slow": time.Hour}
		b := start(t, scheduler.Config{Lines: 2, Grace: time.Second, Placer: &placer{early: early}})
		talking := b.submit(gateway.Request{Phone: "1", FirstOcc: time.Hour})
		slow := b.submit(gateway.Request{Phone: "slow", FirstOcc: time.Hour})
		pass(time.Second)
		b.stop()
		<-b.stopped
		want(t, "talking", b.find(talking.ID).State, scheduler.JobDialling)
		want(t, "not dialled", b.find(slow.ID).State, scheduler.JobQueued)
		if !time.Now().Before(b.find(talking.ID).Due.Add(talk)) {
			t.Error("the grace was not kept")
		}

		next := start(t, scheduler.Config{Lines: 2, Journal: b.journal})
		pass(time.Minute)
		got := b.find(talking.ID)
		want(t, "attempts", words(got), []string{"failed: Interrupted"})
		want(t, "state", got.State, scheduler.JobDone)
		want(t, "dialled", got.Dialled, 0)
		want(t, "calls", []int{next.placer.calls("1"), next.placer.calls("slow")}, []int{0, 1})
	})
}

// failing is a journal whose methods fail while they are told to.
type failing struct {
	scheduler.Journal
	claim, dial, settle, recover atomic.Bool
}

var errDisk = errors.New("disk full")

func (f *failing) Claim(ctx context.Context, owner string, now, lease time.Time, n int) ([]scheduler.Job, error) {
	if f.claim.Load() {
		return nil, errDisk
	}
	return f.Journal.Claim(ctx, owner, now, lease, n)
}

func (f *failing) Dialling(ctx context.Context, id gateway.ReqID, owner string, lease time.Time) error {
	if f.dial.Load() {
		return errDisk
	}
	return f.Journal.Dialling(ctx, id, owner, lease)
}

func (f *failing) Settle(ctx context.Context, job scheduler.Job, owner string) error {
	if f.settle.Load() {
		return errDisk
	}
	return f.Journal.Settle(ctx, job, owner)
}

func (f *failing) Recover(ctx context.Context, owner string, own bool, now time.Time) ([]scheduler.Job, error) {
	if f.recover.Load() {
		return nil, errDisk
	}
	return f.Journal.Recover(ctx, owner, own, now)
}

// TestJournalFails breaks one method for half a minute: no phone rings
// without its mark, nothing rings twice, and no result is lost.
func TestJournalFails(t *testing.T) {
	for _, c := range []struct {
		name  string
		flag  func(*failing) *atomic.Bool
		calls int // while it fails
	}{
		{"claim", func(f *failing) *atomic.Bool { return &f.claim }, 0},
		{"dialling", func(f *failing) *atomic.Bool { return &f.dial }, 0},
		{"settle", func(f *failing) *atomic.Bool { return &f.settle }, 1},
		{"recover", func(f *failing) *atomic.Bool { return &f.recover }, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				journal := &failing{Journal: new(journaltest.Memory)}
				c.flag(journal).Store(true)
				b := start(t, scheduler.Config{Journal: journal})
				job := b.submit(gateway.Request{Phone: "1"})
				pass(30 * time.Second)
				want(t, "calls while it fails", b.placer.calls("1"), c.calls)
				c.flag(journal).Store(false)
				pass(time.Minute)
				want(t, "calls", b.placer.calls("1"), 1)
				want(t, "attempts", words(b.find(job.ID)), []string{"made: Call succeeded"})
			})
		})
	}
}

// TestStopWithBrokenJournal ends although a result cannot be stored; the next
// start does not know how the call ended, and says so.
func TestStopWithBrokenJournal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		journal := &failing{Journal: new(journaltest.Memory)}
		journal.settle.Store(true)
		b := start(t, scheduler.Config{Journal: journal})
		job := b.submit(gateway.Request{Phone: "1"})
		pass(time.Minute)
		b.stop()
		<-b.stopped
		start(t, scheduler.Config{Journal: journal.Journal})
		pass(time.Minute)
		want(t, "attempts", words(b.find(job.ID)), []string{"failed: Interrupted"})
	})
}

func TestLeaseIsRenewed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, scheduler.Config{Lease: 3 * time.Second})
		job := b.submit(gateway.Request{Phone: "1"})
		for range 8 {
			pass(time.Second)
			if left := time.Until(b.find(job.ID).Lease); left < time.Second {
				t.Fatalf("the lease has %v left", left)
			}
			other, err := b.journal.Recover(t.Context(), "another", true, time.Now())
			if err != nil || len(other) != 0 {
				t.Fatalf("another owner took %d jobs, error %v", len(other), err)
			}
		}
		pass(time.Minute)
		want(t, "attempts", words(b.find(job.ID)), []string{"made: Call succeeded"})
	})
}

// TestMany runs many requests on many lines: each is called once.
func TestMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, scheduler.Config{Lines: 20})
		var submitters sync.WaitGroup
		for range 10 {
			submitters.Go(func() {
				for range 30 {
					b.submit(gateway.Request{Phone: "1", FirstOcc: time.Hour})
				}
			})
		}
		submitters.Wait()
		pass(300/20*talk + time.Second)
		want(t, "calls", b.placer.calls("1"), 300)
		want(t, "most at once", b.placer.most, 20)
		want(t, "busy", b.Busy(), 0)
	})
}

// TestTwoGateways share a journal: neither calls what the other does, and what
// a dead one has left is taken up when its lease has run out.
func TestTwoGateways(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		journal := new(journaltest.Memory)
		a := start(t, scheduler.Config{Journal: journal, Owner: "a", Lines: 3})
		b := start(t, scheduler.Config{Journal: journal, Owner: "b", Lines: 3})
		var jobs []scheduler.Job
		for range 100 {
			jobs = append(jobs, a.submit(gateway.Request{Phone: "1", FirstOcc: 2 * time.Hour}))
		}
		pass(time.Hour)
		want(t, "calls", a.placer.calls("1")+b.placer.calls("1"), 100)
		if a.placer.calls("1") == 0 || b.placer.calls("1") == 0 {
			t.Error("only one of them has called")
		}

		// A third one dies with one call on its line and one not dialled yet.
		rang := a.submit(gateway.Request{Phone: "2", CallTime: time.Hour, FirstOcc: 5 * time.Hour})
		fetched := a.submit(gateway.Request{Phone: "3", CallTime: time.Hour, FirstOcc: 5 * time.Hour})
		now := time.Now().Add(time.Hour)
		if _, err := journal.Claim(t.Context(), "dead", now, now.Add(time.Minute), 2); err != nil {
			t.Fatal(err)
		}
		if err := journal.Dialling(t.Context(), rang.ID, "dead", now.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		pass(2 * time.Hour)
		want(t, "attempts of what rang", words(a.find(rang.ID)), []string{"failed: Interrupted"})
		want(t, "attempts of what did not", words(a.find(fetched.ID)), []string{"made: Call succeeded"})
		want(t, "calls of what rang", a.placer.calls("2")+b.placer.calls("2"), 0)
		want(t, "calls of what did not", a.placer.calls("3")+b.placer.calls("3"), 1)
		want(t, "jobs", len(jobs), 100)
	})
}
