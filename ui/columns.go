package ui

import (
	"time"

	"rollcall/campaign/words"
	"rollcall/ui/widget"
)

// This file makes columns of grids, wide enough for their titles in every
// language and for samples of what stands in them.

func column(key, title string, samples ...string) widget.Column {
	return widget.Column{Key: key, Title: title, Width: widget.WidthOf(append(samples, title)...)}
}

// growing lets a column take a share of the room that is left.
func growing(c widget.Column, share float32) widget.Column {
	c.Grow = share
	return c
}

// figures sets what stands in a column at its right edge.
func figures(c widget.Column) widget.Column {
	c.Right = true
	return c
}

// aside sets a column in the colour of captions.
func aside(c widget.Column) widget.Column {
	c.Muted = true
	return c
}

// sample is a moment whose words are as long as any.
func sample() time.Time { return time.Date(2026, 11, 28, 10, 49, 0, 0, time.Local) }

func sampleDay() string { return words.Date(sample()) }

func sampleMoment() string { return words.When(sample(), sample().AddDate(0, 0, 2)) }
