//go:build !headless && !windows && !darwin

package ui

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/godbus/dbus/v5"
)

// busHere tells whether programs of this session can talk to the desktop. It is
// asked before anything is, because a session without a bus would be given one.
func busHere() bool {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	_, err := os.Stat(filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "bus"))
	return err == nil
}

// trayHere tells whether the desktop shows icons of programs: whether somebody
// on the session's bus answers to the name under which icons are announced, and
// shows them.
func trayHere() bool {
	const patience, watcher, shown = time.Second, "org.kde.StatusNotifierWatcher", "IsStatusNotifierHostRegistered"
	if !busHere() {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	bus, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		return false
	}
	defer func() { _ = bus.Close() }() // nothing was changed there
	var shows dbus.Variant
	err = bus.Object(watcher, "/StatusNotifierWatcher").
		CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", dbus.FlagNoAutoStart, watcher, shown).Store(&shows)
	on, is := shows.Value().(bool)
	return err == nil && is && on
}
