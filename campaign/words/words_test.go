package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// constants returns the values of all constants of a type in the source of a
// package, so that a new one without words is noticed.
func constants(t *testing.T, folder, typeName string) []string {
	t.Helper()
	files, err := filepath.Glob(folder + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if value, ok := constant(n, typeName); ok {
				values = append(values, value)
			}
			return true
		})
	}
	if len(values) < 5 {
		t.Fatalf("only %d constants of %s in %s", len(values), typeName, folder)
	}
	return values
}

// constant returns the value of a declaration "Name typeName = "value"".
func constant(n ast.Node, typeName string) (string, bool) {
	spec, ok := n.(*ast.ValueSpec)
	if !ok || len(spec.Values) != 1 {
		return "", false
	}
	name, ok := spec.Type.(*ast.Ident)
	if !ok || name.Name != typeName {
		return "", false
	}
	literal, ok := spec.Values[0].(*ast.BasicLit)
	if !ok {
		return "", false
	}
	value, err := strconv.Unquote(literal.Value)
	return value, err == nil
}

func TestEverythingHasWords(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		folder, name string
		say          func(string) string
	}{
		{"..", "Status", func(v string) string { return words.Status(campaign.Status(v)) }},
		{"..", "State", func(v string) string { return words.Campaign(campaign.State(v)) }},
		{"..", "Problem", func(v string) string { return words.Problem(campaign.Problem(v)) }},
		{"..", "Code", func(v string) string {
			return words.Sentence(campaign.Reason{Code: campaign.Code(v), Outcome: "busy", Problem: "date", Row: 3}, now)
		}},
		{"../../gateway", "Outcome", func(v string) string { return words.Outcome(gateway.Outcome(v)) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, value := range constants(t, test.folder, test.name) {
				said := test.say(value)
				if said == "" || said == value || strings.Contains(said, "_") {
					t.Errorf("%q has no words: %q", value, said)
				}
				if first := said[:1]; first != strings.ToUpper(first) || strings.HasSuffix(said, ".") {
					t.Errorf("%q: %q does not begin like a sentence, or ends like one", value, said)
				}
			}
		})
	}
}

func TestStatusWordsAreTheContract(t *testing.T) {
	want := "Ready Waiting Sending Queued Calling Reached Machine Not_reached Failed In_doubt Skipped Cancelled"
	var got []string
	for _, s := range campaign.Statuses() {
		got = append(got, strings.ReplaceAll(words.Status(s), " ", "_"))
	}
	if strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
}

func chicago(t *testing.T) *time.Location {
	t.Helper()
	place, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	return place
}

func TestSeveral(t *testing.T) {
	for want, why := range map[string]campaign.Reason{
		"Same number as another row":      {Code: campaign.CodeDuplicate},
		"Same person as another row":      {Code: campaign.CodeDuplicate, Problem: campaign.ProblemDuplicate},
		"Also called in another campaign": {Code: campaign.CodeElsewhere},
		"Digits lost in Excel":            {Code: campaign.CodeQuarantine, Problem: campaign.ProblemDigitsLost, Row: 4},
		"On the do-not-call list":         {Code: campaign.CodeDoNotCall},
	} {
		if got := words.Several(why, time.Time{}); got != want {
			t.Errorf("%+v: %q, want %q", why, got, want)
		}
	}
}

