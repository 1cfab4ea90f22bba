package storage_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/storage"
)

func TestAttemptFromIntentToEnd(t *testing.T) {
	db := fresh(t)
	c, ids := create(t, db, people(2))
	a := begin(t, db, ids[0], "ref-1")
	if got := row(t, db, ids[0]); got.Status != campaign.Sending {
		t.Errorf("row is %s after its intent was written", got.Status)
	}
	must(t, db.Queued(t.Context(), a.ID, 77, noon.Add(time.Second)))
	must(t, db.Mark(t.Context(), ids[0], campaign.Calling))
	must(t, db.Queued(t.Context(), a.ID, 77, noon.Add(time.Second)))
	if got := row(t, db, ids[0]); got.Status != campaign.Calling {
		t.Errorf("row is %s, want calling: it does not go back", got.Status)
	}

	a.ReqID, a.Sent = 77, noon.Add(time.Second)
	a = ended(a, gateway.OutcomeReached)
	a.Why = campaign.Reason{Code: campaign.CodeOutcome, Outcome: "reached"}
	a.Answers = []gateway.Answer{{Name: "confirm", Value: "1"}, {Value: "9"}}
	must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: a, Status: campaign.Reached, Why: a.Why, Tried: true}))

	got, err := db.Attempts(t.Context(), c.ID, 0)
	must(t, err)
	if diff := cmp.Diff([]campaign.Attempt{a}, got); diff != "" {
		t.Errorf("attempts (-want +got):\n%s", diff)
	}
	want := people(1)[0]
	want.ID, want.Campaign, want.Status, want.Why, want.Tries = ids[0], c.ID, campaign.Reached, a.Why, 1
	want.Answers, want.Reached = a.Answers, a.Ended
	if diff := cmp.Diff(want, row(t, db, ids[0])); diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}
	if of, err := db.Attempts(t.Context(), c.ID, ids[1]); err != nil || len(of) != 0 {
		t.Errorf("attempts at the other row: %d, %v", len(of), err)
	}
}

func TestBeginForbids(t *testing.T) {
	tests := map[string]func(t *testing.T, db *storage.DB, a *campaign.Attempt){
		"a row under way": func(t *testing.T, db *storage.DB, a *campaign.Attempt) {
			begin(t, db, a.Contact, "first")
		},
		"a skipped row": func(t *testing.T, db *storage.DB, a *campaign.Attempt) {
			must(t, db.SetAside(t.Context(), []campaign.Contact{{ID: a.Contact, Campaign: a.Campaign, Status: campaign.Skipped}}))
		},
		"a cancelled row": func(t *testing.T, db *storage.DB, a *campaign.Attempt) {
			must(t, db.Cancel(t.Context(), a.Campaign, campaign.Reason{Code: campaign.CodeStopped}))
		},
		"a number blocked everywhere": func(t *testing.T, db *storage.DB, a *campaign.Attempt) {
			must(t, db.Block(t.Context(), 0, []phone.Number{a.Number}, "list", noon))
		},
		"a number blocked in this campaign": func(t *testing.T, db *storage.DB, a *campaign.Attempt) {
			must(t, db.Block(t.Context(), a.Campaign, []phone.Number{a.Number}, "list", noon))
		},
		"practice with a number blocked everywhere": func(t *testing.T, db *storage.DB, a *campaign.Attempt) {
			a.Practice = true
			must(t, db.Block(t.Context(), 0, []phone.Number{a.Number}, "list", noon))
		},
		"a number that rings for another running campaign": func(t *testing.T, db *storage.DB, a *campaign.Attempt) {
			_, ids := create(t, db, people(1))
			begin(t, db, ids[0], "other")
		},
		"a number that still rings for a paused campaign": func(t *testing.T, db *storage.DB, a *campaign.Attempt) {
			pausedCall(t, db, a.Begun.Add(-time.Minute))
		},
		"another number than the row's": func(_ *testing.T, _ *storage.DB, a *campaign.Attempt) {
			a.Number = number(99)
		},
		"another campaign than the row's": func(_ *testing.T, _ *storage.DB, a *campaign.Attempt) {
			a.Campaign++
		},
	}
	for name, prepare := range tests {
		t.Run(name, func(t *testing.T) {
			db := fresh(t)
			c, ids := create(t, db, people(1))
			a := intent(row(t, db, ids[0]), "second")
			prepare(t, db, &a)
			before := row(t, db, ids[0])
			attempts, err := db.Attempts(t.Context(), c.ID, 0)
			must(t, err)
			if _, err := db.Begin(t.Context(), a); !errors.Is(err, campaign.ErrForbidden) {
				t.Fatalf("begun: %v", err)
			}
			if diff := cmp.Diff(before, row(t, db, ids[0])); diff != "" {
				t.Errorf("the row changed (-want +got):\n%s", diff)
			}
			after, err := db.Attempts(t.Context(), c.ID, 0)
			must(t, err)
			if len(after) != len(attempts) {
				t.Errorf("%d attempts, %d before", len(after), len(attempts))
			}
		})
	}
}

