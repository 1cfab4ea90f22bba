package vxml_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"strings"
	"time"

	"rollcall/gateway/vxml"
)

// caller is a platform with a virtual clock: it plays a scripted caller and
// writes down what happens, a line for each prompt, input and fetch.
type caller struct {
	documents  map[string]string // by URL
	status     map[string]int    // of those that are not there, by URL
	inputs     []string          // key 1, say yes, silence, hangup, hangup in prompt
	transcript []string
	offers     []vxml.Offer // of the last Listen
	keys       []byte       // of a "key" line, still to be taken
	now        time.Duration
}

func (c *caller) note(format string, args ...any) {
	c.transcript = append(c.transcript, fmt.Sprintf(format, args...))
}

func (c *caller) Play(ctx context.Context, p vxml.Prompt) (vxml.Played, error) {
	line := "> " + segments(p.Segments)
	if !p.BargeIn {
		line += " (to the end)"
	}
	c.note("%s", line)
	if len(c.inputs) > 0 && c.inputs[0] == "hangup in prompt" {
		c.note("< %s", c.inputs[0])
		c.inputs = c.inputs[1:]
		return vxml.Played{}, vxml.ErrHungUp
	}
	return played(p.Segments), ctx.Err()
}

// played is what a caller has heard who hears everything.
func played(list []vxml.Segment) vxml.Played {
	var p vxml.Played
	for _, s := range list {
		if s.Mark != "" {
			p = vxml.Played{Mark: s.Mark, Since: 2 * time.Second}
		}
	}
	return p
}

func segments(list []vxml.Segment) string {
	var parts []string
	for _, s := range list {
		switch {
		case s.Audio != "" && len(s.Else) > 0:
			parts = append(parts, "["+s.Audio+" | "+segments(s.Else)+"]")
		case s.Audio != "":
			parts = append(parts, "["+s.Audio+"]")
		case s.Text != "":
			parts = append(parts, s.Text)
		case s.Sound != nil:
			parts = append(parts, "[sound "+string(s.Sound.Sound)+"]")
		case s.Mark != "":
			parts = append(parts, "[mark "+s.Mark+"]")
		default:
			parts = append(parts, "["+s.Pause.String()+"]")
		}
	}
	return strings.Join(parts, " ")
}

func (c *caller) Listen(ctx context.Context, l vxml.Listen) (vxml.Input, error) {
	c.offers = l.Offers
	if len(c.keys) > 0 {
		key := c.keys[0]
		c.keys = c.keys[1:]
		return vxml.Input{Key: key}, nil
	}
	if len(c.inputs) == 0 {
		return vxml.Input{}, vxml.ErrHungUp
	}
	input := c.inputs[0]
	c.inputs = c.inputs[1:]
	kind, rest, _ := strings.Cut(input, " ")
	switch kind {
	case "key":
		c.note("< %s", input)
		c.keys = []byte(rest[1:])
		return vxml.Input{Key: rest[0]}, ctx.Err()
	case "say":
		c.note("< %s", input)
		in := vxml.Input{Words: rest}
		if l.Speech.Keep {
			in.Sound = &vxml.Recording{Sound: []byte(rest), Type: "audio/x-wav", Length: time.Second}
		}
		return in, ctx.Err()
	case "silence":
		c.note("< silence %v", l.Timeout)
		c.now += l.Timeout
		return vxml.Input{}, ctx.Err()
	default:
		c.note("< %s", input)
		return vxml.Input{}, vxml.ErrHungUp
	}
}

func (c *caller) Fetch(_ context.Context, f vxml.Fetch) (vxml.Resource, error) {
	line := "@ " + f.Method + " " + f.URL
	if f.Body != nil {
		line += " " + body(f)
	}
	if l := limits(f); l != "" {
		line += " (" + l + ")"
	}
	c.note("%s", line)
	address, _, _ := strings.Cut(f.URL, "?")
	if status := c.status[address]; status != 0 {
		return vxml.Resource{}, vxml.HTTPError(status)
	}
	src, ok := c.documents[address]
	if !ok {
		return vxml.Resource{}, fmt.Errorf("no document at %s", f.URL)
	}
	return vxml.Resource{URL: f.URL, Body: []byte(src)}, nil
}

func limits(f vxml.Fetch) string {
	var parts []string
	if f.MaxAge != nil {
		parts = append(parts, "maxage "+f.MaxAge.String())
	}
	if f.MaxStale != nil {
		parts = append(parts, "maxstale "+f.MaxStale.String())
	}
	if f.Meanwhile.URL != "" {
		parts = append(parts, "audio "+f.Meanwhile.URL)
	}
	return strings.Join(parts, ", ")
}

// body shows the parts of a multipart body, without what is by chance, or the
// body itself.
func body(f vxml.Fetch) string {
	media, params, err := mime.ParseMediaType(f.Type)
	if err != nil || media != "multipart/form-data" {
		return string(f.Body)
	}
	var parts []string
	r := multipart.NewReader(bytes.NewReader(f.Body), params["boundary"])
	for {
		part, err := r.NextPart()
		if err != nil {
			return strings.Join(parts, " & ")
		}
		content, _ := io.ReadAll(part)
		text := part.FormName() + "=" + string(content)
		if kind := part.Header.Get("Content-Type"); kind != "" && !strings.HasPrefix(kind, "text/plain") {
			text = part.FormName() + "=(" + kind + ") " + string(content)
		}
		parts = append(parts, text)
	}
}

func (c *caller) Disconnect(context.Context) error {
	c.note("! disconnect")
	return nil
}

func (c *caller) Now() time.Time { return time.Unix(0, 0).Add(c.now) }

func (c *caller) Log(label, text string) { c.note("# %s", strings.TrimSpace(label+" "+text)) }
