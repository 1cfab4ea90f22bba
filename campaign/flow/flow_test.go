package flow_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign/flow"
	"rollcall/gateway/vxml"
)

const greeting = `<vxml version="2.1"><form><block>Hello ${First Name}, ${answeredby} ${FIRST NAME} ${Number}.</block></form></vxml>`

func TestColumns(t *testing.T) {
	f := open(t, greeting)
	if diff := cmp.Diff([]string{"First Name"}, f.Columns()); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	report, err := f.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if missing := report.Missing([]string{"first  name", "other"}); len(missing) != 0 {
		t.Errorf("missing %v", missing)
	}
	if diff := cmp.Diff([]string{"First Name"}, report.Missing([]string{"Name"})); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
}

// A column that only a document beside the flow uses is missed before anybody
// is called, not when that document is asked for.
func TestColumnsOfDocumentsBesideTheFlow(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"main.vxml":   `<vxml version="2.1" application="root.vxml"><form><block>${Name}, ${Day}<goto next="second.vxml"/></block></form></vxml>`,
		"second.vxml": `<vxml version="2.1"><form><block>${day} ${Room}<exit/></block></form></vxml>`,
		"root.vxml":   `<vxml version="2.1"><var name="v" expr="'${Voice}'"/></vxml>`,
		"other.vxml":  `<vxml version="2.1"><form><block>${Never}</block></form></vxml>`,
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := flow.Loader{}.Open(t.Context(), filepath.Join(folder, "main.vxml"))
	if err != nil {
		t.Fatal(err)
	}
	report, err := f.Check(t.Context())
	if err != nil || vxml.Errors(report.Findings) != nil {
		t.Fatal(report.Findings, err)
	}
	slices.Sort(report.Columns)
	if diff := cmp.Diff([]string{"Day", "Room", "Voice"}, report.Columns); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
}

