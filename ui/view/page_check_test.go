package view_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/gateway"
	"rollcall/ui/view"
)

// Order finds rows by their number or their reason; Contacts returns rows.
func (s *looked) Order(_ context.Context, _ campaign.ID, f campaign.Filter) ([]campaign.ContactID, error) {
	var ids []campaign.ContactID
	for _, row := range s.rows {
		if f.Search != "" && !strings.Contains(strconv.Itoa(row.Row), f.Search) || f.Code != "" && (row.Why.Code != f.Code || row.Status != campaign.Skipped) {
			continue
		}
		ids = append(ids, row.ID)
	}
	return ids, nil
}

func (s *looked) Contacts(_ context.Context, ids []campaign.ContactID) ([]campaign.Contact, error) {
	var rows []campaign.Contact
	for _, id := range ids {
		rows = append(rows, s.rows[id-1])
	}
	return rows, nil
}

func outlook(t *testing.T, o *view.Office, c campaign.Campaign) *view.Outlook {
	t.Helper()
	l, err := o.Outlook(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestEachProblemSaysWhereItIsMended(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for name, test := range map[string]struct {
		people int
		change func(*campaign.Campaign)
		what   string
		how    string
		mend   view.Mend
	}{
		"nothing":          {3, func(*campaign.Campaign) {}, "", "", view.MendNowhere},
		"over":             {3, func(c *campaign.Campaign) { c.State = campaign.Stopped }, "is over", "Nobody is called again", view.MendNowhere},
		"no message":       {3, func(c *campaign.Campaign) { c.Flow.Source = "" }, "No message is chosen", "without one", view.MendMessage},
		"no such message":  {3, func(c *campaign.Campaign) { c.Flow.Source = "sample:none.vxml" }, "could not be read", "none.vxml", view.MendMessage},
		"a mistake":        {3, func(c *campaign.Campaign) { c.Flow.Source = "sample:broken.vxml" }, "1 mistake", "blok", view.MendMessage},
		"a missing column": {3, func(c *campaign.Campaign) { c.Flow.Source = "sample:column.vxml" }, "‘Time’, but no column has that name", "a gap", view.MendMessage},
		"nobody":           {0, func(*campaign.Campaign) {}, "Nobody to call", "no people", view.MendPeople},
		"no gateway":       {3, func(c *campaign.Campaign) { c.Settings.Gateway = gone.URL }, "No gateway", "Nothing answers", view.MendGateway},
		"a sample": {3, func(c *campaign.Campaign) { c.Settings.Gateway, c.List.File = gone.URL, "samples/clinic.xlsx" },
			"When and how", "sample rings no phone", view.MendHours},
		"its end": {3, func(c *campaign.Campaign) {
			c.Settings.NotBefore, c.Settings.NotAfter = time.Unix(9, 0), time.Unix(8, 0)
		}, "When and how", "later end", view.MendHours},
	} {
		t.Run(name, func(t *testing.T) {
			_, office := lookedAt(t, test.people)
			c := anyTime()
			test.change(&c)
			found := outlook(t, office, c).Problems()
			if test.what == "" {
				if len(found) != 0 {
					t.Errorf("%+v", found)
				}
				return
			}
			if len(found) == 0 || !strings.Contains(found[0].What, test.what) || !strings.Contains(found[0].How, test.how) || found[0].Mend != test.mend {
				t.Errorf("%+v", found)
			}
			if (found[0].Action == "") != (test.mend == view.MendNowhere) {
				t.Errorf("the way to mend it: %q", found[0].Action)
			}
		})
	}
}

func TestWhoIsSkippedIsToldAndShown(t *testing.T) {
	s, office := lookedAt(t, 6)
	for i := range s.rows {
		s.rows[i].Row = i + 2
	}
	s.rows[1].DoNotCall, s.rows[4].DoNotCall = true, true
	s.rows[5].Status, s.rows[5].Why.Code = campaign.Skipped, campaign.CodeExcluded
	open := s.rows[:5]
	all := s.rows
	s.rows, s.standing = open, []campaign.Standing{{Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeExcluded}, Rows: 1}}
	l := outlook(t, office, anyTime())
	s.rows = all
	if called, skipped := l.Counts(); called != 3 || skipped != 3 {
		t.Errorf("%d called, %d skipped", called, skipped)
	}
	skips := l.Skips()
	if len(skips) != 2 || skips[0].Words != "On the do-not-call list" || skips[0].Count != 2 || skips[1].Words != "Left out by you" {
		t.Fatalf("%+v", skips)
	}
	for i, want := range [][]int{{3, 6}, {7}} {
		people, err := office.Skipped(t.Context(), 1, skips[i])
		var rows []int
		for _, p := range people {
			rows = append(rows, p.Row)
		}
		if err != nil || !slices.Equal(rows, want) {
			t.Errorf("%s: rows %v %v, want %v", skips[i].Words, rows, err, want)
		}
	}
	if got := l.Shares(); len(got) != 2 || got[0].Words != "At once" || got[0].Count != 3 || got[1].Status != campaign.Skipped {
		t.Errorf("%+v", got)
	}
}

func TestWhenByTheirOwnClock(t *testing.T) {
	s, office := lookedAt(t, 4)
	s.rows[0].Zones = []string{"Pacific/Kiritimati"} // the first clock of all, and the last
	s.rows[1].Zones = []string{"Pacific/Pago_Pago"}
	s.rows[2].Zones = []string{"Pacific/Pago_Pago", "Pacific/Kiritimati"}
	s.rows[3].Zones = []string{"Pacific/Kiritimati"}
	l := outlook(t, office, anyTime())
	got := l.Clocks()
	if len(got) != 3 || got[0].Words != "Kiritimati" || got[0].Count != 2 || !got[0].Now || !strings.HasPrefix(got[0].When, "Now, ") || !strings.HasSuffix(got[0].When, " there") {
		t.Errorf("%+v", got)
	}
	if got[2].Words != "Pago Pago or Kiritimati" && got[1].Words != "Pago Pago or Kiritimati" {
		t.Errorf("%+v", got)
	}
	c := anyTime()
	c.Settings.NotBefore = time.Now().Add(48 * time.Hour)
	l = outlook(t, office, c)
	if got := l.Clocks()[0]; got.Now || !strings.HasSuffix(got.When, " there") || strings.HasPrefix(got.When, "Now") {
		t.Errorf("before its time: %+v", got)
	}
	if got := l.Shares(); len(got) != 1 || got[0].Words != "Later" || got[0].Count != 4 {
		t.Errorf("%+v", got)
	}
}

func TestHowLongItTakesAtOtherPaces(t *testing.T) {
	s, office := lookedAt(t, 300)
	s.history = campaign.CallHistory{gateway.OutcomeReached: {Calls: 200, Length: 200 * time.Minute}}
	c := anyTime()
	c.Settings.Lines = 2
	l := outlook(t, office, c)
	slow, fast, bound := l.Finish(2, 0), l.Finish(4, 0), l.Finish(4, 1)
	if slow.Lines != 2 || fast.Lines != 4 || !fast.First.Before(slow.First) || !bound.First.After(slow.First) {
		t.Errorf("2 lines %v, 4 lines %v, one a minute %v", slow.First, fast.First, bound.First)
	}
	w := l.FinishWords(slow, fast)
	if w.Title != "About 2 h 30 min" || !strings.HasPrefix(w.First, "Everybody is called once by ") || !strings.HasPrefix(w.Else, "With 4 lines about 7") {
		t.Errorf("%+v", w)
	}
	if w.Basis != "A call takes 60 s, as 200 calls before did." || w.Later != "" {
		t.Errorf("%+v", w)
	}
	if w := l.FinishWords(fast, fast); w.Else != "" {
		t.Errorf("no more lines, and %q", w.Else)
	}
	c.Settings.NotAfter = time.Now().Add(time.Hour)
	l = outlook(t, office, c)
	if w := l.FinishWords(l.Finish(2, 0), l.Finish(4, 0)); !strings.Contains(w.Later, "the last day is over first") {
		t.Errorf("%+v", w)
	}
	l = outlook(t, office, campaign.Campaign{ID: 1, Settings: campaign.Settings{Hours: campaign.AllHours(), Lines: 1}})
	if w := l.FinishWords(l.Finish(1, 0), l.Finish(2, 0)); w.Title != "About 5 h" {
		t.Errorf("%+v", w)
	}
	_, nobody := lookedAt(t, 0)
	l = outlook(t, nobody, c)
	if w := l.FinishWords(l.Finish(1, 0), l.Finish(2, 0)); w.Title != "Nobody to call" || w.First != "" {
		t.Errorf("%+v", w)
	}
}

func TestWhatToLookAtAndWhatIsInOrder(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	s, office := lookedAt(t, 3)
	s.list.Summary.Quarantined = 6
	s.rows[2].Number = "+442079460018"
	s.lists = []campaign.DoNotCallList{{Kind: campaign.RegistryList, Source: "The registry", Dated: time.Now().AddDate(0, -3, 0)}}
	c := anyTime()
	c.Settings.Gateways = []campaign.Via{{}, {URL: gone.URL}}
	c.Settings.Law, c.Settings.Exempt = campaign.LawUS, []campaign.Exemption{{Rule: "us-hours", Why: "tests"}}
	c.Settings.Zones = campaign.ZoneNumber
	l := outlook(t, office, c)
	var notes []string
	mends := map[view.Mend]bool{}
	for _, n := range l.Notes() {
		notes, mends[n.Mend] = append(notes, n.What), true
	}
	said := strings.Join(notes, "\n")
	for _, want := range []string{"6 rows were set aside", "1 rule of the trade is switched off", "“The registry” is older", "The other gateways take its calls", "1 number is of another country"} {
		if !strings.Contains(said, want) {
			t.Errorf("no note of %q:\n%s", want, said)
		}
	}
	if !mends[view.MendPeople] || !mends[view.MendDoNotCall] || !mends[view.MendGateway] || !mends[view.MendRules] {
		t.Errorf("ways to mend: %v", mends)
	}
	facts := map[string]view.CheckFact{}
	for _, f := range l.InOrder() {
		facts[f.Label] = f
	}
	for label, want := range map[string]string{
		"Gateway": "Built in, no phone rings and " + strings.TrimPrefix(gone.URL, "http://") + " does not answer", "Calling hours": "Mon–Sun 0–24",
		"Tries": "3 calls a person at most", "Where they are": "By the area code", "Number shown": "As the gateway does", "Machines": "The message",
	} {
		if facts[label].Text != want {
			t.Errorf("%s: %q, want %q", label, facts[label].Text, want)
		}
	}
	if facts["Rules"].Good || !facts["Gateway"].Good || !l.Practice() {
		t.Errorf("%+v", facts)
	}
}

func TestATestCallHasTheWordsOfARow(t *testing.T) {
	s, office := lookedAt(t, 12)
	for i := range s.rows {
		s.rows[i].Row = i + 2
	}
	for i := range 8 { // most people wait
		s.rows[i].Status, s.rows[i].NextAt = campaign.Waiting, time.Now().Add(time.Hour)
		s.rows[i].Why = campaign.Reason{Code: campaign.CodeNoLine}
		s.rows[i].Zones = []string{"Europe/Paris"}
	}
	c := anyTime()
	if row := outlook(t, office, c).TestRow(); row != 10 {
		t.Errorf("row %d, want 10, who is called first", row)
	}
	test, err := office.Test(t.Context(), c, " (212) 555-0199 ", 2) // 12 has a 2, too
	if err != nil || test.To != "+12125550199" || test.Row.Row != 2 || test.Flow != c.Flow.Source {
		t.Errorf("%+v %v", test, err)
	}
	if _, err := office.Test(t.Context(), c, "12", 2); err == nil || !strings.Contains(err.Error(), "‘12’ is no telephone number") {
		t.Errorf("%v", err)
	}
	if _, err := office.Test(t.Context(), c, "(212) 555-0199", 99); err == nil {
		t.Error("a row that is not there")
	}
}

func TestCountsAreSaidOneAndMany(t *testing.T) {
	for got, want := range map[string]string{
		view.CalledWords(1): "1 person will be called", view.CalledWords(1217): "1,217 people will be called",
		view.SkippedWords(0): "", view.SkippedWords(23): "23 will be skipped", view.ThingsWords(1): "1 thing to mend before you can start",
		view.CountingWords(0, 0): "Looking at the list…", view.CountingWords(500, 1000): "Looked at 500 of 1,000 people",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestATestCallIsToldAsItEnded(t *testing.T) {
	tests := []struct {
		result view.TestResult
		words  string
		status campaign.Status
	}{
		{view.TestResult{Outcome: gateway.OutcomeReached}, "Listened", campaign.Reached},
		{view.TestResult{Outcome: gateway.OutcomeReached, Answers: []gateway.Answer{{Name: "answer", Value: "Will come"}}, Practice: true},
			"Answered Will come (Practice – no phone rings)", campaign.Reached},
		{view.TestResult{Outcome: gateway.OutcomeBusy, Practice: true}, "Busy (Practice – no phone rings)", campaign.Unreached},
		{view.TestResult{Outcome: gateway.OutcomeFlowBroken}, "The call flow failed during the call", campaign.Failed},
	}
	for _, tt := range tests {
		if got := tt.result.Words(); got != tt.words || tt.result.Status() != tt.status {
			t.Errorf("%q, %s; want %q, %s", got, tt.result.Status(), tt.words, tt.status)
		}
	}
}
