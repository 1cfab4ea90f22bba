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

// voicent stands for a gateway: it accepts one call, which succeeds.
func voicent() *httptest.Server {
	answers := map[string]string{
		gateway.PathCall:   "<html>Your call is scheduled for Thu Apr 17 12:24:01 BST 2008. [ReqId=1208431441123]</html>",
		gateway.PathStatus: "[0^Ana Lima^made^2008 3 17 12 24^2008 3 17 12 24^Call succeeded^^^confirm=1^^\n]",
		gateway.PathRemove: "[removed]",
	}
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, answers[r.URL.Path])
	}))
}

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

func ExampleClient_Status() {
	server := voicent()
	defer server.Close()
	client := &gateway.Client{URL: server.URL, Location: time.FixedZone("BST", 3600)}

	status, err := client.Status(context.Background(), 1208431441123)
	if err != nil {
		fmt.Println(err)
		return
	}
	if last, tried := status.Last(); tried {
		fmt.Println(last.Made.Format(time.DateTime), last.Outcome(), last.Answers)
	}
	// Output: 2008-04-17 12:24:00 reached [{confirm 1}]
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

func ExampleClient_About() {
	server := voicent()
	defer server.Close()
	client := &gateway.Client{URL: server.URL}

	about, err := client.About(context.Background())
	fmt.Println(about.Extended, err)
	// Output: false <nil>
}
