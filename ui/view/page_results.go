package view

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// ResultsPage is what came of a campaign.
type ResultsPage struct {
	Campaign campaign.Campaign
	Tally    campaign.Tally
	Answers  []AnswerCount // the commonest first; without those who gave none
	Silent   int           // reached, and gave no answer
	Slots    []campaign.Slot
	Labels   []AnswerLabel
}

// ResultBar is one line of "What came of it".
type ResultBar struct {
	Status campaign.Status
	Words  string
	Count  int
	Share  string
}

// AnswerCount is how many people gave an answer.
type AnswerCount struct {
	Question, Value string
	Count           int
}

// Results reads what came of a campaign.
func (o *Office) Results(ctx context.Context, id campaign.ID) (ResultsPage, error) {
	c, err := o.Store.Campaign(ctx, id)
	if err != nil {
		return ResultsPage{}, fmt.Errorf("read the campaign: %w", err)
	}
	p := ResultsPage{Campaign: c}
	if p.Tally, err = o.Store.Tally(ctx, id); err != nil {
		return p, fmt.Errorf("count the people: %w", err)
	}
	given, silent, err := o.Store.AnswersOf(ctx, id)
	if err != nil {
		return p, fmt.Errorf("count the answers: %w", err)
	}
	p.Answers, p.Silent = rankAnswers(given), silent
	if p.Slots, err = o.Store.CallsByTime(ctx, id); err != nil {
		return p, fmt.Errorf("count the calls: %w", err)
	}
	p.Labels = o.labels(ctx, c)
	return p, nil
}

func rankAnswers(given []campaign.Given) []AnswerCount {
	all := make([]AnswerCount, 0, len(given))
	for _, g := range given {
		if g.Name == optOut && g.Value != "true" {
			continue // another key said it already
		}
		all = append(all, AnswerCount{Question: g.Name, Value: g.Value, Count: g.People})
	}
	slices.SortFunc(all, func(a, b AnswerCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Question+a.Value, b.Question+b.Value))
	})
	return all
}

// Words names an answer: "reply: 1".
func (a AnswerCount) Words() string {
	switch a.Question {
	case optOut:
		return words.Say("No more calls")
	case "":
		return answerWords(a.Value)
	default:
		return words.Say("%s: %s||a question and its answer", a.Question, answerWords(a.Value))
	}
}

// answerWords is what an answer says to people.
func answerWords(value string) string {
	switch value {
	case "true":
		return words.Say("Yes")
	case "false":
		return words.Say("No")
	default:
		return value
	}
}

// Answer is what was answered; the zero value means nothing.
func (a AnswerCount) Answer() gateway.Answer {
	return gateway.Answer{Name: a.Question, Value: a.Value}
}

// Reached is how many people were reached.
func (p ResultsPage) Reached() int { return p.Tally[campaign.Reached] }

// Nothing tells whether there is nothing to report yet.
func (p ResultsPage) Nothing() bool {
	done := p.Tally.Total() - p.Tally.Left() - p.Tally[campaign.Skipped]
	return done == 0 && len(p.Slots) == 0 && !p.Campaign.State.Over()
}

// Bars are the outcomes, in the order in which people are told; whoever has
// none yet is among them, so that they add up to everybody.
func (p ResultsPage) Bars() []ResultBar {
	always := []campaign.Status{campaign.Reached, campaign.Machine, campaign.Unreached, campaign.Failed, campaign.Skipped}
	var bars []ResultBar
	for _, s := range []campaign.Status{campaign.Reached, campaign.Machine, campaign.Unreached, campaign.Failed, campaign.Doubt,
		campaign.Sending, campaign.Queued, campaign.Calling, campaign.Waiting, campaign.Ready, campaign.Skipped, campaign.Cancelled} {
		n := p.Tally[s]
		if n > 0 || slices.Contains(always, s) {
			bars = append(bars, ResultBar{Status: s, Words: words.Status(s), Count: n, Share: ShareExact(n, p.Tally.Total())})
		}
	}
	return bars
}

// ShareExact is n as a share of all with a decimal: "0.3 %".
func ShareExact(n, all int) string {
	if all <= 0 {
		return words.Say("%s %%", words.Decimal(0, 1))
	}
	return words.Say("%s %%", words.Decimal(float64(n)*100/float64(all), 1))
}

// Unfinished says what is still missing from the results, empty if nothing is.
func (p ResultsPage) Unfinished() string {
	if n := p.Tally.Left(); n > 0 && !p.Campaign.State.Over() {
		return words.Many(n, "%s person is still to be called. A file saved now holds the results so far.",
			"%s people are still to be called. A file saved now holds the results so far.")
	}
	return ""
}

// StateWords is the state of a campaign, and since when it is over.
func StateWords(c campaign.Campaign, now time.Time) string {
	switch {
	case c.Ended.IsZero():
		return words.Campaign(c.State)
	case c.State == campaign.Finished:
		return words.Say("Finished %s", words.When(c.Ended, now))
	case c.State == campaign.Stopped:
		return words.Say("Stopped %s", words.When(c.Ended, now))
	default:
		return words.Campaign(c.State)
	}
}

// OwnFile is the user's own file by its name, and why results cannot be written
// into a copy of it; empty if they can.
func OwnFile(c campaign.Campaign) (name, why string) {
	name = filepath.Base(c.List.File)
	switch strings.ToLower(filepath.Ext(name)) {
	case ".xlsx", ".xlsm", ".csv", ".tsv", ".tab", ".txt":
		return name, ""
	case "", ".":
		return words.Say("The list was not read from a file"), words.Say("The result workbook holds your columns too.")
	default:
		return name, words.Say("Results go into copies of Excel workbooks (.xlsx) and texts. The result workbook holds your columns too.")
	}
}
