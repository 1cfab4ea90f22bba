package grammar_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway/vxml/grammar"
	"rollcall/gateway/vxml/markup"
)

// srgs reads a grammar whose only rule has this content.
func srgs(t testing.TB, attributes, content string) *grammar.Grammar {
	t.Helper()
	g, err := fromText(`<grammar ` + attributes + `><rule id="main">` + content + `</rule><rule id="digit"><one-of><item>1</item><item>2</item></one-of></rule></grammar>`)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func fromText(src string) (*grammar.Grammar, error) {
	root, err := markup.Parse([]byte(src), "g")
	if err != nil {
		return nil, err
	}
	return grammar.FromMarkup(root)
}

func builtin(t testing.TB, spec string) *grammar.Grammar {
	t.Helper()
	g, err := grammar.Builtin(spec)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestMatching follows an input key by key: for each, "." is a dead end, "m" a
// match that may not go on, "M" one that may, "-" no match yet.
func TestMatching(t *testing.T) {
	tests := []struct {
		name    string
		grammar *grammar.Grammar
		keys    string
		want    string
		meaning any
	}{
		{"digits", builtin(t, "digits"), "123", "MMM", nil},
		{"digits take no star", builtin(t, "digits"), "1*", "M.", nil},
		{"length", builtin(t, "digits?length=3"), "1234", "--m.", nil},
		{"between", builtin(t, "digits?minlength=2;maxlength=3"), "1234", "-Mm.", nil},
		{"boolean yes", builtin(t, "boolean"), "1", "m", true},
		{"boolean no", builtin(t, "boolean"), "2", "m", false},
		{"boolean other keys", builtin(t, "boolean?y=7;n=9"), "9", "m", false},
		{"boolean wrong key", builtin(t, "boolean?y=7;n=9"), "1", ".", nil},
		{"sequence", srgs(t, `mode="dtmf"`, "1 2 dtmf-star #"), "12*#", "---m", nil},
		{"keys together", srgs(t, `mode="dtmf"`, "12"), "12", "-m", nil},
		{"one of", srgs(t, `mode="dtmf"`, "<one-of><item>1</item><item>1 2</item></one-of>"), "12", "Mm", nil},
		{"rule", srgs(t, `mode="dtmf"`, `<ruleref uri="#digit"/> <ruleref uri="#digit"/>`), "213", "-m.", nil},
		{"repeat", srgs(t, `mode="dtmf"`, `<item repeat="2-3">1</item>`), "1111", "-Mm.", nil},
		{"exact repeat", srgs(t, `mode="dtmf"`, `<item repeat="2">1</item>`), "11", "-m", nil},
		{"optional", srgs(t, `mode="dtmf"`, `<item repeat="0-1">1</item>2`), "2", "m", nil},
		{"for ever", srgs(t, `mode="dtmf"`, `<item repeat="0-">1</item>#`), "1111#", "----m", nil},
		{"empty repeat ends", srgs(t, `mode="dtmf"`, `<item repeat="0-"><item repeat="0-">1</item></item>`), "11", "MM", nil},
		{"void", srgs(t, `mode="dtmf"`, `<one-of><item><ruleref special="VOID"/>1</item><item><ruleref special="NULL"/>2</item></one-of>`), "2", "m", nil},
		{"literal tag", srgs(t, `mode="dtmf" tag-format="semantics/1.0-literals"`, `1<tag>out = 'x'</tag>`), "1", "m", "out = 'x'"},
		{"plain tag", srgs(t, `mode="dtmf"`, `1<tag>red</tag>`), "1", "m", "red"},
		{"number tag", srgs(t, `mode="dtmf"`, `1<tag>out = 2.5;</tag>`), "1", "m", 2.5},
		{"bool tag", srgs(t, `mode="dtmf"`, `1<tag>out=true</tag>`), "1", "m", true},
		{"last tag counts", srgs(t, `mode="dtmf"`, `1<tag>a</tag>2<tag>b</tag>`), "12", "-m", "b"},
		{"first in the document wins", srgs(t, `mode="dtmf"`, `<one-of><item>1<tag>a</tag></item><item>1<tag>b</tag></item></one-of>`), "1", "m", "a"},
		{"letters", srgs(t, `mode="dtmf"`, `A d`), "AD", "-m", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := test.grammar.Start()
			if _, ok := s.Match(); ok {
				t.Error("nothing is a match")
			}
			var got strings.Builder
			var meaning any
			for _, key := range []byte(test.keys) {
				s = s.Key(key)
				m, ok := s.Match()
				switch meaning = m; {
				case s.Dead():
					got.WriteByte('.')
				case ok && s.MayGoOn():
					got.WriteByte('M')
				case ok:
					got.WriteByte('m')
				default:
					got.WriteByte('-')
				}
			}
			if got.String() != test.want || meaning != test.meaning {
				t.Errorf("%s: %s %v, want %s %v", test.keys, got.String(), meaning, test.want, test.meaning)
			}
		})
	}
}

func TestWords(t *testing.T) {
	choice, err := grammar.Choice("1", "The News, today's")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name    string
		grammar *grammar.Grammar
		said    string
		ok      bool
		meaning any
	}{
		{"yes", builtin(t, "boolean"), "Yes.", true, true},
		{"no", builtin(t, "boolean"), "no", true, false},
		{"neither", builtin(t, "boolean"), "maybe", false, nil},
		{"digits by name", builtin(t, "digits?length=4"), "one oh 3 zero", true, nil},
		{"no digits", builtin(t, "digits"), "ten", false, nil},
		{"choice", choice, "the news today's", true, nil},
		{"half a choice", choice, "the news", false, nil},
		{"voice grammar", srgs(t, "", `<item repeat="0-1">please</item> call <one-of><item>Ann <tag>a</tag></item><item>Bob</item></one-of>`), "please call ann", true, "a"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := test.grammar.Start()
			for _, word := range grammar.Words(test.said) {
				s = s.Word(word)
			}
			meaning, ok := s.Match()
			if ok != test.ok || ok && meaning != test.meaning {
				t.Errorf("%q: %v %v, want %v %v", test.said, meaning, ok, test.meaning, test.ok)
			}
		})
	}
}

