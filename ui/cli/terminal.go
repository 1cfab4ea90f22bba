package cli

import (
	"io"
	"os"
	"runtime"

	"golang.org/x/term"
)

// This file is where a terminal is one.

// terminal is the keypad of a terminal, or nil where in or out is none.
func terminal(in io.Reader, out io.Writer) *keypad {
	from, isFile := in.(*os.File)
	to, alsoFile := out.(*os.File)
	if !isFile || !alsoFile || !term.IsTerminal(int(from.Fd())) || !term.IsTerminal(int(to.Fd())) {
		return nil
	}
	return &keypad{out: out, typed: strokes(from), colour: colours(), raw: func() (func(), error) {
		before, err := term.MakeRaw(int(from.Fd()))
		if err != nil {
			return nil, err
		}
		return func() { _ = term.Restore(int(from.Fd()), before) }, nil
	}}
}

// strokes reads in until it ends. A read from a terminal cannot be called
// back: the goroutine ends with the process, whose last act a try is.
func strokes(in io.Reader) <-chan []byte {
	typed := make(chan []byte)
	go func() {
		defer close(typed)
		for {
			b := make([]byte, 64)
			n, err := in.Read(b)
			if n > 0 {
				typed <- b[:n]
			}
			if err != nil {
				return
			}
		}
	}()
	return typed
}

// colours tells whether people want them (no-color.org) and the terminal has
// them.
func colours() bool {
	if os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	return runtime.GOOS != "windows" || os.Getenv("WT_SESSION") != ""
}
