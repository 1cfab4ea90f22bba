// Package flow is the document that a campaign plays: it loads it, checks it,
// fills in what differs from person to person and serves it to the gateway.
//
// A [Flow] is VoiceXML with ${Column} wherever a cell of the person's row is
// to stand. [Flow.Fill] replaces them, escaped by their place (fill.go); a
// [Server] publishes each attempt's document under an address of its own
// (server.go). Package built, below, writes the document of a message that was
// put together in the window.
//
// Column names compare without case and may contain spaces. Besides the list's
// columns there are ${AnsweredBy}, which is "person" or "machine", and, where
// the list has no columns of these names, ${Name} and ${Number}.
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
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/encoding/charmap"

	"rollcall/campaign"
)

// samplePrefix begins the source of a flow that is part of the program,
// builtPrefix that of one that was put together in the window.
const (
	samplePrefix = "sample:"
	builtPrefix  = "built:"
)

// builtName is the name of a built flow's document.
const builtName = "message.vxml"

// maxSize bounds a flow, in bytes; it is what the interpreter would read.
const maxSize = 1 << 20

// Loader opens flows. The zero value knows files and URLs.
type Loader struct {
	Samples fs.FS // where "sample:NAME" is found, by bare names
	// Built returns the document of "built:ID", and the files beside it; nil
	// where there are none. See package built.
	Built  func(ctx context.Context, id string) (document string, files fs.FS, err error)
	Client *http.Client // for URLs; nil for one that waits half a minute
	// Sound tells [Flow.Check] why the gateway cannot play a sound; nil takes
	// every one for good.
	Sound func(sound []byte, mediaType string) error
}

// Flow is a flow that was loaded. It does not change; it is safe for use by
// several goroutines.
type Flow struct {
	Source string // as it was opened; a file's path absolute
	text   string // in UTF-8
	name   string // of the document in errors and addresses, "reminder.vxml"
	base   *url.URL
	folder string // of a file
	fsys   fs.FS  // of a sample
	client *http.Client
	sound  func(sound []byte, mediaType string) error
}

// Open loads a flow from a file or a URL. See [Loader] for samples.
func Open(ctx context.Context, source string) (*Flow, error) {
	return Loader{}.Open(ctx, source)
}

// Open loads a flow from a file, an http(s) URL, "sample:NAME" or "built:ID".
func (l Loader) Open(ctx context.Context, source string) (*Flow, error) {
	f := &Flow{Source: source, client: l.Client, sound: l.Sound}
	var content []byte
	var err error
	switch name, sample := strings.CutPrefix(source, samplePrefix); {
	case sample:
		f.name, f.fsys = name, l.Samples
		content, err = l.sample(name)
	case strings.HasPrefix(source, builtPrefix):
		content, err = l.built(ctx, f)
	case strings.HasPrefix(source, "http://") || strings.HasPrefix(source, "https://"):
		content, err = l.download(ctx, f)
	default:
		content, err = f.read()
	}
	if err != nil {
		return nil, err
	}
	if len(content) > maxSize {
		return nil, fmt.Errorf("open the flow: %s has more than %d bytes", source, maxSize)
	}
	f.text, err = decode(content)
	return f, err
}

func (l Loader) sample(name string) ([]byte, error) {
	if l.Samples == nil || !fs.ValidPath(name) {
		return nil, fmt.Errorf("open the flow: there is no sample %q", name)
	}
	content, err := fs.ReadFile(l.Samples, name)
	if err != nil {
		return nil, fmt.Errorf("open the flow: %w", err)
	}
	return content, nil
}

func (l Loader) built(ctx context.Context, f *Flow) ([]byte, error) {
	id := strings.TrimPrefix(f.Source, builtPrefix)
	if l.Built == nil {
		return nil, fmt.Errorf("open the flow: there is no built message %q here", id)
	}
	document, files, err := l.Built(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("open the flow: %w", err)
	}
	f.name, f.fsys = builtName, files
	return []byte(document), nil
}

