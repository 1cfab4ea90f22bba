// Package markup reads XML into a tree whose every node knows its line and
// column, for VoiceXML documents and the grammars within them.
//
// What a telephone platform must not do is left out on purpose: external
// entities and document type definitions are never read, and depth and size
// are bounded.
package markup

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// Bounds of a document.
const (
	MaxSize  = 1 << 20 // bytes
	maxDepth = 100     // elements within each other
)

// Pos is a place in a source; lines and columns count from 1, columns in bytes.
type Pos struct {
	URL          string
	Line, Column int
}

func (p Pos) String() string { return fmt.Sprintf("%s:%d:%d", p.URL, p.Line, p.Column) }

// Error is a problem at a place: what is wrong, and what was expected.
type Error struct {
	URL          string
	Line, Column int
	Message      string
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.URL, e.Line, e.Column, e.Message)
}

// Errorf makes the error at p.
func (p Pos) Errorf(format string, args ...any) error {
	return &Error{URL: p.URL, Line: p.Line, Column: p.Column, Message: fmt.Sprintf(format, args...)}
}

// Node is an element, or a run of text if Name is empty.
type Node struct {
	Pos
	Name     string // without prefix; "prefix-URI name" in a foreign namespace
	Attrs    []Attr
	Children []*Node
	Text     string // of a run of text
	Parent   *Node  // nil for the root
}

// Attr is one attribute; those of the xml namespace keep their prefix, as in
// "xml:lang", those of other namespaces are left out.
type Attr struct {
	Name, Value string
}

// Attr returns the value of an attribute, empty if it is absent.
func (n *Node) Attr(name string) string {
	v, _ := n.Lookup(name)
	return v
}

// Lookup returns the value of an attribute, and false if it is absent.
func (n *Node) Lookup(name string) (string, bool) {
	for _, a := range n.Attrs {
		if a.Name == name {
			return a.Value, true
		}
	}
	return "", false
}

// Elements returns the child elements of these names, in document order; all
// of them without names.
func (n *Node) Elements(names ...string) []*Node {
	var found []*Node
	for _, c := range n.Children {
		if c.Name != "" && (len(names) == 0 || slices.Contains(names, c.Name)) {
			found = append(found, c)
		}
	}
	return found
}

// Start is where the first character that is no white space stands; for an
// element it is its own place.
func (n *Node) Start() Pos {
	p := n.Pos
	for i := 0; i < len(n.Text) && strings.IndexByte(" \t\r\n", n.Text[i]) >= 0; i++ {
		if p.Column++; n.Text[i] == '\n' {
			p.Line, p.Column = p.Line+1, 1
		}
	}
	return p
}

// Content returns all text below n, as it is written.
func (n *Node) Content() string {
	if n.Name == "" {
		return n.Text
	}
	var b strings.Builder
	for _, c := range n.Children {
		b.WriteString(c.Content())
	}
	return b.String()
}

// Parse reads a document; its root is returned. url names it in errors.
func Parse(src []byte, url string) (*Node, error) {
	if len(src) > MaxSize {
		return nil, Pos{url, 1, 1}.Errorf("the document has %d bytes, expected at most %d", len(src), MaxSize)
	}
	d := xml.NewDecoder(bytes.NewReader(src))
	d.CharsetReader = latin1
	p := &reader{decoder: d, url: url, top: &Node{}}
	p.open = p.top
	for {
		done, err := p.step()
		if err != nil {
			return nil, err
		}
		if done {
			break
		}
	}
	roots := p.top.Elements()
	if len(roots) != 1 {
		return nil, Pos{url, 1, 1}.Errorf("the document has %d root elements, expected one", len(roots))
	}
	roots[0].Parent = nil
	return roots[0], nil
}

// reader builds the tree: open is the element whose content is being read.
type reader struct {
	decoder *xml.Decoder
	url     string
	top     *Node
	open    *Node
	depth   int
}

func (p *reader) step() (done bool, err error) {
	pos := Pos{URL: p.url}
	pos.Line, pos.Column = p.decoder.InputPos()
	token, err := p.decoder.Token()
	if errors.Is(err, io.EOF) {
		return true, nil
	}
	if err != nil {
		return false, p.broken(err)
	}
	switch t := token.(type) {
	case xml.StartElement:
		if p.depth++; p.depth > maxDepth {
			return false, pos.Errorf("elements are nested more than %d deep", maxDepth)
		}
		p.add(&Node{Pos: pos, Name: elementName(t.Name), Attrs: attributes(t.Attr)})
	case xml.EndElement:
		p.depth--
		p.open = p.open.Parent
	case xml.CharData:
		p.text(pos, string(t))
	}
	return false, nil
}

func (p *reader) add(n *Node) {
	n.Parent = p.open
	p.open.Children = append(p.open.Children, n)
	p.open = n
}

// text joins runs that a comment or a CDATA section divides.
func (p *reader) text(pos Pos, s string) {
	if p.open == p.top {
		return
	}
	if last := len(p.open.Children) - 1; last >= 0 && p.open.Children[last].Name == "" {
		p.open.Children[last].Text += s
		return
	}
	p.open.Children = append(p.open.Children, &Node{Pos: pos, Text: s, Parent: p.open})
}

func (p *reader) broken(err error) error {
	pos := Pos{URL: p.url}
	pos.Line, pos.Column = p.decoder.InputPos()
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return pos.Errorf("not well-formed XML: %s", syntax.Msg)
	}
	return pos.Errorf("not readable as XML: %v", err)
}

func elementName(n xml.Name) string {
	switch n.Space {
	case "", "http://www.w3.org/2001/vxml", "http://www.w3.org/2001/06/grammar", "http://www.w3.org/2001/10/synthesis":
		return n.Local
	default:
		return n.Space + " " + n.Local
	}
}

func attributes(attrs []xml.Attr) []Attr {
	var kept []Attr
	for _, a := range attrs {
		switch a.Name.Space {
		case "":
			if a.Name.Local != "xmlns" {
				kept = append(kept, Attr{a.Name.Local, a.Value})
			}
		case "xml", "http://www.w3.org/XML/1998/namespace":
			kept = append(kept, Attr{"xml:" + a.Name.Local, a.Value})
		}
	}
	return kept
}

// latin1 reads the 8-bit encodings that old authoring tools wrote; as on the
// web, Windows-1252 stands for ISO-8859-1.
func latin1(charset string, input io.Reader) (io.Reader, error) {
	switch strings.ToLower(charset) {
	case "utf8", "us-ascii", "ascii":
		return input, nil
	case "iso-8859-1", "latin1", "windows-1252":
		return charmap.Windows1252.NewDecoder().Reader(input), nil
	default:
		return nil, fmt.Errorf("encoding %s is not known, expected UTF-8 or ISO-8859-1", charset)
	}
}
