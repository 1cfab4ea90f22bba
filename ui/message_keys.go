package ui

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"rollcall/campaign/flow/built"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// This file is what happens when a key is pressed.

// keysCard is a line for each key, and one for no key at all.
func (m *messagePage) keysCard() fyne.CanvasObject {
	rows, add := widget.Stack(0), widget.NewButton(widget.Plain, words.Say("Add a key"), func() { m.askKey(-1, built.Key{Key: m.message().FreeKey()}) }).With(widget.IconPlus)
	last := ""
	m.told = append(m.told, func() {
		if m.message().FreeKey() == "" {
			add.Disable()
		} else {
			add.Enable()
		}
		now := fmt.Sprint(m.message().Keys, m.message().Otherwise, m.plan.message.Found)
		if now == last {
			return // whoever has the focus keeps it
		}
		last = now
		rows.Objects = m.keyRows()
		rows.Refresh()
	})
	return card(words.Say("When a key is pressed"), []fyne.CanvasObject{add}, rows)
}

func (m *messagePage) keyRows() []fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for i := range m.message().Keys {
		rows = append(rows, widget.Rule(), m.keyRow(i))
	}
	rows = append(rows, widget.Rule(), m.otherwiseRow())
	for _, f := range m.plan.message.Found {
		if f.Field == built.InKeys || f.Field == built.InOtherwise {
			rows = append(rows, m.finding(f))
		}
	}
	return rows
}

// keyRow is one key: what it is, what it says, what happens.
func (m *messagePage) keyRow(i int) fyne.CanvasObject {
	k := m.message().Keys[i]
	label := k.Label
	if label == "" {
		label = words.Say("No name yet")
	}
	about := widget.Stack(0, widget.NewWhole(widget.NewText(widget.BodyBold, label)),
		widget.NewWhole(widget.NewText(widget.Small, view.KeySays(k)).In(widget.Secondary)))
	does := choose(built.Actions(), k.Does, view.ActionWords, func(a built.Action) {
		m.message().Keys[i].Does = a
		m.changed()
		if a == built.Connect && m.message().Keys[i].Number == "" {
			m.askKey(i, m.message().Keys[i])
		}
	})
	edit := widget.NewButton(widget.Quiet, "", func() { m.askKey(i, m.message().Keys[i]) }).With(widget.IconEdit).Called(words.Say("Edit key %s", k.Key))
	var more *widget.Button
	more = widget.NewButton(widget.Quiet, "", func() { m.keyMenu(more, i) }).With(widget.IconMore).Called(words.Say("More about key %s", k.Key))
	row := widget.Stack(widget.Space1, widget.Row(widget.Space3, widget.KeyCap(k.Key), widget.Grow(about),
		widget.AtLeast(widget.ActionWidth, widget.ControlHeight, does), widget.Row(0, edit, more)))
	for _, f := range m.plan.message.Found {
		if f.Key == i && ofKey(f.Field) {
			row.Add(m.finding(f))
		}
	}
	return widget.Pad(widget.Space2, 0, row)
}

// ofKey tells of the fields that belong to one key.
func ofKey(f built.Field) bool {
	return slices.Contains([]built.Field{built.InKey, built.InLabel, built.InSays, built.InNumber, built.InBusy}, f)
}

// otherwiseRow is what happens without a key that means something.
func (m *messagePage) otherwiseRow() fyne.CanvasObject {
	o := m.message().Otherwise
	about := widget.Stack(0, widget.NewText(widget.BodyBold, words.Say("No key, or another key")),
		widget.NewWhole(widget.NewText(widget.Small, view.OtherwiseSays(o)).In(widget.Secondary)))
	var times []int
	for n := range built.MaxRepeats + 1 {
		times = append(times, n)
	}
	repeats := choose(times, o.Repeats, view.RepeatWords, func(n int) {
		m.message().Otherwise.Repeats = n
		m.changed()
	})
	edit := widget.NewButton(widget.Quiet, "", func() {
		m.askText(words.Say("What is said at the end"), o.Says, func(text string) {
			m.message().Otherwise.Says = text
			m.changed()
		})
	}).With(widget.IconEdit).Called(words.Say("Edit what is said at the end"))
	gap := widget.AtLeast(widget.ControlHeight, 0, &fyne.Container{})
	return widget.Pad(widget.Space2, 0, widget.Row(widget.Space3, widget.Grow(about),
		widget.AtLeast(widget.ActionWidth, widget.ControlHeight, repeats), widget.Row(0, edit, gap)))
}

// keyMenu is what else can be done with a key.
func (m *messagePage) keyMenu(at fyne.CanvasObject, i int) {
	last := len(m.message().Keys) - 1
	move := func(to int) {
		keys := m.message().Keys
		keys[i], keys[to] = keys[to], keys[i]
		m.changed()
	}
	up := fyne.NewMenuItem(words.Say("Move up"), func() { move(i - 1) })
	down := fyne.NewMenuItem(words.Say("Move down"), func() { move(i + 1) })
	up.Disabled, down.Disabled = i == 0, i == last
	menu := fyne.NewMenu("", fyne.NewMenuItem(words.Say("Edit…"), func() { m.askKey(i, m.message().Keys[i]) }), up, down,
		fyne.NewMenuItemSeparator(), fyne.NewMenuItem(words.Say("Remove"), func() { m.removeKey(i) }))
	fynewidget.ShowPopUpMenuAtRelativePosition(menu, m.w.win.Canvas(), fyne.NewPos(0, at.Size().Height+widget.Space1), at)
}