// pausedCall leaves a call that was begun at that time to a paused campaign.
func pausedCall(t *testing.T, db *storage.DB, begun time.Time) {
	t.Helper()
	c, ids := create(t, db, people(1))
	a := intent(row(t, db, ids[0]), "other")
	a.Begun = begun
	_, err := db.Begin(t.Context(), a)
	must(t, err)
	c.State = campaign.Paused
	must(t, db.SetState(t.Context(), c))
}

func TestBeginAllows(t *testing.T) {
	tests := map[string]func(t *testing.T, db *storage.DB, a *campaign.Attempt){
		"a waiting row": func(t *testing.T, db *storage.DB, a *campaign.Attempt) {
			p := campaign.Contact{ID: a.Contact, Campaign: a.Campaign, Status: campaign.Waiting, NextAt: noon}
			must(t, db.SetAside(t.Context(), []campaign.Contact{p}))
		},
		"a number blocked in another campaign": func(t *testing.T, db *storage.DB, a *campaign.Attempt) {
			must(t, db.Block(t.Context(), a.Campaign+1, []phone.Number{a.Number}, "list", noon))
		},
		"a number taken off the list": func(t *testing.T, db *storage.DB, a *campaign.Attempt) {
			must(t, db.Block(t.Context(), 0, []phone.Number{a.Number}, "list", noon))
			must(t, db.Unblock(t.Context(), a.Number))
		},
		"practice while the number rings for another campaign": func(t *testing.T, db *storage.DB, a *campaign.Attempt) {
			a.Practice = true
			_, ids := create(t, db, people(1))
			begin(t, db, ids[0], "other")
		},
		"a number that rang for a paused campaign long ago": func(t *testing.T, db *storage.DB, a *campaign.Attempt) {
			pausedCall(t, db, a.Begun.Add(-3*time.Hour))
		},
		"a number that rings for a practice campaign": func(t *testing.T, db *storage.DB, _ *campaign.Attempt) {
			c, ids := create(t, db, people(1))
			c.Practice = true
			must(t, db.SetState(t.Context(), c))
			begin(t, db, ids[0], "other")
		},
		"a number left in doubt by another campaign": func(t *testing.T, db *storage.DB, _ *campaign.Attempt) {
			_, ids := create(t, db, people(1))
			other := begin(t, db, ids[0], "other")
			must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: other, Status: campaign.Doubt, KeepOpen: true}))
		},
	}
	for name, prepare := range tests {
		t.Run(name, func(t *testing.T) {
			db := fresh(t)
			_, ids := create(t, db, people(1))
			a := intent(row(t, db, ids[0]), "second")
			prepare(t, db, &a)
			if _, err := db.Begin(t.Context(), a); err != nil {
				t.Fatal(err)
			}
			if got := row(t, db, ids[0]); got.Status != campaign.Sending || !got.NextAt.IsZero() {
				t.Errorf("row is %s until %v", got.Status, got.NextAt)
			}
		})
	}
}

// Whichever comes first wins; never is a number dialled that was blocked
// before.
func TestBlockRacesBegin(t *testing.T) {
	db := fresh(t)
	_, ids := create(t, db, people(40))
	for i, id := range ids {
		a := intent(row(t, db, id), fmt.Sprint("race-", i))
		var race sync.WaitGroup
		var begun error
		race.Go(func() { _, begun = db.Begin(t.Context(), a) })
		race.Go(func() {
			if err := db.Block(t.Context(), 0, []phone.Number{a.Number}, "list", noon); err != nil {
				t.Error(err)
			}
		})
		race.Wait()
		status := row(t, db, id).Status
		switch {
		case begun == nil && status == campaign.Sending:
		case errors.Is(begun, campaign.ErrForbidden) && status == campaign.Ready:
		default:
			t.Fatalf("row is %s, Begin said %v", status, begun)
		}
		if !row(t, db, id).DoNotCall {
			t.Fatal("the number is not on the list")
		}
	}
}

