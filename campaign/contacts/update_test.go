package contacts_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
)

// stored is a list in memory.
type stored []campaign.Contact

func (s stored) Rows(key string) ([]campaign.Contact, error) {
	var rows []campaign.Contact
	for _, c := range s {
		if slices.Contains(contacts.Keys(c), key) {
			rows = append(rows, c)
		}
	}
	return rows, nil
}

func TestKeys(t *testing.T) {
	tests := []struct {
		name string
		c    campaign.Contact
		want []string
	}{
		{"all", campaign.Contact{External: "K1", Number: "+13125550142", Name: "Zoé  Doe"}, []string{"key K1", "person +13125550142 zoe doe", "number +13125550142"}},
		{"no key", campaign.Contact{Number: "+13125550142"}, []string{"person +13125550142 ", "number +13125550142"}},
		{"no number", campaign.Contact{External: "K1", Name: "Ann"}, []string{"key K1"}},
		{"nothing", campaign.Contact{Name: "Ann"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, contacts.Keys(tt.c)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestUpdate(t *testing.T) {
	const a, b, c = "+13125550142", "+13125550143", "+13125550144"
	person := func(row int, key, name string, n phone.Number) campaign.Contact {
		return campaign.Contact{Row: row, External: key, Name: name, Number: n, Status: campaign.Ready}
	}
	list := stored{
		person(2, "K1", "Ann", a), person(3, "", "Bob", b), person(4, "", "Cid", b), person(5, "K4", "Dee", c), person(6, "", "Eve", "+13125550145"),
	}
	u := contacts.Update{Stored: list}
	steps := []struct {
		name   string
		newer  campaign.Contact
		row    int
		change contacts.Change
	}{
		{"by key, another number", person(2, "K1", "Ann", "+13125550149"), 2, contacts.ChangeUpdated},
		{"by number and name", person(3, "", "CID", b), 4, contacts.ChangeUpdated},
		{"by number", person(4, "", "Robert", b), 3, contacts.ChangeUpdated},
		{"a third at the number", person(5, "", "Bob", b), 5, contacts.ChangeAdded},
		{"another key, the same number", person(6, "K9", "Dee", c), 6, contacts.ChangeAdded},
		{"as it was", person(7, "", "Eve", "+13125550145"), 6, contacts.ChangeSame},
		{"as it was, again", person(8, "", "Eve", "+13125550145"), 8, contacts.ChangeAdded},
		{"nothing to find it by", campaign.Contact{Row: 9, Name: "Ann", Status: campaign.Skipped}, 9, contacts.ChangeAdded},
	}
	for _, tt := range steps {
		t.Run(tt.name, func(t *testing.T) {
			got, change, err := u.Row(tt.newer)
			if err != nil || got.Row != tt.row || change != tt.change {
				t.Errorf("row %d %s, %v, want row %d %s", got.Row, change, err, tt.row, tt.change)
			}
		})
	}
	if diff := cmp.Diff(contacts.Changes{Added: 4, Updated: 3, Same: 1, Gone: 1}, u.Changes(len(list))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for row, gone := range map[int]bool{2: false, 5: true} {
		if u.Gone(row) != gone {
			t.Errorf("row %d: gone is %v", row, !gone)
		}
	}
}

type unreadable struct{}

var errUnreadable = errors.New("unreadable")

func (unreadable) Rows(string) ([]campaign.Contact, error) { return nil, errUnreadable }

func TestUpdateReturnsTheStoresError(t *testing.T) {
	u := contacts.Update{Stored: unreadable{}}
	if _, _, err := u.Row(campaign.Contact{Number: "+13125550142"}); !errors.Is(err, errUnreadable) {
		t.Error(err)
	}
}

func TestRenew(t *testing.T) {
	const a, b = "+13125550142", "+13125550143"
	quarantine := campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemInvalid}
	excluded := campaign.Reason{Code: campaign.CodeExcluded}
	retry := campaign.Reason{Code: campaign.CodeRetry}
	row := func(status campaign.Status, why campaign.Reason, n phone.Number) campaign.Contact {
		return campaign.Contact{Row: 2, Number: n, Status: status, Why: why, Cells: []string{"x"}}
	}
	ready, broken := row(campaign.Ready, campaign.Reason{}, a), row(campaign.Skipped, quarantine, "")
	tests := []struct {
		name       string
		old, newer campaign.Contact
		status     campaign.Status
		number     phone.Number
		changed    bool
	}{
		{"the same", ready, ready, campaign.Ready, a, false},
		{"another number", ready, row(campaign.Ready, campaign.Reason{}, b), campaign.Ready, b, true},
		{"mended", broken, ready, campaign.Ready, a, true},
		{"broken now", ready, broken, campaign.Skipped, a, true},
		{"still broken", broken, broken, campaign.Skipped, "", false},
		{"waiting for the same number", row(campaign.Waiting, retry, a), ready, campaign.Waiting, a, false},
		{"waiting, and another number", row(campaign.Waiting, retry, a), row(campaign.Ready, campaign.Reason{}, b), campaign.Ready, b, true},
		{"waiting, and broken now", row(campaign.Waiting, retry, a), broken, campaign.Skipped, a, true},
		{"left out by a person", row(campaign.Skipped, excluded, a), ready, campaign.Skipped, a, false},
		{"reached", row(campaign.Reached, campaign.Reason{}, a), row(campaign.Ready, campaign.Reason{}, b), campaign.Reached, b, true},
		{"being called", row(campaign.Calling, campaign.Reason{}, a), broken, campaign.Calling, a, false},
		{"in doubt", row(campaign.Doubt, campaign.Reason{}, a), ready, campaign.Doubt, a, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, changed := contacts.Renew(tt.old, tt.newer)
			if got.Status != tt.status || got.Number != tt.number || changed != tt.changed || got.Row != 2 {
				t.Errorf("%s at %s, changed %v, want %s at %s, %v", got.Status, got.Number, changed, tt.status, tt.number, tt.changed)
			}
		})
	}
	newer := ready
	newer.Name, newer.Cells, newer.External = "Ann", []string{"y"}, "K1"
	newer.Hours, newer.Priority, newer.Consent = campaign.DefaultHours(), 2, true
	got, changed := contacts.Renew(ready, newer)
	if diff := cmp.Diff(newer, got); diff != "" || !changed {
		t.Errorf("changed %v (-want +got):\n%s", changed, diff)
	}
}

// What a newer file says about calls counts for the next one; hours that nobody
// understands do not take the place of those that are known.
func TestRenewOfWishes(t *testing.T) {
	const a = "+13125550142"
	yes := campaign.Contact{Row: 2, Number: a, Status: campaign.Ready, Hours: campaign.DefaultHours(), Priority: 1, Consent: true}
	with := func(change func(*campaign.Contact)) campaign.Contact {
		c := yes
		change(&c)
		return c
	}
	unclear := with(func(c *campaign.Contact) {
		c.Status, c.Hours = campaign.Skipped, campaign.Hours{}
		c.Why = campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemHours, Text: "x"}
	})
	waits := func(code campaign.Code) campaign.Contact {
		return with(func(c *campaign.Contact) { c.Status, c.Why = campaign.Waiting, campaign.Reason{Code: code} })
	}
	others := with(func(c *campaign.Contact) { c.Hours = campaign.EveryDay(600, 660) })
	tests := map[string]struct {
		old, newer, want campaign.Contact
	}{
		"the same":                       {yes, yes, yes},
		"other hours":                    {yes, others, others},
		"no hours":                       {yes, with(func(c *campaign.Contact) { c.Hours = campaign.Hours{} }), with(func(c *campaign.Contact) { c.Hours = campaign.Hours{} })},
		"another priority":               {yes, with(func(c *campaign.Contact) { c.Priority = 3 }), with(func(c *campaign.Contact) { c.Priority = 3 })},
		"no consent":                     {yes, with(func(c *campaign.Contact) { c.Consent = false }), with(func(c *campaign.Contact) { c.Consent = false })},
		"unclear now":                    {yes, unclear, with(func(c *campaign.Contact) { c.Status, c.Why = unclear.Status, unclear.Why })},
		"clear now":                      {unclear, yes, yes},
		"waits for hours that are over":  {waits(campaign.CodeOwnHours), others, others},
		"waits for hours that are there": {waits(campaign.CodeOwnHours), yes, waits(campaign.CodeOwnHours)},
		"waits for another try": {waits(campaign.CodeRetry), others, with(func(c *campaign.Contact) {
			c.Status, c.Why, c.Hours = campaign.Waiting, campaign.Reason{Code: campaign.CodeRetry}, others.Hours
		})},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, changed := contacts.Renew(tt.old, tt.newer)
			if diff := cmp.Diff(tt.want, got); diff != "" || changed != !cmp.Equal(tt.old, tt.want) {
				t.Errorf("changed %v (-want +got):\n%s", changed, diff)
			}
		})
	}
}
