package vxml

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"

	"rollcall/gateway/vxml/grammar"
	"rollcall/gateway/vxml/markup"
	"rollcall/gateway/vxml/script"
)

// This file looks at what documents refer to.

// Bounds of what one check looks at.
const (
	maxChecked      = 200       // documents, grammars, scripts, sounds
	maxCheckedBytes = 256 << 20 // in all
	maxCheckedDepth = 30        // documents from the first one
)

// loaded is what came of one fetch.
type loaded struct {
	Resource
	err error
}

// load fetches address, once.
func (k *checking) load(ctx context.Context, n *markup.Node, address string) (Resource, error) {
	if l, known := k.loaded[address]; known {
		return l.Resource, l.err
	}
	if k.Load == nil || ctx.Err() != nil {
		return Resource{}, ErrNotFollowed
	}
	if k.loads >= maxChecked || k.bytes >= maxCheckedBytes {
		if !k.bounded {
			k.warn(n, "more is referred to than is looked at, expected at most %d files of %d MB in all; the rest is not checked", maxChecked, maxCheckedBytes>>20)
		}
		k.bounded, k.open = true, true
		return Resource{}, ErrNotFollowed
	}
	k.loads++
	r, err := k.Load(ctx, address)
	if r.URL == "" {
		r.URL = address
	}
	k.bytes += len(r.Body)
	k.loaded[address] = loaded{r, err}
	return r, err
}

// target is what a transition leads to: a dialog, or, without one, the first
// of a document.
type target struct {
	page *page
	dlg  *dialog
}

// references looks at all that a document refers to.
func (k *checking) references(ctx context.Context, p *page) {
	k.application(ctx, p)
	each(p.doc.root, func(n *markup.Node) {
		switch n.Name {
		case "goto", "choice", "link", "submit":
			k.transition(ctx, p, n, "next", "expr")
		case "subdialog":
			k.transition(ctx, p, n, "src", "srcexpr")
		case "grammar", "dtmf":
			k.grammar(ctx, p, n)
		case "script":
			k.script(ctx, p, n)
		case "data":
			k.data(ctx, p, n)
		case "audio":
			k.sound(ctx, p, n, n.Attr("src"))
		case "property":
			if n.Attr("name") == "fetchaudio" {
				k.sound(ctx, p, n, n.Attr("value"))
			}
		}
		k.sound(ctx, p, n, n.Attr("transferaudio"))
		k.sound(ctx, p, n, n.Attr("fetchaudio"))
	})
}

// application looks at the application root document (section 1.5.2).
func (k *checking) application(ctx context.Context, p *page) {
	address, err := p.doc.application()
	switch {
	case err != nil:
		k.fail(p.doc.root, "application %q is no URL, expected that of a document", p.doc.root.Attr("application"))
	case address != "":
		p.app = k.document(ctx, p, p.doc.root, "application", address)
	}
	p.appless = p.app == nil && p.doc.root.Attr("application") != ""
	if p.app != nil && p.app.doc.root.Attr("application") != "" {
		k.fail(p.doc.root, "the application root document %s has a root document itself, expected none", address)
		p.app, p.appless = nil, true
	}
	if p.app != nil {
		p.app.root = true
		k.open = k.open || p.app.handlersLead()
	}
}

// handlersLead tells whether a handler of the whole document leads elsewhere.
// In a root document its references start at the document that it handles an
// event of (section 5.2), so that it is not known where to.
func (p *page) handlersLead() bool {
	found := false
	for _, handler := range p.doc.root.Elements("catch", "error", "help", "noinput", "nomatch") {
		each(handler, func(n *markup.Node) { found = found || n.Name == "goto" || n.Name == "submit" })
	}
	return found
}

