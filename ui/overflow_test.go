package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	fynewidget "fyne.io/fyne/v2/widget"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui"
	"rollcall/ui/widget"
)

// This file looks for texts that have no room at 1280×800: a language that
// says more than English must not be cut, or push anything out of the window.

// place is a page of the window and how to get there, in any language.
type place struct {
	name  string
	shelf func() *shelf
	list  string
	enter func(t *testing.T, w *ui.Window)
}

// places are all pages; whoever makes one adds it.
func places() []place {
	press := func(labels ...string) func(*testing.T, *ui.Window) {
		return func(t *testing.T, w *ui.Window) { t.Helper(); pressAny(t, w, labels...) }
	}
	choose := func(label func() string) func(*testing.T, *ui.Window) {
		return func(t *testing.T, w *ui.Window) { t.Helper(); act(t, w.Content(), label()) }
	}
	then := func(steps ...func(*testing.T, *ui.Window)) func(*testing.T, *ui.Window) {
		return func(t *testing.T, w *ui.Window) {
			t.Helper()
			for _, step := range steps {
				step(t, w)
			}
		}
	}
	next, opened := press("Continue"), openFirst
	chosen := then(next, pickFirst, next)
	begin := func(t *testing.T, w *ui.Window) { t.Helper(); find[*widget.Link](t, w.Content()).Tapped(nil) }
	way := func(at int) func(*testing.T, *ui.Window) {
		return func(t *testing.T, w *ui.Window) { t.Helper(); find[*widget.Segments](t, w.Content()).Choose(at) }
	}
	row := func(t *testing.T, w *ui.Window) { t.Helper(); find[*widget.Grid](t, w.Content()).Choose(8) }
	return []place{
		{name: "first start", shelf: newShelf},
		{name: "home", shelf: running},
		{name: "new campaign", shelf: running, enter: choose(func() string { return words.Say("New campaign…") })},
		{name: "campaign's menu", shelf: running, enter: func(t *testing.T, w *ui.Window) { menuOf(t, w.Content()) }},
		{name: "delete", shelf: finished, enter: func(t *testing.T, w *ui.Window) {
			w.Content().Canvas().Focus(find[*widget.Cards](t, w.Content()))
			key(w.Content(), fyne.KeyDelete)
		}},
		{name: "people", shelf: newShelf, list: "school.csv"},
		{name: "reading", shelf: newShelf, list: "school.csv", enter: press("Reading…")},
		{name: "one row", shelf: newShelf, list: "school.csv", enter: func(t *testing.T, w *ui.Window) { find[*widget.Grid](t, w.Content()).OnOpened(2) }},
		{name: "password", shelf: newShelf, list: "protected.xlsx"},
		{name: "damaged", shelf: newShelf, list: "damaged.xlsx"},
		{name: "unreadable", shelf: newShelf, list: "unreadable.xlsx"},
		{name: "message", shelf: newShelf, list: "school.csv", enter: next},
		{name: "message begun", shelf: newShelf, list: "school.csv", enter: then(next, begin)},
		{name: "message recorded", shelf: newShelf, list: "school.csv", enter: then(next, begin, way(2))},
		{name: "message as text", shelf: newShelf, list: "school.csv", enter: then(next, begin, way(1))},
		{name: "a key", shelf: newShelf, list: "school.csv", enter: then(next, press("Add a key"))},
		{name: "message chosen", shelf: newShelf, list: "school.csv", enter: then(next, pickFirst)},
		{name: "when", shelf: newShelf, list: "school.csv", enter: chosen},
		{name: "check", shelf: newShelf, list: "school.csv", enter: then(chosen, next)},
		{name: "live", shelf: running, enter: opened},
		{name: "details", shelf: running, enter: then(opened, row)},
		{name: "results", shelf: finished, enter: opened},
		{name: "newer", shelf: running, enter: then(opened, func(_ *testing.T, w *ui.Window) { w.Newer("newer.csv") })},
		{name: "do not call", shelf: running, enter: choose(func() string { return words.Say("Do not call") })},
		{name: "doubts", shelf: running, enter: choose(func() string { return words.Say("Numbers in doubt") })},
		{name: "settings", shelf: running, enter: choose(func() string { return words.Say("Settings") })},
		{name: "help", shelf: running, enter: choose(func() string { return words.Say("Guide") })},
	}
}

func finished() *shelf {
	s := running()
	s.Campaigns[0].State = campaign.Finished
	return s
}

// pressAny presses the first button that says one of those texts.
func pressAny(t *testing.T, w *ui.Window, texts ...string) {
	t.Helper()
	for _, text := range texts {
		texts = append(texts, words.Say(text))
	}
	for _, o := range objects(w.Content()) {
		if b, ok := o.(*widget.Button); ok && slices.Contains(texts, b.Words()) {
			b.Tapped(nil)
			return
		}
	}
	t.Fatalf("there is no button %q", texts)
}

