package view

import (
	"context"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/flow"
	"rollcall/campaign/flow/built"
	"rollcall/campaign/words"
)

// MessagePage is what people hear: a message that is built on the page, or a
// flow that somebody wrote.
type MessagePage struct {
	Source  string // as a Draft's Flow; empty: nothing chosen yet
	Result  CheckResult
	Missing []string // columns the flow uses and the list lacks
	Err     error    // the flow could not be read
	// Built is what is put together on the page, also while something else is
	// played: see Way.
	Built built.Message
	Found []built.Finding // in Built, where that is what is played
	File  bool            // a flow that somebody wrote is played
}

// Way is how a message comes about.
type Way string

// The ways; those that are built are kinds of [built.Message].
const (
	WayKeyed    = Way(built.Keyed)
	WayText     = Way(built.Text)
	WayRecorded = Way(built.Recorded)
	WayFile     = Way("file")
)

// Ways returns all of them, in the order of the page.
func Ways() []Way { return []Way{WayKeyed, WayText, WayRecorded, WayFile} }

// Words is what the way is called.
func (w Way) Words() string {
	switch w {
	case WayText:
		return words.Say("Text to read out")
	case WayRecorded:
		return words.Say("Recording")
	case WayFile:
		return words.Say("VoiceXML file")
	default:
		return words.Say("Built here")
	}
}

// Way is how this message comes about.
func (p MessagePage) Way() Way {
	switch {
	case p.File:
		return WayFile
	case p.Built.Kind == "":
		return WayKeyed
	default:
		return Way(p.Built.Kind)
	}
}

// SampleFlowChoice is a flow that comes with the program.
type SampleFlowChoice struct {
	Source, Title, About string
}

// SampleFlows returns the flows that come with the program.
func (a *App) SampleFlows() []SampleFlowChoice {
	names, err := fs.Glob(a.Samples, "*.vxml")
	if err != nil {
		return nil
	}
	slices.Sort(names)
	choices := make([]SampleFlowChoice, 0, len(names))
	for _, name := range names {
		c := SampleFlowChoice{Source: "sample:" + name, Title: Title(name)}
		switch name {
		case "reminder.vxml":
			c.Title, c.About = words.Say("Appointment reminder"), words.Say("Confirm with 1, another day with 2, no more calls with 9.")
		case "notice.vxml":
			c.Title, c.About = words.Say("Notice"), words.Say("Says something and ends; can be heard again.")
		case "survey.vxml":
			c.Title, c.About = words.Say("Survey"), words.Say("Asks questions that are answered with keys.")
		}
		choices = append(choices, c)
	}
	return choices
}

// Message reads a flow and checks it against the columns of a list; what was
// built is brought to the page.
func (o *Office) Message(ctx context.Context, source string, columns []string) MessagePage {
	p := MessagePage{Source: source, File: true, Built: NewMessage(columns)}
	if id, is := built.FromSource(source); is {
		m, err := o.builtMessage(ctx, id)
		if p.File, p.Err = false, err; err != nil {
			return p
		}
		p.Built, p.Found = m, m.Check(columns)
	}
	f, err := o.OpenFlow(ctx, source)
	if err != nil {
		p.Err = err
		return p
	}
	p.Result, p.Err = Checked(ctx, f)
	p.Missing = flow.Report{Columns: p.Result.Columns}.Missing(columns)
	return p
}

// KeepMessage stores what is put together for a draft, which plays it from now
// on, and checks it.
func (o *Office) KeepMessage(ctx context.Context, c campaign.Campaign, m built.Message) MessagePage {
	p := MessagePage{Built: m, Source: c.Flow.Source, Found: m.Check(c.List.Columns)}
	text, err := m.Encode()
	id := built.IDOf(text)
	if err == nil {
		err = o.Store.KeepMessage(ctx, c.ID, id, text, time.Now())
	}
	if err != nil {
		p.Err = err
		return p
	}
	return o.Message(ctx, built.Source(id), c.List.Columns)
}

