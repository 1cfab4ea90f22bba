package built_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign/flow/built"
)

func TestCheck(t *testing.T) {
	type finding = built.Finding
	tests := map[string]struct {
		change func(*built.Message)
		want   []finding
	}{
		"good":      {func(*built.Message) {}, nil},
		"no number": {func(m *built.Message) { m.Keys[1].Number = "" }, []finding{{Problem: built.BadNumber, Field: built.InNumber, Key: 1, Name: "2"}}},
		"a number without its country": {func(m *built.Message) { m.Keys[1].Number = "5550100" },
			[]finding{{Problem: built.BadNumber, Field: built.InNumber, Key: 1, Name: "2"}}},
		"unknown column, told once": {func(m *built.Message) { m.Greeting += " ${Docter} ${docter}" },
			[]finding{{Problem: built.UnknownColumn, Field: built.InGreeting, Name: "Docter", Proposal: "Doctor"}}},
		"nothing like it": {func(m *built.Message) { m.Keys[0].Says = "${Postcode}" },
			[]finding{{Problem: built.UnknownColumn, Field: built.InSays, Name: "Postcode"}}},
		"what every row has":  {func(m *built.Message) { m.Machine.Says = "${name} ${NUMBER} ${AnsweredBy}" }, nil},
		"a mark without end":  {func(m *built.Message) { m.Machine.Says = "Hello ${First" }, []finding{{Problem: built.BrokenMark, Field: built.InMachine}}},
		"a mark without name": {func(m *built.Message) { m.Machine.Says = "Hello ${ }" }, []finding{{Problem: built.BrokenMark, Field: built.InMachine}}},
		"half a mark":         {func(m *built.Message) { m.Machine.Says = "Hello ‹First" }, []finding{{Problem: built.BrokenMark, Field: built.InMachine, Doubt: true}}},
		"empty":               {func(m *built.Message) { m.Keys[0].Says = " \n" }, []finding{{Problem: built.Empty, Field: built.InSays, Name: "1"}}},
		"too long": {func(m *built.Message) { m.Otherwise.Says = strings.Repeat("a", built.MaxText+1) },
			[]finding{{Problem: built.TooLong, Field: built.InOtherwise}}},
		"no meaning": {func(m *built.Message) { m.Keys[2].Label = "" }, []finding{{Problem: built.NoLabel, Field: built.InLabel, Key: 2, Name: "3"}}},
		"two keys": {func(m *built.Message) { m.Keys[2].Key = "1" }, []finding{{Problem: built.TwiceKey, Field: built.InKey, Key: 2, Name: "1", Proposal: "3"},
			{Problem: built.NamesNoKey, Field: built.InGreeting, Name: "3", Doubt: true}}},
		"no key at all": {func(m *built.Message) { m.Keys[2].Key = "#" }, []finding{{Problem: built.BadKey, Field: built.InKey, Key: 2, Name: "#", Proposal: "3"},
			{Problem: built.NamesNoKey, Field: built.InGreeting, Name: "3", Doubt: true}}},
		"no way to opt out": {func(m *built.Message) { m.Keys[3].Does = built.End },
			[]finding{{Problem: built.NoOptOut, Field: built.InKeys, Proposal: "4", Doubt: true}}},
		"the greeting names no such key": {func(m *built.Message) { m.Greeting += " Or press the star." },
			[]finding{{Problem: built.NamesNoKey, Field: built.InGreeting, Name: "*", Doubt: true}}},
		"a key the greeting does not name": {func(m *built.Message) { m.Keys[2].Key = "5" },
			[]finding{{Problem: built.NotNamed, Field: built.InKey, Key: 2, Name: "5", Doubt: true},
				{Problem: built.NamesNoKey, Field: built.InGreeting, Name: "3", Doubt: true}}},
		"text has no keys": {func(m *built.Message) { m.Kind, m.Keys[1].Number = built.Text, "" },
			[]finding{{Problem: built.NoOptOut, Field: built.InKeys, Proposal: "4", Doubt: true}}},
		"no recording": {func(m *built.Message) { m.Kind, m.Greeting = built.Recorded, "" }, []finding{{Problem: built.NoRecording, Field: built.InRecording}}},
		"nothing yet": {func(m *built.Message) {
			*m = built.Message{Kind: built.Keyed, Machine: built.Machine{Does: built.Other}}
		}, []finding{
			{Problem: built.Empty, Field: built.InGreeting}, {Problem: built.NoKeys, Field: built.InKeys, Doubt: true},
			{Problem: built.Empty, Field: built.InMachine}, {Problem: built.NoOptOut, Field: built.InKeys, Proposal: "9", Doubt: true}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m := reminder()
			tt.change(&m)
			if diff := cmp.Diff(tt.want, m.Check([]string{"First name", "Doctor"})); diff != "" {
				t.Errorf("found (-want +got):\n%s", diff)
			}
		})
	}
}

