package contacts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"rollcall/campaign"
	"rollcall/campaign/phone"
)

// This file reads numbers that are text: alone, with words beside them, or
// two in one cell.

// readText reads a number that is text, or was shown as text.
func readText(raw string, region phone.Region) reading {
	text := phone.Clean(raw)
	kind := unseen(raw)
	if bare, found := apostrophe(text); found {
		text, kind = bare, campaign.ProblemApostrophe
	}
	if inner, found := typedFormula(text); found {
		return beside(kind, as(campaign.ProblemFormulaPlus, readClean(phone.Clean(inner), region)))
	}
	return beside(kind, readClean(text, region))
}

// unseen tells what Clean changes about a text that a person may not see.
func unseen(raw string) campaign.Problem {
	kind := campaign.Problem("")
	for _, r := range raw {
		switch {
		case unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && !unicode.IsSpace(r):
			return campaign.ProblemInvisible
		case r > unicode.MaxASCII && (unicode.IsDigit(r) || r >= '！' && r <= '～'):
			kind = campaign.ProblemScript
		}
	}
	return kind
}

// apostrophe takes off the one in front that tells Excel to leave a text alone,
// and quotation marks that an export left around it.
func apostrophe(text string) (string, bool) {
	const marks = "'’‘`´\"“”„«»"
	bare := strings.TrimLeft(text, marks)
	if bare == text {
		return text, false
	}
	return strings.TrimSpace(strings.TrimRight(bare, marks)), true
}

func readClean(text string, region phone.Region) reading {
	if strings.IndexFunc(text, unicode.IsLetter) < 0 && digitsOf(text) == "" {
		return reading{problem: campaign.ProblemNoNumber}
	}
	e, numeric := expand(text)
	switch {
	case numeric && e.kind == campaign.ProblemExponent && e.padded,
		allDigits(text) && zerosOf(text) >= suspectZeros:
		return reading{problem: campaign.ProblemDigitsLost}
	case numeric && e.kind != "" && !e.fraction && len(e.digits) >= shortest:
		return as(e.kind, readLost(plusOf(text)+e.digits, region, false))
	}
	if written, found := amount(text); found {
		return as(campaign.ProblemSeparators, readLost(written, region, false))
	}
	if parts := numbersIn(text, region); len(parts) > 1 {
		return readSeveral(parts, region)
	}
	return readOne(text, region)
}

// several is how many numbers of a cell are looked at.
const several = 20

// readSeveral proposes the first of several numbers.
func readSeveral(parts []string, region phone.Region) reading {
	got := reading{problem: campaign.ProblemTwoNumbers}
	same := len(parts) <= several
	for _, part := range parts[:min(len(parts), several)] {
		n := readOne(strings.TrimSpace(part), region).number
		same = same && n != "" && (got.proposal == "" || n == got.proposal)
		switch {
		case n == "" || n == got.proposal || slices.Contains(got.more, n):
		case got.proposal == "":
			got.proposal = n
		default:
			got.more = append(got.more, n)
		}
	}
	if same { // twice the same, with something in between
		return reading{number: got.proposal, problem: campaign.ProblemNote}
	}
	return got
}

var between = regexp.MustCompile(`(?i)[,;|&\n\r/\\]|\s(?:or|and|oder|und|ou|et|o|e|y|i|lub)\s`)

