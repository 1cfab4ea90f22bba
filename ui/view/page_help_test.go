package view_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"rollcall/assets"
	"rollcall/ui/view"
)

func TestAChapterIsReadIntoItsParts(t *testing.T) {
	title, got := view.ParseText("# Lines\n\nOne gateway has\nfour `lines`.\n\n## Steps\n\n1. Press **Test**.\n2. Save\n   it.\n\n- **Ready**: is called\n- plain\n\nEnd.\n")
	want := []view.Block{
		{Kind: view.Paragraph, Text: "One gateway has four lines."}, {Kind: view.Heading, Text: "Steps"},
		{Kind: view.Numbered, Term: "1", Text: "Press Test."}, {Kind: view.Numbered, Term: "2", Text: "Save it."},
		{Kind: view.Item, Term: "Ready", Text: "is called"}, {Kind: view.Item, Text: "plain"}, {Kind: view.Paragraph, Text: "End."},
	}
	if diff := cmp.Diff(want, got); title != "Lines" || diff != "" {
		t.Errorf("title %q (-want +got):\n%s", title, diff)
	}
}

func TestTheGuideSpeaksEnglishWhereItLacksALanguage(t *testing.T) {
	files := fstest.MapFS{
		"en/01-a.md": {Data: []byte("# First\n\nEnglish")}, "en/02-b.md": {Data: []byte("# Second\n\nEnglish")},
		"de/02-b.md": {Data: []byte("# Zweites\n\nDeutsch")}, "de/03-c.md": {Data: []byte("# Drittes")},
	}
	g, err := view.ReadGuide(files, "de")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range g {
		got = append(got, c.ID+" "+c.Title)
	}
	if diff := cmp.Diff([]string{"a First", "b Zweites"}, got); diff != "" {
		t.Error(diff)
	}
	if c := g.Chapter("none"); c.ID != "a" {
		t.Errorf("a chapter that is not there: %v", c)
	}
}

func TestOurGuideIsWholeAndFound(t *testing.T) {
	g, err := view.ReadGuide(assets.Guide(), "en")
	if err != nil || len(g) != 11 {
		t.Fatalf("%d chapters, %v", len(g), err)
	}
	for _, c := range g {
		if c.Title == "" || len(c.Blocks) < 4 {
			t.Errorf("%s: %q with %d parts", c.ID, c.Title, len(c.Blocks))
		}
		for _, b := range c.Blocks {
			if b.Text == "" || strings.ContainsAny(b.Text+b.Term, "*#") {
				t.Errorf("%s: %+v", c.ID, b)
			}
		}
	}
	for typed, first := range map[string]string{"gateway port": "gateways", "do not call": "do-not-call", "KEYBOARD": "keyboard", "voicent": "gateways"} {
		found := g.Search(typed)
		if len(found) == 0 || found[0].Chapter.ID != first {
			t.Errorf("%q finds %v", typed, found)
		}
	}
	if f := g.Search("f1"); len(f) != 1 || !strings.Contains(f[0].Line, "Opens the chapter") {
		t.Errorf("the line that is shown: %v", f)
	}
	if found := g.Search("xylophone"); found != nil {
		t.Errorf("found %v", found)
	}
}
