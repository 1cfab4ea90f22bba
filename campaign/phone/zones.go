package phone

import (
	"slices"

	"github.com/nyaruka/phonenumbers"
)

// Zones returns the IANA zones in which the number's area lies, sorted; empty
// where they are not known. A number without an area, toll-free say, has all
// the zones of its country code.
func (n Number) Zones() []string {
	if len(n) < shortest {
		return nil
	}
	zones, err := phonenumbers.GetTimezonesForPrefix(string(n))
	if err != nil {
		return nil
	}
	zones = slices.DeleteFunc(slices.Clone(zones), func(z string) bool {
		return z == "" || z == phonenumbers.UNKNOWN_TIMEZONE
	})
	slices.Sort(zones)
	return slices.Compact(zones)
}
