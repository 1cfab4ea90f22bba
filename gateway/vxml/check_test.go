package vxml_test

import (
	"context"
	"errors"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

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
	folder := os.Getenv("ROLLCALL_VXML_IR")
	if folder == "" {
		t.Skip("ROLLCALL_VXML_IR names no folder")
	}
	files, err := filepath.Glob(filepath.Join(folder, "vxml2*", "*.txml"))
	if err != nil {
		t.Fatal(err)
	}
	deeper, err := filepath.Glob(filepath.Join(folder, "vxml2*", "*", "*.txml"))
	if err != nil || len(files)+len(deeper) == 0 {
		t.Fatalf("no documents in %s: %v", folder, err)
	}
	caller := &irCaller{folder: folder}
	checker := vxml.Checker{Load: func(ctx context.Context, url string) (vxml.Resource, error) {
		return caller.Fetch(ctx, vxml.Fetch{URL: url})
	}}
	for _, file := range append(files, deeper...) {
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
