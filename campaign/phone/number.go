package phone

import (
	"slices"

	"github.com/nyaruka/phonenumbers"
)

// shortest is the length of the shortest number in E.164, its plus included.
const shortest = 7

// KnownRegion tells whether numbers of r can be read: two capital letters of
// a country or territory with a numbering plan.
func KnownRegion(r Region) bool { return phonenumbers.GetCountryCodeForRegion(string(r)) != 0 }

// parsed returns the library's form of n, nil if n is empty or no number.
func (n Number) parsed() *phonenumbers.PhoneNumber {
	if n == "" {
		return nil
	}
	p, err := phonenumbers.Parse(string(n), phonenumbers.UNKNOWN_REGION)
	if err != nil {
		return nil
	}
	return p
}

// National returns the number as it is written in its own country,
// "(312) 555-0142".
func (n Number) National() string {
	p := n.parsed()
	if p == nil {
		return string(n)
	}
	return phonenumbers.Format(p, phonenumbers.NATIONAL)
}

// Region returns the country the number belongs to, empty where no single one
// does (satellite phones, international toll-free).
func (n Number) Region() Region {
	p := n.parsed()
	if p == nil {
		return ""
	}
	if r := phonenumbers.GetRegionCodeForNumber(p); len(r) == 2 && r != phonenumbers.UNKNOWN_REGION {
		return Region(r)
	}
	if !dialable(p) {
		return ""
	}
	return areaRegion(p)
}

// areaRegion finds the country of a number for fiction: that of an ordinary
// number in the same area.
func areaRegion(p *phonenumbers.PhoneNumber) Region {
	area := phonenumbers.GetNationalSignificantNumber(p)[:3]
	for _, r := range phonenumbers.GetRegionCodesForCountryCode(1) {
		example := phonenumbers.GetExampleNumber(r)
		if example != nil && phonenumbers.GetNationalSignificantNumber(example)[:3] == area {
			return Region(r)
		}
	}
	return ""
}

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
