//go:build headless

package ui

import (
	"errors"

	"rollcall/ui/view"
)

// Run says that this program was built without its window.
func Run(_ *view.App, _ []string, _ string) error {
	return errors.New("this program was built without its window: use a command, such as rollcall run --sample, or see rollcall --help")
}
