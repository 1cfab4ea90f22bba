package storage_test

import (
	"context"
	"errors"
	"fmt"
	"os/user"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/storage"
)

// audited is the whole log.
func audited(t testing.TB, db *storage.DB) []campaign.AuditEntry {
	t.Helper()
	entries, err := db.AuditEntries(t.Context(), 0, 100_000)
	must(t, err)
	return entries
}

// verdict looks at the log, and wants it whole if fault is empty.
func verdict(t testing.TB, db *storage.DB, fault campaign.AuditFault, first int64) campaign.AuditVerdict {
	t.Helper()
	v, err := db.VerifyAudit(t.Context(), "")
	must(t, err)
	if v.Fault != fault || v.First != first {
		t.Errorf("the log is %q at %d, want %q at %d", v.Fault, v.First, fault, first)
	}
	return v
}

// filledAs fills a draft with n people, as a list is.
func filledAs(n int) func(contacts.Sink) (contacts.Import, error) {
	return func(s contacts.Sink) (contacts.Import, error) {
		for _, c := range people(n) {
			if err := s.Add(c, nil); err != nil {
				return contacts.Import{}, err
			}
		}
		return contacts.Import{}, nil
	}
}

func numbers(first, last uint64) storage.FillNumbers {
	return func(add func(first, last uint64) error) (campaign.DoNotCallList, error) {
		return campaign.DoNotCallList{}, add(first, last)
	}
}

type details = map[string]string

