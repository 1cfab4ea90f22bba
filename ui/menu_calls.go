package ui

import (
	"runtime"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// This file is the menu's items about people and the grid of the live page.

// live is the live page that is shown, or whose row fills the window; nil if
// none is.
func (w *Window) live() *livePage {
	switch p := w.page.(type) {
	case *livePage:
		return p
	case *detailsPage:
		return p.of.page
	default:
		return nil
	}
}

// onLive does something with the live page that is shown.
func (w *Window) onLive(do func(p *livePage)) func() {
	return func() {
		if p := w.live(); p != nil {
			do(p)
		}
	}
}

// callsItems makes the items.
func (w *Window) callsItems() {
	m := &w.menus
	act := func(key fyne.KeyName, shift bool, a view.Act) *fyne.MenuItem {
		return item(a.Words(a == view.ActAgain), key, shift, w.onLive(func(p *livePage) { p.act(a) }))
	}
	m.again = act(fyne.KeyG, false, view.ActAgain)
	m.now = act(fyne.KeyG, true, view.ActNow)
	m.leaveOut = act(fyne.KeyL, false, view.ActLeaveOut)
	m.putBack = act(fyne.KeyL, true, view.ActPutBack)
	m.block = act(fyne.KeyD, false, view.ActDoNotCall)
	m.unreached = item(words.Say("Call those not reached again…"), fyne.KeyR, true, w.onLive((*livePage).callUnreached))
	m.pace = item(words.Say("Lines and pace…"), fyne.KeyP, true, w.onLive((*livePage).askPace))
	m.why = item(words.Say("Why not more?"), fyne.KeyW, true, w.onLive((*livePage).askWhy))
	m.details = item(words.Say("Details"), fyne.KeyI, false, w.onLive(func(p *livePage) { p.details.openChosen() }))
	m.evidence = item(words.Say("Copy details"), fyne.KeyI, true, w.onLive(func(p *livePage) { p.details.copyEvidence() }))
	m.columns = item(words.Say("Columns"), fyne.KeyK, false, w.onLive(func(p *livePage) { p.columnsMenu(p.rows.search) }))
	density := func(label string, key fyne.KeyName, d widget.Density) *fyne.MenuItem {
		return item(label, key, true, func() { w.setDensity(d) })
	}
	m.compact = density(words.Say("Compact rows"), fyne.Key5, widget.Compact)
	m.comfortable = density(words.Say("Comfortable rows"), fyne.Key6, widget.Comfortable)
	m.roomy = density(words.Say("Roomy rows"), fyne.Key7, widget.Roomy)
}

// tellCalls brings the items to what is possible now.
func (m *menus) tellCalls(w *Window) {
	p := w.live()
	var can []view.Act
	if p != nil {
		can = p.can()
	}
	for a, i := range m.acts() {
		i.Disabled = !slices.Contains(can, a)
	}
	for _, i := range []*fyne.MenuItem{m.unreached, m.why, m.details, m.evidence, m.columns} {
		i.Disabled = p == nil
	}
	m.pace.Disabled = p == nil || !p.paced()
	d := w.density()
	m.compact.Checked, m.comfortable.Checked, m.roomy.Checked = d == widget.Compact, d == widget.Comfortable, d == widget.Roomy
}

// acts are the items that do something with people.
func (m *menus) acts() map[view.Act]*fyne.MenuItem {
	return map[view.Act]*fyne.MenuItem{
		view.ActAgain: m.again, view.ActNow: m.now, view.ActLeaveOut: m.leaveOut, view.ActPutBack: m.putBack, view.ActDoNotCall: m.block,
	}
}

// keysOf are the keys of an act, as they are called; empty if it has none.
func (m *menus) keysOf(a view.Act) string { return m.keys(m.acts()[a]) }

// keys are the keys of an item.
func (m *menus) keys(i *fyne.MenuItem) string {
	if i == nil {
		return ""
	}
	s, ok := i.Shortcut.(*desktop.CustomShortcut)
	if !ok {
		return ""
	}
	keys := string(s.KeyName)
	if s.Modifier&fyne.KeyModifierShift != 0 {
		keys = words.Say("Shift+%s", keys)
	}
	return m.control(keys)
}

// control is keys that are pressed with Ctrl, or with Command.
func (m *menus) control(keys string) string {
	if strings.Contains(runtime.GOOS, "darwin") {
		return "⌘" + keys
	}
	return words.Say("Ctrl+%s", keys)
}
