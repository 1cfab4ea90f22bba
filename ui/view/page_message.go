package view

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"rollcall/campaign/flow"
)

// MessagePage is the choice of what people hear.
type MessagePage struct {
	Source  string // as a Draft's Flow; empty: nothing chosen yet
	Result  CheckResult
	Missing []string // columns the flow uses and the list lacks
	Err     error    // the flow could not be read
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
			c.Title, c.About = "Appointment reminder", "Confirm with 1, another day with 2, no more calls with 9."
		case "notice.vxml":
			c.Title, c.About = "Notice", "Says something and ends; no keys."
		case "survey.vxml":
			c.Title, c.About = "Survey", "Asks questions that are answered with keys."
		}
		choices = append(choices, c)
	}
	return choices
}

// Message reads a flow and checks it against the columns of a list.
func (a *App) Message(ctx context.Context, source string, columns []string) MessagePage {
	p := MessagePage{Source: source}
	f, err := a.OpenFlow(ctx, source)
	if err != nil {
		p.Err = err
		return p
	}
	p.Result, p.Err = Checked(ctx, f)
	p.Missing = flow.Report{Columns: p.Result.Columns}.Missing(columns)
	return p
}

// Ready tells whether the message can be played to everybody on the list.
func (p MessagePage) Ready() bool {
	return p.Source != "" && p.Err == nil && p.Result.Valid && len(p.Missing) == 0
}

// Blocked says what must be mended first, and what to do; empty if nothing.
func (p MessagePage) Blocked() (what, how string) {
	switch {
	case p.Source == "":
		return "No message is chosen yet", "Choose one of the samples, or a VoiceXML file."
	case p.Err != nil:
		return "The message could not be read: " + p.Err.Error(), "Nobody can be called with it. Choose another file, or mend this one and choose it again."
	case !p.Result.Valid:
		what, lines := "The message has a mistake", "line"
		if n := len(p.Result.Mistakes()); n > 1 {
			what, lines = fmt.Sprintf("The message has %d mistakes", n), "lines"
		}
		return what, "Nobody can be called with it. Mend the " + lines + " named below, then choose the file again."
	case len(p.Missing) > 0:
		return "The message uses " + quoted(p.Missing) + ", but no column has that name",
			"Everyone would hear a gap there. Choose another message, or add the column to the list and open it again."
	default:
		return "", ""
	}
}

// Things is how many things are to be mended: "1 thing", "3 things".
func (p MessagePage) Things() string {
	return counted(max(1, len(p.Result.Mistakes())), "thing", "things")
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
	if strings.Contains(source, "://") {
		return source
	}
	return filepath.Base(source)
}
