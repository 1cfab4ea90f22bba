package sheet

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"rollcall/campaign"
)

// kinds are files that are no list, by what they begin with.
func kinds() []struct{ begins, kind string } {
	return []struct{ begins, kind string }{
		{"%PDF", "a PDF"},
		{"{\\rtf", "a text document (.rtf)"},
		{"\x89PNG\r\n", "a picture"},
		{"\xFF\xD8\xFF", "a picture"},
		{"GIF8", "a picture"},
		{"II*\x00", "a picture"},
		{"MM\x00*", "a picture"},
		{"RIFF", "a picture, a sound or a film"},
		{"\x7FELF", "a program"},
		{"\xCF\xFA\xED\xFE", "a program"},
		{"\xCA\xFE\xBA\xBE", "a program"},
		{"\x1F\x8B", "an archive (.gz), to be unpacked first"},
		{"7z\xBC\xAF\x27\x1C", "an archive (.7z), to be unpacked first"},
		{"Rar!\x1A\x07", "an archive (.rar), to be unpacked first"},
		{"BZh", "an archive (.bz2), to be unpacked first"},
		{"\xFD7zXZ", "an archive (.xz), to be unpacked first"},
		{"\x28\xB5\x2F\xFD", "an archive (.zst), to be unpacked first"},
		{"PK\x05\x06", "an empty archive"},
		{"SQLite format 3", "a database"},
		{"\x00\x01\x00\x00Standard ", "an Access database"},
		{"BEGIN:VCARD", "a file of visiting cards (.vcf)"},
		{"BEGIN:VCALENDAR", "a calendar"},
		{"MIME-Version:", "a web archive or a mail"},
		{"ID;PWXL", "a SYLK file (.slk)"},
		{"ID;PSCALC", "a SYLK file (.slk)"},
		{"bplist00", "a property list"},
	}
}

// json is how a list of objects or of lists begins.
var json = regexp.MustCompile(`^(\{\s*("[^"]*"\s*:|\}\s*$)|\[\s*[\[{])`)

// page is how a web page begins.
var page = regexp.MustCompile(`(?i)^(<html|<!doctype html|<table|<meta|<head|<body|<div|<style|<center|<thead|<tr\b)`)

// textual tells what a file is that is no archive of any kind.
func textual(head []byte) (campaign.Format, error) {
	refuse := func(kind string) (campaign.Format, error) {
		return "", &campaign.FileError{Fault: campaign.FaultFormat, Kind: kind}
	}
	for _, k := range kinds() {
		if bytes.HasPrefix(head, []byte(k.begins)) {
			return refuse(k.kind)
		}
	}
	encoding := marked(head)
	if zeros := bytes.Count(head, []byte{0}); zeros*100 > len(head) && encoding != utf16little && encoding != utf16big && !unwritten(head) {
		return refuse(nameless(head))
	}
	if encoding != "" {
		head, _ = encodingOf(encoding).NewDecoder().Bytes(head) // what is wrong in it shows later
	}
	text := uncommented(strings.TrimPrefix(string(head), "\ufeff"))
	switch {
	case page.MatchString(text):
		return campaign.FormatHTML, nil
	case strings.HasPrefix(text, "<?xml"), strings.HasPrefix(text, "<Workbook"):
		return markup(text)
	case json.MatchString(text):
		return refuse("a file of JSON data")
	default:
		return campaign.FormatText, nil
	}
}

// unwritten tells whether text is followed by zeros alone: it is a list whose
// end was never written.
func unwritten(head []byte) bool {
	text := bytes.TrimRight(head, "\x00")
	return bytes.IndexByte(text, 0) < 0 && bytes.ContainsAny(text, "\r\n")
}

// nameless names what has zeros in it.
func nameless(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("MZ")):
		return "a program"
	case bytes.HasPrefix(head, []byte("BM")), len(head) > 12 && string(head[4:8]) == "ftyp":
		return "a picture or a film"
	default:
		return "no list in text"
	}
}

// uncommented cuts blanks and comments off the beginning of a page.
func uncommented(text string) string {
	for {
		text = strings.TrimLeft(text, " \t\r\n")
		rest, found := strings.CutPrefix(text, "<!--")
		if !found {
			return text
		}
		if _, text, found = strings.Cut(rest, "-->"); !found {
			return rest
		}
	}
}

// markup tells the kinds of XML apart by their first element.
func markup(text string) (campaign.Format, error) {
	switch name := root(text); {
	case name == "Workbook":
		return campaign.FormatXML, nil
	case strings.EqualFold(name, "html"), strings.EqualFold(name, "table"):
		return campaign.FormatHTML, nil
	}
	return "", &campaign.FileError{Fault: campaign.FaultFormat, Kind: "an XML file"}
}

var element = regexp.MustCompile(`<(?:[\w.-]+:)?([\w.-]+)[\s/>]`)

// root is the name of the first element, without its prefix; empty if there
// is none.
func root(text string) string {
	if m := element.FindStringSubmatch(text); m != nil && utf8.ValidString(m[1]) {
		return m[1]
	}
	return ""
}
