package phone

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// ask lets the library read what was dialled in region. The library is the
// authority: look gives its answers.
func ask(text string, region Region) reading {
	n, err := phonenumbers.Parse(text, string(region))
	if err != nil {
		return reading{}
	}
	return readingOf(n, text)
}

func readingOf(n *phonenumbers.PhoneNumber, text string) reading {
	r := reading{region: regionOfNumber(n)}
	national := phonenumbers.GetNationalSignificantNumber(n)
	switch {
	case phonenumbers.IsValidNumber(n):
		r.kind = kindOf(phonenumbers.GetNumberType(n))
	case n.GetCountryCode() == 1 && fictional([]byte(national)):
		r.kind = FixedOrMobile
		if r.region == "" {
			r.region = fictionRegions()[national[:3]]
		}
	default:
		r.local = len(national) >= shortestLocal && national == phonenumbers.NormalizeDigitsOnly(text) &&
			phonenumbers.IsPossibleNumberWithReason(n) == phonenumbers.IS_POSSIBLE_LOCAL_ONLY
		return r
	}
	r.number = Number(phonenumbers.Format(n, phonenumbers.E164))
	return r
}

func regionOfNumber(n *phonenumbers.PhoneNumber) Region {
	return region(phonenumbers.GetRegionCodeForNumber(n))
}

// shortWhy tells whether something is a number only the local network knows.
func shortWhy(text, digits string, region Region) Why {
	if len(digits) > longestShort || strings.Contains(text, "+") {
		return ""
	}
	if phonenumbers.IsEmergencyNumber(digits, string(region)) {
		return Emergency
	}
	n, err := phonenumbers.Parse(digits, string(region))
	if err == nil && phonenumbers.IsValidShortNumberForRegion(n, string(region)) {
		return ShortCode
	}
	return ""
}
