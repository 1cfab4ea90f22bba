package ui

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rollcall/assets"
	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// listRequest is a list to be opened, however it was asked for.
type listRequest struct {
	source view.Source
	flow   string // to choose with it; empty for none
	sample bool
}

// plan is a campaign that is being made: a draft in the store.
type plan struct {
	sample  bool
	people  *view.PeoplePage
	message view.MessagePage
}

// draft is the campaign as it is planned; what is changed here is stored
// before it starts.
func (p *plan) draft() *campaign.Campaign { return &p.people.Campaign }

// errNoList means that what was dropped is no list and no message.
func errNoList() error {
	return errors.New(words.Say("A list is a spreadsheet: Excel, OpenDocument, CSV or other text"))
}

// Dropped opens what was dropped on the window: the same way as every other
// file.
func (w *Window) Dropped(files []fyne.URI) {
	if len(files) == 0 || w.office == nil {
		return
	}
	path := files[0].Path()
	ending := strings.ToLower(filepath.Ext(path))
	message, onMessage := w.page.(*messagePage)
	switch {
	case slices.Contains(flowTypes(), ending) && onMessage:
		message.choose(path)
	case ending == ".wav" && onMessage:
		message.takeRecording(path)
	case slices.Contains(listTypes(), ending):
		w.openFile(path)
	default:
		w.problem(words.Say("This file cannot be opened here"), words.Say("Drop a list first; on the page Message, a VoiceXML file or a recording can be dropped too."), errNoList())
	}
}

// chooseList asks for a spreadsheet.
func (w *Window) chooseList() {
	if w.office != nil {
		w.chooseFile(words.Say("Open a spreadsheet"), listTypes(), w.openFile)
	}
}

func (w *Window) openFile(path string) {
	w.openList(listRequest{source: view.Source{Path: path}})
}

// pasteList makes a list of the cells on the clipboard.
func (w *Window) pasteList() {
	if w.office == nil {
		return
	}
	cells := w.program.Clipboard().Content()
	var path string
	var err error
	w.background(
		func() { path, err = w.app.Pasted(cells) },
		func() {
			if err != nil {
				w.problem(words.Say("There is nothing to paste"), words.Say("Copy the cells of your list in the spreadsheet, the headings too; then paste here."), err)
				return
			}
			w.openFile(path)
		})
}

// openSample opens the sample list with its flow and its do-not-call list, and
// asks at once whether to start.
func (w *Window) openSample() {
	if w.office == nil {
		return
	}
	var path string
	var err error
	w.background(
		func() { path, err = w.app.Sample(assets.SampleList) },
		func() {
			if err != nil {
				w.problem(words.Say("The sample could not be opened"), "", err)
				return
			}
			w.openList(listRequest{source: view.Source{Path: path}, flow: "sample:" + assets.SampleFlow, sample: true})
		})
}

// openList reads a list into a draft and shows what was understood of it.
func (w *Window) openList(r listRequest) {
	p := &plan{sample: r.sample}
	var err error
	w.patiently(words.Say("Reading %s", view.Brief(filepath.Base(r.source.Path))),
		func(ctx context.Context) { err = w.readPlan(ctx, p, r) },
		func() {
			if err != nil {
				if _, waits := w.page.(*waiting); waits || w.page == nil {
					w.goHome()
				}
				w.unread(err, r.source, func(src view.Source) {
					r.source = src
					w.openList(r)
				})
				return
			}
			p.people.Password = r.source.Reading.Password
			w.show(newPeople(w, p))
			if r.sample {
				w.askStart(p)
			}
		})
}

// openDraft goes on with a draft where it was left.
func (w *Window) openDraft(id campaign.ID) {
	p := &plan{}
	var c campaign.Campaign
	var im contacts.Import
	var err error
	w.background(
		func() {
			if c, err = w.office.Store.Campaign(w.ctx, id); err == nil {
				im, err = w.office.Store.ImportOf(w.ctx, id)
			}
			if err == nil && c.Flow.Source != "" {
				p.message = w.office.Message(w.ctx, c.Flow.Source, c.List.Columns)
			}
		},
		func() {
			if err != nil {
				w.problem(words.Say("The draft could not be read"), words.Say("Nobody is called because of this."), err)
				return
			}
			p.sample = w.app.IsSample(c)
			p.people = view.NewPeoplePage(c, im)
			switch {
			case im.Book.File == "": // made before imports were kept
				w.openCampaign(id, stepLive)
			case c.Flow.Source != "":
				w.show(newMessage(w, p))
			default:
				w.show(newPeople(w, p))
			}
		})
}

