package view_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
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
	text := func(s string) campaign.Cell { return campaign.Cell{Type: campaign.CellText, Text: s, Raw: s} }
	tests := []struct {
		name  string
		table campaign.Table
		want  int // notes about the whole file
	}{
		{"as it should be", campaign.Table{HeaderRow: 1, Header: []campaign.Cell{text("Name"), text("Phone")},
			Rows: []campaign.TableRow{{Number: 2, Cells: []campaign.Cell{text("Ann"), text("(312) 555-0123")}}}}, 0},
		{"no names", campaign.Table{HeaderRow: 1, Header: []campaign.Cell{text("Phone")},
			Rows: []campaign.TableRow{{Number: 2, Cells: []campaign.Cell{text("(312) 555-0123")}}}}, 1},
		{"neither headings nor names", campaign.Table{Rows: []campaign.TableRow{{Number: 1, Cells: []campaign.Cell{text("(312) 555-0123")}}}}, 2},
		{"neither names nor numbers", campaign.Table{HeaderRow: 1, Header: []campaign.Cell{text("Day")},
			Rows: []campaign.TableRow{{Number: 2, Cells: []campaign.Cell{text("Monday")}}}}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.table.Sheets = []string{"One", "Two"}
			im, err := view.Understand(tt.table, contacts.Options{})
			if err != nil {
				t.Fatal(err)
			}
			p := view.NewPeoplePage(im)
			if got := p.WholeFile(); len(got) != tt.want {
				t.Errorf("notes: %q", got)
			}
			if diff := cmp.Diff([]string{"One", "Two"}, p.Sheets()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUnderstandNamesTheFile(t *testing.T) {
	_, err := view.Understand(campaign.Table{File: "list.xlsx"}, contacts.Options{Region: "XX"})
	if err == nil || err.Error() != `list.xlsx: no such region: "XX"` {
		t.Errorf("%v", err)
	}
}
