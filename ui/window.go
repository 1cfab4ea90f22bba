package ui

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// Args is what the command line asks of the window.
type Args struct {
	List   string      // a spreadsheet to open
	Lists  []string    // spreadsheets to open, all but the first as drafts; in place of List
	Flow   string      // a VoiceXML file or address to choose with it
	Sample bool        // open the sample
	Mode   widget.Mode // for this time only; System: as was chosen in the window
}

// Window is the window and everything it has open.
type Window struct {
	Bridge
	app     *view.App
	office  *view.Office // nil if the data folder could not be opened
	program fyne.App
	win     fyne.Window
	ctx     context.Context //nolint:containedctx // ends with the window
	cancel  context.CancelFunc

	body  *fyne.Container // holds the page
	toast *fyne.Container
	side  side
	menus menus
	page  page
	asks  []asking      // questions, the newest last
	wait  *waiting      // nil unless something takes longer
	said  *widget.Toast // nil unless one is shown

	elsewhere bool // somebody works in another window
	hidden    bool // only the tray shows the program
	trayed    trayed

	calls map[campaign.ID]*calls // campaigns that are being called
	begun int                    // how many were
	mail  mail
	leave bool // quit when the calls have ended

	keeping sync.WaitGroup              // what must be stored before the store closes
	typed   map[campaign.ID]view.Unread // dates of drafts that could not be read
	unsaved map[campaign.ID]*whenPage   // what was changed of campaigns that have started
	mode    widget.Mode

	settings *view.SettingsPage // as they were left; nil before they are shown
	section  section            // of the settings that was shown last
}

// page is what fills the window beside the side bar.
type page interface {
	content() fyne.CanvasObject
	// key gets keys nothing in the page had a use for.
	key(e *fyne.KeyEvent)
	// campaign is what the menu's actions are about; zero for none.
	campaign() campaign.Campaign
}

// follower is a page that shows how campaigns go.
type follower interface {
	// take is told what a Runner told, of any campaign.
	take(u campaign.Update)
	// over is told how a campaign stands that is not called any more.
	over(c campaign.Campaign)
}

// leaver is a page that is told before another one takes its place.
type leaver interface{ left() }

// asking is something over the window that takes the keys.
type asking interface{ Key(e *fyne.KeyEvent) }

// side is the parts of the side bar that change.
type side struct {
	home, doNotCall, doubts, settings, help *widget.SideItem
	runs                                    []*widget.SideItem // campaigns that are being called
	gateway, lines                          *widget.Text
	sign                                    *widget.Sign
}

// trayed is what the tray says.
type trayed struct {
	said     string
	pausable bool
}

// sideRuns is how many campaigns that are being called the side bar shows.
const sideRuns = 6

// mail is what the Runners told and the window has not shown yet.
type mail struct {
	mu      sync.Mutex
	updates map[campaign.ID]campaign.Update
}

// modeKey is where the choice of light or dark is kept.
const modeKey = "mode"

// Open makes the window of a program. Show it with its ShowAndRun.
func Open(program fyne.App, a *view.App, args Args, b Bridge) *Window {
	w := &Window{Bridge: b, app: a, program: program, calls: map[campaign.ID]*calls{}, unsaved: map[campaign.ID]*whenPage{},
		typed: map[campaign.ID]view.Unread{}}
	w.ctx, w.cancel = context.WithCancel(context.Background())
	w.caught = w.broke
	w.mode = widget.Mode(program.Preferences().StringWithFallback(modeKey, string(widget.System)))
	if args.Mode == widget.Light || args.Mode == widget.Dark {
		w.mode = args.Mode
	}
	w.dress()
	w.speak()
	w.win = program.NewWindow("Rollcall")
	w.win.SetPadded(false)
	w.win.SetMaster()
	w.frame()
	w.win.Resize(w.size())
	w.win.SetOnClosed(w.rememberSize)
	w.win.SetOnDropped(func(_ fyne.Position, files []fyne.URI) { w.guard(func() { w.Dropped(files) }) })
	w.win.SetCloseIntercept(func() { w.guard(w.quit) })
	w.win.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { w.guard(func() { w.key(e) }) })
	w.watchFocus()
	w.begin(args)
	return w
}

// Attend begins what goes on beside the pages: an end nobody wants leaves a
// report, what was kept long enough goes, and further starts are heard, until
// done is called. The report is nil where none can be written.
func (w *Window) Attend() (report *os.File, done func()) {
	report = w.watchCrashes()
	w.keepClean()
	return report, w.listen()
}

