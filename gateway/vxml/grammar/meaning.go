package grammar

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rollcall/gateway/vxml/markup"
	"rollcall/gateway/vxml/script"
)

// This file tells what an input means: its parse tree, and the tags in it
// (Semantic Interpretation for Speech Recognition 1.0).

// meaning is a tag.
type meaning struct {
	text    string // as it is written
	literal any    // if source is empty
	source  string // a script
	loose   bool   // the script is of the time before SISR 1.0
}

// outPattern is a script that gives a literal.
var outPattern = regexp.MustCompile(`^\s*(?:(?:out|\$)\s*=)?\s*(?:'([^'\\]*)'|"([^"\\]*)"|(true|false)|(-?(?:0|[1-9]\d*)(?:\.\d+)?))\s*;?\s*$`)

// plainPattern is a text that is no script.
var plainPattern = regexp.MustCompile(`^[^=;{}()\[\]"'$+?:]*$`)

// slotPattern is how a tag of VoiceXML 1.0 fills a slot: <city "rome">.
var slotPattern = regexp.MustCompile(`^<\s*\S+\s+"?([^">]*?)"?\s*>$`)

func newMeaning(d *document, text string) (*meaning, error) {
	m := &meaning{text: text}
	trimmed := strings.TrimSpace(text)
	if strings.HasSuffix(d.format, "literals") {
		m.literal = trimmed
		return m, nil
	}
	if parts := outPattern.FindStringSubmatch(text); parts != nil {
		m.literal = outLiteral(parts)
		return m, nil
	}
	m.loose = !strings.HasPrefix(d.format, "semantics/1.0")
	if parts := slotPattern.FindStringSubmatch(trimmed); m.loose && parts != nil {
		trimmed = parts[1]
	}
	if m.loose && plainPattern.MatchString(trimmed) {
		m.literal = trimmed
		return m, nil
	}
	m.source = text
	err := script.CheckProgram(text)
	if err == nil || m.loose && script.CheckExpression(text) == nil {
		return m, nil
	}
	return nil, fmt.Errorf("the tag %q is no script: %w", trimmed, err)
}

func outLiteral(m []string) any {
	switch {
	case m[3] != "":
		return m[3] == "true"
	case m[4] != "":
		f, err := strconv.ParseFloat(m[4], 64)
		if err != nil {
			return m[4]
		}
		return f
	default:
		return m[1] + m[2]
	}
}

// headerTag reads a tag that stands before all rules: it runs first, and what
// it declares all rules of its document can see.
func (d *document) headerTag(pos markup.Pos, text string) error {
	if err := script.CheckProgram(text); err != nil {
		return pos.Errorf("the tag %q is no script: %v", strings.TrimSpace(text), err)
	}
	d.header.Tags = append(d.header.Tags, text)
	return nil
}

// Match is an input that was recognized: the rules, tokens and tags that it
// went through.
type Match struct {
	root *parsed
}

// parsed is one rule of a parse tree.
type parsed struct {
	label string // as the reference is written
	rule  *rule
	parts []passed
}

// passed is a token, a tag or a rule within a rule.
type passed struct {
	token *part
	said  []string // for token
	keyed bool
	tag   *meaning
	rule  *parsed
}

// parsed makes a tree of what a thread has passed.
func (g *Grammar) parsed(last *event) *Match {
	var events []*event
	for e := last; e != nil; e = e.before {
		events = append(events, e)
	}
	slices.Reverse(events)
	b := treeBuilder{open: []*parsed{{label: "$" + g.root.name, rule: g.root}}}
	for _, e := range events {
		b.take(e)
	}
	return &Match{root: b.open[0]}
}

type treeBuilder struct {
	open []*parsed // from the root to the rule being read
	said []string  // for a token that is not complete
}

