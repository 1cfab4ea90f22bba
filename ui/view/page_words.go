package view

import (
	"strconv"
	"strings"
	"time"

	"rollcall/campaign/words"
)

// Count writes a number for people, with separators: 1,217.
func Count(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	var parts []string
	for len(digits) > 3 {
		parts = append([]string{digits[len(digits)-3:]}, parts...)
		digits = digits[:len(digits)-3]
	}
	return sign + strings.Join(append([]string{digits}, parts...), ",")
}

// PeopleCount is a count with its noun: "1 person", "1,217 people".
func PeopleCount(n int) string { return counted(n, "person", "people") }

// RowCount is a count of rows: "1 row", "1,217 rows".
func RowCount(n int) string { return counted(n, "row", "rows") }

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Count(n) + " " + many
}

// Share is n as a share of all, in whole percent: "69 %".
func Share(n, all int) string {
	if all <= 0 {
		return "0 %"
	}
	return strconv.Itoa((n*100+all/2)/all) + " %"
}

// Day writes a moment as a list of campaigns says it: "Today 8:40", "20 Nov".
func Day(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	t, now = t.Local(), now.Local()
	switch {
	case t.Year() == now.Year() && t.YearDay() == now.YearDay():
		return "Today " + words.When(t, now)
	case t.Year() == now.Year():
		return t.Format("Mon 2 Jan")
	default:
		return t.Format("2 Jan 2006")
	}
}
