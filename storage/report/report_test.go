package report_test

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
	"rollcall/storage/report"
)

// shelf is a source with one campaign.
type shelf struct {
	campaign campaign.Campaign
	rows     []campaign.Contact
	attempts []campaign.Attempt
	largest  int // batch that was asked for
	fail     string
}

var errBroken = errors.New("broken disk")

func (s *shelf) Campaign(_ context.Context, id campaign.ID) (campaign.Campaign, error) {
	if s.fail == "campaign" || id != s.campaign.ID {
		return campaign.Campaign{}, errBroken
	}
	return s.campaign, nil
}

func (s *shelf) Order(_ context.Context, _ campaign.ID, f campaign.Filter) ([]campaign.ContactID, error) {
	if diff := cmp.Diff(campaign.Filter{}, f); diff != "" || s.fail == "order" {
		return nil, fmt.Errorf("%w %s", errBroken, diff)
	}
	var ids []campaign.ContactID
	for _, c := range s.rows {
		ids = append(ids, c.ID)
	}
	return ids, nil
}

func (s *shelf) Contacts(_ context.Context, ids []campaign.ContactID) ([]campaign.Contact, error) {
	if s.fail == "contacts" {
		return nil, errBroken
	}
	s.largest = max(s.largest, len(ids))
	var list []campaign.Contact
	for _, c := range s.rows {
		if slices.Contains(ids, c.ID) {
			list = append(list, c)
		}
	}
	return list, nil
}

func (s *shelf) Attempts(_ context.Context, _ campaign.ID, contact campaign.ContactID) ([]campaign.Attempt, error) {
	if s.fail == "attempts" || contact != 0 {
		return nil, errBroken
	}
	return s.attempts, nil
}

// noon is the moment that all samples are about, by this computer's clock.
func noon() time.Time { return time.Date(2026, 12, 1, 12, 0, 0, 0, time.Local) }

func clinic() *shelf {
	at := noon()
	return &shelf{
		campaign: campaign.Campaign{
			ID: 7, Name: "Flu clinic", State: campaign.Finished, Practice: true, Started: at, Ended: at.Add(time.Hour),
			List: campaign.List{File: "clinic.xlsx", Sheet: "Appointments", Columns: []string{"Patient", "Phone", "Outcome"}},
			Flow: campaign.Flow{Source: "sample:reminder.vxml"},
		},
		rows: []campaign.Contact{
			{
				ID: 1, Row: 2, Name: "Alba", Number: "+16175550100", Cells: []string{"Alba", "=cmd|'/c calc'!A1", "old"},
				Status: campaign.Reached, Tries: 2, Reached: at.Add(time.Minute), Why: campaign.Reason{Code: campaign.CodeOutcome, Outcome: "reached"},
				Answers: []gateway.Answer{{Name: "reply", Value: "1"}, {Value: "5"}, {Name: "reply", Value: "2"}},
			},
			{
				ID: 2, Row: 3, Name: "Bram", Cells: []string{"Bram"},
				Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemDigitsLost},
			},
			{
				ID: 3, Row: 5, Name: "Cleo", Number: "+12065550174", Cells: []string{"Cleo", "0012065550174", ""},
				Status: campaign.Doubt, Why: campaign.Reason{Code: campaign.CodeInterrupted},
				Answers: []gateway.Answer{{Name: "optout", Value: "false"}},
			},
		},
		attempts: []campaign.Attempt{
			{ID: 1, Contact: 1, Row: 2, Name: "Alba", Number: "+16175550100", ReqID: 1796123456789, Practice: true, Begun: at, Sent: at.Add(time.Second), Ended: at.Add(time.Minute), Outcome: gateway.OutcomeBusy},
			{ID: 2, Contact: 1, Row: 2, Name: "Alba", Number: "+16175550100", ReqID: 1796123456790, Practice: true, Begun: at, Ended: at, Outcome: gateway.OutcomeExpired},
			{ID: 3, Contact: 1, Row: 2, Name: "Alba", Number: "+16175550100", ReqID: 1796123456791, Begun: at, Sent: at, Ended: at, Outcome: gateway.OutcomeReached},
			{ID: 4, Contact: 3, Row: 5, Name: "Cleo", Number: "+12065550174", Practice: true, Begun: at},
		},
	}
}

