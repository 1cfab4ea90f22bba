package view

import (
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// This file is the sentences of the page Check.

// CalledWords says how many people are called.
func CalledWords(n int) string {
	return words.Many(n, "%s person will be called", "%s people will be called")
}

// SkippedWords says how many are not; empty for none.
func SkippedWords(n int) string {
	if n == 0 {
		return ""
	}
	return words.Many(n, "%s will be skipped", "%s will be skipped")
}

// ThingsWords says how much keeps a campaign from being started.
func ThingsWords(n int) string {
	return words.Many(n, "%s thing to mend before you can start", "%s things to mend before you can start")
}

// CountingWords says how far the people were decided about.
func CountingWords(done, all int) string {
	if all == 0 {
		return words.Say("Looking at the list…")
	}
	return words.Many(all, "Looked at %[2]s of %[1]s person", "Looked at %[2]s of %[1]s people", words.Number(done))
}

// whyNobody says why nobody is called: the reason most people have.
func (f *preflightFindings) whyNobody() string {
	if len(f.report.Never) == 0 {
		return words.Say("The list has no people who were not called yet. Choose another list.")
	}
	g := f.report.Never[0]
	return words.Many(f.report.Missing(), "%s person is skipped. Most often: %s.", "%s people are skipped. Most often: %s.", groupWords(g, f.now))
}

// CheckFinish is how long it takes, in words.
type CheckFinish struct {
	Title string // "About 3 h 15 min"
	First string // by when everybody was called once
	Later string // by when later tries are over, or what is left
	Else  string // with more lines; empty if that changes little
	Basis string // what it was worked out from
}

// FinishWords says how long it takes at a pace, and what it would be with
// faster, a pace with more lines.
func (l *Outlook) FinishWords(finish, faster PreflightFinish) CheckFinish {
	f := l.found
	now, begin := f.now, f.begin()
	w := CheckFinish{Basis: f.basis(finish)}
	switch {
	case f.nobody():
		w.Title = words.Say("Nobody to call")
		return w
	case finish.Lines == 0:
		w.Title = words.Say("No line")
		return w
	case finish.First.IsZero():
		w.Title = words.Many(finish.Days, "More than %s day", "More than %s days")
	default:
		w.Title = words.Say("About %s", lengthWords(finish.First.Sub(begin)))
		w.First = words.Say("Everybody is called once by %s, from %s", words.When(finish.First, now), words.When(begin, now))
	}
	switch {
	case finish.TooLate > 0:
		w.Later = words.Many(finish.TooLate, "%s person is not called, or not again: the last day is over first.", "%s people are not called, or not again: the last day is over first.")
	case finish.Left > 0:
		w.Later = words.Many(finish.Left, "%s person would still be left then.", "%s people would still be left then.")
	case finish.Done.After(finish.First):
		w.Later = words.Say("Later tries, for busy or no answer, until about %s.", words.When(finish.Done, now))
	}
	if before, after := finish.First.Sub(begin), faster.First.Sub(begin); faster.Lines > finish.Lines && !finish.First.IsZero() && after < before*9/10 {
		w.Else = words.Many(faster.Lines, "With %s line about %s.", "With %s lines about %s.", lengthWords(after))
	}
	return w
}

// begin is when the first call is made.
func (f *preflightFindings) begin() time.Time {
	begin := time.Time{}
	for _, z := range f.report.Zones {
		if z.Dial > 0 {
			return f.now
		}
		if !z.First.IsZero() && (begin.IsZero() || z.First.Before(begin)) {
			begin = z.First
		}
	}
	if begin.IsZero() {
		return f.now
	}
	return begin
}

// basis says what the length of the campaign was worked out from.
func (f *preflightFindings) basis(finish PreflightFinish) string {
	length := lengthWords(time.Duration(finish.Seconds * float64(time.Second)))
	if n := finish.Past; n > 0 {
		return words.Many(n, "A call takes %[2]s, as %[1]s call before did.", "A call takes %[2]s, as %[1]s calls before did.", length)
	}
	return words.Say("A call is taken to last %s.", length)
}

// lengthWords says a length as an office would: in seconds below two minutes,
// in minutes below two hours, in hours below two days.
func lengthWords(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < 2*time.Minute:
		return words.Say("%s s", words.Number(max(1, int(d.Round(time.Second)/time.Second))))
	case d < 2*time.Hour:
		return words.Say("%s min", words.Number(int(d.Round(time.Minute)/time.Minute)))
	case d < 2*day:
		d = d.Round(5 * time.Minute)
		if d%time.Hour == 0 {
			return words.Say("%s h", words.Number(int(d/time.Hour)))
		}
		return words.Say("%s h %s min", words.Number(int(d/time.Hour)), words.Number(int(d%time.Hour/time.Minute)))
	default:
		return words.Many(int((d+day/2)/day), "%s day", "%s days")
	}
}

// CheckFact is one thing that is in order, or not.
type CheckFact struct {
	Label, Text string
	Good        bool
}

// InOrder are the settings at a glance.
func (l *Outlook) InOrder() []CheckFact {
	f := &l.found
	s := f.campaign.Settings
	caller, message := s.CallerID, l.title
	if f.campaign.Flow.Source == "" {
		message = words.Say("none yet")
	}
	if caller == "" {
		caller = words.Say("As the gateway does")
	}
	return []CheckFact{
		f.gatewayFact(), {words.Say("Calling hours"), HoursText(s.Hours), !s.Hours.IsZero()},
		{words.Say("Tries"), words.Many(s.Retry.Tries, "%s call a person at most", "%s calls a person at most"), true},
		{words.Say("Where they are"), zonePolicyWords(s), true},
		{words.Say("Message"), message, len(f.messageProblems()) == 0},
		{words.Say("Rules"), rulesWords(s), len(s.Exempt) == 0},
		{words.Say("Machines"), MachineChoices()[machineAt(s.Machines)].Words, true},
		{words.Say("Number shown"), caller, true},
	}
}

func machineAt(m campaign.Machines) int {
	if m == campaign.MachineNothing {
		return 1
	}
	return 0
}

func (f *preflightFindings) gatewayFact() CheckFact {
	fact := CheckFact{Label: words.Say("Gateway"), Good: f.blockedGateway() == ""}
	var said []string
	for _, g := range f.gateways {
		switch {
		case g.via.URL == "":
			said = append(said, words.Say("Built in, no phone rings"))
		case g.away:
			said = append(said, words.Say("%s does not answer", hostOf(g.via.URL)))
		default:
			said = append(said, words.Say("%s, answers in %s ms", hostOf(g.via.URL), words.Number(max(1, int(g.took.Milliseconds())))))
		}
	}
	fact.Text = words.And(said)
	return fact
}

func zonePolicyWords(s campaign.Settings) string {
	switch s.Zones {
	case campaign.ZoneOne:
		return words.Say("%s time for everybody", ZoneWords(s.Zone))
	case campaign.ZoneNumber:
		return words.Say("By the area code")
	default:
		return words.Say("Careful: all must allow it")
	}
}

func rulesWords(s campaign.Settings) string {
	if n := len(s.Exempt); n > 0 {
		return words.Many(n, "%[2]s, %[1]s switched off", "%[2]s, %[1]s switched off", words.LawName(s.Law))
	}
	return words.LawName(s.Law)
}
