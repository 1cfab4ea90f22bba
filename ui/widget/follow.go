package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// This file scrolls to where the keys are. The toolkit tells a control that it
// got them, but no container around it.

// Follow scrolls so far that a control is seen. Controls call it when they get
// the keys; when their window gets them back, nothing moves.
func Follow(control fyne.CanvasObject) {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		shell, ok := w.Content().(*Shell)
		if !ok || shell.followed == control {
			continue
		}
		if _, found := reveal(shell, control); found {
			shell.followed = control
		}
	}
}

// reveal looks for a control within o and scrolls to it. y is where it is then,
// below the top of o.
func reveal(o, control fyne.CanvasObject) (y float32, found bool) {
	if o == control {
		return 0, true
	}
	for _, child := range within(o) {
		y, found := reveal(child, control)
		if !found {
			continue
		}
		if s, scrolls := o.(*Scroller); scrolls {
			s.reveal(y, control.Size().Height)
			return y - s.At(), true
		}
		return y + child.Position().Y, true
	}
	return 0, false
}

// within is what o is made of that may hold controls.
func within(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case *container.ThemeOverride:
		return []fyne.CanvasObject{o.Content}
	case *Shell:
		return []fyne.CanvasObject{o.content}
	case *Scroller:
		return []fyne.CanvasObject{o.scroll.Content}
	case *Fold:
		return []fyne.CanvasObject{o.content}
	case *ListRow:
		return []fyne.CanvasObject{o.content}
	case *Stepper:
		return []fyne.CanvasObject{o.row}
	case *Aside:
		return []fyne.CanvasObject{o.main, o.panel}
	default:
		return nil
	}
}
