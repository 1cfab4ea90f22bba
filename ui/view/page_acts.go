package view

import (
	"context"
	"fmt"
	"slices"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
)

// This file is what people do with rows of a campaign, one or many.

// Act is something that is done with rows.
type Act string

// The acts.
const (
	ActAgain     Act = "again"       // rows that are done are called again
	ActNow       Act = "now"         // rows that wait are called without delay
	ActLeaveOut  Act = "leave_out"   // rows that are not done are not called
	ActPutBack   Act = "put_back"    // what was left out is called after all
	ActDoNotCall Act = "do_not_call" // the numbers are never called again
	ActCalled    Act = "called"      // a row in doubt was called
	ActNotCalled Act = "not_called"  // it was not, and is called again
)

// ActsFor are the acts that make sense for a row, the most likely first.
func ActsFor(c campaign.Contact) []Act {
	var acts []Act
	switch {
	case c.Status == campaign.Doubt:
		acts = append(acts, ActCalled, ActNotCalled)
	case c.LeftOut() && !c.DoNotCall:
		acts = append(acts, ActPutBack)
	case c.Status == campaign.Waiting || c.Status == campaign.Ready:
		if !c.DoNotCall {
			acts = append(acts, ActNow)
		}
		acts = append(acts, ActLeaveOut)
	case again(c):
		acts = append(acts, ActAgain)
	}
	if c.Number != "" && !c.DoNotCall {
		acts = append(acts, ActDoNotCall)
	}
	return acts
}

// again tells whether a row is called again if somebody says so.
func again(c campaign.Contact) bool {
	return c.Revivable() && !c.DoNotCall && len(c.Numbers()) > 0
}

// ActsForMany are the acts for several rows of any state: those that do not
// suit one of them pass it over.
func ActsForMany() []Act { return []Act{ActAgain, ActLeaveOut, ActDoNotCall} }

// Words names an act, with an ellipsis where a question follows.
func (a Act) Words(many bool) string {
	switch {
	case a == ActAgain && many:
		return words.Say("Call again…")
	case a == ActAgain:
		return words.Say("Call again")
	case a == ActNow:
		return words.Say("Call now")
	case a == ActLeaveOut && many:
		return words.Say("Leave out…")
	case a == ActLeaveOut:
		return words.Say("Leave out")
	case a == ActPutBack:
		return words.Say("Put back in")
	case a == ActDoNotCall:
		return words.Say("Do not call…")
	case a == ActCalled:
		return words.Say("It was called")
	default:
		return words.Say("It was not: call again")
	}
}

// Verb is the answer to the question before the act that does it.
func (a Act) Verb() string {
	if a == ActDoNotCall {
		return words.Say("Do not call")
	}
	return a.Words(false)
}

// Question is what is asked before an act with n rows; both are empty where
// nothing need be asked.
func (a Act) Question(n int, c campaign.Campaign) (title, text string) {
	switch {
	case a == ActDoNotCall && c.Practice:
		return words.Many(n, "Never call %s person again?", "Never call %s people again?"),
			words.Say("Their numbers are put on the do-not-call list of this campaign. As it is practice, other campaigns are not touched.")
	case a == ActDoNotCall:
		return words.Many(n, "Never call %s person again?", "Never call %s people again?"),
			words.Say("Their numbers are put on the do-not-call list: no campaign calls them. They can be taken off the list again.")
	case a == ActAgain && (n > 1 || c.State.Over()):
		text := words.Say("Their calls so far do not count as tries any more. Calling hours, limits and the do-not-call list hold as before; nobody who is on that list is called.")
		if c.State.Over() {
			text += " " + words.Say("The campaign is over: it stays paused until you press Resume.")
		}
		return words.Many(n, "Call %s person again?", "Call %s people again?"), text
	case a == ActLeaveOut && n > 1:
		return words.Many(n, "Leave out %s person?", "Leave out %s people?"),
			words.Say("They are not called in this campaign. Who was called already, or is on a line now, stays as it is.")
	default:
		return "", ""
	}
}

// Done says what came of an act with n of all rows.
func (a Act) Done(n, all int) string {
	if n == 0 {
		return a.nothing(all)
	}
	switch a {
	case ActAgain:
		return words.Many(n, "%s person is called again", "%s people are called again")
	case ActNow:
		return words.Many(n, "%s person is called next, as soon as that is allowed", "%s people are called next, as soon as that is allowed")
	case ActLeaveOut:
		return words.Many(n, "%s person is left out", "%s people are left out")
	case ActPutBack:
		return words.Many(n, "%s person is back in", "%s people are back in")
	case ActDoNotCall:
		return words.Many(n, "%s number is never called again", "%s numbers are never called again")
	default:
		return words.Many(n, "Decided about %s person", "Decided about %s people")
	}
}

