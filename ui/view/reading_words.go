package view

import (
	"cmp"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
)

// This file is the words of how a file is read.

// SheetWords names a sheet of a file.
func SheetWords(s campaign.SheetInfo) string {
	text := s.Name
	if s.Rows > 0 {
		text = words.Many(s.Rows, "%[2]s, %[1]s row", "%[2]s, %[1]s rows", s.Name)
	}
	if s.Hidden {
		return words.Say("%s (hidden)", text)
	}
	return text
}

// AreaWords names a table or a range of a file.
func AreaWords(a campaign.Area) string {
	if a.Name == "" {
		return words.Say("All of it")
	}
	if a.Table {
		return words.Say("Table %s, %s", a.Name, a.Ref)
	}
	return a.Name + ", " + a.Ref
}

// DelimiterWords names what separates the columns of a text.
func DelimiterWords(d string) string {
	switch d {
	case ",":
		return words.Say("Comma")
	case ";":
		return words.Say("Semicolon")
	case "\t":
		return words.Say("Tab")
	case "|":
		return words.Say("Vertical bar")
	case " ", "  ":
		return words.Say("Spaces")
	case "":
		return words.Say("Nothing: one column")
	default:
		return d
	}
}

// EncodingWords names an encoding by whose letters it has.
func EncodingWords(e campaign.Encoding) string {
	return cmp.Or(encodingWords(e), string(e))
}

//nolint:funlen,gocyclo // flat: a text each
func encodingWords(e campaign.Encoding) string {
	switch e {
	case "utf-8":
		return words.Say("All languages (UTF-8)")
	case "utf-16le":
		return words.Say("All languages (UTF-16)")
	case "utf-16be":
		return words.Say("All languages (UTF-16, reversed)")
	case "windows-1252":
		return words.Say("Western European (Windows)")
	case "windows-1250":
		return words.Say("Central European (Windows)")
	case "windows-1251":
		return words.Say("Cyrillic (Windows)")
	case "windows-1253":
		return words.Say("Greek (Windows)")
	case "windows-1254":
		return words.Say("Turkish (Windows)")
	case "windows-1255":
		return words.Say("Hebrew (Windows)")
	case "windows-1256":
		return words.Say("Arabic (Windows)")
	case "iso-8859-2":
		return words.Say("Central European (ISO)")
	case "iso-8859-15":
		return words.Say("Western European (ISO)")
	case "ibm850":
		return words.Say("Western European (DOS)")
	case "macintosh":
		return words.Say("Western European (Mac)")
	case "koi8-r":
		return words.Say("Cyrillic (KOI8-R)")
	case "shift_jis":
		return words.Say("Japanese")
	case "gb18030":
		return words.Say("Chinese, simplified")
	case "big5":
		return words.Say("Chinese, traditional")
	case "euc-kr":
		return words.Say("Korean")
	default:
		return ""
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
	return display.Regions(language.Make(string(words.InUse()))).Name(region)
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
		return words.Say("The same ID or customer number")
	case "person":
		return words.Say("The same number and name")
	case "number,external":
		return words.Say("The same number, or the same ID")
	default:
		return words.Say("The same number")
	}
}

// UpdateWords says what a newer file makes of a list, in a line each.
func UpdateWords(u campaign.ListUpdate) []string {
	var lines []string
	add := func(n int, line string) {
		if n > 0 {
			lines = append(lines, line)
		}
	}
	add(u.Added, words.Many(u.Added, "%s person is new.", "%s people are new."))
	add(u.Updated, words.Many(u.Updated, "%s row has changed.", "%s rows have changed."))
	add(u.Gone, words.Many(u.Gone, "%s person is not in it any more.", "%s people are not in it any more."))
	add(u.Same, words.Many(u.Same, "%s row is as it was.", "%s rows are as they were."))
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
		return words.Many(a.Days, "Set aside, also if called within %s day", "Set aside, also if called within %s days")
	case a.Running:
		return words.Say("Set aside||what happens")
	default:
		return words.Say("Call them here too")
	}
}

// PlansWords says of which day what is known of telephone numbers is.
func PlansWords() string {
	return words.Say("Numbering plans as of %s", words.Date(phone.MetadataDate().Local()))
}
