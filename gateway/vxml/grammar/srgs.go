package grammar

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rollcall/gateway/vxml/markup"
)

// FromMarkup reads a <grammar> element of SRGS 1.0: rule, item with repeat,
// one-of, token, tag, ruleref within the grammar. A tag is literal, or gives
// "out" a literal; any other is an error. Problems are [*markup.Error]s.
func FromMarkup(n *markup.Node) (*Grammar, error) {
	if err := checkHeader(n); err != nil {
		return nil, err
	}
	r := &srgs{builder: newBuilder(), rules: map[string]*markup.Node{},
		keys: n.Attr("mode") == "dtmf", literal: strings.HasSuffix(n.Attr("tag-format"), "literals")}
	rules := n.Elements("rule")
	for _, rule := range rules {
		if r.rules[rule.Attr("id")] != nil || rule.Attr("id") == "" {
			return nil, rule.Errorf("rule %q, expected an id of its own", rule.Attr("id"))
		}
		r.rules[rule.Attr("id")] = rule
	}
	root, err := r.root(n, rules)
	if err != nil {
		return nil, err
	}
	last := r.rule(startNode, root)
	if r.problem != nil {
		return nil, r.problem
	}
	g, err := r.finish(last)
	if err != nil {
		return nil, n.Errorf("%v", err)
	}
	return g, nil
}

func checkHeader(n *markup.Node) error {
	if mode := n.Attr("mode"); mode != "" && mode != "dtmf" && mode != "voice" {
		return n.Errorf("mode %q of <grammar>, expected dtmf or voice", mode)
	}
	for _, c := range n.Children {
		if c.Name == "" && strings.TrimSpace(c.Text) != "" {
			return c.Errorf("text in <grammar>, expected <rule>: only the XML form of grammars is supported")
		}
		switch c.Name {
		case "", "rule", "meta", "metadata":
		default:
			return c.Errorf("<%s> in <grammar> is not supported, expected <rule>", c.Name)
		}
	}
	return nil
}

// srgs builds the graph of one grammar.
type srgs struct {
	*builder
	rules   map[string]*markup.Node
	within  []string // rules being built, to find one that refers to itself
	keys    bool     // mode="dtmf"
	literal bool     // tags are literals
	problem error    // the first one
}

func (r *srgs) fail(n *markup.Node, format string, args ...any) {
	if r.problem == nil {
		r.problem = n.Errorf(format, args...)
	}
}

func (r *srgs) root(n *markup.Node, rules []*markup.Node) (*markup.Node, error) {
	if len(rules) == 0 {
		return nil, n.Errorf("<grammar> without a rule, expected <rule>")
	}
	name, ok := n.Lookup("root")
	if !ok {
		return rules[0], nil
	}
	if r.rules[name] == nil {
		return nil, n.Errorf("root %q of <grammar>, expected the id of one of its rules", name)
	}
	return r.rules[name], nil
}

func (r *srgs) rule(from int, n *markup.Node) int {
	id := n.Attr("id")
	if slices.Contains(r.within, id) {
		r.fail(n, "rule %q refers to itself, expected rules without a circle", id)
		return from
	}
	r.within = append(r.within, id)
	from = r.expansion(from, n)
	r.within = r.within[:len(r.within)-1]
	return from
}

// expansion builds what an element contains, one after the other.
func (r *srgs) expansion(from int, n *markup.Node) int {
	for _, c := range n.Children {
		if r.problem != nil || r.err != nil {
			return from
		}
		from = r.part(from, c)
	}
	return from
}

func (r *srgs) part(from int, n *markup.Node) int {
	switch n.Name {
	case "", "token":
		return r.tokens(from, n)
	case "item":
		return r.item(from, n)
	case "one-of":
		return r.oneOf(from, n)
	case "ruleref":
		return r.ruleref(from, n)
	case "tag":
		return r.tag(from, n)
	case "example":
		return from
	default:
		r.fail(n, "<%s> in a grammar is not supported, expected item, one-of, ruleref, token or tag", n.Name)
		return from
	}
}

