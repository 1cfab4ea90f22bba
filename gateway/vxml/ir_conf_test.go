package vxml_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// The elements conf:… of the W3C's tests, turned into VoiceXML for a machine:
// where a human tester would be asked in words, a prompt asks in brackets, as
// in [[say chicago]], [[key 1]], [[silence]], [[nomatch]], [[hangup]] and
// [[record]].

const confSpace = "http://www.w3.org/2002/vxml-conformance"

// What the log shows of the verdict: after a hang-up nobody hears it.
const (
	confPassed = "verdict: pass"
	confFailed = "verdict: fail"
)

// confWords are the words that the tests' tokens stand for; other tokens are
// words themselves.
var confWords = map[string]string{
	"alpha": "chicago", "bravo": "san francisco", "charlie": "new york", "delta": "london",
	"echo": "tokyo", "foxtrot": "truth or consequences", "golf": "hackensack", "hotel": "standardsville",
}

func words(token string) string {
	if w, ok := confWords[token]; ok {
		return w
	}
	return token
}

// conformance returns src with every conf: element replaced and without
// comments. The rest is kept, each thing in its line.
func conformance(src []byte) (string, error) {
	r := confReader{decoder: xml.NewDecoder(bytes.NewReader(src))}
	r.decoder.Entity = map[string]string{}
	for {
		token, err := r.decoder.RawToken()
		if errors.Is(err, io.EOF) {
			return r.out.String(), nil
		}
		if err != nil {
			return "", err
		}
		if err := r.token(token); err != nil {
			return "", err
		}
	}
}

type confReader struct {
	decoder *xml.Decoder
	prefix  string   // of confSpace
	open    []string // the elements around
	out     strings.Builder
}

func (r *confReader) token(token xml.Token) error {
	switch token := token.(type) {
	case xml.StartElement:
		return r.start(token)
	case xml.EndElement:
		r.open = r.open[:len(r.open)-1]
		r.out.WriteString("</" + qualified(token.Name) + ">")
	case xml.CharData:
		r.out.WriteString(escaped.Replace(string(token)))
	case xml.Comment: // its lines stay, for messages
		r.out.WriteString(strings.Repeat("\n", strings.Count(string(token), "\n")))
	}
	return nil
}

var escaped = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func (r *confReader) start(e xml.StartElement) error {
	for _, a := range e.Attr {
		if a.Name.Space == "xmlns" && a.Value == confSpace {
			r.prefix = a.Name.Local
		}
	}
	if r.prefix != "" && e.Name.Space == r.prefix {
		return r.conf(e)
	}
	r.open = append(r.open, e.Name.Local)
	r.out.WriteString("<" + qualified(e.Name))
	for _, a := range e.Attr {
		if a.Name.Space != "xmlns" || a.Value != confSpace {
			r.out.WriteString(" " + qualified(a.Name) + "=" + `"` + escaped.Replace(a.Value) + `"`)
		}
	}
	r.out.WriteString(">")
	return nil
}

