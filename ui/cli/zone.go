package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// hereZone is the IANA name of this computer's time zone, so that a campaign
// keeps it if the computer's is changed.
func hereZone(now time.Time) (string, error) {
	name := now.Location().String()
	if name != "Local" {
		return name, nil
	}
	if tz := strings.TrimPrefix(os.Getenv("TZ"), ":"); known(tz) {
		return tz, nil
	}
	if path, err := filepath.EvalSymlinks("/etc/localtime"); err == nil {
		if _, tz, found := strings.Cut(filepath.ToSlash(path), "zoneinfo/"); found && known(tz) {
			return tz, nil
		}
	}
	if text, err := os.ReadFile("/etc/timezone"); err == nil && known(strings.TrimSpace(string(text))) {
		return strings.TrimSpace(string(text)), nil
	}
	if _, offset := now.Zone(); offset == 0 {
		return "UTC", nil
	}
	return "", errors.New("--office: this computer does not tell the name of its time zone; set TZ, such as TZ=Europe/Berlin")
}

func known(zone string) bool {
	_, err := time.LoadLocation(zone)
	return zone != "" && err == nil
}
