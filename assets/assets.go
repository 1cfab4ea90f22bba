// Package assets holds the files that are part of the program: the icon, the
// sample lists and call flows, the guide, the translations of its texts, and
// the list of changes.
//
// The samples are there to see the program work before one's own list is
// ready: clinic.xlsx, 200 made-up appointments with the damage that
// spreadsheets do to telephone numbers, school.csv, as a European Excel saves
// it, dnc.csv, numbers not to be called, and the flows reminder.vxml,
// notice.vxml and survey.vxml. All people in them are made up, and all numbers
// end in 555-0100 to 555-0199, which belong to nobody.
//
// Lists and icon are made by committed programs; run "go generate ./assets"
// after a change to one of them.
package assets

import (
	"embed"
	"io/fs"
)

//go:generate go run ./samples/generate -out samples
//go:generate go run ./icon/generate -out icon

//go:embed samples/*.xlsx samples/*.csv samples/*.vxml
//go:embed icon/icon.png
//go:embed translations/*.json
//go:embed changelog.md
//go:embed guide/*/*.md
var files embed.FS

// Version is the program's, as in FyneApp.toml.
const Version = "0.1.0"

// Names of the samples in [Samples].
const (
	SampleList      = "clinic.xlsx"   // 200 appointments
	SampleDoNotCall = "dnc.csv"       // five numbers, three of them on the list
	SampleFlow      = "reminder.vxml" // fits the columns of the list
)

// Samples returns the sample lists and flows, by their bare names.
func Samples() fs.FS {
	sub, err := fs.Sub(files, "samples")
	if err != nil { // the name is a constant and valid
		return files
	}
	return sub
}

// Icon returns the program's icon as a PNG of 512 pixels.
func Icon() []byte { return read("icon/icon.png") }

// Guide returns the chapters of the guide, a folder for each language, named by
// its two letters; names of chapters begin with the number of their place.
// Their form is what the program's own reader takes: a heading, further
// headings, paragraphs, lists with "-" or "1.", and items with a term, "- **Term**:
// text".
func Guide() fs.FS {
	sub, err := fs.Sub(files, "guide")
	if err != nil { // the name is a constant and valid
		return files
	}
	return sub
}

// Changelog returns what changed in each version, in Markdown.
func Changelog() string { return string(read("changelog.md")) }

// Translation returns the texts of a language, by its two letters, as JSON;
// nothing for English and a language that is not there.
func Translation(language string) []byte { return read("translations/" + language + ".json") }

// read returns a fresh copy of an embedded file.
func read(name string) []byte {
	data, err := files.ReadFile(name)
	if err != nil { // the name is a constant, embedding it is checked when building
		return nil
	}
	return data
}