// nothing says why an act has changed nothing.
func (a Act) nothing(all int) string {
	switch a {
	case ActAgain:
		return words.Many(all, "Not called again: not done yet, left out, or on the do-not-call list", "Nobody is called again: they are not done yet, left out, or on the do-not-call list")
	case ActNow:
		return words.Say("Nobody of them waits any more")
	case ActLeaveOut:
		return words.Say("Nobody of them is still to be called")
	case ActPutBack:
		return words.Say("Nobody of them was left out")
	case ActDoNotCall:
		return words.Say("All of these numbers are on the list already")
	default:
		return words.Say("Somebody has decided about them already")
	}
}

// ActResult is what came of an act.
type ActResult struct {
	Rows int                             // that it concerned; of ActDoNotCall, numbers
	Undo func(ctx context.Context) error // nil where it cannot be undone
}

// Meant are those of rows that an act concerns. Only for calling again are the
// rows read: its question tells how many telephones ring.
func (o *Office) Meant(ctx context.Context, a Act, ids []campaign.ContactID) ([]campaign.ContactID, error) {
	if a != ActAgain {
		return ids, nil
	}
	var meant []campaign.ContactID
	for part := range slices.Chunk(ids, blockPage) {
		rows, err := o.Store.Contacts(ctx, part)
		if err != nil {
			return nil, fmt.Errorf("read who is called again: %w", err)
		}
		for _, row := range rows {
			if again(row) {
				meant = append(meant, row.ID)
			}
		}
	}
	return meant, nil
}

// Act does something with rows of a campaign. The session that calls it looks at
// them then; nil if nobody does.
func (o *Office) Act(ctx context.Context, a Act, c campaign.Campaign, ids []campaign.ContactID, s *Session) (ActResult, error) {
	var r ActResult
	var err error
	switch a {
	case ActAgain:
		r.Rows, err = o.Store.CallAgain(ctx, c.ID, ids, time.Now())
	case ActNow:
		r.Rows, err = o.Store.CallNow(ctx, c.ID, ids)
	case ActLeaveOut:
		r, err = o.leaveOut(ctx, c, ids, s)
	case ActPutBack:
		r.Rows, err = o.Store.Include(ctx, c.ID, ids)
	case ActDoNotCall:
		r, err = o.block(ctx, c, ids, s)
	case ActCalled:
		r.Rows, err = o.Store.Rule(ctx, ids, campaign.RuledCalled, time.Now())
	case ActNotCalled:
		r.Rows, err = o.Store.Rule(ctx, ids, campaign.RuledNotCalled, time.Now())
	}
	s.Look(ids)
	return r, err
}

func (o *Office) leaveOut(ctx context.Context, c campaign.Campaign, ids []campaign.ContactID, s *Session) (ActResult, error) {
	n, err := o.Store.Exclude(ctx, ids)
	if err != nil || n == 0 {
		return ActResult{Rows: n}, err
	}
	return ActResult{n, func(ctx context.Context) error {
		_, err := o.Store.Include(ctx, c.ID, ids)
		s.Look(ids)
		return err
	}}, nil
}

// blockPage is how many rows are read at a time.
const blockPage = 300

// block puts all numbers of rows on the do-not-call list, and sets aside those
// that were still to be called.
func (o *Office) block(ctx context.Context, c campaign.Campaign, ids []campaign.ContactID, s *Session) (ActResult, error) {
	where := campaign.ID(0)
	if c.Practice {
		where = c.ID
	}
	var added []phone.Number
	for part := range slices.Chunk(ids, blockPage) {
		rows, err := o.Store.Contacts(ctx, part)
		if err != nil {
			return ActResult{}, err
		}
		numbers, err := o.blockRows(ctx, where, rows)
		added = append(added, numbers...)
		if err != nil {
			return ActResult{Rows: len(added)}, err
		}
	}
	return ActResult{len(added), func(ctx context.Context) error {
		for _, n := range added {
			if err := o.Store.RemoveDoNotCall(ctx, n, where); err != nil {
				return fmt.Errorf("take a number off the list: %w", err)
			}
		}
		_, err := o.Store.Include(ctx, c.ID, ids)
		s.Look(ids)
		return err
	}}, nil
}

// blockRows returns the numbers that were not on the list before.
func (o *Office) blockRows(ctx context.Context, where campaign.ID, rows []campaign.Contact) ([]phone.Number, error) {
	var entries []campaign.DoNotCallEntry
	var added []phone.Number
	var aside []campaign.Contact
	for _, row := range rows {
		if row.DoNotCall {
			continue
		}
		for _, n := range row.Numbers() {
			added = append(added, n)
			entries = append(entries, campaign.DoNotCallEntry{Number: n, Campaign: where, Way: campaign.ByHand, Source: words.Say("Live page"), Added: time.Now()})
		}
		row.Status, row.Why, row.NextAt = campaign.Skipped, campaign.Reason{Code: campaign.CodeDoNotCall}, time.Time{}
		aside = append(aside, row)
	}
	if len(entries) == 0 {
		return nil, nil
	}
	if err := o.Store.AddDoNotCall(ctx, entries); err != nil {
		return nil, err
	}
	return added, o.Store.SetAside(ctx, aside)
}
