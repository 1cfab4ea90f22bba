package markup_test

import (
	"errors"
	"strings"
	"testing"

	"rollcall/gateway/vxml/markup"
)

func TestParse(t *testing.T) {
	src := "<?xml version=\"1.0\"?>\n<!DOCTYPE vxml SYSTEM \"http://elsewhere/vxml.dtd\">\n" +
		"<vxml xmlns=\"http://www.w3.org/2001/vxml\" xml:lang=\"en\" xsi:x=\"1\">\n  <a b=\"c\">x<!-- y --><![CDATA[<z>]]></a>\n</vxml>\n"
	root, err := markup.Parse([]byte(src), "f.vxml")
	if err != nil {
		t.Fatal(err)
	}
	if root.Name != "vxml" || root.Attr("xml:lang") != "en" || len(root.Attrs) != 1 || root.Parent != nil {
		t.Errorf("root %+v", root)
	}
	a := root.Elements("a")[0]
	if a.String() != "f.vxml:4:3" || a.Content() != "x<z>" || a.Attr("b") != "c" || a.Parent != root || len(a.Children) != 1 {
		t.Errorf("element %v %+v", a.Pos, a)
	}
	if _, ok := a.Lookup("none"); ok || len(root.Elements("b")) != 0 || len(root.Elements()) != 1 {
		t.Error("found what is not there")
	}
}

func TestParseEncodings(t *testing.T) {
	for _, charset := range []string{"ISO-8859-1", "windows-1252"} {
		root, err := markup.Parse([]byte("<?xml version=\"1.0\" encoding=\""+charset+"\"?><a>\xe4</a>"), "f")
		if err != nil || root.Content() != "ä" {
			t.Errorf("%s: %v %v", charset, root, err)
		}
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"empty", "", "f:1:1: the document has 0 root elements"},
		{"two roots", "<a/><b/>", "root elements"},
		{"not closed", "<a>\n <b>", "f:2:5: not well-formed XML"},
		{"mismatch", "<a>\n</b>", "not well-formed XML: element <a> closed by </b>"},
		{"entity", "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>", "invalid character entity"},
		{"encoding", "<?xml version=\"1.0\" encoding=\"EBCDIC\"?><a/>", "EBCDIC is not known"},
		{"deep", strings.Repeat("<a>", 101), "nested more than 100"},
		{"large", "<a>" + strings.Repeat(" ", markup.MaxSize), "bytes"},
		{"bytes that are no text", "<a>\xff</a>", "invalid UTF-8"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := markup.Parse([]byte(test.src), "f")
			var at *markup.Error
			if !errors.As(err, &at) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("<a b='c'>&lt;<d/><!-- x --></a>"))
	f.Fuzz(func(t *testing.T, src []byte) {
		root, err := markup.Parse(src, "f")
		if (root == nil) == (err == nil) {
			t.Fatalf("root %v, error %v", root, err)
		}
	})
}
