package vxml_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"rollcall/gateway/vxml"
)

// irBase is where the folder is served from.
const irBase = "http://ir.test/"

// irCaller is the tester of the W3C's tests: where something is waited for, it
// does what the last prompt since its last input has asked for, and nothing if
// none did.
type irCaller struct {
	folder string
	dest   string // what becomes of transfers: an outcome, or answered by default
	heard  []string
	recent int    // how many of heard it had heard at its last input
	keys   []byte // of an input of several, still to be pressed
	logged []string
	gone   bool // it has hung up, or was hung up on or passed on
	now    time.Duration
}

func (c *irCaller) transcript() string { return strings.Join(c.heard, "\n") }

func (c *irCaller) Play(ctx context.Context, p vxml.Prompt) (vxml.Played, error) {
	var played vxml.Played
	for _, s := range p.Segments {
		if s.Mark != "" {
			played.Mark = s.Mark
		}
	}
	c.heard = append(c.heard, c.say(p.Segments))
	c.now += time.Second
	return played, ctx.Err()
}

func (c *irCaller) say(list []vxml.Segment) string {
	var parts []string
	for _, s := range list {
		switch {
		case s.Audio != "" && len(s.Else) > 0 && !c.served(s.Audio):
			parts = append(parts, c.say(s.Else))
		case s.Audio != "":
			parts = append(parts, "["+s.Audio+"]")
		case s.Text != "":
			parts = append(parts, s.Text)
		}
	}
	return strings.Join(parts, " ")
}

// asked finds the last request: made by machine, or one of those that two
// documents write out.
var asked = regexp.MustCompile(`\[\[([^\]]*)\]\]|\b(Say nothing)\b|\bSay ([A-Z][a-z]+(?: [A-Z][a-z]+)*)\.`)

func (c *irCaller) asked() string {
	found := asked.FindAllStringSubmatch(strings.Join(c.heard[c.recent:], "\n"), -1)
	c.recent = len(c.heard)
	if len(found) == 0 {
		return "silence"
	}
	last := found[len(found)-1]
	switch {
	case last[1] != "":
		return last[1]
	case last[2] != "":
		return "silence"
	}
	return "say " + strings.ToLower(last[3])
}

func (c *irCaller) Listen(ctx context.Context, l vxml.Listen) (vxml.Input, error) {
	if len(c.keys) > 0 {
		key := c.keys[0]
		c.keys = c.keys[1:]
		return vxml.Input{Key: key}, ctx.Err()
	}
	if l.Typed != "" { // it has pressed all it was asked for
		c.now += l.Timeout
		return vxml.Input{}, ctx.Err()
	}
	kind, what, _ := strings.Cut(c.asked(), " ")
	switch kind {
	case "key":
		c.keys = []byte(what[1:])
		return vxml.Input{Key: what[0]}, ctx.Err()
	case "say":
		return vxml.Input{Words: what, Confidence: 1}, ctx.Err()
	case "nomatch", "record":
		return vxml.Input{Words: "something unrecognizable", Confidence: 1}, ctx.Err()
	case "hangup":
		c.gone = true
		return vxml.Input{}, vxml.ErrHungUp
	}
	c.now += l.Timeout
	return vxml.Input{}, ctx.Err()
}

func (c *irCaller) Record(ctx context.Context, r vxml.Record) (vxml.Recording, error) {
	rec := vxml.Recording{Sound: []byte("sound"), Type: "audio/x-wav", Length: 6 * time.Second}
	kind, what, _ := strings.Cut(c.asked(), " ")
	switch kind {
	case "silence":
		c.now += r.Timeout
		return vxml.Recording{}, ctx.Err()
	case "hangup":
		c.gone = true
		return rec, vxml.ErrHungUp
	case "key":
		rec.Key = what[0]
	}
	if r.Max > 0 && rec.Length > r.Max {
		rec.Length, rec.AtMax = r.Max, true
	}
	c.now += rec.Length
	return rec, ctx.Err()
}

// Transfer has the other's telephone ring for three seconds, and a call that
// is answered last for ten.
func (c *irCaller) Transfer(ctx context.Context, t vxml.Transfer) (vxml.Transferred, error) {
	const ring, length = 3 * time.Second, 10 * time.Second
	switch {
	case t.Manner == vxml.Blind:
		c.gone = true
		return vxml.Transferred{}, ctx.Err()
	case t.ConnectTimeout > 0 && t.ConnectTimeout < ring:
		c.now += t.ConnectTimeout
		return vxml.Transferred{Outcome: "noanswer"}, ctx.Err()
	case c.dest != "":
		c.now += ring
		return vxml.Transferred{Outcome: c.dest}, ctx.Err()
	case t.Manner == vxml.Consultation:
		c.gone = true
		return vxml.Transferred{}, ctx.Err()
	case t.Max > 0 && t.Max < length:
		c.now += ring + t.Max
		return vxml.Transferred{Outcome: "maxtime_disconnect", Length: t.Max}, ctx.Err()
	}
	c.now += ring + length
	return vxml.Transferred{Outcome: "far_end_disconnect", Length: length}, ctx.Err()
}

// file finds what stands at an address. The tests' own absolute addresses are
// those of a server on the tester's machine.
func (c *irCaller) file(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	name := path.Clean("/" + u.Path)
	switch u.Host {
	case "ir.test":
	case "localhost":
		name = "/vxml20/" + path.Base(name)
	default:
		return "", fmt.Errorf("there is no host %s", u.Host)
	}
	if path.Ext(name) == ".vxml" {
		name = strings.TrimSuffix(name, ".vxml") + ".txml"
	}
	return filepath.Join(c.folder, filepath.FromSlash(name)), nil
}

func (c *irCaller) served(address string) bool {
	file, err := c.file(address)
	if err == nil {
		_, err = os.Stat(file)
	}
	return err == nil
}

var irTypes = map[string]string{
	".txml": "application/voicexml+xml", ".grxml": "application/srgs+xml", ".js": "text/javascript", ".wav": "audio/x-wav",
}

func (c *irCaller) Fetch(_ context.Context, f vxml.Fetch) (vxml.Resource, error) {
	file, err := c.file(f.URL)
	if err != nil {
		return vxml.Resource{}, err
	}
	src, err := os.ReadFile(file)
	if err != nil {
		return vxml.Resource{}, vxml.HTTPError(http.StatusNotFound)
	}
	if path.Ext(file) == ".txml" {
		plain, err := conformance(src)
		if err != nil {
			return vxml.Resource{}, err
		}
		src = []byte(plain)
	}
	return vxml.Resource{URL: f.URL, Type: irTypes[path.Ext(file)], Body: src}, nil
}

func (c *irCaller) Disconnect(context.Context) error {
	c.gone = true
	return nil
}

func (c *irCaller) Now() time.Time { return time.Unix(0, 0).Add(c.now) }

func (c *irCaller) Log(label, text string) {
	c.logged = append(c.logged, strings.TrimSpace(label+" "+text))
}
