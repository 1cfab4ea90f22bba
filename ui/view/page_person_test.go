package view_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
	"rollcall/ui/view"
)

// liveCells is a row in the words of all columns, by their keys.
func liveCells(c campaign.Contact, list []string, now time.Time) map[string]string {
	texts := map[string]string{}
	for _, column := range view.LiveColumns(list, 200) {
		texts[column.Key] = column.Text(c, now)
	}
	return texts
}

func TestLiveRowInWords(t *testing.T) {
	now := morning()
	answer := func(pairs ...string) []gateway.Answer {
		var all []gateway.Answer
		for i := 0; i < len(pairs); i += 2 {
			all = append(all, gateway.Answer{Name: pairs[i], Value: pairs[i+1]})
		}
		return all
	}
	tests := []struct {
		name string
		row  campaign.Contact
		want [6]string
	}{
		{"ready", campaign.Contact{Row: 1412, Name: "Odwin Farrowmere", Number: "+13125550123", Status: campaign.Ready},
			[6]string{"1,412", "Odwin Farrowmere", "(312) 555-0123", "Ready", "Not called yet", "Next free line"}},
		{"one key", campaign.Contact{Row: 2, Number: "+13125550123", Status: campaign.Reached, Answers: answer("reply", "1")},
			[6]string{"2", "", "(312) 555-0123", "Reached", "Pressed 1", "–"}},
		{"opted out", campaign.Contact{Row: 2, Number: "+13125550123", Status: campaign.Reached, Answers: answer("reply", "9", "optout", "true")},
			[6]string{"2", "", "(312) 555-0123", "Reached", "Pressed 9, asked not to be called again", "–"}},
		{"did not opt out", campaign.Contact{Row: 2, Number: "+13125550123", Status: campaign.Reached, Answers: answer("optout", "false")},
			[6]string{"2", "", "(312) 555-0123", "Reached", "Listened", "–"}},
		{"words", campaign.Contact{Row: 2, Number: "+13125550123", Status: campaign.Reached, Answers: answer("city", "Boston")},
			[6]string{"2", "", "(312) 555-0123", "Reached", "Answered Boston", "–"}},
		{"survey", campaign.Contact{Row: 2, Number: "+13125550123", Status: campaign.Reached, Answers: answer("a", "1", "b", "5", "c", "3")},
			[6]string{"2", "", "(312) 555-0123", "Reached", "a: 1, b: 5, c: 3", "–"}},
		{"called by somebody's word", campaign.Contact{Row: 2, Number: "+13125550123", Status: campaign.Waiting, NextAt: campaign.InFront(), Why: campaign.Reason{Code: campaign.CodeAsked}},
			[6]string{"2", "", "(312) 555-0123", "Waiting", "You asked for this call", "Next free line"}},
		{"no number", campaign.Contact{Row: 3, Name: "X", Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeDuplicate, Row: 2}},
			[6]string{"3", "X", "–", "Skipped", "Same number as row 2", "Never"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			texts := liveCells(tt.row, nil, now)
			got := [6]string{texts["row"], texts["name"], texts["number"], texts["state"], texts["what"], texts["next"]}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The columns of the list stand behind ours, and cells that a row has not are
// empty.
func TestColumnsOfTheList(t *testing.T) {
	row := campaign.Contact{Row: 2, Tries: 3, Priority: -1, Cells: []string{"C-1401"}, Zones: []string{"America/Denver"}}
	texts := liveCells(row, []string{"Chart", "Doctor"}, morning())
	if texts["list:Chart"] != "C-1401" || texts["list:Doctor"] != "" || texts["tries"] != "3" || texts["priority"] != "-1" || texts["there"] != "3:42" {
		t.Errorf("%q", texts)
	}
	seen := map[string]bool{}
	for _, c := range view.LiveColumns([]string{"Name", "Row"}, 200) {
		if seen[c.Key] {
			t.Errorf("two columns have the key %s", c.Key)
		}
		seen[c.Key] = true
		if c.Own && !c.Hidden || c.Title == "" {
			t.Errorf("%+v", c)
		}
	}
	if got := liveCells(campaign.Contact{Zones: []string{"Nowhere/Land"}}, nil, morning())["there"]; got != "–" {
		t.Errorf("the time at no place is %q", got)
	}
}

// rowSeventeen is row 17, with two calls that found the line busy.
func rowSeventeen(now time.Time) view.PersonFacts {
	f := view.PersonFacts{Campaign: campaign.Campaign{ID: 1, Name: "Flu clinic", List: campaign.List{Columns: []string{"Doctor", "Note"}}, Settings: campaign.Settings{}.Complete()}}
	f.Contact = campaign.Contact{Row: 17, Name: "Isolde Wrenmoor", Number: "+13035550186", Status: campaign.Waiting, Tries: 2, Cells: []string{"Dr. Alder", " "},
		NextAt: now.Add(7 * time.Minute), Zones: []string{"America/Denver"}, Why: campaign.Reason{Code: campaign.CodeRetry, Outcome: "busy", Until: now.Add(7 * time.Minute)}}
	f.Attempts = []campaign.Attempt{
		{ID: 4, Begun: now.Add(-34 * time.Minute), Ended: now.Add(-34*time.Minute + 2*time.Second), Outcome: gateway.OutcomeBusy, Gateway: campaign.BuiltIn, ReqID: 77, Reference: "ab12"},
		{ID: 9, Begun: now.Add(-13 * time.Minute), Gateway: "http://gate"},
	}
	return f
}

func TestDetailsTellEveryCallTheNewestFirst(t *testing.T) {
	now := morning()
	d := view.DetailsOf(rowSeventeen(now), now)
	if d.Title != "Isolde Wrenmoor" || d.Under != "Row 17 · (303) 555-0186" || d.Head != "Waiting until 10:49" {
		t.Errorf("%+v", d)
	}
	if want := "Busy, next try 10:49. 1 try is left."; d.Why != want {
		t.Errorf("why: %q, want %q", d.Why, want)
	}
	want := []view.DetailsCall{
		{Words: "In progress", At: "10:29", Status: campaign.Calling},
		{Words: "Busy", At: "10:08", More: "2 s", Status: campaign.Unreached},
	}
	if diff := cmp.Diff(want, d.Calls); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]view.DetailsPair{{"Doctor", "Dr. Alder"}}, d.Columns); diff != "" {
		t.Error(diff)
	}
	for _, part := range []string{"Flu clinic, row 17", "id 77, reference ab12", "outcome busy", "gateway http://gate"} {
		if evidence := rowSeventeen(now).Evidence(); !strings.Contains(evidence, part) {
			t.Errorf("the evidence lacks %q:\n%s", part, evidence)
		}
	}
}

func TestChecksTellWhetherSomebodyMayBeCalled(t *testing.T) {
	now := morning()
	past := func(n int) []campaign.Past {
		var all []campaign.Past
		for i := range n {
			at := now.Add(-time.Duration(i+1) * time.Hour)
			all = append(all, campaign.Past{Number: "+13035550186", Begun: at, Ended: at, Outcome: gateway.OutcomeBusy})
		}
		return all
	}
	tests := []struct {
		name   string
		change func(*view.PersonFacts)
		want   []view.DetailsCheck
	}{
		{"may be", func(*view.PersonFacts) {}, []view.DetailsCheck{{true, "Not on the do-not-call list"}, {true, "2 tries so far, 3 allowed"}, {true, "3:42 there, by the number: Denver"}}},
		{"no tries left", func(f *view.PersonFacts) { f.Contact.Tries = 3 },
			[]view.DetailsCheck{{true, "Not on the do-not-call list"}, {false, "3 tries so far, 3 allowed"}, {true, "3:42 there, by the number: Denver"}}},
		{"called again", func(f *view.PersonFacts) { f.Contact.Tries, f.Contact.Anew.Tries = 4, 3 },
			[]view.DetailsCheck{{true, "Not on the do-not-call list"}, {true, "1 try so far, 3 allowed"}, {true, "3:42 there, by the number: Denver"}}},
		{"a limit", func(f *view.PersonFacts) {
			f.Campaign.Settings.Limits, f.Past = []campaign.Limit{{Calls: 3, Within: 30 * 24 * time.Hour}, {Calls: 2, Within: 24 * time.Hour}}, past(2)
		}, []view.DetailsCheck{{true, "Not on the do-not-call list"}, {true, "2 tries so far, 3 allowed"}, {true, "2 calls in 30 days, 3 allowed"}, {false, "2 calls in 24 hours, 2 allowed"},
			{true, "3:42 there, by the number: Denver"}}},
		{"opted out", func(f *view.PersonFacts) {
			f.Contact.DoNotCall, f.Blocked = true, []campaign.DoNotCallEntry{{Campaign: 5}, {Way: campaign.ByKey, Added: now}}
		}, []view.DetailsCheck{{false, "Asked not to be called again, " + view.Day(now, now)}, {true, "2 tries so far, 3 allowed"}, {true, "3:42 there, by the number: Denver"}}},
		{"on a list", func(f *view.PersonFacts) {
			f.Contact.DoNotCall, f.Lists = true, []campaign.DoNotCallList{{Source: "National registry"}}
		}, []view.DetailsCheck{{false, "On the do-not-call list “National registry”"}, {true, "2 tries so far, 3 allowed"}, {true, "3:42 there, by the number: Denver"}}},
		{"by the list", func(f *view.PersonFacts) { f.Contact.Zones = []string{"America/Chicago"} },
			[]view.DetailsCheck{{true, "Not on the do-not-call list"}, {true, "2 tries so far, 3 allowed"}, {true, "4:42 there, by the list: Chicago"}}},
		{"outside the hours", func(f *view.PersonFacts) { f.Contact.Why.Code = campaign.CodeHours },
			[]view.DetailsCheck{{true, "Not on the do-not-call list"}, {true, "2 tries so far, 3 allowed"}, {false, "3:42 there, by the number: Denver"}}},
		{"two places", func(f *view.PersonFacts) { f.Contact.Zones = []string{"America/Chicago", "America/Los_Angeles"} },
			[]view.DetailsCheck{{true, "Not on the do-not-call list"}, {true, "2 tries so far, 3 allowed"}, {true, "Chicago, Los Angeles: called only when all of them allow it"}}},
		{"twice in the list", func(f *view.PersonFacts) {
			f.Contact.Status, f.Contact.Why = campaign.Skipped, campaign.Reason{Code: campaign.CodeDuplicate, Row: 4}
		}, []view.DetailsCheck{{false, words.Sentence(campaign.Reason{Code: campaign.CodeDuplicate, Row: 4}, now)}}},
		{"left out", func(f *view.PersonFacts) {
			f.Contact.Status, f.Contact.Why = campaign.Skipped, campaign.Reason{Code: campaign.CodeExcluded}
		}, []view.DetailsCheck{{false, "Left out by you"}}},
		{"skipped, on a list", func(f *view.PersonFacts) {
			f.Contact.Status, f.Contact.DoNotCall, f.Lists = campaign.Skipped, true, []campaign.DoNotCallList{{Source: "National registry"}}
		}, []view.DetailsCheck{{false, "On the do-not-call list “National registry”"}}},
		{"no place", func(f *view.PersonFacts) { f.Contact.Zones = []string{"Nowhere/Land"} },
			[]view.DetailsCheck{{true, "Not on the do-not-call list"}, {true, "2 tries so far, 3 allowed"}, {false, "Nobody can tell what time it is at their place"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := rowSeventeen(now)
			tt.change(&f)
			d := view.DetailsOf(f, now)
			if diff := cmp.Diff(tt.want, d.Checks); diff != "" {
				t.Error(diff)
			}
			if got := f.Contact.Status == campaign.Skipped; d.Never() != got {
				t.Errorf("is never called: %v", d.Never())
			}
			for _, c := range tt.want {
				if !c.OK && d.MayBeCalled() {
					t.Errorf("may be called, though %s", c.Words)
				}
			}
		})
	}
}

func TestARowInDoubtIsForAPersonToDecide(t *testing.T) {
	tests := []struct {
		name string
		why  campaign.Reason
		want string
	}{
		{"no reason known", campaign.Reason{}, "May or may not have been called. You decide; until then Rollcall does not call again."},
		{"interrupted", campaign.Reason{Code: campaign.CodeInterrupted},
			"The gateway stopped while this number was being dialled. May or may not have been called. You decide; until then Rollcall does not call again."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := view.PersonFacts{Contact: campaign.Contact{Status: campaign.Doubt, Why: tt.why, Number: "+13125550123"}, Attempts: []campaign.Attempt{{Begun: morning()}}}
			d := view.DetailsOf(f, morning())
			if d.Head != "In doubt" || d.Why != tt.want {
				t.Errorf("%s: %s", d.Head, d.Why)
			}
			call := view.DetailsCall{Words: "In doubt", At: "10:42", More: "Sent to the gateway; how it ended is not known", Status: campaign.Doubt}
			if diff := cmp.Diff([]view.DetailsCall{call}, d.Calls); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]view.Act{view.ActCalled, view.ActNotCalled, view.ActDoNotCall}, d.Acts); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCallsAreToldByShapeAndLength(t *testing.T) {
	now := morning()
	begun := now.Add(-time.Hour)
	tests := []struct {
		outcome gateway.Outcome
		took    time.Duration
		answers []gateway.Answer
		status  campaign.Status
		more    string
	}{
		{gateway.OutcomeReached, 95 * time.Second, nil, campaign.Reached, "1 min 35 s"},
		{gateway.OutcomeReached, 9 * time.Second, []gateway.Answer{{Name: "reply", Value: "1"}}, campaign.Reached, "9 s, Pressed 1"},
		{gateway.OutcomeMachine, 20 * time.Second, nil, campaign.Machine, "20 s"},
		{gateway.OutcomeNoAnswer, 30 * time.Second, nil, campaign.Unreached, "30 s"},
		{gateway.OutcomeBusy, 0, nil, campaign.Unreached, ""},
		{gateway.OutcomeBadNumber, time.Second, nil, campaign.Failed, "1 s"},
		{gateway.OutcomeNoResponse, time.Second, nil, campaign.Failed, "1 s"},
		{gateway.OutcomeInterrupted, time.Second, nil, campaign.Doubt, "1 s"},
		{gateway.OutcomeExpired, time.Second, nil, campaign.Waiting, "1 s"},
	}
	for _, tt := range tests {
		t.Run(string(tt.outcome), func(t *testing.T) {
			a := campaign.Attempt{Begun: begun, Ended: begun.Add(tt.took), Outcome: tt.outcome, Answers: tt.answers}
			d := view.DetailsOf(view.PersonFacts{Contact: campaign.Contact{Status: campaign.Reached, Number: "+13125550123"}, Attempts: []campaign.Attempt{a}}, now)
			call := d.Calls[0]
			if call.Status != tt.status || call.More != tt.more || call.Words == "" || call.At != "9:42" {
				t.Errorf("%+v", call)
			}
			if d.Title != "Nobody’s name" {
				t.Errorf("a row without a name is %q", d.Title)
			}
		})
	}
}
