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

// Rings notes that the practice line was asked for a number, by its digits.
func Rings(number string) {
	c := counted()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.write(c.rings, number)
}

// counted is the one counter that a process has.
var counted = sync.OnceValue(newCounter) //nolint:gochecknoglobals // moments are counted over the whole process

type counter struct {
	mu    sync.Mutex
	n     int
	fatal int      // zero: none
	trace *os.File // nil: none
	rings *os.File // nil: none
}

// newCounter reads what the surroundings say. What it cannot read it tells on
// standard error, because a process that was to die and lives proves nothing.
func newCounter() *counter {
	c := &counter{trace: opened("ROLLCALL_DIE_COUNT"), rings: opened("ROLLCALL_RINGS")}
	var err error
	if at := os.Getenv("ROLLCALL_DIE_AT"); at != "" {
		if c.fatal, err = strconv.Atoi(at); err != nil {
			fmt.Fprintln(os.Stderr, "ROLLCALL_DIE_AT:", err)
		}
	}
	return c
}

// opened opens the file that a variable names, if it is set.
func opened(variable string) *os.File {
	name := os.Getenv(variable)
	if name == "" {
		return nil
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		fmt.Fprintln(os.Stderr, variable+":", err)
		return nil
	}
	return file
}

// write writes a line. The lock is held.
func (c *counter) write(to *os.File, text string) {
	if to == nil {
		return
	}
	if _, err := fmt.Fprintln(to, text); err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
	}
}

// pass holds the lock when the process dies, so that nobody passes another
// moment meanwhile.
func (c *counter) pass(p Point) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	c.write(c.trace, string(p))
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
