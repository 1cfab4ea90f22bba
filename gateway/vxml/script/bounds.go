package script

import (
	"math/big"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
)

// maxLength bounds what one built-in function may make or walk through:
// characters of a string, elements of an array. Such a function runs outside
// the reach of an interrupt; only on its way in is it seen whether there is one.
const maxLength = 100_000

// maxMade bounds the text that one such function may make, in characters.
const maxMade = 4 << 20

// maxMatching is how long one match of a regular expression may take. Those
// that look ahead or behind or refer back to a group are matched by trial,
// which may take for ever; after this long they do not match.
const maxMatching = time.Second

// boundMatching sets it for the engine, which has no setting for it.
var boundMatching = sync.OnceFunc(func() { regexp2.DefaultMatchTimeout = maxMatching }) //nolint:gochecknoglobals // done once, before anything is matched

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
	b := bounds{rt: rt, pause: function(rt, "(function() {})")}
	b.texts()
	b.arrays()
	b.json()
	b.limit(prototype(rt, "Function"), "apply", func(c goja.FunctionCall) int64 { return length(c.Argument(1)) })
}

// bounds limits the functions of one runtime.
type bounds struct {
	rt    *goja.Runtime
	pause goja.Callable // does nothing, but fails where an interrupt waits
}

func (b bounds) texts() {
	texts := prototype(b.rt, "String")
	b.limit(texts, "repeat", func(c goja.FunctionCall) int64 {
		return int64(len(c.This.String())) * min(c.Argument(0).ToInteger(), maxLength+1)
	})
	for _, name := range []string{"padStart", "padEnd"} {
		b.limit(texts, name, func(c goja.FunctionCall) int64 { return c.Argument(0).ToInteger() })
	}
	b.limit(texts, "concat", func(c goja.FunctionCall) int64 { return made(textLength(c.This) + textLengths(c.Arguments)) })
	for _, name := range []string{"replace", "replaceAll"} {
		b.limit(texts, name, replaced)
	}
	for _, name := range []string{"split", "match", "matchAll", "normalize", "localeCompare"} {
		b.limit(texts, name, func(c goja.FunctionCall) int64 { return made(8 * textLength(c.This)) })
	}
	each := texts.GetSymbol(goja.SymIterator)
	_ = texts.SetSymbol(goja.SymIterator, b.bounded("iterator", each, func(c goja.FunctionCall) int64 { return textLength(c.This) })) // writable
	for _, name := range []string{"escape", "unescape", "encodeURI", "encodeURIComponent", "decodeURI", "decodeURIComponent"} {
		b.limit(b.rt.GlobalObject(), name, func(c goja.FunctionCall) int64 { return made(3 * textLength(c.Argument(0))) })
	}
}

func (b bounds) arrays() {
	arrays := prototype(b.rt, "Array")
	for _, name := range []string{
		"toString", "toLocaleString", "fill", "concat", "slice", "splice", "sort", "reverse", "shift", "unshift",
		"indexOf", "lastIndexOf", "includes", "forEach", "map", "filter", "every", "some", "reduce", "reduceRight", "find",
		"findIndex", "findLast", "findLastIndex", "copyWithin", "flatMap", "with", "toSorted", "toReversed", "toSpliced",
		"keys", "values", "entries",
	} {
		b.limit(arrays, name, func(c goja.FunctionCall) int64 { return length(c.This) })
	}
	_ = arrays.SetSymbol(goja.SymIterator, arrays.Get("values")) // writable
	b.limit(arrays, "join", joined)
	b.limit(arrays, "flat", func(c goja.FunctionCall) int64 {
		depth := int64(1)
		if !goja.IsUndefined(c.Argument(0)) {
			depth = c.Argument(0).ToInteger()
		}
		return members(c.This, depth, 0)
	})
	b.limit(b.rt.GlobalObject().Get("Array").ToObject(b.rt), "from", func(c goja.FunctionCall) int64 { return length(c.Argument(0)) })
}