// TestAuditTells does what an office does, and reads the log.
func TestAuditTells(t *testing.T) {
	db := fresh(t).As("anna")
	ctx := t.Context()
	c, err := db.Import(ctx, campaign.Campaign{Name: "Visits", List: campaign.List{File: "a.csv", Hash: "ab"}}, filledAs(3))
	must(t, err)
	c.List.File = "b.csv"
	was := c.ID
	c, err = db.Refill(ctx, c, filledAs(2))
	must(t, err)
	must(t, db.Configure(ctx, c)) // changes nothing
	c.Name, c.Flow.Source, c.Settings.Lines, c.Settings.CallerID = "Visits 2", "https://me:secret@host/a.vxml", 8, "+13125550199"
	c.Settings.Retry.Tries, c.Settings.Hours = 5, campaign.EveryDay(540, 1200)
	must(t, db.Configure(ctx, c))
	state := func(s campaign.State, why campaign.Reason) {
		c.State, c.Why, c.Started = s, why, noon
		must(t, db.SetState(ctx, c))
	}
	state(campaign.Running, campaign.Reason{})
	state(campaign.Running, campaign.Reason{Code: campaign.CodeGatewayAway}) // no other state
	state(campaign.Paused, campaign.Reason{Code: campaign.CodeRefused, Text: "no credit"})
	state(campaign.Running, campaign.Reason{})
	a := begin(t, db, order(t, db, c.ID, campaign.Filter{})[0], "r1")
	a.Ended = noon
	must(t, db.Settle(ctx, campaign.Settlement{Attempt: a, Status: campaign.Reached, Tried: true, OptOut: true}))
	must(t, db.Settle(ctx, campaign.Settlement{Attempt: a, Status: campaign.Reached, OptOut: true})) // was settled
	c.List.File = "c.csv"
	_, err = db.Update(ctx, c, campaign.UpdateOptions{Dry: true}, filledAs(1))
	must(t, err)
	_, err = db.Update(ctx, c, campaign.UpdateOptions{ExcludeGone: true}, filledAs(1))
	must(t, err)
	state(campaign.Paused, campaign.Reason{Code: campaign.CodeByUser})
	state(campaign.Stopped, campaign.Reason{Code: campaign.CodeStopped})
	must(t, db.Block(ctx, 0, []phone.Number{number(7), number(8), number(8)}, "dnc.csv", noon))
	must(t, db.Block(ctx, 0, []phone.Number{number(7)}, "dnc.csv", noon)) // is there
	must(t, db.Unblock(ctx, number(7)))
	must(t, db.Unblock(ctx, number(7)))
	must(t, db.RemoveDoNotCall(ctx, number(8), 0))
	l, err := db.ImportDoNotCall(ctx, campaign.DoNotCallList{Source: "state"}, true, numbers(13125550100, 13125550109))
	must(t, err)
	l2, err := db.ChangeDoNotCall(ctx, l.ID, func(_, drop func(first, last uint64) error) (campaign.DoNotCallList, error) {
		return campaign.DoNotCallList{}, drop(13125550100, 13125550100)
	})
	must(t, err)
	must(t, db.RemoveDoNotCallList(ctx, l2.ID))
	must(t, db.Audit(ctx, campaign.AuditEntry{N: 99, What: campaign.AuditTestCall, Text: "\xff", Details: details{"a": "<\x00\">", "b": ""}}))

	entry := func(what campaign.AuditAction, text string, d details) campaign.AuditEntry {
		return campaign.AuditEntry{Who: "anna", What: what, Campaign: c.ID, Text: text, Details: d}
	}
	all := func(what campaign.AuditAction, text string, d details) campaign.AuditEntry {
		return campaign.AuditEntry{Who: "anna", What: what, Text: text, Details: d}
	}
	set := func(name, before, after string) campaign.AuditEntry {
		return entry(campaign.AuditConfigured, "Visits", details{"setting": name, "before": before, "after": after})
	}
	program := func(e campaign.AuditEntry) campaign.AuditEntry {
		e.Who = campaign.AuditProgram
		return e
	}
	first := entry(campaign.AuditImported, "Visits", details{"file": "a.csv", "sha256": "ab", "rows": "3", "ready": "3"})
	first.Campaign = was
	want := []campaign.AuditEntry{
		first,
		entry(campaign.AuditReread, "Visits", details{"file": "b.csv", "sha256": "ab", "rows": "2", "ready": "2", "replaces": fmt.Sprint(was)}),
		entry(campaign.AuditConfigured, "Visits", details{"setting": "Name", "before": "Visits", "after": "Visits 2"}),
		entry(campaign.AuditConfigured, "Visits", details{"setting": "Flow", "after": "https://me:xxxxx@host/a.vxml"}),
		entry(campaign.AuditConfigured, "Visits", details{"setting": "Hours", "after": "9-20"}), set("Retry.Tries", "0", "5"), set("Lines", "0", "8"),
		entry(campaign.AuditConfigured, "Visits", details{"setting": "CallerID", "after": "…99"}),
		entry(campaign.AuditStarted, "Visits 2", details{"before": "draft", "after": "running"}),
		program(entry(campaign.AuditPaused, "Visits 2", details{"before": "running", "after": "paused", "code": "refused", "why": "no credit"})),
		entry(campaign.AuditResumed, "Visits 2", details{"before": "paused", "after": "running"}),
		program(entry(campaign.AuditOptedOut, "Visits 2", details{"number": "…01", "row": "2"})),
		entry(campaign.AuditUpdated, "Visits 2", details{"file": "c.csv", "sha256": "ab", "added": "0", "changed": "0", "gone": "1", "excluded": "yes"}),
		entry(campaign.AuditPaused, "Visits 2", details{"before": "running", "after": "paused", "code": "by_user"}),
		entry(campaign.AuditStopped, "Visits 2", details{"before": "paused", "after": "stopped", "code": "stopped"}),
		all(campaign.AuditBlocked, "dnc.csv", details{"numbers": "2", "source": "dnc.csv", "way": "import"}),
		all(campaign.AuditUnblocked, "", details{"numbers": "1", "number": "…07"}),
		all(campaign.AuditUnblocked, "", details{"numbers": "1", "number": "…08"}),
		all(campaign.AuditListed, "state", details{"numbers": "10", "source": "state", "list": fmt.Sprint(l.ID)}),
		all(campaign.AuditRelisted, "state", details{"numbers": "9", "source": "state", "list": fmt.Sprint(l2.ID), "replaces": fmt.Sprintf("[%d]", l.ID)}),
		all(campaign.AuditUnlisted, "state", details{"numbers": "9", "source": "state", "list": fmt.Sprint(l2.ID)}),
		all(campaign.AuditTestCall, "\ufffd", details{"a": "<\x00\">"}),
	}
	for i := range want {
		want[i].N = int64(i + 1)
	}
	got := audited(t, db)
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(campaign.AuditEntry{}, "At", "Hash")); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
	verdict(t, db, "", 0)
	if strings.Contains(fmt.Sprint(got), "31255501") || strings.Contains(fmt.Sprint(got), "secret") {
		t.Error("numbers or passwords stand in the log")
	}
	if page, err := db.AuditEntries(ctx, 3, 2); err != nil || len(page) != 2 || page[0].N != 4 {
		t.Errorf("two after the third: %v, %v", page, err)
	}
	if head, err := db.AuditHead(ctx); err != nil || head.N != int64(len(got)) || head.Hash != got[len(got)-1].Hash {
		t.Errorf("head: %v, %v", head, err)
	}
}

