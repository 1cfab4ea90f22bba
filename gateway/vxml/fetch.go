package vxml

import (
	"bytes"
	"context"
	"errors"
	"mime/multipart"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"rollcall/gateway/vxml/markup"
)

// This file fetches what documents refer to, and sends what they submit
// (VoiceXML 2.0, section 6.1).

// defaultFetchTimeout is used where neither attribute nor property says more.
const defaultFetchTimeout = 10 * time.Second

// fetchAs reads a resource whose URL may be relative to the document's. kind
// is the beginning of the properties that say how old it may be: audio, data,
// document, grammar or script.
func (c *call) fetchAs(ctx context.Context, n *markup.Node, kind string, f Fetch) (Resource, error) {
	if c.documents++; c.documents > c.limits.Documents {
		return Resource{}, exhausted("more than %d documents", c.limits.Documents)
	}
	absolute, err := resolve(c.doc, n, f.URL)
	if err != nil {
		return Resource{}, err
	}
	f.URL = absolute
	f.Timeout = c.timeProperty("fetchtimeout", defaultFetchTimeout)
	if d, err := duration(n.Attr("fetchtimeout")); err == nil {
		f.Timeout = d
	}
	if err := c.caching(n, kind, &f); err != nil {
		return Resource{}, err
	}
	if err := c.meanwhile(ctx, n, kind, &f); err != nil {
		return Resource{}, err
	}
	r, err := c.platform.Fetch(ctx, f)
	if err != nil {
		return Resource{}, c.fetchError(ctx, n, err)
	}
	if r.URL == "" {
		r.URL = f.URL
	}
	return r, nil
}

// fetchError makes an event of what a fetch failed with.
func (c *call) fetchError(ctx context.Context, n *markup.Node, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, ErrHungUp) {
		return c.hungUp()
	}
	var event *EventError
	if errors.As(err, &event) {
		return throw(n, event.Event, "%s", event.Message)
	}
	return throw(n, eventBadFetch, "%v", err)
}

// caching says how old a cached copy may be (section 6.1.2).
func (c *call) caching(n *markup.Node, kind string, f *Fetch) error {
	var err error
	if f.MaxAge, err = c.seconds(n, "maxage", kind); err != nil {
		return err
	}
	f.MaxStale, err = c.seconds(n, "maxstale", kind)
	return err
}

// seconds reads a number of seconds from an attribute, or from the property of
// its name and kind.
func (c *call) seconds(n *markup.Node, name, kind string) (*time.Duration, error) {
	text, ok := n.Lookup(name)
	if !ok {
		text = c.property(kind+name, "")
	}
	if text = strings.TrimSpace(text); text == "" {
		return nil, nil
	}
	s, err := strconv.ParseInt(strings.TrimSuffix(text, "s"), 10, 32)
	if err != nil || s < 0 {
		return nil, throw(n, eventBadFetch, "%s %q, expected a number of seconds", name, text)
	}
	d := time.Duration(s) * time.Second
	return &d, nil
}

// meanwhile sets what is heard during a fetch that the caller waits for. What
// was queued before is played first (section 4.1.8).
func (c *call) meanwhile(ctx context.Context, n *markup.Node, kind string, f *Fetch) error {
	if kind != "document" && kind != "data" || c.gone != "" {
		return nil
	}
	ref, ok := n.Lookup("fetchaudio")
	if !ok {
		ref = c.property("fetchaudio", "")
	}
	if strings.TrimSpace(ref) == "" {
		return nil
	}
	var err error
	if f.Meanwhile.URL, err = resolve(c.doc, n, ref); err != nil {
		return err
	}
	f.Meanwhile.Delay = c.timeProperty("fetchaudiodelay", 2*time.Second)
	f.Meanwhile.Minimum = c.timeProperty("fetchaudiominimum", 5*time.Second)
	return c.flush(ctx)
}

// resolve makes a reference of n absolute. Its base is the document's, or that
// of the prompt that it stands in.
func resolve(d *Document, n *markup.Node, ref string) (string, error) {
	base := d.base
	for at := n; at != nil; at = at.Parent {
		if own := at.Attr("xml:base"); at.Name == "prompt" && own != "" {
			var err error
			if base, err = base.Parse(own); err != nil {
				return "", throw(at, eventBadFetch, "xml:base %q is no URL", own)
			}
			break
		}
	}
	u, err := base.Parse(strings.TrimSpace(ref))
	if err != nil {
		return "", throw(n, eventBadFetch, "%q is no URL", ref)
	}
	return u.String(), nil
}

// The encodings of <submit> and its like.
const (
	formType      = "application/x-www-form-urlencoded"
	multipartType = "multipart/form-data"
)

// sending is the request that n makes of the variables named.
func (c *call) sending(ctx context.Context, n *markup.Node, next string, names []string) (Fetch, error) {
	method, enctype := strings.ToUpper(n.Attr("method")), n.Attr("enctype")
	switch {
	case method != "" && method != "GET" && method != "POST":
		return Fetch{}, throw(n, eventSemantic, "method %q, expected get or post", n.Attr("method"))
	case enctype != "" && enctype != formType && enctype != multipartType:
		return Fetch{}, throw(n, "error.unsupported.format", "enctype %q, expected %s or %s", enctype, formType, multipartType)
	}
	values, err := c.values(ctx, n, names)
	switch {
	case err != nil:
		return Fetch{}, err
	case method == "POST" && enctype == multipartType:
		return c.multipart(next, values)
	case method == "POST":
		return Fetch{URL: next, Method: "POST", Body: []byte(values.encode()), Type: formType}, nil
	default:
		return Fetch{URL: withQuery(next, values), Method: "GET"}, nil
	}
}

// multipart sends recordings as the files that they are (RFC 7578).
func (c *call) multipart(next string, values pairs) (Fetch, error) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, one := range values {
		if err := writePart(w, one.name, one.value.String(), c.engine.Go(one.value)); err != nil {
			return Fetch{}, err
		}
	}
	if err := w.Close(); err != nil {
		return Fetch{}, err
	}
	return Fetch{URL: next, Method: "POST", Body: body.Bytes(), Type: w.FormDataContentType()}, nil
}

func writePart(w *multipart.Writer, name, text string, value any) error {
	sound, ok := value.(*Recording)
	if !ok {
		return w.WriteField(name, text)
	}
	part, err := w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {multipart.FileContentDisposition(name, name+".wav")},
		"Content-Type":        {sound.Type},
	})
	if err != nil {
		return err
	}
	_, err = part.Write(sound.Sound)
	return err
}

func withQuery(ref string, values pairs) string {
	if len(values) == 0 {
		return ref
	}
	address, fragment, marked := strings.Cut(ref, "#")
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	address += separator + values.encode()
	if marked {
		address += "#" + fragment
	}
	return address
}

// property is the value of a property, the innermost one (section 6.3).
func (c *call) property(name, standard string) string {
	value := standard
	c.scopes(func(n *markup.Node) (done bool) {
		list := n.Elements("property")
		for i := len(list) - 1; i >= 0; i-- {
			if list[i].Attr("name") == name {
				value = list[i].Attr("value")
				return true
			}
		}
		return false
	})
	return value
}

func (c *call) timeProperty(name string, standard time.Duration) time.Duration {
	d, err := duration(c.property(name, ""))
	if err != nil {
		return standard
	}
	return d
}

func (c *call) numberProperty(name string, standard float64) float64 {
	f, err := strconv.ParseFloat(strings.TrimSpace(c.property(name, "")), 64)
	if err != nil {
		return standard
	}
	return f
}
