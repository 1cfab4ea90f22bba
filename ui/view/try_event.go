package view

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"rollcall/gateway/vxml"
)

// This file is what happens while a flow is tried, as events.

// TryEvent is one thing that happens while a flow is tried, and one line of
// "rollcall try --json".
type TryEvent struct {
	Event    string   `json:"event"` // prompt, audio, listen, record, transfer, log, error, exit, disconnect
	Text     string   `json:"text,omitempty"`
	Src      string   `json:"src,omitempty"`
	Grammars []string `json:"grammars,omitempty"`
	Dest     string   `json:"dest,omitempty"`
	Bridge   *bool    `json:"bridge,omitempty"`
	Name     string   `json:"name,omitempty"`
	Message  string   `json:"message,omitempty"`
	Value    *string  `json:"value,omitempty"`

	offers []vxml.Offer  // of listen
	wait   time.Duration // how long silence may last then
}

// offered names what may be answered, as authors know it.
func offered(offers []vxml.Offer) []string {
	names := make([]string, 0, len(offers))
	for _, o := range offers {
		switch {
		case o.Keys != "" && o.Words != "":
			names = append(names, "key "+o.Keys+" or say "+o.Words)
		case o.Keys != "":
			names = append(names, "key "+o.Keys)
		default:
			names = append(names, "say "+o.Words)
		}
	}
	return names
}

// plain is what segments say, as one text.
func plain(segments []vxml.Segment) string {
	var texts []string
	for _, s := range segments {
		if s.Text != "" {
			texts = append(texts, s.Text)
		}
	}
	return strings.Join(texts, " ")
}

// Words is the event for a person at a terminal.
func (e TryEvent) Words() string {
	switch e.Event {
	case "prompt":
		return e.Text
	case "audio":
		return fmt.Sprintf("[recording %s] %s", e.Src, e.Text)
	case "listen":
		return "[" + strings.Join(e.Grammars, ", ") + "; Enter: silence; hangup]"
	case "record":
		return "[recording: say WORDS, key #; Enter: silence; hangup]"
	case "transfer":
		if e.Bridge != nil && !*e.Bridge {
			return "[passed on to " + e.Dest + "]"
		}
		return "[connecting with " + e.Dest + ": answered SECONDS, busy, networkbusy, noanswer; say WORDS, key 5, hangup]"
	case "log":
		return "[log] " + e.Text
	case "error":
		return "[error " + e.Name + "] " + e.Message
	case "exit":
		return "[the flow has ended]"
	default:
		return "[hung up]"
	}
}

// eventName is the W3C's name of what went wrong.
func eventName(err error) string {
	var event *vxml.EventError
	if errors.As(err, &event) {
		return event.Event
	}
	return "error"
}