func TestAuditOfAPracticeAndItsEnd(t *testing.T) {
	db := fresh(t)
	c, err := db.Create(t.Context(), campaign.Campaign{Name: "Drill"}, people(1))
	must(t, err)
	must(t, db.Undo(t.Context(), c.ID))
	c, err = db.Create(t.Context(), campaign.Campaign{Name: "Drill"}, people(1))
	must(t, err)
	c.State, c.Practice = campaign.Finished, true
	must(t, db.SetState(t.Context(), c))
	me, err := user.Current()
	must(t, err)
	var got []string
	for _, e := range audited(t, db) {
		got = append(got, fmt.Sprint(e.Who, " ", e.What, " ", e.Details["practice"]))
	}
	want := []string{me.Username + " imported ", me.Username + " undone ", me.Username + " imported ", "rollcall finished yes"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
}

// auditMachine does in any order what the log tells of.
type auditMachine struct {
	t   *testing.T
	dir string
	db  *storage.DB
	n   int
}

func (m *auditMachine) campaign(t *rapid.T) campaign.Campaign {
	list, err := m.db.List(context.Background())
	fail(t, err)
	if len(list) == 0 {
		t.Skip("there is none")
	}
	return rapid.SampledFrom(list).Draw(t, "campaign")
}

func (m *auditMachine) create(t *rapid.T) {
	_, err := m.db.Create(context.Background(), campaign.Campaign{Name: rapid.String().Draw(t, "name")}, people(2))
	fail(t, err)
}

func (m *auditMachine) state(t *rapid.T) {
	c := m.campaign(t)
	c.State = rapid.SampledFrom([]campaign.State{campaign.Draft, campaign.Running, campaign.Paused, campaign.Finished, campaign.Stopped}).Draw(t, "state")
	c.Why.Text = rapid.String().Draw(t, "why")
	fail(t, m.db.SetState(context.Background(), c))
}

func (m *auditMachine) configure(t *rapid.T) {
	c := m.campaign(t)
	c.Name, c.Settings.Zone = string(rapid.SliceOf(rapid.Byte()).Draw(t, "name")), rapid.String().Draw(t, "zone")
	c.Settings.Lines = rapid.Int().Draw(t, "lines")
	fail(t, m.db.Configure(context.Background(), c))
}

func (m *auditMachine) undo(t *rapid.T) {
	if err := m.db.Undo(context.Background(), m.campaign(t).ID); !errors.Is(err, storage.ErrStarted) {
		fail(t, err)
	}
}

func (m *auditMachine) block(t *rapid.T) {
	list := rapid.SliceOf(rapid.Custom(func(t *rapid.T) phone.Number { return number(rapid.IntRange(0, 9).Draw(t, "n")) })).Draw(t, "numbers")
	fail(t, m.db.Block(context.Background(), 0, list, rapid.String().Draw(t, "source"), noon))
}

func (m *auditMachine) unblock(t *rapid.T) {
	fail(t, m.db.Unblock(context.Background(), number(rapid.IntRange(0, 9).Draw(t, "n"))))
}

func (m *auditMachine) note(t *rapid.T) {
	bytes := rapid.Custom(func(t *rapid.T) string { return string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) })
	fail(t, m.db.As(bytes.Draw(t, "who")).Audit(context.Background(), campaign.AuditEntry{
		What: campaign.AuditAction(bytes.Draw(t, "what")), Text: bytes.Draw(t, "text"), Details: rapid.MapOf(bytes, bytes).Draw(t, "details"),
	}))
}