func (f *Flow) read() ([]byte, error) {
	path, err := filepath.Abs(f.Source)
	if err != nil {
		return nil, fmt.Errorf("open the flow: %w", err)
	}
	f.Source, f.name, f.folder = path, filepath.Base(path), filepath.Dir(path)
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the flow: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	return io.ReadAll(io.LimitReader(file, maxSize+1))
}

func (l Loader) download(ctx context.Context, f *Flow) ([]byte, error) {
	client := l.Client
	if client == nil {
		client = &http.Client{Timeout: 30 * time.Second}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, f.Source, nil)
	if err != nil {
		return nil, fmt.Errorf("open the flow: %w", err)
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("open the flow: %w", err)
	}
	defer func() { _ = response.Body.Close() }() // it was only read
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("open the flow: %s answered %s", f.Source, response.Status)
	}
	f.base = response.Request.URL
	if f.name = filepath.Base(f.base.Path); !strings.Contains(f.name, ".") {
		f.name = "flow.vxml"
	}
	content, err := io.ReadAll(io.LimitReader(response.Body, maxSize+1))
	if err != nil {
		return nil, fmt.Errorf("open the flow: %w", err)
	}
	return content, nil
}

var declaredEncoding = regexp.MustCompile(`^(<\?xml[^>]*?encoding\s*=\s*["'])([^"']*)(["'])`)

// decode turns a document in an old 8-bit encoding into UTF-8, so that cells
// in any script can be filled in. As on the web, Windows-1252 stands for
// ISO-8859-1.
func decode(content []byte) (string, error) {
	text := strings.TrimPrefix(string(content), "\ufeff")
	m := declaredEncoding.FindStringSubmatch(text)
	if m == nil {
		return text, nil
	}
	switch strings.ToLower(m[2]) {
	case "iso-8859-1", "latin1", "windows-1252":
		wide, err := charmap.Windows1252.NewDecoder().String(text)
		if err != nil {
			return "", fmt.Errorf("open the flow: %w", err)
		}
		return declaredEncoding.ReplaceAllString(wide, "${1}UTF-8${3}"), nil
	default:
		return text, nil // the check says what is wrong with others
	}
}

// Columns returns the names of the columns that the flow's own document uses,
// as it first writes them, without those that every row has. [Flow.Check] finds
// those of the documents beside it too.
func (f *Flow) Columns() []string {
	names, _ := used(f.text, f.name) // what cannot be read is Check's business
	var columns []string
	for _, name := range names {
		if !builtIn(name) {
			columns = append(columns, name)
		}
	}
	return columns
}

func builtIn(name string) bool {
	switch key(name) {
	case key(answeredBy), key(nameColumn), key(numberColumn):
		return true
	default:
		return false
	}
}

// Text is the flow's document as its author wrote it, in UTF-8. What [Flow.Fill]
// makes of it has the same lines.
func (f *Flow) Text() string { return f.text }

// Name is that of the document, as findings and addresses tell it.
func (f *Flow) Name() string { return f.name }

// Fill returns the document for one person. A column that values lacks is an
// error that names it and its place.
func (f *Flow) Fill(values Values) (string, error) {
	return fillText(f.text, f.name, values)
}

// Values are the cells of one row; make them with [NewValues].
type Values map[string]string

const (
	answeredBy   = "AnsweredBy"
	nameColumn   = "Name"
	numberColumn = "Number"
)

// NewValues returns what the placeholders of a flow stand for in c's row.
// Where two columns have the same name the first one counts.
func NewValues(columns []string, c campaign.Contact, machine bool) Values {
	v := Values{}
	for i, column := range columns {
		if _, twice := v[key(column)]; !twice && i < len(c.Cells) {
			v.set(column, c.Cells[i])
		}
	}
	for name, value := range map[string]string{nameColumn: c.Name, numberColumn: string(c.Number)} {
		if _, own := v[key(name)]; !own {
			v.set(name, value)
		}
	}
	v.set(answeredBy, "person")
	if machine {
		v.set(answeredBy, "machine")
	}
	return v
}

func (v Values) set(column, value string) { v[key(column)] = value }

// key is how column names compare: without case, white space collapsed.
func key(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(name), " "))
}

// errNotHere is what the files of a flow end in where one is not served.
var errNotHere = errors.New("no such file beside the flow")
