package ui

import (
	"net/url"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// gatewaySettings is the gateways: the list, the form of the one that is looked
// at, and its test.
type gatewaySettings struct {
	p       *settingsPage
	list    *fyne.Container
	form    *fyne.Container
	test    *fyne.Container
	foot    *fyne.Container
	wrong   map[view.Field]*widget.Para
	fields  map[view.Field]*field
	testing string // address under test; empty: none
}

// builtInTest stands for the built-in gateway under test, which has no address.
const builtInTest = "built-in"

func (p *settingsPage) gatewaySection() fyne.CanvasObject {
	g := &gatewaySettings{p: p, list: container.NewStack(), form: container.NewStack(), test: container.NewStack(), foot: container.NewStack()}
	p.gateways = g
	g.tell()
	lower := widget.Columns(widget.Space4, widget.Grow(g.form), widget.AtLeast(widget.DetailsWidth, 0, g.test))
	return widget.Stack(widget.Space4, g.list, lower)
}

// tell shows everything anew.
func (g *gatewaySettings) tell() {
	g.tellList()
	g.form.Objects = []fyne.CanvasObject{widget.Card(widget.Pad(widget.Space4, widget.Space4, g.formCard()))}
	g.form.Refresh()
	g.tellFoot()
	g.tellTest()
}

func (g *gatewaySettings) tellList() {
	add := widget.NewButton(widget.Plain, words.Say("Add a gateway"), g.add).With(widget.IconPlus)
	rows := widget.Stack(0, widget.Pad(widget.Space3, widget.Space4, widget.Row(widget.Space3,
		widget.NewText(widget.CardTitle, words.Say("Gateways")), widget.Gap(), add)))
	for _, r := range g.p.state.Rows() {
		rows.Add(widget.Rule())
		rows.Add(g.row(r))
	}
	g.list.Objects = []fyne.CanvasObject{widget.GridCard(rows)}
	g.list.Refresh()
}

func (g *gatewaySettings) row(r view.GatewayRow) fyne.CanvasObject {
	var tags []fyne.CanvasObject
	if r.At == view.BuiltInGateway {
		tags = append(tags, practiceTag())
	}
	name := widget.Stack(0, widget.Lead(widget.Space2, widget.NewWhole(widget.NewText(widget.BodyBold, r.Name)), tags...),
		widget.NewWhole(widget.NewText(widget.Small, r.Under).In(widget.Secondary)))
	state := widget.Row(widget.Space2, widget.ShapeSign(probeShape(r.State)), widget.Grow(widget.NewWhole(widget.NewText(widget.Body, r.Words))))
	test := widget.NewButton(widget.Plain, words.Say("Test||gateway"), func() { g.choose(r.At, g.try) }).Less()
	more := widget.NewButton(widget.Quiet, "", nil).With(widget.IconMore).Less().Called(words.Say("What can be done with %s", r.Name))
	more.OnTapped = func() { g.menu(r, more) }
	line := widget.NewListRow(r.Name, widget.Row(widget.Space3, widget.IconSign(widget.IconGateway, widget.Secondary),
		widget.Grow(name), widget.AtLeast(widget.SearchWidth, 0, state), test, more), func() { g.choose(r.At, func() {}) })
	line.SetOn(r.At == g.p.state.Form.At)
	return line
}

func probeShape(s view.ProbeState) widget.Shape {
	switch s {
	case view.ProbePassed:
		return widget.ShapeReached
	case view.ProbeFailed:
		return widget.ShapeFailed
	case view.ProbeSkipped:
		return widget.ShapeSkipped
	default:
		return widget.ShapeReady
	}
}

// menu is what can be done with a gateway.
func (g *gatewaySettings) menu(r view.GatewayRow, at fyne.CanvasObject) {
	c := g.p.w.win.Canvas()
	widget.PopUp(c, []widget.MenuItem{
		{Words: words.Say("Test||gateway"), Do: func() { g.choose(r.At, g.try) }},
		{Words: words.Say("Copy the address"), Icon: widget.IconCopy, Do: func() { g.copy(g.address(r.At)) }},
		{},
		{Words: words.Say("Remove…"), Grave: true, Disabled: r.At == view.BuiltInGateway, Do: func() { g.choose(r.At, g.askRemove) }},
	}, widget.Below(at))
}

func (g *gatewaySettings) address(at int) string {
	if at == view.BuiltInGateway {
		return (&url.URL{Scheme: "http", Host: view.DefaultListen}).String()
	}
	return g.p.state.Settings.Gateways[at].URL
}

func (g *gatewaySettings) copy(text string) {
	g.p.w.program.Clipboard().SetContent(text)
	g.p.w.say(words.Say("Copied"), "", nil)
}

// choose looks at another gateway; what was typed about this one is thrown away
// only after a question.
func (g *gatewaySettings) choose(at int, then func()) {
	if at == g.p.state.Form.At {
		then()
		return
	}
	g.unlessTyped(func() {
		g.p.state.Choose(at)
		g.tell()
		then()
	})
}

func (g *gatewaySettings) add() {
	g.unlessTyped(func() {
		g.p.state.New()
		g.tell()
		g.focus(view.FieldName)
	})
}

func (g *gatewaySettings) focus(f view.Field) {
	if to := g.fields[f]; to != nil {
		g.p.w.win.Canvas().Focus(to)
	}
}

// unlessTyped goes on at once if nothing was typed, else after a question.
func (g *gatewaySettings) unlessTyped(then func()) {
	if !g.p.state.Form.Changed() {
		then()
		return
	}
	text := widget.NewPara(widget.Body, words.Say("What you typed is not saved. The gateway stays as it was before."), widget.DialogWidth-2*widget.Space6)
	g.p.w.ask(words.Say("Throw away what was typed?"), text,
		widget.Choice{Words: words.Say("Throw away"), Kind: widget.Grave, Do: then},
		widget.Choice{Words: words.Say("Keep it"), Kind: widget.Primary, Default: true})
}

func (g *gatewaySettings) askDiscard() {
	if g.p.state.Form.BuiltIn() {
		return
	}
	g.unlessTyped(func() {
		at := g.p.state.Form.At
		if g.p.state.IsNew() {
			at = view.BuiltInGateway
		}
		g.p.state.Choose(at)
		g.tell()
	})
}

// formCard is the form of the gateway that is looked at.
func (g *gatewaySettings) formCard() fyne.CanvasObject {
	f := &g.p.state.Form
	g.wrong, g.fields = map[view.Field]*widget.Para{}, map[view.Field]*field{}
	if f.BuiltIn() {
		return g.builtInCard()
	}
	title := f.Name
	if g.p.state.IsNew() {
		title = words.Say("New gateway")
	}
	var patience []string
	at := 0
	for i, d := range view.Patiences() {
		patience = append(patience, view.PatienceWords(d))
		if d <= f.Patience {
			at = i
		}
	}
	lines := widget.NewStepper(f.Lines, 1, 999, func(n int) { f.Lines = n; g.typed() })
	give := drop(patience, at, func(at int) { f.Patience = view.Patiences()[at]; g.typed() })
	return widget.Stack(widget.Space3, widget.NewWhole(widget.NewText(widget.CardTitle, title)),
		g.field(view.FieldName, words.Say("Name||of a gateway"), &f.Name),
		g.field(view.FieldAddress, words.Say("Address"), &f.Address),
		g.field(view.FieldPort, words.Say("Port"), &f.Port),
		formRow(words.Say("Lines"), widget.Row(0, lines), fieldHint(words.Say("As many calls at once as the gateway has"))),
		formRow(words.Say("Give up after"), give, fieldHint(words.Say("If the gateway does not answer. Calls wait, and nobody is called twice"))),
		widget.Gap(), g.foot)
}

// builtInCard is the gateway that is always there, with nothing to type.
func (g *gatewaySettings) builtInCard() fyne.CanvasObject {
	s := g.p.state.Settings
	lines := widget.NewStepper(s.Lines, 1, 99, func(n int) {
		g.p.kept(func(s *view.OfficeSettings) { s.Lines = n })
		g.tellList()
	})
	return widget.Stack(widget.Space3, widget.Row(0, widget.NewText(widget.CardTitle, words.Say("Built-in gateway"))),
		widget.NewPara(widget.Body, words.Say("It is always there, and starts with the first call. Its line is for practice: no phone rings, and this computer plays the far end."), widget.DialogWidth).In(widget.Secondary),
		formRow(words.Say("Lines"), widget.Row(0, lines), fieldHint(words.Say("With which new campaigns begin, through any gateway"))),
		widget.Gap(), g.foot)
}

// field is a line of text of the form, with what is wrong with it below.
func (g *gatewaySettings) field(which view.Field, label string, to *string) fyne.CanvasObject {
	f := newField(g.p.w.key)
	f.SetText(*to)
	wrong := widget.NewPara(widget.Caption, "", widget.HintWidth).In(widget.Danger)
	wrong.Hide()
	f.OnChanged = func(text string) {
		*to = text
		g.typed()
	}
	f.OnSubmitted = func(string) { g.next() }
	g.fields[which], g.wrong[which] = f, wrong
	if which == view.FieldPort {
		return formRow(label, widget.Row(0, widget.AtLeast(2*widget.Space9, widget.ControlHeight, f)), wrong)
	}
	return formRow(label, f, wrong)
}

// typed hides what was wrong, and the test of what stood there before.
func (g *gatewaySettings) typed() {
	for _, p := range g.wrong {
		p.Hide()
	}
	g.tellFoot()
	g.tellTest()
}

// tellWrong shows what is wrong at its field.
func (g *gatewaySettings) tellWrong(wrong *view.FieldProblem) {
	g.wrong[wrong.Field].SetText(wrong.Words)
	g.wrong[wrong.Field].Show()
	g.form.Refresh()
	g.focus(wrong.Field)
}

// passed tells whether what stands in the form passed its test.
func (g *gatewaySettings) passed() bool {
	probe, tested := g.probe()
	return tested && probe.Passed()
}

// probe is the newest test of what stands in the form.
func (g *gatewaySettings) probe() (view.Probe, bool) {
	target, wrong := g.p.state.Form.Target()
	if wrong != nil {
		return view.Probe{}, false
	}
	probe, tested := g.p.state.Tested[target.URL]
	return probe, tested
}

// tellFoot shows the buttons: Test is the thing to do until it has passed, then
// Save is.
func (g *gatewaySettings) tellFoot() {
	f := g.p.state.Form
	testKind, saveKind := widget.Primary, widget.Plain
	if g.passed() && f.Changed() {
		testKind, saveKind = widget.Plain, widget.Primary
	}
	test := widget.NewButton(testKind, words.Say("Test||gateway"), g.try)
	if g.testing != "" {
		test.Become(widget.NoIcon, words.Say("Testing…"))
		test.Disable()
	}
	buttons := []fyne.CanvasObject{widget.Gap(), test}
	if !f.BuiltIn() {
		discard := widget.NewButton(widget.Quiet, words.Say("Discard"), g.askDiscard)
		save := widget.NewButton(saveKind, words.Say("Save"), g.save)
		if !f.Changed() {
			save.Disable()
			if !g.p.state.IsNew() {
				discard.Disable()
			}
		}
		buttons = []fyne.CanvasObject{widget.Gap(), discard, save, test}
	}
	g.foot.Objects = []fyne.CanvasObject{widget.Row(widget.Space3, buttons...)}
	g.foot.Refresh()
}

// next is what Enter does.
func (g *gatewaySettings) next() {
	if g.passed() && g.p.state.Form.Changed() {
		g.save()
		return
	}
	g.try()
}

// try tests what stands in the form, whether it is saved or not.
func (g *gatewaySettings) try() {
	target, wrong := g.p.state.Form.Target()
	if wrong != nil {
		g.tellWrong(wrong)
		return
	}
	if g.testing != "" {
		return
	}
	g.testing = target.URL
	if target.URL == "" {
		g.testing, target.Lines = builtInTest, g.p.state.Settings.Lines
	}
	address := target.URL
	var last view.Probe
	take := func(probe view.Probe) {
		g.p.state.Tested[address] = probe
		g.tellTest()
		g.tellList()
	}
	g.tellFoot()
	g.p.w.background(
		func() {
			last = g.p.w.office.ProbeGateway(g.p.w.ctx, target, func(p view.Probe) { g.p.w.onUI(func() { take(p) }) })
		},
		func() {
			g.testing = ""
			take(last)
			g.tellFoot()
		})
}

// tellTest shows the newest test of what stands in the form.
func (g *gatewaySettings) tellTest() {
	probe, tested := g.probe()
	width := widget.DetailsWidth - 2*widget.Space4
	title, details := words.Say("Test||noun"), widget.Gap()
	steps := widget.Stack(widget.Space3)
	if !tested {
		steps.Add(widget.NewPara(widget.Body, words.Say("Press Test to find out whether the gateway can be used. Each step says what was found, and what to do if something is wrong."), width).In(widget.Secondary))
	} else {
		title = words.Say("Test, %s", words.Clock(probe.At))
		details = widget.NewLink(widget.Small, words.Say("Copy details"), func() { g.copy(probe.Details()) })
		for _, s := range probe.Steps {
			steps.Add(probeStep(s, width))
		}
	}
	head := widget.Row(widget.Space3, widget.NewText(widget.CardTitle, title), widget.Gap(), details)
	about := widget.NewPara(widget.Caption, words.Say("A test never rings a phone. To hear one ring, use ‘Call me first’ on the Check page."), width).In(widget.Secondary)
	g.test.Objects = []fyne.CanvasObject{widget.Card(widget.Pad(widget.Space4, widget.Space4, widget.Stack(widget.Space3, head, steps, widget.Gap(), about)))}
	g.test.Refresh()
}

func probeStep(s view.ProbeStep, width float32) fyne.CanvasObject {
	room := width - widget.Space6
	text := widget.Stack(0, widget.NewPara(widget.Body, s.Title, room))
	if s.More != "" {
		text.Add(widget.NewPara(widget.Caption, s.More, room).In(widget.Secondary))
	}
	return widget.Beside(widget.ShapeSign(probeShape(s.State)), text)
}

func (g *gatewaySettings) save() {
	s, wrong := g.p.state.With()
	if wrong != nil {
		g.tellWrong(wrong)
		return
	}
	at := g.p.state.Form.At
	g.p.save(s, func() {
		g.p.state.Saved(s, at)
		g.tell()
		g.p.w.say(words.Say("Gateway saved"), "", nil)
	})
}

// askRemove removes the gateway that is looked at, unless a campaign uses it.
func (g *gatewaySettings) askRemove() {
	at := g.p.state.Form.At
	if g.p.state.Form.BuiltIn() || g.p.state.IsNew() {
		return
	}
	name := g.p.state.Settings.Gateways[at].Name
	width := widget.DialogWidth - 2*widget.Space6
	if used := g.p.state.UsedBy(at); len(used) > 0 {
		text := words.Many(len(used), "%s campaign that has not ended calls through it: %s. Choose another gateway there, or wait for its end.",
			"%s campaigns that have not ended call through it: %s. Choose another gateway there, or wait for their end.", words.And(used[:min(len(used), 3)]))
		g.p.w.ask(words.Say("%s cannot be removed now", name), widget.NewPara(widget.Body, text, width),
			widget.Choice{Words: words.Say("Close"), Kind: widget.Primary, Default: true})
		return
	}
	g.p.w.ask(words.Say("Remove %s?", name), widget.NewPara(widget.Body, words.Say("Campaigns cannot be called through it any more. What was called so far is kept."), width),
		widget.Choice{Words: words.Say("Remove"), Kind: widget.Grave, Do: func() { g.remove(at) }},
		widget.Choice{Words: words.Say("Keep it"), Kind: widget.Primary, Default: true})
}

func (g *gatewaySettings) remove(at int) {
	s := g.p.state.Without(at)
	g.p.save(s, func() {
		g.p.state.Saved(s, view.BuiltInGateway)
		g.tell()
		g.p.w.say(words.Say("Gateway removed"), "", nil)
	})
}
