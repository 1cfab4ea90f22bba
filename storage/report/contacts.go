package report

import (
	"context"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// contacts writes the sheet Contacts. Rows are read twice: which questions
// were answered must be known before the heading. An answer to a question
// that nobody had answered by then has no column in this report.
func (b *book) contacts(ctx context.Context, ids []campaign.ContactID) error {
	if err := b.questions(ctx, ids); err != nil {
		return err
	}
	sheet, err := b.newTable(words.Say("Contacts"), len(ids), b.contactHeading())
	if err != nil {
		return err
	}
	err = b.each(ctx, ids, func(c campaign.Contact) error {
		b.tally[c.Status]++
		if c.Status == campaign.Doubt || c.Status == campaign.Calling {
			b.unsure[c.ID] = c.Status
		}
		return sheet.add(b.contactRow(c))
	})
	if err != nil {
		return err
	}
	return sheet.end()
}

// questions finds out which questions were answered.
func (b *book) questions(ctx context.Context, ids []campaign.ContactID) error {
	return b.each(ctx, ids, func(c campaign.Contact) error {
		for _, a := range c.Answers {
			if name := question(a); !slices.Contains(b.answers, name) && len(b.answers) < excelize.MaxColumns-ours {
				b.answers = append(b.answers, name)
			}
		}
		return nil
	})
}

func (b *book) contactHeading() []column {
	var list []column
	for _, name := range b.own() {
		list = append(list, column{name, 20})
	}
	return append(list, b.resultHeading()...)
}

// resultHeading heads the columns that are ours.
func (b *book) resultHeading() []column {
	list := []column{
		{words.Say("Outcome"), 14}, {words.Say("Number"), 16}, {words.Say("Reached at"), 20}, {words.Say("Attempts"), 10},
		{words.Say("Last reason"), 44}, {words.Say("Next step"), 32}, {words.Say("Line"), 26},
	}
	for _, name := range b.answers {
		list = append(list, column{name, 14})
	}
	return list
}

// ours is how many columns of our own stand between the user's and the
// answers.
const ours = 7

// own returns the user's columns; those furthest right are left out where a
// sheet has no room for them and ours.
func (b *book) own() []string {
	columns := b.campaign.List.Columns
	return columns[:min(len(columns), max(0, excelize.MaxColumns-ours-len(b.answers)))]
}

func (b *book) contactRow(c campaign.Contact) []any {
	own := b.own()
	row := make([]any, 0, len(own)+ours+len(b.answers))
	for i := range own {
		text := ""
		if i < len(c.Cells) {
			text = c.Cells[i]
		}
		row = append(row, text)
	}
	return append(row, b.resultRow(c)...)
}

// resultRow is what came of a row.
func (b *book) resultRow(c campaign.Contact) []any {
	row := []any{
		words.Status(c.Status), string(c.Number), c.Reached, c.Tries,
		words.Sentence(c.Why, b.now), words.Next(c, b.now), b.line(b.campaign.Practice),
	}
	for _, name := range b.answers {
		row = append(row, answer(c.Answers, name))
	}
	return row
}

// line labels a result that no phone had to ring for.
func (b *book) line(practice bool) string {
	if practice {
		return words.PracticeTag()
	}
	return ""
}

func question(a gateway.Answer) string {
	if a.Name == "" {
		return words.Say("Answer") // a gateway sent it without a name
	}
	return a.Name
}

// answer is what was keyed at the question of that name; a question asked more
// than once has all its answers in one cell.
func answer(answers []gateway.Answer, name string) string {
	var values []string
	for _, a := range answers {
		if question(a) == name {
			values = append(values, a.Value)
		}
	}
	return strings.Join(values, ", ")
}
