package flow

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"rollcall/gateway/vxml"
)

// This file checks a flow and what stands beside it. It looks where a call
// would look that the server answers: at files of the flow's own folder, or
// beside and below a flow from the web, and at nothing else.

// beside is where the files of a flow stand for the checker; what is not below
// it is not served, as in "../other.wav" and "/other.wav".
const (
	besideHost = "flow://"
	beside     = besideHost + "/beside/"
)

// Examples stand for cells while a flow is checked. They are written as nobody
// would, so that it can be told where a value is not known: as a number they
// are 1.
const (
	example        = "01"
	exampleAddress = "%30%31" // in a URL
	exampleText    = "1"      // in what is said, in scripts and in grammars
)

// Report is what a check has found.
type Report struct {
	Findings []vxml.Finding
	// Columns are those that the flow uses, and the documents beside it, as
	// they are first written, without those that every row has.
	Columns []string
}

// Missing returns the columns that are used and that are not in columns.
func (r Report) Missing(columns []string) []string {
	have := Values{}
	for _, c := range columns {
		have.set(c, "")
	}
	var missing []string
	for _, name := range r.Columns {
		if _, ok := have[key(name)]; !ok {
			missing = append(missing, name)
		}
	}
	return missing
}

// Check tells what is wrong with the flow and with what it refers to, in its
// own folder or below its address. The findings name files as the flow does.
func (f *Flow) Check(ctx context.Context) (Report, error) {
	c := &checked{flow: f, columns: f.Columns()}
	if f.folder != "" {
		root, err := os.OpenRoot(f.folder)
		if err != nil {
			return Report{}, fmt.Errorf("open the flow's folder: %w", err)
		}
		defer func() { _ = root.Close() }() // it was only read
		c.files = root.FS()
	} else if f.fsys != nil {
		c.files = f.fsys
	}
	main := address(f.name)
	text, err := exampleOf(f.text, f.name)
	if err != nil {
		return Report{problems(err), c.columns}, nil
	}
	checker := vxml.Checker{Load: c.load, Audio: f.sound, Unknown: varies}
	findings := checker.Check(ctx, []byte(text), main)
	for i := range findings {
		findings[i].URL = shown(findings[i].URL)
		findings[i].Message = strings.NewReplacer(beside, "", besideHost, "").Replace(findings[i].Message)
	}
	return Report{findings, c.columns}, ctx.Err()
}

// address is the URL by which the checker knows a file.
func address(name string) string {
	return besideHost + (&url.URL{Path: "/beside/" + name}).EscapedPath()
}

// shown is the name of a file beside the flow.
func shown(address string) string {
	name, ok := strings.CutPrefix(address, beside)
	if !ok {
		return address
	}
	if plain, err := url.PathUnescape(name); err == nil {
		return plain
	}
	return name
}

// varies tells of a value that a cell would be part of.
func varies(value string) bool {
	return strings.TrimSpace(value) == example || strings.Contains(value, exampleAddress)
}

// exampleOf fills a document with examples in place of its columns.
func exampleOf(text, name string) (string, error) {
	f := &filler{src: text, url: name, example: true, replace: func(string) (string, bool) { return exampleText, true }}
	err := f.run()
	return f.out.String(), err
}

// problems makes findings of the errors of a filler.
func problems(err error) []vxml.Finding {
	var list []vxml.Finding
	for _, one := range unjoined(err) {
		found := vxml.Finding{Severity: vxml.SeverityError, Message: one.Error()}
		var at *vxml.SyntaxError
		if errors.As(one, &at) {
			found.URL, found.Line, found.Column, found.Message = at.URL, at.Line, at.Column, at.Message
		}
		list = append(list, found)
	}
	return list
}

func unjoined(err error) []error {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		return joined.Unwrap()
	}
	return []error{err}
}

// checked is where a check finds what the flow refers to.
type checked struct {
	flow    *Flow
	files   fs.FS    // nil for a flow from the web
	columns []string // used by the flow and the documents read so far
}

