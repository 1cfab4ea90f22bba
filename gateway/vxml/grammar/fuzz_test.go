package grammar_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"rollcall/gateway/vxml/grammar"
	"rollcall/gateway/vxml/markup"
	"rollcall/gateway/vxml/script"
)

// hostile grammars ask for more time and memory than there is.
var hostile = []string{
	"$a = $a;",
	"$a = $a $a | ();",
	"$a = $a $a $a | x | ();",
	"$a = $b $a $b | x; $b = [$a] [$b] x | ();",
	"$a = ((x<0->)<0->)<0-> y;",
	"$a = ((((x<0-9>)<0-9>)<0-9>)<0-9>) y;",
	"$a = (((((((((x<1000>)<1000>)<1000>)<1000>)<1000>)<1000>)<1000>)<1000>)<1000>);",
	"$a = ((((()<1000>)<1000>)<1000>)<1000>);",
	"$a = $GARBAGE $GARBAGE $GARBAGE $GARBAGE x;",
	"$a = ($GARBAGE<0->)<0-> $a;",
	"$a = [x] [x] [x] [x] $a | x;",
	"$a = $b $b; $b = $c $c; $c = $d $d; $d = $e $e; $e = $f $f; $f = $g $g; $g = $h $h; $h = [x] [x];",
	"$a = ({t} [x])<0-> $a | ({u} [x])<0-> $a | x;",
}

func TestHostileGrammars(t *testing.T) {
	for _, rules := range hostile {
		t.Run(rules, func(t *testing.T) {
			g, err := grammar.Parse(t.Context(), []byte("#ABNF 1.0; language en;"+rules), grammar.Source{URL: "g"})
			if err == nil {
				exercise(t, g, strings.Repeat("x ", 30)+"y")
			}
		})
	}
}

// exercise does all that can be done with a grammar.
func exercise(t *testing.T, g *grammar.Grammar, input string) {
	t.Helper()
	if len(input) > 100 {
		input = input[:100]
	}
	s := g.Start()
	offered(t, s, 20)
	for _, word := range strings.Fields(input) {
		if len(word) == 1 && strings.Contains("0123456789*#ABCD", word) {
			s = s.Key(word[0])
		} else {
			s = s.Word(word)
		}
		m, ok := s.Match()
		if ok && s.Dead() {
			t.Fatal("a dead end matches")
		}
		if s.Dead() && s.MayGoOn() {
			t.Fatal("a dead end may go on")
		}
		if ok {
			_ = m.String()
			m.Literal()
		}
	}
	offered(t, s, 3)
	if m, ok := s.Match(); ok {
		_, _ = m.Interpret(context.Background(), script.New(1)) // whatever it is, it ends
	}
}

// offered checks that each offer leads to a match.
func offered(t *testing.T, s grammar.State, limit int) {
	t.Helper()
	offers := s.Offers(limit)
	if len(offers) > limit {
		t.Fatalf("%d offers, want at most %d", len(offers), limit)
	}
	for _, o := range offers {
		after := s
		for _, key := range []byte(o.Keys) {
			after = after.Key(key)
		}
		for _, word := range strings.Fields(o.Words) {
			after = after.Word(word)
		}
		if _, ok := after.Match(); !ok {
			t.Fatalf("the offer %+v does not match", o)
		}
	}
}

func FuzzXML(f *testing.F) {
	f.Add(`<grammar mode="dtmf"><rule id="a"><item repeat="0-"><one-of><item>1<tag>x</tag></item><item><ruleref uri="#b"/></item></one-of></item></rule><rule id="b">2 3</rule></grammar>`, "1 1 2 3")
	f.Add(`<grammar root="b" tag-format="semantics/1.0"><tag>var n = 1</tag><rule id="a" scope="private">a <token>b c</token> "d e"<tag>out = n</tag></rule>
		<rule id="b"><ruleref uri="#a"/><ruleref special="GARBAGE"/><item repeat="1-2" repeat-prob=".5" weight="2">x</item></rule></grammar>`, "a b c d e x")
	f.Add(`<grammar>a | [b] {c}</grammar>`, "b")
	f.Fuzz(func(t *testing.T, src, input string) {
		n, err := markup.Parse([]byte(src), "g")
		if err != nil {
			return
		}
		if g, err := grammar.FromMarkup(t.Context(), n, grammar.Source{URL: "g", Loose: len(src)%2 == 0}); err == nil {
			exercise(t, g, input)
		}
	})
}

