package built

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// Part is a stretch of a text: either words, or a column's name.
type Part struct {
	Words  string
	Column string
}

// mark is how a column stands in a text; package flow fills it in.
var mark = regexp.MustCompile(`\$\{([^{}<>\r\n]*)\}`)

// Parts takes a text apart. A mark of what can be no column is words.
func Parts(text string) []Part {
	var parts []Part
	words := 0 // where they begin
	for _, at := range mark.FindAllStringSubmatchIndex(text, -1) {
		name := strings.TrimSpace(text[at[2]:at[3]])
		if !Markable(name) {
			continue
		}
		if at[0] > words {
			parts = append(parts, Part{Words: text[words:at[0]]})
		}
		parts = append(parts, Part{Column: name})
		words = at[1]
	}
	if words < len(text) {
		parts = append(parts, Part{Words: text[words:]})
	}
	return parts
}

// Mark is a column as it stands in a text.
func Mark(column string) string { return "${" + column + "}" }

// Markable tells whether a column of that name can stand in a text.
func Markable(column string) bool {
	return strings.TrimSpace(column) != "" && !strings.ContainsAny(column, "{}<>\r\n") && !strings.ContainsFunc(column, unwritable)
}

// Replace puts one column in the place of another, wherever that stands.
func Replace(text, column, by string) string {
	var b strings.Builder
	for _, p := range Parts(text) {
		switch {
		case p.Column == "":
			b.WriteString(p.Words)
		case same(p.Column, column):
			b.WriteString(Mark(by))
		default:
			b.WriteString(Mark(p.Column))
		}
	}
	return b.String()
}

// same tells whether two names are those of one column, as package flow does.
func same(a, b string) bool { return fold(a) == fold(b) }

func fold(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// perWord is how long a word takes to say, and perColumn a cell.
const (
	perWord   = 400 * time.Millisecond
	perColumn = 2 * perWord
)

// Length is about how long a text takes to say.
func Length(text string) time.Duration {
	var sum time.Duration
	for _, p := range Parts(text) {
		if p.Column != "" {
			sum += perColumn
		}
		sum += perWord * time.Duration(len(strings.FieldsFunc(p.Words, notSaid)))
	}
	return sum
}

// notSaid is what stands between words.
func notSaid(r rune) bool { return strings.ContainsRune(" \t\r\n.,;:!?–—", r) }

// spoken writes a text into a document: the words as they are, on one line, and
// the marks of columns. A dollar sign and a brace that are no mark are set
// apart, so that none becomes one.
func spoken(text string) string {
	var b strings.Builder
	for _, p := range Parts(text) {
		if p.Column != "" {
			b.WriteString(escape(Mark(clean(p.Column))))
			continue
		}
		b.WriteString(strings.ReplaceAll(escape(clean(p.Words)), "${", "$<![CDATA[{]]>"))
	}
	return strings.TrimSpace(b.String())
}

// attribute writes words into an attribute, where nothing is filled in.
func attribute(words string) string {
	return escape(beginning.ReplaceAllString(strings.Join(strings.Fields(clean(words)), " "), "{"))
}

// beginning is what would begin a mark.
var beginning = regexp.MustCompile(`\$+\{`)

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// clean takes out what no document may hold, and keeps to one line.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case unwritable(r):
			return -1
		default:
			return r
		}
	}, s)
}

// unwritable tells of what no document may hold, however it is written.
func unwritable(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError
}
