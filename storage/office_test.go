package storage_test

import (
	"slices"
	"testing"
	"time"

	"rollcall/campaign"
)

func TestWhatTheOfficeSetIsKeptAndAudited(t *testing.T) {
	db := fresh(t)
	none, err := db.OfficeSettings(t.Context())
	if err != nil || none.Region != "" || len(none.Gateways) != 0 {
		t.Errorf("before: %+v, %v", none, err)
	}
	s := campaign.OfficeSettings{Region: "GB", Lines: 12, Keep: campaign.Retention{Calls: 90},
		Gateways: []campaign.OfficeGateway{{Name: "Front office", URL: "http://who:secret@192.0.2.10:8155", Lines: 12, Patience: time.Minute}}}
	must(t, db.SaveOfficeSettings(t.Context(), s))
	must(t, db.SaveOfficeSettings(t.Context(), s))
	got, err := db.OfficeSettings(t.Context())
	must(t, err)
	if !slices.Equal(got.Gateways, s.Gateways) || got.Region != "GB" || got.Keep != s.Keep || got.Lines != 12 {
		t.Errorf("got %+v", got)
	}
	entries, err := db.AuditEntries(t.Context(), 0, 100)
	must(t, err)
	var told []string
	for _, e := range entries {
		told = append(told, e.Details[campaign.DetailSetting]+"="+e.Details[campaign.DetailAfter])
	}
	slices.Sort(told)
	want := []string{"Office.Gateways=http://who:xxxxx@192.0.2.10:8155", "Office.Keep.Calls=90", "Office.Lines=12", "Office.Region=GB"}
	if !slices.Equal(told, want) {
		t.Errorf("the audit log tells %v, want %v", told, want)
	}
}

func TestOldCampaignsGoOnceTheirCallsAreForgotten(t *testing.T) {
	db := fresh(t)
	long := noon.AddDate(-1, 0, 0)
	over := func(ended time.Time, state campaign.State) campaign.Campaign {
		c, _ := create(t, db, people(2))
		c.State, c.Ended = state, ended
		must(t, db.SetState(t.Context(), c))
		return c
	}
	called := over(long, campaign.Running)
	ids := order(t, db, called.ID, campaign.Filter{})
	a, err := db.Begin(t.Context(), campaign.Attempt{Campaign: called.ID, Contact: ids[0], Number: number(1), Reference: "r", Begun: long})
	must(t, err)
	a.Ended = long
	must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: a, Status: campaign.Reached, Tried: true}))
	called.State = campaign.Finished
	must(t, db.SetState(t.Context(), called))
	over(long, campaign.Stopped)
	over(noon, campaign.Finished)
	over(long, campaign.Paused)
	expire := func() int {
		n, err := db.Expire(t.Context(), noon.AddDate(0, -1, 0))
		must(t, err)
		return n
	}
	if n := expire(); n != 1 {
		t.Errorf("%d campaigns went, want the one that was stopped long ago", n)
	}
	forgotten, err := db.Forget(t.Context(), noon)
	must(t, err)
	if n := expire(); n != 1 || forgotten != 1 {
		t.Errorf("%d campaigns went after %d calls were forgotten", n, forgotten)
	}
	if all, err := db.List(t.Context()); err != nil || len(all) != 2 {
		t.Errorf("%d are left, %v", len(all), err)
	}
}
