package view

import (
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// This file keeps names to a length that has room: in a folder, on a page, in a
// sentence.

// NameMost is how long the name of a campaign may be, in characters.
const NameMost = 80

// fileMost is how long a proposed name of a file may be, in bytes: less than
// every file system takes, so that a number or an ending can follow.
const fileMost = 120

// briefMost is how long a name may be within a sentence, in characters.
const briefMost = 40

// NameOf is the name of a campaign that a person typed, or a file gives it:
// without spaces at its ends, and no longer than allowed.
func NameOf(typed string) string { return cutRunes(strings.TrimSpace(typed), NameMost) }

// NameNote says that the name typed is too long, and what is done about it;
// empty if it is not.
func NameNote(typed string) string {
	n := utf8.RuneCountInString(strings.TrimSpace(typed))
	if n <= NameMost {
		return ""
	}
	return words.Say("A name has at most %s characters; this one has %s. Its end is left out.", Count(NameMost), Count(n))
}

// Brief is a name for a sentence: one that is long has … in its middle, so that
// the number of a copy and the ending of a file are seen.
func Brief(name string) string {
	const head, tail = 28, 11
	runes := []rune(name)
	if len(runes) <= briefMost {
		return name
	}
	return strings.TrimRight(string(runes[:head]), " ") + "…" + strings.TrimLeft(string(runes[len(runes)-tail:]), " ")
}

// numbered is base with a number after it, which is never cut.
func numbered(base, number string) string {
	number = " (" + number + ")"
	return cutRunes(base, NameMost-utf8.RuneCountInString(number)) + number
}

var copied = regexp.MustCompile(`^(.*\S)\s*\((\d+)\)$`)

// cutRunes is a text of at most so many characters.
func cutRunes(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return strings.TrimSpace(string(runes[:most]))
	}
	return text
}

// cutBytes is a text of at most so many bytes, with no character cut in two.
func cutBytes(text string, most int) string {
	if len(text) <= most {
		return text
	}
	most = max(most, 0)
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return strings.TrimSpace(text[:most])
}

// The names under which files are offered.

// ReportName is that of a result workbook.
func ReportName(c campaign.Campaign) string {
	return proposed(c.Name, ".xlsx", func(name string) string { return words.Say("%s – results", name) })
}

// PrintName is that of a report to print.
func PrintName(c campaign.Campaign) string {
	return proposed(c.Name, ".pdf", func(name string) string { return words.Say("%s – report", name) })
}

// PlainName is that of a plain table.
func PlainName(c campaign.Campaign) string {
	return proposed(c.Name, ".csv", func(name string) string { return words.Say("%s – results", name) })
}

// OwnName is that of a copy of the user's own file.
func OwnName(c campaign.Campaign) string {
	ending := filepath.Ext(c.List.File)
	name := strings.TrimSuffix(filepath.Base(c.List.File), ending)
	return proposed(name, strings.ToLower(ending), func(name string) string { return words.Say("%s with results", name) })
}

// proposed is a name of a file that says something of a name, which is cut as far
// as need be.
func proposed(name, ending string, say func(name string) string) string {
	room := fileMost - len(say("")) - len(ending)
	return fileName(say(cutBytes(fileName(name), room))) + ending
}

func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || unicode.IsControl(r) {
			return '-'
		}
		return r
	}, name)
}

// WithExtension adds .xlsx where a person left it away.
func WithExtension(path string) string { return WithEnding(path, ".xlsx") }

// WithEnding adds an ending where a person left it away, and shortens the name
// of the file before its ending where it is too long for a folder.
func WithEnding(path, ending string) string {
	if own := filepath.Ext(path); own != "" && len(path) > len(own) && len(own) <= longestEnding {
		path, ending = strings.TrimSuffix(path, own), own
	}
	folder, name := filepath.Split(path)
	return folder + cutBytes(name, fileMost-len(ending)) + ending
}

// longestEnding is how long what follows the last dot of a name can be, in
// bytes, to be the ending of a file and not a part of a sentence.
const longestEnding = 10
