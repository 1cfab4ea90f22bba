package grammar_test

import (
	"errors"
	"strings"
	"testing"

	"rollcall/gateway/vxml/grammar"
	"rollcall/gateway/vxml/markup"
)

// header has one of each declaration (SRGS 1.0, chapter 4).
const header = `
/** A grammar.
 * @example x */
language en-US; // as spoken there
mode voice;
root $main;
tag-format <semantics/1.0>;
base <http://test/a/>;
lexicon <http://test/lexicon>;
lexicon <names.pls>~<application/pls+xml>;
meta "author" is 'somebody "else"';
http-equiv 'Expires' is "0";
{var a = 1};
`

// TestABNF: what is matched, and what not.
func TestABNF(t *testing.T) {
	tests := []struct{ rules, yes, no string }{
		{header + "public $other = y; private $main = x;", "x", "y"},
		{"$main = a b | c;", "a b; c", "a; a c"},
		{"$main = /2.5/ a | /0/ b | /.5/ c d;", "a; b; c d", "d"},
		{"$main = a <2>;", "a a", "a; a a a"},
		{"$main = a<1-2> b;", "a b; a a b", "b; a a a b"},
		{"$main = a <0-> b;", "b; a b; a a a b", "a"},
		{"$main = a <1- /0.6/> b <0-1 /.5/>;", "a; a a b", "b; a b b"},
		{"$main = a <0> b;", "b", "a b"},
		{"$main = [a b] c;", "c; a b c", "a c"},
		{"$main = (a | b) (c | ());", "a; b c", "c; "},
		{"$main = [a | b]!en-GB c!fr <2>;", "a c c; c c", "a c"},
		{`$main = "new york" | "a|b";`, "new york; a b", "new; a"},
		{"$main = (a <2>) <2>;", "a a a a", "a a a"},
		{"$main = $NULL a [$VOID b] ;", "a", "a b"},
		{"$main = a | $VOID;", "a", "b"},
		{"$main = help $GARBAGE now;", "help now; help me right now", "help; now"},
		{"$main = $GARBAGE;", "anything at all", ""},
		{"$main = $GARBAGE a $GARBAGE b;", "a b; x a y b; a a b b", "b a"},
		{"$main = a /* in */ b // to the end\n | c;", "a b; c", "a"},
		{"$main = {x} a {y} <1>;", "a", "x"},
		{"$main = é | naïve;", "É; Naïve", "e"},
		{"$main = $a <2>; $a = [b] $c; $c = d;", "d b d", "d"},
		{"$main = I'm | it's;", "i'm; It's", "im"},
		{"$main = a ($main | b);", "a b; a a a b", "a"},
		{"$main = $main b | a;", "a; a b b b", "b"},
	}
	for _, test := range tests {
		t.Run(test.rules, func(t *testing.T) {
			g := abnf(t, test.rules)
			for _, said := range strings.Split(test.yes, "; ") {
				if _, ok := say(g, said).Match(); !ok {
					t.Errorf("%q does not match", said)
				}
			}
			for _, said := range strings.Split(test.no, "; ") {
				if _, ok := say(g, said).Match(); ok {
					t.Errorf("%q matches", said)
				}
			}
		})
	}
}

func TestABNFKeys(t *testing.T) {
	g := abnf(t, `mode dtmf; $main = $digit <2> (* | "#" | dtmf-a); $digit = 0|1|2|3|4|5|6|7|8|9;`)
	for _, keys := range []string{"12*", "99#", "00A"} {
		if _, ok := press(g, keys).Match(); !ok {
			t.Errorf("%s does not match", keys)
		}
	}
	if _, ok := say(g, "one two").Key('#').Match(); !ok {
		t.Error("a digit said is none")
	}
	if words := abnf(t, "$main = 1 | one;"); words.DTMF() || !words.Start().Key('1').Dead() {
		t.Error("a key matches a word")
	}
}

func TestABNFEncoding(t *testing.T) {
	g := parse(t, "\xef\xbb\xbf#ABNF 1.0 UTF-8; $main = é;")
	latin := parse(t, "#ABNF 1.0 ISO-8859-1; $main = \xe9;")
	for _, g := range []*grammar.Grammar{g, latin} {
		if _, ok := say(g, "é").Match(); !ok {
			t.Error("é does not match")
		}
	}
}

