package ui

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// ask puts a question over the window.
func (w *Window) ask(title string, body fyne.CanvasObject, choices ...widget.Choice) *widget.Dialog {
	d := widget.NewDialog(w.win.Canvas(), title, body, choices...).WithTips()
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
	details := view.Trouble(w.app.Version, what, err, "", time.Now())
	w.ask(what, body, widget.Choice{Words: words.Say("Copy details"), Icon: widget.IconCopy, Do: func() { w.copyDetails(details) }},
		widget.Choice{Words: words.Say("Close"), Kind: widget.Primary, Default: true})
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
// There is one at a time; it goes after a while, or once nobody reads it.
func (w *Window) say(what, link string, do func()) {
	toast := widget.NewToast(what, link, func() {
		w.hush()
		do()
	})
	toast.OnClosed = w.hush
	w.said = toast
	w.toast.Objects = []fyne.CanvasObject{widget.AtBottom(toast)}
	w.toast.Refresh()
	w.menus.tell(w)
	w.after(toastTime, func() { w.hushUnread(toast) })
}

// hushUnread takes a toast away unless somebody reads it; then it looks again.
func (w *Window) hushUnread(toast *widget.Toast) {
	switch {
	case w.said != toast:
	case toast.Read():
		w.after(time.Second, func() { w.hushUnread(toast) })
	default:
		w.hush()
	}
}

// readToast gives the keys to the toast, so that it stays and can be read.
func (w *Window) readToast() {
	if w.said != nil {
		w.win.Canvas().Focus(w.said)
	}
}

func (w *Window) hush() {
	if w.said != nil && w.win.Canvas().Focused() == fyne.Focusable(w.said) {
		w.win.Canvas().Unfocus()
	}
	w.said = nil
	w.toast.Objects = nil
	w.toast.Refresh()
	w.menus.tell(w)
}
