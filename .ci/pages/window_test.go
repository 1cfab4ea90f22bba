//go:build ci

package pages

import (
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"rollcall/ui"
	"rollcall/ui/widget"
)

// window is a window in the test driver. What it does elsewhere it does on
// goroutines, as in the program; what comes back is done where the test is.
type window struct {
	t    *testing.T
	shop *shop
	win  *ui.Window
	at   stop // where it is, or is going

	mu    sync.Mutex
	queue []func()
	busy  int           // goroutines
	woken chan struct{} // something is in the queue, or a goroutine has ended
}

func (s *shop) open(t *testing.T, mode widget.Mode) *window {
	t.Helper()
	w := &window{t: t, shop: s, woken: make(chan struct{}, 1)}
	w.win = ui.Open(test.NewTempApp(t), s.app(), ui.Args{Mode: mode}, ui.Bridge{Do: w.later, Go: w.elsewhere, Log: s.app().Log, Rest: -1})
	w.win.Content().Show()
	w.settle()
	return w
}

func (w *window) close() {
	w.t.Helper()
	closed := make(chan error, 1)
	go func() { closed <- w.win.Close() }()
	for {
		select {
		case err := <-closed:
			if err != nil {
				w.t.Error(err)
			}
			w.settle()
			return
		case <-w.woken:
			w.pump()
		}
	}
}

func (w *window) later(f func()) {
	w.mu.Lock()
	w.queue = append(w.queue, f)
	w.mu.Unlock()
	w.wake()
}

func (w *window) elsewhere(f func()) {
	w.mu.Lock()
	w.busy++
	w.mu.Unlock()
	go func() {
		f()
		w.mu.Lock()
		w.busy--
		w.mu.Unlock()
		w.wake()
	}()
}

func (w *window) wake() {
	select {
	case w.woken <- struct{}{}:
	default:
	}
}

// pump does what is in the queue, and tells whether nothing more will come.
func (w *window) pump() bool {
	for {
		w.mu.Lock()
		todo, busy := w.queue, w.busy
		w.queue = nil
		w.mu.Unlock()
		if len(todo) == 0 {
			return busy == 0
		}
		for _, f := range todo {
			f()
		}
	}
}

// longest is how long a page may take, with a million people and the computer
// busy; nothing is right because of it.
const longest = time.Minute

// settle waits until everything is done that was begun. A telephone that is
// tried goes on for ever: there the page must say what it is to say.
func (w *window) settle() {
	w.t.Helper()
	late := time.After(longest)
	for !w.pump() && (w.at.name != "try" || !w.says(w.at.says)) {
		select {
		case <-w.woken:
		case <-late:
			w.t.Fatalf("%s is not there after %v", w.at.name, longest)
		}
	}
}

// resize gives the window a size and lays it out.
func (w *window) resize(size fyne.Size) {
	w.win.Content().Resize(size.AddWidthHeight(1, 1))
	w.settle()
	w.win.Content().Resize(size) // the test driver lays nothing out by itself
	w.settle()
}

// judge looks whether a page says what it is about, fits, and broke nothing.
func (w *window) judge(name string) {
	w.t.Helper()
	if !w.says(w.at.says) {
		w.t.Errorf("%s does not say %q", name, w.at.says)
	}
	content := w.win.Content().Content()
	if least, has := content.MinSize(), w.win.Content().Canvas().Size(); least.Width > has.Width || least.Height > has.Height {
		w.t.Errorf("%s needs %v and has %v", name, least, has)
	}
	if w.shop.wrong.Swap(0) > 0 {
		w.t.Errorf("%s: %v", name, w.shop.said.Load())
	}
	w.picture(name)
}

// picture keeps a picture of the page where one is asked for.
func (w *window) picture(name string) {
	w.t.Helper()
	folder := os.Getenv("ROLLCALL_PICTURES")
	if folder == "" {
		return
	}
	f, err := os.Create(filepath.Join(folder, strings.ReplaceAll(name, " ", "-")+".png"))
	if err != nil {
		w.t.Fatal(err)
	}
	if err := png.Encode(f, w.win.Content().Canvas().Capture()); err != nil {
		w.t.Error(err)
	}
	if err := f.Close(); err != nil {
		w.t.Error(err)
	}
}

// objects are all objects that can be seen; those of the newest question alone
// if one is asked.
func (w *window) objects() []fyne.CanvasObject {
	root := w.win.Content().Content()
	if top := w.win.Content().Canvas().Overlays().Top(); top != nil {
		root = top
	}
	var all []fyne.CanvasObject
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if o == nil || !o.Visible() {
			return
		}
		all = append(all, o)
		switch o := o.(type) {
		case *widget.SideItem: // what it says is on every page
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child)
			}
		}
	}
	walk(root)
	return all
}

func (w *window) says(words string) bool {
	return slices.ContainsFunc(w.objects(), func(o fyne.CanvasObject) bool {
		switch o := o.(type) {
		case interface{ Words() string }:
			return strings.Contains(o.Words(), words)
		case *canvas.Text:
			return strings.Contains(o.Text, words)
		default:
			return false
		}
	})
}

// find returns the first that can be seen.
func find[T fyne.CanvasObject](w *window) T {
	w.t.Helper()
	for _, o := range w.objects() {
		if found, ok := o.(T); ok {
			return found
		}
	}
	var none T
	w.t.Fatalf("on the way to %s there is no %T", w.at.name, none)
	return none
}

// menu chooses from the menu.
func (w *window) menu(label string) {
	w.t.Helper()
	for _, m := range w.win.Content().MainMenu().Items {
		for _, i := range m.Items {
			if i.Label == label && !i.Disabled {
				i.Action()
				return
			}
		}
	}
	w.t.Fatalf("the menu has no %q", label)
}

// side chooses from a list at the side.
func (w *window) side(label string) {
	w.t.Helper()
	for _, o := range w.objects() {
		if s, ok := o.(*widget.SideItem); ok && s.AccessibilityLabel() == label {
			s.Tapped(nil)
			return
		}
	}
	w.t.Fatalf("the side has no %q", label)
}

// key presses a key where the focus is.
func (w *window) key(name fyne.KeyName) {
	e, on := &fyne.KeyEvent{Name: name}, w.win.Content().Canvas()
	if f := on.Focused(); f != nil {
		f.TypedKey(e)
		return
	}
	on.OnTypedKey()(e)
}

// pick chooses a message.
func (w *window) pick(title string) {
	w.t.Helper()
	for _, o := range w.objects() {
		if p, ok := o.(*widget.Pick); ok && p.Words() == title {
			p.Tapped(nil)
			return
		}
	}
	w.t.Fatalf("there is no message %q", title)
}

// back leaves the telephone.
func (w *window) back() {
	w.t.Helper()
	for _, o := range w.objects() {
		if b, ok := o.(*widget.Button); ok && strings.HasPrefix(b.Words(), "Back to ") {
			b.Tapped(nil)
			w.settle()
			return
		}
	}
	w.t.Fatal("there is no way back")
}

// openCard opens the first campaign.
func (w *window) openCard() {
	w.win.Content().Canvas().Focus(find[*widget.Cards](w))
	w.key(fyne.KeyReturn)
}

// step goes to a step of the campaign, by keys.
func (w *window) step(to int) {
	w.t.Helper()
	s := find[*widget.Steps](w)
	if s.At() == to {
		return
	}
	w.win.Content().Canvas().Focus(s)
	key := fyne.KeyRight
	if to < s.At() {
		key = fyne.KeyLeft
	}
	for range max(to-s.At(), s.At()-to) {
		w.key(key)
	}
	w.key(fyne.KeyReturn)
}
