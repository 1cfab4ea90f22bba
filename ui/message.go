package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/campaign"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// messagePage chooses what people hear, and how they are called.
type messagePage struct {
	w       *Window
	plan    *plan
	body    fyne.CanvasObject
	picks   map[string]*widget.Pick
	own     *widget.Pick // a file or address of the user's
	checked *fyne.Container
	why     *widget.Text
	start   *widget.Button
	asked   int // number of the newest check
}

func newMessage(w *Window, p *plan) *messagePage {
	m := &messagePage{w: w, plan: p, picks: map[string]*widget.Pick{}, checked: widget.Stack(widget.Space3), why: widget.NewText(widget.Body, "")}
	m.start = widget.NewButton(widget.Primary, "Continue", m.begin).Then(widget.IconNext)
	back := widget.NewButton(widget.Quiet, "Back", func() { w.show(newPeople(w, p)) }).With(widget.IconBack)
	left := widget.Stack(widget.Space3, m.choices(), m.settings())
	right := widget.AtLeast(widget.DetailsWidth, 0, widget.Stack(0, m.checked))
	content := widget.Pad(widget.Space4, widget.Space4, widget.AtMost(widget.FormWidth+widget.DetailsWidth,
		widget.Columns(widget.Space3, widget.Grow(left), right)))
	m.body = widget.Stack(0, planHeader(p), planSteps(w, p, stepMessage), widget.Grow(container.NewVScroll(content)),
		widget.Foot(back, widget.Gap(), m.why, m.start))
	m.tell()
	return m
}

// choices are the samples, and a file or an address of one's own.
func (m *messagePage) choices() fyne.CanvasObject {
	list := widget.Stack(widget.Space1)
	for _, c := range m.w.app.SampleFlows() {
		pick := widget.NewPick(c.Title, c.About, func() { m.choose(c.Source) })
		m.picks[c.Source] = pick
		list.Add(pick)
	}
	m.own = widget.NewPick("A message of your own", "A VoiceXML file, or the address of one", m.chooseFile)
	list.Add(m.own)
	address := newField(m.w.key)
	address.SetPlaceHolder("https://…  or a path")
	use := func() {
		if source := strings.TrimSpace(address.Text); source != "" {
			m.choose(source)
		}
	}
	address.OnSubmitted = func(string) { use() }
	own := widget.Row(widget.Space2, widget.NewButton(widget.Plain, "Choose a file…", m.chooseFile).With(widget.IconOpen),
		widget.NewText(widget.Body, "or").In(widget.Secondary), widget.Grow(widget.AtLeast(widget.SearchWidth, widget.ControlHeight, address)),
		widget.NewButton(widget.Plain, "Use", use))
	return widget.Card(widget.Pad(widget.Space4, widget.Space4, widget.Stack(widget.Space3,
		widget.NewText(widget.CardTitle, "What they hear"), list, own)))
}

// settings is how they are called.
func (m *messagePage) settings() fyne.CanvasObject {
	s := &m.plan.draft().Settings
	name := newField(m.w.key)
	name.SetText(m.plan.draft().Name)
	name.OnChanged = func(text string) {
		if text = strings.TrimSpace(text); text != "" {
			m.plan.draft().Name = text
		}
	}
	gateway := newField(m.w.key)
	gateway.SetPlaceHolder("Built-in gateway: no phone rings")
	gateway.SetText(s.Gateway)
	gateway.OnChanged = func(text string) { s.Gateway = strings.TrimSpace(text) }
	if m.plan.sample { // it must never reach a gateway with real telephones
		gateway.Disable()
	}
	lines := widget.NewStepper(s.Lines, 1, 99, func(n int) { s.Lines = n })
	field := func(label string, o fyne.CanvasObject) fyne.CanvasObject {
		return widget.Row(widget.Space3, widget.AtLeast(widget.SearchWidth/2, 0, widget.NewText(widget.Body, label)), o)
	}
	wide := func(o fyne.CanvasObject) fyne.CanvasObject {
		return widget.Grow(widget.AtLeast(widget.SearchWidth, widget.ControlHeight, o))
	}
	rows := widget.Stack(widget.Space2,
		widget.Row(widget.Space3, widget.AtLeast(widget.SearchWidth/2, 0, widget.NewText(widget.Body, "Campaign")), wide(name)),
		widget.Row(widget.Space3, widget.AtLeast(widget.SearchWidth/2, 0, widget.NewText(widget.Body, "Gateway")), wide(gateway)),
		field("Lines", widget.Row(widget.Space3, lines, widget.NewText(widget.Small, "calls at the same time").In(widget.Secondary))))
	return widget.Card(widget.Pad(widget.Space4, widget.Space4, widget.Stack(widget.Space3, widget.NewText(widget.CardTitle, "How they are called"), rows)))
}

