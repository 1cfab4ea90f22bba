package script_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/gateway/vxml/script"
)

type sound struct{ seconds int }

func TestValuesThatScriptsHandOn(t *testing.T) {
	e := script.New(0)
	said := &sound{3}
	e.Declare(script.Dialog, "message", said)
	evaluate(t, e, "dialog.kept = {of: message}, 1")
	v, err := e.Eval(t.Context(), "kept.of")
	if err != nil || e.Go(v) != said {
		t.Errorf("got %v, %v", e.Go(v), err)
	}
	for _, expr := range []string{"typeof message.seconds == 'undefined'", "'' + message == '[object Object]'"} {
		if got := evaluate(t, e, expr); got != "true" {
			t.Errorf("%s is %s", expr, got)
		}
	}
	for _, expr := range []string{"1", "({})", "null"} {
		if v, _ := e.Eval(t.Context(), expr); e.Go(v) != nil {
			t.Errorf("%s is a Go value", expr)
		}
	}
}

func TestList(t *testing.T) {
	e := script.New(0)
	result := map[string]any{"utterance": "yes"}
	e.Declare(script.Application, "lastresult$", script.List{Members: []any{result}, Properties: result})
	if got := evaluate(t, e, "lastresult$.length + lastresult$[0].utterance + lastresult$.utterance"); got != "1yesyes" {
		t.Errorf("got %q", got)
	}
}

func TestProperty(t *testing.T) {
	e := script.New(0)
	v, err := e.Eval(t.Context(), "({a: 'x', b: {c: 2}, d: undefined, get loop() { while (true) {} }})")
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"a": "x", "b.c": "2", "d": "undefined"} {
		if part, ok := e.Property(t.Context(), v, path); !ok || part.String() != want {
			t.Errorf("%s: %q, %v", path, part, ok)
		}
	}
	for _, path := range []string{"e", "a.b", "b.c.d", "toString", "", "b.", "loop"} {
		if part, ok := e.Property(t.Context(), v, path); ok {
			t.Errorf("%s is %q", path, part)
		}
	}
	if _, ok := e.Property(t.Context(), e.Make("text"), "length"); ok {
		t.Error("a text has a slot")
	}
}

func TestMembers(t *testing.T) {
	e := script.New(0)
	list, err := e.Eval(t.Context(), "[1,,'b']")
	if err != nil {
		t.Fatal(err)
	}
	members, ok := e.Members(t.Context(), list)
	if !ok || len(members) != 3 || members[0].String() != "1" || !members[1].Undefined() || members[2].String() != "b" {
		t.Errorf("%v, %v", members, ok)
	}
	for _, expr := range []string{"'abc'", "({length: 3})", "null"} {
		v, err := e.Eval(t.Context(), expr)
		if _, ok := e.Members(t.Context(), v); ok || err != nil {
			t.Errorf("%s has members, or %v", expr, err)
		}
	}
}

func TestContextsWithinEachOther(t *testing.T) {
	e := script.New(0)
	e.Declare(script.Session, "ani", "1")
	e.Declare(script.Application, "a", "outside")
	e.Declare(script.Dialog, "d", "outside")
	outside := e.Nest()
	e.Declare(script.Application, "a", "inside")
	if got := evaluate(t, e, "ani + a + typeof d"); got != "1insideundefined" {
		t.Errorf("within: %q", got)
	}
	e.Unnest(outside)
	if got := evaluate(t, e, "ani + a + d"); got != "1outsideoutside" {
		t.Errorf("after: %q", got)
	}
}

// A document that is the root of its application has one scope with it, which
// stays when documents of the application come.
func TestShare(t *testing.T) {
	e := script.New(0)
	e.Reset(script.Application)
	e.Share()
	e.Declare(script.Document, "x", "root")
	if got := evaluate(t, e, "application.x + document.x"); got != "rootroot" {
		t.Errorf("in the root: %q", got)
	}
	e.Reset(script.Document)
	e.Declare(script.Document, "y", "leaf")
	if got := evaluate(t, e, "application.x + x + typeof document.x + document.y + typeof application.y"); got != "rootrootundefinedleafundefined" {
		t.Errorf("in a leaf: %q", got)
	}
	e.Share()
	if got := evaluate(t, e, "document.x + typeof y"); got != "rootundefined" {
		t.Errorf("back in the root: %q", got)
	}
}

