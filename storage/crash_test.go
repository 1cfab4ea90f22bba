package storage_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/gateway"
	"rollcall/gateway/scheduler"
	"rollcall/storage"
)

// folderOfChild is the environment variable that turns TestCrashChild into the
// process that is killed; it holds the data folder.
const folderOfChild = "ROLLCALL_STORAGE_CRASH"

// listSize is how many rows each list has that the child imports.
const listSize = 150

// TestCrash kills a process in the midst of its writes, again and again, and
// looks each time whether all it had been told was stored is stored, and
// whether nothing is there by halves.
func TestCrash(t *testing.T) {
	dir := t.TempDir()
	told := map[string]bool{}
	for _, lines := range []int{1, 2, 9, 40, 90, 200, 700} {
		for _, line := range runUntilKilled(t, "TestCrashChild", dir, lines) {
			if strings.HasPrefix(line, "failed") {
				t.Errorf("the child: %s", line)
			}
			told[line] = true
		}
		checkStore(t, filepath.Join(dir, "rollcall.db"), told)
		checkJournal(t, filepath.Join(dir, "gateway.db"), told)
	}
}

// TestCrashOfMany kills a process while many of its callers share each commit.
func TestCrashOfMany(t *testing.T) {
	dir := t.TempDir()
	told := map[string]bool{}
	for _, lines := range []int{1, 70, 500, 1500} {
		for _, line := range runUntilKilled(t, "TestCrashChildOfMany", dir, lines) {
			if strings.HasPrefix(line, "failed") {
				t.Errorf("the child: %s", line)
			}
			told[line] = true
		}
		checkJournal(t, filepath.Join(dir, "gateway.db"), told)
	}
}

// runUntilKilled starts the test that is the child, kills it once it has written so many lines,
// and returns all whole lines that it wrote.
func runUntilKilled(t *testing.T, test, dir string, lines int) []string {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+test+"$", "-test.timeout=60s")
	child.Env = append(os.Environ(), folderOfChild+"="+dir)
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	var read []string
	reader := bufio.NewReader(out)
	for {
		line, err := reader.ReadString('\n')
		if err != nil {
			break // a line without its end was cut by the kill
		}
		read = append(read, strings.TrimSpace(line))
		if len(read) == lines {
			must(t, child.Process.Kill())
		}
	}
	if err := child.Wait(); err == nil || len(read) < lines {
		t.Fatalf("the child ended by itself after %d lines: %v\n%s", len(read), err, strings.Join(read, "\n"))
	}
	return read
}

// checkStore opens the store as the next start of the program would.
func checkStore(t *testing.T, path string, told map[string]bool) {
	t.Helper()
	db := open(t, path)
	defer db.Close()
	must(t, db.Integrity())
	changes := int64(0)
	for line := range told {
		if what, _, _ := strings.Cut(line, " "); what == "refilled" || what == "updated" || what == "forbidden" {
			changes++
		}
	}
	if v := verdict(t, db, "", 0); v.Entries < changes {
		t.Errorf("%d changes were stored, the audit log has %d entries", changes, v.Entries)
	}
	list, err := db.List(t.Context())
	must(t, err)
	lists := 0
	for _, c := range list {
		if c.Name == "list" {
			lists++
			if n := len(order(t, db, c.ID, campaign.Filter{})); n != listSize || tally(t, db, c.ID).Total() != listSize {
				t.Errorf("a list of %d rows was stored by halves: %d", listSize, n)
			}
			continue
		}
		switch c.Name {
		case "refilled", "updated":
			checkGeneration(t, db, c, told)
		default:
			checkAttempts(t, db, c, told)
		}
	}
	checkNumbers(t, db, told)
	db.Removed()
	for _, orphans := range []string{
		"contacts WHERE campaign NOT IN (SELECT id FROM campaigns)", "names WHERE contact NOT IN (SELECT id FROM contacts)",
		"problems WHERE campaign NOT IN (SELECT id FROM campaigns)", "imports WHERE campaign NOT IN (SELECT id FROM campaigns)",
		"tallies WHERE campaign NOT IN (SELECT id FROM campaigns)", "campaigns WHERE hidden", "do_not_call_lists WHERE hidden",
		"do_not_call_ranges WHERE list NOT IN (SELECT id FROM do_not_call_lists)",
	} {
		if n := count(t, db, "SELECT count(*) FROM "+orphans); n != 0 {
			t.Errorf("%d rows of %s", n, orphans)
		}
	}
	for line := range told {
		var n int
		if _, err := fmt.Sscanf(line, "lists %d", &n); err == nil && lists < n {
			t.Errorf("%d lists, %d had been stored", lists, n)
		}
	}
}

