package phone_test

import (
	"strings"
	"testing"
	"unicode"

	"rollcall/campaign/phone"
)

func TestClean(t *testing.T) {
	tests := []struct{ name, raw, want string }{
		{"nothing", " \t\u200b\ufeff ", ""},
		{"plain", " 312 555-0142 ", "312 555-0142"},
		{"no-break, thin, ideographic spaces", "312\u00a0555\u2009014\u30002", "312 555 014 2"},
		{"dashes", "312\u2010555\u2011014\u20132\u20143\u22124", "312-555-014-2-3-4"},
		{"full width", "（３１２）５５５－０１４２", "(312)555-0142"},
		{"full-width plus and space", "＋１　３１２", "+1 312"},
		{"Arabic-Indic", "٣١٢٥٥٥٠١٤٢", "3125550142"},
		{"Persian", "۳۱۲۵۵۵۰۱۴۲", "3125550142"},
		{"Devanagari", "९८७६५४३२१०", "9876543210"},
		{"Bengali", "০১৭১২৩৪৫৬৭৮", "01712345678"},
		{"Thai", "๐๒๑๒๓๔๕๖๗", "021234567"},
		{"mathematical", "𝟑𝟏𝟐", "312"},
		{"bidi marks", "\u202a+49\u202c 30\u200f", "+49 30"},
		{"line end", "312\n555", "312\n555"},
		{"scheme", "TEL: +1 312", "+1 312"},
		{"other schemes", "callto:+1312", "+1312"},
		{"letters stay", "1-800-FLOWERS", "1-800-FLOWERS"},
		{"broken bytes", "312\xff555", "312\ufffd555"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := phone.Clean(tt.raw); got != tt.want {
				t.Errorf("Clean(%q) = %q, want %q", tt.raw, got, tt.want)
			}
		})
	}
}

func TestSplit(t *testing.T) {
	tests := []struct{ raw, number, extension string }{
		{"312 555 0142", "312 555 0142", ""},
		{"312 555 0142 x99", "312 555 0142", "99"},
		{"312 555 0142 ext. 99", "312 555 0142", "99"},
		{"(312) 555-0142 extension 4", "(312) 555-0142", "4"},
		{"312-555-0142, 7#", "312-555-0142", "7"},
		{"tel:+13125550142;ext=99", "+13125550142", "99"},
		{"tel:5550142;ext=99;phone-context=+1312", "5550142;phone-context=+1312", "99"},
		{"040 123456 Durchwahl 78", "040 123456", "78"},
		{"040 123456 (DW 78)", "040 123456", "78"},
		{"01 23 45 67 89 poste 12", "01 23 45 67 89", "12"},
		{"06 1234 5678 interno 5", "06 1234 5678", "5"},
		{"91 123 45 67 anexo 5", "91 123 45 67", "5"},
		{"312 555 0142 x302/x303", "312 555 0142 x302/x303", ""},
		{"312 555 0142 x3 x4", "312 555 0142 x3 x4", ""},
		{"1-800-FLOWERS", "1-800-FLOWERS", ""},
		{"ext. 5", "ext. 5", ""},
		{"", "", ""},
		{strings.Repeat("1 ", 200) + "x5", strings.Repeat("1 ", 200) + "x5", ""},
	}
	for _, tt := range tests {
		t.Run(tt.raw, func(t *testing.T) {
			number, extension := phone.Split(tt.raw)
			if number != tt.number || extension != tt.extension {
				t.Errorf("Split = %q, %q, want %q, %q", number, extension, tt.number, tt.extension)
			}
		})
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{"312 555 0142 x99", "tel:+13125550142;ext=99", "040 123456 (DW 78)", "a;ext=1", "555-0142,,5#", "1 x 2 x 3", "331U62PPP3x3", "125C42C42x9 x9", "𝟑𝟏𝟐 x٣"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		number, extension := phone.Split(raw)
		if extension == "" {
			if number != phone.Clean(raw) {
				t.Errorf("Split(%q) without an extension = %q", raw, number)
			}
			return
		}
		if strings.Trim(extension, "0123456789") != "" || len(extension) > 20 {
			t.Errorf("Split(%q) has extension %q", raw, extension)
		}
		if len(number) >= len(phone.Clean(raw)) || !strings.ContainsFunc(number, unicode.IsDigit) {
			t.Errorf("Split(%q) leaves %q", raw, number)
		}
		whole, err := phone.Parse(raw, "US")
		rest, again := phone.Parse(number, "US")
		if whole != rest && err == nil {
			t.Errorf("Split(%q): with the extension %s %v, without %s %v", raw, whole, err, rest, again)
		}
	})
}
