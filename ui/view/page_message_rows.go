package view

import (
	"context"
	"errors"
	"sort"
	"strings"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// HeardRows are the rows by which a message may be heard, in the order of the
// file.
type HeardRows struct {
	Order []campaign.ContactID
	At    int              // the one that is chosen
	Row   campaign.Contact // that one; the zero Contact where there is none
}

// firstLooked bounds how many rows are looked at for one that can be called.
const firstLooked = 200

// HeardRows returns the rows of a campaign, of which the first that is called
// is chosen.
func (o *Office) HeardRows(ctx context.Context, id campaign.ID) (HeardRows, error) {
	var h HeardRows
	var err error
	if h.Order, err = o.Store.Order(ctx, id, campaign.Filter{}); err != nil || len(h.Order) == 0 {
		return h, err
	}
	rows, err := o.Store.Contacts(ctx, h.Order[:min(len(h.Order), firstLooked)])
	if err != nil {
		return h, err
	}
	h.Row = rows[0]
	for i, row := range rows {
		if row.Status == campaign.Ready {
			h.At, h.Row = i, row
			break
		}
	}
	return h, nil
}

// Step chooses a row so many further on, or back.
func (o *Office) Step(ctx context.Context, h HeardRows, by int) (HeardRows, error) {
	if len(h.Order) == 0 {
		return h, nil
	}
	at := min(max(h.At+by, 0), len(h.Order)-1)
	rows, err := o.Store.Contacts(ctx, h.Order[at:at+1])
	if err != nil {
		return h, err
	}
	if len(rows) == 1 {
		h.At, h.Row = at, rows[0]
	}
	return h, nil
}

// Numbered chooses the row of that number in the file, or the next one.
func (o *Office) Numbered(ctx context.Context, h HeardRows, number int) (HeardRows, error) {
	var failed error
	at := sort.Search(len(h.Order), func(i int) bool {
		rows, err := o.Store.Contacts(ctx, h.Order[i:i+1])
		if err != nil || len(rows) == 0 {
			failed = errors.Join(failed, err)
			return true
		}
		return rows[0].Row >= number
	})
	if failed != nil {
		return h, failed
	}
	h.At = at
	return o.Step(ctx, h, 0)
}

// First and Last tell whether there is none before, or after, the chosen row.
func (h HeardRows) First() bool { return h.At == 0 }

// Last tells whether there is none after the chosen row.
func (h HeardRows) Last() bool { return h.At >= len(h.Order)-1 }

// Words names the chosen row: "Row 17, Isolde Wrenmoor".
func (h HeardRows) Words() string {
	switch name := strings.TrimSpace(h.Row.Name); {
	case h.Row.Row == 0:
		return words.Say("Made-up values")
	case name == "":
		return words.Say("Row %s", words.Number(h.Row.Row))
	default:
		return words.Say("Row %s, %s", words.Number(h.Row.Row), name)
	}
}
