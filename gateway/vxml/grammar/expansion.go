package grammar

import (
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"rollcall/gateway/vxml/markup"
	"rollcall/gateway/vxml/script"
)

// This file holds what both readers make of a document: rules, and the parts
// that their expansions consist of (SRGS 1.0, chapters 2 and 3).

// document is one grammar document.
type document struct {
	url    string   // without fragment
	base   *url.URL // where relative references start
	dtmf   bool
	loose  bool   // its text is not held to SRGS 1.0
	format string // tag-format
	root   string
	rules  map[string]*rule
	order  []*rule
	header *script.Header
}

// rule is one rule definition.
type rule struct {
	pos    markup.Pos
	doc    *document
	name   string
	public bool
	body   *part
	refs   []*part // the references in its body
}

type partKind int

const (
	sequence     partKind = iota // its parts, one after the other
	alternatives                 // one of its parts
	repeated                     // its parts, low to high times
	token                        // a token, as it is written
	tagged                       // a tag
	reference                    // what another rule says
	phrase                       // some of its parts that follow each other
	void                         // nothing ever matches
	garbage                      // whatever is said
)

// part is one part of an expansion.
type part struct {
	kind      partKind
	pos       markup.Pos
	parts     []*part
	low, high int      // of repeated
	text      string   // of a token; of a reference, its URI
	takes     []takes  // of a token: what is to be keyed or said for it
	tag       *meaning // of tagged
	target    *rule    // of a reference, once it is linked
}

// takes is one key or word of a token.
type takes struct {
	keys keySet // any of these keys
	word string // or this word, in lower case
}

// unlimited is a repetition without an upper bound.
const unlimited = -1

func newDocument(o Source) *document {
	d := &document{dtmf: o.DTMF, loose: o.Loose, rules: map[string]*rule{}, header: &script.Header{}}
	d.url, _, _ = strings.Cut(o.URL, "#")
	if d.base, _ = url.Parse(d.url); d.base == nil {
		d.base = &url.URL{}
	}
	return d
}

// rebase sets where relative references start, from a base declaration.
func (d *document) rebase(pos markup.Pos, written string) error {
	base, err := d.base.Parse(strings.TrimSpace(written))
	if err != nil {
		return pos.Errorf("base %q, expected a URL", written)
	}
	d.base = base
	return nil
}

func (d *document) setMode(pos markup.Pos, mode string) error {
	if mode != "dtmf" && mode != "voice" {
		return pos.Errorf("mode %q of a grammar, expected dtmf or voice", mode)
	}
	d.dtmf = mode == "dtmf"
	return nil
}

// define adds a rule. Its name may not be that of a special rule (section 2.2.3).
func (d *document) define(r *rule) error {
	switch {
	case r.name == "":
		return r.pos.Errorf("a rule without a name, expected a name of its own")
	case isSpecial(r.name):
		return r.pos.Errorf("a rule is named %s, expected another name than NULL, VOID and GARBAGE", r.name)
	case d.rules[r.name] != nil:
		return r.pos.Errorf("a second rule is named %q, expected a name of its own", r.name)
	}
	r.doc = d
	d.rules[r.name] = r
	d.order = append(d.order, r)
	return nil
}

func isSpecial(name string) bool { return name == "NULL" || name == "VOID" || name == "GARBAGE" }

// special makes the part for a reference to NULL, VOID or GARBAGE.
func special(pos markup.Pos, name string) (*part, error) {
	switch name {
	case "NULL":
		return &part{kind: sequence, pos: pos}, nil
	case "VOID":
		return &part{kind: void, pos: pos}, nil
	case "GARBAGE":
		return &part{kind: garbage, pos: pos}, nil
	default:
		return nil, pos.Errorf("special rule %q, expected NULL, VOID or GARBAGE", name)
	}
}

// check looks for what a document must not leave open, whatever of it is used.
func (d *document) check(pos markup.Pos) error {
	if len(d.order) == 0 {
		return pos.Errorf("a grammar without a rule, expected at least one")
	}
	if d.root != "" && d.rules[d.root] == nil {
		return pos.Errorf("root %q of a grammar, expected the name of one of its rules", d.root)
	}
	for _, r := range d.order {
		for _, ref := range r.refs {
			if name, local := strings.CutPrefix(ref.text, "#"); local && d.rules[name] == nil {
				return ref.pos.Errorf("a reference to rule %q, expected the name of a rule of this grammar", name)
			}
		}
	}
	return nil
}

// newToken reads a token as it is written, without its quotes.
func (d *document) newToken(pos markup.Pos, text string) (*part, error) {
	p := &part{kind: token, pos: pos, text: text}
	keyed := strings.HasPrefix(strings.ToLower(text), "dtmf-")
	if d.dtmf || d.loose && keyed {
		var err error
		if p.takes, err = keyTokens(text); err != nil {
			return nil, pos.Errorf("%v", err)
		}
		return p, nil
	}
	for _, word := range Words(text) {
		p.takes = append(p.takes, takes{word: word})
	}
	return p, nil
}

// keyTokens reads DTMF tokens (appendix E): "1", "dtmf-star", "#"; keys may
// also stand together.
func keyTokens(s string) ([]takes, error) {
	var tokens []takes
	for _, word := range strings.Fields(s) {
		switch keys := strings.TrimPrefix(strings.ToLower(word), "dtmf-"); keys {
		case "star":
			word = "*"
		case "pound", "hash":
			word = "#"
		default:
			word = strings.ToUpper(keys)
		}
		for i := range len(word) {
			set := keyOf(word[i])
			if set == 0 {
				return nil, fmt.Errorf("%q is no key, expected 0 to 9, *, # or A to D", word)
			}
			tokens = append(tokens, takes{keys: set})
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

// maxRepeat bounds the numbers of a repetition.
const maxRepeat = 1000

// repeatOf reads "3", "1-3" and "1-" (section 2.5).
func repeatOf(s string) (low, high int, err error) {
	from, to, isRange := strings.Cut(s, "-")
	low, err = strconv.Atoi(strings.TrimSpace(from))
	high = low
	if isRange && err == nil {
		high = unlimited
		if to = strings.TrimSpace(to); to != "" {
			high, err = strconv.Atoi(to)
		}
	}
	if err != nil || low < 0 || low > maxRepeat || high > maxRepeat || high != unlimited && high < low {
		return 0, 0, fmt.Errorf("repeat %q, expected N, N-M or N- with numbers up to %d", s, maxRepeat)
	}
	return low, high, nil
}

// checkNumber reads a weight, or a probability of repetition, up to limit.
func checkNumber(what, s string, limit float64) error {
	f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || math.IsNaN(f) || f < 0 || f > limit {
		return fmt.Errorf("%s %q, expected a number from 0 to %g", what, s, limit)
	}
	return nil
}

const maxWeight = 1e9
