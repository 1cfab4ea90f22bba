package sheet_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"rollcall/campaign"
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
	sizes := []int{3, 40, 500}
	for _, l := range languages() {
		for _, e := range append(l.encodings, "utf-8", "utf-16le", "utf-16be") {
			t.Run(l.name+"/"+string(e), func(t *testing.T) {
				for _, n := range sizes {
					text := l.list(n, ";")
					table := openList(t, "list.csv", encode(t, e, text), campaign.Reading{})
					got, want := shapeOf(t, table), shapeOf(t, openList(t, "list.csv", []byte(text), campaign.Reading{}))
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("%d rows, read in %s (-want +got):\n%.400s", n, table.Book.Encoding, diff)
					}
				}
			})
		}
	}
}
