package script_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"rollcall/gateway/vxml/script"
)

func evaluate(t *testing.T, e *script.Engine, expr string) string {
	t.Helper()
	v, err := e.Eval(t.Context(), expr)
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	return v.String()
}

func TestScopes(t *testing.T) {
	e := script.New(0)
	e.Declare(script.Session, "ani", "5550100")
	e.Share()
	e.Declare(script.Document, "count", 1)
	steps := []struct{ expr, want string }{
		{"count", "1"},
		{"document.count", "1"},
		{"application.count", "1"},
		{"typeof dialog.count", "undefined"},
		{"typeof toString", "function"},
		{"typeof document.toString", "undefined"},
		{"count = count + 1", "2"},
		{"document.count", "2"},
		{"session.ani + ani", "55501005550100"},
		{"document.document === document", "true"},
		{"typeof nosuch", "undefined"},
		{"1 // a comment", "1"},
	}
	for _, s := range steps {
		if got := evaluate(t, e, s.expr); got != s.want {
			t.Errorf("%s = %q, want %q", s.expr, got, s.want)
		}
	}
	e.Declare(script.Dialog, "count", 10)
	evaluate(t, e, "count++")
	if got := evaluate(t, e, "document.count + ' ' + dialog.count"); got != "2 11" {
		t.Errorf("after shadowing: %q", got)
	}
	e.Reset(script.Dialog)
	if got := evaluate(t, e, "count"); got != "2" {
		t.Errorf("after the dialog has gone: %q", got)
	}
}

func TestDeclareStructures(t *testing.T) {
	e := script.New(0)
	e.Declare(script.Dialog, "last$", []any{map[string]any{"utterance": "1 2", "confidence": 1.0}})
	if got := evaluate(t, e, "last$.length + last$[0].utterance + last$[0].confidence"); got != "11 21" {
		t.Errorf("got %q", got)
	}
	v, err := e.Eval(t.Context(), "last$[0]")
	if err != nil {
		t.Fatal(err)
	}
	e.Declare(script.Document, "copy", v)
	if got := evaluate(t, e, "copy.utterance"); got != "1 2" {
		t.Errorf("a value kept: %q", got)
	}
}

func TestScriptDeclaresInItsScope(t *testing.T) {
	e := script.New(0)
	src := "var total = 5, rest; function add(a) { total += a; return total } if (true) { var inner = 1 }"
	if err := e.Run(t.Context(), script.Document, src); err != nil {
		t.Fatal(err)
	}
	if got := evaluate(t, e, "add(3) + ' ' + document.total + ' ' + typeof document.add + document.inner"); got != "8 8 function1" {
		t.Errorf("got %q", got)
	}
	if err := e.Run(t.Context(), script.Dialog, "var total = 1;"); err != nil {
		t.Fatal(err)
	}
	if got := evaluate(t, e, "add(1) + ' ' + total"); got != "9 1" {
		t.Errorf("a function keeps the scopes it was made in: %q", got)
	}
}

