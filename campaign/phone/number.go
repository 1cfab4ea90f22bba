package phone

import (
	"time"

	"github.com/nyaruka/phonenumbers"
)

// shortest is the length of the shortest number in E.164, its plus included.
const shortest = 7

// The version of the library, and so of the numbering plans. It is a constant
// because the module says so in its change log only.
const (
	metadataVersion = "v1.8.1"
	metadataDay     = "2026-06-01" // its plans, from libphonenumber 9.0.32
)

// MetadataDate returns the day from which the numbering plans are.
func MetadataDate() time.Time {
	day, err := time.Parse(time.DateOnly, metadataDay)
	if err != nil {
		return time.Time{}
	}
	return day
}

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
func (n Number) National() string { return n.format(phonenumbers.NATIONAL) }

// International returns the number as it is written in other countries,
// "+1 312-555-0142".
func (n Number) International() string { return n.format(phonenumbers.INTERNATIONAL) }

func (n Number) format(form phonenumbers.PhoneNumberFormat) string {
	p := n.parsed()
	if p == nil {
		return string(n)
	}
	return phonenumbers.Format(p, form)
}

// For returns the number as somebody in region writes it: in its national form
// if it is one of that region, else in its international form.
func (n Number) For(region Region) string {
	if r := n.Region(); r != "" && r == region {
		return n.National()
	}
	return n.International()
}

// facts returns what the plan says about n.
func (n Number) facts() reading {
	s, ordinary := scan(string(n))
	if !ordinary || !s.plus {
		return reading{}
	}
	if r, sure := plans().look(s.digits[:s.n], true, nil); sure {
		return r
	}
	p := n.parsed()
	if p == nil {
		return reading{}
	}
	return readingOf(p, string(n))
}

// Region returns the country the number belongs to, empty where no single one
// does (satellite phones, international toll-free).
func (n Number) Region() Region { return n.facts().region }

// Kind returns what sort of line the number is.
func (n Number) Kind() Kind { return n.facts().kind }

// RegionAndKind returns both, in the time of one.
func (n Number) RegionAndKind() (Region, Kind) {
	is := n.facts()
	return is.region, is.kind
}

// Foreign tells whether a call to n from region is one to another country. The
// territories that share the plan of their country are no foreign ones to it,
// and the toll-free numbers of North America are at home in all of it.
func (n Number) Foreign(region Region) bool {
	is := n.facts()
	if is.number == "" {
		return false
	}
	if home(is.region) == home(region) {
		return false
	}
	a := plans().areas[region]
	return is.kind != TollFree || a == nil || a.code != 1 || !plans().in(n, a)
}

// home returns the country of a territory that shares its country's plan.
func home(r Region) Region {
	switch r {
	case "AS", "GU", "MP", "PR", "VI":
		return "US"
	case "GG", "IM", "JE":
		return "GB"
	case "CC", "CX":
		return "AU"
	case "AX":
		return "FI"
	case "SJ":
		return "NO"
	default:
		return r
	}
}
