package vxml_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"rollcall/gateway/vxml"
)

// This file has the scripted caller be recorded and transferred. What it says
// of both stands in conversation_test.go.

// answer takes the next line of the script and notes it.
func (c *caller) answer() string {
	if len(c.inputs) == 0 {
		return "hangup"
	}
	input := c.inputs[0]
	c.inputs = c.inputs[1:]
	return input
}

// option renders " name value" of a length of time that is set.
func option(name string, d time.Duration) string {
	if d == 0 {
		return ""
	}
	return " " + name + " " + d.String()
}

func text(name, value string) string {
	if value == "" {
		return ""
	}
	return strings.TrimRight(" "+name+" "+value, " ")
}

func (c *caller) Record(ctx context.Context, r vxml.Record) (vxml.Recording, error) {
	line := "~ record"
	if r.Beep {
		line += " beep"
	}
	line += option("max", r.Max) + option("final", r.FinalSilence) + text("type", r.Type)
	if r.Keys {
		line += " keys"
	}
	c.note("%s", line)
	input := c.answer()
	kind, rest, _ := strings.Cut(input, " ")
	switch kind {
	case "silence":
		c.note("< silence %v", r.Timeout)
		c.now += r.Timeout
		return vxml.Recording{}, ctx.Err()
	case "say":
		c.note("< %s", input)
		return c.said(rest, r)
	case "key":
		c.note("< %s", input)
		return vxml.Recording{Key: rest[0]}, ctx.Err()
	default:
		c.note("< %s", input)
		return vxml.Recording{}, vxml.ErrHungUp
	}
}

// said is what was recorded of "words 4s", "words 4s #" or "words 4s hangup".
func (c *caller) said(script string, r vxml.Record) (vxml.Recording, error) {
	rec := vxml.Recording{Type: r.Type}
	if rec.Type == "" {
		rec.Type = "audio/x-wav"
	}
	fields := strings.Fields(script)
	if len(fields) < 2 {
		return rec, fmt.Errorf("the script says %q, expected words and how long", script)
	}
	last := fields[len(fields)-1]
	end := ""
	if _, err := time.ParseDuration(last); err != nil {
		end, fields = last, fields[:len(fields)-1]
	}
	length, err := time.ParseDuration(fields[len(fields)-1])
	if err != nil {
		return rec, fmt.Errorf("the script says %q, expected words and how long", script)
	}
	rec.Sound, rec.Length = []byte(strings.Join(fields[:len(fields)-1], " ")), length
	if r.Max > 0 && rec.Length >= r.Max {
		rec.Length, rec.AtMax = r.Max, true
	}
	c.now += rec.Length
	if end == "hangup" {
		return rec, vxml.ErrHungUp
	}
	if end != "" {
		rec.Key = end[0]
	}
	return rec, nil
}

func (c *caller) Transfer(ctx context.Context, t vxml.Transfer) (vxml.Transferred, error) {
	c.note("~ transfer %s %s%s%s%s%s", t.Manner, t.Dest, option("connect", t.ConnectTimeout), option("max", t.Max),
		text("audio", t.Audio), text("info", t.Info))
	input := c.answer()
	c.note("< %s", input)
	kind, rest, _ := strings.Cut(input, " ")
	switch {
	case kind == "hangup":
		return vxml.Transferred{}, vxml.ErrHungUp
	case kind == "passed":
		return vxml.Transferred{}, ctx.Err()
	case kind == "answered":
		return c.answered(rest, t)
	case strings.HasPrefix(kind, "error."):
		return vxml.Transferred{}, &vxml.EventError{Event: kind}
	}
	return vxml.Transferred{Outcome: kind}, ctx.Err()
}

// answered is a conversation of "20s", "5s key *" or "5s say words".
func (c *caller) answered(script string, t vxml.Transfer) (vxml.Transferred, error) {
	after, what, _ := strings.Cut(script, " ")
	length, err := time.ParseDuration(after)
	if err != nil {
		return vxml.Transferred{}, err
	}
	done := vxml.Transferred{Outcome: "far_end_disconnect", Length: length}
	if t.Max > 0 && length >= t.Max {
		done = vxml.Transferred{Outcome: "maxtime_disconnect", Length: t.Max}
	} else if c.heard(what, t) {
		done.Outcome = "near_end_disconnect"
	}
	c.now += done.Length
	return done, nil
}

// heard has the caller key or say something meanwhile, and tells whether that
// ends the conversation.
func (c *caller) heard(what string, t vxml.Transfer) bool {
	kind, rest, _ := strings.Cut(what, " ")
	switch {
	case t.Heard == nil:
		return false
	case kind == "say":
		return t.Heard(vxml.Input{Words: rest})
	case kind == "key":
		for _, key := range []byte(rest) {
			if t.Heard(vxml.Input{Key: key}) {
				return true
			}
		}
	}
	return false
}
