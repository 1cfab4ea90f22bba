package view

import (
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// Notice is told by the desktop to somebody who does not look at the window.
type Notice struct{ Title, Text string }

// Standing is as much of a campaign that is being called as a notice is about.
type Standing struct {
	Name   string
	State  campaign.State
	Why    campaign.Reason
	Doubts int
	Away   bool // its gateway does not answer
}

// StandingOf is how a campaign stands by what a Runner told.
func StandingOf(u campaign.Update) Standing {
	return Standing{u.Campaign.Name, u.Campaign.State, u.Campaign.Why, u.Tally[campaign.Doubt], u.Away != nil}
}

// NoticeOf is what somebody is to know of a change: that the campaign has
// paused by itself or needs a person. It is false if there is nothing to tell.
func NoticeOf(was, is Standing, now time.Time) (Notice, bool) {
	switch {
	case was.State == campaign.Running && is.State == campaign.Paused && is.Why.Code != campaign.CodeByUser && !is.Why.IsZero():
		return Notice{words.Say("“%s” has paused", Brief(is.Name)), words.Sentence(is.Why, now)}, true
	case is.Doubts > was.Doubts:
		return Notice{words.Say("“%s” needs you", Brief(is.Name)), words.Many(is.Doubts, "%s person may or may not have been called. You decide.",
			"%s people may or may not have been called. You decide.")}, true
	case is.Away && !was.Away:
		return Notice{words.Say("“%s” waits for its gateway", Brief(is.Name)), words.Say("The gateway does not answer. No new call begins until it does.")}, true
	default:
		return Notice{}, false
	}
}

// EndNotice is what somebody is to know of a campaign that is not called any
// more; broke is set if that is because something failed.
func EndNotice(c campaign.Campaign, broke bool, now time.Time) (Notice, bool) {
	switch {
	case broke:
		return Notice{words.Say("“%s” has ended early", Brief(c.Name)), words.Say("Calls in progress may still end by themselves. Open Rollcall to go on.")}, true
	case c.State == campaign.Finished:
		return Notice{words.Say("“%s” is finished", Brief(c.Name)), words.Say("The results are in Rollcall.")}, true
	case c.State == campaign.Paused && !c.Why.IsZero() && c.Why.Code != campaign.CodeByUser:
		return Notice{words.Say("“%s” has paused", Brief(c.Name)), words.Sentence(c.Why, now)}, true
	default:
		return Notice{}, false
	}
}

// Tray is the line of the icon that stands for the program while its window is
// away. It does not count calls: it would be another one with each of them.
func Tray(campaigns int) string {
	if campaigns == 0 {
		return words.Say("Nobody is being called")
	}
	return words.Many(campaigns, "%s campaign is being called", "%s campaigns are being called")
}