func (b *treeBuilder) take(e *event) {
	last := len(b.open) - 1
	current := b.open[last]
	switch n := e.node; n.kind {
	case tags:
		current.parts = append(current.parts, passed{tag: n.tag})
	case call:
		child := &parsed{label: label(n.ref.text), rule: n.ref.target}
		current.parts = append(current.parts, passed{rule: child})
		b.open = append(b.open, child)
	case leave:
		b.open = b.open[:last]
	default:
		if b.said = append(b.said, e.input); n.ends != nil {
			current.parts = append(current.parts, passed{token: n.ends, said: b.said, keyed: n.kind == key})
			b.said = nil
		}
	}
}

// label is a reference in the notation of the ABNF form.
func label(uri string) string {
	if name, local := strings.CutPrefix(uri, "#"); local {
		return "$" + name
	}
	return "$<" + uri + ">"
}

// String is the logical parse in the notation of SRGS 1.0, appendix H:
// $main["please",$<polite.gram#end>["x"],{tag}]. Words that $GARBAGE took are
// left out.
func (m *Match) String() string {
	var b strings.Builder
	m.root.write(&b)
	return b.String()
}

func (p *parsed) write(b *strings.Builder) {
	b.WriteString(p.label + "[")
	comma := ""
	for _, part := range p.parts {
		if part.token != nil && part.token.kind == garbage {
			continue
		}
		b.WriteString(comma)
		comma = ","
		switch {
		case part.rule != nil:
			part.rule.write(b)
		case part.tag != nil:
			b.WriteString("{" + part.tag.text + "}")
		default:
			b.WriteString(`"` + part.written() + `"`)
		}
	}
	b.WriteString("]")
}

// written is a token as its grammar writes it.
func (p passed) written() string {
	if p.token.text == "" {
		return strings.Join(p.said, "") // any digit
	}
	return p.token.text
}

// Literal is the meaning if no script has to run for it: a string, bool or
// float64 that a tag gives. It tells false if there is no such tag.
func (m *Match) Literal() (any, bool) {
	value, found := m.root.literal()
	return value, found && value != nil
}

// literal tells found if there is a tag, and a nil value if it is a script.
func (p *parsed) literal() (value any, found bool) {
	var inner any
	within := false
	for _, part := range p.parts {
		switch {
		case part.tag != nil && part.tag.source != "":
			return nil, true
		case part.tag != nil:
			value, found = part.tag.literal, true
		case part.rule != nil:
			if v, ok := part.rule.literal(); ok {
				inner, within = v, true
			}
		}
	}
	if found {
		return value, true
	}
	return inner, within
}

// Interpret runs the tags in order (SISR 1.0) and returns the meaning: what
// the root rule leaves in out. A rule without a tag of its own stands for the
// last rule within it that has one; without any it stands for its text.
func (m *Match) Interpret(ctx context.Context, e *script.Engine) (script.Value, error) {
	return e.Interpret(ctx, m.root.semantics())
}

func (p *parsed) semantics() *script.Rule {
	r := &script.Rule{Name: p.rule.name, Text: p.text(), Header: p.rule.doc.header}
	for _, part := range p.parts {
		switch {
		case part.tag != nil:
			r.Steps = append(r.Steps, script.Step{Source: part.tag.source, Loose: part.tag.loose, Literal: part.tag.literal})
		case part.rule != nil:
			r.Steps = append(r.Steps, script.Step{Rule: part.rule.semantics()})
		}
	}
	return r
}

// text is what was keyed, without spaces, or said.
func (p *parsed) text() string {
	var b strings.Builder
	p.writeText(&b)
	return strings.TrimSpace(b.String())
}

func (p *parsed) writeText(b *strings.Builder) {
	for _, part := range p.parts {
		switch {
		case part.rule != nil:
			part.rule.writeText(b)
		case part.keyed:
			b.WriteString(strings.Join(part.said, ""))
		case part.token != nil:
			b.WriteString(" " + strings.Join(part.said, " "))
		}
	}
}
