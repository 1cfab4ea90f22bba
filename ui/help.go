package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/assets"
	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// Places of the help that are no chapters.
const (
	helpNews  = "news"
	helpAbout = "about"
)

// helpPage is the guide: its chapters, what is new, and what the program is
// made of.
type helpPage struct {
	w      *Window
	guide  view.Guide
	at     string // what is shown; empty while something is looked for
	read   string // the chapter that was shown last
	body   fyne.CanvasObject
	shown  *fyne.Container
	list   *fyne.Container
	items  map[string]*widget.SideItem
	search *searchField
}

// goHelp shows the chapter about the page that is shown.
func (w *Window) goHelp() {
	if p, here := w.page.(*helpPage); here {
		w.win.Canvas().Focus(p.search)
		return
	}
	w.openHelp(w.chapter())
}

// openHelp shows a chapter, or another place of the help.
func (w *Window) openHelp(at string) {
	var g view.Guide
	var err error
	w.background(
		func() { g, err = view.ReadGuide(assets.Guide(), string(words.InUse())) },
		func() {
			if err != nil {
				w.problem(words.Say("The guide could not be read"), words.Say("Calls are not touched by this."), err)
				return
			}
			w.show(newHelp(w, g, at))
		})
}

// chapter is the one about the page that is shown.
func (w *Window) chapter() string {
	switch w.page.(type) {
	case *peoplePage:
		return "repairs"
	case *messagePage:
		return "message"
	case *whenPage:
		return "hours"
	case *checkPage, *livePage:
		return "start"
	case *doubtsPage:
		return "doubt"
	case *doNotCallPage:
		return "do-not-call"
	case *resultsPage:
		return "results"
	case *settingsPage:
		if w.section == sectionGateways {
			return "gateways"
		}
		return "data"
	default:
		return "first-list"
	}
}

func newHelp(w *Window, g view.Guide, at string) *helpPage {
	p := &helpPage{w: w, guide: g, shown: container.NewStack(), list: widget.Stack(2)}
	p.search = newSearchField(words.Say("Search the guide"), p.find, w.key)
	p.search.OnSubmitted = p.first
	p.tellList(g)
	left := widget.Stack(widget.Space2, widget.AtLeast(0, widget.ControlHeight, p.search), p.list)
	content := widget.Inset(widget.Space2, 0, widget.Space4, widget.Space4,
		widget.Columns(widget.Space4, widget.AtLeast(widget.SectionsWidth, 0, left), widget.Grow(p.shown)))
	logs := widget.NewButton(widget.Quiet, words.Say("Open the log folder"), func() { w.openFolder(w.app.DataDir) }).With(widget.IconOpen)
	p.body = widget.Stack(0, widget.Header(widget.NewText(widget.PageTitle, words.Say("Help")), widget.Gap(), logs), widget.Grow(content))
	p.choose(at)
	return p
}

// tellList lists chapters, and below them what is no chapter.
func (p *helpPage) tellList(chapters []view.Chapter) {
	p.items = map[string]*widget.SideItem{}
	p.list.Objects = nil
	add := func(id string, icon widget.Icon, title string) {
		item := widget.NewSideItem(icon, title, func() {
			if p.search.Text != "" {
				p.open(id)
				return
			}
			p.choose(id)
		})
		item.SetOn(id == p.at)
		p.items[id] = item
		p.list.Add(item)
	}
	for _, c := range chapters {
		add(c.ID, widget.IconBook, c.Title)
	}
	p.list.Add(widget.Pad(widget.Space2, 0, widget.Rule()))
	add(helpNews, widget.IconNews, words.Say("What is new"))
	add(helpAbout, widget.IconInfo, words.Say("About Rollcall"))
	p.list.Refresh()
}

// find lists the chapters that have what was typed, and shows the first.
func (p *helpPage) find(typed string) {
	if strings.TrimSpace(typed) == "" {
		p.tellList(p.guide)
		p.choose(p.read)
		return
	}
	p.at = ""
	var chapters []view.Chapter
	found := p.guide.Search(typed)
	for _, f := range found {
		chapters = append(chapters, f.Chapter)
	}
	p.tellList(chapters)
	p.show(p.results(typed, found))
}