func TestOffers(t *testing.T) {
	pin := srgs(t, `mode="dtmf"`, `<item repeat="4"><one-of><item>0</item><item>1</item><item>2</item></one-of></item>`)
	tests := []struct {
		name  string
		state grammar.State
		limit int
		want  []grammar.Offer
	}{
		{"open digits", builtin(t, "digits?minlength=3").Start(), 9, []grammar.Offer{{Keys: "123"}}},
		{"the rest", builtin(t, "digits?length=3").Start().Key('9'), 9, []grammar.Offer{{Keys: "12"}}},
		{"nothing needed", builtin(t, "digits").Start().Key('9'), 9, nil},
		{"dead end", builtin(t, "digits").Start().Key('*'), 9, nil},
		{"zero value", grammar.State{}, 9, nil},
		{"boolean", builtin(t, "boolean").Start(), 9, []grammar.Offer{{Keys: "1", Meaning: true}, {Keys: "2", Meaning: false}, {Words: "yes", Meaning: true}, {Words: "no", Meaning: false}}},
		{"cut off", builtin(t, "boolean").Start(), 2, []grammar.Offer{{Keys: "1", Meaning: true}, {Keys: "2", Meaning: false}}},
		{"only the first key varies", pin.Start(), 5, []grammar.Offer{{Keys: "0000"}, {Keys: "1000"}, {Keys: "2000"}}},
		{"options left out", srgs(t, `mode="dtmf"`, `1<item repeat="0-1">2</item>#`).Start(), 9, []grammar.Offer{{Keys: "1#"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, test.state.Offers(test.limit)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	for _, spec := range []string{"date", "digits?length=x", "digits?length=0", "digits?length=3;minlength=2", "digits?minlength=3;maxlength=2",
		"digits?size=3", "boolean?y=1;n=1", "boolean?y=12", "boolean?x=1", "digits?%zz"} {
		if _, err := grammar.Builtin(spec); err == nil {
			t.Errorf("%s: no error", spec)
		}
	}
	tests := []struct{ src, want string }{
		{`<grammar mode="sign"><rule id="a">1</rule></grammar>`, "g:1:1: mode"},
		{`<grammar>#ABNF 1.0;</grammar>`, "only the XML form"},
		{`<grammar><lexicon/></grammar>`, "<lexicon>"},
		{`<grammar><rule id="a">b</rule><rule id="a">c</rule></grammar>`, "id of its own"},
		{`<grammar><rule id="a"><ruleref uri="other.grxml"/></rule></grammar>`, "g:1:23: uri"},
		{`<grammar><rule id="a"><ruleref special="GARBAGE"/></rule></grammar>`, "GARBAGE"},
		{`<grammar><rule id="a"><one-of>x</one-of></rule></grammar>`, "text in <one-of>"},
		{`<grammar><rule id="a"><sound/></rule></grammar>`, "<sound>"},
		{`<grammar><rule id="a"><item repeat="1000"><item repeat="1000">x</item></item></rule></grammar>`, "more than 20000 steps"},
	}
	for _, test := range tests {
		if _, err := fromText(test.src); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", test.src, err, test.want)
		}
	}
}

func FuzzGrammar(f *testing.F) {
	f.Add(`<grammar mode="dtmf"><rule id="a"><item repeat="0-"><one-of><item>1<tag>x</tag></item><item><ruleref uri="#b"/></item></one-of></item></rule><rule id="b">2 3</rule></grammar>`, "1123")
	f.Fuzz(func(t *testing.T, src, keys string) {
		g, err := fromText(src)
		if err != nil || len(keys) > 50 {
			return
		}
		s := g.Start()
		for _, o := range s.Offers(20) {
			if o.Keys == "" || o.Words != "" {
				continue
			}
			offered := s
			for _, key := range []byte(o.Keys) {
				offered = offered.Key(key)
			}
			if _, ok := offered.Match(); !ok {
				t.Fatalf("the offer %q does not match", o.Keys)
			}
		}
		for _, key := range []byte(keys) {
			s = s.Key(key)
			if _, ok := s.Match(); ok && s.Dead() {
				t.Fatal("a dead end matches")
			}
		}
	})
}
