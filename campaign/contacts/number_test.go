package contacts_test

import (
	"strings"
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
		// problem is what was repaired, or why there is no number; what is
		// proposed stands behind it.
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
		{"two with a slash", text("617 555 0142 / 617 555 0143"), "US", "", campaign.ProblemTwoNumbers + " +16175550142"},
		{"two with or", text("617 555 0142 or 617 555 0143"), "US", "", campaign.ProblemTwoNumbers + " +16175550142"},
		{"two with a comma", text("6175550142,6175550143"), "US", "", campaign.ProblemTwoNumbers + " +16175550142"},
		{"two on two lines", text("617 555 0142\n617 555 0143"), "US", "", campaign.ProblemTwoNumbers + " +16175550142"},
		{"two with names", text("Ann 617 555 0142 Bob 617 555 0143"), "US", "", campaign.ProblemTwoNumbers + " +16175550142"},
		{"two by their last digits", text("030 12345678/79"), "DE", "", campaign.ProblemTwoNumbers + " +493012345678"},
		{"date", typed(campaign.CellDate, "2026-03-01"), "US", "", campaign.ProblemDate},
		{"date as text", text("03/01/2026"), "US", "", campaign.ProblemDate},
		{"date and time as text", text("2026-03-01 10:30"), "US", "", campaign.ProblemDate},
		{"no area code", text("555-0142"), "US", "", campaign.ProblemLocal},
		{"no area", text("999 555 0142"), "US", "", campaign.ProblemInvalid},
		{"a fraction", number("617555.5", "617555.5"), "US", "", campaign.ProblemInvalid},
		{"negative", number("-6175550142", "-6175550142"), "US", "", campaign.ProblemInvalid},
		{"two run together", text("6175550142 6175550143"), "US", "", campaign.ProblemTwoNumbers + " +16175550142"},
		{"an hour beside it", text("after 5 617 555 0142"), "US", boston, campaign.ProblemNote},
		{"error value", typed(campaign.CellError, "#N/A"), "US", "", campaign.ProblemNoNumber},
		{"separators", text("6,175,550,142"), "US", boston, campaign.ProblemSeparators},
		{"separators and a fraction", text("6.175.550.142,00"), "US", boston, campaign.ProblemSeparators},
		{"blanks and a fraction", text("6 175 550 142,0"), "US", boston, campaign.ProblemSeparators},
		{"dots are no separators", text("612.345.678"), "ES", "+34612345678", ""},
		{"separators around a lost plus", text("44,207,946,000,0"), "US", "", campaign.ProblemInvalid},
		{"number shown as an amount", number("6,175,550,142.00", "6175550142"), "US", boston, ""},
		{"zero width", text("617\u200b555\u200b0142"), "US", boston, campaign.ProblemInvisible},
		{"left to right mark", text("\u202a+1 617 555 0142\u202c"), "DE", boston, campaign.ProblemInvisible},
		{"no-break space", text("617\u00a0555\u00a00142"), "US", boston, ""},
		{"full width", text("６１７５５５０１４２"), "US", boston, campaign.ProblemScript},
		{"Arabic", text("٦١٧٥٥٥٠١٤٢"), "US", boston, campaign.ProblemScript},
		{"invisible and noted", text("cell:\u200b 617 555 0142"), "US", boston, campaign.ProblemNote},
		{"an hour behind it", text("617 555 0142 after 5"), "US", boston, campaign.ProblemNote},
		{"hours in front", text("call 5-6 pm 617 555 0142"), "US", boston, campaign.ProblemNote},
		{"whose it is", text("617 555 0142 (wife)"), "US", boston, campaign.ProblemNote},
		{"an hour in front of a zero", text("nach 5 0171 2345678"), "DE", "+491712345678", campaign.ProblemNote},
		{"an hour that may belong to it", text("nach 4 030 12345678"), "DE", "", campaign.ProblemNote + " +493012345678"},
		{"extension behind a sign", text("617 555 0142 #99"), "US", boston, campaign.ProblemNote},
		{"extension of a URI", text("tel:+16175550142;ext=99"), "US", boston, campaign.ProblemNote},
		{"small letters", text("1-800-flowers"), "US", "", campaign.ProblemLetters + " +18003569377"},
		{"hidden digits", text("617-555-XXXX"), "US", "", campaign.ProblemLetters},
		{"hidden digits of a free number", text("1-800-XXX-0142"), "US", "", campaign.ProblemInvalid},
		{"a note in the place of digits", text("617-555-HOME"), "US", "", campaign.ProblemLetters + " +16175554663"},
		{"a word in front of few digits", text("Room 12"), "US", "", campaign.ProblemInvalid},
		{"trunk zero in brackets", text("+44 (0)20 7946 0000"), "US", "+442079460000", ""},
		{"trunk zero without brackets", text("+49 0171 2345678"), "US", "+491712345678", campaign.ProblemForm},
		{"old Mexican mobile", text("+52 1 55 1234 5678"), "US", "+525512345678", campaign.ProblemForm},
		{"Argentine mobile", text("011 15 2345-6789"), "AR", "+5491123456789", campaign.ProblemForm},
		{"doubled country code", text("+1 1 617 555 0142"), "US", boston, campaign.ProblemForm},
		{"Australian prefix", text("0011 44 20 7946 0000"), "AU", "+442079460000", campaign.ProblemPrefix},
		{"lost plus", number("442079460000", "442079460000"), "US", "+442079460000", campaign.ProblemLostPlus},
		{"lost plus, or a digit typed twice", text("31255501422"), "US", "", campaign.ProblemLostPlus + " +31255501422"},
		{"lost zero", number("612345678", "612345678"), "IT", "+390612345678", campaign.ProblemLeadingZero},
		{"lost zero in a text", text("612345678"), "IT", "", campaign.ProblemLeadingZero + " +390612345678"},
		{"zeros to the end of a text", text("441000000000"), "GB", "", campaign.ProblemDigitsLost},
		{"number formatted as a date", campaign.Cell{Type: campaign.CellDate, Text: "#####", Raw: "6175550142"}, "US", "", campaign.ProblemDate + " " + boston},
		{"lost plus at home", text("491712345678"), "DE", "", campaign.ProblemLostPlus + " +491712345678"},
		{"lost plus at home in a number", number("491712345678", "491712345678"), "DE", "", campaign.ProblemLostPlus + " +491712345678"},
		{"lost plus at home, no other reading", text("447911123456"), "GB", "+447911123456", ""},
		{"the code as an area with its zero", text("0491 712345"), "DE", "+49491712345", ""},
		{"lost zero of an area that is the code", number("491123456", "491123456"), "DE", "+49491123456", ""},
		{"the same twice", text("617-555-0142; (617) 555-0142"), "US", boston, campaign.ProblemNote},
		{"quotation marks", text(`"617-555-0142"`), "US", boston, campaign.ProblemApostrophe},
		{"a date as short as a service's number", text("3/1/2026"), "US", "", campaign.ProblemDate},
		{"a date that would be a number", text("2026-03-01"), "NO", "", campaign.ProblemDate},
		{"no date", text("22 26 03 01"), "NO", "+4722260301", ""},
		{"shared cost", text("0180 5 123456"), "DE", "", campaign.ProblemForbidden},
		{"emergency in words", text("call 911"), "US", "", campaign.ProblemForbidden},
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
	kind, proposal, _ := strings.Cut(string(problem), " ")
	got := list.Contacts[0]
	if got.Number != want {
		t.Errorf("number %q, want %q", got.Number, want)
	}
	value := cell.Raw
	if cell.Type == campaign.CellDate {
		value = cell.Text
	}
	var problems []campaign.CellProblem
	for _, p := range list.Found {
		if p.Row == 2 {
			problems = append(problems, p)
		}
	}
	var wantProblems []campaign.CellProblem
	if kind != "" {
		wantProblems = []campaign.CellProblem{{
			Row: 2, Column: "Phone", Kind: campaign.Problem(kind), Value: value, Repair: string(want), Proposal: proposal,
		}}
	}
	if diff := cmp.Diff(wantProblems, problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	status, why := campaign.Ready, campaign.Reason{}
	if want == "" {
		status = campaign.Skipped
		why = campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.Problem(kind), Text: value}
	}
	if got.Status != status || got.Why != why {
		t.Errorf("status %s %+v, want %s %+v", got.Status, got.Why, status, why)
	}
	if got.Cells[0] != cell.Text {
		t.Errorf("the cell shows %q, want %q", got.Cells[0], cell.Text)
	}
}
