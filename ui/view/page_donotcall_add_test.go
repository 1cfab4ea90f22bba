package view_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/ui/view"
)

func TestTypedNumbersAreUnderstoodOrSayWhatIsWrong(t *testing.T) {
	tests := []struct {
		region phone.Region
		text   string
		want   string // as it is understood, or what is wrong
		ready  bool
	}{
		{"US", "", "", false},
		{"US", "(312) 555-0142", "(312) 555-0142", true},
		{"US", "+49 30 901820", "+49 30 901820", true},
		{"DE", "030 901820", "030 901820", true},
		{"US", "(206) 555-0100 to 0109", "(206) 555-0100 to 0109", true},
		{"US", "(206) 555-0100–0109", "(206) 555-0100 to 0109", true},
		{"US", "206 555 0100 - 206 555 0109", "(206) 555-0100 to 0109", true},
		{"DE", "030 901820 bis 29", "030 901820 to 901829", true},
		{"US", "(312) 555-01", "2 digits are missing", false},
		{"US", "(312) 555-014", "1 digit is missing", false},
		{"US", "desk", "Digits are missing", false},
		{"US", "(312) 555-0142 99 123 88 77", "This is no telephone number: check its digits", false},
		{"US", "911", "This number is never called anyway", false},
		{"US", "(206) 555-0109 to 0100", "The range ends before it begins", false},
		{"US", "(206) 555-0100 to (206) 777-0100", "A range has 10,000 numbers at most: import a list of more", false},
	}
	for _, tt := range tests {
		t.Run(string(tt.region)+" "+tt.text, func(t *testing.T) {
			got := view.ReadTyped(tt.text, tt.region)
			said := got.Wrong
			if got.Ready {
				said = got.Words(tt.region)
			}
			if got.Ready != tt.ready || said != tt.want {
				t.Errorf("%+v: %q", got, said)
			}
		})
	}
}

func TestAddedNumbersCanBeTakenBack(t *testing.T) {
	now := morning()
	tests := map[string]struct {
		text  string
		lists int // that are there then
		entry int // entries that are there then
	}{
		"a number":                   {"312 555 0199", 2, 4},
		"one that is there":          {"617 555 0109", 2, 3},
		"one whose person has asked": {"312 555 0155", 2, 3},
		"a range":                    {"425 555 0100 to 0103", 3, 3},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			o, n := listOffice(t, now)
			entries, lists := append([]campaign.DoNotCallEntry{}, n.Entries...), append([]campaign.DoNotCallList{}, n.Lists...)
			undo, err := o.AddTyped(t.Context(), view.ReadTyped(tt.text, "US"), "Moved away", time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			if len(n.Lists) != tt.lists || len(n.Entries) != tt.entry {
				t.Errorf("%d lists, %d entries", len(n.Lists), len(n.Entries))
			}
			if err := undo(t.Context()); err != nil {
				t.Fatal(err)
			}
			byNumber := cmp.Transformer("byNumber", func(all []campaign.DoNotCallEntry) map[phone.Number]campaign.DoNotCallEntry {
				m := map[phone.Number]campaign.DoNotCallEntry{}
				for _, e := range all {
					m[e.Number] = e
				}
				return m
			})
			if diff := cmp.Diff(entries, n.Entries, byNumber); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(lists, n.Lists); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRemovingKeepsThoseWhoAskedAndCanBeTakenBack(t *testing.T) {
	now := morning()
	o, n := listOffice(t, now)
	before := append([]campaign.DoNotCallEntry{}, n.Entries...)
	r := view.RemovalOf(before, nil)
	if r.Title != "Remove 2 numbers?" || r.Stays != "1 person asked for it on the phone: that stays." || r.Nothing {
		t.Errorf("%+v", r)
	}
	done, err := o.RemoveAll(t.Context(), before, nil)
	if err != nil || done.Numbers != 2 || done.Words() != "2 numbers removed" || len(n.Entries) != 1 || n.Entries[0].Way != campaign.ByKey {
		t.Fatalf("%+v, %v, %+v", done, err, n.Entries)
	}
	if err := done.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(n.Entries) != len(before) {
		t.Errorf("%+v", n.Entries)
	}
	if r := view.RemovalOf(before[:1], nil); !r.Nothing || r.Title != "These stay on the list" {
		t.Errorf("%+v", r)
	}
}

func TestRemovingAListIsFinalAndSaysSo(t *testing.T) {
	o, n := listOffice(t, morning())
	counts, err := o.DoNotCall(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	national := counts.Lists[1:2]
	if r := view.RemovalOf(nil, national); r.Title != "Remove 1,000 numbers?" || !strings.Contains(r.Meaning, "import its file again") {
		t.Errorf("%+v", r)
	}
	done, err := o.RemoveAll(t.Context(), nil, national)
	if err != nil || done.Undo != nil || done.Numbers != 1000 || len(n.Lists) != 1 {
		t.Errorf("%+v, %v, %d lists", done, err, len(n.Lists))
	}
}

func TestDaysAreReadAsTheyAreWritten(t *testing.T) {
	now := morning()
	for text, want := range map[string]string{
		"2027-04-01": "2027-04-02", "1.4.2027": "2027-04-02", "1 Apr 2027": "2027-04-02", "24.11.2026": "2026-11-25",
		"2026-11-23": "", "soon": "", "": "",
	} {
		got, ok := view.ReadDay(text, now)
		said := ""
		if ok {
			said = got.Format(time.DateOnly)
		}
		if said != want {
			t.Errorf("%q ends %q, want %q", text, said, want)
		}
	}
	for _, c := range view.UntilChoices(now) {
		if end := c.Expires(now); c.Days > 0 && (end.Hour() != 0 || end.Before(now.AddDate(0, 0, c.Days))) || c.Days == 0 && !end.IsZero() {
			t.Errorf("%+v ends %v", c, end)
		}
	}
}