func (m *auditMachine) reopen(t *rapid.T) {
	if rapid.IntRange(0, 9).Draw(t, "seldom") > 0 {
		t.Skip("it takes long")
	}
	fail(t, m.db.Close())
	m.db = open(m.t, filepath.Join(m.dir, "rollcall.db"))
}

// grown checks that no entry was lost.
func (m *auditMachine) grown(t *rapid.T) {
	head, err := m.db.AuditHead(context.Background())
	fail(t, err)
	if int(head.N) < m.n {
		t.Fatalf("the log ends with entry %d, with %d before", head.N, m.n)
	}
	m.n = int(head.N)
}

func (m *auditMachine) check(t *rapid.T) {
	v, err := m.db.VerifyAudit(context.Background(), "")
	fail(t, err)
	head, err := m.db.AuditHead(context.Background())
	fail(t, err)
	if v.Fault != "" || v.Entries != head.N || v.Head != head.Hash {
		t.Fatalf("%+v of a log that ends with %+v", v, head)
	}
}

func TestAuditAlwaysVerifies(t *testing.T) {
	dir := t.TempDir()
	m := &auditMachine{dir: dir, t: t, db: open(t, filepath.Join(dir, "rollcall.db"))}
	defer func() { must(t, m.db.Close()) }()
	rapid.Check(t, func(rt *rapid.T) {
		rt.Repeat(map[string]func(*rapid.T){
			"create": m.create, "state": m.state, "configure": m.configure, "undo": m.undo, "block": m.block,
			"unblock": m.unblock, "note": m.note, "reopen": m.reopen, "": m.grown,
		})
		m.check(rt)
	})
}

// aChange is one that the log tells of.
type aChange struct {
	name string
	do   func(db *storage.DB) error
}

// changesOf is a change of every kind to a running campaign, its open attempt
// and a list.
func changesOf(ctx context.Context, c, draft campaign.Campaign, a campaign.Attempt, l campaign.DoNotCallList) []aChange {
	a.Ended = noon
	paused, renamed := c, c
	paused.State = campaign.Paused
	renamed.Name = "other"
	return []aChange{
		{"state", func(db *storage.DB) error { return db.SetState(ctx, paused) }},
		{"configure", func(db *storage.DB) error { return db.Configure(ctx, renamed) }},
		{"import", func(db *storage.DB) error { _, err := db.Import(ctx, campaign.Campaign{}, filledAs(1)); return err }},
		{"refill", func(db *storage.DB) error { _, err := db.Refill(ctx, draft, filledAs(1)); return err }},
		{"update", func(db *storage.DB) error {
			_, err := db.Update(ctx, c, campaign.UpdateOptions{}, filledAs(9))
			return err
		}},
		{"undo", func(db *storage.DB) error { return db.Undo(ctx, draft.ID) }},
		{"opt out", func(db *storage.DB) error {
			return db.Settle(ctx, campaign.Settlement{Attempt: a, Status: campaign.Reached, OptOut: true})
		}},
		{"block", func(db *storage.DB) error { return db.Block(ctx, 0, []phone.Number{number(77)}, "x", noon) }},
		{"unblock", func(db *storage.DB) error { return db.Unblock(ctx, number(50)) }},
		{"remove", func(db *storage.DB) error { return db.RemoveDoNotCall(ctx, number(51), 0) }},
		{"list", func(db *storage.DB) error {
			_, err := db.ImportDoNotCall(ctx, campaign.DoNotCallList{}, true, numbers(1, 2))
			return err
		}},
		{"unlist", func(db *storage.DB) error { return db.RemoveDoNotCallList(ctx, l.ID) }},
	}
}

