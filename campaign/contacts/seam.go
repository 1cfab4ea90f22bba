package contacts

import (
	"strings"

	"rollcall/campaign/phone"
)

func placeZones(phone.Region, string, string) []string { return nil }

func isState(region phone.Region, s string) bool {
	return len(s) == 2 && region == "US" && within(` al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa pr ri sc sd tn tx ut vt va wa wv wi wy `, strings.ToLower(s))
}

func countryRegion(words string) (phone.Region, bool) {
	switch fold(words) {
	case "us", "usa", "united states", "united states of america", "etats-unis", "estados unidos", "stati uniti":
		return "US", true
	case "gb", "uk", "united kingdom", "great britain", "england":
		return "GB", true
	case "de", "deu", "germany", "deutschland", "allemagne", "alemania", "germania", "niemcy":
		return "DE", true
	case "fr", "fra", "france", "frankreich", "francia", "francja":
		return "FR", true
	case "es", "esp", "spain", "spanien", "espagne", "espana", "spagna", "hiszpania":
		return "ES", true
	case "it", "ita", "italy", "italien", "italie", "italia", "wlochy":
		return "IT", true
	case "ca", "can", "canada", "kanada":
		return "CA", true
	case "pl", "pol", "poland", "polen", "pologne", "polonia", "polska":
		return "PL", true
	}
	return "", false
}
