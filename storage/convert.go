package storage

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/storage/query"
)

// stamp is how a time is stored: milliseconds since 1970, zero for none.
func stamp(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func unstamp(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// wakes is the stamp of when a row is looked at again: one that waits for
// nothing in particular is due at once.
func wakes(status campaign.Status, t time.Time) int64 {
	if status != campaign.Waiting {
		return 0
	}
	return max(stamp(t), 1)
}

// encodeList writes a list as JSON, an empty one as nothing.
func encodeList[T any](list []T) (string, error) {
	if len(list) == 0 {
		return "", nil
	}
	text, err := json.Marshal(list)
	return string(text), err
}

func encodeReason(r campaign.Reason) (string, error) {
	if r.IsZero() {
		return "", nil
	}
	text, err := json.Marshal(r)
	return string(text), err
}

func encodeHours(h campaign.Hours) (string, error) {
	if h.IsZero() {
		return "", nil
	}
	text, err := json.Marshal(h)
	return string(text), err
}

func decode(text string, into any) error {
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), into)
}

func toCampaign(r query.Campaign) (campaign.Campaign, error) {
	c := campaign.Campaign{
		ID:       campaign.ID(r.ID),
		Name:     r.Name,
		State:    campaign.State(r.State),
		List:     campaign.List{File: r.File, Sheet: r.Sheet, Hash: r.Hash},
		Flow:     campaign.Flow{Source: r.Flow},
		Practice: r.Practice,
		Created:  unstamp(r.Created),
		Started:  unstamp(r.Started),
		Ended:    unstamp(r.Ended),
		Rethink:  r.Rethink,
	}
	err := errors.Join(decode(r.Columns, &c.List.Columns), decode(r.Settings, &c.Settings), decode(r.Why, &c.Why))
	if err != nil {
		return campaign.Campaign{}, fmt.Errorf("campaign %d: %w", r.ID, err)
	}
	return c, nil
}

// contactRow is what every query for rows yields.
type contactRow = struct {
	Contact   query.Contact
	DoNotCall bool
}

func toContact(r contactRow) (campaign.Contact, error) {
	c := campaign.Contact{
		ID:        campaign.ContactID(r.Contact.ID),
		Campaign:  campaign.ID(r.Contact.Campaign),
		Row:       int(r.Contact.Row),
		Name:      r.Contact.Name,
		Number:    phone.Number(r.Contact.Number),
		Status:    campaign.Status(r.Contact.Status),
		NextAt:    unstamp(r.Contact.NextAt),
		Tries:     int(r.Contact.Tries),
		Misses:    int(r.Contact.Misses),
		Reached:   unstamp(r.Contact.Reached),
		DoNotCall: r.DoNotCall,
		External:  r.Contact.External,
		Priority:  int(r.Contact.Priority),
		Consent:   r.Contact.Consent,
		Anew: campaign.Anew{
			Since: campaign.AttemptID(r.Contact.AnewSince), Tries: int(r.Contact.AnewTries), Now: campaign.AttemptID(r.Contact.AnewNow),
		},
	}
	err := errors.Join(decode(r.Contact.Zones, &c.Zones), decode(r.Contact.Cells, &c.Cells), decode(r.Contact.Alternates, &c.Others), decode(r.Contact.Hours, &c.Hours),
		decode(r.Contact.Why, &c.Why), decode(r.Contact.Answers, &c.Answers))
	if err != nil {
		return campaign.Contact{}, fmt.Errorf("row %d: %w", r.Contact.Row, err)
	}
	return c, nil
}

func toAttempt(r query.Attempt) (campaign.Attempt, error) {
	a := campaign.Attempt{
		ID:        campaign.AttemptID(r.ID),
		Campaign:  campaign.ID(r.Campaign),
		Contact:   campaign.ContactID(r.Contact),
		Row:       int(r.Row),
		Name:      r.Name,
		Number:    phone.Number(r.Number),
		Reference: gateway.Reference(r.Reference),
		Gateway:   r.Gateway,
		ReqID:     gateway.ReqID(r.Reqid),
		Practice:  r.Practice,
		Begun:     unstamp(r.Begun),
		Sent:      unstamp(r.Sent),
		Ended:     unstamp(r.Ended),
		Outcome:   gateway.Outcome(r.Outcome),
	}
	if err := errors.Join(decode(r.Why, &a.Why), decode(r.Answers, &a.Answers)); err != nil {
		return campaign.Attempt{}, fmt.Errorf("attempt %d: %w", r.ID, err)
	}
	return a, nil
}

// convert applies one to each of rows.
func convert[R, T any](rows []R, one func(R) (T, error)) ([]T, error) {
	list := make([]T, 0, len(rows))
	for _, r := range rows {
		v, err := one(r)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}
