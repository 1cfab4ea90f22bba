package campaigntest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
)

// Shelf keeps campaigns and their rows in memory, for tests of pages. One
// goroutine uses it.
type Shelf struct {
	Campaigns []campaign.Campaign
	Rows      []campaign.Contact
	Undone    []campaign.ID
	Archived  map[campaign.ID]time.Time

	Layouts map[string]contacts.Options
	Updated []campaign.ListUpdate // by Update, the last one last
	Live    Live

	Entries []campaign.DoNotCallEntry // of the do-not-call list
	Lists   []campaign.DoNotCallList
	Ranges  map[campaign.DoNotCallListID][]campaign.NumberRange // of Lists, sorted

	Slots   []campaign.Slot // of all campaigns
	Gateway string          // that calls in doubt went through
	Office  campaign.OfficeSettings
	Expired time.Time // the day before which campaigns were to be deleted

	Messages map[string][]byte // that were built, by their ids
	Sounds   map[string][]byte // that they play

	imports map[campaign.ID]contacts.Import
	found   map[campaign.ID][]campaign.CellProblem
	last    campaign.ID
}

// ErrAbsent is what a Shelf answers about what it does not have.
var ErrAbsent = errors.New("there is no such campaign")

// OfficeSettings returns Office.
func (s *Shelf) OfficeSettings(context.Context) (campaign.OfficeSettings, error) {
	return s.Office, nil
}

// SaveOfficeSettings stores Office.
func (s *Shelf) SaveOfficeSettings(_ context.Context, o campaign.OfficeSettings) error {
	s.Office = o
	return nil
}

// Expire notes the day, and deletes nothing.
func (s *Shelf) Expire(_ context.Context, before time.Time) (int, error) {
	s.Expired = before
	return 0, nil
}

// Close does nothing.
func (s *Shelf) Close() error { return nil }

// List returns all campaigns.
func (s *Shelf) List(context.Context) ([]campaign.Campaign, error) { return s.Campaigns, nil }

// Campaign returns one of them.
func (s *Shelf) Campaign(_ context.Context, id campaign.ID) (campaign.Campaign, error) {
	for _, c := range s.Campaigns {
		if c.ID == id {
			return c, nil
		}
	}
	return campaign.Campaign{}, ErrAbsent
}

// Configure stores Name, Flow and Settings of c.
func (s *Shelf) Configure(_ context.Context, c campaign.Campaign) error {
	for i := range s.Campaigns {
		if stored := &s.Campaigns[i]; stored.ID == c.ID {
			stored.Name, stored.Flow, stored.Settings = c.Name, c.Flow, c.Settings
			return nil
		}
	}
	return ErrAbsent
}

// Add stores a campaign with rows, as it is.
func (s *Shelf) Add(c campaign.Campaign, rows ...campaign.Contact) campaign.Campaign {
	s.last++
	c.ID = s.last
	s.Campaigns = append(s.Campaigns, c)
	s.fill(c.ID, rows)
	return c
}

func (s *Shelf) fill(id campaign.ID, rows []campaign.Contact) {
	for _, row := range rows {
		row.ID, row.Campaign = campaign.ContactID(len(s.Rows)+1), id
		s.Rows = append(s.Rows, row)
	}
}

// Summaries returns how all campaigns stand, the newest first.
func (s *Shelf) Summaries(ctx context.Context) ([]campaign.Summary, error) {
	all := make([]campaign.Summary, 0, len(s.Campaigns))
	tallies := map[campaign.ID]campaign.Tally{}
	for _, row := range s.Rows {
		if tallies[row.Campaign] == nil {
			tallies[row.Campaign] = campaign.Tally{}
		}
		tallies[row.Campaign][row.Status]++
	}
	for _, c := range slices.Backward(s.Campaigns) {
		all = append(all, campaign.Summary{Campaign: c, Tally: tallies[c.ID], Archived: s.Archived[c.ID]})
	}
	return all, ctx.Err()
}

// Archive puts a campaign away, or brings it back.
func (s *Shelf) Archive(_ context.Context, id campaign.ID, at time.Time) error {
	if s.Archived == nil {
		s.Archived = map[campaign.ID]time.Time{}
	}
	s.Archived[id] = at
	return nil
}

