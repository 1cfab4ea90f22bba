package contacts

import (
	"slices"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
)

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

// zoneNamed returns the IANA zone that words mean, empty if none.
func zoneNamed(words string) string {
	if zone, known := zoneOfWord(words); known {
		return zone
	}
	// Names without a slash are of countries, or of zones as above, but for a few.
	if !strings.Contains(words, "/") && !within(" UTC UCT GMT WET EET MET EST5EDT CST6CDT MST7MDT PST8PDT ", words) {
		return ""
	}
	if _, err := time.LoadLocation(words); err != nil {
		return ""
	}
	return words
}

// zonesOf finds where the person may be: in all zones that the zone column,
// the place and the number's area agree about. Where they do not agree it may
// be any of them, so that the person is called only when it is allowed in
// each. The zone that the user said counts where nothing else is known.
func (r *reader) zonesOf(row campaign.TableRow, region phone.Region, n phone.Number) ([]string, campaign.Reason) {
	own := n.Zones()
	if r.spot.zone < 0 && r.spot.state < 0 && r.spot.postcode < 0 && len(own) > 0 {
		return own, campaign.Reason{}
	}
	said := r.said(row, r.spot.zone)
	found := r.atlas.find(whereabouts{zone: said, region: region, state: r.said(row, r.spot.state), postcode: r.said(row, r.spot.postcode)}, own)
	zones := found.zones
	if len(zones) == 0 && r.options.Zone != "" {
		zones = []string{zoneNamed(r.options.Zone)}
	}
	at := r.spot.zone
	switch {
	case said != "" && !found.understood, len(zones) == 0:
		if at < 0 {
			at, said = r.columns()[0], string(n)
		}
		p := campaign.CellProblem{Kind: campaign.ProblemZone, Value: said, Repair: strings.Join(zones, " ")}
		if len(zones) > 0 {
			return zones, r.replace(row, at, p, r.options.Rows[row.Number])
		}
		r.problem(row, at, p)
		return nil, campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemZone, Text: said}
	case found.conflict:
		for _, i := range []int{r.spot.postcode, r.spot.state} {
			if at < 0 || said == "" {
				at, said = i, r.said(row, i)
			}
		}
		p := campaign.CellProblem{Kind: campaign.ProblemZoneConflict, Value: said, Repair: strings.Join(zones, " ")}
		return zones, r.replace(row, at, p, r.options.Rows[row.Number])
	}
	return zones, campaign.Reason{}
}

// atlas remembers what was found out about places and hours.
type atlas struct {
	regions map[string]phone.Region
	found   map[whereabouts]whereFound
	clock   *clockwork // nil until it is needed
	wishes  map[string]wishFound
}

// known is how many different cells an atlas remembers.
const known = 1 << 15

func newAtlas() *atlas {
	return &atlas{regions: map[string]phone.Region{}, found: map[whereabouts]whereFound{}, wishes: map[string]wishFound{}}
}

// region is the country that words mean, empty if none.
func (a *atlas) region(words string) phone.Region {
	region, seen := a.regions[words]
	if !seen {
		region, _ = phone.CountryRegion(words)
		if len(a.regions) >= known {
			clear(a.regions)
		}
		a.regions[strings.Clone(words)] = region
	}
	return region
}

// whereabouts is what a row says about the person's place.
type whereabouts struct {
	zone            string
	region          phone.Region
	state, postcode string
	own             *string // the first of the number's zones: slices of them are shared
}

type whereFound struct {
	zones      []string
	conflict   bool
	understood bool // the zone column
}

func (a *atlas) find(w whereabouts, own []string) whereFound {
	if len(own) > 0 {
		w.own = &own[0]
	}
	if found, seen := a.found[w]; seen {
		return found
	}
	var said []string
	if zone := zoneNamed(w.zone); zone != "" {
		said = []string{zone}
	}
	found := whereFound{understood: said != nil}
	found.zones, found.conflict = common(said, phone.PlaceZones(w.region, w.state, w.postcode), own)
	if len(a.found) >= known {
		clear(a.found)
	}
	w.zone, w.state, w.postcode = strings.Clone(w.zone), strings.Clone(w.state), strings.Clone(w.postcode)
	a.found[w] = found
	return found
}

// common returns the zones on which all agree that know any; where there are
// none, those of all, and that they are in conflict.
func common(sets ...[]string) (zones []string, conflict bool) {
	if zones, conflict = phone.CommonZones(sets...); conflict {
		zones = slices.Concat(sets...)
		slices.Sort(zones)
		zones = slices.Compact(zones)
	}
	return zones, conflict
}