func (r *srgs) tokens(from int, n *markup.Node) int {
	if r.keys {
		tokens, err := keyTokens(n.Content())
		if err != nil {
			r.fail(n, "%v", err)
		}
		return r.sequence(from, tokens)
	}
	var said []edge
	for _, word := range Words(n.Content()) {
		said = append(said, edge{word: word})
	}
	return r.sequence(from, said)
}

func (r *srgs) item(from int, n *markup.Node) int {
	low, high, err := repeatOf(n.Attr("repeat"))
	if err != nil {
		r.fail(n, "%v", err)
		return from
	}
	if low == 1 && high == 1 {
		return r.expansion(from, n)
	}
	return r.repeat(from, low, high, func(from int) int { return r.expansion(from, n) })
}

// maxRepeat bounds the numbers in a repeat attribute.
const maxRepeat = 1000

// repeatOf reads "3", "1-3" and "1-" (SRGS 1.0, section 2.5).
func repeatOf(s string) (low, high int, err error) {
	if s == "" {
		return 1, 1, nil
	}
	from, to, isRange := strings.Cut(s, "-")
	low, err = strconv.Atoi(strings.TrimSpace(from))
	high = low
	if isRange && err == nil {
		high = unlimited
		if to = strings.TrimSpace(to); to != "" {
			high, err = strconv.Atoi(to)
		}
	}
	if err != nil || low < 0 || low > maxRepeat || high > maxRepeat || high != unlimited && high < low {
		return 0, 0, fmt.Errorf("repeat %q, expected N, N-M or N- with numbers up to %d", s, maxRepeat)
	}
	return low, high, nil
}

func (r *srgs) oneOf(from int, n *markup.Node) int {
	end := r.node()
	for _, c := range n.Children {
		switch {
		case c.Name == "item":
			branch := r.node()
			r.edge(from, edge{to: branch})
			r.edge(r.item(branch, c), edge{to: end})
		case c.Name != "" || strings.TrimSpace(c.Text) != "":
			r.fail(c, "%s in <one-of>, expected <item>", describe(c))
		}
	}
	return end
}

func describe(n *markup.Node) string {
	if n.Name == "" {
		return "text"
	}
	return "<" + n.Name + ">"
}

func (r *srgs) ruleref(from int, n *markup.Node) int {
	switch n.Attr("special") {
	case "NULL":
		return from
	case "VOID":
		return r.node() // nothing leads there
	case "":
	default:
		r.fail(n, "special %q of <ruleref> is not supported, expected NULL or VOID", n.Attr("special"))
		return from
	}
	name, local := strings.CutPrefix(n.Attr("uri"), "#")
	if !local || r.rules[name] == nil {
		r.fail(n, "uri %q of <ruleref>, expected # and the id of a rule of this grammar", n.Attr("uri"))
		return from
	}
	return r.rule(from, r.rules[name])
}

// outPattern is the only script that a tag may be.
var outPattern = regexp.MustCompile(`^\s*(?:out|\$)\s*=\s*(?:'([^'\\]*)'|"([^"\\]*)"|(true|false)|(-?\d+(?:\.\d+)?))\s*;?\s*$`)

func (r *srgs) tag(from int, n *markup.Node) int {
	to := r.node()
	text := strings.TrimSpace(n.Content())
	meaning := any(text)
	if m := outPattern.FindStringSubmatch(text); m != nil && !r.literal {
		meaning = outMeaning(m)
	} else if !r.literal && strings.ContainsAny(text, "=;{}()") {
		r.fail(n, "the tag %q is not supported, expected a literal, or out = and a literal", text)
	}
	r.edge(from, edge{to: to, tag: meaning})
	return to
}

func outMeaning(m []string) any {
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
