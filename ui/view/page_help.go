package view

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// This file is the guide: its chapters, read from texts of a simple form, and
// the search in them.

// Block is one part of a chapter.
type Block struct {
	Kind BlockKind
	Term string // what an item is about; empty for none
	Text string
}

// BlockKind is what a part of a chapter is.
type BlockKind int

// The kinds.
const (
	Paragraph BlockKind = iota
	Heading
	Item
	Numbered // Term is the number
)

// Chapter is one of the guide.
type Chapter struct {
	ID     string // "first-list", the same in every language
	Title  string
	Blocks []Block
}

// Guide is all chapters in their order.
type Guide []Chapter

// ReadGuide reads the guide in a language, named by its two letters. A chapter
// that this language does not have is taken from the English one.
func ReadGuide(files fs.FS, language string) (Guide, error) {
	const fallback = "en"
	names, err := fs.Glob(files, fallback+"/*.md")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var g Guide
	for _, name := range names {
		text, err := fs.ReadFile(files, path.Join(language, path.Base(name)))
		if err != nil {
			text, err = fs.ReadFile(files, name)
		}
		if err != nil {
			return nil, fmt.Errorf("read a chapter of the guide: %w", err)
		}
		title, blocks := ParseText(string(text))
		_, id, _ := strings.Cut(strings.TrimSuffix(path.Base(name), ".md"), "-")
		g = append(g, Chapter{ID: id, Title: title, Blocks: blocks})
	}
	return g, nil
}

// Chapter returns a chapter, the first one if there is none of that id.
func (g Guide) Chapter(id string) Chapter {
	for _, c := range g {
		if c.ID == id {
			return c
		}
	}
	if len(g) == 0 {
		return Chapter{}
	}
	return g[0]
}

// ParseText reads a text of the guide or the list of changes: its heading and
// its parts.
func ParseText(text string) (title string, blocks []Block) {
	open := false // the last part may go on
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		line = strings.TrimRight(line, " \t\n")
		kind, term, rest, begins := parseLine(line)
		switch {
		case line == "":
			open = false
		case strings.HasPrefix(line, "# ") && title == "":
			title, open = unmarked(line[2:]), false
		case begins:
			blocks = append(blocks, Block{kind, term, rest})
			open = kind != Heading
		case open:
			blocks[len(blocks)-1].Text += " " + unmarked(strings.TrimSpace(line))
		default:
			blocks = append(blocks, Block{Paragraph, "", unmarked(line)})
			open = true
		}
	}
	return title, blocks
}

var (
	termPattern   = regexp.MustCompile(`^[-*] \*\*(.+?)\*\*:? *(.*)$`)
	numberPattern = regexp.MustCompile(`^(\d+)\. +(.*)$`)
)

// parseLine tells whether a line begins a part that is no paragraph.
func parseLine(line string) (kind BlockKind, term, text string, begins bool) {
	if m := termPattern.FindStringSubmatch(line); m != nil {
		return Item, unmarked(m[1]), unmarked(m[2]), true
	}
	if m := numberPattern.FindStringSubmatch(line); m != nil {
		return Numbered, m[1], unmarked(m[2]), true
	}
	switch {
	case strings.HasPrefix(line, "- "), strings.HasPrefix(line, "* "):
		return Item, "", unmarked(line[2:]), true
	case strings.HasPrefix(line, "#"):
		return Heading, "", unmarked(strings.TrimLeft(line, "# ")), true
	default:
		return Paragraph, "", "", false
	}
}

// unmarked leaves out the marks of what would be set in another way.
func unmarked(text string) string { return strings.NewReplacer("**", "", "`", "").Replace(text) }

// Found is a chapter in which something was found, and where.
type Found struct {
	Chapter Chapter
	Line    string // around the first place
}

// Search finds chapters that have all words that were typed, those first that
// have them in their title.
func (g Guide) Search(typed string) []Found {
	words := strings.Fields(strings.ToLower(typed))
	if len(words) == 0 {
		return nil
	}
	var found []Found
	for _, inTitle := range []bool{true, false} {
		for _, c := range g {
			if hasAll(c.Title, words) != inTitle || !hasAll(c.text(), words) {
				continue
			}
			found = append(found, Found{c, c.line(words[0])})
		}
	}
	return found
}

func hasAll(text string, words []string) bool {
	text = strings.ToLower(text)
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

func (c Chapter) text() string {
	var b strings.Builder
	b.WriteString(c.Title)
	for _, block := range c.Blocks {
		b.WriteString("\n" + block.Term + " " + block.Text)
	}
	return b.String()
}

// line is the first part that has a word, else how the chapter begins.
func (c Chapter) line(word string) string {
	for _, b := range c.Blocks {
		if b.Kind != Heading && hasAll(b.Term+" "+b.Text, []string{word}) {
			return strings.TrimSpace(strings.TrimPrefix(b.Term+": "+b.Text, ": "))
		}
	}
	if len(c.Blocks) == 0 {
		return ""
	}
	return c.Blocks[0].Text
}
