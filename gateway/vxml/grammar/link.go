package grammar

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"rollcall/gateway/vxml/markup"
)

// This file connects references with rules, and loads the documents in which
// they are. Documents may refer to each other in circles: each is read once.

// maxDocuments bounds how many documents one grammar may consist of.
const maxDocuments = 50

type linker struct {
	load   loader
	loaded map[string]*document
	linked map[*rule]bool
}

// loader fetches a document; nil where there are no others.
type loader func(address string) (body []byte, mediaType string, err error)

// loader binds Load to a context.
func (o Source) loader(ctx context.Context) loader {
	if o.Load == nil {
		return nil
	}
	return func(address string) ([]byte, string, error) { return o.Load(ctx, address) }
}

// link makes a grammar of the root rule of d, or of the one that fragment
// names.
func link(d *document, fragment string, load loader) (*Grammar, error) {
	l := &linker{load: load, loaded: map[string]*document{d.url: d}, linked: map[*rule]bool{}}
	root, err := d.start(fragment)
	if err != nil {
		return nil, err
	}
	if err := l.link(root); err != nil {
		return nil, err
	}
	return compile(root)
}

// start is lenient where no root is declared: then it is the first rule.
func (d *document) start(fragment string) (*rule, error) {
	switch {
	case fragment != "":
		r := d.rules[fragment]
		if r == nil {
			return nil, d.order[0].pos.Errorf("no rule is named %q, expected the one that is asked for", fragment)
		}
		return r, nil
	case d.root != "":
		return d.rules[d.root], nil
	default:
		return d.order[0], nil
	}
}

// link finds the targets of all references that lead on from root.
func (l *linker) link(root *rule) error {
	queue := []*rule{root}
	for len(queue) > 0 {
		r := queue[0]
		queue = queue[1:]
		if l.linked[r] {
			continue
		}
		l.linked[r] = true
		for _, ref := range r.refs {
			target, err := l.target(r.doc, ref)
			if err != nil {
				return err
			}
			ref.target = target
			queue = append(queue, target)
		}
	}
	return nil
}

func (l *linker) target(from *document, ref *part) (*rule, error) {
	if name, local := strings.CutPrefix(ref.text, "#"); local {
		return from.rules[name], nil // checked when it was read
	}
	to, err := from.resolve(ref.text)
	if err != nil {
		return nil, ref.pos.Errorf("a reference to %q, expected a URI", ref.text)
	}
	name := to.Fragment
	to.Fragment, to.RawFragment = "", ""
	d, err := l.document(from, to, ref.pos)
	if err != nil {
		return nil, err
	}
	if d.dtmf != from.dtmf && !from.loose {
		return nil, ref.pos.Errorf("a reference to %q, expected a grammar of the same mode", ref.text)
	}
	return d.referred(name, d == from, ref)
}

// resolve returns the address of a reference; with a base that is no more than
// a file name it stays one, too.
func (d *document) resolve(reference string) (*url.URL, error) {
	to, err := d.base.Parse(reference)
	if err == nil && d.base.Scheme == "" && !strings.HasPrefix(d.base.Path, "/") && !strings.HasPrefix(reference, "/") {
		to.Path = strings.TrimPrefix(to.Path, "/")
	}
	return to, err
}

// referred returns the rule that a reference from another document means
// (section 2.2.2); a private one is not for others (section 3.2).
func (d *document) referred(name string, own bool, ref *part) (*rule, error) {
	if name == "" && d.root == "" {
		return nil, ref.pos.Errorf("a reference to %q, which declares no root, expected # and the name of a rule", ref.text)
	}
	if name == "" {
		return d.rules[d.root], nil
	}
	r := d.rules[name]
	switch {
	case r == nil:
		return nil, ref.pos.Errorf("a reference to %q, expected the name of a rule of that grammar", ref.text)
	case !r.public && !own:
		return nil, ref.pos.Errorf("a reference to %q, which is private, expected a public rule", ref.text)
	}
	return r, nil
}

func (l *linker) document(from *document, to *url.URL, pos markup.Pos) (*document, error) {
	address := to.String()
	if d := l.loaded[address]; d != nil {
		return d, nil
	}
	if len(l.loaded) >= maxDocuments {
		return nil, pos.Errorf("the grammar consists of more than %d documents, expected fewer", maxDocuments)
	}
	d, err := l.read(from, address, pos)
	if err != nil {
		return nil, err
	}
	l.loaded[address] = d
	return d, nil
}

func (l *linker) read(from *document, address string, pos markup.Pos) (*document, error) {
	if spec, ok := strings.CutPrefix(address, "builtin:"); ok {
		d, err := readBuiltin(spec, from.dtmf)
		if err != nil {
			return nil, pos.Errorf("%v", err)
		}
		return d, nil
	}
	if l.load == nil {
		return nil, pos.Errorf("a reference to %q, expected a rule of this grammar: no other can be read here", address)
	}
	body, mediaType, err := l.load(address)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", pos.Errorf("the grammar %s cannot be read", address), err)
	}
	return read(body, Source{URL: address, Type: mediaType, DTMF: from.dtmf})
}
