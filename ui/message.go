package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/flow/built"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// messagePage is what people hear. The cards of what is built are in
// message_built.go and message_keys.go, recordings and files in
// message_file.go, the talk beside them in message_preview.go.
type messagePage struct {
	w    *Window
	plan *plan
	body fyne.CanvasObject

	ways    *widget.Segments
	head    *fyne.Container // beside the ways
	cards   *fyne.Container // of the way
	told    []func()        // brings each card to what was found
	why     *widget.Text
	preview *preview

	greeting *markField // nil where there is none
	asked    int        // number of the newest change
	kept     int        // that of the newest that was stored
	stop     func()
}

func newMessage(w *Window, p *plan) *messagePage {
	m := &messagePage{w: w, plan: p, cards: widget.Stack(widget.Space3), head: widget.Row(widget.Space3), why: widget.NewText(widget.Body, "").Figures(), stop: func() {}}
	if p.message.Built.Kind == "" {
		p.message.Built = view.NewMessage(p.draft().List.Columns)
	}
	m.ways = widget.NewSegments(wayWords(), slices.Index(view.Ways(), p.message.Way()), func(at int) { m.setWay(view.Ways()[at]) })
	m.preview = newPreview(m)
	next := widget.NewButton(widget.Primary, words.Say("Continue"), m.begin).Then(widget.IconNext)
	back := widget.NewButton(widget.Quiet, words.Say("Back"), m.back).With(widget.IconBack)
	top := widget.Row(widget.Space3, m.ways, widget.Gap(), m.head)
	left := widget.ScrollWide(widget.Inset(0, widget.Space3, widget.Space4, 0, widget.AtMost(widget.FormWidth, widget.Stack(widget.Space3, top, m.cards))))
	content := widget.Inset(widget.Space4, widget.Space4, 0, widget.Space4, widget.AtMost(widget.FormWidth+widget.PreviewWidth+widget.Space4,
		widget.Columns(widget.Space1, widget.Grow(left), widget.AtLeast(widget.PreviewWidth, 0, widget.Inset(0, 0, widget.Space4, 0, m.preview.body)))))
	m.body = widget.Stack(0, planHeader(p), planSteps(w, p, stepMessage), widget.Grow(content), widget.Foot(back, widget.Gap(), m.why, next))
	m.build()
	m.preview.open()
	return m
}

func wayWords() []string {
	var all []string
	for _, way := range view.Ways() {
		all = append(all, way.Words())
	}
	return all
}

// message is what is put together.
func (m *messagePage) message() *built.Message { return &m.plan.message.Built }

func (m *messagePage) columns() []string { return m.plan.draft().List.Columns }

// setWay chooses how the message comes about. What was written stays.
func (m *messagePage) setWay(way view.Way) {
	if m.plan.message.File = way == view.WayFile; m.plan.message.File {
		m.build() // what was built is played until a file is chosen
		return
	}
	m.message().Kind = built.Kind(way)
	m.build()
	m.changed()
}

// build makes the cards of the way.
func (m *messagePage) build() {
	m.told, m.greeting = nil, nil
	var cards []fyne.CanvasObject
	switch m.plan.message.Way() {
	case view.WayFile:
		cards = []fyne.CanvasObject{m.fileCard(), m.verdictCard()}
	case view.WayText:
		cards = []fyne.CanvasObject{m.greetingCard(words.Say("Text")), m.machineCard()}
	case view.WayRecorded:
		cards = []fyne.CanvasObject{m.recordingCard(), m.keysCard(), m.machineCard()}
	default:
		cards = []fyne.CanvasObject{m.greetingCard(words.Say("Greeting")), m.keysCard(), m.machineCard()}
	}
	m.cards.Objects = cards
	m.cards.Refresh()
	m.head.Objects = m.besideWays()
	m.head.Refresh()
	m.tell()
}

// besideWays chooses the voice of what is read out.
func (m *messagePage) besideWays() []fyne.CanvasObject {
	if m.plan.message.File {
		return nil
	}
	tags := built.Languages()
	if !slices.Contains(tags, m.message().Language) {
		tags = append(tags, m.message().Language)
	}
	voice := choose(tags, m.message().Language, view.LanguageWords, func(tag string) {
		m.message().Language = tag
		m.changed()
	})
	return []fyne.CanvasObject{widget.NewText(widget.Body, words.Say("Voice")).In(widget.Secondary), widget.AtLeast(widget.VoiceWidth, widget.ControlHeight, voice)}
}

// changed stores and checks what was changed, once nothing more is.
func (m *messagePage) changed() {
	m.asked++
	m.stop()
	m.stop = m.w.rested(func() { m.keep(nil) })
	for _, tell := range m.told {
		tell()
	}
}

// keep stores what is put together, and checks it; then may be nil.
func (m *messagePage) keep(then func()) {
	if then == nil {
		then = func() {}
	}
	if m.kept == m.asked {
		then()
		return
	}
	m.kept = m.asked
	asked, c, message := m.asked, *m.plan.draft(), *m.message()
	message.Keys = slices.Clone(message.Keys)
	var result view.MessagePage
	m.w.keep(
		func(ctx context.Context) { result = m.w.office.KeepMessage(ctx, c, message) },
		func() {
			if asked == m.asked {
				result.File = m.plan.message.File
				m.plan.message, m.plan.draft().Flow.Source = result, result.Source
				m.tell()
				m.preview.run()
			}
			then()
		})
}

// tell brings everything to what is written and what was found.
func (m *messagePage) tell() {
	for _, tell := range m.told {
		tell()
	}
	m.why.SetText(m.plan.message.ToMendWords())
	if m.plan.message.Ready() {
		m.why.SetText(m.plan.people.Summary())
	}
}

// begin goes on, with what was written last.
func (m *messagePage) begin() { m.keep(func() { m.w.openStep(m.plan, stepWhen) }) }
func (m *messagePage) back()  { m.w.openStep(m.plan, stepPeople) }

// tryIt tries what was written last on a telephone.
func (m *messagePage) tryIt() { m.keep(func() { m.w.tryPlan(m.plan) }) }

// left stores what was written last.
func (m *messagePage) left() {
	m.stop()
	m.keep(nil)
	m.preview.cancel()
}

func (m *messagePage) content() fyne.CanvasObject  { return m.body }
func (m *messagePage) campaign() campaign.Campaign { return campaign.Campaign{} }

func (m *messagePage) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		m.begin()
	case fyne.KeyEscape:
		m.back()
	default: // other keys mean nothing here
	}
}

// card is one with a title, and something at its right.
func card(title string, beside []fyne.CanvasObject, rows ...fyne.CanvasObject) fyne.CanvasObject {
	head := append([]fyne.CanvasObject{widget.NewText(widget.CardTitle, title), widget.Gap()}, beside...)
	return widget.Card(widget.Pad(widget.Space3, widget.Space4, widget.Stack(widget.Space2, append([]fyne.CanvasObject{widget.Row(widget.Space3, head...)}, rows...)...)))
}
