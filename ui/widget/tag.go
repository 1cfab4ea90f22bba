package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Tag says something about a whole campaign, beside its name.
type Tag struct {
	fynewidget.BaseWidget
	shape    Shape
	icon     Icon
	words    string
	practice bool
}

// StateTag tells a campaign's state.
func StateTag(s Shape, words string) *Tag { return newTag(&Tag{shape: s, words: words}) }

// PracticeTag says, in full, that no phone rings.
func PracticeTag(words string) *Tag {
	return newTag(&Tag{icon: IconBellOff, words: words, practice: true})
}

func newTag(t *Tag) *Tag {
	t.ExtendBaseWidget(t)
	return t
}

// Set changes what the tag tells.
func (t *Tag) Set(s Shape, words string) {
	if t.shape != s || t.words != words {
		t.shape, t.words = s, words
		t.Refresh()
	}
}

func (t *Tag) style() Style {
	if t.practice {
		return CaptionBold
	}
	return Caption
}

// CreateRenderer implements fyne.Widget.
func (t *Tag) CreateRenderer() fyne.WidgetRenderer {
	ground, words, picture := canvas.NewRectangle(nil), line(t.style()), newPicture(shapeChip)
	ground.CornerRadius = radiusTag
	d := &drawing{of: t, parts: []fyne.CanvasObject{ground, picture, words}}
	sign := func() float32 {
		switch {
		case t.icon != NoIcon:
			return iconSmall
		case t.shape != NoShape:
			return shapeChip
		default:
			return 0
		}
	}
	lead := func() float32 {
		if sign() == 0 {
			return Space2
		}
		return Space2 + sign() + 6
	}
	d.min = func() fyne.Size {
		return fyne.NewSize(lead()+t.style().face().width(t.words)+Space2, TagHeight)
	}
	d.layout = func(s fyne.Size) {
		ground.Resize(s)
		place(picture, Space2, (s.Height-sign())/2, sign(), sign())
		place(words, lead(), 0, s.Width, s.Height)
	}
	d.refresh = func() {
		fill, edge := None, Border
		picked := t.shape.resource()
		if t.practice {
			fill, edge = WarnSoft, miss
			picked = t.icon.resource(Ink, iconSmall)
		}
		ground.FillColor, ground.StrokeColor, ground.StrokeWidth = ink(fill), ink(edge), hairline
		ground.Refresh()
		write(words, t.words, Ink)
		setPicture(picture, picked)
	}
	d.refresh()
	return d
}
