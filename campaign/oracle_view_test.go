package campaign_test

import (
	"slices"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
)

// This file is how the oracle decides.

// view is a row as the oracle sees it at a moment.
type view struct {
	*oracle
	order   []phone.Number
	closed  []bool      // the number is not called whatever the time is
	ringing []bool      // another row calls it
	till    []time.Time // when all its delays are over
	often   []bool      // the longest of them is because it was called too often
	other   []int       // the part of the day at which it is not called, or -1
	clock   walls       // of the first place; nil: not known
	unsure  bool        // what is asked is too far away to be told
}

func (o *oracle) view(clocks *wallClocks, now time.Time, c campaign.Campaign, p campaign.Contact, f campaign.Facts) *view {
	v := &view{oracle: o, order: o.order(p, f)}
	if len(p.Zones) > 0 {
		v.clock = clocks.of(p.Zones[0], o.start, o.grid, o.slots)
	}
	if o.opens == nil {
		o.opens = map[phone.Number][]int32{}
	}
	for _, n := range v.order {
		if o.opens[n] == nil && !o.dead(p, f, n) {
			o.opens[n] = o.look(clocks, p, f, n)
		}
		var longest block
		for _, b := range o.blocks(now, c, p, f, n) {
			if b.till.After(longest.till) && b.till.After(now) {
				longest = b
			}
		}
		other := -1
		if last, tried := lastAt(f, n, p.Anew.Since, p.Anew.Now); tried && v.clock != nil && o.settings.Retry.After[last.Outcome].OtherTime {
			other = v.part(last.Begun)
		}
		v.closed, v.ringing = append(v.closed, o.dead(p, f, n)), append(v.ringing, rings(p, f, n))
		v.till, v.often, v.other = append(v.till, longest.till), append(v.often, longest.often), append(v.other, other)
	}
	return v
}

func (o *oracle) slot(t time.Time) int64 { return (t.Unix() - o.start) / o.grid }

// part is morning, afternoon or evening.
func (v *view) part(t time.Time) int {
	switch hour := v.clock[v.slot(t)] / 60 % 24; {
	case hour < 12:
		return 0
	case hour < 17:
		return 1
	default:
		return 2
	}
}

func (o *oracle) tooLate(t time.Time) bool {
	return t.IsZero() || !o.settings.NotAfter.IsZero() && !t.Before(o.settings.NotAfter)
}

// dial is the number that is to be dialled at t, if there is one.
func (v *view) dial(t time.Time) (phone.Number, bool) {
	for i, n := range v.order {
		if v.closed[i] || v.ringing[i] {
			continue
		}
		if t.Before(v.till[i]) {
			if v.often[i] || v.tooLate(v.open(n, v.till[i])) {
				continue
			}
			return "", false
		}
		opens := v.open(n, t)
		if v.tooLate(opens) {
			// It may open long after all that is known here, and keep its turn.
			v.unsure = v.unsure || opens.IsZero() && i < len(v.order)-1
			continue
		}
		if !opens.Equal(t) || v.other[i] >= 0 && v.part(t) == v.other[i] && v.otherPart(n, t, v.other[i]) {
			return "", false
		}
		return n, true
	}
	return "", false
}

// otherPart tells whether n may be called at another part of the day than that
// one, later than t.
func (v *view) otherPart(n phone.Number, t time.Time, part int) bool {
	for slot := v.slot(t) + 1; slot < int64(v.slots); slot++ {
		at := time.Unix(v.start+slot*v.grid, 0)
		if v.tooLate(at) {
			return false
		}
		if v.open(n, at).Equal(at) && v.part(at) != part {
			const far = 20 * 24 * time.Hour
			v.unsure = v.unsure || at.Sub(t) > far
			return true
		}
	}
	return false
}

// first is the first moment from now on at which somebody is dialled, within
// so long; zero if there is none.
func (v *view) first(now time.Time, within time.Duration) time.Time {
	moments := []time.Time{now}
	for _, t := range v.till {
		if t.After(now) {
			moments = append(moments, t)
		}
	}
	slices.SortFunc(moments, time.Time.Compare)
	for slot := v.slot(now); slot < int64(v.slots); slot++ {
		begin := time.Unix(v.start+slot*v.grid, 0)
		for len(moments) > 0 && moments[0].Before(begin) {
			if _, found := v.dial(moments[0]); found {
				return moments[0]
			}
			moments = moments[1:]
		}
		if begin.Sub(now) > within {
			break
		}
		if begin.Before(now) {
			continue
		}
		if _, found := v.dial(begin); found {
			return begin
		}
	}
	return time.Time{}
}