func TestCheck(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"good", greeting, ""},
		{"address that a cell decides", `<vxml version="2.1"><form><block><goto next="#${To}"/></block></form><form id="a"/></vxml>`, ""},
		{"time that a cell decides", `<vxml version="2.1"><form><field name="a" type="digits"><prompt timeout="${T}">a</prompt></field></form></vxml>`, ""},
		{"builtin grammar that a cell decides", `<vxml version="2.1"><form><field name="a"><grammar src="builtin:dtmf/digits?length=${N}"/></field></form></vxml>`, ""},
		{"number in a place for one", `<vxml version="2.1"><form><field name="a" type="digits?length=${N}"><prompt count="${N}">a</prompt></field></form></vxml>`, ""},
		{"unknown element", "<vxml version=\"2.1\">\n<form>\n <recrod/></form></vxml>", "test.vxml:3:2: <recrod> is no element of VoiceXML"},
		{"script", "<vxml version=\"2.1\">\n<form><block cond=\"${A} ${B}\"/></form></vxml>", "test.vxml:2:7: cond of <block>: syntax"},
		{"target", "<vxml version=\"2.1\">\n<form><block><goto next=\"#b\"/></block></form></vxml>", `test.vxml:2:14: next of <goto>: the document has no dialog "b"`},
		{"placeholder", "<vxml version=\"2.1\">\n<form><block>${A</block></form></vxml>", "test.vxml:2:14: ${A has no end"},
		{"no XML", "<vxml", "not well-formed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			report, err := open(t, test.text).Check(t.Context())
			findings := report.Findings
			if err != nil {
				t.Fatal(err)
			}
			err = vxml.Errors(findings)
			if test.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			var at *vxml.SyntaxError
			if !errors.As(err, &at) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func TestSamplesHaveNoFindings(t *testing.T) {
	for _, name := range []string{"notice", "reminder", "survey"} {
		f, err := flow.Loader{Samples: os.DirFS("../../assets/samples")}.Open(t.Context(), "sample:"+name+".vxml")
		if err != nil {
			t.Fatal(err)
		}
		if report, err := f.Check(t.Context()); err != nil || len(report.Findings) > 0 {
			t.Errorf("%s: %v, %v", name, report.Findings, err)
		}
	}
}

// besideFlow refers to what stands beside it, above it and elsewhere; findings
// are what a check must say of it.
const besideFlow = `<vxml version="2.1">
<property name="timeout" value="${Patience}"/>
<form><block><audio src="hi.wav"/><audio src="${Voice}.wav"/></block>
<block><audio src="none.wav"/></block>
<block><audio src="../secret.wav"/></block>
<block><audio src="/secret.wav"/></block>
<block><audio src="%2e%2e/secret.wav"/></block>
<block><audio src="link.wav"/></block>
<block><audio src="http://elsewhere.invalid/hi.wav"/></block>
<block><audio src="bad.wav"/></block>
<block><if cond="'${A}'"><goto next="${Next}"/></if><goto next="deep/more.vxml"/></block>
</form></vxml>`

var besideFindings = []string{
	"main.vxml:4:8: the recording none.wav cannot be fetched (no such file beside the flow), expected a sound file",
	"main.vxml:5:8: the recording /secret.wav cannot be fetched (no such file beside the flow), expected a sound file",
	"main.vxml:6:8: the recording /secret.wav cannot be fetched (no such file beside the flow), expected a sound file",
	"main.vxml:7:8: the recording %2e%2e/secret.wav cannot be fetched",
	"main.vxml:8:8: the recording link.wav cannot be fetched",
	"main.vxml:10:8: the recording bad.wav cannot be played (odd), expected",
	"deep/more.vxml:2:7: <blok> is no element of VoiceXML",
}

func checkBeside(t *testing.T, source string, want []string) {
	t.Helper()
	loader := flow.Loader{Sound: func(sound []byte, _ string) error {
		if string(sound) != "RIFF" {
			return errors.New("odd")
		}
		return nil
	}}
	f, err := loader.Open(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	report, err := f.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	findings := report.Findings
	for i, found := range findings {
		if i >= len(want) || !strings.HasPrefix(found.String(), want[i]) {
			t.Errorf("found %s", found)
		}
	}
	if len(findings) != len(want) {
		t.Errorf("%d findings, want %d", len(findings), len(want))
	}
}

func TestCheckLooksBesideTheFlow(t *testing.T) {
	top := folder(t)
	write := func(name, text string) {
		path := filepath.Join(top, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("main.vxml", besideFlow)
	write("hi.wav", "RIFF")
	write("bad.wav", "ID3")
	write("../secret.wav", "RIFF")
	write("deep/more.vxml", "<vxml version=\"2.1\">\n<form><blok/></form></vxml>")
	if err := os.Symlink(filepath.Join(top, "..", "secret.wav"), filepath.Join(top, "link.wav")); err != nil {
		t.Fatal(err)
	}
	checkBeside(t, filepath.Join(top, "main.vxml"), besideFindings)
}

func TestCheckLooksBesideAFlowFromTheWeb(t *testing.T) {
	var asked []string
	files := http.FileServerFS(fstest.MapFS{
		"flows/main.vxml": {Data: []byte(besideFlow)}, "flows/hi.wav": {Data: []byte("RIFF")}, "flows/bad.wav": {Data: []byte("ID3")},
		"flows/deep/more.vxml": {Data: []byte("<vxml version=\"2.1\">\n<form><blok/></form></vxml>")}, "secret.wav": {Data: []byte("RIFF")},
	})
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		if r.URL.Path == "/flows/link.wav" { // it leads out of the folder: the gateway may follow, a check does not
			http.Redirect(w, r, "/secret.wav", http.StatusFound)
			return
		}
		files.ServeHTTP(w, r)
	}))
	defer web.Close()
	want := append(besideFindings[:4:4], besideFindings[5:]...)
	want[0] = "main.vxml:4:8: the recording none.wav cannot be fetched (the answer is 404 Not Found)"
	checkBeside(t, web.URL+"/flows/main.vxml", want)
	for _, path := range asked {
		if !strings.HasPrefix(path, "/flows/") {
			t.Errorf("it asked for %s", path)
		}
	}
}

func TestOpen(t *testing.T) {
	web := httptest.NewServer(http.FileServerFS(fstest.MapFS{"flows/a.vxml": {Data: []byte(greeting)}}))
	defer web.Close()
	loader := flow.Loader{Samples: fstest.MapFS{"reminder.vxml": {Data: []byte(greeting)}}}
	tests := []struct{ source, want string }{
		{web.URL + "/flows/a.vxml", ""},
		{"sample:reminder.vxml", ""},
		{web.URL + "/none.vxml", "404"},
		{"sample:none.vxml", "not exist"},
		{"sample:../go.mod", "no sample"},
		{filepath.Join(t.TempDir(), "none.vxml"), "none.vxml"},
		{t.TempDir(), "directory"},
		{"http://127.0.0.1:1/x", "refused"},
	}
	for _, test := range tests {
		f, err := loader.Open(t.Context(), test.source)
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%s: %v", test.source, err)
		case test.want == "" && (f.Source != test.source || len(f.Columns()) != 1):
			t.Errorf("%s: %+v", test.source, f)
		case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
			t.Errorf("%s: error %v, want %q", test.source, err, test.want)
		}
	}
	if _, err := flow.Open(t.Context(), "sample:reminder.vxml"); err == nil {
		t.Error("a sample without samples")
	}
}

func TestOpenMakesPathsAbsolute(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.vxml", []byte(greeting), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := flow.Open(t.Context(), "a.vxml")
	if err != nil || !filepath.IsAbs(f.Source) {
		t.Errorf("source %v, %v", f, err)
	}
}

func TestOpenOldEncoding(t *testing.T) {
	f := open(t, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<p>Gr\xfc\xdfe \x80 ${X}</p>")
	got, err := f.Fill(values("X", "Łódź"))
	if want := "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<p>Grüße € Łódź</p>"; err != nil || got != want {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
}