func FuzzABNF(f *testing.F) {
	for _, rules := range hostile {
		f.Add("#ABNF 1.0;"+rules, "x x x y")
	}
	f.Add("#ABNF 1.0 UTF-8;"+header+"public $main = /2/ [a]!en | $b<2-3 /.5/> {x} | $<g#main>~<t> {!{y}!}; $b = \"c d\" /* e */;", "c d c d")
	f.Add("#ABNF 1.0; mode dtmf; $a = (1 | 2 | \"*\")<1-> #;", "1 2 * #")
	f.Add("#JSGF V1.0; grammar g; public <a> = x+ [y]* <b>; <b> = z {t};", "x x y z")
	f.Add("[ a b (c d) {e} ]", "c d")
	f.Fuzz(func(t *testing.T, src, input string) {
		if g, err := grammar.Parse(t.Context(), []byte(src), grammar.Source{URL: "g", Loose: true}); err == nil {
			exercise(t, g, input)
		}
	})
}

func FuzzBuiltin(f *testing.F) {
	f.Add("digits?length=4", true, "1 2 3 4")
	f.Add("date", false, "january third two thousand five")
	f.Add("time", false, "half past three p m")
	f.Add("currency", false, "five dollars and ten cents")
	f.Fuzz(func(t *testing.T, spec string, dtmf bool, input string) {
		if g, err := grammar.Builtin(spec, dtmf); err == nil {
			exercise(t, g, input)
		}
	})
}

// cities is a grammar with n alternatives.
func cities(n int) string {
	var b strings.Builder
	b.WriteString("#ABNF 1.0; root $main; $main = [please] $city {x}; $city = one")
	for i := range n {
		fmt.Fprintf(&b, " | new city%d {%d}", i, i)
	}
	return b.String() + ";"
}

func BenchmarkParse(b *testing.B) {
	const digits = `<grammar mode="dtmf" root="pin"><rule id="pin"><item repeat="4"><ruleref uri="#d"/></item></rule>
		<rule id="d"><one-of><item>0</item><item>1</item><item>2</item><item>3</item></one-of></rule></grammar>`
	for _, test := range []struct{ name, src string }{{"xml", digits}, {"abnf/1000 cities", cities(1000)}} {
		b.Run(test.name, func(b *testing.B) {
			b.SetBytes(int64(len(test.src)))
			for b.Loop() {
				parse(b, test.src)
			}
		})
	}
	for _, spec := range []string{"digits", "date", "currency"} {
		b.Run("builtin/"+spec, func(b *testing.B) {
			for b.Loop() {
				builtin(b, spec, false)
			}
		})
	}
}

func BenchmarkMatch(b *testing.B) {
	tests := []struct {
		name, said string
		g          *grammar.Grammar
	}{
		{"keys", "1 2 3 4 5 6 7 8 9 0", builtin(b, "digits", true)},
		{"date", "january third two thousand five", builtin(b, "date", false)},
		{"1000 cities", "please new city999", parse(b, cities(1000))},
		{"hostile", "x x x x x x x x x x", parse(b, "#ABNF 1.0; language en;$a = $a $a $a | x | ();")},
	}
	for _, test := range tests {
		b.Run(test.name, func(b *testing.B) {
			for b.Loop() {
				if say(test.g, test.said).Dead() {
					b.Fatal("no match")
				}
			}
		})
	}
}
