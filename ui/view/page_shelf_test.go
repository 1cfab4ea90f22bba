package view_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/gateway"
	"rollcall/ui/view"
)

// shelf is a store in memory, as far as pages need one.
type shelf struct {
	view.Store
	campaigns []campaign.Campaign
	rows      []campaign.Contact
	err       error

	archived, since, due map[campaign.ID]time.Time
}

func (s *shelf) List(context.Context) ([]campaign.Campaign, error) { return s.campaigns, s.err }

func (s *shelf) Campaign(_ context.Context, id campaign.ID) (campaign.Campaign, error) {
	for _, c := range s.campaigns {
		if c.ID == id {
			return c, s.err
		}
	}
	return campaign.Campaign{}, errors.New("no such campaign")
}

func (s *shelf) Tally(_ context.Context, id campaign.ID) (campaign.Tally, error) {
	t := campaign.Tally{}
	for _, row := range s.rows {
		if row.Campaign == id {
			t[row.Status]++
		}
	}
	return t, s.err
}

// Summaries gives the newest first.
func (s *shelf) Summaries(ctx context.Context) ([]campaign.Summary, error) {
	var all []campaign.Summary
	for _, c := range slices.Backward(s.campaigns) {
		t, err := s.Tally(ctx, c.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, campaign.Summary{Campaign: c, Tally: t, Archived: s.archived[c.ID], Since: s.since[c.ID], Due: s.due[c.ID]})
	}
	return all, s.err
}

func (s *shelf) Order(_ context.Context, id campaign.ID, f campaign.Filter) ([]campaign.ContactID, error) {
	var found []campaign.ContactID
	for _, row := range s.rows {
		if row.Campaign == id && (len(f.Statuses) == 0 || slices.Contains(f.Statuses, row.Status)) {
			found = append(found, row.ID)
		}
	}
	return found, s.err
}

func (s *shelf) Contacts(_ context.Context, ids []campaign.ContactID) ([]campaign.Contact, error) {
	var found []campaign.Contact
	for _, row := range s.rows {
		if slices.Contains(ids, row.ID) {
			found = append(found, row)
		}
	}
	return found, s.err
}

// AnswersOf counts as the other shelf does.
func (s *shelf) AnswersOf(ctx context.Context, id campaign.ID) ([]campaign.Given, int, error) {
	given, silent, _ := (&campaigntest.Shelf{Rows: s.rows}).AnswersOf(ctx, id)
	return given, silent, s.err
}

func (s *shelf) CallsByTime(context.Context, campaign.ID) ([]campaign.Slot, error) { return nil, s.err }

// fill adds n rows of a campaign in a state.
func (s *shelf) fill(id campaign.ID, status campaign.Status, n int, answers ...gateway.Answer) {
	for range n {
		s.rows = append(s.rows, campaign.Contact{ID: campaign.ContactID(len(s.rows) + 1), Campaign: id, Status: status, Answers: answers})
	}
}

// morning is a Tuesday.
func morning() time.Time { return time.Date(2026, 11, 24, 10, 42, 0, 0, time.Local) }

func TestPagesPassOnWhatTheStoreSays(t *testing.T) {
	s := &shelf{campaigns: []campaign.Campaign{{ID: 1}}, err: errors.New("the disk is gone")}
	o := &view.Office{Store: s}
	if _, err := o.Home(t.Context(), morning(), nil); !errors.Is(err, s.err) {
		t.Errorf("home: %v", err)
	}
	if _, err := o.Results(t.Context(), 1); !errors.Is(err, s.err) {
		t.Errorf("results: %v", err)
	}
	if _, err := o.AskStart(t.Context(), campaign.Campaign{ID: 1}); !errors.Is(err, s.err) {
		t.Errorf("start: %v", err)
	}
}

func TestResultsCountOutcomesAndAnswers(t *testing.T) {
	s := &shelf{campaigns: []campaign.Campaign{{ID: 7, Name: "Survey", State: campaign.Running}}}
	s.fill(7, campaign.Reached, 310, gateway.Answer{Name: "reply", Value: "2"}) // more than one page
	s.fill(7, campaign.Reached, 4, gateway.Answer{Name: "reply", Value: "9"}, gateway.Answer{Name: "optout", Value: "true"})
	s.fill(7, campaign.Reached, 2, gateway.Answer{Name: "reply", Value: "9"}, gateway.Answer{Name: "optout", Value: "false"})
	s.fill(7, campaign.Reached, 3)
	s.fill(7, campaign.Failed, 1)
	s.fill(7, campaign.Ready, 80)
	p, err := (&view.Office{Store: s}).Results(t.Context(), 7)
	if err != nil {
		t.Fatal(err)
	}
	want := []view.AnswerCount{{"reply", "2", 310}, {"reply", "9", 6}, {"optout", "true", 4}}
	if diff := cmp.Diff(want, p.Answers); diff != "" {
		t.Error(diff)
	}
	if p.Silent != 3 {
		t.Errorf("%d gave no answer", p.Silent)
	}
	var said []string
	for _, a := range p.Answers {
		said = append(said, a.Words())
	}
	if diff := cmp.Diff([]string{"reply: 2", "reply: 9", "No more calls"}, said); diff != "" {
		t.Error(diff)
	}
	bars := p.Bars()
	if bars[0].Count != 319 || bars[0].Share != "79.8 %" || bars[0].Words != "Reached" {
		t.Errorf("reached: %+v", bars[0])
	}
	for _, b := range bars {
		if b.Count == 0 && b.Status == campaign.Doubt {
			t.Error("nobody is in doubt, and a bar says so")
		}
	}
	if got := p.Unfinished(); got != "80 people are still to be called. A file saved now holds the results so far." {
		t.Error(got)
	}
	p.Campaign.State = campaign.Stopped
	if got := p.Unfinished(); got != "" {
		t.Errorf("stopped: %q", got)
	}
}

func TestReportNameIsAFileName(t *testing.T) {
	for name, want := range map[string]string{
		"Flu clinic":        "Flu clinic – results.xlsx",
		`a/b\c: "d" <e>?*|`: "a-b-c- -d- -e---- – results.xlsx",
	} {
		if got := view.ReportName(campaign.Campaign{Name: name}); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := view.WithExtension("/x/report"); got != "/x/report.xlsx" {
		t.Error(got)
	}
	if got := view.WithExtension("/x/report.v2"); got != "/x/report.v2" {
		t.Error(got)
	}
}
