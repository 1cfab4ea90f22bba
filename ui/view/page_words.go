package view

import (
	"time"

	"rollcall/campaign/words"
)

// Count writes a number for people, with separators: 1,217.
func Count(n int) string { return words.Number(n) }

// PeopleCount is a count with its noun: "1 person", "1,217 people".
func PeopleCount(n int) string { return words.Many(n, "%s person", "%s people") }

// RowCount is a count of rows: "1 row", "1,217 rows".
func RowCount(n int) string { return words.Many(n, "%s row", "%s rows") }

// LineCount is a count of lines: "1 line", "6 lines".
func LineCount(n int) string { return words.Many(n, "%s line", "%s lines") }

// Share is n as a share of all, in whole percent: "69 %".
func Share(n, all int) string {
	if all <= 0 {
		return words.Percent(0)
	}
	return words.Percent((n*100 + all/2) / all)
}

// Day writes a moment as a list of campaigns says it: "Today 8:40", "20 Nov".
func Day(t, now time.Time) string { return words.Day(t, now) }
