package grammar_test

import (
	"context"
	"strings"
	"testing"

	"rollcall/gateway/vxml/grammar"
	"rollcall/gateway/vxml/script"
)

const scripted = " tag-format <semantics/1.0>;"

func TestInterpret(t *testing.T) {
	pizza := scripted + ` root $order;
		$order = {out.toppings = []} I want a $size pizza {out.size = rules.size} [with $top {out.toppings.push(rules.top)} (and $top {out.toppings.push(rules.latest())})<0->];
		$size = {out = 'medium'} [small {out = 'small'} | big {out = 'large'}];
		$top = olives | cheese | red peppers {out = 'peppers'};`
	tests := []struct{ name, rules, said, want string }{
		{"no tag is the text", "$main = call <2>;", "call call", "call call"},
		{"no tag in any rule", "$main = $d<2>; $d = one | two;", "one two", "one two"},
		{"the tag within", "$main = please $d; $d = one {1} | two {2};", "please two", "2"},
		{"literals", " tag-format <semantics/1.0-literals>; $main = one {out = 1};", "one", "out = 1"},
		{"an object", pizza, "i want a big pizza", `{"toppings":[],"size":"large"}`},
		{"rules and latest", pizza, "I want a pizza with olives and red peppers", `{"toppings":["olives","peppers"],"size":"medium"}`},
		{"numbers", scripted + "$main = {out = 0} ($d {out = 10 * out + rules.d})<1->; $d = one {out = 1} | two {out = 2};", "one two two", "122"},
		{"meta", scripted + "$main = $d [x] {out = meta.current().text + '/' + meta.d.text + '/' + meta.latest().score}; $d = one two;", "one two x", "one two x/one two/1"},
		{"variables of a rule", scripted + "$main = a {!{var n = 1; function f() { return n + 1 }}!} b {out = f()}!en;", "a b", "2"},
		{"variables of the header", scripted + "{var n = 5;}; {!{function f(x) { return x + n }}!}; $main = $d {out = f(rules.d)}; $d = a {out = n};", "a", "10"},
		{"rules of their own", scripted + "$main = {var n = 1} $d {out = n}; $d = a {var n = 2};", "a", "1"},
		{"last tag wins", scripted + "$main = a {out = 'x'} b {out += 'y'};", "a b", "xy"},
		{"dollar", "$main = $d {$.a = 1; $.b = $d; $.c = $$}; $d = x {$ = 'v'};", "x", `{"a":1,"b":"v","c":"v"}`},
		{"an expression", "$main = x {'a' + 1};", "x", "a1"},
		{"an object expression", "$main = x {!{{a: 1, b: [2]}}!};", "x", `{"a":1,"b":[2]}`},
		{"a call on out", "$main = {out = []} x {out.push(3)};", "x", `[3]`},
		{"an assignment", "$main = x {out.a = 1} y {out.b = 2};", "x y", `{"a":1,"b":2}`},
		{"plain words", "$main = x {new york};", "x", "new york"},
		{"an old slot", "$main = x {<city \"rome\">};", "x", "rome"},
		{"garbage", scripted + "$main = $GARBAGE x {out = meta.current().text};", "a b x", "a b x"},
		{"document scopes are out of reach", scripted + "$main = x {out = typeof session + typeof dialog};", "x", "undefinedundefined"},
		{"undeclared", scripted + "$main = x {n = 1};", "x", "n is not declared"},
		{"thrown", scripted + "$main = x {throw 'no'};", "x", "no"},
		{"unknown", scripted + "$main = x {out = y};", "x", "ReferenceError: y is not defined"},
		{"recursive", scripted + "$main = {out = 1} x [$main {out = rules.main + 1}];", "x x x", "3"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := interpreted(t, say(abnf(t, test.rules), test.said)); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestInterpretEnds(t *testing.T) {
	m, ok := say(abnf(t, scripted+"$main = x {!{while (true) {}}!};"), "x").Match()
	if !ok {
		t.Fatal("no match")
	}
	if _, err := m.Interpret(t.Context(), script.New(1)); err == nil || !strings.Contains(err.Error(), "too long") {
		t.Errorf("an endless tag: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := m.Interpret(ctx, script.New(0)); err == nil {
		t.Error("no error once the call is over")
	}
}

func TestLiteral(t *testing.T) {
	tests := []struct {
		name, rules string
		want        any
		known       bool
	}{
		{"none", "$main = x;", nil, false},
		{"single quotes", "$main = x {'a b'};", "a b", true},
		{"double quotes", `$main = x {out = "a";};`, "a", true},
		{"number", "$main = x {out = -2.5};", -2.5, true},
		{"no octal number", "$main = x {0123};", "0123", true},
		{"bool", scripted + "$main = x {out = false};", false, true},
		{"script", scripted + "$main = x {out = 1 + 1};", nil, false},
		{"script within", scripted + "$main = $a; $a = x {out = 1 + 1};", nil, false},
		{"script covered", scripted + "$main = $a {out = 'b'}; $a = x {out = 1 + 1};", "b", true},
		{"the last rule", "$main = $a $b $c; $a = x {1}; $b = [$NULL] {2}; $c = [y {3}];", 2.0, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, ok := say(abnf(t, test.rules), "x").Match()
			if !ok {
				t.Fatal("no match")
			}
			if got, known := m.Literal(); got != test.want || known != test.known {
				t.Errorf("got %v %v", got, known)
			}
		})
	}
}

func TestLogicalParse(t *testing.T) {
	tests := []struct{ name, rules, said, want string }{
		{"tokens as written", `$main = Call "New  York" now;`, "call new york now", `$main["Call","New York","now"]`},
		{"rules and tags", `$main = [$polite {p}] go {!{'a}b'}!}; $polite = please;`, "please go", `$main[$polite["please"],{p},"go",{'a}b'}]`},
		{"nothing", "$main = $a x $NULL; $a = [y];", "x", `$main[$a[],"x"]`},
		{"repeats of a tag", "$main = (a {t})<2>;", "a a", `$main["a",{t},"a",{t}]`},
		{"garbage", "$main = $GARBAGE b;", "a a b", `$main["b"]`},
		{"left recursion", "$main = $main a | b;", "b a a", `$main[$main[$main["b"],"a"],"a"]`},
		{"right recursion", "$main = a $main | b;", "a a b", `$main["a",$main["a",$main["b"]]]`},
		{"keys", `mode dtmf; $main = $d "*" dtmf-pound; $d = 0|1|2|3|4|5|6|7|8|9;`, "4*#", `$main[$d["4"],"*","dtmf-pound"]`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g := abnf(t, test.rules)
			s := say(g, test.said)
			if g.DTMF() {
				s = press(g, test.said)
			}
			m, ok := s.Match()
			if !ok {
				t.Fatal("no match")
			}
			if m.String() != test.want {
				t.Errorf("got %s, want %s", m, test.want)
			}
		})
	}
	var _ grammar.Match
}
