package view

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"rollcall/campaign"
	"rollcall/campaign/flow"
	"rollcall/campaign/words"
	"rollcall/gateway"
	"rollcall/gateway/vxml"
)

// CheckResult is what "rollcall check --json" writes.
type CheckResult struct {
	Source   string        `json:"source"`
	Valid    bool          `json:"valid"`   // there are no errors
	Columns  []string      `json:"columns"` // that the list must have
	Findings []FlowFinding `json:"findings"`
}

// FlowFinding is one thing wrong with a flow, or with a file that it refers to,
// and where.
type FlowFinding struct {
	File     string        `json:"file"`
	Line     int           `json:"line"`
	Column   int           `json:"column"`
	Severity vxml.Severity `json:"severity"`
	Message  string        `json:"message"` // what is wrong, and what was expected
}

// String is one line of "rollcall check": "file:line:column: error: message".
func (f FlowFinding) String() string {
	return fmt.Sprintf("%s:%d:%d: %s: %s", f.File, f.Line, f.Column, f.Severity, f.Message)
}

// Words says where it is, and what: "Line 3, column 7: …". main is the flow's
// own file, which is not named.
func (f FlowFinding) Words(main string) string {
	text := f.Message
	if f.Line > 0 {
		text = words.Say("Line %d, column %d: %s", f.Line, f.Column, text)
	}
	if f.File != "" && !strings.HasSuffix(main, f.File) {
		text = f.File + ": " + text
	}
	return text
}

// Mistakes are the findings for which nobody can be called with the flow.
func (r CheckResult) Mistakes() []FlowFinding { return r.of(vxml.SeverityError) }

// Doubts are the other findings.
func (r CheckResult) Doubts() []FlowFinding { return r.of(vxml.SeverityWarning) }

func (r CheckResult) of(severity vxml.Severity) []FlowFinding {
	var found []FlowFinding
	for _, f := range r.Findings {
		if f.Severity == severity {
			found = append(found, f)
		}
	}
	return found
}

// Checked checks a flow and lists what is wrong with it. What could not be
// looked at at all is an error.
func Checked(ctx context.Context, f *flow.Flow) (CheckResult, error) {
	r := CheckResult{Source: f.Source, Columns: []string{}, Findings: []FlowFinding{}, Valid: true}
	report, err := f.Check(ctx)
	if err != nil {
		return r, err
	}
	r.Columns = append(r.Columns, report.Columns...)
	for _, found := range report.Findings {
		r.Findings = append(r.Findings, FlowFinding{
			File: found.URL, Line: found.Line, Column: found.Column, Severity: found.Severity, Message: found.Message,
		})
		r.Valid = r.Valid && found.Severity != vxml.SeverityError
	}
	return r, nil
}

// Summary counts what was found: "2 errors, 1 warning".
func (r CheckResult) Summary() string {
	return words.Many(len(r.Mistakes()), "%s error", "%s errors") + ", " + words.Many(len(r.Doubts()), "%s warning", "%s warnings")
}

// CheckFlow tells whether a flow can be played to people of a list with those
// columns: it is valid, and every ${Column} is there.
func (a *App) CheckFlow(ctx context.Context, source string, columns []string) error {
	f, err := a.OpenFlow(ctx, source)
	if err != nil {
		return err
	}
	return playable(ctx, f, columns)
}

func playable(ctx context.Context, f *flow.Flow, columns []string) error {
	report, err := f.Check(ctx)
	if err != nil {
		return err
	}
	if err := vxml.Errors(report.Findings); err != nil {
		return err
	}
	if missing := report.Missing(columns); len(missing) > 0 {
		return errors.New(words.Say("%s uses ${%s}, and the list has no such column; its columns are %s",
			f.Source, strings.Join(missing, "}, ${"), strings.Join(columns, ", ")))
	}
	return nil
}

// Try runs a flow against t with a person's data; without columns the flow's
// own names stand for themselves. Nothing is dialled.
func (a *App) Try(ctx context.Context, t *Try, source string, columns []string, person campaign.Contact) error {
	f, err := a.OpenFlow(ctx, source)
	if err != nil {
		return err
	}
	if columns == nil {
		report, err := f.Check(ctx)
		if err != nil {
			return err
		}
		columns, person = report.Columns, madeUp(report.Columns)
	}
	return a.tryFlow(ctx, t, f, columns, person)
}

// madeUp is somebody for whom the columns' names stand in their cells.
func madeUp(columns []string) campaign.Contact {
	return campaign.Contact{Row: 1, Name: words.Say("Sam Sample"), Number: "+12125550100", Cells: slices.Clone(columns)}
}

// tryFlow runs a flow against t; a client of its own is kept.
func (a *App) tryFlow(ctx context.Context, t *Try, f *flow.Flow, columns []string, person campaign.Contact) error {
	server := &flow.Server{Flow: f, Columns: columns, Log: a.Log}
	if err := server.Listen(ctx, "127.0.0.1:0"); err != nil {
		return err
	}
	if t.Client == nil {
		t.Client = &http.Client{Timeout: 30 * time.Second}
	}
	t.Session = gateway.Request{
		Phone: gateway.Phone(person.Number), Attendee: person.Name, Row: person.Row, Attempt: 1,
	}.Session(gateway.ProtocolPractice, gateway.AnsweredByPerson)
	running, cancel := context.WithCancel(ctx)
	defer cancel()
	g, running := errgroup.WithContext(running)
	g.Go(func() error { return server.Run(running) })
	g.Go(func() error {
		defer cancel()
		url, err := server.Publish(person, campaign.Attempt{ID: 1, Name: person.Name, Number: person.Number})
		if err != nil {
			return err
		}
		return t.Run(running, url)
	})
	if err := g.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return ctx.Err()
}

// KnownZone tells whether name is an IANA time zone.
func KnownZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != "" && name != "Local"
}
