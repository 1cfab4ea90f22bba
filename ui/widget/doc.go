// Package widget holds Rollcall's own controls. They present what they are
// given and call back; they hold no state of a campaign and no words but those
// handed to them.
//
// The look is a register: paper, ruled lines, blue-black ink. Colour is spent
// on states and on the one thing to do next, so no control takes a colour of
// its own: all come as [Token]s from the palette in token.go, whose contrast
// the tests measure. A state is told by shape, word and colour, in that order
// of trust, so that a picture printed in grey still reads: see shape.go.
// Distances are multiples of four pixels, again tokens, so that pages never
// hold a number.
//
// Where things stand
//
//	token.go             colours, type scale, measures
//	theme.go             the same for the toolkit's controls
//	shape.go             one filled shape per state
//	icon*.go             one family of line icons: _places those of settings and help
//	text*.go             a line, a paragraph; _figures counts in it
//	reading.go           points and keys in texts
//	marks.go             chips within what is typed
//	layout.go            rows and stacks
//	panel.go             cards, bars, notes
//	cards.go             any number of cards
//	aside.go             a panel beside the main part of a page
//	scroll.go            more than there is room for
//	frame.go             side bar and page
//	page.go              header, foot bar
//	nav.go               places, step strip
//	button.go            buttons and links
//	chip.go              filters with a count
//	columnchip.go        columns, for a text
//	tag.go               states and the practice tag
//	tile.go              a state's count
//	progress.go          bars in state colours
//	chart*.go            bars by time, lying bars
//	menu*.go             a menu beside the pointer
//	dialog.go            questions, toasts
//	tip.go               what is said beside a resting pointer
//	pick.go              one of several
//	option.go            ticks, one of several, folds
//	drop.go              a choice that drops down
//	segments.go          views of the same things
//	switch.go            on or off
//	listrow.go           a line of a short list
//	week*.go             the hours of a week, painted
//	keypad.go            keys of a telephone
//	speech.go            bubbles of a talk
//	source.go            a document at its line
//	grid*.go             the grid over row indexes: _columns how they are arranged; _select, _copy,
//	                     _keys and _input what is done with it; _draw, _cell and _head how it looks
//	guard.go             what breaks in a callback
//	spoken.go            what screen readers say
//	drawing.go           what all renderers share
//
// The grid is our own because the toolkit's table keeps an object per row for
// its headers and sums positions as 32-bit floats: past some ten thousand rows
// it is slow and scrolls to the wrong row. Ours scrolls by row index over a
// fixed pool of cells, so a million rows cost what forty do and every row is
// exactly where it is said to be. Selected rows are kept as ranges, so that all
// of a million are one.
//
// A day of the week has one stretch of hours, because the gate keeps one; the
// week shows what a page makes of a cell that is painted away from it.
//
// Controls follow the theme when they are refreshed, which the toolkit does
// for all of them when the theme changes. Everything here belongs to the
// goroutine of the user interface.
package widget
