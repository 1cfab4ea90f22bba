package view_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/ui/view"
)

// looked is a store of which only what a pre-flight asks for is there.
type looked struct {
	noStore
	rows     []campaign.Contact
	standing []campaign.Standing
	history  campaign.CallHistory
	list     contacts.Import
	lists    []campaign.DoNotCallList
}

func (s *looked) OpenRows(_ context.Context, _ campaign.ID, _ int, each func([]campaign.Contact) error) error {
	for i := range s.rows {
		if err := each(s.rows[i : i+1]); err != nil {
			return err
		}
	}
	return nil
}

func (s *looked) Standing(context.Context, campaign.ID) ([]campaign.Standing, error) {
	return s.standing, nil
}

func (s *looked) CallHistory(context.Context, campaign.Campaign) (campaign.CallHistory, error) {
	return s.history, nil
}

func (s *looked) Tally(context.Context, campaign.ID) (campaign.Tally, error) {
	return campaign.Tally{campaign.Ready: len(s.rows)}, nil
}

func (s *looked) Facts(_ context.Context, _ campaign.Campaign, rows []campaign.Contact, _ time.Time) ([]campaign.Facts, error) {
	return make([]campaign.Facts, len(rows)), nil
}

func (s *looked) ImportOf(context.Context, campaign.ID) (contacts.Import, error) { return s.list, nil }

func (s *looked) DoNotCallLists(context.Context) ([]campaign.DoNotCallList, error) {
	return s.lists, nil
}

