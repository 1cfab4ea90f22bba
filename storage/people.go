package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/storage/query"
)

// Contacts returns those rows, in the order of ids, at most a few hundred. An
// id that is gone is left out.
func (db *DB) Contacts(ctx context.Context, ids []campaign.ContactID) ([]campaign.Contact, error) {
	keys := make([]int64, len(ids))
	for i, id := range ids {
		keys[i] = int64(id)
	}
	rows, err := db.file.queries().ContactsByID(ctx, query.ContactsByIDParams{Ids: keys, Now: stamp(time.Now())})
	if err != nil {
		return nil, fmt.Errorf("load rows: %w", explain(err))
	}
	found := make(map[campaign.ContactID]campaign.Contact, len(rows))
	for _, r := range rows {
		c, err := toContact(contactRow(r))
		if err != nil {
			return nil, fmt.Errorf("load rows: %w", err)
		}
		found[c.ID] = c
	}
	list := make([]campaign.Contact, 0, len(ids))
	for _, id := range ids {
		if c, ok := found[id]; ok {
			list = append(list, c)
		}
	}
	return list, nil
}

// Order returns the ids of the rows that f keeps, in its order. A search finds
// a part of a name or of a number, however it is written, or the number of a row.
func (db *DB) Order(ctx context.Context, id campaign.ID, f campaign.Filter) ([]campaign.ContactID, error) {
	var ids []campaign.ContactID
	for _, p := range parts(f) {
		more, err := db.part(ctx, id, f, p)
		if err != nil {
			return nil, fmt.Errorf("sort rows: %w", explain(err))
		}
		ids = append(ids, more...)
	}
	if f.Sort != campaign.SortNewest {
		return ids, nil
	}
	changed, err := db.part(ctx, id, f, changedPart(f))
	if err != nil {
		return nil, fmt.Errorf("sort rows: %w", explain(err))
	}
	return withChanged(ids, changed, f.Down), nil
}

// withChanged takes those that changed out of rows that are in order, and puts
// them in front; down, behind.
func withChanged(rows, changed []campaign.ContactID, down bool) []campaign.ContactID {
	if len(changed) == 0 {
		return rows
	}
	known := make(map[campaign.ContactID]bool, len(changed))
	for _, id := range changed {
		known[id] = true
	}
	rest := slices.DeleteFunc(rows, func(id campaign.ContactID) bool { return known[id] })
	if down {
		return append(rest, changed...)
	}
	return append(changed, rest...)
}

// asDialled takes out of a number what people put between its digits; other
// words stay as they are.
func asDialled(search string) string {
	number := strings.NewReplacer(" ", "", "(", "", ")", "", "-", "", ".", "", "/", "").Replace(search)
	if number == "" || strings.Trim(number, "+0123456789") != "" {
		return search
	}
	return number
}

// part is some of the rows in an order that an index has, so that an order
// that no index has is made of several parts.
type part struct {
	statuses []campaign.Status // empty: all
	order    string
	where    string // a condition, or nothing
}

func parts(f campaign.Filter) []part {
	direction := "ASC"
	if f.Down {
		direction = "DESC"
	}
	switch f.Sort {
	case campaign.SortName:
		return []part{{statuses: f.Statuses, order: byName + direction + ", id"}}
	case campaign.SortNumber:
		return []part{{statuses: f.Statuses, order: "number " + direction + ", id"}}
	case campaign.SortStatus:
		return partsByStatus(f)
	case campaign.SortNext:
		return partsByNext(f, direction)
	case campaign.SortNewest: // of those that never changed, and see changedPart
		return []part{{statuses: f.Statuses, order: byRow + "ASC"}}
	default:
		return []part{{statuses: f.Statuses, order: byRow + direction}}
	}
}

// The orders for which there is an index of all rows.
const (
	byRow  = "row " // within a campaign, the order of the ids too
	byName = "name COLLATE NOCASE "
)

