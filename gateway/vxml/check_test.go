package vxml_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway/vxml"
)

// The files of testdata/check hold documents as conversations do. Comments
// <!-- error: text --> and <!-- warning: text --> in any of them announce a
// finding in that line whose message contains the text; there are no others.

var expectedFinding = regexp.MustCompile(`<!-- (error|warning): (.*?) -->`)

func TestCheckFindings(t *testing.T) {
	files, err := filepath.Glob("testdata/check/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	for _, file := range files {
		for _, c := range readConversations(t, file) {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txt")+"/"+c.name, func(t *testing.T) {
				findings := checkerOf(c).Check(t.Context(), []byte(c.main), base+"main.vxml")
				compareFindings(t, c.documents, findings)
			})
		}
	}
}

var errNoSound = errors.New("it is no sound")

// checkerOf looks at the documents of a conversation and nowhere else.
func checkerOf(c conversation) vxml.Checker {
	return vxml.Checker{
		Load: func(_ context.Context, url string) (vxml.Resource, error) {
			switch body, ok := c.documents[url]; {
			case ok:
				return vxml.Resource{URL: url, Body: []byte(body)}, nil
			case !strings.HasPrefix(url, base):
				return vxml.Resource{}, vxml.ErrNotFollowed
			default:
				return vxml.Resource{}, errors.New("it is not there")
			}
		},
		Audio: func(sound []byte, _ string) error {
			if !strings.HasPrefix(string(sound), "RIFF") {
				return errNoSound
			}
			return nil
		},
		Unknown: func(value string) bool { return strings.Contains(value, "01") },
	}
}

// compareFindings compares findings with what comments announce.
func compareFindings(t *testing.T, documents map[string]string, findings []vxml.Finding) {
	t.Helper()
	left := slices.Clone(findings)
	for url, text := range documents {
		for i, line := range strings.Split(text, "\n") {
			for _, m := range expectedFinding.FindAllStringSubmatch(line, -1) {
				at := slices.IndexFunc(left, func(f vxml.Finding) bool {
					return f.URL == url && f.Line == i+1 && string(f.Severity) == m[1] && strings.Contains(f.Message, m[2])
				})
				if at < 0 {
					t.Errorf("%s:%d: no %s with %q", url, i+1, m[1], m[2])
					continue
				}
				left = slices.Delete(left, at, at+1)
			}
		}
	}
	for _, f := range left {
		t.Errorf("not announced: %s: %s", f.Severity, f)
	}
	if t.Failed() {
		t.Logf("found: %v", findings)
	}
}

// Documents of the W3C's tests that are wrong on purpose, and in what.
var wrongOnPurpose = map[string]string{
	"vxml20/1001NextAndExpr": "2 of its attributes next, expr",
	"vxml20/1001Second":      "next",
	"vxml20/1135":            "0 of its attributes src, expr", "vxml20/1135b": "0 of its attributes src, expr",
	"vxml20/397":   "appRootDoc.vxml cannot be fetched",
	"vxml20/531a1": "notExist.vxml cannot be fetched",
	"vxml20/533":   "expr of <value>: syntax", // a string without end, which is never come to
	"vxml20/543":   "2 of its attributes next, expr", "vxml20/543-2": "2 of its attributes next, expr",
	"vxml20/545": "2 of its attributes expr, namelist", "vxml20/545m": "2 of its attributes expr, namelist",
	"vxml21/3/3a": "more than one of src, srcexpr", "vxml21/3/3b": "more than one of src, srcexpr",
	"vxml21/7/7": "srcexpr of <grammar>: syntax",
}

func TestCheckOfImplementationReport(t *testing.T) {
	folder, files := irDocuments(t)
	caller := &irCaller{folder: folder}
	checker := vxml.Checker{Load: func(ctx context.Context, url string) (vxml.Resource, error) {
		return caller.Fetch(ctx, vxml.Fetch{URL: url})
	}}
	for _, file := range files {
		name, err := filepath.Rel(folder, file)
		if err != nil {
			t.Fatal(err)
		}
		name = strings.TrimSuffix(filepath.ToSlash(name), path.Ext(name))
		t.Run(name, func(t *testing.T) {
			for _, f := range checker.Check(t.Context(), []byte(readConformance(t, file)), irBase+name+".vxml") {
				t.Logf("%s: %s", f.Severity, f)
				if f.Severity != vxml.SeverityError {
					continue
				}
				if want := wrongOnPurpose[name]; want == "" || !strings.Contains(f.Message, want) {
					t.Error(f)
				}
			}
		})
	}
}

