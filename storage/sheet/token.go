package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// Limits on the XML of a workbook. A cell has at most 32767 characters.
const (
	maxMarkup = 1 << 20 // bytes of a tag, a text, a comment
	maxDepth  = 64      // elements in each other
)

// lexer takes XML apart (XML 1.0, without a document type): it is about ten
// times as fast as encoding/xml, because what it finds is not copied but
// points into its buffer. It refuses tags that do not match, but leaves
// namespaces alone: who reads goes by local names, as the two namespaces of
// ECMA-376 (transitional, strict) have the same ones.
type lexer struct {
	r        io.Reader
	buf      []byte
	pos, end int
	open     []byte // names of the open elements, one after another
	starts   []int  // where each begins
	closing  bool   // <a/>: its end is to be told yet
	begun    bool   // there was an element
	unicode  bool   // what is declared about the encoding is obsolete

	name  []byte // of the element, with its prefix
	attrs []byte // of a start
	text  []byte // of a text, entities as they stand
	plain bool   // the text is CDATA and has none
}

// token is what a lexer finds.
type token byte

const (
	tokenEnd   token = iota // end of an element
	tokenStart              // start of an element
	tokenText               // text in between
	tokenEOF                // end of a document that is whole
)

var (
	errLongText = errors.New("a text is longer than a cell can hold")
	errDTD      = errors.New("it has a document type")
	errDepth    = errors.New("elements in elements without end")
	errEntity   = errors.New("an entity that is not known")
	errTag      = errors.New("a tag that is none")
)

// newLexer reads with a buffer of a size.
func newLexer(r io.Reader, size int) *lexer {
	return &lexer{r: r, buf: make([]byte, size)}
}

// more reads on. What is in the buffer already may move.
func (l *lexer) more() error {
	if l.pos > 0 {
		l.end = copy(l.buf, l.buf[l.pos:l.end])
		l.pos = 0
	}
	if l.end == len(l.buf) {
		if len(l.buf) >= maxMarkup {
			return errLongText
		}
		grown := make([]byte, min(2*len(l.buf), maxMarkup))
		copy(grown, l.buf)
		l.buf = grown
	}
	for range 100 {
		n, err := l.r.Read(l.buf[l.end:])
		l.end += n
		if n > 0 {
			return nil // an error comes again
		}
		if err != nil {
			return err
		}
	}
	return io.ErrNoProgress
}

// next goes on to the next token.
func (l *lexer) next() (token, error) {
	if l.closing {
		l.closing = false
		l.pop()
		return tokenEnd, nil
	}
	for {
		if l.pos == l.end {
			if err := l.more(); err != nil {
				return l.eof(err)
			}
		}
		if !l.begun && !l.unicode {
			if err := l.begin(); err != nil {
				return tokenEOF, err
			}
		}
		if l.buf[l.pos] != '<' {
			return l.characters()
		}
		kind, found, err := l.markup()
		if found || err != nil {
			return kind, err
		}
	}
}

// eof is the end of what can be read: of the document, if it is whole.
func (l *lexer) eof(err error) (token, error) {
	switch {
	case !errors.Is(err, io.EOF):
		return tokenEOF, err
	case !l.begun:
		return tokenEOF, errors.New("it is empty")
	case len(l.starts) > 0:
		return tokenEOF, fmt.Errorf("it ends without </%s>", l.top())
	default:
		return tokenEOF, nil
	}
}

// begin looks at the first bytes for UTF-16 and byte order marks (XML 1.0,
// appendix F).
func (l *lexer) begin() error {
	l.unicode = true
	for l.end-l.pos < 4 {
		if err := l.more(); err != nil {
			break // shorter than that: it is no document
		}
	}
	head := l.buf[l.pos:l.end]
	switch {
	case bytes.HasPrefix(head, []byte(utf8BOM)):
		l.pos += len(utf8BOM)
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("<\x00")):
		l.decode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))
	case bytes.HasPrefix(head, []byte("\xFE\xFF")), bytes.HasPrefix(head, []byte("\x00<")):
		l.decode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM))
	default:
		l.unicode = false
		return nil
	}
	if l.pos == l.end {
		return l.more()
	}
	return nil
}

