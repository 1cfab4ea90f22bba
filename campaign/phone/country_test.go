package phone_test

import (
	"os"
	"strings"
	"testing"

	"rollcall/campaign/phone"
)

func TestCountryRegion(t *testing.T) {
	tests := []struct {
		words string
		want  phone.Region
	}{
		{"US", "US"}, {"us", "US"}, {"U.S.A.", "US"}, {"United States", "US"}, {"Estados Unidos", "US"}, {"États-Unis", "US"},
		{"etats unis", "US"}, {"EE. UU.", "US"}, {"Stati Uniti d'America", "US"}, {"Vereinigte Staaten", "US"},
		{"UK", "GB"}, {"GB", "GB"}, {"gbr", "GB"}, {"England", "GB"}, {"Großbritannien", "GB"}, {"Regno Unito", "GB"},
		{"Deutschland", "DE"}, {"ALLEMAGNE", "DE"}, {"Alemania", "DE"}, {"Germania", "DE"}, {"DEU", "DE"},
		{"España", "ES"}, {"Espana", "ES"}, {"Österreich", "AT"}, {"Oesterreich", "AT"}, {"Côte", ""},
		{"MÉXICO", "MX"}, {"Me\u0301xico", "MX"}, {" Italia ", "IT"}, {"ÍTALIA", "IT"}, {"Schweiz", "CH"}, {"the Netherlands", "NL"},
		{"+44", "GB"}, {"0044", "GB"}, {"+ 49", "DE"}, {"+1", "US"}, {"+7", "RU"}, {"+881", ""}, {"+999", ""}, {"+4930", ""},
		{"+", ""}, {"44", ""}, {"is", "IS"}, {"ZZ", ""}, {"", ""}, {"nowhere", ""}, {"１２", ""}, {"ＵＳ", "US"},
	}
	for _, tt := range tests {
		t.Run(tt.words, func(t *testing.T) {
			got, found := phone.CountryRegion(tt.words)
			if got != tt.want || found != (tt.want != "") {
				t.Errorf("got %q %v, want %q", got, found, tt.want)
			}
		})
	}
}

// Every name is that of one country, and every country has numbers.
func TestCountries(t *testing.T) {
	text, err := os.ReadFile("countries.txt")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line[0] == '#' {
			continue
		}
		count++
		two, rest, _ := strings.Cut(line, " ")
		three, names, _ := strings.Cut(rest, " ")
		if !phone.KnownRegion(phone.Region(two)) || len(three) != 3 {
			t.Errorf("%q", line)
		}
		for _, name := range append(strings.Split(names, ","), two, three) {
			if r, found := phone.CountryRegion(name); !found || r != phone.Region(two) {
				t.Errorf("%s is %s, not %s", name, r, two)
			}
		}
	}
	if count < 60 {
		t.Errorf("%d countries", count)
	}
}

func FuzzCountryRegion(f *testing.F) {
	for _, s := range []string{"US", "+44", "00", "Große", "\xff\xfe", "+0", "+ 1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, words string) {
		r, found := phone.CountryRegion(words)
		if found != (r != "") || found && !phone.KnownRegion(r) {
			t.Errorf("CountryRegion(%q) = %q, %v", words, r, found)
		}
	})
}