// generation is how many rows lists have that are replaced by newer ones: all
// of them bear the number of the same one. They are more than one load.
const generation = 6000

// checkGeneration checks that a list is one generation, and none before the
// last that was told to be stored.
func checkGeneration(t *testing.T, db *storage.DB, c campaign.Campaign, told map[string]bool) {
	t.Helper()
	n := count(t, db, fmt.Sprintf("SELECT count(*) FROM contacts WHERE campaign = %d", c.ID))
	names := count(t, db, fmt.Sprintf("SELECT count(DISTINCT name) FROM contacts WHERE campaign = %d", c.ID))
	if n != generation || names != 1 || tally(t, db, c.ID).Total() != n {
		t.Errorf("%s has %d rows of %d generations, %v", c.Name, n, names, tally(t, db, c.ID))
		return
	}
	stored := 0
	_, err := fmt.Sscanf(row(t, db, order(t, db, c.ID, campaign.Filter{})[0]).Name, "generation %d", &stored)
	must(t, err)
	notBefore(t, told, c.Name, stored)
}

func notBefore(t *testing.T, told map[string]bool, what string, stored int) {
	t.Helper()
	for line := range told {
		var last int
		if _, err := fmt.Sscanf(line, what+" %d", &last); err == nil && stored < last {
			t.Errorf("%s is of generation %d, %d had been stored", what, stored, last)
		}
	}
}

// checkNumbers does so for the do-not-call list.
func checkNumbers(t *testing.T, db *storage.DB, told map[string]bool) {
	t.Helper()
	lists, err := db.DoNotCallLists(t.Context())
	must(t, err)
	if len(lists) > 1 {
		t.Errorf("%d lists, each of which replaces the others", len(lists))
	}
	for _, l := range lists {
		n := count(t, db, fmt.Sprintf("SELECT count(*) FROM do_not_call_ranges WHERE list = %d", l.ID))
		if n != l.Numbers || n != 30_000 {
			t.Errorf("a list of %d numbers has %d", l.Numbers, n)
		}
		stored := 0
		_, err := fmt.Sscanf(l.Reason, "generation %d", &stored)
		must(t, err)
		notBefore(t, told, "forbidden", stored)
	}
}

// lastOf is the generation that a child before has left.
func lastOf(text string) int {
	n := 0
	_, _ = fmt.Sscanf(text, "generation %d", &n) // zero without
	return n
}

// generations gives the rows of the next generation after the one stored in
// the campaign of a name, which it makes if there is none.
func generations(ctx context.Context, db *storage.DB, name string) (campaign.Campaign, int, error) {
	list, err := db.List(ctx)
	if err != nil {
		return campaign.Campaign{}, 0, err
	}
	for _, c := range list {
		if c.Name != name {
			continue
		}
		ids, err := db.Order(ctx, c.ID, campaign.Filter{})
		if err != nil {
			return c, 0, err
		}
		first, err := db.Contacts(ctx, ids[:1])
		return c, lastOf(first[0].Name), err
	}
	c, err := db.Import(ctx, campaign.Campaign{Name: name}, ofGeneration(0))
	return c, 0, err
}

func ofGeneration(n int) func(contacts.Sink) (contacts.Import, error) {
	return func(s contacts.Sink) (contacts.Import, error) {
		for i, c := range people(generation) {
			c.Name, c.External = fmt.Sprint("generation ", n), fmt.Sprint(i)
			if err := s.Add(c, []campaign.CellProblem{{Row: c.Row, Kind: campaign.ProblemNote, Repair: "x"}}); err != nil {
				return contacts.Import{}, err
			}
		}
		return contacts.Import{}, nil
	}
}