func TestAssigningToTheApplication(t *testing.T) {
	e := script.New(0)
	e.Declare(script.Application, "x", 1)
	if err := e.Assign(t.Context(), "application.x", "2"); err != nil {
		t.Error(err)
	}
	if err := e.Assign(t.Context(), "application.y", "2"); err == nil {
		t.Error("application.y was never declared")
	}
	if got := evaluate(t, e, "x"); got != "2" {
		t.Errorf("x is %s", got)
	}
}

func TestMakeKeepsOrder(t *testing.T) {
	e := script.New(0)
	e.Declare(script.Dialog, "l", []any{"a", int64(1), 2.5, true, nil})
	v, err := e.Eval(t.Context(), "l")
	if err != nil {
		t.Fatal(err)
	}
	members, _ := e.Members(t.Context(), v)
	var got []string
	for _, m := range members {
		got = append(got, m.String())
	}
	if want := []string{"a", "1", "2.5", "true", "undefined"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestMemoryIsWatched(t *testing.T) {
	for _, src := range []string{
		"var s = 'x'; for (;;) s += s",
		"var a = []; for (;;) a.push({b: [1, 2, 3, 4, 5, 6, 7, 8]})",
	} {
		e := script.New(20 * time.Second)
		e.LimitGrowth(16 << 20)
		if err := e.Run(t.Context(), script.Dialog, src); err == nil || !strings.Contains(err.Error(), "too much memory") {
			t.Errorf("%s: %v", src, err)
		}
	}
}

func TestNumbersOfAnySizeAreRefused(t *testing.T) {
	e := script.New(0)
	for _, expr := range []string{"9n ** 9n", "({a: [0x1fn]})", "(function() { return 1n })()"} {
		if _, err := e.Eval(t.Context(), expr); err == nil {
			t.Errorf("%s: no error", expr)
		}
	}
	if got := evaluate(t, e, "'gate 10n, an'"); got != "gate 10n, an" {
		t.Errorf("got %q", got)
	}
}

func TestOneMapIsOneObject(t *testing.T) {
	e := script.New(0)
	local := map[string]any{"uri": "tel:1"}
	e.Declare(script.Session, "connection", map[string]any{"local": local, "originator": local, "remote": map[string]any{"uri": "tel:1"}})
	if got := evaluate(t, e, "(connection.originator === connection.local) + ' ' + (connection.local === connection.remote)"); got != "true false" {
		t.Errorf("got %q", got)
	}
}

func TestWhatASessionHoldsCannotBeChanged(t *testing.T) {
	e := script.New(0)
	e.Declare(script.Session, "connection", map[string]any{"remote": map[string]any{"uri": "tel:1"}})
	if got := evaluate(t, e, "connection.remote.uri = 'tel:2', delete connection.remote, connection.remote.uri"); got != "tel:1" {
		t.Errorf("got %q", got)
	}
	e.Declare(script.Dialog, "result", map[string]any{"a": 1})
	if got := evaluate(t, e, "result.a = 2, result.a"); got != "2" {
		t.Errorf("a variable of the dialog is %q", got)
	}
}

func TestVariablesMayHaveAnyName(t *testing.T) {
	e := script.New(0)
	for _, name := range []string{"$0", "$3", "$4", "scope"} {
		e.Declare(script.Dialog, name, "mine")
	}
	if err := e.Run(t.Context(), script.Dialog, "function f() { return $0 + $3 + $4 + scope }"); err != nil {
		t.Fatal(err)
	}
	if got := evaluate(t, e, "f()"); got != "minemineminemine" {
		t.Errorf("got %q", got)
	}
}
