package contacts

import (
	"math"
	"strconv"
	"strings"

	"rollcall/campaign"
)

// This file reads what a row says about how the person is to be called: when,
// before whom, and whether they agree.

// wishes sets them in c. Who said when to call and cannot be understood is set
// aside, so that nobody is called at the wrong time.
func (r *reader) wishes(row campaign.TableRow, decided Decision, c *campaign.Contact) campaign.Reason {
	why := campaign.Reason{}
	if r.spot.hours >= 0 {
		c.Hours, why = r.hoursOf(row, decided)
	}
	if r.spot.priority >= 0 {
		var unknown campaign.Reason
		if c.Priority, unknown = r.priority(row, decided); why.IsZero() {
			why = unknown
		}
	}
	c.Consent = r.spot.consent >= 0 && isAgreed(r.said(row, r.spot.consent))
	return why
}

// wishFound is a wish, and whether anything was understood.
type wishFound struct {
	wish
	understood bool
}

// hoursOf reads the person's own hours. What they may mean is proposed; where
// nothing can be understood, to call at any time that the campaign calls.
func (r *reader) hoursOf(row campaign.TableRow, decided Decision) (campaign.Hours, campaign.Reason) {
	said := r.said(row, r.spot.hours)
	if said == "" {
		return campaign.Hours{}, campaign.Reason{}
	}
	found := wishFound{}
	if r.layout.cell(row, r.spot.hours).Type != campaign.CellDate { // a spreadsheet makes one of 9-12
		found = r.atlas.wish(said)
	}
	if found.clear {
		return found.hours, campaign.Reason{}
	}
	p := campaign.CellProblem{Kind: campaign.ProblemHours, Value: said, Proposal: campaign.WeekString(campaign.AllHours())}
	if found.understood {
		p.Proposal = campaign.WeekString(found.hours)
	}
	if take, decided := r.options.decided(decided, p.Kind); take && decided {
		p.Repair, p.Proposal = p.Proposal, ""
		r.problem(row, r.spot.hours, p)
		return found.hours, campaign.Reason{}
	}
	r.problem(row, r.spot.hours, p)
	return campaign.Hours{}, campaign.Reason{Code: campaign.CodeQuarantine, Problem: p.Kind, Text: said}
}

// wish is what words say about a person's hours.
func (a *atlas) wish(said string) wishFound {
	found, seen := a.wishes[said]
	if seen {
		return found
	}
	if a.clock == nil {
		a.clock = newClockwork()
	}
	found.wish, found.understood = a.clock.read(said)
	if len(a.wishes) >= known {
		clear(a.wishes)
	}
	a.wishes[strings.Clone(said)] = found
	return found
}

// priority reads a priority. One that cannot be read is none.
func (r *reader) priority(row campaign.TableRow, decided Decision) (int, campaign.Reason) {
	said := r.said(row, r.spot.priority)
	if said == "" {
		return 0, campaign.Reason{}
	}
	if n, known := priorityOf(said); known {
		return n, campaign.Reason{}
	}
	p := campaign.CellProblem{Kind: campaign.ProblemPriority, Value: said, Repair: "0"}
	return 0, r.replace(row, r.spot.priority, p, decided)
}

// priorityOf reads a number, greater is earlier, or a word for one from 2 to
// -1, 0 as normal.
func priorityOf(said string) (int, bool) {
	if strings.Trim(said, "+-0123456789.,") == "" {
		n, err := strconv.ParseFloat(strings.Replace(said, ",", ".", 1), 64)
		return int(n), err == nil && n == math.Trunc(n) && math.Abs(n) <= math.MaxInt16
	}
	word := squeeze(fold(said))
	for n, list := range map[int]string{2: topWords, 1: highWords, 0: evenWords, -1: lowWords} {
		if within(list, word) {
			return n, true
		}
	}
	return 0, false
}
