package vxml

import (
	"slices"
	"strings"
	"unicode"

	"rollcall/gateway/vxml/markup"
)

// This file looks for names that stand for nothing.

// mention takes down the names that a script contains: it may declare them.
func (p *page) mention(src string) {
	for _, name := range strings.FieldsFunc(src, func(r rune) bool {
		return r != '_' && r != '$' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		p.names[name] = true
	}
}

// declarations takes down all names that a document declares.
func (p *page) declarations() {
	for _, dlg := range p.doc.dialogs {
		for _, it := range dlg.items {
			p.names[it.name], p.names[it.name+"$"] = true, true
		}
	}
	each(p.doc.root, p.declared)
}

// namesIn checks the names that a document uses.
func (k *checking) namesIn(p *page) {
	for _, dlg := range p.doc.dialogs {
		items := map[string]*item{}
		for _, it := range dlg.items {
			items[it.name] = it
		}
		each(dlg.node, func(n *markup.Node) { k.itemNames(n, dlg, items) })
	}
	each(p.doc.root, func(n *markup.Node) { k.variables(p, n) })
}

// declared takes down the name that an element declares.
func (p *page) declared(n *markup.Node) {
	switch n.Name {
	case "var", "data":
		p.names[n.Attr("name")] = true
	case "foreach":
		p.names[n.Attr("item")] = true
	case "assign": // of a member of a scope
		if strings.Contains(n.Attr("name"), ".") {
			p.mention(n.Attr("name"))
		}
	}
}

// itemNames checks the names of form items.
func (k *checking) itemNames(n *markup.Node, dlg *dialog, items map[string]*item) {
	name, ok := n.Lookup("nextitem")
	if it := items[name]; ok && !k.unknown(name) && (it == nil || it.is("menu")) {
		k.fail(n, "nextitem of <%s>: the form has no item %q, expected the name of one of its items", n.Name, name)
	}
	if n.Name != "filled" || n.Parent != dlg.node {
		return
	}
	for _, name := range strings.Fields(n.Attr("namelist")) {
		if it := items[name]; it == nil || !it.input() {
			k.fail(n, "namelist of <filled>: the form has no field %q, expected names of its input items", name)
		}
	}
}

// variables checks the names of variables.
func (k *checking) variables(p *page, n *markup.Node) {
	switch n.Name {
	case "var":
		if !isName(n.Attr("name")) {
			k.fail(n, "name of <var>: %q cannot be declared, expected a variable name without a scope", n.Attr("name"))
		}
	case "foreach":
		if !isName(n.Attr("item")) {
			k.fail(n, "item of <foreach>: %q cannot be declared, expected a variable name", n.Attr("item"))
		}
	case "clear", "submit", "exit", "return", "disconnect", "data", "subdialog":
		for _, name := range strings.Fields(n.Attr("namelist")) {
			if !k.stands(p, name) {
				k.fail(n, "namelist of <%s>: nothing is named %q, expected names of fields and variables, with spaces between", n.Name, name)
			}
		}
	}
}

// stands tells whether a name may stand for something.
func (k *checking) stands(p *page, name string) bool {
	if p.appless || p.scripts || p.app != nil && p.app.scripts {
		return true
	}
	parts := strings.Split(name, ".")
	if parts[0] == "session" {
		return true
	}
	if len(parts) > 1 && slices.Contains([]string{"dialog", "document", "application"}, parts[0]) {
		parts = parts[1:]
	}
	first, _, _ := strings.Cut(parts[0], "[")
	switch first {
	case "lastresult$", "_event", "_message":
		return true
	}
	return p.names[first] || p.app != nil && p.app.names[first]
}
