package ui

import (
	"context"
	"errors"
	"net/url"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"github.com/ncruces/zenity"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// dataSection is where everything is, its copies, and how long it is kept.
func (p *settingsPage) dataSection() fyne.CanvasObject {
	return widget.Stack(widget.Space4, p.folderCard(), p.backupCard(), p.keepCard())
}

func (p *settingsPage) folderCard() fyne.CanvasObject {
	size := widget.NewText(widget.Small, "…").In(widget.Secondary)
	var n int64
	var err error
	p.w.background(
		func() { n, err = p.w.app.DataSize() },
		func() {
			if err == nil {
				size.SetText(view.Bytes(n))
			}
		})
	path := widget.NewWhole(widget.NewText(widget.Body, p.w.app.DataDir))
	open := widget.NewButton(widget.Plain, words.Say("Open the folder"), func() { p.w.openFolder(p.w.app.DataDir) }).With(widget.IconOpen)
	return settingsCard(words.Say("Where everything is"),
		widget.Row(widget.Space3, widget.IconSign(widget.IconData, widget.Secondary), widget.Grow(path), size, open),
		widget.NewPara(widget.Caption, words.Say("Lists, results and the log are in this folder, which only your own account can read. Nothing is kept anywhere else."), widget.DialogWidth).In(widget.Secondary))
}

func (p *settingsPage) backupCard() fyne.CanvasObject {
	now := widget.NewButton(widget.Primary, words.Say("Back up now…"), p.w.chooseBackup).With(widget.IconSave)
	back := widget.NewButton(widget.Plain, words.Say("Restore from a back-up…"), p.w.chooseRestore).With(widget.IconUndo)
	return settingsCard(words.Say("Back-up"),
		widget.NewPara(widget.Body, words.Say("A back-up is a folder with a copy of everything, best on another disk. Calls may go on while it is made."), widget.DialogWidth).In(widget.Secondary),
		widget.Row(widget.Space3, now, back))
}

// keepCard is how long things are kept.
func (p *settingsPage) keepCard() fyne.CanvasObject {
	keep := p.state.Settings.Keep
	problem := view.RetentionProblem(keep)
	row := func(label, about string, set int, change func(k *campaign.Retention, days int), choices []int) fyne.CanvasObject {
		var options []string
		at := 0
		for i, days := range choices {
			options = append(options, view.RetentionWords(days))
			if days == set {
				at = i
			}
		}
		return formRow(label, drop(options, at, func(at int) { p.keep(func(k *campaign.Retention) { change(k, choices[at]) }) }), fieldHint(about))
	}
	note := widget.NewPara(widget.Caption, words.Say("What is older is deleted when Rollcall starts, and once a day. The audit log and the do-not-call list stay."), widget.DialogWidth).In(widget.Secondary)
	if problem != "" {
		note = widget.NewPara(widget.Caption, problem, widget.DialogWidth).In(widget.Danger)
	}
	return settingsCard(words.Say("How long things are kept"),
		row(words.Say("Results"), words.Say("Campaigns that have ended, with their lists. They go after their calls"), keep.Results,
			func(k *campaign.Retention, days int) { k.Results = days }, view.Retentions(keep.Results)),
		row(words.Say("Calls"), words.Say("Of campaigns that have ended. Rules about how often a number is called look at them"), keep.Calls,
			func(k *campaign.Retention, days int) { k.Calls = days }, view.Retentions(keep.Calls)),
		row(words.Say("Records"), words.Say("What the built-in gateway knows of calls that have ended"), keep.Records,
			func(k *campaign.Retention, days int) { k.Records = days }, view.RecordRetentions(keep.Records)),
		note)
}

// keep changes how long things are kept. What cannot be kept together is shown
// with the reason, and stored once it can be.
func (p *settingsPage) keep(change func(k *campaign.Retention)) {
	s := p.state.Settings
	change(&s.Keep)
	if !s.Keep.Consistent() {
		p.state.Settings = s
		p.again()
		return
	}
	p.save(s, p.again)
}

// cleanEvery is how often what is too old is deleted.
const cleanEvery = 24 * time.Hour

// keepClean deletes what the office wants kept no longer, now and every day.
func (w *Window) keepClean() {
	if w.office == nil {
		return
	}
	var kept view.Kept
	var err error
	w.background(
		func() { kept, err = w.office.KeepClean(w.ctx, time.Now()) },
		func() {
			switch {
			case w.ctx.Err() != nil:
				return
			case err != nil:
				w.app.Log.Error("delete what is too old", "error", err)
			case kept != view.Kept{}:
				w.app.Log.Info("deleted what was too old", "calls", kept.Calls, "campaigns", kept.Campaigns)
			}
			w.after(cleanEvery, w.keepClean)
		})
}

// openFolder shows a folder as the desktop does.
func (w *Window) openFolder(path string) {
	if err := w.program.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}); err != nil {
		w.problem(words.Say("The folder could not be opened"), words.Say("It is %s.", path), err)
	}
}

