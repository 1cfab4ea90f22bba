package vxml

import (
	"slices"
	"strings"

	"rollcall/gateway/vxml/markup"
)

// This file looks for loops that no caller can leave: it follows the way of
// somebody who does nothing, or always the wrong thing, as far as it is sure.
// Where a condition, a script or an expression decides, it is given up.

// way is one way through the dialogs.
type way struct {
	*checking
	event string // what comes at each item that listens; empty: the way ends there
	been  map[spot]bool
}

// spot is where a way has come to: an item, and which others are done.
type spot struct {
	dlg  *dialog
	item int
	done uint64
}

// position is a spot, with all that is needed to go on.
type position struct {
	spot
	page *page
	past map[int]bool // done out of order
	low  int          // all before it are done
}

// move is what becomes of a position.
type move struct {
	to   *position    // nil: the way ends, or is not known
	stay bool         // the item is done, or, if it listens, visited again
	by   *markup.Node // what decided that
}

// endless follows the ways from each item.
func (k *checking) endless() {
	ways := []*way{
		{checking: k, been: map[spot]bool{}},
		{checking: k, been: map[spot]bool{}, event: eventNoInput},
		{checking: k, been: map[spot]bool{}, event: eventNoMatch},
	}
	for _, w := range ways {
		for _, p := range k.pages {
			for _, dlg := range p.doc.dialogs {
				for i := range dlg.items {
					if !w.follow(start(p, dlg, i)) {
						return
					}
				}
			}
		}
	}
}

// start is the position at an item that is come to in the order of the form.
func start(p *page, dlg *dialog, i int) *position {
	at := &position{spot: spot{dlg: dlg, item: i}, page: p, past: map[int]bool{}, low: i}
	for j := range i {
		at.done ^= mixed(j)
	}
	return at
}