// TestErrors: each with its place.
func TestErrors(t *testing.T) {
	tests := []struct{ src, want string }{
		{`<grammar mode="sign"><rule id="a">1</rule></grammar>`, `g:1:1: mode "sign" of a grammar, expected dtmf or voice`},
		{`<grammar version="2.0"><rule id="a">1</rule></grammar>`, "g:1:1: version"},
		{`<grammar>`, "g:1:10: not well-formed"},
		{`<vxml/>`, "g:1:1: the root element is <vxml>"},
		{`<grammar/>`, "g:1:1: <grammar> without a rule"},
		{`<grammar root=""><rule id="a">1</rule></grammar>`, `root "" of <grammar>`},
		{`<grammar root="b"><rule id="a">1</rule></grammar>`, `g:1:1: root "b"`},
		{`<grammar><lexicon/></grammar>`, "g:1:10: <lexicon> without uri"},
		{`<grammar><meta content="x"/></grammar>`, "<meta> without name"},
		{`<grammar><meta http-equiv="x"/></grammar>`, "<meta> without content"},
		{`<grammar><item/></grammar>`, "<item> in <grammar>"},
		{"<grammar><rule id=\"a\">b</rule>\n x</grammar>", "g:2:2: text in <grammar>"},
		{`<grammar>x</grammar>`, "g:1:10: text that is no grammar"},
		{`<grammar xml:base=":"><rule id="a">b</rule></grammar>`, "base"},
		{`<grammar><rule>b</rule></grammar>`, "a rule without a name"},
		{`<grammar><rule id="NULL">b</rule></grammar>`, "named NULL"},
		{`<grammar><rule id="a" scope="all">b</rule></grammar>`, "scope"},
		{"<grammar><rule id=\"a\">b</rule>\n<rule id=\"a\">c</rule></grammar>", `g:2:1: a second rule is named "a"`},
		{`<grammar><rule id="a"><ruleref uri="other.grxml"/></rule></grammar>`, "g:1:23: a reference to"},
		{`<grammar><rule id="a"><ruleref uri="#b"/></rule></grammar>`, `g:1:23: a reference to rule "b"`},
		{`<grammar><rule id="a"><ruleref uri="#"/></rule></grammar>`, `a reference to "#"`},
		{`<grammar><rule id="a"><ruleref uri=":"/></rule></grammar>`, `a reference to ":"`},
		{`<grammar><rule id="a"><ruleref/></rule></grammar>`, "one of uri and special"},
		{`<grammar><rule id="a"><ruleref uri="#a" special="NULL"/></rule></grammar>`, "one of uri and special"},
		{`<grammar><rule id="a"><ruleref special="NOISE"/></rule></grammar>`, `special rule "NOISE"`},
		{`<grammar><rule id="a"><one-of>x</one-of></rule></grammar>`, "g:1:31: text in <one-of>"},
		{`<grammar><rule id="a"><one-of/></rule></grammar>`, "without an alternative"},
		{`<grammar><rule id="a"><sound/></rule></grammar>`, "<sound> in a rule"},
		{`<grammar><rule id="a"><item weight="-1">x</item></rule></grammar>`, "weight"},
		{`<grammar><rule id="a"><item repeat-prob="2">x</item></rule></grammar>`, "repeat-prob"},
		{`<grammar><rule id="a"><item repeat="x">x</item></rule></grammar>`, `repeat "x"`},
		{`<grammar><rule id="a"> b "c</rule></grammar>`, "g:1:27: a quote"},
		{`<grammar mode="dtmf"><rule id="a">1 two</rule></grammar>`, `g:1:37: "TWO" is no key`},
		{`<grammar tag-format="semantics/1.0"><rule id="a">b<tag>out = </tag></rule></grammar>`, `g:1:51: the tag "out =" is no script`},
		{`<grammar tag-format="semantics/1.0"><tag>(</tag><rule id="a">b</rule></grammar>`, "no script"},
		{`<grammar><rule id="a"><item repeat="1000"><item repeat="1000">x</item></item></rule></grammar>`, "more than 20000 steps"},
		{"#ABNF 2.0; $a = b;", "g:1:1: the header"},
		{"#ABNF 1.0 EBCDIC; $a = b;", "g:1:1: encoding EBCDIC"},
		{"#ABNF 1.0", "does not end"},
		{"#ABNF 1.0;", "g:1:1: a grammar without a rule"},
		{"#ABNF 1.0; $a = b", "g:1:18: the end of the grammar in rule a, expected ;"},
		{"#ABNF 1.0;\n$a = ;", "g:2:6: the character ;, expected a token"},
		{"#ABNF 1.0;\n$a = b | ;", "g:2:10: the character ;"},
		{"#ABNF 1.0;\n$a = (b;", "the character ; in brackets, expected )"},
		{"#ABNF 1.0;\n$a = b];", "g:2:7: the character ] in rule a"},
		{"#ABNF 1.0;\n$a = b +;", "g:2:8: the character + in an expansion"},
		{"#ABNF 1.0;\n$ = b;", "expected the name of a rule"},
		{"#ABNF 1.0;\n$a b;", "g:2:4: the character b after the name"},
		{"#ABNF 1.0; $a = b; language en;", `"language" after a rule`},
		{"#ABNF 1.0; colour red;", `g:1:12: "colour" starts no statement`},
		{"#ABNF 1.0; !", "the character ! starts no statement"},
		{"#ABNF 1.0; mode sign;", `g:1:17: mode "sign"`},
		{"#ABNF 1.0; language ;", "after language"},
		{"#ABNF 1.0; root $b; $a = c;", `root "b"`},
		{"#ABNF 1.0; root b; $a = c;", "before the name of a rule, expected $"},
		{"#ABNF 1.0; base http://x; $a = c;", "of base, expected <"},
		{"#ABNF 1.0; base <:>; $a = c;", "expected a URL"},
		{"#ABNF 1.0; meta x is 'y'; $a = c;", "expected a text in quotes"},
		{"#ABNF 1.0; meta 'x' 'y'; $a = c;", "in meta, expected is"},
		{"#ABNF 1.0; language en $a = c;", "after language, expected ;"},
		{"#ABNF 1.0; {(}; $a = c;", "no script"},
		{"#ABNF 1.0; {a $a = c;", "a tag does not end, expected }"},
		{"#ABNF 1.0; $a = b /* c;", "a comment does not end"},
		{"#ABNF 1.0; $a = b \"c;", "a quote does not end"},
		{"#ABNF 1.0; $a = b<3-1>;", `repeat "3-1"`},
		{"#ABNF 1.0; $a = b<1 /2/>;", "probability"},
		{"#ABNF 1.0; $a = b<1;", `repeat "1;"`},
		{"#ABNF 1.0; $a = /x/ b;", `weight "x"`},
		{"#ABNF 1.0; $a = b!;", "the name of a language"},
		{"#ABNF 1.0; $a = $<x;", "a URI does not end"},
		{"#ABNF 1.0; $a = $<x>~y;", "before a media type"},
		{"#ABNF 1.0; $NULL = b;", "named NULL"},
		{"#ABNF 1.0; $a = $b;", `g:1:17: a reference to rule "b"`},
		{"#ABNF 1.0; mode dtmf; $a = x1;", "is no key, expected 0 to 9"},
		{"#ABNF 1.0; $a = " + strings.Repeat("(", 200), "nested more than 100"},
		{"nothing of all this", "g:1:1: text that is no grammar"},
		{"", "g:1:1: text that is no grammar"},
		{strings.Repeat(" ", markup.MaxSize+1), "expected at most"},
	}
	for _, test := range tests {
		_, err := grammar.Parse(t.Context(), []byte(test.src), grammar.Source{URL: "g"})
		var place *markup.Error
		if err == nil || !strings.Contains(err.Error(), test.want) || !errors.As(err, &place) || place.Line < 1 {
			t.Errorf("%.80s: error %v, want %q", test.src, err, test.want)
		}
	}
}

