package widget

import (
	"strings"

	"fyne.io/fyne/v2"
)

// This file is what texts to read need beside paragraphs.

// Bullet is the point before an item of a list.
func Bullet() fyne.CanvasObject {
	return AtLeast(TagHeight, 0, Center(newPanel(Secondary, None, bulletSize/2, AtLeast(bulletSize, bulletSize, &fyne.Container{}))))
}

// Keys shows keys to press together, "Ctrl+N", each as a key.
func Keys(keys string) fyne.CanvasObject {
	row := Row(Space1)
	for key := range strings.SplitSeq(keys, "+") {
		row.Add(newPanel(Raised, Outline, radiusTag, Pad(0, Space2, NewText(Caption, key))))
	}
	return AtLeast(0, TagHeight, row)
}