func TestSentence(t *testing.T) {
	here := chicago(t)
	now := time.Date(2026, 11, 24, 9, 30, 0, 0, here)
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, here) }
	for _, test := range []struct {
		why  campaign.Reason
		want string
	}{
		{campaign.Reason{}, ""},
		{campaign.Reason{Code: campaign.CodeRetry, Outcome: "busy", Until: at(24, 10, 49), Try: 2, Of: 3},
			"Busy, next try 10:49 (2nd of 3)"},
		{campaign.Reason{Code: campaign.CodeRetry, Outcome: "no_answer", Until: at(25, 10, 0), Try: 3, Of: 3, Zone: "America/Denver"},
			"No answer, next try Wed 25 Nov 10:00 (3rd of 3), 9:00 in Denver"},
		{campaign.Reason{Code: campaign.CodeHours, Until: at(24, 10, 0), Zone: "America/Denver"},
			"Too early at their place, waiting until 10:00, 9:00 in Denver"},
		{campaign.Reason{Code: campaign.CodeHours, Until: at(25, 11, 0), Zone: "America/Los_Angeles"},
			"Too late at their place for today, waiting until Wed 25 Nov 11:00, 9:00 in Los Angeles"},
		{campaign.Reason{Code: campaign.CodeHours, Until: at(24, 10, 0), Zone: "America/Winnipeg"},
			"Too early at their place, waiting until 10:00"},
		{campaign.Reason{Code: campaign.CodeHours, Zone: "America/Denver"}, "The calling hours are never open at their place"},
		{campaign.Reason{Code: campaign.CodeDoNotCall}, "On the do-not-call list"},
		{campaign.Reason{Code: campaign.CodeDuplicate, Row: 12}, "Same number as row 12"},
		{campaign.Reason{Code: campaign.CodeElsewhere, Row: 12, Text: "Flu clinic"}, "Also called in “Flu clinic”, row 12 there"},
		{campaign.Reason{Code: campaign.CodeDuplicate, Row: 12, Problem: campaign.ProblemDuplicate}, "Same person as row 12"},
		{campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemDigitsLost, Text: "4.41E+11"},
			"Digits lost in Excel: 4.41E+11"},
		{campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemNoNumber}, "No number"},
		{campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemDuplicate, Row: 7}, "In the list more than once, choose one: see row 7"},
		{campaign.Reason{Code: campaign.CodeNoTries, Outcome: "busy", Try: 3}, "Busy, 3 tries"},
		{campaign.Reason{Code: campaign.CodeNoTries, Outcome: "busy", Try: 1}, "Busy, 1 try"},
		{campaign.Reason{Code: campaign.CodeNoTries}, "No tries left"},
		{campaign.Reason{Code: campaign.CodeOutcome, Outcome: "bad_number"}, "Not in service"},
		{campaign.Reason{Code: campaign.CodeOutcome, Text: "Fax tone"}, "Fax tone"},
		{campaign.Reason{Code: campaign.CodeStopped, Outcome: "busy"}, "Busy, then the campaign was stopped"},
		{campaign.Reason{Code: campaign.CodeNoLine, Until: at(24, 9, 35)}, "No line became free three times, waiting until 9:35"},
		{campaign.Reason{Code: campaign.CodeWaiting, Until: at(25, 9, 0)}, "Nobody who is left may be called now, waiting until Wed 25 Nov 9:00"},
		{campaign.Reason{Code: campaign.CodeRefused, Text: "no such line"}, "The gateway refused the call: no such line"},
		{campaign.Reason{Code: campaign.CodeRefused, Text: "no such line", Until: at(24, 9, 35)},
			"The gateway refused the call: no such line, waiting until 9:35"},
		{campaign.Reason{Code: campaign.CodeNoLine, Until: at(24, 11, 0), Zone: "America/Los_Angeles"},
			"No line became free three times, waiting until 11:00, 9:00 in Los Angeles"},
		{campaign.Reason{Code: "new_code"}, "new_code"},
	} {
		if got := words.Sentence(test.why, now); got != test.want {
			t.Errorf("%+v\ngot  %s\nwant %s", test.why, got, test.want)
		}
	}
}

func TestNext(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 30, 0, 0, chicago(t))
	for _, test := range []struct {
		row  campaign.Contact
		want string
	}{
		{campaign.Contact{Status: campaign.Ready}, "Next free line"},
		{campaign.Contact{Status: campaign.Calling}, "–"},
		{campaign.Contact{Status: campaign.Queued, DoNotCall: true}, "–"},
		{campaign.Contact{Status: campaign.Waiting, NextAt: now.Add(79 * time.Minute)}, "Today 10:49"},
		{campaign.Contact{Status: campaign.Waiting, NextAt: now.Add(24 * time.Hour)}, "Wed 25 Nov 9:30"},
		{campaign.Contact{Status: campaign.Waiting, NextAt: now.AddDate(1, 0, 0)}, "Wed 24 Nov 2027 9:30"},
		{campaign.Contact{Status: campaign.Waiting}, "–"},
		{campaign.Contact{Status: campaign.Reached}, "–"},
		{campaign.Contact{Status: campaign.Reached, DoNotCall: true}, "Never"},
		{campaign.Contact{Status: campaign.Unreached}, "No more tries"},
		{campaign.Contact{Status: campaign.Failed}, "No more tries"},
		{campaign.Contact{Status: campaign.Skipped}, "Never"},
		{campaign.Contact{Status: campaign.Cancelled}, "Never"},
		{campaign.Contact{Status: campaign.Doubt}, "You decide"},
	} {
		if got := words.Next(test.row, now); got != test.want {
			t.Errorf("%s until %v: %q, want %q", test.row.Status, test.row.NextAt, got, test.want)
		}
	}
}

func TestOrdinals(t *testing.T) {
	for try, want := range map[int]string{1: "1st", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 112: "112th"} {
		why := campaign.Reason{Code: campaign.CodeRetry, Outcome: "busy", Try: try}
		if got := words.Sentence(why, time.Time{}); !strings.Contains(got, "("+want+" try)") {
			t.Errorf("try %d: %s, want %s", try, got, want)
		}
	}
}
