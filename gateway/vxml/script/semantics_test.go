package script_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"rollcall/gateway/vxml/script"
)

// tags makes a rule of scripts.
func tags(sources ...string) *script.Rule {
	r := &script.Rule{Name: "main", Text: "the text", Header: &script.Header{Tags: []string{"var h = 1; function inc(x) { return x + h; }"}}}
	for _, source := range sources {
		r.Steps = append(r.Steps, script.Step{Source: source})
	}
	return r
}

func TestInterpret(t *testing.T) {
	inner := &script.Rule{Name: "city", Text: "new york", Steps: []script.Step{{Literal: "NY"}}}
	plain := &script.Rule{Name: "word", Text: "hello"}
	tests := []struct {
		name string
		rule *script.Rule
		want string
	}{
		{"text", plain, "hello"},
		{"literal", inner, "NY"},
		{"number", &script.Rule{Steps: []script.Step{{Literal: 2.5}}}, "2.5"},
		{"the tagged rule within", &script.Rule{Steps: []script.Step{{Rule: inner}, {Rule: plain}}}, "NY"},
		{"nothing tagged within", &script.Rule{Text: "a", Steps: []script.Step{{Rule: plain}}}, "a"},
		{"the last tag", tags("out = 1", "out = 2"), "2"},
		{"an object", tags("out.a = 1; out.b = 2", "out = out.a + out.b"), "3"},
		{"variables of the rule", tags("var a = 1, b", "function f() { return a + 1 }", "b = f()", "out = b"), "2"},
		{"the header", tags("out = inc(h)"), "2"},
		{"text of the rule", tags("out = meta.current().text + meta.current().score"), "the text1"},
		{"rules", &script.Rule{Steps: []script.Step{{Rule: inner}, {Source: "out = rules.city + rules.latest() + meta.city.text + meta.latest().text"}}}, "NYNYnew yorknew york"},
		{"no rule yet", tags("out = typeof rules.latest() + typeof meta.latest() + typeof rules.city"), "undefinedundefinedundefined"},
		{"names of functions stay", &script.Rule{Steps: []script.Step{{Rule: &script.Rule{Name: "latest", Text: "x"}}, {Source: "out = rules.latest()"}}}, "x"},
		{"an expression", &script.Rule{Steps: []script.Step{{Source: "1 + 1", Loose: true}}}, "2"},
		{"an object expression", &script.Rule{Steps: []script.Step{{Source: "{a: 1}", Loose: true}, {Source: "$.a"}, {Source: "$ = $.a + 1", Loose: true}}}, "2"},
		{"an expression of no effect", tags("1 + 1", "out = typeof out"), "object"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			v, err := script.New(0).Interpret(t.Context(), test.rule)
			if err != nil || v.String() != test.want {
				t.Errorf("got %q, %v, want %q", v, err, test.want)
			}
		})
	}
}

// TestInterpretLeavesDocumentAlone: tags and documents do not see each other.
func TestInterpretLeavesDocumentAlone(t *testing.T) {
	e := script.New(0)
	e.Declare(script.Document, "x", "mine")
	v, err := e.Interpret(t.Context(), tags("var x = 'theirs'; out = x + typeof document"))
	if err != nil || v.String() != "theirsundefined" {
		t.Errorf("got %q, %v", v, err)
	}
	if got := evaluate(t, e, "x + typeof out + typeof rules"); got != "mineundefinedundefined" {
		t.Errorf("the document sees %q", got)
	}
	if _, err := e.Interpret(t.Context(), tags("y = 1")); err == nil || err.Error() != "y is not declared" {
		t.Errorf("an undeclared name: %v", err)
	}
	if got := evaluate(t, e, "typeof y"); got != "undefined" {
		t.Errorf("it was kept: %s", got)
	}
}

func TestInterpretErrors(t *testing.T) {
	tests := []struct{ source, want string }{
		{"out = ", "syntax"},
		{"}}); (function() {{", "syntax"},
		{"throw 'no'", "no"},
		{"while (true);", "too long"},
		{"inc()(1)", "TypeError"},
	}
	for _, test := range tests {
		if _, err := script.New(50*time.Millisecond).Interpret(t.Context(), tags(test.source)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", test.source, err, test.want)
		}
	}
	broken := &script.Rule{Header: &script.Header{Tags: []string{"throw 'head'"}}}
	if _, err := script.New(0).Interpret(t.Context(), &script.Rule{Steps: []script.Step{{Rule: broken}}}); err == nil || err.Error() != "head" {
		t.Errorf("a broken header: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := script.New(0).Interpret(ctx, tags("out = 1")); err == nil {
		t.Error("no error once the call is over")
	}
}
