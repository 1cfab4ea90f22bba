package cli

import (
	"context"
	"fmt"
	"slices"
	"text/tabwriter"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
)

// doubtsCommand is about calls of which nobody knows what became.
type doubtsCommand struct {
	dataFlag
	Campaign  string `placeholder:"NAME" help:"Only those of this campaign."`
	Called    []int  `placeholder:"ROW" help:"These rows were called: they are done. Needs --campaign."`
	NotCalled []int  `placeholder:"ROW" help:"These were not: they are called when their campaign goes on. Needs --campaign."`
}

// Run shows the rows in doubt, or decides about some of them.
func (c *doubtsCommand) Run(ctx context.Context, env *Env) error {
	if len(c.Called)+len(c.NotCalled) > 0 && c.Campaign == "" {
		return &usageError{message: "--campaign NAME is missing: the rows of which list?"}
	}
	return withOffice(ctx, env, c.dataFlag, func(o *view.Office) error {
		if err := c.decide(ctx, env, o); err != nil {
			return err
		}
		return c.show(ctx, env, o)
	})
}

// inDoubt are the rows in doubt of a campaign.
func inDoubt(ctx context.Context, o *view.Office, id campaign.ID) ([]campaign.Contact, error) {
	ids, err := o.Store.Order(ctx, id, campaign.Filter{Statuses: []campaign.Status{campaign.Doubt}})
	if err != nil {
		return nil, err
	}
	var all []campaign.Contact
	for part := range slices.Chunk(ids, 200) {
		rows, err := o.Store.Contacts(ctx, part)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, nil
}

// campaigns are those that are meant, the newest first.
func (c *doubtsCommand) campaigns(ctx context.Context, o *view.Office) ([]campaign.Campaign, error) {
	all, err := o.Store.List(ctx)
	if err != nil || c.Campaign == "" {
		return all, err
	}
	for _, one := range all {
		if one.Name == c.Campaign {
			return []campaign.Campaign{one}, nil
		}
	}
	return nil, fmt.Errorf("no campaign is called %q", c.Campaign)
}

// decide settles the rows that were given. All of them are looked up first, so
// that a wrong one changes nothing.
func (c *doubtsCommand) decide(ctx context.Context, env *Env, o *view.Office) error {
	if len(c.Called)+len(c.NotCalled) == 0 {
		return nil
	}
	campaigns, err := c.campaigns(ctx, o)
	if err != nil {
		return err
	}
	doubts, err := inDoubt(ctx, o, campaigns[0].ID)
	if err != nil {
		return err
	}
	called, wrong := idsOf(doubts, c.Called)
	notCalled, wrong2 := idsOf(doubts, c.NotCalled)
	if wrong = append(wrong, wrong2...); len(wrong) > 0 {
		return fmt.Errorf("row %d of %s is not in doubt; nothing was changed", wrong[0], campaigns[0].Name)
	}
	for _, row := range c.Called {
		if slices.Contains(c.NotCalled, row) {
			return &usageError{message: fmt.Sprintf("row %d cannot be both called and not called; nothing was changed", row)}
		}
	}
	one, err := o.Store.Rule(ctx, called, campaign.RuledCalled, time.Now())
	if err != nil {
		return err
	}
	other, err := o.Store.Rule(ctx, notCalled, campaign.RuledNotCalled, time.Now())
	_, _ = fmt.Fprintf(env.Out, "%s: decided about %d rows.\n", campaigns[0].Name, one+other)
	return err
}

// idsOf finds rows among those in doubt; wrong are those that are not.
func idsOf(doubts []campaign.Contact, rows []int) (ids []campaign.ContactID, wrong []int) {
	for _, row := range rows {
		i := slices.IndexFunc(doubts, func(p campaign.Contact) bool { return p.Row == row })
		if i < 0 {
			wrong = append(wrong, row)
			continue
		}
		ids = append(ids, doubts[i].ID)
	}
	return ids, wrong
}

// show lists what is in doubt.
func (c *doubtsCommand) show(ctx context.Context, env *Env, o *view.Office) error {
	campaigns, err := c.campaigns(ctx, o)
	if err != nil {
		return err
	}
	tw := tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', 0)
	found := 0
	for _, one := range campaigns {
		rows, err := inDoubt(ctx, o, one.ID)
		if err != nil {
			return err
		}
		for _, p := range rows {
			found++
			_, _ = fmt.Fprintf(tw, "%s\trow %d\t%s\t%s\t%s\n", plainLine(one.Name), p.Row, plainLine(p.Name), p.Number.International(), words.Sentence(p.Why, time.Now()))
		}
	}
	if found == 0 {
		_, err = fmt.Fprintln(env.Out, "Nothing is in doubt.")
		return err
	}
	return tw.Flush()
}
