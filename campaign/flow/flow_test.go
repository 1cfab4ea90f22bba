package flow_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
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
	if missing := f.Missing([]string{"first  name", "other"}); len(missing) != 0 {
		t.Errorf("missing %v", missing)
	}
	if diff := cmp.Diff([]string{"First Name"}, f.Missing([]string{"Name"})); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
}

func TestCheck(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"good", greeting, ""},
		{"number in a place for one", `<vxml version="2.1"><form><field name="a" type="digits?length=${N}"><prompt count="${N}">a</prompt></field></form></vxml>`, ""},
		{"unknown element", "<vxml version=\"2.1\">\n<form>\n <recrod/></form></vxml>", "test.vxml:3:2: <recrod> is no element of VoiceXML"},
		{"script", "<vxml version=\"2.1\">\n<form><block cond=\"${A} ${B}\"/></form></vxml>", "test.vxml:2:7: cond of <block>: syntax"},
		{"target", "<vxml version=\"2.1\">\n<form><block><goto next=\"#b\"/></block></form></vxml>", `test.vxml:2:14: next of <goto>: the document has no dialog "b"`},
		{"placeholder", "<vxml version=\"2.1\">\n<form><block>${A</block></form></vxml>", "test.vxml:2:14: ${A has no end"},
		{"no XML", "<vxml", "not well-formed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := open(t, test.text).Check()
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
