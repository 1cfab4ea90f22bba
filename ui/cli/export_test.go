package cli

import "io"

// Keypad is the telephone of whoever tries a flow.
type Keypad = keypad

// NewKeypad returns one without a terminal; raw counts how often the terminal
// is taken and, below zero, given back too often.
func NewKeypad(out io.Writer, typed <-chan []byte, raw func() (func(), error)) *Keypad {
	return &keypad{out: out, typed: typed, raw: raw}
}

// Show writes an event.
var Show = (*keypad).show

// ErrInterrupted is Ctrl-C.
var ErrInterrupted = errInterrupted
