package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// whenGateways is the controls of the gateway.
type whenGateways struct {
	drop    *widget.Drop
	choices []view.GatewayChoice
	said    *widget.Para // what the test found
	sign    *widget.Sign
	result  *fyne.Container
	test    *widget.Link
	tested  string // address that was tested last
	asked   int    // number of the newest test
}

// howCard is through which gateway, how many at a time, and what is shown.
func (p *whenPage) howCard() fyne.CanvasObject {
	s := &p.state.Settings
	name := newField(p.w.key)
	name.SetText(p.state.Name)
	name.OnChanged = func(text string) {
		p.state.Rename(text)
		p.tellFoot()
	}
	note := nameNote(name)
	caller := newField(p.w.key)
	caller.SetPlaceHolder(words.Say("As the gateway does"))
	caller.SetText(s.CallerID)
	wrong := newSaid(asideText)
	wrong.say("", view.CallerWrong(s.CallerID))
	caller.OnChanged = func(text string) {
		s.CallerID = text
		wrong.say("", view.CallerWrong(text))
		p.tellFoot()
		p.body.Refresh()
	}
	lines := widget.NewStepper(s.Lines, 1, mostLines, func(n int) { s.Lines = n; p.changed() })
	rate := widget.NewStepper(p.state.PerMinute(), 0, mostPerMinute, func(n int) { p.state.SetPerMinute(n); p.changed() }).
		Saying(view.PerMinuteWords, view.PerMinuteWords(0))
	return titledCard(words.Say("How"), nil,
		labelled(words.Say("Name||of a campaign"), control(widget.SideWidth, name)), note,
		p.gatewayChoice(), p.gateway(),
		labelled(words.Say("Lines"), lines), labelled(words.Say("Calls per minute"), rate),
		labelled(words.Say("Number shown"), control(widget.SideWidth, caller)), wrong.para,
		labelled(words.Say("Machines hear"), control(widget.SideWidth, p.machineDrop())),
		p.speedLine(), p.severalFold())
}

// The most that can be chosen.
const (
	mostPerMinute = 600
	mostWeight    = 9
)

// gatewayChoice chooses the gateway.
func (p *whenPage) gatewayChoice() fyne.CanvasObject {
	g := &whenGateways{}
	p.gate = g
	g.drop = widget.NewDrop([]string{""}, 0, func(at int) {
		if at < len(g.choices) {
			p.setGateway(g.choices[at].URL)
			return
		}
		p.tellGateway()
		p.askAddress(p.setGateway)
	})
	if p.state.Started || p.state.Sample {
		g.drop.Fix()
	}
	p.lists = append(p.lists, p.tellGateway)
	return labelled(words.Say("Gateway"), control(widget.SideWidth, g.drop))
}

func (p *whenPage) tellGateway() {
	g, url := p.gate, p.state.Settings.Ways()[0].URL
	choices, at := p.state.GatewayChoices(url)
	g.choices = choices
	var options []string
	for _, c := range choices {
		options = append(options, c.Name)
	}
	if p.state.Several() {
		options[at] = words.Many(len(p.state.Settings.Gateways), "%s gateway", "%s gateways")
	}
	if !p.state.Sample {
		options = append(options, words.Say("Another address…"))
	}
	g.drop.Set(options, at)
	if g.tested != url {
		g.result.Hide()
	}
}

func (p *whenPage) setGateway(url string) {
	p.state.SetGateway(url)
	p.changed()
	if url != "" {
		p.testGateway()
	}
}

// gateway is a test of the gateway, and what it found.
func (p *whenPage) gateway() fyne.CanvasObject {
	g := p.gate
	g.test = widget.NewLink(widget.Small, words.Say("Test the gateway"), p.testGateway)
	g.said = widget.NewPara(widget.Small, "", asideText-widget.Space6).In(widget.Secondary)
	g.sign = widget.ShapeSign(widget.ShapeReached)
	g.result = widget.Columns(widget.Space2, widget.Center(g.sign), g.said)
	g.result.Hide()
	links := widget.Row(widget.Space4, widget.Gap(), g.test)
	if !p.state.Started && !p.state.Sample {
		links = widget.Row(widget.Space4, widget.Gap(), widget.NewLink(widget.Small, words.Say("Add a gateway…"), p.newGateway), g.test)
	}
	return widget.Stack(widget.Space1, links, g.result)
}

// newGateway goes to the settings, where a gateway of the office is added and
// tested, and from there back to here.
func (p *whenPage) newGateway() {
	back := func() { p.w.openStep(p.plan, stepWhen) }
	p.w.openSettings(sectionGateways, back, func(s *settingsPage) { s.gateways.add() })
}

// testGateway asks the gateway what it is; nothing is dialled.
func (p *whenPage) testGateway() {
	g, url := p.gate, p.state.Settings.Ways()[0].URL
	g.asked++
	asked := g.asked
	g.tested = url
	g.sign.SetShape(widget.ShapeWaiting)
	g.said.SetText(words.Say("Asking…"))
	g.result.Show()
	p.body.Refresh()
	var found view.GatewayTest
	p.w.background(
		func() { found = view.TestGateway(p.w.ctx, url) },
		func() {
			if asked != g.asked {
				return
			}
			shape := widget.ShapeReached
			if !found.Answers {
				shape = widget.ShapeFailed
			}
			g.sign.SetShape(shape)
			g.said.SetText(found.Words)
			p.body.Refresh()
		})
}

