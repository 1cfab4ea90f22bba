package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// source reads a page of that body.
func page(t *testing.T, body string) (texts, []string) {
	t.Helper()
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "ui"), 0o700); err != nil {
		t.Fatal(err)
	}
	content := "package ui\n\nfunc f() {\n" + body + "\n}\n"
	if err := os.WriteFile(filepath.Join(root, "ui", "page.go"), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	said, faults, err := readSource(root)
	if err != nil {
		t.Fatal(err)
	}
	for i, fault := range faults {
		faults[i] = strings.TrimPrefix(fault, filepath.ToSlash(root)+"/ui/page.go:")
	}
	return said, faults
}

func TestTextsAreFound(t *testing.T) {
	said, faults := page(t, `
		words.Say("Close")
		words.Say("Row %s, " + "%s", a, b)
		words.Many(n, "%s row of %s", "%s rows of %s", a)
		other.Say("none")
		Say("neither")`)
	if faults != nil {
		t.Error(faults)
	}
	for key, want := range map[string]string{"Close": "", "Row %s, %s": "", "%s rows of %s": "%s row of %s"} {
		got, found := said[key]
		if !found || got.one != want {
			t.Errorf("%q: %+v, %v", key, got, found)
		}
	}
	if len(said) != 3 {
		t.Errorf("%d texts", len(said))
	}
}

func TestFaultsOfTheSource(t *testing.T) {
	for body, want := range map[string]string{
		`words.Say(text)`:                                        "4: the text is not written there, so that nobody can translate it",
		`words.Say("called %s")`:                                 "",
		`words.Say("called %s", a, b)`:                           `4: "called %s" has 1 verbs and 2 arguments`,
		`words.Say("%[2]s of %[1]d", a, b)`:                      "",
		`words.Many(n, "it is %[2]s", "they are %[2]s", a)`:      "",
		`words.Many(n, "it is", "they are")`:                     "",
		`words.Many(n, "it is %[3]s", "they are %[3]s", a)`:      `4: "they are %[3]s" has 1 verbs and 2 arguments`,
		`words.Say("half ")`:                                     `4: "half " begins or ends with a space: a half of a sentence cannot be translated`,
		`words.Many(n, "One row", "%s rows")`:                    `4: "One row" has other verbs than "%s rows"`,
		"words.Say(\"rows\")\nwords.Many(n, \"rows\", \"rows\")": `5: "rows" is about several things here and not at `,
		`widget.NewText(widget.Body, "lines")`:                   `4: "lines" is shown without words.Say`,
		`x := "Nobody is called"`:                                `4: "Nobody is called" is shown without words.Say`,
		`x := view.Line{Words: "go on"}`:                         `4: "go on" is shown without words.Say`,
		`x := map[string]int{"Go On": 1}`:                        "",
		`w.app.Log.Error("It broke here", "key", "A value")`:     "",
		`x := "id"`:       "",
		`x := "Rollcall"`: "",
	} {
		_, faults := page(t, body)
		got := strings.Join(faults, "|")
		if at := strings.Index(got, "here and not at "); at >= 0 {
			got = got[:at+len("here and not at ")] // then the place
		}
		if got != want {
			t.Errorf("%s\ngot  %s\nwant %s", body, got, want)
		}
	}
}

func TestFaultsOfTranslations(t *testing.T) {
	said := texts{
		"Close": {at: "a.go:1"}, "%d of %s": {at: "a.go:2", args: true}, "%s rows": {at: "a.go:3", one: "%s row", args: true},
		"Open…||file": {at: "a.go:4"}, "100 % done": {at: "a.go:5"},
	}
	whole := `{"Close":"Zamknij","%d of %s":"%[2]s: %[1]d","%s rows":{"one":"%s a","few":"%s b","many":"%s c","other":"%s d"},"Open…||file":"Otwórz…","100 % done":"gotowe"}`
	for change, want := range map[[2]string]string{
		{"", ""}:                           "",
		{`"Close":"Zamknij",`, ""}:         `a.go:1: pl lacks "Close"`,
		{`%[2]s: %[1]d`, `%[2]s: %[1]s`}:   `"%[2]s: %[1]s" has other verbs`,
		{`"few":"%s b",`, ``}:              `it has the forms [many one other], the language has [few many one other]`,
		{`%s c`, `c`}:                      `many: "c" has other verbs`,
		{`"Zamknij"`, `" "`}:               "it is empty, or begins or ends with a space",
		{`"Zamknij"`, `{"one":"Zamknij"}`}: "it is not about several things",
		{`Otwórz…`, `Otwórz`}:              `"Otwórz" does not end as the English does`,
		{`"Close"`, `"Shut":"x","Close"`}:  `"Shut" is said nowhere`,
	} {
		f := file{}
		read(t, strings.Replace(whole, change[0], change[1], 1), &f)
		got := strings.Join(f.check("pl", said), "|")
		if !strings.HasSuffix(got, want) || (want == "") != (got == "") {
			t.Errorf("%v:\ngot  %s\nwant %s", change, got, want)
		}
	}
}

func read(t *testing.T, content string, f *file) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.MkdirAll(filepath.Dir(pathOf("pl")), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(pathOf("pl"), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := readFile("pl")
	if err != nil {
		t.Fatal(err)
	}
	*f = got
}

func TestWhatLacksIsGivenOutAndTaken(t *testing.T) {
	said := texts{"Close": {}, "<b> & “c”": {}, "%s rows": {one: "%s row", args: true}}
	var f file
	read(t, `{"Close":"Zamknij","Gone":"Nie ma"}`, &f)
	var out bytes.Buffer
	if err := printMissing(&out, "pl", said); err != nil {
		t.Fatal(err)
	}
	want := "{\n  \"%s rows\": {\"one\": \"\", \"few\": \"\", \"many\": \"\", \"other\": \"\"},\n  \"<b> & “c”\": \"\"\n}\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Fatal(diff)
	}
	more := `{"<b> & “c”":"<d> & „e”","%s rows":{"one":"","few":"","many":"","other":""}}`
	if err := takeTexts(strings.NewReader(more), "pl"); err != nil {
		t.Fatal(err)
	}
	for _, l := range []string{"de", "es", "fr"} {
		if err := (file{}).save(l); err != nil {
			t.Fatal(err)
		}
	}
	if err := dropUnused(said); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(pathOf("pl"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("{\n  \"<b> & “c”\": \"<d> & „e”\",\n  \"Close\": \"Zamknij\"\n}\n", string(got)); diff != "" {
		t.Error(diff)
	}
}
