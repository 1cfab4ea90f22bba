package broadcast_test

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
	"rollcall/gateway/broadcast"
)

// bubble runs a test of its own name in a bubble.
func bubble(t *testing.T, p *placer, test func(b *bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(newBench(t, p)) })
}

func (b *bench) equal(what string, got, want any) {
	b.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		b.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestEverybodyIsCalledInOrder(t *testing.T) {
	bubble(t, &placer{}, func(b *bench) {
		b.start().list(table(numbers(20)...))
		c, rows := b.finished(b.campaign(broadcast.Plan{Campaign: broadcast.Campaign{Lines: 1}}).ID)
		b.equal("dialled", b.placer.dialled(), numbers(20))
		if c.Ended.IsZero() || len(rows) != 20 {
			b.Errorf("campaign ended at %v with %d rows", c.Ended, len(rows))
		}
		for _, r := range rows {
			if r.State != broadcast.RowDone || r.Outcome != gateway.OutcomeReached || r.Dials != 1 {
				b.Errorf("row %d is %+v", r.N, r)
			}
		}
		count, err := b.journal.Count(b.Context())
		if err != nil || len(count) != 0 {
			b.Errorf("the journal still holds %v, %v", count, err)
		}
	})
}

func TestLinesOfTheCampaign(t *testing.T) {
	bubble(t, &placer{}, func(b *bench) {
		b.start().list(table(numbers(20)...))
		b.finished(b.campaign(broadcast.Plan{Campaign: broadcast.Campaign{Lines: 3}}).ID)
		b.equal("calls at the same time", b.placer.most, 3)
		b.equal("dialled", len(b.placer.dialled()), 20)
	})
}

// A campaign never has more calls at the gateway than that has lines, so that
// none of them expires.
func TestLinesOfTheGateway(t *testing.T) {
	bubble(t, &placer{}, func(b *bench) {
		b.lines = 2
		b.start().list(table(numbers(30)...))
		_, rows := b.finished(b.campaign(broadcast.Plan{Campaign: broadcast.Campaign{Lines: 30}}).ID)
		b.equal("calls at the same time", b.placer.most, 2)
		for _, r := range rows {
			b.equal("sends", r.Sends, 1)
		}
	})
}

// What finds no line within the minute was not a try.
func TestExpiredIsNoTry(t *testing.T) {
	p := &placer{talks: map[gateway.Phone]time.Duration{"6175550000": 5 * time.Minute}}
	bubble(t, p, func(b *bench) {
		b.lines = 1
		b.start().list(table(numbers(2)...))
		first := b.campaign(broadcast.Plan{Only: []int{0}})
		time.Sleep(time.Second)
		_, rows := b.finished(b.campaign(broadcast.Plan{Only: []int{1}}).ID)
		b.finished(first.ID)
		b.equal("dialled", b.placer.dialled(), numbers(2))
		if r := rows[0]; r.Sends < 4 || r.Dials != 1 || r.Outcome != gateway.OutcomeReached {
			b.Errorf("the row is %+v", r)
		}
	})
}

func TestRetries(t *testing.T) {
	p := &placer{outcomes: map[gateway.Phone][]gateway.Outcome{
		"6175550000": {gateway.OutcomeBusy, gateway.OutcomeCongestion, gateway.OutcomeReached},
		"6175550001": {gateway.OutcomeNoAnswer},
		"6175550002": {gateway.OutcomeBadNumber},
		"6175550003": {gateway.OutcomeMachine},
	}}
	bubble(t, p, func(b *bench) {
		b.start().list(table(numbers(4)...))
		_, rows := b.finished(b.campaign(broadcast.Plan{}).ID)
		b.equal("outcomes", outcomes(rows), []string{"reached", "no_answer", "bad_number", "machine"})
		b.equal("dials", []int{rows[0].Dials, rows[1].Dials, rows[2].Dials, rows[3].Dials}, []int{3, 3, 1, 1})
		times := b.placer.times("6175550001")
		if gap := times[1].Sub(times[0]); gap < 70*time.Second || gap > 80*time.Second {
			b.Errorf("a retry came %v after the try before, want a minute after its end", gap)
		}
	})
}

func TestNextNumber(t *testing.T) {
	p := &placer{outcomes: map[gateway.Phone][]gateway.Outcome{
		"1000": {gateway.OutcomeBadNumber}, "2000": {gateway.OutcomeNoAnswer},
	}}
	bubble(t, p, func(b *bench) {
		b.start().list(broadcast.Table{
			Columns: []string{"Phone", "Mobile", "Work Phone"},
			Rows: [][]string{
				{"1000", "2000", "3000"},
				{"4000", "5000", ""},
				{"", "none", "6000"},
				{"2000", "7000", ""},
			},
		})
		c := b.campaign(broadcast.Plan{Phones: "phone, MOBILE,work phone", Campaign: broadcast.Campaign{Lines: 1}})
		_, rows := b.finished(c.ID)
		dialled := b.placer.dialled()
		slices.Sort(dialled)
		b.equal("dialled", dialled, []gateway.Phone{"1000", "2000", "2000", "2000", "3000", "4000", "6000", "7000"})
		b.equal("reached at", rows[0].Phone(), gateway.Phone("3000"))
		b.equal("dials", rows[0].Dials, 5)
		b.equal("outcomes", outcomes(rows), []string{"reached", "reached", "reached", "reached"})
	})
}

func TestNobodyToCall(t *testing.T) {
	bubble(t, &placer{}, func(b *bench) {
		b.start().list(table("617 555-0100", "", "n/a", "(617) 5550100"))
		_, rows := b.finished(b.campaign(broadcast.Plan{}).ID)
		b.equal("rows", outcomes(rows), []string{"reached", "no phone number", "no phone number", "number is on the list before"})
		b.equal("dialled", b.placer.dialled(), []gateway.Phone{"617 555-0100"})
	})
}

func TestNothingToSay(t *testing.T) {
	bubble(t, &placer{}, func(b *bench) {
		rows := table(numbers(3)...)
		rows.Rows[1][0] = ""
		b.start().list(rows)
		_, done := b.finished(b.campaign(broadcast.Plan{Campaign: broadcast.Campaign{
			Lines: 1, Message: broadcast.Message{Text: "${ name }"},
		}}).ID)
		b.equal("rows", outcomes(done), []string{"reached", "nothing to say", "reached"})
		b.equal("said", b.placer.said, []string{"Person 0", "Person 2"})
	})
}

// Once somebody has keyed the code nobody is dialled any more; calls in
// progress end by themselves.
func TestTillConfirm(t *testing.T) {
	p := &placer{
		keys:     map[gateway.Phone]bool{"6175550004": true, "6175550005": true},
		talks:    map[gateway.Phone]time.Duration{"6175550005": 40 * time.Second},
		outcomes: map[gateway.Phone][]gateway.Outcome{"6175550001": {gateway.OutcomeBusy}},
	}
	bubble(t, p, func(b *bench) {
		b.start().list(table(numbers(20)...))
		c, rows := b.finished(b.campaign(broadcast.Plan{Campaign: broadcast.Campaign{Lines: 2, ConfirmCode: code}}).ID)
		b.equal("dialled", len(b.placer.dialled()), 6)
		b.equal("confirmed by", c.ConfirmedBy, "Person 4")
		want := slices.Repeat([]string{"withdrawn"}, 20)
		copy(want, []string{"reached", "withdrawn", "reached", "reached", "reached", "reached"})
		b.equal("rows", outcomes(rows), want)
		b.equal("the call in progress", rows[5].Answers, []gateway.Answer{{Name: "confirm", Value: code}})
	})
}

// What waits at the gateway for a line is withdrawn.
func TestConfirmWithdraws(t *testing.T) {
	p := &placer{keys: map[gateway.Phone]bool{"6175550000": true}}
	bubble(t, p, func(b *bench) {
		b.lines = 1
		b.start(func(c *broadcast.Config) { c.Lines = nil }).list(table(numbers(5)...))
		_, rows := b.finished(b.campaign(broadcast.Plan{Campaign: broadcast.Campaign{Lines: 5, ConfirmCode: code}}).ID)
		if n := len(b.placer.dialled()); n > 2 { // the second may be dialled as the first ends
			b.Errorf("%d were dialled", n)
		}
		b.equal("last row", rows[4].State, broadcast.RowWithdrawn)
		count, err := b.journal.Count(b.Context())
		if err != nil || len(count) != 0 {
			b.Errorf("the journal still holds %v, %v", count, err)
		}
	})
}

func TestNobodyConfirms(t *testing.T) {
	p := &placer{outcomes: map[gateway.Phone][]gateway.Outcome{"6175550001": {gateway.OutcomeMachine}}}
	bubble(t, p, func(b *bench) {
		b.start().list(table(numbers(3)...))
		c, rows := b.finished(b.campaign(broadcast.Plan{Campaign: broadcast.Campaign{ConfirmCode: code}}).ID)
		b.equal("rows", outcomes(rows), []string{"reached", "machine", "reached"})
		if !c.Confirmed.IsZero() {
			b.Errorf("it was confirmed by %q", c.ConfirmedBy)
		}
	})
}

// Who was reached by an earlier campaign is left out where that is asked for,
// until the list is told to forget it.
func TestReachedBefore(t *testing.T) {
	p := &placer{outcomes: map[gateway.Phone][]gateway.Outcome{"6175550001": {gateway.OutcomeBadNumber}}}
	bubble(t, p, func(b *bench) {
		b.start().list(table(numbers(2)...))
		rows := func(p broadcast.Plan) []string {
			time.Sleep(time.Second)
			_, rows := b.finished(b.campaign(p).ID)
			return outcomes(rows)
		}
		b.equal("first", rows(broadcast.Plan{}), []string{"reached", "bad_number"})
		b.equal("unreached", rows(broadcast.Plan{Unreached: true}), []string{"reached by an earlier campaign", "bad_number"})
		b.equal("everybody", rows(broadcast.Plan{}), []string{"reached", "bad_number"})
		b.equal("cleaned", rows(broadcast.Plan{Unreached: true, Clean: true}), []string{"reached", "bad_number"})
		b.equal("after that", rows(broadcast.Plan{Unreached: true}), []string{"reached by an earlier campaign", "bad_number"})
	})
}

func TestStop(t *testing.T) {
	bubble(t, &placer{}, func(b *bench) {
		b.start().list(table(numbers(9)...))
		c := b.campaign(broadcast.Plan{Campaign: broadcast.Campaign{Lines: 2}})
		time.Sleep(17 * time.Second)
		if err := b.Stop(b.Context(), c.ID, true); err != nil {
			b.Fatal(err)
		}
		c, rows := b.finished(c.ID)
		b.equal("dialled", len(b.placer.dialled()), 4)
		b.equal("in progress", rows[3].Outcome, gateway.OutcomeReached)
		b.equal("the rest", rows[4].State, broadcast.RowWithdrawn)
		b.equal("removed", c.Removed, true)
		if err := b.Stop(b.Context(), 5, false); !errors.Is(err, broadcast.ErrNoCampaign) {
			b.Errorf("stopping one that is not there: %v", err)
		}
	})
}

// A call that somebody removes from the queue is not made, and one whose record
// somebody removes later is not made again.
func TestCallsRemovedByOthers(t *testing.T) {
	bubble(t, &placer{}, func(b *bench) {
		b.lines = 1
		b.start(func(c *broadcast.Config) { c.Lines = nil }).list(table(numbers(3)...))
		c := b.campaign(broadcast.Plan{Campaign: broadcast.Campaign{Lines: 3}})
		time.Sleep(5 * time.Second)
		for _, n := range []int{0, 1} { // the first is being dialled
			row := broadcast.Row{N: n, Sends: 1}
			found, err := b.journal.Reference(b.Context(), broadcast.Reference(c.ID, row), false, time.Now())
			if err != nil {
				b.Fatal(err)
			}
			if _, err := b.journal.Remove(b.Context(), found.ReqID, false); err != nil {
				b.Fatal(err)
			}
		}
		_, rows := b.finished(c.ID)
		b.equal("rows", outcomes(rows), []string{"interrupted", "withdrawn", "reached"})
		b.equal("dialled", b.placer.dialled(), []gateway.Phone{"6175550000", "6175550002"})
	})
}

func TestRefused(t *testing.T) {
	bubble(t, &placer{}, func(b *bench) {
		b.start().list(broadcast.Table{Columns: []string{"Name", "Tel"}, Rows: [][]string{{"Ada", "1"}}})
		for what, p := range map[string]broadcast.Plan{
			"no column of numbers": {},
			"no such column":       {Phones: "Tel,Fax"},
			"unknown placeholder":  {Phones: "Tel", Campaign: broadcast.Campaign{Message: broadcast.Message{Text: "Hi ${Nmae}"}}},
		} {
			var refused *broadcast.RefusedError
			if _, err := b.Start(b.Context(), "parents", p); !errors.As(err, &refused) {
				b.Errorf("%s: %v", what, err)
			}
		}
		var refused *broadcast.RefusedError
		if _, err := b.Start(b.Context(), "nobody", broadcast.Plan{}); !errors.As(err, &refused) {
			b.Errorf("no list: %v", err)
		}
	})
}
