package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"rollcall/gateway"
)

// voicent stands for a gateway of the vendor's: it accepts one call, which
// succeeds.
func voicent() *httptest.Server {
	return answering("", map[string]string{
		gateway.PathCall:   "<html>Your call is scheduled for Thu Apr 17 12:24:01 BST 2008. [ReqId=1208431441123]</html>",
		gateway.PathStatus: "[0^Ana Lima^made^2008 3 17 12 24^2008 3 17 12 24^Call succeeded^^^confirm=1^^\n]",
		gateway.PathRemove: "[removed]",
	})
}

// rollcall stands for one of ours, with its extensions.
func rollcall() *httptest.Server {
	return answering("1.0", map[string]string{
		gateway.PathCall:                "<html>Your call is scheduled for Thu Apr 17 12:24:01 BST 2008. [ReqId=1208431441123]</html>",
		gateway.PathStatus:              "[]",
		gateway.PathRemove:              "ERROR: the call was dialled already",
		gateway.PathAbout:               `{"version":"1.0","practice":true,"lines":8,"busy":3}`,
		gateway.PathReferences + "8f3a": `{"state":"queued","reqid":1208431441123}`,
		gateway.PathReferences + "77c1": `{"state":"voided"}`,
		gateway.PathChanges: `{"cursor":"7","changes":[{"reqid":1208431441123,"state":"done","attempts":[
			{"state":"made","made":"2008-04-17T12:24:03+01:00","due":"2008-04-17T12:24:01+01:00","reason":"Call succeeded"}]}]}`,
	})
}

// answering is a server with an answer for each page.
func answering(version string, answers map[string]string) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if version != "" {
			w.Header().Set(gateway.HeaderGateway, version)
		}
		fmt.Fprint(w, answers[r.URL.Path])
	}))
}

// A request for one call, and the three ways in which it can fail.
func ExampleClient_Call() {
	server := voicent()
	defer server.Close()
	client := &gateway.Client{URL: server.URL}

	id, err := client.Call(context.Background(), gateway.Request{
		Info:     "appointment",
		Attendee: "Ana Lima",
		Phone:    "6175550142",
		StartURL: "http://127.0.0.1:9000/reminder.vxml",
	})
	var refused *gateway.RefusedError
	switch {
	case errors.Is(err, gateway.ErrUnreachable):
		fmt.Println("nothing was sent, ask again later")
	case errors.Is(err, gateway.ErrInDoubt):
		fmt.Println("it may have been accepted, do not ask again")
	case errors.As(err, &refused):
		fmt.Println("refused:", refused.Reason)
	default:
		fmt.Println("accepted as", id)
	}
	// Output: accepted as 1208431441123
}

// What came of a call, try by try.
func ExampleClient_Status() {
	server := voicent()
	defer server.Close()
	client := &gateway.Client{URL: server.URL, Location: time.FixedZone("BST", 3600)}

	status, err := client.Status(context.Background(), 1208431441123)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, try := range status.Attempts {
		fmt.Println(try.Made.Format(time.DateTime), try.Outcome(), try.Answers)
	}
	fmt.Println("ended:", status.Final())
	// Output:
	// 2008-04-17 12:24:00 reached [{confirm 1}]
	// ended: true
}

// One call from its request to its end. The record is removed when its result
// is safe.
func ExampleClient_Wait() {
	server := voicent()
	defer server.Close()
	client := &gateway.Client{URL: server.URL}
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()

	status, err := client.Wait(ctx, 1208431441123)
	if err != nil {
		fmt.Println(err)
		return
	}
	last, _ := status.Last()
	fmt.Println(last.Outcome(), client.Remove(ctx, 1208431441123, gateway.Removal{}))
	// Output: reached <nil>
}

func ExampleClient_Remove() {
	server := voicent()
	defer server.Close()
	client := &gateway.Client{URL: server.URL}

	err := client.Remove(context.Background(), 1208431441123, gateway.Removal{})
	switch {
	case errors.Is(err, gateway.ErrUnknownCall):
		fmt.Println("it was gone already")
	case err != nil:
		fmt.Println(err)
	default:
		fmt.Println("removed")
	}
	// Output: removed
}

// At a gateway of ours a call can be withdrawn on condition that no phone has
// rung.
func ExampleClient_Remove_ifQueued() {
	server := rollcall()
	defer server.Close()
	client := &gateway.Client{URL: server.URL}

	err := client.Remove(context.Background(), 1208431441123, gateway.Removal{IfQueued: true})
	var refused *gateway.RefusedError
	if errors.As(err, &refused) {
		fmt.Println("too late:", refused.Reason)
	}
	// Output: too late: the call was dialled already
}

