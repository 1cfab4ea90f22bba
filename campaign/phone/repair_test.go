package phone_test

import (
	"strings"
	"testing"

	"rollcall/campaign/phone"
)

func TestPadded(t *testing.T) {
	tests := []struct {
		name    string
		digits  string
		region  phone.Region
		want    phone.Number
		certain bool
	}{
		{"Rome", "612345678", "IT", "+390612345678", true},
		{"Milan", "212345678", "IT", "+390212345678", true},
		{"an Italian mobile lost nothing", "3471234567", "IT", "", false},
		{"London: the zero is no digit of it", "2079460000", "GB", "", false},
		{"Abidjan", "123456789", "CI", "+2250123456789", true},
		{"Brazzaville", "61234567", "CG", "+242061234567", true},
		{"Verona, or Denmark without its plus", "4565866616", "IT", "+3904565866616", false},
		{"Paris", "123456789", "FR", "", false},
		{"no zeros in the US", "312555014", "US", "", false},
		{"not a number at all", "1", "IT", "", false},
		{"not digits", "06 1234", "IT", "", false},
		{"nothing", "", "IT", "", false},
		{"no region", "612345678", "XX", "", false},
		{"endless", strings.Repeat("6", 100), "IT", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, certain := phone.Padded(tt.digits, tt.region)
			if n != tt.want || certain != tt.certain {
				t.Errorf("Padded(%s, %s) = %q %v, want %q %v", tt.digits, tt.region, n, certain, tt.want, tt.certain)
			}
		})
	}
}

func TestUnplussed(t *testing.T) {
	tests := []struct {
		name    string
		digits  string
		region  phone.Region
		want    phone.Number
		certain bool
	}{
		{"London in the US", "442079460000", "US", "+442079460000", true},
		{"Berlin in the US, as long as a number there", "4930123456", "US", "+4930123456", false},
		{"Chicago with a digit too many", "31255501422", "US", "+31255501422", false},
		{"its own code", "13125550142", "US", "", false},
		{"Chicago in Britain, or Edinburgh with a digit too many", "13125550142", "GB", "+13125550142", false},
		{"Chicago in France", "13125550142", "FR", "+13125550142", true},
		{"London at home", "442079460000", "GB", "", false},
		{"premium abroad", "449098790000", "US", "", false},
		{"short", "4420", "US", "", false},
		{"with a plus", "+442079460000", "US", "", false},
		{"no region", "442079460000", "", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, certain := phone.Unplussed(tt.digits, tt.region)
			if n != tt.want || certain != tt.certain {
				t.Errorf("Unplussed(%s, %s) = %q %v, want %q %v", tt.digits, tt.region, n, certain, tt.want, tt.certain)
			}
		})
	}
}

func FuzzRepairs(f *testing.F) {
	for _, s := range []string{"612345678", "442079460000", "0", "3471234567", "13125550142", "4930123456", "99999999999999999999"} {
		for _, r := range []string{"IT", "US", "DE", "CI"} {
			f.Add(s, r)
		}
	}
	f.Fuzz(func(t *testing.T, digits, r string) {
		region := phone.Region(r)
		padded, certain := phone.Padded(digits, region)
		if padded != "" && (!strings.HasSuffix(string(padded), strings.TrimLeft(digits, "0")) && !strings.HasPrefix(string(padded), "+54")) {
			t.Errorf("Padded(%s, %s) = %s has other digits", digits, region, padded)
		}
		if certain && padded == "" {
			t.Errorf("Padded(%s, %s) is certain of nothing", digits, region)
		}
		plus, certain := phone.Unplussed(digits, region)
		if certain && plus == "" || plus != "" && padded != "" {
			t.Errorf("Unplussed(%s, %s) = %s, %v; Padded = %s", digits, region, plus, certain, padded)
		}
		if _, err := phone.Parse(digits, region); err == nil && padded+plus != "" {
			t.Errorf("%s is a number of %s, repaired to %s%s", digits, region, padded, plus)
		}
		for _, n := range []phone.Number{padded, plus} {
			if again, err := phone.Parse(string(n), "US"); n != "" && (err != nil || again != n) {
				t.Errorf("%s is no number: %v", n, err)
			}
		}
	})
}
