package built_test

import (
	"context"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/flow"
	"rollcall/campaign/flow/built"
)

var update = flag.Bool("update", false, "write the documents anew")

// reminder is a message with everything in it.
func reminder() built.Message {
	return built.Message{
		Kind: built.Keyed, Language: "en-US",
		Greeting: "Good day ${First name}. You have an appointment with ${Doctor} & team.\nPress 1 if you will come, 2 for another day, 3 to hear this again, 9 for no more calls.",
		Keys: []built.Key{
			{Key: "1", Label: "Will come", Says: "Thank you, ${First name}."},
			{Key: "2", Label: "Wants another day", Says: "One moment, please.", Does: built.Connect, Number: "+13125550100", Busy: "Nobody is free. We will call you back."},
			{Key: "3", Label: "Hear it again", Does: built.Repeat},
			{Key: "9", Label: "Do not call again", Says: "You will not be called again.", Does: built.OptOut},
		},
		Otherwise: built.Otherwise{Repeats: 1, Says: "Goodbye."},
		Machine:   built.Machine{Does: built.Other, Says: "Please call us, ${First name}."},
	}
}

// messages are those whose documents stand in testdata.
func messages() map[string]built.Message {
	plain := built.Message{Kind: built.Text, Language: "pl-PL", Greeting: "Zażółć gęślą jaźń, ${First name}!"}
	silent := plain
	silent.Machine.Does = built.HangUp
	recorded := reminder()
	recorded.Kind, recorded.Recording, recorded.Machine.Does = built.Recorded, built.Recording{ID: "abc", Name: "hello.wav", Length: time.Second}, built.Same
	recorded.Keys = recorded.Keys[3:]
	return map[string]built.Message{"reminder": reminder(), "text": plain, "hangup": silent, "recorded": recorded}
}

// open makes a flow of a message, as the window does.
func open(t testing.TB, m built.Message) *flow.Flow {
	t.Helper()
	f, err := flow.Loader{Built: func(_ context.Context, id string) (string, fs.FS, error) {
		if id != "7" {
			t.Errorf("the message %q is asked for", id)
		}
		return m.Document(), files, nil
	}}.Open(t.Context(), built.Source("7"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestDocuments(t *testing.T) {
	for name, m := range messages() {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", name+".vxml")
			if *update {
				if err := os.WriteFile(path, []byte(m.Document()), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), m.Document()); diff != "" {
				t.Errorf("document (-want +got):\n%s", diff)
			}
			report, err := open(t, m).Check(t.Context())
			if err != nil || len(report.Findings) > 0 {
				t.Errorf("checked: %v, %v", report.Findings, err)
			}
		})
	}
}

func TestKeepingLosesNothing(t *testing.T) {
	for name, m := range messages() {
		text, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		got, err := built.Decode(text)
		if diff := cmp.Diff(m, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
		again, err := got.Encode()
		if err != nil || built.IDOf(text) != built.IDOf(again) {
			t.Errorf("%s has another name after it was read", name)
		}
	}
	later := strings.Replace(`{"version":1}`, "1", "2", 1)
	if _, err := built.Decode([]byte(later)); err == nil || !strings.Contains(err.Error(), "later version") {
		t.Errorf("a later program's message: %v", err)
	}
	if _, err := built.Decode([]byte("{")); err == nil {
		t.Error("half a message is read")
	}
}

func TestSources(t *testing.T) {
	if id, ok := built.FromSource(built.Source("ab")); id != "ab" || !ok {
		t.Errorf("read %q %t", id, ok)
	}
	for _, other := range []string{"", "/a/b.vxml", "sample:notice.vxml", "http://built:1/"} {
		if _, ok := built.FromSource(other); ok {
			t.Errorf("%q is taken for a built message", other)
		}
	}
}

func TestFreeKey(t *testing.T) {
	m := reminder()
	if got := m.FreeKey(); got != "4" {
		t.Errorf("the free key is %q", got)
	}
	for k := m.FreeKey(); k != ""; k = m.FreeKey() {
		m.Keys = append(m.Keys, built.Key{Key: k})
	}
	if len(m.Keys) != len(built.Keys()) {
		t.Errorf("%d keys fit", len(m.Keys))
	}
}

func TestLength(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"": 0, "Hello.": 400 * time.Millisecond, "Hello ${Name}, it is – well – you!": 2800 * time.Millisecond, "${a}${b}": 1600 * time.Millisecond,
	} {
		if got := built.Length(text); got != want {
			t.Errorf("%q takes %v, want %v", text, got, want)
		}
	}
}

func TestReplace(t *testing.T) {
	const text = "${Doctor} and ${ doctor } and ${Day}: $5 ${"
	if got, want := built.Replace(text, "DOCTOR", "Practice"), "${Practice} and ${Practice} and ${Day}: $5 ${"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// row fills a document for a person.
func row(machine bool) flow.Values {
	return flow.NewValues([]string{"First name", "Doctor"}, campaign.Contact{Cells: []string{"Isolde <b>", "Dr. O'Neil & Son"}}, machine)
}
