package script

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/dop251/goja"
)

// This file is the part of DOM Level 2 Core that reads, for the documents of
// <data> (VoiceXML 2.1, section 5 and appendix D). A tree is read once; the
// objects for its nodes are made when a script comes upon them.

// Bounds of a document.
const (
	maxTreeSize  = 1 << 20 // bytes
	maxTreeNodes = 100_000
	maxTreeDepth = 200
	maxPrefixes  = 100 // in scope: each element that declares one copies them
)

// Node types of DOM Level 2.
const (
	elementNode = 1
	attrNode    = 2
	textNode    = 3
	commandNode = 7
	commentNode = 8
	rootNode    = 9
)

// node is one node of a tree.
type node struct {
	kind     int
	prefix   string
	local    string // of a processing instruction its target
	space    string
	value    string
	parent   *node
	place    int // among the parent's children
	children []*node
	attrs    []*node
	object   *goja.Object
}

func (n *node) name() string {
	switch n.kind {
	case textNode:
		return "#text"
	case commentNode:
		return "#comment"
	case rootNode:
		return "#document"
	}
	if n.prefix != "" {
		return n.prefix + ":" + n.local
	}
	return n.local
}

// DOM reads an XML document and returns the Document object of it.
func (e *Engine) DOM(src []byte) (Value, error) {
	tree, err := readTree(src)
	if err != nil {
		return Value{}, err
	}
	if e.dom == nil {
		e.dom = newDOM(e.rt)
	}
	return Value{v: e.dom.object(tree), text: "[object Document]"}, nil
}

// treeReader builds a tree. Prefixes are kept: the decoder gives raw names, and
// scopes tells what they stand for.
type treeReader struct {
	open   *node
	nodes  int
	depth  int
	scopes []map[string]string
}

func readTree(src []byte) (*node, error) {
	if len(src) > maxTreeSize {
		return nil, fmt.Errorf("the document has %d bytes, expected at most %d", len(src), maxTreeSize)
	}
	root := &node{kind: rootNode}
	r := &treeReader{open: root, scopes: []map[string]string{{"xml": "http://www.w3.org/XML/1998/namespace"}}}
	d := xml.NewDecoder(bytes.NewReader(src))
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = r.take(token)
		}
		if err != nil {
			return nil, fmt.Errorf("not readable as XML: %w", err)
		}
	}
	if r.open != root || countElements(root) != 1 {
		return nil, errors.New("not readable as XML: expected one root element, closed at the end")
	}
	return root, nil
}

func countElements(n *node) int {
	count := 0
	for _, c := range n.children {
		if c.kind == elementNode {
			count++
		}
	}
	return count
}

func (r *treeReader) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return r.start(t)
	case xml.EndElement:
		if r.open.kind != elementNode || r.open.local != t.Name.Local || r.open.prefix != t.Name.Space {
			return fmt.Errorf("</%s> closes what is not open", t.Name.Local)
		}
		r.open, r.scopes, r.depth = r.open.parent, r.scopes[:len(r.scopes)-1], r.depth-1
	case xml.CharData:
		return r.text(string(t))
	case xml.Comment:
		return r.add(&node{kind: commentNode, value: string(t)})
	case xml.ProcInst:
		if t.Target != "xml" {
			return r.add(&node{kind: commandNode, local: t.Target, value: string(t.Inst)})
		}
	}
	return nil
}

func (r *treeReader) add(n *node) error {
	if r.nodes++; r.nodes > maxTreeNodes {
		return fmt.Errorf("more than %d nodes", maxTreeNodes)
	}
	n.parent, n.place = r.open, len(r.open.children)
	r.open.children = append(r.open.children, n)
	return nil
}

func (r *treeReader) text(s string) error {
	if r.open.kind == rootNode {
		if strings.TrimSpace(s) != "" {
			return errors.New("text outside of the root element")
		}
		return nil
	}
	if last := len(r.open.children) - 1; last >= 0 && r.open.children[last].kind == textNode {
		r.open.children[last].value += s // a CDATA section goes on with the text around it
		return nil
	}
	return r.add(&node{kind: textNode, value: s})
}

func (r *treeReader) start(t xml.StartElement) error {
	if r.depth++; r.depth > maxTreeDepth {
		return fmt.Errorf("elements are nested more than %d deep", maxTreeDepth)
	}
	scope := r.scopes[len(r.scopes)-1]
	inner := map[string]string{}
	for _, a := range t.Attr {
		switch {
		case a.Name.Space == "xmlns":
			inner[a.Name.Local] = a.Value
		case a.Name.Space == "" && a.Name.Local == "xmlns":
			inner[""] = a.Value
		}
	}
	if len(inner) > 0 {
		for prefix, space := range scope {
			if _, hidden := inner[prefix]; !hidden {
				inner[prefix] = space
			}
		}
		if scope = inner; len(scope) > maxPrefixes {
			return fmt.Errorf("more than %d prefixes of namespaces", maxPrefixes)
		}
	}
	n := &node{kind: elementNode, prefix: t.Name.Space, local: t.Name.Local, space: scope[t.Name.Space]}
	for _, a := range t.Attr {
		attr := &node{kind: attrNode, prefix: a.Name.Space, local: a.Name.Local, value: a.Value, parent: n}
		if a.Name.Space != "" {
			attr.space = scope[a.Name.Space]
		}
		n.attrs = append(n.attrs, attr)
	}
	if err := r.add(n); err != nil {
		return err
	}
	r.open, r.scopes = n, append(r.scopes, scope)
	return nil
}
