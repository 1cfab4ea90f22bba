package vxml

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"rollcall/gateway/vxml/markup"
	"rollcall/gateway/vxml/script"
)

// This file throws, counts and catches events (VoiceXML 2.0, section 5.2).

// Names of events.
const (
	eventNoInput  = "noinput"
	eventNoMatch  = "nomatch"
	eventHangup   = "connection.disconnect.hangup"
	eventSemantic = "error.semantic"
	eventBadFetch = "error.badfetch"
	eventResource = "error.noresource"
	eventBuiltin  = "error.unsupported.builtin"
	eventPassedOn = "connection.disconnect.transfer"
)

// EventError is an event that was thrown, and where: the cause of a Failed
// ending.
type EventError struct {
	Event   string // "error.semantic"
	Message string
	At      string // file:line:column, empty if it did not come from an element
	fatal   bool   // a limit: nothing catches it
}

func (e *EventError) Error() string {
	text := e.Event
	if e.Message != "" {
		text += ": " + e.Message
	}
	if e.At != "" {
		text = e.At + ": " + text
	}
	return text
}

func throw(n *markup.Node, name, format string, args ...any) error {
	return &EventError{Event: name, Message: fmt.Sprintf(format, args...), At: n.String()}
}

func exhausted(format string, args ...any) error {
	return &EventError{Event: eventResource, Message: fmt.Sprintf(format, args...), fatal: true}
}

// handled catches err if it is an event, and what its handlers throw in turn.
// Nil means that the dialog goes on; every other error unwinds further.
func (c *call) handled(ctx context.Context, err error) error {
	for {
		var ev *EventError
		if !errors.As(err, &ev) {
			return err
		}
		if c.thrown++; c.thrown > c.limits.Events && !ev.fatal {
			ev = &EventError{Event: eventResource, Message: fmt.Sprintf("more than %d events without an input, the last %s", c.limits.Events, ev.Event), fatal: true}
		}
		if ev.fatal {
			c.queue = nil
			return c.fail(ctx, ev)
		}
		err = c.catch(ctx, ev)
	}
}

func (c *call) fail(ctx context.Context, ev *EventError) error {
	c.result.Err = ev
	return c.end(ctx, Failed, "")
}

// catch counts ev and runs the handler that its count selects.
func (c *call) catch(ctx context.Context, ev *EventError) error {
	counts := c.counters()
	for _, name := range prefixes(ev.Event) {
		counts[name]++
	}
	c.reprompt = false
	handler, err := c.selectCatch(ctx, ev.Event, counts)
	if err != nil {
		return err
	}
	if handler == nil {
		err = c.standard(ctx, ev)
	} else {
		c.engine.Reset(script.Anonymous)
		c.engine.Declare(script.Anonymous, "_event", ev.Event)
		c.engine.Declare(script.Anonymous, "_message", message(ev))
		err = c.execute(ctx, handler.Children)
		c.engine.Reset(script.Anonymous)
	}
	c.quiet = !c.reprompt
	return err
}

func message(ev *EventError) any {
	if ev.Message == "" {
		return nil
	}
	return ev.Message
}

// counters are the item's, or the dialog's while no item is visited.
func (c *call) counters() map[string]int {
	if v := c.items[c.item]; v != nil {
		return v.events
	}
	return c.events
}

// prefixes are the names by which an event can be caught: itself, each of its
// beginnings, and the empty one for a catch of all events.
func prefixes(event string) []string {
	names := []string{event}
	for i := len(event) - 1; i > 0; i-- {
		if event[i] == '.' {
			names = append(names, event[:i])
		}
	}
	return append(names, "")
}

// selectCatch finds the handler: of those in scope, from the inside to the
// outside and in document order, that match and whose cond is true, the first
// among those with the highest count not above the event's (section 5.2.4).
func (c *call) selectCatch(ctx context.Context, event string, counts map[string]int) (*markup.Node, error) {
	var chosen *markup.Node
	var problem error
	best := 0
	c.scopes(func(scope *markup.Node) (done bool) {
		for _, n := range scope.Elements("catch", "error", "help", "noinput", "nomatch") {
			times, matches := caught(n, event, counts)
			count := countOf(n)
			if !matches || count > times || count <= best {
				continue
			}
			var ok bool
			if ok, problem = c.cond(ctx, n); problem != nil {
				return true
			}
			if ok {
				chosen, best = n, count
			}
		}
		return false
	})
	if problem != nil {
		return nil, problem
	}
	return chosen, nil
}

// caught tells whether handler n catches event, and how often that event has
// occurred by the name that n gives it.
func caught(n *markup.Node, event string, counts map[string]int) (times int, ok bool) {
	names := n.Name
	if n.Name == "catch" {
		names = n.Attr("event")
	}
	list := strings.Fields(names)
	if len(list) == 0 {
		return counts[""], true
	}
	for _, name := range list {
		name = strings.TrimSuffix(name, ".")
		for _, prefix := range prefixes(event) {
			if name == prefix {
				return counts[name], true
			}
		}
	}
	return 0, false
}

func countOf(n *markup.Node) int {
	count, err := strconv.Atoi(n.Attr("count"))
	if err != nil || count < 1 {
		return 1
	}
	return count
}

// standard is what happens to an event that no element catches (section 5.2.5).
func (c *call) standard(ctx context.Context, ev *EventError) error {
	switch ev.Event {
	case "cancel":
		return nil
	case eventNoInput, eventNoMatch, "help", "maxspeechtimeout":
		c.reprompt = true
		return nil
	case "exit":
		return c.end(ctx, Exit, "")
	}
	if strings.HasPrefix(ev.Event, "connection.disconnect") {
		return c.end(ctx, Exit, "")
	}
	return c.fail(ctx, ev)
}

// hungUp starts final processing: from now on nothing is played or listened
// for (section 1.5.4).
func (c *call) hungUp() error {
	c.gone, c.queue = HungUp, nil
	return &EventError{Event: eventHangup}
}
