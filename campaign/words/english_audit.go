package words

import "rollcall/campaign"

// This file is the words of the audit log.

// action says what was done with something.
//
//nolint:funlen,gocyclo // flat: a text each
func action(a campaign.AuditAction, with string) string {
	switch a {
	case campaign.AuditStarted:
		return Say("Started %s", with)
	case campaign.AuditPaused:
		return Say("Paused %s", with)
	case campaign.AuditResumed:
		return Say("Went on with %s", with)
	case campaign.AuditStopped:
		return Say("Stopped %s", with)
	case campaign.AuditFinished:
		return Say("Finished %s", with)
	case campaign.AuditReopened:
		return Say("Made a draft again of %s", with)
	case campaign.AuditImported:
		return Say("Took in the list of %s", with)
	case campaign.AuditReread:
		return Say("Read the list again of %s", with)
	case campaign.AuditUpdated:
		return Say("Took in a newer list of %s", with)
	case campaign.AuditUndone:
		return Say("Removed the draft %s", with)
	case campaign.AuditDuplicated:
		return Say("Took the list of another campaign for %s", with)
	case campaign.AuditArchived:
		return Say("Put %s into the archive", with)
	case campaign.AuditReturned:
		return Say("Brought back %s from the archive", with)
	case campaign.AuditDiscarded:
		return Say("Deleted %s with its results", with)
	case campaign.AuditConfigured:
		return Say("Changed %s", with)
	case campaign.AuditExempted:
		return Say("Made an exception for %s", with)
	case campaign.AuditDecided:
		return Say("Decided about a row in doubt of %s", with)
	case campaign.AuditExcluded:
		return Say("Left somebody out of %s", with)
	case campaign.AuditIncluded:
		return Say("Took back in %s", with)
	case campaign.AuditAgain:
		return Say("Let people be called again in %s", with)
	case campaign.AuditHurried:
		return Say("Let people be called without delay in %s", with)
	case campaign.AuditRevived:
		return Say("Opened again %s", with)
	case campaign.AuditBlocked:
		return Say("Put on the do-not-call list: %s", with)
	case campaign.AuditOptedOut:
		return Say("Asked not to be called again: %s", with)
	case campaign.AuditUnblocked:
		return Say("Taken off the do-not-call list: %s", with)
	case campaign.AuditListed:
		return Say("Took in the do-not-call list %s", with)
	case campaign.AuditRelisted:
		return Say("Took in changes to the do-not-call list %s", with)
	case campaign.AuditUnlisted:
		return Say("Removed the do-not-call list %s", with)
	case campaign.AuditForgotten:
		return Say("Deleted old calls %s", with)
	case campaign.AuditTestCall:
		return Say("Made a test call for %s", with)
	case campaign.AuditEndedCalls:
		return Say("Ended all calls in progress of %s", with)
	case campaign.AuditExpired:
		return Say("Deleted the results of %s", with)
	case campaign.AuditRestored:
		return Say("Put a back-up in the place of everything")
	default:
		return string(a) + " " + with
	}
}

// setting is called as pages call it.
//
//nolint:funlen,gocyclo // flat: a text each
func setting(name string) string {
	switch name {
	case "Name":
		return Say("name||setting")
	case "Flow":
		return Say("call flow||setting")
	case "Region":
		return Say("country||setting")
	case "Zone":
		return Say("time zone||setting")
	case "Zones":
		return Say("where people are taken to be||setting")
	case "Hours":
		return Say("calling hours||setting")
	case "Retry.Tries":
		return Say("number of tries||setting")
	case "Retry.After":
		return Say("when people are called again||setting")
	case "Holidays":
		return Say("holidays||setting")
	case "DaysOff":
		return Say("days off||setting")
	case "Office":
		return Say("hours of the office||setting")
	case "Zoned":
		return Say("time zone of the office||setting")
	case "NotBefore":
		return Say("beginning||setting")
	case "NotAfter":
		return Say("end||setting")
	case "Limits":
		return Say("limits of calls to a number||setting")
	case "Gaps":
		return Say("time between calls to a number||setting")
	case "Law":
		return Say("preset of rules||setting")
	case "Exempt":
		return Say("rules switched off||setting")
	case "Finished":
		return Say("answer that ends the calls||setting")
	case "Rate":
		return Say("calls a second||setting")
	case "Weight":
		return Say("share of the lines||setting")
	case "Machines":
		return Say("what machines hear||setting")
	case "Gateways":
		return Say("gateways||setting")
	case "Lines":
		return Say("number of lines||setting")
	case "CallerID":
		return Say("number shown||setting")
	case "Gateway":
		return Say("gateway||setting")
	case "Speed":
		return Say("practice speed||setting")
	case "Tries":
		return Say("number of tries||setting")
	case "Keep.Results":
		return Say("days that results are kept||setting")
	case "Keep.Calls":
		return Say("days that calls are kept||setting")
	case "Keep.Records":
		return Say("days that the gateway keeps records||setting")
	default:
		return name
	}
}

// detail says the value of a detail by its name.
func detail(name, value string) string {
	switch name {
	case campaign.DetailWhy:
		return Say("why: %s", value)
	case campaign.DetailRow:
		return Say("row: %s", value)
	case campaign.DetailRule:
		return Say("rule: %s", value)
	case "calls":
		return Say("calls: %s", value)
	case "before_day":
		return Say("before: %s", value)
	case "ready":
		return Say("to be called: %s", value)
	case "sha256": // of more than the file alone: see [campaign.List.Hash]
		return Say("check sum of the file with the name of its sheet: %s", value)
	case "replaces":
		return Say("in the place of: %s", value)
	default:
		return name + ": " + value
	}
}

// auditFault says what is wrong, with the entry of that number.
func auditFault(f campaign.AuditFault, entry string) string {
	switch f {
	case campaign.AuditChanged:
		return Say("Entry %s is not what was written there", entry)
	case campaign.AuditMissing:
		return Say("Entry %s is missing", entry)
	case campaign.AuditCut:
		return Say("Entries are missing at the end, from entry %s on: the file audit.head knows more of them", entry)
	case campaign.AuditReplaced:
		return Say("Entry %s is another than the one that the file audit.head knows: the log was written anew", entry)
	case campaign.AuditStranger:
		return Say("No entry has the head that was given: the log was written anew, or entries are missing at its end")
	case campaign.AuditHeadBroken:
		return Say("The file audit.head cannot be read")
	default:
		return string(f)
	}
}
