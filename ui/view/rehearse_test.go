package view_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/flow/built"
	"rollcall/ui/view"
)

// lines are a talk as text.
func lines(t view.Talk) []string {
	var all []string
	for _, l := range t.Lines {
		all = append(all, string(l.Who)+" "+view.AtWords(l.At)+" "+l.Words())
	}
	return all
}

// heardBy keeps a message and returns how a row of the list hears it.
func heardBy(t *testing.T, m built.Message, row int) (*view.Office, view.Heard) {
	t.Helper()
	o, c := flows(t)
	p := o.KeepMessage(t.Context(), c, m)
	rows, err := o.HeardRows(t.Context(), c.ID)
	if err == nil {
		rows, err = o.Numbered(t.Context(), rows, row)
	}
	if err != nil {
		t.Fatal(err)
	}
	return o, view.Heard{Source: p.Source, Columns: c.List.Columns, Person: rows.Row}
}

func TestAPreviewStopsWhereNothingMoreIsDecided(t *testing.T) {
	m := message()
	m.Keys = append(m.Keys, built.Key{Key: "2", Label: "Somebody", Says: "One moment.", Does: built.Connect, Number: "+13125550100", Busy: "Nobody is there."})
	o, heard := heardBy(t, m, 2)
	const greeting = "machine 0:00 Hello Isolde Wrenmoor. Come on Thursday. Press 1 for yes, 9 for no more calls."
	tests := map[string]struct {
		replies []string
		state   view.TalkState
		want    []string
	}{
		"at first": {nil, view.TalkListens, []string{greeting}},
		"a key":    {[]string{"key 1"}, view.TalkOver, []string{greeting, "person 0:06 Presses 1", "machine 0:06 Thank you, Isolde Wrenmoor.", "aside 0:07 The call has ended"}},
		"silence":  {[]string{"silence"}, view.TalkListens, []string{greeting, "person 0:11 Stays silent", strings.Replace(greeting, "0:00", "0:11", 1)}},
		"passed on": {[]string{"key 2"}, view.TalkConnects, []string{greeting, "person 0:06 Presses 2", "machine 0:06 One moment.",
			"aside 0:06 Connects with +1 312-555-0100"}},
		"busy there": {[]string{"key 2", "busy"}, view.TalkOver, []string{greeting, "person 0:06 Presses 2", "machine 0:06 One moment.",
			"aside 0:06 Connects with +1 312-555-0100", "person 0:06 It is busy there", "machine 0:06 Nobody is there.", "aside 0:08 The call has ended"}},
		"hung up": {[]string{"hangup"}, view.TalkOver, []string{greeting, "person 0:06 Hangs up", "aside 0:06 The call has ended"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			talk, err := o.Preview(t.Context(), heard, tt.replies)
			if err != nil || talk.State != tt.state {
				t.Errorf("state %q, %v", talk.State, err)
			}
			if diff := cmp.Diff(tt.want, lines(talk)); diff != "" {
				t.Errorf("talk (-want +got):\n%s", diff)
			}
		})
	}
	talk, err := o.Preview(t.Context(), heard, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"1": "Will come", "2": "Somebody", "9": "Do not call again"}, talk.Keys()); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
	if talk.Document != "message.vxml" || talk.Line == 0 || len(view.Known(talk)) != 3 {
		t.Errorf("at %s:%d, known %v", talk.Document, talk.Line, view.Known(talk))
	}
}

