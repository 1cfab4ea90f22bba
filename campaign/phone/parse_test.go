package phone_test

import (
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"

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
		{"vanity after six digits", "312 555-CALL", "US", "+13125552255"},
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
		{"Bengali digits", "০১৭১২-৩৪৫৬৭৮", "BD", "+8801712345678"},
		{"Thai digits", "๐๒๑๒๓๔๕๖๗", "TH", "+6621234567"},
		{"Devanagari digits", "९८७६५४३२१०", "IN", "+919876543210"},
		{"dashes of all kinds", "312–555—0142", "US", "+13125550142"},
		{"minus sign", "312−555−0142", "US", "+13125550142"},
		{"two pluses", "++44 20 7946 0000", "US", "+442079460000"},
		{"two pluses apart", "+ +44 20 7946 0000", "US", "+442079460000"},
		{"plus and 00 in Germany", "+0049 30 123456", "DE", "+4930123456"},
		{"plus and 00 in the US", "+0049 30 123456", "US", "+4930123456"},
		{"plus and 011", "+011 49 30 123456", "US", "+4930123456"},
		{"code twice, the second dialled too", "+1 1 312 555 0142", "DE", "+13125550142"},
		{"bracketed zero where none is dialled", "+34 (0)91 123 45 67", "DE", "+34911234567"},
		{"bracketed zero of Rome", "+39 (0)6 1234 5678", "DE", "+390612345678"},
		{"bracketed zero after 00", "0044 (0)20 7946 0000", "US", "+442079460000"},
		{"bracketed zero at home", "(0)30 123456", "DE", "+4930123456"},
		{"old Mexican mobile", "+52 1 55 1234 5678", "US", "+525512345678"},
		{"old Mexican mobile without a plus", "5215512345678", "MX", "+525512345678"},
		{"old Mexican mobile from the US", "011 52 1 55 1234 5678", "US", "+525512345678"},
		{"044", "044 55 1234 5678", "MX", "+525512345678"},
		{"045", "045 55 1234 5678", "MX", "+525512345678"},
		{"01", "01 55 1234 5678", "MX", "+525512345678"},
		{"Mexico now", "55 1234 5678", "MX", "+525512345678"},
		{"Argentine mobile", "+54 9 11 2345 6789", "US", "+5491123456789"},
		{"Argentine 15", "011 15 2345-6789", "AR", "+5491123456789"},
		{"Argentine 15 after the code", "+54 11 15 2345-6789", "US", "+5491123456789"},
		{"Argentine fixed line", "011 2345-6789", "AR", "+541123456789"},
		{"words for an extension", "040 123456 Durchwahl 78", "DE", "+4940123456"},
		{"extension of a tel URI with a context", "tel:5550142;ext=9;phone-context=+1312", "DE", "+13125550142"},
		{"extension after 00", "0044 20 7946 0000 x12", "US", "+442079460000"},
		{"carrier code of Brazil", "0 21 11 98765-4321", "BR", "+5511987654321"},
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
		{"911 x5", "US", phone.Emergency, true},
		{"112 Notruf", "DE", phone.Emergency, true},
		{"22000 x5", "US", phone.ShortCode, true},
		{"900 555 0142", "US", phone.Premium, true},
		{"+1 900 555 0142", "GB", phone.Premium, true},
		{"0900 1 234567", "DE", phone.Premium, true},
		{"020 7946", "GB", phone.Invalid, false},
		{"7946 0000", "GB", phone.Local, false},
		{"+1 555 0142", "US", phone.Invalid, false},
		{"+44 44 20 7946 0000", "US", phone.Invalid, false},
		{"+1 +1 312 555 0142", "US", phone.Invalid, false},
		{"+39 (0)312 345 6789", "DE", phone.Ambiguous, false},
		{"+39 (0)800 123456", "DE", phone.Ambiguous, false},
		{"(0)312 555 0142", "US", phone.Invalid, false},
		{"044 55 1234 567", "MX", phone.Invalid, false},
		{"0180 5 123456", "DE", phone.SharedCost, true},
		{"848 123456", "IT", phone.SharedCost, true},
		{"076 4012 3456", "GB", phone.Unattended, true},
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

func TestLogMasks(t *testing.T) {
	var b strings.Builder
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "number", phone.Number("+13125550142"))
	if strings.Contains(b.String(), "0142") || !strings.Contains(b.String(), "42") {
		t.Errorf("logged as %q", b.String())
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"(312) 555-0142", "tel:+1-312-555-0142;ext=5", "00", "+", "1-800-FLOWERS", "９１１", "tel:;phone-context=+1",
		"+ +44 (0)20 7946 0000", "0044 20 7946 0000", "011 52 1 55 1234 5678", "040 123456 Durchwahl 78", "+0049 30", "(0)", "+39 (0)800 123456",
	} {
		for _, r := range []string{"US", "DE", "MX", "IT", "BR", "AU", "JP"} {
			f.Add(s, r)
		}
	}
	f.Fuzz(func(t *testing.T, raw, region string) {
		if err := same(raw, phone.Region(region)); err != nil {
			t.Error(err)
		}
		n, err := phone.Parse(raw, phone.Region(region))
		if err != nil {
			return
		}
		if !e164.MatchString(string(n)) {
			t.Errorf("Parse(%q) = %q", raw, n)
		}
		again, err := phone.Parse(string(n), "US")
		if err != nil || again != n {
			t.Errorf("Parse(%q) = %q, read again %q, %v", raw, n, again, err)
		}
	})
}

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{3,19}$`)