// open reads a report back.
func open(t *testing.T, path string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func rows(t *testing.T, f *excelize.File, sheet string) [][]string {
	t.Helper()
	list, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func written(t *testing.T, s *shelf) *excelize.File {
	t.Helper()
	path, err := report.Write(t.Context(), filepath.Join(t.TempDir(), "report.xlsx"), s, s.campaign.ID)
	if err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

func TestContactsHasEveryRowOfTheFileInItsOrder(t *testing.T) {
	s := clinic()
	now := noon()
	f := written(t, s)
	tag := words.PracticeTag()
	want := [][]string{
		{"Patient", "Phone", "Outcome", "Outcome", "Number", "Reached at", "Attempts", "Last reason", "Next step", "Line", "reply", "Answer", "optout"},
		{"Alba", "=cmd|'/c calc'!A1", "old", words.Status(campaign.Reached), "+16175550100", "2026-12-01 12:01:00", "2", words.Sentence(s.rows[0].Why, now), words.Next(s.rows[0], now), tag, "1, 2", "5"},
		{"Bram", "", "", words.Status(campaign.Skipped), "", "", "0", words.Sentence(s.rows[1].Why, now), words.Next(s.rows[1], now), tag},
		{"Cleo", "0012065550174", "", words.Status(campaign.Doubt), "+12065550174", "", "0", words.Sentence(s.rows[2].Why, now), words.Next(s.rows[2], now), tag, "", "", "false"},
	}
	got := rows(t, f, "Contacts")
	for _, list := range [][][]string{want, got} { // empty cells at the end of a row are not told apart
		for i := range list {
			for len(list[i]) > 0 && list[i][len(list[i])-1] == "" {
				list[i] = list[i][:len(list[i])-1]
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Contacts (-want +got):\n%s", diff)
	}
}

func TestAttemptsListsWhatWasDialledOrMayHaveBeen(t *testing.T) {
	f := written(t, clinic())
	want := [][]string{
		{"Row", "Name", "Number", "Started", "Ended", "Outcome", "Reason", "Gateway id", "Line"},
		{"2", "Alba", "+16175550100", "2026-12-01 12:00:01", "2026-12-01 12:01:00", words.Status(campaign.Unreached), words.Outcome(gateway.OutcomeBusy), "1796123456789", words.PracticeTag()},
		{"2", "Alba", "+16175550100", "2026-12-01 12:00:00", "2026-12-01 12:00:00", words.Status(campaign.Reached), words.Outcome(gateway.OutcomeReached), "1796123456791"},
		{"5", "Cleo", "+12065550174", "2026-12-01 12:00:00", "", words.Status(campaign.Doubt), "", "", words.PracticeTag()},
	}
	if diff := cmp.Diff(want, rows(t, f, "Attempts")); diff != "" {
		t.Errorf("Attempts (-want +got):\n%s", diff)
	}
}

func TestOutcomeOfEachAttempt(t *testing.T) {
	unclear := campaign.Reason{Code: campaign.CodeOutcome, Text: "Line noise"}
	for _, c := range []struct {
		outcome gateway.Outcome
		why     campaign.Reason
		want    campaign.Status // none: not listed
	}{
		{gateway.OutcomeReached, campaign.Reason{}, campaign.Reached},
		{gateway.OutcomeNoTransfer, campaign.Reason{}, campaign.Reached},
		{gateway.OutcomeMachine, campaign.Reason{}, campaign.Machine},
		{gateway.OutcomeNoMessage, campaign.Reason{}, campaign.Unreached},
		{gateway.OutcomeNoAnswer, campaign.Reason{}, campaign.Unreached},
		{gateway.OutcomeBusy, campaign.Reason{}, campaign.Unreached},
		{gateway.OutcomeCongestion, campaign.Reason{}, campaign.Unreached},
		{gateway.OutcomeBadNumber, campaign.Reason{}, campaign.Failed},
		{gateway.OutcomeNoResponse, campaign.Reason{}, campaign.Failed},
		{gateway.OutcomeFlowBroken, campaign.Reason{}, campaign.Failed},
		{gateway.OutcomeEnded, campaign.Reason{}, campaign.Failed},
		{gateway.OutcomeInterrupted, campaign.Reason{}, campaign.Doubt},
		{gateway.OutcomeUnknown, unclear, campaign.Failed},
		{gateway.OutcomeUnknown, campaign.Reason{Code: campaign.CodeNoReply}, ""},
		{gateway.OutcomeFlowMissing, campaign.Reason{}, ""},
		{gateway.OutcomeExpired, campaign.Reason{}, ""},
	} {
		s := clinic()
		s.attempts = []campaign.Attempt{{Contact: 1, Row: 2, Begun: noon(), Ended: noon(), Outcome: c.outcome, Why: c.why}}
		list := rows(t, written(t, s), "Attempts")[1:]
		switch {
		case c.want == "" && len(list) > 0:
			t.Errorf("%q is listed: %q", c.outcome, list)
		case c.want != "" && (len(list) != 1 || list[0][5] != words.Status(c.want) || list[0][6] == ""):
			t.Errorf("%q: %q, want %s and a reason", c.outcome, list, words.Status(c.want))
		}
	}
}

func TestSummaryCountsWhatContactsShows(t *testing.T) {
	f := written(t, clinic())
	got := map[string]string{}
	for _, row := range rows(t, f, "Summary") {
		got[row[0]] = row[1]
	}
	for label, want := range map[string]string{
		"Campaign": "Flu clinic", "Line": words.PracticeTag(), "List": "clinic.xlsx", "Sheet": "Appointments", "Rows": "3",
		"State": words.Campaign(campaign.Finished), "Started": "2026-12-01 12:00:00", "Ended": "2026-12-01 13:00:00",
		words.Status(campaign.Reached): "1", words.Status(campaign.Skipped): "1", words.Status(campaign.Doubt): "1",
	} {
		if got[label] != want {
			t.Errorf("%s: %q, want %q", label, got[label], want)
		}
	}
	if _, ok := got[words.Status(campaign.Ready)]; ok {
		t.Error("a state that nobody is in is listed")
	}
}

func TestAReportIsInTheLanguageInUse(t *testing.T) {
	words.Use(words.German)
	t.Cleanup(func() { words.Use(words.English) })
	f := written(t, clinic())
	if diff := cmp.Diff([]string{"Übersicht", "Kontakte", "Versuche"}, f.GetSheetList()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
	got := rows(t, f, "Kontakte")
	want := []string{"Patient", "Phone", "Outcome", "Ergebnis", "Nummer", "Erreicht um", "Versuche", "Letzter Grund", "Nächster Schritt", "Leitung", "reply", "Antwort", "optout"}
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Errorf("headings (-want +got):\n%s", diff)
	}
	if got[1][3] != "Erreicht" || got[1][9] != "Übung – kein Telefon klingelt" {
		t.Errorf("row %q", got[1])
	}
	if got := rows(t, f, "Übersicht")[0]; got[0] != "Kampagne" {
		t.Errorf("summary %q", got)
	}
}

// A spreadsheet program must neither compute nor round anything in a report.
func TestEverythingOfTheUsersIsText(t *testing.T) {
	f := written(t, clinic())
	for _, cell := range []string{"B2", "E2", "K2", "B4", "E4"} {
		kind, err := f.GetCellType("Contacts", cell)
		if err != nil || kind != excelize.CellTypeInlineString {
			t.Errorf("%s has type %v, %v", cell, kind, err)
		}
		if formula, err := f.GetCellFormula("Contacts", cell); err != nil || formula != "" {
			t.Errorf("%s has the formula %q, %v", cell, formula, err)
		}
	}
	if kind, err := f.GetCellType("Attempts", "H2"); err != nil || kind != excelize.CellTypeInlineString {
		t.Errorf("the gateway's id has type %v, %v", kind, err)
	}
}

func TestTextsThatXMLCannotHoldDoNotBreakTheFile(t *testing.T) {
	s := clinic()
	odd := "a\x00b\x0bc & <d> \"e\" \U0001F4DE " + strings.Repeat("x", 40_000)
	s.rows[0].Cells[0] = odd
	s.campaign.List.Columns[0] = odd
	f := written(t, s)
	got := rows(t, f, "Contacts")[1][0]
	if !strings.Contains(got, `c & <d> "e" `+"\U0001F4DE") || len(got) > 40_000 {
		t.Errorf("got %.60q, %d bytes", got, len(got))
	}
}

func TestMoreRowsThanASheetHoldsGoOnInTheNext(t *testing.T) {
	s := clinic()
	s.rows = nil
	for i := range 450 {
		s.rows = append(s.rows, campaign.Contact{ID: campaign.ContactID(i + 1), Row: i + 2, Cells: []string{fmt.Sprint(i)}, Status: campaign.Ready})
	}
	path, err := report.WriteRows(t.Context(), filepath.Join(t.TempDir(), "r.xlsx"), s, 7, 201)
	if err != nil {
		t.Fatal(err)
	}
	f := open(t, path)
	if diff := cmp.Diff([]string{"Summary", "Contacts", "Contacts 2", "Contacts 3", "Attempts"}, f.GetSheetList()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
	next := 0
	for sheet, want := range map[string]string{"Contacts": "A1:J201", "Contacts 2": "A1:J201", "Contacts 3": "A1:J51"} {
		if got, err := f.GetSheetDimension(sheet); err != nil || got != want {
			t.Errorf("%s: %s, %v, want %s", sheet, got, err, want)
		}
	}
	for _, sheet := range []string{"Contacts", "Contacts 2", "Contacts 3"} {
		list := rows(t, f, sheet)
		if list[0][3] != "Outcome" {
			t.Errorf("%s begins with %q", sheet, list[0])
		}
		for _, row := range list[1:] {
			if row[0] != fmt.Sprint(next) {
				t.Fatalf("%s: got row %s, want %d", sheet, row[0], next)
			}
			next++
		}
	}
	if next != 450 {
		t.Errorf("%d rows in all", next)
	}
	if s.largest > 500 {
		t.Errorf("asked for %d rows at once", s.largest)
	}
}

// The widest list there can be loses columns of its own, not the results.
func TestOurColumnsHaveRoomBesideTheWidestList(t *testing.T) {
	s := clinic()
	s.campaign.List.Columns = make([]string, excelize.MaxColumns)
	for i := range excelize.MaxColumns {
		s.rows[0].Answers = append(s.rows[0].Answers, gateway.Answer{Name: fmt.Sprint("q", i%100), Value: "1"})
	}
	path, err := report.Write(t.Context(), filepath.Join(t.TempDir(), "wide.xlsx"), s, s.campaign.ID)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Contacts")
	if err != nil || len(rows) != 4 || len(rows[0]) != excelize.MaxColumns || rows[0][excelize.MaxColumns-1] != "optout" {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	if got := rows[1][slices.Index(rows[0], "Outcome")]; got != words.Status(campaign.Reached) {
		t.Errorf("outcome %q", got)
	}
}

func TestAnEmptyListMakesAReport(t *testing.T) {
	s := clinic()
	s.rows, s.attempts = nil, nil
	f := written(t, s)
	if n := len(rows(t, f, "Contacts")); n != 1 {
		t.Errorf("%d rows in Contacts", n)
	}
	if n := len(rows(t, f, "Attempts")); n != 1 {
		t.Errorf("%d rows in Attempts", n)
	}
}

// Extent and widths stand before the rows: other programs read no further.
func TestExtentComesBeforeTheRows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.xlsx")
	if _, err := report.Write(t.Context(), path, clinic(), 7); err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	part, err := z.Open("xl/worksheets/sheet2.xml")
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	head, _, ok := strings.Cut(string(data), "<sheetData>")
	if !ok || !strings.Contains(head, `<dimension ref="A1:M4"`) || !strings.Contains(head, "<cols>") {
		t.Errorf("before the rows stands %s", head)
	}
}

func TestWriteReplacesTheReportOfTheSameName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "report.xlsx")
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := report.Write(t.Context(), path, clinic(), 7)
	if err != nil || got != path {
		t.Fatalf("%s, %v", got, err)
	}
	open(t, path)
	only(t, filepath.Dir(path), "report.xlsx")
}

// A folder of that name stands for a file that another program holds open.
func TestWriteTakesANumberedNameWhereTheFileCannotBeReplaced(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "report.xlsx")
	for _, name := range []string{"report.xlsx/in use", "report (2).xlsx/in use"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	got, err := report.Write(t.Context(), path, clinic(), 7)
	if want := filepath.Join(dir, "report (3).xlsx"); err != nil || got != want {
		t.Fatalf("%s, %v, want %s", got, err, want)
	}
	open(t, got)
	only(t, dir, "report (2).xlsx", "report (3).xlsx", "report.xlsx")
}

func TestNothingIsLeftWhereTheSourceFails(t *testing.T) {
	for _, at := range []string{"campaign", "order", "contacts", "attempts"} {
		t.Run(at, func(t *testing.T) {
			s := clinic()
			s.fail = at
			path := filepath.Join(t.TempDir(), "report.xlsx")
			if got, err := report.Write(t.Context(), path, s, 7); !errors.Is(err, errBroken) || got != "" {
				t.Errorf("%q, %v", got, err)
			}
			only(t, filepath.Dir(path))
		})
	}
}

func TestAFolderThatDoesNotExistIsAnError(t *testing.T) {
	path := filepath.Join(t.TempDir(), "absent", "report.xlsx")
	if _, err := report.Write(t.Context(), path, clinic(), 7); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

// only checks that a folder holds nothing but names.
func only(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if diff := cmp.Diff(names, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func BenchmarkWrite(b *testing.B) {
	s := clinic()
	s.rows = make([]campaign.Contact, 200)
	for i := range s.rows {
		s.rows[i] = campaign.Contact{ID: campaign.ContactID(i + 1), Row: i + 2, Number: "+16175550100", Cells: []string{"Alba", "617 555 0100", ""}, Status: campaign.Reached}
	}
	path := filepath.Join(b.TempDir(), "r.xlsx")
	for b.Loop() {
		if _, err := report.Write(b.Context(), path, s, 7); err != nil {
			b.Fatal(err)
		}
	}
}
