package grammar

import (
	"embed"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// This file holds the builtin types of VoiceXML 2.0, appendix P. They are
// grammars like others, in the ABNF form: those for keys are made here, with
// their parameters, those for words are in the folder builtin.

// Builtin returns a builtin type with its parameters:
// "digits?minlength=3;maxlength=5", "boolean?y=7;n=9". Words are English.
func Builtin(spec string, dtmf bool) (*Grammar, error) {
	d, err := readBuiltin(spec, dtmf)
	if err != nil {
		return nil, err
	}
	return link(d, "", nil)
}

// builtinWords is what people say for the builtin types.
//
//go:embed builtin/*.gram
var builtinWords embed.FS

// readBuiltin reads "digits", "dtmf/digits" or "grammar/digits", with
// parameters behind, and "words/numbers", a file of the folder.
func readBuiltin(spec string, dtmf bool) (*document, error) {
	name, query, _ := strings.Cut(spec, "?")
	params, err := url.ParseQuery(strings.ReplaceAll(query, ";", "&"))
	if err != nil {
		return nil, fmt.Errorf("the parameters %q cannot be read, expected name=value;name=value", query)
	}
	mode, typ, ok := strings.Cut(name, "/")
	switch {
	case ok && mode == "words":
		return readWords(typ)
	case ok:
		name, dtmf = typ, mode == "dtmf"
	}
	var text string
	switch name {
	case "digits":
		text, err = digits(params, dtmf)
	case "boolean":
		text, err = boolean(params, dtmf)
	case "date", "currency", "number", "phone", "time":
		if len(params) > 0 {
			return nil, fmt.Errorf("%s has no parameters, expected none", name)
		}
		text, err = plain(name, dtmf)
	default:
		return nil, fmt.Errorf("the builtin type %q is not known, expected boolean, currency, date, digits, number, phone or time", name)
	}
	if err != nil {
		return nil, err
	}
	return read([]byte(text), Source{URL: "builtin:" + spec})
}

func readWords(name string) (*document, error) {
	body, err := builtinWords.ReadFile("builtin/" + name + ".gram")
	if err != nil {
		return nil, fmt.Errorf("there are no words for a builtin type %q", name)
	}
	return read(body, Source{URL: "builtin:words/" + name})
}

const (
	keyed  = "#ABNF 1.0; mode dtmf; tag-format <semantics/1.0>; root $main; "
	spoken = "#ABNF 1.0; language en; mode voice; tag-format <semantics/1.0>; root $main; "
)

// maxDigits bounds the length parameters of digits.
const maxDigits = 1000

func digits(params url.Values, dtmf bool) (string, error) {
	times, err := lengths(params)
	if err != nil {
		return "", err
	}
	if dtmf {
		return keyed + "$main = $digit<" + times + ">; $digit = 0|1|2|3|4|5|6|7|8|9;", nil
	}
	return spoken + "$main = {out = ''} ($<builtin:words/numbers#digit> {out += rules.digit})<" + times + ">;", nil
}

// lengths returns how often a digit is repeated.
func lengths(params url.Values) (string, error) {
	low, high := 1, unlimited
	for name := range params {
		n, err := strconv.Atoi(params.Get(name))
		if err != nil || n < 1 || n > maxDigits {
			return "", fmt.Errorf("%s=%s of digits, expected a number from 1 to %d", name, params.Get(name), maxDigits)
		}
		switch name {
		case "length":
			low, high = n, n
		case "minlength":
			low = n
		case "maxlength":
			high = n
		default:
			return "", fmt.Errorf("digits has no parameter %s, expected length, minlength or maxlength", name)
		}
	}
	if params.Has("length") && len(params) > 1 || high != unlimited && low > high {
		return "", fmt.Errorf("the lengths of digits contradict each other, expected length, or minlength up to maxlength")
	}
	if high == unlimited {
		return fmt.Sprintf("%d-", low), nil
	}
	return fmt.Sprintf("%d-%d", low, high), nil
}

// boolean checks its parameters for words too: they say which keys there are.
func boolean(params url.Values, dtmf bool) (string, error) {
	yes, no := "1", "2"
	for name := range params {
		key := params.Get(name)
		if len(key) != 1 || keyOf(key[0]) == 0 {
			return "", fmt.Errorf("%s=%s of boolean, expected one key", name, key)
		}
		switch name {
		case "y":
			yes = key
		case "n":
			no = key
		default:
			return "", fmt.Errorf("boolean has no parameter %s, expected y or n", name)
		}
	}
	if yes == no {
		return "", fmt.Errorf("y and n of boolean are both %s, expected two different keys", yes)
	}
	if dtmf {
		return fmt.Sprintf(`%s$main = "%s" {out = true} | "%s" {out = false};`, keyed, yes, no), nil
	}
	return plain("boolean", dtmf)
}

// plain returns a type without parameters.
func plain(name string, dtmf bool) (string, error) {
	if !dtmf {
		body, err := builtinWords.ReadFile("builtin/" + name + ".gram")
		return string(body), err
	}
	const digit = " $digit = 0|1|2|3|4|5|6|7|8|9;"
	switch name {
	case "date":
		return keyed + "$main = $digit<8>;" + digit, nil
	case "time":
		return keyed + `$main = $digit<4> {var t = meta.current().text;
			out = t + (t.substr(0, 2) > '12' || t.substr(0, 2) == '00' ? 'h' : '?')};` + digit, nil
	case "phone":
		return keyed + `$main = $digit<1-> ["*" $digit<1->] {out = meta.current().text.replace('*', 'x')};` + digit, nil
	default: // currency and number: a star is the point
		return keyed + `$main = ($digit<1-> ["*" $digit<0->] | "*" $digit<1->)
			{out = meta.current().text.replace('*', '.')};` + digit, nil
	}
}

// Choice returns the grammar of a menu's choice: its keys, or its words as
// they are said; either may be empty. If it is approximate, any words of it
// that follow each other will do (VoiceXML 2.0, section 2.2.5).
func Choice(keys, words string, approximate bool) (*Grammar, error) {
	takesKeys, err := keyTokens(keys)
	if err != nil {
		return nil, err
	}
	either := &part{kind: alternatives}
	if len(takesKeys) > 0 {
		either.parts = append(either.parts, &part{kind: token, text: keys, takes: takesKeys})
	}
	said := &part{kind: sequence}
	if approximate {
		said.kind = phrase
	}
	for _, w := range Words(words) {
		said.parts = append(said.parts, &part{kind: token, text: w, takes: []takes{{word: w}}})
	}
	if len(said.parts) > 0 {
		either.parts = append(either.parts, said)
	}
	r := &rule{name: "choice", public: true, body: either}
	if err := newDocument(Source{}).define(r); err != nil {
		return nil, err
	}
	return compile(r)
}
