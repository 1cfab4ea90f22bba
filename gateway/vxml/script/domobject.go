package script

import (
	"strings"

	"github.com/dop251/goja"
)

// This file makes the objects that scripts see of a tree. They share one
// prototype for each type of node; nothing in them can be assigned to.

// dom holds the prototypes of one runtime, and which node an object stands for.
type dom struct {
	rt     *goja.Runtime
	protos map[int]*goja.Object
	nodes  map[*goja.Object]*node
}

func newDOM(rt *goja.Runtime) *dom {
	d := &dom{rt: rt, protos: map[int]*goja.Object{}, nodes: map[*goja.Object]*node{}}
	base := rt.NewObject()
	for name, number := range map[string]int{
		"ELEMENT_NODE": elementNode, "ATTRIBUTE_NODE": attrNode, "TEXT_NODE": textNode, "CDATA_SECTION_NODE": 4,
		"PROCESSING_INSTRUCTION_NODE": commandNode, "COMMENT_NODE": commentNode, "DOCUMENT_NODE": rootNode,
	} {
		_ = base.Set(name, number) // plain
	}
	d.nodeMembers(base)
	for _, kind := range []int{elementNode, attrNode, textNode, commandNode, commentNode, rootNode} {
		d.protos[kind] = rt.CreateObject(base)
	}
	d.elementMembers(d.protos[elementNode])
	d.documentMembers(d.protos[rootNode])
	d.valueMembers()
	return d
}

// object is the one object for a node; nil is null.
func (d *dom) object(n *node) goja.Value {
	if n == nil {
		return goja.Null()
	}
	if n.object == nil {
		n.object = d.rt.CreateObject(d.protos[n.kind])
		d.nodes[n.object] = n
	}
	return n.object
}

// get defines a property that is computed from the node.
func (d *dom) get(on *goja.Object, name string, value func(*node) any) {
	getter := d.rt.ToValue(func(c goja.FunctionCall) goja.Value { return d.result(value(d.this(c))) })
	_ = on.DefineAccessorProperty(name, getter, nil, goja.FLAG_FALSE, goja.FLAG_TRUE) // on is plain
}

// method defines a function of the node and its arguments.
func (d *dom) method(on *goja.Object, name string, f func(n *node, args []goja.Value) any) {
	_ = on.Set(name, func(c goja.FunctionCall) goja.Value {
		args := make([]goja.Value, 3)
		for i := range args {
			args[i] = c.Argument(i)
		}
		return d.result(f(d.this(c), args))
	})
}

func (d *dom) this(c goja.FunctionCall) *node {
	if o, ok := c.This.(*goja.Object); ok && d.nodes[o] != nil {
		return d.nodes[o]
	}
	panic(d.rt.NewTypeError("not a node of a document"))
}

func (d *dom) result(value any) goja.Value {
	switch v := value.(type) {
	case nil:
		return goja.Null()
	case *node:
		return d.object(v)
	case []*node:
		return d.list(v)
	default:
		return d.rt.ToValue(v)
	}
}