// Content returns the toolkit's window.
func (w *Window) Content() fyne.Window { return w.win }

// frame builds what stays around the pages.
func (w *Window) frame() {
	w.body, w.toast = container.NewStack(), container.NewStack()
	w.side.home = widget.NewSideItem(widget.IconHome, words.Say("Campaigns"), w.goHome)
	w.side.doNotCall = widget.NewSideItem(widget.IconBlock, words.Say("Do not call"), w.goDoNotCall)
	w.side.doubts = widget.NewSideItem(widget.IconDoubt, words.Say("In doubt"), w.goDoubts)
	w.side.settings = widget.NewSideItem(widget.IconSettings, words.Say("Settings"), w.goSettings)
	w.side.help = widget.NewSideItem(widget.IconHelp, words.Say("Help"), w.goHelp)
	w.side.sign = widget.ShapeSign(widget.ShapeReady)
	w.side.gateway = widget.NewText(widget.Caption, "").Cut()
	w.side.lines = widget.NewText(widget.Caption, "").In(widget.Secondary).Cut()
	foot := widget.Stack(widget.Space1,
		widget.Row(widget.Space1, w.side.sign, widget.Grow(widget.NewWhole(w.side.gateway))), widget.NewWhole(w.side.lines))
	places := []fyne.CanvasObject{w.side.home, w.side.doNotCall, w.side.doubts, w.side.settings, w.side.help}
	w.side.runs = nil
	for i := range sideRuns {
		run := widget.NewSideState(widget.ShapeCalling, "", func() { w.goRun(i) })
		w.side.runs, places = append(w.side.runs, run), append(places, run)
	}
	body := container.NewStack(widget.Ground(widget.Background, widget.Frame("Rollcall", foot, w.body, places...)), w.toast)
	w.win.SetContent(widget.NewShell(widget.WithTips(body, w.win.Canvas()), w.broken))
	w.win.SetMainMenu(w.mainMenu())
	w.tell()
}

// begin opens the data folder and goes where the command line says.
func (w *Window) begin(args Args) {
	office, err := w.app.Open(w.ctx, "window")
	if err != nil {
		w.show(newTrouble(w, err))
		return
	}
	w.office = office
	switch {
	case args.Sample:
		w.openSample()
	case len(args.Lists) > 0:
		w.openFiles(args.Lists)
	case args.List != "":
		w.openList(listRequest{source: view.Source{Path: args.List}, flow: args.Flow})
	default:
		w.goHome()
	}
}

// show puts a page into the window.
func (w *Window) show(p page) {
	if left, waits := w.page.(*waiting); waits && !left.over && p != page(left) {
		left.abandon()
	}
	if w.page != p {
		w.settle()
	}
	w.page = p
	w.body.Objects = []fyne.CanvasObject{p.content()}
	w.body.Refresh()
	w.tell()
}

// settle lets the page that is shown keep what was typed on it, and takes the
// keys from it: a control that is not shown any more must not get them.
func (w *Window) settle() {
	c := w.win.Canvas()
	if _, side := c.Focused().(*widget.SideItem); !side && c.Overlays().Top() == nil {
		c.Unfocus()
	}
	if before, told := w.page.(leaver); told {
		before.left()
	}
}

// place is where in the side bar the page belongs.
func (w *Window) place(runs []*calls) *widget.SideItem {
	for i, k := range runs {
		if i < len(w.side.runs) && w.shown().ID == k.campaign.ID {
			return w.side.runs[i]
		}
	}
	switch w.page.(type) {
	case *doNotCallPage:
		return w.side.doNotCall
	case *doubtsPage:
		return w.side.doubts
	case *settingsPage:
		return w.side.settings
	case *helpPage:
		return w.side.help
	default:
		return w.side.home
	}
}

// under is the page, or the one to which a wait leads back: it is told
// meanwhile what the calls do.
func (w *Window) under() page {
	if p, waits := w.page.(*waiting); waits {
		return p.back
	}
	return w.page
}

// shown is the campaign that the menu's actions are about; zero if none is.
func (w *Window) shown() campaign.Campaign {
	if w.page == nil { // the first page is still being read
		return campaign.Campaign{}
	}
	return w.page.campaign()
}

