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
	JSON bool   `help:"Write one JSON object."`
}

// errInvalid ends a check that found something: it was told already.
var errInvalid = errors.New("the flow cannot be used as it is")

// Run tells whether a call flow is valid, and where it is not.
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
	checked := view.Checked(f)
	if c.JSON {
		if err := json.NewEncoder(env.Out).Encode(checked); err != nil {
			return err
		}
	} else {
		for _, p := range checked.Problems {
			_, _ = fmt.Fprintln(env.Out, p.Text)
		}
		for _, column := range checked.Columns {
			_, _ = fmt.Fprintf(env.Out, "The list needs a column %q.\n", column)
		}
	}
	if len(checked.Problems) > 0 {
		return fmt.Errorf("%s: %w", c.Flow, errInvalid)
	}
	if !c.JSON {
		_, _ = fmt.Fprintf(env.Out, "%s is valid.\n", c.Flow)
	}
	return nil
}
