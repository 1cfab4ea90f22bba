package ui_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	fynewidget "fyne.io/fyne/v2/widget"

	"rollcall/campaign/flow/built"
	"rollcall/gateway/audio"
	"rollcall/ui"
	"rollcall/ui/widget"
)

// written is the page Message of a list, with a greeting.
func written(t *testing.T, s *shelf, greeting string) fyne.Window {
	t.Helper()
	w := open(t, s, ui.Args{List: "school.csv"})
	button(t, w, "Continue").Tapped(nil)
	if greeting != "" {
		write(t, w, greeting)
	}
	return w
}

// write types into the first text on the screen.
func write(t *testing.T, w fyne.Window, text string) {
	t.Helper()
	for _, o := range objects(w) {
		if f, ok := o.(fyne.Focusable); ok {
			if e, entry := o.(interface {
				SetText(string)
				AcceptsTab() bool
			}); entry {
				w.Canvas().Focus(f)
				e.SetText(text)
				return
			}
		}
	}
	t.Fatal("there is nothing to write into")
}

// kept is the message that the draft plays.
func kept(t *testing.T, s *shelf) built.Message {
	t.Helper()
	id, is := built.FromSource(s.Campaigns[len(s.Campaigns)-1].Flow.Source)
	if !is {
		t.Fatalf("the draft plays %q", s.Campaigns[0].Flow.Source)
	}
	m, err := built.Decode(s.Messages[id])
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestAMessageIsBuiltCheckedAndHeard(t *testing.T) {
	s := newShelf()
	w := written(t, s, "")
	must(t, w, "Greeting", "When a key is pressed", "When a machine answers", "Write something, and hear here", "1 thing to mend before Start")
	if says(w, "Press 9") {
		t.Error("a key is offered where nothing is said")
	}
	button(t, w, "Row 2, Alba Applewhistle")
	write(t, w, "Hello ‹Parent›, this is about ‹Pupil› of ‹Clas›.")
	must(t, w, "No column ‘Clas’", "1 thing to mend before Start", "Hello Alba Applewhistle, this is about Zoé of (nothing).", "The greeting does not speak of key 9")
	if got := kept(t, s).Greeting; got != "Hello ${Parent}, this is about ${Pupil} of ${Clas}." {
		t.Errorf("kept %q", got)
	}
	link(t, w, "Use ‘Class’")
	must(t, w, "this is about Zoé of 3a.", "2 people ready, 1 set aside")
	if says(w, "No column") {
		t.Error("it is still marked")
	}
	button(t, w, "Press 9").Tapped(nil)
	must(t, w, "Presses 9", "You will not be called again. Goodbye.", "The call has ended", "Nothing more happens")
	button(t, w, "Start again").Tapped(nil)
	button(t, w, "Stay silent").Tapped(nil)
	must(t, w, "Stays silent")
}

func TestColumnsArePutInAtTheCursor(t *testing.T) {
	s := newShelf()
	w := written(t, s, "Hello , it is cold.")
	field, ok := w.Canvas().Focused().(interface {
		fyne.Focusable
		fyne.Shortcutable
	})
	if !ok {
		t.Fatal("the greeting has not the focus")
	}
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	for range len("Hello ") {
		field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	for _, o := range objects(w) {
		if c, chip := o.(*widget.ColumnChip); chip && c.Words() == "Parent" {
			c.Tapped(nil)
		}
	}
	if got := kept(t, s).Greeting; got != "Hello ${Parent}, it is cold." {
		t.Fatalf("kept %q", got)
	}
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace}) // the whole mark goes
	if got := kept(t, s).Greeting; got != "Hello , it is cold." {
		t.Errorf("after a backspace %q", got)
	}
	field.TypedRune('x')
	if got := kept(t, s).Greeting; got != "Hello x, it is cold." {
		t.Errorf("the cursor is elsewhere: %q", got)
	}
}

