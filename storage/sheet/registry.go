package sheet

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/campaign"
)

// This file reads files of numbers that must not be called and of nothing else:
// one number or range a line, and the two forms in which the national registry
// of the United States gives its lists out. As far as the Federal Trade
// Commission describes them (Telemarketer Access Information, "What kinds of
// files are downloaded?"), a full list as flat text has one telephone number a
// line, area code and number apart by a comma; a change list has several items
// a line, apart by commas; the other form is XML with tags. Which items those
// are is not published: what is not known is passed over, and a line is
// refused rather than guessed at.

// NumberRows gives the numbers of a file one after another. One goroutine uses
// it. Close ends it.
type NumberRows struct {
	ctx    context.Context //nolint:containedctx // ends the reading
	name   string
	file   *os.File
	size   int64
	count  *countingReader
	next   func() (campaign.NumberRow, error)
	read   int
	list   campaign.DoNotCallList
	areas  map[string]bool
	dated  bool // by its content
	change bool
}

// OpenNumbers begins to read a file of numbers. An error about the file is a
// [*campaign.FileError]. The context ends the reading.
func OpenNumbers(ctx context.Context, path string) (*NumberRows, error) {
	r, err := openNumbers(ctx, path)
	if err != nil {
		return nil, numbersFault(ctx, path, err)
	}
	return r, nil
}

func openNumbers(ctx context.Context, path string) (*NumberRows, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	r, err := numbersOf(ctx, path, f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return r, nil
}

func numbersOf(ctx context.Context, path string, f *os.File) (*NumberRows, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	r := &NumberRows{
		ctx: ctx, name: path, file: f, size: info.Size(), count: &countingReader{from: f}, areas: map[string]bool{},
		list: campaign.DoNotCallList{Kind: campaign.PlainList, File: path, Dated: dateOfName(path)},
	}
	if r.list.Dated.IsZero() {
		r.list.Dated = info.ModTime()
	}
	text := bufio.NewReaderSize(r.count, longestLine)
	head, err := text.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")) {
		_, _ = text.Discard(3) // they were peeked at
		head = head[3:]
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return nil, &campaign.FileError{Fault: campaign.FaultFormat, Kind: "a zip archive"}
	case bytes.IndexByte(head, 0) >= 0:
		return nil, &campaign.FileError{Fault: campaign.FaultFormat, Kind: "not a list of numbers"}
	case bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("<")):
		r.list.Kind = campaign.RegistryList
		r.next = r.xmlRows(text)
	default:
		r.next = r.textRows(text)
	}
	return r, nil
}

func numbersFault(ctx context.Context, path string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	fault := &campaign.FileError{Fault: campaign.FaultUnreadable, Err: err}
	if !errors.As(err, &fault) && errors.Is(err, os.ErrNotExist) {
		fault.Fault = campaign.FaultAbsent
	}
	fault.File = path
	return fault
}

// Next returns the next line that says something or should; io.EOF after the
// last one.
func (r *NumberRows) Next() (campaign.NumberRow, error) {
	if r.read++; r.read%1000 == 0 && r.ctx.Err() != nil {
		return campaign.NumberRow{}, r.ctx.Err()
	}
	row, err := r.next()
	if err != nil && !errors.Is(err, io.EOF) {
		return row, numbersFault(r.ctx, r.name, err)
	}
	if err == nil && row.Problem == nil {
		r.noteArea(row.Range)
	}
	return row, err
}

// noteArea notes the area code of North American numbers.
func (r *NumberRows) noteArea(n campaign.NumberRange) {
	if n.First/1_0000000000 != 1 || r.list.Kind != campaign.RegistryList {
		return
	}
	for area := n.First / 1_0000000 % 1000; area <= n.Last/1_0000000%1000; area++ {
		r.areas[strconv.FormatUint(area, 10)] = true
	}
}

