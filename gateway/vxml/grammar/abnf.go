package grammar

import (
	"strings"

	"golang.org/x/text/encoding/charmap"

	"rollcall/gateway/vxml/markup"
)

// This file reads the ABNF form of SRGS 1.0 by recursive descent. JSGF, whose
// rule names are in angle brackets, is near enough to be read along
// (loose.go).

// maxDepth bounds brackets within each other.
const maxDepth = 100

type abnf struct {
	*document
	cursor
	rule  *rule // being read
	jsgf  bool
	depth int
}

// readABNF reads a document that starts with #ABNF.
func readABNF(text string, start markup.Pos, o Source) (*document, error) {
	r := &abnf{document: newDocument(o), cursor: cursor{text: text, pos: start}}
	if err := r.identify(); err != nil {
		return nil, err
	}
	return r.body(start, r.statement)
}

// body reads statements up to the end.
func (r *abnf) body(start markup.Pos, statement func() error) (*document, error) {
	for {
		if err := r.blank(); err != nil {
			return nil, err
		}
		if r.text == "" {
			return r.document, r.check(start)
		}
		if err := statement(); err != nil {
			return nil, err
		}
	}
}

// identify reads the self-identifying header (section 4.1).
func (r *abnf) identify() error {
	start := r.pos
	r.skip(len(abnfHeader))
	header, err := r.through(";", "the header")
	if err != nil {
		return err
	}
	words := strings.Fields(header)
	if len(words) == 0 || !strings.HasPrefix(header, " ") || words[0] != "1.0" && words[0] != "V1.0" || len(words) > 2 {
		return start.Errorf("the header #ABNF%s;, expected #ABNF 1.0; with an encoding or without", header)
	}
	if len(words) == 1 {
		return nil
	}
	switch strings.ToLower(words[1]) {
	case "utf-8", "utf8", "us-ascii", "ascii":
	case "iso-8859-1", "latin1", "windows-1252":
		decoded, err := charmap.Windows1252.NewDecoder().String(r.text)
		if err != nil {
			return start.Errorf("the grammar is not in %s: %v", words[1], err)
		}
		r.text = decoded
	default:
		return start.Errorf("encoding %s is not known, expected UTF-8 or ISO-8859-1", words[1])
	}
	return nil
}

// statement reads a declaration or a rule.
func (r *abnf) statement() error {
	start := r.pos
	if r.starts("{") {
		text, err := r.tagText()
		if err != nil {
			return err
		}
		if err := r.headerTag(start, text); err != nil {
			return err
		}
		return r.expect(";", "after a tag")
	}
	if r.starts("$") {
		return r.definition(start, false)
	}
	switch keyword := r.name("-"); keyword {
	case "public", "private":
		return r.definition(start, keyword == "public")
	default:
		if len(r.order) > 0 {
			return start.Errorf("%q after a rule, expected another rule", keyword)
		}
		return r.declaration(start, keyword)
	}
}

// declaration reads one of the header (chapter 4).
func (r *abnf) declaration(start markup.Pos, keyword string) error {
	var err error
	switch keyword {
	case "language", "mode":
		err = r.setting(keyword)
	case "root":
		r.root, err = r.ruleName()
	case "tag-format":
		r.format, err = r.uri("of tag-format")
	case "base":
		var base string
		if base, err = r.uri("of base"); err == nil {
			err = r.rebase(start, base)
		}
	case "lexicon":
		_, err = r.uri("of lexicon")
	case "meta", "http-equiv":
		err = r.meta(keyword)
	case "":
		return start.Errorf("%s starts no statement, expected a declaration or a rule", r.next())
	default:
		return start.Errorf("%q starts no statement, expected a declaration or a rule", keyword)
	}
	if err != nil {
		return err
	}
	return r.expect(";", "after "+keyword)
}

// meta reads what is said about the grammar; it says nothing about matching.
func (r *abnf) meta(keyword string) error {
	if err := r.skipQuoted("after " + keyword); err != nil {
		return err
	}
	if err := r.expect("is", "in "+keyword); err != nil {
		return err
	}
	return r.skipQuoted("in " + keyword)
}

func (r *abnf) setting(keyword string) error {
	if err := r.blank(); err != nil {
		return err
	}
	start := r.pos
	value := r.name("-.")
	if keyword == "mode" {
		return r.setMode(start, value)
	}
	if value == "" {
		return start.Errorf("%s after language, expected its name", r.next())
	}
	return nil
}

// ruleName reads $name, or <name> in JSGF.
func (r *abnf) ruleName() (string, error) {
	open, start := "$", r.pos
	if r.jsgf {
		open = "<"
	}
	if err := r.expect(open, "before the name of a rule"); err != nil {
		return "", err
	}
	if r.jsgf {
		name, err := r.through(">", "the name of a rule")
		return strings.TrimSpace(name), err
	}
	name := r.name("")
	if name == "" {
		return "", start.Errorf("%s after $, expected the name of a rule", r.next())
	}
	return name, nil
}

// definition reads a rule (chapter 3).
func (r *abnf) definition(start markup.Pos, public bool) error {
	name, err := r.ruleName()
	if err != nil {
		return err
	}
	r.rule = &rule{pos: start, name: name, public: public}
	if err := r.define(r.rule); err != nil {
		return err
	}
	if err := r.expect("=", "after the name of a rule"); err != nil {
		return err
	}
	if r.rule.body, err = r.alternatives(); err != nil {
		return err
	}
	return r.expect(";", "in rule "+name)
}

