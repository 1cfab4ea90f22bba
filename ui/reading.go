package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// askReading asks how the file is to be read, where what was found out is not
// right. The rows on the page are the preview: they follow each choice.
func (p *peoplePage) askReading() {
	src := p.plan.people.Source()
	body := widget.Stack(widget.Space3)
	for _, f := range p.readingFields(&src) {
		body.Add(widget.Row(widget.Space3, widget.AtLeast(labelWidth, 0, widget.NewText(widget.Body, f.label)),
			widget.Grow(widget.AtLeast(widget.SearchWidth, widget.ControlHeight, f.choice))))
	}
	if p.plan.people.Import.Book.Format != campaign.FormatText {
		body.Add(widget.NewTick(words.Say("Leave out rows that are hidden or filtered away"), "", dialogRoom, nil).Toggles(src.Reading.Visible, func(on bool) { src.Reading.Visible = on }))
	}
	body.Add(widget.NewTick(words.Say("Set numbers of other countries aside"), "", dialogRoom, nil).Toggles(src.Options.Domestic, func(on bool) { src.Options.Domestic = on }))
	body.Add(widget.NewText(widget.Caption, view.PlansWords()).In(widget.Secondary))
	p.w.ask(words.Say("How the list is read"), body, widget.Choice{Words: words.Say("Cancel")},
		widget.Choice{Words: words.Say("Read again"), Kind: widget.Primary, Default: true, Do: func() { p.change(src, words.Say("List read in another way"), nil) }})
}

// labelWidth gives the labels of the choices one width.
const labelWidth = 7 * widget.SearchWidth / 8

// readingField is one choice about the file.
type readingField struct {
	label  string
	choice fyne.CanvasObject
}

func (p *peoplePage) readingFields(src *view.Source) []readingField {
	book := p.plan.people.Import.Book
	var fields []readingField
	if book.Format == campaign.FormatText {
		fields = append(fields, readingField{words.Say("Columns are separated by"), delimiters(book, src)}, readingField{words.Say("Letters"), encodings(book, src)})
	}
	if areas := areasOf(book, p.plan.draft().List.Sheet); len(areas) > 0 {
		fields = append(fields, readingField{words.Say("Part of the sheet"), areaChoice(areas, src)})
	}
	across := choose(view.AcrossChoices(), src.Options.Across, view.AcrossWords, func(a contacts.Across) { src.Options.Across = a })
	return append(fields, readingField{words.Say("Numbers are of"), regionChoice(src)}, readingField{words.Say("Found twice means"), sameChoice(src)},
		readingField{words.Say("In other campaigns"), across})
}

// delimiters chooses what separates the columns of a text.
func delimiters(book campaign.Book, src *view.Source) fyne.CanvasObject {
	all := []string{",", ";", "\t", "|"}
	if !slices.Contains(all, book.Delimiter) {
		all = append(all, book.Delimiter)
	}
	return choose(all, book.Delimiter, view.DelimiterWords, func(d string) { src.Reading.Delimiter = d })
}

// encodings chooses how its bytes are letters.
func encodings(book campaign.Book, src *view.Source) fyne.CanvasObject {
	return choose(campaign.Encodings(), book.Encoding, view.EncodingWords, func(e campaign.Encoding) { src.Reading.Encoding = e })
}

func areasOf(book campaign.Book, sheet string) []campaign.Area {
	return slices.DeleteFunc(slices.Clone(book.Areas), func(a campaign.Area) bool { return a.Sheet != sheet })
}

// areaChoice chooses a table or a range, or the whole sheet.
func areaChoice(areas []campaign.Area, src *view.Source) fyne.CanvasObject {
	whole := campaign.Area{}
	chosen := whole
	for _, a := range areas {
		if a.Name == src.Reading.Area {
			chosen = a
		}
	}
	return choose(append([]campaign.Area{whole}, areas...), chosen, view.AreaWords, func(a campaign.Area) { src.Reading.Area = a.Name })
}

// regionChoice chooses the country of numbers without a country code.
func regionChoice(src *view.Source) fyne.CanvasObject {
	return choose(view.Regions(), view.RegionOr(src.Options.Region), view.RegionWords, func(r view.Region) { src.Options.Region = r })
}

// sameChoice chooses what makes two rows the same person.
func sameChoice(src *view.Source) fyne.CanvasObject {
	return choose(view.SameChoices(), view.SameOf(src.Options.Same), view.SameWords, func(s view.SameChoice) { src.Options.Same = s.Same() })
}

// choose is a choice of one of all, in words.
func choose[T comparable](all []T, chosen T, words func(T) string, do func(T)) fyne.CanvasObject {
	options := make([]string, len(all))
	for i, one := range all {
		options[i] = words(one)
	}
	return widget.NewDrop(options, max(0, slices.Index(all, chosen)), func(at int) { do(all[at]) })
}
