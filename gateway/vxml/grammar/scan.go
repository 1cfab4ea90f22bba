package grammar

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rollcall/gateway/vxml/markup"
)

// This file reads the small things of the ABNF form: white space, comments,
// names, quotes.

// cursor walks through text and knows its place in the source.
type cursor struct {
	text string // what is left
	pos  markup.Pos
}

// skip passes n bytes.
func (c *cursor) skip(n int) {
	for _, b := range []byte(c.text[:n]) {
		if c.pos.Column++; b == '\n' {
			c.pos.Line, c.pos.Column = c.pos.Line+1, 1
		}
	}
	c.text = c.text[n:]
}

// take passes n bytes and returns them.
func (c *cursor) take(n int) string {
	taken := c.text[:n]
	c.skip(n)
	return taken
}

const space = " \t\r\n"

func (c *cursor) skipSpace() {
	c.skip(len(c.text) - len(strings.TrimLeft(c.text, space)))
}

// upTo passes everything before the first of these characters, or all.
func (c *cursor) upTo(chars string) string {
	n := strings.IndexAny(c.text, chars)
	if n < 0 {
		n = len(c.text)
	}
	return c.take(n)
}

// through passes everything up to end, and end, and returns what is before it.
func (c *cursor) through(end, what string) (string, error) {
	n := strings.Index(c.text, end)
	if n < 0 {
		return "", c.pos.Errorf("%s does not end, expected %s", what, end)
	}
	inside := c.take(n)
	c.skip(len(end))
	return inside, nil
}

func (c *cursor) starts(with string) bool { return strings.HasPrefix(c.text, with) }

// accept passes s if it is next.
func (c *cursor) accept(s string) bool {
	if !c.starts(s) {
		return false
	}
	c.skip(len(s))
	return true
}

// blank passes white space and comments.
func (c *cursor) blank() error {
	for {
		c.skipSpace()
		switch {
		case c.starts("//"):
			c.upTo("\r\n")
		case c.starts("/*"):
			if _, err := c.through("*/", "a comment"); err != nil {
				return err
			}
		default:
			return nil
		}
	}
}

// expect passes s, after blank.
func (c *cursor) expect(s, where string) error {
	if err := c.blank(); err != nil {
		return err
	}
	if !c.accept(s) {
		return c.pos.Errorf("%s %s, expected %s", c.next(), where, s)
	}
	return nil
}

// next describes the next character, for an error.
func (c *cursor) next() string {
	if c.text == "" {
		return "the end of the grammar"
	}
	r, _ := utf8.DecodeRuneInString(c.text)
	return "the character " + string(r)
}

// name passes a name: letters, digits and underscores, and what more allows.
func (c *cursor) name(more string) string {
	n := strings.IndexFunc(c.text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '_' && !strings.ContainsRune(more, r)
	})
	if n < 0 {
		n = len(c.text)
	}
	return c.take(n)
}

// skipQuoted passes a text in single or double quotes, after blank.
func (c *cursor) skipQuoted(where string) error {
	if err := c.blank(); err != nil {
		return err
	}
	for _, quote := range []string{`"`, `'`} {
		if c.accept(quote) {
			_, err := c.through(quote, "a quote")
			return err
		}
	}
	return c.pos.Errorf("%s %s, expected a text in quotes", c.next(), where)
}

// uri passes <uri>, and ~<media type> behind it, after blank.
func (c *cursor) uri(where string) (string, error) {
	if err := c.expect("<", where); err != nil {
		return "", err
	}
	uri, err := c.through(">", "a URI")
	if err != nil {
		return "", err
	}
	if c.accept("~") {
		if err := c.expect("<", "before a media type"); err != nil {
			return "", err
		}
		if _, err := c.through(">", "a media type"); err != nil {
			return "", err
		}
	}
	return strings.TrimSpace(uri), nil
}
