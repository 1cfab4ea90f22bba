package grammar

import (
	"regexp"
	"strings"

	"rollcall/gateway/vxml/markup"
)

// This file reads grammars that are text: the ABNF form, and if the source is
// loose what people wrote for VoiceXML 1.0, which left the format open.

const jsgfHeader = "#JSGF"

func readText(text string, start markup.Pos, o Source) (*document, error) {
	o.Loose = o.Loose || looseType.MatchString(o.Type)
	switch {
	case strings.HasPrefix(text, abnfHeader):
		return readABNF(text, start, o)
	case strings.HasPrefix(text, jsgfHeader):
		return readJSGF(text, start, o)
	case !o.Loose:
		return nil, start.Errorf("text that is no grammar, expected <rule>, or #ABNF 1.0; first of all")
	default:
		return readLoose(text, start, o)
	}
}

// looseType is the media types of JSGF and GSL, under the names they went by.
var looseType = regexp.MustCompile(`^(application|text)/(x-)?(jsgf|gsl)\b`)

// readJSGF reads a JSGF document. Its first public rule is the root.
func readJSGF(text string, start markup.Pos, o Source) (*document, error) {
	r := &abnf{document: newDocument(o), cursor: cursor{text: text, pos: start}, jsgf: true}
	if _, err := r.through(";", "the header"); err != nil {
		return nil, err
	}
	return r.body(start, r.jsgfStatement)
}

func (r *abnf) jsgfStatement() error {
	start := r.pos
	switch keyword := r.name(""); keyword {
	case "grammar":
		_, err := r.through(";", "the name of the grammar")
		return err
	case "", "public":
		if err := r.definition(start, keyword == "public"); err != nil {
			return err
		}
		if r.root == "" && keyword == "public" {
			r.root = r.rule.name
		}
		return nil
	default:
		return start.Errorf("%q starts no statement, expected public or <name>", keyword)
	}
}

// readLoose reads one expansion. Where brackets are around all of it they
// hold a list of alternatives; else they are what may be left out.
func readLoose(text string, start markup.Pos, o Source) (*document, error) {
	r := &abnf{document: newDocument(o), cursor: cursor{text: strings.TrimRight(text, space), pos: start}, jsgf: true}
	r.rule = &rule{pos: start, name: "main", public: true}
	if err := r.define(r.rule); err != nil {
		return nil, err
	}
	var err error
	if r.starts("[") && strings.IndexByte(r.text, ']') == len(r.text)-1 {
		r.skip(1)
		r.rule.body, err = r.list()
	} else {
		r.rule.body, err = r.alternatives()
		r.accept(";")
	}
	if err != nil {
		return nil, err
	}
	if err := r.blank(); err != nil {
		return nil, err
	}
	if r.text != "" {
		return nil, r.pos.Errorf("%s after the grammar, expected its end", r.next())
	}
	return r.document, r.check(start)
}

// list reads alternatives up to a bracket; a tag belongs to the one before it.
func (r *abnf) list() (*part, error) {
	r.depth++
	all, err := r.sequence()
	if err != nil {
		return nil, err
	}
	p := &part{kind: alternatives, pos: all.pos}
	for _, element := range all.parts {
		if last := len(p.parts) - 1; element.kind == tagged && last >= 0 {
			p.parts[last] = &part{kind: sequence, pos: element.pos, parts: []*part{p.parts[last], element}}
			continue
		}
		p.parts = append(p.parts, element)
	}
	return p, r.expect("]", "in a list")
}
