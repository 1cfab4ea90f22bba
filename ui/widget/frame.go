package widget

import "fyne.io/fyne/v2"

// Frame is a window: the side bar and, beside it, the page.
//
// The side bar is the places of the program, from top to bottom, and at its
// foot what is always worth knowing. Where the window is narrow only its icons
// are left, each of which says its place beside a resting pointer.
func Frame(brand string, foot, page fyne.CanvasObject, places ...fyne.CanvasObject) fyne.CanvasObject {
	name, rule, base := NewText(CardTitle, brand).Cut(), Rule(), Pad(Space2, Space2, foot)
	head := Inset(0, 0, Space3, Space2, Row(Space2, NewSwatch(), Grow(name)))
	items := append([]fyne.CanvasObject{head}, places...)
	side := Pad(Space3, Space2, Stack(2, append(items, Gap(), rule, base)...))
	f := &frame{spare: []fyne.CanvasObject{name, rule, base}}
	return &fyne.Container{Layout: f, Objects: []fyne.CanvasObject{side, UprightRule(), page}}
}

// frame lays out a side bar, a rule and a page.
type frame struct {
	spare  []fyne.CanvasObject // what a narrow side bar does without
	narrow bool
}

// MinSize implements fyne.Layout.
func (f *frame) MinSize(objects []fyne.CanvasObject) fyne.Size {
	side, page := objects[0].MinSize(), objects[2].MinSize()
	return fyne.NewSize(sideNarrow+page.Width, max(side.Height, page.Height))
}

// Layout implements fyne.Layout.
func (f *frame) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	f.fold(s.Width < frameNarrow || s.Width < SideWidth+objects[2].MinSize().Width)
	width := SideWidth
	if f.narrow {
		width = sideNarrow
	}
	place(objects[0], 0, 0, width-hairline, s.Height)
	place(objects[1], width-hairline, 0, hairline, s.Height)
	place(objects[2], width, 0, s.Width-width, s.Height)
}

// fold hides what there is no room for, or shows it again.
func (f *frame) fold(narrow bool) {
	if f.narrow == narrow {
		return
	}
	f.narrow = narrow
	for _, o := range f.spare {
		if narrow {
			o.Hide()
		} else {
			o.Show()
		}
	}
}
