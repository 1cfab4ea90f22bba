package view_test

import (
	"testing"
	"time"

	"rollcall/gateway/vxml"
	"rollcall/ui/view"
)

func TestDaysAreSaidAsAnOfficeDoes(t *testing.T) {
	now := morning()
	tests := []struct {
		name string
		at   time.Time
		want string
	}{
		{"never", time.Time{}, ""},
		{"now", now, "Today 10:42"},
		{"early today", now.Add(-10 * time.Hour), "Today 0:42"},
		{"last night", now.Add(-11 * time.Hour), "Mon 23 Nov"},
		{"in spring", now.AddDate(0, -7, 0), "Fri 24 Apr"},
		{"the same day last year", now.AddDate(-1, 0, 0), "24 Nov 2025"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := view.Day(tt.at, now); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestLengthsAreShort(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 s", 900 * time.Millisecond: "0 s", 59 * time.Second: "59 s",
		time.Minute: "1 min 0 s", 125 * time.Second: "2 min 5 s", 70 * time.Minute: "70 min 0 s",
	} {
		if got := view.Duration(d); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}

func TestSharesAreRounded(t *testing.T) {
	tests := []struct {
		n, all int
		want   string
	}{
		{0, 0, "0 %"}, {5, 0, "0 %"}, {0, 9, "0 %"}, {9, 9, "100 %"},
		{1, 3, "33 %"}, {2, 3, "67 %"}, {1, 200, "1 %"}, {1, 201, "0 %"},
	}
	for _, tt := range tests {
		if got := view.Share(tt.n, tt.all); got != tt.want {
			t.Errorf("%d of %d: %q, want %q", tt.n, tt.all, got, tt.want)
		}
	}
}

func TestCountsHaveTheRightNoun(t *testing.T) {
	tests := []struct{ got, want string }{
		{view.PeopleCount(0), "0 people"}, {view.PeopleCount(1), "1 person"}, {view.PeopleCount(1_000_000), "1,000,000 people"},
		{view.RowCount(0), "0 rows"}, {view.RowCount(1), "1 row"}, {view.RowCount(1217), "1,217 rows"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
}

func TestAMistakeInAFlowIsNamedByItsLine(t *testing.T) {
	const what = "no element <blok>"
	tests := []struct {
		name    string
		finding view.FlowFinding
		want    string
	}{
		{"in the flow", view.FlowFinding{File: "call.vxml", Line: 3, Column: 7, Severity: vxml.SeverityError, Message: what}, "Line 3, column 7: no element <blok>"},
		{"beside it", view.FlowFinding{File: "more.vxml", Line: 3, Column: 7, Severity: vxml.SeverityError, Message: what}, "more.vxml: Line 3, column 7: no element <blok>"},
		{"warning", view.FlowFinding{File: "call.vxml", Line: 3, Column: 7, Severity: vxml.SeverityWarning, Message: what}, "Line 3, column 7: no element <blok>"},
		{"without a place", view.FlowFinding{Message: what}, what},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.finding.Words("/home/me/call.vxml"); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestFindingsAreCounted(t *testing.T) {
	wrong, odd := view.FlowFinding{Severity: vxml.SeverityError}, view.FlowFinding{Severity: vxml.SeverityWarning}
	for want, list := range map[string][]view.FlowFinding{
		"0 errors, 1 warning": {odd}, "2 errors, 0 warnings": {wrong, wrong}, "1 error, 2 warnings": {odd, wrong, odd},
	} {
		if got := (view.CheckResult{Findings: list}).Summary(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
