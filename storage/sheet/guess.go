package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rollcall/campaign"
)

// A text whose encoding nothing tells is read in each of them in turn, and the
// one is taken in which the fewest letters are strange: names are written in
// the letters of one language, begin with a capital and have no signs inside.
// A table of letters that are common does better here than statistics of
// running text, of which lists have none: measured in encoding_test.go.

// alphabets are the letters above ASCII of languages that share encodings.
type alphabets struct {
	encodings []campaign.Encoding
	languages []string // the common letters of each
	others    string   // that belong to none of them alone
}

func known() []alphabets {
	return []alphabets{
		{
			encodings: []campaign.Encoding{western, "iso-8859-15", "ibm850", "macintosh"},
			languages: []string{"äöüß", "éèêëàâçîïôûùœ", "áéíóúñü", "áâãàçéêíóôõú", "àèéìòù", "åäöéæø", "ëïéèö", "éèêàçäöü"},
			others:    "ÿæšžœýþðłº",
		},
		{
			encodings: []campaign.Encoding{"windows-1250", "iso-8859-2"},
			languages: []string{"ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž"},
			others:    "äöüëç",
		},
		{
			encodings: []campaign.Encoding{"windows-1254"},
			languages: []string{"çğıöşüİ"},
			others:    "âîûé",
		},
		{
			encodings: []campaign.Encoding{"windows-1251", "koi8-r"},
			languages: []string{"оеаинтсрвлкмдпу"},
			others:    "бгжзйфхцчшщъыьэюяёіїєґў",
		},
		{
			encodings: []campaign.Encoding{"windows-1253"},
			languages: []string{"αάειίουοόηήςστρνλκπμ"},
			others:    "βγδέζθξύφχψωώϊϋΐΰ",
		},
		{
			encodings: []campaign.Encoding{"windows-1255"},
			languages: []string{"אבדהוילמנרשתק"},
			others:    "גזחטכךםןסעפףצץ״׳",
		},
		{
			encodings: []campaign.Encoding{"windows-1256"},
			languages: []string{"ابتجحخدذرزسشصضطظعغفقكلمنهويةى"},
			others:    "ءآأؤإئثپچژگ",
		},
	}
}

// guess returns the encoding that fits fields best, a line each, and
// Windows-1252, in which Excel saves CSV, if none does.
func guess(fields []byte) campaign.Encoding {
	best, top := western, 0.0
	for _, name := range campaign.Encodings() {
		if score := fitness(name, fields); score > top {
			best, top = name, score
		}
	}
	return best
}

func fitness(name campaign.Encoding, fields []byte) float64 {
	for _, a := range known() {
		for _, e := range a.encodings {
			if e == name {
				text, _ := encodingOf(name).NewDecoder().Bytes(fields)
				return a.fit([]rune(string(text)))
			}
		}
	}
	if common := ideographs(name); common != nil {
		return pairs(name, fields, common)
	}
	return 0 // Unicode has shown itself before
}

// fit adds up what speaks for and against a text in these languages.
func (a alphabets) fit(text []rune) float64 {
	letters, score := map[rune]int{}, 0.0 // how often each is there
	for i, r := range text {
		if r < utf8.RuneSelf {
			continue
		}
		before, after := at(text, i-1), at(text, i+1)
		if unicode.IsLetter(r) {
			letters[lower(r)]++
			score += shape(before, r, after)
		} else {
			score += sign(before, r, after)
		}
	}
	top := 0.0
	for i, language := range a.languages {
		sum := 0.0
		for r, n := range letters {
			sum += float64(n) * a.worth(r, language)
		}
		if i == 0 || sum > top {
			top = sum
		}
	}
	return score + top
}

func (a alphabets) worth(r rune, language string) float64 {
	switch {
	case strings.ContainsRune(language, r):
		return 1
	case strings.ContainsRune(a.others, r):
		return 0.3
	}
	for _, other := range a.languages {
		if strings.ContainsRune(other, r) {
			return 0.3
		}
	}
	return -1
}

func at(text []rune, i int) rune {
	if i < 0 || i >= len(text) {
		return '\n'
	}
	return text[i]
}

