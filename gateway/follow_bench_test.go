package gateway_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"rollcall/gateway"
)

// settled runs f, which follows calls 1 to n of d, until each was asked about
// once, and returns a channel of later reports.
func settled(b *testing.B, d *double, f *gateway.Follower, n int) <-chan gateway.ReqID {
	b.Helper()
	reports, ended := make(chan gateway.ReqID), make(chan struct{})
	ctx, cancel := context.WithCancel(b.Context())
	b.Cleanup(func() { cancel(); <-ended })
	for id := range gateway.ReqID(n) {
		d.set(id+1, gateway.LookupQueued, retried())
		f.Add(id + 1)
	}
	go func() {
		defer close(ended)
		f.Run(ctx, func(id gateway.ReqID, _ gateway.Status, _ error) {
			select {
			case reports <- id:
			case <-ctx.Done():
			}
		})
	}()
	for range n {
		<-reports
	}
	return reports
}

// One change among many calls costs about as much as one among few: no tick of
// the loop looks at all.
func BenchmarkFollowerChange(b *testing.B) {
	for _, calls := range []int{100, 10_000} {
		b.Run(fmt.Sprint(calls), func(b *testing.B) {
			d := newDouble(true)
			reports := settled(b, d, &gateway.Follower{Client: d.inBubble(), Rate: 1e9, Every: 1}, calls)
			states := []gateway.LookupState{gateway.LookupCalling, gateway.LookupQueued}
			for n := 0; b.Loop(); n++ {
				id := gateway.ReqID(n%calls + 1)
				d.set(id, states[n/calls%2], retried())
				if got := <-reports; got != id {
					b.Fatalf("reported %d, want %d", got, id)
				}
			}
		})
	}
}

// So does one question at a gateway without a feed.
func BenchmarkFollowerQuestion(b *testing.B) {
	for _, calls := range []int{100, 10_000} {
		b.Run(fmt.Sprint(calls), func(b *testing.B) {
			asked := make(chan struct{})
			p := &plain{}
			p.answer = func(gateway.ReqID) (gateway.Status, bool) {
				asked <- struct{}{}
				return gateway.Status{}, true
			}
			f := &gateway.Follower{Client: p.client(), Rate: 1e9, Every: time.Microsecond}
			for id := range gateway.ReqID(calls) {
				f.Add(id + 1)
			}
			ctx, cancel := context.WithCancel(b.Context())
			ended := make(chan struct{})
			go func() {
				defer close(ended)
				f.Run(ctx, func(gateway.ReqID, gateway.Status, error) {})
				close(asked)
			}()
			for range calls {
				<-asked
			}
			for b.Loop() {
				<-asked
			}
			cancel()
			for range asked { // those under way
			}
			<-ended
		})
	}
}

// To add a call and drop it costs about as much among many as among few; ns/op
// is for one call.
func BenchmarkFollowerDrop(b *testing.B) {
	for _, calls := range []int{1000, 100_000} {
		b.Run(fmt.Sprint(calls), func(b *testing.B) {
			d := newDouble(true)
			d.set(gateway.ReqID(calls), gateway.LookupDone, made())
			ids := make([]gateway.ReqID, calls)
			for n := range ids {
				ids[n] = gateway.ReqID(n + 1)
			}
			for n := 0; n < b.N; n += calls {
				f := &gateway.Follower{Client: d.inBubble()}
				f.Add(ids...)
				f.Drop(ids[:calls-1]...)
				ctx, cancel := context.WithCancel(b.Context())
				f.Run(ctx, func(gateway.ReqID, gateway.Status, error) { cancel() })
				cancel()
			}
		})
	}
}