func TestCheckIsBounded(t *testing.T) {
	many := strings.Repeat("<block><goto next='#a'/></block>", 8000)
	fields := strings.Repeat("<field><option dtmf='1'/></field>", 5000)
	handlers := strings.Repeat("<catch count='9'>x</catch>", 10_000)
	for name, body := range map[string]string{
		"blocks":   "<form id='a'>" + many + "</form>",
		"handlers": handlers + "<form>" + fields + "</form>",
		"dialogs":  strings.Repeat("<form><block>x</block></form>", 20_000),
		"asks":     "<form>" + strings.Repeat("<noinput count='3'>x</noinput>", 15) + fields + "</form>",
		"nested":   "<form><block>" + strings.Repeat("<if cond='1'>", 90) + strings.Repeat("</if>", 90) + "</block></form>",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			vxml.Checker{}.Check(t.Context(), []byte(`<vxml version="2.1">`+body+"</vxml>"), "f")
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
}

// A document that leads to others for ever.
func TestCheckLooksAtSoManyDocuments(t *testing.T) {
	loads := 0
	checker := vxml.Checker{Load: func(_ context.Context, url string) (vxml.Resource, error) {
		loads++
		body := fmt.Sprintf(`<vxml version="2.1"><form><block><if cond="1"><goto next="%s1"/></if><goto next="%s2"/></block></form></vxml>`, url, url)
		return vxml.Resource{URL: url, Body: []byte(body)}, nil
	}}
	findings := checker.Check(t.Context(), []byte(`<vxml version="2.1"><form><block><goto next="a"/></block></form></vxml>`), base)
	if loads != 200 || len(findings) != 1 || findings[0].Severity != vxml.SeverityWarning || !strings.Contains(findings[0].Message, "the rest is not checked") {
		t.Errorf("%d documents, findings %v", loads, findings)
	}
}

func TestCheckReportsWhereALoaderFoundMistakes(t *testing.T) {
	checker := vxml.Checker{Load: func(_ context.Context, url string) (vxml.Resource, error) {
		return vxml.Resource{}, errors.Join(&vxml.SyntaxError{URL: url, Line: 7, Column: 3, Message: "it is odd"}, &vxml.SyntaxError{URL: url, Line: 2, Column: 1, Message: "it is long"})
	}}
	findings := checker.Check(t.Context(), []byte(`<vxml version="2.1"><form><block><goto next="a"/></block></form></vxml>`), base)
	want := []string{base + "a:2:1: it is long", base + "a:7:3: it is odd"}
	var got []string
	for _, f := range findings {
		got = append(got, f.String())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestErrorsLeavesWarningsOut(t *testing.T) {
	warning := vxml.Finding{URL: "f", Line: 1, Column: 2, Severity: vxml.SeverityWarning, Message: "odd"}
	if err := vxml.Errors([]vxml.Finding{warning}); err != nil {
		t.Error(err)
	}
	wrong := warning
	wrong.Severity = vxml.SeverityError
	var at *vxml.SyntaxError
	if err := vxml.Errors([]vxml.Finding{warning, wrong}); !errors.As(err, &at) || err.Error() != "f:1:2: odd" {
		t.Error(err)
	}
}

func FuzzCheck(f *testing.F) {
	files, err := filepath.Glob("testdata/check/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, chunk := range strings.Split("\n"+string(src), "\n== ")[1:] {
			f.Add([]byte(readConversation(chunk).main))
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		loads := 0
		checker := vxml.Checker{Load: func(_ context.Context, url string) (vxml.Resource, error) {
			if loads++; loads > 5 {
				return vxml.Resource{}, vxml.ErrNotFollowed
			}
			return vxml.Resource{URL: url, Body: src}, nil // it leads to itself
		}}
		start := time.Now()
		for _, found := range checker.Check(t.Context(), src, "http://test/main.vxml") {
			if found.Line < 1 || found.Column < 1 || found.Message == "" || found.URL == "" {
				t.Errorf("a finding without a place: %+v", found)
			}
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("it took %s", took)
		}
	})
}
