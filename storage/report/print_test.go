package report_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
	"rollcall/storage/report"
)

// printShelf is a shelf that counts answers and calls.
type printShelf struct {
	*shelf
	given  []campaign.Given
	silent int
	slots  []campaign.Slot
}

func (s *printShelf) AnswersOf(context.Context, campaign.ID) ([]campaign.Given, int, error) {
	return s.given, s.silent, nil
}

func (s *printShelf) CallsByTime(context.Context, campaign.ID) ([]campaign.Slot, error) {
	return s.slots, nil
}

// printed are the texts of a PDF, page by page.
func printed(t *testing.T, path string) []string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var pages []string
	for _, part := range regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`).FindAllSubmatch(data, -1) {
		r, err := zlib.NewReader(bytes.NewReader(part[1]))
		if err != nil {
			continue // a font
		}
		content, err := io.ReadAll(r)
		if err != nil || !bytes.Contains(content, []byte(" Tf ")) {
			continue
		}
		var page strings.Builder
		for _, text := range regexp.MustCompile(`(?s)\(((?:\\.|[^\\)])*)\) ?Tj`).FindAllSubmatch(content, -1) {
			page.WriteString(utf16Text(text[1]) + "\n")
		}
		pages = append(pages, page.String())
	}
	return pages
}

func utf16Text(escaped []byte) string {
	raw := regexp.MustCompile(`(?s)\\(.)`).ReplaceAllFunc(escaped, func(m []byte) []byte {
		if m[1] == 'r' {
			return []byte{'\r'}
		}
		return m[1:]
	})
	var units []uint16
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(units))
}

// reminders is a campaign of which something came.
func reminders() *printShelf {
	start := time.Date(2026, 11, 24, 9, 0, 0, 0, time.Local)
	s := &printShelf{
		shelf: &shelf{campaign: campaign.Campaign{ID: 1, Name: "Przypomnienie Łódź – grypa", Practice: true, State: campaign.Finished,
			Started: start, Ended: start.Add(9 * time.Hour), List: campaign.List{File: "/lists/week 48.xlsx"}}},
		given:  []campaign.Given{{Answer: gateway.Answer{Name: "reply", Value: "2"}, People: 7}, {Answer: gateway.Answer{Name: "reply", Value: "1"}, People: 31}},
		silent: 2,
	}
	for i := range 60 {
		c := campaign.Contact{ID: campaign.ContactID(i + 1), Row: i + 2, Status: campaign.Reached, Tries: 1}
		if i >= 40 {
			c.Status, c.Why, c.Tries = campaign.Unreached, campaign.Reason{Code: campaign.CodeOutcome, Outcome: string(gateway.OutcomeBusy)}, 3
		}
		s.rows = append(s.rows, c)
	}
	for i := range 30 {
		s.slots = append(s.slots, campaign.Slot{Begin: start.Add(time.Duration(i) * campaign.SlotLength), Calls: campaign.Tally{campaign.Reached: 2, campaign.Unreached: i % 3}})
	}
	return s
}

func TestReportToPrintIsTwoPagesThatSayWhatCameOfIt(t *testing.T) {
	path, err := report.WritePrint(t.Context(), filepath.Join(t.TempDir(), "report.pdf"), reminders(), 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	pages := printed(t, path)
	if len(pages) != 2 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, want := range [][]string{
		{"Przypomnienie Łódź – grypa", words.PracticeTag(), "What came of it", "60 people", "Reached", "40", "66.7 %", "Not reached", "20", "33.3 %", "What they answered", "reply: 1", "31", "reply: 2", "No answer",
			"How it was called", "week 48.xlsx", "24 Nov 2026 9:00", "100"},
		{"Calls by hour", "9:00", "16:00", "Why people were not reached", "Busy", words.PracticeTag()},
	} {
		for _, text := range want {
			if !strings.Contains(pages[i], text) {
				t.Errorf("page %d does not say %q", i+1, text)
			}
		}
	}
	if i, j := strings.Index(pages[0], "reply: 1"), strings.Index(pages[0], "reply: 2"); i > j {
		t.Error("the commonest answer is not the first")
	}
	if strings.Contains(pages[0], "Still to be called") {
		t.Error("somebody is still to be called")
	}
}

func TestReportToPrintOfSeveralDaysIsByDay(t *testing.T) {
	s := reminders()
	s.slots = append(s.slots, campaign.Slot{Begin: s.slots[0].Begin.AddDate(0, 0, 3), Calls: campaign.Tally{campaign.Reached: 4}})
	s.campaign.Practice = false
	path, err := report.WritePrint(t.Context(), filepath.Join(t.TempDir(), "report.pdf"), s, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	pages := printed(t, path)
	for _, want := range []string{"Calls by day", "Tue 24", "Fri 27"} {
		if !strings.Contains(pages[1], want) {
			t.Errorf("%q is not said: %s", want, pages[1])
		}
	}
	if strings.Contains(strings.Join(pages, ""), words.PracticeTag()) {
		t.Error("it says that no phone rang")
	}
}

func TestReportToPrintOfNothingIsStillOne(t *testing.T) {
	s := &printShelf{shelf: &shelf{campaign: campaign.Campaign{ID: 1, Name: strings.Repeat("long ", 80)}}}
	path, err := report.WritePrint(t.Context(), filepath.Join(t.TempDir(), "report.pdf"), s, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	if pages := printed(t, path); len(pages) != 2 || !strings.Contains(pages[0], "…") {
		t.Errorf("%q", pages)
	}
}

// numbersShelf is a do-not-call list in memory.
type numbersShelf struct {
	lists   []campaign.DoNotCallList
	ranges  map[campaign.DoNotCallListID][]campaign.NumberRange
	entries []campaign.DoNotCallSaid // the newest first
}

func (s *numbersShelf) DoNotCallLists(context.Context) ([]campaign.DoNotCallList, error) {
	return s.lists, nil
}

func (s *numbersShelf) RangesFrom(_ context.Context, id campaign.DoNotCallListID, first uint64, n int) ([]campaign.NumberRange, error) {
	var page []campaign.NumberRange
	for _, r := range s.ranges[id] {
		if r.First >= first && len(page) < n {
			page = append(page, r)
		}
	}
	return page, nil
}

func (s *numbersShelf) DoNotCallMarks(context.Context, campaign.DoNotCallFilter, int) ([]campaign.DoNotCallKey, int, error) {
	if len(s.entries) == 0 {
		return nil, 0, nil
	}
	return []campaign.DoNotCallKey{s.entries[0].Key()}, len(s.entries), nil
}

func (s *numbersShelf) DoNotCallFrom(_ context.Context, _ campaign.DoNotCallFilter, from campaign.DoNotCallKey, n int) ([]campaign.DoNotCallSaid, error) {
	for i, e := range s.entries {
		if e.Key() == from {
			return s.entries[i:min(i+n, len(s.entries))], nil
		}
	}
	return nil, fmt.Errorf("no entry %v", from)
}
