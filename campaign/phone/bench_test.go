package phone_test

import (
	"fmt"
	"testing"

	"github.com/nyaruka/phonenumbers"

	"rollcall/campaign/phone"
)

// ordinary is how numbers are written in lists of the common plans.
var ordinary = []struct {
	region phone.Region
	raw    string
}{
	{"US", "(312) 555-0142"}, {"US", "3125550142"}, {"CA", "416-555-0142"}, {"PR", "787 234 5678"}, {"US", "+44 20 7946 0000"},
	{"GB", "020 7946 0000"}, {"DE", "030 123456"}, {"FR", "06 12 34 56 78"}, {"ES", "612 34 56 78"}, {"IT", "06 1234 5678"},
	{"PL", "512 345 678"}, {"NL", "06 12345678"}, {"BE", "0470 12 34 56"}, {"AT", "0664 123456"}, {"CH", "078 123 45 67"},
	{"AU", "0412 345 678"}, {"MX", "55 1234 5678"}, {"BR", "(11) 98765-4321"}, {"BR", "(011) 98765-4321"}, {"IN", "098765 43210"},
	{"AR", "011 15 2345-6789"}, {"US", "555-0142"}, {"US", "999 555 0142"},
}

func BenchmarkParse(b *testing.B) {
	for _, n := range ordinary {
		_, _ = phone.Parse(n.raw, n.region) // makes the plan
		b.Run(fmt.Sprintf("%s %s", n.region, n.raw), func(b *testing.B) {
			b.Run("fast", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					_, _ = phone.Parse(n.raw, n.region)
				}
			})
			b.Run("library", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					phone.Slow(n.raw, n.region)
				}
			})
		})
	}
}

// What needs a second look: all the same, it should not hold up a list.
func BenchmarkParseOdd(b *testing.B) {
	for _, raw := range []string{
		"", "n/a", "312\u00a0555\u00a00142", "312 555 0142 x99", "312-555-0142 (cell)", "tel:+13125550142", "+44 (0)20 7946 0000",
		"5550", "1-800-FLOWERS", "312 555 0142, 312 555 0143",
	} {
		b.Run(raw, func(b *testing.B) {
			for b.Loop() {
				_, _ = phone.Parse(raw, "US")
			}
		})
	}
}

func BenchmarkFacts(b *testing.B) {
	const n = phone.Number("+13125550142")
	b.Run("zones", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			n.Zones()
		}
	})
	b.Run("zones by the library", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, _ = phonenumbers.GetTimezonesForPrefix(string(n))
		}
	})
	b.Run("region", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			n.Region()
		}
	})
	b.Run("kind", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			n.Kind()
		}
	})
}

// Ordinary numbers take one allocation, that of the result.
func TestAllocations(t *testing.T) {
	for _, n := range ordinary {
		number, err := phone.Parse(n.raw, n.region)
		if err != nil {
			continue
		}
		if got := testing.AllocsPerRun(100, func() { _, _ = phone.Parse(n.raw, n.region) }); got > 1 {
			t.Errorf("%s %s: %v allocations", n.region, n.raw, got)
		}
		facts := testing.AllocsPerRun(100, func() { number.Zones(); number.Region(); number.Foreign("US") })
		if facts > 3 { // each of the last two looks the number up once
			t.Errorf("facts of %s: %v allocations", number, facts)
		}
	}
}
