package vxml

import (
	"context"
	"strings"

	"rollcall/gateway/vxml/markup"
)

// This file goes elsewhere: <goto>, <choice>, <link> and <submit>, within a
// document, to another one, and between applications (VoiceXML 2.0, sections
// 1.5.2, 5.3.7 and 5.3.8).

func (c *call) goTo(ctx context.Context, n *markup.Node) error {
	name, err := c.attribute(ctx, n, "nextitem", "expritem")
	if err != nil {
		return err
	}
	if name != "" {
		return c.goToItem(n, name)
	}
	next, err := c.attribute(ctx, n, "next", "expr")
	if err != nil {
		return err
	}
	return c.transition(ctx, n, Fetch{URL: next, Method: "GET"})
}

func (c *call) goToItem(n *markup.Node, name string) error {
	if c.dlg != nil {
		if it := c.dlg.item(name); it != nil && !it.is("menu") {
			return &stay{next: it}
		}
	}
	return throw(n, eventBadFetch, "the form has no item named %q", name)
}

// transition goes to another dialog, of this document if the URL is only a
// fragment. Until the new document is there the old one handles events.
func (c *call) transition(ctx context.Context, n *markup.Node, f Fetch) error {
	to, err := c.target(ctx, n, f, false)
	if err != nil {
		return err
	}
	return to
}

// target is what f leads to. fresh means that nothing of the present
// application may be kept: for <submit>, and for a context of its own.
func (c *call) target(ctx context.Context, n *markup.Node, f Fetch, fresh bool) (*leave, error) {
	address, fragment, marked := strings.Cut(strings.TrimSpace(f.URL), "#")
	if address == "" && f.Method == "GET" {
		if !marked || fragment == "" {
			return nil, throw(n, eventBadFetch, "%q is no address, expected a URL or # and the id of a dialog", f.URL)
		}
		return c.toDialog(n, &leave{}, c.doc, fragment)
	}
	if c.isRoot(n, f, address) && !fresh {
		return c.toDialog(n, &leave{doc: c.app, app: c.app}, c.app, fragment)
	}
	f.URL = address
	r, err := c.fetchAs(ctx, n, "document", f)
	if err != nil {
		return nil, err
	}
	doc, err := Parse(r.Body, r.URL)
	if err != nil {
		return nil, throw(n, eventBadFetch, "%v", err)
	}
	to, err := c.toDocument(ctx, n, doc, fresh)
	if err != nil {
		return nil, err
	}
	return c.toDialog(n, to, to.doc, fragment)
}

// toDocument decides what a transition to doc keeps. The application root
// document stays as it is between documents that share it, and on the way from
// one of those to itself, unless by <submit> (section 1.5.2).
func (c *call) toDocument(ctx context.Context, n *markup.Node, doc *Document, fresh bool) (*leave, error) {
	application, err := doc.application()
	switch {
	case err != nil:
		return nil, err
	case application == "":
		return &leave{doc: doc, app: doc, fresh: true}, nil
	case application == c.app.url && !fresh && (c.app != c.doc || doc.url != c.doc.url):
		return &leave{doc: doc, app: c.app}, nil
	}
	root, err := c.rootDocument(ctx, n, application)
	return &leave{doc: doc, app: root, fresh: true}, err
}

// isRoot tells whether a reference leads from a document to its application
// root, which is there already.
func (c *call) isRoot(n *markup.Node, f Fetch, address string) bool {
	if c.app == c.doc || f.Method != "GET" {
		return false
	}
	absolute, err := resolve(c.doc, n, address)
	return err == nil && absolute == c.app.url
}

// rootDocument fetches an application root document.
func (c *call) rootDocument(ctx context.Context, n *markup.Node, address string) (*Document, error) {
	r, err := c.fetchAs(ctx, n, "document", Fetch{URL: address, Method: "GET"})
	if err != nil {
		return nil, err
	}
	root, err := Parse(r.Body, r.URL)
	if err != nil {
		return nil, throw(n, eventBadFetch, "%v", err)
	}
	root.url = address // by this name its documents know it, also after a redirect
	if root.root.Attr("application") != "" {
		return nil, throw(n, eventSemantic, "the application root document %s has a root document itself", address)
	}
	return root, nil
}

func (c *call) toDialog(n *markup.Node, to *leave, doc *Document, id string) (*leave, error) {
	if id == "" {
		return to, nil
	}
	if to.dlg = doc.dialog(id); to.dlg == nil {
		return nil, throw(n, eventBadFetch, "%s has no dialog with the id %q", doc.url, id)
	}
	return to, nil
}

func (c *call) submit(ctx context.Context, n *markup.Node) error {
	next, err := c.attribute(ctx, n, "next", "expr")
	if err != nil {
		return err
	}
	names := strings.Fields(n.Attr("namelist"))
	if _, given := n.Lookup("namelist"); !given {
		names = c.namedInputs()
	}
	f, err := c.sending(ctx, n, next, names)
	if err != nil {
		return err
	}
	to, err := c.target(ctx, n, f, true)
	if err != nil {
		return err
	}
	return to
}
