package view

import (
	"slices"
	"strings"
	"unicode"

	"rollcall/campaign/flow/built"
	"rollcall/campaign/words"
)

// This file is what a message begins with.

// NewMessage is a message of which only what nearly all have in common is there:
// a key for no more calls, and what happens without one.
func NewMessage(columns []string) built.Message {
	return built.Message{
		Kind: built.Keyed, Language: voice(),
		Keys: []built.Key{{Key: "9", Label: words.Say("Do not call again"), Does: built.OptOut,
			Says: words.Say("You will not be called again. Goodbye.")}},
		Otherwise: built.Otherwise{Repeats: 2, Says: words.Say("Goodbye.")},
		Machine:   built.Machine{Does: built.Same},
	}
}

// voice is the first that speaks the language in use, in which the words of a
// new message are.
func voice() string {
	all := built.Languages()
	at := slices.IndexFunc(all, func(v string) bool { return strings.HasPrefix(v, string(words.InUse())+"-") })
	return all[max(0, at)]
}

// Beginning is a message to begin with.
type Beginning struct {
	Title string
	Make  func(columns []string) built.Message
}

// Beginnings returns them.
func Beginnings() []Beginning {
	return []Beginning{
		{words.Say("Appointment reminder"), reminderMessage},
		{words.Say("Notice"), noticeMessage},
	}
}

// reminderMessage reminds of an appointment, with the columns that the list has
// for it.
func reminderMessage(columns []string) built.Message {
	m := NewMessage(columns)
	who := column(columns, words.Say("First name"), words.Say("Patient||heading"), words.Say("Name"), words.Say("Parent||heading"), words.Say("Customer||heading"),
		"firstname", "patient", "name", "parent", "customer")
	day := column(columns, words.Say("Appointment||heading"), words.Say("Date||heading"), words.Say("Day||heading"), "appointment", "date", "day")
	at := column(columns, words.Say("Time||heading"), words.Say("Hour||heading"), "time", "hour")
	m.Greeting = strings.Join([]string{
		words.Say("Hello %s. You have an appointment on %s at %s.", built.Mark(who), built.Mark(day), built.Mark(at)),
		words.Say("To confirm it, press 1. To ask for another time, press 2. If you do not want to be called again, press 9."),
	}, "\n")
	m.Keys = append([]built.Key{
		{Key: "1", Label: words.Say("Will come"), Says: words.Say("Thank you. We look forward to seeing you. Goodbye.")},
		{Key: "2", Label: words.Say("Wants another day"), Says: words.Say("Thank you. We will call you to find another time. Goodbye.")},
	}, m.Keys...)
	m.Machine = built.Machine{Does: built.Other,
		Says: words.Say("Hello %s. You have an appointment on %s at %s. Please call us if you cannot come. Goodbye.", built.Mark(who), built.Mark(day), built.Mark(at))}
	return m
}

// noticeMessage says something that people can hear again.
func noticeMessage(columns []string) built.Message {
	m := NewMessage(columns)
	who := column(columns, words.Say("First name"), words.Say("Parent||heading"), words.Say("Patient||heading"), words.Say("Name"), words.Say("Customer||heading"),
		"firstname", "parent", "patient", "name", "customer")
	m.Greeting = words.Say("Hello %s. We have a message for you: write it here. To hear this again, press 1. If you do not want to be called again, press 9.", built.Mark(who))
	m.Keys = append([]built.Key{{Key: "1", Label: words.Say("Hear it again"), Does: built.Repeat}}, m.Keys...)
	m.Machine = built.Machine{Does: built.Other, Says: words.Say("Hello %s. We have a message for you: write it here. Goodbye.", built.Mark(who))}
	return m
}

// column is the column of a list that is headed like the first of names that it
// has, else the first name: it is marked, and chosen by hand. The names are
// those in the language in use and then the English ones, as folded gives them.
func column(columns []string, names ...string) string {
	for _, name := range names {
		for _, c := range columns {
			if folded(c) == folded(name) && built.Markable(c) {
				return c
			}
		}
	}
	return names[0]
}

// folded is a heading without what people write differently: "First_Name" is
// headed like "First name".
func folded(heading string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, heading)
}

// Insertable are the columns that can be put into a text.
func Insertable(columns []string) []string {
	var list []string
	for _, c := range columns {
		if built.Markable(c) && !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list
}

// Proposed are the columns that may stand for one that the list lacks, the most
// likely first.
func Proposed(f built.Finding, columns []string) []string {
	list := Insertable(columns)
	if at := slices.Index(list, f.Proposal); at > 0 {
		list = append([]string{f.Proposal}, slices.Delete(list, at, at+1)...)
	}
	return list
}
