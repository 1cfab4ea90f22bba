package view_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/gateway/audio"
	"rollcall/gateway/vxml"
	"rollcall/ui/view"
)

// person is somebody who does what the script says, and writes down what they
// are told, as "rollcall try --json" does.
func person(script ...string) (*view.Try, *bytes.Buffer) {
	var told bytes.Buffer
	enc := json.NewEncoder(&told)
	return &view.Try{
		Event: func(e view.TryEvent) { _ = enc.Encode(e) },
		Reply: func(context.Context) (string, error) {
			if len(script) == 0 {
				return "", io.EOF
			}
			reply := script[0]
			script = script[1:]
			return reply, nil
		},
	}, &told
}

func TestTryRecords(t *testing.T) {
	tests := map[string]struct {
		reply  string
		ask    vxml.Record
		length time.Duration
		max    bool
		key    byte
	}{
		"words":           {"say one two three four five", vxml.Record{}, 2 * time.Second, false, 0},
		"a word":          {"say yes", vxml.Record{}, time.Second, false, 0},
		"too many words":  {"say one two three four five", vxml.Record{Max: time.Second}, time.Second, true, 0},
		"words and a key": {"key #", vxml.Record{Keys: true}, time.Second, false, '#'},
		"a key unheard":   {"key #", vxml.Record{}, time.Second, false, 0},
		"silence":         {"silence", vxml.Record{Timeout: 3 * time.Second}, 0, false, 0},
		"nothing":         {"", vxml.Record{}, 0, false, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			try, told := person(test.reply)
			r, err := try.Record(t.Context(), test.ask)
			if err != nil || r.Length != test.length || r.AtMax != test.max || r.Key != test.key {
				t.Fatalf("recorded %v, at most %t, key %q, error %v", r.Length, r.AtMax, r.Key, err)
			}
			if told.String() != "{\"event\":\"record\"}\n" {
				t.Errorf("told %q", told)
			}
			if length, err := audio.Length(r.Sound); test.length > 0 && (err != nil || length != test.length || r.Type != "audio/x-wav") {
				t.Errorf("the sound takes %v, type %q, %v", length, r.Type, err)
			}
		})
	}
	try, _ := person("hangup")
	if _, err := try.Record(t.Context(), vxml.Record{}); !errors.Is(err, vxml.ErrHungUp) {
		t.Errorf("hanging up: %v", err)
	}
	try, _ = person()
	if r, err := try.Record(t.Context(), vxml.Record{}); err != nil || r.Sound != nil {
		t.Errorf("at the end of input: %v, %v", r.Length, err)
	}
}

