package phone_test

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign/phone"
)

func TestParse(t *testing.T) {
	tests := []struct {
		name   string
		raw    string
		region phone.Region
		want   phone.Number
	}{
		{"as typed", "(312) 555-0142", "US", "+13125550142"},
		{"dots", "312.555.0142", "US", "+13125550142"},
		{"trunk one", "1 312 555 0142", "US", "+13125550142"},
		{"E.164", "+13125550142", "DE", "+13125550142"},
		{"tel uri", "tel:+1-312-555-0142;ext=5", "US", "+13125550142"},
		{"tel upper case", "TEL: 312 555 0142", "US", "+13125550142"},
		{"full width", "３１２－５５５－０１４２", "US", "+13125550142"},
		{"full width plus", "＋１３１２５５５０１４２", "DE", "+13125550142"},
		{"arabic digits", "٣١٢٥٥٥٠١٤٢", "US", "+13125550142"},
		{"invisible characters", "\u200e\ufeff312\u00ad555\u200b0142\u202c", "US", "+13125550142"},
		{"no-break spaces", "312\u00a0555\u202f0142", "US", "+13125550142"},
		{"extension left out", "312 555 0142 x99", "US", "+13125550142"},
		{"vanity", "1-800-FLOWERS", "US", "+18003569377"},
		{"011 in the US", "011 44 20 7946 0000", "US", "+442079460000"},
		{"00 in the US", "0044 20 7946 0000", "US", "+442079460000"},
		{"00 in Germany", "0044 20 7946 0000", "DE", "+442079460000"},
		{"011 in Germany", "011 44 20 7946 0000", "DE", "+442079460000"},
		{"011 is Leeds in Britain", "0113 496 0000", "GB", "+441134960000"},
		{"national prefix", "030 123456", "DE", "+4930123456"},
		{"bracketed zero", "+44 (0)20 7946 0000", "US", "+442079460000"},
		{"zero lost by a spreadsheet", "1712345678", "DE", "+491712345678"},
		{"country code without plus", "442079460000", "GB", "+442079460000"},
		{"Italian zero stays", "06 1234 5678", "IT", "+390612345678"},
		{"fiction where the plan has no 555", "+1 242 555 0142", "US", "+12425550142"},
		{"toll-free", "800 555 0199", "US", "+18005550199"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := phone.Parse(tt.raw, tt.region)
			if err != nil || got != tt.want {
				t.Errorf("Parse(%q, %s) = %q, %v; want %q", tt.raw, tt.region, got, err, tt.want)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct {
		raw       string
		region    phone.Region
		want      phone.Why
		forbidden bool
	}{
		{"", "US", phone.Absent, false},
		{" \u200b ", "US", phone.Absent, false},
		{"n/a", "US", phone.Absent, false},
		{strings.Repeat("1", 300), "US", phone.Absent, false},
		{"555-0142", "US", phone.Local, false},
		{"999 555 0142", "US", phone.Invalid, false},
		{"312 555 0142 42", "US", phone.Invalid, false},
		{"312 555 0142, 312 555 0143", "US", phone.Invalid, false},
		{"0000000000", "US", phone.Invalid, false},
		{"15/03/2024", "US", phone.Invalid, false},
		{"911", "US", phone.Emergency, true},
		{"9-1-1", "US", phone.Emergency, true},
		{"112", "DE", phone.Emergency, true},
		{"999", "GB", phone.Emergency, true},
		{"411", "US", phone.ShortCode, true},
		{"900 555 0142", "US", phone.Premium, true},
		{"+1 900 555 0142", "GB", phone.Premium, true},
		{"0900 1 234567", "DE", phone.Premium, true},
		{"312 555 0142", "", phone.NoRegion, false},
		{"312 555 0142", "us", phone.NoRegion, false},
		{"312 555 0142", "XX", phone.NoRegion, false},
	}
	for _, tt := range tests {
		t.Run(tt.raw+" "+string(tt.region), func(t *testing.T) {
			got, err := phone.Parse(tt.raw, tt.region)
			var why *phone.Error
			if !errors.As(err, &why) || got != "" {
				t.Fatalf("Parse = %q, %v; want an *Error", got, err)
			}
			if why.Why != tt.want || why.Why.Forbidden() != tt.forbidden || why.Region != tt.region {
				t.Errorf("got %+v, want %s", why, tt.want)
			}
			if strings.Contains(err.Error(), "555") {
				t.Errorf("the error shows digits: %v", err)
			}
		})
	}
}

// Every fictional number parses in every area code that exists, and no area
// code is made up.
func TestParseFiction(t *testing.T) {
	found := 0
	for area := 200; area < 1000; area++ {
		first, err := phone.Parse(fmt.Sprintf("%d-555-0100", area), "US")
		if err != nil {
			continue
		}
		found++
		last, err := phone.Parse(fmt.Sprintf("%d-555-0199", area), "US")
		if err != nil || last[:len(last)-2] != first[:len(first)-2] {
			t.Errorf("area %d: %q, then %q, %v", area, first, last, err)
		}
		if len(first.Zones()) == 0 {
			t.Errorf("area %d has no zone", area)
		}
	}
	if found < 400 || found > 500 {
		t.Errorf("%d area codes, want between 400 and 500", found)
	}
}

func TestNumber(t *testing.T) {
	tests := []struct {
		n        phone.Number
		national string
		region   phone.Region
		zones    []string
	}{
		{"+13125550142", "(312) 555-0142", "US", []string{"America/Chicago"}},
		{"+16175550142", "(617) 555-0142", "US", []string{"America/New_York"}},
		{"+12425550142", "(242) 555-0142", "BS", []string{"America/Nassau"}},
		{"+442079460000", "020 7946 0000", "GB", []string{"Europe/London"}},
		{"+881612345678", "6 123 45678", "", nil},
		{"+1", "+1", "", nil},
		{"", "", "", nil},
	}
	for _, tt := range tests {
		t.Run(string(tt.n), func(t *testing.T) {
			if got := tt.n.National(); got != tt.national {
				t.Errorf("National = %q, want %q", got, tt.national)
			}
			if got := tt.n.Region(); got != tt.region {
				t.Errorf("Region = %q, want %q", got, tt.region)
			}
			if diff := cmp.Diff(tt.zones, tt.n.Zones()); diff != "" && len(tt.zones)+len(tt.n.Zones()) > 0 {
				t.Errorf("Zones: %s", diff)
			}
		})
	}
}

func TestLogMasks(t *testing.T) {
	var b strings.Builder
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "number", phone.Number("+13125550142"))
	if strings.Contains(b.String(), "0142") || !strings.Contains(b.String(), "42") {
		t.Errorf("logged as %q", b.String())
	}
}

func TestKnownRegion(t *testing.T) {
	for r, want := range map[phone.Region]bool{"US": true, "DE": true, "001": false, "ZZ": false, "": false, "us": false} {
		if got := phone.KnownRegion(r); got != want {
			t.Errorf("KnownRegion(%q) = %v", r, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"(312) 555-0142", "tel:+1-312-555-0142;ext=5", "00", "+", "1-800-FLOWERS", "９１１", "tel:;phone-context=+1"} {
		f.Add(s, "US")
	}
	f.Fuzz(func(t *testing.T, raw, region string) {
		n, err := phone.Parse(raw, phone.Region(region))
		if err != nil {
			return
		}
		again, err := phone.Parse(string(n), "US")
		if err != nil || again != n {
			t.Errorf("Parse(%q) = %q, read again %q, %v", raw, n, again, err)
		}
	})
}

func ExampleParse() {
	n, err := phone.Parse("0044 (0)20 7946 0000", "US")
	fmt.Println(n, err)
	fmt.Println(n.National(), n.Region(), n.Zones())
	_, err = phone.Parse("911", "US")
	var why *phone.Error
	fmt.Println(errors.As(err, &why) && why.Why.Forbidden())
	// Output:
	// +442079460000 <nil>
	// 020 7946 0000 GB [Europe/London]
	// true
}
