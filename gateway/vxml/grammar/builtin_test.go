package grammar_test

import (
	"strings"
	"testing"

	"rollcall/gateway/vxml/grammar"
)

// TestBuiltinKeys and TestBuiltinWords: results of VoiceXML 2.0, appendix P;
// "-" is no match.
func TestBuiltinKeys(t *testing.T) {
	tests := []struct{ spec, keys, want string }{
		{"boolean", "1", "true"},
		{"boolean", "2", "false"},
		{"boolean?y=*;n=#", "*", "true"},
		{"boolean?y=*;n=#", "#", "false"},
		{"digits", "0123", "0123"},
		{"digits?length=3", "012", "012"},
		{"digits?length=3", "0123", "-"},
		{"dtmf/digits?minlength=2", "1", "-"},
		{"date", "20050103", "20050103"},
		{"date", "2005010", "-"},
		{"currency", "12*50", "12.50"},
		{"currency", "12", "12"},
		{"number", "12*5", "12.5"},
		{"number", "*5", ".5"},
		{"number", "5*", "5."},
		{"number", "*", "-"},
		{"phone", "5550100*12", "5550100x12"},
		{"phone", "5550100", "5550100"},
		{"time", "0930", "0930?"},
		{"time", "1530", "1530h"},
		{"time", "0030", "0030h"},
		{"time", "930", "-"},
	}
	for _, test := range tests {
		t.Run(test.spec+" "+test.keys, func(t *testing.T) {
			g := builtin(t, test.spec, true)
			if got := interpreted(t, press(g, test.keys)); got != test.want || !g.DTMF() {
				t.Errorf("got %q, keys %v, want %q", got, g.DTMF(), test.want)
			}
		})
	}
}

func TestBuiltinWords(t *testing.T) {
	tests := []struct{ spec, words, want string }{
		{"boolean", "yes", "true"},
		{"boolean", "yeah", "true"},
		{"boolean", "nope", "false"},
		{"boolean", "maybe", "-"},
		{"digits", "one oh 3 zero", "1030"},
		{"digits?length=2", "one two three", "-"},
		{"grammar/digits?length=2", "one two", "12"},
		{"number", "zero", "0"},
		{"number", "minus two point five", "-2.5"},
		{"number", "two hundred and five", "205"},
		{"number", "a thousand two hundred", "1200"},
		{"number", "one million two hundred thousand and one", "1200001"},
		{"number", "ninety nine", "99"},
		{"number", "one two three", "123"},
		{"number", "point oh five", "0.05"},
		{"number", "five six point", "-"},
		{"currency", "five dollars and ten cents", "USD5.10"},
		{"currency", "five dollars", "USD5.00"},
		{"currency", "twenty euros fifty", "EUR20.50"},
		{"currency", "five point two", "5.20"},
		{"currency", "ninety nine cents", "USD0.99"},
		{"currency", "one hundred pounds", "GBP100.00"},
		{"phone", "five five five oh one double two", "5550122"},
		{"phone", "five five five extension nine", "555x9"},
		{"date", "January third two thousand five", "20050103"},
		{"date", "monday the third of may", "????0503"},
		{"date", "the twenty first of june nineteen ninety nine", "19990621"},
		{"date", "december thirty one twenty twenty six", "20261231"},
		{"date", "may", "????05??"},
		{"date", "the fifth", "??????05"},
		{"date", "nineteen oh four", "1904????"},
		{"date", "march twenty twelve", "201203??"},
		{"time", "half past three p m", "0330p"},
		{"time", "three thirty pm", "0330p"},
		{"time", "three thirty", "0330?"},
		{"time", "quarter to one in the morning", "1245a"},
		{"time", "ten past five", "0510?"},
		{"time", "twenty five minutes to six", "0535?"},
		{"time", "seven o'clock", "0700?"},
		{"time", "nine oh five am", "0905a"},
		{"time", "fifteen thirty", "1530h"},
		{"time", "twenty one hundred hours", "2100h"},
		{"time", "noon", "1200p"},
		{"time", "midnight", "1200a"},
		{"time", "half past", "-"},
	}
	for _, test := range tests {
		t.Run(test.spec+" "+test.words, func(t *testing.T) {
			g := builtin(t, test.spec, false)
			if got := interpreted(t, say(g, test.words)); got != test.want || g.DTMF() {
				t.Errorf("got %q, keys %v, want %q", got, g.DTMF(), test.want)
			}
		})
	}
}

// TestBuiltinsOffer: each builtin type can be answered by somebody who knows
// nothing but the offers.
func TestBuiltinsOffer(t *testing.T) {
	for _, name := range []string{"boolean", "currency", "date", "digits", "number", "phone", "time"} {
		for _, dtmf := range []bool{true, false} {
			g := builtin(t, name, dtmf)
			offers := g.Start().Offers(8)
			if len(offers) == 0 {
				t.Errorf("%s, keys %v: no offer", name, dtmf)
			}
			for _, o := range offers {
				s := press(g, o.Keys)
				if !dtmf {
					s = say(g, o.Words)
				}
				if got := interpreted(t, s); strings.Contains(got, "not ") || got == "-" {
					t.Errorf("%s: the offer %+v means %q", name, o, got)
				}
			}
		}
	}
}

func TestBuiltinErrors(t *testing.T) {
	for _, spec := range []string{"colour", "digits?length=x", "digits?length=0", "digits?length=3;minlength=2", "digits?minlength=3;maxlength=2",
		"digits?size=3", "boolean?y=1;n=1", "boolean?y=12", "boolean?x=1", "digits?%zz", "date?length=3", "words/nothing", "words/../boolean"} {
		for _, dtmf := range []bool{true, false} {
			if _, err := grammar.Builtin(spec, dtmf); err == nil {
				t.Errorf("%s: no error", spec)
			}
		}
	}
}

func TestChoice(t *testing.T) {
	tests := []struct {
		said        string
		approximate bool
		ok          bool
	}{
		{"the stargazer news", false, true},
		{"stargazer news", false, false},
		{"stargazer news", true, true},
		{"the stargazer", true, true},
		{"news", true, true},
		{"the news", true, true},
		{"news the", true, false},
		{"The Stargazer News!", true, true},
	}
	for _, test := range tests {
		g, err := grammar.Choice("1", "The Stargazer News", test.approximate)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := say(g, test.said).Match(); ok != test.ok {
			t.Errorf("%q, approximate %v: %v", test.said, test.approximate, ok)
		}
		if _, ok := press(g, "1").Match(); !ok || !g.DTMF() {
			t.Error("the key does not match")
		}
		if o := g.Start().Offers(9); len(o) != 2 || o[0].Keys != "1" || o[1].Words != "the stargazer news" {
			t.Errorf("offers %+v", o)
		}
	}
	if _, err := grammar.Choice("x", "", false); err == nil {
		t.Error("no error with a key that is none")
	}
	if g, err := grammar.Choice("", "", false); err != nil || !g.Start().Dead() {
		t.Errorf("nothing to choose: %v", err)
	}
}
