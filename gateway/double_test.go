package gateway_test

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"rollcall/gateway"
)

// double plays a gateway of either kind, over a network or, in a bubble, as the
// client's transport. It counts what it is asked.
type double struct {
	mu        sync.Mutex
	ours      bool  // it has the extensions
	away      error // it cannot be reached
	status    error // its answer to questions about calls
	calls     map[gateway.ReqID]gateway.Change
	feed      []gateway.ReqID
	forgotten int           // changes up to this one are not known any more
	moved     chan struct{} // closed at the next change, if somebody waits for it

	asked    map[string]int // by page
	askedFor []gateway.ReqID
	polls    int // questions for changes under way, and
	most     int // how many at once there were
}

func newDouble(ours bool) *double {
	return &double{ours: ours, calls: make(map[gateway.ReqID]gateway.Change), asked: make(map[string]int)}
}

// inBubble returns a client that reaches d without a network.
func (d *double) inBubble() *gateway.Client {
	return &gateway.Client{URL: "http://double", HTTP: &http.Client{Transport: d}, Location: time.UTC}
}

// overHTTP returns a client that reaches d over the network.
func (d *double) overHTTP(t *testing.T) *gateway.Client {
	t.Helper()
	server := httptest.NewServer(d)
	t.Cleanup(server.Close)
	return &gateway.Client{URL: server.URL, Location: time.UTC}
}

// RoundTrip implements [http.RoundTripper].
func (d *double) RoundTrip(r *http.Request) (*http.Response, error) {
	d.mu.Lock()
	away := d.away
	d.mu.Unlock()
	if away != nil {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: away}
	}
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return w.Result(), nil
}

func (d *double) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked[r.URL.Path]++
	if d.ours {
		w.Header().Set(gateway.HeaderGateway, "1.0")
	}
	switch {
	case d.away != nil:
		panic(http.ErrAbortHandler)
	case r.URL.Path == gateway.PathStatus:
		d.serveStatus(w, r)
	case r.URL.Path == gateway.PathChanges && d.ours:
		d.serveChanges(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (d *double) serveStatus(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.ParseInt(r.FormValue("reqid"), 10, 64)
	id := gateway.ReqID(n)
	d.askedFor = append(d.askedFor, id)
	call, known := d.calls[id]
	switch {
	case d.status != nil:
		_, _ = w.Write(gateway.FormatError(d.status.Error()))
	case !known:
		_, _ = w.Write(gateway.FormatNoRecord(strconv.FormatInt(n, 10)))
	default:
		_, _ = w.Write(gateway.FormatStatus(call.Status(), time.UTC))
	}
}

func (d *double) serveChanges(w http.ResponseWriter, r *http.Request) {
	d.polls++
	d.most = max(d.most, d.polls)
	defer func() { d.polls-- }()
	answer := gateway.Changes{Changes: []gateway.Change{}}
	after, err := strconv.Atoi(r.FormValue("after"))
	wait, _ := strconv.Atoi(r.FormValue("wait"))
	d.hold(r, after, time.Duration(wait)*time.Second)
	switch {
	case err != nil:
		after = len(d.feed)
	case after < d.forgotten || after > len(d.feed):
		answer.Reset, after = true, len(d.feed)
	}
	end := min(len(d.feed), after+gateway.MaxChanges)
	seen := make(map[gateway.ReqID]bool)
	for _, id := range d.feed[min(after, end):end] {
		if !seen[id] {
			seen[id] = true
			answer.Changes = append(answer.Changes, d.standing(id))
		}
	}
	answer.Cursor = strconv.Itoa(end)
	_ = json.NewEncoder(w).Encode(answer)
}

func (d *double) standing(id gateway.ReqID) gateway.Change {
	call, known := d.calls[id]
	if !known {
		call.State = gateway.LookupUnknown
	}
	call.ReqID = id
	return call
}

// hold waits until something changes after the given entry, without the lock.
func (d *double) hold(r *http.Request, after int, wait time.Duration) {
	if len(d.feed) != after || wait == 0 {
		return
	}
	if d.moved == nil {
		d.moved = make(chan struct{})
	}
	moved := d.moved
	d.mu.Unlock()
	defer d.mu.Lock()
	select {
	case <-moved:
	case <-time.After(wait):
	case <-r.Context().Done():
	}
}

// set changes how a call stands, and says so in the feed.
func (d *double) set(id gateway.ReqID, state gateway.LookupState, attempts ...gateway.Attempt) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls[id] = gateway.Change{State: state, Attempts: attempts}
	if state == gateway.LookupUnknown {
		delete(d.calls, id)
	}
	d.feed = append(d.feed, id)
	if d.moved != nil {
		close(d.moved)
		d.moved = nil
	}
}

// do changes the gateway itself.
func (d *double) do(change func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change()
}

// count tells how often a page was asked.
func (d *double) count(page string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.asked[page]
}

// errAway is why a gateway is away.
var errAway = errors.New("no route to host")

func made() gateway.Attempt {
	at := time.Date(2008, 4, 17, 11, 24, 0, 0, time.UTC)
	return gateway.Attempt{State: gateway.StateMade, Made: at, Due: at, Reason: gateway.ReasonSucceeded}
}

func retried() gateway.Attempt {
	a := made()
	a.State, a.Reason = gateway.StateRetry, "No answer. Try in 1 minute "
	return a
}
