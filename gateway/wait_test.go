package gateway_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/gateway"
)

func TestClientWait(t *testing.T) {
	for _, ours := range []bool{true, false} {
		d := newDouble(ours)
		d.set(1, gateway.LookupQueued)
		synctest.Test(t, func(t *testing.T) {
			go func() {
				for _, attempts := range [][]gateway.Attempt{nil, {retried()}} {
					time.Sleep(time.Minute)
					d.set(1, gateway.LookupCalling, attempts...)
					time.Sleep(time.Minute)
					d.set(1, gateway.LookupQueued, retried())
				}
				d.do(func() { d.away = errAway })
				time.Sleep(time.Minute)
				d.do(func() { d.away = nil })
				d.set(1, gateway.LookupDone, retried(), made())
			}()
			began := time.Now()
			s, err := d.inBubble().Wait(t.Context(), 1)
			if err != nil || len(s.Attempts) != 2 || !s.Final() {
				t.Errorf("ours %v: got %+v, %v", ours, s, err)
			}
			if took := time.Since(began); took < 5*time.Minute || took > 6*time.Minute {
				t.Errorf("ours %v: waited for %v", ours, took)
			}
		})
	}
}

func TestClientWaitEndsInVain(t *testing.T) {
	tests := map[string]struct {
		prepare func(*double)
		want    []error
	}{
		"the record is gone": {func(d *double) { delete(d.calls, 1) }, []error{gateway.ErrUnknownCall}},
		"time runs out":      {func(*double) {}, []error{context.DeadlineExceeded}},
		"it is away":         {func(d *double) { d.away = errAway }, []error{context.DeadlineExceeded, gateway.ErrUnreachable}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := newDouble(false)
			d.set(1, gateway.LookupQueued, retried())
			test.prepare(d)
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
				defer cancel()
				s, err := d.inBubble().Wait(ctx, 1)
				for _, want := range test.want {
					if !errors.Is(err, want) {
						t.Errorf("got %v, want %v", err, want)
					}
				}
				if s.Final() {
					t.Errorf("ended with %+v", s)
				}
			})
		})
	}
}

func TestClientWaitIsRefused(t *testing.T) {
	var refused *gateway.RefusedError
	if _, err := foreign(t, 200, "ERROR: out of order").Wait(t.Context(), 1); !errors.As(err, &refused) {
		t.Errorf("a refusal is %v", err)
	}
	if _, err := foreign(t, 200, "<html>").Wait(t.Context(), 1); !errors.Is(err, gateway.ErrUnreadable) {
		t.Errorf("nonsense is %v", err)
	}
}
