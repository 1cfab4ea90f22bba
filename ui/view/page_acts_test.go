package view_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/campaign/phone"
	"rollcall/ui/view"
)

func TestActsThatMakeSense(t *testing.T) {
	code := func(c campaign.Code) campaign.Reason { return campaign.Reason{Code: c} }
	tests := []struct {
		name string
		row  campaign.Contact
		want []view.Act
	}{
		{"ready", campaign.Contact{Status: campaign.Ready}, []view.Act{view.ActNow, view.ActLeaveOut, view.ActDoNotCall}},
		{"waiting", campaign.Contact{Status: campaign.Waiting}, []view.Act{view.ActNow, view.ActLeaveOut, view.ActDoNotCall}},
		{"waiting, though on the list", campaign.Contact{Status: campaign.Waiting, DoNotCall: true}, []view.Act{view.ActLeaveOut}},
		{"on a line", campaign.Contact{Status: campaign.Calling}, []view.Act{view.ActDoNotCall}},
		{"reached", campaign.Contact{Status: campaign.Reached}, []view.Act{view.ActAgain, view.ActDoNotCall}},
		{"not reached", campaign.Contact{Status: campaign.Unreached}, []view.Act{view.ActAgain, view.ActDoNotCall}},
		{"asked not to be called", campaign.Contact{Status: campaign.Reached, DoNotCall: true}, nil},
		{"left out", campaign.Contact{Status: campaign.Skipped, Why: code(campaign.CodeExcluded)}, []view.Act{view.ActPutBack, view.ActDoNotCall}},
		{"twice in the list", campaign.Contact{Status: campaign.Skipped, Why: code(campaign.CodeDuplicate)}, []view.Act{view.ActDoNotCall}},
		{"taken off the list", campaign.Contact{Status: campaign.Skipped, Why: code(campaign.CodeDoNotCall)}, []view.Act{view.ActPutBack, view.ActDoNotCall}},
		{"the time was over", campaign.Contact{Status: campaign.Skipped, Why: code(campaign.CodeTooLate)}, []view.Act{view.ActAgain, view.ActDoNotCall}},
		{"in doubt", campaign.Contact{Status: campaign.Doubt}, []view.Act{view.ActCalled, view.ActNotCalled, view.ActDoNotCall}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.row.Number = "+13125550123"
			if diff := cmp.Diff(tt.want, view.ActsFor(tt.row)); diff != "" {
				t.Error(diff)
			}
		})
	}
	if got := view.ActsFor(campaign.Contact{Status: campaign.Skipped}); len(got) != 0 {
		t.Errorf("with nobody’s number: %v", got)
	}
}

// Whatever a question follows says so, and nothing is asked about what can be
// undone at once.
func TestQuestionsFollowWhatTheyAreAnnouncedBy(t *testing.T) {
	for _, a := range []view.Act{view.ActAgain, view.ActNow, view.ActLeaveOut, view.ActPutBack, view.ActDoNotCall, view.ActCalled, view.ActNotCalled} {
		for _, n := range []int{1, 2} {
			title, text := a.Question(n, campaign.Campaign{State: campaign.Running})
			dots := []rune(a.Words(n > 1))
			if (title != "") != (dots[len(dots)-1] == '…') || (title == "") != (text == "") {
				t.Errorf("%q about %d is followed by %q, %q", a.Words(n > 1), n, title, text)
			}
			for _, done := range []int{0, 1, n} {
				if a.Done(done, n) == "" {
					t.Errorf("nothing is said after %s", a)
				}
			}
		}
		if a.Verb() == "" || []rune(a.Verb())[len([]rune(a.Verb()))-1] == '…' {
			t.Errorf("the answer is %q", a.Verb())
		}
	}
	title, _ := view.ActAgain.Question(1, campaign.Campaign{State: campaign.Finished})
	if title == "" {
		t.Error("a finished campaign is opened without a question")
	}
}

// liveOffice is an office with rows of a campaign in these states.
func liveOffice(t *testing.T, c campaign.Campaign, states ...campaign.Status) (*view.Office, *draftShelf, campaign.Campaign, []campaign.ContactID) {
	t.Helper()
	s := &draftShelf{Shelf: &campaigntest.Shelf{}}
	var rows []campaign.Contact
	for i, status := range states {
		rows = append(rows, campaign.Contact{Row: i + 2, Number: phone.Number("+1312555010" + string(rune('0'+i))), Status: status, Tries: 1})
	}
	c = s.Add(c, rows...)
	var ids []campaign.ContactID
	for _, r := range s.Rows {
		ids = append(ids, r.ID)
	}
	return &view.Office{Store: s}, s, c, ids
}

func (s *draftShelf) states() []campaign.Status {
	var all []campaign.Status
	for _, r := range s.Rows {
		all = append(all, r.Status)
	}
	return all
}

