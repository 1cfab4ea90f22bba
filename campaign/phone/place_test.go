package phone_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign/phone"
)

const (
	eastern  = "America/New_York"
	central  = "America/Chicago"
	mountain = "America/Denver"
	pacific  = "America/Los_Angeles"
)

func TestPlaceZones(t *testing.T) {
	tests := []struct {
		name            string
		region          phone.Region
		state, postcode string
		want            []string
	}{
		{"one zone", "US", "IL", "", []string{central}},
		{"by name", "US", "Illinois", "", []string{central}},
		{"any case, dots, spaces", "US", " n. carolina", "", nil},
		{"abbreviation with dots", "US", "n.c.", "", []string{eastern}},
		{"split state", "US", "Florida", "", []string{eastern, central}},
		{"split state, Pensacola", "US", "FL", "32501", []string{central}},
		{"split state, Miami", "US", "FL", "33101", []string{eastern}},
		{"split prefix", "US", "FL", "32401", []string{eastern, central}},
		{"El Paso", "US", "TX", "79901", []string{mountain}},
		{"Navajo Nation", "US", "AZ", "86515", []string{"America/Phoenix", mountain}},
		{"Phoenix", "US", "AZ", "85001-1234", []string{"America/Phoenix"}},
		{"Paducah", "US", "KY", "42001", []string{central}},
		{"Evansville", "US", "IN", "47701", []string{central}},
		{"Ora is in Starke County", "US", "IN", "46968", []string{eastern, central}},
		{"Warren, by its whole code", "US", "ID", "83671", []string{mountain, pacific}},
		{"Gary", "US", "IN", "46402", []string{central}},
		{"Ontario, Oregon", "US", "OR", "97914", []string{pacific, mountain}},
		{"postcode alone", "US", "", "60601", []string{central}},
		{"zero lost", "US", "", "2139", []string{eastern}},
		{"zeros lost from ZIP+4", "US", "", "21391234", []string{eastern}},
		{"postcode against state", "US", "CA", "60601", []string{pacific, central}},
		{"Samoa is not Hawaii", "US", "", "96799", []string{"Pacific/Pago_Pago"}},
		{"Hawaii", "US", "HI", "96701", []string{"Pacific/Honolulu"}},
		{"Puerto Rico as a region", "PR", "", "00901", []string{"America/Puerto_Rico"}},
		{"too long", "US", "", "6060160601", nil},
		{"not in use", "US", "", "00000", nil},
		{"military", "US", "AE", "09001", nil},
		{"Quebec with an accent", "CA", "Québec", "H2X 1Y4", []string{"America/Toronto"}},
		{"Magdalen Islands", "CA", "QC", "G4T 1A1", []string{"America/Halifax"}},
		{"Kenora", "CA", "ON", "p9n 1a1", []string{"America/Winnipeg"}},
		{"Cranbrook", "CA", "BC", "V1C", []string{"America/Edmonton"}},
		{"Lloydminster", "CA", "SK", "S9V 0A1", []string{"America/Edmonton"}},
		{"Nuevo León", "MX", "Nuevo León", "64000", []string{"America/Mexico_City", "America/Matamoros"}},
		{"Sonora", "MX", "SON.", "", []string{"America/Mazatlan"}},
		{"Broken Hill", "AU", "NSW", "2880", []string{"Australia/Sydney", "Australia/Adelaide"}},
		{"Darwin with its zero lost", "AU", "", "800", []string{"Australia/Darwin"}},
		{"Perth", "AU", "Western Australia", "6000", []string{"Australia/Perth"}},
		{"São Paulo", "BR", "São Paulo", "01310-100", []string{"America/Sao_Paulo"}},
		{"Manaus", "BR", "AM", "", []string{"America/Manaus", "America/Rio_Branco"}},
		{"Noronha", "BR", "PE", "53990-000", []string{"America/Noronha"}},
		{"no such state", "US", "ZZ", "", nil},
		{"nothing", "US", "", "", nil},
		{"no such table", "DE", "Bayern", "80331", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, phone.PlaceZones(tt.region, tt.state, tt.postcode)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCommonZones(t *testing.T) {
	tests := []struct {
		name     string
		sets     [][]string
		want     []string
		conflict bool
	}{
		{"nothing known", [][]string{nil, {}}, nil, false},
		{"one source", [][]string{nil, {eastern}, nil}, []string{eastern}, false},
		{"narrowed", [][]string{{eastern, central}, {central, mountain}}, []string{central}, false},
		{"the same clock", [][]string{{"America/Detroit"}, {eastern, central}}, []string{"America/Detroit"}, false},
		{"three", [][]string{{eastern, central}, nil, {central}, {central, pacific}}, []string{central}, false},
		{"conflict", [][]string{{eastern}, {pacific}}, nil, true},
		{"conflict stays", [][]string{{eastern}, {pacific}, {eastern}}, nil, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			zones, conflict := phone.CommonZones(tt.sets...)
			if !slices.Equal(zones, tt.want) || conflict != tt.conflict {
				t.Errorf("got %q %v, want %q %v", zones, conflict, tt.want, tt.conflict)
			}
		})
	}
}

// tableLines reads one of the package's tables.
func tableLines(t *testing.T, name string) (lines [][2]string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			before, after, found := strings.Cut(line, ":")
			if !found {
				t.Errorf("%s: %q", name, line)
			}
			lines = append(lines, [2]string{before, after})
		}
	}
	return lines
}

