package grammar

import (
	"strings"

	"rollcall/gateway/vxml/markup"
)

// This file reads the XML form of SRGS 1.0. Elements and attributes of foreign
// namespaces say nothing here; languages and lexicons are of no use to
// somebody who has no ear.

// srgs reads one <grammar>.
type srgs struct {
	*document
	rule *rule // being read
}

// readMarkup reads a <grammar> element whose content is elements.
func readMarkup(n *markup.Node, o Source) (*document, error) {
	r := &srgs{document: newDocument(o)}
	if err := r.attributes(n); err != nil {
		return nil, err
	}
	for _, c := range n.Children {
		if err := r.declaration(c); err != nil {
			return nil, err
		}
	}
	if len(r.order) == 0 {
		return nil, n.Errorf("<grammar> without a rule, expected <rule>")
	}
	return r.document, r.check(n.Pos)
}

func (r *srgs) attributes(n *markup.Node) error {
	if v, ok := n.Lookup("version"); ok && v != "1.0" {
		return n.Errorf("version %q of <grammar>, expected 1.0", v)
	}
	if mode, ok := n.Lookup("mode"); ok {
		if err := r.setMode(n.Pos, mode); err != nil {
			return err
		}
	}
	if base, ok := n.Lookup("xml:base"); ok {
		if err := r.rebase(n.Pos, base); err != nil {
			return err
		}
	}
	r.root, r.format = n.Attr("root"), n.Attr("tag-format")
	if _, ok := n.Lookup("root"); ok && r.root == "" {
		return n.Errorf("root %q of <grammar>, expected the name of one of its rules", "")
	}
	return nil
}

// declaration reads what stands directly in <grammar> (chapters 3 and 4).
func (r *srgs) declaration(n *markup.Node) error {
	switch {
	case n.Name == "rule":
		return r.readRule(n)
	case n.Name == "tag":
		return r.headerTag(n.Pos, n.Content())
	case n.Name == "lexicon":
		return required(n, "uri")
	case n.Name == "meta":
		if _, ok := n.Lookup("http-equiv"); !ok {
			return required(n, "name")
		}
		return required(n, "content")
	case n.Name == "metadata" || isForeign(n) || isBlank(n):
		return nil
	default:
		return n.Start().Errorf("%s in <grammar>, expected <rule>", describe(n))
	}
}

func required(n *markup.Node, attribute string) error {
	if _, ok := n.Lookup(attribute); !ok {
		return n.Errorf("<%s> without %s, expected this attribute", n.Name, attribute)
	}
	return nil
}

func isForeign(n *markup.Node) bool { return strings.Contains(n.Name, " ") }

func isBlank(n *markup.Node) bool { return n.Name == "" && strings.TrimSpace(n.Text) == "" }

func describe(n *markup.Node) string {
	if n.Name == "" {
		return "text"
	}
	return "<" + n.Name + ">"
}

func (r *srgs) readRule(n *markup.Node) error {
	r.rule = &rule{pos: n.Pos, name: n.Attr("id"), public: n.Attr("scope") == "public"}
	if scope, ok := n.Lookup("scope"); ok && scope != "public" && scope != "private" {
		return n.Errorf("scope %q of <rule>, expected public or private", scope)
	}
	if err := r.define(r.rule); err != nil {
		return err
	}
	var err error
	r.rule.body, err = r.expansion(n)
	return err
}

// expansion reads what an element contains, one after the other.
func (r *srgs) expansion(n *markup.Node) (*part, error) {
	p := &part{kind: sequence, pos: n.Pos}
	for _, c := range n.Children {
		read, err := r.part(c)
		if err != nil {
			return nil, err
		}
		p.parts = append(p.parts, read...)
	}
	return p, nil
}

func (r *srgs) part(n *markup.Node) ([]*part, error) {
	var p *part
	var err error
	switch n.Name {
	case "":
		return r.text(n)
	case "token":
		p, err = r.newToken(n.Pos, strings.Join(strings.Fields(n.Content()), " "))
	case "item":
		p, err = r.item(n)
	case "one-of":
		p, err = r.oneOf(n)
	case "ruleref":
		p, err = r.ruleref(n)
	case "tag":
		p, err = r.tag(n.Pos, n.Content())
	case "example":
		return nil, nil
	default:
		if isForeign(n) {
			return nil, nil
		}
		err = n.Errorf("<%s> in a rule, expected item, one-of, ruleref, token, tag or example", n.Name)
	}
	return []*part{p}, err
}

// text reads tokens that white space divides; quotes hold one together
// (section 2.1).
func (r *srgs) text(n *markup.Node) ([]*part, error) {
	var parts []*part
	c := cursor{text: n.Text, pos: n.Pos}
	for c.skipSpace(); c.text != ""; c.skipSpace() {
		pos, written := c.pos, ""
		if c.accept(`"`) {
			inside, err := c.through(`"`, "a quote")
			if err != nil {
				return nil, err
			}
			written = strings.Join(strings.Fields(inside), " ")
		} else {
			written = c.upTo(space + `"`)
		}
		p, err := r.newToken(pos, written)
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	return parts, nil
}

func (r *srgs) item(n *markup.Node) (*part, error) {
	p, err := r.expansion(n)
	if err != nil {
		return nil, err
	}
	for attribute, limit := range map[string]float64{"weight": maxWeight, "repeat-prob": 1} {
		if written, ok := n.Lookup(attribute); ok {
			if err := checkNumber(attribute, written, limit); err != nil {
				return nil, n.Errorf("%v", err)
			}
		}
	}
	written, ok := n.Lookup("repeat")
	if !ok {
		return p, nil
	}
	p.kind = repeated
	if p.low, p.high, err = repeatOf(written); err != nil {
		return nil, n.Errorf("%v", err)
	}
	return p, nil
}

func (r *srgs) oneOf(n *markup.Node) (*part, error) {
	p := &part{kind: alternatives, pos: n.Pos}
	for _, c := range n.Children {
		switch {
		case c.Name == "item":
			alternative, err := r.item(c)
			if err != nil {
				return nil, err
			}
			p.parts = append(p.parts, alternative)
		case !isBlank(c) && !isForeign(c):
			return nil, c.Start().Errorf("%s in <one-of>, expected <item>", describe(c))
		}
	}
	if len(p.parts) == 0 {
		return nil, n.Errorf("<one-of> without an alternative, expected <item>")
	}
	return p, nil
}

func (r *srgs) ruleref(n *markup.Node) (*part, error) {
	name, named := n.Lookup("special")
	uri, addressed := n.Lookup("uri")
	switch {
	case named == addressed:
		return nil, n.Errorf("<ruleref> needs one of uri and special, expected exactly one")
	case named:
		return special(n.Pos, name)
	}
	return r.refer(n.Pos, uri, r.rule)
}

// refer makes a reference to a URI, which has to be linked.
func (d *document) refer(pos markup.Pos, uri string, from *rule) (*part, error) {
	uri = strings.TrimSpace(uri)
	if uri == "" || uri == "#" {
		return nil, pos.Errorf("a reference to %q, expected # and the name of a rule, or a URI", uri)
	}
	p := &part{kind: reference, pos: pos, text: uri}
	from.refs = append(from.refs, p)
	return p, nil
}

func (d *document) tag(pos markup.Pos, text string) (*part, error) {
	m, err := newMeaning(d, text)
	if err != nil {
		return nil, pos.Errorf("%v", err)
	}
	return &part{kind: tagged, pos: pos, tag: m}, nil
}