func TestKeysAreAddedMovedAndRemoved(t *testing.T) {
	s := newShelf()
	w := written(t, s, "Press 1 to talk to us, 9 for no more calls.")
	must(t, w, "The greeting speaks of key 1, which does nothing")
	button(t, w, "Add a key").Tapped(nil)
	must(t, w, "Add a key")
	choose(t, w, "Say it, then end", "Connect to a person")
	fill(t, w, "Talk", "One moment.")
	button(t, w, "Done").Tapped(nil)
	must(t, w, "This number cannot be called.")
	entry(t, w, "(312) 555-0100")
	button(t, w, "Done").Tapped(nil)
	m := kept(t, s)
	if len(m.Keys) != 2 || m.Keys[1].Number != "+13125550100" || m.Keys[1].Does != built.Connect || m.Keys[1].Label != "Talk" {
		t.Fatalf("kept %+v", m.Keys)
	}
	must(t, w, "Says: One moment. Then connects to +1 312-555-0100")
	button(t, w, "Press 1").Tapped(nil)
	must(t, w, "Connects with +1 312-555-0100")
	button(t, w, "Somebody answers").Tapped(nil)
	must(t, w, "The call has ended")
	more := iconButtons(t, w, 2)
	more[len(more)-2].Tapped(nil) // of the second key
	menuLine(t, w, 2)             // Move up
	if got := kept(t, s).Keys[0].Key; got != "1" {
		t.Errorf("the first key is %s", got)
	}
	more = iconButtons(t, w, 2)
	more[len(more)-2].Tapped(nil)
	menuLine(t, w, 4) // Remove
	must(t, w, "Key 9 was removed", "Nobody can ask not to be called again", "The greeting speaks of key 9, which does nothing")
	lastLink(t, w, "Add key 9") // of the former
	if m := kept(t, s); !m.OptsOut() || len(m.Keys) != 2 {
		t.Errorf("kept %+v", m.Keys)
	}
}

// iconButtons are the buttons without words in the cards, at least n.
func iconButtons(t *testing.T, w fyne.Window, n int) []*widget.Button {
	t.Helper()
	var all []*widget.Button
	for _, o := range objects(w) {
		if b, ok := o.(*widget.Button); ok && b.Words() == "" {
			if at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b); at.X < 880 {
				all = append(all, b)
			}
		}
	}
	if len(all) < n {
		t.Fatalf("%d buttons with an icon", len(all))
	}
	return all
}

// menuLine chooses a line of the menu that is open, from 1.
func menuLine(t *testing.T, w fyne.Window, line int) {
	t.Helper()
	m := find[*fynewidget.PopUpMenu](t, w)
	for range line {
		m.ActivateNext()
	}
	m.TriggerLast()
}

func TestTextRecordingAndFileKeepWhatWasWritten(t *testing.T) {
	s := newShelf()
	w := written(t, s, "Hello ‹Parent›.")
	ways := find[*widget.Segments](t, w)
	ways.Choose(1)
	must(t, w, "Text", "Hello Alba Applewhistle.")
	if m := kept(t, s); m.Kind != built.Text || m.Greeting != "Hello ${Parent}." || says(w, "When a key is pressed") {
		t.Errorf("kept %+v", m)
	}
	ways.Choose(2)
	must(t, w, "No recording yet", "No recording is chosen yet", "1 thing to mend before Start")
	ways.Choose(3)
	must(t, w, "Notice", "Survey", "Until you choose one, what was built here is played.")
	find[*widget.Pick](t, w).Tapped(nil)
	must(t, w, "The message can be played", "This is Willowmere School.")
	if got := s.Campaigns[0].Flow.Source; got != "sample:notice.vxml" {
		t.Errorf("the draft plays %q", got)
	}
	ways.Choose(0)
	must(t, w, "Hello Alba Applewhistle.", "When a key is pressed")
}