// Many ask for the same rows at once; each row is begun once.
func TestBeginRacesBegin(t *testing.T) {
	db := fresh(t)
	c, ids := create(t, db, people(20))
	var workers sync.WaitGroup
	for w := range 4 {
		workers.Go(func() {
			for _, id := range ids {
				rows, err := db.Contacts(t.Context(), []campaign.ContactID{id})
				if err != nil {
					t.Error(err)
					return
				}
				_, err = db.Begin(t.Context(), intent(rows[0], fmt.Sprint(w, "-", id)))
				if err != nil && !errors.Is(err, campaign.ErrForbidden) {
					t.Error(err)
				}
			}
		})
	}
	workers.Wait()
	attempts, err := db.Attempts(t.Context(), c.ID, 0)
	must(t, err)
	if len(attempts) != len(ids) {
		t.Errorf("%d attempts at %d rows", len(attempts), len(ids))
	}
}

func TestReferenceIsUsedOnce(t *testing.T) {
	db := fresh(t)
	_, ids := create(t, db, people(2))
	begin(t, db, ids[0], "same")
	if _, err := db.Begin(t.Context(), intent(row(t, db, ids[1]), "same")); err == nil {
		t.Error("two attempts have the same reference")
	}
	if got := row(t, db, ids[1]); got.Status != campaign.Ready {
		t.Errorf("the second row is %s", got.Status)
	}
}

func TestSettleTwiceChangesNothing(t *testing.T) {
	db := fresh(t)
	_, ids := create(t, db, people(1))
	a := begin(t, db, ids[0], "r")
	busy := campaign.Settlement{
		Attempt: ended(a, gateway.OutcomeBusy), Status: campaign.Waiting, NextAt: noon.Add(time.Hour),
		Why: campaign.Reason{Code: campaign.CodeRetry, Outcome: "busy", Try: 2}, Tried: true,
	}
	must(t, db.Settle(t.Context(), busy))
	want := row(t, db, ids[0])
	if want.Tries != 1 || !want.NextAt.Equal(busy.NextAt) || want.Why != busy.Why {
		t.Fatalf("row after one busy call: %+v", want)
	}
	again := busy
	again.Status, again.Attempt.Outcome, again.OptOut = campaign.Reached, gateway.OutcomeReached, true
	must(t, db.Settle(t.Context(), again))
	if diff := cmp.Diff(want, row(t, db, ids[0])); diff != "" {
		t.Errorf("settled twice (-want +got):\n%s", diff)
	}
}

func TestMissesAreCountedInARow(t *testing.T) {
	db := fresh(t)
	_, ids := create(t, db, people(1))
	steps := []struct {
		tried, missed bool
		tries, misses int
	}{{false, true, 0, 1}, {false, true, 0, 2}, {true, false, 1, 0}, {false, true, 1, 1}, {false, false, 1, 1}}
	for i, s := range steps {
		a := begin(t, db, ids[0], fmt.Sprint(i))
		must(t, db.Settle(t.Context(), campaign.Settlement{
			Attempt: ended(a, gateway.OutcomeExpired), Status: campaign.Ready, Tried: s.tried, Missed: s.missed,
		}))
		if got := row(t, db, ids[0]); got.Tries != s.tries || got.Misses != s.misses {
			t.Errorf("step %d: %d tries, %d misses, want %d and %d", i, got.Tries, got.Misses, s.tries, s.misses)
		}
	}
}

func TestSettleWantsAnEnd(t *testing.T) {
	db := fresh(t)
	c, ids := create(t, db, people(1))
	a := begin(t, db, ids[0], "r")
	if err := db.Settle(t.Context(), campaign.Settlement{Attempt: a, Status: campaign.Reached}); err == nil {
		t.Error("settled without an end")
	}
	if open, err := db.Open(t.Context(), c.ID); err != nil || len(open) != 1 {
		t.Errorf("%d open attempts, %v", len(open), err)
	}
}

