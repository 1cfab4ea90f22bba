package vxml

import (
	"context"
	"errors"
	"strings"

	"rollcall/gateway/vxml/grammar"
	"rollcall/gateway/vxml/markup"
)

// This file reads grammars: those written in place when the document is read,
// the others when they become active (VoiceXML 2.0, section 3.1.1).

// readGrammars reads the grammars within n that need nothing else.
func (d *Document) readGrammars(n *markup.Node) error {
	var problems []error
	if keys, ok := n.Lookup("dtmf"); ok && n.Name == "link" {
		g, err := grammar.Choice(keys, "", false)
		if err != nil {
			problems = append(problems, n.Errorf("%v", err))
		}
		d.grammars[n] = g
	}
	for _, c := range n.Elements() {
		if c.Name == "grammar" || c.Name == "dtmf" {
			problems = append(problems, d.readGrammar(c))
			continue
		}
		if c.Name != "metadata" {
			problems = append(problems, d.readGrammars(c))
		}
	}
	return errors.Join(problems...)
}

// readGrammar reads one that is written in place. What refers to other
// documents waits until it is active.
func (d *Document) readGrammar(n *markup.Node) error {
	reference, external := n.Lookup("src")
	_, dynamic := n.Lookup("srcexpr")
	inline := len(n.Elements()) > 0 || strings.TrimSpace(n.Content()) != ""
	switch {
	case external && dynamic, (external || dynamic) && inline:
		return n.Errorf("<%s> has more than one of src, srcexpr and content, expected one", n.Name)
	case dynamic:
		return nil
	case external:
		return d.readBuiltin(n, reference)
	}
	g, err := grammar.Inline(n, d.source(n, nil))
	if errors.Is(err, grammar.ErrExternal) {
		return nil
	}
	if err != nil {
		return err
	}
	d.grammars[n] = g
	return nil
}

func (d *Document) readBuiltin(n *markup.Node, reference string) error {
	spec, keys, builtin := builtinSpec(n, reference)
	if !builtin {
		return nil
	}
	g, err := grammar.Builtin(spec, keys)
	if err != nil {
		return n.Errorf("%v", err)
	}
	d.grammars[n] = g
	return nil
}

func (d *Document) source(n *markup.Node, load grammarLoader) grammar.Source {
	return grammar.Source{
		URL: d.base.String(), Type: n.Attr("type"), DTMF: n.Name == "dtmf" || n.Attr("mode") == "dtmf",
		Loose: d.version == "1.0", Load: load,
	}
}

type grammarLoader = func(ctx context.Context, url string) (body []byte, mediaType string, err error)

// builtinSpec takes "builtin:dtmf/digits?length=4" apart (appendix P).
func builtinSpec(n *markup.Node, reference string) (spec string, keys, ok bool) {
	for _, prefix := range []string{"builtin:dtmf/", "builtin:grammar/", "builtin:voice/"} {
		if spec, ok := strings.CutPrefix(reference, prefix); ok {
			return spec, prefix == "builtin:dtmf/" || n.Name == "dtmf" || n.Attr("mode") == "dtmf", true
		}
	}
	return "", false, false
}

// grammarOf is the grammar of an element, which is fetched if it must be.
func (c *call) grammarOf(ctx context.Context, d *Document, n *markup.Node) (*grammar.Grammar, error) {
	if g := d.grammars[n]; g != nil {
		return g, nil
	}
	reference, err := c.attribute(ctx, n, "src", "srcexpr")
	if err != nil {
		return nil, err
	}
	if spec, keys, builtin := builtinSpec(n, reference); builtin {
		g, err := grammar.Builtin(spec, keys)
		if err != nil {
			return nil, throw(n, eventBuiltin, "%v", err)
		}
		return g, nil
	}
	if reference == "" {
		g, err := grammar.FromMarkup(ctx, n, d.source(n, c.loadGrammar(d, n)))
		return g, grammarError(ctx, n, err)
	}
	return c.externalGrammar(ctx, d, n, reference)
}

func (c *call) externalGrammar(ctx context.Context, d *Document, n *markup.Node, reference string) (*grammar.Grammar, error) {
	absolute, err := resolve(d, n, reference)
	if err != nil {
		return nil, err
	}
	if g := c.fetched[absolute]; g != nil {
		return g, nil
	}
	source := d.source(n, c.loadGrammar(d, n))
	body, mediaType, err := source.Load(ctx, withoutFragment(absolute))
	if err != nil {
		return nil, err
	}
	if source.URL = absolute; source.Type == "" {
		source.Type = mediaType
	}
	g, err := grammar.Parse(ctx, body, source)
	if err != nil {
		return nil, grammarError(ctx, n, err)
	}
	c.fetched[absolute] = g
	return g, nil
}

// loadGrammar fetches what grammars refer to, as n says.
func (c *call) loadGrammar(d *Document, n *markup.Node) grammarLoader {
	return func(ctx context.Context, reference string) ([]byte, string, error) {
		absolute, err := resolve(d, n, reference)
		if err != nil {
			return nil, "", err
		}
		r, err := c.fetchAs(ctx, n, "grammar", Fetch{URL: absolute, Method: "GET"})
		return r.Body, r.Type, err
	}
}

// grammarError makes an event of what is wrong with a grammar.
func grammarError(ctx context.Context, n *markup.Node, err error) error {
	var event *EventError
	switch {
	case err == nil, ctx.Err() != nil, errors.As(err, &event):
		return err
	default:
		return throw(n, eventBadFetch, "%v", err)
	}
}
