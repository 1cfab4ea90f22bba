package cli

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
	"rollcall/ui/view"
)

// dncCommand is about who must not be called, in any campaign.
type dncCommand struct {
	Import dncImport `cmd:"" help:"Take in a list of numbers: one a line, ranges, a national registry's file, or a spreadsheet."`
	Add    dncAdd    `cmd:"" help:"Add numbers."`
	Lists  dncLists  `cmd:"" help:"Show the lists, how old they are and until when they count."`
	Why    dncWhy    `cmd:"" help:"Say whether a number must not be called, and why."`
	Remove dncRemove `cmd:"" help:"Take a number, or a list by its id, off again."`
}

// whyFlags say why, and for how long.
type whyFlags struct {
	Reason string `placeholder:"TEXT" help:"Why they are not to be called."`
	Until  string `placeholder:"YYYY-MM-DD" help:"Last day on which that holds; for ever if not given."`
}

// expires is the end of the last day, by this computer's clock.
func (f *whyFlags) expires() (time.Time, error) {
	if f.Until == "" {
		return time.Time{}, nil
	}
	day, err := time.ParseInLocation(time.DateOnly, f.Until, time.Local)
	if err != nil {
		return day, &usageError{message: "--until " + f.Until + ": no day; write it as 2027-04-01"}
	}
	return day.AddDate(0, 0, 1), nil
}

// regionFlag is the country of numbers without a country code.
type regionFlag struct {
	Region string `default:"US" placeholder:"US" help:"Country of numbers without a country code."`
}

func (f *regionFlag) number(raw string) (phone.Number, error) {
	n, err := phone.Parse(raw, phone.Region(f.Region))
	if err != nil {
		return "", &usageError{message: fmt.Sprintf("%s is no telephone number of %s", raw, f.Region)}
	}
	return n, nil
}

// withOffice runs do with the store of a data folder.
func withOffice(ctx context.Context, env *Env, data dataFlag, do func(*view.Office) error) (err error) {
	app, err := env.Open(data.Data)
	if err != nil {
		return err
	}
	office, err := app.Open(ctx, "dnc")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, office.Close()) }()
	return do(office)
}

type dncImport struct {
	dataFlag
	whyFlags
	regionFlag
	File    string `arg:"" type:"path" help:"The file."`
	Source  string `placeholder:"NAME" help:"Whose list it is; the file's name if not given."`
	Replace bool   `help:"An older list of the same source goes."`
}

// Run takes a file in.
func (c *dncImport) Run(ctx context.Context, env *Env) error {
	until, err := c.expires()
	if err != nil {
		return err
	}
	return withOffice(ctx, env, c.dataFlag, func(o *view.Office) error {
		r, err := o.ImportDoNotCall(ctx, view.BlockSource{
			Path: c.File, Region: phone.Region(c.Region), Source: c.Source, Reason: c.Reason, Expires: until, Replace: c.Replace,
		})
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintln(env.Out, view.BlockWords(r.List, time.Now())+".")
		if r.Refused > 0 {
			_, _ = fmt.Fprintf(env.Out, "%d lines were NOT taken, because they say no number:\n", r.Refused)
		}
		for _, p := range r.Problems {
			_, _ = fmt.Fprintf(env.Out, "line %d: %s: %q\n", p.Row, words.Problem(p.Kind), p.Value)
		}
		if more := r.Refused - len(r.Problems); more > 0 {
			_, _ = fmt.Fprintf(env.Out, "and %d more\n", more)
		}
		return nil
	})
}

type dncAdd struct {
	dataFlag
	whyFlags
	regionFlag
	Numbers []string `arg:"" help:"The numbers."`
}

// Run adds numbers.
func (c *dncAdd) Run(ctx context.Context, env *Env) error {
	until, err := c.expires()
	if err != nil {
		return err
	}
	var entries []campaign.DoNotCallEntry
	for _, raw := range c.Numbers {
		n, err := c.number(raw)
		if err != nil {
			return err
		}
		entries = append(entries, campaign.DoNotCallEntry{Number: n, Way: campaign.ByHand, Reason: c.Reason, Added: time.Now(), Expires: until})
	}
	return withOffice(ctx, env, c.dataFlag, func(o *view.Office) error {
		if err := o.Store.AddDoNotCall(ctx, entries); err != nil {
			return err
		}
		for _, e := range entries {
			_, _ = fmt.Fprintf(env.Out, "%s is not called from now on.\n", e.Number.National())
		}
		return nil
	})
}

type dncLists struct{ dataFlag }

// Run shows the lists.
func (c *dncLists) Run(ctx context.Context, env *Env) error {
	return withOffice(ctx, env, c.dataFlag, func(o *view.Office) error {
		lists, err := o.Store.DoNotCallLists(ctx)
		if err != nil {
			return err
		}
		if len(lists) == 0 {
			_, err = fmt.Fprintln(env.Out, "There are no lists yet; numbers that were added one by one count all the same.")
			return err
		}
		tw := tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', 0)
		for _, l := range lists {
			_, _ = fmt.Fprintf(tw, "%d\t%s\n", l.ID, view.BlockWords(l, time.Now()))
		}
		return tw.Flush()
	})
}

type dncWhy struct {
	dataFlag
	regionFlag
	Number string `arg:"" help:"The number."`
}

// Run says why a number must not be called.
func (c *dncWhy) Run(ctx context.Context, env *Env) error {
	n, err := c.number(c.Number)
	if err != nil {
		return err
	}
	return withOffice(ctx, env, c.dataFlag, func(o *view.Office) error {
		entries, lists, err := o.Store.WhyDoNotCall(ctx, n)
		if err != nil {
			return err
		}
		if len(entries)+len(lists) == 0 {
			_, err = fmt.Fprintf(env.Out, "%s is on no do-not-call list.\n", n.National())
			return err
		}
		for _, e := range entries {
			_, _ = fmt.Fprintf(env.Out, "%s: %s\n", n.National(), view.EntryWords(e, time.Now()))
		}
		for _, l := range lists {
			_, _ = fmt.Fprintf(env.Out, "%s: on the list %s\n", n.National(), view.BlockWords(l, time.Now()))
		}
		return nil
	})
}

type dncRemove struct {
	dataFlag
	regionFlag
	Number string `arg:"" optional:"" help:"The number."`
	List   int64  `placeholder:"ID" help:"The list, by its id in 'dnc lists'."`
}

// Run takes a number or a list off.
func (c *dncRemove) Run(ctx context.Context, env *Env) error {
	if (c.Number == "") == (c.List == 0) {
		return &usageError{message: "give a number, or --list ID"}
	}
	var n phone.Number
	if c.Number != "" {
		var err error
		if n, err = c.number(c.Number); err != nil {
			return err
		}
	}
	return withOffice(ctx, env, c.dataFlag, func(o *view.Office) error {
		if c.List != 0 {
			return o.Store.RemoveDoNotCallList(ctx, campaign.DoNotCallListID(c.List))
		}
		return o.Store.RemoveDoNotCall(ctx, n, 0)
	})
}
