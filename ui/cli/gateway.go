package cli

import (
	"context"
	"errors"
	"fmt"

	"rollcall/ui/view"
)

type gatewayCommand struct {
	dataFlag
	Listen        string `placeholder:"HOST:PORT" help:"Where to take requests; ${listen} if neither this nor the settings file says."`
	Line          string `enum:"practice,sip" default:"practice" help:"What carries the calls: ${enum}."`
	PracticeSpeed int    `default:"1" placeholder:"N" help:"Divide every duration of the practice line by this."`
	Lines         int    `placeholder:"N" help:"Calls at the same time; 4 if neither this nor the settings file says."`
	Config        string `type:"existingfile" placeholder:"FILE" help:"Settings file: who may ask, limits, retries, folder of documents and more."`
}

// Run serves until it is interrupted; calls in progress end first.
func (c *gatewayCommand) Run(ctx context.Context, env *Env) (err error) {
	if err := positive(max(c.Lines, 1), c.PracticeSpeed); err != nil {
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
	c.greet(env, g)
	return g.Run(ctx)
}

// greet says where the gateway is and how to look at it.
func (c *gatewayCommand) greet(env *Env, g view.EmbeddedGateway) {
	what := "no phone rings: this is the practice line"
	if c.Line != "practice" {
		what = "phones ring"
	}
	_, _ = fmt.Fprintf(env.Out, "Gateway at %s, %d lines; %s. Ctrl-C ends it.\n", g.URL(), g.Lines(), what)
	code := g.PageCode()
	if code == "" {
		code = "the token of the settings file"
	}
	_, _ = fmt.Fprintf(env.Out, "Its page is %s/ in a browser; the access code that shows numbers there is %s\n", g.URL(), code)
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