// numbersIn returns the parts of a text that are numbers, if there are more
// than one, or one and the last digits of another ("312 555 0142/43").
func numbersIn(text string, region phone.Region) []string {
	var parts []string
	for _, part := range between.Split(text, -1) {
		if len(digitsOf(part)) >= shortest {
			parts = append(parts, part)
		}
	}
	if len(parts) != 1 {
		return parts
	}
	slash := strings.LastIndexAny(text, `/\`)
	if slash < 0 || strings.IndexFunc(text[slash:], unicode.IsLetter) >= 0 {
		return nil
	}
	tail := digitsOf(text[slash:])
	if tail == "" || len(tail) >= shortest || len(digitsOf(text[:slash])) < shortest {
		return nil
	}
	if _, err := phone.Parse(text[:slash], region); err != nil {
		return nil
	}
	return []string{text[:slash], tail}
}

var run = regexp.MustCompile(`[+(]*[0-9][-0-9 ().\x{2010}-\x{2015}/]*[0-9]`)

// readOne reads text that holds one number, perhaps with words beside it.
func readOne(text string, region phone.Region) reading {
	if strings.IndexFunc(text, unicode.IsLetter) < 0 {
		return readBare(text, region)
	}
	var long, short []string
	for _, part := range run.FindAllString(text, -1) {
		if len(digitsOf(part)) >= shortest {
			long = append(long, part)
		} else {
			short = append(short, part)
		}
	}
	switch {
	case len(long) == 1:
		return as(campaign.ProblemNote, readNoted(long[0], region))
	case len(long) > 1:
		return readSeveral(long, region)
	case vanity.MatchString(text):
		return readVanity(text, region)
	case len(short) == 1:
		return readShort(short[0], region)
	case len(short) > 1:
		return reading{problem: campaign.ProblemInvalid}
	default:
		return reading{problem: campaign.ProblemNoNumber}
	}
}

// readShort reads the few digits in a text with words. They are a telephone
// number in some places, but more often none at all.
func readShort(run string, region phone.Region) reading {
	got := readDigits(run, region)
	if got.number != "" {
		return reading{problem: campaign.ProblemNote, proposal: got.number}
	}
	return got
}

var dateLike = regexp.MustCompile(`^(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})([ T]\d{1,2}:\d{2}(:\d{2})?)?$`)

// readBare reads text without letters.
func readBare(text string, region phone.Region) reading {
	got := readLost(text, region, false)
	if dateLike.MatchString(text) {
		return reading{problem: campaign.ProblemDate, proposal: got.number}
	}
	if got.problem != campaign.ProblemInvalid {
		return got
	}
	if parts := halves(text, region); parts != nil {
		return readSeveral(parts, region)
	}
	return got
}

// halves splits "6175550142 6175550143", if that can be done in one way.
func halves(text string, region phone.Region) []string {
	var found []string
	if n := len(digitsOf(text)); n < 2*shortest || n > 2*longest {
		return nil
	}
	fields := strings.Fields(text)
	for i := 1; i < len(fields); i++ {
		first, second := strings.Join(fields[:i], " "), strings.Join(fields[i:], " ")
		if readDigits(first, region).number == "" || readDigits(second, region).number == "" {
			continue
		}
		if found != nil {
			return nil
		}
		found = []string{first, second}
	}
	return found
}

var aloneFront = regexp.MustCompile(`^([0-9]{1,2})[ .-]+([+(0-9].*)$`)
var aloneBack = regexp.MustCompile(`^(.*[0-9])[ .-]+[0-9]{1,2}$`)

// readNoted reads the one run of digits in a text with words. One or two
// digits at its ends may belong to the words: "after 5 617 555 0142".
func readNoted(run string, region phone.Region) reading {
	whole := readDigits(run, region)
	without := map[phone.Number]bool{}
	front, back := aloneFront.FindStringSubmatch(run), aloneBack.FindStringSubmatch(run)
	if front != nil && whole.number != "" && strings.ContainsAny(front[2][:1], "+0") && front[1][0] != '0' {
		// A number either way: which of them only a person can tell.
		if n := readDigits(front[2], region).number; n != "" && n != whole.number {
			return reading{problem: campaign.ProblemNote, proposal: n, more: []phone.Number{whole.number}}
		}
	}
	if whole.number != "" || whole.problem == campaign.ProblemForbidden {
		return whole
	}
	for _, part := range ends(front, back) {
		if n := readDigits(part, region).number; n != "" {
			without[n] = true
		}
	}
	if len(without) == 1 {
		for n := range without {
			return reading{number: n}
		}
	}
	return whole
}

// ends returns a run without what stands alone in front, behind, or both.
func ends(front, back []string) []string {
	var list []string
	if front != nil {
		list = append(list, front[2])
		if both := aloneBack.FindStringSubmatch(front[2]); both != nil {
			list = append(list, both[1])
		}
	}
	if back != nil {
		list = append(list, back[1])
	}
	return list
}

// vanity numbers have their digits first and then letters, three at least.
var vanity = regexp.MustCompile(`^\+?[0-9][-0-9 .()]*[A-Za-z]{3}[-A-Za-z0-9 .]*$`)

// masked tells letters that stand for hidden digits, as in 617-555-XXXX: no word
// has the same one three times in a row.
func masked(text string) bool {
	run, last := 0, rune(0)
	for _, r := range strings.ToUpper(text) {
		if run++; r != last {
			run, last = 1, r
		}
		if run >= 3 && 'A' <= r && r <= 'Z' {
			return true
		}
	}
	return false
}

// readVanity reads 1-800-FLOWERS. In small letters it may be a word by chance,
// and behind the digits of an ordinary line it is more often a note: 617-555-HOME.
func readVanity(text string, region phone.Region) reading {
	n, err := phone.Parse(text, region)
	if err != nil {
		return reading{problem: campaign.ProblemInvalid}
	}
	dialled := keypad(text)
	if how := compare([]byte(dialled), strings.HasPrefix(text, "+"), n); how != plain {
		return reading{problem: campaign.ProblemInvalid}
	}
	switch {
	case masked(text):
		return reading{problem: campaign.ProblemLetters}
	case strings.ToUpper(text) != text || n.Kind() != phone.TollFree:
		return reading{problem: campaign.ProblemLetters, proposal: n}
	}
	return reading{number: n, problem: campaign.ProblemLetters}
}

// keypad returns the digits of a text, letters as the keys they stand on
// (ITU-T E.161).
func keypad(text string) string {
	const keys = "22233344455566677778889999"
	return strings.Map(func(r rune) rune {
		switch {
		case '0' <= r && r <= '9':
			return r
		case 'A' <= r && r <= 'Z':
			return rune(keys[r-'A'])
		case 'a' <= r && r <= 'z':
			return rune(keys[r-'a'])
		default:
			return -1
		}
	}, text)
}
