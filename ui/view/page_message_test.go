package view_test

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"

	"rollcall/assets"
	"rollcall/ui/view"
)

func flows(t *testing.T) *view.App {
	t.Helper()
	return &view.App{Log: slog.New(slog.DiscardHandler), Samples: fstest.MapFS{
		"broken.vxml": {Data: []byte(`<vxml version="2.1"><form><block><prompt>Hello</block></form></vxml>`)},
		"wrong.vxml":  {Data: []byte(`<vxml version="2.1"><form><property name="tiemout" value="1s"/><block cond="1 +"><goto next="#none"/></block></form></vxml>`)},
		"hello.vxml":  {Data: []byte(`<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml"><form><block><prompt>Hello ${Patient} on ${Day}.</prompt></block></form></vxml>`)},
	}}
}

func TestMessageSaysWhatMustBeMended(t *testing.T) {
	tests := []struct {
		name, source string
		columns      []string
		ready        bool
		what         string
	}{
		{"nothing chosen", "", nil, false, "No message is chosen yet"},
		{"fits", "sample:hello.vxml", []string{"Patient", "Day", "Own"}, true, ""},
		{"a column is missing", "sample:hello.vxml", []string{"Patient"}, false, "The message uses ‘Day’, but no column has that name"},
		{"not there", "sample:none.vxml", nil, false, "The message could not be read: "},
		{"mistake", "sample:broken.vxml", nil, false, "The message has a mistake"},
		{"mistakes", "sample:wrong.vxml", nil, false, "The message has 2 mistakes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := view.MessagePage{}
			if tt.source != "" {
				p = flows(t).Message(t.Context(), tt.source, tt.columns)
			}
			what, how := p.Blocked()
			if p.Ready() != tt.ready || (what == "") != tt.ready || (how == "") != tt.ready {
				t.Errorf("ready %v, %q, %q", p.Ready(), what, how)
			}
			if !strings.HasPrefix(what, tt.what) {
				t.Errorf("got %q, want %q", what, tt.what)
			}
		})
	}
	if what, how := (view.MessagePage{Source: "x", Err: errors.New("gone")}).Blocked(); what != "The message could not be read: gone" || how == "" {
		t.Errorf("%q, %q", what, how)
	}
}

func TestMistakesAndDoubtsAreToldApart(t *testing.T) {
	p := flows(t).Message(t.Context(), "sample:wrong.vxml", nil)
	if got := len(p.Result.Mistakes()); got != 2 || p.Things() != "2 things" {
		t.Errorf("%d mistakes, %s", got, p.Things())
	}
	doubts := p.Result.Doubts()
	if len(doubts) != 1 || !strings.Contains(doubts[0].Words(p.Source), "Line 1, column 27: the property") {
		t.Errorf("doubts %v", doubts)
	}
}

func TestSampleFlowsHaveTitles(t *testing.T) {
	a := &view.App{Samples: assets.Samples()}
	choices := a.SampleFlows()
	if len(choices) != 3 {
		t.Fatalf("%d samples", len(choices))
	}
	for _, c := range choices {
		if c.Title == "" || c.About == "" || a.FlowTitle(c.Source) != c.Title {
			t.Errorf("%+v", c)
		}
	}
	if got := a.FlowTitle("/home/me/call.vxml"); got != "call.vxml" {
		t.Error(got)
	}
	if got := a.FlowTitle("https://example.org/call.vxml"); got != "https://example.org/call.vxml" {
		t.Error(got)
	}
}

func TestCountsHaveSeparators(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 1234567: "1,234,567", -4321: "-4,321"} {
		if got := view.Count(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
	if got := view.Share(1, 3) + view.Share(2, 3) + view.Share(1, 0); got != "33 %67 %0 %" {
		t.Error(got)
	}
	if got := view.PeopleCount(1) + ", " + view.PeopleCount(2); got != "1 person, 2 people" {
		t.Error(got)
	}
}