func TestKeysAreFoundInSeveralLanguages(t *testing.T) {
	for text, named := range map[string]string{
		"To confirm, press 1.":              "1",
		"Press the number two, please.":     "2",
		"Drücken Sie die Drei.":             "3",
		"Drücken Sie die drei Mal":          "3",
		"Für Ja drücken Sie die Taste „4“.": "4",
		"Pulse el 5 si quiere.":             "5",
		"Appuyez sur la touche six":         "6",
		"Naciśnij klawisz siedem":           "7",
		"Press ${Key} or call 8":            "",
		"Push *":                            "*",
		"Press 1 to confirm, 2 to change, 3 to hear this again or 9 to hear no more.": "1239",
		"Press 1, 2 or 3.":                                                                    "123",
		"Press 1 to confirm, or 9.":                                                           "19",
		"Press one for yes and two for no":                                                    "12",
		"Press 1 to confirm\n2 to change":                                                     "12",
		"Press 1 to confirm. We call 2 to remind you, 3 to ask.":                              "1",
		"Press 1 to confirm, 2 to 3 days before.":                                             "1",
		"Press 1 to confirm, two to three days before.":                                       "1",
		"Press 1 to confirm 3/4, 3:30 for the doctor, on the 5 for a check":                   "1",
		"Press 1 to come on May 3, 2026, or at 8 or 9":                                        "1",
		"Press 1 to come between 8 and 9 for a talk":                                          "1",
		"Press 1 to come, 2 people to a room":                                                 "1",
		"Press 1 or call 6, 1, 7, 5, 5, 5 for the office":                                     "1",
		"Press 1 or call 617 555 0 1 for the office, 617-5 to hear":                           "1",
		"Drücken Sie die 1, um zuzusagen, die 2, um zu ändern, oder die 3 für weitere Fragen": "123",
		"Drücken Sie die 1, um am 3. Mai, 2 bis 3 Tage":                                       "1",
		"Drücken Sie 1 für ja, um 3 für Sie da":                                               "1",
		"Pulse el 1 para confirmar, el 2 para cambiar o el 9 si no":                           "129",
		"Appuyez sur 1 pour confirmer, le 2 pour changer et 3 si non":                         "123",
		"Naciśnij 1, aby potwierdzić, 2, aby zmienić, lub 9, jeśli nie":                       "129",
		"The press of 1987":                                                                   "",
	} {
		m := built.Message{Kind: built.Keyed, Greeting: text, Keys: []built.Key{{Key: "0", Label: "No calls", Says: "Goodbye.", Does: built.OptOut}}}
		got := ""
		for _, f := range m.Check([]string{"Key"}) {
			if f.Problem == built.NamesNoKey {
				got += f.Name
			}
		}
		if got != named {
			t.Errorf("%q names %q, want %q", text, got, named)
		}
	}
}

func TestClosest(t *testing.T) {
	columns := []string{"First name", "Last name", "Appointment date", "Dr", "a}b"}
	for name, want := range map[string]string{
		"Firstname": "First name", "LAST  NAME": "Last name", "date": "Appointment date", "Doctor": "", "a}c": "", "Zip": "", "": "",
	} {
		if got := built.Closest(name, columns); got != want {
			t.Errorf("closest to %q is %q, want %q", name, got, want)
		}
	}
}
