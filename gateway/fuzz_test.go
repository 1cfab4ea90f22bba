package gateway_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"rollcall/gateway"
)

// This file throws nonsense at whatever reads words from outside. The seeds
// are what real gateways and clients sent.

// What a client sends, however broken, is read once and means the same when it
// is sent again. Like a server, it takes the parameters that can be read.
func FuzzParseRequest(f *testing.F) {
	for _, r := range requests() {
		f.Add(r.Values().Encode())
	}
	f.Add("info=i&phoneno=+1&firstocc=0&txt=x&selfdelete=True&attendee=Jos%E9")
	f.Add("info=my call&phoneno=+1 617 555 0142&firstocc=10&startvxml=C:\\a b\\c.vxml&selfdelete=")
	f.Add("info=i&phoneno=617&firstocc=5&schedule=t&calltime=2&endurl=http://h/x;y&priority=low&confirmcode=%zz")
	f.Add("info=i&phoneno=617&firstocc=5&txt=a&sms=1&reference=a-b_c&attempt=2&detection=3&confirmcode=12")
	f.Add("info=i&phoneno=617&firstocc=5&txt=a&campaign=%20Spring%00visits&row=17")
	f.Fuzz(func(t *testing.T, query string) {
		v, _ := url.ParseQuery(query)
		first, err := gateway.ParseRequest(v)
		if err != nil {
			return
		}
		second, err := gateway.ParseRequest(first.Values())
		if err != nil {
			t.Fatalf("%+v is refused when sent again: %v", first, err)
		}
		if diff := cmp.Diff(first, second); diff != "" {
			t.Errorf("sent again (-first +second):\n%s", diff)
		}
	})
}