// standing is what the changes change.
const standing = `SELECT count(*) * 1000000 + total(length(v)) FROM (
	SELECT id || name || state AS v FROM campaigns WHERE NOT hidden
	UNION ALL SELECT row || status FROM contacts WHERE campaign IN (SELECT id FROM campaigns WHERE NOT hidden)
	UNION ALL SELECT number FROM do_not_call UNION ALL SELECT id FROM do_not_call_lists WHERE NOT hidden
	UNION ALL SELECT id FROM attempts WHERE ended = 0)`

// A change without its entry is no change, and an entry without its change no
// entry.
func TestAuditGoesWithItsChange(t *testing.T) {
	for i := range changesOf(t.Context(), campaign.Campaign{}, campaign.Campaign{}, campaign.Attempt{}, campaign.DoNotCallList{}) {
		db := fresh(t)
		c, ids := create(t, db, people(3))
		draft, err := db.Create(t.Context(), campaign.Campaign{Name: "draft"}, people(2))
		must(t, err)
		a := begin(t, db, ids[0], "r")
		must(t, db.Block(t.Context(), 0, []phone.Number{number(50), number(51)}, "x", noon))
		l, err := db.ImportDoNotCall(t.Context(), campaign.DoNotCallList{Source: "s"}, false, numbers(1, 9))
		must(t, err)
		change := changesOf(t.Context(), c, draft, a, l)[i]
		before, entries := countOf(t, db, standing), len(audited(t, db))

		must(t, db.Exec(t.Context(), "CREATE TRIGGER refused BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no entry'); END"))
		if err := change.do(db); err == nil || !strings.Contains(err.Error(), "no entry") {
			t.Errorf("%s without its entry: %v", change.name, err)
		}
		db.Removed()
		if after := countOf(t, db, standing); after != before {
			t.Errorf("%s: changed without its entry", change.name)
		}
		must(t, db.Exec(t.Context(), "DROP TRIGGER refused"))

		// The entry is there, and the transaction fails after it.
		must(t, db.Exec(t.Context(), "CREATE TABLE parent (id INTEGER PRIMARY KEY); CREATE TABLE child (parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED); "+
			"CREATE TRIGGER doomed AFTER INSERT ON audit BEGIN INSERT INTO child VALUES (1); END"))
		if err := change.do(db); err == nil || !strings.Contains(err.Error(), "FOREIGN KEY") {
			t.Errorf("%s in a transaction that fails: %v", change.name, err)
		}
		if after := len(audited(t, db)); after != entries {
			t.Errorf("%s: an entry without its change", change.name)
		}
		must(t, db.Exec(t.Context(), "DROP TRIGGER doomed"))
		must(t, change.do(db))
		if after := len(audited(t, db)); after != entries+1 || countOf(t, db, standing) == before {
			t.Errorf("%s: %d entries, then %d, or nothing changed", change.name, entries, after)
		}
		verdict(t, db, "", 0)
	}
}

func countOf(t testing.TB, db *storage.DB, text string) int {
	t.Helper()
	n, err := db.Count(t.Context(), "SELECT CAST(("+text+") AS INTEGER)")
	must(t, err)
	return n
}
