package server_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
)

// feed asks for changes.
func feed(t *testing.T, address, query string) gateway.Changes {
	t.Helper()
	resp, body := get(t, address, gateway.PathChanges+query)
	var reply gateway.Changes
	if err := json.Unmarshal([]byte(body), &reply); err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%d %q: %v", resp.StatusCode, body, err)
	}
	return reply
}

// Each call is told once, as it stands, with its tries.
func TestChanges(t *testing.T) {
	c := config()
	address := idle(t, c)
	start := feed(t, address, "")
	if len(start.Changes) != 0 || start.Cursor == "" || start.Reset {
		t.Fatalf("from now on: %+v", start)
	}
	tried := gateway.Attempt{Attendee: "Ana", State: gateway.StateMade, Made: at(17, 12, 24), Due: at(17, 12, 24),
		Reason: gateway.ReasonSucceeded, Answers: []gateway.Answer{{Name: "confirm", Value: "1"}}}
	done := settled(t, c, []gateway.Attempt{tried})
	calling := dialling(t, c).ID
	gone := settled(t, c, nil)
	if _, err := c.Journal.Remove(t.Context(), gone, false); err != nil {
		t.Fatal(err)
	}
	reply := feed(t, address, "?after="+start.Cursor)
	got := map[gateway.ReqID]gateway.LookupState{}
	for _, change := range reply.Changes {
		got[change.ReqID] = change.State
		if change.ReqID == done {
			if diff := cmp.Diff([]gateway.Attempt{tried}, change.Attempts); diff != "" {
				t.Errorf("attempts (-want +got):\n%s", diff)
			}
		}
	}
	want := map[gateway.ReqID]gateway.LookupState{done: gateway.LookupDone, calling: gateway.LookupCalling, gone: gateway.LookupUnknown}
	if diff := cmp.Diff(want, got); diff != "" || len(reply.Changes) != 3 {
		t.Errorf("%d changes (-want +got):\n%s", len(reply.Changes), diff)
	}
	if after := feed(t, address, "?after="+reply.Cursor); len(after.Changes) != 0 || after.Cursor != reply.Cursor {
		t.Errorf("after that: %+v", after)
	}
}

// A question waits for the next change, and no longer than was asked.
func TestChangesWait(t *testing.T) {
	c := config()
	s := start(t, c)
	address := s.URL[len("http://"):]
	cursor := feed(t, address, "").Cursor
	told := make(chan gateway.Changes, 1)
	go func() { told <- feed(t, address, "?wait=20&after="+cursor) }()
	for s.server.Waiting() == 0 {
		pause(t)
	}
	id, err := s.Call(t.Context(), gateway.Request{Info: "i", Phone: "1", Text: "x", Reference: "aa", CallTime: time.Hour, FirstOcc: 2 * time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	reply := <-told
	if len(reply.Changes) != 1 || reply.Changes[0].ReqID != id || reply.Changes[0].Reference != "aa" || reply.Changes[0].State != gateway.LookupQueued {
		t.Errorf("told %+v", reply)
	}
	if quiet := feed(t, address, "?wait=0&after="+reply.Cursor); len(quiet.Changes) != 0 {
		t.Errorf("nothing new: %+v", quiet)
	}
	if n := s.server.Waiting(); n != 0 {
		t.Errorf("%d questions still wait", n)
	}
}

// More than one reply holds comes in several, none lost.
func TestChangesInParts(t *testing.T) {
	c := config()
	address := idle(t, c)
	cursor := feed(t, address, "").Cursor
	for range 1_500 {
		if _, err := c.Journal.Accept(t.Context(), scheduler.Job{Request: gateway.Request{Phone: "1"}, Accepted: time.Now(), State: scheduler.JobQueued}); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[gateway.ReqID]bool{}
	var parts []int
	for {
		reply := feed(t, address, "?after="+cursor)
		if len(reply.Changes) == 0 {
			break
		}
		for _, change := range reply.Changes {
			seen[change.ReqID] = true
		}
		parts, cursor = append(parts, len(reply.Changes)), reply.Cursor
	}
	if diff := cmp.Diff([]int{1_000, 500}, parts); diff != "" || len(seen) != 1_500 {
		t.Errorf("%d calls in parts (-want +got):\n%s", len(seen), diff)
	}
}

func TestChangesForgotten(t *testing.T) {
	c := config()
	settled(t, c, nil)
	address := idle(t, c)
	newest := feed(t, address, "").Cursor
	n, err := strconv.Atoi(newest)
	if err != nil {
		t.Fatal(err)
	}
	reply := feed(t, address, "?after="+strconv.Itoa(n+7))
	if !reply.Reset || reply.Cursor != newest || len(reply.Changes) != 0 {
		t.Errorf("a cursor that was never given out: %+v", reply)
	}
}

func TestChangesRefused(t *testing.T) {
	address := idle(t, config())
	for _, query := range []string{"?after=x", "?after=-1", "?wait=x", "?wait=-1", "?after=99999999999999999999"} {
		if resp, body := get(t, address, gateway.PathChanges+query); resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d %s", query, resp.StatusCode, body)
		}
	}
}

// deaf is a journal whose feed cannot be read.
type deaf struct{ scheduler.Journal }

func (deaf) Changes(context.Context, int64, int) ([]scheduler.Changed, int64, error) {
	return nil, 0, context.DeadlineExceeded
}

func TestChangesUnreadable(t *testing.T) {
	c := config()
	c.Journal = deaf{c.Journal}
	if resp, _ := get(t, idle(t, c), gateway.PathChanges); resp.StatusCode != http.StatusInternalServerError {
		t.Errorf("got %d", resp.StatusCode)
	}
}
