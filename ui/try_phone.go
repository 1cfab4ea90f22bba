package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// handset is the telephone of the page: who is called, the keys, and what else
// the person called can do.
type handset struct {
	t     *tryPage
	body  fyne.CanvasObject
	who   *widget.Text
	sign  *widget.Sign
	state *widget.Text
	time  *widget.Text
	keys  map[string]*widget.PhoneKey
	does  *fyne.Container
	hang  *widget.Button
	talk  view.Talk
}

func newHandset(t *tryPage) *handset {
	p := &handset{t: t, who: widget.NewText(widget.CardTitle, ""), sign: widget.ShapeSign(widget.ShapeCalling), state: widget.NewText(widget.Body, "").Cut(),
		time: widget.NewText(widget.Body, "").In(widget.Secondary), keys: map[string]*widget.PhoneKey{}, does: widget.Lines(widget.Space2)}
	var keys []fyne.CanvasObject
	for _, k := range strings.Fields("1 2 3 4 5 6 7 8 9 * 0 #") {
		p.keys[k] = widget.NewPhoneKey(k, func() { p.press(k) })
		keys = append(keys, p.keys[k])
	}
	p.hang = widget.NewButton(widget.Grave, words.Say("Hang up"), func() { t.call.Reply("hangup") }).With(widget.IconHangUp)
	again := widget.NewButton(widget.Plain, words.Say("Start again"), t.again).With(widget.IconUndo)
	top := widget.Pad(widget.Space3, widget.Space4, widget.Stack(widget.Space1,
		widget.NewWhole(widget.NewText(widget.Caption, words.Say("%s calls||a campaign", t.of.Name)).In(widget.Secondary)), widget.NewWhole(p.who),
		widget.Row(widget.Space2, p.sign, widget.Grow(p.state), p.time)))
	foot := widget.Pad(widget.Space4, widget.Space4, widget.Row(widget.Space2, p.hang, widget.Gap(), again))
	p.body = widget.Card(widget.Stack(0, top, widget.Rule(), widget.Pad(widget.Space4, widget.Space4, widget.Stack(widget.Space3, widget.Keypad(keys...), p.does)), widget.Grow(widget.Gap()), foot))
	return p
}

// talking tells whether the call goes on.
func (p *handset) talking() bool { return p.t.call != nil && p.talk.State != view.TalkOver }

// press presses a key.
func (p *handset) press(key string) {
	if p.talking() {
		p.t.call.Reply("key " + key)
	}
}

// show brings the telephone to how far the call is.
func (p *handset) show(talk view.Talk) {
	p.talk = talk
	p.who.SetText(view.WhoWords(p.t.heard))
	shape, state := widget.ShapeCalling, view.TalkWords(talk)
	if talk.State == view.TalkOver {
		shape = widget.ShapeReached
	}
	p.sign.SetShape(shape)
	p.state.SetText(state)
	p.time.SetText(view.AtWords(talk.Length))
	offered := talk.Keys()
	for k, key := range p.keys {
		label, means := offered[k]
		key.Set(means, label)
	}
	able(p.hang, talk.State != view.TalkOver)
	p.does.Objects = p.doings()
	p.does.Refresh()
}

// doings is what the person called can do beside pressing keys.
func (p *handset) doings() []fyne.CanvasObject {
	var does []fyne.CanvasObject
	if p.talk.State == view.TalkListens || p.talk.State == view.TalkRecords {
		does = append(does, widget.NewButton(widget.Plain, words.Say("Say a word…"), p.ask).With(widget.IconSpeech))
	}
	for _, o := range view.OtherDoings(p.talk) {
		does = append(does, widget.NewButton(widget.Plain, o.Words, func() { p.t.call.Reply(o.Reply) }))
	}
	return does
}

// ask asks what is said.
func (p *handset) ask() {
	said := newField(p.t.w.key)
	var asked *widget.Dialog
	done := func() {
		if text := strings.TrimSpace(said.Text); text != "" {
			asked.Close()
			p.t.call.Reply("say " + text)
		}
	}
	said.OnSubmitted = func(string) { done() }
	asked = p.t.w.ask(words.Say("What is said?"), widget.AtLeast(0, widget.ControlHeight, said), widget.Choice{Words: words.Say("Cancel")},
		widget.Choice{Words: words.Say("Say it"), Kind: widget.Primary, Default: true, Stay: true, Do: done})
	p.t.w.win.Canvas().Focus(said)
}
