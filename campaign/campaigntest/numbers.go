package campaigntest

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
)

// This file is the do-not-call list of a Shelf.

// AddDoNotCall adds entries; one that is there is replaced unless its person
// asked.
func (s *Shelf) AddDoNotCall(_ context.Context, entries []campaign.DoNotCallEntry) error {
	for _, e := range entries {
		at := s.entry(e.Number, e.Campaign)
		switch {
		case at < 0:
			s.Entries = append(s.Entries, e)
		case s.Entries[at].Way != campaign.ByKey:
			s.Entries[at] = e
		}
	}
	s.list()
	return nil
}

func (s *Shelf) entry(n phone.Number, id campaign.ID) int {
	return slices.IndexFunc(s.Entries, func(e campaign.DoNotCallEntry) bool { return e.Number == n && e.Campaign == id })
}

// RemoveDoNotCall takes an entry off, unless its person asked.
func (s *Shelf) RemoveDoNotCall(_ context.Context, n phone.Number, id campaign.ID) error {
	at := s.entry(n, id)
	if at >= 0 && s.Entries[at].Way == campaign.ByKey {
		return campaign.ErrForEver
	}
	if at >= 0 {
		s.Entries = slices.Delete(s.Entries, at, at+1)
	}
	s.list()
	return nil
}

// WhyDoNotCall returns where a number stands.
func (s *Shelf) WhyDoNotCall(_ context.Context, n phone.Number) (entries []campaign.DoNotCallEntry, lists []campaign.DoNotCallList, err error) {
	for _, e := range s.Entries {
		if e.Number == n {
			entries = append(entries, e)
		}
	}
	value, err := strconv.ParseUint(strings.TrimPrefix(string(n), "+"), 10, 64)
	for _, l := range s.Lists {
		if slices.ContainsFunc(s.Ranges[l.ID], func(r campaign.NumberRange) bool { return r.First <= value && value <= r.Last }) {
			lists = append(lists, l)
		}
	}
	return entries, lists, err
}

// ImportDoNotCall stores a list that comes sorted.
func (s *Shelf) ImportDoNotCall(_ context.Context, l campaign.DoNotCallList, _ bool, fill func(add func(first, last uint64) error) (campaign.DoNotCallList, error)) (campaign.DoNotCallList, error) {
	l.ID = campaign.DoNotCallListID(len(s.Lists) + 1)
	if s.Ranges == nil {
		s.Ranges = map[campaign.DoNotCallListID][]campaign.NumberRange{}
	}
	_, err := fill(func(first, last uint64) error {
		s.Ranges[l.ID] = append(s.Ranges[l.ID], campaign.NumberRange{First: first, Last: last})
		l.Numbers += int(last - first + 1) //nolint:gosec // of a test
		return nil
	})
	s.Lists = append(s.Lists, l)
	return l, err
}

// DoNotCallLists returns all lists.
func (s *Shelf) DoNotCallLists(context.Context) ([]campaign.DoNotCallList, error) {
	return s.Lists, nil
}

// RemoveDoNotCallList removes one.
func (s *Shelf) RemoveDoNotCallList(_ context.Context, id campaign.DoNotCallListID) error {
	s.Lists = slices.DeleteFunc(s.Lists, func(l campaign.DoNotCallList) bool { return l.ID == id })
	return nil
}

// kept are the entries that f keeps, the newest first.
func (s *Shelf) kept(f campaign.DoNotCallFilter) []campaign.DoNotCallSaid {
	var kept []campaign.DoNotCallSaid
	for _, e := range s.Entries {
		found := f.Search == "" && f.Digits == "" || f.Search != "" && strings.Contains(e.Reason+e.Source, f.Search) ||
			f.Digits != "" && strings.Contains(string(e.Number), f.Digits)
		if found && (f.Way == "" || f.Way == e.Way) {
			kept = append(kept, campaign.DoNotCallSaid{DoNotCallEntry: e})
		}
	}
	slices.SortStableFunc(kept, func(a, b campaign.DoNotCallSaid) int { return b.Added.Compare(a.Added) })
	return kept
}

// DoNotCallMarks returns every so manieth entry.
func (s *Shelf) DoNotCallMarks(_ context.Context, f campaign.DoNotCallFilter, every int) (marks []campaign.DoNotCallKey, n int, err error) {
	kept := s.kept(f)
	for i := 0; i < len(kept); i += every {
		marks = append(marks, kept[i].Key())
	}
	return marks, len(kept), nil
}

// DoNotCallFrom returns entries from one on.
func (s *Shelf) DoNotCallFrom(_ context.Context, f campaign.DoNotCallFilter, from campaign.DoNotCallKey, n int) ([]campaign.DoNotCallSaid, error) {
	kept := s.kept(f)
	at := slices.IndexFunc(kept, func(e campaign.DoNotCallSaid) bool { return e.Key() == from })
	return kept[max(0, at):min(max(0, at)+n, len(kept))], nil
}

// CountByWay counts the entries.
func (s *Shelf) CountByWay(context.Context) (map[campaign.DoNotCallWay]int, error) {
	counts := map[campaign.DoNotCallWay]int{}
	for _, e := range s.Entries {
		counts[e.Way]++
	}
	return counts, nil
}

// RangeMarks returns every so manieth range of a list.
func (s *Shelf) RangeMarks(_ context.Context, id campaign.DoNotCallListID, every int) (marks []uint64, n int, err error) {
	for i := 0; i < len(s.Ranges[id]); i += every {
		marks = append(marks, s.Ranges[id][i].First)
	}
	return marks, len(s.Ranges[id]), nil
}

// RangesFrom returns ranges from one on.
func (s *Shelf) RangesFrom(_ context.Context, id campaign.DoNotCallListID, first uint64, n int) ([]campaign.NumberRange, error) {
	all := s.Ranges[id]
	at := slices.IndexFunc(all, func(r campaign.NumberRange) bool { return r.First >= first })
	if at < 0 {
		return nil, nil
	}
	return all[at:min(at+n, len(all))], nil
}

// RangesBefore counts those before a number.
func (s *Shelf) RangesBefore(_ context.Context, id campaign.DoNotCallListID, number uint64) (int, error) {
	n := 0
	for _, r := range s.Ranges[id] {
		if r.Last < number {
			n++
		}
	}
	return n, nil
}

// CallsTo returns no calls.
func (s *Shelf) CallsTo(context.Context, phone.Number, int) ([]campaign.LedgerEntry, error) {
	return nil, nil
}

// ConsentOf knows of nobody.
func (s *Shelf) ConsentOf(context.Context, phone.Number) (campaign.ConsentEntry, bool, error) {
	return campaign.ConsentEntry{}, false, nil
}

// DoubtsAt is when calls in doubt of a [Shelf] were made.
func DoubtsAt() time.Time { return time.Date(2026, 11, 24, 10, 49, 0, 0, time.Local) }