// document returns the page at address, which is read if it must be; nil if it
// cannot be.
func (k *checking) document(ctx context.Context, p *page, n *markup.Node, attr, address string) *page {
	if known, ok := k.byURL[address]; ok {
		return known
	}
	if p.depth >= maxCheckedDepth {
		return nil
	}
	r, err := k.load(ctx, n, address)
	if err != nil {
		k.absent(n, attr, address, "a document", err)
		return nil
	}
	if known, ok := k.byURL[withoutFragment(r.URL)]; ok {
		k.byURL[address] = known
		return known
	}
	k.byURL[address] = nil // even if it is broken, once is enough
	doc, err := Parse(r.Body, r.URL)
	if err != nil {
		k.problems(n, err)
		return nil
	}
	found := k.add(doc, p.depth+1)
	k.byURL[address] = found
	return found
}

// absent reports what could not be fetched.
func (k *checking) absent(n *markup.Node, attr, address, what string, err error) {
	var at *SyntaxError
	switch {
	case errors.Is(err, ErrNotFollowed):
	case errors.As(err, &at):
		k.problems(n, err)
	default:
		k.fail(n, "%s of <%s>: %s cannot be fetched (%v), expected %s", attr, n.Name, address, err, what)
	}
}

// transition looks at where an element leads.
func (k *checking) transition(ctx context.Context, p *page, n *markup.Node, attr, exprAttr string) {
	if _, dynamic := n.Lookup(exprAttr); dynamic {
		k.open = true
		return
	}
	ref, ok := n.Lookup(attr)
	if !ok {
		return // it throws an event, or goes to an item
	}
	if k.unknown(ref) || p.root && dialogOf(n) == p.doc.root && n.Name != "link" {
		k.open = true
		return
	}
	address, id, marked := strings.Cut(strings.TrimSpace(ref), "#")
	if address == "" && (!marked || id == "") {
		k.fail(n, "%s of <%s>: %q is no address, expected a URL or # and the id of a dialog", attr, n.Name, ref)
		return
	}
	to := p
	if address != "" {
		to = k.elsewhere(ctx, p, n, attr, address)
	}
	if to == nil {
		k.open = true
		return
	}
	found := target{page: to, dlg: to.first()}
	if id != "" {
		if found.dlg = to.dialogs[id]; found.dlg == nil {
			k.noDialog(p, to, n, attr, id)
			return
		}
	}
	k.targets[n] = found
}

func (k *checking) noDialog(p, to *page, n *markup.Node, attr, id string) {
	where := "the document"
	if to != p {
		where = to.doc.url
	}
	k.fail(n, "%s of <%s>: %s has no dialog %q, expected the id of a <form> or <menu>", attr, n.Name, where, id)
}

// elsewhere is the document that n leads to. What is made for the values that
// are sent to it cannot be looked at.
func (k *checking) elsewhere(ctx context.Context, p *page, n *markup.Node, attr, address string) *page {
	if _, sends := n.Lookup("namelist"); (sends || n.Name == "submit") && !isStatic(n, address) {
		return nil
	}
	absolute, ok := k.absolute(p, n, attr, address)
	if !ok {
		return nil
	}
	return k.document(ctx, p, n, attr, absolute)
}

// isStatic guesses by its name whether a document is the same whatever is sent
// to it.
func isStatic(n *markup.Node, address string) bool {
	u, err := url.Parse(address)
	if err != nil || strings.EqualFold(n.Attr("method"), "post") {
		return false
	}
	switch strings.ToLower(path.Ext(u.Path)) {
	case ".vxml", ".vxm":
		return u.RawQuery == ""
	default:
		return false
	}
}

// absolute resolves a reference, without its fragment.
func (k *checking) absolute(p *page, n *markup.Node, attr, ref string) (string, bool) {
	if strings.TrimSpace(ref) == "" || k.unknown(ref) {
		return "", false
	}
	absolute, err := resolve(p.doc, n, ref)
	if err != nil {
		k.fail(n, "%s of <%s>: %q is no URL, expected one", attr, n.Name, ref)
		return "", false
	}
	return withoutFragment(absolute), true
}

