package ui

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"rollcall/ui/widget"
)

// field is an entry that hands Esc on, which the toolkit's own swallows.
type field struct {
	fynewidget.Entry
	other func(*fyne.KeyEvent)
	left  func() // the keys went elsewhere; may be nil
}

func newField(other func(*fyne.KeyEvent)) *field {
	f := &field{other: other}
	f.ExtendBaseWidget(f)
	return f
}

// TypedKey implements fyne.Focusable.
func (f *field) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape || e.Name == fyne.KeyF1 {
		f.other(e)
		return
	}
	f.Entry.TypedKey(e)
}

// FocusGained implements fyne.Focusable.
func (f *field) FocusGained() {
	f.Entry.FocusGained()
	widget.Follow(f)
}

// FocusLost implements fyne.Focusable.
func (f *field) FocusLost() {
	f.Entry.FocusLost()
	if f.left != nil {
		f.left()
	}
}

// said is what stands under a field: how it is read, or why it cannot be.
type said struct{ para *widget.Para }

func newSaid(width float32) *said {
	s := &said{widget.NewPara(widget.Small, "", width)}
	s.para.Hide()
	return s
}

// say shows how the field is read, or what is wrong; nothing if both are empty.
func (s *said) say(says, wrong string) {
	tone := widget.Secondary
	if wrong != "" {
		says, tone = wrong, widget.Danger
	}
	s.para.In(tone).SetText(says)
	if s.para.Hide(); says != "" {
		s.para.Show()
	}
}

// searchField is an entry that lets Esc clear it and hands the keys on that
// mean something in a list.
type searchField struct {
	fynewidget.Entry
	other func(*fyne.KeyEvent)
}

func newSearchField(hint string, changed func(string), other func(*fyne.KeyEvent)) *searchField {
	s := &searchField{other: other}
	s.ExtendBaseWidget(s)
	s.SetPlaceHolder(hint)
	s.OnChanged = changed
	s.SetIcon(widget.IconSearch.Small(widget.Secondary))
	return s
}

// Refresh keeps the icon in the colours of the theme.
func (s *searchField) Refresh() {
	s.Icon = widget.IconSearch.Small(widget.Secondary)
	s.Entry.Refresh()
}

// TypedKey implements fyne.Focusable.
func (s *searchField) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyEscape && s.Text != "":
		s.SetText("")
	case e.Name == fyne.KeyEscape, e.Name == fyne.KeyF1, e.Name == fyne.KeyDown, e.Name == fyne.KeyPageDown:
		s.other(e)
	default:
		s.Entry.TypedKey(e)
	}
}
