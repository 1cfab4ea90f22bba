package ui

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// livePage is a campaign while it runs, and before and after. Its parts stand in
// files of their own: live_summary.go the counts and the chart, live_now.go what
// happens now, live_grid.go the rows, live_acts.go what is done with them,
// live_controls.go lines and rate, details.go one row.
type livePage struct {
	w     *Window
	state view.LivePage
	body  fyne.CanvasObject

	tag, practice *widget.Tag
	main, stop    *widget.Button
	controls      liveControls
	summary       liveSummary
	now           liveNow
	rows          liveRows
	acts          liveActs

	aside   *widget.Aside
	details *details
}

// openCampaign reads a campaign and shows a step of it.
func (w *Window) openCampaign(id campaign.ID, step int) {
	var results view.ResultsPage
	var c campaign.Campaign
	var tally campaign.Tally
	var err error
	w.background(
		func() {
			if step == stepResults {
				results, err = w.office.Results(w.ctx, id)
				return
			}
			if c, err = w.office.Store.Campaign(w.ctx, id); err == nil {
				tally, err = w.office.Store.Tally(w.ctx, id)
			}
		},
		func() {
			switch {
			case errors.Is(err, context.Canceled):
			case err != nil:
				w.problem(words.Say("The campaign could not be read"), words.Say("Calls in progress are not touched by this."), err)
			case step == stepResults:
				w.show(newResults(w, results))
			default:
				w.showLive(c, tally)
			}
		})
}

// showLive shows a campaign's live page. One that is shown already stays as it
// is: no row moves because calls begin.
func (w *Window) showLive(c campaign.Campaign, t campaign.Tally) {
	if p, shown := w.under().(*livePage); shown && p.state.Campaign.ID == c.ID && p.state.Campaign.State != campaign.Draft {
		w.show(p)
		p.refresh()
		return
	}
	p := newLive(w, c, t)
	w.show(p)
	w.win.Canvas().Focus(p.rows.grid)
	p.tick()
}

func newLive(w *Window, c campaign.Campaign, t campaign.Tally) *livePage {
	p := &livePage{w: w}
	p.state.Campaign, p.state.Tally = view.AtRest(c), t
	if k := w.of(c.ID); k != nil {
		p.state.Campaign, p.state.Busy = k.campaign, k.busy
	}
	p.details = newDetails(p)
	header, summary, now := p.header(), p.newSummary(), p.newNow()
	filters, grid := p.newFilters(), p.newGrid()
	p.aside = widget.NewAside(grid, p.details.body, p.kept().Details)
	p.aside.OnResized = p.detailsResized
	p.aside.OnNarrow = func() { p.rows.grid.Refresh() }
	content := widget.Pad(widget.Space4, widget.Space4, widget.Stack(widget.Space3, summary, now, filters, widget.Grow(p.aside)))
	p.body = widget.Stack(0, header, campaignSteps(w, c, stepLive), widget.Grow(content))
	p.tell()
	p.reload()
	p.lookAtTimes()
	return p
}

func (p *livePage) header() fyne.CanvasObject {
	p.tag = widget.StateTag(widget.NoShape, "")
	p.main = widget.NewButton(widget.Primary, words.Say("Pause"), p.mainAction).With(widget.IconPause).Settling()
	p.stop = widget.NewButton(widget.Grave, words.Say("Stop…"), p.stopAction).With(widget.IconStop).Settling()
	p.practice = practiceTag()
	return campaignHeader(p.state.Campaign.Name, []fyne.CanvasObject{p.tag, p.practice}, p.newControls(), p.main, p.stop)
}

// mainAction is the one thing to do next, whatever that is now.
func (p *livePage) mainAction() {
	c := p.state.Campaign
	can := p.w.can(c)
	switch {
	case can.pause:
		p.w.pause()
	case can.resume:
		p.w.resumeShown()
	case can.start:
		p.w.askStored(c)
	default:
		p.w.openCampaign(c.ID, stepResults)
	}
}

// stopAction stops the calls, or removes what was never started.
func (p *livePage) stopAction() {
	if p.state.Campaign.State == campaign.Draft {
		p.w.askRemove(p.state.Campaign)
		return
	}
	p.w.askStop()
}

