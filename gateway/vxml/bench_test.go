//go:build unix

package vxml_test

import (
	"context"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"rollcall/gateway/vxml"
)

// reminder is the sample that an office starts with, for one person.
func reminder(b *testing.B) []byte {
	b.Helper()
	src, err := os.ReadFile("../../assets/samples/reminder.vxml")
	if err != nil {
		b.Fatal(err)
	}
	filled := string(src)
	for filled != "" && strings.Contains(filled, "${") {
		before, rest, _ := strings.Cut(filled, "${")
		_, after, _ := strings.Cut(rest, "}")
		filled = before + "tomorrow" + after
	}
	return []byte(filled)
}

// hurried is a caller who presses one key at once, without a clock.
type hurried struct {
	vxml.Platform // nothing else is asked for
	keys          string
	waiting       func()
}

func (*hurried) Play(context.Context, vxml.Prompt) (vxml.Played, error) { return vxml.Played{}, nil }

func (h *hurried) Listen(context.Context, vxml.Listen) (vxml.Input, error) {
	if h.waiting != nil {
		h.waiting()
	}
	if h.keys == "" {
		return vxml.Input{}, vxml.ErrHungUp
	}
	key := h.keys[0]
	h.keys = h.keys[1:]
	return vxml.Input{Key: key}, nil
}

func (*hurried) Disconnect(context.Context) error { return nil }
func (*hurried) Now() time.Time                   { return time.Time{} }
func (*hurried) Log(string, string)               {}

// processorTime is what the process has used of the processors: other work of
// the machine does not count.
func processorTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkReminder is the sample dialog, answered with one key: by a document
// that is read for each call, as the campaign fills one for each person, and
// by one that is shared.
func BenchmarkReminder(b *testing.B) {
	src := reminder(b)
	shared, err := vxml.Parse(src, "reminder.vxml")
	if err != nil {
		b.Fatal(err)
	}
	for _, way := range []struct {
		name string
		doc  func() (*vxml.Document, error)
	}{
		{"read for each call", func() (*vxml.Document, error) { return vxml.Parse(src, "reminder.vxml") }},
		{"read once", func() (*vxml.Document, error) { return shared, nil }},
	} {
		b.Run(way.name, func(b *testing.B) {
			b.ReportAllocs()
			begun := processorTime(b)
			for b.Loop() {
				doc, err := way.doc()
				if err != nil {
					b.Fatal(err)
				}
				in := vxml.Interpreter{Platform: &hurried{keys: "1"}}
				if result, err := in.Run(b.Context(), doc); err != nil || len(result.Answers) == 0 {
					b.Fatal(result, err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "dialogs/s")
			b.ReportMetric(float64(b.N)/(processorTime(b)-begun).Seconds(), "dialogs/cpu-s")
		})
	}
}

func BenchmarkParse(b *testing.B) {
	src := reminder(b)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := vxml.Parse(src, "reminder.vxml"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMemoryOfCalls is what a call holds while it waits for a key, its
// document included.
func BenchmarkMemoryOfCalls(b *testing.B) {
	src := reminder(b)
	const calls = 500
	for b.Loop() {
		var before, during runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		arrived, leave, ended := make(chan bool), make(chan bool), make(chan error)
		for range calls {
			go func() {
				doc, err := vxml.Parse(src, "reminder.vxml")
				if err == nil {
					in := vxml.Interpreter{Platform: &hurried{waiting: func() { arrived <- true; <-leave }}}
					_, err = in.Run(b.Context(), doc)
				}
				ended <- err
			}()
			select {
			case <-arrived:
			case err := <-ended:
				b.Fatal("a call ended before it has listened: ", err)
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&during)
		close(leave)
		for range calls {
			if err := <-ended; err != nil {
				b.Fatal(err)
			}
		}
		held := during.HeapAlloc + during.StackInuse - before.HeapAlloc - before.StackInuse
		b.ReportMetric(float64(held)/calls/1024, "KiB/call")
	}
}
