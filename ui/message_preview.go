package ui

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/flow/built"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// preview is the message as somebody of the list hears it: a talk, up to where
// it is not decided what they do.
type preview struct {
	m    *messagePage
	body fyne.CanvasObject

	rows    *rowChooser
	scroll  *widget.Scroller
	talk    *fyne.Container
	could   *widget.Text
	does    *fyne.Container
	replies []string
	asked   int             // number of the newest run
	ctx     context.Context //nolint:containedctx // ends with the page
	cancel  context.CancelFunc
}

func newPreview(m *messagePage) *preview {
	p := &preview{m: m, talk: widget.Stack(widget.Space3), could: widget.NewText(widget.Small, "").In(widget.Secondary), does: widget.Lines(widget.Space2)}
	p.ctx, p.cancel = context.WithCancel(m.w.ctx)
	p.rows = newRowChooser(m.w, m.plan.draft().ID, p.again)
	p.scroll = widget.Scroll(widget.Inset(widget.Space3, widget.Space4, widget.Space3, widget.Space4, p.talk))
	head := widget.Pad(widget.Space3, widget.Space4, widget.Row(widget.Space3, widget.NewText(widget.CardTitle, words.Say("As heard by")), widget.Gap(), p.rows.body))
	try := widget.NewButton(widget.Plain, words.Say("Try it on a phone…"), m.tryIt).With(widget.IconPhone)
	does := widget.Pad(widget.Space3, widget.Space4, widget.Stack(widget.Space2, p.could, p.does))
	foot := widget.Pad(widget.Space3, widget.Space4, widget.Row(widget.Space3, try))
	p.body = widget.Card(widget.Stack(0, head, widget.Rule(), widget.Grow(p.scroll), widget.Rule(), does, widget.Rule(), foot))
	return p
}

// open reads whose row it is heard by, and plays.
func (p *preview) open() { p.rows.open() }

// again plays from the start.
func (p *preview) again() {
	p.replies = nil
	p.run()
}

// reply plays on, after what the person called does now.
func (p *preview) reply(what string) {
	p.replies = append(p.replies, what)
	p.run()
}

// run plays the message up to where nothing more is decided.
func (p *preview) run() {
	if p.ctx.Err() != nil { // the page was left, and is there again
		p.ctx, p.cancel = context.WithCancel(p.m.w.ctx)
	}
	p.asked++
	asked, heard, replies := p.asked, p.heard(), slices.Clone(p.replies)
	if p.unwritten() {
		p.show(view.Talk{}, nil)
		return
	}
	var talk view.Talk
	var err error
	p.m.w.background(
		func() { talk, err = p.m.w.office.Preview(p.ctx, heard, replies) },
		func() {
			if asked == p.asked && !errors.Is(err, context.Canceled) {
				p.show(talk, err)
			}
		})
}

// unwritten tells whether there is nothing yet that anybody could hear.
func (p *preview) unwritten() bool {
	message := p.m.plan.message
	return message.Source == "" || !message.File && slices.ContainsFunc(message.Found, func(f built.Finding) bool {
		return f.Problem == built.Empty && f.Field == built.InGreeting
	})
}

// heard is which message is heard by whom.
func (p *preview) heard() view.Heard {
	return view.Heard{Source: p.m.plan.message.Source, Columns: p.m.columns(), Person: p.rows.rows.Row}
}

// show shows a talk, and what could come next in it.
func (p *preview) show(talk view.Talk, err error) {
	first := p.heard().First()
	var lines []fyne.CanvasObject
	for i, l := range talk.Lines {
		lines = append(lines, talkLine(l, first, "", i == len(talk.Lines)-1, p.talk.Size().Width))
	}
	if err != nil {
		lines = append(lines, signed(widget.IconWarning, widget.Danger, words.Say("It goes no further here: %s", err.Error())))
	}
	if len(lines) == 0 {
		lines = append(lines, widget.NewPara(widget.Body, words.Say("Write something, and hear here what people will hear."), widget.PreviewWidth-2*widget.Space6).In(widget.Secondary))
	}
	p.talk.Objects = lines
	p.talk.Refresh()
	p.scroll.Refresh() // has the height of what is said now
	p.offer(talk, first)
	if len(p.replies) > 0 {
		p.scroll.ToEnd()
	} else {
		p.scroll.To(0)
	}
}

// offer is what the person called could do now.
func (p *preview) offer(talk view.Talk, first string) {
	var does []fyne.CanvasObject
	for _, o := range view.Doings(talk) {
		does = append(does, widget.NewButton(widget.Plain, o.Words, func() { p.reply(o.Reply) }).Less())
	}
	p.could.SetText(words.Say("%s could", first))
	switch {
	case len(talk.Lines) == 0:
		p.could.SetText("")
	case len(does) == 0:
		p.could.SetText(words.Say("Nothing more happens"))
	}
	if len(p.replies) > 0 {
		does = append(does, widget.NewButton(widget.Quiet, words.Say("Start again"), p.again).With(widget.IconUndo).Less())
	}
	p.does.Objects = does
	p.does.Refresh()
}

