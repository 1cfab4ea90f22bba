package campaigntest

import (
	"context"

	"rollcall/campaign"
)

// This file is what a pre-flight asks a Shelf for.

// OpenRows gives the rows that may still be called, n at a time.
func (s *Shelf) OpenRows(_ context.Context, id campaign.ID, n int, each func([]campaign.Contact) error) error {
	var open []campaign.Contact
	for _, row := range s.Rows {
		if row.Campaign == id && (row.Status == campaign.Ready || row.Status == campaign.Waiting) {
			open = append(open, row)
		}
	}
	for len(open) > 0 {
		part := open[:min(n, len(open))]
		if err := each(part); err != nil {
			return err
		}
		open = open[len(part):]
	}
	return nil
}

// Standing counts the other rows by state and why.
func (s *Shelf) Standing(_ context.Context, id campaign.ID) ([]campaign.Standing, error) {
	var all []campaign.Standing
	at := map[campaign.Standing]int{}
	for _, row := range s.Rows {
		if row.Campaign != id || row.Status == campaign.Ready || row.Status == campaign.Waiting {
			continue
		}
		key := campaign.Standing{Status: row.Status, Why: campaign.Reason{Code: row.Why.Code, Problem: row.Why.Problem}}
		i, known := at[key]
		if !known {
			i = len(all)
			at[key], all = i, append(all, key)
		}
		all[i].Rows++
	}
	return all, nil
}

// CallHistory tells of no calls.
func (s *Shelf) CallHistory(context.Context, campaign.Campaign) (campaign.CallHistory, error) {
	return campaign.CallHistory{}, nil
}