// List returns what is known of the list: its kind, its file and its date; once
// Next has returned io.EOF, of a registry's list the area codes too.
func (r *NumberRows) List() campaign.DoNotCallList {
	l := r.list
	for area := range r.areas {
		l.Areas = append(l.Areas, area)
	}
	slices.Sort(l.Areas)
	return l
}

// Changes tells whether the file is about what changed since another one.
func (r *NumberRows) Changes() bool { return r.change }

// Done tells which part of the file was read, from 0 to 1.
func (r *NumberRows) Done() float64 {
	if r.size == 0 {
		return 1
	}
	return min(float64(r.count.n)/float64(r.size), 1)
}

// Close ends the reading.
func (r *NumberRows) Close() error { return r.file.Close() }

// countingReader counts what was read.
type countingReader struct {
	from io.Reader
	n    int64
}

// Read implements [io.Reader].
func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.n += int64(n)
	return n, err
}

// longestLine is how many bytes of a line are looked at.
const longestLine = 4096

// textRows gives the lines of a text.
func (r *NumberRows) textRows(text *bufio.Reader) func() (campaign.NumberRow, error) {
	number, first := 0, true
	return func() (campaign.NumberRow, error) {
		for {
			line, err := nextLine(text)
			if err != nil {
				return campaign.NumberRow{}, err
			}
			number++
			said := strings.TrimSpace(line)
			if comment, is := strings.CutPrefix(said, "#"); is {
				r.noteDate(comment)
				continue
			}
			heading := first && !strings.ContainsAny(said, "0123456789")
			if first = first && said == ""; said == "" || heading {
				continue
			}
			return r.textRow(number, said), nil
		}
	}
}

// nextLine returns a line, of a longer one its beginning.
func nextLine(text *bufio.Reader) (string, error) {
	line, err := text.ReadSlice('\n')
	said := string(line)
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = text.ReadSlice('\n')
	}
	if errors.Is(err, io.EOF) && said != "" {
		err = nil
	}
	return said, err
}

// textRow reads a line.
func (r *NumberRows) textRow(line int, said string) campaign.NumberRow {
	fields := strings.FieldsFunc(said, func(c rune) bool { return strings.ContainsRune(",;\t|", c) })
	for i := range fields {
		fields[i] = strings.Trim(strings.TrimSpace(fields[i]), `"'`)
	}
	row := campaign.NumberRow{Line: line}
	text, rest := said, []string(nil)
	if len(fields) > 0 {
		text, rest = fields[0], fields[1:]
	}
	if len(rest) > 0 && isDigits(text, 3) && isDigits(rest[0], 7) {
		r.list.Kind = campaign.RegistryList
		text, rest = text+rest[0], rest[1:]
	}
	for _, field := range rest {
		if drop, is := changeOf(field); is {
			r.change, row.Delete = true, drop
		}
	}
	var ok bool
	if row.Range, ok = ParseRange(text); !ok {
		row.Problem = &campaign.CellProblem{Row: line, Kind: campaign.ProblemInvalid, Value: said}
	}
	return row
}

// changeOf tells whether a word says that a number was added or deleted.
func changeOf(word string) (drop, is bool) {
	switch strings.ToLower(word) {
	case "a", "add", "added":
		return false, true
	case "d", "del", "delete", "deleted":
		return true, true
	default:
		return false, false
	}
}

func isDigits(text string, n int) bool {
	return len(text) == n && strings.Trim(text, "0123456789") == ""
}