func qualified(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// conf writes what a conf: element stands for, and reads it to its end.
func (r *confReader) conf(e xml.StartElement) error {
	value := attr(e, "value")
	switch e.Name.Local {
	case "comment":
		return r.comment()
	case "grammar":
		return r.grammar(e)
	case "pass":
		r.out.WriteString("<log>" + confPassed + "</log><prompt>pass</prompt><exit/>")
	case "fail":
		r.fail(e)
	case "phrase":
		r.out.WriteString(words(attr(e, "utterance")))
	case "speech":
		r.ask("say " + words(value))
	case "dtmf":
		r.ask("key " + value)
	case "noinput":
		r.taper("silence")
	case "nomatch":
		r.taper("nomatch")
	case "recording":
		r.taper("record")
	case "hangup":
		r.out.WriteString("<prompt>[[hangup]]</prompt>")
	default:
		return fmt.Errorf("conf:%s is not known", e.Name.Local)
	}
	return r.skip()
}

// skip reads to the end of the current element.
func (r *confReader) skip() error {
	for depth := 1; depth > 0; {
		token, err := r.decoder.RawToken()
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// comment is a log with the content of the element.
func (r *confReader) comment() error {
	r.out.WriteString("<log>")
	for depth := len(r.open); ; {
		token, err := r.decoder.RawToken()
		if err != nil {
			return err
		}
		if _, end := token.(xml.EndElement); end && len(r.open) == depth {
			r.out.WriteString("</log>")
			return nil
		}
		if err := r.token(token); err != nil {
			return err
		}
	}
}

func (r *confReader) fail(e xml.StartElement) {
	r.out.WriteString("<prompt>fail</prompt><log>" + confFailed + "</log>")
	if reason := attr(e, "reason"); reason != "" {
		r.out.WriteString("<log>reason: " + escaped.Replace(reason) + "</log>")
	}
	if expr := attr(e, "expr"); expr != "" {
		r.out.WriteString(`<log>expression: <value expr="` + escaped.Replace(expr) + `"/></log>`)
	}
	r.out.WriteString("<exit/>")
}

// ask asks for an input: in a field three times, in executable content, where
// the count of a prompt means nothing, once.
func (r *confReader) ask(what string) {
	switch r.open[len(r.open)-1] {
	case "nomatch", "noinput", "block":
		r.out.WriteString("<prompt>[[" + what + "]]</prompt>")
	default:
		r.taper(what)
	}
}

func (r *confReader) taper(what string) {
	r.out.WriteString(`<prompt count="1">[[` + what + `]]</prompt><prompt count="2">again [[` + what +
		`]]</prompt><prompt count="3">once more [[` + what + `]]</prompt>`)
}

// grammar takes one utterance. What it means stands in the attribute interp or
// in the elements conf:key in it.
func (r *confReader) grammar(e xml.StartElement) error {
	tag, err := r.keys("out")
	if err != nil {
		return err
	}
	if interp := attr(e, "interp"); interp != "" {
		tag = "out = '" + interp + "';"
	}
	if tag != "" {
		tag = "<tag>" + tag + "</tag>"
	}
	r.out.WriteString(`<grammar version="1.0" root="r" tag-format="semantics/1.0" type="application/srgs+xml" mode="voice">` +
		`<rule id="r" scope="public">` + words(attr(e, "utterance")) + tag + `</rule></grammar>`)
	return nil
}

// keys reads conf:key elements, to the end of the one around them, and returns
// a script that makes properties of object of them.
func (r *confReader) keys(object string) (string, error) {
	var b strings.Builder
	for {
		token, err := r.decoder.RawToken()
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.EndElement:
			return strings.TrimSpace(b.String()), nil
		case xml.StartElement:
			name := object + "." + attr(token, "name")
			inner, err := r.keys(name)
			if err != nil {
				return "", err
			}
			if value := attr(token, "value"); value != "" {
				b.WriteString(name + " = '" + value + "'; ")
			} else {
				b.WriteString(name + " = {}; " + inner + " ")
			}
		}
	}
}

func TestConformanceElements(t *testing.T) {
	around := func(inner string) string { return `<vxml xmlns:c="` + confSpace + `">` + inner + `</vxml>` }
	tests := []struct{ name, from, to string }{
		{"pass", `<!-- no --><c:pass/>`, `<log>verdict: pass</log><prompt>pass</prompt><exit/>`},
		{"comment", `<c:comment>x <value expr="a &lt; b"/><c:phrase utterance="echo"/></c:comment>`,
			`<log>x <value expr="a &lt; b"></value>tokyo</log>`},
		{"fail", `<c:fail reason="1 &lt; 2" expr="x"/>`,
			`<prompt>fail</prompt><log>verdict: fail</log><log>reason: 1 &lt; 2</log><log>expression: <value expr="x"/></log><exit/>`},
		{"grammar", `<c:grammar utterance="alpha" interp="a"/>`, `<grammar version="1.0" root="r" tag-format="semantics/1.0" type="application/srgs+xml" mode="voice">` +
			`<rule id="r" scope="public">chicago<tag>out = 'a';</tag></rule></grammar>`},
		{"keys", `<c:grammar utterance="yes"><c:key name="a" value="v"/><c:key name="b"><c:key name="c" value="w"/></c:key></c:grammar>`,
			`<grammar version="1.0" root="r" tag-format="semantics/1.0" type="application/srgs+xml" mode="voice">` +
				`<rule id="r" scope="public">yes<tag>out.a = 'v'; out.b = {}; out.b.c = 'w';</tag></rule></grammar>`},
		{"asked once", `<block><c:dtmf value="12"/></block>`, `<block><prompt>[[key 12]]</prompt></block>`},
		{"asked again", `<field><c:speech value="bravo"/></field>`, `<field><prompt count="1">[[say san francisco]]</prompt>` +
			`<prompt count="2">again [[say san francisco]]</prompt><prompt count="3">once more [[say san francisco]]</prompt></field>`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := conformance([]byte(around(test.from)))
			if err != nil {
				t.Fatal(err)
			}
			if want := `<vxml>` + test.to + `</vxml>`; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
