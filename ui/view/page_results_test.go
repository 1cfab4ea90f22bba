package view_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/campaign/contacts"
	"rollcall/gateway"
	"rollcall/ui/view"
)

func TestBarsKeepTheirOrderAndAddUpToEverybody(t *testing.T) {
	tests := []struct {
		name  string
		tally campaign.Tally
		want  string
	}{
		{"nothing yet", campaign.Tally{campaign.Ready: 10}, "Reached 0 0.0 %, Machine 0 0.0 %, Not reached 0 0.0 %, Failed 0 0.0 %, Ready 10 100.0 %, Skipped 0 0.0 %, "},
		{"everything", campaign.Tally{campaign.Reached: 50, campaign.Machine: 20, campaign.Unreached: 10, campaign.Failed: 5, campaign.Skipped: 5,
			campaign.Doubt: 4, campaign.Cancelled: 6},
			"Reached 50 50.0 %, Machine 20 20.0 %, Not reached 10 10.0 %, Failed 5 5.0 %, In doubt 4 4.0 %, Skipped 5 5.0 %, Cancelled 6 6.0 %, "},
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
	bars := p.Questions()[0].Bars
	if len(bars) != 8 || bars[0].Count != 12 || bars[7].Count != 5 {
		t.Errorf("%+v", bars)
	}
	if p.Reached() != 78 {
		t.Errorf("%d reached", p.Reached())
	}
}

func TestUnfinishedResultsSaySo(t *testing.T) {
	for state, want := range map[campaign.State]string{
		campaign.Running:  "1 person is still to be called. A file saved now holds the results so far.",
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

func TestQuestionsHaveKeysAndLabels(t *testing.T) {
	p := view.ResultsPage{
		Tally: campaign.Tally{campaign.Reached: 100}, Silent: 9,
		Answers: []view.AnswerCount{{"reply", "1", 60}, {"reply", "2", 20}, {"day", "Monday", 12}, {"optout", "true", 8}, {"reply", "9", 8}, {"again", "true", 7}, {"again", "false", 5}},
		Labels: view.LabelsOf(`<vxml><form><field name="reply"><option dtmf="1" value="1">Will
			come</option><option dtmf="2">Another day</option></field></form></vxml>`),
	}
	var got []string
	for _, q := range p.Questions() {
		got = append(got, "# "+q.Title)
		for _, b := range q.Bars {
			got = append(got, fmt.Sprintf("%s|%s|%d|%s", b.Key, b.Words, b.Count, b.Share))
		}
	}
	want := []string{"# reply", "1|Will come|60|60 %", "2|Another day|20|20 %", "|No more calls|8|8 %", "9|Pressed 9|8|8 %", "–|No answer|9|9 %",
		"# day", "|Monday|12|12 %", "# again", "|Yes|7|7 %", "|No|5|5 %"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatToGoOnWith(t *testing.T) {
	p := view.ResultsPage{
		Tally:   campaign.Tally{campaign.Reached: 30, campaign.Unreached: 4, campaign.Doubt: 1},
		Answers: []view.AnswerCount{{"reply", "1", 20}, {"reply", "2", 9}, {"optout", "true", 1}},
		Labels:  []view.AnswerLabel{{Answer: gateway.Answer{Name: "reply", Value: "2"}, Label: "Another day"}},
	}
	var got []string
	for _, g := range p.GoOnFrom() {
		got = append(got, fmt.Sprintf("%s: %s, %v", g.Words, g.Action, g.Answer != nil))
	}
	want := []string{"1 in doubt: Decide…, false", "4 not reached: Call again…, false", "9 said ‘Another day’: Show, true", "1 said ‘No more calls’: Show, true"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := (view.ResultsPage{Tally: campaign.Tally{campaign.Reached: 3}}).GoOnFrom(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestCallsAreFoldedByTheClockOfAPlace(t *testing.T) {
	slot := func(at time.Time, reached int) campaign.Slot {
		return campaign.Slot{Begin: at, Calls: campaign.Tally{campaign.Reached: reached, campaign.Failed: 1}}
	}
	start := time.Date(2026, 11, 24, 3, 15, 0, 0, time.UTC) // 9:00 in Kathmandu
	kathmandu, err := time.LoadLocation("Asia/Kathmandu")
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		place *time.Location
		slots []campaign.Slot
		title string
		want  []string
	}{
		"none":                   {time.UTC, nil, "Calls by hour", nil},
		"an hour here":           {time.UTC, []campaign.Slot{slot(start, 1), slot(start.Add(45*time.Minute), 2)}, "Calls by hour", []string{"3:00 [1 0 0 1]", "4:00 [2 0 0 1]"}},
		"an hour there":          {kathmandu, []campaign.Slot{slot(start, 1), slot(start.Add(45*time.Minute), 2)}, "Calls by hour", []string{"9:00 [3 0 0 2]"}},
		"hours with none":        {time.UTC, []campaign.Slot{slot(start, 1), slot(start.Add(2*time.Hour), 2)}, "Calls by hour", []string{"3:00 [1 0 0 1]", "4:00 [0 0 0 0]", "5:00 [2 0 0 1]"}},
		"days":                   {time.UTC, []campaign.Slot{slot(start, 1), slot(start.AddDate(0, 0, 2), 2)}, "Calls by day", []string{"Tue 24 [1 0 0 1]", "Wed 25 [0 0 0 0]", "Thu 26 [2 0 0 1]"}},
		"weeks, from a Monday":   {time.UTC, []campaign.Slot{slot(start, 1), slot(start.AddDate(0, 0, 50), 2)}, "Calls by week", []string{"Mon 23 [1 0 0 1]", "Mon 30 [0 0 0 0]", "Mon 7 [0 0 0 0]", "Mon 14 [0 0 0 0]", "Mon 21 [0 0 0 0]", "Mon 28 [0 0 0 0]", "Mon 4 [0 0 0 0]", "Mon 11 [2 0 0 1]"}},
		"the night of a new day": {time.UTC, []campaign.Slot{slot(start.Add(20*time.Hour+30*time.Minute), 1), slot(start.Add(21*time.Hour), 1)}, "Calls by hour", []string{"23:00 [1 0 0 1]", "0:00 [1 0 0 1]"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			h := view.ResultsPage{Slots: tt.slots}.Hours(tt.place)
			var got []string
			for _, b := range h.Bars {
				got = append(got, fmt.Sprintf("%s %v", b.Label, b.Counts))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || h.Title != tt.title {
				t.Errorf("%s: %s", h.Title, diff)
			}
		})
	}
	h := view.ResultsPage{Slots: tests["an hour there"].slots}.Hours(kathmandu)
	if h.Foot != "5 calls, by the clock of this office." || h.Bars[0].Tip != "9:00: 5 calls – Reached 3 and Failed 2" {
		t.Errorf("%q, %q", h.Foot, h.Bars[0].Tip)
	}
}

func TestFilesAreNamedAndSayWhenTheyCannotBeMade(t *testing.T) {
	c := campaign.Campaign{Name: "Flu: clinic", List: campaign.List{File: "/x/Week 48.XLSX"}}
	for got, want := range map[string]string{
		view.PrintName(c): "Flu- clinic – report.pdf", view.PlainName(c): "Flu- clinic – results.csv", view.OwnName(c): "Week 48 with results.xlsx",
		view.WithEnding("a", ".pdf"): "a.pdf", view.WithEnding("a.csv", ".pdf"): "a.csv",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for file, can := range map[string]bool{"a.xlsx": true, "a.csv": true, "a.TXT": true, "a.ods": false, "a.xls": false, "": false} {
		if _, why := view.OwnFile(campaign.Campaign{List: campaign.List{File: file}}); (why == "") != can {
			t.Errorf("%q: %q", file, why)
		}
	}
	over := campaign.Campaign{State: campaign.Finished, Ended: morning()}
	if got := view.StateWords(over, morning().Add(time.Minute)); got != "Finished 10:42" {
		t.Error(got)
	}
}

func TestNothingToReportBeforeTheFirstCall(t *testing.T) {
	for name, tt := range map[string]struct {
		page view.ResultsPage
		want bool
	}{
		"ready":           {view.ResultsPage{Tally: campaign.Tally{campaign.Ready: 9, campaign.Skipped: 2}}, true},
		"one was reached": {view.ResultsPage{Tally: campaign.Tally{campaign.Ready: 9, campaign.Reached: 1}}, false},
		"all skipped":     {view.ResultsPage{Campaign: campaign.Campaign{State: campaign.Finished}, Tally: campaign.Tally{campaign.Skipped: 9}}, false},
		"a try was made":  {view.ResultsPage{Tally: campaign.Tally{campaign.Waiting: 9}, Slots: []campaign.Slot{{}}}, false},
	} {
		if got := tt.page.Nothing(); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestAnswersToABuiltMessageHaveTheirKeys(t *testing.T) {
	o, c := flows(t)
	o.KeepMessage(t.Context(), c, message())
	p, err := o.Results(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	p.Tally = campaign.Tally{campaign.Reached: 4}
	p.Answers = []view.AnswerCount{{"answer", "Will come", 3}, {"answer", "1", 1}}
	bars := p.Questions()[0].Bars
	for _, b := range bars {
		if b.Key != "1" || b.Words != "Will come" {
			t.Errorf("%s is shown as %q with the key %q", b.Answer.Value, b.Words, b.Key)
		}
	}
}