func location(t *testing.T, name string) *time.Location {
	t.Helper()
	l, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Zones said to keep the same clock do, through two years.
func TestClocks(t *testing.T) {
	for _, line := range tableLines(t, "clocks.txt") {
		first := location(t, line[0])
		for name := range strings.FieldsSeq(line[1]) {
			other := location(t, name)
			for day := range 2 * 365 {
				at := time.Date(2024, 1, 1+day, 12, 0, 0, 0, time.UTC)
				_, a := at.In(first).Zone()
				if _, b := at.In(other).Zone(); a != b {
					t.Errorf("%s and %s differ on %s", line[0], name, at.Format(time.DateOnly))
					break
				}
			}
		}
	}
}

// All zones of places exist, no prefix is given twice, and every region has
// as many states as it has.
func TestPlaces(t *testing.T) {
	states, prefixes := map[string]int{}, map[string]bool{}
	for _, line := range tableLines(t, "places.txt") {
		for zone := range strings.FieldsSeq(line[1]) {
			location(t, zone)
		}
		region, names, _ := strings.Cut(line[0], " ")
		if !strings.HasPrefix(names, "#") {
			states[region]++
			continue
		}
		for prefix := range strings.FieldsSeq(names[1:]) {
			if prefixes[region+prefix] {
				t.Errorf("%s %s is there twice", region, prefix)
			}
			prefixes[region+prefix] = true
		}
	}
	want := map[string]int{"US": 50 + 1 + 5, "CA": 13, "MX": 32, "AU": 8, "BR": 27}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Error(diff)
	}
}

// A postcode of a state lies in the zones of the state.
func TestPostcodesAgreeWithStates(t *testing.T) {
	for _, tt := range []struct{ state, postcodes string }{
		{"AL", "350 369"}, {"AK", "995 999"}, {"AZ", "850 865"}, {"AR", "716 729"}, {"CA", "900 961"}, {"CO", "800 816"},
		{"CT", "060 069"}, {"DE", "197 199"}, {"DC", "200 205"}, {"FL", "320 325 349"}, {"GA", "300 319 398"}, {"HI", "967 968"},
		{"ID", "832 835 838"}, {"IL", "600 629"}, {"IN", "460 464 475 479"}, {"IA", "500 528"}, {"KS", "660 678 679"},
		{"KY", "400 401 420 427"}, {"LA", "700 714"}, {"ME", "039 049"}, {"MD", "206 219"}, {"MA", "010 027"}, {"MI", "480 498 499"},
		{"MN", "550 567"}, {"MS", "386 397"}, {"MO", "630 658"}, {"MT", "590 599"}, {"NE", "680 690 693"}, {"NV", "889 898"},
		{"NH", "030 038"}, {"NJ", "070 089"}, {"NM", "870 884"}, {"NY", "005 100 149"}, {"NC", "270 289"}, {"ND", "580 586 588"},
		{"OH", "430 459"}, {"OK", "730 749"}, {"OR", "970 979"}, {"PA", "150 196"}, {"RI", "028 029"}, {"SC", "290 299"},
		{"SD", "570 575 577"}, {"TN", "370 373 379 385"}, {"TX", "750 798 799 885"}, {"UT", "840 847"}, {"VT", "050 059"},
		{"VA", "201 220 246"}, {"WA", "980 994"}, {"WV", "247 268"}, {"WI", "530 549"}, {"WY", "820 831"},
		{"PR", "006 009"}, {"VI", "008"}, {"GU", "9691"}, {"MP", "9695"}, {"AS", "96799"},
	} {
		for prefix := range strings.FieldsSeq(tt.postcodes) {
			code := (prefix + "01")[:5]
			byCode, byState := phone.PlaceZones("US", "", code), phone.PlaceZones("US", tt.state, "")
			zones, conflict := phone.CommonZones(byCode, byState)
			if conflict || len(byCode) == 0 || len(zones) != len(byCode) {
				t.Errorf("%s is in %q, %s in %q", code, byCode, tt.state, byState)
			}
		}
	}
}

func FuzzPlaceZones(f *testing.F) {
	for _, r := range []string{"US", "CA", "AU", "BR", "MX"} {
		f.Add(r, "FL", "32501", "-")
		f.Add(r, "Québec", "0", "V0A 1A1")
		f.Add(r, "\xff", "99999999", "２２")
	}
	f.Fuzz(func(t *testing.T, r, state, postcode, other string) {
		region := phone.Region(r)
		zones := phone.PlaceZones(region, state, postcode)
		byState, byCode := phone.PlaceZones(region, state, ""), phone.PlaceZones(region, "", postcode)
		for _, z := range zones {
			if !slices.Contains(byState, z) && !slices.Contains(byCode, z) {
				t.Errorf("%s %q %q is in %q, %q alone in %q, %q in %q", r, state, postcode, zones, state, byState, postcode, byCode)
			}
		}
		if len(zones) == 0 && len(byState)+len(byCode) > 0 {
			t.Errorf("%s %q %q is nowhere", r, state, postcode)
		}
		common, conflict := phone.CommonZones(zones, phone.PlaceZones(region, "", other))
		if conflict && len(common) > 0 || !conflict && len(zones) > 0 && len(common) == 0 {
			t.Errorf("%q %v", common, conflict)
		}
	})
}
