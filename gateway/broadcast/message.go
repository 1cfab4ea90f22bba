package broadcast

import (
	"fmt"
	"regexp"
	"strings"

	"rollcall/gateway"
)

// This file makes the request that calls a row.

// Message is what people hear: one of its fields is set.
type Message struct {
	// Text is spoken. [Column] and ${Column} stand for the row's cell of that
	// column, in any case. Brackets that name no column are text.
	Text      string
	Recording string // a file, as [gateway.Request.AudioFile] names it
	App       string // an application deployed on the gateway
}

// Check tells which ${Column} of the text names no column: it would be read out.
func (m Message) Check(columns []string) error {
	for _, found := range placeholder.FindAllStringSubmatch(m.Text, -1) {
		if found[1] != "" && column(columns, found[1]) < 0 {
			return fmt.Errorf("the list has no column %q for ${%s}", strings.TrimSpace(found[1]), found[1])
		}
	}
	return nil
}

var placeholder = regexp.MustCompile(`\$\{([^{}]*)\}|\[([^\[\]]*)\]`)

// For is what a row hears: m with the row's cells in its text.
func (m Message) For(columns, cells []string) Message {
	text := placeholder.ReplaceAllStringFunc(m.Text, func(found string) string {
		name := strings.Trim(found, "${}[]")
		if at := column(columns, name); at >= 0 && at < len(cells) {
			return cells[at]
		}
		return found
	})
	m.Text = strings.TrimSpace(text)
	return m
}

// request is the call of row r. Its text may be empty: then there is nothing
// to say.
func (c Campaign) request(r Row) gateway.Request {
	m := c.Message.For(c.Columns, r.Cells)
	return gateway.Request{
		Info:        c.Name,
		Attendee:    r.Name,
		Phone:       r.Phone(),
		Text:        m.Text,
		AudioFile:   m.Recording,
		StartApp:    m.App,
		CallerID:    c.CallerID,
		ConfirmCode: c.ConfirmCode,
		Reference:   Reference(c.ID, r),
		Attempt:     r.Tries + 1,
		Priority:    gateway.PriorityLow,
	}
}

// Sample is the request for nobody in particular, by which a gateway tells
// whether it can make the campaign's calls at all.
func (c Campaign) Sample() gateway.Request { return c.request(Row{}) }

// silent tells that there is nothing to say in a call.
func silent(q gateway.Request) bool { return q.Text == "" && q.AudioFile == "" && q.StartApp == "" }