func lower(r rune) rune {
	if l := unicode.ToLower(r); l >= utf8.RuneSelf {
		return l
	}
	return r
}

// shape is what speaks against a letter behind another: a capital behind a
// small one, two scripts in a word, a small one that begins a word, and one
// that is alone.
func shape(before, r, after rune) float64 {
	switch {
	case !unicode.IsLetter(before) && !unicode.IsLetter(after) && after != '.':
		return -1.5
	case !unicode.IsLetter(before) && unicode.IsLower(r):
		return -0.5
	case !unicode.IsLetter(before):
		return 0
	case latin(before) != latin(r):
		return -3
	case strings.ContainsRune("ךםןףץ", before): // forms at the end of a word
		return -2
	case unicode.IsLower(before) && unicode.IsUpper(r):
		return -2
	default:
		return 0
	}
}

func latin(r rune) bool { return r < utf8.RuneSelf || unicode.Is(unicode.Latin, r) }

// sign is what speaks for and against something that is no letter: the signs
// that programs put into names are wanted, others hardly.
func sign(before, r, after rune) float64 {
	inside := unicode.IsLetter(before) && unicode.IsLetter(after)
	switch {
	case r == utf8.RuneError || unicode.IsControl(r):
		return -5
	case r == '’' && inside: // O’Neill
		return 1
	case unicode.IsMark(r):
		return -0.5
	case inside:
		return -4
	case strings.ContainsRune("–“”„«»‘’…€", r):
		return 0.5
	case strings.ContainsRune("\u00a0—‚°ºª№״׳،·", r):
		return 0
	default:
		return -1.5
	}
}

// ideographs returns what tells common characters of two bytes from rare ones
// by the first byte and the second; nil for encodings of one byte. Level 1 of
// JIS X 0208, GB 2312 and Big5, and the Hangul of KS X 1001, are what people
// write; the rest is rare or an extension.
func ideographs(name campaign.Encoding) func(lead, trail byte) float64 {
	switch name {
	case "shift_jis":
		return func(lead, _ byte) float64 { return between(lead, 0x81, 0x97, 1.1, -0.5) }
	case "gb18030":
		return func(lead, trail byte) float64 {
			if trail < 0xA1 {
				return -1
			}
			return between(lead, 0xB0, 0xD7, 0.9, 0)
		}
	case "big5":
		return func(lead, trail byte) float64 {
			if lead < 0xA4 {
				return 0 // signs
			}
			return between(lead, 0xA4, 0xC6, between(trail, 0x40, 0x7E, 1.1, 0.9), -0.5)
		}
	case "euc-kr":
		return func(lead, trail byte) float64 {
			switch {
			case trail < 0xA1:
				return -0.5
			case lead < 0xB0:
				return 0 // signs
			}
			return between(lead, 0xB0, 0xC8, 1, -0.5)
		}
	}
	return nil
}

func between(b, from, to byte, inside, outside float64) float64 {
	if b >= from && b <= to {
		return inside
	}
	return outside
}

// pairs is the fitness of an encoding of two bytes.
func pairs(name campaign.Encoding, fields []byte, common func(lead, trail byte) float64) float64 {
	score := 0.0
	if text, err := encodingOf(name).NewDecoder().Bytes(fields); err == nil {
		score -= 5 * float64(strings.Count(string(text), string(utf8.RuneError)))
	}
	before := 0.0
	for i := 0; i < len(fields); i++ {
		lead := fields[i]
		switch {
		case lead < utf8.RuneSelf:
			before = beside(fields, i)
			continue
		case name == "shift_jis" && lead >= 0xA1 && lead <= 0xDF: // half-width katakana, one byte
			score += 0.1
		case i+1 < len(fields) && fields[i+1] >= 0x40:
			score += 2*common(lead, fields[i+1]) - 3*before - 3*beside(fields, i+2)
			i++
		}
		before = 0
	}
	return score
}

// beside is 1 where a Latin letter is, which hardly stands next to an
// ideograph in a name.
func beside(fields []byte, i int) float64 {
	if i < len(fields) && (fields[i]|0x20) >= 'a' && (fields[i]|0x20) <= 'z' {
		return 1
	}
	return 0
}
