package widget_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"rollcall/ui/widget"
)

func TestTheNumberOfACopyIsNotCut(t *testing.T) {
	test.NewTempApp(t)
	long := strings.Repeat("Flu clinic ", 9)
	for words, end := range map[string]string{long + "(2)": "… (2)", long + "(2026) a": "…", long + "(12345)": "…"} {
		text := widget.NewText(widget.Body, words).Cut()
		test.NewTempWindow(t, text)
		text.Resize(fyne.NewSize(200, text.MinSize().Height))
		shown := test.WidgetRenderer(text).Objects()[0].(*canvas.Text)
		if !strings.HasPrefix(shown.Text, "Flu clinic Flu") || !strings.HasSuffix(shown.Text, end) || strings.Count(shown.Text, "(") != strings.Count(end, "(") {
			t.Errorf("%q is shown as %q", words, shown.Text)
		}
		if shown.MinSize().Width > 200 {
			t.Errorf("%q is %v wide", shown.Text, shown.MinSize().Width)
		}
	}
}
