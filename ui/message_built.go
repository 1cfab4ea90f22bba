package ui

import (
	"fyne.io/fyne/v2"

	"rollcall/campaign/flow/built"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// This file is the greeting, and what a machine hears.

// greetingCard is the text that is read out first.
func (m *messagePage) greetingCard(title string) fyne.CanvasObject {
	const rows = 3
	length := widget.NewText(widget.Small, "").In(widget.Secondary)
	m.greeting = newMarkField(m, m.message().Greeting, rows, func(text string) {
		m.message().Greeting = text
		m.changed()
	})
	m.greeting.SetPlaceHolder(words.Say("Hello. This is …"))
	found, begin := widget.Stack(widget.Space1), m.beginnings()
	m.told = append(m.told, func() {
		length.SetText(view.LengthWords(*m.message()))
		shown(begin, m.message().Greeting == "")
		fields := []built.Field{built.InGreeting}
		if !m.message().HasKeys() {
			fields = append(fields, built.InKeys)
		}
		m.showFound(found, fields...)
	})
	return card(title, []fyne.CanvasObject{length}, m.greeting.body(), begin, chips(m.w, view.Insertable(m.columns()), m.greeting), found)
}

// beginnings are messages to begin with, offered while nothing is written.
func (m *messagePage) beginnings() fyne.CanvasObject {
	items := []fyne.CanvasObject{widget.NewText(widget.Small, words.Say("Begin with")).In(widget.Secondary)}
	for _, b := range view.Beginnings() {
		items = append(items, widget.NewLink(widget.Small, b.Title, func() { m.start(b) }))
	}
	return widget.Row(widget.Space3, items...)
}

// start takes a message to begin with.
func (m *messagePage) start(b view.Beginning) {
	kind, language, recording := m.message().Kind, m.message().Language, m.message().Recording
	*m.message() = b.Make(m.columns())
	m.message().Kind, m.message().Language, m.message().Recording = kind, language, recording
	m.build()
	m.changed()
	if m.greeting != nil {
		m.w.win.Canvas().Focus(m.greeting)
		m.greeting.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown}) // to its end
	}
}

// showFound lists what is wrong with a field, each with a way to mend it.
func (m *messagePage) showFound(into *fyne.Container, fields ...built.Field) {
	var rows []fyne.CanvasObject
	for _, f := range m.plan.message.Found {
		for _, field := range fields {
			if f.Field == field && (f.Problem != built.Empty || m.message().Greeting != "") {
				rows = append(rows, m.finding(f))
			}
		}
	}
	into.Hidden = len(rows) == 0
	into.Objects = rows
	into.Refresh()
}

// finding is one thing that is wrong: a mistake in Danger, a doubt in Ink.
func (m *messagePage) finding(f built.Finding) fyne.CanvasObject {
	what, how := view.FindingWords(f, *m.message())
	tone := widget.Danger
	if f.Doubt {
		tone = widget.Ink
	}
	if f.Problem == built.NoOptOut {
		how = view.OptOutWords(m.plan.draft().Settings.Law)
	}
	items := []fyne.CanvasObject{widget.IconSign(widget.IconWarning, tone), widget.NewText(widget.Small, what).In(tone)}
	items = append(items, widget.Grow(widget.NewWhole(widget.NewText(widget.Small, how).In(widget.Secondary))))
	if fix := m.fix(f); fix != nil {
		items = append(items, fix)
	}
	return widget.Row(widget.Space2, items...)
}

// fix is what mends a finding; nil where that is not one press.
func (m *messagePage) fix(f built.Finding) fyne.CanvasObject {
	switch f.Problem {
	case built.UnknownColumn:
		return m.chooseColumn(f)
	case built.NoOptOut:
		if !m.message().HasKeys() {
			return widget.NewLink(widget.Small, words.Say("Use keys"), func() { m.ways.Choose(0) })
		}
		if f.Proposal == "" {
			return nil
		}
		return widget.NewLink(widget.Small, words.Say("Add key %s", f.Proposal), func() { m.addOptOut(f.Proposal) })
	case built.NamesNoKey:
		return widget.NewLink(widget.Small, words.Say("Add key %s", f.Name), func() { m.askKey(-1, built.Key{Key: f.Name}) })
	case built.TwiceKey, built.BadKey:
		if f.Proposal == "" {
			return nil
		}
		return widget.NewLink(widget.Small, words.Say("Make it %s", f.Proposal), func() {
			m.message().Keys[f.Key].Key = f.Proposal
			m.changed()
		})
	default:
		return nil
	}
}

// chooseColumn puts a column in place of one that the list lacks, wherever it
// stands.
func (m *messagePage) chooseColumn(f built.Finding) fyne.CanvasObject {
	columns := view.Proposed(f, m.columns())
	var link *widget.Link
	link = widget.NewLink(widget.Small, words.Say("Choose…"), func() {
		m.w.menuAt(link, columns, func(i int) {
			m.message().ReplaceColumn(f.Name, columns[i])
			if m.greeting != nil {
				m.greeting.replace(m.message().Greeting)
			}
			m.changed()
		})
	})
	if f.Proposal == "" {
		return link
	}
	use := widget.NewLink(widget.Small, words.Say("Use ‘%s’", f.Proposal), func() {
		m.message().ReplaceColumn(f.Name, f.Proposal)
		if m.greeting != nil {
			m.greeting.replace(m.message().Greeting)
		}
		m.changed()
	})
	return widget.Row(widget.Space2, use, link)
}

func shown(o fyne.CanvasObject, is bool) {
	if is {
		o.Show()
	} else {
		o.Hide()
	}
}

// machineCard is what an answering machine hears.
func (m *messagePage) machineCard() fyne.CanvasObject {
	says := widget.NewText(widget.Small, "").In(widget.Secondary)
	does := choose(built.MachineActions(), m.message().Machine.Does, view.MachineWords, func(a built.MachineAction) {
		m.message().Machine.Does = a
		m.changed()
		if a == built.Other && m.message().Machine.Says == "" {
			m.askMachine()
		}
	})
	edit := widget.NewButton(widget.Plain, words.Say("Edit"), m.askMachine).With(widget.IconEdit)
	found := widget.Stack(widget.Space1)
	m.told = append(m.told, func() {
		says.SetText(view.MachineSays(*m.message()))
		shown(edit, m.message().Machine.Does == built.Other)
		m.showFound(found, built.InMachine)
	})
	title := widget.Stack(0, widget.NewText(widget.CardTitle, words.Say("When a machine answers")), widget.NewWhole(says))
	row := widget.Row(widget.Space3, widget.Grow(title), widget.AtLeast(widget.ActionWidth, widget.ControlHeight, does), edit)
	return widget.Card(widget.Pad(widget.Space3, widget.Space4, widget.Stack(widget.Space2, row, found)))
}

func (m *messagePage) askMachine() {
	m.askText(words.Say("What a machine hears"), m.message().Machine.Says, func(text string) {
		m.message().Machine.Says = text
		m.changed()
	})
}

// askText asks for a text in which columns may stand.
func (m *messagePage) askText(title, text string, done func(text string)) {
	const rows = 5
	field := newMarkField(m, text, rows, func(t string) { text = t })
	m.w.ask(title, widget.Stack(widget.Space2, field.body(), chips(m.w, view.Insertable(m.columns()), field)),
		widget.Choice{Words: words.Say("Cancel")}, widget.Choice{Words: words.Say("Done"), Kind: widget.Primary, Default: true, Do: func() { done(text) }})
	m.w.win.Canvas().Focus(field)
}
