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
// Documents follow, the second and later ones after a line "@ file.vxml"; one
// of another name, as in "@ file.grxml", ends before an empty line. A line
// "@ 404 file.vxml" makes that one answer with an error. Then comes what is
// said, line by line:
//
//	> a prompt              [url | instead] is a recording, [sound words] one of
//	                        the caller's, [500ms] a pause, [mark name] a mark
//	< key 12#               also: say words, silence 5s, hangup, hangup in prompt
//	@ GET url body          a fetch; (maxage 1s, maxstale 1s, audio url) if asked
//	~ record beep max 10s   also: final 2s, type t, keys
//	< say words 4s          the answer to that: silence 5s, key #, hangup, or
//	                        words, how long, and what ends them: # or hangup
//	~ transfer bridge dest  also: connect 5s, max 60s, audio url, info text
//	< answered 20s          the answer to that: also passed on, busy or another
//	                        outcome, error.some.event, hangup; answered 5s key *
//	                        or say words is an input then, which may end it
//	# label text            a log entry
//	! disconnect
//	= ending value          how it ended
//	? message               the error of a failed one
//	+ name=value            each answer
//	; a comment             before the first document too
//
// The caller hears every prompt to its end, and two seconds after a mark.
//
// A comment <!-- error: text --> in the first document expects Parse to find a
// problem in that line whose message contains the text; nothing is run then.
type conversation struct {
	name      string
	main      string
	documents map[string]string
	status    map[string]int // of what cannot be fetched
	lines     []string
}

const base = "http://test/"

func readConversations(t testing.TB, path string) []conversation {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var list []conversation
	for _, chunk := range strings.Split("\n"+string(src), "\n== ")[1:] {
		list = append(list, readConversation(chunk))
	}
	return list
}

func readConversation(chunk string) conversation {
	name, rest, _ := strings.Cut(chunk, "\n")
	c := conversation{name: name, documents: map[string]string{}, status: map[string]int{}}
	open := "main.vxml" // the document that is being read
	for line := range strings.Lines(rest) {
		text := strings.TrimRight(line, "\n")
		fields := strings.Fields(text)
		switch {
		case open != "":
			open = c.document(open, line)
		case strings.HasPrefix(text, ";") || text == "":
		case fields[0] == "@" && len(fields) == 2:
			open = fields[1]
		case fields[0] == "@" && fields[1][0] == '4':
			c.status[base+fields[2]], _ = strconv.Atoi(fields[1])
		default:
			c.lines = append(c.lines, text)
		}
	}
	c.main = c.documents[base+"main.vxml"]
	return c
}

// document adds a line to the document of that name, and returns the name as
// long as the document goes on.
func (c *conversation) document(name, line string) string {
	url := base + name
	markup := strings.HasSuffix(name, ".vxml")
	switch {
	case markup && c.documents[url] == "" && strings.HasPrefix(line, ";"):
		return name
	case !markup && line == "\n":
		return ""
	}
	c.documents[url] += line
	if markup && strings.Contains(line, "</vxml>") {
		return ""
	}
	return name
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
	p := &caller{documents: c.documents, status: c.status}
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