// mixed makes a number of which sums tell sets apart (splitmix64).
func mixed(i int) uint64 {
	z := (uint64(i) + 1) * 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// follow goes on until the way ends or meets itself. It returns false when
// nothing more can be looked at.
func (w *way) follow(at *position) bool {
	now := map[spot]bool{}
	var by *markup.Node
	heard := false // somebody was listened to on the way
	for at != nil {
		if now[at.spot] {
			w.loop(by, heard)
			return true
		}
		if w.been[at.spot] {
			return true
		}
		if w.budget--; w.budget < 0 {
			return false
		}
		now[at.spot], w.been[at.spot] = true, true
		heard = heard || at.dlg.items[at.item].is("field", "menu", "initial", "record")
		m := w.visit(at)
		at, by = m.to, m.by
	}
	return true
}

func (w *way) loop(by *markup.Node, heard bool) {
	switch {
	case !heard && w.event == "":
		w.warn(by, "<%s> closes a loop that nobody can leave, expected a condition, a question or <exit> on the way", by.Name)
	case heard && w.event == eventNoInput:
		w.silentCaller(by)
	case heard:
		w.wrongCaller(by)
	}
}

func (w *way) silentCaller(n *markup.Node) {
	w.warn(n, `a caller who stays silent is asked without end, expected a <noinput count="3"> with <exit>, or a goto that leads on`)
}

func (w *way) wrongCaller(n *markup.Node) {
	w.warn(n, `a caller who is never understood is asked without end, expected a <nomatch count="3"> with <exit>, or a goto that leads on`)
}

// visit does what happens at a position.
func (w *way) visit(at *position) move {
	it := at.dlg.items[at.item]
	if _, conditional := it.node.Lookup("cond"); conditional && !literal(it.node, "true") || it.prefilled() {
		if literal(it.node, "false") {
			return w.next(at)
		}
		return move{}
	}
	switch {
	case it.is("block"):
		m := w.execute(at, it.node.Children)
		if m.stay {
			return w.next(at)
		}
		return m
	case w.event != "" && it.is("field", "menu", "initial", "record"):
		return w.react(at, it)
	default:
		return move{}
	}
}

// next is the next item of the form in its order.
func (w *way) next(at *position) move {
	to := at.after()
	for to.low < len(to.dlg.items) && to.past[to.low] {
		delete(to.past, to.low)
		to.low++
	}
	if to.low >= len(to.dlg.items) {
		return move{} // the form ends the call
	}
	to.item = to.low
	return move{to: to, by: at.dlg.items[at.item].node}
}

// after is the position with its item done. It takes over what at has.
func (at *position) after() *position {
	to := *at
	switch {
	case to.item == to.low:
		to.low++
		to.done ^= mixed(to.item)
	case to.item > to.low && !to.past[to.item]:
		to.past[to.item] = true
		to.done ^= mixed(to.item)
	}
	return &to
}

// react is what the handlers of an item do, one after the other, each time that
// the event comes.
func (w *way) react(at *position, it *item) move {
	handlers, sure := w.handlers(at, it)
	if !sure {
		return move{}
	}
	last := it.node
	for _, count := range counts(handlers) {
		h := chosen(handlers, w.event, count)
		if h == nil {
			continue // the platform asks again
		}
		if m := w.execute(at, h.Children); !m.stay {
			m.by = h
			return m
		}
		last = h
	}
	switch {
	case w.event == eventNoInput:
		w.silentCaller(last)
	case last != it.node:
		w.wrongCaller(last)
	}
	return move{}
}

// handlers are those that may catch the event at an item, from the inside to
// the outside. It is not sure what happens if one has a condition.
func (w *way) handlers(at *position, it *item) (list []*markup.Node, sure bool) {
	scopes := []*markup.Node{it.node, at.dlg.node, at.page.doc.root}
	if it.node == at.dlg.node {
		scopes = scopes[1:]
	}
	if at.page.app != nil {
		scopes = append(scopes, at.page.app.doc.root)
	}
	for _, scope := range scopes {
		w.budget -= len(scope.Children)
		for _, n := range scope.Elements("catch", "error", "help", "noinput", "nomatch") {
			if _, matches := caught(n, w.event, nil); !matches {
				continue
			}
			if _, conditional := n.Lookup("cond"); conditional && !literal(n, "true") || len(list) == maxReactions {
				return nil, false
			}
			list = append(list, n)
		}
	}
	return list, !at.page.appless
}

// counts are the numbers of times at which something else may happen.
func counts(handlers []*markup.Node) []int {
	list := []int{1}
	for _, h := range handlers {
		list = append(list, countOf(h))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// chosen is the handler for an event that has come so often.
func chosen(handlers []*markup.Node, event string, times int) *markup.Node {
	var best *markup.Node
	for _, h := range handlers {
		if _, matches := caught(h, event, nil); matches && countOf(h) <= times && (best == nil || countOf(h) > countOf(best)) {
			best = h
		}
	}
	return best
}

// execute is what executable content leads to.
func (w *way) execute(at *position, nodes []*markup.Node) move {
	for _, n := range nodes {
		w.budget--
		switch n.Name {
		case "goto":
			return w.goTo(at, n)
		case "if", "foreach":
			if decides(at.dlg, n) {
				return move{}
			}
		default:
			if decidesItself(at.dlg, n) {
				return move{}
			}
		}
	}
	return move{stay: true}
}

// decides tells whether n, or anything in it, may lead elsewhere.
func decides(dlg *dialog, n *markup.Node) bool {
	found := false
	each(n, func(n *markup.Node) { found = found || n.Name == "goto" || decidesItself(dlg, n) })
	return found
}

func decidesItself(dlg *dialog, n *markup.Node) bool {
	switch n.Name {
	case "exit", "return", "submit", "disconnect", "throw", "clear", "script":
		return true
	case "assign":
		name := n.Attr("name")
		return dlg.item(name[strings.LastIndexByte(name, '.')+1:]) != nil
	default:
		return false
	}
}

func (w *way) goTo(at *position, n *markup.Node) move {
	if name, ok := n.Lookup("nextitem"); ok {
		to := at.after()
		if it := at.dlg.items[at.item]; !it.is("block") {
			to = at.again() // it has no value yet
		}
		for i, it := range at.dlg.items {
			if it.name == name && !it.is("menu") {
				to.item = i
				return move{to: to, by: n}
			}
		}
		return move{}
	}
	to, ok := w.targets[n]
	if from := dialogOf(n); from != at.dlg.node && from != at.page.doc.root {
		return move{} // of the root document: see handlersLead
	}
	if !ok || to.dlg == nil || len(to.dlg.items) == 0 {
		return move{}
	}
	return move{to: start(to.page, to.dlg, 0), by: n}
}

// again is the same position, with nothing more done.
func (at *position) again() *position {
	to := *at
	return &to
}

// maxReactions bounds how many handlers of one event are followed.
const maxReactions = 20
