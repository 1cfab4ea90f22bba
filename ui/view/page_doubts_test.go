package view_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/gateway"
	"rollcall/ui/view"
)

// doubtOffice is an office with rows in doubt of two campaigns.
func doubtOffice(t *testing.T) (*view.Office, *numbers) {
	t.Helper()
	n := &numbers{Shelf: &campaigntest.Shelf{}}
	for i, name := range []string{"Flu clinic", "Snow closure"} {
		n.Add(campaign.Campaign{Name: name, State: campaign.Paused},
			campaign.Contact{Row: 2, Name: "Ann", Number: "+13125550142", Status: campaign.Doubt, Why: campaign.Reason{Code: campaign.CodeVanished}},
			campaign.Contact{Row: 3 + i, Name: "Bob", Number: "+13125550143", Status: campaign.Doubt, Why: campaign.Reason{Code: campaign.CodeInterrupted}},
			campaign.Contact{Row: 9, Name: "Cid", Status: campaign.Reached})
	}
	return &view.Office{Store: n}, n
}

func TestDoubtsOfAllCampaignsAreShownAndCounted(t *testing.T) {
	o, n := doubtOffice(t)
	n.Gateway = "http://10.0.0.7:8155"
	now := campaigntest.DoubtsAt()
	ids, err := o.FindDoubts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p := &view.DoubtsPage{}
	if !p.Take(p.Rows.Ask(), ids) {
		t.Fatal("the rows are not taken")
	}
	page, _, asked, missing := p.Rows.Missing(0, 10)
	rows, err := o.LoadDoubts(t.Context(), p.Page(page))
	if err != nil || !missing {
		t.Fatal(err, missing)
	}
	p.Rows.Put(asked, page, rows)
	first, _ := p.Row(0, now)
	last, _ := p.Row(3, now)
	if diff := cmp.Diff(view.DoubtLine{Campaign: "Flu clinic", Row: "2", Name: "Ann", Number: "(312) 555-0142", When: "10:49", Through: "10.0.0.7:8155", Known: first.Known}, first); diff != "" || first.Known == "" {
		t.Errorf("%q: %s", first.Known, diff)
	}
	if last.Campaign != "Snow closure" || last.Row != "4" || last.Known == first.Known {
		t.Errorf("%+v", last)
	}
	if count, err := o.Doubts(t.Context()); err != nil || count != 4 {
		t.Errorf("%d in doubt, %v", count, err)
	}
}

func TestRowsThatAreGoneMoveNoOther(t *testing.T) {
	o, _ := doubtOffice(t)
	rows, err := o.LoadDoubts(t.Context(), []campaign.ContactID{1, 99, 5})
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 || rows[0].Contact.ID != 1 || rows[1].Contact.ID != 0 || rows[2].Contact.ID != 5 {
		t.Errorf("%+v", rows)
	}
}

func TestGatewayIsAskedAgainAboutDoubts(t *testing.T) {
	known := map[string]string{
		"1": "[0^Ann^made^2026 11 24 10 49^2026 11 24 10 49^Call succeeded^^^reply=1^^\n]",
		"4": "[0^Ann^failed^2026 11 24 10 49^2026 11 24 10 49^Line Busy^^^^^\n]",
	}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if text, knows := known[r.FormValue("reqid")]; knows && r.URL.Path == gateway.PathStatus {
			_, _ = fmt.Fprint(w, text)
			return
		}
		_, _ = fmt.Fprint(w, "[ERR=unknown reqid]")
	}))
	defer web.Close()
	o, n := doubtOffice(t)
	n.Gateway = web.URL
	ids, err := o.FindDoubts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	done, err := o.AskAbout(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	if done.Settled != 2 || done.Asked != 4 || len(done.Silent) != 0 {
		t.Errorf("%+v", done)
	}
	if got, want := done.Words(), "It is known now how 2 calls went. About 2 calls the gateway knows no more: you decide."; got != want {
		t.Error(got)
	}
	var states []campaign.Status
	for _, row := range n.Rows {
		states = append(states, row.Status)
	}
	want := []campaign.Status{campaign.Reached, campaign.Doubt, campaign.Reached, campaign.Ready, campaign.Doubt, campaign.Reached}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Error(diff)
	}
}

func TestGatewayThatIsAwayChangesNothing(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	o, n := doubtOffice(t)
	n.Gateway = gone.URL
	ids, _ := o.FindDoubts(t.Context())
	done, err := o.AskAbout(t.Context(), ids)
	if err != nil || done.Settled != 0 || len(done.Silent) != 1 {
		t.Errorf("%+v, %v", done, err)
	}
	if left, _ := o.Doubts(t.Context()); left != 4 {
		t.Errorf("%d are in doubt", left)
	}
}

func TestDecisionsSayWhatTheyMean(t *testing.T) {
	for _, tt := range []struct {
		ruling campaign.Ruling
		n      int
		want   string
	}{
		{campaign.RuledCalled, 1, "Was 1 person called?"}, {campaign.RuledCalled, 2, "Were 2 people called?"},
		{campaign.RuledNotCalled, 1, "Call 1 person again?"}, {campaign.RuledNotCalled, 12, "Call 12 people again?"},
	} {
		if got, meaning := view.DecideWords(tt.ruling, tt.n); got != tt.want || meaning == "" {
			t.Errorf("%q, %q", got, meaning)
		}
	}
}