func refillForever(ctx context.Context, db *storage.DB, tell func(string, ...any)) error {
	c, last, err := generations(ctx, db, "refilled")
	for n := last + 1; err == nil; n++ {
		if c, err = db.Refill(ctx, c, ofGeneration(n)); err == nil {
			tell("refilled %d", n)
		}
	}
	return err
}

func updateForever(ctx context.Context, db *storage.DB, tell func(string, ...any)) error {
	c, last, err := generations(ctx, db, "updated")
	for n := last + 1; err == nil; n++ {
		if _, err = db.Update(ctx, c, campaign.UpdateOptions{}, ofGeneration(n)); err == nil {
			tell("updated %d", n)
		}
	}
	return err
}

func forbidForever(ctx context.Context, db *storage.DB, tell func(string, ...any)) error {
	lists, err := db.DoNotCallLists(ctx)
	last := 0
	for _, l := range lists {
		last = lastOf(l.Reason)
	}
	for n := last + 1; err == nil; n++ {
		l := campaign.DoNotCallList{Source: "crash", Reason: fmt.Sprint("generation ", n)}
		_, err = db.ImportDoNotCall(ctx, l, true, func(add func(first, last uint64) error) (campaign.DoNotCallList, error) {
			for i := range uint64(30_000) {
				at := 13120000000 + 2*(i*uint64(1+n%2*7918)%30_000) // sorted, and not
				if err := add(at, at); err != nil {
					return l, err
				}
			}
			return l, nil
		})
		if err == nil {
			tell("forbidden %d", n)
		}
	}
	return err
}

func checkAttempts(t *testing.T, db *storage.DB, c campaign.Campaign, told map[string]bool) {
	t.Helper()
	attempts, err := db.Attempts(t.Context(), c.ID, 0)
	must(t, err)
	stored := map[string]bool{}
	for _, a := range attempts {
		stored["begun "+string(a.Reference)] = true
		want := campaign.Sending
		if !a.Open() {
			stored["settled "+string(a.Reference)] = true
			want = campaign.Reached
		}
		if got := row(t, db, a.Contact); got.Status != want || (got.Tries == 1) != (want == campaign.Reached) {
			t.Errorf("attempt open %v, its row %s after %d tries", a.Open(), got.Status, got.Tries)
		}
	}
	prefix := fmt.Sprint(c.ID, "-")
	for line := range told {
		what, ref, _ := strings.Cut(line, " ")
		if (what == "begun" || what == "settled") && strings.HasPrefix(ref, prefix) && !stored[line] {
			t.Errorf("lost: %s", line)
		}
	}
}

func checkJournal(t *testing.T, path string, told map[string]bool) {
	t.Helper()
	j := openJournal(t, path)
	defer j.Close()
	must(t, j.Integrity())
	stored := map[string]bool{}
	must(t, j.Calls(t.Context(), func(job scheduler.Job) error {
		stored["accepted "+string(job.Request.Reference)] = true
		if job.State == scheduler.JobDone {
			stored["done "+string(job.Request.Reference)] = true
		}
		return nil
	}))
	for line := range told {
		if ref, removed := strings.CutPrefix(line, "removed "); removed && stored["accepted "+ref] {
			t.Errorf("back again: %s", ref)
		}
	}
	dials, err := j.Dials(t.Context())
	must(t, err)
	for _, d := range dials {
		line := "dialled " + string(d.Reference)
		if stored[line] {
			t.Errorf("twice: %s", line)
		}
		stored[line] = true
	}
	for line := range told {
		what, _, _ := strings.Cut(line, " ")
		if (what == "accepted" || what == "dialled" || what == "done") && !stored[line] {
			t.Errorf("lost: %s", line)
		}
	}
}

