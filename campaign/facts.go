package campaign

import (
	"slices"
	"time"

	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// Facts is what is known of a person at the moment of the decision, beside
// their row.
type Facts struct {
	// Attempts are all at the row, oldest first.
	Attempts []Attempt
	// Past are the calls to the person's numbers that may count for a limit:
	// at least those of the last [Settings.Memory], and those under way. A
	// practice campaign's are its own; a real one's are of all that were real.
	Past []Past
	// Forbidden are the numbers of the person that must not be called.
	Forbidden []phone.Number
	// Consent is set if the person is known to agree to be called.
	Consent bool
}

// Past is a call to a number, by whatever row and campaign.
type Past struct {
	Number   phone.Number
	Campaign ID
	Contact  ContactID
	Begun    time.Time
	Ended    time.Time // zero while it is under way
	Outcome  gateway.Outcome
}

// counts tells whether a phone may have rung: it did, or nobody knows.
func (p *Past) counts() bool {
	return p.Outcome.Dialled() || p.Outcome == gateway.OutcomeUnknown || p.Outcome == gateway.OutcomeInterrupted
}

// answered tells whether somebody or something took the call.
func answered(o gateway.Outcome) bool {
	switch o {
	case gateway.OutcomeReached, gateway.OutcomeMachine, gateway.OutcomeNoMessage, gateway.OutcomeNoTransfer,
		gateway.OutcomeFlowBroken, gateway.OutcomeEnded:
		return true
	default:
		return false
	}
}

// Numbers are all of a person, in the order in which they are tried.
func (c Contact) Numbers() []phone.Number {
	if c.Number == "" {
		return c.Others
	}
	return append([]phone.Number{c.Number}, c.Others...)
}

// Memory is how far back the limits of s look.
func (s Settings) Memory() time.Duration {
	longest := time.Duration(0)
	for _, l := range s.Limits {
		longest = max(longest, l.Within)
	}
	for _, g := range s.Gaps {
		longest = max(longest, g.For)
	}
	law, _ := LawOf(s.Law)
	for _, r := range law.Rules {
		if r.Limit != nil {
			longest = max(longest, r.Limit.Within)
		}
		if r.Gap != nil {
			longest = max(longest, r.Gap.For)
		}
	}
	return longest
}

// binds tells whether a rule of the preset is to be heeded.
func (s *Settings) binds(r *LawRule, consent bool) bool {
	if r.UnlessConsent && consent {
		return false
	}
	return !slices.ContainsFunc(s.Exempt, func(e Exemption) bool { return e.Rule == r.ID })
}

// free returns when the limit lets number be called again, and how many calls
// count against it at now. Calls that seem to be in the future count: a clock
// was put back.
func (l Limit) free(now time.Time, past []Past, number phone.Number) (time.Time, int) {
	var few [32]time.Time
	counted, since := few[:0], now.Add(-l.Within)
	for i := range past {
		p := &past[i]
		if p.Number == number && p.Begun.After(since) && p.counts() && (!l.Answered || answered(p.Outcome)) {
			counted = append(counted, p.Begun)
		}
	}
	if len(counted) < l.Calls || l.Calls <= 0 {
		return now, len(counted)
	}
	slices.SortFunc(counted, time.Time.Compare)
	return counted[len(counted)-l.Calls].Add(l.Within), len(counted)
}

// Used is how many calls count against the limit at now.
func (l Limit) Used(now time.Time, past []Past, number phone.Number) int {
	_, n := l.free(now, past, number)
	return n
}

// free returns when the gap lets number be called again, and after which call.
func (g Gap) free(now time.Time, past []Past, number phone.Number) (time.Time, gateway.Outcome) {
	at, after := now, gateway.OutcomeUnknown
	for i := range past {
		p := &past[i]
		if p.Number != number || p.Ended.IsZero() || !p.counts() {
			continue
		}
		if len(g.After) > 0 && !slices.Contains(g.After, p.Outcome) {
			continue
		}
		if free := p.Ended.Add(g.For); free.After(at) {
			at, after = free, p.Outcome
		}
	}
	return at, after
}
