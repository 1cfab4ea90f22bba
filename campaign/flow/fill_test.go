package flow_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/flow"
	"rollcall/gateway/vxml"
	"rollcall/gateway/vxml/markup"
)

// open loads a flow named test.vxml.
func open(t testing.TB, text string) *flow.Flow {
	t.Helper()
	loader := flow.Loader{Samples: fstest.MapFS{"test.vxml": {Data: []byte(text)}}}
	f, err := loader.Open(t.Context(), "sample:test.vxml")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func values(name, value string) flow.Values {
	return flow.NewValues([]string{name}, campaign.Contact{Cells: []string{value}}, false)
}

func TestFillByPlace(t *testing.T) {
	tests := []struct{ name, text, value, want string }{
		{"text", `<p>Hi ${X}!</p>`, `<b> & "q"`, `<p>Hi &lt;b&gt; &amp; &quot;q&quot;!</p>`},
		{"text around stays", "<p>a &amp;\n b ${X}</p>", "c", "<p>a &amp;\n b c</p>"},
		{"line break", "<p>${X}</p>", "a\r\nb", "<p>a  b</p>"},
		{"what XML cannot hold", "<p>${X}</p>", "a\x00\x08\ufffeb\xff", "<p>ab</p>"},
		{"cdata", "<p><![CDATA[<${X}>]]></p>", "a]]>b", "<p><![CDATA[<a]]]]><![CDATA[>b>]]></p>"},
		{"attribute", `<a id='${X}'/>`, `'"><c/>`, `<a id="&apos;&quot;&gt;&lt;c/&gt;"/>`},
		{"quotes changed", `<a b='"' id='${X}'/>`, "1", `<a b="&quot;" id="1"/>`},
		{"string in expr", `<a expr="'${X}'"/>`, `'+evil+'"</a>\`, `<a expr="&apos;\u0027+evil+\u0027\u0022\u003c/a\u003e\u005c&apos;"/>`},
		{"other quotes", `<a expr='"${X}"'/>`, `"+evil+"`, `<a expr="&quot;\u0022+evil+\u0022&quot;"/>`},
		{"quotes as entities", `<a expr="&quot;${X}&quot;"/>`, `"+evil+"`, `<a expr="&quot;\u0022+evil+\u0022&quot;"/>`},
		{"line separators", `<a cond="'${X}' == ''"/>`, "\u2028\n", `<a cond="&apos;\u2028\u000a&apos; == &apos;&apos;"/>`},
		{"bare number", `<a cond="${X} > 3"/>`, "41.5", `<a cond="41.5 &gt; 3"/>`},
		{"bare negative number", `<a cond="3-${X}"/>`, "-1", `<a cond="3-(-1)"/>`},
		{"bare code", `<a cond="${X} == 3"/>`, "0,evil()", `<a cond="&apos;0,evil()&apos; == 3"/>`},
		{"leading zero", `<a expr="${X}"/>`, "007", `<a expr="&apos;007&apos;"/>`},
		{"empty", `<a expr="${X}"/>`, "", `<a expr="&apos;&apos;"/>`},
		{"after a string with a quote", `<a expr="'it\'s ' + ${X}"/>`, "b", `<a expr="&apos;it\&apos;s &apos; + &apos;b&apos;"/>`},
		{"quote in a regular expression", `<a expr="/'/.test(${X})"/>`, "b", `<a expr="/&apos;/.test(&apos;b&apos;)"/>`},
		{"division", `<a expr="${X} / 2 + '${X}'"/>`, "b'", `<a expr="&apos;b\u0027&apos; / 2 + &apos;b\u0027&apos;"/>`},
		{"script", "<script>var x = '${X}' // it's\n; y = ${X}</script>", "</script>", "<script>var x = &apos;\\u003c/script\\u003e&apos; // it&apos;s\n; y = &apos;\\u003c/script\\u003e&apos;</script>"},
		{"script in cdata", "<script><![CDATA[x = \"${X}\"]]></script>", `]]>"`, `<script><![CDATA[x = "\u005d\u005d\u003e\u0022"]]></script>`},
		{"script across runs", "<script>x = '<![CDATA[${X}]]>'</script>", "'", "<script>x = '<![CDATA[\\u0027]]>'</script>"},
		{"script comments", "<script>/* ${Y} */ // ${Y}</script>", "", "<script>/* ${Y} */ // ${Y}</script>"},
		{"address", `<audio src="say/${X}.wav?a=${X}#${X}"/>`, "a/b?c&d#é", `<audio src="say/a%2Fb%3Fc%26d%23%C3%A9.wav?a=a%2Fb%3Fc%26d%23%C3%A9#a%2Fb%3Fc%26d%23%C3%A9"/>`},
		{"way up", `<audio src="${X}/secret.wav"/>`, "..", `<audio src="%2E%2E/secret.wav"/>`},
		{"scheme", `<goto next="${X}"/>`, "javascript:evil", `<goto next="javascript%3Aevil"/>`},
		{"expression of an address", `<audio srcexpr="'${X}'"/>`, "'", `<audio srcexpr="&apos;\u0027&apos;"/>`},
		{"comment", "<p><!-- ${Y} --></p>", "", "<p><!-- ${Y} --></p>"},
		{"instruction and type", "<?x ${Y}?><!DOCTYPE p [<!ENTITY a '>${Y}'>]><p/>", "", "<?x ${Y}?><!DOCTYPE p [<!ENTITY a '>${Y}'>]><p/>"},
		{"name without case, with spaces", "<p>${  x }</p>", "a", "<p>a</p>"},
		{"no second round", "<p>${X}</p>", "${X}", "<p>${X}</p>"},
		{"nothing to fill", `<p a='b'>$ {X} $X</p>`, "", `<p a="b">$ {X} $X</p>`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := open(t, test.text).Fill(values("X", test.value))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFillErrors(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"unknown column", "<p>\n  hi ${Agee}</p>", `test.vxml:2:6: the list has no column "Agee"`},
		{"in an attribute", "<p\n a=\"1\" expr=\"${Agee}\"/>", `test.vxml:2:14: the list has no column "Agee"`},
		{"no end", "<p>\n ${X </p>", "test.vxml:2:2: ${X  has no end"},
		{"regular expression", "<p cond=\"/${X}/.test('')\"/>", "test.vxml:1:11: ${X} in a regular expression"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := open(t, test.text).Fill(values("X", "1"))
			var at *vxml.SyntaxError
			if !errors.As(err, &at) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func TestValues(t *testing.T) {
	c := campaign.Contact{Name: "Ann", Number: "+12125550100", Cells: []string{"own", "first", "second"}}
	text := "<p>${name}|${Number}|${When}|${AnsweredBy}</p>"
	tests := []struct {
		columns []string
		machine bool
		want    string
	}{
		{[]string{"x", "when", "WHEN"}, false, "<p>Ann|+12125550100|first|person</p>"},
		{[]string{"Name", "when", "y"}, true, "<p>own|+12125550100|first|machine</p>"},
		{[]string{"x", "answeredby", " when "}, false, "<p>Ann|+12125550100|second|person</p>"},
	}
	for _, test := range tests {
		got, err := open(t, text).Fill(flow.NewValues(test.columns, c, test.machine))
		if err != nil || got != test.want {
			t.Errorf("%v: %q, %v, want %q", test.columns, got, err, test.want)
		}
	}
}

// hostile is one document with a placeholder in each kind of place.
const hostile = `<vxml version="2.1" xml:base="${X}/">
<var name="a" expr="'${X}'"/><var name="b" expr="${X}"/><var name="c" expr='"${X}"'/>
<script>var d = "${X}"; var e = ${X};</script><script><![CDATA[var f = '${X}'; var g = ${X};]]></script>
<form><block><prompt>${X} <sub alias='${X}'>x</sub><![CDATA[${X}]]><audio src="${X}">y</audio></prompt>
<if cond="'${X}' == ${X} &amp;&amp; a == b &amp;&amp; b == c &amp;&amp; c == d &amp;&amp; d == e &amp;&amp; e == f &amp;&amp; f == g"><log label="${X}">z</log></if></block></form></vxml>`

// shape writes down the elements and attributes of a tree, without their
// values.
func shape(n *markup.Node) string {
	var b strings.Builder
	b.WriteString("<" + n.Name)
	for _, a := range n.Attrs {
		b.WriteString(" " + a.Name)
	}
	for _, c := range n.Elements() {
		b.WriteString(shape(c))
	}
	return b.String() + ">"
}

func checkHostile(t *testing.T, f *flow.Flow, value string) {
	t.Helper()
	plain, err := f.Fill(values("X", "harmless"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := markup.Parse([]byte(plain), "f")
	if err != nil {
		t.Fatal(err)
	}
	filled, err := f.Fill(values("X", value))
	if err != nil {
		t.Fatalf("%q: %v", value, err)
	}
	got, err := markup.Parse([]byte(filled), "f")
	if err != nil {
		t.Fatalf("%q: %v\n%s", value, err, filled)
	}
	if shape(got) != shape(want) {
		t.Fatalf("%q changes the document:\n%s", value, filled)
	}
	doc, err := vxml.Parse([]byte(filled), "f")
	if err == nil {
		err = doc.Check()
	}
	if err != nil {
		t.Fatalf("%q: %v\n%s", value, err, filled)
	}
	// The log is reached if each literal is the cell again for ECMAScript.
	p := &talker{}
	result, err := (&vxml.Interpreter{Platform: p}).Run(t.Context(), doc)
	if err != nil || result.Ending != vxml.Exit || p.logged != 1 {
		t.Fatalf("%q: %+v %v\n%s", value, result, err, filled)
	}
}

func hostileValues() []string {
	return []string{
		"", "1", "-1", "007", "1e5", "O'Brien", `"+evil+"`, "'+evil+'", "</prompt>", "]]>", "]]]]>>", "<![CDATA[", "<!--", "-->", "&lt;", "&#39;",
		"\u2028\u2029", "\\", `\'`, "`${X}`", "${X}", "*/", "//", "a\nb\rc", "\x00", "\xff\xfe", "%00", "..", "../..", "javascript:1", "#", "?a=b&c=d", "😀", strings.Repeat("]", 9),
	}
}

func TestHostileCellsStayInTheirPlace(t *testing.T) {
	f := open(t, hostile)
	for _, value := range hostileValues() {
		checkHostile(t, f, value)
	}
}

func FuzzHostileCells(f *testing.F) {
	for _, value := range hostileValues() {
		f.Add(value)
	}
	doc := open(f, hostile)
	f.Fuzz(func(t *testing.T, value string) {
		if len(value) > 1000 {
			t.Skip()
		}
		checkHostile(t, doc, value)
	})
}

func FuzzTemplates(f *testing.F) {
	f.Add(hostile, "'")
	f.Add("<a b=c ${X}><![CDATA[${X}", "]]>")
	f.Fuzz(func(t *testing.T, text, value string) {
		if len(text) > 10_000 || strings.Contains(value, "${") {
			t.Skip()
		}
		doc := open(t, text)
		plain, err := doc.Fill(values("X", "harmless"))
		if err != nil {
			return
		}
		want, err := markup.Parse([]byte(plain), "f")
		if err != nil {
			return // the template itself is no XML
		}
		filled, err := doc.Fill(values("X", value))
		if err != nil {
			t.Fatal(err)
		}
		got, err := markup.Parse([]byte(filled), "f")
		if err != nil || shape(got) != shape(want) {
			t.Fatalf("%q in %q: %v\n%s", value, text, err, filled)
		}
	})
}

// Documents of the largest size that once took minutes to hours each.
func TestCheckIsQuickWithAnyDocument(t *testing.T) {
	const size = 1<<19 - 100
	for name, text := range map[string]string{
		"placeholders without end": "<vxml>" + strings.Repeat("${", size) + "</vxml>",
		"a long name":              "<vxml " + strings.Repeat("a", size) + "></vxml>",
		"a document type":          "<!DOCTYPE " + strings.Repeat("<", size),
		"comments in it":           "<!DOCTYPE " + strings.Repeat("<!--", size/2),
	} {
		t.Run(name, func(t *testing.T) {
			if report, err := open(t, text).Check(t.Context()); err != nil || vxml.Errors(report.Findings) == nil {
				t.Error("no error")
			}
		})
	}
}