func TestActsAndTheirUndoing(t *testing.T) {
	ready, waiting, reached, missed, skipped, doubt := campaign.Ready, campaign.Waiting, campaign.Reached, campaign.Unreached, campaign.Skipped, campaign.Doubt
	before := []campaign.Status{ready, waiting, reached, missed, doubt}
	tests := []struct {
		act     view.Act
		n       int
		after   []campaign.Status
		undone  []campaign.Status // nil: it cannot be
		blocked int
	}{
		{view.ActAgain, 2, []campaign.Status{ready, waiting, waiting, waiting, doubt}, nil, 0},
		{view.ActNow, 2, []campaign.Status{waiting, waiting, reached, missed, doubt}, nil, 0},
		{view.ActLeaveOut, 2, []campaign.Status{skipped, skipped, reached, missed, doubt}, []campaign.Status{ready, ready, reached, missed, doubt}, 0},
		{view.ActPutBack, 0, before, nil, 0},
		{view.ActDoNotCall, 5, []campaign.Status{skipped, skipped, reached, missed, doubt}, []campaign.Status{ready, ready, reached, missed, doubt}, 5},
		{view.ActCalled, 1, []campaign.Status{ready, waiting, reached, missed, campaign.Failed}, nil, 0},
		{view.ActNotCalled, 1, []campaign.Status{ready, waiting, reached, missed, ready}, nil, 0},
	}
	for _, tt := range tests {
		t.Run(string(tt.act), func(t *testing.T) {
			o, s, c, ids := liveOffice(t, campaign.Campaign{State: campaign.Running}, before...)
			r, err := o.Act(t.Context(), tt.act, c, ids, nil)
			if err != nil || r.Rows != tt.n {
				t.Errorf("%d rows, %v; want %d", r.Rows, err, tt.n)
			}
			if diff := cmp.Diff(tt.after, s.states()); diff != "" || len(s.Entries) != tt.blocked {
				t.Errorf("%d numbers on the list; rows (-want +got):\n%s", len(s.Entries), diff)
			}
			if (r.Undo != nil) != (tt.undone != nil) {
				t.Fatalf("can be undone: %v", r.Undo != nil)
			}
			if r.Undo == nil {
				return
			}
			if err := r.Undo(t.Context()); err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff(tt.undone, s.states()); diff != "" || len(s.Entries) != 0 {
				t.Errorf("undone, %d numbers on the list (-want +got):\n%s", len(s.Entries), diff)
			}
		})
	}
}

// The question about calling again counts the telephones that will ring, and
// what somebody left out stays left out.
func TestOnlyThoseAreCalledAgainWhomThatConcerns(t *testing.T) {
	o, s, c, ids := liveOffice(t, campaign.Campaign{State: campaign.Running},
		campaign.Reached, campaign.Skipped, campaign.Skipped, campaign.Unreached, campaign.Failed, campaign.Ready, campaign.Unreached)
	s.Rows[1].Why.Code, s.Rows[2].Why.Code = campaign.CodeExcluded, campaign.CodeDuplicate
	s.Rows[3].DoNotCall, s.Rows[4].Number = true, ""
	meant, err := o.Meant(t.Context(), view.ActAgain, ids)
	if want := []campaign.ContactID{ids[0], ids[6]}; err != nil || !slices.Equal(meant, want) {
		t.Errorf("meant are %v, %v; want %v", meant, err, want)
	}
	r, err := o.Act(t.Context(), view.ActAgain, c, ids, nil)
	if err != nil || r.Rows != len(meant) || s.Rows[1].Status != campaign.Skipped {
		t.Errorf("%d rows, %v; who was left out is %s", r.Rows, err, s.Rows[1].Status)
	}
	if all, err := o.Meant(t.Context(), view.ActLeaveOut, ids); err != nil || len(all) != len(ids) {
		t.Errorf("of others meant are %v, %v", all, err)
	}
}

// Undoing takes off the list only what was put on it.
func TestNumbersThatWereOnTheListStay(t *testing.T) {
	o, s, c, ids := liveOffice(t, campaign.Campaign{State: campaign.Running, Practice: true}, campaign.Ready, campaign.Ready)
	old := campaign.DoNotCallEntry{Number: s.Rows[0].Number, Way: campaign.ByKey}
	if err := s.AddDoNotCall(t.Context(), []campaign.DoNotCallEntry{old}); err != nil {
		t.Fatal(err)
	}
	r, err := o.Act(t.Context(), view.ActDoNotCall, c, ids, nil)
	if err != nil || r.Rows != 1 {
		t.Errorf("%d numbers, %v; want the one that was not on the list", r.Rows, err)
	}
	if e := s.Entries[1]; e.Campaign != c.ID || e.Way != campaign.ByHand {
		t.Errorf("practice reaches other campaigns: %+v", e)
	}
	if err := r.Undo(t.Context()); err != nil || !slices.Equal(s.Entries, []campaign.DoNotCallEntry{old}) {
		t.Errorf("%v; on the list are %+v", err, s.Entries)
	}
}

func TestSettingsAreChangedThoughNobodyCalls(t *testing.T) {
	o, s, c, _ := liveOffice(t, campaign.Campaign{Name: "Flu clinic", State: campaign.Paused, Settings: campaign.Settings{Lines: 3}})
	c, err := o.Change(t.Context(), c.ID, nil, func(s *campaign.Settings) { s.Rate = 0.5 })
	if err != nil || c.Settings.Rate != 0.5 || s.Campaigns[0].Settings.Rate != 0.5 || s.Campaigns[0].Settings.Lines != 3 || s.Campaigns[0].Name != "Flu clinic" {
		t.Errorf("%v: %+v", err, s.Campaigns[0])
	}
	if _, err := o.Change(t.Context(), 99, nil, func(*campaign.Settings) {}); err == nil {
		t.Error("a campaign that is not there was changed")
	}
}
