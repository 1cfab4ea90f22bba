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
	switch r {
	case contacts.Phone:
		return "Phone number"
	case contacts.Name:
		return "Name"
	case contacts.FirstName:
		return "First name"
	case contacts.LastName:
		return "Last name"
	case contacts.Email:
		return "E-mail"
	case contacts.Postcode:
		return "Postcode"
	case contacts.City:
		return "City"
	case contacts.State:
		return "State"
	case contacts.Country:
		return "Country"
	case contacts.Zone:
		return "Time zone"
	case contacts.Language:
		return "Language"
	case contacts.Consent:
		return "Consent"
	case contacts.External:
		return "ID or customer number"
	case contacts.DoNotCall:
		return "Do not call"
	default:
		return "Own column"
	}
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
		text += ", taken for " + p.shown(phone.Number(c.Repair))
	case c.Proposal != "":
		text += ", perhaps " + p.shown(phone.Number(c.Proposal))
	}
	return text
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
	case campaign.ProblemWidth, campaign.ProblemEncoding, campaign.ProblemQuote, campaign.ProblemZone:
		return false
	default:
		return true
	}
}

// AcceptWords is what accepting the proposals of a kind is called.
func AcceptWords(kind campaign.Problem) string {
	if kind == campaign.ProblemTwoNumbers {
		return "Use the first"
	}
	return "Use the repairs"
}

// RejectsName is the name of the file for what was set aside of a list.
func RejectsName(c campaign.Campaign) string {
	base := filepath.Base(c.List.File)
	return strings.TrimSuffix(base, filepath.Ext(base)) + "-set-aside.xlsx"
}
