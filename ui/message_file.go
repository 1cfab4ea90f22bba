package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rollcall/campaign/flow/built"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// This file is a recording, and a flow that somebody wrote.

// recordingCard is the sound that is played first, and what is said where it
// cannot be.
func (m *messagePage) recordingCard() fyne.CanvasObject {
	name, length := widget.NewText(widget.BodyBold, ""), widget.NewText(widget.Small, "").In(widget.Secondary)
	pick := widget.NewButton(widget.Plain, words.Say("Choose a WAV file…"), m.chooseRecording).With(widget.IconOpen)
	found := widget.Stack(widget.Space1)
	m.greeting = newMarkField(m, m.message().Greeting, 2, func(text string) {
		m.message().Greeting = text
		m.changed()
	})
	m.told = append(m.told, func() {
		r := m.message().Recording
		name.SetText(r.Name)
		length.SetText(view.LengthWords(*m.message()))
		if r.ID == "" {
			name.SetText(words.Say("No recording yet"))
			length.SetText("")
		}
		m.showFound(found, built.InRecording, built.InGreeting)
	})
	about := widget.Row(widget.Space3, widget.IconSign(widget.IconSound, widget.Secondary), widget.Grow(widget.NewWhole(name)), pick)
	hint := widget.NewText(widget.Small, words.Say("Said if the recording cannot be played")).In(widget.Secondary)
	kept := widget.NewText(widget.Caption, words.Say("The recording is copied into Rollcall: the file may be moved or deleted.")).In(widget.Secondary)
	return card(words.Say("Recording"), []fyne.CanvasObject{length}, about, kept, found, hint, m.greeting.body(), chips(m.w, view.Insertable(m.columns()), m.greeting))
}

func (m *messagePage) chooseRecording() {
	m.w.chooseFile(words.Say("Choose a recording"), []string{".wav"}, m.takeRecording)
}

// takeRecording copies a sound into the data folder.
func (m *messagePage) takeRecording(path string) {
	var r built.Recording
	var err error
	m.w.background(
		func() { r, err = m.w.office.TakeRecording(m.w.ctx, path) },
		func() {
			if err != nil {
				m.w.problem(words.Say("The recording could not be taken"), words.Say("The message is as it was. Choose another file, or save this one as WAV."), err)
				return
			}
			m.message().Recording = r
			if at := slices.Index(view.Ways(), view.WayRecorded); m.ways.At() != at { // it was dropped here
				m.ways.Choose(at)
				return
			}
			m.changed()
		})
}

// fileCard chooses a flow that somebody wrote: one of the samples, a file, or
// an address.
func (m *messagePage) fileCard() fyne.CanvasObject {
	list, picks := widget.Stack(widget.Space1), map[string]*widget.Pick{}
	for _, c := range m.w.app.SampleFlows() {
		picks[c.Source] = widget.NewPick(c.Title, c.About, func() { m.choose(c.Source) })
		list.Add(picks[c.Source])
	}
	own := widget.NewPick(words.Say("A file of your own"), words.Say("A VoiceXML file, or the address of one"), m.chooseFlow)
	list.Add(own)
	m.told = append(m.told, func() {
		source := m.plan.message.Source
		for of, pick := range picks {
			pick.SetOn(of == source)
		}
		_, sample := picks[source]
		other := source != "" && !sample && !builtHere(source)
		own.SetOn(other)
		if other {
			own.Set(m.w.app.FlowTitle(source), source)
		}
	})
	return card(words.Say("VoiceXML"), nil, list, m.address())
}

// address takes the address of a flow, or its path.
func (m *messagePage) address() fyne.CanvasObject {
	address := newField(m.w.key)
	address.SetPlaceHolder(words.Say("https://…  or a path"))
	use := func() {
		if source := strings.TrimSpace(address.Text); source != "" {
			m.choose(source)
		}
	}
	address.OnSubmitted = func(string) { use() }
	return widget.Row(widget.Space2, widget.NewButton(widget.Plain, words.Say("Choose a file…"), m.chooseFlow).With(widget.IconOpen),
		widget.NewText(widget.Body, words.Say("or")).In(widget.Secondary), widget.Grow(widget.AtLeast(widget.SearchWidth, widget.ControlHeight, address)),
		widget.NewButton(widget.Plain, words.Say("Use"), use))
}

