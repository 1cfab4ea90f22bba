package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
	fynetooltip "github.com/dweymouth/fyne-tooltip"
	tooltip "github.com/dweymouth/fyne-tooltip/widget"
)

// tip says something beside the pointer when that rests.
type tip = tooltip.ToolTipWidgetExtend

// WithTips gives a window's content the layer in which tips are shown.
func WithTips(content fyne.CanvasObject, c fyne.Canvas) fyne.CanvasObject {
	return fynetooltip.AddWindowToolTipLayer(content, c)
}

// WithTips gives a question the layer in which its tips are shown. It is for a
// window whose content has one: see [WithTips].
func (d *Dialog) WithTips() *Dialog {
	fynetooltip.AddPopUpToolTipLayer(d.over)
	d.gone = func() { fynetooltip.DestroyPopUpToolTipLayer(d.over) }
	return d
}

// Whole is a line that may be cut, and says all of it beside a resting pointer
// where it is. It is not for a line within a button.
type Whole struct {
	fynewidget.BaseWidget
	text *Text
	tip  tip
}

// NewWhole returns a line that is cut where there is no room.
func NewWhole(t *Text) *Whole {
	w := &Whole{text: t.Cut()}
	w.ExtendBaseWidget(w)
	w.tip.ExtendToolTipWidget(w)
	return w
}

// MouseIn implements desktop.Hoverable.
func (w *Whole) MouseIn(e *desktop.MouseEvent) {
	words := w.text.Words()
	if w.text.style.face().width(words) <= w.Size().Width {
		words = ""
	}
	w.tip.SetToolTip(words)
	w.tip.MouseIn(e)
}

// MouseMoved implements desktop.Hoverable.
func (w *Whole) MouseMoved(e *desktop.MouseEvent) { w.tip.MouseMoved(e) }

// MouseOut implements desktop.Hoverable.
func (w *Whole) MouseOut() { w.tip.MouseOut() }

// CreateRenderer implements fyne.Widget.
func (w *Whole) CreateRenderer() fyne.WidgetRenderer { return fynewidget.NewSimpleRenderer(w.text) }
