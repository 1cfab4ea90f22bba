package sheet

import (
	"io"
	"strings"

	"rollcall/campaign"
)

// A quoted field that does not end within so many bytes was not meant as one:
// its quote is a stray one.
const maxQuoted = 64 << 10

// records reads separated values (RFC 4180) from text as it is found: lines
// end in CR, LF or both, a line sep=; may come first, and a quote that is out
// of place is taken as it stands and recorded. Nothing stops it but the end.
type records struct {
	text     string
	at       int
	comma    byte // zero: a line is one field
	number   int  // of the record being read, from 1
	problems []campaign.CellProblem
	columns  []int // of each problem, from 0
}

func newRecords(text string) *records {
	r := &records{text: text}
	if rest, found := cutFold(text, "sep="); found && rest != "" && strings.IndexByte("\r\n", rest[0]) < 0 {
		after := rest[1:]
		if after == "" || after[0] == '\r' || after[0] == '\n' {
			r.comma, r.text = rest[0], strings.TrimPrefix(strings.TrimPrefix(after, "\r"), "\n")
			return r
		}
	}
	r.comma = delimiter(text)
	return r
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// next returns the fields of the next record, io.EOF after the last.
func (r *records) next() ([]string, error) {
	if r.at >= len(r.text) {
		return nil, io.EOF
	}
	r.number++
	var fields []string
	for {
		fields = append(fields, r.field(len(fields)))
		switch {
		case r.at >= len(r.text):
			return fields, nil
		case r.comma != 0 && r.text[r.at] == r.comma:
			r.at++
		default:
			r.endLine()
			return fields, nil
		}
	}
}

func (r *records) endLine() {
	if r.text[r.at] == '\r' && r.at+1 < len(r.text) && r.text[r.at+1] == '\n' {
		r.at++
	}
	r.at++
}

// ends tells whether a field ends at i.
func (r *records) ends(i int) bool {
	if i >= len(r.text) {
		return true
	}
	c := r.text[i]
	return c == '\r' || c == '\n' || r.comma != 0 && c == r.comma
}

// field reads up to the separator or the end of the line.
func (r *records) field(column int) string {
	start := r.at
	for start < len(r.text) && r.text[start] == ' ' {
		start++
	}
	if start < len(r.text) && r.text[start] == '"' {
		if value, end, clean, whole := r.quoted(start + 1); whole {
			if !clean {
				r.stray(column, r.text[r.at:end], value)
			}
			r.at = end
			return value
		}
	}
	end := r.at
	for !r.ends(end) {
		end++
	}
	value := r.text[r.at:end]
	if strings.Contains(value, `"`) {
		r.stray(column, value, value)
	}
	r.at = end
	return value
}

// quoted reads a quoted field whose text begins at i. It is whole if its end
// was found, and clean if all quotes in it were doubled. A single quote inside
// counts as text on the line on which the field began; further down, or where
// another field seems to begin with it, it shows that the first one was not
// meant to open anything.
func (r *records) quoted(i int) (value string, end int, clean, whole bool) {
	var b strings.Builder
	limit := min(len(r.text), i+maxQuoted)
	crossed := false // the end of the line
	opening := false // a separator came last
	clean = true
	for i < limit {
		c := r.text[i]
		i++
		if c != '"' {
			crossed = crossed || c == '\n' || c == '\r'
			opening = opening && c == ' ' || c != 0 && c == r.comma
			b.WriteByte(c)
			continue
		}
		after := i
		for after < len(r.text) && r.text[after] == ' ' {
			after++
		}
		switch {
		case i < len(r.text) && r.text[i] == '"':
			b.WriteByte('"')
			i++
		case r.ends(after):
			return b.String(), after, clean, true
		case crossed || opening:
			return "", 0, false, false
		default:
			clean, opening = false, false
			b.WriteByte('"')
		}
	}
	return "", 0, false, false
}

func (r *records) stray(column int, raw, value string) {
	r.problems = append(r.problems, campaign.CellProblem{Row: r.number, Kind: campaign.ProblemQuote, Value: raw, Repair: value})
	r.columns = append(r.columns, column)
}

// Delimiters are told apart by this many records, in this much text.
const (
	delimiterRecords = 300
	delimiterBytes   = 256 << 10
)

// delimiter returns the one that splits most records into the same number of
// fields; of equals the one that gives more fields. Zero if none splits them.
func delimiter(text string) byte {
	sample := text
	if len(sample) > delimiterBytes {
		sample = sample[:delimiterBytes]
		if end := strings.LastIndexAny(sample, "\r\n"); end >= 0 {
			sample = sample[:end+1]
		}
	}
	var best byte
	top, fields := 0.0, 0
	for _, comma := range []byte{';', '\t', ',', '|'} {
		share, usual := consistency(&records{text: sample, comma: comma})
		if share > top || share == top && usual > fields {
			best, top, fields = comma, share, usual
		}
	}
	return best
}

// consistency returns which share of the records has the usual number of
// fields, and that number; nothing if records are usually not split.
func consistency(r *records) (share float64, usual int) {
	counts, total := map[int]int{}, 0
	for total < delimiterRecords {
		fields, err := r.next()
		if err != nil {
			break
		}
		if len(fields) == 1 && strings.TrimSpace(fields[0]) == "" {
			continue
		}
		counts[len(fields)]++
		total++
	}
	for n, count := range counts {
		if count > counts[usual] || count == counts[usual] && n > usual {
			usual = n
		}
	}
	if usual < 2 {
		return 0, 0
	}
	return float64(counts[usual]) / float64(total), usual
}
