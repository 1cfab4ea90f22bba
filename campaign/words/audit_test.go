package words_test

import (
	"testing"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

func TestAudit(t *testing.T) {
	for _, test := range []struct {
		what    campaign.AuditAction
		text    string
		details map[string]string
		want    string
	}{
		{campaign.AuditStarted, "Visits", map[string]string{"before": "draft", "after": "running", "practice": "yes"}, "Started “Visits” (practice)"},
		{campaign.AuditPaused, "Visits", map[string]string{"code": "refused", "why": "no credit"}, "Paused “Visits” (The gateway refused the call, why: no credit)"},
		{campaign.AuditConfigured, "Visits", map[string]string{"setting": "Retry.Tries", "before": "3", "after": "5"},
			"Changed the number of tries of “Visits” from 3 to 5"},
		{campaign.AuditConfigured, "Visits", map[string]string{"setting": "Colour", "after": "red"}, "Changed the Colour of “Visits” from – to red"},
		{campaign.AuditBlocked, "dnc.csv", map[string]string{"numbers": "2", "source": "dnc.csv", "way": "import"},
			"Put on the do-not-call list: “dnc.csv” (2 numbers, way: import)"},
		{campaign.AuditUnblocked, "", map[string]string{"numbers": "1", "number": "…07"}, "Taken off the do-not-call list: …07"},
		{campaign.AuditImported, "Visits", map[string]string{"rows": "1", "ready": "1"}, "Took in the list of “Visits” (1 row, to be called: 1)"},
		{"danced", "", nil, "danced"},
	} {
		if got := words.Audit(campaign.AuditEntry{What: test.what, Text: test.text, Details: test.details}); got != test.want {
			t.Errorf("said %q, want %q", got, test.want)
		}
	}
}

// Every action and every fault has words of its own.
func TestAuditWords(t *testing.T) {
	seen := map[string]bool{}
	for _, what := range []campaign.AuditAction{
		campaign.AuditStarted, campaign.AuditPaused, campaign.AuditResumed, campaign.AuditStopped, campaign.AuditFinished, campaign.AuditReopened,
		campaign.AuditImported, campaign.AuditReread, campaign.AuditUpdated, campaign.AuditUndone,
		campaign.AuditDuplicated, campaign.AuditArchived, campaign.AuditReturned, campaign.AuditDiscarded, campaign.AuditExempted, campaign.AuditDecided,
		campaign.AuditExcluded, campaign.AuditBlocked, campaign.AuditOptedOut, campaign.AuditUnblocked, campaign.AuditListed, campaign.AuditRelisted,
		campaign.AuditUnlisted, campaign.AuditTestCall, campaign.AuditEndedCalls,
	} {
		said := words.Audit(campaign.AuditEntry{What: what})
		if said == string(what) || seen[said] {
			t.Errorf("%s: %q", what, said)
		}
		seen[said] = true
	}
	for _, fault := range []campaign.AuditFault{
		campaign.AuditChanged, campaign.AuditMissing, campaign.AuditCut, campaign.AuditReplaced, campaign.AuditStranger, campaign.AuditHeadBroken,
	} {
		said := words.AuditFault(campaign.AuditVerdict{Fault: fault, First: 3})
		if said == string(fault) || seen[said] {
			t.Errorf("%s: %q", fault, said)
		}
		seen[said] = true
	}
}