// list is a NodeList: an array with the method item.
func (d *dom) list(nodes []*node) *goja.Object {
	members := make([]any, len(nodes))
	for i, n := range nodes {
		members[i] = d.object(n)
	}
	list := d.rt.NewArray(members...)
	_ = list.DefineDataProperty("item", d.rt.ToValue(func(c goja.FunctionCall) goja.Value {
		if i := c.Argument(0).ToInteger(); i >= 0 && i < int64(len(nodes)) {
			return d.object(nodes[i])
		}
		return goja.Null()
	}), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	return list
}

func (d *dom) nodeMembers(on *goja.Object) {
	d.get(on, "nodeName", func(n *node) any { return n.name() })
	d.get(on, "nodeType", func(n *node) any { return n.kind })
	d.get(on, "nodeValue", func(n *node) any {
		if n.kind == elementNode || n.kind == rootNode {
			return nil
		}
		return n.value
	})
	d.get(on, "localName", func(n *node) any { return n.local })
	d.get(on, "prefix", func(n *node) any { return orNull(n.prefix) })
	d.get(on, "namespaceURI", func(n *node) any { return orNull(n.space) })
	d.get(on, "parentNode", func(n *node) any {
		if n.kind == attrNode {
			return nil
		}
		return n.parent
	})
	d.get(on, "childNodes", func(n *node) any { return n.children })
	d.get(on, "firstChild", func(n *node) any { return at(n.children, 0) })
	d.get(on, "lastChild", func(n *node) any { return at(n.children, len(n.children)-1) })
	d.get(on, "previousSibling", func(n *node) any { return sibling(n, -1) })
	d.get(on, "nextSibling", func(n *node) any { return sibling(n, 1) })
	d.get(on, "ownerDocument", func(n *node) any {
		if n.kind == rootNode {
			return nil
		}
		return top(n)
	})
	d.get(on, "attributes", func(n *node) any {
		if n.kind != elementNode {
			return nil
		}
		return d.attributes(n)
	})
	d.get(on, "textContent", func(n *node) any { return content(n) })
	d.method(on, "hasChildNodes", func(n *node, _ []goja.Value) any { return len(n.children) > 0 })
	d.method(on, "hasAttributes", func(n *node, _ []goja.Value) any { return len(n.attrs) > 0 })
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func at(list []*node, i int) *node {
	if i < 0 || i >= len(list) {
		return nil
	}
	return list[i]
}

func sibling(n *node, by int) *node {
	if n.parent == nil || n.kind == attrNode {
		return nil
	}
	return at(n.parent.children, n.place+by)
}

func top(n *node) *node {
	for n.parent != nil {
		n = n.parent
	}
	return n
}

// content is all text below n.
func content(n *node) string {
	if n.kind != elementNode && n.kind != rootNode {
		return n.value
	}
	var b strings.Builder
	for _, c := range n.children {
		if c.kind == textNode || c.kind == elementNode {
			b.WriteString(content(c))
		}
	}
	return b.String()
}

// attributes is a NamedNodeMap.
func (d *dom) attributes(n *node) *goja.Object {
	list := d.list(n.attrs)
	for name, find := range map[string]func(c goja.FunctionCall) *node{
		"getNamedItem":   func(c goja.FunctionCall) *node { return n.attr(c.Argument(0).String()) },
		"getNamedItemNS": func(c goja.FunctionCall) *node { return n.attrNS(c.Argument(0), c.Argument(1)) },
	} {
		_ = list.DefineDataProperty(name, d.rt.ToValue(func(c goja.FunctionCall) goja.Value { return d.object(find(c)) }),
			goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	}
	return list
}

func (n *node) attr(name string) *node {
	for _, a := range n.attrs {
		if a.name() == name {
			return a
		}
	}
	return nil
}

func (n *node) attrNS(space, local goja.Value) *node {
	for _, a := range n.attrs {
		if a.in(space) && a.local == local.String() {
			return a
		}
	}
	return nil
}

// in tells whether the node is of a namespace; null is none, * is any.
func (n *node) in(space goja.Value) bool {
	if goja.IsNull(space) || goja.IsUndefined(space) {
		return n.space == ""
	}
	return space.String() == "*" || n.space == space.String()
}

func (d *dom) elementMembers(on *goja.Object) {
	d.get(on, "tagName", func(n *node) any { return n.name() })
	text := func(a *node) any {
		if a == nil {
			return ""
		}
		return a.value
	}
	d.method(on, "getAttribute", func(n *node, a []goja.Value) any { return text(n.attr(a[0].String())) })
	d.method(on, "getAttributeNS", func(n *node, a []goja.Value) any { return text(n.attrNS(a[0], a[1])) })
	d.method(on, "getAttributeNode", func(n *node, a []goja.Value) any { return n.attr(a[0].String()) })
	d.method(on, "getAttributeNodeNS", func(n *node, a []goja.Value) any { return n.attrNS(a[0], a[1]) })
	d.method(on, "hasAttribute", func(n *node, a []goja.Value) any { return n.attr(a[0].String()) != nil })
	d.method(on, "hasAttributeNS", func(n *node, a []goja.Value) any { return n.attrNS(a[0], a[1]) != nil })
	d.searchMembers(on)
}

func (d *dom) documentMembers(on *goja.Object) {
	d.get(on, "documentElement", func(n *node) any {
		for _, c := range n.children {
			if c.kind == elementNode {
				return c
			}
		}
		return nil
	})
	d.get(on, "doctype", func(*node) any { return nil })
	d.method(on, "getElementById", func(n *node, a []goja.Value) any {
		found := n.search(func(e *node) bool {
			id := e.attr("xml:id")
			return id != nil && id.value == a[0].String()
		})
		return at(found, 0)
	})
	d.searchMembers(on)
}

func (d *dom) searchMembers(on *goja.Object) {
	d.method(on, "getElementsByTagName", func(n *node, a []goja.Value) any {
		name := a[0].String()
		return n.search(func(e *node) bool { return name == "*" || e.name() == name })
	})
	d.method(on, "getElementsByTagNameNS", func(n *node, a []goja.Value) any {
		name := a[1].String()
		return n.search(func(e *node) bool { return e.in(a[0]) && (name == "*" || e.local == name) })
	})
}

// search returns the elements below n that are wanted, in document order.
func (n *node) search(wanted func(*node) bool) []*node {
	var found []*node
	for _, c := range n.children {
		if c.kind != elementNode {
			continue
		}
		if wanted(c) {
			found = append(found, c)
		}
		found = append(found, c.search(wanted)...)
	}
	return found
}

// valueMembers are those of what is no element.
func (d *dom) valueMembers() {
	value := func(n *node) any { return n.value }
	attr := d.protos[attrNode]
	d.get(attr, "name", func(n *node) any { return n.name() })
	d.get(attr, "value", value)
	d.get(attr, "specified", func(*node) any { return true })
	d.get(attr, "ownerElement", func(n *node) any { return n.parent })
	command := d.protos[commandNode]
	d.get(command, "target", func(n *node) any { return n.local })
	d.get(command, "data", value)
	for _, kind := range []int{textNode, commentNode} {
		on := d.protos[kind]
		d.get(on, "data", value)
		d.get(on, "length", func(n *node) any { return len([]rune(n.value)) })
		d.method(on, "substringData", func(n *node, a []goja.Value) any {
			text := []rune(n.value)
			from := min(max(a[0].ToInteger(), 0), int64(len(text)))
			return string(text[from:min(from+max(a[1].ToInteger(), 0), int64(len(text)))])
		})
	}
}
