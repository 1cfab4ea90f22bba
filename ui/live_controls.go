package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// mostLines is how many lines can be asked for.
const mostLines = 200

// liveControls are how many calls are made at a time, and in a minute. They are
// in force at once.
type liveControls struct {
	*pace
	row *fyne.Container
	// wanted is what was set last and is not stored yet; changing: something is
	// being stored.
	wanted   func(*campaign.Settings)
	changing bool
}

// pace is the two controls, which stand on the page and in a question.
type pace struct {
	lines, rate *widget.Stepper
	rates       []int // the steps of rate
}

func (p *livePage) newPace() *pace {
	k := &pace{}
	k.lines = widget.NewStepper(1, 1, mostLines, func(n int) {
		p.change(func(s *campaign.Settings) { s.Lines = n })
	})
	k.rate = widget.NewStepper(0, 0, 0, func(i int) {
		minute := k.rates[i]
		p.change(func(s *campaign.Settings) { s.Rate = view.PerSecond(minute) })
	}).Saying(func(i int) string {
		if i < len(k.rates) {
			return view.RateWords(k.rates[i])
		}
		return ""
	}, view.RateWords(0))
	return k
}

// show shows what is set.
func (k *pace) show(s campaign.Settings) {
	k.lines.Set(s.Lines, 1, max(mostLines, s.Lines))
	minute := 0
	if s.Rate > 0 {
		minute = view.PerMinute(s.Rate)
	}
	k.rates = view.Rates(minute)
	k.rate.Set(slices.Index(k.rates, minute), 0, len(k.rates)-1)
}

func (p *livePage) newControls() fyne.CanvasObject {
	k := &p.controls
	k.pace = p.newPace()
	label := func(text string) fyne.CanvasObject { return widget.NewText(widget.Body, text).In(widget.Secondary) }
	k.row = widget.Spare(widget.Row(widget.Space2, label(words.Say("Lines")), k.lines, widget.AtLeast(widget.Space1, 0, widget.Row(0)), label(words.Say("Per minute")), k.rate))
	return k.row
}

// paced tells whether lines and pace can still be changed.
func (p *livePage) paced() bool { return !p.state.Campaign.State.Over() }

// askPace lets them be changed where the page has no room for the controls.
func (p *livePage) askPace() {
	if !p.paced() {
		return
	}
	k := p.newPace()
	k.show(p.state.Campaign.Settings.Complete())
	p.w.ask(words.Say("Lines and pace"), widget.Stack(widget.Space3,
		labelled(words.Say("Calls at the same time"), k.lines), labelled(words.Say("Calls per minute"), k.rate),
		widget.NewPara(widget.Small, words.Say("Changes hold from the next call on. Calls in progress go on."), widget.DialogWidth-2*widget.Space6).In(widget.Secondary)),
		widget.Choice{Words: words.Say("Close"), Kind: widget.Primary, Default: true})
}

// tellControls shows what is set, but not while something else was just set.
func (p *livePage) tellControls() {
	k := &p.controls
	if !p.paced() {
		k.row.Hide()
		return
	}
	k.row.Show()
	if !k.changing {
		k.show(p.state.Campaign.Settings.Complete())
	}
}

// change stores a setting, after the one before has been stored.
func (p *livePage) change(set func(*campaign.Settings)) {
	k := &p.controls
	if before := k.wanted; before != nil {
		k.wanted = func(s *campaign.Settings) { before(s); set(s) }
	} else {
		k.wanted = set
	}
	if !k.changing {
		p.storeChange()
	}
}

func (p *livePage) storeChange() {
	k := &p.controls
	set := k.wanted
	k.wanted, k.changing = nil, true
	var c campaign.Campaign
	var err error
	id, session := p.state.Campaign.ID, p.session()
	p.w.background(
		func() { c, err = p.w.office.Change(p.w.ctx, id, session, set) },
		func() {
			k.changing = false
			if err != nil {
				k.wanted = nil
				p.w.problem(words.Say("The setting could not be stored"), words.Say("Calls go on as before."), err)
				p.tellControls()
				return
			}
			p.state.Campaign.Settings = c.Settings
			if left := p.w.unsaved[id]; left != nil {
				left.state.Meanwhile(c.Settings)
			}
			p.now.endsAt = p.now.waitsAt
			if k.wanted != nil {
				p.storeChange()
				return
			}
			p.tell()
		})
}

// session is what calls the campaign, nil if nobody does.
func (p *livePage) session() *view.Session {
	if k := p.w.of(p.state.Campaign.ID); k != nil {
		return k.session
	}
	return nil
}