// talkLine is one line of a talk: a bubble, or what happens beside it.
func talkLine(l view.TalkLine, first, at string, newest bool, within float32) fyne.CanvasObject {
	switch l.Who {
	case view.Aside:
		return signed(widget.IconPhone, widget.Secondary, l.Words())
	case view.Wrong:
		return signed(widget.IconWarning, widget.Danger, l.Words())
	case view.Machine, view.Person:
	}
	who := "Rollcall"
	if l.Who == view.Person {
		who = first
	}
	parts := make([]widget.Said, len(l.Parts))
	for i, p := range l.Parts {
		parts[i] = widget.Said{Words: p.Words, Missing: p.Missing}
	}
	return widget.NewSpeech(strings.TrimSpace(who+" "+at), l.Who == view.Person, newest && at != "", parts...).Within(within)
}

func signed(icon widget.Icon, tone widget.Token, text string) fyne.CanvasObject {
	const width = widget.PreviewWidth - 2*widget.Space4 - widget.Space6 - widget.Space3
	return widget.Row(widget.Space2, widget.IconSign(icon, tone), widget.NewPara(widget.Small, text, width).In(tone))
}

// rowChooser chooses whose row a message is heard by.
type rowChooser struct {
	w      *Window
	id     campaign.ID
	body   fyne.CanvasObject
	rows   view.HeardRows
	chosen func()
	which  *widget.Button
	back   *widget.Button
	on     *widget.Button
	asked  int
}

func newRowChooser(w *Window, id campaign.ID, chosen func()) *rowChooser {
	c := &rowChooser{w: w, id: id, chosen: chosen}
	c.back = widget.NewButton(widget.Plain, "", func() { c.step(-1) }).With(widget.IconBack).Called(words.Say("The row before"))
	c.on = widget.NewButton(widget.Plain, "", func() { c.step(1) }).With(widget.IconNext).Called(words.Say("The next row"))
	c.which = widget.NewButton(widget.Plain, words.Say("Made-up values"), c.ask).Upto(widget.RowWidth)
	c.body = widget.Row(widget.Space2, c.back, c.which, c.on)
	return c
}

// open finds the first row that is called.
func (c *rowChooser) open() {
	c.load(func() (view.HeardRows, error) { return c.w.office.HeardRows(c.w.ctx, c.id) })
}

func (c *rowChooser) step(by int) {
	rows := c.rows
	c.load(func() (view.HeardRows, error) { return c.w.office.Step(c.w.ctx, rows, by) })
}

// load chooses a row elsewhere.
func (c *rowChooser) load(find func() (view.HeardRows, error)) {
	c.asked++
	asked := c.asked
	var rows view.HeardRows
	var err error
	c.w.background(
		func() { rows, err = find() },
		func() {
			switch {
			case asked != c.asked || errors.Is(err, context.Canceled):
			case err != nil:
				c.w.problem(words.Say("The row could not be read"), words.Say("Nobody is called because of this."), err)
			default:
				c.rows = rows
				c.tell()
				c.chosen()
			}
		})
}

func (c *rowChooser) tell() {
	c.which.Become(widget.NoIcon, c.rows.Words())
	able(c.back, !c.rows.First())
	able(c.on, !c.rows.Last())
}

func able(b *widget.Button, can bool) {
	if can {
		b.Enable()
	} else {
		b.Disable()
	}
}

// ask asks for a row's number.
func (c *rowChooser) ask() {
	if len(c.rows.Order) == 0 {
		return
	}
	number := newField(c.w.key)
	number.SetText(strconv.Itoa(c.rows.Row.Row))
	var asked *widget.Dialog
	done := func() {
		n, err := strconv.Atoi(strings.TrimSpace(number.Text))
		if err != nil {
			return
		}
		asked.Close()
		rows := c.rows
		c.load(func() (view.HeardRows, error) { return c.w.office.Numbered(c.w.ctx, rows, n) })
	}
	number.OnSubmitted = func(string) { done() }
	asked = c.w.ask(words.Say("Whose row?"), widget.Stack(widget.Space2,
		widget.NewText(widget.Body, words.Say("The number of the row in your spreadsheet")).In(widget.Secondary), widget.AtLeast(0, widget.ControlHeight, number)),
		widget.Choice{Words: words.Say("Cancel")}, widget.Choice{Words: words.Say("Show"), Kind: widget.Primary, Default: true, Stay: true, Do: done})
	c.w.win.Canvas().Focus(number)
}
