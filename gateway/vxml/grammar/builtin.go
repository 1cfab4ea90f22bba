package grammar

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode"
)

// builder grows a graph piece by piece; each piece leads from one node to
// another.
type builder struct {
	nodes [][]edge
	err   error
}

// maxNodes bounds a graph: a repeat within a repeat grows fast.
const maxNodes = 20_000

func newBuilder() *builder { return &builder{nodes: make([][]edge, 2)} }

func (b *builder) node() int {
	if len(b.nodes) >= maxNodes {
		b.err = fmt.Errorf("the grammar needs more than %d steps", maxNodes)
		return startNode
	}
	b.nodes = append(b.nodes, nil)
	return len(b.nodes) - 1
}

func (b *builder) edge(from int, e edge) { b.nodes[from] = append(b.nodes[from], e) }

// token leads from a node over one token to a new one.
func (b *builder) token(from int, e edge) int {
	e.to = b.node()
	b.edge(from, e)
	return e.to
}

// unlimited is a repetition without an upper bound.
const unlimited = -1

// repeat leads through body from low to high times.
func (b *builder) repeat(from, low, high int, body func(from int) int) int {
	for range low {
		if b.err != nil {
			return from
		}
		from = body(from)
	}
	end := b.node()
	b.edge(from, edge{to: end})
	for n := low; n != high && b.err == nil; n++ {
		more := b.node()
		b.edge(from, edge{to: more, option: true})
		after := body(more)
		b.edge(after, edge{to: end})
		if high == unlimited {
			b.edge(after, edge{to: more, option: true})
			break
		}
		from = after
	}
	return end
}

func (b *builder) finish(last int) (*Grammar, error) {
	if b.err != nil {
		return nil, b.err
	}
	b.edge(last, edge{to: endNode})
	return &Grammar{nodes: b.nodes}, nil
}

// Builtin returns a builtin type of VoiceXML 2.0, appendix P, with its
// parameters: "digits?minlength=3;maxlength=5", "boolean?y=7;n=9". Those two
// types are known. Their words are English.
func Builtin(spec string) (*Grammar, error) {
	name, query, _ := strings.Cut(spec, "?")
	params, err := url.ParseQuery(strings.ReplaceAll(query, ";", "&"))
	if err != nil {
		return nil, fmt.Errorf("the parameters %q cannot be read, expected name=value;name=value", query)
	}
	switch name {
	case "digits":
		return digits(params)
	case "boolean":
		return boolean(params)
	default:
		return nil, fmt.Errorf("the builtin type %q is not supported, expected digits or boolean", name)
	}
}

// maxDigits bounds the length parameters of digits.
const maxDigits = 1000

func digits(params url.Values) (*Grammar, error) {
	low, high := 1, unlimited
	for name := range params {
		n, err := strconv.Atoi(params.Get(name))
		if err != nil || n < 1 || n > maxDigits {
			return nil, fmt.Errorf("%s=%s of digits, expected a number from 1 to %d", name, params.Get(name), maxDigits)
		}
		switch name {
		case "length":
			low, high = n, n
		case "minlength":
			low = n
		case "maxlength":
			high = n
		default:
			return nil, fmt.Errorf("digits has no parameter %s, expected length, minlength or maxlength", name)
		}
	}
	if params.Has("length") && len(params) > 1 || high != unlimited && low > high {
		return nil, fmt.Errorf("the lengths of digits contradict each other, expected length, or minlength up to maxlength")
	}
	b := newBuilder()
	return b.finish(b.repeat(startNode, low, high, func(from int) int {
		return b.token(from, edge{keys: digitKeys})
	}))
}

func boolean(params url.Values) (*Grammar, error) {
	yes, no := "1", "2"
	for name := range params {
		key := params.Get(name)
		if len(key) != 1 || keyOf(key[0]) == 0 {
			return nil, fmt.Errorf("%s=%s of boolean, expected one key", name, key)
		}
		switch name {
		case "y":
			yes = key
		case "n":
			no = key
		default:
			return nil, fmt.Errorf("boolean has no parameter %s, expected y or n", name)
		}
	}
	if yes == no {
		return nil, fmt.Errorf("y and n of boolean are both %s, expected two different keys", yes)
	}
	b := newBuilder()
	last := b.node()
	b.edge(startNode, edge{to: last, keys: keyOf(yes[0]), tag: true})
	b.edge(startNode, edge{to: last, keys: keyOf(no[0]), tag: false})
	b.edge(startNode, edge{to: last, word: "yes", tag: true})
	b.edge(startNode, edge{to: last, word: "no", tag: false})
	return b.finish(last)
}

// Choice returns the grammar of a menu's choice: its keys, or its words as
// they are said; either may be empty.
func Choice(keys, words string) (*Grammar, error) {
	b := newBuilder()
	end := b.node()
	if list, err := keyTokens(keys); err != nil {
		return nil, err
	} else if len(list) > 0 {
		b.edge(b.sequence(startNode, list), edge{to: end})
	}
	var said []edge
	for _, word := range Words(words) {
		said = append(said, edge{word: word})
	}
	if len(said) > 0 {
		b.edge(b.sequence(startNode, said), edge{to: end})
	}
	return b.finish(end)
}

func (b *builder) sequence(from int, tokens []edge) int {
	for _, t := range tokens {
		from = b.token(from, t)
	}
	return from
}

// keyTokens reads DTMF tokens (SRGS 1.0, appendix E): "1", "dtmf-star", "#";
// keys may also stand together.
func keyTokens(s string) ([]edge, error) {
	var tokens []edge
	for _, word := range strings.Fields(s) {
		switch keys := strings.TrimPrefix(strings.ToLower(word), "dtmf-"); keys {
		case "star":
			word = "*"
		case "pound":
			word = "#"
		default:
			word = strings.ToUpper(keys)
		}
		for i := range len(word) {
			set := keyOf(word[i])
			if set == 0 {
				return nil, fmt.Errorf("%q is no key, expected 0 to 9, *, # or A to D", word)
			}
			tokens = append(tokens, edge{keys: set})
		}
	}
	return tokens, nil
}

// Words splits what is said into words in lower case, without punctuation.
func Words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) && r != '\''
	})
}
