package sheet

import (
	"strings"

	"rollcall/campaign"
)

// maxStrings is how many bytes the shared strings of a workbook may take.
const maxStrings = 256 << 20

// chunkSize is how many bytes of shared strings are kept in one piece. The last
// string of a chunk goes beyond.
const chunkSize = 1 << 20

// sharedStrings are the texts that cells refer to by their index (ECMA-376
// 18.4), in few large pieces: there may be millions of them.
type sharedStrings struct {
	chunks []string
	// at is where each begins: the number of its chunk, and below that 20 bits
	// of the offset in it.
	at []uint32
	// err is why there are no more of them. It does no harm to rows that do
	// not ask for one.
	err error

	size    int
	filling strings.Builder
}

// read reads the part of the shared strings, as far as it is whole.
func (s *sharedStrings) read(l *lexer) error {
	var text []byte
	for {
		kind, err := l.next()
		if err != nil {
			return err
		}
		switch {
		case kind == tokenEOF:
			return nil
		case kind != tokenStart:
		case l.depth() == 1 && string(l.local()) != "sst":
			return errRoot
		case l.depth() != 2:
		case string(l.local()) != "si":
			if err := l.skip(); err != nil {
				return err
			}
		default:
			if text, err = l.rich(text[:0]); err != nil {
				return err
			}
			if err := s.add(text); err != nil {
				return err
			}
		}
	}
}

func (s *sharedStrings) add(text []byte) error {
	s.size += len(text) + 4
	if s.size > maxStrings {
		return &campaign.FileError{Fault: campaign.FaultTooLarge}
	}
	if err := readable(text); err != nil {
		return err
	}
	if s.filling.Len() >= chunkSize {
		s.seal()
	}
	if s.filling.Cap() == 0 && len(s.chunks) > 0 {
		s.filling.Grow(chunkSize + chunkSize/16)
	}
	s.at = append(s.at, uint32(len(s.chunks))<<20|uint32(s.filling.Len()))
	s.filling.Write(text)
	return nil
}

// seal ends the chunk that is being filled.
func (s *sharedStrings) seal() {
	s.chunks = append(s.chunks, s.filling.String())
	s.filling = strings.Builder{}
}

// text returns the string of an index.
func (s *sharedStrings) text(index int) (string, bool) {
	if index < 0 || index >= len(s.at) {
		return "", false
	}
	at := s.at[index]
	text := s.chunks[at>>20][at&(chunkSize-1):]
	if index+1 < len(s.at) {
		if following := s.at[index+1]; following>>20 == at>>20 {
			text = text[:following-at]
		}
	}
	return text, true
}

// rich appends the text of the string item that has just begun (18.4.8), plain
// or of runs, without its phonetics.
func (l *lexer) rich(dst []byte) ([]byte, error) {
	from := len(dst)
	for depth := l.depth(); ; {
		kind, err := l.next()
		if err != nil {
			return dst, err
		}
		if kind == tokenEnd && l.depth() < depth {
			return unescapeCells(dst, from), nil
		}
		if kind != tokenStart {
			continue
		}
		switch name := string(l.local()); {
		case name == "t":
			if dst, err = l.content(dst); err != nil {
				return dst, err
			}
		case name == "r" && l.depth() == depth+1:
		default:
			if err = l.skip(); err != nil {
				return dst, err
			}
		}
		if len(dst)-from > maxMarkup {
			return dst, errLongText
		}
	}
}
