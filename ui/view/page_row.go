package view

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// This file is a row of the live grid in words, column by column.

// LiveColumn is a column of the grid. Its key never changes, so that how
// somebody arranged the columns can be kept.
type LiveColumn struct {
	Key, Title string
	Widest     string // as wide as its cells usually are
	Share      int    // of the room that is left over
	Sorts      bool
	Sort       campaign.SortKey
	Right      bool // a figure
	Hidden     bool // until somebody wants it
	Own        bool // of the list

	text func(c campaign.Contact, now time.Time) string
}

// The keys of columns that a page treats in a way of their own.
const (
	ColumnRow   = "row"
	ColumnName  = "name"
	ColumnState = "state"
)

// LiveColumns are the columns of a campaign's grid of so many rows: ours, and
// those of its list.
func LiveColumns(list []string, rows int) []LiveColumn {
	other := time.Date(2026, time.September, 30, 20, 0, 0, 0, time.UTC) // a day whose name is long
	all := []LiveColumn{
		{Key: ColumnRow, Title: words.Say("Row"), Widest: Count(10 * rows), Right: true, Sorts: true, Sort: campaign.SortRow,
			text: func(c campaign.Contact, _ time.Time) string { return Count(c.Row) }},
		{Key: ColumnName, Title: words.Say("Name"), Widest: "odwin-farrowmere", Share: 2, Sorts: true, Sort: campaign.SortName,
			text: func(c campaign.Contact, _ time.Time) string { return c.Name }},
		{Key: "number", Title: words.Say("Number"), Widest: "(312) 555-0123", Sorts: true, Sort: campaign.SortNumber,
			text: func(c campaign.Contact, _ time.Time) string { return NumberOf(c) }},
		{Key: ColumnState, Title: words.Say("State"), Widest: longest(campaign.Statuses()) + "      ", Sorts: true, Sort: campaign.SortStatus,
			text: func(c campaign.Contact, _ time.Time) string { return words.Status(c.Status) }},
		{Key: "what", Title: words.Say("What happened"), Share: 3, Sorts: true, Sort: campaign.SortNewest, text: What},
		{Key: "next", Title: words.Say("Next call"), Widest: words.When(other, other.AddDate(0, 0, 7)), Sorts: true, Sort: campaign.SortNext, text: words.Next},
		{Key: "tries", Title: words.Say("Tries"), Right: true, Hidden: true, text: func(c campaign.Contact, _ time.Time) string { return Count(c.Tries) }},
		{Key: "there", Title: words.Say("Time there"), Hidden: true, text: timeThere},
		{Key: "priority", Title: words.Say("Priority"), Right: true, Hidden: true,
			text: func(c campaign.Contact, _ time.Time) string { return strconv.Itoa(c.Priority) }},
	}
	for i, heading := range list {
		all = append(all, LiveColumn{Key: "list:" + heading, Title: heading, Widest: heading + "  ", Share: 1, Hidden: true, Own: true,
			text: func(c campaign.Contact, _ time.Time) string {
				if i < len(c.Cells) {
					return c.Cells[i]
				}
				return ""
			}})
	}
	return all
}

// longest is the longest word for a state.
func longest(all []campaign.Status) string {
	said := ""
	for _, s := range all {
		if word := words.Status(s); len(word) > len(said) {
			said = word
		}
	}
	return said
}

// Text is what the column says of a row.
func (l LiveColumn) Text(c campaign.Contact, now time.Time) string { return l.text(c, now) }

// timeThere is the time at a person's place.
func timeThere(c campaign.Contact, now time.Time) string {
	if len(c.Zones) == 0 {
		return "–"
	}
	place, err := time.LoadLocation(c.Zones[0])
	if err != nil {
		return "–"
	}
	return words.Clock(now.In(place))
}

// NumberOf is a row's number as people of its country write it.
func NumberOf(c campaign.Contact) string {
	if c.Number == "" {
		return "–"
	}
	return c.Number.National()
}

// What is what happened to a row, or why it stands where it stands.
func What(c campaign.Contact, now time.Time) string {
	switch {
	case c.Status == campaign.Reached && len(c.Answers) > 0:
		return answers(c.Answers)
	case !c.Why.IsZero():
		return words.Sentence(c.Why, now)
	default:
		return lacking(c.Status)
	}
}

// lacking is what is said of a row that needs no reason.
func lacking(s campaign.Status) string {
	switch s {
	case campaign.Ready:
		return words.Say("Not called yet")
	case campaign.Sending, campaign.Queued:
		return words.Say("Next free line")
	case campaign.Calling:
		return words.Say("On a line now")
	case campaign.Reached:
		return words.Say("Listened")
	case campaign.Machine:
		return words.Say("Message left")
	default:
		return "–"
	}
}

// answers says what somebody answered: "Pressed 2", or each answer with its
// question where there are several.
func answers(all []gateway.Answer) string {
	var said []string
	for _, a := range all {
		switch {
		case a.Name == optOut && a.Value == "true":
			said = append(said, words.Say("asked not to be called again"))
		case a.Name == optOut:
		case len(all) == 1 || len(all) == 2 && hasOptOut(all):
			said = append(said, pressed(a.Value))
		default:
			said = append(said, AnswerCount{Question: a.Name, Value: a.Value}.Words())
		}
	}
	if len(said) == 0 {
		return words.Say("Listened")
	}
	return strings.Join(said, ", ")
}

// optOut is the field by which people ask not to be called again.
const optOut = "optout"

func hasOptOut(all []gateway.Answer) bool {
	return slices.ContainsFunc(all, func(a gateway.Answer) bool { return a.Name == optOut })
}

// pressed says that keys were pressed, or what else was said.
func pressed(value string) string {
	if value != "" && strings.Trim(value, "0123456789*#") == "" {
		return words.Say("Pressed %s", value)
	}
	return words.Say("Answered %s", answerWords(value))
}
