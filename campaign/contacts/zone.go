package contacts

import "strings"

// zoneOfWord knows what people in North America and Europe write instead of
// IANA names. EST and its like stand for the zone with its summer time, as
// people mean it, not for the fixed offset IANA keeps under these names.
func zoneOfWord(words string) (string, bool) {
	word := strings.ToLower(strings.TrimSpace(words))
	word = strings.TrimSpace(strings.TrimSuffix(word, "time"))
	word = strings.TrimSpace(strings.TrimSuffix(word, "standard"))
	switch word {
	case "et", "est", "edt", "eastern":
		return "America/New_York", true
	case "ct", "cst", "cdt", "central":
		return "America/Chicago", true
	case "mt", "mst", "mdt", "mountain":
		return "America/Denver", true
	case "pt", "pst", "pdt", "pacific":
		return "America/Los_Angeles", true
	case "akst", "akdt", "alaska":
		return "America/Anchorage", true
	case "hst", "hawaii":
		return "Pacific/Honolulu", true
	case "gmt", "bst":
		return "Europe/London", true
	case "cet", "cest", "mez", "mesz":
		return "Europe/Berlin", true
	default:
		return "", false
	}
}