// pickFirst chooses the first message that somebody wrote.
func pickFirst(t *testing.T, w *ui.Window) {
	t.Helper()
	find[*widget.Segments](t, w.Content()).Choose(3)
	find[*widget.Pick](t, w.Content()).Tapped(nil)
}

// openFirst opens the first campaign.
func openFirst(t *testing.T, w *ui.Window) {
	t.Helper()
	openCard(t, w.Content())
}

func TestNothingIsCutInAnyLanguage(t *testing.T) {
	for _, p := range places() {
		for _, l := range words.Languages() {
			t.Run(p.name+"/"+string(l), func(t *testing.T) {
				w := openedIn(t, program(t, p.shelf()), l, ui.Args{List: p.list})
				if p.enter != nil {
					p.enter(t, w)
				}
				for _, fault := range cramped(w.Content()) {
					t.Error(fault)
				}
			})
		}
	}
}

// look is a walk over what is seen.
type look struct {
	room   fyne.Size // of the window
	faults []string
}

// cramped tells what has not the room it needs.
func cramped(w fyne.Window) []string {
	size := w.Canvas().Size()
	w.Resize(size.AddWidthHeight(1, 1)) // the test driver lays nothing out by itself
	w.Resize(size)
	l := &look{room: size}
	if least := w.Content().MinSize(); least.Width > l.room.Width || least.Height > l.room.Height {
		l.faults = append(l.faults, fmt.Sprintf("the page needs %.0f×%.0f", least.Width, least.Height))
	}
	root := w.Content()
	if top := w.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	l.walk(root, fyne.Position{}, parents{})
	return l.faults
}

// parents are what an object stands in, as far as that matters.
type parents struct {
	whole  bool // a tip has the whole of what is cut
	scroll bool // what has no room can be scrolled to
}

func (l *look) walk(o fyne.CanvasObject, at fyne.Position, in parents) {
	if o == nil || !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	l.see(o, at, in)
	switch o := o.(type) {
	case *widget.Grid: // cuts its cells, and has tips
	case *container.Scroll:
		l.walk(o.Content, at, parents{in.whole, true})
	case *widget.Whole:
		l.children(test.WidgetRenderer(o).Objects(), at, parents{true, in.scroll})
	case *fyne.Container:
		l.children(o.Objects, at, in)
	case fyne.Widget:
		l.children(test.WidgetRenderer(o).Objects(), at, in)
	}
}

func (l *look) children(all []fyne.CanvasObject, at fyne.Position, in parents) {
	for _, o := range all {
		l.walk(o, at, in)
	}
}

// see judges one object.
func (l *look) see(o fyne.CanvasObject, at fyne.Position, in parents) {
	const rounding = 1
	shown, all := shownBy(o)
	if len(shown) == 0 {
		return
	}
	if o.Size().Width+rounding < o.MinSize().Width {
		l.fault("%T %q has %.0f of %.0f", o, shown, o.Size().Width, o.MinSize().Width)
	}
	if right := at.X + o.Size().Width; right > l.room.Width+rounding && !in.scroll {
		l.fault("%T %q ends at %.0f", o, shown, right)
	}
	if bottom := at.Y + o.Size().Height; bottom > l.room.Height+rounding && !in.scroll {
		l.fault("%T %q ends %.0f down", o, shown, bottom)
	}
	if b, ok := o.(*widget.Button); ok && b.Whole() {
		return
	}
	for _, text := range shown {
		if strings.HasSuffix(text, "…") && !strings.Contains(all, "…") && !in.whole {
			l.fault("%T %q is cut to %q", o, all, text)
		}
	}
}

func (l *look) fault(format string, args ...any) {
	l.faults = append(l.faults, fmt.Sprintf(format, args...))
}

// shownBy is what a control has on the screen, and all that it says, where it
// tells that; nothing for other objects.
func shownBy(o fyne.CanvasObject) (shown []string, all string) {
	switch o := o.(type) {
	case *fynewidget.Check:
		return []string{o.Text}, o.Text
	case *widget.Drop, *widget.Text, *widget.Button, *widget.Link, *widget.Chip, *widget.Tag, *widget.SideItem, *widget.Steps, *widget.Tile, *widget.Toast, *widget.Pick:
	default:
		return nil, ""
	}
	w, _ := o.(fyne.Widget) // all of them are
	for _, part := range test.WidgetRenderer(w).Objects() {
		if text, ok := part.(*canvas.Text); ok && text.Visible() && text.Text != "" {
			shown = append(shown, text.Text)
		}
	}
	if says, ok := o.(interface{ Words() string }); ok {
		all = says.Words()
	}
	return shown, all
}