// Every request that makes sense arrives as it was sent.
func TestAnyRequestRoundTrip(t *testing.T) {
	text := rapid.Map(rapid.String(), strings.TrimSpace)
	minutes := rapid.Map(rapid.IntRange(0, 5000), func(n int) time.Duration { return time.Duration(n) * time.Minute })
	rapid.Check(t, func(t *rapid.T) {
		want := gateway.Request{
			Info: text.Draw(t, "info"), Attendee: text.Draw(t, "attendee"), CallerID: text.Draw(t, "callerid"),
			Phone:    gateway.Phone(rapid.StringMatching(`\+?[0-9]([-0-9 ().,*#]{0,60}[0-9])?`).Draw(t, "phone")),
			FirstOcc: minutes.Draw(t, "firstocc"), CallTime: minutes.Draw(t, "calltime"),
			ExitVXML: text.Draw(t, "exitvxml"), ExitURL: text.Draw(t, "exiturl"),
			SelfDelete: rapid.Bool().Draw(t, "selfdelete"),
			Detection:  gateway.Detection(rapid.IntRange(0, 3).Draw(t, "detection")),
			Reference:  gateway.Reference(rapid.StringMatching(`[0-9A-Za-z_-]{0,64}`).Draw(t, "reference")),
			Attempt:    rapid.SampledFrom([]int{0, 1, 2, 1000}).Draw(t, "attempt"),
			Priority:   gateway.Priority(rapid.IntRange(-1, 1).Draw(t, "priority")),
			Campaign:   text.Draw(t, "campaign"),
			Row:        rapid.SampledFrom([]int{0, 1, 1_048_576, 1_000_000_000}).Draw(t, "row"),
		}
		start := rapid.Map(rapid.StringN(1, -1, -1), func(s string) string { return "x" + strings.TrimSpace(s) }).Draw(t, "start")
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			want.StartVXML = start
		case 1:
			want.StartURL = start
		case 2:
			want.Text, want.SMS = start, rapid.Bool().Draw(t, "sms")
		case 3:
			want.AudioFile, want.ConfirmCode = start, rapid.StringMatching(`[0-9]{0,20}`).Draw(t, "code")
		case 4:
			want.StartApp = start
		}
		sent, err := url.ParseQuery(want.Values().Encode())
		if err != nil {
			t.Fatal(err)
		}
		got, err := gateway.ParseRequest(sent)
		if err != nil {
			t.Fatalf("%+v is refused: %v", want, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

// What was read once is written and read again without change, and whoever
// searches it for a word finds what it says and no more.
func FuzzParseStatus(f *testing.F) {
	for _, c := range captures() {
		f.Add(c.body)
	}
	f.Add("ERROR: no such call record: 12")
	f.Add("[0^a^made^2008 1 30 1 1^^made^^^made|x=y|=^^\n]")
	f.Add("[0^ made^expired^2008 2 30 2 30^0 0 0 0 0^expired^^^failed^^0^null ^mixed^^^retry ^^^|^^\n]")
	f.Fuzz(func(t *testing.T, body string) {
		first, err := gateway.ParseStatus([]byte(body), newYork(t))
		if err != nil {
			return
		}
		written := gateway.FormatStatus(first, newYork(t))
		second, err := gateway.ParseStatus(written, newYork(t))
		if err != nil {
			t.Fatalf("%q was written as %q: %v", body, written, err)
		}
		if again := gateway.FormatStatus(second, newYork(t)); string(again) != string(written) {
			t.Errorf("%q is written again as %q", written, again)
		}
		sameVerdict(t, first, second)
		oneWordEach(t, second, string(written))
	})
}

// newYork has hours that are there twice, and hours that are not.
func newYork(t *testing.T) *time.Location {
	loc, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Skip(err)
	}
	return loc
}

type failer interface{ Errorf(string, ...any) }

// sameVerdict fails unless a status was read as it was written: as many
// attempts, and of the last the same verdict.
func sameVerdict(t failer, written, read gateway.Status) {
	was, _ := written.Last()
	is, _ := read.Last()
	switch {
	case len(written.Attempts) != len(read.Attempts):
		t.Errorf("%d attempts are read as %d", len(written.Attempts), len(read.Attempts))
	case was.State != is.State, was.Outcome() != is.Outcome():
		t.Errorf("%q, %s is read as %q, %s", was.State, was.Outcome(), is.State, is.Outcome())
	}
}

// oneWordEach fails if a body holds a state word between separators other than
// as the state of an attempt of s, or an end of the call other than at its end.
func oneWordEach(t failer, s gateway.Status, body string) {
	states := make(map[gateway.AttemptState]int)
	for i, a := range s.Attempts {
		states[a.State]++
		if i < len(s.Attempts)-1 && a.State.Final() {
			t.Errorf("%q ends before its last attempt", body)
		}
	}
	for _, word := range words() {
		if n := strings.Count(body, "^"+string(word)+"^"); n != states[word] {
			t.Errorf("%q has ^%s^ %d times for %d attempts", body, word, n, states[word])
		}
	}
}

func words() []gateway.AttemptState {
	return []gateway.AttemptState{
		gateway.StateMade, gateway.StateFailed, gateway.StateRetry, gateway.StatePending, gateway.StateInProgress,
		gateway.StateMixed, gateway.StateWaitResponse, gateway.StateWaitAgent, gateway.StateExpired,
	}
}

// Whatever stands in a status, its reply can be read, and its verdict survives.
func TestAnyStatusIsWritten(t *testing.T) {
	hostile := rapid.OneOf(rapid.String(), rapid.StringMatching(`[\^|= \n]?(made|failed|retry|null)?[\^|=\] ]?`))
	attempts := rapid.SliceOf(rapid.Custom(func(t *rapid.T) gateway.Attempt {
		at := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "made"), 0)
		return gateway.Attempt{
			Attendee: hostile.Draw(t, "attendee"), State: rapid.SampledFrom(words()).Draw(t, "state"),
			Made: at, Due: at, Reason: gateway.Reason(hostile.Draw(t, "reason")),
			Answers: []gateway.Answer{{Name: hostile.Draw(t, "name"), Value: hostile.Draw(t, "value")}},
		}
	}))
	rapid.Check(t, func(t *rapid.T) {
		written := gateway.Status{Attempts: attempts.Draw(t, "attempts")}
		body := gateway.FormatStatus(written, bst())
		read, err := gateway.ParseStatus(body, bst())
		if err != nil {
			t.Fatalf("%q: %v", body, err)
		}
		sameVerdict(t, written, read)
		oneWordEach(t, read, string(body))
	})
}

func FuzzParseAccepted(f *testing.F) {
	f.Add("Your call is scheduled for Mon Apr 21 11:51:18 BST 2008. [ReqId=1208775078314]")
	f.Add("<html>\n<body>\nYour call is scheduled for Thu Jan 01 01:00:00 GMT+01:00 1970. [ReqId=007]\n</body></html>")
	f.Add("ERROR: no such call record: 12 [ReqId=1]")
	f.Add("UNCERTAIN: the gateway could not make sure")
	f.Fuzz(func(t *testing.T, body string) {
		id, err := gateway.ParseAccepted([]byte(body))
		if err != nil {
			plainRefusal(t, err)
			return
		}
		again, err := gateway.ParseAccepted(gateway.FormatAccepted(time.UnixMilli(0), id))
		if id <= 0 || err != nil || again != id {
			t.Errorf("%q is read as %d, then as %d, %v", body, id, again, err)
		}
		if strings.HasPrefix(strings.TrimSpace(body), "ERROR:") {
			t.Errorf("the refusal %q is read as %d", body, id)
		}
	})
}

func FuzzParseRemoved(f *testing.F) {
	f.Add("[removed]")
	f.Add("\r\n[removed]\n")
	f.Add("ERROR: no such call record: 1208775078314")
	f.Add("ERROR:\x00the call\nwas dialled already")
	f.Fuzz(func(t *testing.T, body string) {
		err := gateway.ParseRemoved([]byte(body))
		if (err == nil) != (strings.TrimSpace(body) == gateway.Removed) {
			t.Errorf("%q is read as %v", body, err)
		}
		plainRefusal(t, err)
	})
}

// plainRefusal fails if a refusal has words that break a line of a log, or is
// not the same when a gateway hands it on.
func plainRefusal(t *testing.T, err error) {
	var refused *gateway.RefusedError
	if !errors.As(err, &refused) {
		return
	}
	if strings.ContainsFunc(refused.Reason, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		t.Errorf("%q has control characters", refused.Reason)
	}
	var again *gateway.RefusedError
	err = gateway.ParseRemoved(gateway.FormatError(refused.Reason))
	if !errors.As(err, &again) || again.Reason != refused.Reason {
		t.Errorf("%q is handed on as %v", refused.Reason, err)
	}
}

// saying is a transport to a gateway of ours that always says the same.
type saying string

func (s saying) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK,
		Header:     http.Header{gateway.HeaderGateway: {"1.0"}},
		Body:       io.NopCloser(strings.NewReader(string(s))),
	}, nil
}

