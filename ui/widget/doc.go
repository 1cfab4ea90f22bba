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
//	token.go    colours, type scale, measures     theme.go   the same for the toolkit's controls
//	shape.go    one filled shape per state         icon.go    one family of line icons
//	text*.go    a line, counts in it, a paragraph  layout.go  rows and stacks
//	panel.go    cards, bars, notes                 button.go  buttons and links
//	chip.go     filters with a count               tag.go     states and the practice tag
//	tile.go     a state's count                    progress.go  bars in state colours
//	chart*.go   bars by time, lying bars           menu*.go   a menu beside the pointer
//	nav.go      places, step strip                 page.go    side bar, header, foot bar
//	aside.go    a panel beside the main part of a page
//	switch.go   on or off                          listrow.go a line of a short list
//	reading.go  points and keys in texts
//	pick.go     one of several                     dialog.go  questions, toasts
//	option.go   ticks, one of several, folds       drop.go    a choice that drops down
//	week*.go    the hours of a week, painted
//	segments.go  views of the same things          cards.go   any number of cards
//	guard.go    what breaks in a callback
//	columnchip.go  columns, for a text
//	marks.go    chips within what is typed         speech.go  bubbles of a talk
//	keypad.go   keys of a telephone                source.go  a document at its line
//	box.go      a box to tick                      scroll.go  more than there is room for
//	follow.go   scrolls to where the keys are
//	grid*.go    the grid over row indexes: _columns how they are arranged,
//	            _select, _copy, _keys and _input what is done with it, _draw,
//	            _cell and _head how it looks
//	spoken.go   what screen readers say            drawing.go what all renderers share
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
