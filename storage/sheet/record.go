package sheet

import (
	"bytes"
	"errors"
	"io"

	"rollcall/campaign"
)

// Limits on one record. What is quoted and does not end within maxQuoted was
// not meant so: its quote is a stray one. A record that maxRecord does not hold
// is no row of a list. So many zero bytes in a row are what a disk leaves where
// text was never written.
const (
	maxQuoted = 64 << 10
	maxRecord = 1 << 20
	maxZeros  = 64
	window    = 256 << 10 // bytes read at a time
)

// records reads separated values (RFC 4180) as they are found: lines end in
// CR, LF or both, and a quote that is out of place is taken as it stands and
// recorded. Nothing stops it but the end, and what is too large for a list.
type records struct {
	in    io.Reader // UTF-8, with mistakes
	comma []byte    // empty: a line is one field
	plain bool      // quotes are text
	fixed []int     // where columns begin, of lines that are not separated

	class  [256]byte
	buf    []byte // from and to are the part of it that is still to be read
	from   int
	to     int
	ended  bool // nothing follows buf
	used   int  // bytes of records that were given
	wasted int  // bytes looked through for the end of a quotation in vain

	text   []byte // the fields of a record, one after another
	ends   []int  // where each ends
	fields []string
	seen   byte // classes of bytes in the record
	stray  []strayQuote
}

// strayQuote is a field with quotes that are out of place.
type strayQuote struct {
	column     int // from 0
	raw, value string
}

// Classes of bytes.
const (
	classEnd   byte = 1 << iota // a line or a field may end here
	classQuote                  // "
	classZero                   // a zero byte
	classHigh                   // not ASCII
)

// newRecords reads with a buffer of a size, to begin with.
func newRecords(in io.Reader, comma string, size int) *records {
	r := &records{in: in, comma: []byte(comma), buf: make([]byte, size)}
	for i := 0x80; i <= 0xFF; i++ {
		r.class[i] = classHigh
	}
	r.class[0], r.class['"'] = classZero, classQuote
	r.class['\r'], r.class['\n'] = classEnd, classEnd
	if comma != "" {
		r.class[comma[0]] |= classEnd
	}
	return r
}

// next returns the fields of the next record, io.EOF after the last. The slice
// is valid until the next call, its strings stay.
func (r *records) next() ([]string, error) {
	for {
		size, known := r.parse(r.buf[r.from:r.to])
		if len(r.ends) > maxColumns {
			return nil, &campaign.FileError{Fault: campaign.FaultTooLarge}
		}
		if known {
			return r.give(size)
		}
		if err := r.fill(); err != nil {
			return nil, err
		}
	}
}

// give takes a record that was parsed off the buffer.
func (r *records) give(size int) ([]string, error) {
	raw := r.buf[r.from : r.from+size]
	r.from += size
	r.used += size
	if size == 0 || r.ended && r.from == r.to && string(raw) == "\x1A" { // CP/M's end of a file
		return nil, io.EOF
	}
	if r.seen&classZero != 0 && bytes.Contains(raw, make([]byte, maxZeros)) {
		return nil, damage("zeros stand where text should be")
	}
	text, from := string(r.text), 0
	r.fields = r.fields[:0]
	for _, end := range r.ends {
		r.fields = append(r.fields, text[from:end])
		from = end
	}
	if r.fixed != nil {
		r.fields = columnsOf(r.fields[0], r.fixed, r.fields[:0])
	}
	return r.fields, nil
}

// fill reads more into the buffer.
func (r *records) fill() error {
	r.to = copy(r.buf, r.buf[r.from:r.to])
	r.from = 0
	if r.to == len(r.buf) {
		if len(r.buf) >= maxRecord {
			return &campaign.FileError{Fault: campaign.FaultTooLarge}
		}
		r.buf = append(r.buf, make([]byte, len(r.buf))...)
	}
	n, err := io.ReadFull(r.in, r.buf[r.to:])
	r.to += n
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		r.ended = true
		return nil
	}
	return err
}

// more is where a field ends that is longer than what was read.
const more = -1

