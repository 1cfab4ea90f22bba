package phone_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"testing"

	"rollcall/campaign/phone"
)

// patterns are of the kinds that the metadata has, and some that it may get.
var patterns = []string{
	`[2-9]\d{9}`, `(?:00|[1-9]\d?)\d{3}`, `1(?:2[3-5]|3(?:4|5[67])|[89])\d{2,4}`, `\d`, `0`, `(?:1|12|123)\d`, `9(?:11|9\d)`,
	`[13-57-9]{3}(?:0[1-9])?`, `(?:5[0-8]|7(?:26|8))\d{5}|8(?:00\d|1)\d{4}`, `0{2,3}[1-9]*`,
}

func digitsOf(r *rand.Rand) string {
	b := make([]byte, r.IntN(12))
	for i := range b {
		b[i] = digit(r)
		if r.IntN(3) == 0 {
			b[i] = "0158"[r.IntN(4)]
		}
	}
	return string(b)
}

// The automaton matches what package regexp does.
func TestAutomaton(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	var whole []*regexp.Regexp
	for _, p := range patterns {
		whole = append(whole, regexp.MustCompile(`^(?:`+p+`)$`))
	}
	matches := phone.Matcher(patterns)
	if matches == nil {
		t.Fatal("the patterns are not understood")
	}
	for range 100_000 {
		digits := digitsOf(r)
		var want []int
		for i, re := range whole {
			if re.MatchString(digits) {
				want = append(want, i)
			}
		}
		if got := matches(digits); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%s matches %v, not %v", digits, want, got)
		}
	}
}

func TestAutomatonRefuses(t *testing.T) {
	for _, p := range []string{`1$`, `^1`, `\b1`, `(`, `1(?=2)`} {
		if phone.Matcher([]string{`\d`, p}) != nil {
			t.Errorf("%s is said to be understood", p)
		}
	}
}

// A prefix finds what package regexp finds: the same end, the same groups.
func TestPrefix(t *testing.T) {
	prefixes := []string{
		`0`, `1`, `00`, `0|80?`, `[08]`, `06`, `([3-8]\d{6})$|1`, `(?:0|90)(?:(1[245]|2[1-35]|31|4[13]|[56]5|99)(\d{10,11}))?`,
		`0(8(?:[1-46-8]|5\d\d))?`, `(000[2569]\d{4,6})$|(?:(?:003768)0?)|0`, `(183[12])|0`, `001[14-689]|14(?:1[14]|34)0011`,
		`0?(?:(11|2(?:2|3)|3)15)?`, `([89]\d{5})$`, `0(?:0|19)`, `00(?:30|5[09]|[126-9]?)`, `(0*)(1*)`, `(?:0+?)1?`,
	}
	r := rand.New(rand.NewPCG(4, 4))
	for _, p := range prefixes {
		re := regexp.MustCompile(`^(?:` + p + `)`)
		find := phone.Finder(p)
		for range 5_000 {
			digits := digitsOf(r)
			want := re.FindStringSubmatchIndex(digits)
			if got := find(digits); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("%s at the start of %s: %v, not %v", p, digits, got, want)
			}
		}
	}
}