// Duplicate makes a draft of the rows of a campaign, which are all ready.
func (s *Shelf) Duplicate(ctx context.Context, id campaign.ID, name string, _ func(int)) (campaign.Campaign, error) {
	c, err := s.Campaign(ctx, id)
	if err != nil {
		return c, err
	}
	var rows []campaign.Contact
	for _, row := range s.Rows {
		if row.Campaign == id {
			rows = append(rows, campaign.Contact{Row: row.Row, Name: row.Name, Number: row.Number, Cells: row.Cells, Status: campaign.Ready})
		}
	}
	was := c.ID
	c.Name, c.State, c.Practice, c.Started, c.Ended, c.Why = name, campaign.Draft, false, time.Time{}, time.Time{}, campaign.Reason{}
	c = s.Add(c, rows...)
	if im, known := s.imports[was]; known {
		s.keep(c.ID, im, contacts.List{Found: s.found[was]})
	}
	return c, nil
}

// Discard deletes a campaign with its rows.
func (s *Shelf) Discard(ctx context.Context, id campaign.ID) error { return s.Undo(ctx, id) }

// Import stores a draft.
func (s *Shelf) Import(_ context.Context, c campaign.Campaign, fill func(contacts.Sink) (contacts.Import, error)) (campaign.Campaign, error) {
	var list contacts.List
	im, err := fill(&list)
	if err != nil {
		return campaign.Campaign{}, err
	}
	c.List.Columns = im.Summary.Names()
	c = s.Add(c, list.Contacts...)
	s.keep(c.ID, im, list)
	return c, nil
}

// Refill replaces the rows of a draft.
func (s *Shelf) Refill(_ context.Context, c campaign.Campaign, fill func(contacts.Sink) (contacts.Import, error)) (campaign.Campaign, error) {
	var list contacts.List
	im, err := fill(&list)
	if err != nil {
		return campaign.Campaign{}, err
	}
	c.List.Columns = im.Summary.Names()
	for i := range s.Rows {
		if s.Rows[i].Campaign == c.ID {
			s.Rows[i].Campaign = 0
		}
	}
	s.fill(c.ID, list.Contacts)
	s.keep(c.ID, im, list)
	return c, nil
}

func (s *Shelf) keep(id campaign.ID, im contacts.Import, list contacts.List) {
	if s.imports == nil {
		s.imports, s.found = map[campaign.ID]contacts.Import{}, map[campaign.ID][]campaign.CellProblem{}
	}
	s.imports[id], s.found[id] = im, list.Found
}

// Keep says how a campaign's list was read, as if it had been.
func (s *Shelf) Keep(id campaign.ID, im contacts.Import) { s.imports[id] = im }

// ImportOf returns how a list was read.
func (s *Shelf) ImportOf(_ context.Context, id campaign.ID) (contacts.Import, error) {
	return s.imports[id], nil
}

// Problems returns what was found in rows.
func (s *Shelf) Problems(_ context.Context, id campaign.ID, rows []int) ([]campaign.CellProblem, error) {
	var found []campaign.CellProblem
	for _, p := range s.found[id] {
		if slices.Contains(rows, p.Row) {
			found = append(found, p)
		}
	}
	return found, nil
}

// Layout returns what was remembered.
func (s *Shelf) Layout(_ context.Context, fingerprint string) (contacts.Options, bool, error) {
	o, found := s.Layouts[fingerprint]
	return o, found, nil
}

// RememberLayout remembers it.
func (s *Shelf) RememberLayout(_ context.Context, fingerprint string, o contacts.Options) error {
	if s.Layouts == nil {
		s.Layouts = map[string]contacts.Options{}
	}
	o.Rows = nil
	s.Layouts[fingerprint] = o
	return nil
}

// Update tells how many rows a newer file has, and adds those of new numbers
// unless it is only asked.
func (s *Shelf) Update(_ context.Context, c campaign.Campaign, o campaign.UpdateOptions, fill func(contacts.Sink) (contacts.Import, error)) (campaign.ListUpdate, error) {
	var list contacts.List
	if _, err := fill(&list); err != nil {
		return campaign.ListUpdate{}, err
	}
	var u campaign.ListUpdate
	var added []campaign.Contact
	for _, row := range list.Contacts {
		if slices.ContainsFunc(s.Rows, func(old campaign.Contact) bool { return old.Campaign == c.ID && old.Number == row.Number }) {
			u.Same++
			continue
		}
		u.Added++
		added = append(added, row)
	}
	if !o.Dry {
		s.fill(c.ID, added)
		s.Updated = append(s.Updated, u)
	}
	return u, nil
}

