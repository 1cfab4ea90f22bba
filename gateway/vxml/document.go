package vxml

import (
	"context"
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
// changed by running it.
type Document struct {
	url     string // without fragment
	base    *url.URL
	root    *markup.Node
	dialogs []*dialog
}

// dialog is a form, or a menu, which is a form with one field.
type dialog struct {
	node  *markup.Node
	id    string
	items []*item
}

// item is a form item: a block, a field, or the one item of a menu.
type item struct {
	node     *markup.Node
	name     string // the variable; a block without a name has one of its own
	grammars []active
	choices  []*choice // of a menu
}

// active is a grammar that the caller may match, and what matching it means.
type active struct {
	grammar *grammar.Grammar
	choice  *choice // nil for a field
}

// choice is one <choice> of a menu.
type choice struct {
	node *markup.Node
	keys string
	text string
}

// Parse reads and checks a document. url is where it came from: relative
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
	d := &Document{url: withoutFragment(source), root: root}
	if err := flat(validate(root), d.checkHead(), d.readDialogs()); err != nil {
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
	if v := d.root.Attr("version"); v != "2.0" && v != "2.1" {
		problems = append(problems, d.root.Errorf("version %q of VoiceXML, expected 2.0 or 2.1", v))
	}
	if d.root.Attr("application") != "" {
		problems = append(problems, d.root.Errorf("attribute application of <vxml> is not supported, expected a document of its own"))
	}
	base, err := url.Parse(d.url)
	if err != nil {
		base = &url.URL{}
	}
	if written := d.root.Attr("xml:base"); written != "" {
		if base, err = base.Parse(written); err != nil {
			return errors.Join(append(problems, d.root.Errorf("xml:base %q, expected a URL", written))...)
		}
	}
	d.base = base
	return errors.Join(problems...)
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
	if len(d.dialogs) == 0 {
		problems = append(problems, d.root.Errorf("the document has no dialog, expected <form> or <menu>"))
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
	for i, n := range dlg.node.Elements("block", "field") {
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
			problems = append(problems, it.readGrammars())
		}
		dlg.items = append(dlg.items, it)
	}
	return errors.Join(problems...)
}

var namePattern = regexp.MustCompile(`^[\pL_$][\pL\pN_$]*$`)

func isName(s string) bool { return namePattern.MatchString(s) }

// readGrammars reads a field's builtin type and its inline grammars.
func (it *item) readGrammars() error {
	var problems []error
	if t := it.node.Attr("type"); t != "" {
		for _, dtmf := range []bool{true, false} {
			if !dtmf && strings.HasPrefix(t, "digits") {
				break // the names of digits are understood as keys
			}
			g, err := grammar.Builtin(t, dtmf)
			if err != nil {
				problems = append(problems, it.node.Errorf("%v", err))
			}
			it.grammars = append(it.grammars, active{grammar: g})
			if err != nil {
				break
			}
		}
	}
	for _, n := range it.node.Elements("grammar") {
		g, err := readGrammar(n)
		problems = append(problems, err)
		it.grammars = append(it.grammars, active{grammar: g})
	}
	if len(it.grammars) == 0 {
		problems = append(problems, it.node.Errorf("<field> without a grammar, expected the attribute type or a <grammar>"))
	}
	return errors.Join(problems...)
}

func readGrammar(n *markup.Node) (*grammar.Grammar, error) {
	src, external := n.Lookup("src")
	if !external {
		return grammar.FromMarkup(context.Background(), n, grammar.Source{URL: n.URL}) // nothing is loaded
	}
	for _, prefix := range []string{"builtin:dtmf/", "builtin:grammar/", "builtin:voice/"} {
		if spec, ok := strings.CutPrefix(src, prefix); ok {
			g, err := grammar.Builtin(spec, prefix == "builtin:dtmf/")
			if err != nil {
				return nil, n.Errorf("%v", err)
			}
			return g, nil
		}
	}
	return nil, n.Errorf("src %q of <grammar> is not supported, expected a grammar in place or builtin:dtmf/digits", src)
}

// readMenu makes a menu the form with one field that it stands for
// (VoiceXML 2.0, section 2.2).
func (dlg *dialog) readMenu() error {
	var problems []error
	it := &item{node: dlg.node, name: "menu$"}
	numbered := 0
	for _, n := range dlg.node.Elements("choice") {
		c := &choice{node: n, keys: strings.Join(strings.Fields(n.Attr("dtmf")), ""), text: collapse(n.Content())}
		if dlg.node.Attr("dtmf") == "true" {
			switch {
			case c.keys == "" && numbered < 9:
				numbered++
				c.keys = strconv.Itoa(numbered)
			case c.keys != "" && !strings.Contains("*#0", c.keys):
				problems = append(problems, n.Errorf("dtmf %q of <choice>, expected *, # or 0 in a menu that numbers its choices", c.keys))
			}
		}
		g, err := grammar.Choice(c.keys, c.text, false)
		if err != nil {
			problems = append(problems, n.Errorf("%v", err))
		}
		it.choices = append(it.choices, c)
		it.grammars = append(it.grammars, active{grammar: g, choice: c})
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
