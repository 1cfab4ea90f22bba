package sheet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"rollcall/campaign"
)

const (
	utf8Name    campaign.Encoding = "utf-8"
	utf16little campaign.Encoding = "utf-16le"
	utf16big    campaign.Encoding = "utf-16be"
	western     campaign.Encoding = "windows-1252"

	utf8BOM = "\xEF\xBB\xBF"
)

// decoded is a text in UTF-8, as far as it is valid in its encoding.
type decoded struct {
	io.Reader
	encoding campaign.Encoding
	measure  *measure
}

// measure is a file that tells which part of it was read.
type measure struct {
	file       io.Reader
	read, size int64
}

func (m *measure) Read(p []byte) (int, error) {
	n, err := m.file.Read(p)
	m.read += int64(n)
	return n, err
}

func (m *measure) done() float64 {
	if m.size == 0 {
		return 1
	}
	return min(1, float64(m.read)/float64(m.size))
}

// reader begins to read the file anew.
func (in *input) reader() (*measure, error) {
	info, err := in.file.Stat()
	if err != nil {
		return nil, err
	}
	size := info.Size()
	return &measure{file: contextReader{in.ctx, io.NewSectionReader(in.file, 0, size)}, size: size}, nil
}

// letters reads the file in the encoding that was asked for; else in the one
// its first bytes show, or it declares, or that fits what it holds. What is
// declared is asked for the first bytes and may be nil, or answer nothing.
func (in *input) letters(declared func(head []byte) string) (*decoded, error) {
	name, err := in.encoding(declared)
	if err != nil {
		return nil, err
	}
	file, err := in.reader()
	if err != nil {
		return nil, err
	}
	e := encodingOf(name)
	if e == nil {
		return nil, &campaign.FileError{Fault: campaign.FaultFormat, Kind: "text in " + string(name) + ", an encoding that is not known"}
	}
	d := &decoded{Reader: file, encoding: name, measure: file}
	if name != utf8Name {
		d.Reader = e.NewDecoder().Reader(file)
		return d, nil
	}
	mark := make([]byte, len(utf8BOM))
	n, err := io.ReadFull(file, mark)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	d.Reader = io.MultiReader(bytes.NewReader(bytes.TrimPrefix(mark[:n], []byte(utf8BOM))), file)
	return d, nil
}

func (in *input) encoding(declared func(head []byte) string) (campaign.Encoding, error) {
	if in.how.Encoding != "" {
		return canonical(string(in.how.Encoding)), nil
	}
	head := make([]byte, 8<<10)
	n, err := in.file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	head = head[:n]
	if name := marked(head); name != "" {
		return name, nil
	}
	if declared != nil {
		if name := canonical(declared(head)); encodingOf(name) != nil {
			return name, nil
		}
	}
	file, err := in.reader()
	if err != nil {
		return "", err
	}
	s := survey{}
	if err := s.take(file, min(window, file.size+1)); err != nil {
		return "", err
	}
	return s.encoding(), nil
}

// marked recognises an encoding by its byte order mark, and UTF-16 by where
// its zeros are; empty if the text is something else.
func marked(head []byte) campaign.Encoding {
	switch {
	case bytes.HasPrefix(head, []byte(utf8BOM)):
		return utf8Name
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		return utf16little
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return utf16big
	}
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	enough := len(head) / 20
	switch {
	case zeros[1] > enough && zeros[0]*10 <= zeros[1]:
		return utf16little
	case zeros[0] > enough && zeros[1]*10 <= zeros[0]:
		return utf16big
	default:
		return ""
	}
}

// canonical is the name of an encoding as [campaign.Encodings] has it, where
// it is there by another name.
func canonical(name string) campaign.Encoding {
	name = strings.ToLower(strings.TrimSpace(name))
	switch name {
	case "cp850", "850":
		return "ibm850"
	case "utf-16", "unicode":
		return utf16little
	case "gb2312", "gbk", "cp936":
		return "gb18030"
	}
	if e, err := htmlindex.Get(name); err == nil {
		if known, err := htmlindex.Name(e); err == nil {
			return campaign.Encoding(known)
		}
	}
	return campaign.Encoding(name)
}

