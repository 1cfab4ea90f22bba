package storage_test

import (
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/storage"
)

// doubtful is a row of c in doubt.
func doubtful(t *testing.T, db *storage.DB, id campaign.ContactID, ref string, code campaign.Code) {
	t.Helper()
	a := begin(t, db, id, ref)
	must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: a, Status: campaign.Doubt, Why: campaign.Reason{Code: code}, KeepOpen: true}))
}

func TestRulings(t *testing.T) {
	for _, test := range []struct {
		name   string
		ruling campaign.Ruling
		over   bool
		status campaign.Status
		tries  int
	}{
		{"called", campaign.RuledCalled, false, campaign.Failed, 1},
		{"called, campaign over", campaign.RuledCalled, true, campaign.Failed, 1},
		{"not called", campaign.RuledNotCalled, false, campaign.Ready, 0},
		{"not called, campaign over", campaign.RuledNotCalled, true, campaign.Cancelled, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			db := fresh(t)
			c, ids := create(t, db, people(3))
			doubtful(t, db, ids[0], "a", campaign.CodeNoReply)
			if test.over {
				c.State, c.Ended = campaign.Finished, noon
				must(t, db.SetState(t.Context(), c))
			}
			n, err := db.Rule(t.Context(), ids, test.ruling, noon.Add(time.Hour))
			must(t, err)
			if n != 1 {
				t.Errorf("decided about %d rows, want the one in doubt", n)
			}
			rows, err := db.Contacts(t.Context(), ids[:1])
			must(t, err)
			if rows[0].Status != test.status || rows[0].Tries != test.tries {
				t.Errorf("row is %s after %d tries, want %s after %d", rows[0].Status, rows[0].Tries, test.status, test.tries)
			}
			attempts, err := db.Attempts(t.Context(), c.ID, ids[0])
			must(t, err)
			if attempts[0].Open() || attempts[0].Why.Code != campaign.CodeRuled {
				t.Errorf("the attempt: %+v", attempts[0])
			}
			if last := audited(t, db); last[len(last)-1].What != campaign.AuditDecided {
				t.Errorf("the log ends with %+v", last[len(last)-1])
			}
		})
	}
}

func TestExcludeLeavesOutWhoIsNotCalledYet(t *testing.T) {
	db := fresh(t)
	_, ids := create(t, db, people(3))
	begin(t, db, ids[0], "a")
	n, err := db.Exclude(t.Context(), ids)
	must(t, err)
	rows, err := db.Contacts(t.Context(), ids)
	must(t, err)
	if n != 2 || rows[0].Status != campaign.Sending || rows[1].Status != campaign.Skipped || rows[1].Why.Code != campaign.CodeExcluded {
		t.Errorf("%d left out: %+v", n, rows)
	}
}

func TestLedgerKnowsRealCallsOfAllCampaigns(t *testing.T) {
	db := fresh(t)
	var number phone.Number
	for i := range 3 {
		c, ids := create(t, db, people(1))
		rows, err := db.Contacts(t.Context(), ids)
		must(t, err)
		number = rows[0].Number
		a, err := db.Begin(t.Context(), campaign.Attempt{
			Campaign: c.ID, Contact: ids[0], Row: 2, Number: number, Reference: gateway.Reference(rune('a' + i)), Practice: i == 2, Begun: noon,
		})
		must(t, err)
		a.Ended, a.Outcome = noon.Add(time.Minute), gateway.OutcomeBusy
		must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: a, Status: campaign.Unreached, Tried: true}))
		if i == 0 {
			c.State = campaign.Finished
			must(t, db.SetState(t.Context(), c))
		}
	}
	calls := func() int {
		found, err := db.CallsTo(t.Context(), number, 10)
		must(t, err)
		return len(found)
	}
	if n := calls(); n != 2 {
		t.Errorf("%d calls, want those of the two real campaigns", n)
	}
	n, err := db.Forget(t.Context(), noon)
	must(t, err)
	if n != 0 {
		t.Errorf("%d calls were forgotten that ended later", n)
	}
	n, err = db.Forget(t.Context(), noon.Add(time.Hour))
	must(t, err)
	if left := calls(); n != 1 || left != 1 {
		t.Errorf("%d calls were forgotten and %d are left, want that of the campaign that is over gone", n, left)
	}
}

