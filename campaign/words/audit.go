package words

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"rollcall/campaign"
)

// Audit says what was done, as one line of the audit log: "Started
// “Appointments” (practice)". It has no full stop.
func Audit(e campaign.AuditEntry) string {
	said := or(actions()[e.What], string(e.What))
	if e.What == campaign.AuditConfigured {
		return changed(e)
	}
	if n := e.Details[campaign.DetailNumber]; n != "" {
		said += " " + n
	}
	if e.Text != "" {
		said += " “" + e.Text + "”"
	}
	if told := details(e); len(told) > 0 {
		said += " (" + strings.Join(told, ", ") + ")"
	}
	return said
}

// changed says how a setting was and how it is.
func changed(e campaign.AuditEntry) string {
	name := e.Details[campaign.DetailSetting]
	return fmt.Sprintf("Changed the %s of “%s” from %s to %s", or(settings()[name], name), e.Text,
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
		told = append(told, counted(n, "number"))
	}
	if n := take(campaign.DetailRows); n != "" {
		told = append(told, counted(n, "row"))
	}
	if code := take(campaign.DetailCode); code != "" {
		told = append(told, or(codes()[campaign.Code(code)], code))
	}
	if take(campaign.DetailPractice) != "" {
		told = append(told, "practice")
	}
	if source := take(campaign.DetailSource); source != "" && source != e.Text {
		told = append(told, "source: "+source)
	}
	for _, name := range slices.Sorted(maps.Keys(rest)) {
		if value := rest[name]; value != "" {
			told = append(told, or(detailNames()[name], name)+": "+value)
		}
	}
	return told
}

func counted(n, what string) string {
	if n == "1" {
		return n + " " + what
	}
	return n + " " + what + "s"
}

// AuditFault says what is wrong with an audit log, and with which entry. It has
// no full stop.
func AuditFault(v campaign.AuditVerdict) string {
	return strings.ReplaceAll(or(auditFaults()[v.Fault], string(v.Fault)), "{n}", fmt.Sprint(v.First))
}