// TestCrashChild is the process that is killed. It writes a line each time the
// storage has told it that something is stored.
func TestCrashChild(t *testing.T) {
	dir := os.Getenv(folderOfChild)
	if dir == "" {
		t.Skip("runs as a child of TestCrash")
	}
	log := slog.New(slog.DiscardHandler)
	db, err := storage.Open(t.Context(), filepath.Join(dir, "rollcall.db"), log)
	must(t, err)
	j, err := storage.OpenJournal(t.Context(), filepath.Join(dir, "gateway.db"), storage.JournalOptions{Log: log})
	must(t, err)
	var mu sync.Mutex
	tell := func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintf(os.Stdout, format+"\n", args...)
	}
	var workers sync.WaitGroup
	for _, work := range []func() error{
		func() error { return callForever(t.Context(), db, tell) },
		func() error { return importForever(t.Context(), db, tell) },
		func() error { return dialForever(t.Context(), j, tell) },
		func() error { return refillForever(t.Context(), db, tell) },
		func() error { return updateForever(t.Context(), db, tell) },
		func() error { return forbidForever(t.Context(), db, tell) },
	} {
		workers.Go(func() { tell("failed: %v", work()) })
	}
	workers.Wait()
}

// TestCrashChildOfMany is the process that is killed while it accepts requests
// from many callers at once, and deletes a few.
func TestCrashChildOfMany(t *testing.T) {
	dir := os.Getenv(folderOfChild)
	if dir == "" {
		t.Skip("runs as a child of TestCrashOfMany")
	}
	j, err := storage.OpenJournal(t.Context(), filepath.Join(dir, "gateway.db"), storage.JournalOptions{})
	must(t, err)
	var mu sync.Mutex
	tell := func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintf(os.Stdout, format+"\n", args...)
	}
	var callers sync.WaitGroup
	for caller := range 48 {
		callers.Go(func() { tell("failed: %v", acceptForever(t.Context(), j, caller, tell)) })
	}
	callers.Wait()
}

func acceptForever(ctx context.Context, j *storage.Journal, caller int, tell func(string, ...any)) error {
	for i := 0; ; i++ {
		ref := fmt.Sprint(os.Getpid(), "-", caller, "-", i)
		job, err := j.Accept(ctx, call(ref))
		if err != nil {
			return err
		}
		if i%10 < 9 {
			tell("accepted %s", ref)
			continue
		}
		if _, err := j.Remove(ctx, job.ID, false); err != nil {
			return err
		}
		tell("removed %s", ref)
	}
}

func callForever(ctx context.Context, db *storage.DB, tell func(string, ...any)) error {
	for {
		c, err := db.Create(ctx, campaign.Campaign{Name: "calls", Practice: true}, people(20))
		if err != nil {
			return err
		}
		rows, err := db.Due(ctx, c.ID, noon, 20)
		if err != nil {
			return err
		}
		for _, r := range rows {
			a, err := db.Begin(ctx, intent(r, fmt.Sprint(c.ID, "-", r.Row)))
			if err != nil {
				return err
			}
			tell("begun %s", a.Reference)
			err = db.Settle(ctx, campaign.Settlement{Attempt: ended(a, gateway.OutcomeReached), Status: campaign.Reached, Tried: true})
			if err != nil {
				return err
			}
			tell("settled %s", a.Reference)
		}
	}
}

func importForever(ctx context.Context, db *storage.DB, tell func(string, ...any)) error {
	all, err := db.List(ctx)
	if err != nil {
		return err
	}
	lists := 0
	for _, c := range all {
		if c.Name == "list" {
			lists++
		}
	}
	for {
		if _, err := db.Create(ctx, campaign.Campaign{Name: "list"}, people(listSize)); err != nil {
			return err
		}
		lists++
		tell("lists %d", lists)
	}
}

func dialForever(ctx context.Context, j *storage.Journal, tell func(string, ...any)) error {
	owner := fmt.Sprint(os.Getpid())
	for i := 0; ; i++ {
		ref := fmt.Sprint(owner, "-", i)
		if _, err := j.Accept(ctx, call(ref)); err != nil {
			return err
		}
		tell("accepted %s", ref)
		// The first job may be one that the process before had accepted.
		jobs, err := j.Claim(ctx, owner, noon, noon.Add(time.Hour), 1)
		if err != nil {
			return err
		}
		job := jobs[0]
		if err := j.Dialling(ctx, job.ID, owner, noon.Add(time.Hour)); err != nil {
			return err
		}
		tell("dialled %s", job.Request.Reference)
		job.State = scheduler.JobDone
		if err := j.Settle(ctx, job, owner); err != nil {
			return err
		}
		tell("done %s", job.Request.Reference)
	}
}
