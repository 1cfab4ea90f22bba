package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/widget"
)

// menus are the items that are not always possible, and the modes.
type menus struct {
	main                                         *fyne.MainMenu
	export, start, pause, resume                 *fyne.MenuItem
	stop, end, live, newer, blocks               *fyne.MenuItem
	doNotCall, doubts, settings, guide, try      *fyne.MenuItem
	system, light, dark, undo                    *fyne.MenuItem
	open, paste, sample, campaigns, quit, search *fyne.MenuItem
	fresh, message                               *fyne.MenuItem

	again, now, leaveOut, putBack, block, unreached *fyne.MenuItem // with people
	pace                                            *fyne.MenuItem
	details, evidence, columns, why                 *fyne.MenuItem
	compact, comfortable, roomy                     *fyne.MenuItem
}

// item is a menu's line. Its shortcut works wherever the focus is.
func item(label string, key fyne.KeyName, shift bool, do func()) *fyne.MenuItem {
	i := fyne.NewMenuItem(label, do)
	modifier := fyne.KeyModifierShortcutDefault
	if shift {
		modifier |= fyne.KeyModifierShift
	}
	i.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: modifier}
	return i
}

// mainMenu holds every action with its shortcut.
func (w *Window) mainMenu() *fyne.MainMenu {
	m := &w.menus
	m.open = item(words.Say("Open list…"), fyne.KeyO, false, w.chooseList)
	m.fresh = item(words.Say("New campaign…"), fyne.KeyN, false, w.newCampaign)
	m.paste = item(words.Say("Paste list"), fyne.KeyV, true, w.pasteList)
	m.sample = item(words.Say("Try the sample"), fyne.KeyT, false, w.openSample)
	m.blocks = item(words.Say("Import do-not-call list…"), fyne.KeyD, true, w.chooseBlocks)
	m.export = item(words.Say("Export results…"), fyne.KeyE, false, func() { w.export(w.shown()) })
	m.quit = item(words.Say("Quit"), fyne.KeyQ, false, w.quit)
	m.quit.IsQuit = true
	m.start = item(words.Say("Start…"), fyne.KeyReturn, false, w.startShown)
	m.try = item(words.Say("Try the message"), fyne.KeyT, true, w.tryShown)
	m.pause = item(words.Say("Pause"), fyne.KeyP, false, w.pause)
	m.resume = item(words.Say("Resume"), fyne.KeyR, false, w.resumeShown)
	m.newer = item(words.Say("Bring in a newer list…"), fyne.KeyN, true, w.chooseNewer)
	m.stop = item(words.Say("Stop…"), fyne.KeyS, true, w.askStop)
	m.end = item(words.Say("End all calls now…"), fyne.KeyX, true, w.askEnd)
	m.campaigns = item(words.Say("Campaigns"), fyne.Key1, false, w.goHome)
	m.live = item(words.Say("Live calls"), fyne.Key2, false, w.goLive)
	m.doNotCall = item(words.Say("Do not call"), fyne.Key3, false, w.goDoNotCall)
	m.doubts = item(words.Say("Numbers in doubt"), fyne.Key4, false, w.goDoubts)
	m.settings = item(words.Say("Settings"), fyne.KeyComma, false, w.goSettings)
	m.guide = &fyne.MenuItem{Label: words.Say("Guide"), Action: w.goHelp, Shortcut: &desktop.CustomShortcut{KeyName: fyne.KeyF1}}
	m.search = item(words.Say("Find||menu"), fyne.KeyF, false, w.find)
	m.message = &fyne.MenuItem{Label: words.Say("Go to the message below"), Action: w.readToast, Shortcut: &desktop.CustomShortcut{KeyName: fyne.KeyF6}}
	m.system = item(words.Say("Light or dark as the system"), fyne.Key8, true, func() { w.setMode(widget.System) })
	m.light = item(words.Say("Light"), fyne.Key9, true, func() { w.setMode(widget.Light) })
	m.dark = item(words.Say("Dark"), fyne.Key0, true, func() { w.setMode(widget.Dark) })
	w.callsItems()
	line := fyne.NewMenuItemSeparator
	m.main = fyne.NewMainMenu(
		fyne.NewMenu(words.Say("File||menu"), m.fresh, m.open, m.paste, m.sample, line(), m.blocks, line(), m.export, line(), m.settings, line(), m.quit),
		w.editMenu(),
		fyne.NewMenu(words.Say("Campaign"), m.try, line(), m.start, line(), m.newer, line(), m.stop),
		fyne.NewMenu(words.Say("Calls"), m.pause, m.resume, line(), m.again, m.now, m.leaveOut, m.putBack, m.block, line(), m.unreached, line(), m.pace, m.why, line(), m.end),
		fyne.NewMenu(words.Say("View||menu"), m.campaigns, m.live, m.doNotCall, m.doubts, line(), m.search, m.details, m.evidence, m.columns, m.message, line(), m.compact, m.comfortable, m.roomy, line(), m.system, m.light, m.dark),
		fyne.NewMenu(words.Say("Help"), m.guide),
	)
	for _, menu := range m.main.Items {
		for _, i := range menu.Items {
			if do := i.Action; do != nil {
				i.Action = func() { w.guard(do) }
			}
		}
	}
	return m.main
}

// tell brings the items to what is possible now.
func (m *menus) tell(w *Window) {
	if m.main == nil {
		return
	}
	c := w.shown()
	_, writing := w.page.(*messagePage)
	_, checking := w.page.(*checkPage)
	can := w.can(c)
	m.open.Disabled, m.sample.Disabled, m.campaigns.Disabled = w.office == nil, w.office == nil, w.office == nil
	m.paste.Disabled, m.blocks.Disabled = w.office == nil, w.office == nil
	m.settings.Disabled = w.office == nil
	m.doNotCall.Disabled, m.doubts.Disabled = w.office == nil, w.office == nil
	m.export.Disabled = c.ID == 0 || c.State == campaign.Draft
	m.start.Disabled = !can.start && !writing && !checking
	m.pause.Disabled, m.resume.Disabled = !can.pause, !can.resume
	m.stop.Disabled, m.end.Disabled = !can.stop, !can.end
	m.live.Disabled = len(w.calls) == 0
	m.try.Disabled = w.office == nil || !w.canTry()
	m.newer.Disabled = c.ID == 0 || c.State == campaign.Draft || c.State.Over()
	m.fresh.Disabled, m.message.Disabled = w.office == nil, w.said == nil
	_, home := w.page.(*homePage)
	m.search.Disabled = !home && (w.live() == nil || w.page != page(w.live()))
	m.undo.Disabled = !w.canUndo()
	m.system.Checked, m.light.Checked, m.dark.Checked = w.mode == widget.System, w.mode == widget.Light, w.mode == widget.Dark
	m.tellCalls(w)
	m.main.Refresh()
}

// find puts the keys into the search field.
func (w *Window) find() {
	switch p := w.page.(type) {
	case *livePage:
		w.win.Canvas().Focus(p.rows.search)
	case *homePage:
		p.find()
	}
}