func (s saying) client() *gateway.Client {
	return &gateway.Client{URL: "http://double", HTTP: &http.Client{Transport: s}}
}

// readAgain fails unless an answer that was believed is read the same again.
func readAgain[T any](t *testing.T, first T, ask func(*gateway.Client) (T, error)) {
	body, err := json.Marshal(first)
	if err != nil {
		t.Fatalf("%+v cannot be written: %v", first, err)
	}
	second, err := ask(saying(body).client())
	if diff := cmp.Diff(first, second, cmpopts.EquateEmpty()); diff != "" || err != nil {
		t.Errorf("read again %v (-first +second):\n%s", err, diff)
	}
}

func FuzzChanges(f *testing.F) {
	f.Add(`{"cursor":"43","reset":true,"changes":[{"reqid":17,"reference":"aa","state":"done","attempts":[{"state":"made",` +
		`"made":"2008-04-17T12:24:03+01:00","due":"2008-04-17T12:24:00Z","reason":"Call succeeded","answers":[{"name":"a","value":"1"}]}]}]}`)
	f.Add(`{"cursor":"1","changes":[{"reqid":1,"state":"calling"},{"reqid":2,"state":"unknown"},{"reqid":3,"state":"queued"}]}`)
	f.Add(`{"cursor":"0","changes":null}`)
	ask := func(c *gateway.Client) (gateway.Changes, error) { return c.Changes(context.Background(), "1", 0) }
	f.Fuzz(func(t *testing.T, body string) {
		got, err := ask(saying(body).client())
		if err != nil {
			if !errors.Is(err, gateway.ErrUnreadable) {
				t.Errorf("%q is %v", body, err)
			}
			return
		}
		if got.Cursor == "" || len(got.Cursor) > 200 || len(got.Changes) > gateway.MaxChanges {
			t.Errorf("%q is believed", body)
		}
		seen := make(map[gateway.ReqID]bool)
		for _, c := range got.Changes {
			if c.ReqID <= 0 || seen[c.ReqID] || c.State == gateway.LookupVoided || c.State == "" {
				t.Errorf("%+v is believed", c)
			}
			seen[c.ReqID] = true
			if c.Status().Final() && c.State != gateway.LookupDone {
				t.Errorf("%+v is an end", c)
			}
		}
		readAgain(t, got, ask)
	})
}

func FuzzLookup(f *testing.F) {
	f.Add(`{"state":"queued","reqid":17}`)
	f.Add(`{"state":"voided"}`)
	ask := func(c *gateway.Client) (gateway.Lookup, error) { return c.Lookup(context.Background(), "aa") }
	f.Fuzz(func(t *testing.T, body string) {
		got, err := ask(saying(body).client())
		if err != nil {
			return
		}
		if got.ReqID < 0 || got.State == "" {
			t.Errorf("%q is believed: %+v", body, got)
		}
		readAgain(t, got, ask)
	})
}

func FuzzAbout(f *testing.F) {
	f.Add(`{"version":"1.0","practice":true,"lines":8,"busy":3}`)
	f.Add(`{"version":"1\n0"}`)
	ask := func(c *gateway.Client) (gateway.About, error) { return c.About(context.Background()) }
	f.Fuzz(func(t *testing.T, body string) {
		got, err := ask(saying(body).client())
		if err != nil {
			return
		}
		if got.Lines < 0 || got.Busy < 0 || strings.ContainsAny(got.Version, "\n\r\x00") {
			t.Errorf("%q is believed: %+v", body, got)
		}
		readAgain(t, got, ask)
	})
}