// ChooseMessage has a draft play a flow that somebody wrote, and checks it.
// What was built before stays on the page.
func (o *Office) ChooseMessage(ctx context.Context, c campaign.Campaign, source string, m built.Message) MessagePage {
	p := o.Message(ctx, source, c.List.Columns)
	p.Built, p.Found = m, nil
	stored, err := o.Store.Campaign(ctx, c.ID)
	if err == nil {
		stored.Flow.Source = source
		err = o.Store.Configure(ctx, stored)
	}
	if err != nil && p.Err == nil {
		p.Err = err
	}
	return p
}

// Ready tells whether the message can be played to everybody on the list.
func (p MessagePage) Ready() bool {
	return p.Source != "" && p.Err == nil && p.Result.Valid && len(p.Missing) == 0 && len(p.Mistakes()) == 0
}

// unplayable says why the message of a campaign cannot be played to everybody,
// empty if it can.
func (o *Office) unplayable(ctx context.Context, c campaign.Campaign) string {
	return blockedWords(o.Message(ctx, c.Flow.Source, c.List.Columns))
}

// blockedWords says what must be mended first as one text, empty for nothing.
func blockedWords(p MessagePage) string {
	what, how := p.Blocked()
	if what == "" {
		return ""
	}
	return strings.TrimSuffix(what, ".") + ". " + how
}

// Mistakes are the findings in what was built for which nobody can be called.
func (p MessagePage) Mistakes() []built.Finding { return p.found(false) }

// Doubts are the other ones.
func (p MessagePage) Doubts() []built.Finding { return p.found(true) }

func (p MessagePage) found(doubt bool) []built.Finding {
	var list []built.Finding
	for _, f := range p.Found {
		if f.Doubt == doubt {
			list = append(list, f)
		}
	}
	return list
}

// Blocked says what must be mended first, and what to do; empty if nothing.
func (p MessagePage) Blocked() (what, how string) {
	switch found := p.Mistakes(); {
	case p.Source == "" && p.File:
		return words.Say("No message is chosen yet"), words.Say("Choose one of the samples, or a VoiceXML file.")
	case p.Source == "":
		return words.Say("Nothing is said yet"), words.Say("Write a greeting, or begin with one of ours.")
	case p.Err != nil:
		return words.Say("The message could not be read: %s", p.Err.Error()), words.Say("Nobody can be called with it. Choose another file, or mend this one and choose it again.")
	case len(found) > 0:
		return FindingWords(found[0], p.Built)
	case !p.Result.Valid:
		return words.Many(len(p.Result.Mistakes()), "The message has %s mistake", "The message has %s mistakes"),
			words.Say("Nobody can be called with it. Mend what is named below, then choose the file again.")
	case len(p.Missing) > 0:
		return words.Many(len(p.Missing), "The message uses %[2]s, but no column has that name", "The message uses %[2]s, but no column has these names", quoted(p.Missing)),
			words.Say("Everyone would hear a gap there. Choose another message, or add the column to the list and open it again.")
	default:
		return "", ""
	}
}

// ToMend is how many things must be mended before anybody is called.
func (p MessagePage) ToMend() int {
	switch {
	case p.Ready():
		return 0
	case len(p.Mistakes()) > 0:
		return len(p.Mistakes())
	case len(p.Missing) > 0:
		return len(p.Missing)
	default:
		return max(1, len(p.Result.Mistakes()))
	}
}

// ToMendWords says it at the foot of the page; empty if nothing is to be mended.
func (p MessagePage) ToMendWords() string {
	if p.ToMend() == 0 {
		return ""
	}
	return words.Many(p.ToMend(), "%s thing to mend before Start", "%s things to mend before Start")
}

func quoted(names []string) string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = "‘" + n + "’"
	}
	return strings.Join(all, ", ")
}

// FlowTitle names a flow by its source.
func (a *App) FlowTitle(source string) string {
	for _, c := range a.SampleFlows() {
		if c.Source == source {
			return c.Title
		}
	}
	if _, is := built.FromSource(source); is {
		return words.Say("Message built here")
	}
	if strings.Contains(source, "://") {
		return source
	}
	return filepath.Base(source)
}