// removeKey takes a key out, and offers to put it back.
func (m *messagePage) removeKey(i int) {
	was := slices.Clone(m.message().Keys)
	m.message().Keys = slices.Delete(m.message().Keys, i, i+1)
	m.changed()
	m.w.say(words.Say("Key %s was removed", was[i].Key), words.Say("Put it back"), func() {
		m.message().Keys = was
		m.changed()
	})
}

// addOptOut gives people a key by which they are not called again.
func (m *messagePage) addOptOut(key string) {
	for _, k := range view.NewMessage(m.columns()).Keys {
		k.Key = key
		m.message().Keys = append(m.message().Keys, k)
	}
	m.changed()
}

// keyFields are what is asked about a key.
type keyFields struct {
	m            *messagePage
	k            *built.Key
	body         *fyne.Container
	connect      *fyne.Container // what only a connection needs
	wrong        *widget.Text
	label, phone *field
}

// askKey asks what a key is and does; at is where it stands, less for a new one.
func (m *messagePage) askKey(at int, k built.Key) {
	f := newKeyFields(m, &k, at)
	title := words.Say("Key %s", k.Key)
	if at < 0 {
		title = words.Say("Add a key")
	}
	var asked *widget.Dialog
	done := func() {
		if !f.take() {
			return
		}
		asked.Close()
		if at < 0 {
			m.message().Keys = append(m.message().Keys, k)
		} else {
			m.message().Keys[at] = k
		}
		m.changed()
	}
	asked = m.w.ask(title, f.body, widget.Choice{Words: words.Say("Cancel")},
		widget.Choice{Words: words.Say("Done"), Kind: widget.Primary, Default: true, Stay: true, Do: done})
	f.label.OnSubmitted = func(string) { done() }
	f.phone.OnSubmitted = f.label.OnSubmitted
	m.w.win.Canvas().Focus(f.label)
}

func newKeyFields(m *messagePage, k *built.Key, at int) *keyFields {
	const rows = 3
	f := &keyFields{m: m, k: k, label: newField(m.w.key), phone: newField(m.w.key), wrong: widget.NewText(widget.Small, "").In(widget.Danger)}
	f.label.SetText(k.Label)
	f.label.SetPlaceHolder(words.Say("Will come"))
	f.phone.SetText(shownNumber(k.Number))
	says := newMarkField(m, k.Says, rows, func(text string) { k.Says = text })
	busy := newMarkField(m, k.Busy, rows-1, func(text string) { k.Busy = text })
	does := choose(built.Actions(), k.Does, view.ActionWords, func(a built.Action) { k.Does = a; f.tell() })
	keys := choose(m.freeKeys(at), k.Key, func(key string) string { return key }, func(key string) { k.Key = key })
	line := func(label string, o fyne.CanvasObject) fyne.CanvasObject {
		return widget.Row(widget.Space3, widget.AtLeast(widget.SearchWidth/2+widget.Space4, 0, widget.NewText(widget.Body, label)), widget.Grow(o))
	}
	f.connect = widget.Stack(widget.Space2, line(words.Say("Number"), widget.AtLeast(0, widget.ControlHeight, f.phone)), line(words.Say("If nobody answers"), busy.body()))
	f.wrong.Hide()
	f.body = widget.Stack(widget.Space2, line(words.Say("Key"), widget.AtLeast(0, widget.ControlHeight, keys)),
		line(words.Say("Means"), widget.AtLeast(0, widget.ControlHeight, f.label)), line(words.Say("Says"), says.body()),
		line("", chips(m.w, view.Insertable(m.columns()), says)), line(words.Say("Then"), widget.AtLeast(0, widget.ControlHeight, does)), f.connect, f.wrong)
	f.tell()
	return f
}

// freeKeys are those that the key at a place may be.
func (m *messagePage) freeKeys(at int) []string {
	return slices.DeleteFunc(built.Keys(), func(key string) bool {
		other := slices.IndexFunc(m.message().Keys, func(k built.Key) bool { return k.Key == key })
		return other >= 0 && other != at
	})
}

func shownNumber(n phone.Number) string {
	if n == "" {
		return ""
	}
	return n.International()
}

func (f *keyFields) tell() {
	shown(f.connect, f.k.Does == built.Connect)
}

// take takes what was filled in, and says what is wrong with it.
func (f *keyFields) take() bool {
	f.k.Label = strings.TrimSpace(f.label.Text)
	if f.k.Does != built.Connect {
		return true
	}
	n, err := phone.Parse(f.phone.Text, phone.Region(view.RegionOr(f.m.plan.draft().Settings.Region)))
	if err != nil {
		f.wrong.SetText(words.Say("This number cannot be called. Give the whole number, with area code."))
		f.wrong.Show()
		f.m.w.win.Canvas().Focus(f.phone)
		return false
	}
	f.k.Number = n
	return true
}
