package ui

import (
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// watchCrashes has the runtime write down why this program ends if it must, and
// offers the report of the last time. It returns the file, nil if there is
// none.
func (w *Window) watchCrashes() *os.File {
	if w.office == nil { // whoever holds the folder has reports there
		return nil
	}
	last, crashed := w.app.Crashed()
	f, err := w.app.BeginCrashReport(time.Now())
	if err == nil {
		err = debug.SetCrashOutput(f, debug.CrashOptions{})
	}
	if err != nil {
		w.app.Log.Warn("an end nobody wants would leave no report", "error", err)
	}
	if crashed {
		w.OfferCrash(last)
	}
	return f
}

// OfferCrash says that the program ended unexpectedly, and offers the report.
func (w *Window) OfferCrash(r view.CrashReport) {
	width := widget.DialogWidth - 2*widget.Space6
	body := widget.Stack(widget.Space2,
		widget.NewText(widget.Body, words.Day(r.At, time.Now())).In(widget.Secondary),
		widget.NewPara(widget.Body, words.Say("Results so far are kept, and nobody is called twice because of it. Campaigns that were being called wait for Resume."), width),
		widget.NewPara(widget.Body, words.Say("The report says where in the program it happened. It holds no names and no telephone numbers of your lists. Whoever looks after Rollcall for you can use it."), width).In(widget.Secondary))
	w.ask(words.Say("Rollcall ended unexpectedly"), body,
		widget.Choice{Words: words.Say("Open the report"), Do: func() { w.openReport(r) }},
		widget.Choice{Words: words.Say("Copy"), Icon: widget.IconCopy, Do: func() { w.copyReport(r) }},
		widget.Choice{Words: words.Say("Delete"), Kind: widget.Grave, Do: func() { w.doReport(r.Delete, func() {}) }},
		widget.Choice{Words: words.Say("Close"), Kind: widget.Primary, Default: true, Do: func() { w.doReport(r.Seen, func() {}) }})
}

// doReport does something with a report's file, and then something else.
func (w *Window) doReport(do func() error, then func()) {
	var err error
	w.background(func() { err = do() }, func() {
		if err != nil {
			w.problem(words.Say("The report could not be read or changed"), words.Say("Calls are not touched by this."), err)
			return
		}
		then()
	})
}

func (w *Window) openReport(r view.CrashReport) {
	if err := w.program.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(r.Path)}); err != nil {
		w.problem(words.Say("The report could not be opened"), words.Say("It is %s.", r.Path), err)
	}
}

func (w *Window) copyReport(r view.CrashReport) {
	var text string
	read := func() (err error) {
		if text, err = r.Text(); err == nil {
			err = r.Seen()
		}
		return err
	}
	w.doReport(read, func() {
		w.program.Clipboard().SetContent(text)
		w.say(words.Say("Copied"), "", nil)
	})
}
