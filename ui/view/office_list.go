package view

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
)

// This file is how lists come into the store.

// Import stores the people of a list as a new draft.
func (o *Office) Import(ctx context.Context, src Source, d Draft, told func(Told) error) (campaign.Campaign, contacts.Import, error) {
	now := time.Now()
	c := campaign.Campaign{
		Name:     d.Name,
		State:    campaign.Draft,
		Flow:     campaign.Flow{Source: d.Flow},
		Settings: d.Settings.Complete(),
		Created:  now,
	}
	if r := src.Options.Region; r != "" {
		c.Settings.Region = r
	}
	c, im, err := o.fill(ctx, c, src, told, o.Store.Import)
	if err != nil {
		return c, im, err
	}
	if len(d.DoNotCall) > 0 {
		if err := o.Store.Block(ctx, c.ID, d.DoNotCall, d.DoNotCallFile, now); err != nil {
			return c, im, fmt.Errorf("store the do-not-call list: %w", err)
		}
	}
	return c, im, nil
}

// OpenDraft goes on with the draft of a list that was opened before and has not
// changed since, or stores the people of a list as a new one.
func (o *Office) OpenDraft(ctx context.Context, src Source, d Draft, told func(Told) error) (campaign.Campaign, contacts.Import, error) {
	table, err := o.app.OpenSheet(ctx, src.Path, src.Reading)
	if err != nil {
		return campaign.Campaign{}, contacts.Import{}, err
	}
	if err := table.Rows.Close(); err != nil {
		return campaign.Campaign{}, contacts.Import{}, err
	}
	c, found, err := o.draftOf(ctx, table, src)
	if err != nil {
		return c, contacts.Import{}, err
	}
	if found {
		im, err := o.Store.ImportOf(ctx, c.ID)
		return c, im, err
	}
	if options, known, err := o.Store.Layout(ctx, contacts.Layout(table)); err == nil && known {
		src.Options = options
	}
	if src.Options.Region == "" {
		src.Options.Region = o.Region(ctx)
	}
	return o.Import(ctx, src, d, told)
}

// draftOf finds the draft of a list that is opened without anything said about
// how it is to be read.
func (o *Office) draftOf(ctx context.Context, table *campaign.Table, src Source) (campaign.Campaign, bool, error) {
	if src.Reading != (campaign.Reading{}) {
		return campaign.Campaign{}, false, nil
	}
	all, err := o.Store.List(ctx)
	for _, c := range all {
		if c.State == campaign.Draft && c.List.Hash == table.Hash && c.List.File == src.Path {
			return c, true, nil
		}
	}
	return campaign.Campaign{}, false, err
}

// Called returns the newest campaign of a list and a flow, and false if there
// is none.
func (o *Office) Called(ctx context.Context, src Source, flow string) (campaign.Campaign, bool, error) {
	table, err := o.app.OpenSheet(ctx, src.Path, src.Reading)
	if err != nil {
		return campaign.Campaign{}, false, err
	}
	c, found, err := o.Store.Find(ctx, table.Hash, flow)
	return c, found, errors.Join(err, table.Rows.Close())
}

// Reread reads the list of a draft again, in another way or from another
// file, and replaces its people. The draft that it returns may have another id.
func (o *Office) Reread(ctx context.Context, c campaign.Campaign, src Source, told func(Told) error) (campaign.Campaign, contacts.Import, error) {
	c.Settings.Region = RegionOr(src.Options.Region)
	if err := o.Store.Configure(ctx, c); err != nil {
		return c, contacts.Import{}, err
	}
	c, im, err := o.fill(ctx, c, src, told, o.Store.Refill)
	if err == nil {
		err = o.Store.RememberLayout(ctx, im.Layout, src.Options)
	}
	return c, im, err
}

// Newer brings a newer file into a campaign, also one that is being called:
// people are found again by their own key, else by number and name. With dry
// nothing is changed, and it is only told what would be.
func (o *Office) Newer(ctx context.Context, id campaign.ID, path string, how campaign.UpdateOptions) (campaign.ListUpdate, error) {
	c, err := o.Store.Campaign(ctx, id)
	if err != nil {
		return campaign.ListUpdate{}, err
	}
	im, err := o.Store.ImportOf(ctx, id)
	if err != nil {
		return campaign.ListUpdate{}, err
	}
	src := Source{Path: path, Options: im.Options}
	src.Options.Rows, src.Options.LeaveOut = nil, nil // were about the rows of the other file
	src.Reading.Delimiter, src.Reading.Encoding = im.Reading.Delimiter, im.Reading.Encoding
	table, err := o.app.OpenSheet(ctx, path, src.Reading)
	if err != nil {
		return campaign.ListUpdate{}, err
	}
	c.List = im.Source(table)
	u, err := o.Store.Update(ctx, c, how, func(s contacts.Sink) (contacts.Import, error) { return understand(table, src, s, nil) })
	return u, errors.Join(err, table.Rows.Close())
}

// Fill gives rows to a sink, and returns how they were read.
type Fill = func(contacts.Sink) (contacts.Import, error)

// fill has store take what a list holds.
func (o *Office) fill(ctx context.Context, c campaign.Campaign, src Source, told func(Told) error,
	store func(context.Context, campaign.Campaign, Fill) (campaign.Campaign, error),
) (campaign.Campaign, contacts.Import, error) {
	var im contacts.Import
	table, err := o.app.OpenSheet(ctx, src.Path, src.Reading)
	if err != nil {
		return c, im, err
	}
	c.List = im.Source(table)
	c, err = store(ctx, c, func(s contacts.Sink) (contacts.Import, error) {
		var err error
		im, err = understand(table, src, s, told)
		return im, err
	})
	return c, im, errors.Join(err, table.Rows.Close())
}

// CheckFlow tells whether a flow can be played to people of a list with those
// columns; see [App.CheckFlow].
func (o *Office) CheckFlow(ctx context.Context, source string, columns []string) error {
	f, err := o.OpenFlow(ctx, source)
	if err != nil {
		return err
	}
	return playable(ctx, f, columns)
}
