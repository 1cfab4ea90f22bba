package view

import (
	"context"
	"errors"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
)

// This file is what an office has set for all campaigns.

// OfficeSettings is with what new campaigns begin, which gateways there are,
// and how long things are kept.
type OfficeSettings = campaign.OfficeSettings

// OfficeGateway is a gateway elsewhere, by the name the office gave it.
type OfficeGateway = campaign.OfficeGateway

// OfficeStore keeps what an office has set.
type OfficeStore interface {
	OfficeSettings(ctx context.Context) (campaign.OfficeSettings, error)
	SaveOfficeSettings(ctx context.Context, s campaign.OfficeSettings) error
	// Expire deletes campaigns that ended before a day and of which no call is
	// known any more, and returns how many these were.
	Expire(ctx context.Context, before time.Time) (int, error)
}

// Settings returns what the office has set, every number at its default where
// it has not.
func (o *Office) Settings(ctx context.Context) (OfficeSettings, error) {
	s, err := o.Store.OfficeSettings(ctx)
	return s.Complete(), err
}

// errKeptTooShort refuses what could not be kept.
var errKeptTooShort = errors.New("results are kept at least as long as the calls they were made of")

// SaveSettings stores what the office has set.
func (o *Office) SaveSettings(ctx context.Context, s OfficeSettings) error {
	if !s.Keep.Consistent() {
		return errKeptTooShort
	}
	return o.Store.SaveOfficeSettings(ctx, s)
}

// NewSettings is with what a new campaign begins.
func (o *Office) NewSettings(ctx context.Context) (campaign.Settings, error) {
	s, err := o.Settings(ctx)
	if s.Region == "" {
		s.Region = o.app.Region
	}
	return s.Draft(), err
}

// Region is the country of numbers without a code: as the office has set, else
// as this computer is. It is empty where neither says.
func (o *Office) Region(ctx context.Context) phone.Region {
	if s, err := o.Settings(ctx); err == nil && s.Region != "" {
		return s.Region
	}
	return o.app.Region
}

// gatewayAt is what the office has set about a gateway elsewhere; nothing for
// the built-in one.
func (o *Office) gatewayAt(ctx context.Context, url string) (OfficeGateway, error) {
	if url == "" {
		return OfficeGateway{}, nil
	}
	s, err := o.Settings(ctx)
	known, _ := s.GatewayAt(url)
	return known, err
}

// Kept is how many things were not kept any longer.
type Kept struct{ Calls, Campaigns int }

// KeepClean deletes what the office wants kept no longer at now.
func (o *Office) KeepClean(ctx context.Context, now time.Time) (Kept, error) {
	var kept Kept
	s, err := o.Settings(ctx)
	if err == nil && s.Keep.Calls > 0 {
		kept.Calls, err = o.Store.Forget(ctx, now.AddDate(0, 0, -s.Keep.Calls))
	}
	if err == nil && s.Keep.Results > 0 && s.Keep.Consistent() {
		kept.Campaigns, err = o.Store.Expire(ctx, now.AddDate(0, 0, -s.Keep.Results))
	}
	return kept, err
}

// keepRecords is how long the built-in gateway keeps its records; zero, where
// that is not known: as it does by itself.
func (o *Office) keepRecords(ctx context.Context) time.Duration {
	s, err := o.Settings(ctx)
	if err != nil {
		o.app.Log.WarnContext(ctx, "how long records are kept is not known", "error", err)
		return 0
	}
	return time.Duration(s.Keep.Records) * 24 * time.Hour
}
