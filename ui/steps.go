package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// The steps of a campaign's life.
const (
	stepPeople = iota
	stepMessage
	stepWhen
	stepCheck
	stepLive
	stepResults
)

func stepWords() []string {
	return []string{words.Say("People"), words.Say("Message"), words.Say("When and how"), words.Say("Check"), words.Say("Live"), words.Say("Results")}
}

// openStep shows a step of a campaign that has not started. What the page that
// is left has changed is in the plan before the next one is made of it.
func (w *Window) openStep(p *plan, step int) {
	w.settle()
	switch step {
	case stepPeople:
		w.show(newPeople(w, p))
	case stepMessage:
		w.show(newMessage(w, p))
	case stepWhen:
		w.show(newWhen(w, p))
	case stepCheck:
		w.openCheck(p)
	}
}

// planSteps is the step strip before a campaign has started; any of its steps
// may be gone to, and one that needs mending says so.
func planSteps(w *Window, p *plan, at int) *widget.Steps {
	s := widget.NewSteps(stepWords(), func(step int) { w.openStep(p, step) })
	s.Set(at, stepPeople, stepCheck)
	s.Trouble(p.troubles(at, w.typed[p.draft().ID])...)
	return s
}

// troubles are the steps before at at which something must be mended.
func (p *plan) troubles(at int, unread view.Unread) []int {
	var steps []int
	if at > stepMessage && !p.message.Ready() {
		steps = append(steps, stepMessage)
	}
	when := view.NewWhenPage(*p.draft(), nil)
	when.Unread = unread
	if at > stepWhen && when.Blocked() != "" {
		steps = append(steps, stepWhen)
	}
	return steps
}

// campaignSteps is the step strip of a campaign that has started; how it came
// about can be looked at, see steps_look.go.
func campaignSteps(w *Window, c campaign.Campaign, at int) *widget.Steps {
	s := widget.NewSteps(stepWords(), func(step int) {
		if step < stepLive {
			w.lookBack(c.ID, step)
			return
		}
		w.openCampaign(c.ID, step)
	})
	if c.State == campaign.Draft && w.of(c.ID) == nil {
		s.Set(at, stepLive, stepLive)
	} else {
		s.Set(at, stepPeople, stepResults)
		s.Done(stepLive)
	}
	return s
}

// startedHeader is the top of the pages before Live of a campaign that has
// started.
func startedHeader(c campaign.Campaign) fyne.CanvasObject {
	tags := []fyne.CanvasObject{widget.StateTag(widget.ShapeOfCampaign(c.State), words.Campaign(c.State))}
	if c.Practice {
		tags = append(tags, practiceTag())
	}
	return campaignHeader(c.Name, tags)
}

// planHeader is the top of the pages before a campaign has started.
func planHeader(p *plan) fyne.CanvasObject {
	tags := []fyne.CanvasObject{widget.StateTag(widget.NoShape, words.Say("Draft"))}
	if view.BuiltIn(p.draft().Settings) {
		tags = append(tags, practiceTag())
	}
	return campaignHeader(p.draft().Name, tags)
}

// campaignHeader is the top of a campaign's pages: its name and tags, and what
// can be done with it.
func campaignHeader(name string, tags []fyne.CanvasObject, actions ...fyne.CanvasObject) fyne.CanvasObject {
	title := widget.Lead(widget.Space3, widget.NewWhole(widget.NewText(widget.PageTitle, name)), tags...)
	return widget.Header(append([]fyne.CanvasObject{widget.Grow(title)}, actions...)...)
}

// practiceTag is the tag that every practice result carries.
func practiceTag() *widget.Tag { return widget.PracticeTag(words.PracticeTag()) }
