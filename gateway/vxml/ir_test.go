package vxml_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rollcall/gateway/vxml"
)

// The W3C's implementation-report tests for VoiceXML 2.0 and 2.1 are run from
// the folder that ROLLCALL_VXML_IR names: documents N.txml with elements of a
// namespace of their own (ir_conf_test.go) that ask a tester for input
// (ir_caller_test.go). A test passes when its document ends after "pass",
// which is heard, or only logged where the caller has gone.

// verdict says how a document is judged that does not say so itself.
type verdict struct {
	skip  string         // why a machine cannot judge it
	heard *regexp.Regexp // what must have been heard, prompts joined by a line end
	mute  bool           // it does not end with "pass": heard is all there is
	dest  string         // what becomes of transfers; see irCaller
}

var verdicts = map[string]verdict{
	// A list of the choices is read out; the tester hears whether it is right.
	"vxml20/217": {mute: true, heard: regexp.MustCompile(
		`^For alpha ?, press 1\W* For bravo ?, press 2\W* For charlie ?, press 3\W* For delta ?, press 4\W*$`)},
	// The same, of the second prompt: in a handler, after the first silence.
	"vxml20/219": {mute: true, heard: regexp.MustCompile(`^\[\[silence\]\]\nalpha\b.*\bbravo\b.*\bcharlie\b.*\bdelta\b.*$`)},
	// A recording is played, that of 371 is not in the folder.
	"vxml20/369": {heard: regexp.MustCompile(`^\[http://ir\.test/vxml20/369\.wav\]\npass$`)},
	"vxml20/371": {mute: true, heard: regexp.MustCompile(`^\[http://ir\.test/vxml20/371\.wav\]$`)},
	// Its root document is not in the folder.
	"vxml20/397": {skip: "appRootDoc.vxml, its application root document, is not among the files"},
	"vxml20/301": {dest: "busy"},
}

// irDocuments finds the W3C's documents, and skips the test where they are not.
func irDocuments(t *testing.T) (folder string, files []string) {
	t.Helper()
	folder = os.Getenv("ROLLCALL_VXML_IR")
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
	return folder, append(files, deeper...)
}

func TestImplementationReport(t *testing.T) {
	folder, files := irDocuments(t)
	sources := map[string]string{}
	for _, file := range files {
		name, err := filepath.Rel(folder, file)
		if err != nil {
			t.Fatal(err)
		}
		sources[filepath.ToSlash(name)] = readConformance(t, file)
	}
	for _, name := range starts(sources) {
		test := strings.TrimSuffix(name, ".txml")
		if dir := path.Dir(name); dir != "vxml20" {
			test = dir
		}
		t.Run(test, func(t *testing.T) { checkReport(t, folder, name, sources[name], verdicts[test]) })
	}
}

func readConformance(t *testing.T, file string) string {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := conformance(src)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return plain
}

var documentName = regexp.MustCompile(`[\w-]+\.[tv]xml\b`)

// starts returns the documents that no other names anywhere, be it in next,
// src, application or an expression.
func starts(sources map[string]string) []string {
	named := map[string]bool{}
	for name, src := range sources {
		for _, found := range documentName.FindAllString(src, -1) {
			other := path.Dir(name) + "/" + strings.TrimSuffix(found, path.Ext(found)) + ".txml"
			named[other] = named[other] || other != name
		}
	}
	var list []string
	for name := range sources {
		if !named[name] {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

func checkReport(t *testing.T, folder, name, src string, v verdict) {
	if v.skip != "" {
		t.Skip(v.skip)
	}
	url := irBase + strings.TrimSuffix(name, ".txml") + ".vxml"
	doc, err := vxml.Parse([]byte(src), url)
	if err != nil {
		t.Fatal(err)
	}
	c := &irCaller{folder: folder, dest: v.dest}
	in := vxml.Interpreter{Platform: c}
	result, err := in.Run(t.Context(), doc)
	if err != nil {
		t.Fatal(err)
	}
	if problem := c.judge(result, v); problem != "" {
		t.Errorf("%s; ended %q %v\nheard:\n%s\nlogged:\n%s", problem, result.Ending, result.Err, c.transcript(), strings.Join(c.logged, "\n"))
	}
}

// judge tells what is wrong, or nothing.
func (c *irCaller) judge(result vxml.Result, v verdict) string {
	last := ""
	if len(c.heard) > 0 {
		last = c.heard[len(c.heard)-1]
	}
	switch {
	case result.Ending == vxml.Failed:
		return "it failed"
	case v.heard != nil && !v.heard.MatchString(c.transcript()):
		return "heard something else than " + v.heard.String()
	case v.mute:
		if result.Ending != vxml.Exit {
			return "it did not exit"
		}
		return ""
	case slices.Contains(c.logged, confFailed):
		return `it said "fail"`
	case c.gone && !slices.Contains(c.logged, confPassed):
		return `it did not come to "pass"`
	case !c.gone && (result.Ending != vxml.Exit || last != "pass"):
		return `"pass" was not heard`
	}
	return ""
}
