package vxml

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"rollcall/gateway/vxml/markup"
	"rollcall/gateway/vxml/script"
)

// This file checks documents before anybody is called with them: what will
// fail once they run, and what is likely to be a mistake. VoiceXML makes events
// of most of these, so that [Parse] does not refuse them.
//
//	check_load.go      what a document refers to: documents, grammars, sound
//	check_form.go      the form of attributes and properties, element by element
//	check_names.go     names that must be there
//	check_input.go     what is asked, and what may be answered
//	check_reach.go     dialogs and items that nothing leads to
//	check_endless.go   loops that no caller can leave

// Severity tells what will fail from what only looks wrong.
type Severity string

// The severities.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
)

// Finding is one thing that a check has found, at its place.
type Finding struct {
	URL          string
	Line, Column int
	Severity     Severity
	Message      string // what is wrong, and what was expected
}

// String is "file:line:column: what is wrong, what was expected".
func (f Finding) String() string { return f.problem().Error() }

func (f Finding) problem() *SyntaxError {
	return &SyntaxError{URL: f.URL, Line: f.Line, Column: f.Column, Message: f.Message}
}

// Errors joins a [SyntaxError] for each finding that is an error; it is nil
// where there are only warnings.
func Errors(findings []Finding) error {
	var errs []error
	for _, f := range findings {
		if f.Severity == SeverityError {
			errs = append(errs, f.problem())
		}
	}
	return errors.Join(errs...)
}

// ErrNotFollowed is what a Checker's Load returns for what it does not want to
// look at. It is nothing that is found.
var ErrNotFollowed = errors.New("this reference is not followed")

// Checker checks a document and, as far as Load lets it, everything that the
// document refers to. The zero value looks at one document alone.
type Checker struct {
	// Load fetches what an absolute URL without a fragment refers to. An error
	// that joins [SyntaxError]s is reported at their places, [ErrNotFollowed]
	// not at all, any other where the reference stands.
	Load func(ctx context.Context, url string) (Resource, error)
	// Audio tells why a sound cannot be played; nil accepts every one.
	Audio func(sound []byte, mediaType string) error
	// Unknown tells of an attribute's value that it stands for others, so that
	// nothing can be said of it; nil takes all as they are written.
	Unknown func(value string) bool
}

// Check reads a document and returns what is wrong with it and with what it
// refers to, the document's own findings first, each document's by place. url
// is where the document came from.
func (c Checker) Check(ctx context.Context, src []byte, url string) []Finding {
	k := newChecking(c)
	k.note(withoutFragment(url))
	doc, err := Parse(src, url)
	if err != nil {
		k.problems(nil, err)
		return k.sorted()
	}
	return k.run(ctx, doc)
}

// Check finds what will fail once the document runs, although it may be
// loaded: scripts with wrong syntax, dialogs and items that are not there. It
// does not look at what the document refers to; see [Checker]. The error joins
// a [SyntaxError] for each.
func (d *Document) Check() error {
	return Errors(newChecking(Checker{}).run(context.Background(), d))
}

// checking is the state of one check.
type checking struct {
	Checker
	findings []Finding
	seen     map[Finding]bool
	order    map[string]int // of documents, as they were come upon
	pages    []*page
	byURL    map[string]*page
	loaded   map[string]loaded
	loads    int
	bytes    int
	bounded  bool // not everything was looked at
	engine   *script.Engine
	// open is set by transitions that lead nobody knows where: from there every
	// dialog may be reached.
	open    bool
	targets map[*markup.Node]target
	budget  int // of elements looked at along the ways of callers
}

func newChecking(c Checker) *checking {
	return &checking{
		Checker: c, seen: map[Finding]bool{}, order: map[string]int{}, byURL: map[string]*page{}, loaded: map[string]loaded{},
		targets: map[*markup.Node]target{}, budget: 5_000_000,
	}
}

// page is a document that is checked.
type page struct {
	doc     *Document
	depth   int   // documents from the first one
	app     *page // its application root document
	appless bool  // it has one that is not known
	root    bool  // it is that of others
	dialogs map[string]*dialog
	names   map[string]bool // that stand for something
	scripts bool            // there are some that were not read
}

func newPage(doc *Document, depth int) *page {
	p := &page{doc: doc, depth: depth, dialogs: map[string]*dialog{}, names: map[string]bool{}}
	for _, dlg := range doc.dialogs {
		if dlg.id != "" {
			p.dialogs[dlg.id] = dlg
		}
	}
	return p
}

// first is the dialog that a document begins with, nil if it has none.
func (p *page) first() *dialog {
	if len(p.doc.dialogs) == 0 {
		return nil
	}
	return p.doc.dialogs[0]
}

func (k *checking) run(ctx context.Context, doc *Document) []Finding {
	k.add(doc, 0)
	for i := 0; i < len(k.pages); i++ { // pages are added on the way
		k.references(ctx, k.pages[i])
		k.pages[i].declarations()
	}
	for _, p := range k.pages {
		each(p.doc.root, func(n *markup.Node) {
			k.forms(p, n)
			k.versions(p, n)
			k.structure(n)
		})
		k.namesIn(p)
		k.input(p)
	}
	k.reach()
	k.endless()
	return k.sorted()
}

func (k *checking) add(doc *Document, depth int) *page {
	p := newPage(doc, depth)
	k.pages = append(k.pages, p)
	k.byURL[doc.url] = p
	k.note(doc.url)
	return p
}

// note gives what is at url its place among the findings.
func (k *checking) note(url string) {
	if _, known := k.order[url]; !known {
		k.order[url] = len(k.order)
	}
}

// each visits n and the elements below it, without the content of those that
// follow rules of their own.
func each(n *markup.Node, visit func(*markup.Node)) {
	visit(n)
	if opaque(n.Name) {
		return
	}
	for _, c := range n.Children {
		if c.Name != "" && !strings.Contains(c.Name, " ") {
			each(c, visit)
		}
	}
}

func (k *checking) fail(n *markup.Node, format string, args ...any) {
	k.report(SeverityError, n, n.Errorf(format, args...))
}

func (k *checking) warn(n *markup.Node, format string, args ...any) {
	k.report(SeverityWarning, n, n.Errorf(format, args...))
}

// problems reports each error that err joins.
func (k *checking) problems(n *markup.Node, err error) {
	for _, one := range leaves([]error{err}) {
		k.report(SeverityError, n, one)
	}
}

// report adds a finding, at its own place if it has one, else at n.
func (k *checking) report(s Severity, n *markup.Node, err error) {
	f := Finding{Severity: s, Message: err.Error()}
	var at *SyntaxError
	if errors.As(err, &at) {
		f.URL, f.Line, f.Column = at.URL, at.Line, max(at.Column, 1) // a reader may stand before a line
		f.Message = strings.TrimPrefix(f.Message, markup.Pos{URL: at.URL, Line: at.Line, Column: at.Column}.String()+": ")
	} else if n != nil {
		f.URL, f.Line, f.Column = n.URL, n.Line, n.Column
	}
	if len(k.findings) < maxFindings && !k.seen[f] {
		k.seen[f] = true
		k.note(f.URL)
		k.findings = append(k.findings, f)
	}
}

// maxFindings bounds what is told at once.
const maxFindings = 1000

func (k *checking) sorted() []Finding {
	slices.SortStableFunc(k.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(k.order[a.URL], k.order[b.URL]), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return k.findings
}

// unknown tells whether a value stands for others.
func (k *checking) unknown(value string) bool { return k.Unknown != nil && k.Unknown(value) }
