package view

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// ResultsPage is what came of a campaign.
type ResultsPage struct {
	Campaign campaign.Campaign
	Tally    campaign.Tally
	Answers  []AnswerCount
	Reached  int
}

// ResultBar is one line of "What came of it".
type ResultBar struct {
	Status campaign.Status
	Words  string
	Count  int
	Share  string
}

// AnswerCount is how often one answer was given.
type AnswerCount struct {
	Question, Value string
	Count           int
}

// maxAnswers is how many different answers are shown.
const maxAnswers = 8

// answersPage is how many rows are read at a time.
const answersPage = 300

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
	p.Reached = p.Tally[campaign.Reached]
	order, err := o.Store.Order(ctx, id, campaign.Filter{Statuses: []campaign.Status{campaign.Reached}})
	if err != nil {
		return p, fmt.Errorf("read the answers: %w", err)
	}
	counts := map[AnswerCount]int{}
	for ids := range slices.Chunk(order, answersPage) {
		rows, err := o.Store.Contacts(ctx, ids)
		if err != nil {
			return p, fmt.Errorf("read the answers: %w", err)
		}
		countAnswers(counts, rows)
	}
	p.Answers = rankAnswers(counts)
	return p, nil
}

func countAnswers(counts map[AnswerCount]int, rows []campaign.Contact) {
	for _, row := range rows {
		if len(row.Answers) == 0 {
			counts[AnswerCount{Value: "No answer given"}]++
		}
		for _, a := range row.Answers {
			if a.Name == optOut && a.Value != "true" {
				continue // the same key said it already
			}
			counts[AnswerCount{Question: a.Name, Value: a.Value}]++
		}
	}
}

func rankAnswers(counts map[AnswerCount]int) []AnswerCount {
	all := make([]AnswerCount, 0, len(counts))
	for a, n := range counts {
		a.Count = n
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b AnswerCount) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Question+a.Value, b.Question+b.Value)
	})
	return all[:min(len(all), maxAnswers)]
}

// Words names an answer: "reply: 1".
func (a AnswerCount) Words() string {
	if a.Question == optOut {
		return "No more calls"
	}
	if a.Question == "" {
		return a.Value
	}
	return a.Question + ": " + a.Value
}

// Bars are the outcomes, in the order in which people are told.
func (p ResultsPage) Bars() []ResultBar {
	var bars []ResultBar
	for _, s := range []campaign.Status{campaign.Reached, campaign.Machine, campaign.Unreached, campaign.Failed, campaign.Doubt, campaign.Skipped, campaign.Cancelled} {
		n := p.Tally[s]
		if n == 0 && (s == campaign.Doubt || s == campaign.Cancelled) {
			continue
		}
		bars = append(bars, ResultBar{Status: s, Words: words.Status(s), Count: n, Share: Share(n, p.Tally.Total())})
	}
	return bars
}

// Unfinished says what is still missing from the results, empty if nothing is.
func (p ResultsPage) Unfinished() string {
	if n := p.Tally.Left(); n > 0 && !p.Campaign.State.Over() {
		verb := " are"
		if n == 1 {
			verb = " is"
		}
		return PeopleCount(n) + verb + " still to be called. A workbook saved now holds the results so far."
	}
	return ""
}

// ReportName is the name a result workbook is offered under.
func ReportName(c campaign.Campaign) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, c.Name)
	return name + " – results.xlsx"
}

// WithExtension adds .xlsx where a person left it away.
func WithExtension(path string) string {
	if filepath.Ext(path) == "" {
		return path + ".xlsx"
	}
	return path
}
