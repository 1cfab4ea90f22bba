package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"rollcall/campaign"
	"rollcall/ui/view"
)

type tryCommand struct {
	listFlags
	dataFlag
	Flow string `arg:"" placeholder:"FLOW" help:"File or URL of the VoiceXML flow."`
	Row  int    `placeholder:"N" help:"Row of the list whose data is filled in, as the spreadsheet numbers it."`
	JSON bool   `help:"Write one JSON object a line."`
}

// Run lets the user be the person called. Nothing is dialled.
func (c *tryCommand) Run(ctx context.Context, env *Env) error {
	app, err := env.Open(c.Data)
	if err != nil {
		return err
	}
	source, err := flowSource(c.Flow)
	if err != nil {
		return err
	}
	person, columns, err := c.person(ctx, app)
	if err != nil {
		return err
	}
	return app.Try(ctx, c.caller(env), source, columns, person)
}

// caller is who is called: a person at a terminal, or lines of a script.
func (c *tryCommand) caller(env *Env) *view.Try {
	if !c.JSON {
		if k := terminal(env.In, env.Out); k != nil {
			return &view.Try{Event: k.show, Reply: k.Reply, More: k.More}
		}
	}
	lines := linesOf(env.In)
	return &view.Try{Event: c.printer(env.Out), Reply: func(ctx context.Context) (string, error) {
		if !c.JSON {
			_, _ = fmt.Fprint(env.Out, "> ")
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case line, more := <-lines:
			if !more {
				return "", io.EOF
			}
			return typed(line, c.JSON), nil
		}
	}}
}

// linesOf reads in until it ends, or cannot be read. Like [strokes] it ends
// with the process.
func linesOf(in io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for scan := bufio.NewScanner(in); scan.Scan(); {
			lines <- scan.Text()
		}
	}()
	return lines
}

// typed lets people type keys and words as they are.
func typed(line string, strict bool) string {
	line = strings.TrimSpace(line)
	verb, _, _ := strings.Cut(line, " ")
	switch verb {
	case "key", "say", "silence", "nomatch", "hangup", "answered", "busy", "networkbusy", "noanswer", "":
		return line
	}
	if strict {
		return line
	}
	if strings.Trim(line, "0123456789*# ") == "" {
		return "key " + line
	}
	return "say " + line
}

// person is the row to fill in, made up where no list is given.
func (c *tryCommand) person(ctx context.Context, app *view.App) (campaign.Contact, []string, error) {
	if c.List == "" {
		if c.Row != 0 {
			return campaign.Contact{}, nil, &usageError{message: "--row N needs --list FILE"}
		}
		return campaign.Contact{}, nil, nil
	}
	src, err := c.source()
	if err != nil {
		return campaign.Contact{}, nil, err
	}
	row := view.KeepRow{Row: c.Row}
	_, list, err := app.Read(ctx, src, &row, nil)
	if err == nil && !row.Found {
		err = fmt.Errorf("%s has no row %d", c.List, c.Row)
	}
	return row.Contact, list.Columns, err
}

// printer shows events, for people or for programs.
func (c *tryCommand) printer(w io.Writer) func(view.TryEvent) {
	if c.JSON {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return func(e view.TryEvent) { _ = enc.Encode(e) }
	}
	return func(e view.TryEvent) { _, _ = fmt.Fprintln(w, e.Words()) }
}
