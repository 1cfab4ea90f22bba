package grammar_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"rollcall/gateway/vxml/grammar"
	"rollcall/gateway/vxml/markup"
)

var errNotFound = errors.New("not found")

// web serves documents by their address.
func web(documents map[string]string) func(context.Context, string) ([]byte, string, error) {
	return func(_ context.Context, url string) ([]byte, string, error) {
		body, ok := documents[url]
		if !ok {
			return nil, "", fmt.Errorf("%s: %w", url, errNotFound)
		}
		return []byte(body), "application/srgs", nil
	}
}

func TestReferences(t *testing.T) {
	documents := map[string]string{
		"http://test/polite.gram": "#ABNF 1.0; root $start; public $start = please; public $end = thanks | $<main.gram#loop>; private $hidden = x;",
		"http://test/main.gram":   "#ABNF 1.0; public $loop = again [$<polite.gram#end>];",
		"http://test/x/names.grxml": `<grammar root="name" xml:base="http://test/"><rule id="name"><one-of><item>ann<tag>Ann</tag></item>
			<item><ruleref uri="polite.gram#start" type="application/srgs"/> bob</item></one-of></rule></grammar>`,
		"http://test/keys.gram":   "#ABNF 1.0; mode dtmf; root $k; public $k = 1;",
		"http://test/noroot.gram": "#ABNF 1.0; public $k = a;",
		"http://test/broken.gram": "#ABNF 1.0; $k = ",
	}
	tests := []struct{ rules, said, want string }{
		{"$main = $<polite.gram> go;", "please go", `$main[$<polite.gram>["please"],"go"]`},
		{"$main = $<polite.gram#end>~<application/srgs> x;", "thanks x", `$main[$<polite.gram#end>["thanks"],"x"]`},
		{"$main = $<x/names.grxml>;", "please bob", `$main[$<x/names.grxml>[$<polite.gram#start>["please"],"bob"]]`},
		{"$main = $<polite.gram#end>;", "again again thanks", `$main[$<polite.gram#end>[$<main.gram#loop>["again",$<polite.gram#end>[$<main.gram#loop>["again",$<polite.gram#end>["thanks"]]]]]]`},
		{"$main = $<http://test/g#loop>; public $loop = a;", "a", `$main[$<http://test/g#loop>["a"]]`},
		{"base <http://test/x/>; $main = $<names.grxml>;", "ann", `$main[$<names.grxml>["ann",{Ann}]]`},
		{"$main = $<builtin:grammar/boolean>;", "yes", `$main[$<builtin:grammar/boolean>["yes",{out = true}]]`},
		{"$main = $<builtin:boolean>;", "no", `$main[$<builtin:boolean>["no",{out = false}]]`},
		{"mode dtmf; $main = $<builtin:dtmf/digits?length=2>;", "one 2", `$main[$<builtin:dtmf/digits?length=2>[$digit["1"],$digit["2"]]]`},
		{"$main = $<builtin:dtmf/digits>;", "", "same mode"},
		{"$main = $<builtin:doesnotexist>;", "", `g:1:32: the builtin type "doesnotexist" is not known`},
		{"$main = $<polite.gram#hidden>;", "", `g:1:32: a reference to "polite.gram#hidden", which is private`},
		{"$main = $<polite.gram#nothing>;", "", "expected the name of a rule of that grammar"},
		{"$main = $<noroot.gram>;", "", "declares no root"},
		{"$main = $<keys.gram>;", "", "same mode"},
		{"$main = $<nothing.gram>;", "", "g:1:32: the grammar http://test/nothing.gram cannot be read: http://test/nothing.gram: not found"},
		{"$main = $<broken.gram>;", "", "broken.gram:1:17: the end of the grammar"},
		{"$main = x; $other = $<nothing.gram>;", "x", `$main["x"]`},
	}
	for _, test := range tests {
		t.Run(test.rules, func(t *testing.T) {
			src := "#ABNF 1.0; language en;" + test.rules
			g, err := grammar.Parse(t.Context(), []byte(src), grammar.Source{URL: "http://test/g", Load: web(documents)})
			if err != nil {
				if !strings.Contains(strings.ReplaceAll(err.Error(), "http://test/g", "g"), strings.ReplaceAll(test.want, "g:1:32", "g:1:32")) {
					t.Errorf("error %v, want %q", err, test.want)
				}
				return
			}
			m, ok := say(g, test.said).Match()
			if !ok {
				t.Fatal("no match")
			}
			if m.String() != test.want {
				t.Errorf("got %s, want %s", m, test.want)
			}
		})
	}
}

func TestFragmentSelectsRule(t *testing.T) {
	const src = "#ABNF 1.0; root $a; $a = x; $b = y;"
	g, err := grammar.Parse(t.Context(), []byte(src), grammar.Source{URL: "http://test/g#b"})
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := say(g, "y").Match(); !ok {
		t.Error("not the rule of the fragment")
	}
	if _, err := grammar.Parse(t.Context(), []byte(src), grammar.Source{URL: "http://test/g#c"}); err == nil {
		t.Error("no error for a rule that is not there")
	}
}

func TestFilesReferToEachOther(t *testing.T) {
	for _, folder := range []string{"", "flows/", "/flows/"} {
		load := web(map[string]string{folder + "b.gram": "#ABNF 1.0; root $b; $b = x;"})
		if _, err := grammar.Parse(t.Context(), []byte("#ABNF 1.0; $a = $<b.gram>;"), grammar.Source{URL: folder + "a.gram", Load: load}); err != nil {
			t.Error(err)
		}
	}
}

// TestDocumentsAreBounded: each document refers to a new one.
func TestDocumentsAreBounded(t *testing.T) {
	n := 0
	load := func(context.Context, string) ([]byte, string, error) {
		n++
		return fmt.Appendf(nil, "#ABNF 1.0; root $a; $a = x $<%d.gram>;", n), "", nil
	}
	_, err := grammar.Parse(t.Context(), []byte("#ABNF 1.0; $a = $<start.gram>;"), grammar.Source{URL: "http://test/g", Load: load})
	var place *markup.Error
	if !errors.As(err, &place) || n > 100 {
		t.Errorf("after %d documents: %v", n, err)
	}
}

func TestLoadErrorIsKept(t *testing.T) {
	_, err := grammar.Parse(t.Context(), []byte("#ABNF 1.0; $a = $<b.gram>;"), grammar.Source{URL: "http://test/g", Load: web(nil)})
	var place *markup.Error
	if !errors.Is(err, errNotFound) || !errors.As(err, &place) || place.Column != 17 {
		t.Errorf("got %v", err)
	}
}
