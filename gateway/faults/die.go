//go:build faults

package faults

import (
	"fmt"
	"os"
	"strconv"
	"sync"
)

// At counts a moment, and does not return from the one at which the process is
// to die. It may be called from any goroutine.
func At(p Point) { counted().pass(p) }

// counted is the one counter that a process has.
var counted = sync.OnceValue(newCounter) //nolint:gochecknoglobals // moments are counted over the whole process

type counter struct {
	mu    sync.Mutex
	n     int
	fatal int      // zero: none
	trace *os.File // nil: none
}

// newCounter reads what the surroundings say. What it cannot read it tells on
// standard error, because a process that was to die and lives proves nothing.
func newCounter() *counter {
	c := &counter{}
	var err error
	if at := os.Getenv("ROLLCALL_DIE_AT"); at != "" {
		if c.fatal, err = strconv.Atoi(at); err != nil {
			fmt.Fprintln(os.Stderr, "ROLLCALL_DIE_AT:", err)
		}
	}
	if file := os.Getenv("ROLLCALL_DIE_COUNT"); file != "" {
		if c.trace, err = os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600); err != nil {
			fmt.Fprintln(os.Stderr, "ROLLCALL_DIE_COUNT:", err)
		}
	}
	return c
}

// pass holds the lock when the process dies, so that nobody passes another
// moment meanwhile.
func (c *counter) pass(p Point) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	if c.trace != nil {
		if _, err := fmt.Fprintln(c.trace, p); err != nil {
			fmt.Fprintln(os.Stderr, "ROLLCALL_DIE_COUNT:", err)
		}
	}
	if c.n == c.fatal {
		die()
	}
}

// die ends the process without a warning: on Unix by SIGKILL.
func die() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "ROLLCALL_DIE_AT:", err)
	}
	select {} // until it is so
}
