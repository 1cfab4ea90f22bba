package report

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// This file is the report to print: two pages for whoever does not open a
// workbook. The first says what came of it, what people answered, and how it
// was called; the second when calls were made, and why people were not reached.

// PrintSource is where such a report reads from.
type PrintSource interface {
	Source
	// AnswersOf counts what those who were reached answered, and how many of
	// them gave no answer.
	AnswersOf(ctx context.Context, id campaign.ID) (given []campaign.Given, silent int, err error)
	// CallsByTime counts the calls by the quarter of an hour in which they began.
	CallsByTime(ctx context.Context, id campaign.ID) ([]campaign.Slot, error)
}

// WritePrint writes the report of a campaign as PDF to path and returns where
// it is, as [Write] does. It tells which part is done.
func WritePrint[S PrintSource](ctx context.Context, path string, src S, id campaign.ID, tell func(part float64)) (string, error) {
	p := &printed{book: newBook(src), why: map[string]int{}}
	if err := p.read(ctx, src, id, tell); err != nil {
		return "", fmt.Errorf("write the report to print: %w", err)
	}
	written, err := replace(path, func(w io.Writer) error { return p.draw(w) })
	if err != nil {
		return "", fmt.Errorf("write the report to print: %w", err)
	}
	return written, nil
}

// printed is what such a report tells.
type printed struct {
	*book
	answers []campaign.Given // the commonest first
	silent  int
	slots   []campaign.Slot
	why     map[string]int // people that were not reached, by the reason in words
	tries   int
}

func (p *printed) read(ctx context.Context, src PrintSource, id campaign.ID, tell func(part float64)) error {
	var err error
	if p.campaign, err = src.Campaign(ctx, id); err != nil {
		return err
	}
	if p.answers, p.silent, err = src.AnswersOf(ctx, id); err != nil {
		return err
	}
	slices.SortFunc(p.answers, func(a, b campaign.Given) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(a.Name+a.Value, b.Name+b.Value))
	})
	if p.slots, err = src.CallsByTime(ctx, id); err != nil {
		return err
	}
	ids, err := src.Order(ctx, id, campaign.Filter{})
	if err != nil {
		return err
	}
	const often = 500
	n := 0
	return p.each(ctx, ids, func(c campaign.Contact) error {
		if n++; n%often == 0 && tell != nil {
			tell(float64(n) / float64(len(ids)))
		}
		p.count(c)
		return nil
	})
}

func (p *printed) count(c campaign.Contact) {
	p.tally[c.Status]++
	p.tries += c.Tries
	switch c.Status {
	case campaign.Unreached, campaign.Failed, campaign.Skipped:
		why := words.Sentence(campaign.Reason{Code: c.Why.Code, Outcome: c.Why.Outcome, Problem: c.Why.Problem, Rule: c.Why.Rule}, p.now)
		if why != "" {
			p.why[why]++
		}
	default: // they say what came of them themselves
	}
}

// line is a bar with its words.
type barLine struct {
	words string
	count int
	of    int
	ink   ink
}

// mostBars is how many bars have room in one chart.
const mostBars = 8

// outcomes are the states in which rows have ended.
func (p *printed) outcomes() []barLine {
	var lines []barLine
	for _, s := range []campaign.Status{campaign.Reached, campaign.Machine, campaign.Unreached, campaign.Failed, campaign.Doubt, campaign.Skipped, campaign.Cancelled} {
		if n := p.tally[s]; n > 0 {
			lines = append(lines, barLine{words.Status(s), n, p.tally.Total(), inkOf(s)})
		}
	}
	if n := p.tally.Left(); n > 0 {
		lines = append(lines, barLine{words.Say("Still to be called"), n, p.tally.Total(), inkOf(campaign.Ready)})
	}
	return lines
}

// said are the answers.
func (p *printed) said() []barLine {
	var lines []barLine
	for _, a := range p.answers {
		if len(lines) == mostBars-1 {
			break
		}
		text := a.Name + ": " + a.Value
		switch {
		case a.Name == "optout" && a.Value != "true":
			continue
		case a.Name == "optout":
			text = words.Say("No more calls")
		case a.Name == "":
			text = a.Value
		}
		lines = append(lines, barLine{text, a.People, p.tally[campaign.Reached], accent()})
	}
	if p.silent > 0 {
		lines = append(lines, barLine{words.Say("No answer"), p.silent, p.tally[campaign.Reached], accent()})
	}
	return lines
}

// reasons are why people were not reached, the commonest first.
func (p *printed) reasons() []barLine {
	var lines []barLine
	all := 0
	for why, n := range p.why {
		all += n
		lines = append(lines, barLine{why, n, 0, inkOf(campaign.Unreached)})
	}
	for i := range lines {
		lines[i].of = all
	}
	slices.SortFunc(lines, func(a, b barLine) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.words, b.words)) })
	return lines[:min(len(lines), mostBars)]
}

// facts are how it was called, two columns.
func (p *printed) facts() [][2]string {
	c := p.campaign
	moment := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return words.Date(t.Local()) + " " + words.Clock(t.Local())
	}
	var facts [][2]string
	for _, f := range [][2]string{
		{words.Say("State"), words.Campaign(c.State)},
		{words.Say("Line"), p.line(c.Practice)},
		{words.Say("List"), filepath.Base(c.List.File)},
		{words.Say("Message"), filepath.Base(c.Flow.Source)},
		{words.Say("Started"), moment(c.Started)},
		{words.Say("Ended"), moment(c.Ended)},
		{words.Say("People"), words.Number(p.tally.Total())},
		{words.Say("Calls"), words.Number(p.tries)},
		{words.Say("Report written"), moment(p.now)},
	} {
		if f[1] != "" && f[1] != "." {
			facts = append(facts, f)
		}
	}
	return facts
}

// slot is the calls of an hour or a day.
type slot struct {
	begin time.Time
	label string
	calls campaign.Tally
}

// hours folds the calls into hours, or days where it took longer, by the clock
// of this computer.
func (p *printed) hours() (title string, slots []slot) {
	title = words.Say("Calls by hour")
	if len(p.slots) == 0 {
		return title, nil
	}
	const longest = 26 * time.Hour
	first, last := p.slots[0].Begin.Local(), p.slots[len(p.slots)-1].Begin.Local()
	daily := last.Sub(first) > longest
	if daily {
		title = words.Say("Calls by day")
	}
	for _, s := range p.slots {
		begin := s.Begin.Local()
		at := slot{begin: begin.Truncate(0).Add(-time.Duration(begin.Minute()) * time.Minute), calls: campaign.Tally{}}
		at.label = words.Clock(at.begin)
		if daily {
			at.begin = time.Date(begin.Year(), begin.Month(), begin.Day(), 0, 0, 0, 0, time.Local)
			at.label = words.ShortWeekday(begin.Weekday()) + " " + words.Number(begin.Day())
		}
		if n := len(slots); n == 0 || !slots[n-1].begin.Equal(at.begin) {
			slots = append(slots, at)
		}
		for status, n := range s.Calls {
			slots[len(slots)-1].calls[status] += n
		}
	}
	return title, slots
}
