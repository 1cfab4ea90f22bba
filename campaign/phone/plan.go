package phone

import (
	"slices"
	"sync"

	"github.com/nyaruka/phonenumbers"
)

// A plan is what the library knows about the numbers of one calling code, in a
// form that answers fast.
type plan struct {
	code    int
	regions []Region // the main one first
	areas   []*area  // by number in regions
	*automaton
	general [][]bool                 // by set and region: the region's general pattern matches
	answers [][digitsMost + 1]answer // by set and length
}

// The lengths of national numbers that the library reads.
const (
	digitsLeast = phonenumbers.MIN_LENGTH_FOR_NSN
	digitsMost  = phonenumbers.MAX_LENGTH_FOR_NSN
)

// An answer is what the library says about a national number.
type answer struct {
	region Region // where it belongs; set for some invalid numbers too
	kind   Kind   // Unknown: not valid
}

// An area is a region as the place where a number is dialled.
type area struct {
	region        Region
	code          int
	number        int // in its plan
	lengths       [digitsMost + 1]length
	international *prefix
	national      *prefix
	odd           bool // has something that only the library understands
}

// A length is what the general description says about a number of digits.
type length uint8

const (
	possible length = iota
	tooShort
	tooLong
	localOnly
	impossible // between two possible ones
)

func (a *area) length(digits int) length {
	if digits > digitsMost {
		return tooLong
	}
	return a.lengths[digits]
}

// A book holds the plans, made at first use and read-only then.
type book struct {
	areas map[Region]*area
	plans [1000]func() *plan // by calling code; nil: none
	// fiction is the region of the numbers for fiction, by area code.
	fiction map[string]Region
}

//nolint:gochecknoglobals // made once from the library's metadata, never changed
var plans = sync.OnceValue(newBook)

func newBook() *book {
	b := &book{areas: map[Region]*area{}, fiction: fictionRegions()}
	metadata := map[int]map[string]*phonenumbers.PhoneMetadata{}
	all, err := phonenumbers.MetadataCollection()
	if err != nil {
		return b
	}
	for _, m := range all.GetMetadata() {
		code := int(m.GetCountryCode())
		if metadata[code] == nil {
			metadata[code] = map[string]*phonenumbers.PhoneMetadata{}
		}
		metadata[code][m.GetId()] = m
	}
	for code, regions := range metadata {
		p := &plan{code: code}
		var list []*phonenumbers.PhoneMetadata
		for i, r := range phonenumbers.GetRegionCodesForCountryCode(code) {
			a := newArea(regions[r], i)
			p.regions = append(p.regions, a.region)
			p.areas = append(p.areas, a)
			list = append(list, regions[r])
			if KnownRegion(a.region) {
				b.areas[a.region] = a
			}
		}
		b.plans[code] = sync.OnceValue(func() *plan {
			p.learn(list)
			return p
		})
	}
	return b
}

func newArea(m *phonenumbers.PhoneMetadata, number int) *area {
	a := &area{region: Region(m.GetId()), code: int(m.GetCountryCode()), number: number}
	var known, valid bool
	a.international, known = newPrefix(m.GetInternationalPrefix(), "")
	a.national, valid = newPrefix(m.GetNationalPrefixForParsing(), m.GetNationalPrefixTransformRule())
	general := m.GetGeneralDesc()
	a.odd = !known || !valid || len(general.GetPossibleLength()) == 0
	for n := range a.lengths {
		a.lengths[n] = lengthOf(int32(n), general.GetPossibleLength(), general.GetPossibleLengthLocalOnly())
	}
	return a
}

// lengthOf does what the library does for a number of unknown type. The
// lengths are in ascending order.
func lengthOf(n int32, all, local []int32) length {
	switch {
	case slices.Contains(local, n):
		return localOnly
	case slices.Contains(all, n):
		return possible
	case len(all) == 0 || n < all[0]:
		return tooShort
	case n > all[len(all)-1]:
		return tooLong
	default:
		return impossible
	}
}

// The patterns of one region, in the order in which a number's kind is decided.
// The last two are no kinds: the general one that every number must match, and
// the first digits of the region's numbers.
const (
	fixedPattern   = 8
	mobilePattern  = 9
	generalPattern = 10
	leadingPattern = 11
	patterns       = 12
)

func descriptions(m *phonenumbers.PhoneMetadata) [leadingPattern]*phonenumbers.PhoneNumberDesc {
	return [...]*phonenumbers.PhoneNumberDesc{
		m.GetPremiumRate(), m.GetTollFree(), m.GetSharedCost(), m.GetVoip(), m.GetPersonalNumber(),
		m.GetPager(), m.GetUan(), m.GetVoicemail(), m.GetFixedLine(), m.GetMobile(), m.GetGeneralDesc(),
	}
}

// learn compiles the plan. If it cannot, automaton stays nil.
func (p *plan) learn(list []*phonenumbers.PhoneMetadata) {
	var all []string
	for _, m := range list {
		for _, d := range descriptions(m) {
			all = append(all, d.GetNationalNumberPattern())
		}
		leading := ""
		if s := m.GetLeadingDigits(); s != "" {
			leading = "(?:" + s + ")[0-9]*"
		}
		all = append(all, leading)
	}
	p.automaton = compile(all)
	if p.automaton == nil {
		return
	}
	for _, set := range p.sets {
		general := make([]bool, len(list))
		matched := make([]bool, len(all))
		for _, pattern := range set {
			matched[pattern] = true
		}
		var row [digitsMost + 1]answer
		for n := range row {
			row[n] = p.answer(list, matched, int32(n))
		}
		for i := range list {
			general[i] = matched[i*patterns+generalPattern]
		}
		p.answers = append(p.answers, row)
		p.general = append(p.general, general)
	}
}

// answer decides about a number of n digits that matches the patterns given.
func (p *plan) answer(list []*phonenumbers.PhoneMetadata, matched []bool, n int32) answer {
	for i, m := range list {
		own := matched[i*patterns : (i+1)*patterns]
		kind := kindIn(m, own, n)
		here := kind != Unknown
		if m.GetLeadingDigits() != "" && len(list) > 1 {
			here = own[leadingPattern]
		}
		if here || len(list) == 1 {
			return answer{region(m.GetId()), kind}
		}
	}
	return answer{}
}

// region returns a country, "" for what the library calls by a number.
func region(id string) Region {
	if len(id) != 2 || id == phonenumbers.UNKNOWN_REGION {
		return ""
	}
	return Region(id)
}

// kindIn returns the kind of a number of n digits in one region.
func kindIn(m *phonenumbers.PhoneMetadata, matched []bool, n int32) Kind {
	is := func(pattern int) bool {
		d := descriptions(m)[pattern]
		lengths := d.GetPossibleLength()
		return matched[pattern] && d.GetNationalNumberPattern() != "" && (len(lengths) == 0 || slices.Contains(lengths, n))
	}
	if !is(generalPattern) {
		return Unknown
	}
	for i, kind := range []Kind{PremiumRate, TollFree, Shared, VoIP, Personal, Pager, UAN, Voicemail} {
		if is(i) {
			return kind
		}
	}
	both := m.GetSameMobileAndFixedLinePattern()
	switch {
	case is(fixedPattern) && (both || is(mobilePattern)):
		return FixedOrMobile
	case is(fixedPattern):
		return Fixed
	case !both && is(mobilePattern):
		return Mobile
	default:
		return Unknown
	}
}
