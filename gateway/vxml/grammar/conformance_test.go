package grammar_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"rollcall/gateway/vxml/grammar"
	"rollcall/gateway/vxml/markup"
)

// What the documents of the W3C's SRGS 1.0 tests refer to and what is not
// there: grammars of ours, with the rules that they name.
var companions = map[string]string{
	"common.gram":        "#ABNF 1.0; public $polite_start = $<polite.gram#start>;",
	"polite.gram":        "#ABNF 1.0; public $start = please; public $end = thanks;",
	"english_names.gram": "#ABNF 1.0; public $single_public = John Paul;",
	"french_names.gram":  "#ABNF 1.0; root $names; $names = Jean Francois | Dominic;",
	"token-basic.gram":   "#ABNF 1.0; root $main; $main = help;",
	"politeness.gram":    "#ABNF 1.0; public $startPolite = please;",

	"common.grxml":        `<grammar><rule id="polite_start" scope="public"><ruleref uri="polite.grxml#start"/></rule></grammar>`,
	"polite.grxml":        `<grammar><rule id="start" scope="public">please</rule><rule id="end" scope="public">thanks</rule></grammar>`,
	"english_names.grxml": `<grammar><rule id="single_public" scope="public">John Paul</rule></grammar>`,
	"french_names.grxml":  `<grammar root="names"><rule id="names">Jean Francois</rule></grammar>`,
	"token-basic.grxml":   `<grammar root="main"><rule id="main">help</rule></grammar>`,
}

// elsewise are the results that a processor may have by its own choice, and
// that ours has: what foreign elements contain says nothing.
var elsewise = map[string]string{"conformance-5.grxml in.1": "REJECT"}

// TestW3C runs the SRGS 1.0 tests of the folder that ROLLCALL_VXML_IR names.
func TestW3C(t *testing.T) {
	folder := os.Getenv("ROLLCALL_VXML_IR")
	if folder == "" {
		t.Skip("ROLLCALL_VXML_IR is not set")
	}
	files, err := filepath.Glob(filepath.Join(folder, "srgs10", "conformance-*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests in %s: %v", folder, err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		meta := metaOf(t, src)
		for _, n := range []string{"1", "2", "3"} {
			said, ok := meta["in."+n]
			if !ok {
				continue
			}
			name := filepath.Base(file) + " in." + n
			t.Run(name, func(t *testing.T) {
				want := meta["out."+n]
				if own := elsewise[name]; own != "" {
					want = own
				}
				if got := logicalParse(t, filepath.Base(file), src, said); got != want {
					t.Errorf("%q: %s, want %s", said, got, want)
				}
			})
		}
	}
}

var abnfMeta = regexp.MustCompile(`meta ["']([^"']*)["'] is (?:"([^"]*)"|'([^']*)')`)

func metaOf(t *testing.T, src []byte) map[string]string {
	t.Helper()
	meta := map[string]string{}
	if strings.HasPrefix(string(src), "#ABNF") {
		for _, m := range abnfMeta.FindAllStringSubmatch(string(src), -1) {
			meta[m[1]] = m[2] + m[3]
		}
		return meta
	}
	root, err := markup.Parse(src, "g")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range root.Elements("meta") {
		meta[n.Attr("name")] = n.Attr("content")
	}
	return meta
}

// logicalParse activates the root and, as test 3 wants, the rule parallel.
func logicalParse(t *testing.T, url string, src []byte, said string) string {
	t.Helper()
	load := func(_ context.Context, url string) ([]byte, string, error) {
		body, ok := companions[url]
		if !ok {
			return nil, "", fs.ErrNotExist
		}
		return []byte(body), "", nil
	}
	for _, fragment := range []string{"", "#parallel"} {
		g, err := grammar.Parse(t.Context(), src, grammar.Source{URL: url + fragment, Load: load})
		var place *markup.Error
		if err != nil && !errors.As(err, &place) {
			t.Fatal(err)
		}
		if errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		if err != nil {
			continue
		}
		if m, ok := say(g, said).Match(); ok {
			return m.String()
		}
	}
	return "REJECT"
}
