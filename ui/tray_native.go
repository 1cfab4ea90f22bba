//go:build !headless && (windows || darwin)

package ui

// busHere tells whether programs can talk to the desktop.
func busHere() bool { return true }

// trayHere tells whether the desktop shows icons of programs.
func trayHere() bool { return true }
