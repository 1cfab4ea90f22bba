package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/storage/query"
)

// This file says of each change what the audit log tells of it.

// recordState tells that a campaign is about to get into another state.
func (db *DB) recordState(ctx context.Context, q *query.Queries, c campaign.Campaign) error {
	was, err := q.StoredCampaign(ctx, int64(c.ID))
	if err != nil || was.State == string(c.State) {
		return err
	}
	e := campaign.AuditEntry{What: stateAction(was, c.State), Campaign: c.ID, Text: was.Name, Details: map[string]string{
		campaign.DetailBefore: was.State, campaign.DetailAfter: string(c.State),
		campaign.DetailCode: string(c.Why.Code), campaign.DetailWhy: c.Why.Text, campaign.DetailPractice: yes(c.Practice),
	}}
	if byProgram(c) {
		e.Who = campaign.AuditProgram
	}
	return db.record(ctx, q, e)
}

func stateAction(was query.Campaign, to campaign.State) campaign.AuditAction {
	switch to {
	case campaign.Running:
		if was.Started != 0 {
			return campaign.AuditResumed
		}
		return campaign.AuditStarted
	case campaign.Paused:
		return campaign.AuditPaused
	case campaign.Stopped:
		return campaign.AuditStopped
	case campaign.Finished:
		return campaign.AuditFinished
	default:
		return campaign.AuditReopened
	}
}