func TestTryTransfers(t *testing.T) {
	const far, near, busy = "far_end_disconnect", "near_end_disconnect", "busy"
	stop := func(in vxml.Input) bool { return in.Key == '*' || in.Words == "stop" }
	tests := map[string]struct {
		replies []string
		ask     vxml.Transfer
		want    vxml.Transferred
	}{
		"answered":          {[]string{"answered 20"}, vxml.Transfer{}, vxml.Transferred{Outcome: far, Length: 20 * time.Second}},
		"with a unit":       {[]string{"answered 2.5s"}, vxml.Transfer{}, vxml.Transferred{Outcome: far, Length: 2500 * time.Millisecond}},
		"for how long":      {[]string{"answered"}, vxml.Transfer{}, vxml.Transferred{Outcome: far, Length: time.Second}},
		"end of input":      {nil, vxml.Transfer{}, vxml.Transferred{Outcome: far, Length: time.Second}},
		"too long":          {[]string{"answered 20"}, vxml.Transfer{Max: 5 * time.Second}, vxml.Transferred{Outcome: "maxtime_disconnect", Length: 5 * time.Second}},
		"busy":              {[]string{"busy"}, vxml.Transfer{}, vxml.Transferred{Outcome: busy}},
		"network busy":      {[]string{"networkbusy"}, vxml.Transfer{}, vxml.Transferred{Outcome: "network_busy"}},
		"no answer":         {[]string{"noanswer"}, vxml.Transfer{}, vxml.Transferred{Outcome: "noanswer"}},
		"ended by word":     {[]string{"say stop"}, vxml.Transfer{Heard: stop}, vxml.Transferred{Outcome: near, Length: time.Second}},
		"ended by key":      {[]string{"key 12*"}, vxml.Transfer{Heard: stop}, vxml.Transferred{Outcome: near, Length: time.Second}},
		"not ended":         {[]string{"say hello", "key 12", "answered 3"}, vxml.Transfer{Heard: stop}, vxml.Transferred{Outcome: far, Length: 3 * time.Second}},
		"nobody listens":    {[]string{"say stop", "busy"}, vxml.Transfer{}, vxml.Transferred{Outcome: busy}},
		"passed on":         {[]string{"answered 20"}, vxml.Transfer{Manner: vxml.Consultation}, vxml.Transferred{}},
		"not passed on":     {[]string{"busy"}, vxml.Transfer{Manner: vxml.Consultation}, vxml.Transferred{Outcome: busy}},
		"passed on blindly": {nil, vxml.Transfer{Manner: vxml.Blind}, vxml.Transferred{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			try, told := person(test.replies...)
			if test.ask.Manner == "" {
				test.ask.Manner = vxml.Bridge
			}
			test.ask.Dest = "tel:+16175550142"
			began := try.Now()
			got, err := try.Transfer(t.Context(), test.ask)
			if err != nil || got != test.want {
				t.Errorf("got %+v, %v; want %+v", got, err, test.want)
			}
			if passed := try.Now().Sub(began); passed < got.Length || passed > got.Length+time.Minute {
				t.Errorf("%v passed in a conversation of %v", passed, got.Length)
			}
			bridge := "false"
			if test.ask.Manner == vxml.Bridge {
				bridge = "true"
			}
			want := `{"event":"transfer","dest":"tel:+16175550142","bridge":` + bridge + "}\n"
			if diff := cmp.Diff(want, told.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			_, err = try.Play(t.Context(), vxml.Prompt{})
			if passedOn := got.Outcome == ""; passedOn != errors.Is(err, vxml.ErrHungUp) {
				t.Errorf("afterwards a prompt gives %v", err)
			}
		})
	}
}

func TestTryTransferRefuses(t *testing.T) {
	for dest, want := range map[string]string{
		"http://example.com/": "error.unsupported.uri", "617": "error.unsupported.uri", "tel:": "error.connection.baddestination",
	} {
		try, told := person("answered 20")
		_, err := try.Transfer(t.Context(), vxml.Transfer{Dest: dest, Manner: vxml.Bridge})
		var event *vxml.EventError
		if !errors.As(err, &event) || event.Event != want || told.Len() > 0 {
			t.Errorf("%s: %v, told %q", dest, err, told)
		}
	}
	for _, reply := range []string{"dance", "answered soon", "answered -1", "answered NaN", "key x"} {
		try, _ := person(reply)
		if _, err := try.Transfer(t.Context(), vxml.Transfer{Dest: "tel:1", Manner: vxml.Bridge}); err == nil {
			t.Errorf("the reply %q was taken", reply)
		}
	}
	try, _ := person("hangup")
	if _, err := try.Transfer(t.Context(), vxml.Transfer{Dest: "tel:1", Manner: vxml.Bridge}); !errors.Is(err, vxml.ErrHungUp) {
		t.Errorf("hanging up: %v", err)
	}
}

// A key after the first is waited for where keys come one by one.
func TestTryMore(t *testing.T) {
	try, _ := person("key 1")
	var within []time.Duration
	more := []string{"key 2", "silence"}
	try.More = func(_ context.Context, d time.Duration) (string, error) {
		within = append(within, d)
		reply := more[0]
		more = more[1:]
		return reply, nil
	}
	var keys []byte
	for _, typed := range []string{"", "1", "12"} {
		in, err := try.Listen(t.Context(), vxml.Listen{Typed: typed, Timeout: 3 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, in.Key)
	}
	if !slices.Equal(keys, []byte{'1', '2', 0}) || !slices.Equal(within, []time.Duration{3 * time.Second, 3 * time.Second}) {
		t.Errorf("heard %q, waited %v", keys, within)
	}
}

func TestTryPlays(t *testing.T) {
	try, told := person()
	sound := vxml.Recording{Length: 2 * time.Second}
	played, err := try.Play(t.Context(), vxml.Prompt{Segments: []vxml.Segment{
		{Text: "You said:"}, {Mark: "said"}, {Sound: &sound}, {Pause: time.Second},
	}})
	if err != nil || played != (vxml.Played{Mark: "said", Since: 3 * time.Second}) {
		t.Errorf("played %+v, %v", played, err)
	}
	want := `{"event":"prompt","text":"You said:"}` + "\n" + `{"event":"audio","src":"recording"}` + "\n"
	if diff := cmp.Diff(want, told.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTryFetches(t *testing.T) {
	var asked http.Header
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.Header
		if r.URL.Path == "/gone" {
			http.Error(w, "gone", http.StatusGone)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	}))
	t.Cleanup(web.Close)
	try := &view.Try{Client: web.Client()}
	age, stale := 90*time.Second, time.Duration(0)
	r, err := try.Fetch(t.Context(), vxml.Fetch{URL: web.URL, MaxAge: &age, MaxStale: &stale})
	sent := strings.Join(asked.Values("Cache-Control"), ",")
	if err != nil || r.Type != "text/plain" || !strings.Contains(sent, "max-age=90") || !strings.Contains(sent, "max-stale=0") {
		t.Errorf("fetched %+v, %v, with Cache-Control %q", r, err, sent)
	}
	_, err = try.Fetch(t.Context(), vxml.Fetch{URL: web.URL + "/gone"})
	var event *vxml.EventError
	if !errors.As(err, &event) || event.Event != "error.badfetch.http.410" {
		t.Errorf("an absent page: %v", err)
	}
}

// The flow knows the row that is tried.
func TestTrySession(t *testing.T) {
	const flow = `<vxml version="2.1"><form><block><log>
<value expr="session.call.attendee + ' ' + session.call.row + ' ' + session.call.answeredBy"/>
<value expr="session.connection.remote.uri + ' ' + session.connection.protocol.name"/></log></block></form></vxml>`
	try, told := person()
	app := &view.App{Samples: fstest.MapFS{"a.vxml": {Data: []byte(flow)}}}
	err := app.Try(t.Context(), try, "sample:a.vxml", []string{}, campaign.Contact{Row: 17, Name: "Ada", Number: "+12125550117"})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(strings.Fields(told.String()), " "); !strings.Contains(got, "Ada 17 person") || !strings.Contains(got, "tel:+12125550117 practice") {
		t.Errorf("told %s", got)
	}
}
