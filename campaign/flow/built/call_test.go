package built_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign/flow/built"
	"rollcall/gateway/vxml"
)

// testdata/calls.txt holds whole calls of the messages, each begun by a line
// "== message: what happens":
//
//	> a prompt       with ~ before what is played
//	< 12#            keys; also: silence, hangup, gone while something is said;
//	                 after a transfer its outcome
//	@ tel:NUMBER     a transfer
//	= ending
//	+ name=value     each answer
//
// A message is filled for a machine where what happens begins with "a machine".

var files = fstest.MapFS{built.RecordingFile: {Data: []byte("RIFF")}}

// talker is a platform that plays one scripted call.
type talker struct {
	inputs     []string
	transcript []string
}

func (p *talker) note(line string) { p.transcript = append(p.transcript, line) }

func (p *talker) Play(_ context.Context, prompt vxml.Prompt) (vxml.Played, error) {
	if len(p.inputs) > 0 && p.inputs[0] == "gone" {
		_, err := p.next()
		return vxml.Played{}, errors.Join(err, vxml.ErrHungUp)
	}
	for _, s := range prompt.Segments {
		if s.Audio != "" {
			p.note("> ~" + s.Audio)
			continue
		}
		p.note("> " + s.Text)
	}
	return vxml.Played{}, nil
}

func (p *talker) next() (string, error) {
	if len(p.inputs) == 0 {
		return "", errors.New("more is asked than is answered")
	}
	input := p.inputs[0]
	p.inputs = p.inputs[1:]
	p.note("< " + input)
	return input, nil
}

func (p *talker) Listen(context.Context, vxml.Listen) (vxml.Input, error) {
	input, err := p.next()
	switch {
	case err != nil || input == "silence":
		return vxml.Input{}, err
	case input == "hangup":
		return vxml.Input{}, vxml.ErrHungUp
	default:
		return vxml.Input{Key: input[0]}, nil
	}
}

func (*talker) Record(context.Context, vxml.Record) (vxml.Recording, error) {
	return vxml.Recording{}, errors.New("nothing is recorded here")
}

func (p *talker) Transfer(_ context.Context, t vxml.Transfer) (vxml.Transferred, error) {
	p.note("@ " + t.Dest)
	outcome, err := p.next()
	if outcome == "unable" {
		return vxml.Transferred{}, &vxml.EventError{Event: "error.connection.noroute", Message: "there is no way there"}
	}
	return vxml.Transferred{Outcome: outcome}, err
}

func (*talker) Fetch(context.Context, vxml.Fetch) (vxml.Resource, error) {
	return vxml.Resource{}, errors.New("nothing is fetched here")
}
func (*talker) Disconnect(context.Context) error { return nil }
func (*talker) Now() time.Time                   { return time.Time{} }
func (*talker) Log(string, string)               {}

// call plays a document and returns what happened.
func call(t testing.TB, text string, inputs ...string) []string {
	t.Helper()
	doc, err := vxml.Parse([]byte(text), "message.vxml")
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	p := &talker{inputs: inputs}
	result, err := (&vxml.Interpreter{Platform: p}).Run(t.Context(), doc)
	if err = errors.Join(err, result.Err); err != nil {
		t.Errorf("%v, after:\n%s", err, strings.Join(p.transcript, "\n"))
	}
	p.note("= " + string(result.Ending))
	for _, a := range result.Answers {
		p.note("+ " + a.Name + "=" + a.Value)
	}
	return p.transcript
}

func TestCalls(t *testing.T) {
	text, err := os.ReadFile("testdata/calls.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, chunk := range strings.Split("\n"+string(text), "\n== ")[1:] {
		title, rest, _ := strings.Cut(chunk, "\n")
		name, happens, _ := strings.Cut(title, ": ")
		t.Run(title, func(t *testing.T) {
			m, known := messages()[name]
			if !known {
				t.Fatalf("there is no message %q", name)
			}
			want := strings.Split(strings.TrimSpace(rest), "\n")
			var inputs []string
			for _, line := range want {
				if input, is := strings.CutPrefix(line, "< "); is {
					inputs = append(inputs, input)
				}
			}
			filled, err := open(t, m).Fill(row(strings.HasPrefix(happens, "a machine")))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, call(t, filled, inputs...)); diff != "" {
				t.Errorf("call (-want +got):\n%s", diff)
			}
		})
	}
}
