package flow

import (
	"errors"
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode/utf8"

	"rollcall/gateway/vxml"
)

// This file replaces ${Column} in a document so that no cell, whatever it
// holds, can leave its place:
//
//   - in text and in most attributes it is XML text;
//   - in an attribute that is an address it is percent-encoded, so that it is
//     one segment of a path or one value of a query;
//   - in ECMAScript (expr, cond and the like, <script>) it is a part of the
//     string literal around it, or, without quotes around it, a literal of its
//     own: a number where the cell is a plain decimal number as ECMAScript
//     would write it, so 5 and -1.5 but not 007 or +1, else a string;
//   - comments, processing instructions and the document type are left alone.

// place is what kind of text a placeholder stands in.
type place int

const (
	inText place = iota
	inAddress
	inScript
)

// filler walks over a document. It knows just enough XML to tell the places
// apart; the parser has the last word on whether the document is well-formed.
type filler struct {
	src     string
	url     string
	at      int // offset of the next byte
	out     strings.Builder
	replace func(name string) (string, bool) // false: there is no such column
	within  []string                         // open elements
	lexer   lexer                            // of the <script> being read
	example bool                             // examples are filled in, by their place
	written bool                             // an attribute is being filled
	errs    []error
}

func fillText(src, url string, values Values) (string, error) {
	f := &filler{src: src, url: url, replace: func(name string) (string, bool) {
		v, ok := values[key(name)]
		return v, ok
	}}
	err := f.run()
	return f.out.String(), err
}

// used lists the names in src, in order of appearance.
func used(src, url string) ([]string, error) {
	var names []string
	seen := map[string]bool{}
	f := &filler{src: src, url: url, replace: func(name string) (string, bool) {
		if !seen[key(name)] {
			seen[key(name)] = true
			names = append(names, name)
		}
		return "1", true
	}}
	err := f.run()
	return names, err
}

func (f *filler) run() error {
	for f.at < len(f.src) {
		rest := f.src[f.at:]
		switch {
		case strings.HasPrefix(rest, "<!--"):
			f.copyTo("-->")
		case strings.HasPrefix(rest, "<![CDATA["):
			f.cdata()
		case strings.HasPrefix(rest, "<?"):
			f.copyTo("?>")
		case strings.HasPrefix(rest, "<!"):
			f.directive()
		case rest[0] == '<':
			f.tag()
		default:
			f.text()
		}
	}
	return errors.Join(f.errs...)
}

// copyTo copies up to the end mark, or all that is left without one.
func (f *filler) copyTo(end string) {
	n := strings.Index(f.src[f.at:], end)
	if n < 0 {
		f.copy(len(f.src) - f.at)
		return
	}
	f.copy(n + len(end))
}

func (f *filler) copy(n int) {
	f.out.WriteString(f.src[f.at : f.at+n])
	f.at += n
}

// directive copies <!DOCTYPE …>, which may hold brackets, quotes and comments.
func (f *filler) directive() {
	depth := 0
	for i := f.at; i < len(f.src); i++ {
		switch c := f.src[i]; c {
		case '<':
			if strings.HasPrefix(f.src[i:], "<!--") {
				comment, _, _ := strings.Cut(f.src[i:], "-->")
				i += len(comment) + 2
				continue
			}
			depth++
		case '>':
			if depth--; depth == 0 {
				f.copy(i + 1 - f.at)
				return
			}
		case '"', '\'':
			if n := strings.IndexByte(f.src[i+1:], c); n >= 0 {
				i += n + 1
			}
		}
	}
	f.copy(len(f.src) - f.at)
}

func (f *filler) contentPlace() place {
	if n := len(f.within); n > 0 && f.within[n-1] == "script" {
		return inScript
	}
	return inText
}

func (f *filler) text() {
	end := strings.IndexByte(f.src[f.at:], '<')
	if end < 0 {
		end = len(f.src) - f.at
	}
	raw := f.src[f.at : f.at+end]
	f.piece(raw, f.contentPlace(), escapeXML)
	f.at += end
}

// piece writes a run of text that holds entities, filled.
func (f *filler) piece(raw string, p place, escape func(string) string) {
	if !strings.Contains(raw, "{") && p != inScript {
		f.out.WriteString(raw)
		return
	}
	plain := html.UnescapeString(raw)
	filled, changed := f.fill(plain, p)
	if !changed {
		f.out.WriteString(raw) // as the author wrote it
		return
	}
	f.out.WriteString(escape(filled))
}

// cdata fills a CDATA section. Where a value would end it, it is divided.
func (f *filler) cdata() {
	const open, end = "<![CDATA[", "]]>"
	n := strings.Index(f.src[f.at:], end)
	if n < 0 {
		f.copy(len(f.src) - f.at)
		return
	}
	content := f.src[f.at+len(open) : f.at+n]
	filled, _ := f.fill(content, f.contentPlace())
	f.out.WriteString(open + strings.ReplaceAll(filled, end, "]]"+end+open+">") + end)
	f.at += n + len(end)
}

// tag copies a tag and fills its attributes.
func (f *filler) tag() {
	name := tagName.FindString(f.src[f.at+1:])
	closing := strings.HasPrefix(name, "/")
	f.copy(1 + len(name))
	for f.at < len(f.src) && f.src[f.at] != '>' {
		m := attribute.FindStringSubmatch(f.src[f.at:])
		if m == nil {
			f.copy(max(1, len(attributeName.FindString(f.src[f.at:]))))
			continue
		}
		f.attribute(m)
	}
	selfClosing := strings.HasSuffix(f.out.String()[max(0, f.out.Len()-1):], "/")
	if f.at < len(f.src) {
		f.copy(1)
	}
	f.nest(name, closing, selfClosing)
}

