package words_test

import (
	"strings"
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// spoken says everything of a kind in the language in use.
func spoken(t *testing.T) map[string]string {
	t.Helper()
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	said := map[string]string{}
	for _, v := range constants(t, "..", "Status") {
		said["status "+v] = words.Status(campaign.Status(v))
		said["counted "+v] = words.Counted(campaign.Status(v), 3)
	}
	for _, v := range constants(t, "..", "State") {
		said["state "+v] = words.Campaign(campaign.State(v))
	}
	for _, v := range constants(t, "../../gateway", "Outcome") {
		said["outcome "+v] = words.Outcome(gateway.Outcome(v))
	}
	for _, v := range constants(t, "..", "Problem") {
		said["problem "+v] = words.Problem(campaign.Problem(v))
	}
	for _, v := range constants(t, "..", "Code") {
		why := campaign.Reason{Code: campaign.Code(v), Outcome: "busy", Problem: "date", Row: 3, Try: 2, Of: 3, Until: now.Add(time.Hour), Zone: "Europe/Berlin", Rule: "us-fl-hours"}
		said["reason "+v] = words.Sentence(why, now)
	}
	for _, v := range constants(t, "..", "AuditAction") {
		said["audit "+v] = words.Audit(campaign.AuditEntry{What: campaign.AuditAction(v), Text: "X", Details: map[string]string{"rows": "2", "why": "Y", "setting": "Lines"}})
	}
	for id, r := range rules(t) {
		said["rule "+string(id)], said["off "+string(id)] = words.Rule(r), words.RuleOff(r)
	}
	return said
}

// Everything that is said in English is said otherwise in each language, and
// is put together without gaps.
func TestEverythingIsSaidInEachLanguage(t *testing.T) {
	english := spoken(t)
	for _, l := range words.Languages()[1:] {
		t.Run(string(l), func(t *testing.T) {
			use(t, l)
			for what, said := range spoken(t) {
				if said == english[what] || said == "" {
					t.Errorf("%s: %q is not said in it", what, said)
				}
				if strings.Contains(said, "%!") || strings.Contains(said, "  ") || strings.Contains(said, "||") || said != strings.TrimSpace(said) {
					t.Errorf("%s: %q", what, said)
				}
			}
		})
	}
}

func TestGermanSentences(t *testing.T) {
	use(t, words.German)
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	for want, got := range map[string]string{
		"Besetzt, nächster Versuch 10:49 (2. von 3)": words.Sentence(campaign.Reason{Code: campaign.CodeRetry, Outcome: "busy", Until: now.Add(49 * time.Minute), Try: 2, Of: 3}, now),
		"Am Ort der Person ist es zu früh, wartet bis 16:00, 09:00 Uhr in Denver": words.Sentence(
			campaign.Reason{Code: campaign.CodeHours, Until: now.Add(6 * time.Hour), Zone: "America/Denver"}, now),
		"Besetzt, 3 Versuche":              words.Sentence(campaign.Reason{Code: campaign.CodeNoTries, Outcome: "busy", Try: 3}, now),
		"„Termine“ gestartet (Übung)":      words.Audit(campaign.AuditEntry{What: campaign.AuditStarted, Text: "Termine", Details: map[string]string{"practice": "yes"}}),
		"Heute 10:49":                      words.Next(campaign.Contact{Status: campaign.Waiting, NextAt: now.Add(49 * time.Minute)}, now),
		"1 nicht erreicht, 2 übersprungen": words.Counted(campaign.Unreached, 1) + ", " + words.Counted(campaign.Skipped, 2),
		"Personen in Florida werden nur angerufen: täglich von 08:00 bis 20:00 Uhr":                                                                           words.Rule(rules(t)["us-fl-hours"]),
		"Anrufe erreichen womöglich Personen in Florida vor 08:00 Uhr oder nach 20:00 Uhr, entgegen: Fla. Stat. § 501.616(6)(a)":                              words.RuleOff(rules(t)["us-fl-hours"]),
		"Personen in Maine werden höchstens einmal in 8 Stunden angerufen, wobei unbeantwortete Anrufe nicht zählen":                                          words.Rule(rules(t)["us-me-limit-8h"]),
		"Personen in den USA werden höchstens 3-mal in 30 Tagen angerufen, außer bei Einwilligung":                                                            words.Rule(rules(t)["us-limit-30d"]),
		"Personen in Frankreich werden von 13:00 bis 14:00 Uhr nicht angerufen":                                                                               words.Rule(rules(t)["eu-fr-noon"]),
		"Personen im Vereinigten Königreich werden nur angerufen: Montag bis Freitag von 08:00 bis 21:00 Uhr und Samstag und Sonntag von 09:00 bis 20:00 Uhr": words.Rule(rules(t)["gb-hours"]),
	} {
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
