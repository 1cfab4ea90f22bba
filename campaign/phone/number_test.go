package phone_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign/phone"
)

func TestNumber(t *testing.T) {
	tests := []struct {
		n             phone.Number
		national      string
		international string
		region        phone.Region
		kind          phone.Kind
		zones         []string
	}{
		{"+13125550142", "(312) 555-0142", "+1 312-555-0142", "US", phone.FixedOrMobile, []string{"America/Chicago"}},
		{"+16175550142", "(617) 555-0142", "+1 617-555-0142", "US", phone.FixedOrMobile, []string{"America/New_York"}},
		{"+12425550142", "(242) 555-0142", "+1 242-555-0142", "BS", phone.FixedOrMobile, []string{"America/Nassau"}},
		{"+442079460000", "020 7946 0000", "+44 20 7946 0000", "GB", phone.Fixed, []string{"Europe/London"}},
		{"+447400123456", "07400 123456", "+44 7400 123456", "GB", phone.Mobile,
			[]string{"Europe/Guernsey", "Europe/Isle_of_Man", "Europe/London"}},
		{"+881612345678", "6 123 45678", "+881 6 123 45678", "", phone.Mobile, nil},
		{"+18005550199", "(800) 555-0199", "+1 800-555-0199", "US", phone.TollFree, phone.Number("+18005550199").Zones()},
		{"+19990000000", "(999) 000-0000", "+1 999-000-0000", "", phone.Unknown, phone.Number("+19990000000").Zones()},
		{"+1", "+1", "+1", "", phone.Unknown, nil},
		{"", "", "", "", phone.Unknown, nil},
	}
	for _, tt := range tests {
		t.Run(string(tt.n), func(t *testing.T) {
			if got := tt.n.National(); got != tt.national {
				t.Errorf("National = %q, want %q", got, tt.national)
			}
			if got := tt.n.International(); got != tt.international {
				t.Errorf("International = %q, want %q", got, tt.international)
			}
			if got := tt.n.Region(); got != tt.region {
				t.Errorf("Region = %q, want %q", got, tt.region)
			}
			if got := tt.n.Kind(); got != tt.kind {
				t.Errorf("Kind = %q, want %q", got, tt.kind)
			}
			if diff := cmp.Diff(tt.zones, tt.n.Zones()); diff != "" && len(tt.zones)+len(tt.n.Zones()) > 0 {
				t.Errorf("Zones: %s", diff)
			}
		})
	}
}

func TestFor(t *testing.T) {
	tests := []struct {
		n      phone.Number
		region phone.Region
		want   string
	}{
		{"+13125550142", "US", "(312) 555-0142"},
		{"+13125550142", "DE", "+1 312-555-0142"},
		{"+14165550142", "US", "+1 416-555-0142"},
		{"+442079460000", "GB", "020 7946 0000"},
		{"+442079460000", "US", "+44 20 7946 0000"},
		{"+881612345678", "", "+881 6 123 45678"},
		{"", "US", ""},
	}
	for _, tt := range tests {
		if got := tt.n.For(tt.region); got != tt.want {
			t.Errorf("%s for %s is %q, want %q", tt.n, tt.region, got, tt.want)
		}
	}
}

func TestForeign(t *testing.T) {
	tests := []struct {
		n      phone.Number
		region phone.Region
		want   bool
	}{
		{"+13125550142", "US", false},
		{"+13125550142", "CA", true},
		{"+14165550142", "US", true},
		{"+17872345678", "US", false}, // Puerto Rico
		{"+12425550142", "US", true},  // the Bahamas
		{"+18005550199", "US", false},
		{"+18005550199", "CA", false},
		{"+18005550199", "DE", true},
		{"+441534234567", "GB", false}, // Jersey
		{"+442079460000", "IM", false},
		{"+353212345678", "GB", true},
		{"+881612345678", "US", true},
		{"+80012345678", "US", true},
		{"", "US", false},
	}
	for _, tt := range tests {
		if got := tt.n.Foreign(tt.region); got != tt.want {
			t.Errorf("%s is foreign to %s: %v, want %v", tt.n, tt.region, got, tt.want)
		}
	}
}

// The date is that of the version in go.mod: whoever raises it looks the date
// up in the library's change log.
func TestMetadataDate(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mod), "github.com/nyaruka/phonenumbers "+phone.MetadataVersion+"\n") {
		t.Errorf("go.mod has another version than %s: see the date in number.go", phone.MetadataVersion)
	}
	if got := phone.MetadataDate(); got.Before(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("MetadataDate = %v", got)
	}
}

func TestKnownRegion(t *testing.T) {
	for r, want := range map[phone.Region]bool{"US": true, "DE": true, "001": false, "ZZ": false, "": false, "us": false} {
		if got := phone.KnownRegion(r); got != want {
			t.Errorf("KnownRegion(%q) = %v", r, got)
		}
	}
}
