package sheet

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Delimiters are told apart by this many records, in this much text.
const (
	delimiterRecords = 300
	delimiterBytes   = 256 << 10
)

// aligned is the delimiter of lines whose columns stand below each other.
const aligned = "  "

// delimiterNamed returns the delimiter that a person means by a word, and whether it
// can be one.
func delimiterNamed(delimiter string) (string, bool) {
	switch strings.ToLower(delimiter) {
	case "tab", `\t`:
		return "\t", true
	case "space":
		return " ", true
	}
	return delimiter, delimiter != "" && len(delimiter) <= 16 && !strings.ContainsAny(delimiter, "\"\r\n\x00")
}

// hint reads the line sep=; that tells Excel the delimiter, and returns the
// text behind it.
func hint(text []byte) (delimiter string, rest []byte) {
	end := bytes.IndexAny(text, "\r\n")
	if end < 0 {
		end = len(text)
	}
	line := strings.Trim(string(text[:end]), `"`)
	if len(line) < 5 || !strings.EqualFold(line[:4], "sep=") {
		return "", text
	}
	delimiter, fit := delimiterNamed(line[4:])
	if !fit || strings.Trim(delimiter, delimiter[:1]) != "" && utf8.RuneCountInString(delimiter) > 1 {
		return "", text // one character, or the same again
	}
	rest = bytes.TrimPrefix(text[end:], []byte("\r"))
	return delimiter, bytes.TrimPrefix(rest, []byte("\n"))
}

// separation finds what separates the fields of a text: the delimiter whose
// fields are the most consistent in number and the least strange, of equals
// the one that gives more fields. Those of the second choice separate only
// where nothing else does, and spaces only where they align columns.
func separation(text []byte) (delimiter string) {
	text = text[:min(len(text), delimiterBytes)]
	if end := bytes.LastIndexAny(text, "\r\n"); end >= 0 && len(text) == delimiterBytes {
		text = text[:end+1]
	}
	top, most := 0.0, 0
	for _, d := range []string{";", "\t", ",", "|"} {
		if score, fields := rate(text, d).score(d); score > top || score == top && fields > most {
			delimiter, top, most = d, score, fields
		}
	}
	if top > 0 {
		return delimiter
	}
	for _, d := range []string{"^", "~", ":"} {
		if rate(text, d).plain(d) {
			return d
		}
	}
	if alignment(text) != nil {
		return aligned
	}
	return ""
}

// rating is what a delimiter makes of the first records.
type rating struct {
	records int
	widths  map[int]int // how many have so many fields
	first   int         // fields of the first record
	fields  int         // that are not empty
	strange int         // of them: another delimiter or a stray quote in it
	amounts int         // records that are an amount such as 1,50
	numbers int         // records that are two short numbers such as 12:30
	labels  map[string]bool
}

// amount is a number with a decimal comma.
var amount = regexp.MustCompile(`^[-+]?[0-9]{1,3}(\.?[0-9]{3})*,[0-9]{1,2}$`)

func rate(text []byte, delimiter string) *rating {
	r := newRecords(bytes.NewReader(text), delimiter, len(text)+1)
	is := &rating{widths: map[int]int{}, labels: map[string]bool{}}
	for is.records < delimiterRecords {
		fields, err := r.next()
		if err != nil {
			break
		}
		if len(fields) == 1 && strings.TrimSpace(fields[0]) == "" {
			continue
		}
		is.add(fields, delimiter)
		is.strange += len(r.stray)
	}
	return is
}

func (is *rating) add(fields []string, delimiter string) {
	if is.records == 0 {
		is.first = len(fields)
	}
	is.records++
	is.widths[len(fields)]++
	is.labels[fields[0]] = true
	if len(fields) == 2 && amount.MatchString(strings.Join(fields, delimiter)) {
		is.amounts++
	}
	short := 0
	for _, f := range fields {
		if digits(f) == len(f) && len(f) <= 2 {
			short++
		}
		if f == "" {
			continue
		}
		is.fields++
		if strange(f, delimiter) {
			is.strange++
		}
	}
	if short == len(fields) {
		is.numbers++
	}
}

