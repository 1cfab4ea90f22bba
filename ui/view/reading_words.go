package view

import (
	"cmp"
	"fmt"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
)

// This file is the words of how a file is read.

// SheetWords names a sheet of a file.
func SheetWords(s campaign.SheetInfo) string {
	text := s.Name
	if s.Rows > 0 {
		text += ", " + RowCount(s.Rows)
	}
	if s.Hidden {
		text += " (hidden)"
	}
	return text
}

// AreaWords names a table or a range of a file.
func AreaWords(a campaign.Area) string {
	if a.Name == "" {
		return "All of it"
	}
	if a.Table {
		return "Table " + a.Name + ", " + a.Ref
	}
	return a.Name + ", " + a.Ref
}

// DelimiterWords names what separates the columns of a text.
func DelimiterWords(d string) string {
	switch d {
	case ",":
		return "Comma"
	case ";":
		return "Semicolon"
	case "\t":
		return "Tab"
	case "|":
		return "Vertical bar"
	case " ", "  ":
		return "Spaces"
	case "":
		return "Nothing: one column"
	default:
		return d
	}
}

// EncodingWords names an encoding by whose letters it has.
func EncodingWords(e campaign.Encoding) string {
	return cmp.Or(encodingWords()[e], string(e))
}

func encodingWords() map[campaign.Encoding]string {
	return map[campaign.Encoding]string{
		"utf-8": "All languages (UTF-8)", "utf-16le": "All languages (UTF-16)", "utf-16be": "All languages (UTF-16, reversed)",
		"windows-1252": "Western European (Windows)", "windows-1250": "Central European (Windows)", "windows-1251": "Cyrillic (Windows)",
		"windows-1253": "Greek (Windows)", "windows-1254": "Turkish (Windows)", "windows-1255": "Hebrew (Windows)",
		"windows-1256": "Arabic (Windows)", "iso-8859-2": "Central European (ISO)", "iso-8859-15": "Western European (ISO)",
		"ibm850": "Western European (DOS)", "macintosh": "Western European (Mac)", "koi8-r": "Cyrillic (KOI8-R)",
		"shift_jis": "Japanese", "gb18030": "Chinese, simplified", "big5": "Chinese, traditional", "euc-kr": "Korean",
	}
}

// Region is a country by its two letters.
type Region = phone.Region

// Regions are the countries that are offered for numbers without a country
// code.
func Regions() []Region {
	return []Region{"US", "CA", "GB", "IE", "DE", "AT", "CH", "FR", "BE", "LU", "NL", "ES", "PT", "IT", "PL", "CZ", "SK", "HU", "DK", "SE", "NO", "FI",
		"MX", "AR", "BR", "CL", "CO", "PE", "AU", "NZ", "IN", "JP", "ZA", "IL", "TR", "GR", "RO"}
}

// RegionOr is the region that an empty one stands for.
func RegionOr(r Region) Region { return cmp.Or(r, "US") }

// RegionWords names a country.
func RegionWords(r Region) string {
	region, err := language.ParseRegion(string(r))
	if err != nil {
		return string(r)
	}
	return display.English.Regions().Name(region)
}

// SameChoice is what makes two rows the same person.
type SameChoice string

// SameChoices are what is offered.
func SameChoices() []SameChoice {
	return []SameChoice{"number", "external", "person", "number,external"}
}

// SameOf is the choice that stands for s.
func SameOf(s []contacts.Same) SameChoice {
	texts := make([]string, len(s))
	for i, one := range s {
		texts[i] = string(one)
	}
	return SameChoice(cmp.Or(strings.Join(texts, ","), "number"))
}

// Same is what a choice stands for.
func (s SameChoice) Same() []contacts.Same {
	var all []contacts.Same
	for one := range strings.SplitSeq(string(s), ",") {
		all = append(all, contacts.Same(one))
	}
	return all
}

// SameWords names a choice.
func SameWords(s SameChoice) string {
	switch s {
	case "external":
		return "The same ID or customer number"
	case "person":
		return "The same number and name"
	case "number,external":
		return "The same number, or the same ID"
	default:
		return "The same number"
	}
}

// UpdateWords says what a newer file makes of a list, in a line each.
func UpdateWords(u campaign.ListUpdate) []string {
	var lines []string
	say := func(n int, one, many string) {
		if n > 0 {
			lines = append(lines, counted(n, one, many)+".")
		}
	}
	say(u.Added, "person is new", "people are new")
	say(u.Updated, "row has changed", "rows have changed")
	say(u.Gone, "person is not in it any more", "people are not in it any more")
	say(u.Same, "row is as it was", "rows are as they were")
	return lines
}

// AcrossChoices are what may happen to people whom other campaigns call.
func AcrossChoices() []contacts.Across {
	return []contacts.Across{{}, {Running: true}, {Running: true, Days: 7}, {Running: true, Days: 30}}
}

// AcrossWords says what happens to people whom other campaigns call.
func AcrossWords(a contacts.Across) string {
	switch {
	case a.Days > 0:
		return fmt.Sprintf("Set aside, also if called within %d days", a.Days)
	case a.Running:
		return "Set aside"
	default:
		return "Call them here too"
	}
}

// PlansWords says of which day what is known of telephone numbers is.
func PlansWords() string {
	return "Numbering plans as of " + day(phone.MetadataDate())
}