// grammar reads one that was not read with its document.
func (k *checking) grammar(ctx context.Context, p *page, n *markup.Node) {
	_, dynamic := n.Lookup("srcexpr")
	ref, external := n.Lookup("src")
	if p.doc.grammars[n] != nil || dynamic || external && k.unknown(ref) {
		return
	}
	source := p.doc.source(n, func(ctx context.Context, address string) ([]byte, string, error) {
		absolute, err := resolve(p.doc, n, address)
		if err != nil {
			return nil, "", err
		}
		r, err := k.load(ctx, n, withoutFragment(absolute))
		k.note(withoutFragment(absolute))
		return r.Body, r.Type, err
	})
	var err error
	if external {
		err = k.externalGrammar(ctx, p, n, source)
	} else {
		_, err = grammar.FromMarkup(ctx, n, source)
	}
	if err != nil && !errors.Is(err, ErrNotFollowed) {
		k.problems(n, err)
	}
}

func (k *checking) externalGrammar(ctx context.Context, p *page, n *markup.Node, source grammar.Source) error {
	address, ok := k.absolute(p, n, "src", n.Attr("src"))
	if !ok {
		return nil
	}
	r, err := k.load(ctx, n, address)
	if err != nil {
		k.absent(n, "src", address, "a grammar", err)
		return nil
	}
	if source.Type == "" {
		source.Type = r.Type
	}
	k.note(address)
	source.URL = address
	if _, rule, marked := strings.Cut(n.Attr("src"), "#"); marked {
		source.URL += "#" + rule
	}
	if _, err = grammar.Parse(ctx, r.Body, source); err == nil {
		return nil
	}
	var at *SyntaxError
	if errors.As(err, &at) && at.URL != "" {
		return err
	}
	return fmt.Errorf("src of <%s>: %w", n.Name, err)
}

// script checks the syntax of one. Names that it declares are known.
func (k *checking) script(ctx context.Context, p *page, n *markup.Node) {
	src, what := n.Content(), "<script>"
	if _, dynamic := n.Lookup("srcexpr"); dynamic {
		p.scripts = true
		return
	}
	if ref, external := n.Lookup("src"); external {
		address, ok := k.absolute(p, n, "src", ref)
		if !ok {
			p.scripts = true
			return
		}
		r, err := k.load(ctx, n, address)
		if err != nil {
			p.scripts = true
			k.absent(n, "src", address, "a script", err)
			return
		}
		src, what = string(r.Body), "<script>: "+address
	}
	if err := script.CheckProgram(src); err != nil {
		k.fail(n, "%s: %v, expected ECMAScript", what, err)
	}
	p.mention(src)
}

// data reads what a document reads as XML, if it is the same at all times.
func (k *checking) data(ctx context.Context, p *page, n *markup.Node) {
	_, sends := n.Lookup("namelist")
	if sends || strings.EqualFold(n.Attr("method"), "post") {
		return
	}
	address, ok := k.absolute(p, n, "src", n.Attr("src"))
	if !ok {
		return
	}
	r, err := k.load(ctx, n, address)
	if err != nil {
		k.absent(n, "src", address, "an XML document", err)
		return
	}
	if _, named := n.Lookup("name"); !named {
		return
	}
	if k.engine == nil {
		k.engine = script.New(0)
	}
	if _, err := k.engine.DOM(r.Body); err != nil {
		k.fail(n, "src of <data>: %s: %v, expected an XML document", address, err)
	}
}

// sound looks at a recording. One that cannot be played is left out of a call,
// which goes on.
func (k *checking) sound(ctx context.Context, p *page, n *markup.Node, ref string) {
	address, ok := k.absolute(p, n, "src", ref)
	if !ok {
		return
	}
	r, err := k.load(ctx, n, address)
	if err != nil {
		var at *SyntaxError
		if !errors.As(err, &at) && !errors.Is(err, ErrNotFollowed) {
			k.warn(n, "the recording %s cannot be fetched (%v), expected a sound file", address, err)
		}
		return
	}
	if k.Audio == nil {
		return
	}
	if err := k.Audio(r.Body, r.Type); err != nil {
		k.warn(n, "the recording %s cannot be played (%v), expected a WAV file of PCM, µ-law or A-law", address, err)
	}
}
