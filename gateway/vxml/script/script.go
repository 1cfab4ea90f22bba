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
	"slices"
	"strings"
	"time"

	"github.com/dop251/goja"
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

// Plain tells whether the value is text, a number, true or false, null or
// undefined: no object.
func (v Value) Plain() bool {
	_, object := v.v.(*goja.Object)
	return !object
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

// Names returns the variables that are declared in a scope, in the order in
// which they were, without the scope's own name.
func (e *Engine) Names(s Scope) []string {
	return slices.DeleteFunc(e.scopes[s].Keys(), func(name string) bool { return s != Anonymous && name == s.String() })
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
