package view

import (
	"fmt"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"rollcall/campaign"
	"rollcall/campaign/flow/built"
	"rollcall/campaign/words"
)

// This file is what the parts of a built message are called, and what is wrong
// with them.

// ActionWords says what a key does.
func ActionWords(a built.Action) string {
	switch a {
	case built.Repeat:
		return words.Say("Say it, then begin again")
	case built.Connect:
		return words.Say("Connect to a person")
	case built.OptOut:
		return words.Say("Add to do-not-call list")
	default:
		return words.Say("Say it, then end")
	}
}

// MachineWords says what a machine hears.
func MachineWords(a built.MachineAction) string {
	switch a {
	case built.Other:
		return words.Say("Leave this message")
	case built.HangUp:
		return words.Say("Hang up without a word")
	default:
		return words.Say("Say the same")
	}
}

// MachineSays says it with the words themselves.
func MachineSays(m built.Message) string {
	switch m.Machine.Does {
	case built.Other:
		if text := ShownLine(m.Machine.Says); text != "" {
			return text
		}
		return words.Say("No words yet")
	case built.HangUp:
		return words.Say("The call ends, and counts as a machine.")
	case built.Same:
		if !m.HasKeys() {
			return words.Say("The machine hears the text.")
		}
		fallthrough
	default:
		return words.Say("The machine hears the greeting, keys and all.")
	}
}

// RepeatWords says what happens without a key.
func RepeatWords(n int) string {
	switch n {
	case 0:
		return words.Say("End at once")
	case 1:
		return words.Say("Once more, then end")
	case 2:
		return words.Say("Twice more, then end")
	default:
		return words.Many(n, "%s time more, then end", "%s times more, then end")
	}
}

// OtherwiseSays says it with the last words.
func OtherwiseSays(o built.Otherwise) string {
	last := ShownLine(o.Says)
	switch {
	case o.Repeats == 0 && last == "":
		return words.Say("The call ends")
	case o.Repeats == 0:
		return words.Say("Says: %s", last)
	case last == "":
		return words.Say("Repeats the greeting")
	default:
		return words.Say("Repeats the greeting. At the end: %s", last)
	}
}

// KeySays is what a key says and does, on one line.
func KeySays(k built.Key) string {
	text := ShownLine(k.Says)
	if k.Does != built.Connect {
		if text == "" {
			return words.Say("Says nothing")
		}
		return words.Say("Says: %s", text)
	}
	to := words.Say("nobody yet")
	if k.Number != "" {
		to = dialled("tel:" + string(k.Number))
	}
	if text == "" {
		return words.Say("Connects to %s", to)
	}
	return words.Say("Says: %s Then connects to %s", text, to)
}

// LanguageWords names the language of a voice.
func LanguageWords(tag string) string {
	switch tag {
	case "en-US":
		return words.Say("English (US)")
	case "en-GB":
		return words.Say("English (UK)")
	case "de-DE":
		return words.Say("German")
	case "es-ES":
		return words.Say("Spanish")
	case "es-US":
		return words.Say("Spanish (US)")
	case "fr-FR":
		return words.Say("French")
	case "fr-CA":
		return words.Say("French (Canada)")
	case "pl-PL":
		return words.Say("Polish")
	default:
		return tag
	}
}

// LengthWords says about how long the greeting takes: "about 14 s".
func LengthWords(m built.Message) string {
	length := built.Length(m.Greeting)
	if m.Kind == built.Recorded && m.Recording.ID != "" {
		length = m.Recording.Length
	}
	if length == 0 {
		return ""
	}
	seconds := int(math.Ceil(length.Seconds()))
	if seconds < 60 {
		return words.Say("about %s s", words.Number(seconds))
	}
	return words.Say("about %s min %s s", words.Number(seconds/60), words.Number(seconds%60))
}

// The marks of columns as they are shown: nobody types ${Column}.
const (
	markBegin = "‹"
	markEnd   = "›"
)

// Shown is a text with its columns as people see them: ‹First name›.
func Shown(text string) string {
	var b strings.Builder
	for _, p := range built.Parts(text) {
		if p.Column != "" {
			b.WriteString(markBegin + p.Column + markEnd)
			continue
		}
		b.WriteString(p.Words)
	}
	return b.String()
}

