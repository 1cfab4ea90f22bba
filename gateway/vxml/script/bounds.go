package script

import (
	"math/big"
	"reflect"
	"regexp"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
)

// maxLength bounds what one built-in function may make or walk through:
// characters of a string, elements of an array. Such a function runs outside
// the reach of an interrupt.
const maxLength = 100_000

// bind bounds the built-in functions before src is run, if it could reach one:
// most expressions of a document cannot, and it takes as long as they do.
func (e *Engine) bind(src string) {
	if !e.bound && strings.ContainsAny(src, "([`") {
		e.bound = true
		bound(e.rt)
	}
}

// bigNumber finds what may be a number of any size. One operation on two of
// those may take for ever.
var bigNumber = regexp.MustCompile(`[0-9a-fA-F_]n`)

// hasBigInt tells whether one is in a part of a program.
func hasBigInt(v reflect.Value) bool {
	kind := v.Kind()
	if kind == reflect.Interface || kind == reflect.Pointer {
		if n, ok := v.Interface().(*ast.NumberLiteral); ok && n != nil {
			_, big := n.Value.(*big.Int)
			return big
		}
		return !v.IsNil() && hasBigInt(v.Elem())
	}
	if kind == reflect.Struct {
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && hasBigInt(v.Field(i)) {
				return true
			}
		}
	}
	if kind == reflect.Slice {
		for i := range v.Len() {
			if hasBigInt(v.Index(i)) {
				return true
			}
		}
	}
	return false
}

// bound takes out what ECMA-262 third edition, the language of VoiceXML, does
// not have and what allocates at once, and puts a limit on the rest.
func bound(rt *goja.Runtime) {
	global := rt.GlobalObject()
	for _, name := range []string{
		"ArrayBuffer", "SharedArrayBuffer", "DataView", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array",
		"Uint16Array", "Int32Array", "Uint32Array", "BigInt64Array", "BigUint64Array", "Float32Array", "Float64Array",
		"BigInt", "Proxy", "Reflect",
	} {
		_ = global.Delete(name) // globals are configurable
	}
	strings := prototype(rt, "String")
	limit(rt, strings, "repeat", func(c goja.FunctionCall) int64 {
		return int64(len(c.This.String())) * min(c.Argument(0).ToInteger(), maxLength+1)
	})
	for _, name := range []string{"padStart", "padEnd"} {
		limit(rt, strings, name, func(c goja.FunctionCall) int64 { return c.Argument(0).ToInteger() })
	}
	arrays := prototype(rt, "Array")
	for _, name := range []string{
		"join", "toString", "toLocaleString", "fill", "concat", "slice", "splice", "sort", "reverse", "shift", "unshift",
		"indexOf", "lastIndexOf", "includes", "forEach", "map", "filter", "every", "some", "reduce", "reduceRight", "find",
		"findIndex", "findLast", "findLastIndex", "copyWithin", "flat", "flatMap", "with", "toSorted", "toReversed", "toSpliced",
	} {
		limit(rt, arrays, name, func(c goja.FunctionCall) int64 { return length(c.This) })
	}
	limit(rt, global.Get("Array").ToObject(rt), "from", func(c goja.FunctionCall) int64 { return length(c.Argument(0)) })
	limit(rt, prototype(rt, "Function"), "apply", func(c goja.FunctionCall) int64 { return length(c.Argument(1)) })
}

func prototype(rt *goja.Runtime, class string) *goja.Object {
	return rt.GlobalObject().Get(class).ToObject(rt).Get("prototype").ToObject(rt)
}

func length(v goja.Value) int64 {
	o, ok := v.(*goja.Object)
	if !ok {
		return 0
	}
	if n := o.Get("length"); n != nil {
		return n.ToInteger()
	}
	return 0
}

// limit wraps the function name of owner so that it refuses a size above
// maxLength with a RangeError.
func limit(rt *goja.Runtime, owner *goja.Object, name string, size func(goja.FunctionCall) int64) {
	f, ok := goja.AssertFunction(owner.Get(name))
	if !ok {
		return // this engine does not have it
	}
	wrapped := rt.ToValue(func(c goja.FunctionCall) goja.Value {
		if size(c) > maxLength {
			panic(rangeError(rt, name))
		}
		v, err := f(c.This, c.Arguments...)
		if err != nil {
			panic(err)
		}
		return v
	})
	_ = owner.DefineDataProperty(name, wrapped, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE) // configurable before
}

func rangeError(rt *goja.Runtime, name string) goja.Value {
	o, err := rt.New(rt.GlobalObject().Get("RangeError"), rt.ToValue(name+": more than 100000 characters or elements"))
	if err != nil {
		return rt.NewTypeError(name)
	}
	return o
}
