package widget

import (
	"runtime/debug"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Shell is all that a window shows. A mistake in what a control of it calls
// back is told to its window, which goes on. What is wrong in drawing or in
// measuring a control cannot be caught here: the toolkit calls that itself.
type Shell struct {
	fynewidget.BaseWidget
	content fyne.CanvasObject
	broke   func(cause any, stack []byte)

	followed fyne.CanvasObject // got the keys last
}

// NewShell returns the content of a window that wants to know what broke.
func NewShell(content fyne.CanvasObject, broke func(cause any, stack []byte)) *Shell {
	s := &Shell{content: content, broke: broke}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *Shell) CreateRenderer() fyne.WidgetRenderer { return fynewidget.NewSimpleRenderer(s.content) }

// Guard does what a control calls back. If that panics the window of the
// control is told; without a Shell around it the panic goes on.
func Guard(control fyne.CanvasObject, do func()) {
	shellOf(control).guard(do) // now: what is done may take the control away
}

func (s *Shell) guard(do func()) {
	defer func() {
		if cause := recover(); cause != nil {
			if s == nil {
				panic(cause)
			}
			s.broke(cause, debug.Stack())
		}
	}()
	call0(do)
}

func shellOf(control fyne.CanvasObject) *Shell {
	c := fyne.CurrentApp().Driver().CanvasForObject(control)
	if c == nil {
		return nil
	}
	shell, _ := c.Content().(*Shell)
	return shell
}