// decode reads on in another encoding.
func (l *lexer) decode(e encoding.Encoding) {
	rest := bytes.Clone(l.buf[l.pos:l.end])
	l.pos, l.end = 0, 0
	l.r = e.NewDecoder().Reader(io.MultiReader(bytes.NewReader(rest), l.r))
	l.unicode = true
}

// characters reads text up to the next tag.
func (l *lexer) characters() (token, error) {
	for from := 0; ; {
		i := bytes.IndexByte(l.buf[l.pos+from:l.end], '<')
		if i >= 0 {
			l.text, l.plain = l.buf[l.pos:l.pos+from+i], false
			l.pos += from + i
			break
		}
		from = l.end - l.pos
		if err := l.more(); err != nil {
			if errors.Is(err, io.EOF) && len(l.starts) == 0 && blank(l.buf[l.pos:l.end]) {
				l.pos = l.end
			}
			return l.eof(err)
		}
	}
	if len(l.starts) == 0 && !blank(l.text) {
		return tokenText, errors.New("text outside of the document")
	}
	return tokenText, nil
}

// markup reads what begins with a <. Nothing is found in comments and
// instructions.
func (l *lexer) markup() (kind token, found bool, err error) {
	if l.end-l.pos < 2 {
		if err := l.more(); err != nil {
			return tokenEOF, false, unfinished(err)
		}
	}
	switch l.buf[l.pos+1] {
	case '/':
		return tokenEnd, true, l.endTag()
	case '?':
		return tokenEOF, false, l.instruction()
	case '!':
		return l.special()
	default:
		return tokenStart, true, l.startTag()
	}
}

func unfinished(err error) error {
	if errors.Is(err, io.EOF) {
		return errors.New("it ends in the middle of a tag")
	}
	return err
}

// until reads up to a mark and returns what stands before it.
func (l *lexer) until(mark string) ([]byte, error) {
	for from := 0; ; {
		if i := bytes.Index(l.buf[l.pos+from:l.end], []byte(mark)); i >= 0 {
			content := l.buf[l.pos : l.pos+from+i]
			l.pos += from + i + len(mark)
			return content, nil
		}
		from = max(0, l.end-l.pos-len(mark))
		if err := l.more(); err != nil {
			return nil, unfinished(err)
		}
	}
}

// instruction reads <?…?>, of which <?xml encoding="…"?> has a meaning.
func (l *lexer) instruction() error {
	content, err := l.until("?>")
	if err != nil || l.begun || l.unicode || !bytes.HasPrefix(content, []byte("<?xml")) {
		return err
	}
	l.unicode = true
	label := attribute(content[len("<?xml"):], "encoding")
	switch strings.ToLower(label) {
	case "", "utf-8", "utf8", "us-ascii", "utf-16":
		return nil
	}
	e, err := htmlindex.Get(label)
	if err != nil {
		return fmt.Errorf("its encoding %q is not known", label)
	}
	l.decode(e)
	return nil
}

// special reads <!…: a comment or CDATA.
func (l *lexer) special() (token, bool, error) {
	const comment, cdata = "<!--", "<![CDATA["
	for l.end-l.pos < len(cdata) {
		if err := l.more(); err != nil {
			return tokenEOF, false, unfinished(err)
		}
	}
	head := l.buf[l.pos:l.end]
	switch {
	case bytes.HasPrefix(head, []byte(comment)):
		l.pos += len(comment)
		_, err := l.until("-->")
		return tokenEOF, false, err
	case bytes.HasPrefix(head, []byte(cdata)) && len(l.starts) > 0:
		l.pos += len(cdata)
		text, err := l.until("]]>")
		l.text, l.plain = text, true
		return tokenText, true, err
	default:
		return tokenEOF, false, errDTD
	}
}

