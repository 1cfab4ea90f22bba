package campaign

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/gateway"
)

// This file reads the presets in law/. A file names the places its rules are
// for by the first digits of their numbers, then lists the rules.

// lawFile is a preset as it is written.
type lawFile struct {
	Key    LawKey               `json:"key"`
	Dated  lawDate              `json:"dated"`
	With   LawKey               `json:"with"` // a preset that is part of it
	Places map[string]placeFile `json:"places"`
	Rules  []ruleFile           `json:"rules"`
}

// placeFile is a place: the numbers that begin with one of the codes and then,
// if there are areas, with one of those, but not with one of except.
type placeFile struct {
	Codes  []string `json:"codes"`
	Areas  []string `json:"areas"`
	Except []string `json:"except"`
}

// ruleFile is a rule as it is written.
type ruleFile struct {
	ID       RuleID     `json:"id"`
	Place    string     `json:"place"`
	Hours    string     `json:"hours"` // as ParseWeek reads them
	Limit    *limitFile `json:"limit"`
	Gap      *gapFile   `json:"gap"`
	Holidays string     `json:"holidays"`
	Consent  bool       `json:"unless_consent"`
	Custom   bool       `json:"custom"`
	Source   string     `json:"source"`
	Dated    lawDate    `json:"dated"`
}

type limitFile struct {
	Calls    int     `json:"calls"`
	Within   lawTime `json:"within"`
	Answered bool    `json:"answered"`
}

type gapFile struct {
	After []gateway.Outcome `json:"after"`
	For   lawTime           `json:"for"`
}

// ParseLaw reads a preset from JSON. Others are those that it may be built on.
// Fields that are not known, a rule without source, date or place, one that
// demands nothing or two things, and an id that comes twice are refused.
func ParseLaw(data []byte, others ...Law) (Law, error) {
	var f lawFile
	if err := strictJSON(data, &f); err != nil {
		return Law{}, fmt.Errorf("read law: %w", err)
	}
	l := Law{Key: f.Key, Dated: time.Time(f.Dated)}
	if f.Key == LawNone || l.Dated.IsZero() {
		return Law{}, errors.New("read law: no key or no date")
	}
	if f.With != "" {
		i := slices.IndexFunc(others, func(other Law) bool { return other.Key == f.With })
		if i < 0 {
			return Law{}, fmt.Errorf("read law %s: no preset %q to build on", f.Key, f.With)
		}
		l.Rules = slices.Clone(others[i].Rules)
	}
	for _, written := range f.Rules {
		r, err := written.rule(f.Places)
		if err == nil && slices.ContainsFunc(l.Rules, func(other LawRule) bool { return other.ID == r.ID }) {
			err = errors.New("comes twice")
		}
		if err != nil {
			return Law{}, fmt.Errorf("read law %s: rule %q: %w", f.Key, written.ID, err)
		}
		l.Rules = append(l.Rules, r)
	}
	l.index = newLawIndex(l.Rules)
	return l, nil
}

// rule makes a rule of what is written.
func (f ruleFile) rule(places map[string]placeFile) (LawRule, error) {
	place, found := places[f.Place]
	switch {
	case f.ID == "" || f.Source == "" || time.Time(f.Dated).IsZero():
		return LawRule{}, errors.New("no id, source or date")
	case !found:
		return LawRule{}, fmt.Errorf("no place %q", f.Place)
	case f.Custom != strings.HasPrefix(f.Source, "custom"):
		return LawRule{}, errors.New("a custom must be called one, and nothing else")
	}
	r := LawRule{
		ID: f.ID, Source: f.Source, Dated: time.Time(f.Dated), Place: f.Place, Except: place.Except,
		Holidays: f.Holidays, UnlessConsent: f.Consent, Custom: f.Custom,
	}
	var err error
	if r.Prefixes, err = place.prefixes(); err != nil {
		return LawRule{}, fmt.Errorf("place %q: %w", f.Place, err)
	}
	return r, f.demand(&r)
}

// demand fills in what a rule demands: exactly one thing.
func (f ruleFile) demand(r *LawRule) error {
	demands := 0
	if f.Hours != "" {
		h, err := ParseWeek(f.Hours)
		if err != nil {
			return err
		}
		demands, r.Hours = demands+1, &h
	}
	if f.Limit != nil {
		demands, r.Limit = demands+1, &Limit{Calls: f.Limit.Calls, Within: time.Duration(f.Limit.Within), Answered: f.Limit.Answered}
		if r.Limit.Calls < 1 || r.Limit.Within <= 0 {
			return errors.New("a limit needs calls and a time")
		}
	}
	if f.Gap != nil {
		demands, r.Gap = demands+1, &Gap{After: f.Gap.After, For: time.Duration(f.Gap.For)}
		if err := checkGap(*r.Gap); err != nil {
			return err
		}
	}
	if f.Holidays != "" {
		demands++
		if _, found := calendars()[f.Holidays]; !found {
			return fmt.Errorf("no holidays %q", f.Holidays)
		}
	}
	if demands != 1 {
		return fmt.Errorf("it demands %d things", demands)
	}
	return nil
}

// checkGap also refuses outcomes that do not exist: the protocol has no words
// of their own for them.
func checkGap(g Gap) error {
	if g.For <= 0 {
		return errors.New("a gap needs a time")
	}
	for _, o := range g.After {
		if _, reason := o.Words(); o == gateway.OutcomeUnknown || reason == gateway.ReasonServiceError && o != gateway.OutcomeFlowBroken {
			return fmt.Errorf("no outcome %q", o)
		}
	}
	return nil
}

// prefixes puts the codes before the areas.
func (f placeFile) prefixes() ([]string, error) {
	prefixes := f.Codes
	if len(f.Areas) > 0 {
		prefixes = nil
		for _, code := range f.Codes {
			for _, area := range f.Areas {
				prefixes = append(prefixes, code+area)
			}
		}
	}
	if len(prefixes) == 0 {
		return nil, errors.New("no codes")
	}
	for _, p := range slices.Concat(prefixes, f.Except) {
		if p == "" || strings.Trim(p, "0123456789") != "" {
			return nil, fmt.Errorf("%q is no beginning of a number", p)
		}
	}
	return prefixes, nil
}

// lawDate is a date written as "2024-01-01".
type lawDate time.Time

// UnmarshalText implements [encoding.TextUnmarshaler].
func (d *lawDate) UnmarshalText(text []byte) error {
	t, err := time.Parse(time.DateOnly, string(text))
	*d = lawDate(t)
	return err
}

// lawTime is a stretch of time written as "24 hours" or "30 days".
type lawTime time.Duration

// UnmarshalText implements [encoding.TextUnmarshaler].
func (d *lawTime) UnmarshalText(text []byte) error {
	number, unit, _ := strings.Cut(string(text), " ")
	n, err := strconv.ParseUint(number, 10, 12)
	units := map[string]time.Duration{"hours": time.Hour, "days": 24 * time.Hour}
	if err != nil || units[unit] == 0 {
		return fmt.Errorf("%q: want a time such as 24 hours or 30 days", text)
	}
	*d = lawTime(time.Duration(n) * units[unit])
	return nil
}
