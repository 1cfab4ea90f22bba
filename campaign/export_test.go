package campaign

import (
	"time"

	"rollcall/campaign/phone"
)

// JudgeBy is NewJudge with rules and holidays of the test's own in place of the
// presets.
func JudgeBy(s Settings, rules func(phone.Number) []LawRule, holidays func(string, int) ([]Day, bool)) *Judge {
	j := NewJudge(s)
	j.rulesFor, j.places.holidays, j.lawless = rules, holidays, false
	return j
}

// Remembered is how many days of places the judge remembers.
func (j *Judge) Remembered() int { return j.places.days }

// FreeAt is when a limit lets a number be called again.
func (l Limit) FreeAt(now time.Time, past []Past, number phone.Number) (time.Time, int) {
	return l.free(now, past, number)
}