// encodingOf returns how an encoding is read, nil if it is not known.
func encodingOf(name campaign.Encoding) encoding.Encoding {
	switch name {
	case utf16little: // a mark that says otherwise is believed
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case utf16big:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case "ibm850":
		return charmap.CodePage850
	case "macintosh":
		return charmap.Macintosh
	case "shift_jis":
		return japanese.ShiftJIS
	case "gb18030":
		return simplifiedchinese.GB18030
	case "big5":
		return traditionalchinese.Big5
	case "euc-kr":
		return korean.EUCKR
	}
	e, err := htmlindex.Get(string(name))
	if err != nil {
		return nil
	}
	return e
}

// How much of what is not ASCII decides about an encoding.
const (
	evidence = 64 << 10 // bytes of fields
	certain  = 4 << 10  // characters that are valid UTF-8, none that is not
)

// survey is what is found in a text above ASCII.
type survey struct {
	good   int    // characters above ASCII, were it UTF-8
	bad    int    // bytes that are none
	fields []byte // that have them, a line each
	blank  int    // line ends since the last that was something else
	long   int    // bytes since the last end of a line
}

// take looks through a text until enough is known, or to its end. One whose
// lines are without end, or are nothing but ends, is refused here.
func (s *survey) take(r io.Reader, size int64) error {
	buf, kept := make([]byte, size), 0
	for len(s.fields) < evidence && (s.good < certain || s.bad > 0) {
		n, err := io.ReadFull(r, buf[kept:])
		chunk := buf[:kept+n]
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return err
		}
		if err == nil {
			chunk = wholeFields(chunk)
		}
		s.add(chunk)
		if s.long > 2*maxRecord || s.blank > 2*maxRows {
			return &campaign.FileError{Fault: campaign.FaultTooLarge}
		}
		if err != nil {
			return nil
		}
		kept = copy(buf, buf[len(chunk):kept+n])
	}
	return nil
}

// wholeFields cuts a field off the end that may go on in the next chunk.
func wholeFields(chunk []byte) []byte {
	if end := bytes.LastIndexAny(chunk[len(chunk)-lookBack:], fieldEnds); end >= 0 {
		return chunk[:len(chunk)-lookBack+end+1]
	}
	return chunk
}

// lookBack is where the end of a field is looked for, from the end of a chunk.
const lookBack = 1 << 10

// fieldEnds are what fields end with that is no part of a character in any
// encoding.
const fieldEnds = "\r\n,;\t\"<>"

func (s *survey) add(chunk []byte) {
	if end := bytes.LastIndexAny(chunk, "\r\n"); end >= 0 {
		s.long = len(chunk) - end
	} else {
		s.long += len(chunk)
	}
	if text := len(bytes.TrimRight(chunk, "\r\n")); text > 0 {
		s.blank = len(chunk) - text
	} else {
		s.blank += len(chunk)
	}
	for i := ascii(chunk); i < len(chunk); i += ascii(chunk[i:]) {
		begin := bytes.LastIndexAny(chunk[:i], fieldEnds) + 1
		end := bytes.IndexAny(chunk[i:], fieldEnds)
		if end < 0 {
			end = len(chunk) - i
		}
		s.field(chunk[begin : i+end])
		i += end
	}
}

func (s *survey) field(f []byte) {
	if len(s.fields) < evidence {
		s.fields = append(append(s.fields, f[:min(len(f), 1<<10)]...), '\n')
	}
	for len(f) > 0 {
		r, size := utf8.DecodeRune(f)
		switch {
		case r == utf8.RuneError && size == 1:
			s.bad++
		case size > 1:
			s.good++
		}
		f = f[size:]
	}
}

// ascii returns how many bytes at the beginning are ASCII.
func ascii(p []byte) int {
	i := 0
	for ; i+8 <= len(p); i += 8 {
		if binary.LittleEndian.Uint64(p[i:])&0x8080808080808080 != 0 {
			break
		}
	}
	for i < len(p) && p[i] < utf8.RuneSelf {
		i++
	}
	return i
}

// encoding decides: UTF-8 if that is valid but for a few bytes, else what fits.
func (s *survey) encoding() campaign.Encoding {
	if s.bad == 0 || s.good > 2*s.bad {
		return utf8Name
	}
	return guess(s.fields)
}
