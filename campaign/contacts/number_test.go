package contacts_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
)

func TestNumbers(t *testing.T) {
	const boston = "+16175550142"
	tests := []struct {
		name   string
		cell   campaign.Cell
		region phone.Region
		number phone.Number
		// problem is what was repaired, or why there is no number.
		problem campaign.Problem
	}{
		{"plain text", text("(617) 555-0142"), "US", boston, ""},
		{"plain number", number("6175550142", "6175550142"), "US", boston, ""},
		{"number in a phone format", number("(617) 555-0142", "6175550142"), "US", boston, ""},
		{"number shown with its zero", number("01712345678", "1712345678"), "DE", "+491712345678", ""},
		{"number shown with a country code", number("+44 2079460000", "2079460000"), "US", "+442079460000", ""},
		{"number in an odd format", number("617555-0142 h", "6175550142"), "US", boston, ""},
		{"text that keeps its zero", text("0171 2345678"), "DE", "+491712345678", ""},
		{"vanity", text("1-800-FLOWERS"), "US", "+18003569377", campaign.ProblemLetters},
		{"slash after the area", text("030/12345678"), "DE", "+493012345678", ""},
		{"tel", text("tel:+1-617-555-0142"), "DE", boston, ""},
		{"leads with an apostrophe", text("'617 555 0142"), "US", boston, campaign.ProblemApostrophe},
		{"Leeds is no 011", text("0113 496 0000"), "GB", "+441134960000", ""},

		{"raw exponent", number("6.18E+09", "6.175550142E9"), "US", boston, campaign.ProblemExponent},
		{"raw exponent shown in full", number("6175550142", "6.175550142E9"), "US", boston, campaign.ProblemExponent},
		{"shown exponent", number("6.18E+09", "6175550142"), "US", boston, campaign.ProblemExponent},
		{"text exponent with all digits", text("6.175550142E+09"), "US", boston, campaign.ProblemExponent},
		{"text exponent with a comma", text("4,42079460000E+11"), "GB", "+442079460000", campaign.ProblemExponent},
		{"text with .0", text("6175550142.0"), "US", boston, campaign.ProblemDecimal},
		{"number with .0", number("6175550142.0", "6175550142.0"), "US", boston, campaign.ProblemDecimal},
		{"plus formula", formula("=+16175550142", "16175550142"), "DE", boston, campaign.ProblemFormulaPlus},
		{"plus formula not calculated", formula("=+16175550142", ""), "DE", boston, campaign.ProblemFormulaPlus},
		{"formula that subtracted", formula("=+1-617-555-0142", "-1313"), "DE", boston, campaign.ProblemFormulaPlus},
		{"plus formula as text", text("=+16175550142"), "DE", boston, campaign.ProblemFormulaPlus},
		{"protected in a CSV", text(`="6175550142"`), "US", boston, campaign.ProblemFormulaPlus},
		{"looked up", formula("=VLOOKUP(A2,B:C,2)", "6175550142"), "US", boston, ""},
		{"note before", text("cell: 617 555 0142"), "US", boston, campaign.ProblemNote},
		{"note behind", text("617 555 0142 (mobile)"), "US", boston, campaign.ProblemNote},
		{"note with a small number", text("Room 12, 617 555 0142"), "US", boston, campaign.ProblemNote},
		{"extension", text("617 555 0142 ext. 99"), "US", boston, campaign.ProblemNote},
		{"00", text("0044 20 7946 0000"), "US", "+442079460000", campaign.ProblemPrefix},
		{"011", text("011 44 20 7946 0000"), "US", "+442079460000", campaign.ProblemPrefix},

		{"nothing", campaign.Cell{}, "US", "", campaign.ProblemNoNumber},
		{"a dash", text("-"), "US", "", campaign.ProblemNoNumber},
		{"words", text("unknown"), "US", "", campaign.ProblemNoNumber},
		{"digits lost in text", text("4.41E+11"), "GB", "", campaign.ProblemDigitsLost},
		{"digits lost, then stored as a number", number("4.93E+11", "493000000000"), "DE", "", campaign.ProblemDigitsLost},
		{"digits lost, with plus", text("+4.4207E+11"), "GB", "", campaign.ProblemDigitsLost},
		{"rounded after 15 digits", number("4.42079E+15", "4420794600001230"), "GB", "", campaign.ProblemDigitsLost},
		{"rounded, as LibreOffice writes it", number("2.15555011600000E+19", "2.155550116E+019"), "US", "", campaign.ProblemDigitsLost},
		{"two with a slash", text("617 555 0142 / 617 555 0143"), "US", "", campaign.ProblemTwoNumbers},
		{"two with or", text("617 555 0142 or 617 555 0143"), "US", "", campaign.ProblemTwoNumbers},
		{"two with a comma", text("6175550142,6175550143"), "US", "", campaign.ProblemTwoNumbers},
		{"two on two lines", text("617 555 0142\n617 555 0143"), "US", "", campaign.ProblemTwoNumbers},
		{"two with names", text("Ann 617 555 0142 Bob 617 555 0143"), "US", "", campaign.ProblemTwoNumbers},
		{"two by their last digits", text("030 12345678/79"), "DE", "", campaign.ProblemTwoNumbers},
		{"date", typed(campaign.CellDate, "2026-03-01"), "US", "", campaign.ProblemDate},
		{"date as text", text("03/01/2026"), "US", "", campaign.ProblemDate},
		{"date and time as text", text("2026-03-01 10:30"), "US", "", campaign.ProblemDate},
		{"too short", text("555-0142"), "US", "", campaign.ProblemInvalid},
		{"no area", text("999 555 0142"), "US", "", campaign.ProblemInvalid},
		{"a fraction", number("617555.5", "617555.5"), "US", "", campaign.ProblemInvalid},
		{"negative", number("-6175550142", "-6175550142"), "US", "", campaign.ProblemInvalid},
		{"two run together", text("6175550142 6175550143"), "US", "", campaign.ProblemTwoNumbers},
		{"an hour beside it", text("after 5 617 555 0142"), "US", boston, campaign.ProblemNote},
		{"error value", typed(campaign.CellError, "#N/A"), "US", "", campaign.ProblemNoNumber},
		{"emergency", text("911"), "US", "", campaign.ProblemForbidden},
		{"emergency as a number", number("911", "911"), "US", "", campaign.ProblemForbidden},
		{"premium", text("900 555 0142"), "US", "", campaign.ProblemForbidden},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list, err := collect(phones(tt.cell, text("x")), contacts.Options{
				Region: tt.region, Map: map[contacts.Role][]string{contacts.Phone: {"Phone"}},
			})
			if err != nil {
				t.Fatal(err)
			}
			if tt.cell.Type == campaign.CellEmpty {
				return // an empty row is no row
			}
			check(t, list, tt.cell, tt.number, tt.problem)
		})
	}
}

// check looks at the first row of a list of one column.
func check(t *testing.T, list contacts.List, cell campaign.Cell, want phone.Number, problem campaign.Problem) {
	t.Helper()
	got := list.Contacts[0]
	if got.Number != want {
		t.Errorf("number %q, want %q", got.Number, want)
	}
	var problems []campaign.CellProblem
	for _, p := range list.Found {
		if p.Row == 2 {
			problems = append(problems, p)
		}
	}
	var wantProblems []campaign.CellProblem
	if problem != "" {
		wantProblems = []campaign.CellProblem{{Row: 2, Column: "Phone", Kind: problem, Value: cell.Raw, Repair: string(want)}}
	}
	if diff := cmp.Diff(wantProblems, problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	status, why := campaign.Ready, campaign.Reason{}
	if want == "" {
		status = campaign.Skipped
		why = campaign.Reason{Code: campaign.CodeQuarantine, Problem: problem, Text: cell.Raw}
	}
	if got.Status != status || got.Why != why {
		t.Errorf("status %s %+v, want %s %+v", got.Status, got.Why, status, why)
	}
	if got.Cells[0] != cell.Text {
		t.Errorf("the cell shows %q, want %q", got.Cells[0], cell.Text)
	}
}
