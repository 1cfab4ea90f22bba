package vxml_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway/vxml"
)

func parse(t testing.TB, src string) *vxml.Document {
	t.Helper()
	doc, err := vxml.Parse([]byte(src), base+"main.vxml")
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestOffers(t *testing.T) {
	tests := []struct {
		name, body string
		want       []vxml.Offer
	}{
		{"boolean", `<form><field name="optout" type="boolean"/></form>`, []vxml.Offer{
			{Keys: "1", Field: "optout", Value: "true", OptOut: true}, {Keys: "2", Field: "optout", Value: "false"},
			{Words: "yes", Field: "optout", Value: "true", OptOut: true}, {Words: "no", Field: "optout", Value: "false"}}},
		{"digits", `<form><field name="a" type="digits?length=4"/></form>`, []vxml.Offer{
			{Keys: "1234", Field: "a", Value: "1234"}, {Words: "zero zero zero zero", Field: "a", Value: "zero zero zero zero"}}},
		{"menu", `<menu id="m" dtmf="true"><choice next="#m">Go on</choice><choice dtmf="#" next="#m"/></menu>`, []vxml.Offer{
			{Keys: "1", Field: "m", Value: "Go on"}, {Words: "go on", Field: "m", Value: "Go on"}, {Keys: "#", Field: "m"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := &caller{}
			in := vxml.Interpreter{Platform: p}
			if _, err := in.Run(t.Context(), parse(t, `<vxml version="2.1">`+test.body+`</vxml>`)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, p.offers); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestOffersWithinAnInput(t *testing.T) {
	p := &caller{inputs: []string{"key 5"}}
	in := vxml.Interpreter{Platform: p}
	result, err := in.Run(t.Context(), parse(t, `<vxml version="2.1"><form><field name="a" type="digits"/></form></vxml>`))
	if err != nil || result.Ending != vxml.HungUp {
		t.Fatalf("%+v, %v", result, err)
	}
	if diff := cmp.Diff([]vxml.Offer{{Keys: "#", Field: "a", Value: "5"}}, p.offers); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOffersAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range 200 {
		fmt.Fprintf(&b, `<choice dtmf="%d" next="#m"/>`, 1000+i)
	}
	p := &caller{}
	in := vxml.Interpreter{Platform: p}
	if _, err := in.Run(t.Context(), parse(t, `<vxml version="2.1"><menu id="m">`+b.String()+`</menu></vxml>`)); err != nil {
		t.Fatal(err)
	}
	if len(p.offers) != vxml.MaxOffers {
		t.Errorf("%d offers, want %d", len(p.offers), vxml.MaxOffers)
	}
}

func TestLimits(t *testing.T) {
	tests := []struct {
		name, body, want string
		limits           vxml.Limits
		inputs           int
	}{
		{"documents", `<form><block><goto next="main.vxml"/></block></form>`, "more than 3 documents", vxml.Limits{Documents: 3}, 0},
		{"inputs", `<menu id="m"><choice dtmf="1" next="#m"/></menu>`, "more than 5 inputs", vxml.Limits{Inputs: 5}, 10},
		{"silence", `<form><field name="a" type="digits"/></form>`, "more than 4 events", vxml.Limits{Events: 4}, -10},
		{"script", `<form><block><script>while (true) {}</script></block></form>`, "took too long", vxml.Limits{ScriptTime: time.Millisecond}, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			src := `<vxml version="2.1">` + test.body + `</vxml>`
			p := &caller{documents: map[string]string{base + "main.vxml": src}}
			for range test.inputs {
				p.inputs = append(p.inputs, "key 1")
			}
			for range -test.inputs {
				p.inputs = append(p.inputs, "silence")
			}
			in := vxml.Interpreter{Platform: p, Limits: test.limits}
			result, err := in.Run(t.Context(), parse(t, src))
			if err != nil || result.Ending != vxml.Failed || !strings.Contains(result.Err.Error(), test.want) {
				t.Errorf("%+v, %v, want %q", result, err, test.want)
			}
		})
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	in := vxml.Interpreter{Platform: &caller{}}
	_, err := in.Run(ctx, parse(t, `<vxml version="2.1"><form><block name="a">x<clear namelist="a"/></block></form></vxml>`))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// deaf is a platform that breaks.
type deaf struct{ caller }

func (*deaf) Listen(context.Context, vxml.Listen) (vxml.Input, error) {
	return vxml.Input{}, errors.New("the line broke")
}

func TestPlatformErrorsAreReturned(t *testing.T) {
	in := vxml.Interpreter{Platform: &deaf{}}
	_, err := in.Run(t.Context(), parse(t, `<vxml version="2.1"><form><field name="a" type="digits"/></form></vxml>`))
	if err == nil || err.Error() != "the line broke" {
		t.Errorf("error %v", err)
	}
}

func TestFailureIsAnEvent(t *testing.T) {
	in := vxml.Interpreter{Platform: &caller{}}
	result, err := in.Run(t.Context(), parse(t, `<vxml version="2.1"><form><block><throw event="my.own"/></block></form></vxml>`))
	if err != nil {
		t.Fatal(err)
	}
	var event *vxml.EventError
	if !errors.As(result.Err, &event) || event.Event != "my.own" {
		t.Errorf("error %v", result.Err)
	}
}

func TestCheckFindsWhatWillFail(t *testing.T) {
	src := `<vxml version="2.1">
<script>var x = ;</script>
<form id="f">
<var name="a" expr="1 +"/>
<block><goto next="#g"/></block>
<block name="b"><goto nextitem="c"/></block>
<block><goto nextitem="b"/><goto next="#f"/><log expr="typeof x"/></block>
</form></vxml>`
	err := parse(t, src).Check()
	want := []string{":2:1: <script>", ":4:1: expr of <var>", `:5:8: next of <goto>`, `:6:17: nextitem of <goto>`}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || len(joined.Unwrap()) != len(want) {
		t.Fatalf("problems:\n%v", err)
	}
	for i, problem := range joined.Unwrap() {
		if !strings.Contains(problem.Error(), want[i]) {
			t.Errorf("problem %v, want %q", problem, want[i])
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`<vxml version="2.1"><menu dtmf="true"><choice next="#a">x</choice></menu></vxml>`))
	f.Add([]byte(`<vxml version="2.0"><form><field name="a" type="digits?length=3"><filled><exit/></filled></field></form></vxml>`))
	f.Fuzz(func(t *testing.T, src []byte) {
		doc, err := vxml.Parse(src, "f")
		if (doc == nil) == (err == nil) {
			t.Fatalf("document %v, error %v", doc, err)
		}
		if doc != nil {
			_ = doc.Check() // must not panic; what it finds does not matter here
		}
	})
}

func FuzzRun(f *testing.F) {
	const document = `<vxml version="2.1">
<menu id="m"><prompt><enumerate/></prompt><choice dtmf="1" next="#f">one</choice><choice dtmf="12" next="#m">two</choice><choice dtmf="*" event="e">e</choice></menu>
<form id="f"><field name="a" type="digits?minlength=2;maxlength=4"/><field name="b" type="boolean"><prompt count="2">b</prompt></field>
<filled><if cond="a &gt; 50"><clear/><else/><goto next="#m"/></if></filled></form>
</vxml>`
	f.Add("11212#*  1123 2")
	f.Add("h")
	f.Fuzz(func(t *testing.T, keys string) {
		p := &caller{}
		for _, key := range []byte(keys) {
			switch {
			case strings.IndexByte("0123456789*#ABCD", key) >= 0:
				p.inputs = append(p.inputs, "key "+string(key))
			case key == ' ':
				p.inputs = append(p.inputs, "silence")
			case key == 'y':
				p.inputs = append(p.inputs, "say yes")
			}
		}
		in := vxml.Interpreter{Platform: p}
		result, err := in.Run(t.Context(), parse(t, document))
		if err != nil {
			t.Fatal(err)
		}
		if result.Ending != vxml.HungUp && result.Ending != vxml.Failed {
			t.Fatalf("ending %q", result.Ending)
		}
	})
}
