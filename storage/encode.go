package storage

import (
	"unicode/utf8"
)

// This file writes the lists of texts that rows are full of, as JSON, byte for
// byte as encoding/json does: a long list spends less time here than there.

// appendTexts appends list as a JSON array, an empty list as nothing.
func appendTexts[T ~string](to []byte, list []T) []byte {
	if len(list) == 0 {
		return to
	}
	to = append(to, '[')
	for i, text := range list {
		if i > 0 {
			to = append(to, ',')
		}
		to = appendText(to, string(text))
	}
	return append(to, ']')
}

const hexDigits = "0123456789abcdef"

// appendText appends s as a JSON string. Beside what RFC 8259, section 7,
// demands, <, > and & are escaped, and the two line ends that JavaScript does
// not allow in strings; what is not UTF-8 becomes U+FFFD.
func appendText(to []byte, s string) []byte {
	to = append(to, '"')
	from := 0
	for at := 0; at < len(s); {
		if c := s[at]; c < utf8.RuneSelf {
			if !plain(c) {
				to = append(to, s[from:at]...)
				to = appendEscape(to, c)
				from = at + 1
			}
			at++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[at:])
		switch {
		case r == utf8.RuneError && size == 1:
			to = append(append(to, s[from:at]...), `\ufffd`...)
			from = at + size
		case r == '\u2028' || r == '\u2029':
			to = append(append(to, s[from:at]...), `\u202`...)
			to = append(to, hexDigits[r&0xf])
			from = at + size
		}
		at += size
	}
	return append(append(to, s[from:]...), '"')
}

// plain tells of an ASCII character whether it stands for itself.
func plain(c byte) bool {
	return c >= ' ' && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&'
}

func appendEscape(to []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(to, '\\', c)
	case '\b':
		return append(to, '\\', 'b')
	case '\f':
		return append(to, '\\', 'f')
	case '\n':
		return append(to, '\\', 'n')
	case '\r':
		return append(to, '\\', 'r')
	case '\t':
		return append(to, '\\', 't')
	default:
		return append(to, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&0xf])
	}
}
