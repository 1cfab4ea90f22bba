package view

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/flow"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// This file finds out what starting a campaign would do; page_preflight.go says
// it in words.

// PreflightStore is what a store is asked for it.
type PreflightStore interface {
	// OpenRows gives each, up to n at a time, the rows that may still be called.
	OpenRows(ctx context.Context, id campaign.ID, n int, each func([]campaign.Contact) error) error
	// Standing counts the other rows.
	Standing(ctx context.Context, id campaign.ID) ([]campaign.Standing, error)
	// CallHistory tells how calls like those of a campaign ended.
	CallHistory(ctx context.Context, c campaign.Campaign) (campaign.CallHistory, error)
}

// preflightPage is how many rows are decided about at once.
const preflightPage = 1000

// Outlook is what was found out about starting a campaign. Its methods may be
// called from any goroutine; [Outlook.Finish] takes a while.
type Outlook struct {
	Unread  Unread // what was typed and is in no setting
	found   preflightFindings
	title   string // of the flow
	sample  bool   // no phone may ring
	decided *campaign.Preflight
	mu      sync.Mutex // of decided
}

// Preflight tells what starting c would do, as it is set, and calls nobody.
// progress is told now and then how many of the rows were decided about; it may
// be nil. Whatever keeps the campaign from being started is in the page.
func (o *Office) Preflight(ctx context.Context, c campaign.Campaign, progress func(done, all int)) (PreflightPage, error) {
	l, err := o.Outlook(ctx, c, progress)
	if err != nil {
		return PreflightPage{}, err
	}
	return l.Page(), nil
}

// Outlook finds out what [Office.Preflight] tells.
func (o *Office) Outlook(ctx context.Context, c campaign.Campaign, progress func(done, all int)) (*Outlook, error) {
	c.Settings = c.Settings.Complete()
	found := preflightFindings{campaign: c, now: time.Now()}
	found.lookAtGateways(ctx)
	found.campaign.Practice = found.practice()
	if err := found.lookAtFlow(ctx, o); err != nil {
		return nil, err
	}
	decided, err := o.decideAll(ctx, found.campaign, found.now, progress)
	if err != nil {
		return nil, err
	}
	if found.history, err = o.Store.CallHistory(ctx, found.campaign); err != nil {
		return nil, err
	}
	if found.list, err = o.Store.ImportOf(ctx, c.ID); err != nil {
		return nil, err
	}
	if found.lists, err = o.Store.DoNotCallLists(ctx); err != nil {
		return nil, err
	}
	found.report = decided.Report()
	found.pace = found.history.Pace(found.linesAndRate())
	found.forecast = decided.Forecast(found.pace)
	return &Outlook{found: found, title: o.app.FlowTitle(c.Flow.Source), sample: o.app.IsSample(c), decided: decided}, nil
}

// Page is all of it.
func (l *Outlook) Page() PreflightPage { return l.found.page() }

// Finish is when the campaign is through with so many lines and so many calls
// begun in a minute; zero: as many as the gateways allow.
func (l *Outlook) Finish(lines, perMinute int) PreflightFinish {
	l.mu.Lock()
	defer l.mu.Unlock()
	found := l.found
	found.campaign.Settings.Lines, found.campaign.Settings.Rate = lines, float64(perMinute)/60
	found.gateways = slices.Clone(found.gateways)
	for i := range found.gateways {
		if g := &found.gateways[i]; g.via.URL == "" {
			g.about.Lines = lines
		}
	}
	found.pace = found.history.Pace(found.linesAndRate())
	found.forecast = l.decided.Forecast(found.pace)
	return found.finish()
}

