package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"rollcall/campaign/words"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// markField is an entry of several lines in which columns stand as marks:
// ‹First name›. A mark that loses one of its ends goes as a whole.
type markField struct {
	field
	changed func(text string) // as it is stored
	columns []string          // of the list
	rows    int               // that are shown at least
	marks   *widget.Marks
	before  []rune // what was shown
	busy    bool
}

// mostRows is how many lines a text grows to before it scrolls.
const mostRows = 12

func newMarkField(m *messagePage, text string, rows int, changed func(text string)) *markField {
	f := &markField{changed: changed, columns: m.columns(), rows: rows}
	f.other = m.w.key
	f.MultiLine, f.Wrapping = true, fyne.TextWrapWord
	f.ExtendBaseWidget(f)
	f.marks = widget.NewMarks(&f.Entry)
	f.SetMinRowsVisible(rows)
	f.SetText(view.Shown(text))
	f.before = []rune(f.Text)
	f.mark()
	f.OnChanged = f.typed
	return f
}

// body is the field with the chips over it.
func (f *markField) body() fyne.CanvasObject { return container.NewStack(f, f.marks) }

// Resize implements fyne.CanvasObject: the lines are others then.
func (f *markField) Resize(s fyne.Size) {
	f.field.Resize(s)
	f.grow()
}

// mark draws the chips of what is written.
func (f *markField) mark() {
	var marks []widget.Stretch
	for _, m := range view.MarksIn(view.Stored(f.Text), f.columns) {
		marks = append(marks, widget.Stretch{From: m.From, To: m.To, Wrong: !m.Known})
	}
	f.marks.Set(marks)
	f.grow()
}

// grow gives the text the room that it needs.
func (f *markField) grow() {
	f.SetMinRowsVisible(min(max(f.rows, f.marks.Rows()), mostRows))
}

// AcceptsTab implements fyne.Tabbable: Tab leads on.
func (f *markField) AcceptsTab() bool { return false }

// FocusGained implements fyne.Focusable.
func (f *markField) FocusGained() {
	f.field.FocusGained()
	widget.Follow(f)
}

// typed is told of each change.
func (f *markField) typed(shown string) {
	if f.busy {
		return
	}
	now := []rune(shown)
	if whole, back, broken := mended(f.before, now); broken {
		f.busy = true
		f.SetText(string(whole))
		for range back {
			f.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
		}
		f.busy = false
		now = whole
	}
	f.before = now
	f.mark()
	f.changed(view.Stored(string(now)))
}

// mended takes out a mark of which one end was taken out, and tells how far
// back the cursor goes.
func mended(before, now []rune) (whole []rune, back int, broken bool) {
	if len(now) != len(before)-1 {
		return nil, 0, false
	}
	at := 0
	for at < len(now) && now[at] == before[at] {
		at++
	}
	open, shut := []rune(view.ShownMark(""))[0], []rune(view.ShownMark(""))[1]
	switch before[at] {
	case shut:
		for start := at - 1; start >= 0 && before[start] != shut; start-- {
			if before[start] == open {
				return slices.Concat(before[:start], before[at+1:]), at - start, true
			}
		}
	case open:
		if end := slices.Index(before[at:], shut); end > 0 && !slices.Contains(before[at+1:at+end], open) {
			return slices.Concat(before[:at], before[at+end+1:]), 0, true
		}
	}
	return nil, 0, false
}

// replace shows another text; nobody is told.
func (f *markField) replace(text string) {
	f.busy = true
	f.SetText(view.Shown(text))
	f.busy = false
	f.before = []rune(f.Text)
	f.mark()
}

// insert puts a column where the cursor is, in place of what is selected.
func (f *markField) insert(column string) {
	f.TypedShortcut(&fyne.ShortcutPaste{Clipboard: paste(view.ShownMark(column))})
}

// paste is a clipboard that holds one text.
type paste string

func (p paste) Content() string { return string(p) }
func (paste) SetContent(string) {}

// mostChips is how many columns stand below a text; the others are in a menu.
const mostChips = 8

// chips are the columns that can be put into a text.
func chips(w *Window, columns []string, f *markField) fyne.CanvasObject {
	put := func(column string) func() {
		return func() {
			w.win.Canvas().Focus(f)
			f.insert(column)
		}
	}
	items := []fyne.CanvasObject{widget.NewText(widget.Small, words.Say("Insert")).In(widget.Secondary)}
	for i, c := range columns {
		if i == mostChips {
			break
		}
		items = append(items, widget.NewColumnChip(c, put(c)))
	}
	if len(columns) > mostChips {
		var more *widget.Button
		more = widget.NewButton(widget.Quiet, words.Say("More…"), func() {
			w.menuAt(more, columns[mostChips:], func(i int) { put(columns[mostChips+i])() })
		}).Less()
		items = append(items, more)
	}
	if len(columns) == 0 {
		return &fyne.Container{}
	}
	return widget.Lines(widget.Space2, items...)
}

// menuAt drops a menu of words below a control.
func (w *Window) menuAt(o fyne.CanvasObject, all []string, chosen func(i int)) {
	items := make([]*fyne.MenuItem, len(all))
	for i, line := range all {
		items[i] = fyne.NewMenuItem(line, func() { chosen(i) })
	}
	fynewidget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", items...), w.win.Canvas(), fyne.NewPos(0, o.Size().Height+widget.Space1), o)
}