func TestAPreviewTellsWhatARowLacks(t *testing.T) {
	m := message()
	m.Greeting = "On ${Day}, ${Postcode}!"
	o, heard := heardBy(t, m, 3)
	talk, err := o.Preview(t.Context(), heard, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []view.TalkPart{{Words: "On "}, {Words: "(nothing)", Missing: true}, {Words: ", "}, {Words: "(nothing)", Missing: true}, {Words: "!"}}
	if diff := cmp.Diff(want, talk.Lines[0].Parts); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
	heard.Person = campaign.Contact{}
	talk, err = o.Preview(t.Context(), heard, nil)
	if err != nil || !strings.HasPrefix(talk.Lines[0].Words(), "On Day,") || !heard.MadeUp() {
		t.Errorf("made up: %v, %v", lines(talk), err)
	}
}

func TestAPreviewAsksNoOtherMachine(t *testing.T) {
	asked := 0
	web := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	t.Cleanup(web.Close)
	o, _ := flows(t)
	o.App().Samples = fstest.MapFS{"send.vxml": {Data: []byte(`<vxml version="2.1"><form><block>Sending.<submit next="` + web.URL + `/save"/></block></form></vxml>`)}}
	heard := view.Heard{Source: "sample:send.vxml"}
	talk, err := o.Preview(t.Context(), heard, nil)
	if err != nil || asked != 0 || !strings.Contains(strings.Join(lines(talk), "\n"), "is not asked in a preview") {
		t.Errorf("asked %d times: %v, %v", asked, lines(talk), err)
	}
	r := view.NewRehearsal(func(view.Talk) {})
	if err := o.Rehearse(t.Context(), r, heard); err != nil || asked == 0 {
		t.Errorf("tried, it asks %d times, %v", asked, err)
	}
}

// rehearsal runs a call to its end, with replies as it waits.
func rehearsal(t *testing.T, o *view.Office, heard view.Heard, replies ...string) view.Talk {
	t.Helper()
	var last view.Talk
	var r *view.Rehearsal
	r = view.NewRehearsal(func(talk view.Talk) {
		last = talk
		if talk.State != view.TalkOver && len(replies) > 0 {
			r.Reply(replies[0])
			replies = replies[1:]
		}
	})
	if err := o.Rehearse(t.Context(), r, heard); err != nil {
		t.Fatal(err)
	}
	return last
}

func TestARehearsalGoesOnAsItIsTold(t *testing.T) {
	o, heard := heardBy(t, message(), 2)
	talk := rehearsal(t, o, heard, "silence", "key 9")
	got := strings.Join(lines(talk), "\n")
	for _, want := range []string{"Stays silent", "Presses 9", "You will not be called again. Goodbye.", "The call has ended"} {
		if !strings.Contains(got, want) {
			t.Errorf("nothing says %q in\n%s", want, got)
		}
	}
	if talk.State != view.TalkOver {
		t.Errorf("it stands at %q", talk.State)
	}
}

func TestARehearsalTakesKeysOneByOne(t *testing.T) {
	o, _ := flows(t)
	o.App().Samples = fstest.MapFS{"pin.vxml": {Data: []byte(`<vxml version="2.1"><form><field name="pin" type="digits?length=3"><prompt>Your code?</prompt><filled><prompt>Thanks for <value expr="pin"/>.</prompt></filled></field></form></vxml>`)}}
	talk := rehearsal(t, o, view.Heard{Source: "sample:pin.vxml"}, "key 1", "key 2", "key 3")
	if diff := cmp.Diff([]string{"machine 0:00 Your code?", "person 0:00 Presses 123", "machine 0:00 Thanks for 123.", "aside 0:02 The call has ended"}, lines(talk)); diff != "" {
		t.Errorf("talk (-want +got):\n%s", diff)
	}
}

// Whatever a document does, a rehearsal ends with its context, and tells no
// more than can be read.
func TestAHostileFlowFreezesNothing(t *testing.T) {
	o, _ := flows(t)
	endless := `<vxml version="2.1"><form id="a"><block><prompt>` + strings.Repeat("word ", 1000) + `</prompt><goto next="#a"/></block></form></vxml>`
	loop := `<vxml version="2.1"><form><block><script>while (true) {}</script></block></form></vxml>`
	o.App().Samples = fstest.MapFS{"endless.vxml": {Data: []byte(endless)}, "loop.vxml": {Data: []byte(loop)}}
	talk := rehearsal(t, o, view.Heard{Source: "sample:endless.vxml"})
	if len(talk.Lines) > 200 || talk.State != view.TalkOver {
		t.Errorf("%d lines, %q", len(talk.Lines), talk.State)
	}
	for _, l := range talk.Lines {
		if len(l.Words()) > 2100 {
			t.Fatalf("a line of %d letters", len(l.Words()))
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := o.Rehearse(ctx, view.NewRehearsal(func(view.Talk) {}), view.Heard{Source: "sample:loop.vxml"}); err == nil {
		t.Error("a loop without end has ended by itself")
	}
	waiting, left := context.WithCancel(t.Context())
	r := view.NewRehearsal(func(view.Talk) { left() })
	o.App().Samples = fstest.MapFS{"ask.vxml": {Data: []byte(askFlow)}}
	if err := o.Rehearse(waiting, r, view.Heard{Source: "sample:ask.vxml", Columns: []string{"Doctor"}}); err == nil {
		t.Error("it goes on after the page was left")
	}
}

func TestRowsAreChosen(t *testing.T) {
	o, c := flows(t)
	rows, err := o.HeardRows(t.Context(), c.ID)
	if err != nil || rows.Words() != "Row 2, Isolde Wrenmoor" || !rows.First() || rows.Last() {
		t.Fatalf("%+v, %v", rows, err)
	}
	for _, step := range []struct {
		by   int
		want int
	}{{1, 3}, {1, 3}, {-1, 2}, {-5, 2}, {9, 3}} {
		if rows, err = o.Step(t.Context(), rows, step.by); err != nil || rows.Row.Row != step.want {
			t.Errorf("after %d: row %d, %v; want %d", step.by, rows.Row.Row, err, step.want)
		}
	}
	for number, want := range map[int]int{-1: 2, 2: 2, 3: 3, 99: 3} {
		if rows, err = o.Numbered(t.Context(), rows, number); err != nil || rows.Row.Row != want {
			t.Errorf("row %d: %d, %v; want %d", number, rows.Row.Row, err, want)
		}
	}
	none, err := o.HeardRows(t.Context(), 99)
	if err != nil || none.Words() != "Made-up values" {
		t.Errorf("without rows: %+v, %v", none, err)
	}
	if none, err = o.Step(t.Context(), none, 1); err != nil || none.At != 0 {
		t.Errorf("a step without rows: %+v, %v", none, err)
	}
}

func TestTheDocumentIsListed(t *testing.T) {
	o, heard := heardBy(t, message(), 2)
	l, err := o.Listing(t.Context(), heard.Source)
	if err != nil || l.Name != "message.vxml" || len(l.Lines) < 20 {
		t.Fatalf("%+v, %v", l, err)
	}
	talk, err := o.Preview(t.Context(), heard, nil)
	if err != nil || !strings.Contains(l.Lines[talk.Line-1], `<field name="answer">`) {
		t.Errorf("at line %d, %q, %v", talk.Line, l.Lines[talk.Line-1], err)
	}
	if got := l.At(talk); !strings.HasPrefix(got, "line ") || !strings.Contains(got, " of ") {
		t.Error(got)
	}
	if got := l.At(view.Talk{Line: 3, Document: "other.vxml"}); got != "line 3 of other.vxml" {
		t.Error(got)
	}
	if _, err := o.Listing(t.Context(), "sample:none.vxml"); err == nil {
		t.Error("what is not there is listed")
	}
}

func TestWhatATalkWaitsForIsSaid(t *testing.T) {
	listens := view.Talk{State: view.TalkListens, Wait: 5 * time.Second, Offers: []view.TalkOffer{{Keys: "9"}, {Keys: "1", Label: "Yes"}, {Keys: "12"}, {Words: "yes"}}}
	if got := view.WaitsWords(listens); got != "Waiting for 1 or 9. In a call, 5 s are silence." {
		t.Error(got)
	}
	var doings []string
	for _, d := range view.Doings(listens) {
		doings = append(doings, d.Words+": "+d.Reply)
	}
	if diff := cmp.Diff([]string{"Press 1: key 1", "Press 9: key 9", "Stay silent: silence"}, doings); diff != "" {
		t.Errorf("doings (-want +got):\n%s", diff)
	}
	for _, state := range []view.TalkState{view.TalkBusy, view.TalkListens, view.TalkRecords, view.TalkConnects, view.TalkOver, view.TalkKeys} {
		if talk := (view.Talk{State: state}); view.TalkWords(talk) == "" || view.WaitsWords(talk) == "" {
			t.Errorf("%q is not said", state)
		}
	}
	if len(view.Doings(view.Talk{State: view.TalkConnects})) != 3 || len(view.Doings(view.Talk{State: view.TalkRecords})) != 2 || view.Doings(view.Talk{State: view.TalkOver}) != nil {
		t.Error("what can be done does not fit what is waited for")
	}
}
