package grammar_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway/vxml/grammar"
	"rollcall/gateway/vxml/script"
)

// srgs reads a grammar whose only rule but one has this content.
func srgs(t testing.TB, attributes, content string) *grammar.Grammar {
	t.Helper()
	return parse(t, `<grammar root="main" `+attributes+`><rule id="main">`+content+`</rule>
		<rule id="digit"><one-of><item>1</item><item>2</item></one-of></rule></grammar>`)
}

// abnf reads a grammar with these rules; the first one is the root.
func abnf(t testing.TB, rules string) *grammar.Grammar {
	t.Helper()
	return parse(t, "#ABNF 1.0; language en;"+rules)
}

func parse(t testing.TB, src string) *grammar.Grammar {
	t.Helper()
	g, err := grammar.Parse(t.Context(), []byte(src), grammar.Source{URL: "g"})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func builtin(t testing.TB, spec string, dtmf bool) *grammar.Grammar {
	t.Helper()
	g, err := grammar.Builtin(spec, dtmf)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func press(g *grammar.Grammar, keys string) grammar.State {
	s := g.Start()
	for _, key := range []byte(keys) {
		s = s.Key(key)
	}
	return s
}

func say(g *grammar.Grammar, words string) grammar.State {
	s := g.Start()
	for _, word := range grammar.Words(words) {
		s = s.Word(word)
	}
	return s
}

// interpreted is the meaning of s as text, or "-" if it is no match.
func interpreted(t testing.TB, s grammar.State) string {
	t.Helper()
	m, ok := s.Match()
	if !ok {
		return "-"
	}
	e := script.New(0)
	v, err := m.Interpret(t.Context(), e)
	if err != nil {
		return err.Error()
	}
	e.Declare(script.Dialog, "v", v)
	shown, err := e.Eval(t.Context(), "typeof v == 'object' ? JSON.stringify(v) : v")
	if err != nil {
		t.Fatal(err)
	}
	return shown.String()
}

func TestMatching(t *testing.T) {
	tests := []struct {
		name    string
		grammar *grammar.Grammar
		keys    string
		want    string
		meaning any
	}{
		{"digits", builtin(t, "digits", true), "123", "MMM", nil},
		{"digits take no star", builtin(t, "digits", true), "1*", "M.", nil},
		{"length", builtin(t, "digits?length=3", true), "1234", "--m.", nil},
		{"between", builtin(t, "digits?minlength=2;maxlength=3", true), "1234", "-Mm.", nil},
		{"boolean yes", builtin(t, "boolean", true), "1", "m", true},
		{"boolean no", builtin(t, "boolean", true), "2", "m", false},
		{"boolean other keys", builtin(t, "boolean?y=7;n=9", true), "9", "m", false},
		{"boolean wrong key", builtin(t, "boolean?y=7;n=9", true), "1", ".", nil},
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
			for _, key := range []byte(test.keys) {
				s = s.Key(key)
				_, ok := s.Match()
				switch {
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
			var meaning any
			if m, ok := s.Match(); ok {
				meaning, _ = m.Literal()
			}
			if got.String() != test.want || meaning != test.meaning {
				t.Errorf("%s: %s %v, want %s %v", test.keys, got.String(), meaning, test.want, test.meaning)
			}
		})
	}
}

func TestWords(t *testing.T) {
	choice, err := grammar.Choice("1", "The News, today's", false)
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
		{"yes", builtin(t, "boolean", false), "Yes.", true, true},
		{"no", builtin(t, "boolean", false), "no", true, false},
		{"neither", builtin(t, "boolean", false), "maybe", false, nil},
		{"digits by name", builtin(t, "digits?length=4", true), "one oh 3 zero", true, nil},
		{"no digits", builtin(t, "digits", true), "ten", false, nil},
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
			m, ok := s.Match()
			var meaning any
			if ok {
				meaning, _ = m.Literal()
			}
			if ok != test.ok || meaning != test.meaning {
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
		{"open digits", builtin(t, "digits?minlength=3", true).Start(), 9, []grammar.Offer{{Keys: "123"}}},
		{"the rest", builtin(t, "digits?length=3", true).Start().Key('9'), 9, []grammar.Offer{{Keys: "12"}}},
		{"nothing needed", builtin(t, "digits", true).Start().Key('9'), 9, nil},
		{"dead end", builtin(t, "digits", true).Start().Key('*'), 9, nil},
		{"zero value", grammar.State{}, 9, nil},
		{"boolean", builtin(t, "boolean", true).Start(), 9, []grammar.Offer{{Keys: "1", Meaning: true}, {Keys: "2", Meaning: false}}},
		{"boolean words", builtin(t, "boolean", false).Start(), 9, []grammar.Offer{{Words: "yes", Meaning: true}, {Words: "no", Meaning: false}}},
		{"cut off", builtin(t, "boolean", true).Start(), 2, []grammar.Offer{{Keys: "1", Meaning: true}, {Keys: "2", Meaning: false}}},
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
