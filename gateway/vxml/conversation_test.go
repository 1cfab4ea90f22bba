package vxml_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway/vxml"
)

// A conversation file holds conversations, each begun by a line "== name".
// Documents follow, the second and later ones after a line "@ file.vxml", and
// then what is said, line by line:
//
//	> a prompt              [url | instead] is a recording, [500ms] a pause
//	< key 12#               also: say words, silence 5s, hangup, hangup in prompt
//	@ GET url body          a fetch
//	# label text            a log entry
//	! disconnect
//	= ending value          how it ended
//	? message               the error of a failed one
//	+ name=value            each answer
//
// A comment <!-- error: text --> in the first document expects Parse to find a
// problem in that line whose message contains the text; nothing is run then.
type conversation struct {
	name      string
	main      string
	documents map[string]string
	lines     []string
}

const base = "http://test/"

func readConversations(t *testing.T, path string) []conversation {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var list []conversation
	for _, chunk := range strings.Split("\n"+string(src), "\n== ")[1:] {
		name, rest, _ := strings.Cut(chunk, "\n")
		c := conversation{name: name, documents: map[string]string{}}
		url, open := "main.vxml", true
		var doc strings.Builder
		for line := range strings.Lines(rest) {
			text := strings.TrimRight(line, "\n")
			switch {
			case open:
				doc.WriteString(line)
				if strings.Contains(line, "</vxml>") {
					c.documents[base+url] = doc.String()
					doc.Reset()
					open = false
				}
			case strings.HasPrefix(text, "@ ") && strings.HasSuffix(text, ".vxml") && !strings.Contains(text, "://"):
				url, open = text[2:], true
			case text != "":
				c.lines = append(c.lines, text)
			}
		}
		c.main = c.documents[base+"main.vxml"]
		list = append(list, c)
	}
	return list
}

var expectedError = regexp.MustCompile(`<!-- error: (.*?) -->`)

func TestConversations(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no conversations: %v", err)
	}
	for _, file := range files {
		for _, c := range readConversations(t, file) {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txt")+"/"+c.name, func(t *testing.T) {
				if expectedError.MatchString(c.main) {
					checkErrors(t, c.main)
					return
				}
				checkConversation(t, c)
			})
		}
	}
}

// checkErrors compares the problems Parse finds with those that comments
// announce, line by line.
func checkErrors(t *testing.T, src string) {
	_, err := vxml.Parse([]byte(src), "f")
	if err == nil {
		t.Fatal("no error")
	}
	found := strings.Split(err.Error(), "\n")
	wanted := 0
	for i, line := range strings.Split(src, "\n") {
		for _, m := range expectedError.FindAllStringSubmatch(line, -1) {
			wanted++
			place := regexp.MustCompile("^f:" + regexp.QuoteMeta(strconv.Itoa(i+1)) + `:\d+: `)
			if !anyOf(found, func(e string) bool { return place.MatchString(e) && strings.Contains(e, m[1]) }) {
				t.Errorf("line %d: no error with %q in\n%v", i+1, m[1], err)
			}
		}
	}
	if wanted != len(found) {
		t.Errorf("%d errors, want %d:\n%v", len(found), wanted, err)
	}
}

func anyOf(list []string, is func(string) bool) bool {
	for _, s := range list {
		if is(s) {
			return true
		}
	}
	return false
}

func checkConversation(t *testing.T, c conversation) {
	doc, err := vxml.Parse([]byte(c.main), base+"main.vxml")
	if err != nil {
		t.Fatal(err)
	}
	p := &caller{documents: c.documents}
	for _, line := range c.lines {
		if input, ok := strings.CutPrefix(line, "< "); ok {
			p.inputs = append(p.inputs, input)
		}
	}
	in := vxml.Interpreter{Platform: p, Session: map[string]any{"connection": map[string]any{"remote": map[string]any{"uri": "tel:5550100"}}}}
	result, err := in.Run(t.Context(), doc)
	if err != nil {
		t.Fatal(err)
	}
	p.note("%s", strings.TrimSpace("= "+string(result.Ending)+" "+result.Value))
	if result.Err != nil {
		p.note("? %v", result.Err)
	}
	for _, a := range result.Answers {
		p.note("+ %s=%s", a.Name, a.Value)
	}
	if diff := cmp.Diff(c.lines, p.transcript); diff != "" {
		t.Errorf("conversation (-want +got):\n%s\ngot:\n%s", diff, strings.Join(p.transcript, "\n"))
	}
}