// alternatives reads what bars divide, each with its weight (section 2.4).
func (r *abnf) alternatives() (*part, error) {
	if r.depth++; r.depth > maxDepth {
		return nil, r.pos.Errorf("brackets are nested more than %d deep, expected fewer", maxDepth)
	}
	defer func() { r.depth-- }()
	p := &part{kind: alternatives, pos: r.pos}
	for {
		if err := r.blank(); err != nil {
			return nil, err
		}
		if err := r.number("/", "weight", maxWeight); err != nil {
			return nil, err
		}
		way, err := r.sequence()
		if err != nil {
			return nil, err
		}
		p.parts = append(p.parts, way)
		if r.accept("|") {
			continue
		}
		if len(p.parts) == 1 {
			return way, nil
		}
		return p, nil
	}
}

// number reads a number between slashes, if there is one.
func (r *abnf) number(slash, what string, limit float64) error {
	start := r.pos
	if !r.accept(slash) {
		return nil
	}
	written, err := r.through(slash, "a "+what)
	if err != nil {
		return err
	}
	if err := checkNumber(what, written, limit); err != nil {
		return start.Errorf("%v", err)
	}
	return nil
}

// sequence reads one element after the other (section 2.3); it may be empty
// only in brackets that stand for nothing.
func (r *abnf) sequence() (*part, error) {
	p := &part{kind: sequence, pos: r.pos}
	for {
		if err := r.blank(); err != nil {
			return nil, err
		}
		if r.text == "" || strings.IndexByte("|;)]", r.text[0]) >= 0 {
			return r.filled(p)
		}
		element, err := r.element()
		if err == nil {
			element, err = r.suffixes(element)
		}
		if err != nil {
			return nil, err
		}
		p.parts = append(p.parts, element)
	}
}

func (r *abnf) filled(p *part) (*part, error) {
	if len(p.parts) == 0 && (r.depth == 1 || !r.starts(")")) {
		return nil, r.pos.Errorf("%s, expected a token, a tag, a rule or brackets", r.next())
	}
	return p, nil
}

func (r *abnf) element() (*part, error) {
	start := r.pos
	switch {
	case r.accept("("):
		return r.bracketed(")")
	case r.accept("["):
		inside, err := r.bracketed("]")
		return &part{kind: repeated, pos: start, parts: []*part{inside}, high: 1}, err
	case r.starts("{"):
		text, err := r.tagText()
		if err != nil {
			return nil, err
		}
		return r.tag(start, text)
	case r.starts("$") || r.jsgf && r.starts("<"):
		return r.reference()
	case r.accept(`"`):
		inside, err := r.through(`"`, "a quote")
		if err != nil {
			return nil, err
		}
		return r.newToken(start, strings.Join(strings.Fields(inside), " "))
	}
	written := r.upTo(space + `;=|+<>()[]{}/!"$` + r.starred())
	if written == "" {
		return nil, start.Errorf("%s in an expansion, expected a token, a tag, a rule or brackets", r.next())
	}
	return r.newToken(start, written)
}

// starred is a star where it is no key: SRGS 1.0 wants that one in quotes, but
// what else could it be?
func (r *abnf) starred() string {
	if r.dtmf && !r.jsgf {
		return ""
	}
	return "*"
}

func (r *abnf) bracketed(end string) (*part, error) {
	p, err := r.alternatives()
	if err != nil {
		return nil, err
	}
	return p, r.expect(end, "in brackets")
}

// tagText reads {tag} and {!{tag}!} (section 2.6).
func (r *abnf) tagText() (string, error) {
	if r.accept("{!{") {
		return r.through("}!}", "a tag")
	}
	r.skip(len("{"))
	return r.through("}", "a tag")
}

// reference reads $name, $<uri> and the special rules (section 2.2).
func (r *abnf) reference() (*part, error) {
	start := r.pos
	if r.starts("$<") {
		r.skip(1)
		uri, err := r.uri("after $")
		if err != nil {
			return nil, err
		}
		return r.refer(start, uri, r.rule)
	}
	name, err := r.ruleName()
	if err != nil {
		return nil, err
	}
	if isSpecial(name) {
		return special(start, name)
	}
	return r.refer(start, "#"+name, r.rule)
}

// suffixes reads repetitions and languages behind an element (sections 2.5
// and 2.7).
func (r *abnf) suffixes(p *part) (*part, error) {
	for {
		if err := r.blank(); err != nil {
			return nil, err
		}
		start := r.pos
		switch {
		case !r.jsgf && r.accept("<"):
			p = &part{kind: repeated, pos: start, parts: []*part{p}}
			if err := r.repetition(p); err != nil {
				return nil, err
			}
		case !r.jsgf && r.accept("!"):
			if r.name("-") == "" {
				return nil, r.pos.Errorf("%s after !, expected the name of a language", r.next())
			}
		case r.jsgf && r.accept("*"):
			p = &part{kind: repeated, pos: start, parts: []*part{p}, high: unlimited}
		case r.jsgf && r.accept("+"):
			p = &part{kind: repeated, pos: start, parts: []*part{p}, low: 1, high: unlimited}
		default:
			return p, nil
		}
	}
}

// repetition reads what stands in <2-4 /0.6/>.
func (r *abnf) repetition(p *part) error {
	written := r.upTo("/>")
	var err error
	if p.low, p.high, err = repeatOf(strings.TrimSpace(written)); err != nil {
		return p.pos.Errorf("%v", err)
	}
	if err := r.number("/", "probability of a repetition", 1); err != nil {
		return err
	}
	return r.expect(">", "in a repetition")
}