// chooseFolder asks for a folder.
func (w *Window) chooseFolder(title string, chosen func(path string)) {
	if native() {
		w.nativeFile(func() (string, error) { return zenity.SelectFile(zenity.Title(title), zenity.Directory()) }, chosen)
		return
	}
	d := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		if err != nil {
			w.problem(words.Say("The folder could not be opened"), "", err)
			return
		}
		if folder != nil {
			chosen(folder.Path())
		}
	}, w.win)
	d.SetTitleText(title)
	w.showFile(d)
}

func (w *Window) chooseBackup() {
	if w.office != nil {
		w.chooseFolder(words.Say("Where to put the back-up"), func(path string) { w.Backup(filepath.Join(path, view.BackupName(time.Now()))) })
	}
}

// Backup copies everything into a new folder.
func (w *Window) Backup(folder string) {
	var err error
	w.patiently(words.Say("Backing up"),
		func(ctx context.Context) { _, err = w.app.Backup(ctx, w.app.DataDir, folder) },
		func() {
			if err != nil {
				w.problem(words.Say("The back-up could not be made"), words.Say("Nothing is lost, and calls go on. Choose another folder, or make room on the disk."), err)
				return
			}
			w.say(words.Say("Backed up into %s", view.Brief(filepath.Base(folder))), words.Say("Open the folder"), func() { w.openFolder(folder) })
		})
}

func (w *Window) chooseRestore() {
	if w.office == nil {
		return
	}
	if len(w.calls) > 0 {
		text := widget.NewPara(widget.Body, words.Say("People are being called. Pause or stop their campaigns, wait until the calls in progress have ended, and come back."), widget.DialogWidth-2*widget.Space6)
		w.ask(words.Say("Nothing can be restored now"), text, widget.Choice{Words: words.Say("Close"), Kind: widget.Primary, Default: true})
		return
	}
	w.chooseFolder(words.Say("Which back-up?"), w.Restore)
}

// Restore reads a back-up, says what it holds and what it means to put it in
// place, and does so if that is wanted.
func (w *Window) Restore(folder string) {
	var b campaign.Backup
	var err error
	w.patiently(words.Say("Reading the back-up"),
		func(ctx context.Context) { b, err = w.app.StageRestore(ctx, folder) },
		func() {
			if err != nil {
				w.problem(words.Say("This back-up cannot be used"), words.Say("Everything is as it was."), err)
				return
			}
			w.askRestore(folder, b)
		})
}

func (w *Window) askRestore(folder string, b campaign.Backup) {
	width := widget.DialogWidth - 2*widget.Space6
	holds, means := view.RestoreWords(b, time.Now())
	body := widget.Stack(widget.Space3, widget.NewPara(widget.Body, holds, width),
		widget.Note(widget.WarnSoft, widget.NewPara(widget.Body, means, width-2*widget.Space3)),
		widget.NewPara(widget.Body, words.Say("What is there now is kept in a folder beside it."), width).In(widget.Secondary))
	w.ask(words.Say("Put the back-up %s in the place of everything?", words.Say("“%s”", view.Brief(filepath.Base(folder)))), body,
		widget.Choice{Words: words.Say("Restore"), Kind: widget.Grave, Do: w.restore},
		widget.Choice{Words: words.Say("Keep what is there"), Kind: widget.Primary, Default: true, Do: w.dropRestore})
}

func (w *Window) dropRestore() {
	w.background(func() {
		if err := w.app.DropRestore(); err != nil {
			w.app.Log.Warn("what was copied from the back-up is still there", "error", err)
		}
	}, func() {})
}

// restore puts what was staged in place. It cannot be given up half-way.
func (w *Window) restore() {
	if len(w.calls) > 0 { // begun while the question stood
		w.chooseRestore()
		return
	}
	w.settle() // what was typed belongs to what is put aside
	w.settings, w.unsaved = nil, map[campaign.ID]*whenPage{}
	var aside string
	var err error
	w.background(
		func() {
			w.keeping.Wait()
			aside, err = w.office.Restore(context.WithoutCancel(w.ctx))
		},
		func() {
			if err != nil && !errors.Is(err, context.Canceled) {
				w.problem(words.Say("The back-up could not be put in place"), words.Say("What was there is kept. Close Rollcall and open it again: a swap that was begun is finished then."), err)
				return
			}
			w.goHome()
			w.say(words.Say("Restored; what was there is kept in %s", view.Brief(filepath.Base(aside))), words.Say("Open the folder"), func() { w.openFolder(aside) })
		})
}