// over shows how the campaign stands when nobody calls it any more.
func (p *livePage) over(c campaign.Campaign) {
	if p.state.Campaign.ID != c.ID {
		return
	}
	p.state.Campaign, p.state.Busy = c, 0
	p.refresh()
}

// take shows what the Runner told.
func (p *livePage) take(u campaign.Update) {
	if p.state.Campaign.ID != u.Campaign.ID {
		return
	}
	p.state.Take(u)
	p.tell()
	p.load()
	if len(u.Changed) > 0 || u.Many {
		p.follow()
		p.now.stale = true
	}
	for _, id := range u.Changed {
		if id == p.rows.chosen {
			p.details.load(id)
		}
	}
}

// refresh reads how the campaign stands: nobody tells it that is not called.
func (p *livePage) refresh() {
	var c campaign.Campaign
	var tally campaign.Tally
	var err error
	id := p.state.Campaign.ID
	p.w.background(
		func() {
			if c, err = p.w.office.Store.Campaign(p.w.ctx, id); err == nil {
				tally, err = p.w.office.Store.Tally(p.w.ctx, id)
			}
		},
		func() {
			if p.failed(err) {
				return
			}
			if k := p.w.of(id); k == nil {
				p.state.Campaign = view.AtRest(c)
			} else {
				p.state.Campaign, p.state.Busy = k.campaign, k.busy
			}
			p.state.Tally = tally
			p.state.Rows.TouchAll()
			p.tell()
			p.w.tell()
			p.load()
			p.follow()
			if p.rows.chosen != 0 {
				p.details.load(p.rows.chosen)
			}
			p.lookAtTimes()
		})
}

func (p *livePage) failed(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) {
		return err != nil
	}
	p.w.problem(words.Say("The rows could not be read"), words.Say("Calls go on; only what this page shows is not up to date."), err)
	return true
}

// tell brings everything but the rows to how the campaign stands.
func (p *livePage) tell() {
	c := p.state.Campaign
	p.state.Others = p.w.busyBeside(c.ID)
	p.tag.Set(widget.ShapeOfCampaign(c.State), words.Campaign(c.State))
	if p.state.Practice() {
		p.practice.Show()
	} else {
		p.practice.Hide()
	}
	p.tellSummary()
	p.tellChips()
	p.tellNow()
	p.tellControls()
	p.buttons()
	p.body.Refresh()
}

// busyBeside is how many calls other campaigns of this window have under way.
func (w *Window) busyBeside(id campaign.ID) int {
	n := 0
	for other, k := range w.calls {
		if other != id {
			n += k.busy
		}
	}
	return n
}

// buttons brings the two buttons to what can be done now.
func (p *livePage) buttons() {
	can := p.w.can(p.state.Campaign)
	switch {
	case can.pause:
		p.main.Become(widget.IconPause, words.Say("Pause"))
	case can.resume:
		p.main.Become(widget.IconPlay, words.Say("Resume"))
	case can.start:
		p.main.Become(widget.IconPlay, words.Say("Start calling…"))
	default:
		p.main.Become(widget.IconNext, words.Say("Results"))
	}
	switch {
	case can.stop:
		p.stop.Become(widget.IconStop, words.Say("Stop…"))
		p.stop.Show()
	case can.start:
		p.stop.Become(widget.IconClose, words.Say("Remove…"))
		p.stop.Show()
	default:
		p.stop.Hide()
	}
}

func (p *livePage) content() fyne.CanvasObject  { return p.body }
func (p *livePage) campaign() campaign.Campaign { return p.state.Campaign }

// key: Esc lets go of what is selected, then closes the details; it never pauses
// or stops.
func (p *livePage) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		if p.rows.grid.SelectedCount() > 1 {
			p.letGo()
			return
		}
		p.details.hide()
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd:
		p.w.win.Canvas().Focus(p.rows.grid)
		p.rows.grid.TypedKey(e)
	default: // other keys mean nothing here
	}
}

// stacked puts objects over each other.
func stacked(objects ...fyne.CanvasObject) *fyne.Container { return container.NewStack(objects...) }

// tickEvery is how often what depends on the time alone is shown anew.
const tickEvery = time.Second
