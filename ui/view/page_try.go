package view

import (
	"context"
	"slices"
	"strings"

	"rollcall/campaign/words"
	"rollcall/gateway/vxml"
)

// Listing is the document of a flow, line by line.
type Listing struct {
	Name  string // of the file
	Lines []string
}

// mostListed bounds how many lines are listed.
const mostListed = 20_000

// Listing reads the document of a flow.
func (o *Office) Listing(ctx context.Context, source string) (Listing, error) {
	f, err := o.OpenFlow(ctx, source)
	if err != nil {
		return Listing{}, err
	}
	lines := strings.Split(strings.TrimRight(strings.ReplaceAll(f.Text(), "\r\n", "\n"), "\n"), "\n")
	for i, l := range lines {
		lines[i] = strings.ReplaceAll(l, "\t", "  ")
	}
	return Listing{Name: f.Name(), Lines: lines[:min(len(lines), mostListed)]}, nil
}

// At says where a call is: "line 9 of 61".
func (l Listing) At(t Talk) string {
	switch {
	case t.Line == 0:
		return words.Many(len(l.Lines), "%s line||of a document", "%s lines||of a document")
	case t.Document != l.Name:
		return words.Say("line %s of %s", words.Number(t.Line), t.Document)
	default:
		return words.Say("line %s of %s", words.Number(t.Line), words.Number(len(l.Lines)))
	}
}

// Doing is something that the person called can do now.
type Doing struct {
	Words string
	Reply string // as for [Try]
}

// Doings are all of them: each key that means something, and the others.
func Doings(t Talk) []Doing {
	var list []Doing
	keys := t.Keys()
	for _, k := range strings.Fields("1 2 3 4 5 6 7 8 9 0 * #") {
		if _, means := keys[k]; means && t.State == TalkListens {
			list = append(list, Doing{words.Say("Press %s", k), "key " + k})
		}
	}
	return append(list, OtherDoings(t)...)
}

// OtherDoings are those without a key.
func OtherDoings(t Talk) []Doing {
	silent := Doing{words.Say("Stay silent"), "silence"}
	switch t.State {
	case TalkListens, TalkKeys:
		return []Doing{silent}
	case TalkRecords:
		return []Doing{{words.Say("Say something"), "say " + words.Say("Please call me back")}, silent}
	case TalkConnects:
		return []Doing{{words.Say("Somebody answers"), "answered 20"}, {words.Say("It is busy"), "busy"},
			{words.Say("Nobody answers"), "noanswer"}}
	default:
		return nil
	}
}

// TalkWords says what a call does now.
func TalkWords(t Talk) string {
	switch t.State {
	case TalkListens:
		return words.Say("Listening for a key")
	case TalkKeys:
		return words.Say("Listening for more keys")
	case TalkRecords:
		return words.Say("Recording")
	case TalkConnects:
		return words.Say("Calling somebody else")
	case TalkOver:
		return words.Say("Call ended")
	default:
		return words.Say("Under way")
	}
}

// WaitsWords says what a call waits for, and what happens otherwise.
func WaitsWords(t Talk) string {
	switch t.State {
	case TalkListens:
		seconds := words.Number(int(t.Wait.Seconds()))
		if keys := keyList(t); keys != "" {
			return words.Say("Waiting for %s. In a call, %s s are silence.", keys, seconds)
		}
		return words.Say("Waiting for an answer. In a call, %s s are silence.", seconds)
	case TalkKeys:
		return words.Say("Waiting for the next key, a few seconds.")
	case TalkRecords:
		return words.Say("Waiting for what is said.")
	case TalkConnects:
		return words.Say("Decide what happens at the other telephone.")
	case TalkOver:
		return words.Say("Start again, or choose another row.")
	default:
		return words.Say("No phone rings.")
	}
}

// keyList is the keys that mean something: "1, 2 or 9".
func keyList(t Talk) string {
	known := t.Keys()
	var keys []string
	for _, k := range strings.Fields("1 2 3 4 5 6 7 8 9 0 * #") {
		if _, means := known[k]; means {
			keys = append(keys, k)
		}
	}
	if len(keys) < 2 {
		return strings.Join(keys, "")
	}
	last := len(keys) - 1
	return words.Say("%s or %s", strings.Join(keys[:last], ", "), keys[last])
}

// WhoWords names who is called.
func WhoWords(h Heard) string {
	switch {
	case h.MadeUp():
		return words.Say("Somebody made up")
	case strings.TrimSpace(h.Person.Name) != "":
		return h.Person.Name
	default:
		return words.Say("Row %s", words.Number(h.Person.Row))
	}
}

// mostKnown is how many variables are shown.
const mostKnown = 6

// Known is what a document has noted, in words: what is set comes first.
func Known(t Talk) []vxml.Variable {
	list := slices.Clone(t.Variables)
	slices.SortStableFunc(list, func(a, b vxml.Variable) int {
		switch {
		case a.Set == b.Set:
			return 0
		case a.Set:
			return -1
		default:
			return 1
		}
	})
	list = list[:min(len(list), mostKnown)]
	for i, v := range list {
		if !v.Set {
			list[i].Value = words.Say("not set yet")
		}
		list[i].Value = shortened(list[i].Value)
	}
	return list
}