func TestARecordingIsTakenByItsPath(t *testing.T) {
	s := newShelf()
	w := opened(t, s, ui.Args{List: "school.csv"})
	win := w.Content()
	button(t, win, "Continue").Tapped(nil)
	write(t, win, "Hello.")
	wav := filepath.Join(t.TempDir(), "hello.wav")
	if err := os.WriteFile(wav, audio.WAV(audio.Tone(440, 2*time.Second)), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Dropped([]fyne.URI{storage.NewFileURI(wav)})
	must(t, win, "hello.wav", "about 2 s", "Plays recording.wav")
	if m := kept(t, s); m.Kind != built.Recorded || m.Recording.Name != "hello.wav" || len(s.Sounds) != 1 {
		t.Errorf("kept %+v, %d sounds", m.Recording, len(s.Sounds))
	}
}

func TestADraftIsGoneOnWithAsItWasLeft(t *testing.T) {
	s := newShelf()
	w := written(t, s, "Hello ‹Parent›.")
	button(t, w, "Back").Tapped(nil)
	button(t, w, "Back").Tapped(nil)
	button(t, w, "Continue").Tapped(nil)
	must(t, w, "Greeting", "Hello Alba Applewhistle.")
	again := open(t, s, ui.Args{List: "school.csv"}) // the same list another day
	button(t, again, "Continue").Tapped(nil)
	must(t, again, "Hello Alba Applewhistle.")
	if len(s.Campaigns) != 1 {
		t.Errorf("%d drafts", len(s.Campaigns))
	}
}

func TestAMessageToBeginWith(t *testing.T) {
	s := newShelf()
	w := written(t, s, "")
	link(t, w, "Notice")
	must(t, w, "Hello Alba Applewhistle. We have a message for you", "Hear it again")
	if says(w, "Begin with") {
		t.Error("it is offered over what was written")
	}
}

// aside is a window whose background work is done on other goroutines, one
// thing at a time with what happens in the window.
type aside struct {
	mu   sync.Mutex
	work sync.WaitGroup
}

func (a *aside) do(f func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	f()
}

func TestTryingIsATelephoneOnTheScreen(t *testing.T) {
	s := newShelf()
	a := &aside{}
	live := make(chan struct{}, 100)
	b := ui.Bridge{Rest: -1, Do: func(f func()) { a.do(f); live <- struct{}{} }, Go: func(f func()) { a.work.Add(1); go func() { defer a.work.Done(); f() }() }}
	w := ui.Open(test.NewTempApp(t), program(t, s), ui.Args{List: "school.csv", Mode: widget.Light}, b)
	win := w.Content()
	// until waits for what the work elsewhere brings.
	until := func(what string, is func() bool) {
		t.Helper()
		end := time.After(20 * time.Second)
		for {
			var yes bool
			a.do(func() { yes = is() })
			if yes {
				return
			}
			select {
			case <-live:
			case <-end:
				t.Fatalf("never: %s", what)
			}
		}
	}
	sees := func(words string) { t.Helper(); until(words, func() bool { return says(win, words) }) }
	a.do(win.Show)
	sees("2 people ready")
	a.do(func() { button(t, win, "Continue").Tapped(nil) })
	sees("Begin with")
	a.do(func() { write(t, win, "Hello ‹Parent›. Press 9 for no more calls.") })
	sees("Hello Alba Applewhistle.")
	a.do(func() { button(t, win, "Try it on a phone…").Tapped(nil) })
	sees("Listening for a key")
	a.do(func() {
		must(t, win, "Try it", "Practice – no phone rings", "What is said", "Document", "line ", "School calls", "Do not call again", "answer", "not set yet")
		if got := find[*widget.Source](t, win).Marked(); got == 0 {
			t.Error("no line is marked")
		}
		win.Canvas().OnTypedRune()('5') // typed wherever the focus is
	})
	until("it is said once more", func() bool { return count(win, "Hello Alba Applewhistle.") == 2 })
	a.do(func() { must(t, win, "Presses 5"); win.Canvas().OnTypedRune()('9') })
	sees("Call ended")
	a.do(func() {
		must(t, win, "You will not be called again.", "true")
		button(t, win, "Start again").Tapped(nil)
	})
	sees("Listening for a key")
	a.do(func() { key(win, fyne.KeyEscape) }) // hangs up
	sees("Hangs up")
	sees("Call ended")
	a.do(func() { key(win, fyne.KeyEscape) }) // and goes back
	sees("When a key is pressed")
	a.do(func() { w.Content().Close() })
	a.work.Wait()
}

// count is how many bubbles say something.
func count(w fyne.Window, words string) int {
	n := 0
	for _, o := range objects(w) {
		if s, ok := o.(*widget.Speech); ok && strings.Contains(s.Words(), words) {
			n++
		}
	}
	return n
}

func TestTryingIsOnTheMenu(t *testing.T) {
	s := newShelf()
	w := written(t, s, "")
	item := func() *fyne.MenuItem {
		for _, m := range w.MainMenu().Items {
			for _, i := range m.Items {
				if i.Label == "Try the message" {
					return i
				}
			}
		}
		t.Fatal("it is on no menu")
		return nil
	}
	if k, ok := item().Shortcut.(*desktop.CustomShortcut); !ok || k.KeyName != fyne.KeyT || k.Modifier&fyne.KeyModifierShift == 0 {
		t.Errorf("its shortcut is %v", item().Shortcut)
	}
	button(t, w, "Try it on a phone…").Tapped(nil)
	must(t, w, "There is no message to try yet")
}
