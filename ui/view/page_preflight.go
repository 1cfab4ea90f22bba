package view

import (
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// PreflightPage is what an office is told before anybody is called: what
// starting the campaign does, so that nothing of it is a surprise later. It is
// also what "rollcall run --check --json" writes.
type PreflightPage struct {
	Campaign string    `json:"campaign"`
	At       time.Time `json:"at"`
	Practice bool      `json:"practice"` // no phone rings
	// Blocked says why it cannot be started, empty if it can.
	Blocked string `json:"blocked,omitempty"`

	Rows     int              `json:"rows"`     // = callable + waiting + skipped + settled
	Callable int              `json:"callable"` // now
	Waiting  int              `json:"waiting"`
	Skipped  int              `json:"skipped"`
	Settled  int              `json:"settled"` // called before, or being called
	Waits    []PreflightCount `json:"waits"`   // by when they are called
	Skips    []PreflightCount `json:"skips"`   // the most rows first

	Finish PreflightFinish `json:"finish"`
	// Sections are all of it in words.
	Sections []PreflightSection `json:"sections"`
}

// PreflightCount is rows that wait or are skipped for the same reason.
type PreflightCount struct {
	Rows    int              `json:"rows"`
	Words   string           `json:"words"`
	Code    campaign.Code    `json:"code"` // empty: all reasons that are too many to be told
	Problem campaign.Problem `json:"problem,omitempty"`
	Rule    campaign.RuleID  `json:"rule,omitempty"` // of the preset
	Zone    string           `json:"zone,omitempty"` // whose clock it is about
	From    time.Time        `json:"from,omitzero"`  // when the first is called
	To      time.Time        `json:"to,omitzero"`    // and the last
}

// PreflightFinish is when the campaign will be through, and by what that was
// found out.
type PreflightFinish struct {
	First   time.Time `json:"first,omitzero"` // everybody was called once; zero: not within days
	Done    time.Time `json:"done,omitzero"`
	Days    int       `json:"days"`
	Left    int       `json:"left,omitempty"`     // people not called within days
	TooLate int       `json:"too_late,omitempty"` // for whom the campaign's time is over first
	Lines   int       `json:"lines"`
	Seconds float64   `json:"call_seconds"`   // mean length of a call
	Past    int       `json:"calls_measured"` // of which that is known; 0: it is assumed
}

// PreflightSection is a part of the page.
type PreflightSection struct {
	Title string          `json:"title"`
	Lines []PreflightLine `json:"lines"`
}

// PreflightLine is one line: a count, where there is one, and what it is about.
type PreflightLine struct {
	Count   int    `json:"count,omitempty"`
	Words   string `json:"words"`
	Warning bool   `json:"warning,omitempty"` // somebody should look at it
}

// preflightFindings is what was found out for a page.
type preflightFindings struct {
	campaign campaign.Campaign
	now      time.Time
	gateways []gatewaySeen
	flow     CheckResult
	unread   string   // why the flow cannot be read
	absent   []string // columns that it uses and the list has not
	message  MessagePage
	list     contacts.Import
	lists    []campaign.DoNotCallList
	report   campaign.PreflightReport
	history  campaign.CallHistory
	pace     campaign.Pace
	forecast campaign.Forecast
}

func (f *preflightFindings) page() PreflightPage {
	p := PreflightPage{
		Campaign: f.campaign.Name, At: f.now, Practice: f.campaign.Practice, Blocked: f.blocked(),
		Rows: f.report.Rows, Callable: f.report.Dial, Waiting: f.report.Later(), Skipped: f.report.Missing(), Settled: f.report.Standing.Total(),
		Waits: f.counts(f.report.Waiting), Skips: f.counts(f.report.Never), Finish: f.finish(),
	}
	for _, s := range []PreflightSection{
		{words.Say("People"), f.people(p)}, {words.Say("Waiting"), lines(p.Waits)}, {words.Say("Not called"), lines(p.Skips)}, {words.Say("Numbers"), f.numbers()},
		{words.Say("Call flow"), f.flowLines()}, {words.Say("Gateway"), f.gatewayLines()}, {words.Say("Rules"), f.rules(p)}, {words.Say("Expected end"), f.end()},
	} {
		if len(s.Lines) > 0 {
			p.Sections = append(p.Sections, s)
		}
	}
	return p
}

// counts are groups in words, by the clock of this computer.
func (f *preflightFindings) counts(groups []campaign.PreflightGroup) []PreflightCount {
	counts := []PreflightCount{}
	for _, g := range groups {
		counts = append(counts, PreflightCount{
			Rows: g.Rows, Words: groupWords(g, f.now), Code: g.Why.Code, Problem: g.Why.Problem, Rule: g.Why.Rule, Zone: g.Why.Zone,
			From: g.First, To: g.Last,
		})
	}
	return counts
}

// groupWords says why rows of a group stand as they do. Where they do not wait
// until the same time, the last of them is told, too.
func groupWords(g campaign.PreflightGroup, now time.Time) string {
	if g.Why.IsZero() {
		return words.Say("For other reasons")
	}
	why := g.Why
	why.Until = g.First
	said := words.Several(why, now)
	if g.Last.Sub(g.First) >= time.Minute {
		said = words.Say("%s, the last at %s", said, words.When(g.Last, now))
	}
	return said
}

func lines(counts []PreflightCount) []PreflightLine {
	var list []PreflightLine
	for _, c := range counts {
		list = append(list, PreflightLine{Count: c.Rows, Words: c.Words})
	}
	return list
}

func (f *preflightFindings) people(p PreflightPage) []PreflightLine {
	list := []PreflightLine{{Count: p.Callable, Words: words.Say("can be called now")}}
	if p.Waiting > 0 {
		list = append(list, PreflightLine{Count: p.Waiting, Words: words.Say("wait, and are called later")})
	}
	if p.Skipped > 0 {
		list = append(list, PreflightLine{Count: p.Skipped, Words: words.Say("are not called")})
	}
	if p.Settled > 0 {
		list = append(list, PreflightLine{Count: p.Settled, Words: words.Say("were called before, or are being called")})
	}
	return list
}

// numbers are those that look wrong.
func (f *preflightFindings) numbers() []PreflightLine {
	var list []PreflightLine
	for _, g := range f.list.Summary.Groups {
		for _, part := range []struct {
			n     int
			said  string
			whole bool
		}{
			{g.Repaired, words.Say("%s: repaired", words.Problem(g.Kind)), true},
			{g.Proposed, words.Say("%s: a repair is proposed", words.Problem(g.Kind)), false},
			{g.Aside, words.Say("%s: not repaired", words.Problem(g.Kind)), false},
		} {
			if part.n > 0 {
				list = append(list, PreflightLine{Count: part.n, Words: part.said, Warning: g.Kind != campaign.ProblemDuplicate && !part.whole})
			}
		}
	}
	if n := f.report.Numbers.Foreign; n > 0 {
		list = append(list, PreflightLine{Count: n, Words: words.Say("of other countries than that of the list, %s", f.campaign.Settings.Region), Warning: true})
	}
	if n := f.report.Numbers.Kinds[""]; n > 0 {
		list = append(list, PreflightLine{Count: n, Words: words.Say("in a part of the numbering plan that is not in use"), Warning: true})
	}
	return list
}

func (f *preflightFindings) flowLines() []PreflightLine {
	if f.unread != "" {
		return []PreflightLine{{Words: f.unread, Warning: true}}
	}
	var list []PreflightLine
	for _, name := range f.absent {
		list = append(list, PreflightLine{Words: words.Say("It uses %s, and the list has no such column; its columns are %s", "${"+name+"}", strings.Join(f.campaign.List.Columns, ", ")), Warning: true})
	}
	for _, found := range f.flow.Findings {
		list = append(list, PreflightLine{Words: string(found.Severity) + ": " + found.Words(f.campaign.Flow.Source), Warning: true})
	}
	if list == nil {
		list = []PreflightLine{{Words: words.Say("It is valid, and the list has all its columns")}}
	}
	return list
}

func (f *preflightFindings) gatewayLines() []PreflightLine {
	var list []PreflightLine
	for _, g := range f.gateways {
		switch {
		case g.away:
			list = append(list, PreflightLine{Words: nothingAnswers(g.via.URL), Warning: true})
		case g.practice():
			list = append(list, PreflightLine{Words: words.Many(g.about.Lines, "%[2]s, %[1]s line: %[3]s", "%[2]s, %[1]s lines: %[3]s", g.name, words.PracticeTag())})
		case g.about.Extended:
			list = append(list, PreflightLine{Words: words.Many(g.about.Lines, "%[2]s, %[1]s line: real telephones ring", "%[2]s, %[1]s lines: real telephones ring", g.name)})
		default:
			list = append(list, PreflightLine{Words: words.Say("%s: real telephones ring, and it cannot be asked what became of a call after a crash", g.name)})
		}
	}
	return list
}

// rules are what the law preset forbids, what of it was switched off, and
// lists that are too old to go by.
func (f *preflightFindings) rules(p PreflightPage) []PreflightLine {
	s := f.campaign.Settings
	list := []PreflightLine{}
	if s.Law != campaign.LawNone {
		list = append(list, PreflightLine{Words: words.Say("Preset: %s", words.LawName(s.Law))})
	} else if key, n := lawOf(f.report.Numbers); n > 0 {
		list = append(list, PreflightLine{Count: n, Warning: true, Words: words.Say("are in a country for which there is a preset of the law (%s), and none is chosen", words.LawName(key))})
	}
	for _, rule := range forbidden(p) {
		if r, found := campaign.RuleOf(rule.Rule); found {
			list = append(list, PreflightLine{Count: rule.Rows, Words: words.Say("wait or are not called because of a rule: %s", words.Rule(r))})
		}
	}
	for _, e := range s.Exempt {
		said := words.Say("The rule %s is switched off", e.Rule)
		if r, found := campaign.RuleOf(e.Rule); found {
			said = words.RuleOff(r)
		}
		list = append(list, PreflightLine{Warning: true, Words: words.Say("%s (switched off by %s: %s)", said, e.Who, e.Why)})
	}
	for _, l := range f.stale() {
		list = append(list, PreflightLine{Warning: true, Words: words.Say("Do-not-call list: %s", BlockWords(l, f.now))})
	}
	return list
}

// forbidden counts the rows that stand as they do because of a rule, in the
// order in which the rules come up.
func forbidden(p PreflightPage) []PreflightCount {
	var rules []PreflightCount
	at := map[campaign.RuleID]int{}
	for _, c := range append(append([]PreflightCount{}, p.Waits...), p.Skips...) {
		if c.Rule == "" {
			continue
		}
		i, known := at[c.Rule]
		if !known {
			i = len(rules)
			at[c.Rule], rules = i, append(rules, PreflightCount{Rule: c.Rule})
		}
		rules[i].Rows += c.Rows
	}
	return rules
}

func (f *preflightFindings) finish() PreflightFinish {
	length := f.pace.Length
	if length == 0 {
		length = campaign.AssumedLength
		if f.campaign.Practice {
			length /= time.Duration(f.campaign.Settings.Speed)
		}
	}
	return PreflightFinish{
		First: f.forecast.First, Done: f.forecast.Done, Days: f.forecast.Days, Left: f.forecast.Left, TooLate: f.forecast.TooLate,
		Lines: f.pace.Lines, Seconds: length.Seconds(), Past: f.history.Calls(),
	}
}

func (f *preflightFindings) end() []PreflightLine {
	if f.pace.Lines == 0 || f.report.Dial+f.report.Later() == 0 {
		return nil
	}
	var list []PreflightLine
	done := f.forecast
	switch {
	case !done.Done.IsZero():
		list = append(list,
			PreflightLine{Words: words.Say("Everybody was called once: %s", words.When(done.First, f.now))},
			PreflightLine{Words: words.Say("Nobody is called any more: %s", words.When(done.Done, f.now))})
	case done.Waits.IsZero():
		list = append(list, PreflightLine{Count: done.Left, Warning: true, Words: words.Many(done.Days, "are left after %s day: there are too few lines", "are left after %s days: there are too few lines")})
	default:
		list = append(list, PreflightLine{Count: done.Left, Warning: true, Words: words.Many(done.Days, "are left after %s day: %s", "are left after %s days: %s", words.Several(done.Waits, f.now))})
	}
	if done.TooLate > 0 {
		list = append(list, PreflightLine{Count: done.TooLate, Warning: true, Words: words.Say("are not called, or not again, because the campaign’s time is over first")})
	}
	return append(list, PreflightLine{Words: f.assumed()})
}

// assumed says what the end was worked out from.
func (f *preflightFindings) assumed() string {
	lines, length := LineCount(f.pace.Lines), time.Duration(f.finish().Seconds*float64(time.Second)).Round(100*time.Millisecond)
	var said string
	if n := f.history.Calls(); n > 0 {
		said = words.Many(n, "At %[2]s and %[3]s a call, as %[1]s call before took", "At %[2]s and %[3]s a call, as %[1]s calls before took", lines, length)
	} else {
		said = words.Say("At %s and %s a call, which is assumed", lines, length)
	}
	if f.pace.Ends == nil {
		ends := campaign.AssumedEnds()
		return words.Say("%s; it is assumed that %s are not answered and %s busy", said,
			words.Percent(int(100*ends[gateway.OutcomeNoAnswer])), words.Percent(int(100*ends[gateway.OutcomeBusy])))
	}
	return words.Say("%s; they end as before", said)
}