// lookedAt is a store with n people who can be called at any time, and an
// office around it.
func lookedAt(t *testing.T, n int) (*looked, *view.Office) {
	t.Helper()
	s := &looked{}
	for i := range n {
		s.rows = append(s.rows, campaign.Contact{
			ID: campaign.ContactID(i + 1), Number: phone.Number(fmt.Sprintf("+1212555%04d", 100+i)), Zones: []string{"America/New_York"}, Status: campaign.Ready,
		})
	}
	app := testApp(&gatewayLog{}, &s.noStore)
	app.Samples = fstest.MapFS{
		"a.vxml":      {Data: []byte(`<vxml version="2.1"><form><block>Hello.</block></form></vxml>`)},
		"column.vxml": {Data: []byte(`<vxml version="2.1"><form><block>At ${Time}.</block></form></vxml>`)},
		"broken.vxml": {Data: []byte(`<vxml version="2.1"><form><blok/></form></vxml>`)},
	}
	app.OpenStore = func(context.Context) (view.Store, error) { return s, nil }
	office, err := app.Open(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	return s, office
}

func anyTime() campaign.Campaign {
	c := campaign.Campaign{ID: 1, State: campaign.Draft, Flow: campaign.Flow{Source: "sample:a.vxml"}}
	c.Settings.Hours = campaign.AllHours()
	return c
}

func preflight(t *testing.T, o *view.Office, c campaign.Campaign) view.PreflightPage {
	t.Helper()
	page, err := o.Preflight(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// line finds a line of a section with those words in it.
func line(t *testing.T, page view.PreflightPage, title, part string) view.PreflightLine {
	t.Helper()
	for _, s := range page.Sections {
		for _, l := range s.Lines {
			if s.Title == title && strings.Contains(l.Words, part) {
				return l
			}
		}
	}
	t.Errorf("no line of %q under %q: %+v", part, title, page.Sections)
	return view.PreflightLine{}
}

func TestPreflightBlocks(t *testing.T) {
	foreign := httptest.NewServer(http.NotFoundHandler())
	defer foreign.Close()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for name, test := range map[string]struct {
		people int
		change func(*campaign.Campaign)
		says   string
	}{
		"nothing wrong":     {3, func(*campaign.Campaign) {}, ""},
		"over":              {3, func(c *campaign.Campaign) { c.State = campaign.Finished }, "is over"},
		"nobody":            {0, func(*campaign.Campaign) {}, "Nobody is left"},
		"no such flow":      {3, func(c *campaign.Campaign) { c.Flow.Source = "sample:none.vxml" }, "cannot be read"},
		"a broken flow":     {3, func(c *campaign.Campaign) { c.Flow.Source = "sample:broken.vxml" }, "blok"},
		"a missing column":  {3, func(c *campaign.Campaign) { c.Flow.Source = "sample:column.vxml" }, "${Time}"},
		"a column":          {3, func(c *campaign.Campaign) { c.Flow.Source = "sample:column.vxml"; c.List.Columns = []string{"Time"} }, ""},
		"a foreign gateway": {3, func(c *campaign.Campaign) { c.Settings.Gateway = foreign.URL }, ""},
		"no gateway":        {3, func(c *campaign.Campaign) { c.Settings.Gateway = gone.URL }, "Nothing answers"},
		"one of two":        {3, func(c *campaign.Campaign) { c.Settings.Gateways = []campaign.Via{{URL: gone.URL}, {}} }, ""},
		"both kinds":        {3, func(c *campaign.Campaign) { c.Settings.Gateways = []campaign.Via{{}, {URL: foreign.URL}} }, "kind"},
		"began as real":     {3, func(c *campaign.Campaign) { c.Started = time.Now() }, "kind"},
	} {
		t.Run(name, func(t *testing.T) {
			_, office := lookedAt(t, test.people)
			c := anyTime()
			test.change(&c)
			page := preflight(t, office, c)
			if !strings.Contains(page.Blocked, test.says) || (page.Blocked == "") != (test.says == "") {
				t.Errorf("blocked: %q, want a word of %q", page.Blocked, test.says)
			}
		})
	}
}

func TestPreflightTellsWhatToLookAt(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	s, office := lookedAt(t, 3)
	s.standing = []campaign.Standing{
		{Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeDuplicate}, Rows: 4}, {Status: campaign.Reached, Rows: 2},
	}
	s.rows[2].Number, s.rows[1].DoNotCall = "+442079460018", true
	s.list.Summary.Groups = []contacts.Group{{Kind: campaign.ProblemLeadingZero, Repaired: 5, Aside: 1}}
	s.lists = []campaign.DoNotCallList{{Kind: campaign.RegistryList, Source: "The registry", Dated: time.Now().AddDate(0, -3, 0)}, {Source: "Ours"}}
	c := anyTime()
	c.Settings.Gateways = []campaign.Via{{}, {URL: gone.URL}}
	page := preflight(t, office, c)
	if page.Rows != 9 || page.Callable != 2 || page.Skipped != 5 || page.Settled != 2 || page.Waiting != 0 || !page.Practice {
		t.Errorf("%+v", page)
	}
	for _, want := range []struct {
		title, part string
		count       int
		warning     bool
	}{
		{"People", "can be called now", 2, false},
		{"Not called", "Same number as another row", 4, false},
		{"Not called", "On the do-not-call list", 1, false},
		{"Numbers", "Leading zero lost in Excel: repaired", 5, false},
		{"Numbers", "Leading zero lost in Excel: not repaired", 1, true},
		{"Numbers", "of other countries", 1, true},
		{"Rules", "a preset of the law (United", 1, true},
		{"Rules", "The registry", 0, true},
		{"Gateway", "Nothing answers", 0, true},
		{"Gateway", "Practice", 0, false},
		{"Call flow", "It is valid", 0, false},
		{"Expected end", "it is assumed that 20 %", 0, false},
	} {
		if got := line(t, page, want.title, want.part); got.Count != want.count || got.Warning != want.warning {
			t.Errorf("%s: %+v, want %d, warning %v", want.title, got, want.count, want.warning)
		}
	}
}

func TestPreflightTellsOfThePreset(t *testing.T) {
	s, office := lookedAt(t, 2)
	s.history = campaign.CallHistory{gateway.OutcomeReached: {Calls: 200, Length: 200 * 20 * time.Second}}
	c := anyTime()
	c.Settings.Law = campaign.LawUS
	law, _ := campaign.LawOf(campaign.LawUS)
	for _, r := range law.Rules {
		c.Settings.Exempt = append(c.Settings.Exempt, campaign.Exemption{Rule: r.ID, Who: "Kim", Why: "they asked"})
	}
	page := preflight(t, office, c)
	line(t, page, "Rules", "Preset: United States")
	if l := line(t, page, "Rules", "switched off by Kim: they asked"); !l.Warning {
		t.Error("a rule that is switched off is no warning")
	}
	line(t, page, "Expected end", "as 200 calls before took; they end as before")
	if page.Callable != 2 || page.Finish.Seconds != 20 || page.Finish.Past != 200 {
		t.Errorf("%+v", page.Finish)
	}
	for i := range s.rows {
		s.rows[i].Status, s.rows[i].NextAt = campaign.Waiting, time.Now().Add(time.Duration(i+2)*time.Second)
		s.rows[i].Why = campaign.Reason{Code: campaign.CodeLaw, Rule: law.Rules[0].ID}
	}
	page = preflight(t, office, c)
	if l := line(t, page, "Rules", "because of a rule"); l.Count != 2 || page.Waiting != 2 {
		t.Errorf("%+v of %d rows that wait", l, page.Waiting)
	}
}

func TestPreflightCanBeGivenUp(t *testing.T) {
	_, office := lookedAt(t, 5)
	ctx, cancel := context.WithCancel(t.Context())
	told := 0
	_, err := office.Preflight(ctx, anyTime(), func(done, all int) {
		if told++; done != told || all != 5 {
			t.Errorf("told of %d of %d rows, want %d of 5", done, all, told)
		}
		if done == 2 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || told != 2 {
		t.Errorf("error %v after %d rows", err, told)
	}
}

func TestPreflightGoesByLinesAndRate(t *testing.T) {
	_, office := lookedAt(t, 30)
	const slow = 0.01
	for name, test := range map[string]struct {
		gateways []campaign.Via
		rate     float64
		lines    int
		slow     bool
	}{
		"the campaign's":          {nil, 0, 10, false},
		"its rate":                {nil, slow, 10, true},
		"the gateways'":           {[]campaign.Via{{Lines: 3}, {Lines: 2}}, 0, 5, false},
		"all of them have a rate": {[]campaign.Via{{Rate: slow / 2}, {Rate: slow / 2}}, 0, 10, true},
		"one of them has a rate":  {[]campaign.Via{{Rate: slow}, {}}, 0, 10, false},
		"the smaller rate":        {[]campaign.Via{{Rate: 9}}, slow, 10, true},
	} {
		t.Run(name, func(t *testing.T) {
			c := anyTime()
			c.Settings.Lines, c.Settings.Rate, c.Settings.Gateways = 10, test.rate, test.gateways
			page := preflight(t, office, c)
			if took := page.Finish.First.Sub(page.At); page.Finish.Lines != test.lines || (took > 30*time.Minute) != test.slow {
				t.Errorf("%d lines, %v until everybody was called; want %d, slow %v", page.Finish.Lines, took, test.lines, test.slow)
			}
		})
	}
}
