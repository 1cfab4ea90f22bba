package phone

import (
	"sync"

	"github.com/nyaruka/phonenumbers"
)

// fictional tells whether a national number of North America is one of those
// kept for fiction, 555-0100 to 0199, in an area code that is in use. Not all
// of the library's plans know them.
func fictional(national []byte) bool {
	return len(national) == 10 && string(national[3:8]) == "55501" && areasInUse()[string(national[:3])]
}

// areasInUse are the area codes of North America that are in use: those that
// are not have no time zones of their own.
//
//nolint:gochecknoglobals // made once from the library's metadata, never changed
var areasInUse = sync.OnceValue(func() map[string]bool {
	inUse := map[string]bool{}
	all, err := phonenumbers.GetTimezonesForPrefix("1")
	if err != nil {
		return inUse
	}
	for n := 200; n < 1000; n++ {
		area := string(appendCode(nil, n))
		if own, err := phonenumbers.GetTimezonesForPrefix("1" + area); err == nil && len(own) < len(all) {
			inUse[area] = true
		}
	}
	return inUse
})

// fictionRegions are the countries of the area codes of North America that the
// examples of numbers there have: the first of several.
func fictionRegions() map[string]Region {
	regions := map[string]Region{}
	for _, r := range phonenumbers.GetRegionCodesForCountryCode(1) {
		example := phonenumbers.GetExampleNumber(r)
		if example == nil {
			continue
		}
		area := phonenumbers.GetNationalSignificantNumber(example)[:3]
		if _, taken := regions[area]; !taken {
			regions[area] = Region(r)
		}
	}
	return regions
}