// askAddress asks where a gateway is.
func (p *whenPage) askAddress(then func(url string)) {
	width := widget.DialogWidth - 2*widget.Space6
	address := newField(p.w.key)
	address.SetPlaceHolder("http://192.0.2.7:8155")
	wrong := widget.NewPara(widget.Small, "", width).In(widget.Danger)
	var asked *widget.Dialog
	take := func() {
		url, err := view.ReadAddress(address.Text)
		if err != nil {
			wrong.SetText(sentence(err))
			return
		}
		asked.Close()
		then(url)
	}
	address.OnSubmitted = func(string) { take() }
	body := widget.Stack(widget.Space2, widget.NewPara(widget.Body, words.Say("It is asked what it is. Nobody is called."), width), control(0, address), wrong)
	asked = p.w.ask(words.Say("Where is the gateway?"), body, widget.Choice{Words: words.Say("Cancel")},
		widget.Choice{Words: words.Say("Use it"), Kind: widget.Primary, Default: true, Stay: true, Do: take})
	p.w.win.Canvas().Focus(address)
}

func (p *whenPage) machineDrop() *widget.Drop {
	choices := view.MachineChoices()
	options, at := make([]string, len(choices)), 0
	for i, c := range choices {
		if options[i] = c.Words; campaign.Machines(c.Key) == p.state.Settings.Machines {
			at = i
		}
	}
	return widget.NewDrop(options, at, func(at int) {
		p.state.Settings.Machines = campaign.Machines(choices[at].Key)
		p.changed()
	})
}

// speedLine is how fast the practice line is, where calls go through it.
func (p *whenPage) speedLine() fyne.CanvasObject {
	speeds, at := p.state.SpeedChoices()
	options := make([]string, len(speeds))
	for i, n := range speeds {
		options[i] = view.SpeedWords(n)
	}
	drop := widget.NewDrop(options, at, func(at int) { p.state.Settings.Speed = speeds[at]; p.changed() })
	if p.state.Started {
		drop.Fix()
	}
	row := labelled(words.Say("Practice goes"), control(widget.SideWidth, drop))
	p.lists = append(p.lists, func() {
		if row.Hide(); p.state.BuiltIn() {
			row.Show()
		}
	})
	return row
}

// severalFold shares calls out among gateways.
func (p *whenPage) severalFold() fyne.CanvasObject {
	s := &p.state.Settings
	list, shown := widget.Stack(widget.Space2), -1
	share := widget.NewStepper(s.Weight, 1, mostWeight, func(n int) { s.Weight = n; p.changed() })
	add := widget.NewButton(widget.Plain, words.Say("Share with another…"), nil).With(widget.IconPlus)
	add.OnTapped = func() { p.askVia(add) }
	if p.state.Started || p.state.Sample {
		add.Disable()
	}
	p.lists = append(p.lists, func() {
		if len(s.Gateways) == shown {
			return
		}
		shown = len(s.Gateways)
		var lines []fyne.CanvasObject
		for i := range s.Gateways {
			lines = append(lines, p.viaLine(i))
		}
		emptied(list, lines...)
	})
	content := widget.Stack(widget.Space2, list, widget.Row(0, add), labelled(words.Say("Share of lines among campaigns"), share))
	return p.fold(words.Say("Share out"), func() string {
		if n := len(s.Gateways); n > 1 {
			return words.Many(n, "%s gateway", "%s gateways")
		}
		return words.Say("one gateway")
	}, content)
}

// askVia shows which gateways calls can be shared with, below a control.
func (p *whenPage) askVia(below fyne.CanvasObject) {
	take := func(url string) { p.state.AddVia(url); p.changed() }
	var items []widget.MenuItem
	for _, c := range p.state.Spare() {
		items = append(items, widget.MenuItem{Words: c.Name, Icon: widget.IconGateway, Do: func() { take(c.URL) }})
	}
	if len(items) > 0 {
		items = append(items, widget.MenuItem{})
	}
	items = append(items, widget.MenuItem{Words: words.Say("Another address…"), Do: func() { p.askAddress(take) }})
	widget.PopUp(p.w.win.Canvas(), items, widget.Below(below))
}

// viaLine is one of several gateways: its share, and what it can bear.
func (p *whenPage) viaLine(i int) fyne.CanvasObject {
	via := p.state.Settings.Gateways[i]
	choices, at := p.state.GatewayChoices(via.URL)
	set := func(change func(*campaign.Via)) {
		now := p.state.Settings.Gateways[i]
		change(&now)
		p.state.SetVia(i, now)
		p.changed()
	}
	share := widget.NewStepper(max(via.Weight, 1), 1, mostWeight, func(n int) { set(func(v *campaign.Via) { v.Weight = n }) })
	lines := widget.NewStepper(via.Lines, 0, mostLines, func(n int) { set(func(v *campaign.Via) { v.Lines = n }) }).
		Saying(view.PerMinuteWords, view.PerMinuteWords(0))
	rate := widget.NewStepper(int(via.Rate*60), 0, mostPerMinute, func(n int) { set(func(v *campaign.Via) { v.Rate = float64(n) / 60 }) }).
		Saying(view.PerMinuteWords, view.PerMinuteWords(0))
	remove := func() { p.state.RemoveVia(i); p.changed() }
	name := fyne.CanvasObject(widget.NewWhole(widget.NewText(widget.BodyBold, choices[at].Name)))
	if p.state.Started {
		share.Fix()
		lines.Fix()
		rate.Fix()
	} else {
		name = widget.Row(widget.Space2, widget.Grow(name), widget.NewButton(widget.Quiet, "", remove).With(widget.IconClose).Called(words.Say("Call without it")).Less())
	}
	return widget.Stack(widget.Space1, name, labelled(words.Say("Share of the calls"), share), labelled(words.Say("Lines there"), lines),
		labelled(words.Say("Calls per minute there"), rate))
}
