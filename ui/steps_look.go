package ui

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// This file is the steps before Live, looked at after a campaign has started.

// lookPage shows how a campaign that has started came about. Nothing is changed
// on it.
type lookPage struct {
	w    *Window
	c    campaign.Campaign
	body fyne.CanvasObject
}

// lookBack reads a campaign and shows a step that it is past.
func (w *Window) lookBack(id campaign.ID, step int) {
	var c campaign.Campaign
	var im contacts.Import
	var tally campaign.Tally
	var message view.MessagePage
	var err error
	w.background(
		func() {
			if c, err = w.office.Store.Campaign(w.ctx, id); err != nil {
				return
			}
			switch step {
			case stepPeople:
				if im, err = w.office.Store.ImportOf(w.ctx, id); err == nil {
					tally, err = w.office.Store.Tally(w.ctx, id)
				}
			case stepMessage:
				message = w.office.Message(w.ctx, c.Flow.Source, c.List.Columns)
			}
		},
		func() {
			if k := w.of(id); k != nil {
				c.State = k.campaign.State
			} else {
				c = view.AtRest(c)
			}
			switch {
			case errors.Is(err, context.Canceled):
			case err != nil:
				w.problem(words.Say("The campaign could not be read"), words.Say("Calls in progress are not touched by this."), err)
			case step == stepPeople:
				w.show(newLook(w, c, step, peopleLook(c, im, tally)))
			case step == stepMessage:
				w.show(newLook(w, c, step, messageLook(w.app, c, message)))
			case step == stepWhen:
				w.show(newWhenStarted(w, c))
			default:
				w.openCheckOf(c)
			}
		})
}

func newLook(w *Window, c campaign.Campaign, step int, card fyne.CanvasObject) *lookPage {
	p := &lookPage{w: w, c: c}
	live := widget.NewButton(widget.Primary, words.Say("Live"), p.back).Then(widget.IconNext)
	content := widget.Pad(widget.Space4, widget.Space4, widget.AtMost(widget.FormWidth, widget.Stack(0, card)))
	p.body = widget.Stack(0, startedHeader(c), campaignSteps(w, c, step), widget.Grow(widget.Scroll(content)),
		widget.Foot(widget.NewText(widget.Body, words.Say("Fixed since the campaign was started")).In(widget.Secondary), widget.Gap(), live))
	return p
}

// fact is a line of what is known: what it is, and how it stands.
func fact(label, text string) fyne.CanvasObject {
	return widget.AtLeast(0, widget.GridRowHeight, widget.Row(widget.Space3, widget.AtLeast(widget.SideWidth, 0, hint(label)),
		widget.Grow(widget.NewWhole(widget.NewText(widget.Body, text)))))
}

func peopleLook(c campaign.Campaign, im contacts.Import, tally campaign.Tally) fyne.CanvasObject {
	items := []fyne.CanvasObject{fact(words.Say("List"), filepath.Base(c.List.File))}
	if c.List.Sheet != "" {
		items = append(items, fact(words.Say("Sheet"), c.List.Sheet))
	}
	items = append(items, fact(words.Say("Rows"), words.Number(tally.Total())))
	for _, s := range campaign.Statuses() {
		if n := tally[s]; n > 0 {
			items = append(items, widget.AtLeast(0, widget.GridRowHeight, widget.Row(widget.Space3,
				widget.AtLeast(widget.SideWidth, 0, widget.Row(widget.Space2, widget.ShapeSign(widget.ShapeOf(s)), widget.NewText(widget.Body, words.Status(s)))),
				widget.NewText(widget.Body, words.Number(n)))))
		}
	}
	for _, col := range im.Summary.Columns {
		if col.Role != contacts.Own {
			items = append(items, fact(view.RoleWords(col.Role), words.Say("column “%s”", col.Name)))
		}
	}
	return titledCard(words.Say("Who is called"), nil, items...)
}

func messageLook(a *view.App, c campaign.Campaign, m view.MessagePage) fyne.CanvasObject {
	items := []fyne.CanvasObject{fact(words.Say("Message"), a.FlowTitle(c.Flow.Source)), fact(words.Say("From"), c.Flow.Source)}
	if builtHere(c.Flow.Source) {
		items = append(items[:1], fact(words.Say("Greeting"), view.ShownLine(m.Built.Greeting)))
	}
	if len(m.Result.Columns) > 0 {
		items = append(items, fact(words.Say("Columns it uses"), words.And(m.Result.Columns)))
	}
	if what, how := m.Blocked(); what != "" {
		items = append(items, widget.Note(widget.BadSoft, widget.Stack(widget.Space1, widget.NewText(widget.BodyBold, what).Cut(), widget.NewText(widget.Small, how).Cut())))
	}
	return titledCard(words.Say("What they hear"), nil, items...)
}

func (p *lookPage) back() { p.w.openCampaign(p.c.ID, stepLive) }

func (p *lookPage) content() fyne.CanvasObject  { return p.body }
func (p *lookPage) campaign() campaign.Campaign { return p.c }

func (p *lookPage) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter:
		p.back()
	default: // other keys mean nothing here
	}
}
