package script

import (
	"context"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
)

// This file runs the tags of a grammar (Semantic Interpretation for Speech
// Recognition 1.0). They see the variables of their rule and of the header of
// their grammar, none of the document's scopes.

// Rule is a rule of a grammar that an input has matched.
type Rule struct {
	Name   string  // by which the rule around it knows its value
	Text   string  // what was matched
	Steps  []Step  // what ran, in order
	Header *Header // of its grammar, the same one for all rules of it
}

// Header is what runs before the rules of a grammar do.
type Header struct {
	Tags []string
}

// Step is a rule within a rule, or a tag: a script, or a literal if there is
// no source.
type Step struct {
	Rule    *Rule
	Source  string
	Literal any
	Loose   bool // a tag of before SISR 1.0: $ is out, an expression is the result
}

// Interpret runs the tags of a parse and returns the value of its root rule.
// All of it together is one evaluation.
func (e *Engine) Interpret(ctx context.Context, r *Rule) (Value, error) {
	in := interpretation{Engine: e, headers: map[*Header]*goja.Object{}}
	v, err := e.guarded(ctx, func() (goja.Value, error) {
		value, _, err := in.rule(r)
		return value, err
	})
	if !in.ran {
		return v, err
	}
	if leaked := e.leaked(); err == nil && leaked != "" {
		return Value{}, &Error{leaked + " is not declared"}
	}
	return v, err
}

// interpretation is the work on one parse.
type interpretation struct {
	*Engine
	headers map[*Header]*goja.Object // the variables of each
	ran     bool                     // a script did
}

// rule returns the value of r, and whether a tag gave it.
func (in *interpretation) rule(r *Rule) (value goja.Value, tagged bool, err error) {
	header, err := in.header(r.Header)
	if err != nil {
		return nil, false, err
	}
	s := in.newRuleScope(r, header)
	value = in.rt.ToValue(r.Text)
	own := false
	for _, step := range r.Steps {
		if step.Rule == nil {
			own = true
			if err := s.tag(step); err != nil {
				return nil, false, err
			}
			continue
		}
		inner, ok, err := in.rule(step.Rule)
		if err != nil {
			return nil, false, err
		}
		s.done(step.Rule, inner)
		if ok {
			value, tagged = inner, true
		}
	}
	if own {
		return s.locals.Get("out"), true, nil
	}
	return value, tagged, nil
}

// header runs the tags of a header, once in a parse.
func (in *interpretation) header(h *Header) (*goja.Object, error) {
	if known := in.headers[h]; known != nil {
		return known, nil
	}
	globals := in.rt.CreateObject(nil)
	in.headers[h] = globals
	if h == nil {
		return globals, nil
	}
	for _, tag := range h.Tags {
		if err := in.program(tag, in.rt.CreateObject(nil), globals); err != nil {
			return nil, err
		}
	}
	return globals, nil
}

// ruleScope is the variables that the tags of one rule see.
type ruleScope struct {
	*interpretation
	header, locals     *goja.Object
	rules, meta        *goja.Object
	latest, latestMeta goja.Value
}

func (in *interpretation) newRuleScope(r *Rule, header *goja.Object) *ruleScope {
	s := &ruleScope{interpretation: in, header: header, locals: in.rt.CreateObject(nil), rules: in.rt.NewObject(),
		meta: in.rt.NewObject(), latest: goja.Undefined(), latestMeta: goja.Undefined()}
	// These objects are plain and extensible: they refuse nothing.
	_ = s.locals.Set("out", in.rt.NewObject())
	_ = s.locals.Set("rules", s.rules)
	_ = s.locals.Set("meta", s.meta)
	_ = s.rules.Set("latest", func(goja.FunctionCall) goja.Value { return s.latest })
	_ = s.meta.Set("latest", func(goja.FunctionCall) goja.Value { return s.latestMeta })
	_ = s.meta.Set("current", func(goja.FunctionCall) goja.Value { return in.about(r) })
	s.define("$", func() goja.Value { return s.locals.Get("out") }, func(v goja.Value) { _ = s.locals.Set("out", v) })
	s.define("$$", func() goja.Value { return s.latest }, func(goja.Value) {})
	return s
}

// define makes a variable of the time before SISR 1.0, which stands for another.
func (s *ruleScope) define(name string, get func() goja.Value, set func(goja.Value)) {
	_ = s.locals.DefineAccessorProperty(name, // fresh on an extensible object
		s.rt.ToValue(func(goja.FunctionCall) goja.Value { return get() }),
		s.rt.ToValue(func(c goja.FunctionCall) goja.Value { set(c.Argument(0)); return goja.Undefined() }),
		goja.FLAG_TRUE, goja.FLAG_TRUE)
}

// about is what meta tells of a rule; nobody has doubts here.
func (in *interpretation) about(r *Rule) goja.Value {
	o := in.rt.NewObject()
	_ = o.Set("text", r.Text)
	_ = o.Set("score", 1)
	return o
}

// done makes the value of an inner rule known.
func (s *ruleScope) done(r *Rule, value goja.Value) {
	s.latest, s.latestMeta = value, s.about(r)
	if r.Name == "latest" || r.Name == "current" {
		return // the functions keep these names
	}
	_ = s.rules.Set(r.Name, value)
	_ = s.meta.Set(r.Name, s.latestMeta)
	_ = s.locals.Set("$"+r.Name, value)
}

func (s *ruleScope) tag(t Step) error {
	switch {
	case t.Source == "":
		return s.locals.Set("out", s.value(t.Literal))
	case t.Loose && givesResult(t.Source):
		return s.program("out = ("+t.Source+"\n)", s.header, s.locals)
	default:
		return s.program(t.Source, s.header, s.locals)
	}
}

// givesResult tells whether src is an expression that does nothing else.
func givesResult(src string) bool {
	if CheckExpression(src) != nil {
		return false
	}
	program, err := parse("(" + src + "\n)")
	if err != nil {
		return false
	}
	statement, ok := program.Body[0].(*ast.ExpressionStatement)
	if !ok {
		return false
	}
	switch statement.Expression.(type) {
	case *ast.AssignExpression, *ast.SequenceExpression:
		return false
	case *ast.CallExpression:
		trimmed := strings.TrimSpace(src)
		return !strings.HasPrefix(trimmed, "out.") && !strings.HasPrefix(trimmed, "$")
	default:
		return true
	}
}

// program runs src over two scopes; its variables and functions are declared
// in the inner one, so that later tags see them.
func (in *interpretation) program(src string, outer, inner *goja.Object) error {
	in.ran = true
	in.bind(src)
	program, err := parse(src)
	if err != nil {
		return err
	}
	for _, name := range variables(program) {
		if inner.Get(name) == nil {
			_ = inner.Set(name, goja.Undefined())
		}
	}
	var publish strings.Builder
	for _, name := range functions(program) {
		_ = inner.Set(name, goja.Undefined())
		publish.WriteString("scope$1$." + name + " = " + name + ";")
	}
	v, err := in.rt.RunString("(function(scope$0$,scope$1$){with(scope$0$)with(scope$1$){" + publish.String() + src + "\n}})")
	if err != nil {
		return err
	}
	f, ok := goja.AssertFunction(v)
	if !ok {
		return &Error{"not a script"}
	}
	_, err = f(goja.Undefined(), outer, inner)
	return err
}
