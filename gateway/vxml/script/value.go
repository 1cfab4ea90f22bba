package script

import (
	"context"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// This file brings values into scripts and out of them.

// List is an array that has properties of its own besides its members.
type List struct {
	Members    []any
	Properties map[string]any
}

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
