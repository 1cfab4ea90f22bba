package view

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// HereZone is the IANA name of this computer's time zone, so that a campaign
// keeps it if the computer's is changed. It is false where the computer does
// not tell.
func HereZone(now time.Time) (string, bool) {
	if name := now.Location().String(); name != "Local" {
		return name, true
	}
	if tz := strings.TrimPrefix(os.Getenv("TZ"), ":"); KnownZone(tz) {
		return tz, true
	}
	if path, err := filepath.EvalSymlinks("/etc/localtime"); err == nil {
		if _, tz, found := strings.Cut(filepath.ToSlash(path), "zoneinfo/"); found && KnownZone(tz) {
			return tz, true
		}
	}
	if text, err := os.ReadFile("/etc/timezone"); err == nil && KnownZone(strings.TrimSpace(string(text))) {
		return strings.TrimSpace(string(text)), true
	}
	if _, offset := now.Zone(); offset == 0 {
		return "UTC", true
	}
	return "", false
}
