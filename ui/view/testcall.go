package view

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"rollcall/campaign"
	"rollcall/campaign/flow"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// TestCall is one call to whoever sets a campaign up, who hears what the person
// of a row would hear. It belongs to no campaign: it counts for no limit and
// stands in no report; the audit log tells of it.
type TestCall struct {
	To       phone.Number
	Flow     string
	Columns  []string         // of the list
	Row      campaign.Contact // whose cells are filled in
	Settings campaign.Settings
	Name     string // of the campaign, for the log
}

// TestResult is what came of a test call.
type TestResult struct {
	Outcome  gateway.Outcome
	Answers  []gateway.Answer
	Practice bool // no phone rang
}

// Words says what came of it, and what was answered.
func (r TestResult) Words() string {
	said := words.Outcome(r.Outcome)
	if r.Outcome == gateway.OutcomeReached && len(r.Answers) > 0 {
		said = answers(r.Answers)
	}
	if r.Practice {
		return words.Say("%s (%s)", said, words.PracticeTag())
	}
	return said
}

// Status is what a row would be after it.
func (r TestResult) Status() campaign.Status { return campaign.StatusOf(r.Outcome) }

// TestCall makes the call and returns when it has ended. When ctx ends first,
// a call that was not dialled yet is taken back; one in progress is not cut off.
func (o *Office) TestCall(ctx context.Context, t TestCall) (TestResult, error) {
	if err := o.mayTest(ctx, t.To); err != nil {
		return TestResult{}, err
	}
	s, err := o.testSession(ctx, t)
	if err != nil {
		return TestResult{}, err
	}
	defer s.Close()
	r, err := s.route(ctx, t.Settings.Ways()[0])
	if err != nil {
		return TestResult{}, err
	}
	err = o.Store.Audit(ctx, campaign.AuditEntry{What: campaign.AuditTestCall, Text: t.Name, Details: map[string]string{
		campaign.DetailNumber: t.To.LogValue().String(), campaign.DetailRow: fmt.Sprint(t.Row.Row),
	}})
	if err != nil {
		return TestResult{}, err
	}
	serve, done := context.WithCancel(context.WithoutCancel(ctx))
	defer done()
	var g errgroup.Group
	for _, server := range s.servers {
		g.Go(func() error { return server.Run(serve) })
	}
	result, err := callOnce(ctx, r, t)
	done()
	return result, errors.Join(err, g.Wait())
}

// mayTest refuses a number that must not be called, by whomever.
func (o *Office) mayTest(ctx context.Context, to phone.Number) error {
	entries, lists, err := o.Store.WhyDoNotCall(ctx, to)
	if err != nil {
		return err
	}
	now := time.Now()
	for _, e := range entries {
		if e.Campaign == 0 && (e.Expires.IsZero() || e.Expires.After(now)) {
			return errors.New(words.Say("%s is on the do-not-call list; it is not called, not even for a test", to.International()))
		}
	}
	for _, l := range lists {
		if l.Counts(now) {
			return errors.New(words.Say("%s is on the do-not-call list %s; it is not called, not even for a test", to.International(), l.Source))
		}
	}
	return nil
}

// testSession has the flow and its documents, and no runner.
func (o *Office) testSession(ctx context.Context, t TestCall) (*Session, error) {
	f, err := o.OpenFlow(ctx, t.Flow)
	if err != nil {
		return nil, err
	}
	c := campaign.Campaign{Name: t.Name, Settings: t.Settings, List: campaign.List{Columns: t.Columns}}
	return &Session{office: o, campaign: c, flow: f, servers: map[string]*flow.Server{}}, nil
}

// callOnce asks for the call and follows it.
func callOnce(ctx context.Context, r campaign.Route, t TestCall) (TestResult, error) {
	page, err := r.Pages.Publish(t.Row, campaign.Attempt{Row: t.Row.Row, Name: t.Row.Name, Number: t.To})
	if err != nil {
		return TestResult{}, err
	}
	client := r.Gateway
	id, err := client.Call(ctx, gateway.Request{
		Info: words.Say("Test of %s", t.Name), Attendee: words.Say("Test"), Phone: gateway.Phone(t.To), StartURL: page, CallerID: t.Settings.CallerID,
	})
	if err != nil {
		return TestResult{}, err
	}
	last, err := follow(ctx, r.Follower, id)
	if err != nil {
		// Whoever gave up may be about to be called: that is taken back.
		late, stop := context.WithTimeout(context.WithoutCancel(ctx), gatewayPatience)
		defer stop()
		return TestResult{}, errors.Join(err, client.Remove(late, id, gateway.Removal{IfQueued: true}))
	}
	tried, _ := last.Last()
	return TestResult{Outcome: tried.Outcome(), Answers: tried.Answers, Practice: last.Practice}, client.Remove(ctx, id, gateway.Removal{})
}

// follow waits for the end of one call.
func follow(ctx context.Context, f campaign.Follower, id gateway.ReqID) (gateway.Status, error) {
	following, stop := context.WithCancel(ctx)
	defer stop()
	var last gateway.Status
	var failed error
	f.Add(id)
	f.Run(following, func(told gateway.ReqID, s gateway.Status, err error) {
		if told != id {
			return // away, or back: it is waited for
		}
		last, failed = s, err
		if err != nil || s.Final() {
			stop()
		}
	})
	if last.Final() {
		return last, nil
	}
	return last, errors.Join(failed, ctx.Err())
}
