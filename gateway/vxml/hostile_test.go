package vxml_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rollcall/gateway/vxml"
)

// Documents that mean harm, or that are only wrong, end with an event, soon,
// and without filling the memory.
func TestHostileDocuments(t *testing.T) {
	tests := []struct {
		name, body, want string
	}{
		{"a loop of dialogs", `<form id="a"><block><goto next="#b"/></block></form><form id="b"><block><goto next="#a"/></block></form>`, "error.noresource: more than 10000 steps"},
		{"a loop of items", `<form><block name="a"><goto nextitem="a"/></block></form>`, "error.noresource: more than 10000 steps"},
		{"a document that goes to itself", `<form><block><goto next="main.vxml"/></block></form>`, "error.noresource: more than 400 documents"},
		{"a subdialog that calls itself", `<form id="a"><subdialog name="s" src="#a"/></form>`, "error.noresource: more than 20 subdialogs"},
		{"a subdialog that fetches itself", `<form id="a"><subdialog name="s" src="main.vxml"/></form>`, "error.noresource: more than 20 subdialogs"},
		{"a catch that throws", `<catch event="a"><throw event="b"/></catch><catch event="b"><throw event="a"/></catch><form><block><throw event="a"/></block></form>`, "error.noresource: more than 100 events"},
		{"an error in every catch", `<catch><log expr="nosuch"/></catch><form><block><log expr="nosuch"/></block></form>`, "error.noresource: more than 100 events"},
		{"a catch that catches the limit", `<catch><goto next="#a"/></catch><form id="a"><block><goto next="#a"/></block></form>`, "error.noresource: more than"},
		{"an array that grows under foreach", `<form><block><var name="l" expr="[1]"/><foreach item="i" array="l"><assign name="l" expr="l.concat(l)"/></foreach><exit/></block></form>`, ""},
		{"a list too long", `<form><block><foreach item="i" array="new Array(99999)"><log/></foreach><exit/></block></form>`, "error.noresource: more than 10000 steps"},
		{"prompts without end", `<form><var name="x" expr="'y'.repeat(50000)"/><block name="b"><prompt><value expr="x"/></prompt><clear namelist="b"/></block></form>`, "error.noresource: more than 1048576 bytes of prompts"},
		{"a long text", `<form><block><var name="x" expr="'y'.repeat(90000)"/><script>for (var i = 0; i &lt; 4; i++) x += x</script><log expr="x"/></block></form>`, "error.semantic: a text of"},
		{"a long event", `<form><block><throw eventexpr="'a.'.repeat(1000)"/></block></form>`, "error.semantic: an event of 2000 characters"},
		{"a script without end", `<form><block><script>for (;;) {}</script></block></form>`, "error.semantic: the script took too long"},
		{"a getter without end", `<form><var name="x" expr="({get a() { for (;;) {} }})"/><block><value expr="x.a"/></block></form>`, "error.semantic: the script took too long"},
		{"a text without end", `<form><var name="x" expr="({toString: function() { for (;;) {} }})"/><block/></form>`, "error.semantic: the script took too long"},
		{"recursion", `<form><block><script>function f() { return f() } f()</script></block></form>`, "error.semantic: "},
		{"a grammar without end", `<form><field name="a"><grammar mode="dtmf" root="r"><rule id="r"><ruleref uri="#r"/><ruleref uri="#r"/></rule></grammar></field></form>`, ""},
		{"data that is none", `<form><block><data name="d" src="main.vxml"/><exit expr="d.documentElement.nodeName"/></block></form>`, ""},
		{"grammars that refer to each other", `<form><field name="a"><grammar mode="dtmf" src="a.grxml"/></field></form>`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			src := `<vxml version="2.1">` + test.body + `</vxml>`
			p := &caller{documents: map[string]string{
				base + "main.vxml": src,
				base + "a.grxml":   `<grammar version="1.0" mode="dtmf" root="r"><rule id="r" scope="public"><ruleref uri="a.grxml#r"/></rule></grammar>`,
			}}
			in := vxml.Interpreter{Platform: p}
			if strings.Contains(test.want, "too long") {
				in.Limits.ScriptTime = 50 * time.Millisecond
			}
			result, err := in.Run(t.Context(), parse(t, src))
			if err != nil {
				t.Fatal(err)
			}
			got := fmt.Sprint(result.Err)
			if test.want == "" && result.Ending == vxml.Failed || !strings.Contains(got, test.want) {
				t.Errorf("%s, %s; want %q", result.Ending, got, test.want)
			}
		})
	}
}

// A recording is never longer than the limit, whatever a document asks for.
func TestRecordingsAreBounded(t *testing.T) {
	asked := make(map[string]time.Duration)
	for _, maxtime := range []string{"", `maxtime="90s"`, `maxtime="99999s"`} {
		p := &recorder{}
		in := vxml.Interpreter{Platform: p, Limits: vxml.Limits{Recording: time.Minute}}
		if _, err := in.Run(t.Context(), parse(t, `<vxml version="2.1"><form><record name="r" `+maxtime+`/></form></vxml>`)); err != nil {
			t.Fatal(err)
		}
		asked[maxtime] = p.asked.Max
	}
	for maxtime, d := range asked {
		if d != time.Minute {
			t.Errorf("%q: a recording of %v", maxtime, d)
		}
	}
}

type recorder struct {
	caller
	asked vxml.Record
}

func (p *recorder) Record(_ context.Context, r vxml.Record) (vxml.Recording, error) {
	p.asked = r
	return vxml.Recording{}, vxml.ErrHungUp
}

// FuzzDocument runs any document that can be read against any caller: it ends,
// one way or another, and what went wrong is an event.
func FuzzDocument(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		for _, c := range readConversations(f, file) {
			var caller []string
			for _, line := range c.lines {
				if input, ok := strings.CutPrefix(line, "< "); ok {
					caller = append(caller, input)
				}
			}
			f.Add(c.main, strings.Join(caller, "\n"))
		}
	}
	f.Fuzz(func(t *testing.T, src, inputs string) {
		doc, err := vxml.Parse([]byte(src), base+"main.vxml")
		if err != nil {
			return
		}
		p := &caller{documents: map[string]string{base + "main.vxml": src}}
		for line := range strings.Lines(inputs) {
			if kind, rest, _ := strings.Cut(strings.TrimSpace(line), " "); (kind == "key" || kind == "say") && rest != "" || kind == "silence" || kind == "hangup" {
				p.inputs = append(p.inputs, strings.TrimSpace(line))
			}
		}
		in := vxml.Interpreter{Platform: p, Limits: vxml.Limits{
			Steps: 500, Events: 20, Inputs: 50, Documents: 10, Subdialogs: 3, ScriptTime: 20 * time.Millisecond,
		}}
		result, err := in.Run(t.Context(), doc)
		var event *vxml.EventError
		if err != nil && !strings.Contains(err.Error(), "the script says") || result.Ending == vxml.Failed && !errors.As(result.Err, &event) {
			t.Errorf("%v, %+v", err, result)
		}
		if len(p.transcript) > 5000 {
			t.Errorf("%d lines of transcript", len(p.transcript))
		}
	})
}