// ParseRange reads one number or several that follow each other, as people
// write them: 3125550142, +44 20 7946 0000, +1312555 0100-0199,
// 3125550100-3125550199, 312-555-01xx. A number without a + is one of North
// America. An area code alone is none.
func ParseRange(text string) (campaign.NumberRange, bool) {
	text = strings.TrimSpace(text)
	if n, ok := wholeNumber(text); ok {
		return campaign.NumberRange{First: n, Last: n}, true
	}
	if open := strings.TrimRight(text, "xX*"); open != text {
		return openRange(open, len(text)-len(open))
	}
	text = strings.NewReplacer("–", "-", "..", "-").Replace(text)
	at := strings.LastIndexByte(text, '-')
	if at < 0 {
		return campaign.NumberRange{}, false
	}
	first, ok := wholeNumber(text[:at])
	if !ok {
		return campaign.NumberRange{}, false
	}
	last, ok := wholeNumber(text[at+1:])
	if end := digitsOf(text[at+1:]); !ok && end != "" && len(end) < 10 {
		power := uint64(1)
		for range end {
			power *= 10
		}
		tail, _ := strconv.ParseUint(end, 10, 64) // of less than ten digits
		last, ok = first-first%power+tail, true
	}
	return campaign.NumberRange{First: first, Last: last}, ok && last >= first && sameArea(first, last)
}

// sameArea tells whether two numbers are near enough to be the ends of a range.
func sameArea(first, last uint64) bool { return last-first < 10_000_000 }

// openRange is all numbers that begin so and have so many digits more.
func openRange(begin string, more int) (campaign.NumberRange, bool) {
	if more > 7 {
		return campaign.NumberRange{}, false
	}
	first, ok := wholeNumber(begin + strings.Repeat("0", more))
	last, _ := wholeNumber(begin + strings.Repeat("9", more))
	return campaign.NumberRange{First: first, Last: last}, ok && last >= first
}

// wholeNumber reads a number of all its digits.
func wholeNumber(text string) (uint64, bool) {
	digits := digitsOf(text)
	if digits == "" {
		return 0, false
	}
	_, foreign := strings.CutPrefix(strings.TrimSpace(text), "+")
	switch {
	case foreign && digits[0] == '1', !foreign && len(digits) == 11:
		if len(digits) != 11 || digits[0] != '1' {
			return 0, false
		}
	case !foreign && len(digits) == 10:
		digits = "1" + digits
	case !foreign || digits[0] == '0' || len(digits) < 7 || len(digits) > 15: // E.164, section 6
		return 0, false
	}
	if digits[0] == '1' && (digits[1] < '2' || digits[4] < '2') { // NANP: area and exchange begin with 2 to 9
		return 0, false
	}
	n, err := strconv.ParseUint(digits, 10, 64)
	return n, err == nil
}

// digitsOf takes out what people put between digits; nothing if there is more.
func digitsOf(text string) string {
	digits := make([]byte, 0, len(text))
	for i := range len(text) {
		switch c := text[i]; {
		case '0' <= c && c <= '9':
			digits = append(digits, c)
		case c == '+' && len(digits) > 0, strings.IndexByte(" +-.()/", c) < 0:
			return ""
		}
	}
	return string(digits)
}

// The ways in which files name their day.
var (
	yearFirst = regexp.MustCompile(`(?:^|\D)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?:\D|$)`)
	yearLast  = regexp.MustCompile(`(?:^|\D)(\d\d?)[-_./](\d\d?)[-_./](20\d\d)(?:\D|$)`) // month first, as in the United States
)

// dateOf finds a day in words, zero if there is none.
func dateOf(words string) time.Time {
	var y, m, d string
	if found := yearFirst.FindStringSubmatch(words); found != nil {
		y, m, d = found[1], found[2], found[3]
	} else if found := yearLast.FindStringSubmatch(words); found != nil {
		m, d, y = found[1], found[2], found[3]
	} else {
		return time.Time{}
	}
	day, err := time.Parse("2006-1-2", y+"-"+strings.TrimPrefix(m, "0")+"-"+strings.TrimPrefix(d, "0"))
	if err != nil {
		return time.Time{}
	}
	return day
}

func dateOfName(path string) time.Time { return dateOf(filepath.Base(path)) }

// noteDate takes the date of the list from its content, the first one there is.
func (r *NumberRows) noteDate(words string) {
	if day := dateOf(words); !day.IsZero() && !r.dated {
		r.list.Dated, r.dated = day, true
	}
}