// readPlan stores everything a plan is made of; it touches files.
func (w *Window) readPlan(ctx context.Context, p *plan, r listRequest) error {
	settings, err := w.office.NewSettings(ctx)
	if err != nil {
		return err
	}
	draft := view.Draft{Name: view.Title(r.source.Path), Settings: settings, Flow: r.flow}
	if r.sample {
		draft.Name, draft.Settings = words.Say("Sample clinic"), view.SampleSettings()
		if err := w.readSampleBlocks(ctx, &draft); err != nil {
			return err
		}
	}
	c, im, err := w.office.OpenDraft(ctx, r.source, draft, w.told(r.source.Path))
	if err != nil {
		return err
	}
	if r.flow != "" {
		c.Flow.Source = r.flow
	}
	if c.Flow.Source != "" { // also of a draft that was left
		p.message = w.office.Message(ctx, c.Flow.Source, c.List.Columns)
	}
	p.people = view.NewPeoplePage(c, im)
	return nil
}

func (w *Window) readSampleBlocks(ctx context.Context, d *view.Draft) error {
	path, err := w.app.Sample(assets.SampleDoNotCall)
	if err != nil {
		return err
	}
	d.DoNotCallFile = assets.SampleDoNotCall
	d.DoNotCall, err = w.app.ReadDoNotCall(ctx, path, phone.Region(d.Settings.Region))
	return err
}

// told shows how far a list was read; it is called elsewhere.
func (w *Window) told(path string) func(view.Told) error {
	return func(t view.Told) error {
		w.onUI(func() {
			if p := w.wait; p != nil {
				p.tell(words.Say("Reading %s, %s||file, rows", view.Brief(filepath.Base(path)), view.RowCount(t.Rows)), t.Part)
			}
		})
		return nil
	}
}

// unread says why a list was not read, and offers the way on where there is
// one: a password, or what is whole of a damaged file.
func (w *Window) unread(err error, src view.Source, again func(view.Source)) {
	var fault *campaign.FileError
	switch {
	case errors.As(err, &fault) && fault.Fault == campaign.FaultPassword:
		w.askPassword(fault, src, again)
	case errors.As(err, &fault) && fault.Fault == campaign.FaultDamaged && fault.Row > 0:
		w.askDamage(fault, src, again)
	default:
		w.problem(words.Say("The list could not be read"), words.Say("Nobody is called because of this."), err)
	}
}

func (w *Window) askPassword(fault *campaign.FileError, src view.Source, again func(view.Source)) {
	width := widget.DialogWidth - 2*widget.Space6
	password := newField(w.key)
	password.Password = true
	var asked *widget.Dialog
	read := func() {
		asked.Close()
		src.Reading.Password = password.Text
		again(src)
	}
	password.OnSubmitted = func(string) { read() }
	text := widget.NewPara(widget.Body, words.Say("%s is protected. It is read with its password, which is not kept.", view.Brief(filepath.Base(fault.File))), width)
	if fault.Tried {
		text = widget.NewPara(widget.Body, words.Say("That is not the password of %s.", view.Brief(filepath.Base(fault.File))), width).In(widget.Danger)
	}
	asked = w.ask(words.Say("Which password does the workbook have?"), widget.Stack(widget.Space3, text, widget.AtLeast(0, widget.ControlHeight, password)),
		widget.Choice{Words: words.Say("Cancel")}, widget.Choice{Words: words.Say("Open"), Kind: widget.Primary, Stay: true, Do: read})
	w.win.Canvas().Focus(password)
}

func (w *Window) askDamage(fault *campaign.FileError, src view.Source, again func(view.Source)) {
	width := widget.DialogWidth - 2*widget.Space6
	what := words.Say("%s is damaged after row %s: %v.", view.Brief(filepath.Base(fault.File)), view.Count(fault.Row), fault.Err)
	body := widget.Stack(widget.Space2, widget.NewPara(widget.Body, what, width),
		widget.NewPara(widget.Body, words.Many(fault.Rows, "%s row before that can be read. Whoever comes after is not on the list, and is not called.", "%s rows before that can be read. Whoever comes after is not on the list, and is not called."), width),
		widget.NewPara(widget.Body, words.Say("Better: open it in the program that wrote it, save it again, and open it here."), width).In(widget.Secondary))
	w.ask(words.Say("The file is damaged"), body, widget.Choice{Words: words.Say("Close"), Default: true},
		widget.Choice{Words: words.Many(fault.Rows, "Go on with %s row", "Go on with %s rows"), Do: func() {
			src.Reading.Until = fault.Row
			again(src)
		}})
}
