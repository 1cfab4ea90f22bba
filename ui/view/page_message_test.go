package view_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/assets"
	"rollcall/campaign"
	"rollcall/campaign/flow/built"
	"rollcall/campaign/words"
	"rollcall/gateway/audio"
	"rollcall/ui/view"
)

// flows is an office with some flows, and a draft of a list with the columns
// Patient and Day.
func flows(t *testing.T) (*view.Office, campaign.Campaign) {
	t.Helper()
	o, s := office(t, []string{"Isolde Wrenmoor", "(312) 555-0117", "Thursday"}, []string{"Bram", "(312) 555-0118", ""})
	o.App().Samples = fstest.MapFS{
		"broken.vxml": {Data: []byte(`<vxml version="2.1"><form><block><prompt>Hello</block></form></vxml>`)},
		"wrong.vxml":  {Data: []byte(`<vxml version="2.1"><form><property name="tiemout" value="1s"/><block cond="1 +"><goto next="#none"/></block></form></vxml>`)},
		"hello.vxml":  {Data: []byte(`<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml"><form><block><prompt>Hello ${Patient} on ${Day}.</prompt></block></form></vxml>`)},
	}
	c, _, err := o.Import(t.Context(), view.Source{Path: "list.csv"}, view.Draft{Name: "List"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range s.Rows {
		s.Rows[i].Name = s.Rows[i].Cells[0]
	}
	return o, c
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
		{"mistake", "sample:broken.vxml", nil, false, "The message has 1 mistake"},
		{"mistakes", "sample:wrong.vxml", nil, false, "The message has 2 mistakes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := view.MessagePage{File: true}
			if o, _ := flows(t); tt.source != "" {
				p = o.Message(t.Context(), tt.source, tt.columns)
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
	o, _ := flows(t)
	p := o.Message(t.Context(), "sample:wrong.vxml", nil)
	if got := len(p.Result.Mistakes()); got != 2 || p.ToMendWords() != "2 things to mend before Start" {
		t.Errorf("%d mistakes, %s", got, p.ToMendWords())
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
	if got := a.FlowTitle("built:ab"); got != "Message built here" {
		t.Error(got)
	}
	if got := a.FlowTitle("https://example.org/call.vxml"); got != "https://example.org/call.vxml" {
		t.Error(got)
	}
}

// message is one that can be played to the people of flows.
func message() built.Message {
	m := view.NewMessage(nil)
	m.Greeting = "Hello ${Patient}. Come on ${Day}. Press 1 for yes, 9 for no more calls."
	m.Keys = append([]built.Key{{Key: "1", Label: "Will come", Says: "Thank you, ${Patient}."}}, m.Keys...)
	return m
}

func TestABuiltMessageIsKeptWithItsDraft(t *testing.T) {
	o, c := flows(t)
	p := o.KeepMessage(t.Context(), c, message())
	if !p.Ready() || p.Way() != view.WayKeyed || p.ToMendWords() != "" {
		t.Fatalf("kept %+v, %v", p, p.Err)
	}
	stored, err := o.Store.Campaign(t.Context(), c.ID)
	if err != nil || stored.Flow.Source != p.Source {
		t.Fatalf("the draft plays %q, %v", stored.Flow.Source, err)
	}
	again := o.Message(t.Context(), stored.Flow.Source, c.List.Columns)
	if diff := cmp.Diff(message(), again.Built); diff != "" || !again.Ready() {
		t.Errorf("opened again (-want +got):\n%s", diff)
	}
	if err := o.CheckFlow(t.Context(), p.Source, c.List.Columns); err != nil {
		t.Errorf("checked: %v", err)
	}
	m := message()
	m.Greeting = "Hello ${Patent}."
	p = o.KeepMessage(t.Context(), c, m)
	if what, how := p.Blocked(); p.Ready() || what != "No column ‘Patent’" || how == "" || p.ToMend() != 1 {
		t.Errorf("a column that is not there: %q, %q, %d", what, how, p.ToMend())
	}
	if got := view.Proposed(p.Mistakes()[0], c.List.Columns); len(got) != 3 || got[0] != "Patient" {
		t.Errorf("proposed %v", got)
	}
	if err := o.CheckFlow(t.Context(), p.Source, c.List.Columns); err == nil {
		t.Error("it can be played")
	}
}

func TestAChosenFlowKeepsWhatWasBuilt(t *testing.T) {
	o, c := flows(t)
	p := o.ChooseMessage(t.Context(), c, "sample:hello.vxml", message())
	if !p.Ready() || p.Way() != view.WayFile || p.Built.Greeting != message().Greeting {
		t.Errorf("%+v", p)
	}
	if stored, err := o.Store.Campaign(t.Context(), c.ID); err != nil || stored.Flow.Source != "sample:hello.vxml" {
		t.Errorf("the draft plays %q, %v", stored.Flow.Source, err)
	}
	if p := o.Message(t.Context(), "built:gone", nil); p.Err == nil || p.Ready() {
		t.Error("a message that is not there can be played")
	}
}

func TestARecordingIsTakenIn(t *testing.T) {
	o, c := flows(t)
	dir := t.TempDir()
	wav := filepath.Join(dir, "hello.wav")
	if err := os.WriteFile(wav, audio.WAV(audio.Tone(440, 3*time.Second)), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := o.TakeRecording(t.Context(), wav)
	if err != nil || r.Name != "hello.wav" || r.Length != 3*time.Second {
		t.Fatalf("taken %+v, %v", r, err)
	}
	if err := os.Remove(wav); err != nil {
		t.Fatal(err)
	}
	m := message()
	m.Kind, m.Recording = built.Recorded, r
	p := o.KeepMessage(t.Context(), c, m)
	if !p.Ready() || len(p.Result.Doubts()) > 0 || view.LengthWords(m) != "about 3 s" {
		t.Errorf("%+v %v, %s", p.Result, p.Err, view.LengthWords(m))
	}
	text := filepath.Join(dir, "text.wav")
	if err := os.WriteFile(text, []byte("no sound"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{text, filepath.Join(dir, "none.wav"), dir} {
		if _, err := o.TakeRecording(t.Context(), path); err == nil {
			t.Errorf("%s is taken for a recording", path)
		}
	}
}

func TestNobodyIsCalledWithAMessageThatIsNotMended(t *testing.T) {
	o, c := flows(t)
	m := message()
	m.Greeting = "Hello ${Patent}."
	c.Flow.Source = o.KeepMessage(t.Context(), c, m).Source
	q, err := o.AskStart(t.Context(), c)
	if err != nil || !strings.HasPrefix(q.Blocked, "No column ‘Patent’. ") {
		t.Errorf("asked %q, %v", q.Blocked, err)
	}
	c.Flow.Source = o.KeepMessage(t.Context(), c, message()).Source
	if q, err = o.AskStart(t.Context(), c); err != nil || q.Blocked != "" {
		t.Errorf("mended, it is blocked: %q, %v", q.Blocked, err)
	}
	o.App().OpenGateway = testApp(&gatewayLog{}, &noStore{}).OpenGateway
	session, err := o.Session(t.Context(), c, view.SessionOptions{})
	if err != nil {
		t.Fatal(err)
	}
	session.Close()
}

func TestMarksStandWhereTheyAreShown(t *testing.T) {
	const text = "Hé ${Patient}, ${Zip}!"
	shown := []rune(view.Shown(text))
	var got []string
	for _, m := range view.MarksIn(text, []string{"Patient"}) {
		got = append(got, fmt.Sprint(string(shown[m.From:m.To]), m.Known))
	}
	if diff := cmp.Diff([]string{"‹Patient›true", "‹Zip›false"}, got); diff != "" {
		t.Errorf("marks (-want +got):\n%s", diff)
	}
}

func TestMarksAreShownAndTyped(t *testing.T) {
	for stored, shown := range map[string]string{
		"Hello ${First name}, at ${ Time }.": "Hello ‹First name›, at ‹Time›.", "": "", "${": "${", "${}": "${}", "‹": "‹", "a › b": "a › b", "‹‹${X}": "‹‹‹X›",
	} {
		if got := view.Shown(stored); got != shown {
			t.Errorf("%q is shown %q, want %q", stored, got, shown)
		}
		if got := view.ShownLine(stored + "\n" + stored); got != strings.TrimSpace(shown+" "+shown) {
			t.Errorf("on one line: %q", got)
		}
		if got := view.Shown(view.Stored(shown)); got != shown {
			t.Errorf("%q becomes %q by being typed", shown, got)
		}
	}
	if got := view.Stored("‹A› and ‹ B ›‹›"); got != "${A} and ${B}‹›" {
		t.Errorf("typed %q", got)
	}
}

func TestEveryFindingHasWords(t *testing.T) {
	m := built.Message{Kind: built.Keyed, Greeting: "${Nobody} ${ press 4", Machine: built.Machine{Does: built.Other}, Keys: []built.Key{
		{Key: "1"}, {Key: "1", Label: "Again", Does: built.Connect, Busy: strings.Repeat("long ", built.MaxText)}, {Key: "2", Label: "Them", Says: "Hi", Does: built.Connect, Number: "+1"},
	}}
	seen := map[string]bool{}
	found := m.Check(nil)
	m.Kind = built.Recorded
	for _, f := range append(found, m.Check(nil)...) {
		what, how := view.FindingWords(f, m)
		if what == "" || how == "" || strings.Contains(what, "%") {
			t.Errorf("%+v: %q, %q", f, what, how)
		}
		seen[what] = true
	}
	for _, want := range []string{"No column ‘Nobody’", "Half a mark stands here that belongs to no column", "Nothing is said to machines yet", "Key 1 says nothing", "Key 1 has no name",
		"Key 1 is there twice", "Key 1 connects to nobody yet", "+1 cannot be called", "This text is too long to listen to", "The greeting speaks of key 4, which does nothing",
		"The greeting does not speak of key 1", "Nobody can ask not to be called again", "No recording is chosen yet"} {
		if !seen[want] {
			t.Errorf("nothing says %q; said %v", want, slices.Collect(maps.Keys(seen)))
		}
	}
	if us, eu := view.OptOutWords(campaign.LawUS), view.OptOutWords(campaign.LawEurope); us == eu {
		t.Error("the law makes no difference")
	}
}

func TestBeginningsFitAList(t *testing.T) {
	for _, columns := range [][]string{{"Patient", "Appointment", "Time"}, {"First name", "Date", "TIME", "Day"}} {
		for _, b := range view.Beginnings() {
			if found := b.Make(columns).Check(columns); len(found) > 0 {
				t.Errorf("%s for %v: %+v", b.Title, columns, found)
			}
		}
	}
	for _, f := range view.Beginnings()[0].Make(nil).Check(nil) {
		if f.Problem != built.UnknownColumn {
			t.Errorf("without columns: %+v", f)
		}
	}
}

// A list may be headed in the language in use, in English, or as a machine
// writes it.
func TestBeginningsKnowHeadings(t *testing.T) {
	t.Cleanup(func() { words.Use(words.English) })
	for _, l := range []words.Language{words.English, words.German} {
		words.Use(l)
		for _, columns := range [][]string{{words.Say("First name"), "Appointment", "Time"}, {"first_name", "DATE", "Hour"}, {"Parent", "Day", "time "}} {
			for _, b := range view.Beginnings() {
				if found := b.Make(columns).Check(columns); len(found) > 0 {
					t.Errorf("%s, %s for %q: %+v", l, b.Title, columns, found)
				}
			}
		}
	}
}

func TestPartsOfAMessageHaveWords(t *testing.T) {
	m := message()
	k := built.Key{Key: "2", Says: "One moment, ${Patient}.", Does: built.Connect, Number: "+13125550100"}
	for got, want := range map[string]string{
		view.KeySays(m.Keys[0]): "Says: Thank you, ‹Patient›.", view.KeySays(built.Key{}): "Says nothing",
		view.KeySays(k): "Says: One moment, ‹Patient›. Then connects to +1 312-555-0100", view.KeySays(built.Key{Does: built.Connect}): "Connects to nobody yet",
		view.OtherwiseSays(built.Otherwise{}): "The call ends", view.OtherwiseSays(built.Otherwise{Repeats: 1}): "Repeats the greeting",
		view.OtherwiseSays(built.Otherwise{Says: "Bye"}): "Says: Bye", view.RepeatWords(3): "3 times more, then end", view.RepeatWords(0): "End at once",
		view.LengthWords(built.Message{}): "", view.LengthWords(built.Message{Greeting: strings.Repeat("word ", 200)}): "about 1 min 20 s",
		view.LanguageWords("xx"): "xx", view.LanguageWords("de-DE"): "German",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
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
