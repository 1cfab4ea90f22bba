package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// homePage is the first page: every campaign, or how to begin.
type homePage struct {
	w     *Window
	state view.HomePage
	shown []view.HomeCard
	body  fyne.CanvasObject

	search *searchField
	tabs   *widget.Segments
	cards  *widget.Cards
	nobody *fyne.Container // in place of cards
	reason *widget.Text
	way    *widget.Button // out of there
}

// homeSortKey is where the order of the cards is kept.
const homeSortKey = "home.sort"

func newHome(w *Window, state view.HomePage) *homePage {
	p := &homePage{w: w, state: state}
	if before, ok := w.page.(*homePage); ok && before.cards != nil { // read anew where it is
		p.state.Search, p.state.Archive = before.state.Search, before.state.Archive
	}
	if state.Empty() {
		p.body = firstStart(w)
		return p
	}
	p.state.Sort = view.HomeSort(min(max(0, w.program.Preferences().Int(homeSortKey)), len(view.HomeSorts())-1))
	p.cards = widget.NewCards(p.newCard)
	p.cards.OnOpened, p.cards.OnMenu, p.cards.OnKey = p.open, p.menu, p.cardKey
	p.cards.OnTyped = p.type1
	p.reason = widget.NewText(widget.Body, "").In(widget.Secondary)
	p.way = widget.NewButton(widget.Plain, "", p.wayOut)
	p.nobody = widget.Center(widget.Stack(widget.Space3, widget.Center(p.reason), widget.Center(p.way)))
	hint := widget.NewText(widget.Caption, words.Say("Drop a spreadsheet anywhere in this window to begin a new campaign with it.")).In(widget.Secondary).Cut()
	page := widget.Stack(0, p.header(), p.bar(), p.interrupted(), widget.Grow(widget.Over(p.cards, p.nobody)),
		widget.Pad(widget.Space2, widget.Space4, hint))
	p.body = page
	p.fill()
	return p
}

func (p *homePage) header() fyne.CanvasObject {
	last := widget.NewButton(widget.Quiet, words.Say("Duplicate last"), p.duplicateLast).With(widget.IconCopy)
	fresh := widget.NewButton(widget.Primary, words.Say("New campaign"), p.w.newCampaign).With(widget.IconPlus)
	return widget.Header(widget.NewText(widget.PageTitle, words.Say("Campaigns")), widget.Gap(), last, fresh)
}

// bar holds what chooses the cards.
func (p *homePage) bar() fyne.CanvasObject {
	p.search = newSearchField(words.Say("Search campaigns"), func(text string) {
		p.state.Search = text
		p.fill()
	}, p.searchKey)
	p.search.Text = p.state.Search
	at := 0
	if p.state.Archive {
		at = 1
	}
	p.tabs = widget.NewSegments(p.tabWords(), at, func(at int) {
		p.state.Archive = at == 1
		p.fill()
	})
	sorts := widget.NewDrop(view.HomeSorts(), int(p.state.Sort), func(at int) {
		p.state.Sort = view.HomeSort(at)
		p.w.program.Preferences().SetInt(homeSortKey, at)
		p.fill()
	})
	return widget.Pad(widget.Space2, widget.Space4, widget.Row(widget.Space2,
		widget.AtLeast(widget.FindWidth, widget.ControlHeight, p.search), p.tabs, widget.Gap(),
		widget.NewText(widget.Body, words.Say("Sort by")).In(widget.Secondary), widget.AtLeast(widget.SideWidth, widget.ControlHeight, sorts)))
}

func (p *homePage) tabWords() []string {
	current, archived := p.state.Counts()
	return []string{words.Say("Current %s", words.Number(current)), words.Say("Archive %s", words.Number(archived))}
}

// interrupted is the note on what the end of the program has interrupted.
func (p *homePage) interrupted() fyne.CanvasObject {
	said, list := p.state.Interrupted()
	if said == "" {
		return widget.Stack(0)
	}
	row := widget.Row(widget.Space3, widget.NoteSign(widget.ShapeWaiting), widget.Grow(widget.NewWhole(widget.NewText(widget.Body, said))))
	if len(list) == 1 {
		row.Add(widget.NewButton(widget.Plain, words.Say("Resume…"), func() { p.w.askStored(list[0].Campaign) }).Less())
	}
	return widget.Pad(widget.Space1, widget.Space4, widget.Note(widget.Selection, row))
}

// fill shows the cards that are chosen now.
func (p *homePage) fill() {
	p.shown = p.state.Cards()
	p.cards.SetCount(len(p.shown))
	if len(p.shown) > 0 {
		p.nobody.Hide()
		return
	}
	said, way := p.state.Nobody()
	p.reason.SetText(said)
	p.way.Become(widget.NoIcon, way)
	p.nobody.Show()
	p.nobody.Refresh()
}

// wayOut leads to where there are cards.
func (p *homePage) wayOut() {
	if p.state.Search != "" {
		p.search.SetText("")
		return
	}
	p.tabs.Choose(1 - p.tabs.At())
}

func (p *homePage) find() { p.w.win.Canvas().Focus(p.search) }

// type1 takes the first letter of a search that is begun among the cards.
func (p *homePage) type1(r rune) {
	p.find()
	p.search.TypedRune(r)
}

// searchKey gets the keys the search has no use for.
func (p *homePage) searchKey(e *fyne.KeyEvent) {
	if (e.Name == fyne.KeyDown || e.Name == fyne.KeyPageDown) && len(p.shown) > 0 {
		p.w.win.Canvas().Focus(p.cards)
	}
}

// take shows what the Runner told.
func (p *homePage) take(u campaign.Update) {
	if _, found := p.state.Take(u, time.Now()); !found {
		return
	}
	for i := range p.shown {
		if p.shown[i].ID == u.Campaign.ID {
			p.shown[i] = p.state.Card(u.Campaign.ID)
			p.cards.Fill(i)
		}
	}
}

// over reads the cards anew.
func (p *homePage) over(campaign.Campaign) { p.w.goHome() }

func (p *homePage) content() fyne.CanvasObject  { return p.body }
func (p *homePage) campaign() campaign.Campaign { return campaign.Campaign{} }

// key begins with the cards, or with a new campaign.
func (p *homePage) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if p.cards == nil {
			p.w.openSample()
			return
		}
		p.w.newCampaign()
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageDown:
		if len(p.shown) > 0 {
			p.w.win.Canvas().Focus(p.cards)
		}
	case fyne.KeyEscape:
		if p.state.Search != "" {
			p.search.SetText("")
		}
	default: // other keys mean nothing here
	}
}