func TestDoubtStaysOpenAndAside(t *testing.T) {
	db := fresh(t)
	c, ids := create(t, db, people(3))
	doubtful, clear := begin(t, db, ids[0], "a"), begin(t, db, ids[1], "b")
	must(t, db.Queued(t.Context(), clear.ID, 5, noon))
	doubt := campaign.Settlement{
		Attempt: doubtful, Status: campaign.Doubt, Why: campaign.Reason{Code: campaign.CodeInterrupted}, KeepOpen: true,
	}
	must(t, db.Settle(t.Context(), doubt))
	must(t, db.Settle(t.Context(), doubt))
	open, err := db.Open(t.Context(), c.ID)
	must(t, err)
	clear.ReqID, clear.Sent = 5, noon
	if diff := cmp.Diff([]campaign.Attempt{clear}, open); diff != "" {
		t.Errorf("open attempts (-want +got):\n%s", diff)
	}
	if all, err := db.Attempts(t.Context(), c.ID, ids[0]); err != nil || len(all) != 1 || !all[0].Open() {
		t.Errorf("the doubtful attempt: %+v, %v", all, err)
	}
	// A person decides that the call took place.
	must(t, db.Settle(t.Context(), campaign.Settlement{
		Attempt: ended(doubtful, gateway.OutcomeInterrupted), Status: campaign.Reached, Tried: true,
	}))
	if got := row(t, db, ids[0]); got.Status != campaign.Reached || got.Tries != 1 {
		t.Errorf("decided row: %+v", got)
	}
}

func TestOptOut(t *testing.T) {
	for _, practice := range []bool{false, true} {
		t.Run(fmt.Sprint("practice ", practice), func(t *testing.T) {
			db := fresh(t)
			c, ids := create(t, db, people(1))
			c.Practice = practice
			must(t, db.SetState(t.Context(), c))
			_, elsewhere := create(t, db, people(1))
			a := intent(row(t, db, ids[0]), "r")
			a.Practice = practice
			a, err := db.Begin(t.Context(), a)
			must(t, err)
			must(t, db.Settle(t.Context(), campaign.Settlement{
				Attempt: ended(a, gateway.OutcomeReached), Status: campaign.Reached, Tried: true, OptOut: true,
			}))
			if !row(t, db, ids[0]).DoNotCall {
				t.Error("the number may be called again in its own campaign")
			}
			if got := row(t, db, elsewhere[0]).DoNotCall; got == practice {
				t.Errorf("blocked in another campaign: %v", got)
			}
		})
	}
}

func TestWritingStopsWithItsContext(t *testing.T) {
	db := fresh(t)
	ctx, cancel := context.WithCancel(t.Context())
	rows := people(50_000)
	var other sync.WaitGroup
	other.Go(cancel)
	_, err := db.Create(ctx, full(), rows)
	other.Wait()
	list, listErr := db.List(t.Context())
	must(t, listErr)
	if (err == nil) != (len(list) == 1) || err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("%d campaigns, %v", len(list), err)
	}
	create(t, db, people(1)) // the connection is as good as before
}

// What was promised to somebody waits for the disk; attempts wait for Sync, and
// what is found out again for nothing.
func TestWhatSurvivesAPowerCut(t *testing.T) {
	db := fresh(t)
	c, ids := create(t, db, people(2))
	var a campaign.Attempt
	for _, write := range []struct {
		name    string
		do      func() error
		durable bool
	}{
		{"set aside", func() error {
			return db.SetAside(t.Context(), []campaign.Contact{{ID: ids[1], Status: campaign.Skipped}})
		}, false},
		{"begin", func() (err error) {
			a, err = db.Begin(t.Context(), intent(row(t, db, ids[0]), "r"))
			return err
		}, false},
		{"queued", func() error { return db.Queued(t.Context(), a.ID, 17, noon) }, false},
		{"mark", func() error { return db.Mark(t.Context(), ids[0], campaign.Calling) }, false},
		{"settle", func() error {
			return db.Settle(t.Context(), campaign.Settlement{Attempt: ended(a, gateway.OutcomeBusy), Status: campaign.Ready})
		}, false},
		{"sync", func() error { return db.Sync(t.Context()) }, true},
		{"block", func() error { return db.Block(t.Context(), c.ID, []phone.Number{number(1)}, "test", noon) }, true},
		{"create", func() error {
			_, err := db.Create(t.Context(), campaign.Campaign{}, people(1))
			return err
		}, true},
	} {
		must(t, write.do())
		if durable, err := db.Durable(t.Context()); err != nil || durable != write.durable {
			t.Errorf("%s: waited for the disk: %v, want %v (%v)", write.name, durable, write.durable, err)
		}
	}
}
