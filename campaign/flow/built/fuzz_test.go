package built_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"rollcall/campaign/flow/built"
)

// heard is how a text without columns comes out of a document: what no
// document may hold is gone, and white space is one space.
func heard(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' && !strings.ContainsRune("\t\r\n", r) || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError {
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n", r) }), " ")
}

// expected is the text for a row whose every cell is "CELL".
func expected(text string) string {
	var b strings.Builder
	for _, p := range built.Parts(text) {
		if p.Column != "" {
			b.WriteString("CELL")
		}
		b.WriteString(p.Words)
	}
	return heard(b.String())
}

// Whatever is typed, the document can be read, and says it.
func FuzzDocument(f *testing.F) {
	for _, text := range []string{
		"Hello ${Name}.", "</prompt><exit/>", "<![CDATA[", "]]>", "${", "${}", "$${x}", "$ {x}", "${a\nb}", "&lt;&amp;&#0;", "\x00\xff\ufffe", "'\"", "${A & B} ${<}", "-->", "${'x'}", "{$", "&${x}amp;",
	} {
		f.Add(text, text, text, text)
	}
	f.Fuzz(func(t *testing.T, greeting, says, label, language string) {
		if len(greeting)+len(says)+len(label) > 20_000 {
			return
		}
		m := built.Message{Kind: built.Keyed, Language: language, Greeting: greeting, Keys: []built.Key{{Key: "5", Label: label, Says: says}},
			Otherwise: built.Otherwise{Says: says}, Machine: built.Machine{Does: built.Same}}
		values := row(false)
		for _, text := range []string{greeting, says} {
			for _, p := range built.Parts(text) {
				values[strings.ToLower(strings.Join(strings.Fields(p.Column), " "))] = "CELL"
			}
		}
		values["answeredby"] = "person"
		filled, err := open(t, m).Fill(values)
		if err != nil {
			t.Fatalf("%v in\n%s", err, m.Document())
		}
		want := []string{}
		for _, line := range []string{"> " + expected(greeting), "< 5", "> " + expected(says), "= exit"} {
			if line != "> " {
				want = append(want, line)
			}
		}
		got := call(t, filled, "5")
		if len(got) != len(want)+1 || strings.Join(got[:len(want)], "\n") != strings.Join(want, "\n") {
			t.Errorf("heard\n%q, want\n%q, of\n%s", got, want, m.Document())
		}
	})
}
