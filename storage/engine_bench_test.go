package storage_test

import (
	"context"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/storage"
)

// BenchmarkEngine is what a campaign of a million rows (ROLLCALL_BENCH_ROWS)
// costs: until its first call, when it is started and started again; deciding
// about every row; calls while the rest waits; memory. Run it with -benchtime 1x.
func BenchmarkEngine(b *testing.B) {
	path := filepath.Join(b.TempDir(), "rollcall.db")
	db := open(b, path)
	rows := rowsOfBench(b)
	c, err := db.Import(b.Context(), campaign.Campaign{Settings: campaign.Settings{Hours: campaign.AllHours(), Lines: 8}.Complete()}, zonedProducer{rows}.fill)
	must(b, err)
	b.Run("Start", func(b *testing.B) { b.ReportMetric(untilFirstCall(b, db, c.ID), "s/first-call") })
	b.Run("Decide", func(b *testing.B) { benchDecide(b, db, c, campaign.LawNone) })
	b.Run("DecideLaw", func(b *testing.B) { benchDecide(b, db, c, campaign.LawUSStates) })
	b.Run("Calls", func(b *testing.B) { benchCalls(b, db, c.ID) })
	must(b, db.Close())
	begun := time.Now()
	db = open(b, path)
	opened := time.Since(begun)
	b.Run("Restart", func(b *testing.B) {
		b.ReportMetric(opened.Seconds(), "s/open")
		b.ReportMetric(untilFirstCall(b, db, c.ID), "s/first-call")
	})
	b.Run("NobodyNow", func(b *testing.B) { benchNobody(b, db, c) })
	must(b, db.Close())
}

// zonedProducer gives n people all over the United States.
type zonedProducer struct{ n int }

func (p zonedProducer) fill(s contacts.Sink) (contacts.Import, error) {
	inner := producer{n: p.n}
	zones := []string{"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix"}
	areas := []string{"+1212", "+1305", "+1504", "+1415", "+1602"}
	i := 0
	return inner.fill(sinkFunc{s, func(c *campaign.Contact) {
		at := i % len(zones)
		c.Zones, c.Number = zones[at:at+1], phone.Number(areas[at]+string(c.Number[5:]))
		i++
	}})
}

// sinkFunc changes rows on their way.
type sinkFunc struct {
	contacts.Sink
	change func(*campaign.Contact)
}

func (s sinkFunc) Add(c campaign.Contact, problems []campaign.CellProblem) error {
	s.change(&c)
	return s.Sink.Add(c, problems)
}

// quick is a gateway of a few lines whose calls take a moment.
func quick(play campaigntest.Play) *campaigntest.Gateway {
	g := campaigntest.NewGateway(8)
	g.Plays = func(gateway.Phone, int) campaigntest.Play { return play }
	return g
}

func runnerOf(db *storage.DB, g *campaigntest.Gateway) *campaign.Runner {
	return &campaign.Runner{Store: db, Grace: time.Millisecond, Routes: []campaign.Route{{
		Name: campaign.BuiltIn, Gateway: g, Follower: &campaigntest.Follower{Gateway: g, Every: 5 * time.Millisecond}, Pages: &campaigntest.Pages{},
	}}}
}

// untilFirstCall is how many seconds pass from Run to the first request.
func untilFirstCall(b *testing.B, db *storage.DB, id campaign.ID) float64 {
	b.Helper()
	g := quick(campaigntest.Play{Ring: time.Millisecond})
	ctx, cancel := context.WithCancel(b.Context())
	var first atomic.Int64
	begun := time.Now()
	g.Faults = func(kind string, _ int) campaigntest.Fault {
		if kind == "call" && first.CompareAndSwap(0, int64(time.Since(begun))) {
			cancel()
		}
		return campaigntest.Fine
	}
	_, err := runnerOf(db, g).Run(ctx, id)
	must(b, err)
	return time.Duration(first.Load()).Seconds()
}

// benchDecide asks about every row: the gate alone, and with what it needs of
// the store.
func benchDecide(b *testing.B, db *storage.DB, c campaign.Campaign, law campaign.LawKey) {
	c.State, c.Settings.Law, c.Settings.Hours = campaign.Running, law, campaign.DefaultHours()
	ids := order(b, db, c.ID, campaign.Filter{})
	judge, now := campaign.NewJudge(c.Settings), noon.Add(5*time.Hour)
	var judged, read time.Duration
	for b.Loop() {
		judged, read = 0, 0
		for len(ids) > 0 {
			n := min(500, len(ids))
			begun := time.Now()
			rows, err := db.Contacts(b.Context(), ids[:n])
			must(b, err)
			facts, err := db.Facts(b.Context(), c, rows, now.Add(-c.Settings.Memory()))
			must(b, err)
			between := time.Now()
			for i, p := range rows {
				p.Status = campaign.Ready
				judge.Decide(now, c, p, facts[i])
			}
			read, judged = read+between.Sub(begun), judged+time.Since(between)
			ids = ids[n:]
		}
	}
	b.ReportMetric(judged.Seconds(), "s/decided")
	b.ReportMetric(read.Seconds(), "s/read")
}

// benchCalls is calls in the steady state, one after the other on a few lines.
func benchCalls(b *testing.B, db *storage.DB, id campaign.ID) {
	const calls = 3000
	for b.Loop() {
		g := quick(campaigntest.Play{Ring: time.Millisecond})
		ctx, cancel := context.WithCancel(b.Context())
		g.Faults = func(kind string, n int) campaigntest.Fault {
			if kind == "call" && n == calls {
				cancel()
			}
			return campaigntest.Fine
		}
		begun := time.Now()
		_, err := runnerOf(db, g).Run(ctx, id)
		must(b, err)
		b.ReportMetric(calls/time.Since(begun).Seconds(), "calls/s")
		b.ReportMetric(heap(), "MB-heap")
	}
}

// heap is how much memory is in use.
func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

// benchNobody is a start outside the hours: every row is decided about once and
// waits.
func benchNobody(b *testing.B, db *storage.DB, c campaign.Campaign) {
	c, err := db.Campaign(b.Context(), c.ID)
	must(b, err)
	soon := time.Now().Add(-2 * time.Hour).UTC()
	c.Settings.Hours = campaign.EveryDay(campaign.Clock(soon.Hour()*60), campaign.Clock(soon.Hour()*60+1))
	must(b, db.Configure(b.Context(), c))
	for b.Loop() {
		r := runnerOf(db, quick(campaigntest.Play{}))
		r.Patience = time.Nanosecond
		begun := time.Now()
		_, err := r.Run(b.Context(), c.ID)
		must(b, err)
		b.ReportMetric(time.Since(begun).Seconds(), "s/all-wait")
		b.ReportMetric(heap(), "MB-heap")
	}
}