// results are the places at which something was found.
func (p *helpPage) results(typed string, found []view.Found) fyne.CanvasObject {
	if len(found) == 0 {
		return widget.Stack(widget.Space2, widget.NewText(widget.CardTitle, words.Say("Nothing is found about ‘%s’", typed)),
			widget.NewPara(widget.Body, words.Say("Try one word alone, or another one for it."), widget.ReadingWidth).In(widget.Secondary))
	}
	stack := widget.Stack(widget.Space4, widget.NewText(widget.CardTitle, words.Many(len(found), "%s chapter about ‘%s’", "%s chapters about ‘%s’", typed)))
	for _, f := range found {
		stack.Add(widget.Stack(widget.Space1,
			widget.Row(0, widget.NewLink(widget.Body, f.Chapter.Title, func() { p.open(f.Chapter.ID) }), widget.Gap()),
			widget.NewPara(widget.Small, f.Line, widget.ReadingWidth).In(widget.Secondary)))
	}
	return stack
}

// first opens the first chapter that was found.
func (p *helpPage) first(typed string) {
	if found := p.guide.Search(typed); len(found) > 0 {
		p.open(found[0].Chapter.ID)
	}
}

// open shows a chapter that was found, among all of them.
func (p *helpPage) open(id string) {
	p.read = id
	p.search.SetText("") // shows it
}

// choose shows a chapter, or another place.
func (p *helpPage) choose(id string) {
	p.at, p.read = id, id
	for other, item := range p.items {
		item.SetOn(other == id)
	}
	switch id {
	case helpNews:
		p.show(readable(view.ParseText(assets.Changelog())))
	case helpAbout:
		p.show(p.about())
	default:
		c := p.guide.Chapter(id)
		text := readable(c.Title, c.Blocks)
		if c.ID == "keyboard" {
			text.Add(p.shortcuts())
		}
		p.show(text)
	}
}

func (p *helpPage) show(o fyne.CanvasObject) {
	card := widget.Card(widget.Pad(widget.Space4, widget.Space6, o))
	page := widget.AtMost(widget.ReadingWidth+2*widget.Space6, widget.Stack(0, card))
	p.shown.Objects = []fyne.CanvasObject{widget.Scroll(widget.Inset(0, widget.Space4, widget.Space1, 0, page)).Wide()}
	p.shown.Refresh()
}

// readable sets a text as it is read.
func readable(title string, blocks []view.Block) *fyne.Container {
	stack := widget.Stack(widget.Space3, widget.NewPara(widget.PageTitle, title, widget.ReadingWidth))
	for _, b := range blocks {
		stack.Add(block(b))
	}
	return stack
}

func block(b view.Block) fyne.CanvasObject {
	const room = widget.ReadingWidth - widget.Space6 - widget.Space2
	switch b.Kind {
	case view.Heading:
		return widget.Inset(widget.Space3, 0, 0, 0, widget.NewPara(widget.CardTitle, b.Text, widget.ReadingWidth))
	case view.Numbered:
		return widget.Columns(widget.Space2, widget.Stack(0, widget.Numeral(b.Term)), widget.Center(widget.NewPara(widget.Body, b.Text, room)))
	case view.Item:
		text := widget.Stack(0)
		if b.Term != "" {
			text.Add(widget.NewPara(widget.BodyBold, b.Term, room))
		}
		if b.Text != "" {
			text.Add(widget.NewPara(widget.Body, b.Text, room))
		}
		return widget.Beside(widget.Bullet(), text)
	default:
		return widget.NewPara(widget.Body, b.Text, widget.ReadingWidth)
	}
}

// shortcuts are those of the menu.
func (p *helpPage) shortcuts() fyne.CanvasObject {
	stack := widget.Stack(widget.Space3)
	for _, m := range p.w.menus.main.Items {
		rows := widget.Stack(widget.Space1, widget.NewText(widget.BodyBold, m.Label))
		for _, i := range m.Items {
			if keys := keysOf(i.Shortcut); keys != "" {
				rows.Add(widget.Row(widget.Space3, widget.AtLeast(widget.SectionsWidth, 0, widget.Row(0, widget.Keys(keys))), widget.NewText(widget.Body, strings.TrimSuffix(i.Label, "…"))))
			}
		}
		stack.Add(rows)
	}
	return stack
}

func (p *helpPage) content() fyne.CanvasObject  { return p.body }
func (p *helpPage) campaign() campaign.Campaign { return campaign.Campaign{} }

// key is Esc, which leads home.
func (p *helpPage) key(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape {
		p.w.goHome()
	}
}
