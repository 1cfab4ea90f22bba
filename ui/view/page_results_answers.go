package view

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// This file is what people answered, and what can be gone on with.

// AnswerLabel is what a message calls an answer: "Will come", and the key that
// gives it, if one does.
type AnswerLabel struct {
	gateway.Answer
	Label, Key string
}

// AnswerBar is a line of "What they answered".
type AnswerBar struct {
	Answer gateway.Answer // zero: those who gave none
	Key    string         // of the telephone; "–" for none
	Words  string
	Count  int
	Share  string
}

// Question is one question and what was answered.
type Question struct {
	Title string // empty if there is one question only
	Bars  []AnswerBar
}

// maxAnswers is how many different answers to a question are shown.
const maxAnswers = 8

// Questions are the questions that were answered, that with the most answers
// first.
func (p ResultsPage) Questions() []Question {
	var names []string
	for _, a := range p.Answers {
		if !slices.Contains(names, a.Question) && a.Question != optOut {
			names = append(names, a.Question)
		}
	}
	if len(names) == 0 && len(p.Answers)+p.Silent > 0 {
		names = []string{""}
	}
	var all []Question
	for i, name := range names {
		q := Question{}
		if len(names) > 1 {
			q.Title = name
		}
		for _, a := range p.Answers {
			if a.Question == name || i == 0 && a.Question == optOut {
				q.Bars = append(q.Bars, p.bar(a))
			}
		}
		q.Bars = q.Bars[:min(len(q.Bars), maxAnswers)]
		if i == 0 && p.Silent > 0 {
			q.Bars = append(q.Bars, AnswerBar{Key: "–", Words: words.Say("No answer"), Count: p.Silent, Share: Share(p.Silent, p.Reached())})
		}
		all = append(all, q)
	}
	return all
}

func (p ResultsPage) label(a gateway.Answer) AnswerLabel {
	for _, l := range p.Labels {
		if l.Answer == a {
			return l
		}
	}
	return AnswerLabel{}
}

func (p ResultsPage) bar(a AnswerCount) AnswerBar {
	label := p.label(a.Answer())
	b := AnswerBar{Answer: a.Answer(), Count: a.Count, Share: Share(a.Count, p.Reached()), Words: label.Label, Key: label.Key}
	if len(a.Value) == 1 && strings.Contains("0123456789*#", a.Value) {
		b.Key = a.Value
	}
	switch {
	case b.Words != "":
	case a.Question == optOut:
		b.Words = words.Say("No more calls")
	case b.Key != "":
		b.Words = words.Say("Pressed %s", b.Key)
	default:
		b.Words = answerWords(a.Value)
	}
	return b
}

// labels are what the message of a campaign calls its answers, as far as it
// says: the options of its fields. A message that is gone has no labels.
func (o *Office) labels(ctx context.Context, c campaign.Campaign) []AnswerLabel {
	if c.Flow.Source == "" || o.app == nil {
		return nil
	}
	f, err := o.OpenFlow(ctx, c.Flow.Source)
	if err != nil {
		return nil
	}
	return LabelsOf(f.Text())
}

// LabelsOf are the options of the fields of a VoiceXML document: what is said
// for a value, and what the keys of a menu lead to.
func LabelsOf(document string) []AnswerLabel {
	d := xml.NewDecoder(strings.NewReader(document))
	d.Strict = false
	var list []AnswerLabel
	field := ""
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) || err != nil {
			return list
		}
		start, begins := token.(xml.StartElement)
		switch {
		case !begins:
		case start.Name.Local == "field":
			field = attribute(start, "name")
		case start.Name.Local == "option":
			list = append(list, option(d, start, field)...)
		}
	}
}

func option(d *xml.Decoder, start xml.StartElement, field string) []AnswerLabel {
	var text struct {
		Words string `xml:",chardata"`
	}
	if err := d.DecodeElement(&text, &start); err != nil {
		return nil
	}
	label, key := strings.Join(strings.Fields(text.Words), " "), attribute(start, "dtmf")
	if value := attribute(start, "value"); label == "" && value != key {
		label = value // as the messages that are built in the window have it
	}
	var list []AnswerLabel
	for _, value := range []string{attribute(start, "value"), key} {
		if value != "" && label != "" && !slices.ContainsFunc(list, func(l AnswerLabel) bool { return l.Value == value }) {
			list = append(list, AnswerLabel{Answer: gateway.Answer{Name: field, Value: value}, Label: label, Key: key})
		}
	}
	return list
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// GoOn is something to go on with after a campaign.
type GoOn struct {
	Status campaign.Status // whose shape stands for it
	Words  string
	Action string
	Answer *AnswerBar // whose people are to be shown
	Again  bool       // they are to be called again
}

// GoOnFrom is what to go on with, what needs a person first.
func (p ResultsPage) GoOnFrom() []GoOn {
	var list []GoOn
	if n := p.Tally[campaign.Doubt]; n > 0 {
		list = append(list, GoOn{Status: campaign.Doubt, Words: words.Many(n, "%s in doubt", "%s in doubt"), Action: words.Say("Decide…")})
	}
	if n := p.Tally[campaign.Unreached]; n > 0 {
		list = append(list, GoOn{Status: campaign.Unreached, Words: words.Many(n, "%s not reached", "%s not reached"), Action: words.Say("Call again…"), Again: true})
	}
	if n := p.Tally[campaign.Failed]; n > 0 {
		list = append(list, GoOn{Status: campaign.Failed, Words: words.Many(n, "%s failed", "%s failed"), Action: words.Say("Show||people")})
	}
	for _, q := range p.Questions() {
		for i := range q.Bars {
			b := &q.Bars[i]
			if b.Answer.Name == optOut || i > 0 && b.Answer != (gateway.Answer{}) && p.label(b.Answer).Label != "" && b.Count > 0 {
				text := words.Many(b.Count, "%s said ‘%s’", "%s said ‘%s’", b.Words)
				list = append(list, GoOn{Status: campaign.Reached, Words: text, Action: words.Say("Show||people"), Answer: b})
			}
		}
	}
	return list[:min(len(list), maxGoOn)]
}

// maxGoOn is how many of these have room.
const maxGoOn = 5

// AnsweredLine is a person who answered, in words.
type AnsweredLine struct{ Row, Name, Number, Reached, Answers string }

// AnsweredRow puts a row into words.
func AnsweredRow(c campaign.Contact, now time.Time) AnsweredLine {
	line := AnsweredLine{Row: Count(c.Row), Name: c.Name, Number: NumberOf(c), Answers: answers(c.Answers)}
	if !c.Reached.IsZero() {
		line.Reached = words.When(c.Reached, now)
	}
	return line
}
