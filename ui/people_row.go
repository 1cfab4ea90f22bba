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
				p.decideRow(r)
			}
		})
}

func (p *peoplePage) decideRow(r view.PeopleRow) {
	width := widget.DialogWidth - 2*widget.Space6
	number := newField(p.w.key)
	number.SetPlaceHolder(words.Say("Another number"))
	body := widget.Stack(widget.Space3, widget.NewPara(widget.Body, r.Why, width))
	for _, line := range r.Found {
		body.Add(widget.NewPara(widget.Small, line, width).In(widget.Secondary))
	}
	body.Add(widget.AtLeast(0, widget.ControlHeight, number))
	decide := func(d contacts.Decision) {
		p.reread(p.plan.people.DecideRow(r.Row, d), func(next *peoplePage) { next.w.win.Canvas().Focus(next.grid) })
	}
	var asked *widget.Dialog
	use := func() {
		if text := strings.TrimSpace(number.Text); text != "" {
			asked.Close()
			decide(contacts.Decision{Number: text})
		}
	}
	number.OnSubmitted = func(string) { use() }
	choices := []widget.Choice{{Words: words.Say("Close"), Default: true}}
	if r.Contact.Status != campaign.Skipped {
		choices = append(choices, widget.Choice{Words: words.Say("Leave out"), Do: func() { decide(contacts.Decision{LeaveOut: true}) }})
	}
	for _, c := range r.Choices {
		choices = append(choices, widget.Choice{Words: c.Words, Do: func() { decide(c.Decision) }})
	}
	choices = append(choices, widget.Choice{Words: words.Say("Use number"), Kind: widget.Primary, Stay: true, Do: use})
	asked = p.w.ask(rowTitle(r), body, choices...)
	if r.Contact.Status == campaign.Skipped {
		p.w.win.Canvas().Focus(number)
	}
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
			p.w.say(words.Say("Saved as %s. Mend it there, then open it here.", filepath.Base(written)), "", nil)
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
		p.w.patiently(words.Say("Reading %s", filepath.Base(path)),
			func(ctx context.Context) { src, n, err = p.w.office.Mended(ctx, p.plan.people, path) },
			func() {
				switch {
				case err != nil:
					p.w.problem(words.Say("The mended file could not be read"), words.Say("The rows are still set aside; nobody is called because of this."), err)
				case n == 0:
					p.w.say(words.Say("No number in %s can be called yet", filepath.Base(path)), "", nil)
				default:
					p.reread(src, func(*peoplePage) { p.w.say(words.Many(n, "%s row mended", "%s rows mended"), "", nil) })
				}
			})
	})
}
