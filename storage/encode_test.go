package storage_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"unicode/utf8"

	"rollcall/storage"
)

// asTheLibrary compares with what encoding/json writes.
func asTheLibrary(t *testing.T, list []string) {
	t.Helper()
	want := ""
	if len(list) > 0 {
		text, err := json.Marshal(list)
		must(t, err)
		want = string(text)
	}
	if got := storage.AppendTexts(list); got != want {
		t.Errorf("%q:\n got %s\nwant %s", list, got, want)
	}
}

func TestTextsAreWrittenAsTheLibraryDoes(t *testing.T) {
	asTheLibrary(t, nil)
	asTheLibrary(t, []string{"", "a", "", "b\\\"c"})
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if r > 0x3000 && r%97 != 0 && r != utf8.RuneError {
			continue
		}
		asTheLibrary(t, []string{"a" + string(r) + "z", string(r)})
	}
	for b := range 256 { // alone, and in front of what could continue it
		asTheLibrary(t, []string{"a" + string([]byte{byte(b)}), string([]byte{byte(b), 0x80}), string([]byte{byte(b), 'z'})})
	}
}

func FuzzTexts(f *testing.F) {
	for _, seed := range []string{"", "Zoë <b>&\u2028\u2029", "\xff\xfe\xed\xa0\x80", "\x00\x1f\x7f\b\f\n\r\t\"\\/", "\xe2\x80", "😀"} {
		f.Add(seed, "x")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		asTheLibrary(t, []string{a, b, a + b})
		var back []string
		if err := json.Unmarshal([]byte(storage.AppendTexts([]string{a})), &back); err != nil {
			t.Error(err)
		}
		if utf8.ValidString(a) && back[0] != a {
			t.Errorf("%q came back as %q", a, back[0])
		}
	})
}

// The order must be that of SQLite, or the table of names is not one.
func TestNamesAreSortedAsTheFileDoes(t *testing.T) {
	var list []string
	const all = 52_000 // more than one run
	for i := range all {
		mixed := i * 7919 % all
		list = append(list, fmt.Sprintf("%c%s%d", "aBcDé_Z[z"[mixed%9], []string{"", "x", "X", "ß"}[mixed%4], mixed/200))
	}
	list = append(list, "", "", "A", "a")
	db := fresh(t)
	rows := people(len(list))
	for i := range rows {
		rows[i].Name = list[i]
	}
	c, err := db.Create(t.Context(), full(), rows)
	must(t, err)
	sorted, places := storage.SortedNames(list)
	for i, place := range places {
		if list[place] != sorted[i] {
			t.Fatalf("%q is not at %d", sorted[i], place)
		}
	}
	n := count(t, db, fmt.Sprintf(`SELECT count(*) FROM (
		SELECT row_number() OVER (ORDER BY name COLLATE NOCASE, id) AS place, id FROM contacts WHERE campaign = %d) a
		JOIN (SELECT row_number() OVER () AS place, contact FROM (SELECT contact FROM names WHERE campaign = %[1]d ORDER BY name, contact)) b
		ON a.place = b.place AND a.id = b.contact`, c.ID))
	if n != len(list) {
		t.Errorf("%d of %d names are at their place", n, len(list))
	}
	ids := map[int]int{}
	for i, place := range places {
		ids[place] = i
	}
	if len(ids) != len(list) {
		t.Errorf("%d places of %d", len(ids), len(list))
	}
}