func (l *lexer) endTag() error {
	if len(l.starts) > 0 { // most are as expected, and in the buffer
		top, rest := l.top(), l.buf[l.pos+2:l.end]
		if n := len(top); len(rest) > n && rest[n] == '>' && string(rest[:n]) == string(top) {
			l.name = rest[:n]
			l.pos += n + len("</>")
			l.pop()
			return nil
		}
	}
	content, err := l.until(">")
	if err != nil {
		return err
	}
	l.name = bytes.TrimRight(content[2:], " \t\r\n")
	if len(l.starts) == 0 || !bytes.Equal(l.name, l.top()) {
		return fmt.Errorf("</%.40s> closes what is not open", l.name)
	}
	l.pop()
	return nil
}

func (l *lexer) startTag() error {
	content, err := l.tag()
	if err != nil {
		return err
	}
	if n := len(content); n > 0 && content[n-1] == '/' {
		l.closing, content = true, content[:n-1]
	}
	i := 0
	for i < len(content) && content[i] > ' ' {
		i++
	}
	l.name, l.attrs = content[:i], content[i:]
	switch {
	case i == 0 || !letter(content[0]) && content[0] != '_' && content[0] < 0x80:
		return errTag
	case len(l.starts) == 0 && l.begun:
		return errors.New("a second document follows")
	case len(l.starts) == maxDepth:
		return errDepth
	}
	l.begun = true
	l.starts = append(l.starts, len(l.open))
	l.open = append(l.open, l.name...)
	return nil
}

// tag returns what stands between < and >; in quotes the latter is a letter.
func (l *lexer) tag() ([]byte, error) {
	quote := byte(0)
	for i := 1; ; {
		for ; i < l.end-l.pos; i++ {
			switch b := l.buf[l.pos+i]; {
			case b == quote:
				quote = 0
			case quote != 0:
			case b == '>':
				content := l.buf[l.pos+1 : l.pos+i]
				l.pos += i + 1
				return content, nil
			case b == '"' || b == '\'':
				quote = b
			case b == '<':
				return nil, errTag
			}
		}
		if err := l.more(); err != nil {
			return nil, unfinished(err)
		}
	}
}

func (l *lexer) depth() int  { return len(l.starts) }
func (l *lexer) top() []byte { return l.open[l.starts[len(l.starts)-1]:] }

func (l *lexer) pop() {
	last := len(l.starts) - 1
	l.open, l.starts = l.open[:l.starts[last]], l.starts[:last]
}

// local is the element's name without its prefix.
func (l *lexer) local() []byte {
	if i := bytes.IndexByte(l.name, ':'); i >= 0 {
		return l.name[i+1:]
	}
	return l.name
}

// attr returns an attribute of a start, by its local name, empty if there is
// none.
func (l *lexer) attr(name string) string { return attribute(l.attrs, name) }

// skip goes on to the end of the element that has just begun.
func (l *lexer) skip() error {
	for depth := l.depth(); l.depth() >= depth; {
		if _, err := l.next(); err != nil {
			return err
		}
	}
	return nil
}

// content appends the text of the element that has just begun, up to its end.
func (l *lexer) content(dst []byte) ([]byte, error) {
	from := len(dst)
	for depth := l.depth(); ; {
		kind, err := l.next()
		switch {
		case err != nil:
			return dst, err
		case kind == tokenEnd && l.depth() < depth:
			return dst, nil
		case kind == tokenText && l.depth() == depth:
			if dst, err = l.appendText(dst); err != nil {
				return dst, err
			}
		}
		if len(dst)-from > maxMarkup {
			return dst, errLongText
		}
	}
}

// appendText appends the text that was found, its entities resolved.
func (l *lexer) appendText(dst []byte) ([]byte, error) {
	if l.plain {
		return append(dst, l.text...), nil
	}
	return unescape(dst, l.text)
}
