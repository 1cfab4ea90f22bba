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
	"rollcall/gateway"
	"rollcall/gateway/vxml"
)

// CheckResult is what "rollcall check --json" writes.
type CheckResult struct {
	Source   string        `json:"source"`
	Valid    bool          `json:"valid"`
	Columns  []string      `json:"columns"` // that the list must have
	Problems []FlowProblem `json:"problems"`
}

// FlowProblem is one thing wrong with a flow, and where.
type FlowProblem struct {
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Text   string `json:"text"` // file:line:column: what is wrong
}

// Words says where a mistake is, and what: "Line 3, column 7: …".
func (p FlowProblem) Words() string {
	if p.Line == 0 {
		return p.Text
	}
	text := p.Text
	if _, what, found := strings.Cut(text, fmt.Sprintf(":%d:%d: ", p.Line, p.Column)); found {
		text = what
	}
	return fmt.Sprintf("Line %d, column %d: %s", p.Line, p.Column, text)
}

// Checked parses a flow and lists what is wrong with it.
func Checked(f *flow.Flow) CheckResult {
	r := CheckResult{Source: f.Source, Columns: f.Columns(), Problems: []FlowProblem{}}
	for _, err := range flatten(f.Check()) {
		p := FlowProblem{Text: err.Error()}
		var at *vxml.SyntaxError
		if errors.As(err, &at) {
			p.Line, p.Column = at.Line, at.Column
		}
		r.Problems = append(r.Problems, p)
	}
	r.Valid = len(r.Problems) == 0
	return r
}

// flatten takes a joined error apart.
func flatten(err error) []error {
	if err == nil {
		return nil
	}
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		return joined.Unwrap()
	}
	return []error{err}
}

// CheckFlow tells whether a flow can be played to people of a list with those
// columns: it is valid, and every ${Column} is there.
func (a *App) CheckFlow(ctx context.Context, source string, columns []string) error {
	f, err := a.OpenFlow(ctx, source)
	if err != nil {
		return err
	}
	if err := f.Check(); err != nil {
		return err
	}
	if missing := f.Missing(columns); len(missing) > 0 {
		return fmt.Errorf("%s uses ${%s}, and the list has no such column; its columns are %s",
			f.Source, strings.Join(missing, "}, ${"), strings.Join(columns, ", "))
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
		columns = f.Columns()
		person = campaign.Contact{Row: 1, Name: "Sam Sample", Number: "+12125550100", Cells: slices.Clone(columns)}
	}
	server := &flow.Server{Flow: f, Columns: columns, Log: a.Log}
	if err := server.Listen(ctx, "127.0.0.1:0"); err != nil {
		return err
	}
	t.Client = &http.Client{Timeout: 30 * time.Second}
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
