package ui

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"rollcall/campaign/words"
	"rollcall/ui/widget"
)

// ask puts a question over the window.
func (w *Window) ask(title string, body fyne.CanvasObject, choices ...widget.Choice) *widget.Dialog {
	d := widget.NewDialog(w.win.Canvas(), title, body, choices...)
	w.take(d)
	d.Show(func() { w.drop(d) })
	return d
}

// take lets a have the keys until it is dropped.
func (w *Window) take(a asking) { w.asks = append(w.asks, a) }

func (w *Window) drop(a asking) {
	for i, other := range w.asks {
		if other == a {
			w.asks = append(w.asks[:i], w.asks[i+1:]...)
			return
		}
	}
}

// problem says what happened, what it means for the calls, and what to do. The
// causes are an error's words, which are for people as well.
func (w *Window) problem(what, meaning string, err error) {
	w.app.Log.Error(what, "error", err)
	width := widget.DialogWidth - 2*widget.Space6
	body := widget.Stack(widget.Space2, widget.NewPara(widget.Body, sentence(err), width))
	if meaning != "" {
		body.Add(widget.NewPara(widget.Body, meaning, width).In(widget.Secondary))
	}
	w.ask(what, body, widget.Choice{Words: words.Say("Close"), Kind: widget.Primary, Default: true})
}

// sentence makes a sentence of an error's words.
func sentence(err error) string {
	text := strings.TrimSpace(err.Error())
	if text == "" {
		return ""
	}
	if word, _, _ := strings.Cut(text, " "); !strings.ContainsAny(word, `./\`) { // a file keeps its name
		first, size := utf8.DecodeRuneInString(text)
		text = string(unicode.ToUpper(first)) + text[size:]
	}
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}

// toastTime is how long a toast stays.
const toastTime = 5 * time.Second

// say shows a toast: what was done, and one thing that could be done with it.
func (w *Window) say(what, link string, do func()) {
	layer := widget.AtBottom(widget.NewToast(what, link, func() {
		w.hush()
		do()
	}))
	w.toast.Objects = []fyne.CanvasObject{layer}
	w.toast.Refresh()
	w.after(toastTime, func() {
		if len(w.toast.Objects) == 1 && w.toast.Objects[0] == layer {
			w.hush()
		}
	})
}

func (w *Window) hush() {
	w.toast.Objects = nil
	w.toast.Refresh()
}