func TestInline(t *testing.T) {
	tests := []struct{ src, said, want string }{
		{"<grammar root='b'><rule id='a'>x</rule><rule id='b'>y</rule></grammar>", "y", "y"},
		{"<grammar>\n  #ABNF 1.0;\n  $main = yes {out = true};\n</grammar>", "yes", "true"},
		{"<grammar mode='dtmf'><![CDATA[#ABNF 1.0; $main = 1<1->;]]></grammar>", "one", "1"},
		{"<grammar>a | new york {ny} | c</grammar>", "new york", "ny"},
		{"<grammar>a | b {first} | c</grammar>", "c", "c"},
		{"<grammar>[ a b (new york) {ny} ]</grammar>", "new york", "ny"},
		{"<grammar>[ a {1} b {2} ]</grammar>", "a", "1"},
		{"<grammar>[please] (call | ring) bob {bob}</grammar>", "please ring bob", "bob"},
		{"<grammar>dtmf-1 {one} | 2</grammar>", "1", "one"},
		{"<grammar>[dtmf-1 dtmf-2]</grammar>", "2", "2"},
		{"<grammar mode='dtmf'>1 | 2 3</grammar>", "two 3", "23"},
		{"<grammar mode='voice' type='application/x-jsgf'>a {b}</grammar>", "a", "b"},
		{"<grammar>very * good +</grammar>", "very very good good", "very very good good"},
		{"<grammar>#JSGF V1.0; grammar g; &lt;a&gt; = x | y {why}; public &lt;main&gt; = [go] &lt;a&gt;;</grammar>", "go y", "why"},
	}
	for _, test := range tests {
		t.Run(test.src, func(t *testing.T) {
			n, err := markup.Parse([]byte(test.src), "doc")
			if err != nil {
				t.Fatal(err)
			}
			g, err := grammar.FromMarkup(t.Context(), n, grammar.Source{URL: "http://test/doc#form", Loose: true})
			if err != nil {
				t.Fatal(err)
			}
			if got := interpreted(t, say(g, test.said)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestInlineErrors(t *testing.T) {
	tests := []struct{ src, want string }{
		{"<grammar>\n\n  a | (b</grammar>", "g:3:9: the end of the grammar in brackets, expected )"},
		{"<grammar mode='sign'>a</grammar>", "mode \"sign\""},
		{"<grammar>a ) b</grammar>", "g:1:12: the character ) after the grammar"},
		{"<grammar>a |</grammar>", "g:1:13: the end of the grammar"},
		{"<grammar>[]</grammar>", "the character ]"},
		{"<grammar>#JSGF V1.0; import &lt;x&gt;;</grammar>", `"import" starts no statement`},
		{"<grammar>\n #ABNF 1.0;\n $a = ;</grammar>", "g:3:7: the character ;"},
	}
	for _, test := range tests {
		n, err := markup.Parse([]byte(test.src), "g")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := grammar.FromMarkup(t.Context(), n, grammar.Source{URL: "g", Loose: true}); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", test.src, err, test.want)
		}
	}
}
