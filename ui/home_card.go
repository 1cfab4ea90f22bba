package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// This file is a card of the first page, and what can be done with it.

// newCard makes a card that shows one campaign after another while the cards
// are scrolled.
func (p *homePage) newCard() widget.CardFace {
	name := widget.NewText(widget.CardTitle, "")
	sign, doubt := widget.ShapeSign(widget.NoShape), widget.ShapeSign(widget.ShapeDoubt)
	state, when := widget.NewText(widget.Body, "").Cut(), widget.NewText(widget.Caption, "").In(widget.Secondary)
	line, next := widget.NewText(widget.Caption, "").In(widget.Secondary), widget.NewHint(widget.Small, "")
	bar, tag := widget.NewProgress(), widget.Row(0, practiceTag())
	at := 0
	var more *widget.Button
	more = widget.NewButton(widget.Quiet, "", func() { p.menu(at, widget.Below(more)) }).With(widget.IconMore).Less().Called(words.Say("More about this campaign"))
	action := widget.NewButton(widget.Plain, "", func() { p.act(at) })
	content := widget.Inset(widget.Space2, widget.Space2, widget.Space3, widget.Space4, widget.Stack(widget.Space1,
		widget.Row(widget.Space2, widget.Grow(widget.NewWhole(name)), more),
		widget.Inset(0, widget.Space2, 0, 0, widget.Stack(widget.Space2,
			widget.Row(widget.Space2, sign, widget.Grow(widget.NewWhole(state)), when), bar,
			widget.Stack(widget.Space1, widget.NewWhole(line), tag))),
		widget.Gap(),
		widget.Inset(0, widget.Space2, 0, 0, widget.Row(widget.Space2, doubt, widget.Grow(next), action))))
	return widget.CardFace{Content: content, Fill: func(i int) {
		c := p.shown[i]
		at = i
		name.SetText(c.Name)
		sign.SetShape(widget.ShapeOfCampaign(c.Look))
		state.SetText(c.Words)
		when.SetText(c.When)
		bar.Set(c.Progress.Total, parts(c.Tally)...)
		line.SetText(c.Line)
		next.SetText(c.Next)
		action.Become(widget.NoIcon, c.Action)
		show(tag, c.Practice)
		show(doubt, c.Doubt)
		content.Refresh()
	}}
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// parts are the stretches of a bar, always in this order.
func parts(t campaign.Tally) []widget.Part {
	var all []widget.Part
	for _, s := range []campaign.Status{campaign.Reached, campaign.Machine, campaign.Unreached, campaign.Failed, campaign.Doubt} {
		all = append(all, widget.Part{Shape: widget.ShapeOf(s), Count: t[s]})
	}
	return all
}

// open shows a campaign where it is.
func (p *homePage) open(i int) {
	switch c := p.shown[i]; {
	case c.State == campaign.Draft:
		p.w.openDraft(c.ID)
	case c.State.Over():
		p.w.openCampaign(c.ID, stepResults)
	default:
		p.w.openCampaign(c.ID, stepLive)
	}
}

// act does what the card's button says.
func (p *homePage) act(i int) {
	switch c := p.shown[i]; c.Does {
	case view.HomeDecides:
		p.w.goDoubts()
	case view.HomeResumes:
		p.w.askStored(c.Campaign)
	default:
		p.open(i)
	}
}

// menu pops up what can be done with a campaign.
func (p *homePage) menu(i int, at fyne.Position) {
	c := p.shown[i]
	put := widget.MenuItem{Words: words.Say("Archive||verb"), Icon: widget.IconArchive, Disabled: c.Runs, Do: func() { p.archive(c, time.Now()) }}
	if c.Away {
		put.Words, put.Do = words.Say("Bring back"), func() { p.archive(c, time.Time{}) }
	}
	remove := widget.MenuItem{Words: words.Say("Remove…"), Grave: true, Icon: widget.IconClose, Keys: words.Say("Del||key"), Do: func() { p.remove(c) }}
	if c.State != campaign.Draft {
		remove.Words, remove.Disabled = words.Say("Delete with its results…"), !c.State.Over()
	}
	widget.PopUp(p.w.win.Canvas(), []widget.MenuItem{
		{Words: words.Say("Open||campaign"), Icon: widget.IconOpen, Keys: words.Say("Enter||key"), Do: func() { p.open(i) }},
		{Words: words.Say("Rename…"), Icon: widget.IconEdit, Keys: "F2", Do: func() { p.rename(c) }},
		{Words: words.Say("Duplicate"), Icon: widget.IconCopy, Do: func() { p.duplicate(c) }},
		put, {}, remove,
	}, at)
}

// cardKey gets the other keys at the chosen card.
func (p *homePage) cardKey(i int, e *fyne.KeyEvent) {
	switch c := p.shown[i]; {
	case e.Name == fyne.KeyF2:
		p.rename(c)
	case e.Name == fyne.KeyDelete && (c.State == campaign.Draft || c.State.Over()):
		p.remove(c)
	default:
		p.w.key(e)
	}
}

// change does something to the stored campaigns, and reads them anew.
func (p *homePage) change(problem string, do func(ctx context.Context) error, then func()) {
	var err error
	p.w.background(func() { err = do(p.w.ctx) }, func() {
		if err != nil {
			p.w.problem(problem, words.Say("Calls in progress are not touched by this."), err)
			return
		}
		p.w.goHome()
		then()
	})
}

// archive puts a campaign away at a time, or brings it back.
func (p *homePage) archive(c view.HomeCard, at time.Time) {
	said, back := words.Say("“%s” is in the archive", view.Brief(c.Name)), time.Time{}
	if at.IsZero() {
		said, back = words.Say("“%s” is back", view.Brief(c.Name)), time.Now()
	}
	do := func(at time.Time) func(context.Context) error {
		return func(ctx context.Context) error { return p.w.office.Store.Archive(ctx, c.ID, at) }
	}
	failed := words.Say("The campaign could not be put away")
	p.change(failed, do(at), func() {
		p.w.say(said, words.Say("Undo"), func() { p.change(failed, do(back), func() {}) })
	})
}

// rename asks for another name.
func (p *homePage) rename(c view.HomeCard) {
	name := newField(p.w.key)
	name.SetText(c.Name)
	note := nameNote(name)
	var asked *widget.Dialog
	take := func() {
		asked.Close()
		if to := view.NameOf(name.Text); to != "" && to != c.Name {
			p.w.rename(c.ID, to)
		}
	}
	name.OnSubmitted = func(string) { p.w.guard(take) }
	asked = p.w.ask(words.Say("What is this campaign called?"), widget.Stack(widget.Space2, widget.AtLeast(0, widget.ControlHeight, name), note),
		widget.Choice{Words: words.Say("Cancel")}, widget.Choice{Words: words.Say("Rename"), Kind: widget.Primary, Default: true, Stay: true, Do: take})
	p.w.win.Canvas().Focus(name)
	name.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// nameNote says below the field for a name when that is too long.
func nameNote(name *field) *widget.Para {
	note := widget.NewPara(widget.Caption, "", 0).In(widget.Danger)
	before := name.OnChanged
	tell := func(text string) {
		said := view.NameNote(text)
		note.SetText(said)
		show(note, said != "")
	}
	name.OnChanged = func(text string) {
		if before != nil {
			before(text)
		}
		tell(text)
	}
	tell(name.Text)
	return note
}

// rename gives a campaign another name, also while it is being called.
func (w *Window) rename(id campaign.ID, name string) {
	var err error
	w.background(
		func() {
			var c campaign.Campaign
			if c, err = w.office.Store.Campaign(w.ctx, id); err == nil {
				c.Name = name
				err = w.office.Store.Configure(w.ctx, c)
			}
		},
		func() {
			if err != nil {
				w.problem(words.Say("The campaign could not be renamed"), words.Say("Calls in progress are not touched by this."), err)
				return
			}
			if k := w.of(id); k != nil {
				k.campaign.Name = name
			}
			w.tell()
			w.goHome()
		})
}

func (p *homePage) duplicateLast() {
	if c, found := p.state.Newest(); found {
		p.duplicate(c)
	}
}

// duplicate makes a draft of a campaign's list, and goes on with it.
func (p *homePage) duplicate(c view.HomeCard) {
	w, name, total := p.w, p.state.CopyName(c.Name), c.Tally.Total()
	what := words.Say("Copying the list of “%s”", view.Brief(c.Name))
	told := func(rows int) {
		w.onUI(func() {
			if w.wait != nil && total > 0 {
				w.wait.tell(what, float64(rows)/float64(total))
			}
		})
	}
	var made campaign.Campaign
	var err error
	w.patiently(what,
		func(ctx context.Context) { made, err = w.office.Store.Duplicate(ctx, c.ID, name, told) },
		func() {
			if err != nil {
				w.problem(words.Say("The campaign could not be duplicated"), words.Say("Nobody is called because of this, and the campaign is as it was."), err)
				return
			}
			w.openDraft(made.ID)
			w.say(words.Say("“%s” is a draft", view.Brief(name)), words.Say("Undo"), func() { w.undo(made.ID) })
		})
}

// undo removes a draft without asking: it was made a moment ago.
func (w *Window) undo(id campaign.ID) {
	var err error
	w.background(func() { err = w.office.Store.Undo(w.ctx, id) }, func() {
		if err != nil {
			w.problem(words.Say("The draft could not be removed"), words.Say("Nobody is called because of this."), err)
			return
		}
		w.goHome()
	})
}

func (p *homePage) remove(c view.HomeCard) {
	if c.State == campaign.Draft {
		p.w.askRemove(c.Campaign)
		return
	}
	p.askDelete(c)
}

// askDelete deletes a campaign that is over, once it was said what is lost.
func (p *homePage) askDelete(c view.HomeCard) {
	lost, kept := c.Lost()
	width := widget.DialogWidth - 2*widget.Space6
	body := widget.Stack(widget.Space2, widget.NewPara(widget.Body, lost, width), widget.NewPara(widget.Body, kept, width).In(widget.Secondary))
	remove := func() {
		p.change(words.Say("The campaign could not be deleted"), func(ctx context.Context) error { return p.w.office.Store.Discard(ctx, c.ID) },
			func() { p.w.say(words.Say("“%s” is deleted", view.Brief(c.Name)), "", nil) })
	}
	p.w.ask(words.Say("Delete “%s” with its results?", view.Brief(c.Name)), body,
		widget.Choice{Words: words.Say("Delete"), Kind: widget.Grave, Do: remove},
		widget.Choice{Words: words.Say("Keep it"), Kind: widget.Primary, Default: true})
}

// askRemove removes a draft: its list was imported, and nobody was called.
func (w *Window) askRemove(c campaign.Campaign) {
	text := widget.NewPara(widget.Body, words.Say("Its list was imported and nobody has been called. The spreadsheet itself is not touched."), widget.DialogWidth-2*widget.Space6)
	w.ask(words.Say("Remove “%s”?", view.Brief(c.Name)), text,
		widget.Choice{Words: words.Say("Remove"), Kind: widget.Grave, Do: func() { w.undo(c.ID) }},
		widget.Choice{Words: words.Say("Keep it"), Kind: widget.Primary, Default: true})
}

// newCampaign asks how a campaign is to begin.
func (w *Window) newCampaign() {
	if w.office == nil {
		return
	}
	var asked *widget.Dialog
	offer := func(i widget.Icon, title, more string, do func()) *widget.Pick {
		return widget.NewOffer(i, title, more, func() {
			asked.Close()
			do()
		})
	}
	open := offer(widget.IconTable, words.Say("Open a spreadsheet…"), words.Say("Excel, OpenDocument or CSV; one row for each person"), w.chooseList)
	asked = w.ask(words.Say("Who is to be called?"), widget.Stack(0, open,
		offer(widget.IconCopy, words.Say("Paste a table"), words.Say("The cells you copied in a spreadsheet, headings too"), w.pasteList),
		offer(widget.IconPlay, words.Say("Try the sample"), words.Say("200 made-up appointments; no phone rings"), w.openSample),
		widget.Pad(widget.Space2, widget.Space3, widget.NewText(widget.Caption, words.Say("Or drop a spreadsheet anywhere in this window.")).In(widget.Secondary))),
		widget.Choice{Words: words.Say("Cancel")})
	w.win.Canvas().Focus(open)
}
