package vxml

import (
	"context"
	"net/url"
	"strings"
	"time"

	"rollcall/gateway/vxml/markup"
)

// This file goes elsewhere: <goto>, <choice> and <submit>, and the fetching
// that they need (VoiceXML 2.0, sections 5.3.7, 5.3.8 and 6.1).

// defaultFetchTimeout is used where neither attribute nor property says more.
const defaultFetchTimeout = 10 * time.Second

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
		for _, it := range c.dlg.items {
			if it.name == name && it.choices == nil {
				return &stay{next: it}
			}
		}
	}
	return throw(n, eventBadFetch, "the form has no item named %q", name)
}

// transition goes to another dialog, of this document if the URL is only a
// fragment. Until the new document is there the old one handles events.
func (c *call) transition(ctx context.Context, n *markup.Node, f Fetch) error {
	address, fragment, marked := strings.Cut(f.URL, "#")
	if address == "" {
		if !marked || fragment == "" {
			return throw(n, eventBadFetch, "%q is no address, expected a URL or # and the id of a dialog", f.URL)
		}
		return c.toDialog(n, nil, c.doc, fragment)
	}
	f.URL = address
	r, err := c.fetch(ctx, n, f)
	if err != nil {
		return err
	}
	doc, err := Parse(r.Body, r.URL)
	if err != nil {
		return throw(n, eventBadFetch, "%v", err)
	}
	return c.toDialog(n, doc, doc, fragment)
}

func (c *call) toDialog(n *markup.Node, fresh, doc *Document, id string) error {
	if id == "" {
		return &leave{doc: fresh, dlg: doc.dialogs[0]}
	}
	dlg := doc.dialog(id)
	if dlg == nil {
		return throw(n, eventBadFetch, "%s has no dialog with the id %q", doc.url, id)
	}
	return &leave{doc: fresh, dlg: dlg}
}

// fetch reads a resource whose URL may be relative to the document's.
func (c *call) fetch(ctx context.Context, n *markup.Node, f Fetch) (Resource, error) {
	if c.documents++; c.documents > c.limits.Documents {
		return Resource{}, exhausted("more than %d documents", c.limits.Documents)
	}
	absolute, err := c.resolve(n, f.URL)
	if err != nil {
		return Resource{}, err
	}
	f.URL = absolute
	f.Timeout = c.timeProperty("fetchtimeout", defaultFetchTimeout)
	if d, err := duration(n.Attr("fetchtimeout")); err == nil {
		f.Timeout = d
	}
	r, err := c.platform.Fetch(ctx, f)
	switch {
	case ctx.Err() != nil:
		return Resource{}, ctx.Err()
	case err != nil:
		return Resource{}, throw(n, eventBadFetch, "%v", err)
	}
	if r.URL == "" {
		r.URL = f.URL
	}
	return r, nil
}

func (c *call) resolve(n *markup.Node, ref string) (string, error) {
	u, err := c.doc.base.Parse(strings.TrimSpace(ref))
	if err != nil {
		return "", throw(n, eventBadFetch, "%q is no URL", ref)
	}
	return u.String(), nil
}

func (c *call) submit(ctx context.Context, n *markup.Node) error {
	next, err := c.attribute(ctx, n, "next", "expr")
	if err != nil {
		return err
	}
	names := strings.Fields(n.Attr("namelist"))
	if _, given := n.Lookup("namelist"); !given {
		names = c.fieldNames()
	}
	values, err := c.values(ctx, n, names)
	if err != nil {
		return err
	}
	f := Fetch{URL: next, Method: strings.ToUpper(n.Attr("method"))}
	switch f.Method {
	case "", "GET":
		f.Method, f.URL = "GET", withQuery(next, values)
	case "POST":
		f.Body, f.Type = []byte(values.Encode()), formType
	default:
		return throw(n, eventSemantic, "method %q, expected get or post", n.Attr("method"))
	}
	if enctype := n.Attr("enctype"); enctype != "" && enctype != formType {
		return throw(n, eventSemantic, "enctype %q is not supported, expected %s", enctype, formType)
	}
	return c.transition(ctx, n, f)
}

const formType = "application/x-www-form-urlencoded"

func withQuery(ref string, values url.Values) string {
	if len(values) == 0 {
		return ref
	}
	address, fragment, marked := strings.Cut(ref, "#")
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	address += separator + values.Encode()
	if marked {
		address += "#" + fragment
	}
	return address
}

// property is the value of a property, the innermost one (section 6.3).
func (c *call) property(name, standard string) string {
	for scope := c.innermost(); scope != nil; scope = scope.Parent {
		list := scope.Elements("property")
		for i := len(list) - 1; i >= 0; i-- {
			if list[i].Attr("name") == name {
				return list[i].Attr("value")
			}
		}
	}
	return standard
}

func (c *call) timeProperty(name string, standard time.Duration) time.Duration {
	d, err := duration(c.property(name, ""))
	if err != nil {
		return standard
	}
	return d
}