func TestConsentIsTheLastWord(t *testing.T) {
	db := fresh(t)
	rows := people(1)
	rows[0].Consent, rows[0].Others = true, []phone.Number{"+13125559999"}
	c, ids := create(t, db, rows)
	stored, err := db.Contacts(t.Context(), ids)
	must(t, err)
	number := stored[0].Number
	if _, known, err := db.ConsentOf(t.Context(), number); known || err != nil {
		t.Fatal("consent is known before the call", err)
	}
	a := begin(t, db, ids[0], "a")
	consent, known, err := db.ConsentOf(t.Context(), number)
	if err != nil || !known || !consent.Given {
		t.Errorf("after the call: %+v, %v, %v", consent, known, err)
	}
	facts, err := db.Facts(t.Context(), c, stored, noon)
	must(t, err)
	if !facts[0].Consent {
		t.Error("the gate does not know of it")
	}
	a.Ended, a.Outcome = noon.Add(time.Minute), gateway.OutcomeReached
	must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: a, Status: campaign.Reached, Tried: true, OptOut: true}))
	for _, n := range []phone.Number{number, "+13125559999"} {
		if consent, _, err := db.ConsentOf(t.Context(), n); err != nil || consent.Given {
			t.Errorf("%s agrees though the person asked not to be called: %+v, %v", n, consent, err)
		}
	}
	stored, err = db.Contacts(t.Context(), ids)
	must(t, err)
	facts, err = db.Facts(t.Context(), c, stored, noon)
	must(t, err)
	if !stored[0].DoNotCall || len(facts[0].Forbidden) != 1 {
		t.Errorf("not all numbers are blocked: %v, %v", stored[0].DoNotCall, facts[0].Forbidden)
	}
}

// TestSilentRowsAreAskedAboutAgain: of rows in doubt only those of a gateway
// that fell silent are taken up by the next run.
func TestSilentRowsAreAskedAboutAgain(t *testing.T) {
	db := fresh(t)
	c, ids := create(t, db, people(2))
	doubtful(t, db, ids[0], "a", campaign.CodeSilent)
	doubtful(t, db, ids[1], "b", campaign.CodeNoReply)
	open, err := db.Open(t.Context(), c.ID)
	must(t, err)
	if len(open) != 1 || open[0].Contact != ids[0] {
		t.Errorf("taken up: %+v", open)
	}
}

func TestWakeLetsRowsBeDecidedAboutAgain(t *testing.T) {
	db := fresh(t)
	c, ids := create(t, db, people(6))
	later := noon.Add(time.Hour)
	rows, err := db.Contacts(t.Context(), ids)
	must(t, err)
	for i, code := range []campaign.Code{campaign.CodeHours, campaign.CodeRetry, campaign.CodeNoLine, campaign.CodeRefused, campaign.CodeLimit} {
		rows[i].Status, rows[i].NextAt, rows[i].Why = campaign.Waiting, later, campaign.Reason{Code: code}
	}
	must(t, db.SetAside(t.Context(), rows[:5]))
	after, looks := campaign.ContactID(0), 0
	for {
		after, err = db.Wake(t.Context(), c.ID, after, 2, noon)
		must(t, err)
		if looks++; after == 0 {
			break
		}
	}
	due, err := db.Due(t.Context(), c.ID, noon, 10)
	must(t, err)
	if len(due) != 4 || looks != 4 {
		t.Errorf("%d rows are due after %d looks, want those three and the ready one", len(due), looks)
	}
}

func TestReadyRowsComeByPriority(t *testing.T) {
	db := fresh(t)
	rows := people(4)
	rows[2].Priority, rows[3].Priority = 5, -1
	c, ids := create(t, db, rows)
	due, err := db.Due(t.Context(), c.ID, noon, 10)
	must(t, err)
	for i, want := range []int{2, 0, 1, 3} {
		if due[i].ID != ids[want] {
			t.Errorf("place %d has row %d, want %d", i, due[i].Row, want+2)
		}
	}
}

// TestOtherSettingsLetRowsBeRethought: settings that differ from those by which
// rows were set aside are kept in mind until the rows were decided about.
func TestOtherSettingsLetRowsBeRethought(t *testing.T) {
	db := fresh(t)
	c, _ := create(t, db, people(1))
	rethink := func() bool {
		stored, err := db.Campaign(t.Context(), c.ID)
		must(t, err)
		return stored.Rethink
	}
	must(t, db.Configure(t.Context(), c))
	if rethink() {
		t.Error("the same settings are taken for others")
	}
	c.Settings.Lines = 7
	must(t, db.Configure(t.Context(), c))
	must(t, db.Configure(t.Context(), c))
	if !rethink() {
		t.Error("other settings are not kept in mind")
	}
	must(t, db.SetState(t.Context(), c))
	if rethink() {
		t.Error("it is kept in mind for ever")
	}
}
