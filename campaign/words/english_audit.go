package words

import "rollcall/campaign"

// This file is the English of the audit log.

func actions() map[campaign.AuditAction]string {
	return map[campaign.AuditAction]string{
		campaign.AuditStarted:    "Started",
		campaign.AuditPaused:     "Paused",
		campaign.AuditResumed:    "Went on with",
		campaign.AuditStopped:    "Stopped",
		campaign.AuditFinished:   "Finished",
		campaign.AuditReopened:   "Made a draft again of",
		campaign.AuditImported:   "Took in the list of",
		campaign.AuditReread:     "Read the list again of",
		campaign.AuditUpdated:    "Took in a newer list of",
		campaign.AuditUndone:     "Removed the draft",
		campaign.AuditConfigured: "Changed",
		campaign.AuditExempted:   "Made an exception for",
		campaign.AuditDecided:    "Decided about a row in doubt of",
		campaign.AuditExcluded:   "Left somebody out of",
		campaign.AuditIncluded:   "Took back in",
		campaign.AuditAgain:      "Let people be called again in",
		campaign.AuditHurried:    "Let people be called without delay in",
		campaign.AuditRevived:    "Opened again",
		campaign.AuditBlocked:    "Put on the do-not-call list:",
		campaign.AuditOptedOut:   "Asked not to be called again:",
		campaign.AuditUnblocked:  "Taken off the do-not-call list:",
		campaign.AuditListed:     "Took in the do-not-call list",
		campaign.AuditRelisted:   "Took in changes to the do-not-call list",
		campaign.AuditUnlisted:   "Removed the do-not-call list",
		campaign.AuditForgotten:  "Deleted old calls",
		campaign.AuditTestCall:   "Made a test call for",
		campaign.AuditEndedCalls: "Ended all calls in progress of",
	}
}

// settings are called as pages call them.
func settings() map[string]string {
	return map[string]string{
		"Name":        "name",
		"Flow":        "call flow",
		"Region":      "country",
		"Zone":        "time zone",
		"Hours":       "calling hours",
		"Retry.Tries": "number of tries",
		"Retry.After": "when people are called again",
		"Holidays":    "holidays",
		"DaysOff":     "days off",
		"Office":      "hours of the office",
		"Zoned":       "time zone of the office",
		"NotBefore":   "beginning",
		"NotAfter":    "end",
		"Limits":      "limits of calls to a number",
		"Gaps":        "time between calls to a number",
		"Law":         "preset of rules",
		"Exempt":      "rules switched off",
		"Finished":    "answer that ends the calls",
		"Rate":        "calls a second",
		"Weight":      "share of the lines",
		"Machines":    "what machines hear",
		"Gateways":    "gateways",
		"Lines":       "number of lines",
		"CallerID":    "number shown",
		"Gateway":     "gateway",
		"Speed":       "practice speed",
	}
}

func detailNames() map[string]string {
	return map[string]string{
		campaign.DetailWhy:  "why",
		campaign.DetailRow:  "row",
		campaign.DetailRule: "rule",
		"calls":             "calls",
		"before_day":        "before",
		"ready":             "to be called",
		"sha256":            "SHA-256",
		"replaces":          "in the place of",
	}
}

func auditFaults() map[campaign.AuditFault]string {
	return map[campaign.AuditFault]string{
		campaign.AuditChanged:    "Entry {n} is not what was written there",
		campaign.AuditMissing:    "Entry {n} is missing",
		campaign.AuditCut:        "Entries are missing at the end, from entry {n} on: the file audit.head knows more of them",
		campaign.AuditReplaced:   "Entry {n} is another than the one that the file audit.head knows: the log was written anew",
		campaign.AuditStranger:   "No entry has the head that was given: the log was written anew, or entries are missing at its end",
		campaign.AuditHeadBroken: "The file audit.head cannot be read",
	}
}
