package vxml

import (
	"errors"
	"strings"

	"rollcall/gateway/vxml/markup"
	"rollcall/gateway/vxml/script"
)

// Check finds what will fail once the document runs, although it may be
// loaded: scripts with wrong syntax, dialogs and items that are not there.
// VoiceXML makes events of these, so [Parse] does not refuse them. The error
// joins a [SyntaxError] for each.
func (d *Document) Check() error { return flat(d.check(d.root)) }

func (d *Document) check(n *markup.Node) error {
	problems := []error{d.checkTargets(n)}
	for _, a := range n.Attrs {
		if a.Name != "cond" && !strings.Contains(a.Name, "expr") {
			continue
		}
		if err := script.CheckExpression(a.Value); err != nil {
			problems = append(problems, n.Errorf("%s of <%s>: %v, expected an ECMAScript expression", a.Name, n.Name, err))
		}
	}
	if n.Name == "script" && n.Attr("src") == "" {
		if err := script.CheckProgram(n.Content()); err != nil {
			problems = append(problems, n.Errorf("<script>: %v, expected ECMAScript", err))
		}
	}
	for _, c := range n.Elements() {
		if c.Name != "grammar" && c.Name != "metadata" {
			problems = append(problems, d.check(c))
		}
	}
	return errors.Join(problems...)
}

func (d *Document) checkTargets(n *markup.Node) error {
	if id, local := strings.CutPrefix(n.Attr("next"), "#"); local && d.dialog(id) == nil {
		return n.Errorf("next of <%s>: the document has no dialog %q, expected the id of a <form> or <menu>", n.Name, id)
	}
	name, ok := n.Lookup("nextitem")
	for form := n; ok && form != nil; form = form.Parent {
		if form.Name == "form" && !d.hasItem(form, name) {
			return n.Errorf("nextitem of <%s>: the form has no item %q, expected the name of a <block> or <field>", n.Name, name)
		}
	}
	return nil
}

func (d *Document) hasItem(form *markup.Node, name string) bool {
	for _, n := range form.Elements("block", "field") {
		if n.Attr("name") == name {
			return true
		}
	}
	return false
}