// Stored is the text that is shown so.
func Stored(shown string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(shown, markBegin)
		name, rest, ended := strings.Cut(after, markEnd)
		b.WriteString(before)
		switch {
		case !found:
			return b.String()
		case ended && built.Markable(name) && !strings.Contains(name, markBegin):
			b.WriteString(built.Mark(strings.TrimSpace(name)))
			shown = rest
		default: // no mark: as it was typed
			b.WriteString(markBegin)
			shown = after
		}
	}
}

// MarkAt is a mark in a text that is shown, from rune to rune.
type MarkAt struct {
	From, To int
	Known    bool // the list has the column
}

// MarksIn finds the marks in a text as it is stored, where they are shown.
func MarksIn(text string, columns []string) []MarkAt {
	var marks []MarkAt
	at := 0
	for _, p := range built.Parts(text) {
		if p.Column == "" {
			at += utf8.RuneCountInString(p.Words)
			continue
		}
		to := at + utf8.RuneCountInString(ShownMark(p.Column))
		marks = append(marks, MarkAt{at, to, built.Fills(columns, p.Column)})
		at = to
	}
	return marks
}

// ShownLine is Shown on one line.
func ShownLine(text string) string { return oneLine(Shown(text)) }

// ShownMark is a column as it is put into a text that is shown.
func ShownMark(column string) string { return markBegin + column + markEnd }

// FindingWords says what is wrong with a part of a message, and what to do.
func FindingWords(f built.Finding, m built.Message) (what, how string) {
	switch f.Problem {
	case built.UnknownColumn:
		return words.Say("No column ‘%s’", f.Name), words.Say("Everyone would hear a gap there. Choose a column of the list.")
	case built.BrokenMark:
		return words.Say("Half a mark stands here that belongs to no column"), words.Say("It would be read out. Take it out, or insert a column.")
	case built.TooLong:
		return words.Say("This text is too long to listen to"), words.Say("Say it shorter.")
	case built.NoRecording:
		return words.Say("No recording is chosen yet"), words.Say("Choose a WAV file.")
	case built.Empty:
		return emptyWords(f)
	case built.NamesNoKey:
		return words.Say("The greeting speaks of key %s, which does nothing", f.Name), words.Say("Add the key, or take it out of the greeting.")
	case built.NotNamed:
		return words.Say("The greeting does not speak of key %s", f.Name), words.Say("Nobody will know of it. Say what it is for.")
	default:
		return keyWords(f, m)
	}
}

func emptyWords(f built.Finding) (what, how string) {
	switch f.Field {
	case built.InMachine:
		return words.Say("Nothing is said to machines yet"), words.Say("Write what they are to hear, or hang up without a word.")
	case built.InSays:
		return words.Say("Key %s says nothing", f.Name), words.Say("Write what people hear when they press it.")
	default:
		return words.Say("Nothing is said yet"), words.Say("Write a greeting, or begin with one of ours.")
	}
}

func keyWords(f built.Finding, m built.Message) (what, how string) {
	switch f.Problem {
	case built.NoKeys:
		return words.Say("No key does anything yet"), words.Say("The call ends after the greeting.")
	case built.BadKey, built.TwiceKey:
		return words.Say("Key %s is there twice", f.Name), words.Say("Only the first of them works. Give this one another key.")
	case built.NoLabel:
		return words.Say("Key %s has no name", f.Name), words.Say("Its name is the answer in your results.")
	case built.BadNumber:
		if f.Key < len(m.Keys) && m.Keys[f.Key].Number != "" {
			return words.Say("%s cannot be called", string(m.Keys[f.Key].Number)), words.Say("Give the whole number, with area code.")
		}
		return words.Say("Key %s connects to nobody yet", f.Name), words.Say("Give the number of whoever answers.")
	default:
		return words.Say("Nobody can ask not to be called again"), words.Say("Give people a key for it, and tell them in the greeting.")
	}
}

// OptOutWords says why people must be able to opt out, where a law asks for it.
func OptOutWords(law campaign.LawKey) string {
	if law == campaign.LawUS || law == campaign.LawUSStates {
		return words.Say("The rules of the United States ask for a key that does this.")
	}
	return words.Say("Give people a key for it, and tell them in the greeting.")
}

// AtWords is a moment of a call: "0:24".
func AtWords(d time.Duration) string {
	seconds := int(d.Seconds())
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}