// byProgram tells whether nobody ordered that a campaign stands as it does:
// there was nothing left to do, or something was in the way.
func byProgram(c campaign.Campaign) bool {
	switch c.State {
	case campaign.Finished:
		return true
	case campaign.Paused:
		return c.Why.Code != "" && c.Why.Code != campaign.CodeByUser
	default:
		return false
	}
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

// recordSettings tells of each setting that is about to be another.
func (db *DB) recordSettings(ctx context.Context, q *query.Queries, c campaign.Campaign) error {
	row, err := q.StoredCampaign(ctx, int64(c.ID))
	if err != nil {
		return err
	}
	was, err := toCampaign(row)
	if err != nil {
		return err
	}
	text, err := json.Marshal(c.Settings) // as it is stored, so that like is compared with like
	c.Settings = campaign.Settings{}
	if err := errors.Join(err, decode(string(text), &c.Settings)); err != nil {
		return err
	}
	before, after := settings(was), settings(c)
	var entries []campaign.AuditEntry
	for i := range before {
		if before[i] == after[i] {
			continue
		}
		entries = append(entries, campaign.AuditEntry{What: campaign.AuditConfigured, Campaign: c.ID, Text: was.Name, Details: map[string]string{
			campaign.DetailSetting: before[i].name, campaign.DetailBefore: before[i].shown(), campaign.DetailAfter: after[i].shown(),
		}})
	}
	return db.record(ctx, q, append(entries, exempted(was, c)...)...)
}

// setting is one of a campaign, by its name in [campaign.Settings].
type setting struct{ name, value string }

// settings is all that Configure stores, the same ones in the same order for
// every campaign.
func settings(c campaign.Campaign) []setting {
	list := []setting{{"Name", c.Name}, {"Flow", c.Flow.Source}}
	return appendSettings(list, "", reflect.ValueOf(c.Settings))
}

// appendSettings goes into structures that cannot say themselves in words.
func appendSettings(list []setting, prefix string, of reflect.Value) []setting {
	for i := range of.NumField() {
		name, value := prefix+of.Type().Field(i).Name, of.Field(i)
		_, speaks := value.Interface().(fmt.Stringer)
		if value.Kind() == reflect.Struct && !speaks {
			list = appendSettings(list, name+".", value)
			continue
		}
		list = append(list, setting{name, settingText(value)})
	}
	return list
}

// settingText is a setting as it is compared and told; what is left empty is
// nothing, a list is JSON.
func settingText(value reflect.Value) string {
	switch {
	case value.IsZero():
		if value.Kind() == reflect.Int || value.Kind() == reflect.Float64 {
			return "0"
		}
		return ""
	case value.Kind() == reflect.Slice, value.Kind() == reflect.Map:
		if value.Len() == 0 {
			return ""
		}
		text, err := json.Marshal(value.Interface())
		if err != nil {
			return fmt.Sprint(value.Interface())
		}
		return string(text)
	default:
		return fmt.Sprint(value.Interface())
	}
}

// exempted is an entry for each rule of the preset that somebody switches off,
// with the reason they gave.
func exempted(was, c campaign.Campaign) []campaign.AuditEntry {
	var entries []campaign.AuditEntry
	for _, e := range c.Settings.Exempt {
		if slices.Contains(was.Settings.Exempt, e) {
			continue
		}
		entries = append(entries, campaign.AuditEntry{What: campaign.AuditExempted, Campaign: c.ID, Text: was.Name, Details: map[string]string{
			campaign.DetailRule: string(e.Rule), campaign.DetailWhy: e.Why,
		}})
	}
	return entries
}

// shown is the value as a log may keep it for ever.
func (s setting) shown() string {
	switch strings.TrimPrefix(s.name, officePrefix) {
	case "CallerID":
		return masked(phone.Number(s.value))
	case "Flow", "Gateway":
		return redacted(s.value)
	case "Gateways":
		var ways []campaign.Via
		if decode(s.value, &ways) != nil {
			return ""
		}
		var shown []string
		for _, via := range ways {
			shown = append(shown, redacted(via.URL))
		}
		return strings.Join(shown, " ")
	}
	return s.value
}

// redacted hides the password in an address.
func redacted(address string) string {
	if u, err := url.Parse(address); err == nil && u.User != nil {
		return u.Redacted()
	}
	return address
}

// masked leaves the last two digits.
func masked(n phone.Number) string { return n.LogValue().String() }

// listDetails tells of a list that was read, in the place of a draft if was is
// not zero.
func listDetails(c campaign.Campaign, was campaign.ID, tally campaign.Tally) map[string]string {
	details := fileDetails(c.List)
	details[campaign.DetailRows] = strconv.Itoa(tally.Total())
	details["ready"] = strconv.Itoa(tally[campaign.Ready])
	if was != 0 {
		details["replaces"] = strconv.FormatInt(int64(was), 10)
	}
	return details
}

func fileDetails(l campaign.List) map[string]string {
	return map[string]string{campaign.DetailFile: l.File, "sheet": l.Sheet, "sha256": l.Hash}
}

func updateDetails(l campaign.List, u campaign.ListUpdate, o campaign.UpdateOptions) map[string]string {
	details := fileDetails(l)
	details["added"] = strconv.Itoa(u.Added)
	details["changed"] = strconv.Itoa(u.Updated)
	details["gone"] = strconv.Itoa(u.Gone)
	details["excluded"] = yes(o.ExcludeGone && u.Gone > 0)
	return details
}

// recordOptOut tells that a person asked not to be called again.
func (db *DB) recordOptOut(ctx context.Context, q *query.Queries, a query.Attempt, s campaign.Settlement) error {
	if !s.OptOut {
		return nil
	}
	c, err := q.StoredCampaign(ctx, a.Campaign)
	if err != nil {
		return err
	}
	return db.record(ctx, q, campaign.AuditEntry{
		Who: campaign.AuditProgram, What: campaign.AuditOptedOut, Campaign: campaign.ID(a.Campaign), Text: c.Name, Details: map[string]string{
			campaign.DetailNumber: masked(phone.Number(a.Number)), campaign.DetailRow: strconv.FormatInt(a.Row, 10),
			campaign.DetailPractice: yes(c.Practice || a.Practice),
		},
	})
}

// changesSoFar is how many rows the connection of tx has changed.
func changesSoFar(ctx context.Context, tx *sql.Tx) (n int64, err error) {
	err = tx.QueryRowContext(ctx, "SELECT total_changes()").Scan(&n)
	return n, err
}

// blockedEntry tells that n numbers of entries are on the do-not-call list that
// were not, or not for so long. All are of the kind of the first.
func blockedEntry(entries []campaign.DoNotCallEntry, n int64) campaign.AuditEntry {
	first := entries[0]
	e := campaign.AuditEntry{What: campaign.AuditBlocked, Campaign: first.Campaign, Text: first.Source, Details: map[string]string{
		campaign.DetailNumbers: strconv.FormatInt(n, 10), campaign.DetailSource: first.Source, campaign.DetailWhy: first.Reason,
		"way": string(first.Way), "until": day(first.Expires),
	}}
	if n == 1 && len(entries) == 1 {
		e.Details[campaign.DetailNumber] = masked(first.Number)
	}
	return e
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func unblockedEntry(number phone.Number, id campaign.ID) campaign.AuditEntry {
	return campaign.AuditEntry{What: campaign.AuditUnblocked, Campaign: id, Details: map[string]string{
		campaign.DetailNumber: masked(number), campaign.DetailNumbers: "1",
	}}
}

// listEntry tells of a do-not-call list, and how many others it replaces.
func listEntry(l campaign.DoNotCallList, what campaign.AuditAction, older []int64) campaign.AuditEntry {
	details := map[string]string{
		campaign.DetailNumbers: strconv.Itoa(l.Numbers), campaign.DetailSource: l.Source, campaign.DetailFile: l.File, campaign.DetailWhy: l.Reason,
		"kind": string(l.Kind), "dated": day(l.Dated), "until": day(l.Expires), "list": strconv.FormatInt(int64(l.ID), 10),
	}
	if len(older) > 0 {
		details["replaces"] = fmt.Sprint(older)
	}
	return campaign.AuditEntry{What: what, Text: l.Source, Details: details}
}

// recordUnlisted tells that a list does not count any more.
func (db *DB) recordUnlisted(ctx context.Context, q *query.Queries, id int64) error {
	row, err := q.GetDoNotCallList(ctx, id)
	l, failed := toDoNotCallList(row)
	if err := errors.Join(err, failed); err != nil {
		return err
	}
	return db.record(ctx, q, listEntry(l, campaign.AuditUnlisted, nil))
}