// json lets stringify call a script for each value, so that it can be
// interrupted: one array that holds another twice, and so on, has no end.
func (b bounds) json() {
	json := b.rt.GlobalObject().Get("JSON").ToObject(b.rt)
	b.limit(json, "parse", func(c goja.FunctionCall) int64 { return textLength(c.Argument(0)) })
	stringify := function(b.rt, `(function(stringify) {
		return function(value, keep, space) {
			if (typeof keep == 'function') {
				return stringify(value, keep, space)
			}
			var list = keep instanceof Array ? keep.map(String) : null
			return stringify(value, function(name, inner) {
				return !list || name === '' || this instanceof Array || list.indexOf(name) >= 0 ? inner : undefined
			}, space)
		}
	})`)
	if bounded, err := stringify(goja.Undefined(), json.Get("stringify")); err == nil {
		_ = json.Set("stringify", bounded) // writable
	}
}

// function is that of a source which is part of this package.
func function(rt *goja.Runtime, source string) goja.Callable {
	v, err := rt.RunString(source)
	if err != nil {
		panic(err)
	}
	f, _ := goja.AssertFunction(v)
	return f
}

// made is a size for limit: of a text that has so many characters.
func made(characters int64) int64 {
	if characters > maxMade {
		return maxLength + 1
	}
	return 0
}

// textLength is how long a value is as a text, as far as it is one.
func textLength(v goja.Value) int64 {
	if s, ok := v.(goja.String); ok {
		return int64(s.Length())
	}
	return 0
}

func textLengths(list []goja.Value) int64 {
	total := int64(0)
	for _, v := range list {
		total += textLength(v)
	}
	return total
}

// joined is the size of what join makes of texts; what is in other members it
// makes texts of by calling join again.
func joined(c goja.FunctionCall) int64 {
	n := length(c.This)
	list, ok := c.This.(*goja.Object)
	if !ok || n > maxLength {
		return n
	}
	total := n * max(textLength(c.Argument(0)), 1)
	for i := range n {
		total += textLength(list.Get(strconv.FormatInt(i, 10)))
	}
	return max(n, made(total))
}

// replaced is the size of what replace makes: at most one replacement for each
// character, in which each $ may stand for the whole text.
func replaced(c goja.FunctionCall) int64 {
	n, with := textLength(c.This), c.Argument(1)
	total := 8 * n
	if textLength(with) > 0 {
		total += (n+1)*textLength(with) + int64(strings.Count(with.String(), "$"))*n*n/16
	}
	return made(total)
}

// members counts those of an array and of the arrays in it, so deep, up to
// the limit.
func members(v goja.Value, depth, counted int64) int64 {
	list, ok := v.(*goja.Object)
	if !ok || list.ClassName() != "Array" {
		return counted
	}
	n := length(list)
	counted += n
	for i := int64(0); i < n && depth > 0 && counted <= maxLength; i++ {
		counted = members(list.Get(strconv.FormatInt(i, 10)), depth-1, counted)
	}
	return counted
}

func prototype(rt *goja.Runtime, class string) *goja.Object {
	return rt.GlobalObject().Get(class).ToObject(rt).Get("prototype").ToObject(rt)
}

func length(v goja.Value) int64 {
	o, ok := v.(*goja.Object)
	if !ok {
		return textLength(v)
	}
	if n := o.Get("length"); n != nil {
		return n.ToInteger()
	}
	return 0
}

// limit wraps the function name of owner so that it refuses a size above
// maxLength with a RangeError, and does not begin once it is to be interrupted.
func (b bounds) limit(owner *goja.Object, name string, size func(goja.FunctionCall) int64) {
	if f := owner.Get(name); f != nil { // this engine has it
		_ = owner.DefineDataProperty(name, b.bounded(name, f, size), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE) // configurable before
	}
}

func (b bounds) bounded(name string, function goja.Value, size func(goja.FunctionCall) int64) goja.Value {
	f, _ := goja.AssertFunction(function)
	return b.rt.ToValue(func(c goja.FunctionCall) goja.Value {
		if _, err := b.pause(goja.Undefined()); err != nil {
			panic(err)
		}
		if size(c) > maxLength {
			panic(rangeError(b.rt, name))
		}
		v, err := f(c.This, c.Arguments...)
		if err != nil {
			panic(err)
		}
		return v
	})
}

func rangeError(rt *goja.Runtime, name string) goja.Value {
	o, err := rt.New(rt.GlobalObject().Get("RangeError"), rt.ToValue(name+": more than 100000 characters or elements"))
	if err != nil {
		return rt.NewTypeError(name)
	}
	return o
}
