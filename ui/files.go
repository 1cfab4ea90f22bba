package ui

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"github.com/ncruces/zenity"

	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// listTypes are the endings of spreadsheets.
func listTypes() []string {
	return []string{".xlsx", ".xlsm", ".xls", ".ods", ".fods", ".csv", ".tsv", ".tab", ".txt", ".htm", ".html", ".xml"}
}

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
			w.problem(words.Say("The file could not be opened"), words.Say("Nobody is called because of this."), err)
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

// folderKey is where the folder of the file saved last is kept.
const folderKey = "folder"

// chooseSave asks where to save a file, which is written by whoever is told:
// a file of that name stays whole until then.
func (w *Window) chooseSave(title, name string, chosen func(path string)) {
	if native() {
		w.nativeFile(func() (string, error) {
			return zenity.SelectFileSave(zenity.Title(title), zenity.Filename(name), zenity.ConfirmOverwrite())
		}, func(path string) {
			if full := view.WithEnding(path, filepath.Ext(name)); full != path { // the system has not asked about this one
				w.replace(full, chosen)
				return
			}
			chosen(path)
		})
		return
	}
	fields := newSaveFields(w, name)
	var asked *widget.Dialog
	save := func() {
		path, err := fields.path()
		if err != nil {
			w.problem(words.Say("It cannot be saved there"), words.Say("Nothing was written. The results are still in Rollcall."), err)
			return
		}
		asked.Close()
		w.program.Preferences().SetString(folderKey, filepath.Dir(path))
		w.replace(path, chosen)
	}
	asked = w.ask(title, fields.body,
		widget.Choice{Words: words.Say("Cancel")}, widget.Choice{Words: words.Say("Save"), Kind: widget.Primary, Icon: widget.IconSave, Default: true, Stay: true, Do: save})
	fields.name.OnSubmitted = func(string) { save() }
	fields.folder.OnSubmitted = fields.name.OnSubmitted
	w.win.Canvas().Focus(fields.name)
}

// replace asks before a file is replaced.
func (w *Window) replace(path string, chosen func(path string)) {
	if _, err := os.Stat(path); err != nil {
		chosen(path)
		return
	}
	text := widget.NewPara(widget.Body, words.Say("%s is in that folder already. Saving replaces it.", view.Brief(filepath.Base(path))), widget.DialogWidth-2*widget.Space6)
	w.ask(words.Say("Replace this file?"), text,
		widget.Choice{Words: words.Say("Keep it"), Default: true}, widget.Choice{Words: words.Say("Replace"), Kind: widget.Grave, Do: func() { chosen(path) }})
}

// saveFields are the name of a file to be, and its folder.
type saveFields struct {
	name, folder *field
	ending       string // of a name that is written without one
	body         fyne.CanvasObject
}

func newSaveFields(w *Window, name string) *saveFields {
	s := &saveFields{name: newField(w.key), folder: newField(w.key), ending: filepath.Ext(name)}
	home, err := os.UserHomeDir()
	if err != nil {
		home = string(filepath.Separator)
	}
	s.name.SetText(name)
	s.folder.SetText(w.program.Preferences().StringWithFallback(folderKey, home))
	other := widget.NewButton(widget.Plain, words.Say("Choose…"), func() {
		d := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
			if err == nil && folder != nil {
				s.folder.SetText(folder.Path())
			}
		}, w.win)
		w.showFile(d)
	})
	label := func(text string) fyne.CanvasObject {
		return widget.AtLeast(widget.Space9+widget.Space3, 0, widget.NewText(widget.Body, text).In(widget.Secondary))
	}
	grow := func(o fyne.CanvasObject) fyne.CanvasObject {
		return widget.Grow(widget.AtLeast(0, widget.ControlHeight, o))
	}
	s.body = widget.Stack(widget.Space2,
		widget.Row(widget.Space3, label(words.Say("Name||of a file")), grow(s.name)),
		widget.Row(widget.Space3, label(words.Say("Folder")), grow(s.folder), other))
	return s
}

// path is where to save; the error says why nothing can be saved there.
func (s *saveFields) path() (string, error) {
	name, folder := strings.TrimSpace(s.name.Text), strings.TrimSpace(s.folder.Text)
	if name == "" {
		return "", errors.New(words.Say("The file needs a name"))
	}
	if filepath.Base(name) != name {
		return "", errors.New(words.Say("“%s” is no name of a file: the folder stands in the field below it", name))
	}
	if !filepath.IsAbs(folder) {
		return "", errors.New(words.Say("“%s” is no folder: write it in full, or choose one", folder))
	}
	if at, err := os.Stat(folder); err != nil || !at.IsDir() {
		return "", errors.New(words.Say("There is no folder %s", folder))
	}
	path := filepath.Join(folder, view.WithEnding(name, s.ending))
	if at, err := os.Stat(path); err == nil && at.IsDir() {
		return "", errors.New(words.Say("%s is a folder", path))
	}
	return path, nil
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
			w.problem(words.Say("The file dialog could not be shown"), "", err)
		default:
			chosen(filepath.Clean(path))
		}
	})
}
