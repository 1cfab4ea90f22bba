package report

import (
	"context"
	"strconv"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// attempts writes the sheet Attempts, the oldest first.
func (b *book) attempts(ctx context.Context) error {
	all, err := b.src.Attempts(ctx, b.campaign.ID, 0)
	if err != nil {
		return err
	}
	var listed []campaign.Attempt
	for _, a := range all {
		if b.tried(a) {
			listed = append(listed, a)
		}
	}
	sheet, err := b.newTable(words.Say("Attempts"), len(listed), []column{
		{words.Say("Row"), 8}, {words.Say("Name||of a person"), 24}, {words.Say("Number"), 16}, {words.Say("Started"), 20}, {words.Say("Ended"), 20},
		{words.Say("Outcome"), 24}, {words.Say("Reason"), 44}, {words.Say("Gateway id"), 16}, {words.Say("Line"), 26},
	})
	if err != nil {
		return err
	}
	for _, a := range listed {
		if err := sheet.add(b.attemptRow(a)); err != nil {
			return err
		}
	}
	return sheet.end()
}

// tried tells whether a phone rang for a, or may have.
func (b *book) tried(a campaign.Attempt) bool {
	switch {
	case a.Open():
		return b.unsure[a.Contact] != ""
	case a.Outcome == gateway.OutcomeUnknown: // a gateway elsewhere said something that we do not know
		return a.Why.Code == campaign.CodeOutcome
	default:
		return a.Outcome.Dialled() || a.Outcome == gateway.OutcomeInterrupted
	}
}

func (b *book) attemptRow(a campaign.Attempt) []any {
	started, id := a.Sent, ""
	if started.IsZero() {
		started = a.Begun
	}
	if a.ReqID != 0 {
		id = strconv.FormatInt(int64(a.ReqID), 10)
	}
	why := words.Sentence(a.Why, b.now)
	if why == "" && !a.Open() {
		why = words.Outcome(a.Outcome)
	}
	return []any{
		a.Row, a.Name, string(a.Number), started, a.Ended,
		words.Status(b.status(a)), why, id, b.line(a.Practice),
	}
}

// status says what came of an attempt in the words for rows.
func (b *book) status(a campaign.Attempt) campaign.Status {
	if a.Open() {
		return b.unsure[a.Contact]
	}
	return campaign.StatusOf(a.Outcome)
}
