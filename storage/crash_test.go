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
	for _, lines := range []int{1, 2, 9, 40, 90, 200} {
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
		checkAttempts(t, db, c, told)
	}
	for line := range told {
		var n int
		if _, err := fmt.Sscanf(line, "lists %d", &n); err == nil && lists < n {
			t.Errorf("%d lists, %d had been stored", lists, n)
		}
	}
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
