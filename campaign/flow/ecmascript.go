package flow

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// This file knows as much ECMAScript as it takes to tell whether a
// placeholder stands in a string, in a comment, in a regular expression or by
// itself.

// lexer follows a script byte by byte. The zero value is before its start.
type lexer struct {
	mode mode
	skip int  // bytes that are already accounted for
	last byte // the last byte of code that is no space
	set  bool // within [] of a regular expression
}

type mode byte

const (
	code     mode = 0
	single   mode = '\''
	double   mode = '"'
	template mode = '`'
	line     mode = 'l'
	block    mode = 'b'
	pattern  mode = 'p'
)

// skips tells whether a placeholder here is none: it stands in a comment, or
// its dollar sign is escaped.
func (l *lexer) skips() bool { return l.skip > 0 || l.mode == line || l.mode == block }

// next takes the first byte of rest.
func (l *lexer) next(rest string) {
	if l.skip > 0 {
		l.skip--
		return
	}
	c := rest[0]
	switch l.mode {
	case code:
		l.code(c, rest)
	case line:
		if c == '\n' || c == '\r' || strings.HasPrefix(rest, "\u2028") || strings.HasPrefix(rest, "\u2029") {
			l.mode = code
		}
	case block:
		if strings.HasPrefix(rest, "*/") {
			l.mode, l.skip = code, 1
		}
	case pattern:
		l.pattern(c)
	default:
		switch c {
		case '\\':
			l.skip = 1
		case byte(l.mode):
			l.mode, l.last = code, c
		}
	}
}

func (l *lexer) code(c byte, rest string) {
	switch {
	case c == '\'' || c == '"' || c == '`':
		l.mode = mode(c)
	case strings.HasPrefix(rest, "//"):
		l.mode, l.skip = line, 1
	case strings.HasPrefix(rest, "/*"):
		l.mode, l.skip = block, 1
	case c == '/' && l.operand():
		l.mode, l.set = pattern, false
	case c != ' ' && c != '\t' && c != '\n' && c != '\r':
		l.last = c
	}
}

// operand tells whether a slash here begins a regular expression: nothing, an
// operator or an opening bracket stands before it. After a word it divides.
func (l *lexer) operand() bool {
	return l.last == 0 || strings.IndexByte("(,=:[!&|?{};+-*%~^<>", l.last) >= 0
}

func (l *lexer) pattern(c byte) {
	switch {
	case c == '\\':
		l.skip = 1
	case c == '[':
		l.set = true
	case c == ']':
		l.set = false
	case c == '/' && !l.set, c == '\n':
		l.mode, l.last = code, c
		if c == '/' {
			l.last = ')' // what follows divides
		}
	}
}

var errPattern = errors.New("a value in a regular expression")

var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?$`)

// literal is a value as it stands at this point of a script.
func (l *lexer) literal(v string) (string, error) {
	switch l.mode {
	case single, double, template:
		return escapeScript(v), nil
	case pattern:
		return "", errPattern
	default:
	}
	l.last = ')' // an operand: a slash after it divides
	switch {
	case plainNumber.MatchString(v) && v[0] == '-':
		return "(" + v + ")", nil
	case plainNumber.MatchString(v):
		return v, nil
	default:
		return "'" + escapeScript(v) + "'", nil
	}
}

// escapeScript writes a value for the inside of any string literal. Whatever
// could end it, in ECMAScript or in the XML around, is written as \uXXXX.
func escapeScript(v string) string {
	var b strings.Builder
	for _, r := range v {
		if r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' || strings.ContainsRune(`\'"`+"`<>&$]", r) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
