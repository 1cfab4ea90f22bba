// Package script runs the ECMAScript of one call.
//
// VoiceXML 2.0, section 5.1.2, nests variable scopes: session, application,
// document, dialog, anonymous. Each is one object without a prototype, and
// every expression is compiled inside nested "with" statements over them, so
// that an assignment reaches the closest scope that declares the name and
// nothing is inherited by accident. Each scope holds itself under its own
// name: document.x finds x there and nowhere else.
//
// An [Engine] belongs to one call and to one goroutine. An evaluation ends
// when its time is up or its context ends. The built-in functions that could
// fill the memory in one step are bounded (bounds.go); that guards against
// accidents, it is no prison for an author who means harm: flows are the
// user's own.
package script

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
)

// Scope names one of the nested variable scopes.
type Scope int

// The scopes, the outermost first.
const (
	Session Scope = iota
	Application
	Document
	Dialog
	Anonymous
	scopeCount
)

// String is the name by which documents address the scope; the anonymous one
// has none of its own there.
func (s Scope) String() string {
	return [scopeCount]string{"session", "application", "document", "dialog", "anonymous"}[s]
}

// Bounds of what is compiled and of what comes out, and the default time for
// one evaluation.
const (
	maxSource    = 128 << 10 // bytes
	maxNesting   = 200       // brackets
	maxText      = 1 << 20   // bytes of a value as text
	maxCallDepth = 400
	defaultTime  = 3 * time.Second
)

// Error is what is wrong with a script: its syntax, a value it threw, a name
// that is not declared, a limit. VoiceXML calls all of it error.semantic.
type Error struct {
	Message string
}

func (e *Error) Error() string { return e.Message }

// Value is the result of an evaluation.
type Value struct {
	v    goja.Value
	text string
}

// Undefined tells whether it is ECMAScript's undefined.
func (v Value) Undefined() bool { return v.v == nil || goja.IsUndefined(v.v) }

// Bool is the value converted as ECMAScript does.
func (v Value) Bool() bool { return v.v != nil && v.v.ToBoolean() }

// String is the value converted as ECMAScript does.
func (v Value) String() string { return v.text }

// List is an array that has properties of its own besides its members.
type List struct {
	Members    []any
	Properties map[string]any
}

// Engine holds the scopes of one call. Make it with [New].
type Engine struct {
	rt       *goja.Runtime
	scopes   Scopes
	compiled map[string]goja.Callable
	limit    time.Duration
	growth   uint64 // of the process, while one script runs
	// values are the Go values that scripts can only hand on.
	values map[*goja.Object]any
	dom    *dom // made when it is first needed
	bound  bool // the built-in functions are: see bounds.go
}

// Scopes are those of one execution context.
type Scopes [scopeCount]*goja.Object

// New returns an engine with empty scopes. limit is the time that one
// evaluation may take, zero for three seconds.
func New(limit time.Duration) *Engine {
	if limit <= 0 {
		limit = defaultTime
	}
	boundMatching()
	e := &Engine{rt: goja.New(), compiled: map[string]goja.Callable{}, limit: limit, growth: maxGrowth, values: map[*goja.Object]any{}}
	e.rt.SetMaxCallStackSize(maxCallDepth)
	for s := range scopeCount {
		e.Reset(s)
	}
	return e
}

// Reset empties a scope. Functions made earlier keep the one they knew.
func (e *Engine) Reset(s Scope) {
	o := e.rt.CreateObject(nil)
	e.scopes[s] = o
	if s != Anonymous {
		e.set(s, s.String(), o)
	}
}

// Share makes the variables of the document those of the application: the
// document is the root of its application, or has none (section 1.5.2).
func (e *Engine) Share() {
	e.scopes[Document] = e.scopes[Application]
	e.set(Document, Document.String(), e.scopes[Document])
}

// Nest begins an execution context with empty scopes below the session, and
// returns those that [Engine.Unnest] goes back to.
func (e *Engine) Nest() Scopes {
	outside := e.scopes
	for s := Application; s < scopeCount; s++ {
		e.Reset(s)
	}
	return outside
}

// Unnest goes back to the scopes that Nest returned.
func (e *Engine) Unnest(outside Scopes) { e.scopes = outside }

