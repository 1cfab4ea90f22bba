package vxml

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"rollcall/gateway/vxml/markup"
	"rollcall/gateway/vxml/script"
)

// This file selects, renders and queues prompts (VoiceXML 2.0, section 4.1).

// spokenPart is what makes one prompt among the children of a field or a menu:
// the <prompt> element, or text and its like without one.
type spokenPart struct {
	element *markup.Node // nil for text without <prompt>
	owner   *markup.Node
	content []*markup.Node
}

func spokenParts(owner *markup.Node) []spokenPart {
	var parts []spokenPart
	nodes := owner.Children
	for len(nodes) > 0 {
		n := spokenRun(nodes)
		switch {
		case n > 0:
			parts = append(parts, spokenPart{owner: owner, content: nodes[:n]})
		case nodes[0].Name == "prompt":
			n = 1
			parts = append(parts, spokenPart{element: nodes[0], owner: owner, content: nodes[0].Children})
		default:
			n = 1
		}
		nodes = nodes[n:]
	}
	return parts
}

// selectPrompts queues the prompts of an input item whose count is due: the
// highest one not above the item's prompt counter (section 4.1.6).
func (c *call) selectPrompts(ctx context.Context, it *item) error {
	v := c.items[it]
	best := 1
	var due []spokenPart
	for _, p := range spokenParts(it.node) {
		count := 1
		if p.element != nil {
			count = countOf(p.element)
			if ok, err := c.cond(ctx, p.element); err != nil {
				return err
			} else if !ok {
				continue
			}
		}
		switch {
		case count > v.prompts || count < best:
		case count > best:
			best, due = count, []spokenPart{p}
		default:
			due = append(due, p)
		}
	}
	v.prompts++
	for _, p := range due {
		if err := c.queuePart(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func (c *call) queuePart(ctx context.Context, p spokenPart) error {
	if p.element == nil {
		return c.queuePrompt(ctx, p.owner, p.content)
	}
	return c.queuePrompt(ctx, p.element, p.content)
}

// prompt is a <prompt> in executable content: its count means nothing there.
func (c *call) prompt(ctx context.Context, n *markup.Node) error {
	if ok, err := c.cond(ctx, n); err != nil || !ok {
		return err
	}
	return c.queuePrompt(ctx, n, n.Children)
}

// queuePrompt renders nodes and queues them; attributes are those of n where
// it is a <prompt>.
func (c *call) queuePrompt(ctx context.Context, n *markup.Node, nodes []*markup.Node) error {
	segments, err := c.render(ctx, nodes)
	if err != nil {
		return err
	}
	own := n
	if n.Name != "prompt" {
		own = new(markup.Node) // text alone is a prompt too, without attributes
	}
	if own == n || len(segments) > 0 { // what is the last prompt sets the timeout, or none
		c.timeout = -1
		if d, err := duration(own.Attr("timeout")); err == nil {
			c.timeout = d
		}
	}
	barge := cmp.Or(own.Attr("bargein"), c.property("bargein", "true"))
	kind := cmp.Or(own.Attr("bargeintype"), c.property("bargeintype", "speech"))
	if len(segments) > 0 && c.gone == "" {
		if c.queued += weight(segments); c.queued > maxQueued {
			return exhausted("more than %d bytes of prompts without an input", maxQueued)
		}
		c.queue = append(c.queue, Prompt{Segments: segments, BargeIn: barge != "false", Hotword: kind == "hotword", Lang: language(n)})
	}
	return nil
}

// maxQueued bounds what waits to be played, in bytes of text and addresses.
const maxQueued = 1 << 20

func weight(segments []Segment) int {
	total := 0
	for _, s := range segments {
		total += len(s.Text) + len(s.Audio) + len(s.Mark) + weight(s.Else) + 1
	}
	return total
}

func language(n *markup.Node) string {
	for ; n != nil; n = n.Parent {
		if lang := n.Attr("xml:lang"); lang != "" {
			return lang
		}
	}
	return ""
}

// flush plays what is queued, and notes how far that was heard.
func (c *call) flush(ctx context.Context) error {
	queue := c.queue
	c.queue, c.queued = nil, 0
	if len(queue) > 0 {
		c.played = Played{}
	}
	for _, p := range queue {
		played, err := c.platform.Play(ctx, p)
		if errors.Is(err, ErrHungUp) {
			return c.hungUp()
		}
		if err != nil {
			return err
		}
		if played.Mark != "" {
			c.played = played
		}
	}
	return nil
}

// rendering collects segments; text is kept together until something else
// comes.
type rendering struct {
	text     strings.Builder
	segments []Segment
}

func (r *rendering) add(s Segment) {
	r.endText()
	r.segments = append(r.segments, s)
}

func (r *rendering) endText() {
	if text := collapse(r.text.String()); text != "" {
		r.segments = append(r.segments, Segment{Text: text})
	}
	r.text.Reset()
}

func (c *call) render(ctx context.Context, nodes []*markup.Node) ([]Segment, error) {
	var r rendering
	if err := c.renderInto(ctx, &r, nodes); err != nil {
		return nil, err
	}
	r.endText()
	return r.segments, nil
}

// plainText renders what can only be text.
func (c *call) plainText(ctx context.Context, nodes []*markup.Node) (string, error) {
	segments, err := c.render(ctx, nodes)
	var texts []string
	for _, s := range segments {
		texts = append(texts, s.Text)
	}
	return strings.Join(texts, " "), err
}

func (c *call) renderInto(ctx context.Context, r *rendering, nodes []*markup.Node) error {
	for _, n := range nodes {
		if err := c.renderNode(ctx, r, n); err != nil {
			return err
		}
	}
	return nil
}

func (c *call) renderNode(ctx context.Context, r *rendering, n *markup.Node) error {
	switch n.Name {
	case "":
		r.text.WriteString(n.Text)
	case "value":
		v, err := c.eval(ctx, n, n.Attr("expr"))
		if err != nil {
			return err
		}
		if sound, ok := c.engine.Go(v).(*Recording); ok { // as VoiceXML 1.0 played them
			r.add(Segment{Sound: sound})
			return nil
		}
		r.text.WriteString(v.String())
	case "audio":
		return c.renderAudio(ctx, r, n)
	case "break":
		r.add(Segment{Pause: pause(n)})
	case "sub":
		r.text.WriteString(n.Attr("alias"))
	case "say-as", "sayas":
		return c.renderSayAs(ctx, r, n)
	case "enumerate":
		return c.renderChoices(ctx, r, n)
	case "mark":
		name, err := c.attribute(ctx, n, "name", "nameexpr")
		r.add(Segment{Mark: name})
		return err
	case "foreach":
		return c.foreach(ctx, n, func(body []*markup.Node) error { return c.renderInto(ctx, r, body) })
	case "desc", "meta", "metadata", "lexicon":
	case "p", "paragraph", "s", "sentence":
		r.text.WriteByte(' ')
		err := c.renderInto(ctx, r, n.Children)
		r.text.WriteByte(' ')
		return err
	default:
		return c.renderInto(ctx, r, n.Children)
	}
	return nil
}

// renderAudio is a recording, and what is said where it cannot be had. An expr
// that is undefined leaves out the whole element (section 4.1.3); one that is
// a recording of this call is played from memory.
func (c *call) renderAudio(ctx context.Context, r *rendering, n *markup.Node) error {
	src := n.Attr("src")
	if expr, ok := n.Lookup("expr"); ok {
		v, err := c.eval(ctx, n, expr)
		if err != nil || v.Undefined() {
			return err
		}
		if sound, ok := c.engine.Go(v).(*Recording); ok {
			r.add(Segment{Sound: sound})
			return nil
		}
		src = v.String()
	}
	if src == "" {
		return c.renderInto(ctx, r, n.Children)
	}
	absolute, err := resolve(c.doc, n, src)
	if err != nil {
		return err
	}
	var f Fetch
	if err := c.caching(n, "audio", &f); err != nil {
		return err
	}
	instead, err := c.render(ctx, n.Children)
	r.add(Segment{Audio: absolute, Else: instead, MaxAge: f.MaxAge, MaxStale: f.MaxStale})
	return err
}

// pause is the length of a <break> (SSML 1.0, section 3.2.3).
func pause(n *markup.Node) time.Duration {
	if d, err := duration(n.Attr("time")); err == nil {
		return min(d, time.Minute)
	}
	if ms, err := strconv.Atoi(n.Attr("msecs")); err == nil && ms >= 0 {
		return min(time.Duration(ms)*time.Millisecond, time.Minute)
	}
	strength := n.Attr("strength") + n.Attr("size")
	switch strength {
	case "none":
		return 0
	case "x-weak", "weak", "small":
		return 250 * time.Millisecond
	case "strong", "large":
		return time.Second
	case "x-strong":
		return 1500 * time.Millisecond
	default:
		return 500 * time.Millisecond
	}
}

// renderSayAs spaces out what is to be read one by one.
func (c *call) renderSayAs(ctx context.Context, r *rendering, n *markup.Node) error {
	text, err := c.plainText(ctx, n.Children)
	if err != nil {
		return err
	}
	switch strings.TrimPrefix(n.Attr("interpret-as")+n.Attr("type")+n.Attr("class"), "vxml:") {
	case "digits", "characters", "spell-out", "telephone", "phone":
		text = strings.Join(strings.Split(strings.ReplaceAll(text, " ", ""), ""), " ")
	}
	r.text.WriteString(text)
	return nil
}

// renderChoices is <enumerate>: its content for each choice of the menu, or
// each choice's text and keys (section 2.2.4).
func (c *call) renderChoices(ctx context.Context, r *rendering, n *markup.Node) error {
	if c.item == nil || c.item.choices == nil {
		return throw(n, eventSemantic, "<enumerate> outside of a menu and of a field with options")
	}
	for _, choice := range c.item.choices {
		if len(n.Children) == 0 {
			r.text.WriteString(" " + strings.Trim(choice.text+", "+choice.keys, ", ") + ". ")
			continue
		}
		c.engine.Declare(script.Anonymous, "_prompt", choice.text)
		c.engine.Declare(script.Anonymous, "_dtmf", choice.keys)
		if err := c.renderInto(ctx, r, n.Children); err != nil {
			return err
		}
		r.text.WriteByte(' ')
	}
	return nil
}
