package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rollcall/campaign"
)

// Contacts returns those rows, in the order of ids, at most a few hundred. An
// id that is gone is left out.
func (db *DB) Contacts(ctx context.Context, ids []campaign.ContactID) ([]campaign.Contact, error) {
	keys := make([]int64, len(ids))
	for i, id := range ids {
		keys[i] = int64(id)
	}
	rows, err := db.file.queries().ContactsByID(ctx, keys)
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
		var err error
		if ids, err = db.appendPart(ctx, ids, id, f.Search, p); err != nil {
			return nil, fmt.Errorf("sort rows: %w", explain(err))
		}
	}
	return ids, nil
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
}

func parts(f campaign.Filter) []part {
	direction := "ASC"
	if f.Down {
		direction = "DESC"
	}
	switch f.Sort {
	case campaign.SortName:
		return []part{{f.Statuses, "name COLLATE NOCASE " + direction + ", id"}}
	case campaign.SortNumber:
		return []part{{f.Statuses, "number " + direction + ", id"}}
	case campaign.SortStatus:
		return partsByStatus(f)
	case campaign.SortNext:
		return partsByNext(f, direction)
	case campaign.SortNewest:
		if f.Down {
			return []part{{f.Statuses, "changed, id"}}
		}
		return []part{{f.Statuses, "changed DESC, id"}}
	default:
		return []part{{f.Statuses, "id " + direction}}
	}
}

// partsByStatus puts states in the order in which people are told of them.
func partsByStatus(f campaign.Filter) []part {
	var list []part
	for _, s := range kept(f) {
		list = append(list, part{[]campaign.Status{s}, "id"})
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
		list = append(list, part{[]campaign.Status{campaign.Waiting}, "next_at " + direction + ", id"})
		others = slices.Delete(others, i, i+1)
	}
	if len(others) > 0 {
		list = append(list, part{others, "id"})
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

func (db *DB) appendPart(ctx context.Context, ids []campaign.ContactID, id campaign.ID, search string, p part) ([]campaign.ContactID, error) {
	text, args := p.statement(id, search)
	rows, err := db.file.read.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
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
func (p part) statement(id campaign.ID, search string) (string, []any) {
	var text strings.Builder
	args := []any{int64(id)}
	text.WriteString("SELECT id FROM contacts ")
	if len(p.statuses) > 0 { // a few of many, which SQLite cannot know
		text.WriteString("INDEXED BY contacts_due ")
	}
	text.WriteString("WHERE campaign = ?")
	if len(p.statuses) > 0 {
		text.WriteString(" AND status IN (?" + strings.Repeat(", ?", len(p.statuses)-1) + ")")
		for _, s := range p.statuses {
			args = append(args, string(s))
		}
	}
	if search != "" {
		text.WriteString(" AND (instr(lower(name), lower(?)) > 0 OR instr(number, ?) > 0 OR CAST(row AS TEXT) = ?)")
		args = append(args, search, asDialled(search), search)
	}
	text.WriteString(" ORDER BY " + p.order)
	return text.String(), args
}
