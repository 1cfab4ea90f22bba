package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"os/user"
	"slices"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/storage/query"
)

// This file keeps the audit log. An entry is written in the transaction of the
// change that it tells of: there is no change without its entry, and no entry
// without its change. campaign/audit.go says what the log can show and what
// not; head.go keeps the hash of its last entry outside the database.

// As returns the same store for another person: the audit log tells of who
// instead of the account of the operating system. Closing one closes all.
func (db *DB) As(who string) *DB { return &DB{opened: db.opened, who: who} }

// account is the name under which the operating system knows the person.
func account() string {
	u, err := user.Current()
	switch {
	case err != nil:
		return "not known"
	case u.Username == "":
		return u.Uid
	default:
		return u.Username
	}
}

// Audit writes down what is no change of the store. N, At and Hash are given by
// the store, and Who where it is empty.
func (db *DB) Audit(ctx context.Context, e campaign.AuditEntry) error {
	err := db.file.update(ctx, func(q *query.Queries) error { return db.record(ctx, q, e) })
	if err != nil {
		return fmt.Errorf("write to the audit log: %w", err)
	}
	return nil
}

// record adds entries to the log, in a transaction that waits for the disk.
func (db *DB) record(ctx context.Context, q *query.Queries, entries ...campaign.AuditEntry) error {
	if len(entries) == 0 {
		return nil
	}
	last, err := lastAudit(ctx, q)
	for _, e := range entries {
		if err != nil {
			return err
		}
		e = clean(e)
		if e.Who == "" {
			e.Who = clean(campaign.AuditEntry{Who: db.who}).Who
		}
		e.N, e.At = last.N+1, time.UnixMilli(time.Now().UnixMilli()).UTC()
		e.Hash = e.Sum(last.Hash)
		err = q.InsertAudit(ctx, query.InsertAuditParams{
			N: e.N, At: stamp(e.At), Who: e.Who, Action: string(e.What), Campaign: int64(e.Campaign), Text: e.Text,
			Details: encodeDetails(e.Details), Hash: e.Hash,
		})
		last = campaign.AuditHead{N: e.N, Hash: e.Hash}
		if e.N%headEvery == 1 {
			db.keepHeadLater()
		}
	}
	return err
}

// recordAbout adds an entry about a campaign, with its name for a text.
func (db *DB) recordAbout(ctx context.Context, q *query.Queries, id campaign.ID, what campaign.AuditAction, details map[string]string) error {
	c, err := q.StoredCampaign(ctx, int64(id))
	if err != nil {
		return err
	}
	return db.record(ctx, q, campaign.AuditEntry{What: what, Campaign: id, Text: c.Name, Details: details})
}

// lastAudit is the head of the log as it stands.
func lastAudit(ctx context.Context, q *query.Queries) (campaign.AuditHead, error) {
	last, err := q.LastAudit(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return campaign.AuditHead{}, nil
	}
	return campaign.AuditHead{N: last.N, Hash: last.Hash}, err
}

// clean leaves out what a file of texts cannot give back as it is, and details
// that say nothing.
func clean(e campaign.AuditEntry) campaign.AuditEntry {
	valid := func(text string) string { return strings.ToValidUTF8(text, "\ufffd") }
	e.Who, e.What, e.Text = valid(e.Who), campaign.AuditAction(valid(string(e.What))), valid(e.Text)
	details := make(map[string]string, len(e.Details))
	for name, value := range e.Details {
		if value != "" {
			details[valid(name)] = valid(value)
		}
	}
	e.Details = details
	return e
}

// encodeDetails writes details as a JSON object, by name, none as nothing.
func encodeDetails(details map[string]string) string {
	if len(details) == 0 {
		return ""
	}
	names := make([]string, 0, len(details))
	for name := range details {
		names = append(names, name)
	}
	slices.Sort(names)
	b := []byte{'{'}
	for i, name := range names {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendText(b, name), ':')
		b = appendText(b, details[name])
	}
	return string(append(b, '}'))
}

// toAuditEntry returns an entry as it stands there. One whose details are not
// written as record writes them has lost its hash, so that it fits nowhere.
func toAuditEntry(r query.Audit) campaign.AuditEntry {
	e := campaign.AuditEntry{
		N: r.N, At: unstamp(r.At).UTC(), Who: r.Who, What: campaign.AuditAction(r.Action), Campaign: campaign.ID(r.Campaign),
		Text: r.Text, Hash: r.Hash,
	}
	err := decode(r.Details, &e.Details)
	if err != nil || encodeDetails(e.Details) != r.Details {
		e.Details, e.Hash = map[string]string{"unreadable": r.Details}, ""
	}
	return e
}

// AuditEntries returns up to n entries, from the one after a number on.
func (db *DB) AuditEntries(ctx context.Context, after int64, n int) ([]campaign.AuditEntry, error) {
	if after == math.MaxInt64 {
		return nil, nil
	}
	return db.auditFrom(ctx, after+1, n)
}

func (db *DB) auditFrom(ctx context.Context, from int64, n int) ([]campaign.AuditEntry, error) {
	rows, err := db.file.queries().AuditFrom(ctx, query.AuditFromParams{N: from, AtMost: int64(max(n, 0))})
	if err != nil {
		return nil, fmt.Errorf("read the audit log: %w", explain(err))
	}
	entries := make([]campaign.AuditEntry, len(rows))
	for i, r := range rows {
		entries[i] = toAuditEntry(r)
	}
	return entries, nil
}

// AuditHead returns the last entry's number and hash, zero if there is none.
func (db *DB) AuditHead(ctx context.Context) (campaign.AuditHead, error) {
	head, err := lastAudit(ctx, db.file.queries())
	if err != nil {
		return head, fmt.Errorf("read the audit log: %w", explain(err))
	}
	return head, nil
}

// auditPage is how many entries are held at a time.
const auditPage = 1000

// VerifyAudit reads the whole log, and tells whether it is what was written and
// agrees with audit.head. A hash that is given must be that of an entry.
func (db *DB) VerifyAudit(ctx context.Context, given string) (campaign.AuditVerdict, error) {
	kept, err := readHead(db.headPath())
	if errors.Is(err, errHead) {
		return campaign.AuditVerdict{Fault: campaign.AuditHeadBroken}, nil
	}
	check := campaign.AuditCheck{Kept: kept, Given: given}
	from, more := int64(math.MinInt64), err == nil
	for more {
		var page []campaign.AuditEntry
		page, err = db.auditFrom(ctx, from, auditPage)
		more = len(page) == auditPage
		for _, e := range page {
			if !check.Add(e) {
				more = false
				break
			}
			from = e.N + 1
		}
	}
	if err != nil {
		return campaign.AuditVerdict{}, fmt.Errorf("verify the audit log: %w", err)
	}
	return check.Verdict(), nil
}