func (m *messagePage) chooseFlow() {
	m.w.chooseFile(words.Say("Choose a message"), flowTypes(), m.choose)
}

// choose plays a flow that somebody wrote, and checks it against the list.
func (m *messagePage) choose(source string) {
	m.stop()
	m.asked++
	m.kept = m.asked
	asked, c, message := m.asked, *m.plan.draft(), *m.message()
	var result view.MessagePage
	m.w.background(
		func() { result = m.w.office.ChooseMessage(m.w.ctx, c, source, message) },
		func() {
			if asked != m.asked {
				return
			}
			way := m.plan.message.Way()
			m.plan.message, m.plan.draft().Flow.Source = result, source
			if way != view.WayFile { // it was dropped here
				m.ways.Choose(len(view.Ways()) - 1)
			}
			m.tell()
			m.preview.again()
		})
}

// verdictCard is what the check says of a flow that somebody wrote.
func (m *messagePage) verdictCard() fyne.CanvasObject {
	rows := widget.Stack(widget.Space2)
	m.told = append(m.told, func() {
		rows.Objects = m.verdict()
		rows.Refresh()
	})
	return card(words.Say("Check||what was found in a message"), nil, rows)
}

// verdict is what must be mended, or that nothing must.
func (m *messagePage) verdict() []fyne.CanvasObject {
	p := m.plan.message
	const width = 2 * widget.DetailsWidth
	var rows []fyne.CanvasObject
	switch what, how := p.Blocked(); {
	case builtHere(p.Source):
		rows = append(rows, widget.NewPara(widget.Body, words.Say("Until you choose one, what was built here is played."), width).In(widget.Secondary))
		return rows
	case p.Source == "":
		rows = append(rows, widget.NewPara(widget.Body, how, width).In(widget.Secondary))
	case what != "":
		problem := widget.Stack(widget.Space1, widget.NewPara(widget.BodyBold, what, width), widget.NewPara(widget.Small, how, width))
		for _, found := range p.Result.Mistakes() {
			problem.Add(widget.NewPara(widget.Small, found.Words(p.Source), width))
		}
		rows = append(rows, widget.Note(widget.BadSoft, problem))
	default:
		rows = append(rows, widget.Row(widget.Space2, widget.NoteSign(widget.ShapeReached), widget.NewText(widget.Body, words.Say("The message can be played"))))
	}
	if doubts := p.Result.Doubts(); len(doubts) > 0 {
		rows = append(rows, widget.NewText(widget.BodyBold, words.Say("Worth a look")))
		for _, found := range doubts {
			rows = append(rows, widget.NewPara(widget.Small, found.Words(p.Source), width).In(widget.Secondary))
		}
	}
	return append(rows, m.columnsUsed()...)
}

// columnsUsed are the columns that stand in the flow.
func (m *messagePage) columnsUsed() []fyne.CanvasObject {
	p := m.plan.message
	if len(p.Result.Columns) == 0 {
		return nil
	}
	rows := []fyne.CanvasObject{widget.NewText(widget.BodyBold, words.Say("Columns it uses"))}
	missing := map[string]bool{}
	for _, c := range p.Missing {
		missing[c] = true
	}
	for _, c := range p.Result.Columns {
		sign, text := widget.IconSign(widget.IconTick, widget.Ink), c
		if missing[c] {
			sign, text = widget.IconSign(widget.IconWarning, widget.Danger), words.Say("%s: not on the list", c)
		}
		rows = append(rows, widget.Row(widget.Space2, sign, widget.NewText(widget.Small, text)))
	}
	return rows
}

// builtHere tells whether a flow was put together in the window.
func builtHere(source string) bool {
	_, is := built.FromSource(source)
	return is
}
