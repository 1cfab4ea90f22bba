package sheet_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"rollcall/campaign"
	"rollcall/storage/sheet"
)

// encode writes text in an encoding, without a byte order mark.
func encode(t testing.TB, name campaign.Encoding, text string) []byte {
	t.Helper()
	var e encoding.Encoding
	switch name {
	case "utf-8":
		return []byte(text)
	case "utf-16le":
		e = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case "utf-16be":
		e = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case "ibm850":
		e = charmap.CodePage850
	default:
		var err error
		if e, err = htmlindex.Get(string(name)); err != nil {
			t.Fatal(err)
		}
	}
	b, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return b
}

// Each language is found in each encoding its programs write, by the text
// alone, whatever the size of the list. What is read is compared, not the
// name: several encodings read a list alike.
func TestEncodingFound(t *testing.T) {
	sizes := []int{3, 40, 200}
	for _, l := range languages() {
		for _, e := range append(l.encodings, "utf-8", "utf-16le", "utf-16be") {
			t.Run(l.name+"/"+string(e), func(t *testing.T) {
				for _, n := range sizes {
					text := l.list(n, ";")
					table := openContent(t, "list.csv", encode(t, e, text), campaign.Reading{})
					got, want := shapeOf(t, table), shapeOf(t, openContent(t, "list.csv", []byte(text), campaign.Reading{}))
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("%d rows, read in %s (-want +got):\n%.400s", n, table.Book.Encoding, diff)
					}
				}
			})
		}
	}
}

// The same with names by which the guess was not tuned.
func TestEncodingOfStrangers(t *testing.T) {
	found, all := 0, 0
	for _, l := range languages() {
		for _, e := range l.encodings {
			text := l.strangers()
			got := shapeOf(t, openContent(t, "list.csv", encode(t, e, text), campaign.Reading{}))
			want := shapeOf(t, openContent(t, "list.csv", []byte(text), campaign.Reading{}))
			if all++; cmp.Equal(want, got) {
				found++
			} else {
				t.Errorf("%s in %s: %.80s", l.name, e, got.Rows[2])
			}
		}
	}
	t.Logf("%d of %d found", found, all)
}

// What is above ASCII decides wherever it is, and what is said goes before
// what is found.
func TestEncodingChosen(t *testing.T) {
	late := "Name,Phone\n" + strings.Repeat("Ann Example,312 555 0142\n", 100_000)
	tests := []struct {
		name    string
		content string
		how     campaign.Encoding
		want    campaign.Encoding
		last    string // name in the last row
	}{
		{"ASCII", "Name,Phone\nAnn,1\n", "", "utf-8", "Ann"},
		{"UTF-8 late", late + "Zoë,1\n", "", "utf-8", "Zoë"},
		{"Windows-1252 late", late + "Zo\xEB,1\n", "", "windows-1252", "Zoë"},
		{"a few bad bytes in UTF-8", "Name,Phone\nZoë Müller,1\nJosé Núñez\xFF,2\n", "", "utf-8", "José Núñez\ufffd"},
		{"said", "Name,Phone\nZo\xEB,1\n", "windows-1251", "windows-1251", "Zoл"},
		{"said by another name", "Name,Phone\nZo\xEB,1\n", "Latin1", "windows-1252", "Zoë"},
		{"said against a mark", "\ufeffName,Phone\nZoë,1\n", "windows-1252", "windows-1252", "ZoÃ«"},
		{"UTF-8 said, with a mark", "\ufeffName,Phone\nZoë,1\n", "utf-8", "utf-8", "Zoë"},
		{"UTF-8 said of something else", "Name,Phone\nZo\xEB,1\n", "utf-8", "utf-8", "Zo\ufffd"},
		{"UTF-16 of few letters", utf16Bytes("姓名,電話\n陳志明,1\n", false, false), "", "utf-16le", "陳志明"},
		{"UTF-16 cut in half a character", utf16Bytes("Name,Phone\nZoë,1", true, true) + "\x00", "", "utf-16be", "Zoë"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			table := openContent(t, "list.csv", []byte(tt.content), campaign.Reading{Encoding: tt.how})
			if table.Book.Encoding != tt.want {
				t.Errorf("encoding %s, want %s", table.Book.Encoding, tt.want)
			}
			got := shapeOf(t, table)
			if last := got.Rows[slices.Max(slices.Collect(maps.Keys(got.Rows)))][0]; last != tt.last {
				t.Errorf("%q, want %q", last, tt.last)
			}
		})
	}
	_, err := sheet.Open(t.Context(), file(t, "list.csv", []byte("Name\nAnn\n")), campaign.Reading{Encoding: "x-none"})
	wantFault(t, err, campaign.FaultFormat)
	for _, e := range campaign.Encodings() {
		table := openContent(t, "list.csv", encode(t, e, "Name,Phone\nAnn,1\n"), campaign.Reading{Encoding: e})
		if got := shapeOf(t, table); table.Book.Encoding != e || !cmp.Equal(got.Rows, map[int][]string{2: {"Ann", "1"}}) {
			t.Errorf("%s: %s, %v", e, table.Book.Encoding, got.Rows)
		}
	}
}
