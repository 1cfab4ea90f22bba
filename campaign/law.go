package campaign

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// This file says what a preset of the law is: when and how often people may be
// called. The presets themselves are the files in law/, each rule with its
// source and date; law_read.go reads them, holidays.go knows the holidays.
// They are presets and not legal advice.

// LawKey names a preset; empty means none.
type LawKey string

// The presets.
const (
	LawNone     LawKey = ""
	LawUS       LawKey = "us"        // the federal rules of the United States
	LawUSStates LawKey = "us-states" // those, and what single states demand beyond
	LawUK       LawKey = "gb"
	LawEurope   LawKey = "eu"
)

// Law is a preset: rules about when and how often people may be called. It is
// shared and must not be changed; see [Law.Without].
type Law struct {
	Key   LawKey
	Dated time.Time // the day on which the data was checked
	Rules []LawRule
	index *lawIndex // over Rules
}

// RuleID names a rule, "us-fl-hours". It never changes its meaning.
type RuleID string

// LawRule is one rule. Exactly one of Hours, Limit, Gap and Holidays says what
// it demands.
type LawRule struct {
	ID     RuleID
	Source string // "47 CFR 64.1200(c)(1)"
	// Dated is the day since which the rule is in force; where that is not
	// known, the day on which it was looked up.
	Dated    time.Time
	Place    string   // "Florida", as it stands in "people in Florida"
	Prefixes []string // how numbers begin to which it applies, without plus: "1305"
	Except   []string // and those among them to which it does not: "1416"
	Hours    *Hours   // people are called only then, by their own clock
	Limit    *Limit
	Gap      *Gap
	Holidays string // a calendar of [HolidaysOf]: no calls on its days
	// UnlessConsent means that it does not bind where the person has agreed.
	UnlessConsent bool
	// Custom means that no statute is behind it: people expect it.
	Custom bool
}

// Limit is how often one number may be called in a stretch of time, by all
// campaigns together.
type Limit struct {
	Calls    int
	Within   time.Duration
	Answered bool // only calls that somebody or something answered count
}

// Gap is how long one number is left alone after a call.
type Gap struct {
	After []gateway.Outcome // after these; none: after any call
	For   time.Duration
}

// Laws returns all presets, sorted by their keys.
func Laws() []Law {
	all, err := loadLaws()
	if err != nil {
		return nil // a test sees to it that they can be read
	}
	return slices.Clone(all)
}

// LawOf returns a preset.
func LawOf(k LawKey) (Law, bool) {
	all := Laws()
	i := slices.IndexFunc(all, func(l Law) bool { return l.Key == k })
	if i < 0 {
		return Law{}, false
	}
	return all[i], true
}

//nolint:gochecknoglobals // made once from law/, never changed
var loadLaws = sync.OnceValues(func() ([]Law, error) {
	var all []Law
	for _, key := range []LawKey{LawEurope, LawUK, LawUS, LawUSStates} {
		data, err := lawFiles.ReadFile("law/" + string(key) + ".json")
		if err != nil {
			return nil, err
		}
		l, err := ParseLaw(data, all...)
		if err != nil {
			return nil, err
		}
		if l.Key != key {
			return nil, errors.New("a preset is not named as its file is")
		}
		all = append(all, l)
	}
	return all, nil
})

// Without returns the preset without some of its rules.
func (l Law) Without(off ...RuleID) Law {
	l.Rules = slices.DeleteFunc(slices.Clone(l.Rules), func(r LawRule) bool { return slices.Contains(off, r.ID) })
	l.index = newLawIndex(l.Rules)
	return l
}

// For returns the rules that apply to a number, in their order. The slice is
// shared and must not be changed.
func (l Law) For(n phone.Number) []LawRule {
	digits, found := strings.CutPrefix(string(n), "+")
	if !found {
		return nil
	}
	if l.index == nil {
		return applying(l.Rules, digits)
	}
	return l.index.of(digits)
}

// Applies tells whether the rule is about a number.
func (r LawRule) Applies(n phone.Number) bool {
	digits, found := strings.CutPrefix(string(n), "+")
	return found && r.applies(digits)
}

func (r LawRule) applies(digits string) bool {
	begins := func(prefix string) bool { return strings.HasPrefix(digits, prefix) }
	return (len(r.Prefixes) == 0 || slices.ContainsFunc(r.Prefixes, begins)) && !slices.ContainsFunc(r.Except, begins)
}

func applying(rules []LawRule, digits string) []LawRule {
	var found []LawRule
	for _, r := range rules {
		if r.applies(digits) {
			found = append(found, r)
		}
	}
	return found
}

// lawIndex is a tree over the first digits of numbers. A node has the rules of
// the numbers that leave the tree there. Node 0 is the root.
type lawIndex struct {
	next  [][10]uint16
	rules [][]LawRule
}

func newLawIndex(rules []LawRule) *lawIndex {
	x := &lawIndex{next: make([][10]uint16, 1), rules: [][]LawRule{applying(rules, "")}}
	for _, r := range rules {
		for _, prefix := range slices.Concat(r.Prefixes, r.Except) {
			x.add(rules, prefix)
		}
	}
	return x
}

func (x *lawIndex) add(rules []LawRule, prefix string) {
	node := uint16(0)
	for i := range len(prefix) {
		d := prefix[i] - '0'
		if d > 9 {
			return // no number begins like that
		}
		if x.next[node][d] == 0 {
			x.next[node][d] = uint16(len(x.next))
			x.next = append(x.next, [10]uint16{})
			x.rules = append(x.rules, applying(rules, prefix[:i+1]))
		}
		node = x.next[node][d]
	}
}

func (x *lawIndex) of(digits string) []LawRule {
	node := uint16(0)
	for i := range len(digits) {
		d := digits[i] - '0'
		if d > 9 || x.next[node][d] == 0 {
			break
		}
		node = x.next[node][d]
	}
	return x.rules[node]
}

// RuleOf finds a rule by its name, in whatever preset it stands.
func RuleOf(id RuleID) (LawRule, bool) {
	for _, law := range Laws() {
		for _, r := range law.Rules {
			if r.ID == id {
				return r, true
			}
		}
	}
	return LawRule{}, false
}
