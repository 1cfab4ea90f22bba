package flow_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/flow"
	"rollcall/gateway/vxml"
)

// testdata/samples.txt holds whole calls of the program's own flows, each begun
// by a line "== flow: what happens":
//
//	> a prompt
//	< 12#            keys; also: silence, hangup
//	! disconnect     the flow hangs up
//	= ending
//	+ name=value     each answer
//
// A flow is filled for a machine where what happens begins with "a machine".

// talker is a platform that plays one scripted call.
type talker struct {
	inputs     []string
	keys       string // of the last input, still to be taken
	transcript []string
	logged     int
}

func (p *talker) note(line string) { p.transcript = append(p.transcript, line) }

func (p *talker) Play(_ context.Context, prompt vxml.Prompt) (vxml.Played, error) {
	for _, s := range prompt.Segments {
		p.note("> " + s.Text)
	}
	return vxml.Played{}, nil
}

func (*talker) Record(context.Context, vxml.Record) (vxml.Recording, error) {
	return vxml.Recording{}, &vxml.EventError{Event: "error.noresource", Message: "nothing records here"}
}

func (*talker) Transfer(context.Context, vxml.Transfer) (vxml.Transferred, error) {
	return vxml.Transferred{}, &vxml.EventError{Event: "error.unsupported.transfer", Message: "nothing transfers here"}
}

func (p *talker) Listen(context.Context, vxml.Listen) (vxml.Input, error) {
	if p.keys == "" {
		if len(p.inputs) == 0 {
			return vxml.Input{}, errors.New("the flow listens once more")
		}
		input := p.inputs[0]
		p.inputs = p.inputs[1:]
		p.note("< " + input)
		switch input {
		case "silence":
			return vxml.Input{}, nil
		case "hangup":
			return vxml.Input{}, vxml.ErrHungUp
		}
		p.keys = input
	}
	key := p.keys[0]
	p.keys = p.keys[1:]
	return vxml.Input{Key: key}, nil
}

func (*talker) Fetch(context.Context, vxml.Fetch) (vxml.Resource, error) {
	return vxml.Resource{}, errors.New("the samples fetch nothing")
}
func (p *talker) Disconnect(context.Context) error { p.note("! disconnect"); return nil }
func (*talker) Now() time.Time                     { return time.Time{} }
func (p *talker) Log(string, string)               { p.logged++ }

func TestCallsOfTheSamples(t *testing.T) {
	text, err := os.ReadFile("testdata/samples.txt")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, chunk := range strings.Split("\n"+string(text), "\n== ")[1:] {
		title, rest, _ := strings.Cut(chunk, "\n")
		name, happens, _ := strings.Cut(title, ": ")
		seen[name] = true
		t.Run(title, func(t *testing.T) {
			want := strings.Split(strings.TrimSpace(rest), "\n")
			got := talk(t, name+".vxml", strings.HasPrefix(happens, "a machine"), want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("call (-want +got):\n%s\ngot:\n%s", diff, strings.Join(got, "\n"))
			}
		})
	}
	flows, err := os.ReadDir("../../assets/samples")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range flows {
		if name, is := strings.CutSuffix(file.Name(), ".vxml"); is && !seen[name] {
			t.Errorf("no call of %s", name)
		}
	}
}

// talk plays a call of a sample, filled for one row, with the inputs of script.
func talk(t *testing.T, name string, machine bool, script []string) []string {
	t.Helper()
	f, err := flow.Loader{Samples: os.DirFS("../../assets/samples")}.Open(t.Context(), "sample:"+name)
	if err != nil {
		t.Fatal(err)
	}
	columns := strings.Fields("Patient Appointment Time Doctor Parent Pupil Class")
	cells := []string{"Ann O'Neil & Son", "4 December", "9:30", "Dr. <Lee>", "Mr. Roe", "Rae", "5b"}
	text, err := f.Fill(flow.NewValues(columns, campaign.Contact{Cells: cells}, machine))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := vxml.Parse([]byte(text), name)
	if err != nil {
		t.Fatal(err)
	}
	p := &talker{}
	for _, line := range script {
		if input, is := strings.CutPrefix(line, "< "); is {
			p.inputs = append(p.inputs, input)
		}
	}
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
