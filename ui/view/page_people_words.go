package view

import (
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
//
//nolint:gocyclo // flat: a text each
func RoleWords(r contacts.Role) string {
	switch r {
	case contacts.Phone:
		return words.Say("Phone number")
	case contacts.Name:
		return words.Say("Name||of a person")
	case contacts.FirstName:
		return words.Say("First name")
	case contacts.LastName:
		return words.Say("Last name")
	case contacts.Email:
		return words.Say("E-mail")
	case contacts.Postcode:
		return words.Say("Postcode")
	case contacts.City:
		return words.Say("City")
	case contacts.State:
		return words.Say("State||of a country")
	case contacts.Country:
		return words.Say("Country")
	case contacts.Zone:
		return words.Say("Time zone")
	case contacts.Language:
		return words.Say("Language")
	case contacts.Consent:
		return words.Say("Consent")
	case contacts.Hours:
		return words.Say("When to call")
	case contacts.Priority:
		return words.Say("Priority")
	case contacts.External:
		return words.Say("ID or customer number")
	case contacts.DoNotCall:
		return words.Say("Do not call")
	default:
		return words.Say("Own column")
	}
}

// ColumnWords names what a column is taken for, with a question mark where that
// is a guess only; of several phone numbers, in which order they are tried.
func ColumnWords(c contacts.Column) string {
	text := RoleWords(c.Role)
	if c.Role == contacts.Phone && c.Order > 1 {
		text = words.Say("Phone number %d", c.Order)
	}
	if c.Role != contacts.Own && c.Confidence < unsure {
		return words.Say("%s?||what a column may be", text)
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
		return words.Say("Call the last")
	case contacts.KeepMerge:
		return words.Say("Call the first, fill its gaps")
	case contacts.KeepAsk:
		return words.Say("Ask me for each")
	default:
		return words.Say("Call the first")
	}
}

// foundWords says what was found in a cell and what became of it.
func (p *PeoplePage) foundWords(c campaign.CellProblem) string {
	text := withValue(c.Kind, oneLine(c.Value))
	switch {
	case c.Repair != "" && repairable(c.Kind):
		return words.Say("%s, taken for %s", text, p.madeOf(c.Kind, c.Repair))
	case c.Proposal != "":
		return words.Say("%s, perhaps %s", text, p.madeOf(c.Kind, c.Proposal))
	default:
		return text
	}
}

// withValue says what is wrong, with what stands there.
func withValue(kind campaign.Problem, value string) string {
	if value == "" {
		return words.Problem(kind)
	}
	return words.Say("%s: %s", words.Problem(kind), value)
}

// madeOf is what a cell was taken for, or would be, as it is shown.
func (p *PeoplePage) madeOf(kind campaign.Problem, text string) string {
	switch {
	case kind != campaign.ProblemHours:
		return p.shown(phone.Number(text))
	case text == campaign.WeekString(campaign.AllHours()):
		return words.Say("any time that the campaign calls")
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
			return append(lines, words.Many(len(group)-1-shownGroup, "and %s row more", "and %s rows more"))
		}
		who := strings.Join(nonEmpty(c.Name, p.shown(c.Number)), ", ")
		if c.Status == campaign.Skipped {
			lines = append(lines, words.Say("Row %s, %s, is not called", Count(c.Row), who))
			continue
		}
		lines = append(lines, words.Say("Row %s, %s, is called", Count(c.Row), who))
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
		return words.Say("Use the first")
	case campaign.ProblemHours:
		return words.Say("Call them at these times")
	default:
		return words.Say("Use the repairs")
	}
}

// RejectsName is the name of the file for what was set aside of a list.
func RejectsName(c campaign.Campaign) string {
	base := filepath.Base(c.List.File)
	return strings.TrimSuffix(base, filepath.Ext(base)) + words.Say("-set-aside||end of a file’s name") + ".xlsx"
}

// ShownWords says what of the list is shown: how many of its columns, and of
// which group the rows are where it has no chip.
func (p *PeoplePage) ShownWords(columns int) string {
	var parts []string
	if all := len(p.Columns()); columns < all {
		parts = append(parts, words.Say("%s of %s columns shown", Count(columns), Count(all)))
	}
	if p.Show.Found.Kind != "" {
		parts = append(parts, words.Say("only: %s", p.Show.Words))
	}
	return strings.Join(parts, ", ")
}

// CopiedWords says that rows were copied, of so many that are selected.
func CopiedWords(n, selected int) string {
	if n < selected {
		return words.Many(n, "The first %s row of %s copied", "The first %s rows of %s copied", Count(selected))
	}
	return words.Many(n, "%s row copied", "%s rows copied")
}

// NoRowsWords says what to do about a sheet without rows.
func NoRowsWords(im contacts.Import) string {
	if len(im.Book.Sheets) > 1 {
		return words.Say("There is nothing below its headings. Choose another sheet or another file; a file can be dropped here too.")
	}
	return words.Say("There is nothing below its headings. Choose another file, or drop it here.")
}
