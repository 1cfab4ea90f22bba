package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
	"rollcall/storage"
)

// followed is what it took to follow calls to their ends.
type followed struct {
	traffic traffic
	cpu     time.Duration // of the gateway
	more    time.Duration // than the calls take alone, as far as that can be told
	took    time.Duration
	late    durations // from the end of a call to its client's knowing
}

// follow measures how clients learn what becomes of many calls.
func (b *bench) follow(ctx context.Context) error {
	few := max(1, b.outstanding/5)
	alone, err := b.watch(ctx, few, nobody{})
	if err != nil {
		return err
	}
	own := alone.cpu * time.Duration(b.outstanding) / time.Duration(few)
	b.title("Following %d calls that end within %s; the calls alone take %s of the gateway's processor time (from %d that nobody followed)",
		b.outstanding, b.lasting, short(own), few)
	b.line("", "requests", "MiB", "gateway's processor", "more than alone", "late by (mean)", "p99")
	var seen [3]*followed
	for i, by := range []follower{byFeed{}, byFeed{pause: time.Second}, byStatus{every: b.polled}} {
		w, err := b.watch(ctx, b.outstanding, by)
		if err != nil {
			return err
		}
		w.more, seen[i] = max(0, w.cpu-own), w
		mebibytes := fmt.Sprintf("%.2f", float64(w.traffic.bytes.Load())/(1<<20))
		b.line(by, w.traffic.requests.Load(), mebibytes, w.cpu, w.more, w.late.mean(), w.late.at(.99))
	}
	b.compare("third to first", seen[2], seen[0])
	b.compare("third to second", seen[2], seen[1])
	return nil
}

func (b *bench) compare(name string, x, y *followed) {
	b.line(name, ratio(x.traffic.requests.Load(), y.traffic.requests.Load()), ratio(x.traffic.bytes.Load(), y.traffic.bytes.Load()),
		ratio(x.cpu, y.cpu), ratio(x.more, y.more), ratio(x.late.mean(), y.late.mean()), ratio(x.late.at(.99), y.late.at(.99)))
}

func ratio[N ~int64](a, b N) string {
	if b == 0 {
		return "-"
	}
	return fmt.Sprintf("×%.2f", float64(a)/float64(b))
}

// watch has so many calls wait, lets them begin one by one, and has them
// followed until all have ended.
func (b *bench) watch(ctx context.Context, calls int, by follower) (*followed, error) {
	data, err := os.MkdirTemp(b.work, "follow-")
	if err != nil {
		return nil, err
	}
	config := filepath.Join(data, "gateway.toml")
	if err := os.WriteFile(config, []byte("rate = 0.001\n"), 0o600); err != nil { // none begins yet, but for the first
		return nil, err
	}
	g, err := b.start(ctx, data, "--config", config, "--lines", "200", "--practice-speed", "100")
	if err != nil {
		return nil, err
	}
	var w followed
	known, err := b.release(ctx, g, &w, calls, by)
	if err := errors.Join(err, g.end()); err != nil {
		return nil, err
	}
	ends, err := ended(ctx, data)
	if err != nil {
		return nil, err
	}
	for id, at := range known {
		w.late = append(w.late, max(0, at.Sub(ends[id]))) // ends are told in milliseconds
	}
	slices.Sort(w.late)
	return &w, nil
}

// release asks for the calls and lets them go while they are followed.
func (b *bench) release(ctx context.Context, g *process, w *followed, calls int, by follower) (map[gateway.ReqID]time.Time, error) {
	ids, err := b.order(ctx, g, calls)
	if err != nil {
		return nil, err
	}
	used, begun := g.cpu(), time.Now()
	perSecond := float64(b.outstanding) / b.lasting.Seconds()
	if _, err := g.put(ctx, "/rollcall/limits", fmt.Sprintf(`{"rate": %f}`, perSecond)); err != nil {
		return nil, err
	}
	known, err := by.follow(ctx, g, &w.traffic, ids)
	w.cpu, w.took = g.cpu()-used, time.Since(begun)
	return known, err
}

// order asks for calls that a person answers at the first try.
func (b *bench) order(ctx context.Context, g *process, calls int) ([]gateway.ReqID, error) {
	var all sync.WaitGroup
	ids, errs := make([]gateway.ReqID, calls), make([]error, pollers)
	for i := range pollers {
		all.Go(func() {
			c, err := g.connect(ctx, &traffic{})
			if err != nil {
				errs[i] = err
				return
			}
			defer c.close()
			for n := i; n < calls && errs[i] == nil; n += pollers {
				ids[n], errs[i] = c.call(gateway.Request{
					Info: "load", Text: "Hello.", FirstOcc: time.Hour,
					Phone: gateway.Phone(fmt.Sprintf("+1212%05d%02d", n/60, n%60)),
				})
			}
		})
	}
	all.Wait()
	return ids, errors.Join(errs...)
}

// ended reads from the journal when each call was done.
func ended(ctx context.Context, data string) (map[gateway.ReqID]time.Time, error) {
	journal, err := openJournal(ctx, data)
	if err != nil {
		return nil, err
	}
	ends := map[gateway.ReqID]time.Time{}
	err = journal.Calls(ctx, func(job scheduler.Job) error {
		ends[job.ID] = job.Ended
		return nil
	})
	return ends, errors.Join(err, journal.Close()) //nolint:contextcheck // it is closed whatever becomes of ctx
}

const journalFile = "gateway.db"

func openJournal(ctx context.Context, data string) (*storage.Journal, error) {
	if err := os.MkdirAll(data, 0o700); err != nil {
		return nil, err
	}
	return storage.OpenJournal(ctx, filepath.Join(data, journalFile), storage.JournalOptions{})
}

// put changes something on an extension page.
func (p *process) put(ctx context.Context, page, body string) ([]byte, error) {
	c, err := p.connect(ctx, &traffic{})
	if err != nil {
		return nil, err
	}
	defer c.close()
	return c.send(http.MethodPut, page, "application/json", body)
}
