package view_test

import (
	"context"
	"fmt"
	"testing"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/campaign/contacts"
	"rollcall/gateway"
	"rollcall/ui/view"
)

func TestBarsKeepTheirOrderAndLeaveOutRareStates(t *testing.T) {
	tests := []struct {
		name  string
		tally campaign.Tally
		want  string
	}{
		{"nothing yet", campaign.Tally{campaign.Ready: 10}, "Reached 0 0 %, Machine 0 0 %, Not reached 0 0 %, Failed 0 0 %, Skipped 0 0 %, "},
		{"everything", campaign.Tally{campaign.Reached: 50, campaign.Machine: 20, campaign.Unreached: 10, campaign.Failed: 5, campaign.Skipped: 5,
			campaign.Doubt: 4, campaign.Cancelled: 6},
			"Reached 50 50 %, Machine 20 20 %, Not reached 10 10 %, Failed 5 5 %, In doubt 4 4 %, Skipped 5 5 %, Cancelled 6 6 %, "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			for _, b := range (view.ResultsPage{Tally: tt.tally}).Bars() {
				got += fmt.Sprintf("%s %d %s, ", b.Words, b.Count, b.Share)
			}
			if got != tt.want {
				t.Errorf("%s", got)
			}
		})
	}
}

func TestResultsShowTheCommonestAnswers(t *testing.T) {
	s := &shelf{campaigns: []campaign.Campaign{{ID: 1}}}
	for i := range 12 {
		s.fill(1, campaign.Reached, i+1, gateway.Answer{Name: "q", Value: fmt.Sprint(i)})
	}
	p, err := (&view.Office{Store: s}).Results(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Answers) != 8 || p.Answers[0].Count != 12 || p.Answers[7].Count != 5 {
		t.Errorf("%+v", p.Answers)
	}
	if p.Reached != 78 {
		t.Errorf("%d reached", p.Reached)
	}
}

func TestUnfinishedResultsSaySo(t *testing.T) {
	for state, want := range map[campaign.State]string{
		campaign.Running:  "1 person is still to be called. A workbook saved now holds the results so far.",
		campaign.Finished: "",
	} {
		p := view.ResultsPage{Campaign: campaign.Campaign{State: state}, Tally: campaign.Tally{campaign.Ready: 1}}
		if got := p.Unfinished(); got != want {
			t.Errorf("%s: %q", state, got)
		}
	}
}

func TestPeopleTellWhatIsWrongWithTheFile(t *testing.T) {
	tests := []struct {
		name   string
		header []string
		row    []string
		want   int // notes about the whole file
	}{
		{"as it should be", []string{"Name", "Phone"}, []string{"Ann", "(312) 555-0123"}, 0},
		{"no names", []string{"Phone"}, []string{"(312) 555-0123"}, 1},
		{"neither names nor numbers", []string{"Day"}, []string{"Monday"}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := &view.App{OpenSheet: func(_ context.Context, path string, _ campaign.Reading) (*campaign.Table, error) {
				return campaigntest.Table(path, tt.header, tt.row), nil
			}}
			im, _, err := a.Read(t.Context(), view.Source{}, &contacts.List{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := view.NewPeoplePage(campaign.Campaign{}, im).WholeFile(); len(got) != tt.want {
				t.Errorf("notes: %q", got)
			}
		})
	}
}