// Any gateway can be asked what it is; one that is not ours says nothing.
func ExampleClient_About() {
	ours, foreign := rollcall(), voicent()
	defer ours.Close()
	defer foreign.Close()

	for _, server := range []*httptest.Server{ours, foreign} {
		client := &gateway.Client{URL: server.URL}
		about, err := client.About(context.Background())
		fmt.Println(about.Extended, about.Lines, err)
	}
	// Output:
	// true 8 <nil>
	// false 0 <nil>
}

// After a crash: what became of a request that was sent under a reference?
func ExampleClient_Lookup() {
	server := rollcall()
	defer server.Close()
	client := &gateway.Client{URL: server.URL}

	found, err := client.Lookup(context.Background(), "8f3a")
	fmt.Println(found.State, found.ReqID, err)
	// Output: queued 1208431441123 <nil>
}

// A request that the gateway does not know is withdrawn, so that it is refused
// should it still arrive. After that it may be made anew.
func ExampleClient_Void() {
	server := rollcall()
	defer server.Close()
	client := &gateway.Client{URL: server.URL}

	found, err := client.Void(context.Background(), "77c1")
	fmt.Println(found.State, err)
	// Output: voided <nil>
}

// The change feed by hand; a Follower does this, and falls back to polling.
func ExampleClient_Changes() {
	server := rollcall()
	defer server.Close()
	client := &gateway.Client{URL: server.URL}

	changes, err := client.Changes(context.Background(), "6", 20*time.Second)
	if errors.Is(err, gateway.ErrNotExtended) {
		fmt.Println("ask about each call instead")
		return
	}
	for _, change := range changes.Changes {
		fmt.Println(change.ReqID, change.State)
	}
	fmt.Println("go on after", changes.Cursor)
	// Output:
	// 1208431441123 done
	// go on after 7
}

// A change in the form of a status, so that one piece of code reads both.
func ExampleChange_Status() {
	change := gateway.Change{ReqID: 17, State: gateway.LookupCalling}
	last, _ := change.Status().Last()
	fmt.Println(last.State, change.Status().Final())
	// Output: in_progress false
}

// Calls are followed until the last one has ended.
func ExampleFollower() {
	server := voicent()
	defer server.Close()
	follower := &gateway.Follower{Client: &gateway.Client{URL: server.URL}}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	open := 1
	follower.Add(1208431441123)
	follower.Run(ctx, func(id gateway.ReqID, status gateway.Status, err error) {
		last, _ := status.Last()
		switch {
		case id == 0:
			fmt.Println("the gateway is away, or back:", err)
		case errors.Is(err, gateway.ErrUnknownCall):
			fmt.Println(id, "has no record any more")
			open--
		case err != nil:
			fmt.Println(id, err) // it is asked about again
		case status.Final():
			fmt.Println(id, last.Outcome())
			open--
		default:
			fmt.Println(id, last.State)
		}
		if open == 0 {
			cancel()
		}
	})
	// Output: 1208431441123 reached
}

// Calls may be added and dropped while others are followed.
func ExampleFollower_Add() {
	server := voicent()
	defer server.Close()
	follower := &gateway.Follower{Client: &gateway.Client{URL: server.URL}}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		follower.Run(ctx, func(id gateway.ReqID, _ gateway.Status, _ error) {
			fmt.Println(id, "has ended")
			cancel()
		})
	}()

	follower.Add(17)
	<-ended
	// Output: 17 has ended
}

func ExampleFollower_Drop() {
	server := voicent()
	defer server.Close()
	follower := &gateway.Follower{Client: &gateway.Client{URL: server.URL}}
	follower.Add(17, 18)
	follower.Drop(17)

	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	follower.Run(ctx, func(id gateway.ReqID, _ gateway.Status, _ error) {
		fmt.Println(id, "has ended")
		cancel()
	})
	// Output: 18 has ended
}

func ExampleFollower_Run() {
	server := rollcall() // each reply of its feed says that the call has ended
	defer server.Close()
	follower := &gateway.Follower{Client: &gateway.Client{URL: server.URL}}
	follower.Add(1208431441123)

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	follower.Run(ctx, func(_ gateway.ReqID, status gateway.Status, _ error) {
		last, _ := status.Last()
		fmt.Println(last.Made.Format(time.DateTime), last.Reason)
		cancel()
	})
	// Output: 2008-04-17 12:24:03 Call succeeded
}