// Duplicates returns the rows that are the same as one, or that it is the same
// as.
func (s *Shelf) Duplicates(_ context.Context, id campaign.ID, row int) ([]campaign.Contact, error) {
	of := row
	for _, c := range s.Rows {
		if c.Campaign == id && c.Row == row && c.Why.Code == campaign.CodeDuplicate {
			of = c.Why.Row
		}
	}
	var group []campaign.Contact
	for _, c := range s.Rows {
		if c.Campaign == id && (c.Row == of || c.Why.Code == campaign.CodeDuplicate && c.Why.Row == of) {
			group = append(group, c)
		}
	}
	return group, nil
}

// Undo deletes a campaign.
func (s *Shelf) Undo(_ context.Context, id campaign.ID) error {
	s.Undone = append(s.Undone, id)
	s.Campaigns = slices.DeleteFunc(s.Campaigns, func(c campaign.Campaign) bool { return c.ID == id })
	return nil
}

// Tally counts rows.
func (s *Shelf) Tally(_ context.Context, id campaign.ID) (campaign.Tally, error) {
	t := campaign.Tally{}
	for _, row := range s.Rows {
		if row.Campaign == id {
			t[row.Status]++
		}
	}
	return t, nil
}

// Order returns the rows that f keeps, in the order of the file.
func (s *Shelf) Order(_ context.Context, id campaign.ID, f campaign.Filter) ([]campaign.ContactID, error) {
	var kept []campaign.ContactID
	for _, row := range s.Rows {
		if row.Campaign == id && strings.Contains(row.Name, f.Search) &&
			(len(f.Statuses) == 0 || slices.Contains(f.Statuses, row.Status)) && s.has(row, f.Found) && (f.Code == "" || f.Code == row.Why.Code) {
			kept = append(kept, row.ID)
		}
	}
	return kept, nil
}

// has tells whether something was found in a row.
func (s *Shelf) has(row campaign.Contact, f campaign.Found) bool {
	duplicate := row.Why.Code == campaign.CodeDuplicate
	aside := row.Why.Code == campaign.CodeQuarantine
	problem := slices.ContainsFunc(s.found[row.Campaign], func(p campaign.CellProblem) bool {
		return p.Row == row.Row && (f.Kind == "" || f.Kind == p.Kind) &&
			(f.Which != campaign.FoundRepaired || p.Repair != "") && (f.Which != campaign.FoundProposed || p.Proposal != "")
	})
	switch f.Which {
	case campaign.FoundAny:
		return f.Kind == "" || problem
	case campaign.FoundDuplicate:
		return duplicate
	case campaign.FoundLeftOut:
		return row.Why.Code == campaign.CodeExcluded
	case campaign.FoundAside:
		return aside && (f.Kind == "" || problem)
	case campaign.FoundProposed:
		return aside && problem
	default:
		return row.Status != campaign.Skipped && problem
	}
}

// Contacts returns rows by id.
func (s *Shelf) Contacts(_ context.Context, ids []campaign.ContactID) ([]campaign.Contact, error) {
	var rows []campaign.Contact
	for _, row := range s.Rows {
		if slices.Contains(ids, row.ID) {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// KeepMessage stores a message and makes it the flow of a campaign.
func (s *Shelf) KeepMessage(_ context.Context, id campaign.ID, name string, message []byte, _ time.Time) error {
	if s.Messages == nil {
		s.Messages = map[string][]byte{}
	}
	s.Messages[name] = message
	for i := range s.Campaigns {
		if s.Campaigns[i].ID == id {
			s.Campaigns[i].Flow.Source = "built:" + name
			return nil
		}
	}
	return ErrAbsent
}

// Message returns one of them.
func (s *Shelf) Message(_ context.Context, name string) ([]byte, error) {
	message, found := s.Messages[name]
	if !found {
		return nil, ErrAbsent
	}
	return message, nil
}

// KeepRecording stores a sound.
func (s *Shelf) KeepRecording(_ context.Context, name string, sound []byte, _ time.Time) error {
	if s.Sounds == nil {
		s.Sounds = map[string][]byte{}
	}
	s.Sounds[name] = sound
	return nil
}

// Recording returns one of them.
func (s *Shelf) Recording(_ context.Context, name string) ([]byte, error) {
	sound, found := s.Sounds[name]
	if !found {
		return nil, ErrAbsent
	}
	return sound, nil
}
