package vxml

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"rollcall/gateway/vxml/grammar"
	"rollcall/gateway/vxml/markup"
)

// SyntaxError is a problem of a document at its place:
// "flow.vxml:3:5: what is wrong, what was expected".
type SyntaxError = markup.Error

// Document is a VoiceXML document that was read and checked. It is never
// changed by running it, and may be run by several calls at a time.
type Document struct {
	url     string // without fragment
	base    *url.URL
	version string
	root    *markup.Node
	dialogs []*dialog
	// grammars are those written in place, by their element.
	grammars map[*markup.Node]*grammar.Grammar
}

// dialog is a form, or a menu, which is a form with one field.
type dialog struct {
	node  *markup.Node
	id    string
	items []*item
}

// item is a form item, or the one item of a menu.
type item struct {
	node *markup.Node
	name string // the variable; one without a name has one of its own
	// grammars are those that are not elements: of the attribute type, of
	// choices and of options.
	grammars []static
	choices  []*choice // of a menu, or the options of a field
}

// static is a grammar that is known when the document has been read.
type static struct {
	grammar *grammar.Grammar
	choice  *choice // nil for one of the attribute type
}

// choice is one <choice> of a menu, one <option> of a field, or a <link>.
type choice struct {
	node  *markup.Node
	keys  string
	text  string
	value string // of an option
}

// is tells whether the item is made by one of these elements.
func (it *item) is(names ...string) bool {
	for _, name := range names {
		if it.node.Name == name {
			return true
		}
	}
	return false
}

// input tells whether the item is an input item (section 2.3): one that the
// caller, or somebody in their stead, gives a value.
func (it *item) input() bool { return it.is("field", "record", "transfer", "subdialog", "object") }

// modal tells whether the item hears its own grammars alone: a field where it
// says so, a record unless it says otherwise, a transfer always (sections 2.3.1,
// 2.3.6 and 2.3.7.2).
func (it *item) modal() bool {
	switch it.node.Name {
	case "transfer":
		return true
	case "record":
		return it.node.Attr("modal") != "false"
	default:
		return it.node.Attr("modal") == "true"
	}
}

// named tells whether the author has named the item.
func (it *item) named() bool { return it.node.Attr("name") != "" }

// Parse reads and checks a document. source is where it came from: relative
// references start there, and errors name it. The error joins a [SyntaxError]
// for each problem found.
func Parse(src []byte, source string) (*Document, error) {
	root, err := markup.Parse(src, source)
	if err != nil {
		return nil, err
	}
	if root.Name != "vxml" {
		return nil, root.Errorf("the root element is <%s>, expected <vxml>", root.Name)
	}
	d := &Document{
		url: withoutFragment(source), root: root, version: root.Attr("version"),
		grammars: map[*markup.Node]*grammar.Grammar{},
	}
	if err := flat(validate(root), d.checkHead(), d.readDialogs(), d.readGrammars(root)); err != nil {
		return nil, err
	}
	return d, nil
}

// flat joins errors so that one Unwrap tells each problem.
func flat(errs ...error) error { return errors.Join(leaves(errs)...) }

func leaves(errs []error) []error {
	var list []error
	for _, err := range errs {
		if joined, ok := err.(interface{ Unwrap() []error }); ok {
			list = append(list, leaves(joined.Unwrap())...)
			continue
		}
		list = append(list, err)
	}
	return list
}

func withoutFragment(u string) string {
	before, _, _ := strings.Cut(u, "#")
	return before
}

func (d *Document) checkHead() error {
	var problems []error
	switch d.version {
	case "1.0", "2.0", "2.1":
	default:
		problems = append(problems, d.root.Errorf("version %q of VoiceXML, expected 2.1, 2.0 or 1.0", d.version))
	}
	base, err := url.Parse(d.url)
	if err != nil {
		base = &url.URL{}
	}
	if written := d.root.Attr("xml:base") + d.root.Attr("base"); written != "" {
		if base, err = base.Parse(written); err != nil {
			return errors.Join(append(problems, d.root.Errorf("xml:base %q, expected a URL", written))...)
		}
	}
	d.base = base
	return errors.Join(problems...)
}

// application is the absolute URL of the application root document, empty if
// the document has none (section 1.5.2).
func (d *Document) application() (string, error) {
	written := strings.TrimSpace(d.root.Attr("application"))
	if written == "" {
		return "", nil
	}
	u, err := d.base.Parse(written)
	if err != nil {
		return "", throw(d.root, eventBadFetch, "application %q is no URL", written)
	}
	return withoutFragment(u.String()), nil
}

func (d *Document) readDialogs() error {
	var problems []error
	seen := map[string]bool{}
	for _, n := range d.root.Elements("form", "menu") {
		dlg := &dialog{node: n, id: n.Attr("id")}
		if dlg.id != "" && seen[dlg.id] {
			problems = append(problems, n.Errorf("a second dialog has the id %q, expected an id of its own", dlg.id))
		}
		seen[dlg.id] = true
		problems = append(problems, dlg.read())
		d.dialogs = append(d.dialogs, dlg)
	}
	return errors.Join(problems...)
}

func (d *Document) dialog(id string) *dialog {
	for _, dlg := range d.dialogs {
		if dlg.id == id {
			return dlg
		}
	}
	return nil
}