// changedPart is the rows that changed since they were stored, the newest
// first; down, last.
func changedPart(f campaign.Filter) part {
	if f.Down {
		return part{statuses: f.Statuses, order: "changed, id", where: "changed > 0"}
	}
	return part{statuses: f.Statuses, order: "changed DESC, id", where: "changed > 0"}
}

// partsByStatus puts states in the order in which people are told of them.
func partsByStatus(f campaign.Filter) []part {
	var list []part
	for _, s := range kept(f) {
		list = append(list, part{statuses: []campaign.Status{s}, order: "id"})
	}
	if f.Down {
		slices.Reverse(list)
	}
	return list
}

// partsByNext puts the rows that wait first, in either direction: the others
// have no time to sort by.
func partsByNext(f campaign.Filter, direction string) []part {
	var list []part
	others := kept(f)
	if i := slices.Index(others, campaign.Waiting); i >= 0 {
		list = append(list, part{statuses: []campaign.Status{campaign.Waiting}, order: "next_at " + direction + ", priority DESC, id"})
		others = slices.Delete(others, i, i+1)
	}
	if len(others) > 0 {
		list = append(list, part{statuses: others, order: "id"})
	}
	return list
}

// kept returns the states that f keeps.
func kept(f campaign.Filter) []campaign.Status {
	all := campaign.Statuses()
	if len(f.Statuses) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(s campaign.Status) bool { return !slices.Contains(f.Statuses, s) })
}

func (db *DB) part(ctx context.Context, id campaign.ID, f campaign.Filter, p part) ([]campaign.ContactID, error) {
	text, args := p.statement(id, f)
	return db.contactIDs(ctx, text, args)
}

func (db *DB) contactIDs(ctx context.Context, text string, args []any) ([]campaign.ContactID, error) {
	rows, err := db.file.read.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []campaign.ContactID
	for rows.Next() {
		var next campaign.ContactID
		if err := rows.Scan(&next); err != nil {
			return nil, err
		}
		ids = append(ids, next)
	}
	return ids, rows.Err()
}

// statement writes the query for a part. Only fixed words are put into its
// text; everything from outside is a parameter.
func (p part) statement(id campaign.ID, f campaign.Filter) (string, []any) {
	order, byNames := strings.CutPrefix(p.order, byName)
	if byNames && len(p.statuses) == 0 && f.Search == "" && f.Found == (campaign.Found{}) && f.Code == "" {
		return "SELECT contact FROM names WHERE campaign = ? ORDER BY name " + strings.Replace(order, "id", "contact", 1), []any{int64(id)}
	}
	var text strings.Builder
	args := []any{int64(id)}
	found, those := foundRows(id, f.Found)
	text.WriteString("SELECT id FROM contacts ")
	switch {
	case found != "":
		text.WriteString("NOT INDEXED ") // but by those ids
	case len(p.statuses) > 0: // a few of many, which SQLite cannot know
		text.WriteString("INDEXED BY contacts_due ")
	}
	text.WriteString("WHERE campaign = ?")
	if found != "" {
		text.WriteString(" AND id IN (" + found + ")")
		args = append(args, those...)
	}
	if p.where != "" {
		text.WriteString(" AND " + p.where)
	}
	if len(p.statuses) > 0 {
		text.WriteString(" AND status IN (" + marks(len(p.statuses)) + ")")
		for _, s := range p.statuses {
			args = append(args, string(s))
		}
	}
	if f.Code != "" {
		text.WriteString(" AND json_extract(nullif(why, ''), '$.code') = ? AND coalesce(json_extract(nullif(why, ''), '$.problem'), '') = ?")
		args = append(args, string(f.Code), string(f.Problem))
	}
	if f.Search != "" {
		text.WriteString(" AND (instr(lower(name), lower(?)) > 0 OR instr(number, ?) > 0 OR CAST(row AS TEXT) = ?)")
		args = append(args, f.Search, asDialled(f.Search), f.Search)
	}
	text.WriteString(" ORDER BY " + p.order)
	return text.String(), args
}

// marks is places for n parameters.
func marks(n int) string { return "?" + strings.Repeat(", ?", n-1) }
