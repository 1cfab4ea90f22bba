package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign/phone"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// addForm adds a number, or several that follow each other, to the list.
type addForm struct {
	p      *doNotCallPage
	number *field
	why    *field          // for a reason of their own
	day    *field          // for a day of their own
	ownWhy *fyne.Container // around them
	ownDay *fyne.Container
	sign   *widget.Sign
	note   *widget.Para
	notes  *fyne.Container
	add    *widget.Button
	whys   *widget.Drop
	untils *widget.Drop

	typed  view.Typed
	reason string
	until  view.UntilChoice
	asked  int // counts what was typed, so that late answers are not shown
}

func newAddForm(p *doNotCallPage) *addForm {
	f := &addForm{p: p, number: newField(p.w.key), why: newField(p.w.key), day: newField(p.w.key)}
	f.number.SetPlaceHolder(words.Say("(312) 555-0142 or a range"))
	f.why.SetPlaceHolder(words.Say("In your own words"))
	f.day.SetPlaceHolder("2027-04-01")
	f.sign = widget.IconSign(widget.IconWarning, widget.Danger)
	f.note = widget.NewPara(widget.Small, "", widget.DetailsWidth-4*widget.Space4-2*widget.Space6)
	f.notes = widget.Row(widget.Space2, f.sign, f.note)
	f.add = widget.NewButton(widget.Primary, words.Say("Add||to the list"), f.submit)
	f.number.OnChanged = func(string) { f.tell() }
	f.number.OnSubmitted = func(string) { f.submit() }
	f.why.OnChanged = func(text string) { f.reason = text }
	f.why.OnSubmitted = f.number.OnSubmitted
	f.day.OnChanged = func(string) { f.tell() }
	f.day.OnSubmitted = f.number.OnSubmitted
	f.whys, f.untils = f.reasons(), f.ends()
	f.ownWhy, f.ownDay = widget.AtLeast(0, widget.ControlHeight, f.why), widget.AtLeast(0, widget.ControlHeight, f.day)
	f.ownWhy.Hide()
	f.ownDay.Hide()
	f.tell()
	return f
}

// reasons are those often given, none, and one of their own.
func (f *addForm) reasons() *widget.Drop {
	choices := view.WhyChoices()
	options := append([]string{words.Say("No reason given")}, append(choices, words.Say("Another reason…"))...)
	return widget.NewDrop(options, 0, func(at int) {
		f.reason = ""
		own := at == len(options)-1
		show(f.ownWhy, own)
		switch {
		case own:
			f.reason = f.why.Text
			f.p.w.win.Canvas().Focus(f.why)
		case at > 0:
			f.reason = choices[at-1]
		}
		f.p.body.Refresh()
	})
}

// ends are the days until which it may hold.
func (f *addForm) ends() *widget.Drop {
	choices := view.UntilChoices(time.Now())
	var options []string
	for _, c := range choices {
		options = append(options, c.Words)
	}
	options = append(options, words.Say("Another day…"))
	return widget.NewDrop(options, 0, func(at int) {
		own := at == len(choices)
		show(f.ownDay, own)
		if own {
			f.p.w.win.Canvas().Focus(f.day)
		} else {
			f.until = choices[at]
		}
		f.tell()
	})
}

func (f *addForm) card() fyne.CanvasObject {
	label := func(text string) fyne.CanvasObject { return widget.NewText(widget.Small, text) }
	tall := func(o fyne.CanvasObject) fyne.CanvasObject { return widget.AtLeast(0, widget.ControlHeight, o) }
	number := widget.Stack(widget.Space1, label(words.Say("Number or range")), tall(f.number), f.notes)
	why := widget.Stack(widget.Space1, label(words.Say("Why")), tall(f.whys), f.ownWhy)
	until := widget.Stack(widget.Space1, label(words.Say("Until||the last day")), tall(f.untils), f.ownDay)
	hint := widget.NewPara(widget.Caption, words.Say("Looked up at the moment of every call, also for later tries that are already planned."),
		widget.DetailsWidth-4*widget.Space4).In(widget.Secondary)
	return widget.Card(widget.Pad(widget.Space4, widget.Space4, widget.Stack(widget.Space3,
		widget.NewText(widget.CardTitle, words.Say("Add a number")), number, why, until,
		widget.Row(0, widget.Gap(), f.add), widget.Rule(), hint)))
}

// tell checks what was typed so far.
func (f *addForm) tell() {
	f.typed = view.ReadTyped(f.number.Text, f.p.state.Region)
	wrong := f.typed.Wrong
	if wrong == "" && f.ownDay.Visible() && f.day.Text != "" {
		if _, ok := view.ReadDay(f.day.Text, time.Now()); !ok {
			wrong = words.Say("Write the day as 2027-04-01, in the future")
		}
	}
	f.say(wrong, widget.Danger)
	if f.typed.Ready && wrong == "" && (!f.ownDay.Visible() || f.day.Text != "") {
		f.add.Enable()
	} else {
		f.add.Disable()
	}
	f.asked++
	if number := f.typed.Single(); number != "" && wrong == "" {
		f.lookUp(number, f.asked)
	}
}

func (f *addForm) say(text string, tone widget.Token) {
	f.note.In(tone).SetText(text)
	show(f.notes, text != "")
	show(f.sign, tone == widget.Danger)
	f.notes.Refresh()
	if f.p.body != nil {
		f.p.body.Refresh()
	}
}

// lookUp tells if a number is on the list already.
func (f *addForm) lookUp(number phone.Number, asked int) {
	var known view.WhyNumber
	var err error
	f.p.w.background(
		func() { known, err = f.p.w.office.WhyNot(f.p.w.ctx, number, time.Now()) },
		func() {
			if err == nil && asked == f.asked && !known.Free {
				f.say(words.Say("On the list already. %s", known.Why[0]), widget.Secondary)
			}
		})
}

// expires is when it is to end.
func (f *addForm) expires() time.Time {
	if f.ownDay.Visible() {
		day, _ := view.ReadDay(f.day.Text, time.Now())
		return day
	}
	return f.until.Expires(time.Now())
}

// submit adds what was typed in.
func (f *addForm) submit() {
	if f.add.Disabled() {
		return
	}
	w, typed, reason, until := f.p.w, f.typed, f.reason, f.expires()
	var undo view.Undo
	var err error
	w.background(
		func() { undo, err = w.office.AddTyped(w.ctx, typed, reason, until) },
		func() {
			if err != nil {
				w.problem(words.Say("The number could not be added"), words.Say("It may still be called. Try again, or add it to your spreadsheet’s own do-not-call column."), err)
				return
			}
			f.number.SetText("")
			f.p.reread()
			w.say(words.Say("%s is not called from now on", typed.Words(f.p.state.Region)), words.Say("Undo"), func() { f.p.undo(undo) })
			w.win.Canvas().Focus(f.number)
		})
}

// undo takes something back.
func (p *doNotCallPage) undo(undo view.Undo) {
	var err error
	p.w.background(
		func() { err = undo(p.w.ctx) },
		func() {
			if err != nil {
				p.w.problem(words.Say("It could not be undone"), words.Say("The list is as it was after the change."), err)
				return
			}
			p.reread()
			p.w.say(words.Say("Undone"), "", nil)
		})
}
