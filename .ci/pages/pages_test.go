//go:build ci

// Package pages opens every page of the window, with the store that ships, in
// both themes, at three sizes, and with nobody, one, two hundred and a million
// people. It needs no display: the toolkit's own test driver draws.
//
//	pages_test.go   the pages, and how somebody gets there
//	window_test.go  the window, and what is judged of it
//	office_test.go  the data folder, and how people come into it
//
//	CGO_ENABLED=0 go test -tags ci,migrated_fynedo ./.ci/pages
//	ROLLCALL_PAGES=20000      that many people instead of a million; the gate takes 100000
//	ROLLCALL_PICTURES=DIR     a picture of each page, to be looked at
package pages

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"rollcall/campaign"
	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// sizes are the least there is room in, which the filters of Live set, that of
// the target pictures and that of a large screen.
func sizes() []fyne.Size {
	return []fyne.Size{fyne.NewSize(1024, 720), fyne.NewSize(1280, 800), fyne.NewSize(1920, 1080)}
}

func modes() []widget.Mode { return []widget.Mode{widget.Light, widget.Dark} }

// stop is a page: how to get there from the page before it, and what it says.
type stop struct {
	name string
	way  func(w *window)
	says string
}

// most is how many rows a page may read to be shown: more than a screen, and
// the same with a million people. Check has a row for its test call, People
// and Live have pages of rows around what is seen.
const most = 600

func TestEveryPageFitsTheWindow(t *testing.T) {
	for _, n := range []int{0, 1, 200, many(t)} {
		t.Run(fmt.Sprint(n, " people"), func(t *testing.T) {
			s := &shop{folder: t.TempDir()}
			if n == 0 {
				s.visit(t, "nobody", always())
				return
			}
			var c campaign.Campaign
			s.office(t, func(o *view.Office) { c = draft(t, o, n) })
			s.visit(t, fmt.Sprint("planned-", n), planned())
			s.office(t, func(o *view.Office) { call(t, o, c) })
			s.visit(t, fmt.Sprint("called-", n), called())
		})
	}
}

// visit goes to all stops, in both themes.
func (s *shop) visit(t *testing.T, name string, stops []stop) {
	t.Helper()
	for _, mode := range modes() {
		w := s.open(t, mode)
		for _, at := range stops {
			s.read.Store(0)
			w.at = at
			at.way(w)
			w.settle()
			for _, size := range sizes() {
				w.resize(size)
				if at.name == "details" { // it closes where there is no room beside the rows
					at.way(w)
					w.settle()
				}
				w.judge(fmt.Sprintf("%s-%s-%s-%.0f", name, at.name, mode, size.Width))
			}
			if n := s.read.Load(); n > most {
				t.Errorf("%s of %s reads %d rows", at.name, name, n)
			}
		}
		w.close()
	}
}

// always are the pages that need no campaign.
func always() []stop {
	stops := []stop{
		{"first-start", func(w *window) { w.menu("Campaigns") }, "Call everybody on a list"},
		{"new", func(w *window) { w.menu("New campaign…") }, "Who is to be called?"},
		{"do-not-call", func(w *window) { w.key(fyne.KeyEscape); w.menu("Do not call") }, "Do not call"},
		{"doubts", func(w *window) { w.menu("Numbers in doubt") }, "Numbers in doubt"},
		{"help", func(w *window) { w.menu("Guide") }, "Help"},
		{"settings-Gateways", func(w *window) { w.menu("Settings") }, "Gateways"},
	}
	for _, section := range []struct{ name, says string }{
		{"Language and region", "Language"}, {"Rules of the trade", "When people may be called"}, {"Data and back-up", "Where everything is"}, {"Look", "Dark"}, {"Start-up", "Start"},
	} {
		stops = append(stops, stop{"settings-" + section.name, func(w *window) { w.side(section.name) }, section.says})
	}
	return stops
}

// planned are the pages of a campaign before it starts.
func planned() []stop {
	way := func(at int) func(w *window) { return func(w *window) { find[*widget.Segments](w).Choose(at) } }
	return []stop{
		{"home", func(w *window) { w.menu("Campaigns") }, "Recall of the second letter"},
		{"message-file", func(w *window) { w.openCard(); w.settle(); way(3)(w); w.settle(); w.pick("Appointment reminder") }, "The message can be played"},
		{"try", func(w *window) { w.menu("Try the message") }, "What is said"},
		{"people", func(w *window) { w.back(); w.step(0) }, "What each column is"},
		{"message", func(w *window) { w.step(1) }, "As heard by"},
		{"message-text", way(1), "Text"},
		{"message-recorded", way(2), "When a key is pressed"},
		{"message-built", way(0), "Greeting"},
		{"when", func(w *window) { w.step(2) }, "Calling hours"},
		{"check", func(w *window) { w.step(3) }, "will be called"},
	}
}

// called are the pages of a campaign after it has started.
func called() []stop {
	return []stop{
		{"home", func(w *window) { w.menu("Campaigns") }, "Recall of the second letter"},
		{"live", func(w *window) { w.openCard(); w.settle(); w.step(4) }, "Practice – no phone rings"},
		{"row", func(w *window) { find[*widget.Grid](w).Choose(0) }, "Practice – no phone rings"},
		{"details", func(w *window) { w.menu("Details") }, "Calls so far"},
		{"results", func(w *window) { w.menu("Campaigns"); w.settle(); w.openCard(); w.settle(); w.step(5) }, "What came of it"},
		{"people-after", func(w *window) { w.step(0) }, "Recall of the second letter"},
		{"message-after", func(w *window) { w.step(1) }, "Recall of the second letter"},
		{"when-after", func(w *window) { w.step(2) }, "Calling hours"},
		{"check-after", func(w *window) { w.step(3) }, "Recall of the second letter"},
		{"do-not-call", func(w *window) { w.menu("Do not call") }, "Do not call"},
		{"doubts", func(w *window) { w.menu("Numbers in doubt") }, "Numbers in doubt"},
	}
}
