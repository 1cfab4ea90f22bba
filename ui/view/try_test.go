package view_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"rollcall/campaign"
	"rollcall/gateway/vxml"
	"rollcall/ui/view"
)

const askFlow = `<vxml version="2.1"><form><field name="pin" type="digits?length=3">
<prompt timeout="5s">Your code, ${Doctor}?</prompt>
<nomatch count="1">Three digits.<reprompt/></nomatch>
<filled><log>got <value expr="pin"/></log><exit expr="pin"/></filled>
</field></form></vxml>`

// conversation tries a flow with the given replies and returns its events.
func conversation(t *testing.T, flow string, replies ...string) ([]view.TryEvent, error) {
	t.Helper()
	app := &view.App{Samples: fstest.MapFS{"ask.vxml": {Data: []byte(flow)}}}
	var events []view.TryEvent
	try := &view.Try{
		Event: func(e view.TryEvent) { events = append(events, e) },
		Reply: func(context.Context) (string, error) {
			if len(replies) == 0 {
				return "", io.EOF
			}
			reply := replies[0]
			replies = replies[1:]
			return reply, nil
		},
	}
	err := app.Try(t.Context(), try, "sample:ask.vxml", []string{"Doctor"}, campaign.Contact{Row: 2, Cells: []string{"Ada"}})
	return events, err
}

func TestTryHearsAndAnswers(t *testing.T) {
	events, err := conversation(t, askFlow, "key 12", "key 345")
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, e := range events {
		kinds = append(kinds, e.Event)
	}
	want := []string{"prompt", "listen", "prompt", "prompt", "listen", "log", "exit"}
	if !slices.Equal(kinds, want) {
		t.Fatalf("events %v, want %v", kinds, want)
	}
	if events[0].Text != "Your code, Ada?" {
		t.Errorf("heard %q: the row's data is not in it", events[0].Text)
	}
	if last := events[len(events)-1]; last.Value == nil || *last.Value != "345" {
		t.Errorf("ended with %+v, want the value 345", last)
	}
}

func TestTryEndings(t *testing.T) {
	tests := map[string]struct {
		flow    string
		replies []string
		last    string
	}{
		"hang-up":    {askFlow, []string{"hangup"}, "disconnect"},
		"error":      {`<vxml version="2.1"><form><block><assign name="x" expr="nowhere"/></block></form></vxml>`, nil, "exit"},
		"disconnect": {`<vxml version="2.1"><form><block><disconnect/></block></form></vxml>`, nil, "disconnect"},
		"silent caller": {`<vxml version="2.1"><form><field name="a" type="digits"><prompt>Well?</prompt></field></form></vxml>`,
			nil, "disconnect"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			events, err := conversation(t, tt.flow, tt.replies...)
			if err != nil {
				t.Fatal(err)
			}
			if last := events[len(events)-1]; last.Event != tt.last {
				t.Errorf("ended with %+v, want %s", last, tt.last)
			}
			for _, e := range events {
				if e.Event == "error" && e.Name != "error.semantic" {
					t.Errorf("error event is called %q", e.Name)
				}
			}
		})
	}
}

func TestTryRefusesReplies(t *testing.T) {
	for _, reply := range []string{"dance", "key", "key x"} {
		if _, err := conversation(t, askFlow, reply); err == nil || !strings.Contains(err.Error(), strings.Fields(reply)[0]) &&
			!strings.Contains(err.Error(), "key") {
			t.Errorf("reply %q: error %v", reply, err)
		}
	}
}

func TestCheckFlow(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good, bad := write("good.vxml", askFlow), write("bad.vxml", "<vxml version=\"2.1\">\n<form><feild/></form></vxml>")
	app := &view.App{}
	if err := app.CheckFlow(t.Context(), good, []string{"doctor"}); err != nil {
		t.Errorf("a good flow: %v", err)
	}
	if err := app.CheckFlow(t.Context(), good, []string{"Phone"}); err == nil || !strings.Contains(err.Error(), "${Doctor}") {
		t.Errorf("a list without the column: %v", err)
	}
	err := app.CheckFlow(t.Context(), bad, nil)
	var at *vxml.SyntaxError
	if !errors.As(err, &at) || at.Line != 2 {
		t.Errorf("a bad flow: %v", err)
	}
	f, err := app.OpenFlow(t.Context(), bad)
	if err != nil {
		t.Fatal(err)
	}
	r, err := view.Checked(t.Context(), f)
	if err != nil || r.Valid || len(r.Findings) == 0 || r.Findings[0].Line != 2 {
		t.Errorf("checked: %+v", r)
	}
}
