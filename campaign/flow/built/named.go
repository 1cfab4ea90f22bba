package built

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// This file finds the keys that a text tells people to press, in the languages
// of the program. It may be wrong, so what it finds is only worth a look.

// press are words after which a key follows within a word or two.
var press = regexp.MustCompile(`(?i)(?:press|push|dial|key|drücken sie|drücke|wählen sie|taste|pulse|oprima|marque|presione|tecla|appuyez sur|tapez|touche|naciśnij|wciśnij|wybierz|klawisz)\s+(?:the |die |la |el |le |na |klawisz |taste |tecla |touche |key |number |nummer |ziffer )*["'‘“„«]?([\p{L}0-9*]+)`)

// digitWords are those of 0 to 9 in English, German, Spanish, French and Polish.
func digitWords() [10][]string {
	return [...][]string{
		{"zero", "null", "cero", "zéro"}, {"one", "eins", "uno", "jeden"}, {"two", "zwei", "dos", "deux", "dwa"}, {"three", "drei", "tres", "trois", "trzy"},
		{"four", "vier", "cuatro", "quatre", "cztery"}, {"five", "fünf", "cinco", "cinq", "pięć"}, {"six", "sechs", "seis", "sześć"},
		{"seven", "sieben", "siete", "sept", "siedem"}, {"eight", "acht", "ocho", "huit", "osiem"}, {"nine", "neun", "nueve", "neuf", "dziewięć"},
	}
}

// digit is the key that a word names, empty for none.
func digit(word string) string {
	word = strings.ToLower(word)
	if slices.Contains(Keys(), word) {
		return word
	}
	if slices.Contains([]string{"star", "stern", "sternchen", "asterisco", "étoile", "gwiazdka", "gwiazdkę"}, word) {
		return "*"
	}
	for n, words := range digitWords() {
		if slices.Contains(words, word) {
			return string(rune('0' + n))
		}
	}
	return ""
}

// pressed are the keys that a text tells people to press, each once.
func pressed(text string) []string {
	var keys []string
	text = said(text)
	for _, m := range press.FindAllStringSubmatchIndex(text, -1) {
		first := digit(text[m[2]:m[3]])
		if first == "" {
			continue
		}
		for _, k := range append([]string{first}, listed(text[m[3]:])...) {
			if !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
	}
	return keys
}

// names tells whether a key stands anywhere in a text.
func names(text, key string) bool {
	words := strings.FieldsFunc(said(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '*' })
	return slices.ContainsFunc(words, func(word string) bool { return digit(word) == key })
}

// said is the words of a text without its columns.
func said(text string) string {
	var b strings.Builder
	for _, p := range Parts(text) {
		b.WriteString(p.Words + " ")
	}
	return b.String()
}
