package view_test

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"rollcall/campaign"
	"rollcall/ui/view"
)

func TestANameHasAnEnd(t *testing.T) {
	long := strings.Repeat("Ä", 300)
	if got := view.NameOf("  " + long + " "); got != long[:2*view.NameMost] {
		t.Errorf("typed: %d characters", utf8.RuneCountInString(got))
	}
	if got := view.Title("/lists/" + long + ".csv"); utf8.RuneCountInString(got) != view.NameMost {
		t.Errorf("of a file: %q", got)
	}
	var p view.WhenPage
	if !p.Rename(long) || utf8.RuneCountInString(p.Name) != view.NameMost {
		t.Errorf("on the page: %q", p.Name)
	}
	if got := view.NameNote(" " + long[:2*view.NameMost] + " "); got != "" {
		t.Errorf("a name that fits: %q", got)
	}
	if got, want := view.NameNote(long), "A name has at most 80 characters; this one has 300. Its end is left out."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTheNumberOfACopyIsKept(t *testing.T) {
	long := strings.Repeat("ł", view.NameMost)
	first := strings.Repeat("ł", view.NameMost-4) + " (2)"
	p := home(t, &shelf{campaigns: []campaign.Campaign{{ID: 1, Name: long}, {ID: 2, Name: first}}}, nil)
	want := strings.Repeat("ł", view.NameMost-4) + " (3)"
	for _, name := range []string{long, first, strings.Repeat("ł", 300)} {
		if got := p.CopyName(name); got != want {
			t.Errorf("a copy of %q is called %q", name, got)
		}
	}
}

func TestNamesInSentencesAreBrief(t *testing.T) {
	for name, want := range map[string]string{
		"Flu clinic":                        "Flu clinic",
		strings.Repeat("é", 40):             strings.Repeat("é", 40),
		strings.Repeat("é", 76) + " (2)":    strings.Repeat("é", 28) + "…" + strings.Repeat("é", 7) + " (2)",
		strings.Repeat("word ", 20) + "end": "word word word word word wor…rd word end",
	} {
		if got := view.Brief(name); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestNamesOfFilesFitAFolder(t *testing.T) {
	const most = 120
	for _, rune := range []string{"a", "é", "語", "😀"} {
		long := strings.Repeat(rune, 300)
		c := campaign.Campaign{Name: long, List: campaign.List{File: "/lists/" + long + ".CSV"}}
		for got, end := range map[string]string{
			view.ReportName(c): " – results.xlsx", view.PrintName(c): " – report.pdf", view.PlainName(c): " – results.csv", view.OwnName(c): " with results.csv",
			view.WithEnding(long, ".pdf"): ".pdf", view.WithEnding(long+".csv", ".pdf"): ".csv", view.WithEnding(long[:84]+". "+long, ".pdf"): ".pdf",
		} {
			if len(got) > most || len(got) < most-8 || !utf8.ValidString(got) || !strings.HasSuffix(got, end) {
				t.Errorf("%d bytes: %q, want the end %q", len(got), got, end)
			}
		}
		if got := view.WithEnding(filepath.Join("folder", long, long), ".csv"); filepath.Dir(got) != filepath.Join("folder", long) {
			t.Errorf("the folder is %q", filepath.Dir(got))
		}
	}
	if got := view.ReportName(campaign.Campaign{Name: "a\nb"}); got != "a-b – results.xlsx" {
		t.Error(got)
	}
}
