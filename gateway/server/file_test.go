package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/gateway"
	"rollcall/gateway/server"
)

// settings writes a settings file and returns its path.
func settings(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gateway.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestSettingsFileNamesTheFolder(t *testing.T) {
	path := settings(t, "folder = \"flows\"\n")
	folder := filepath.Join(filepath.Dir(path), "flows")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	document := filepath.Join(folder, "hello.vxml")
	if err := os.WriteFile(document, []byte(`<vxml version="2.1"><form><block>Hello.</block></form></vxml>`), 0o600); err != nil {
		t.Fatal(err)
	}
	outside := filepath.Join(filepath.Dir(path), "outside.vxml")
	g, err := server.Open(t.Context(), server.Settings{
		Listen: "127.0.0.1:0", Line: "practice", Lines: 1, Speed: 10_000, Config: path, OpenJournal: opening(&closing{}),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- g.Run(ctx) }()
	r := running{Client: &gateway.Client{URL: g.URL()}}
	if last, _ := r.result(t, gateway.Request{Info: "i", Phone: "6175550142", StartVXML: document}).Last(); last.Outcome() != gateway.OutcomeReached {
		t.Errorf("a document in the folder: %+v", last)
	}
	if _, err := r.Call(t.Context(), gateway.Request{Info: "i", Phone: "6175550142", StartVXML: outside}); err == nil {
		t.Error("a document outside the folder was accepted")
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestSettingsFileNamesHosts(t *testing.T) {
	g, err := server.Open(t.Context(), server.Settings{
		Listen: "127.0.0.1:0", Line: "practice", Lines: 1, Config: settings(t, "hosts = [\"calls.example.org\"]\n"), OpenJournal: opening(&closing{}),
	})
	if err != nil {
		t.Fatal(err)
	}
	for host, want := range map[string]string{
		"calls.example.org": "ERROR: no such call record: 5", // taken, and answered
		"evil.example":      "ERROR: this gateway is not known",
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+host+gateway.PathStatus+"?reqid=5", nil)
		r.RemoteAddr = "127.0.0.1:9"
		w := httptest.NewRecorder()
		g.ServeHTTP(w, r)
		if got := w.Body.String(); !strings.HasPrefix(got, want) {
			t.Errorf("host %s: %q, want %q", host, got, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := g.Run(ctx); err != nil { // closes what Open opened
		t.Error(err)
	}
}

func TestSettingsFileRefused(t *testing.T) {
	tests := map[string]struct{ text, says string }{
		"no TOML":       {"folder flows", "gateway.toml"},
		"unknown key":   {"folders = \"x\"", "folders"},
		"wrong type":    {"hosts = 3", "hosts"},
		"no such place": {"folder = \"nowhere\"", "nowhere"},
		"a file":        {"folder = \"gateway.toml\"", "is no folder"},
		"no network":    {"allow = [\"office\"]", "allow: \"office\""},
		"no networks":   {"networks = [\"10.0.0.0/99\"]", "networks"},
		"weak token":    {"token = \"secret\"", "shorter than"},
		"empty token":   {"token_file = \"empty\"", "empty"},
		"no such app":   {"[apps]\nreminder = \"a.vxml\"", "the application reminder"},
		"sender":        {"[sms]\nurl = \"mailto:a\"", "sms"},
		"lines":         {"lines = -1", "below zero"},
		"transfers":     {"transfer_to = [\"tel:617\"]", "transfer_to"},
		"retry at once": {"[[retry]]\nbusy = {after = \"1s\"}", "between a minute"},
		"retry unread":  {"[[retry]]\nbusy = {after = \"soon\"}", "busy"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			journal := &closing{}
			_, err := server.Open(t.Context(), server.Settings{
				Listen: "127.0.0.1:0", Line: "practice", Lines: 1, Config: settings(t, tt.text), OpenJournal: opening(journal),
			})
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("error %v, want one with %q", err, tt.says)
			}
			if journal.opened != journal.closed {
				t.Errorf("the journal was opened %d times, closed %d times", journal.opened, journal.closed)
			}
		})
	}
}
