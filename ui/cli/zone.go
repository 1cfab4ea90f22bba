package cli

import (
	"errors"
	"time"

	"rollcall/ui/view"
)

// hereZone is the IANA name of this computer's time zone, so that a campaign
// keeps it if the computer's is changed.
func hereZone(now time.Time) (string, error) {
	if zone, told := view.HereZone(now); told {
		return zone, nil
	}
	return "", errors.New("--office: this computer does not tell the name of its time zone; set TZ, such as TZ=Europe/Berlin")
}