// parse reads the record at the beginning of b and returns its size, with the
// end of its line. It is not known where b ends too early to tell.
func (r *records) parse(b []byte) (size int, known bool) {
	r.text, r.ends, r.stray, r.seen = r.text[:0], r.ends[:0], r.stray[:0], 0
	for i := 0; len(r.ends) <= maxColumns; i += len(r.comma) {
		if i = r.field(b, i); i == more {
			return 0, false
		}
		r.ends = append(r.ends, len(r.text))
		switch {
		case i == len(b):
			return i, r.ended
		case b[i] == '\n':
			return i + 1, true
		case b[i] == '\r' && i+1 < len(b) && b[i+1] == '\n':
			return i + 2, true
		case b[i] == '\r':
			return i + 1, i+1 < len(b) || r.ended
		}
	}
	return 0, false
}

// endsAt tells whether a field ends at i.
func (r *records) endsAt(b []byte, i int) bool {
	if i >= len(b) {
		return true
	}
	return b[i] == '\r' || b[i] == '\n' || len(r.comma) > 0 && bytes.HasPrefix(b[i:], r.comma)
}

// field reads up to the separator or the end of the line, which it returns.
func (r *records) field(b []byte, start int) int {
	i := start
	if !r.plain {
		i = r.blanks(b, start)
		if i < len(b) && b[i] == '"' {
			if end, meant := r.quoted(b, start, i+1); meant {
				return end
			}
		}
		i = start
	}
	seen := byte(0)
	for ; i < len(b); i++ {
		if class := r.class[b[i]]; class != 0 {
			if class&classEnd != 0 && r.endsAt(b, i) {
				break
			}
			seen |= class
		}
	}
	if i+len(r.comma) > len(b) && !r.ended {
		return more
	}
	r.seen |= seen
	r.text = append(r.text, b[start:i]...)
	if seen&classQuote != 0 && !r.plain {
		r.strayIn(b[start:i], b[start:i])
	}
	return i
}

// blanks returns where the spaces at i end. They may surround a quotation,
// unless they separate.
func (r *records) blanks(b []byte, i int) int {
	for i < len(b) && b[i] == ' ' && !bytes.HasPrefix(r.comma, []byte(" ")) {
		i++
	}
	return i
}

// quoted reads a quoted field that begins at start and whose text begins at i.
// It is meant as one if its end was found, which is returned. A single quote
// inside counts as text on the line on which the field began; further down, or
// where another field seems to begin with it, it shows that the first one was
// not meant to open anything.
func (r *records) quoted(b []byte, start, i int) (end int, meant bool) {
	mark, text, limit := len(r.text), i, i+r.reach()
	opening := false // a separator came last
	clean := true    // all quotes were doubled
	for {
		run := bytes.IndexByte(b[i:min(limit, len(b))], '"')
		if run < 0 {
			break
		}
		opening = r.opens(b[i:i+run], opening)
		r.text = append(r.text, b[i:i+run]...)
		i += run + 1
		after := r.blanks(b, i)
		switch {
		case after+max(1, len(r.comma)) > len(b) && !r.ended:
			return more, true
		case i < len(b) && b[i] == '"':
			i++
			opening = false
		case r.endsAt(b, after):
			r.seen |= classesOf(r.text[mark:], &r.class)
			if !clean {
				r.strayIn(b[start:after], r.text[mark:])
			}
			return after, true
		case opening || bytes.ContainsAny(b[text:i], "\r\n"):
			r.wasted += i - text
			r.text = r.text[:mark]
			return 0, false
		default:
			clean, opening = false, false
		}
		r.text = append(r.text, '"')
	}
	if limit > len(b) && !r.ended {
		return more, true
	}
	r.wasted += min(limit, len(b)) - text
	r.text = r.text[:mark]
	return 0, false
}

// reach is how far the end of a quotation is looked for. A text made so that
// each quote is looked behind in vain would take a time that grows with its
// square.
func (r *records) reach() int {
	if r.wasted > 16*r.used+maxRecord {
		return maxQuoted / 128
	}
	return maxQuoted
}

// opens tells whether a separator and no more than spaces come before the end
// of a run of text.
func (r *records) opens(run []byte, before bool) bool {
	text := bytes.TrimRight(run, " ")
	if len(text) == 0 {
		return before
	}
	return len(r.comma) > 0 && bytes.HasSuffix(text, r.comma)
}

func classesOf(text []byte, class *[256]byte) (seen byte) {
	for _, c := range text {
		seen |= class[c]
	}
	return seen
}

func (r *records) strayIn(raw, value []byte) {
	r.stray = append(r.stray, strayQuote{column: len(r.ends), raw: string(raw), value: string(value)})
}