// tell brings side bar, menu and tray to what is possible now.
func (w *Window) tell() {
	runs := w.running()
	place := w.place(runs)
	for _, item := range []*widget.SideItem{w.side.home, w.side.doNotCall, w.side.doubts, w.side.settings, w.side.help} {
		item.SetOn(item == place)
	}
	for i, item := range w.side.runs {
		if i >= len(runs) {
			item.Hide()
			continue
		}
		c := runs[i].campaign
		item.Set(widget.ShapeOfCampaign(c.State), c.Name)
		item.SetOn(item == place)
		item.Show()
	}
	w.tellGateway(runs)
	w.menus.tell(w)
	w.tellTray()
}

// tellGateway says at the foot of the side bar what calls are made through.
func (w *Window) tellGateway(runs []*calls) {
	calling := make([]view.Sidelined, len(runs))
	shape := widget.ShapeReady
	for i, k := range runs {
		calling[i] = view.Sidelined{Settings: k.campaign.Settings, Practice: k.campaign.Practice, Busy: k.busy}
		shape = widget.ShapeReached
	}
	head, line := view.GatewayFoot(calling)
	w.side.gateway.SetText(head)
	w.side.lines.SetText(line)
	w.side.sign.SetShape(shape)
}

// goRun shows a campaign of the side bar.
func (w *Window) goRun(i int) {
	if runs := w.running(); i < len(runs) {
		w.openCampaign(runs[i].campaign.ID, stepLive)
	}
}

// countDoubts brings the count beside In doubt up to date. Whoever decides
// about doubts calls it.
func (w *Window) countDoubts() {
	if w.office == nil {
		return
	}
	var n int
	var err error
	w.background(
		func() { n, err = w.office.Doubts(w.ctx) },
		func() {
			if err == nil { // else the page of them says why
				w.side.doubts.SetCount(n)
			}
		})
}

// goHome shows all campaigns.
func (w *Window) goHome() {
	if w.office == nil {
		return
	}
	var state view.HomePage
	var err error
	calling := map[campaign.ID]view.Calling{}
	for id, k := range w.calls {
		calling[id] = view.Calling{Busy: k.busy, Away: k.standing.Away}
	}
	w.background(
		func() { state, err = w.office.Home(w.ctx, time.Now(), calling) },
		func() {
			if errors.Is(err, context.Canceled) {
				return
			}
			if err != nil {
				w.problem(words.Say("The campaigns could not be read"), words.Say("Calls in progress are not touched by this."), err)
				return
			}
			w.side.doubts.SetCount(state.Doubts())
			w.show(newHome(w, state))
		})
}

// goLive shows the campaign that was begun last.
func (w *Window) goLive() {
	if k := w.newest(); k != nil {
		w.openCampaign(k.campaign.ID, stepLive)
	}
}

// key gives a key to what takes keys now: the newest question, else the page.
func (w *Window) key(e *fyne.KeyEvent) {
	if n := len(w.asks); n > 0 {
		w.asks[n-1].Key(e)
		return
	}
	if e.Name == fyne.KeyF1 { // the toolkit takes no shortcut of one key
		w.goHelp()
		return
	}
	if w.page != nil {
		w.page.key(e)
	}
}

// setMode chooses light, dark, or what the desktop does.
func (w *Window) setMode(m widget.Mode) {
	w.mode = m
	w.program.Preferences().SetString(modeKey, string(m))
	w.dress()
	w.menus.tell(w)
}

// dress puts the mode in force. Where no desktop can say what it likes the
// window is light: the toolkit alone would make it dark.
func (w *Window) dress() {
	m := w.mode
	if m == widget.System && w.Mute {
		m = widget.Light
	}
	w.program.Settings().SetTheme(widget.Theme{Mode: m})
}

// trouble is the page of a window that could not open its data folder.
type trouble struct{ body fyne.CanvasObject }

func newTrouble(w *Window, err error) *trouble {
	quit := widget.NewButton(widget.Primary, words.Say("Quit"), w.quit)
	text := widget.Stack(widget.Space4,
		widget.NewText(widget.PageTitle, words.Say("The campaigns could not be opened")),
		widget.NewPara(widget.Body, sentence(err), widget.DialogWidth),
		widget.NewPara(widget.Body, words.Say("Nobody is called from this window. If another Rollcall is open, go on there; else see the log."), widget.DialogWidth).In(widget.Secondary),
		widget.Row(0, quit))
	return &trouble{body: widget.Center(text)}
}

func (t *trouble) content() fyne.CanvasObject  { return t.body }
func (t *trouble) key(*fyne.KeyEvent)          {}
func (t *trouble) campaign() campaign.Campaign { return campaign.Campaign{} }