// decideAll decides about all rows of a campaign.
func (o *Office) decideAll(ctx context.Context, c campaign.Campaign, now time.Time, progress func(done, all int)) (*campaign.Preflight, error) {
	p := campaign.NewPreflight(now, c)
	standing, err := o.Store.Standing(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	for _, s := range standing {
		p.AddStanding(s)
	}
	tally, err := o.Store.Tally(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	done, all := 0, tally[campaign.Ready]+tally[campaign.Waiting]
	err = o.Store.OpenRows(ctx, c.ID, preflightPage, func(rows []campaign.Contact) error {
		facts, err := o.Store.Facts(ctx, c, rows, now.Add(-c.Settings.Memory()))
		if err != nil {
			return err
		}
		p.Add(rows, facts)
		if done += len(rows); progress != nil {
			progress(done, all)
		}
		return ctx.Err()
	})
	return p, err
}

// gatewaySeen is a gateway that was asked what it is.
type gatewaySeen struct {
	via   campaign.Via
	name  string
	about gateway.About
	took  time.Duration // until it answered
	away  bool
}

// lookAtGateways asks each what it is. The built-in one is on the practice line
// and has as many lines as are wanted.
func (f *preflightFindings) lookAtGateways(ctx context.Context) {
	for _, via := range f.campaign.Settings.Ways() {
		seen := gatewaySeen{via: via, name: words.Say("Built-in gateway")}
		if via.URL == "" {
			seen.about = gateway.About{Extended: true, Practice: true, Lines: f.campaign.Settings.Lines}
		} else {
			begun := time.Now()
			seen.name, seen.about, seen.away = aboutGateway(ctx, via.URL)
			seen.took = time.Since(begun)
		}
		f.gateways = append(f.gateways, seen)
	}
}

// practice tells whether no phone will ring: as the campaign began, else as
// the first gateway says that answers.
func (f *preflightFindings) practice() bool {
	if !f.campaign.Started.IsZero() {
		return f.campaign.Practice
	}
	for _, g := range f.gateways {
		if !g.away {
			return g.practice()
		}
	}
	return false
}

func (g gatewaySeen) practice() bool { return g.about.Extended && g.about.Practice }

// linesAndRate are those that the gateways and the settings leave.
func (f *preflightFindings) linesAndRate() campaign.Pace {
	s := f.campaign.Settings
	lines, rate, bound := 0, 0.0, true
	for _, g := range f.gateways {
		if g.away {
			continue
		}
		n := s.Lines
		if g.via.Lines > 0 {
			n = min(n, g.via.Lines)
		}
		if g.about.Extended && g.about.Lines > 0 {
			n = min(n, g.about.Lines)
		}
		lines += n
		rate += g.via.Rate
		bound = bound && g.via.Rate > 0
	}
	if !bound || s.Rate > 0 && s.Rate < rate {
		rate = s.Rate
	}
	return campaign.Pace{Lines: min(lines, s.Lines), Rate: rate}
}

// lookAtFlow checks the flow. One that cannot be read at all is a finding, too.
func (f *preflightFindings) lookAtFlow(ctx context.Context, o *Office) error {
	opened, err := o.OpenFlow(ctx, f.campaign.Flow.Source)
	if err == nil {
		f.flow, err = Checked(ctx, opened)
	}
	if err != nil {
		f.unread = err.Error()
		return ctx.Err()
	}
	f.absent = flow.Report{Columns: f.flow.Columns}.Missing(f.campaign.List.Columns)
	f.message = o.Message(ctx, f.campaign.Flow.Source, f.campaign.List.Columns)
	return nil
}

// lawOf is the preset for people of a country, if there is one.
func lawOf(numbers campaign.PreflightNumbers) (key campaign.LawKey, people int) {
	counts := map[campaign.LawKey]int{}
	for region, n := range numbers.Regions {
		switch {
		case region == "US":
			counts[campaign.LawUS] += n
		case slices.Contains([]string{"GB", "GG", "IM", "JE"}, string(region)):
			counts[campaign.LawUK] += n
		case strings.Contains(unionRegions, string(region)) && region != "":
			counts[campaign.LawEurope] += n
		}
	}
	for k, n := range counts {
		if n > people || n == people && k < key {
			key, people = k, n
		}
	}
	return key, people
}

// unionRegions are the countries of the European Union.
const unionRegions = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"

// stale are the lists of a registry that are too old to go by.
func (f *preflightFindings) stale() []campaign.DoNotCallList {
	var old []campaign.DoNotCallList
	for _, l := range f.lists {
		if l.Stale(f.now) {
			old = append(old, l)
		}
	}
	return old
}

// blocked says why the campaign cannot be started, empty if it can.
func (f *preflightFindings) blocked() string {
	switch {
	case f.campaign.State.Over():
		return words.Say("The campaign is over. Nobody is called again.")
	case f.unread != "":
		return words.Say("The call flow cannot be read: %s", f.unread)
	case !f.flow.Valid && len(f.flow.Mistakes()) > 0:
		return words.Say("The call flow cannot be used: %s", f.flow.Mistakes()[0].Words(f.campaign.Flow.Source))
	case len(f.absent) > 0:
		return words.Say("The call flow uses %s, and the list has no such column", "${"+strings.Join(f.absent, "}, ${")+"}")
	case len(f.message.Mistakes()) > 0:
		return blockedWords(f.message)
	case f.nobody():
		return nobodyLeft()
	}
	return f.blockedGateway()
}

func nobodyLeft() string { return words.Say("Nobody is left to call on this list.") }

// nobody tells whether nobody would be called, now or later.
func (f *preflightFindings) nobody() bool { return f.report.Dial+f.report.Later() == 0 }

// blockedGateway says why no gateway can be used.
func (f *preflightFindings) blockedGateway() string {
	for _, g := range f.gateways {
		if !g.away && g.practice() != f.campaign.Practice {
			return words.Say("%s is not of the campaign’s kind: one rings phones, the other does not.", g.name)
		}
	}
	if !slices.ContainsFunc(f.gateways, func(g gatewaySeen) bool { return !g.away }) {
		return nothingAnswers(f.gateways[0].via.URL)
	}
	return ""
}
