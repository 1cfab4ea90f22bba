package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// section is a part of the settings page; a file each.
type section int

const (
	sectionGateways section = iota
	sectionRegion
	sectionRules
	sectionData
	sectionLook
	sectionStart
)

// settingsPage is what an office and whoever sits here have set.
type settingsPage struct {
	w     *Window
	state *view.SettingsPage
	at    section
	body  fyne.CanvasObject
	shown *fyne.Container // holds the section
	items []*widget.SideItem

	gateways *gatewaySettings // nil unless they are shown
	pending  []func()         // keep what was typed in the section that is shown
}

// goSettings shows the settings where they were left.
func (w *Window) goSettings() { w.openSettings(w.section, nil, func(*settingsPage) {}) }

// openSettings shows a section of the settings with what was typed and not
// saved; then is told the page. back, if not nil, leads to where one came from.
func (w *Window) openSettings(at section, back func(), then func(*settingsPage)) {
	if w.office == nil {
		return
	}
	var fresh *view.SettingsPage
	var err error
	w.background(
		func() { fresh, err = w.office.OpenSettings(w.ctx) },
		func() {
			if err != nil {
				w.problem(words.Say("The settings could not be read"), words.Say("Calls in progress are not touched by this."), err)
				return
			}
			if left := w.settings; left != nil && (left.Form.Changed() || len(left.Tested) > 0) {
				fresh.Tested, fresh.Form = left.Tested, left.Form
				if left.Form.At > len(fresh.Settings.Gateways) {
					fresh.Choose(view.BuiltInGateway)
				}
			}
			w.settings = fresh
			page := newSettings(w, fresh, at, back)
			w.show(page)
			then(page)
		})
}

func newSettings(w *Window, state *view.SettingsPage, at section, back func()) *settingsPage {
	p := &settingsPage{w: w, state: state, shown: container.NewStack()}
	list := widget.Stack(2)
	for i, s := range p.sections() {
		item := widget.NewSideItem(s.icon, s.words, func() { p.choose(section(i)) })
		p.items = append(p.items, item)
		list.Add(item)
	}
	content := widget.Inset(widget.Space2, widget.Space4, widget.Space4, widget.Space4,
		widget.Columns(widget.Space4, widget.AtLeast(widget.SectionsWidth, 0, list), widget.Grow(p.shown)))
	head := []fyne.CanvasObject{widget.Grow(widget.NewText(widget.PageTitle, words.Say("Settings")))}
	if back != nil {
		head = append(head, widget.NewButton(widget.Plain, words.Say("Back to the campaign"), back).With(widget.IconBack))
	}
	p.body = widget.Stack(0, widget.Header(head...), widget.Grow(content))
	p.choose(at)
	return p
}

// place is a section as it stands in the list.
type sectionPlace struct {
	icon  widget.Icon
	words string
	show  func() fyne.CanvasObject
}

func (p *settingsPage) sections() []sectionPlace {
	return []sectionPlace{
		sectionGateways: {widget.IconGateway, words.Say("Gateways"), p.gatewaySection},
		sectionRegion:   {widget.IconGlobe, words.Say("Language and region"), p.regionSection},
		sectionRules:    {widget.IconShield, words.Say("Rules of the trade"), p.rulesSection},
		sectionData:     {widget.IconData, words.Say("Data and back-up"), p.dataSection},
		sectionLook:     {widget.IconLook, words.Say("Look"), p.lookSection},
		sectionStart:    {widget.IconPower, words.Say("Start-up"), p.startSection},
	}
}

// choose shows a section.
func (p *settingsPage) choose(at section) {
	p.left()
	p.at, p.w.section, p.gateways = at, at, nil
	for i, item := range p.items {
		item.SetOn(section(i) == at)
	}
	scroll := widget.Scroll(widget.AtMost(widget.FormWidth, widget.Inset(0, widget.Space3, widget.Space1, 0, widget.Stack(0, p.sections()[at].show())))).Wide()
	p.shown.Objects = []fyne.CanvasObject{scroll}
	p.shown.Refresh()
}

// left keeps what was typed when another section or page is shown.
func (p *settingsPage) left() {
	for _, keep := range p.pending {
		keep()
	}
	p.pending = nil
}

// again shows the section anew, after something in it has changed.
func (p *settingsPage) again() { p.choose(p.at) }

// save stores what the office sets, and then does what follows. Where it could
// not be stored the page shows what is.
func (p *settingsPage) save(s view.OfficeSettings, then func()) {
	var err error
	p.w.keep(
		func(ctx context.Context) { err = p.w.office.SaveSettings(ctx, s) },
		func() {
			if err != nil {
				p.w.problem(words.Say("The settings could not be saved"), words.Say("They are as they were before. Calls in progress are not touched by this."), err)
				p.again()
				return
			}
			p.state.Settings = s
			then()
		})
}

// kept stores what was changed at once.
func (p *settingsPage) kept(change func(s *view.OfficeSettings)) {
	s := p.state.Settings
	change(&s)
	p.save(s, func() {})
}

// settingsCard is a card of a section: its title, and rows of a form.
func settingsCard(title string, rows ...fyne.CanvasObject) fyne.CanvasObject {
	stack := widget.Stack(widget.Space3, widget.NewText(widget.CardTitle, title))
	for _, row := range rows {
		stack.Add(row)
	}
	return widget.Card(widget.Pad(widget.Space4, widget.Space4, stack))
}

// formRow is a field with what it is called before it, and hints below it.
func formRow(label string, o fyne.CanvasObject, hints ...fyne.CanvasObject) fyne.CanvasObject {
	name := widget.AtLeast(widget.LabelWidth, widget.ControlHeight, widget.Row(0, widget.NewText(widget.Body, label)))
	field := widget.Stack(widget.Space1, append([]fyne.CanvasObject{widget.AtLeast(0, widget.ControlHeight, o)}, hints...)...)
	return widget.Columns(widget.Space3, widget.Stack(0, name), widget.Grow(field))
}

// fieldHint is what is said below a field.
func fieldHint(text string) *widget.Para {
	return widget.NewPara(widget.Caption, text, widget.HintWidth).In(widget.Secondary)
}

// drop is a choice of some words, as wide as they are.
func drop(options []string, at int, chosen func(at int)) fyne.CanvasObject {
	return widget.Row(0, widget.AtLeast(widget.WidthOf(options...)+2*widget.Space6, widget.ControlHeight, widget.NewDrop(options, at, chosen)))
}

func (p *settingsPage) content() fyne.CanvasObject  { return p.body }
func (p *settingsPage) campaign() campaign.Campaign { return campaign.Campaign{} }

// key is Esc, which throws away what was typed after it has asked, and Enter,
// which is Test until that has passed, then Save.
func (p *settingsPage) key(e *fyne.KeyEvent) {
	if p.gateways == nil {
		return
	}
	switch e.Name {
	case fyne.KeyEscape:
		p.gateways.askDiscard()
	case fyne.KeyReturn, fyne.KeyEnter:
		p.gateways.next()
	default: // other keys mean nothing here
	}
}
