package ui

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// whenTry is the controls of one way in which a call may end.
type whenTry struct {
	row         view.TryRow
	more        *widget.Stepper
	after, when *widget.Drop
	again       *fyne.Container // what is shown if there are further calls
	final       *widget.Text    // and what if there are none
}

func (p *whenPage) triesCard() fyne.CanvasObject {
	list := widget.Stack(0)
	most := widget.NewStepper(p.state.Settings.Retry.Tries, 1, view.MostTries, func(n int) { p.state.SetTries(n); p.changed() }).
		Saying(func(n int) string { return words.Many(n, "%s call", "%s calls") }, words.Many(view.MostTries, "%s call", "%s calls"))
	shown := 0
	p.lists = append(p.lists, func() {
		if rows := p.state.TryRows(); len(rows) != shown {
			shown = len(rows)
			p.tries = p.tries[:0]
			var items []fyne.CanvasObject
			for _, r := range rows {
				items = append(items, widget.Rule(), p.tryLine(r))
			}
			emptied(list, items...)
			p.tellTries()
		}
	})
	beside := []fyne.CanvasObject{widget.Gap(), hint(words.Say("No more than")), most, hint(words.Say("a person"))}
	return titledCard(words.Say("If it does not work out"), beside, list)
}

// tryLine is how one way to end goes on.
func (p *whenPage) tryLine(r view.TryRow) fyne.CanvasObject {
	t := whenTry{row: r, final: hint(r.Says)}
	at := len(p.tries)
	change := func(f func(r view.TryRow)) {
		f(p.tries[at].row)
		p.changed()
	}
	t.more = widget.NewStepper(r.More, 0, view.MostTries, func(n int) { change(func(r view.TryRow) { p.state.SetMore(r, n) }) }).
		Saying(moreWords, moreWords(view.MostTries))
	t.after = widget.NewDrop([]string{""}, 0, func(i int) {
		change(func(r view.TryRow) { p.state.SetDelay(r, view.Delays(r.Delay)[i]) })
	})
	t.when = widget.NewDrop(view.TryWhens(), 0, func(i int) {
		change(func(r view.TryRow) { p.state.SetWhen(r, view.TryWhen(i)) })
	})
	t.again = widget.Row(widget.Space2, hint(words.Say("after")), control(widget.ChoiceWidth, t.after), control(widget.SideWidth, t.when))
	p.tries = append(p.tries, t)
	return widget.AtLeast(0, widget.FormRowHeight, widget.Row(widget.Space2, widget.ShapeSign(widget.ShapeOf(r.Status)),
		widget.Grow(widget.NewWhole(widget.NewText(widget.Body, r.Words))), t.more,
		widget.AtLeast(widget.ChoiceWidth+widget.SideWidth+widget.Space9, 0, widget.Stack(0, t.again, t.final))))
}

func moreWords(n int) string { return words.Many(n, "%s more", "%s more") }

func (p *whenPage) tellTries() {
	rows := p.state.TryRows()
	if len(rows) != len(p.tries) {
		return // the lines are made anew first
	}
	for i, r := range rows {
		t := &p.tries[i]
		t.row = r
		t.more.Set(min(r.More, p.state.Settings.Retry.Tries-1), 0, p.state.Settings.Retry.Tries-1)
		delays := view.Delays(r.Delay)
		t.after.Set(view.Spans(delays), slices.Index(delays, r.Delay))
		t.when.Set(view.TryWhens(), int(r.When))
		if r.More > 0 {
			t.again.Show()
			t.final.Hide()
		} else {
			t.again.Hide()
			t.final.Show()
		}
	}
}

// delayDrop chooses a length of time.
func delayDrop(d time.Duration, chosen func(time.Duration)) *widget.Drop {
	delays := view.Delays(d)
	return widget.NewDrop(view.Spans(delays), slices.Index(delays, d), func(at int) { chosen(delays[at]) })
}
