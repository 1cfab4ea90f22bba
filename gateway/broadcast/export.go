package broadcast

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"rollcall/gateway"
)

// This file writes what came of a campaign as CSV.

// page is how many rows are read from the store at a time.
const page = 1000

// Export writes every row of c: the list's own columns, then what came of it;
// times in loc. The text is UTF-8 without a byte order mark, lines end in CRLF.
func Export(ctx context.Context, out io.Writer, rows Rows, c Campaign, loc *time.Location) error {
	w := csv.NewWriter(out)
	w.UseCRLF = true
	header := append(c.Columns[:len(c.Columns):len(c.Columns)],
		"Phone dialled", "Status", "Reason", "Attempts", "Last Call", "Notes")
	if err := w.Write(guarded(header)); err != nil {
		return err
	}
	for from := 0; ; from += page {
		found, err := rows.Page(ctx, c.ID, from, page)
		if err != nil {
			return err
		}
		for _, r := range found {
			if err := w.Write(guarded(record(r, len(c.Columns), loc))); err != nil {
				return err
			}
		}
		if len(found) < page {
			w.Flush()
			return w.Error()
		}
	}
}

// record is the line of one row.
func record(r Row, columns int, loc *time.Location) []string {
	cells := widened(r.Cells, max(columns, len(r.Cells)))[:columns]
	status, reason := words(r)
	phone, called := "", ""
	if r.Dials > 0 {
		phone = string(r.Phone())
	}
	if !r.Called.IsZero() {
		called = r.Called.In(loc).Format(time.DateTime)
	}
	notes := notes(r.Answers)
	if notes == "" {
		notes = reason
	}
	return append(cells[:columns:columns], phone, status, reason, strconv.Itoa(r.Dials), called, notes)
}

// words tells how a row stands: in one word, and why in the gateway's words.
func words(r Row) (status, reason string) {
	switch r.State {
	case RowDone:
		state, why := r.Outcome.Words()
		if state == gateway.StateMade {
			return "Made", string(why)
		}
		return "Failed", string(why)
	case RowCalling:
		return "Calling", ""
	case RowSkipped:
		return "Not called", string(r.Aside)
	case RowWithdrawn:
		return "Not called", "the campaign ended before"
	default:
		return "Waiting", lastReason(r)
	}
}

// lastReason tells why the last try of a row was not the last one.
func lastReason(r Row) string {
	if r.Outcome == gateway.OutcomeUnknown {
		return ""
	}
	_, why := r.Outcome.Words()
	return string(why)
}

func notes(answers []gateway.Answer) string {
	var parts []string
	for _, a := range answers {
		if a.Name == "" {
			parts = append(parts, a.Value)
			continue
		}
		parts = append(parts, fmt.Sprintf("%s=%s", a.Name, a.Value))
	}
	return strings.Join(parts, "; ")
}

// plainNumber is a phone number: programs that read the file must find it as
// it was, and at worst a spreadsheet adds it up.
var plainNumber = regexp.MustCompile(`^\+?[0-9][0-9 ().-]*$`)

// guarded keeps a spreadsheet from running cells as formulas.
func guarded(cells []string) []string {
	for i, cell := range cells {
		if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) && !plainNumber.MatchString(cell) {
			cells[i] = "'" + cell
		}
	}
	return cells
}
