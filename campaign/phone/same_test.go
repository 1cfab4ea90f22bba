package phone_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"

	"rollcall/campaign/phone"
)

// The regions most lists are from, and some with plans of odd kinds.
var common = strings.Fields(`US CA PR BS GB GG DE FR ES IT PL NL BE AT CH AU MX BR IN AR
	JP CN KR RU KZ SE NO FI DK IE PT CZ HU GR TR ZA NG IL AE SG HK NZ CL CO PE JM SM VA GA CI`)

// examples returns the library's example numbers of every region and kind, and
// those of the codes that no region has, in E.164.
func examples() []string {
	var list []string
	regions := make([]string, 0, 250)
	for r := range phonenumbers.GetSupportedRegions() {
		regions = append(regions, r)
	}
	slices.Sort(regions)
	add := func(n *phonenumbers.PhoneNumber) {
		if n != nil {
			list = append(list, phonenumbers.Format(n, phonenumbers.E164))
		}
	}
	for _, r := range regions {
		for kind := phonenumbers.FIXED_LINE; kind <= phonenumbers.VOICEMAIL; kind++ {
			add(phonenumbers.GetExampleNumberForType(r, kind))
		}
	}
	for code := range 1000 {
		add(phonenumbers.GetExampleNumberForNonGeoEntity(code))
	}
	return list
}

// forms writes a number in the ways people write it.
func forms(e164 string) []string {
	n, err := phonenumbers.Parse(e164, "ZZ")
	if err != nil {
		return []string{e164}
	}
	national := phonenumbers.GetNationalSignificantNumber(n)
	code := strconv.Itoa(int(n.GetCountryCode()))
	written := phonenumbers.Format(n, phonenumbers.NATIONAL)
	abroad := phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
	return []string{
		e164, national, code + national, "0" + national, "1" + national, "00" + code + national, "011" + code + national,
		written, abroad, abroad[1:], "00" + abroad[1:], "+" + code + " (0)" + national, "+" + code + "0" + national,
		"(" + national[:2] + ") " + national[2:], national[:3] + "-" + national[3:], "+00" + code + national,
		strings.ReplaceAll(written, " ", "."), "+" + code + " " + written, "+" + code + code + national,
		"+" + code + "1" + national, "tel:" + e164, "044" + national, "0" + national[:2] + "15" + national[2:],
	}
}

// mutate changes a text as slips and errors do.
func mutate(r *rand.Rand, text string) string {
	b := []byte(text)
	at := r.IntN(len(b))
	switch r.IntN(8) {
	case 0:
		return string(slices.Delete(b, at, at+1))
	case 1:
		return string(slices.Insert(b, at, digit(r)))
	case 2, 3:
		b[at] = digit(r)
	case 4:
		other := r.IntN(len(b))
		b[at], b[other] = b[other], b[at]
	case 5:
		return []string{"0", "00", "1", "+", "011", "9", "15", "90"}[r.IntN(8)] + text
	case 6:
		return string(slices.Insert(b, at, []byte(" -.()/+ x")[r.IntN(9)]))
	case 7:
		for i := max(0, len(b)-r.IntN(6)); i < len(b); i++ {
			b[i] = digit(r)
		}
	}
	return string(b)
}

func digit(r *rand.Rand) byte { return byte('0' + r.IntN(10)) }

// same compares Parse, and what is known of its result, with the library.
func same(raw string, region phone.Region) error {
	n, err := phone.Parse(raw, region)
	why := phone.Why("")
	if e := (*phone.Error)(nil); errors.As(err, &e) {
		why = e.Why
	}
	if want, wantWhy := phone.Slow(raw, region); n != want || why != wantWhy {
		return fmt.Errorf("Parse(%q, %s) = %q %q; the library says %q %q", raw, region, n, why, want, wantWhy)
	}
	if n == "" {
		return nil
	}
	r, kind := phone.SlowFacts(n)
	if n.Region() != r || n.Kind() != kind {
		return fmt.Errorf("%s is %s %s; the library says %s %s", n, n.Region(), n.Kind(), r, kind)
	}
	return nil
}

// Every example, in every form, read in its own region and another, every other
// time that of most lists.
func TestSameForExamples(t *testing.T) {
	for i, e164 := range examples() {
		own, _ := phone.SlowFacts(phone.Number(e164))
		for j, text := range forms(e164) {
			other := "US"
			if (i+j)%2 == 0 {
				other = common[(i+j)/2%len(common)]
			}
			for _, region := range []string{string(own), other} {
				if err := same(text, phone.Region(region)); err != nil && region != "" {
					t.Error(err)
				}
			}
		}
	}
}

