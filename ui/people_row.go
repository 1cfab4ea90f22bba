package ui

import (
	"context"
	"path/filepath"
	"strings"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// askRow asks what is to become of one row of the list, and shows who else is
// the same.
func (p *peoplePage) askRow(row int) {
	p.aboutRow(row, func(r view.PeopleRow) { p.decideRow(r, "") })
}

// editRow asks for another number of a row, beginning with the one it has.
func (p *peoplePage) editRow(row int) {
	p.aboutRow(row, func(r view.PeopleRow) { p.decideRow(r, r.Number) })
}

// aboutRow finds out everything about a row, if it is loaded.
func (p *peoplePage) aboutRow(row int, then func(view.PeopleRow)) {
	r, held := p.plan.people.RowOf(row)
	if !held {
		return
	}
	var group []campaign.Contact
	var err error
	p.w.background(
		func() {
			group, err = p.w.office.Store.Duplicates(p.w.ctx, r.Contact.Campaign, r.Row)
		},
		func() {
			if !p.failed(err) {
				r.Found = append(r.Found, p.plan.people.GroupWords(r.Row, group)...)
				then(r)
			}
		})
}

// dialogRoom is the width of what stands in a question.
const dialogRoom = widget.DialogWidth - 2*widget.Space6

// decideRow asks about a row; with a number that is to be edited.
func (p *peoplePage) decideRow(r view.PeopleRow, edited string) {
	shape := widget.ShapeReady
	if r.Contact.Status == campaign.Skipped {
		shape = widget.ShapeSkipped
	}
	body := widget.Stack(widget.Space3, widget.Columns(widget.Space2, widget.NoteSign(shape),
		widget.NewPara(widget.Body, r.Why, dialogRoom-widget.Space6)))
	for _, line := range r.Found {
		body.Add(widget.NewPara(widget.Small, line, dialogRoom).In(widget.Secondary))
	}
	var asked *widget.Dialog
	decide := func(d contacts.Decision, did string) {
		asked.Close()
		p.tell(p.plan.people.DecideRow(r.Row, d), did)
	}
	for _, c := range r.Choices {
		did := words.Say("Row %s: %s", view.Count(r.Row), c.Words)
		body.Add(widget.Row(0, widget.NewButton(widget.Plain, c.Words, func() { decide(c.Decision, did) })))
	}
	number := newField(p.w.key)
	number.SetPlaceHolder(words.Say("As it is dialled here, or with the country code"))
	number.SetText(edited)
	use := func() {
		if text := strings.TrimSpace(number.Text); text != "" {
			decide(contacts.Decision{Number: text}, words.Say("Row %s: number typed in", view.Count(r.Row)))
		}
	}
	number.OnSubmitted = func(string) { use() }
	body.Add(widget.Stack(widget.Space1, widget.NewText(widget.Small, words.Say("Another number")), widget.AtLeast(0, widget.ControlHeight, number)))
	choices := []widget.Choice{{Words: words.Say("Close"), Default: true}}
	if r.Contact.Why.Code != campaign.CodeExcluded {
		choices = append(choices, widget.Choice{Words: words.Say("Leave out"), Stay: true, Do: func() {
			decide(contacts.Decision{LeaveOut: true}, view.DoneWords(view.PeopleLeaveOut, 1))
		}})
	}
	choices = append(choices, widget.Choice{Words: words.Say("Use number"), Kind: widget.Primary, Stay: true, Do: use})
	asked = p.w.ask(rowTitle(r), body, choices...)
	if r.Contact.Status == campaign.Skipped || edited != "" {
		p.w.win.Canvas().Focus(number)
	}
}

// askRows asks what is to become of several rows.
func (p *peoplePage) askRows(rows view.PeopleRows) {
	body := widget.Stack(widget.Space2, widget.NewPara(widget.Body, rows.Words(), dialogRoom))
	var asked *widget.Dialog
	for _, act := range acts() {
		about := rows.About(act)
		if len(about) == 0 {
			continue
		}
		body.Add(widget.Row(0, widget.NewButton(widget.Plain, view.ActManyWords(act, len(about)), func() {
			asked.Close()
			p.tell(p.plan.people.Act(act, about), view.DoneWords(act, len(about)))
		})))
	}
	asked = p.w.ask(words.Many(rows.Len(), "%s row is selected", "%s rows are selected"), body, widget.Choice{Words: words.Say("Close"), Default: true})
}

func rowTitle(r view.PeopleRow) string {
	if r.Contact.Name == "" {
		return words.Say("Row %s", view.Count(r.Row))
	}
	return words.Say("Row %s, %s||number, name", view.Count(r.Row), r.Contact.Name)
}

// saveRejects writes the rows that were set aside to a workbook in which they
// can be mended.
func (p *peoplePage) saveRejects() {
	c := *p.plan.draft()
	p.w.chooseSave(words.Say("Save what was set aside"), view.RejectsName(c), func(path string) {
		var written string
		var err error
		p.w.patiently(words.Say("Saving"), func(ctx context.Context) { written, err = p.w.app.WriteRejects(ctx, path, p.w.office.Store, c.ID) }, func() {
			if err != nil {
				p.w.problem(words.Say("It could not be saved"), words.Say("The rows are still set aside here; nobody is called because of this."), err)
				return
			}
			p.w.say(words.Say("Saved as %s. Mend it there, then open it here.", view.Brief(filepath.Base(written))), "", nil)
		})
	})
}

// chooseMended asks for such a workbook once it is mended, and takes the
// numbers in it.
func (p *peoplePage) chooseMended() {
	p.w.chooseFile(words.Say("Bring in a mended file"), listTypes(), func(path string) {
		var src view.Source
		var n int
		var err error
		p.w.patiently(words.Say("Reading %s", view.Brief(filepath.Base(path))),
			func(ctx context.Context) { src, n, err = p.w.office.Mended(ctx, p.plan.people, path) },
			func() {
				switch {
				case err != nil:
					p.w.problem(words.Say("The mended file could not be read"), words.Say("The rows are still set aside; nobody is called because of this."), err)
				case n == 0:
					p.w.say(words.Say("No number in %s can be called yet", view.Brief(filepath.Base(path))), "", nil)
				default:
					p.change(src, words.Many(n, "%s row mended", "%s rows mended"), func(*peoplePage) { p.w.say(words.Many(n, "%s row mended", "%s rows mended"), "", nil) })
				}
			})
	})
}