// strange tells whether a field has in it what would separate fields. A comma
// or semicolon before a space is one of a sentence.
func strange(field, delimiter string) bool {
	for _, d := range []string{";", "\t", "|", ","} {
		if d == delimiter || d == "," && amount.MatchString(strings.TrimSpace(field)) {
			continue
		}
		if strings.Count(field, d) > strings.Count(field, d+" ") {
			return true
		}
	}
	return false
}

// usual is the commonest number of fields, of equals the larger.
func (is *rating) usual() int {
	usual := 0
	for n, count := range is.widths {
		if count > is.widths[usual] || count == is.widths[usual] && n > usual {
			usual = n
		}
	}
	return usual
}

// score is the share of records that have the usual number of fields, less
// for strange fields; zero if records are usually not split, or if they are
// amounts of one column.
func (is *rating) score(delimiter string) (score float64, fields int) {
	usual := is.usual()
	if usual < 2 {
		return 0, 0
	}
	whole := is.widths[1]
	if delimiter == "," && is.amounts > 0 && is.amounts+whole == is.records && whole <= 1 {
		return 0, 0
	}
	share := float64(is.widths[usual]) / float64(is.records)
	return share * (1 - float64(min(is.strange, is.fields))/float64(max(1, is.fields))/2), usual
}

// plain tells whether a delimiter of the second choice is one: it splits
// nearly all records alike, and what it splits are neither times nor labels
// such as tel: and http:.
func (is *rating) plain(delimiter string) bool {
	usual := is.usual()
	if usual < 2 || is.records < 2 || is.first != usual || is.widths[usual]*10 < is.records*9 {
		return false
	}
	return delimiter != ":" || is.numbers*2 < is.records && len(is.labels)*2 > is.records
}

// alignment returns where the columns of a text begin, in characters: where
// on every line that reaches so far a word begins after two spaces, or there
// are spaces only. Nil if there are no such places, or fewer than three lines.
func alignment(text []byte) []int {
	var lines [][]rune
	for line := range strings.Lines(strings.ReplaceAll(string(text[:min(len(text), delimiterBytes)]), "\r", "\n")) {
		if line = strings.TrimRight(line, " \n"); line != "" && len(lines) < delimiterRecords {
			lines = append(lines, []rune(line))
		}
	}
	if len(lines) < 3 {
		return nil
	}
	starts := map[int]int{}
	for _, line := range lines {
		for i := 2; i < len(line); i++ {
			if line[i] != ' ' && line[i-1] == ' ' && line[i-2] == ' ' {
				starts[i]++
			}
		}
	}
	columns := []int{0}
	for i, count := range starts {
		if count*2 > len(lines) && !slices.ContainsFunc(lines, func(line []rune) bool { return crosses(line, i) }) {
			columns = append(columns, i)
		}
	}
	if len(columns) == 1 {
		return nil
	}
	slices.Sort(columns)
	return columns
}

// crosses tells whether a line has text across the place where a column is to
// begin.
func crosses(line []rune, at int) bool { return at <= len(line) && line[at-1] != ' ' }

// columnsOf cuts a line where columns begin. A line with text across such a
// place is cut where two spaces are.
func columnsOf(line string, columns []int, fields []string) []string {
	text := []rune(strings.TrimRight(line, " "))
	for _, at := range columns[1:] {
		if crosses(text, at) {
			return append(fields, wide2.Split(strings.TrimSpace(line), -1)...)
		}
	}
	for i, at := range columns {
		if at >= len(text) && i > 0 {
			break
		}
		end := len(text)
		if i+1 < len(columns) {
			end = min(end, columns[i+1])
		}
		fields = append(fields, strings.TrimSpace(string(text[min(at, end):end])))
	}
	return fields
}

var wide2 = regexp.MustCompile(` {2,}`)
