package words

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Say is a text in the language in use, with args put in for its verbs as
// [fmt.Sprintf] does. The English text is the key to its translations and is
// what is said where there is none. A text that means two things tells which
// after "||", which is not said: "Open||button".
func Say(text string, args ...any) string {
	said, _, _ := strings.Cut(text, "||")
	if len(args) == 0 {
		return said
	}
	return fmt.Sprintf(said, args...)
}

// Many is Say of a text about n things, of which there are two in English:
// about one thing and about any other number. The first verb is n, as
// [Number] writes it; args are for the verbs after it. The text for any other
// number is the key.
func Many(n int, one, other string, args ...any) string {
	said := other
	if n == 1 {
		said = one
	}
	return Say(said, append([]any{Number(n)}, args...)...)
}

// Number writes a count with the separators of the language in use.
func Number(n int) string { return message.NewPrinter(language.English).Sprintf("%d", n) }
