package storage_test

import (
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/storage"
)

// facts is what is known of a row.
func facts(t *testing.T, db *storage.DB, c campaign.Campaign, id campaign.ContactID) campaign.Facts {
	t.Helper()
	all, err := db.Facts(t.Context(), c, []campaign.Contact{row(t, db, id)}, noon.Add(-time.Hour))
	must(t, err)
	return all[0]
}

// sharing is two rows of a campaign, the first of which has the number of the
// second as a further one.
func sharing(t *testing.T, db *storage.DB, practice bool) (campaign.Campaign, []campaign.ContactID) {
	t.Helper()
	rows := people(2)
	rows[0].Others = []phone.Number{rows[1].Number}
	c, ids := create(t, db, rows)
	c.Practice = practice
	must(t, db.SetState(t.Context(), c))
	return c, ids
}

// Calls to a number count for everybody who has it, in a rehearsal too.
func TestCallsCountForEverybodyWithTheNumber(t *testing.T) {
	for _, practice := range []bool{false, true} {
		db := fresh(t)
		c, ids := sharing(t, db, practice)
		a := intent(row(t, db, ids[1]), "r")
		a.Practice = practice
		a, err := db.Begin(t.Context(), a)
		must(t, err)
		if past := facts(t, db, c, ids[0]).Past; len(past) != 1 || !past[0].Ended.IsZero() || past[0].Contact != ids[1] {
			t.Errorf("practice %v: while it rings: %+v", practice, past)
		}
		other := intent(row(t, db, ids[0]), "second")
		other.Number, other.Practice = a.Number, practice
		if _, err := db.Begin(t.Context(), other); err == nil {
			t.Errorf("practice %v: the number was dialled twice at the same time", practice)
		}
		must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: ended(a, gateway.OutcomeBusy), Status: campaign.Ready, Tried: true}))
		if past := facts(t, db, c, ids[0]).Past; len(past) != 1 || past[0].Outcome != gateway.OutcomeBusy {
			t.Errorf("practice %v: afterwards: %+v", practice, past)
		}
		if _, err := db.Begin(t.Context(), other); err != nil {
			t.Errorf("practice %v: afterwards: %v", practice, err)
		}
	}
}

// What never rang counts for nothing; what may have rung counts.
func TestUndialledIsNoPastCall(t *testing.T) {
	for _, test := range []struct {
		why    campaign.Reason
		counts bool
	}{
		{campaign.Reason{Code: campaign.CodeGatewayAway}, false},
		{campaign.Reason{Code: campaign.CodeRefused, Text: "not today"}, false},
		{campaign.Reason{}, false},
		{campaign.Reason{Code: campaign.CodeOutcome, Text: "words of another gateway"}, true},
	} {
		for _, practice := range []bool{false, true} {
			db := fresh(t)
			c, ids := sharing(t, db, practice)
			a := intent(row(t, db, ids[0]), "r")
			a.Practice = practice
			a, err := db.Begin(t.Context(), a)
			must(t, err)
			a = ended(a, gateway.OutcomeUnknown)
			a.Why = test.why
			must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: a, Status: campaign.Ready}))
			if past := facts(t, db, c, ids[0]).Past; (len(past) == 1) != test.counts {
				t.Errorf("practice %v, %s: %d calls count", practice, test.why.Code, len(past))
			}
			if _, counts := a.Past(); counts != test.counts {
				t.Errorf("%s: the attempt itself says %v", test.why.Code, counts)
			}
		}
	}
}