func (m *messagePage) chooseFile() { m.w.chooseFile("Choose a message", flowTypes(), m.choose) }

// choose reads a flow and checks it against the list.
func (m *messagePage) choose(source string) {
	m.asked++
	asked := m.asked
	var result view.MessagePage
	columns := m.plan.draft().List.Columns
	m.w.background(
		func() { result = m.w.app.Message(m.w.ctx, source, columns) },
		func() {
			if asked == m.asked {
				m.plan.message, m.plan.draft().Flow.Source = result, source
				m.tell()
			}
		})
}

// tell shows what was chosen and what the check said.
func (m *messagePage) tell() {
	p := m.plan.message
	known := false
	for source, pick := range m.picks {
		pick.SetOn(source == p.Source)
		known = known || source == p.Source
	}
	m.own.SetOn(p.Source != "" && !known)
	if p.Source != "" && !known {
		m.own.Set(m.w.app.FlowTitle(p.Source), p.Source)
	}
	m.checked.Objects = m.verdict()
	m.checked.Refresh()
	if p.Ready() {
		m.why.In(widget.Ink).SetText(m.plan.people.Summary())
		m.start.Enable()
		return
	}
	m.start.Disable()
	m.why.In(widget.Secondary).SetText(p.Things() + " to mend before you can start")
	if p.Source == "" {
		m.why.SetText("Choose a message to go on")
	}
}

// verdict is what stands beside the choice: what must be mended, or that
// nothing must.
func (m *messagePage) verdict() []fyne.CanvasObject {
	p := m.plan.message
	width := widget.DetailsWidth - 2*widget.Space4
	card := widget.Stack(widget.Space2, widget.NewText(widget.CardTitle, "Check"))
	what, how := p.Blocked()
	switch {
	case p.Source == "":
		card.Add(widget.NewPara(widget.Body, how, width).In(widget.Secondary))
	case what != "":
		problem := widget.Stack(widget.Space1, widget.NewPara(widget.BodyBold, what, width-widget.Space6), widget.NewPara(widget.Small, how, width-widget.Space6))
		for _, found := range p.Result.Mistakes() {
			problem.Add(widget.NewPara(widget.Small, found.Words(p.Source), width-widget.Space6))
		}
		card.Add(widget.Note(widget.BadSoft, problem))
	default:
		card.Add(widget.Row(widget.Space2, widget.NoteSign(widget.ShapeReached), widget.NewText(widget.Body, "The message can be played")))
	}
	if doubts := p.Result.Doubts(); len(doubts) > 0 {
		card.Add(widget.NewText(widget.BodyBold, "Worth a look"))
		for _, found := range doubts {
			card.Add(widget.NewPara(widget.Small, found.Words(p.Source), width).In(widget.Secondary))
		}
	}
	if len(p.Result.Columns) > 0 {
		card.Add(widget.NewText(widget.BodyBold, "Columns it uses"))
	}
	missing := map[string]bool{}
	for _, c := range p.Missing {
		missing[c] = true
	}
	for _, c := range p.Result.Columns {
		sign, text := widget.IconSign(widget.IconTick, widget.Ink), c
		if missing[c] {
			sign, text = widget.IconSign(widget.IconWarning, widget.Danger), fmt.Sprintf("%s: not on the list", c)
		}
		card.Add(widget.Row(widget.Space2, sign, widget.NewText(widget.Small, text)))
	}
	return []fyne.CanvasObject{widget.Card(widget.Pad(widget.Space4, widget.Space4, card))}
}

func (m *messagePage) begin() {
	if m.plan.message.Ready() {
		m.w.openStep(m.plan, stepWhen)
	}
}

func (m *messagePage) content() fyne.CanvasObject  { return m.body }
func (m *messagePage) campaign() campaign.Campaign { return campaign.Campaign{} }

func (m *messagePage) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		m.begin()
	case fyne.KeyEscape:
		m.w.show(newPeople(m.w, m.plan))
	default: // other keys mean nothing here
	}
}
