package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/ui/view"
)

// notifyKey is where it is kept whether the desktop tells what happens.
const notifyKey = "notify"

// notifies tells whether the desktop tells what happens while somebody works in
// another window.
func (w *Window) notifies() bool {
	return w.program.Preferences().BoolWithFallback(notifyKey, true)
}

// watchFocus keeps in mind whether somebody looks at the window.
func (w *Window) watchFocus() {
	w.program.Lifecycle().SetOnEnteredForeground(func() { w.elsewhere = false })
	w.program.Lifecycle().SetOnExitedForeground(func() { w.elsewhere = true })
}

// notice has the desktop tell something, if nobody looks at the window. The
// desktop is asked elsewhere, because it may take its time.
func (w *Window) notice(n view.Notice, told bool) {
	if !told || !w.notifies() || !w.elsewhere && !w.hidden {
		return
	}
	w.background(func() { w.program.SendNotification(fyne.NewNotification(n.Title, n.Text)) }, func() {})
}

// noticeChange tells of a campaign what somebody is to know of a change.
func (w *Window) noticeChange(k *calls, u campaign.Update) {
	is := view.StandingOf(u)
	if k.standing.State == "" { // what was before is no news
		k.standing = is
	}
	w.notice(view.NoticeOf(k.standing, is, time.Now()))
	k.standing = is
}
