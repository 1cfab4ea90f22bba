package ui

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// checkCall is one call to whoever sets the campaign up, who hears what the
// person of a row would hear.
type checkCall struct {
	p      *checkPage
	card   fyne.CanvasObject
	number *field
	row    *field
	button *widget.Button
	sign   *widget.Sign
	said   *widget.Para
	result *fyne.Container
	cancel context.CancelFunc // nil while no call is made
	begun  time.Time
}

// testNumberKey is where the number of the last test call is kept.
const testNumberKey = "testNumber"

func newCheckCall(p *checkPage) *checkCall {
	c := &checkCall{p: p, number: newField(p.w.key), row: newField(p.w.key)}
	c.number.SetPlaceHolder(words.Say("Your telephone number"))
	c.number.SetText(p.w.program.Preferences().String(testNumberKey))
	c.number.OnSubmitted = func(string) { c.make() }
	c.row.OnSubmitted = func(string) { c.make() }
	c.button = widget.NewButton(widget.Plain, words.Say("Test call"), c.press).With(widget.IconPhone)
	c.sign, c.said = widget.ShapeSign(widget.ShapeCalling), widget.NewPara(widget.Small, "", asideText-widget.Space6)
	c.result = widget.Columns(widget.Space2, widget.Stack(0, widget.AtLeast(0, widget.Space6, c.sign)), c.said)
	c.result.Hide()
	about := widget.NewPara(widget.Small, words.Say("One call to you; it counts for nobody on the list."), asideText).In(widget.Secondary)
	c.card = titledCard(words.Say("Call me first"), nil, about,
		widget.Row(widget.Space2, hint(words.Say("The words for row")), control(widget.Space9+widget.Space6, c.row)),
		widget.Row(widget.Space2, widget.Grow(control(widget.ChoiceWidth, c.number)), c.button), c.result,
		widget.NewLink(widget.Small, words.Say("Or try it on the screen"), p.w.tryShown))
	return c
}

// propose fills in whose words are heard, unless a row was chosen.
func (c *checkCall) propose(row int) {
	if c.row.Text == "" && row > 0 {
		c.row.SetText(strconv.Itoa(row))
	}
}

// press calls, or gives up the call that is made.
func (c *checkCall) press() {
	if c.cancel != nil {
		c.giveUp()
		return
	}
	c.make()
}

func (c *checkCall) giveUp() {
	if c.cancel != nil {
		c.cancel()
	}
}

// make makes the call.
func (c *checkCall) make() {
	if c.cancel != nil {
		return
	}
	row, err := strconv.Atoi(strings.TrimSpace(c.row.Text))
	if err != nil || row < 1 {
		c.tell(widget.ShapeFailed, words.Say("Whose words? Give the number of a row."))
		c.p.w.win.Canvas().Focus(c.row)
		return
	}
	number := c.number.Text
	ctx, cancel := context.WithCancel(c.p.w.ctx)
	c.cancel, c.begun = cancel, time.Now()
	c.button.Become(widget.IconClose, words.Say("Give up"))
	c.tick()
	draft := c.p.c
	var result view.TestResult
	c.p.w.background(
		func() {
			var t view.TestCall
			if t, err = c.p.w.office.Test(ctx, draft, number, row); err == nil {
				result, err = c.p.w.office.TestCall(ctx, t)
			}
		},
		func() {
			cancel()
			c.cancel = nil
			c.button.Become(widget.IconPhone, words.Say("Test call"))
			c.over(result, err, number)
		})
}

// tick tells once a second that the call goes on.
func (c *checkCall) tick() {
	if c.cancel == nil {
		return
	}
	c.tell(widget.ShapeCalling, words.Say("Calling you, for %s so far.", words.Duration(time.Since(c.begun))))
	c.p.w.after(time.Second, c.tick)
}

// over tells what came of it.
func (c *checkCall) over(result view.TestResult, err error, number string) {
	switch {
	case errors.Is(err, context.Canceled):
		c.tell(widget.ShapeSkipped, words.Say("Given up. A call in progress is not cut off."))
	case err != nil:
		c.p.w.app.Log.Warn("test call", "error", err)
		c.tell(widget.ShapeFailed, words.Say("Not called: %s", err))
	default:
		c.p.w.program.Preferences().SetString(testNumberKey, number)
		c.tell(widget.ShapeOf(result.Status()), result.Words()+".")
	}
}

func (c *checkCall) tell(s widget.Shape, text string) {
	c.sign.SetShape(s)
	c.said.SetText(text)
	c.result.Show()
	if c.p.body != nil {
		c.p.body.Refresh()
	}
}
