package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"rollcall/ui/view"
)

type checkCommand struct {
	dataFlag
	Flow string `arg:"" placeholder:"FLOW" help:"File or URL of the VoiceXML flow."`
	JSON bool   `help:"Write one JSON object: findings, columns, valid."`
}

// errInvalid ends a check that found something: it was told already.
var errInvalid = errors.New("the flow cannot be used as it is")

// Run tells whether a call flow and all that belongs to it are valid, and where
// they are not. Warnings do not count.
func (c *checkCommand) Run(ctx context.Context, env *Env) error {
	app, err := env.Open(c.Data)
	if err != nil {
		return err
	}
	source, err := flowSource(c.Flow)
	if err != nil {
		return err
	}
	f, err := app.OpenFlow(ctx, source)
	if err != nil {
		return err
	}
	checked, err := view.Checked(ctx, f)
	if err != nil {
		return err
	}
	if c.JSON {
		enc := json.NewEncoder(env.Out)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(checked); err != nil {
			return err
		}
	} else {
		c.tell(env, checked)
	}
	if !checked.Valid {
		return fmt.Errorf("%s: %w", c.Flow, errInvalid)
	}
	return nil
}

func (c *checkCommand) tell(env *Env, checked view.CheckResult) {
	for _, found := range checked.Findings {
		_, _ = fmt.Fprintln(env.Out, found)
	}
	for _, column := range checked.Columns {
		_, _ = fmt.Fprintf(env.Out, "The list needs a column %q.\n", column)
	}
	verdict := "is valid"
	if !checked.Valid {
		verdict = "cannot be used as it is"
	}
	if len(checked.Findings) > 0 {
		verdict += ": " + checked.Summary()
	}
	_, _ = fmt.Fprintf(env.Out, "%s %s.\n", c.Flow, verdict)
}
