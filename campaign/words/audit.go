package words

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"rollcall/campaign"
)

// Audit says what was done, as one line of the audit log: "Started
// “Appointments” (practice)". It has no full stop.
func Audit(e campaign.AuditEntry) string {
	if e.What == campaign.AuditConfigured {
		return changed(e)
	}
	with := e.Details[campaign.DetailNumber]
	if e.Text != "" {
		with = strings.TrimSpace(with + " " + Quoted(e.Text))
	}
	said := strings.TrimSpace(action(e.What, with))
	if told := details(e); len(told) > 0 {
		said = Say("%s (%s)", said, strings.Join(told, ", "))
	}
	return said
}

// changed says how a setting was and how it is.
func changed(e campaign.AuditEntry) string {
	if e.Text == "" {
		return Say("Changed the %s in the settings from %s to %s", setting(strings.TrimPrefix(e.Details[campaign.DetailSetting], "Office.")),
			or(e.Details[campaign.DetailBefore], nothing), or(e.Details[campaign.DetailAfter], nothing))
	}
	return Say("Changed the %s of %s from %s to %s", setting(e.Details[campaign.DetailSetting]), Quoted(e.Text),
		or(e.Details[campaign.DetailBefore], nothing), or(e.Details[campaign.DetailAfter], nothing))
}

// details says the rest in the order of an office: how many, why, and then
// whatever there is by name.
func details(e campaign.AuditEntry) []string {
	rest := maps.Clone(e.Details)
	for _, said := range []string{campaign.DetailNumber, campaign.DetailBefore, campaign.DetailAfter} {
		delete(rest, said)
	}
	take := func(name string) string {
		value := rest[name]
		delete(rest, name)
		return value
	}
	var told []string
	if n := take(campaign.DetailNumbers); n != "" && e.Details[campaign.DetailNumber] == "" {
		told = append(told, Many(count(n), "%s number", "%s numbers"))
	}
	if n := take(campaign.DetailRows); n != "" {
		told = append(told, Many(count(n), "%s row", "%s rows"))
	}
	if why := take(campaign.DetailCode); why != "" {
		told = append(told, or(code(campaign.Code(why)), why))
	}
	if take(campaign.DetailPractice) != "" {
		told = append(told, Say("practice"))
	}
	if source := take(campaign.DetailSource); source != "" && source != e.Text {
		told = append(told, Say("source: %s", source))
	}
	for _, name := range slices.Sorted(maps.Keys(rest)) {
		if value := rest[name]; value != "" {
			told = append(told, detail(name, value))
		}
	}
	return told
}

// count is a number that a log holds as text.
func count(text string) int {
	n, _ := strconv.Atoi(text) // the log holds what was counted
	return n
}

// AuditFault says what is wrong with an audit log, and with which entry. It has
// no full stop.
func AuditFault(v campaign.AuditVerdict) string { return auditFault(v.Fault, fmt.Sprint(v.First)) }