func TestAssign(t *testing.T) {
	tests := []struct{ target, want string }{
		{"x", ""},
		{"document.x", ""},
		{"application.x", ""},
		{"o.member", ""},
		{"document.o.member", ""},
		{"y", "y is not declared"},
		{"document.y", "document.y is not declared"},
		{"session.ani", "cannot be changed"},
		{"ani", "cannot be changed"},
		{"x; y", "syntax"},
		{"1", "syntax"},
	}
	for _, test := range tests {
		t.Run(test.target, func(t *testing.T) {
			e := script.New(0)
			e.Declare(script.Session, "ani", "1")
			e.Share()
			e.Declare(script.Document, "x", 1)
			e.Declare(script.Document, "o", map[string]any{})
			err := e.Assign(t.Context(), test.target, "2")
			if test.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				if got := evaluate(t, e, test.target); got != "2" {
					t.Errorf("%s = %s", test.target, got)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	tests := []struct{ expr, want string }{
		{"nosuch + 1", "nosuch is not defined"},
		{"leaks = 3", "leaks is not declared"},
		{"1 +", "syntax"},
		{"1); leak(", "not one expression"},
		{"", "syntax"},
		{"(function f(){ return f() })()", ""},
		{"(function(){ throw 'mine' })()", "mine"},
		{"'x'.repeat(1e9)", "RangeError"},
		{"'x'.padStart(1e9)", "RangeError"},
		{"'x'.padEnd(1e9)", "RangeError"},
		{"new Array(4e9).join('x')", "RangeError"},
		{"'' + new Array(1e9)", "RangeError"},
		{"Array.from({length: 1e9})", "RangeError"},
		{"Math.max.apply(null, {length: 1e9})", "RangeError"},
		{"new ArrayBuffer(1e12)", "not defined"},
		{strings.Repeat("(", 10_000), "nested"},
		{strings.Repeat("1+", 100_000), "bytes"},
	}
	for _, test := range tests {
		t.Run(test.expr[:min(20, len(test.expr))], func(t *testing.T) {
			_, err := script.New(0).Eval(t.Context(), test.expr)
			var wrong *script.Error
			if !errors.As(err, &wrong) || !strings.Contains(wrong.Message, test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func TestBoundsLeaveOrdinaryUseAlone(t *testing.T) {
	e := script.New(0)
	tests := []struct{ expr, want string }{
		{"'ab'.repeat(2) + '1'.padStart(3, '0')", "abab001"},
		{"[3, 1, 2].sort().join('-')", "1-2-3"},
		{"[1, 2].map(function (x) { return x * 2 })", "2,4"},
		{"Math.max.apply(null, [1, 5, 2])", "5"},
		{"Array.from('abc').length", "3"},
	}
	for _, test := range tests {
		if got := evaluate(t, e, test.expr); got != test.want {
			t.Errorf("%s = %q, want %q", test.expr, got, test.want)
		}
	}
}

func TestEndlessLoopIsInterrupted(t *testing.T) {
	e := script.New(20 * time.Millisecond)
	_, err := e.Eval(t.Context(), "(function(){ while (true) {} })()")
	if err == nil || !strings.Contains(err.Error(), "too long") {
		t.Fatalf("error %v", err)
	}
	if got := evaluate(t, e, "1 + 1"); got != "2" {
		t.Errorf("the engine goes on: %q", got)
	}
	if _, err := e.Eval(t.Context(), "({toString: function(){ while (true) {} }})"); err == nil {
		t.Error("an endless conversion must end too")
	}
}

func TestContextEndsEvaluation(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := script.New(0).Eval(ctx, "1"); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestLookup(t *testing.T) {
	e := script.New(0)
	e.Declare(script.Document, "x", 1)
	if v, ok := e.Lookup(t.Context(), script.Document, "x"); !ok || v.String() != "1" || v.Undefined() || !v.Bool() {
		t.Errorf("x = %v, %v", v, ok)
	}
	if _, ok := e.Lookup(t.Context(), script.Dialog, "x"); ok {
		t.Error("found in a scope that does not declare it")
	}
	e.Declare(script.Dialog, "u", nil)
	if v, ok := e.Lookup(t.Context(), script.Dialog, "u"); !ok || !v.Undefined() || v.Bool() {
		t.Errorf("u = %v, %v", v, ok)
	}
}

func FuzzEval(f *testing.F) {
	for _, s := range []string{"1+1", "a = b", "({}).x.y", "'${x}'", "`a`", "/(a+)+$/.test('aaaa')"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, expr string) {
		e := script.New(50 * time.Millisecond)
		if _, err := e.Eval(t.Context(), expr); err != nil {
			var wrong *script.Error
			if !errors.As(err, &wrong) {
				t.Fatalf("%q: %v", expr, err)
			}
		}
	})
}
