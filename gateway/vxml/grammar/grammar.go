package grammar

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"rollcall/gateway/vxml/markup"
)

// Grammar is a graph of keys and words. It is never changed and may be shared.
type Grammar struct {
	root  *rule
	nodes []node
	start int
	dtmf  bool
}

// DTMF tells whether the grammar takes keys.
func (g *Grammar) DTMF() bool { return g.dtmf }

// Source is where the text of a grammar comes from.
type Source struct {
	// URL is where the text came from: relative references start there, and
	// errors name it. Its fragment names the rule to start with.
	URL string
	// Type is the media type, if it is known. Text that says itself what it is
	// is read as that; of JSGF and GSL it makes the source loose.
	Type string
	// DTMF is the mode of a grammar that declares none.
	DTMF bool
	// Loose lets text in the manner of VoiceXML 1.0 be a grammar: "a | b | c",
	// "dtmf-1 {one} | 2", "[dtmf-1 dtmf-2]", JSGF.
	Loose bool
	// Load fetches another document; without it, nothing external is referred
	// to. Its errors stay within those of Parse and FromMarkup.
	Load func(ctx context.Context, url string) (body []byte, mediaType string, err error)
}

// Parse reads a grammar in the XML or the ABNF form, told apart by their
// content. Problems are [*markup.Error]s.
func Parse(ctx context.Context, src []byte, o Source) (*Grammar, error) {
	d, err := read(src, o)
	if err != nil {
		return nil, err
	}
	_, fragment, _ := strings.Cut(o.URL, "#")
	return link(d, fragment, o.loader(ctx))
}

const (
	abnfHeader = "#ABNF"
	byteOrder  = "\xef\xbb\xbf"
)

func read(src []byte, o Source) (*document, error) {
	name, _, _ := strings.Cut(o.URL, "#")
	start := markup.Pos{URL: name, Line: 1, Column: 1}
	if len(src) > markup.MaxSize {
		return nil, start.Errorf("the grammar has %d bytes, expected at most %d", len(src), markup.MaxSize)
	}
	text := bytes.TrimPrefix(src, []byte(byteOrder))
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("<")) && !bytes.HasPrefix(text, []byte(abnfHeader)) {
		root, err := markup.Parse(src, name)
		if err != nil {
			return nil, err
		}
		if root.Name != "grammar" {
			return nil, root.Errorf("the root element is <%s>, expected <grammar>", root.Name)
		}
		return readNode(root, o)
	}
	return readText(string(text), start, o)
}

// FromMarkup reads a <grammar> element that stands in another document: the
// XML form, or text in the ABNF form, or in that of VoiceXML 1.0 if o is loose.
// Problems are [*markup.Error]s.
func FromMarkup(ctx context.Context, n *markup.Node, o Source) (*Grammar, error) {
	return fromMarkup(n, o, o.loader(ctx))
}

// ErrExternal is why [Inline] could not read a grammar.
var ErrExternal = errors.New("the grammar refers to another document")

// Inline is FromMarkup for a grammar that refers to no other document; one that
// does is [ErrExternal].
func Inline(n *markup.Node, o Source) (*Grammar, error) {
	return fromMarkup(n, o, func(string) ([]byte, string, error) { return nil, "", ErrExternal })
}

func fromMarkup(n *markup.Node, o Source, load loader) (*Grammar, error) {
	d, err := readNode(n, o)
	if err != nil {
		return nil, err
	}
	return link(d, "", load) // the fragment is one of the document around it
}

func readNode(n *markup.Node, o Source) (*document, error) {
	text := n.Content()
	if len(n.Elements()) > 0 || strings.TrimSpace(text) == "" {
		return readMarkup(n, o)
	}
	if mode, ok := n.Lookup("mode"); ok {
		d := &document{}
		if err := d.setMode(n.Pos, mode); err != nil {
			return nil, err
		}
		o.DTMF = d.dtmf
	}
	if written, ok := n.Lookup("type"); ok {
		o.Type = written
	}
	start := n.Children[0].Start()
	return readText(strings.TrimLeft(text, " \t\r\n"), start, o)
}
