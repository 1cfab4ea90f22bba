package view

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
)

// This file is the words of the page that shows a list.

// PeopleRoles are what a column can be taken for, in the order in which they
// are offered.
func PeopleRoles() []contacts.Role {
	return append(contacts.Roles(), contacts.Own)
}

// RoleWords names a role.
func RoleWords(r contacts.Role) string {
	text, named := map[contacts.Role]string{
		contacts.Phone:     "Phone number",
		contacts.Name:      "Name",
		contacts.FirstName: "First name",
		contacts.LastName:  "Last name",
		contacts.Email:     "E-mail",
		contacts.Postcode:  "Postcode",
		contacts.City:      "City",
		contacts.State:     "State",
		contacts.Country:   "Country",
		contacts.Zone:      "Time zone",
		contacts.Language:  "Language",
		contacts.Consent:   "Consent",
		contacts.Hours:     "When to call",
		contacts.Priority:  "Priority",
		contacts.External:  "ID or customer number",
		contacts.DoNotCall: "Do not call",
	}[r]
	if !named {
		return "Own column"
	}
	return text
}

// ColumnWords names what a column is taken for, with a question mark where that
// is a guess only; of several phone numbers, in which order they are tried.
func ColumnWords(c contacts.Column) string {
	text := RoleWords(c.Role)
	if c.Role == contacts.Phone && c.Order > 1 {
		text = fmt.Sprintf("%s %d", text, c.Order)
	}
	if c.Role != contacts.Own && c.Confidence < unsure {
		text += "?"
	}
	return text
}

// unsure is the confidence below which a guess is shown as a question.
const unsure = 0.6

// KeepChoices are the policies about duplicates, in their order.
func KeepChoices() []contacts.Keep {
	return []contacts.Keep{contacts.KeepFirst, contacts.KeepMerge, contacts.KeepLast, contacts.KeepAsk}
}

// KeepWords says which of several duplicates is called.
func KeepWords(k contacts.Keep) string {
	switch k {
	case contacts.KeepLast:
		return "Call the last"
	case contacts.KeepMerge:
		return "Call the first, fill its gaps"
	case contacts.KeepAsk:
		return "Ask me for each"
	default:
		return "Call the first"
	}
}

// foundWords says what was found in a cell and what became of it.
func (p *PeoplePage) foundWords(c campaign.CellProblem) string {
	text := words.Problem(c.Kind)
	if c.Value != "" {
		text += ": " + oneLine(c.Value)
	}
	switch {
	case c.Repair != "" && repairable(c.Kind):
		text += ", taken for " + p.madeOf(c.Kind, c.Repair)
	case c.Proposal != "":
		text += ", perhaps " + p.madeOf(c.Kind, c.Proposal)
	}
	return text
}

// madeOf is what a cell was taken for, or would be, as it is shown.
func (p *PeoplePage) madeOf(kind campaign.Problem, text string) string {
	switch {
	case kind != campaign.ProblemHours:
		return p.shown(phone.Number(text))
	case text == campaign.WeekString(campaign.AllHours()):
		return "any time that the campaign calls"
	default:
		return text
	}
}

// shownGroup is how many rows of a group are named.
const shownGroup = 5

// GroupWords names the other rows of the group that a row is in.
func (p *PeoplePage) GroupWords(row int, group []campaign.Contact) []string {
	var lines []string
	for _, c := range group {
		if c.Row == row {
			continue
		}
		if len(lines) == shownGroup {
			return append(lines, fmt.Sprintf("and %s more", RowCount(len(group)-1-shownGroup)))
		}
		what := "is called"
		if c.Status == campaign.Skipped {
			what = "is not called"
		}
		lines = append(lines, fmt.Sprintf("Row %s, %s, %s", Count(c.Row), strings.Join(nonEmpty(c.Name, p.shown(c.Number)), ", "), what))
	}
	return lines
}

func nonEmpty(texts ...string) []string {
	return slices.DeleteFunc(texts, func(s string) bool { return s == "" })
}

// repairable tells whether a problem is about a number that was changed.
func repairable(kind campaign.Problem) bool {
	switch kind {
	case campaign.ProblemWidth, campaign.ProblemEncoding, campaign.ProblemQuote, campaign.ProblemZone, campaign.ProblemPriority:
		return false
	default:
		return true
	}
}

// AcceptWords is what accepting the proposals of a kind is called.
func AcceptWords(kind campaign.Problem) string {
	switch kind {
	case campaign.ProblemTwoNumbers:
		return "Use the first"
	case campaign.ProblemHours:
		return "Call them at these times"
	default:
		return "Use the repairs"
	}
}

// RejectsName is the name of the file for what was set aside of a list.
func RejectsName(c campaign.Campaign) string {
	base := filepath.Base(c.List.File)
	return strings.TrimSuffix(base, filepath.Ext(base)) + "-set-aside.xlsx"
}