// Mutations of the examples: 40,000, or as many as ROLLCALL_MUTATIONS says.
func TestSameForMutations(t *testing.T) {
	count := 40_000
	if s := os.Getenv("ROLLCALL_MUTATIONS"); s != "" {
		count, _ = strconv.Atoi(s)
	} else if testing.Short() {
		count = 20_000
	}
	var list []string
	for _, e164 := range examples() {
		list = append(list, forms(e164)...)
	}
	const parts = 4
	for part := range uint64(parts) {
		t.Run(strconv.FormatUint(part, 10), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(5, part))
			fast, wrong := 0, 0
			for range count / parts {
				text := list[r.IntN(len(list))]
				for range 1 + r.IntN(3) {
					if text != "" {
						text = mutate(r, text)
					}
				}
				region := phone.Region(common[r.IntN(len(common))])
				if phone.Sure(text, region) {
					fast++
				}
				if err := same(text, region); err != nil && wrong < 20 {
					wrong++
					t.Error(err)
				}
			}
			t.Logf("%d of %d without the library", fast, count/parts)
		})
	}
}

// Random digits find what mutations of good numbers do not.
func TestSameForDigits(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 20_000 {
		b := make([]byte, 5+r.IntN(14))
		for i := range b {
			b[i] = digit(r)
		}
		plus := []string{"", "", "+"}[r.IntN(3)]
		if err := same(plus+string(b), phone.Region(common[r.IntN(len(common))])); err != nil {
			t.Fatal(err)
		}
	}
}

// All plans are compiled: none is left to the library alone.
func TestPlans(t *testing.T) {
	for r := range phonenumbers.GetSupportedRegions() {
		code := phonenumbers.GetCountryCodeForRegion(r)
		if states := phone.States(code); states == 0 || states > 5000 {
			t.Errorf("+%d (%s): %d states", code, r, states)
		}
		n := phonenumbers.Format(phonenumbers.GetExampleNumber(r), phonenumbers.NATIONAL)
		if !phone.Sure(n, phone.Region(r)) && len(phonenumbers.NormalizeDigitsOnly(n)) > 6 {
			t.Errorf("%s: %s is left to the library", r, n)
		}
	}
}

// disguises change how a number is written, not which it is.
var disguises = map[string]func(string) string{
	"no-break spaces": func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") },
	"thin spaces":     func(s string) string { return strings.ReplaceAll(s, " ", "\u2009") },
	"dashes":          func(s string) string { return strings.ReplaceAll(s, " ", "\u2013") },
	"full width":      func(s string) string { return strings.Map(shift(0xFF10), s) },
	"Arabic-Indic":    func(s string) string { return strings.Map(shift(0x0660), s) },
	"Persian":         func(s string) string { return strings.Map(shift(0x06F0), s) },
	"Devanagari":      func(s string) string { return strings.Map(shift(0x0966), s) },
	"Thai":            func(s string) string { return strings.Map(shift(0x0E50), s) },
	"bidi marks":      func(s string) string { return "\u202a" + s + "\u202c" },
	"byte order mark": func(s string) string { return "\ufeff" + s },
	"in quotes":       func(s string) string { return " '" + s },
	"scheme":          func(s string) string { return "tel:" + s },
	"extension":       func(s string) string { return s + " ext. 12" },
	"tel parameter":   func(s string) string { return s + ";ext=12" },
	"poste":           func(s string) string { return s + " poste 12" },
	"dots":            func(s string) string { return strings.ReplaceAll(s, " ", ".") },
}

func shift(zero rune) func(rune) rune {
	return func(r rune) rune {
		if r < '0' || r > '9' {
			return r
		}
		return zero + r - '0'
	}
}

// A disguised number is the number, and a disguised refusal a refusal.
func TestDisguises(t *testing.T) {
	var list []phone.Number
	for i, e164 := range examples() {
		if n := phone.Number(e164); i%12 == 0 && n.Region() != "" {
			list = append(list, n)
		}
	}
	for name, disguise := range disguises {
		t.Run(name, func(t *testing.T) {
			for _, n := range list {
				own := n.Region()
				for _, text := range []string{n.International(), n.National(), string(n)} {
					if len(text) < 8 {
						continue
					}
					want, refused := phone.Parse(text, own)
					got, err := phone.Parse(disguise(text), own)
					if got != want || (err == nil) != (refused == nil) {
						t.Errorf("%q is %q %v; %q %q %v", text, want, refused, disguise(text), got, err)
					}
				}
			}
		})
	}
}

// The tables may be asked for first by many at once.
func TestManyAtOnce(t *testing.T) {
	list := examples()
	for i := range 8 {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			t.Parallel()
			for _, e164 := range list {
				n := phone.Number(e164)
				if region, kind := phone.SlowFacts(n); n.Region() != region || n.Kind() != kind {
					t.Errorf("%s is %s %s, not %s %s", n, n.Region(), n.Kind(), region, kind)
				}
			}
		})
	}
}
