package ui

import (
	"errors"
	"path/filepath"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"github.com/ncruces/zenity"

	"rollcall/ui/view"
)

// listTypes are the endings of spreadsheets.
func listTypes() []string { return []string{".xlsx", ".xlsm", ".csv", ".tsv", ".txt"} }

// flowTypes are the endings of call flows.
func flowTypes() []string { return []string{".vxml", ".xml"} }

// native tells whether the system's own file dialogs are used.
func native() bool { return runtime.GOOS == "windows" || runtime.GOOS == "darwin" }

// chooseFile asks for a file to open.
func (w *Window) chooseFile(title string, types []string, chosen func(path string)) {
	if native() {
		patterns := make([]string, len(types))
		for i, t := range types {
			patterns[i] = "*" + t
		}
		w.nativeFile(func() (string, error) {
			return zenity.SelectFile(zenity.Title(title), zenity.FileFilter{Name: title, Patterns: patterns, CaseFold: true})
		}, chosen)
		return
	}
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err != nil {
			w.problem("The file could not be opened", "Nobody is called because of this.", err)
			return
		}
		if file != nil {
			defer func() { _ = file.Close() }()
			chosen(file.URI().Path())
		}
	}, w.win)
	d.SetFilter(storage.NewExtensionFileFilter(types))
	d.SetTitleText(title)
	w.showFile(d)
}

// chooseSave asks where to save a file.
func (w *Window) chooseSave(title, name string, chosen func(path string)) {
	if native() {
		w.nativeFile(func() (string, error) {
			return zenity.SelectFileSave(zenity.Title(title), zenity.Filename(name), zenity.ConfirmOverwrite())
		}, chosen)
		return
	}
	d := dialog.NewFileSave(func(file fyne.URIWriteCloser, err error) {
		if err != nil {
			w.problem("The file could not be saved", "The results are still in Rollcall. Choose another folder.", err)
			return
		}
		if file != nil {
			_ = file.Close() // it was opened only to see that it can be written
			chosen(view.WithExtension(file.URI().Path()))
		}
	}, w.win)
	d.SetFileName(name)
	d.SetTitleText(title)
	w.showFile(d)
}

// fileAsk gives the toolkit's file dialog what it lacks: Esc.
type fileAsk struct{ d *dialog.FileDialog }

// Key implements asking.
func (f *fileAsk) Key(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape {
		f.d.Hide()
	}
}

func (w *Window) showFile(d *dialog.FileDialog) {
	asked := &fileAsk{d}
	w.take(asked)
	d.SetOnClosed(func() { w.drop(asked) })
	d.SetView(dialog.ListView)
	d.Show()
	s := w.win.Canvas().Size()
	d.Resize(fyne.NewSize(s.Width*3/4, s.Height*3/4)) // only once it is shown: the toolkit's dialog is made then
}

// nativeFile shows a dialog of the system, which blocks, elsewhere.
func (w *Window) nativeFile(choose func() (string, error), chosen func(path string)) {
	var path string
	var err error
	w.background(func() { path, err = choose() }, func() {
		switch {
		case errors.Is(err, zenity.ErrCanceled) || path == "":
		case err != nil:
			w.problem("The file dialog could not be shown", "", err)
		default:
			chosen(filepath.Clean(path))
		}
	})
}
