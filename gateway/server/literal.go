package server

import (
	"fmt"
	"strconv"
	"strings"
)

// This file writes replies of the campaign interface. Some clients read them
// as JSON, others as a Python literal, so they hold strings and whole numbers
// only, and escapes that mean the same in both.

// entry is a key with its value, a string or an int64.
type entry struct {
	key   string
	value any
}

// literal writes entries as an object, or dictionary, in their order.
func literal(entries []entry) []byte {
	var b strings.Builder
	b.WriteByte('{')
	for i, e := range entries {
		if i > 0 {
			b.WriteString(", ")
		}
		quote(&b, e.key)
		b.WriteString(": ")
		switch value := e.value.(type) {
		case int64:
			b.WriteString(strconv.FormatInt(value, 10))
		case string:
			quote(&b, value)
		}
	}
	b.WriteByte('}')
	return []byte(b.String())
}

// quote writes text as a string. Characters beyond \uFFFF stand as they are:
// JSON would escape them in halves, which Python reads as two characters.
func quote(b *strings.Builder, text string) {
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r >= ' ' && r < 0x7f || r > 0xffff:
			b.WriteRune(r)
		default:
			fmt.Fprintf(b, `\u%04x`, r)
		}
	}
	b.WriteByte('"')
}
