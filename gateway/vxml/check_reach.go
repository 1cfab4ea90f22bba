package vxml

import "rollcall/gateway/vxml/markup"

// This file looks for dialogs and items that nothing leads to.

// reaching follows transitions from what is known to be reached.
type reaching struct {
	*checking
	from    map[*markup.Node][]target // by the dialog that they stand in, or the root element
	pages   map[*page]bool
	dialogs map[*dialog]bool
	queue   []target
}

func (k *checking) newReaching(from map[*markup.Node][]target) *reaching {
	return &reaching{checking: k, from: from, pages: map[*page]bool{}, dialogs: map[*dialog]bool{}}
}

// reach looks for what is never reached. Where it is not known what a
// transition leads to, it may be anything.
func (k *checking) reach() {
	from := map[*markup.Node][]target{}
	var subdialogs []target
	for _, p := range k.pages {
		each(p.doc.root, func(n *markup.Node) {
			to, ok := k.targets[n]
			if !ok {
				return
			}
			at := dialogOf(n)
			from[at] = append(from[at], to)
			if n.Name == "subdialog" {
				subdialogs = append(subdialogs, to)
			}
		})
		k.unvisited(p)
	}
	if k.open {
		return
	}
	r := k.newReaching(from)
	r.run(target{page: k.pages[0], dlg: k.pages[0].first()})
	called := k.newReaching(from)
	called.run(subdialogs...)
	for _, p := range k.pages {
		for i, dlg := range p.doc.dialogs {
			switch {
			case i > 0 && !r.dialogs[dlg]:
				k.warn(dlg.node, "<%s> %q is never reached, expected a goto, choice, link, submit or subdialog that leads to it", dlg.node.Name, dlg.id)
			case !called.dialogs[dlg]:
				k.returns(dlg.node)
			}
		}
	}
}

// dialogOf is the form or menu that n stands in, or the root element.
func dialogOf(n *markup.Node) *markup.Node {
	for n.Parent != nil && n.Name != "form" && n.Name != "menu" {
		n = n.Parent
	}
	return n
}

// returns warns of what only a subdialog may do.
func (k *checking) returns(dlg *markup.Node) {
	each(dlg, func(n *markup.Node) {
		if n.Name == "return" {
			k.warn(n, "<return> in a form that is no subdialog, expected a <subdialog> that calls it, or <exit>")
		}
	})
}

func (r *reaching) run(starts ...target) {
	r.queue = append(r.queue, starts...)
	for len(r.queue) > 0 {
		at := r.queue[0]
		r.queue = r.queue[1:]
		r.enter(at.page)
		if at.dlg != nil && !r.dialogs[at.dlg] {
			r.dialogs[at.dlg] = true
			r.queue = append(r.queue, r.from[at.dlg.node]...)
		}
	}
}

// enter reaches what a document has for all its dialogs: links, handlers and
// the dialogs whose grammars are always heard.
func (r *reaching) enter(p *page) {
	if p == nil || r.pages[p] {
		return
	}
	r.pages[p] = true
	r.queue = append(r.queue, r.from[p.doc.root]...)
	for _, dlg := range p.doc.dialogs {
		if heardElsewhere(dlg.node) {
			r.queue = append(r.queue, target{page: p, dlg: dlg})
		}
	}
	r.enter(p.app)
}

// heardElsewhere tells whether a dialog's grammars are active in others.
func heardElsewhere(n *markup.Node) bool {
	if n.Attr("scope") == "document" {
		return true
	}
	for _, g := range n.Elements("grammar", "dtmf") {
		if g.Attr("scope") == "document" {
			return true
		}
	}
	return false
}

// unvisited looks for items behind a block that always leaves the form.
func (k *checking) unvisited(p *page) {
	for _, dlg := range p.doc.dialogs {
		if jumpsWithin(dlg.node) || hasGrammar(dlg.node) {
			continue
		}
		var end *markup.Node
		for _, it := range dlg.items {
			if end != nil {
				if !literal(it.node, "false") {
					k.warn(it.node, "<%s> is never visited: the %s in line %d leaves the form before, expected it behind a condition", it.node.Name, "<"+end.Name+">", end.Line)
				}
				break
			}
			end = wayOut(it)
		}
	}
}

// jumpsWithin tells whether an item of a form may be visited out of order.
func jumpsWithin(n *markup.Node) bool {
	found := false
	each(n, func(n *markup.Node) {
		_, static := n.Lookup("nextitem")
		_, dynamic := n.Lookup("expritem")
		found = found || static || dynamic
	})
	return found
}

// wayOut is the element with which a block leaves its form whatever happens.
func wayOut(it *item) *markup.Node {
	if _, conditional := it.node.Lookup("cond"); conditional || !it.is("block") || it.prefilled() {
		return nil
	}
	for _, n := range it.node.Elements("goto", "exit", "return", "submit") {
		return n
	}
	return nil
}
