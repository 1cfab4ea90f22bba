package sheet

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// texts holds many texts, side by side.
type texts struct {
	bytes []byte
	ends  []uint32
}

func (t *texts) add(text []byte) int {
	t.bytes = append(t.bytes, text...)
	t.ends = append(t.ends, uint32(len(t.bytes))) //nolint:gosec // a stream has at most maxXLS bytes, a text three times as many
	return len(t.ends) - 1
}

func (t *texts) get(i uint64) (string, bool) {
	if i >= uint64(len(t.ends)) {
		return "", false
	}
	start := uint32(0)
	if i > 0 {
		start = t.ends[i-1]
	}
	return string(t.bytes[start:t.ends[i]]), true
}

// spelling reads texts out of records: in Excel 97 and later UTF-16, whose
// upper bytes are left out where they are zero (MS-XLS 2.5.294), before that
// bytes of a code page.
type spelling struct {
	version int
	page    encoding.Encoding
	units   []uint16
	out     []byte
}

// pieces is the rest of a record that goes on in those after it (MS-XLS 2.1.4).
type pieces struct {
	b    *biff
	rest []byte
}

// more goes on to the next record once this one is used up.
func (p *pieces) more() error {
	for len(p.rest) == 0 {
		if p.b.following() != recContinue {
			return errRecord
		}
		if err := p.b.next(); err != nil {
			return err
		}
		p.rest = p.b.data
	}
	return nil
}

// number reads a number of n bytes.
func (p *pieces) number(n int) (int, error) {
	v := 0
	for i := range n {
		if err := p.more(); err != nil {
			return 0, err
		}
		v |= int(p.rest[0]) << (8 * i)
		p.rest = p.rest[1:]
	}
	return v, nil
}

func (p *pieces) skip(n int) error {
	for n > 0 {
		if err := p.more(); err != nil {
			return err
		}
		k := min(n, len(p.rest))
		p.rest, n = p.rest[k:], n-k
	}
	return nil
}

// text reads a text whose length stands before it in so many bytes. It is
// valid until the next call.
func (s *spelling) text(p *pieces, lengthBytes int) ([]byte, error) {
	count, err := p.number(lengthBytes)
	if err != nil {
		return nil, err
	}
	if s.version < biff8 {
		return s.bytes(p, count)
	}
	if count == 0 && len(p.rest) == 0 {
		return nil, nil // some writers leave the flags out
	}
	return s.unicode(p, count)
}

// unicode reads what follows the length: flags, and in the table of texts runs
// of formats and how it is pronounced, whose sizes stand before the characters
// and they themselves behind (MS-XLS 2.5.293).
func (s *spelling) unicode(p *pieces, count int) ([]byte, error) {
	flags, err := p.number(1)
	if err != nil {
		return nil, err
	}
	tail := 0
	if flags&8 != 0 {
		runs, err := p.number(2)
		if err != nil {
			return nil, err
		}
		tail += 4 * runs
	}
	if flags&4 != 0 {
		spoken, err := p.number(4)
		if err != nil {
			return nil, err
		}
		tail += spoken
	}
	if err := s.characters(p, count, flags&1 != 0); err != nil {
		return nil, err
	}
	s.out = appendUTF16(s.out[:0], s.units)
	return s.out, p.skip(tail)
}

// characters reads count of them into units. A record that they go on in says
// anew whether upper bytes are left out.
func (s *spelling) characters(p *pieces, count int, wide bool) error {
	s.units = s.units[:0]
	for len(s.units) < count {
		if len(p.rest) == 0 {
			flags, err := p.number(1)
			if err != nil {
				return err
			}
			wide = flags&1 != 0
			continue
		}
		if wide && len(p.rest) < 2 {
			return errRecord
		}
		s.some(p, count, wide)
	}
	return nil
}

// some takes what characters this record has.
func (s *spelling) some(p *pieces, count int, wide bool) {
	n := count - len(s.units)
	if wide {
		n = min(n, len(p.rest)/2)
		for i := range n {
			s.units = append(s.units, binary.LittleEndian.Uint16(p.rest[2*i:]))
		}
		p.rest = p.rest[2*n:]
		return
	}
	n = min(n, len(p.rest))
	for _, c := range p.rest[:n] {
		s.units = append(s.units, uint16(c))
	}
	p.rest = p.rest[n:]
}

func appendUTF16(out []byte, units []uint16) []byte {
	for i := 0; i < len(units); i++ {
		r := rune(units[i])
		if utf16.IsSurrogate(r) {
			low := rune(utf8.RuneError)
			if i+1 < len(units) {
				low = rune(units[i+1])
			}
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				i++
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

// bytes reads a text of a code page.
func (s *spelling) bytes(p *pieces, count int) ([]byte, error) {
	s.out = s.out[:0]
	for len(s.out) < count {
		if err := p.more(); err != nil {
			return nil, err
		}
		n := min(count-len(s.out), len(p.rest))
		s.out, p.rest = append(s.out, p.rest[:n]...), p.rest[n:]
	}
	page := s.page
	if page == nil {
		page = charmap.Windows1252
	}
	return page.NewDecoder().Bytes(s.out)
}

// codePage is the encoding of a CODEPAGE record (MS-XLS 2.4.52), that of
// Western Windows where it is not known.
func codePage(number int) encoding.Encoding {
	switch number {
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 852:
		return charmap.CodePage852
	case 855:
		return charmap.CodePage855
	case 866:
		return charmap.CodePage866
	case 874:
		return charmap.Windows874
	case 932:
		return japanese.ShiftJIS
	case 936:
		return simplifiedchinese.GBK
	case 949:
		return korean.EUCKR
	case 950:
		return traditionalchinese.Big5
	case 10000, 32768:
		return charmap.Macintosh
	case 10007:
		return charmap.MacintoshCyrillic
	}
	windows := []encoding.Encoding{
		charmap.Windows1250, charmap.Windows1251, charmap.Windows1252, charmap.Windows1253, charmap.Windows1254,
		charmap.Windows1255, charmap.Windows1256, charmap.Windows1257, charmap.Windows1258,
	}
	if number >= 1250 && number < 1250+len(windows) {
		return windows[number-1250]
	}
	return charmap.Windows1252
}
