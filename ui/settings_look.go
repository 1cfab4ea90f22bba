package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/campaign/words"
	"rollcall/ui/widget"
)

// lookSection is how the window looks.
func (p *settingsPage) lookSection() fyne.CanvasObject {
	w := p.w
	reset := widget.NewButton(widget.Plain, words.Say("Reset the window"), func() {
		w.resetLayout()
		w.say(words.Say("The window is as it was at first"), "", nil)
	}).With(widget.IconUndo)
	return widget.Stack(widget.Space4,
		picks(words.Say("Colours"), []pick{
			{words.Say("As this computer"), words.Say("Light or dark as the desktop is"), w.mode == widget.System, func() { w.setMode(widget.System) }},
			{words.Say("Light"), words.Say("Paper and dark ink"), w.mode == widget.Light, func() { w.setMode(widget.Light) }},
			{words.Say("Dark"), words.Say("For rooms with little light"), w.mode == widget.Dark, func() { w.setMode(widget.Dark) }},
		}, p.again),
		picks(words.Say("Rows of lists"), []pick{
			{words.Say("Compact"), words.Say("Most rows on the screen"), w.density() == widget.Compact, func() { w.setDensity(widget.Compact) }},
			{words.Say("Comfortable"), words.Say("Easy to read and still many"), w.density() == widget.Comfortable, func() { w.setDensity(widget.Comfortable) }},
			{words.Say("Roomy"), words.Say("Larger gaps, easier to hit"), w.density() == widget.Roomy, func() { w.setDensity(widget.Roomy) }},
		}, p.again),
		settingsCard(words.Say("Window"),
			widget.NewPara(widget.Body, words.Say("Rollcall remembers how large the window was and how lists were arranged."), widget.DialogWidth).In(widget.Secondary),
			widget.Row(0, reset)))
}

// pick is one of several to choose from.
type pick struct {
	title, more string
	on          bool
	do          func()
}

// picks is a card of a choice, side by side.
func picks(title string, choices []pick, then func()) fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(choices))
	for i, c := range choices {
		line := widget.NewPick(c.title, c.more, func() {
			c.do()
			then()
		}).Narrow()
		line.SetOn(c.on)
		objects[i] = line
	}
	return settingsCard(title, widget.Halves(widget.Space3, objects...))
}

// startSection is what happens when the computer starts, and what Rollcall
// tells while something else is looked at.
func (p *settingsPage) startSection() fyne.CanvasObject {
	w := p.w
	const width = widget.ReadingWidth
	notify := widget.NewSwitch(words.Say("Tell me when something needs me"),
		words.Say("A note of the desktop when a campaign ends, pauses by itself, or a person is in doubt, while another window is in front"),
		width, w.notifies(), w.setNotifies).Says(words.Say("on||switch"), words.Say("off||switch"))
	rows := []fyne.CanvasObject{notify}
	if auto, err := newAutostart(); err == nil {
		rows = append([]fyne.CanvasObject{p.autostartSwitch(auto, width)}, rows...)
	} else {
		rows = append(rows, widget.NewPara(widget.Caption, words.Say("On this computer, Rollcall starts with the desktop if you add it to the programs that do, in the settings of the desktop."), widget.DialogWidth).In(widget.Secondary))
	}
	return settingsCard(words.Say("Start-up"), rows...)
}

func (p *settingsPage) autostartSwitch(auto autostart, width float32) fyne.CanvasObject {
	w := p.w
	s := widget.NewSwitch(words.Say("Start with this computer"),
		words.Say("The window opens when you log in. Nobody is called until you press Start or Resume"), width, false, nil).Says(words.Say("on||switch"), words.Say("off||switch"))
	var on bool
	w.background(func() { on = auto.on() }, func() { s.Set(on) })
	s.OnChanged = func(on bool) {
		var err error
		w.background(
			func() { err = auto.set(on, w.app.DataDir) },
			func() {
				if err != nil {
					s.Set(!on)
					w.problem(words.Say("This could not be changed"), words.Say("Calls are not touched by this."), err)
				}
			})
	}
	return s
}
