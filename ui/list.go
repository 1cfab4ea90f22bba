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
	"rollcall/ui/view"
)

// listRequest is a list to be opened, however it was asked for.
type listRequest struct {
	path, sheet string
	flow        string // to choose with it; empty for none
	sample      bool
}

// plan is a campaign that is being made: nothing of it is stored yet, or only
// as a draft.
type plan struct {
	request listRequest
	draft   view.Draft
	people  *view.PeoplePage
	message view.MessagePage
	stored  campaign.Campaign // the draft in the store; zero if none
}

// errNoList means that what was dropped is no list and no message.
var errNoList = errors.New("a list is a spreadsheet: .xlsx or .csv")

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
	case slices.Contains(listTypes(), ending):
		w.openList(listRequest{path: path})
	case slices.Contains(flowTypes(), ending) && onMessage:
		message.choose(path)
	default:
		w.problem("This file cannot be opened here", "Drop a list first; on the page Message, a VoiceXML file can be dropped too.", errNoList)
	}
}

// chooseList asks for a spreadsheet.
func (w *Window) chooseList() {
	if w.office != nil {
		w.chooseFile("Open a spreadsheet", listTypes(), func(path string) { w.openList(listRequest{path: path}) })
	}
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
				w.problem("The sample could not be opened", "", err)
				return
			}
			w.openList(listRequest{path: path, flow: "sample:" + assets.SampleFlow, sample: true})
		})
}

// openList reads a list and shows what was understood of it.
func (w *Window) openList(r listRequest) {
	p := &plan{request: r}
	var err error
	w.patiently("Reading "+filepath.Base(r.path),
		func(ctx context.Context) { err = w.readPlan(ctx, p) },
		func() {
			if err != nil {
				if _, waits := w.page.(*waiting); waits || w.page == nil {
					w.goHome()
				}
				w.problem("The list could not be read", "Nobody is called because of this. Save it as .xlsx or .csv, then open it again.", err)
				return
			}
			w.show(newPeople(w, p))
			if r.sample {
				w.askStart(p)
			}
		})
}

// readPlan reads everything a plan is made of; it touches files.
func (w *Window) readPlan(ctx context.Context, p *plan) error {
	r := p.request
	table, err := w.app.ReadSheet(ctx, r.path, r.sheet)
	if err != nil {
		return err
	}
	im, err := w.understand(ctx, table, contacts.Options{})
	if err != nil {
		return err
	}
	p.people = view.NewPeoplePage(im)
	p.draft = view.Draft{Name: view.Title(r.path), Settings: campaign.Settings{}.Complete()}
	if r.sample {
		p.draft.Name, p.draft.Settings = "Sample clinic", view.SampleSettings()
		if err := w.readSampleBlocks(ctx, p); err != nil {
			return err
		}
	}
	if r.flow != "" {
		p.message = w.app.Message(ctx, r.flow, im.List.Source().Columns)
		p.draft.Flow = r.flow
	}
	return nil
}

func (w *Window) readSampleBlocks(ctx context.Context, p *plan) error {
	path, err := w.app.Sample(assets.SampleDoNotCall)
	if err != nil {
		return err
	}
	p.draft.DoNotCallFile = assets.SampleDoNotCall
	p.draft.DoNotCall, _, err = w.app.ReadDoNotCall(ctx, path, phone.Region(p.draft.Settings.Region))
	return err
}