func (dlg *dialog) read() error {
	if dlg.node.Name == "menu" {
		return dlg.readMenu()
	}
	var problems []error
	names := map[string]bool{}
	for i, n := range dlg.node.Elements("block", "field", "initial", "object", "record", "subdialog", "transfer") {
		it := &item{node: n, name: n.Attr("name")}
		if it.name == "" {
			it.name = fmt.Sprintf("%s$%d", n.Name, i+1)
		} else if !isName(it.name) {
			problems = append(problems, n.Errorf("name %q of <%s>, expected an ECMAScript variable name", it.name, n.Name))
		}
		if names[it.name] {
			problems = append(problems, n.Errorf("a second form item is named %q, expected a name of its own", it.name))
		}
		names[it.name] = true
		if n.Name == "field" {
			problems = append(problems, it.readType(), it.readOptions())
		}
		dlg.items = append(dlg.items, it)
	}
	return errors.Join(problems...)
}

func (dlg *dialog) item(name string) *item {
	for _, it := range dlg.items {
		if it.name == name {
			return it
		}
	}
	return nil
}

var namePattern = regexp.MustCompile(`^[\pL_$][\pL\pN_$]*$`)

func isName(s string) bool { return namePattern.MatchString(s) }

// readType reads a field's builtin type, for keys and for words.
func (it *item) readType() error {
	spec := it.node.Attr("type")
	if spec == "" {
		return nil
	}
	for _, keys := range []bool{true, false} {
		g, err := grammar.Builtin(spec, keys)
		if err != nil {
			return it.node.Errorf("type of <field>: %v", err)
		}
		it.grammars = append(it.grammars, static{grammar: g})
	}
	return nil
}

// readOptions reads the <option> elements of a field (section 2.3.1.3).
func (it *item) readOptions() error {
	var problems []error
	for _, n := range it.node.Elements("option") {
		c := newChoice(n)
		var given bool
		if c.value, given = n.Lookup("value"); !given {
			if c.value = c.text; c.value == "" {
				c.value = c.keys
			}
		}
		problems = append(problems, it.offer(c, n.Attr("accept")))
	}
	return errors.Join(problems...)
}

func newChoice(n *markup.Node) *choice {
	return &choice{node: n, keys: strings.Join(strings.Fields(n.Attr("dtmf")), ""), text: collapse(ownText(n))}
}

// ownText is the text of a choice, without that of its grammars.
func ownText(n *markup.Node) string {
	var b strings.Builder
	for _, c := range n.Children {
		switch {
		case c.Name == "":
			b.WriteString(c.Text)
		case !opaque(c.Name):
			b.WriteString(ownText(c))
		}
	}
	return b.String()
}

// offer adds a choice. One with a grammar of its own is said in its words
// (section 2.2.5).
func (it *item) offer(c *choice, accept string) error {
	it.choices = append(it.choices, c)
	switch accept {
	case "", "exact", "approximate":
	default:
		return c.node.Errorf("accept %q of <%s>, expected exact or approximate", accept, c.node.Name)
	}
	words := c.text
	if len(c.node.Elements("grammar")) > 0 {
		words = ""
	}
	for _, part := range []struct{ keys, words string }{{c.keys, ""}, {"", words}} {
		if part.keys+part.words == "" {
			continue
		}
		g, err := grammar.Choice(part.keys, part.words, accept == "approximate")
		if err != nil {
			return c.node.Errorf("%v", err)
		}
		it.grammars = append(it.grammars, static{grammar: g, choice: c})
	}
	return nil
}

// readMenu makes a menu the form with one field that it stands for
// (VoiceXML 2.0, section 2.2).
func (dlg *dialog) readMenu() error {
	var problems []error
	it := &item{node: dlg.node, name: "menu$"}
	numbered := 0
	for _, n := range dlg.node.Elements("choice") {
		c := newChoice(n)
		if dlg.node.Attr("dtmf") == "true" {
			switch {
			case c.keys == "" && numbered < 9:
				numbered++
				c.keys = strconv.Itoa(numbered)
			case c.keys != "" && !strings.Contains("*#0", c.keys):
				problems = append(problems, n.Errorf("dtmf %q of <choice>, expected *, # or 0 in a menu that numbers its choices", c.keys))
			}
		}
		accept := n.Attr("accept")
		if accept == "" {
			accept = dlg.node.Attr("accept")
		}
		problems = append(problems, it.offer(c, accept))
	}
	if len(it.choices) == 0 {
		problems = append(problems, dlg.node.Errorf("<menu> without a choice, expected <choice>"))
	}
	dlg.items = []*item{it}
	return errors.Join(problems...)
}

// collapse makes one space of any white space, none at the ends.
func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }

// duration reads a time designation, "5s" or "1500ms" (section 6.5).
func duration(s string) (time.Duration, error) {
	s = strings.TrimSpace(s)
	number, unit := strings.TrimSuffix(s, "ms"), time.Millisecond
	if number == s {
		number, unit = strings.TrimSuffix(s, "s"), time.Second
	}
	f, err := strconv.ParseFloat(number, 64)
	if err != nil || number == s || f < 0 || f > 1e6 {
		return 0, fmt.Errorf("%q is no time, expected a number with s or ms", s)
	}
	return time.Duration(f * float64(unit)), nil
}
