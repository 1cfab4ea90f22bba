package sheet

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// blank tells whether there is nothing but white space.
func blank(b []byte) bool {
	for _, c := range b {
		if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return false
		}
	}
	return true
}

func letter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// nextAttribute takes the first of the attributes of a tag off. Without a name
// there is none, or none that can be read; then rest is not empty.
func nextAttribute(attrs []byte) (name, value, rest []byte) {
	i := 0
	for i < len(attrs) && attrs[i] <= ' ' {
		i++
	}
	attrs = attrs[i:]
	equals := bytes.IndexByte(attrs, '=')
	if equals <= 0 {
		return nil, nil, attrs
	}
	from := equals + 1
	for from < len(attrs) && attrs[from] <= ' ' {
		from++
	}
	if from >= len(attrs) || attrs[from] != '"' && attrs[from] != '\'' {
		return nil, nil, attrs
	}
	length := bytes.IndexByte(attrs[from+1:], attrs[from])
	if length < 0 {
		return nil, nil, attrs
	}
	name = attrs[:equals]
	for name[len(name)-1] <= ' ' && len(name) > 1 {
		name = name[:len(name)-1]
	}
	return name, attrs[from+1 : from+1+length], attrs[from+2+length:]
}

// attribute returns the attribute of a local name, its entities resolved. What
// cannot be read is absent.
func attribute(attrs []byte, wanted string) string {
	for {
		name, value, rest := nextAttribute(attrs)
		if name == nil {
			return ""
		}
		if i := bytes.IndexByte(name, ':'); i >= 0 {
			name = name[i+1:]
		}
		if string(name) == wanted {
			text, err := unescape(nil, value)
			if err != nil {
				return ""
			}
			return string(text)
		}
		attrs = rest
	}
}

// unescape appends text with its entities and character references resolved
// (XML 1.0, 4.1), and its line ends as \n (2.11).
func unescape(dst, text []byte) ([]byte, error) {
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return appendLines(dst, text), nil
		}
		dst = appendLines(dst, text[:i])
		text = text[i+1:]
		end := bytes.IndexByte(text[:min(len(text), 12)], ';')
		if end < 0 {
			return dst, errEntity
		}
		r := entity(text[:end])
		if r <= 0 {
			return dst, errEntity
		}
		dst = utf8.AppendRune(dst, r)
		text = text[end+1:]
	}
}

func appendLines(dst, text []byte) []byte {
	for {
		i := bytes.IndexByte(text, '\r')
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(append(dst, text[:i]...), '\n')
		text = text[i+1:]
		if len(text) > 0 && text[0] == '\n' {
			text = text[1:]
		}
	}
}

// entity returns the character that &name; stands for, zero if none.
func entity(name []byte) rune {
	switch string(name) {
	case "amp":
		return '&'
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	if len(name) < 2 || name[0] != '#' {
		return 0
	}
	digits, base := string(name[1:]), 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return 0
	}
	return rune(n)
}

// unescapeCells resolves _xHHHH_, by which a cell's text has the characters
// that XML cannot have (ECMA-376 22.9.2.19), in what follows from in b. _x0000_
// has no meaning for a reader and is left out.
func unescapeCells(b []byte, from int) []byte {
	at := bytes.Index(b[from:], []byte("_x"))
	if at < 0 {
		return b
	}
	out := b[:from+at]
	for i := from + at; i < len(b); {
		unit, ok := codeUnit(b[i:])
		if !ok {
			out = append(out, b[i])
			i++
			continue
		}
		i += len("_xHHHH_")
		if low, is := codeUnit(b[i:]); is && utf16.IsSurrogate(unit) {
			if pair := utf16.DecodeRune(unit, low); pair != utf8.RuneError {
				unit = pair
				i += len("_xHHHH_")
			}
		}
		if unit > 0 {
			out = utf8.AppendRune(out, unit)
		}
	}
	return out
}

// codeUnit reads _xHHHH_ at the beginning of b.
func codeUnit(b []byte) (rune, bool) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return rune(n), err == nil
}
