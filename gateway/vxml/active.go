package vxml

import (
	"context"
	"slices"
	"strings"

	"rollcall/gateway/vxml/grammar"
	"rollcall/gateway/vxml/markup"
)

// This file finds the grammars that are active at an input item, in their
// order of precedence (VoiceXML 2.0, section 3.1.4).

// active is a grammar that the caller may match, and what matching it is for:
// an item, a dialog, a link, or an event.
type active struct {
	grammar *grammar.Grammar
	node    *markup.Node // whose grammar it is
	doc     *Document    // where it stands
	dlg     *dialog      // whose grammar it is, the current one for an item's
	item    *item        // field-level, and the choices of a menu
	choice  *choice      // of a menu, or an option
	link    *markup.Node
	event   string // of the platform's own grammars
}

// activation collects them.
type activation struct {
	*call
	list []active
}

// activate returns the grammars that are active at it. None at all is
// error.semantic: the caller could do nothing.
func (c *call) activate(ctx context.Context, it *item, t timing) ([]active, error) {
	a := activation{call: c}
	if err := a.ofItem(ctx, it); err != nil {
		return nil, err
	}
	if !it.modal() {
		if err := a.around(ctx); err != nil {
			return nil, err
		}
	}
	list := slices.DeleteFunc(a.list, func(a active) bool { return a.grammar.DTMF() && !t.keys || !a.grammar.DTMF() && !t.voice })
	if len(list) == 0 && !it.is("record", "transfer") {
		return nil, throw(it.node, eventSemantic, "no grammar is active here: nothing that the caller does could be understood")
	}
	return list, nil
}

// around adds what is active outside of the item.
func (a *activation) around(ctx context.Context) error {
	if err := a.ofDialog(ctx, a.doc, a.dlg); err != nil {
		return err
	}
	if err := a.links(ctx, a.dlg.node, a.doc); err != nil {
		return err
	}
	documents := []*Document{a.doc}
	if a.app != nil && a.app != a.doc {
		documents = append(documents, a.app)
	}
	for _, d := range documents {
		if err := a.ofDocument(ctx, d); err != nil {
			return err
		}
	}
	return a.universals()
}

func (a *activation) add(ctx context.Context, n *markup.Node, one active) error {
	g, err := a.grammarOf(ctx, one.doc, n)
	if err != nil {
		return err
	}
	one.grammar, one.node = g, n
	a.list = append(a.list, one)
	return nil
}

// addAll adds the grammars within n.
func (a *activation) addAll(ctx context.Context, n *markup.Node, one active) error {
	for _, g := range n.Elements("grammar", "dtmf") {
		if err := a.add(ctx, g, one); err != nil {
			return err
		}
	}
	return nil
}

// links adds those of the links within n.
func (a *activation) links(ctx context.Context, n *markup.Node, d *Document) error {
	for _, link := range n.Elements("link") {
		one := active{doc: d, link: link}
		if d.grammars[link] != nil {
			if err := a.add(ctx, link, one); err != nil {
				return err
			}
		}
		if err := a.addAll(ctx, link, one); err != nil {
			return err
		}
	}
	return nil
}

// ofItem adds what an item itself has.
func (a *activation) ofItem(ctx context.Context, it *item) error {
	if it.is("menu") {
		return nil // its choices are those of the dialog
	}
	one := active{doc: a.doc, dlg: a.dlg, item: it, node: it.node}
	if it.is("initial") {
		return a.links(ctx, it.node, a.doc)
	}
	a.fixed(one)
	if err := a.addAll(ctx, it.node, one); err != nil {
		return err
	}
	return a.links(ctx, it.node, a.doc)
}

// fixed adds the grammars of an item that are no elements.
func (a *activation) fixed(one active) {
	for _, s := range one.item.grammars {
		one.grammar, one.choice = s.grammar, s.choice
		a.list = append(a.list, one)
	}
}

// ofDialog adds what a form has for all its items, and the choices of a menu.
func (a *activation) ofDialog(ctx context.Context, doc *Document, dlg *dialog) error {
	one := active{doc: doc, dlg: dlg, node: dlg.node}
	if dlg.node.Name == "form" {
		return a.addAll(ctx, dlg.node, one)
	}
	one.item = dlg.items[0]
	a.fixed(one)
	for _, c := range one.item.choices {
		one.choice = c
		if err := a.addAll(ctx, c.node, one); err != nil {
			return err
		}
	}
	return nil
}

// ofDocument adds the links of a document, and its other dialogs as far as
// they or their grammars say that their scope is the document.
func (a *activation) ofDocument(ctx context.Context, d *Document) error {
	if err := a.links(ctx, d.root, d); err != nil {
		return err
	}
	for _, dlg := range d.dialogs {
		if dlg == a.dlg {
			continue
		}
		if dlg.node.Attr("scope") == "document" {
			if err := a.ofDialog(ctx, d, dlg); err != nil {
				return err
			}
			continue
		}
		for _, g := range dlg.node.Elements("grammar") {
			if g.Attr("scope") != "document" {
				continue
			}
			if err := a.add(ctx, g, active{doc: d, dlg: dlg}); err != nil {
				return err
			}
		}
	}
	return nil
}

// universals adds the commands that the property of that name turns on: words
// that throw the event of their name (section 6.3.6). None is the default.
func (a *activation) universals() error {
	wanted := strings.Fields(a.property("universals", "none"))
	if slices.Equal(wanted, []string{"none"}) {
		return nil
	}
	for _, word := range []string{"help", "cancel", "exit"} {
		if !slices.Contains(wanted, word) && !slices.Contains(wanted, "all") {
			continue
		}
		g, err := grammar.Choice("", word, false)
		if err != nil {
			return err
		}
		a.list = append(a.list, active{grammar: g, node: a.innermost(), doc: a.doc, event: word})
	}
	return nil
}
