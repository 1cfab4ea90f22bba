package gateway

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// This file is the reply to a status question, in both directions.
//
// A reply without attempts is "[]". Otherwise it is "[", a record for each
// attempt with nothing between them, a newline and "]". A record is ten
// fields, each closed by "^".

const fieldsPerRecord = 10

// The fields of a record. Field 0 is always 0; 6, 7 and 9 are empty in every
// reply that was ever captured.
const (
	fieldAttendee = 1
	fieldState    = 2
	fieldMade     = 3
	fieldDue      = 4
	fieldReason   = 5
	fieldAnswers  = 8
)

// nobody stands for an attendee that was not sent.
const nobody = "null"

// FormatStatus writes s with times in loc, the gateway's own zone.
//
// Clients search the whole reply for ^made^, then ^failed^, then ^retry^, so
// no other field ever holds just one of these words, and an attempt that
// others followed is a retry if it was stored as the end of its call.
func FormatStatus(s Status, loc *time.Location) []byte {
	if len(s.Attempts) == 0 {
		return []byte("[]")
	}
	b := []byte("[")
	for i, a := range s.Attempts {
		state := a.State
		if i < len(s.Attempts)-1 && state.Final() {
			state = StateRetry
		}
		var fields [fieldsPerRecord]string
		fields[0] = "0"
		fields[fieldAttendee] = formatAttendee(a.Attendee)
		fields[fieldState] = strings.TrimSpace(strings.Map(fieldSafe, string(state)))
		fields[fieldMade] = formatMinute(a.Made.In(loc))
		fields[fieldDue] = formatMinute(a.Due.In(loc))
		fields[fieldReason] = formatField(string(a.Reason))
		fields[fieldAnswers] = formatField(formatAnswers(a.Answers))
		for _, field := range fields {
			b = append(b, field...)
			b = append(b, '^')
		}
	}
	return append(b, '\n', ']')
}

// formatField makes a text safe as a field: without what closes a field, and
// never a bare state, which a client would take for the verdict.
func formatField(text string) string {
	text = strings.Map(fieldSafe, text)
	if slices.Contains(states(), AttemptState(text)) {
		text += " "
	}
	return text
}

// fieldSafe maps what would close a field and what cannot be printed to
// spaces; for strings.Map.
func fieldSafe(r rune) rune {
	if r == '^' {
		return ' '
	}
	return printable(r)
}

func states() []AttemptState {
	return []AttemptState{
		StateMade, StateFailed, StateRetry, StatePending, StateInProgress,
		StateMixed, StateWaitResponse, StateWaitAgent, StateExpired,
	}
}

func formatAttendee(name string) string {
	name = strings.TrimSpace(formatField(name))
	switch name {
	case "":
		return nobody
	case nobody:
		return nobody + " "
	}
	return formatField(name)
}

// formatMinute writes t without padding, its month counted from zero.
func formatMinute(t time.Time) string {
	return fmt.Sprintf("%d %d %d %d %d", t.Year(), int(t.Month())-1, t.Day(), t.Hour(), t.Minute())
}

func formatAnswers(answers []Answer) string {
	parts := make([]string, 0, len(answers))
	for _, a := range answers {
		name, value := formatAnswer(a.Name), formatAnswer(a.Value)
		switch {
		case name != "":
			parts = append(parts, name+"="+value)
		case value != "":
			parts = append(parts, value)
		}
	}
	return strings.Join(parts, "|")
}

func formatAnswer(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '^' || r == '|' || r == '=' {
			return ' '
		}
		return printable(r)
	}, text))
}

// ParseStatus reads a status reply; loc is the gateway's zone. A refusal is a
// [*RefusedError] or [ErrUnknownCall]. Times that cannot be read are zero: the
// verdict matters more. Status.Practice is not in the body.
func ParseStatus(body []byte, loc *time.Location) (Status, error) {
	if err := parseError(body); err != nil {
		return Status{}, err
	}
	text := strings.TrimSpace(decode(string(body)))
	if len(text) < 2 || text[0] != '[' || text[len(text)-1] != ']' {
		return Status{}, errors.New("the reply is not a status: no [ ]")
	}
	text = strings.TrimSpace(text[1 : len(text)-1])
	if text == "" {
		return Status{}, nil
	}
	fields := strings.Split(text, "^")
	records, rest := len(fields)/fieldsPerRecord, len(fields)%fieldsPerRecord
	if rest != 1 || fields[len(fields)-1] != "" {
		return Status{}, fmt.Errorf("the reply is not a status: %d fields", len(fields)-1)
	}
	s := Status{Attempts: make([]Attempt, 0, records)}
	for i := range fields {
		fields[i] = strings.Map(printable, fields[i]) // what nobody sees makes no difference
	}
	for record := range slices.Chunk(fields[:len(fields)-1], fieldsPerRecord) {
		s.Attempts = append(s.Attempts, parseRecord(record, loc))
	}
	return s, nil
}

func parseRecord(fields []string, loc *time.Location) Attempt {
	a := Attempt{
		Attendee: strings.TrimSpace(fields[fieldAttendee]),
		State:    AttemptState(strings.TrimSpace(fields[fieldState])),
		Made:     parseMinute(fields[fieldMade], loc),
		Due:      parseMinute(fields[fieldDue], loc),
		Reason:   Reason(fields[fieldReason]),
		Answers:  parseAnswers(fields[fieldAnswers]),
	}
	if fields[fieldAttendee] == nobody {
		a.Attendee = ""
	}
	return a
}

// parseMinute reads "2008 3 17 12 24": 17 April 2008, 12:24.
func parseMinute(text string, loc *time.Location) time.Time {
	parts := strings.Fields(text)
	if len(parts) != 5 {
		return time.Time{}
	}
	limits := [5][2]int{{1, 9999}, {0, 11}, {1, 31}, {0, 23}, {0, 59}}
	var n [5]int
	for i, part := range parts {
		value, err := strconv.Atoi(part)
		if err != nil || value < limits[i][0] || value > limits[i][1] {
			return time.Time{}
		}
		n[i] = value
	}
	return time.Date(n[0], time.Month(n[1]+1), n[2], n[3], n[4], 0, 0, loc)
}

func parseAnswers(text string) []Answer {
	var answers []Answer
	for part := range strings.SplitSeq(text, "|") {
		name, value, named := strings.Cut(part, "=")
		if !named {
			name, value = "", part
		}
		a := Answer{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)}
		if a != (Answer{}) {
			answers = append(answers, a)
		}
	}
	return answers
}
