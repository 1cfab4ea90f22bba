package vxml

import (
	"strings"

	"rollcall/gateway/vxml/markup"
)

// This file checks what callers are asked and what they may answer.

// input checks the items of a document that listen.
func (k *checking) input(p *page) {
	outside := k.heardAnywhere(p)
	for i, dlg := range p.doc.dialogs {
		around := outside || hasGrammar(dlg.node) || dlg.node.Name == "menu"
		spoken := i > 0 || p != k.pages[0] // by whoever goes to the dialog, as far as is known
		for _, it := range dlg.items {
			if literal(it.node, "false") {
				continue
			}
			k.answerable(it, around)
			if it.is("menu", "field") && !spoken && !asks(it.node) && !it.prefilled() {
				k.warn(it.node, "<%s> without a prompt: nothing is asked, expected <prompt>", it.node.Name)
			}
			spoken = spoken || leadsOver(it)
			k.sameKeys(it)
		}
	}
	each(p.doc.root, k.shadowed)
}

// prefilled tells whether an item may have a value from the start, so that it
// is not visited.
func (it *item) prefilled() bool {
	_, ok := it.node.Lookup("expr")
	return ok
}

// literal tells whether the condition of n is that word, and so always the same.
func literal(n *markup.Node, word string) bool { return strings.TrimSpace(n.Attr("cond")) == word }

// hasGrammar tells whether n, or a link in it, has grammars.
func hasGrammar(n *markup.Node) bool {
	if len(n.Elements("grammar", "dtmf")) > 0 {
		return true
	}
	for _, link := range n.Elements("link") {
		if _, keys := link.Lookup("dtmf"); keys || len(link.Elements("grammar", "dtmf")) > 0 {
			return true
		}
	}
	return false
}

// heardAnywhere tells whether a document, its root document or the platform
// has grammars for all its dialogs.
func (k *checking) heardAnywhere(p *page) bool {
	if p.appless {
		return true
	}
	for _, one := range []*page{p, p.app} {
		if one != nil && one.heardByAll() {
			return true
		}
	}
	return false
}

func (p *page) heardByAll() bool {
	if hasGrammar(p.doc.root) {
		return true
	}
	found := false
	each(p.doc.root, func(n *markup.Node) {
		switch n.Name {
		case "property":
			found = found || n.Attr("name") == "universals" && strings.TrimSpace(n.Attr("value")) != "none"
		case "form", "menu", "grammar", "dtmf":
			found = found || n.Attr("scope") == "document"
		}
	})
	return found
}

// answerable checks that there is something which the caller could do.
func (k *checking) answerable(it *item, around bool) {
	if !it.is("field", "initial", "menu") {
		return
	}
	own := len(it.grammars) > 0 || hasGrammar(it.node)
	for _, c := range it.choices {
		own = own || len(c.node.Elements("grammar", "dtmf")) > 0
	}
	if it.is("menu") {
		around = false // what the others hear does not choose
	}
	if own || around && !it.modal() || it.prefilled() {
		return
	}
	report := k.fail
	if _, conditional := it.node.Lookup("cond"); conditional {
		report = k.warn // it may be there only for its variable
	}
	report(it.node, "<%s> that nothing can be answered to, expected %s", it.node.Name, answersOf(it))
}

func answersOf(it *item) string {
	switch it.node.Name {
	case "menu":
		return "choices with words, dtmf or a grammar"
	case "initial":
		return "a grammar of the form"
	default:
		return "type, <grammar>, <option> or a grammar of the form"
	}
}

// asks tells whether something is heard of n before its answer.
func asks(n *markup.Node) bool {
	for _, part := range spokenParts(n) {
		for _, c := range part.content {
			if c.Name != "" || strings.TrimSpace(c.Text) != "" {
				return true
			}
		}
	}
	return false
}

// leadsOver tells whether something is heard after an item that may be a
// question.
func leadsOver(it *item) bool {
	if it.is("block", "subdialog", "object") {
		return !it.is("block") || says(it.node)
	}
	for _, n := range it.node.Elements("filled", "catch", "error", "help", "noinput", "nomatch") {
		if says(n) {
			return true
		}
	}
	return false
}

// says tells whether anything below n is heard.
func says(n *markup.Node) bool {
	found := false
	each(n, func(n *markup.Node) {
		found = found || n.Name == "prompt" || n.Name == "audio" || n.Name == "value" || n.Name == "foreach"
		if n.Name == "log" || n.Name == "script" {
			return
		}
		for _, c := range n.Children {
			found = found || c.Name == "" && strings.TrimSpace(c.Text) != ""
		}
	})
	return found
}

// sameKeys looks for choices of which only the first can be chosen.
func (k *checking) sameKeys(it *item) {
	first := map[string]*markup.Node{}
	for _, c := range it.choices {
		if c.keys == "" || k.unknown(c.keys) {
			continue
		}
		if other := first[c.keys]; other != nil {
			k.warn(c.node, "<%s> with the keys %s, which choose the one in line %d, expected keys of its own", c.node.Name, c.keys, other.Line)
			continue
		}
		first[c.keys] = c.node
	}
}

// maxHandlers bounds how many handlers of one element are compared.
const maxHandlers = 200

// shadowed looks for handlers in n that another one before them leaves nothing
// to (section 5.2.4).
func (k *checking) shadowed(n *markup.Node) {
	handlers := n.Elements("catch", "error", "help", "noinput", "nomatch")
	handlers = handlers[:min(len(handlers), maxHandlers)]
	for i, h := range handlers {
		for _, before := range handlers[:i] {
			if covers(before, h) {
				k.warn(h, "<%s> is never run: the <%s> in line %d catches the same, expected another event, count or cond", h.Name, before.Name, before.Line)
				break
			}
		}
	}
}

// covers tells whether whatever h catches is caught by before.
func covers(before, h *markup.Node) bool {
	if countOf(before) != countOf(h) {
		return false
	}
	if cond, ok := before.Lookup("cond"); ok && !literal(before, "true") && cond != h.Attr("cond") {
		return false
	}
	names := strings.Fields(h.Name)
	if h.Name == "catch" {
		names = strings.Fields(h.Attr("event"))
	}
	if len(names) == 0 {
		names = []string{""}
	}
	for _, name := range names {
		if _, ok := caught(before, strings.TrimSuffix(name, "."), nil); !ok {
			return false
		}
	}
	return true
}
