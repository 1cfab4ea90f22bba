package script

import (
	"context"
	"errors"
	"runtime/metrics"
	"sync"
	"time"

	"github.com/dop251/goja"
)

// This file interrupts a script that takes too long, whose call has ended, or
// that fills the memory. The engine has no limit on memory of its own: what
// the process holds is looked at instead, every few milliseconds. Most scripts
// are done before the first look.

const (
	firstLook = 10 * time.Millisecond
	nextLook  = 5 * time.Millisecond
	// maxGrowth is how much the process may grow while one script runs.
	maxGrowth = 256 << 20
	// heapObjects is memory that is in use, or was and is not swept yet.
	heapObjects = "/memory/classes/heap/objects:bytes"
)

var (
	errTooLong  = errors.New("the script took too long")
	errTooLarge = errors.New("the script needs too much memory")
)

// watch is of one evaluation.
type watch struct {
	rt     *goja.Runtime
	until  time.Time
	growth uint64

	mu    sync.Mutex
	timer *time.Timer
	began uint64 // memory in use at the first look
	done  bool
}

// watched starts to look after the script that is about to run. After stop has
// returned nothing is interrupted any more.
func (e *Engine) watched(ctx context.Context) (stop func()) {
	w := &watch{rt: e.rt, until: time.Now().Add(e.limit), growth: e.growth}
	w.mu.Lock()
	w.timer = time.AfterFunc(firstLook, w.look)
	w.mu.Unlock()
	release := context.AfterFunc(ctx, func() { w.interrupt(errTooLong) })
	return func() {
		release()
		w.mu.Lock()
		defer w.mu.Unlock()
		w.done = true
		w.timer.Stop()
		e.rt.ClearInterrupt()
	}
}

func (w *watch) interrupt(why error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.done {
		w.rt.Interrupt(why)
	}
}

func (w *watch) look() {
	used := memoryInUse()
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.done:
		return
	case !time.Now().Before(w.until):
		w.rt.Interrupt(errTooLong)
		return
	case w.began == 0:
		w.began = used
	case used > w.began+w.growth:
		w.rt.Interrupt(errTooLarge)
		return
	}
	w.timer.Reset(min(nextLook, max(time.Until(w.until), 0)))
}

func memoryInUse() uint64 {
	sample := []metrics.Sample{{Name: heapObjects}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return sample[0].Value.Uint64()
}
