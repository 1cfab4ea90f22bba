package cli

import (
	"context"
	"errors"
	"fmt"

	"rollcall/ui/view"
)

type gatewayCommand struct {
	dataFlag
	Listen        string `default:"127.0.0.1:8155" placeholder:"HOST:PORT" help:"Where to take requests."`
	Line          string `enum:"practice,sip" default:"practice" help:"What carries the calls: ${enum}."`
	PracticeSpeed int    `default:"1" placeholder:"N" help:"Divide every duration of the practice line by this."`
	Lines         int    `default:"4" placeholder:"N" help:"Calls at the same time."`
	Config        string `type:"existingfile" placeholder:"FILE" help:"Settings that have no flag: folder of documents, names of the gateway."`
}

// Run serves until it is interrupted; calls in progress end first.
func (c *gatewayCommand) Run(ctx context.Context, env *Env) (err error) {
	if err := positive(c.Lines, c.PracticeSpeed); err != nil {
		return err
	}
	app, err := env.Open(c.Data)
	if err != nil {
		return err
	}
	release, err := app.Hold("gateway")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	g, err := app.OpenGateway(ctx, view.GatewayConfig{
		Listen: c.Listen, Line: c.Line, Lines: c.Lines, Speed: c.PracticeSpeed, Config: c.Config,
	})
	if err != nil {
		return err
	}
	what := "no phone rings: this is the practice line"
	if c.Line != "practice" {
		what = "phones ring"
	}
	_, _ = fmt.Fprintf(env.Out, "Gateway at %s, %d lines; %s. Ctrl-C ends it.\n", g.URL(), c.Lines, what)
	return g.Run(ctx)
}

// positive refuses counts that are none.
func positive(counts ...int) error {
	for _, n := range counts {
		if n < 1 || n > 10_000 {
			return &usageError{message: fmt.Sprintf("%d: lines and speeds go from 1 to 10000", n)}
		}
	}
	return nil
}
