package view

import (
	"context"
	"time"

	"rollcall/campaign"
)

// This file reads what a running campaign is shown by, beside its rows.

// Ends says when everybody on a campaign's list will have been called, by how
// its calls have gone so far. It decides about every row, which takes a while
// with many.
func (o *Office) Ends(ctx context.Context, c campaign.Campaign, now time.Time) (campaign.Forecast, error) {
	c.Settings = c.Settings.Complete()
	decided, err := o.decideAll(ctx, c, now, nil)
	if err != nil {
		return campaign.Forecast{}, err
	}
	history, err := o.Store.CallHistory(ctx, c)
	if err != nil {
		return campaign.Forecast{}, err
	}
	return decided.Forecast(history.Pace(campaign.Pace{Lines: c.Settings.Lines, Rate: c.Settings.Rate})), nil
}

// LiveTimes is how calls went of late, and why people wait.
type LiveTimes struct {
	Calls campaign.CallTimes // the last LiveMinutes minutes
	Waits []campaign.PreflightGroup
}

// LiveTimes reads it, without the reasons if they are not wanted.
func (o *Office) LiveTimes(ctx context.Context, id campaign.ID, waits bool, now time.Time) (LiveTimes, error) {
	var t LiveTimes
	var err error
	if t.Calls, err = o.Store.CallTimes(ctx, id, MinutesFrom(now), time.Minute, LiveMinutes); err != nil || !waits {
		return t, err
	}
	t.Waits, err = o.Store.Waits(ctx, id)
	return t, err
}