// nest keeps count of the open elements.
func (f *filler) nest(name string, closing, selfClosing bool) {
	switch {
	case closing && len(f.within) > 0:
		f.within = f.within[:len(f.within)-1]
	case !closing && !selfClosing:
		if i := strings.LastIndexByte(name, ':'); i >= 0 {
			name = name[i+1:]
		}
		f.within = append(f.within, name)
		f.lexer = lexer{}
	}
}

var (
	tagName       = regexp.MustCompile(`^/?[^\s/>"'=]*`)
	attributeName = regexp.MustCompile(`^[^\s/>"'=<]+`)
	attribute     = regexp.MustCompile(`^([^\s/>"'=<]+)(\s*=\s*)("[^"]*"|'[^']*')`)
)

func (f *filler) attribute(m []string) {
	f.copy(len(m[1]) + len(m[2]))
	raw, start := m[3][1:len(m[3])-1], f.at
	p := attributePlace(m[1])
	if p == inScript {
		f.lexer = lexer{}
	}
	f.at++ // the place that errors tell
	f.written = true
	defer func() { f.written = false }()
	f.out.WriteByte('"')
	// Written again within double quotes, whichever the author used.
	if !strings.Contains(raw, "{") {
		f.out.WriteString(strings.ReplaceAll(raw, `"`, "&quot;"))
	} else {
		filled, _ := f.fill(html.UnescapeString(raw), p)
		f.out.WriteString(escapeXML(filled))
	}
	f.out.WriteByte('"')
	f.at = start + len(m[3])
}

func attributePlace(name string) place {
	switch name {
	case "cond":
		return inScript
	case "src", "next", "href", "uri", "application", "xml:base", "fetchaudio", "dest", "data", "codebase", "archive":
		return inAddress
	default:
		// expr, and destexpr, srcexpr, nextexpr, eventexpr, expritem and so on.
		if strings.Contains(name, "expr") {
			return inScript
		}
		return inText
	}
}

var placeholder = regexp.MustCompile(`^\$\{([^{}<>\r\n]*)\}`)

// fill replaces the placeholders in a run of plain text.
func (f *filler) fill(plain string, p place) (filled string, changed bool) {
	var b strings.Builder
	for i := 0; i < len(plain); {
		m := placeholder.FindStringSubmatch(plain[i:])
		if m == nil || p == inScript && f.lexer.skips() {
			if m == nil && strings.HasPrefix(plain[i:], "${") && (p != inScript || !f.lexer.skips()) {
				f.problem(plain[i+2:], "${%s has no end, expected ${Column} on one line")
			}
			if p == inScript {
				f.lexer.next(plain[i:])
			}
			b.WriteByte(plain[i])
			i++
			continue
		}
		b.WriteString(f.value(m[1], p))
		changed = true
		i += len(m[0])
	}
	return b.String(), changed
}

// value is what stands for a placeholder at a place.
func (f *filler) value(name string, p place) string {
	v, ok := f.replace(strings.TrimSpace(name))
	if !ok {
		f.problem(name, "the list has no column %q, expected one of its columns, AnsweredBy, Name or Number")
	}
	v = clean(v)
	switch {
	case f.example && p == inAddress:
		return exampleAddress
	case f.example && p == inText && f.written:
		return example
	}
	switch p {
	case inAddress:
		return percent(v)
	case inScript:
		s, err := f.lexer.literal(v)
		if err != nil {
			f.problem(name, "${%s} in a regular expression, expected it in a string or by itself")
		}
		return s
	default:
		return oneLine(v)
	}
}

// oneLine keeps a document's lines where they were: errors tell them.
func oneLine(v string) string { return strings.NewReplacer("\r", " ", "\n", " ").Replace(v) }

// maxProblems bounds how many errors are told of one document.
const maxProblems = 100

// problem notes an error about the placeholder that text follows on "${", at
// its place, or at the start of the run being filled if it is written there
// with entities.
func (f *filler) problem(text, format string) {
	if len(f.errs) == maxProblems {
		return
	}
	line := 1 + strings.Count(f.src[:f.at], "\n")
	column := f.at - strings.LastIndexByte(f.src[:f.at], '\n')
	if n := strings.Index(f.src[f.at:], "${"+text); n >= 0 {
		line += strings.Count(f.src[f.at:f.at+n], "\n")
		column = f.at + n - strings.LastIndexByte(f.src[:f.at+n], '\n')
	}
	if text, _, _ = strings.Cut(text, "\n"); len(text) > 40 {
		text = strings.ToValidUTF8(text[:40], "") + "…"
	}
	f.errs = append(f.errs, &vxml.SyntaxError{URL: f.url, Line: line, Column: column, Message: fmt.Sprintf(format, text)})
}

// clean takes out what no XML document may hold, however it is written.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return r
		case r < ' ', r == 0xFFFE, r == 0xFFFF, r == utf8.RuneError:
			return -1
		default:
			return r
		}
	}, s)
}

func escapeXML(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;").Replace(s)
}

// percent leaves only RFC 3986's unreserved characters; a dot is encoded too
// where the value is nothing but dots, so that it is no way up.
func percent(s string) string {
	const hex = "0123456789ABCDEF"
	dots := strings.Trim(s, ".") == ""
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if isUnreserved(c) && (c != '.' || !dots) {
			b.WriteByte(c)
			continue
		}
		b.WriteString("%" + string(hex[c>>4]) + string(hex[c&15]))
	}
	return b.String()
}

func isUnreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_.~", c) >= 0
}
