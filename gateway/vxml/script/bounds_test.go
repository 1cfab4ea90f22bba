package script_test

import (
	"testing"
	"time"

	"rollcall/gateway/vxml/script"
)

// What one function of the engine would do for ever, or fill the memory with,
// ends with an error.
func TestFunctionsOfTheEngineAreBounded(t *testing.T) {
	const long = "var s = 'x'.repeat(90000); "
	const twice = "var a = [1]; for (var i = 0; i < 40; i++) a = [a, a]; "
	const huge = "var a = []; a.length = 4294967295; "
	for _, src := range []string{
		long + "s.replace(/x/g, s)",
		long + "s.split('x').join(s)",
		long + "Array(90000).fill(s).join('')",
		long + "''.concat.apply('', Array(90000).fill(s))",
		long + "for (var i = 0; i < 6; i++) s += s; s.split('')",
		long + "for (var i = 0; i < 6; i++) s += s; [...s]",
		twice + "JSON.stringify(a)",
		twice + "String(a)",
		twice + "a.flat(Infinity)",
		huge + "[...a]",
		huge + "JSON.stringify(a)",
	} {
		begun := time.Now()
		if err := script.New(100*time.Millisecond).Run(t.Context(), script.Dialog, src); err == nil {
			t.Errorf("%s: no error", src)
		}
		if took := time.Since(begun); took > 10*time.Second {
			t.Errorf("%s: took %v", src, took)
		}
	}
}

// A pattern with a look ahead or a reference is matched by trial: the time for
// that is bounded, and the script interrupted after it.
func TestMatchingIsBounded(t *testing.T) {
	for _, pattern := range []string{`/(?=a)(a+)+$/`, `/(a+)+\1$/`} {
		if err := script.New(50*time.Millisecond).Run(t.Context(), script.Dialog, pattern+".test(Array(40).join('a') + 'b'); for (;;) {}"); err == nil {
			t.Errorf("%s: no error", pattern)
		}
	}
}

func TestBoundedFunctionsDoWhatTheyDid(t *testing.T) {
	e := script.New(0)
	for expr, want := range map[string]string{
		"[3, 1, 2].sort().join('-') + [...[1, 2]] + [...'aé'].length":                          "1-2-31,22",
		"[1, [2, [3, [4]]]].flat().length + ' ' + [1, [2, [3]]].flat(Infinity)":                "3 1,2,3",
		"JSON.stringify({a: [1, {b: undefined}], c: 'x', d: new Date(0)})":                     `{"a":[1,{}],"c":"x","d":"1970-01-01T00:00:00.000Z"}`,
		"JSON.stringify({a: 1, b: {a: 2, c: 3}, d: [4]}, ['a', 'b'])":                          `{"a":1,"b":{"a":2}}`,
		"JSON.stringify({a: 1}, function(k, v) { return k ? v + 1 : v }) + JSON.stringify(1)":  `{"a":2}1`,
		"String(JSON.stringify(undefined)) + JSON.parse('[1,2]')[1]":                           "undefined2",
		"'a-b'.replace(/(a)-(b)/, '$2-$1') + 'aXbX'.replaceAll('X', '') + 'a,b'.split(',')[1]": "b-aabb",
		"/^(?=.*\\d)\\w+$/.test('pass1') + ' ' + /(a)\\1/.test('ab')":                          "true false",
		"var_()": "3",
	} {
		if err := e.Run(t.Context(), script.Dialog, "function var_() { var n = 0; for (var x of [1, 2]) n += x; return n }"); err != nil {
			t.Fatal(err)
		}
		if got := evaluate(t, e, expr); got != want {
			t.Errorf("%s = %q, want %q", expr, got, want)
		}
	}
}