// use notes the columns of a document beside the flow.
func (c *checked) use(document *Flow) {
	for _, name := range document.Columns() {
		if !slices.ContainsFunc(c.columns, func(known string) bool { return key(known) == key(name) }) {
			c.columns = append(c.columns, name)
		}
	}
}

func (c *checked) load(ctx context.Context, target string) (vxml.Resource, error) {
	rest, own := strings.CutPrefix(target, beside)
	if !own && strings.HasPrefix(target, besideHost) {
		return vxml.Resource{}, errNotHere
	}
	escaped, query, _ := strings.Cut(rest, "?")
	name, err := url.PathUnescape(escaped)
	switch {
	case own && (err != nil || !fs.ValidPath(name)):
		return vxml.Resource{}, errNotHere
	case c.flow.base != nil:
		return c.fromWeb(ctx, target, own)
	case !own:
		return vxml.Resource{}, vxml.ErrNotFollowed
	}
	r, err := c.fromFolder(name)
	if query != "" {
		r.URL += "?" + query
	}
	return r, err
}

func (c *checked) fromFolder(name string) (vxml.Resource, error) {
	r := vxml.Resource{URL: address(name)}
	if c.files == nil {
		return r, errNotHere
	}
	body, err := readFile(c.files, name)
	if err != nil {
		return r, reason(err)
	}
	if r.Body = body; isDocument(name) {
		r.Body, err = c.exampleDocument(body, r.URL)
	}
	return r, err
}

// reason leaves out where on this machine a file was looked for.
func reason(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return errNotHere
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

func (c *checked) exampleDocument(body []byte, url string) ([]byte, error) {
	text, err := decode(body)
	if err != nil {
		return nil, err
	}
	c.use(&Flow{text: text, name: url})
	text, err = exampleOf(text, url)
	return []byte(text), err
}

// isDocument tells of a file that is filled before it is served.
func isDocument(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".vxml" || ext == ".vxm"
}

// readFile reads a file of a flow's folder.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxFile {
		return nil, errNotHere
	}
	return fs.ReadFile(fsys, name)
}

// fromWeb fetches what stands beside a flow from the web or below it; the
// gateway would be sent there.
func (c *checked) fromWeb(ctx context.Context, target string, own bool) (vxml.Resource, error) {
	folder := c.flow.base.ResolveReference(&url.URL{Path: "./"})
	there, err := url.Parse(target)
	if own {
		there, err = folder.Parse("./" + strings.TrimPrefix(target, beside))
	}
	if err != nil || !below(folder, there) {
		return vxml.Resource{}, vxml.ErrNotFollowed
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, there.String(), nil)
	if err != nil {
		return vxml.Resource{}, vxml.ErrNotFollowed
	}
	response, err := c.client(folder).Do(request)
	if err != nil {
		return vxml.Resource{}, err
	}
	defer func() { _ = response.Body.Close() }() // it was only read
	if response.StatusCode != http.StatusOK {
		return vxml.Resource{}, fmt.Errorf("the answer is %s", response.Status)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxFile))
	return vxml.Resource{URL: besideAddress(folder, response.Request.URL), Type: response.Header.Get("Content-Type"), Body: body}, err
}

// client follows redirects within folder.
func (c *checked) client(folder *url.URL) *http.Client {
	client := http.Client{Timeout: 30 * time.Second}
	if c.flow.client != nil {
		client = *c.flow.client
	}
	client.CheckRedirect = func(r *http.Request, via []*http.Request) error {
		if len(via) > 5 || !below(folder, r.URL) {
			return vxml.ErrNotFollowed
		}
		return nil
	}
	return &client
}

// below tells whether there is in folder, or deeper.
func below(folder, there *url.URL) bool {
	return there.Scheme == folder.Scheme && there.Host == folder.Host && strings.HasPrefix(there.EscapedPath(), folder.EscapedPath())
}

// besideAddress is the URL by which the checker knows a file from the web.
func besideAddress(folder, there *url.URL) string {
	name := beside + strings.TrimPrefix(there.EscapedPath(), folder.EscapedPath())
	if there.RawQuery != "" {
		name += "?" + there.RawQuery
	}
	return name
}
