package view

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Trouble is what whoever mends a failure wants to know: what happened, in
// which version, when, and the errors one in another. It is copied by hand, so
// numbers of people stand in it with their last two digits only.
func Trouble(version, what string, err error, stack string, now time.Time) string {
	lines := []string{"rollcall " + version, now.Format(time.RFC3339), what}
	for depth := 0; err != nil && depth < 20; depth++ {
		lines = append(lines, fmt.Sprintf("%T: %v", err, err))
		err = errors.Unwrap(err)
	}
	if stack != "" {
		lines = append(lines, stack)
	}
	return maskNumbers(strings.Join(lines, "\n"))
}

// maskNumbers covers whatever could be the number of a person: seven digits or
// more, with what people write between them. Times are left alone.
func maskNumbers(text string) string {
	number := regexp.MustCompile(`[+(]*\d[\d ().\-/]{5,}\d`)
	return number.ReplaceAllStringFunc(text, func(found string) string {
		digits := onlyDigits(found)
		if len(digits) < 7 || regexp.MustCompile(`^\d{4}-\d\d-\d\d$`).MatchString(found) {
			return found
		}
		return "…" + digits[len(digits)-2:]
	})
}
