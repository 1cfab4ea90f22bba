package view

import (
	"fmt"
	"path/filepath"
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
		return "Own number or key"
	case contacts.DoNotCall:
		return "Do not call"
	default:
		return "Own column"
	}
}

// ColumnWords names what a column is taken for; of several phone numbers, in
// which order they are tried.
func ColumnWords(c contacts.Column) string {
	if c.Role == contacts.Phone && c.Order > 1 {
		return fmt.Sprintf("Phone number %d", c.Order)
	}
	return RoleWords(c.Role)
}

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
func foundWords(p campaign.CellProblem) string {
	text := words.Problem(p.Kind)
	if p.Value != "" {
		text += ": " + oneLine(p.Value)
	}
	switch {
	case p.Repair != "" && repairable(p.Kind):
		text += ", taken for " + phone.Number(p.Repair).National()
	case p.Proposal != "":
		text += ", perhaps " + phone.Number(p.Proposal).National()
	}
	return text
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
