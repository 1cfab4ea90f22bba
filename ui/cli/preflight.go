package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
)

// preflight tells what the same command without --check would do. It calls
// nobody, and leaves the data folder as it was.
func (c *runCommand) preflight(ctx context.Context, env *Env, app *view.App, office *view.Office, s campaign.Settings) (err error) {
	camp, made, err := c.checked(ctx, app, office, s)
	if err != nil {
		return err
	}
	if made {
		defer func() { err = errors.Join(err, office.Store.Undo(context.WithoutCancel(ctx), camp.ID)) }()
	}
	if camp.State.Over() {
		return fmt.Errorf("%s: this list was called with this flow before, %s. Nobody is called again; --again starts anew", camp.Name, strings.ToLower(words.Campaign(camp.State)))
	}
	page, err := office.Preflight(ctx, camp, nil)
	if err != nil {
		return err
	}
	if c.JSON {
		enc := json.NewEncoder(env.Out)
		enc.SetEscapeHTML(false)
		err = enc.Encode(page)
	} else {
		err = printPreflight(env.Out, page)
	}
	if err == nil && page.Blocked != "" {
		err = fmt.Errorf("cannot be started: %s", page.Blocked)
	}
	return err
}

// checked is the campaign that the command would call, as it would be set. made
// tells whether it was stored only to be looked at.
func (c *runCommand) checked(ctx context.Context, app *view.App, office *view.Office, s campaign.Settings) (camp campaign.Campaign, made bool, err error) {
	src, err := c.source()
	if err != nil {
		return camp, false, err
	}
	flow, err := flowSource(c.Flow)
	if err != nil {
		return camp, false, err
	}
	if !c.Again {
		old, found, err := office.Called(ctx, src, flow)
		if err != nil || found {
			old.Settings = s
			return old, false, err
		}
	}
	d, err := c.draft(ctx, app, flow, s)
	if err != nil {
		return camp, false, err
	}
	camp, _, err = office.Import(ctx, src, d, nil)
	if err != nil && camp.ID != 0 {
		err = errors.Join(err, office.Store.Undo(context.WithoutCancel(ctx), camp.ID))
	}
	return camp, err == nil, err
}

// draft is a new campaign of the command.
func (c *runCommand) draft(ctx context.Context, app *view.App, flow string, s campaign.Settings) (view.Draft, error) {
	d := view.Draft{Name: c.Name, Flow: flow, Settings: s, DoNotCallFile: filepath.Base(c.Dnc)}
	if d.Name == "" {
		d.Name = view.Title(c.List)
	}
	var err error
	if c.Dnc != "" {
		d.DoNotCall, err = app.ReadDoNotCall(ctx, c.Dnc, s.Region)
	}
	return d, err
}

// printPreflight writes the report for people.
func printPreflight(out io.Writer, page view.PreflightPage) error {
	_, _ = fmt.Fprintf(out, "%s, as of %s\n", page.Campaign, page.At.Local().Format("2 Jan 2006 15:04"))
	tw := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, s := range page.Sections {
		_, _ = fmt.Fprintf(tw, "\n%s\n", s.Title)
		for _, line := range s.Lines {
			count, mark := "", " "
			if line.Count > 0 || s.Title == page.Sections[0].Title {
				count = view.Count(line.Count)
			}
			if line.Warning {
				mark = "!"
			}
			_, _ = fmt.Fprintf(tw, "%s\t  %s %s\n", count, mark, line.Words)
		}
	}
	return tw.Flush()
}
