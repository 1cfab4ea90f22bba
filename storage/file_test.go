package storage_test

import (
	"bytes"
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/storage"
	"rollcall/storage/migrations"
)

// later is the program's own schema and one migration that it does not know.
func later(t *testing.T, text string) fs.FS {
	t.Helper()
	schema := fstest.MapFS{}
	files, err := fs.Glob(migrations.Rollcall(), "*.sql")
	must(t, err)
	for _, name := range files {
		data, err := fs.ReadFile(migrations.Rollcall(), name)
		must(t, err)
		schema[name] = &fstest.MapFile{Data: data}
	}
	schema["00999_later.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + text)}
	return schema
}

func openWith(t *testing.T, path string, schema fs.FS) (*storage.DB, error) {
	t.Helper()
	return storage.OpenWith(t.Context(), path, schema, slog.New(slog.DiscardHandler))
}

// filled is the path of a closed store with one campaign of three rows.
func filled(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a folder #1 with 100% ? in it", "rollcall.db")
	if runtime.GOOS == "windows" {
		path = strings.ReplaceAll(path, "?", "")
	}
	must(t, os.Mkdir(filepath.Dir(path), 0o700))
	db := open(t, path)
	create(t, db, people(3))
	must(t, db.Close())
	return path
}

func count(t *testing.T, db *storage.DB, text string) int {
	t.Helper()
	n, err := db.Count(t.Context(), text)
	must(t, err)
	return n
}

func TestMigrationLeavesACopy(t *testing.T) {
	path := filled(t)
	db, err := openWith(t, path, later(t, "DELETE FROM tallies; ALTER TABLE contacts ADD COLUMN note TEXT NOT NULL DEFAULT '';"))
	must(t, err)
	if n := count(t, db, "SELECT count(*) FROM contacts WHERE note = ''"); n != 3 {
		t.Errorf("%d rows after the migration", n)
	}
	must(t, db.Close())

	before := open(t, path+".before-v999")
	if n := tally(t, before, 1).Total(); n != 3 {
		t.Errorf("the copy counts %d rows", n)
	}
	must(t, before.Integrity())
	must(t, before.Close())
	if _, err := os.Stat(path + ".before-v999.part"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half a copy is left: %v", err)
	}
}

// first is the schema of the first version that was published.
func first(t *testing.T) fs.FS {
	t.Helper()
	const name = "00001_campaigns.sql"
	data, err := fs.ReadFile(migrations.Rollcall(), name)
	must(t, err)
	return fstest.MapFS{name: &fstest.MapFile{Data: data}}
}

// What the first version stored is all there, and usable as what is stored now.
func TestMigrationFromTheFirstVersion(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rollcall.db")
	if db, err := openWith(t, path, first(t)); err == nil { // it misses what came later, but the file is made
		_ = db.Close()
	}
	plain, err := sql.Open("sqlite", path)
	must(t, err)
	_, err = plain.ExecContext(t.Context(), `
		INSERT INTO campaigns (name, state, file, sheet, hash, columns, flow, settings, practice, created, started, ended, why)
			VALUES ('first', 'running', 'a.csv', '', 'abc', '["Name"]', 'sample:reminder', '{}', FALSE, 1, 2, 0, '');
		INSERT INTO contacts (campaign, row, name, number, zones, cells, status, why, next_at, changed) VALUES
			(1, 2, 'bob', '+13125550001', '["America/Chicago"]', '["bob"]', 'ready', '', 0, 0),
			(1, 3, 'Ann', '+13125550002', '', '', 'skipped', '{"code":"duplicate","row":2}', 0, 0),
			(1, 4, 'carl', '', '', '', 'skipped', '{"code":"quarantine","problem":"no_number"}', 0, 0),
			(1, 5, 'Dan', '+13125550004', '', '', 'waiting', '', 5, 7);
		INSERT INTO tallies VALUES (1, 'ready', 1), (1, 'skipped', 2), (1, 'waiting', 1);
		INSERT INTO do_not_call VALUES ('+13125550001', 0, 'opt-out', 9), ('+13125550002', 1, 'list.csv', 9);`)
	must(t, err)
	must(t, plain.Close())

	db := open(t, path)
	defer db.Close()
	must(t, db.Integrity())
	for name, test := range map[string]struct {
		filter campaign.Filter
		want   []int
	}{
		"rows":       {campaign.Filter{}, []int{2, 3, 4, 5}},
		"names":      {campaign.Filter{Sort: campaign.SortName}, []int{3, 2, 4, 5}},
		"newest":     {campaign.Filter{Sort: campaign.SortNewest}, []int{5, 2, 3, 4}},
		"duplicates": {campaign.Filter{Found: campaign.Found{Which: campaign.FoundDuplicate}}, []int{3}},
		"aside":      {campaign.Filter{Found: campaign.Found{Which: campaign.FoundAside}}, []int{4}},
	} {
		rows, err := db.Contacts(t.Context(), order(t, db, 1, test.filter))
		must(t, err)
		var got []int
		for _, r := range rows {
			got = append(got, r.Row)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	entries, err := db.DoNotCall(t.Context(), "", campaign.DoNotCallEntry{}, 10)
	must(t, err)
	if len(entries) != 2 || entries[0].Way != campaign.ByKey || entries[1].Way != campaign.ByImport || !entries[0].Expires.IsZero() {
		t.Errorf("do-not-call list: %+v", entries)
	}
	ids := order(t, db, 1, campaign.Filter{})
	if !row(t, db, ids[0]).DoNotCall {
		t.Error("what a person asked for is forgotten")
	}
	must(t, db.SetAside(t.Context(), []campaign.Contact{{ID: ids[3], Status: campaign.Skipped}}))
	if diff := cmp.Diff(campaign.Tally{campaign.Ready: 1, campaign.Skipped: 3}, tally(t, db, 1)); diff != "" {
		t.Errorf("tally (-want +got):\n%s", diff)
	}
}

func TestFilesArePrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the folder's own rules hold there")
	}
	path := filled(t)
	db, err := openWith(t, path, later(t, "CREATE TABLE later (id INTEGER);"))
	must(t, err)
	defer db.Close()
	names, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	must(t, err)
	for _, name := range names {
		info, err := os.Stat(name)
		must(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v", filepath.Base(name), info.Mode())
		}
	}
	if len(names) != 5 { // with the copy, the log, its index and audit.head
		t.Errorf("files: %v", names)
	}
}

func TestFailedMigrationChangesNothing(t *testing.T) {
	path := filled(t)
	for range 2 { // the copy of the first time must not be in the way
		if _, err := openWith(t, path, later(t, "DELETE FROM contacts; SELECT nonsense FROM nowhere;")); err == nil {
			t.Fatal("opened after a migration that failed")
		}
	}
	db := open(t, path)
	defer db.Close()
	if ids := order(t, db, 1, campaign.Filter{}); len(ids) != 3 {
		t.Errorf("%d rows are left", len(ids))
	}
}

func TestNewFileNeedsNoCopy(t *testing.T) {
	path := filled(t)
	copies, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*before*"))
	must(t, err)
	if len(copies) != 0 {
		t.Errorf("copies of nothing: %v", copies)
	}
}

func TestNewerFileIsRefused(t *testing.T) {
	path := filled(t)
	db, err := openWith(t, path, later(t, "CREATE TABLE future (id INTEGER);"))
	must(t, err)
	must(t, db.Close())
	before, err := os.ReadFile(path)
	must(t, err)
	_, err = openWith(t, path, migrations.Rollcall())
	if !errors.Is(err, storage.ErrNewer) {
		t.Fatalf("opened: %v", err)
	}
	if !strings.Contains(err.Error(), "newer version") || !strings.Contains(err.Error(), path) {
		t.Errorf("the error does not say what is wrong with which file: %v", err)
	}
	after, err := os.ReadFile(path)
	must(t, err)
	if !bytes.Equal(before, after) {
		t.Error("the file was changed")
	}
}

// damage overwrites a part of the file in its middle.
func damage(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	for i := range data[4096:] {
		data[4096+i] ^= 0x5a
	}
	must(t, os.WriteFile(path, data, 0o600))
}

func TestFilesThatCannotBeOpened(t *testing.T) {
	tests := map[string]struct {
		prepare func(t *testing.T) string
		want    error
	}{
		"not a database": {func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "rollcall.db")
			must(t, os.WriteFile(path, bytes.Repeat([]byte("Dear diary. "), 1000), 0o600))
			return path
		}, storage.ErrDamaged},
		"pages overwritten": {func(t *testing.T) string {
			path := filled(t)
			damage(t, path)
			return path
		}, storage.ErrDamaged},
		"cut in half": {func(t *testing.T) string {
			path := filled(t)
			must(t, os.Truncate(path, 10_000))
			return path
		}, storage.ErrDamaged},
		"the gateway's journal": {func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "gateway.db")
			must(t, openJournal(t, path).Close())
			return path
		}, storage.ErrForeign},
		"another program's database": {func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "rollcall.db")
			db, err := sql.Open("sqlite", path)
			must(t, err)
			_, err = db.ExecContext(t.Context(), "CREATE TABLE contacts (id INTEGER)")
			must(t, err)
			must(t, db.Close())
			return path
		}, storage.ErrForeign},
		"a folder that is not there": {func(t *testing.T) string {
			return filepath.Join(t.TempDir(), "none", "rollcall.db")
		}, storage.ErrReadOnly},
		"a folder that may not be written to": {func(t *testing.T) string {
			if os.Getuid() == 0 || runtime.GOOS == "windows" {
				t.Skip("nothing is forbidden to this user")
			}
			path := filled(t)
			must(t, os.Chmod(filepath.Dir(path), 0o500))
			t.Cleanup(func() { _ = os.Chmod(filepath.Dir(path), 0o700) })
			return path
		}, storage.ErrReadOnly},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := test.prepare(t)
			before, _ := os.ReadFile(path) // nothing, if it is not there
			db, err := storage.Open(t.Context(), path, slog.New(slog.DiscardHandler))
			if err == nil {
				must(t, db.Close())
			}
			if !errors.Is(err, test.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("error %v, want %v and the path", err, test.want)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestFullDisk(t *testing.T) {
	db := fresh(t)
	c, ids := create(t, db, people(1))
	must(t, db.Exec(t.Context(), "PRAGMA max_page_count = 1")) // becomes the present size
	_, err := db.Create(t.Context(), full(), people(5000))
	if !errors.Is(err, storage.ErrFull) {
		t.Fatalf("stored on a full disk: %v", err)
	}
	if list, err := db.List(t.Context()); err != nil || len(list) != 1 {
		t.Errorf("%d campaigns, %v", len(list), err)
	}
	must(t, db.Exec(t.Context(), "PRAGMA max_page_count = 100000"))
	begin(t, db, ids[0], "r")
	if n := tally(t, db, c.ID)[campaign.Sending]; n != 1 {
		t.Error("nothing can be stored although there is room again")
	}
}

// logged opens the store at path and returns what it said.
func logged(t *testing.T, path string) string {
	t.Helper()
	var said bytes.Buffer
	db, err := storage.Open(t.Context(), path, slog.New(slog.NewTextHandler(&said, nil)))
	must(t, err)
	must(t, db.Integrity())
	must(t, db.Close())
	return said.String()
}

func TestUncleanEndIsNoticed(t *testing.T) {
	path := filled(t)
	if said := logged(t, path); strings.Contains(said, "did not end properly") {
		t.Errorf("after Close: %s", said)
	}
	left := open(t, path) // and never closed before it is opened again
	defer left.Close()
	if said := logged(t, path); !strings.Contains(said, "did not end properly") {
		t.Errorf("without Close: %q", said)
	}
}

// An index that does not agree with its table escapes the quick check; the
// one in the background finds it, and it is not forgotten on closing.
func TestIntegrityFindsWhatIsQuiet(t *testing.T) {
	path := filled(t)
	db := open(t, path)
	must(t, db.Exec(t.Context(), "PRAGMA writable_schema = ON"))
	must(t, db.Exec(t.Context(), "UPDATE sqlite_schema SET sql = 'CREATE INDEX contacts_row ON contacts (campaign, changed)' WHERE name = 'contacts_row'"))
	must(t, db.Exec(t.Context(), "PRAGMA writable_schema = RESET"))
	must(t, db.Close())
	for range 2 {
		db = open(t, path)
		if err := db.Integrity(); !errors.Is(err, storage.ErrDamaged) {
			t.Errorf("verdict %v", err)
		}
		must(t, db.Close())
	}
}

func TestCloseStopsTheCheck(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rollcall.db")
	db := open(t, path)
	create(t, db, people(20_000))
	must(t, db.Close())
	db = open(t, path)
	must(t, db.Close())
	must(t, db.Integrity()) // stopped or done, it ended
	if _, err := db.List(t.Context()); err == nil {
		t.Error("a closed store answers")
	}
}
