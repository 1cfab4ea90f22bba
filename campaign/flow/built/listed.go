package built

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// This file finds the further keys of a sentence that lists them: "Press 1 to
// confirm, 2 to change or 9 to hear this again".

// sentenceEnd is where the list ends at the latest.
var sentenceEnd = regexp.MustCompile(`[.!?](?:[\s"”“’»]|$)`)

// token is a number in one piece, as 3:30 and 6-1, a word, or what parts the
// items of a list.
var token = regexp.MustCompile(`\d+(?:[.:/-]\d+)+|[\p{L}\d]+|\*|[,;:–—\n]`)

func parts(token string) bool {
	return slices.Contains([]string{",", ";", ":", "–", "—", "\n"}, token) ||
		slices.Contains([]string{"and", "or", "und", "oder", "y", "e", "o", "u", "et", "ou", "i", "a", "lub", "albo"}, token)
}

// filler are words between what parts two items and the key.
func filler(token string) bool {
	return slices.Contains([]string{"the", "key", "number", "die", "taste", "nummer", "el", "la", "tecla", "le", "touche", "klawisz", "then", "dann", "luego", "puis"}, token)
}

// purpose are words after which a key's meaning follows.
func purpose(token string) bool {
	return slices.Contains([]string{"to", "for", "if", "when", "um", "für", "wenn", "falls", "zum", "zur", "para", "por", "si", "pour", "aby", "żeby", "by", "jeśli", "jeżeli", "dla", "gdy"}, token)
}

func number(token string) bool {
	return digit(token) != "" || strings.ContainsFunc(token, unicode.IsDigit)
}

// listed are the keys that are listed in what follows a key in a text, up to
// the end of the sentence.
func listed(rest string) []string {
	if end := sentenceEnd.FindStringIndex(rest); end != nil {
		rest = rest[:end[0]]
	}
	tokens := token.FindAllString(strings.ToLower(rest), -1)
	var keys []string
	last := -1 // where the key before is: the first stands before the rest
	for at, t := range tokens {
		if k := digit(t); k != "" && begins(tokens, at, last) && means(tokens, at, last) {
			keys, last = append(keys, k), at
		}
	}
	return keys
}

// before is where the token before those that part or fill stands, -1 for none.
func before(tokens []string, at int) int {
	at--
	for at >= 0 && (filler(tokens[at]) || parts(tokens[at])) {
		at--
	}
	return at
}

// begins tells whether an item of the list begins at a token: something parts it
// from the words before it, and these are no number other than the last key.
func begins(tokens []string, at, last int) bool {
	gap := at - 1
	for gap >= 0 && filler(tokens[gap]) {
		gap--
	}
	if gap < 0 || !parts(tokens[gap]) {
		return false
	}
	was := before(tokens, at)
	return was == last || !number(tokens[was])
}

// means tells whether what follows a token is what a key is for, or the next
// key or the end after one.
func means(tokens []string, at, last int) bool {
	next := tokens[at+1:]
	bare := before(tokens, at) == last || slices.Contains([]string{"or", "oder", "o", "u", "ou", "lub", "albo"}, tokens[at-1])
	if len(next) == 0 {
		return bare
	}
	if next[0] == "," && len(next) > 1 && purpose(next[1]) {
		next = next[1:]
	}
	if purpose(next[0]) {
		return len(next) > 1 && !number(next[1])
	}
	return bare && parts(next[0])
}