// Declare makes a variable in a scope, or gives it a new value. value is
// anything that [Engine.Make] takes. Session variables can be read only
// (section 5.1.2).
func (e *Engine) Declare(s Scope, name string, value any) {
	if s != Session {
		e.set(s, name, e.value(value))
		return
	}
	v := (&maker{e, map[uintptr]*goja.Object{}, goja.FLAG_FALSE}).value(value)
	get := e.rt.ToValue(func(goja.FunctionCall) goja.Value { return v })
	set := e.rt.ToValue(func(goja.FunctionCall) goja.Value {
		panic(e.rt.NewTypeError("%s belongs to the session and cannot be changed", name))
	})
	// A fresh accessor on an extensible object cannot be refused.
	_ = e.scopes[s].DefineAccessorProperty(name, get, set, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

// set cannot be refused: scopes are plain, extensible objects.
func (e *Engine) set(s Scope, name string, v any) { _ = e.scopes[s].Set(name, v) }

// Make returns the value of a [Value], a Go string, number or bool, a
// map[string]any, a []any or a [List]; nil is undefined, and a map that occurs
// twice is one object. Every other Go value
// becomes an object that scripts can only hand on, until [Engine.Go] takes it
// back.
func (e *Engine) Make(value any) Value {
	v := e.value(value)
	return Value{v: v, text: v.String()}
}

func (e *Engine) value(value any) goja.Value {
	return (&maker{e, map[uintptr]*goja.Object{}, goja.FLAG_TRUE}).value(value)
}

// maker makes one value. A Go map that is in it twice is one object.
type maker struct {
	*Engine
	objects map[uintptr]*goja.Object
	change  goja.Flag // whether a script may assign to what is in it
}

func (m *maker) value(value any) goja.Value {
	switch v := value.(type) {
	case nil:
		return goja.Undefined()
	case Value:
		if v.v == nil {
			return goja.Undefined()
		}
		return v.v
	case map[string]any:
		return m.object(v)
	case []any:
		return m.array(v)
	case List:
		list := m.array(v.Members)
		m.setAll(list, v.Properties)
		return list
	case string, bool, int, int64, float64:
		return m.rt.ToValue(v)
	default:
		o := m.rt.NewObject()
		m.values[o] = v
		return o
	}
}

func (m *maker) object(members map[string]any) *goja.Object {
	key := reflect.ValueOf(members).Pointer()
	if o := m.objects[key]; o != nil && key != 0 {
		return o
	}
	o := m.rt.NewObject()
	m.objects[key] = o
	m.setAll(o, members)
	return o
}

func (m *maker) array(list []any) *goja.Object {
	members := make([]any, len(list))
	for i, member := range list {
		members[i] = m.value(member)
	}
	return m.rt.NewArray(members...)
}

// setAll cannot be refused: o is plain.
func (m *maker) setAll(o *goja.Object, members map[string]any) {
	for name, member := range members {
		_ = o.DefineDataProperty(name, m.value(member), m.change, m.change, goja.FLAG_TRUE)
	}
}

// Go returns the Go value that v was made of, nil if it was none of those that
// scripts only hand on.
func (e *Engine) Go(v Value) any {
	o, ok := v.v.(*goja.Object)
	if !ok {
		return nil
	}
	return e.values[o]
}

// Property returns a property of an object by its path, "a" or "a.b", and
// false if v is no object or has none.
func (e *Engine) Property(ctx context.Context, v Value, path string) (Value, bool) {
	var found bool
	part, err := e.guarded(ctx, func() (goja.Value, error) {
		at := v.v
		for name := range strings.SplitSeq(path, ".") {
			o, ok := at.(*goja.Object)
			if !ok {
				return nil, nil
			}
			if at = o.Get(name); at == nil || !owns(o, name) {
				return nil, nil
			}
		}
		found = true
		return at, nil
	})
	return part, found && err == nil
}

func owns(o *goja.Object, name string) bool { return slices.Contains(o.GetOwnPropertyNames(), name) }

// Members returns the members of an array, and false if v is none.
func (e *Engine) Members(ctx context.Context, v Value) ([]Value, bool) {
	o, ok := v.v.(*goja.Object)
	if !ok || o.ClassName() != "Array" || length(o) > maxLength {
		return nil, false
	}
	members := make([]Value, length(o))
	for i := range members {
		var err error
		members[i], err = e.guarded(ctx, func() (goja.Value, error) { return o.Get(strconv.Itoa(i)), nil })
		if err != nil {
			return nil, false
		}
	}
	return members, true
}

// Lookup returns the value of a variable declared in exactly this scope, and
// false if there is none.
func (e *Engine) Lookup(ctx context.Context, s Scope, name string) (Value, bool) {
	var found bool
	v, err := e.guarded(ctx, func() (goja.Value, error) {
		member := e.scopes[s].Get(name)
		found = member != nil
		return member, nil
	})
	return v, found && err == nil
}

// Eval evaluates an expression over all scopes.
func (e *Engine) Eval(ctx context.Context, expr string) (Value, error) {
	e.bind(expr)
	body := "return (" + expr + "\n)"
	if e.compiled[body] == nil {
		if err := CheckExpression(expr); err != nil {
			return Value{}, err
		}
	}
	if !mayAssign(expr) {
		return e.call(ctx, Anonymous, body)
	}
	return e.run(ctx, Anonymous, body)
}

// Assign gives target, a variable or a property, the value of expr. What was
// never declared cannot be assigned to (section 5.3.2).
func (e *Engine) Assign(ctx context.Context, target, expr string) error {
	e.bind(target + expr)
	if err := e.assignable(target); err != nil {
		return err
	}
	if err := CheckExpression(expr); err != nil {
		return err
	}
	if err := CheckExpression(target + " = 0"); err != nil {
		return err
	}
	_, err := e.run(ctx, Anonymous, target+" = ("+expr+"\n);")
	return err
}

func (e *Engine) assignable(target string) error {
	scope, name, dotted := strings.Cut(target, ".")
	if !dotted {
		return nil
	}
	for s := range Anonymous {
		if s.String() != scope {
			continue
		}
		if s == Session {
			return &Error{fmt.Sprintf("%s belongs to the session and cannot be changed", target)}
		}
		first, _, _ := strings.Cut(name, ".")
		if e.scopes[s].Get(first) == nil {
			return &Error{target + " is not declared"}
		}
	}
	return nil
}

// Run runs a program, the content of a <script>; its variables and functions
// are declared in scope s (section 5.3.12).
func (e *Engine) Run(ctx context.Context, s Scope, src string) error {
	e.bind(src)
	program, err := parse(src)
	if err != nil {
		return err
	}
	var publish strings.Builder
	for _, name := range variables(program) {
		if e.scopes[s].Get(name) == nil {
			e.set(s, name, goja.Undefined())
		}
	}
	for _, name := range functions(program) {
		e.set(s, name, goja.Undefined())
		fmt.Fprintf(&publish, "scope$%d$.%s = %s;", s, name, name)
	}
	_, err = e.run(ctx, s, publish.String()+src)
	return err
}

func variables(p *ast.Program) []string {
	var names []string
	for _, d := range p.DeclarationList {
		for _, b := range d.List {
			if id, ok := b.Target.(*ast.Identifier); ok {
				names = append(names, id.Name.String())
			}
		}
	}
	return names
}

func functions(p *ast.Program) []string {
	var names []string
	for _, s := range p.Body {
		if f, ok := s.(*ast.FunctionDeclaration); ok {
			names = append(names, f.Function.Name.Name.String())
		}
	}
	return names
}

// CheckExpression tells what is wrong with the syntax of one expression.
func CheckExpression(expr string) error {
	program, err := parse("(" + expr + "\n)")
	if err != nil {
		return err
	}
	if len(program.Body) == 1 {
		if _, ok := program.Body[0].(*ast.ExpressionStatement); ok {
			return nil
		}
	}
	return &Error{fmt.Sprintf("%q is not one expression", expr)}
}

// CheckProgram tells what is wrong with the syntax of a script.
func CheckProgram(src string) error {
	_, err := parse(src)
	return err
}

func parse(src string) (*ast.Program, error) {
	if len(src) > maxSource {
		return nil, &Error{fmt.Sprintf("a script has %d bytes, at most %d are read", len(src), maxSource)}
	}
	depth := 0
	for i := range len(src) {
		switch src[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		}
		if depth > maxNesting {
			return nil, &Error{fmt.Sprintf("brackets are nested more than %d deep", maxNesting)}
		}
	}
	program, err := parser.ParseFile(nil, "", src, 0, parser.WithDisableSourceMaps)
	if err != nil {
		return nil, &Error{syntaxMessage(err)}
	}
	if bigNumber.MatchString(src) && hasBigInt(reflect.ValueOf(program)) {
		return nil, &Error{"syntax: numbers of any size (123n) are not known here"}
	}
	return program, nil
}

func syntaxMessage(err error) string {
	var list parser.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		return "syntax: " + list[0].Message
	}
	return "syntax: " + err.Error()
}

// run is call for a body that may assign: to an undeclared name that is an
// error, after the fact.
func (e *Engine) run(ctx context.Context, innermost Scope, body string) (Value, error) {
	v, err := e.call(ctx, innermost, body)
	if leaked := e.leaked(); err == nil && leaked != "" {
		return Value{}, &Error{leaked + " is not declared"}
	}
	return v, err
}

// call compiles a function body inside the nested scopes, once, and calls it.
// Scopes within innermost are hidden, also from functions that body makes.
func (e *Engine) call(ctx context.Context, innermost Scope, body string) (Value, error) {
	return e.guarded(ctx, func() (goja.Value, error) {
		f, err := e.compile(body)
		if err != nil {
			return nil, err
		}
		args := make([]goja.Value, scopeCount)
		for s, o := range e.scopes {
			if args[s] = o; Scope(s) > innermost {
				args[s] = e.rt.CreateObject(nil)
			}
		}
		return f(goja.Undefined(), args...)
	})
}

// mayAssign tells whether running src could give a variable a value: by an
// assignment, or by a function that makes one.
func mayAssign(src string) bool {
	for i := range len(src) {
		switch src[i] {
		case '(', '`', '{', '[':
			return true
		case '+', '-':
			if i > 0 && src[i-1] == src[i] {
				return true
			}
		case '=':
			if (i == 0 || !strings.Contains("=!<>", src[i-1:i])) && (i+1 == len(src) || src[i+1] != '=') || i > 1 && strings.Contains("<>", src[i-1:i]) && src[i-2] == src[i-1] {
				return true
			}
		}
	}
	return false
}

// nested puts a body inside the scopes, by names that no author hits upon.
const nested = "(function(scope$0$,scope$1$,scope$2$,scope$3$,scope$4$)" +
	"{with(scope$0$)with(scope$1$)with(scope$2$)with(scope$3$)with(scope$4$){"

func (e *Engine) compile(body string) (goja.Callable, error) {
	if f, ok := e.compiled[body]; ok {
		return f, nil
	}
	v, err := e.rt.RunString(nested + body + "\n}})")
	if err != nil {
		return nil, err
	}
	f, ok := goja.AssertFunction(v)
	if !ok {
		return nil, &Error{"not a script"}
	}
	e.compiled[body] = f
	return f, nil
}

// leaked finds what an assignment to an undeclared name has put into the
// global object, takes it out again and returns its name.
func (e *Engine) leaked() string {
	global, first := e.rt.GlobalObject(), ""
	for _, name := range global.Keys() {
		if first == "" {
			first = name
		}
		_ = global.Delete(name) // what a script made is configurable
	}
	return first
}

// guarded calls f so that it ends when ctx ends, the time is up or the memory
// fills, and makes an [Error] of whatever a script can do wrong.
func (e *Engine) guarded(ctx context.Context, f func() (goja.Value, error)) (result Value, err error) {
	if err := ctx.Err(); err != nil {
		return Value{}, err
	}
	stop := e.watched(ctx)
	defer func() {
		stop()
		if p := recover(); p != nil {
			result, err = Value{}, &Error{fmt.Sprint(p)}
		}
		if err != nil && ctx.Err() != nil {
			err = ctx.Err()
		}
	}()
	v, err := f()
	if err != nil {
		return Value{}, problem(err)
	}
	result = Value{v: v, text: "undefined"}
	if v != nil {
		result.text = v.String()
	}
	if len(result.text) > maxText {
		return Value{}, &Error{fmt.Sprintf("a text of %d bytes, at most %d can be used", len(result.text), maxText)}
	}
	return result, nil
}

func problem(err error) error {
	var interrupted *goja.InterruptedError
	if errors.As(err, &interrupted) {
		return &Error{fmt.Sprint(interrupted.Value())}
	}
	var thrown *goja.Exception
	if errors.As(err, &thrown) {
		return &Error{thrown.Value().String()}
	}
	return &Error{err.Error()}
}
