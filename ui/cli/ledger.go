package cli

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"rollcall/campaign/words"
	"rollcall/ui/view"
)

// ledgerCommand is about single numbers, across all campaigns.
type ledgerCommand struct {
	Show   ledgerShow   `cmd:"" default:"withargs" help:"Show when and by which campaign a number was called, and whether its person agreed."`
	Forget ledgerForget `cmd:"" help:"Delete the calls of campaigns that are over. Limits and reports do not know of them any more."`
}

// ledgerShown is how many calls are shown.
const ledgerShown = 200

type ledgerShow struct {
	dataFlag
	regionFlag
	Number string `arg:"" help:"The number."`
}

// Run shows what is known of a number.
func (c *ledgerShow) Run(ctx context.Context, env *Env) error {
	number, err := c.number(c.Number)
	if err != nil {
		return err
	}
	return withOffice(ctx, env, c.dataFlag, func(o *view.Office) error {
		calls, err := o.Store.CallsTo(ctx, number, ledgerShown)
		if err != nil {
			return err
		}
		consent, known, err := o.Store.ConsentOf(ctx, number)
		if err != nil {
			return err
		}
		now := time.Now()
		if known {
			said := "does not agree to be called"
			if consent.Given {
				said = "agrees to be called"
			}
			_, _ = fmt.Fprintf(env.Out, "The person %s (%s, %s).\n", said, plainLine(consent.Source), words.When(consent.At, now))
		}
		if len(calls) == 0 {
			_, err = fmt.Fprintln(env.Out, "Never called. Practice calls do not count.")
			return err
		}
		tw := tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', 0)
		for _, call := range calls {
			a := call.Attempt
			came := words.Sentence(a.Why, now)
			if a.Open() {
				came = "not known yet"
			}
			_, _ = fmt.Fprintf(tw, "%s\t%s\trow %d\t%s\n", words.When(a.Begun, now), plainLine(call.Campaign), a.Row, came)
		}
		return tw.Flush()
	})
}

type ledgerForget struct {
	dataFlag
	Before string `required:"" placeholder:"YYYY-MM-DD" help:"Calls that ended before this day."`
}

// Run deletes old calls.
func (c *ledgerForget) Run(ctx context.Context, env *Env) error {
	day, err := time.ParseInLocation(time.DateOnly, c.Before, time.Local)
	if err != nil {
		return &usageError{message: "--before " + c.Before + ": no day; write it as 2024-01-01"}
	}
	return withOffice(ctx, env, c.dataFlag, func(o *view.Office) error {
		n, err := o.Store.Forget(ctx, day)
		if err == nil {
			_, err = fmt.Fprintf(env.Out, "%d calls were deleted.\n", n)
		}
		return err
	})
}
