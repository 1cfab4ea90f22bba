package flow_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"rollcall/campaign"
	"rollcall/campaign/flow"
)

// serve runs a server of f until the test ends.
func serve(t *testing.T, s *flow.Server) {
	t.Helper()
	if err := s.Listen(t.Context(), "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("run: %v", err)
		}
	})
}

// get asks for url and returns the status and the body; redirects are not
// followed, their target stands for the body.
func get(t *testing.T, method, address string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if target := response.Header.Get("Location"); target != "" {
		return response.StatusCode, target
	}
	return response.StatusCode, string(body)
}

// folder is a folder with a flow, what belongs to it and what does not.
func folder(t *testing.T) string {
	t.Helper()
	top := t.TempDir()
	for name, text := range map[string]string{
		"secret.txt":         "secret",
		"flows/main.vxml":    `<vxml version="2.1"><form><block>${First} ${AnsweredBy}</block></form></vxml>`,
		"flows/more.vxml":    `<p>${First}</p>`,
		"flows/broken.vxml":  `<p>${None}</p>`,
		"flows/say/hi.wav":   "RIFF",
		"flows/say/long.txt": strings.Repeat("x", 100),
	} {
		path := filepath.Join(top, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(top, "secret.txt"), filepath.Join(top, "flows", "link.txt")); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(top, "flows")
}

func TestServerServesAnAttempt(t *testing.T) {
	f, err := flow.Open(t.Context(), filepath.Join(folder(t), "main.vxml"))
	if err != nil {
		t.Fatal(err)
	}
	s := &flow.Server{Flow: f, Columns: []string{"First"}}
	serve(t, s)
	attempt := campaign.Attempt{ID: 7}
	address, err := s.Publish(campaign.Contact{Cells: []string{"A<nn"}}, attempt)
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^http://127\.0\.0\.1:\d+/[0-9a-f]{32}/main\.vxml$`).MatchString(address) {
		t.Fatalf("address %s", address)
	}
	other, err := s.Publish(campaign.Contact{Cells: []string{"Bob"}}, campaign.Attempt{ID: 8})
	if err != nil {
		t.Fatal(err)
	}
	beside := strings.TrimSuffix(address, "main.vxml")
	tests := []struct {
		name, method, address string
		status                int
		body                  string
	}{
		{"person", "GET", address, 200, "A&lt;nn person<"},
		{"machine", "GET", address + "?answeredby=machine", 200, "A&lt;nn machine<"},
		{"other word", "GET", address + "?answeredby=ghost", 200, "A&lt;nn person<"},
		{"another attempt", "GET", other, 200, "Bob person<"},
		{"head", "HEAD", address, 200, ""},
		{"post", "POST", address, 405, ""},
		{"recording", "GET", beside + "say/hi.wav", 200, "RIFF"},
		{"sub-document", "GET", beside + "more.vxml", 200, "<p>A&lt;nn</p>"},
		{"sub-document with an unknown column", "GET", beside + "broken.vxml", 500, ""},
		{"absent", "GET", beside + "none.wav", 404, ""},
		{"folder", "GET", beside + "say", 404, ""},
		{"empty name", "GET", beside, 404, ""},
		{"way up", "GET", beside + "../secret.txt", 404, ""},
		{"way up, encoded", "GET", beside + "%2e%2e/secret.txt", 404, ""},
		{"way up, all encoded", "GET", beside + "..%2fsecret.txt", 404, ""},
		{"link out of the folder", "GET", beside + "link.txt", 404, ""},
		{"absolute", "GET", beside + "/etc/passwd", 404, ""},
		{"no token", "GET", s.URL() + "/main.vxml", 404, ""},
		{"wrong token", "GET", s.URL() + "/" + strings.Repeat("0", 32) + "/main.vxml", 404, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			status, body := get(t, test.method, test.address)
			if status != test.status || !strings.Contains(body, test.body) || strings.Contains(body, "secret") {
				t.Errorf("%d %q, want %d %q", status, body, test.status, test.body)
			}
		})
	}
	s.Withdraw(attempt)
	if status, _ := get(t, "GET", address); status != 404 {
		t.Errorf("after Withdraw: %d", status)
	}
	if status, _ := get(t, "GET", other); status != 200 {
		t.Errorf("the other one after Withdraw: %d", status)
	}
}

func TestServerOfSamples(t *testing.T) {
	loader := flow.Loader{Samples: fstest.MapFS{"a.vxml": {Data: []byte(greeting)}, "hi.wav": {Data: []byte("RIFF")}}}
	f, err := loader.Open(t.Context(), "sample:a.vxml")
	if err != nil {
		t.Fatal(err)
	}
	s := &flow.Server{Flow: f, Columns: []string{"First Name"}, Host: "localhost"}
	serve(t, s)
	address, err := s.Publish(campaign.Contact{Cells: []string{"Ann"}, Number: "+12125550100"}, campaign.Attempt{})
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() != "localhost" {
		t.Errorf("address %s", address)
	}
	if _, body := get(t, "GET", address); !strings.Contains(body, "Hello Ann, person Ann +12125550100.") {
		t.Errorf("body %s", body)
	}
	if status, body := get(t, "GET", strings.TrimSuffix(address, "a.vxml")+"hi.wav"); status != 200 || body != "RIFF" {
		t.Errorf("beside: %d %q", status, body)
	}
}

func TestServerOfFlowFromTheWeb(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.Copy(w, bytes.NewReader([]byte(greeting)))
	}))
	defer web.Close()
	f, err := flow.Open(t.Context(), web.URL+"/flows/start?x=1")
	if err != nil {
		t.Fatal(err)
	}
	s := &flow.Server{Flow: f, Columns: []string{"First Name"}}
	serve(t, s)
	address, err := s.Publish(campaign.Contact{Cells: []string{"Ann"}}, campaign.Attempt{})
	if err != nil {
		t.Fatal(err)
	}
	beside := address[:strings.LastIndexByte(address, '/')]
	if status, to := get(t, "GET", beside+"/say/hi%20you.wav?a=b"); status != 307 || to != web.URL+"/flows/say/hi%20you.wav?a=b" {
		t.Errorf("beside: %d %s", status, to)
	}
	if status, _ := get(t, "GET", beside+"/%2e%2e/other"); status != 404 {
		t.Errorf("above the base: %d", status)
	}
}

func TestPublishRefusesWhatCannotBeFilled(t *testing.T) {
	s := &flow.Server{Flow: open(t, greeting), Columns: []string{"Last Name"}}
	serve(t, s)
	_, err := s.Publish(campaign.Contact{Row: 17, Cells: []string{"Smith"}}, campaign.Attempt{})
	if err == nil || !strings.Contains(err.Error(), "row 17") || !strings.Contains(err.Error(), `"First Name"`) {
		t.Errorf("error %v", err)
	}
}

func TestListenErrors(t *testing.T) {
	f := open(t, greeting)
	for _, address := range []string{"nonsense", "127.0.0.1:99999"} {
		if err := (&flow.Server{Flow: f}).Listen(t.Context(), address); err == nil {
			t.Errorf("%s: no error", address)
		}
	}
	s := &flow.Server{Flow: f}
	if err := s.Listen(t.Context(), ":0"); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(s.URL(), "http://127.0.0.1:") {
		t.Errorf("an address without a host is %s", s.URL())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Run(ctx); err != nil {
		t.Errorf("run: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("close after run: %v", err)
	}
}

func TestCloseWithoutRun(t *testing.T) {
	f, err := flow.Open(t.Context(), filepath.Join(folder(t), "main.vxml"))
	if err != nil {
		t.Fatal(err)
	}
	s := &flow.Server{Flow: f}
	if err := s.Close(); err != nil {
		t.Errorf("without Listen: %v", err)
	}
	if err := s.Listen(t.Context(), "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	address := strings.TrimPrefix(s.URL(), "http://")
	for range 2 {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
	next := &flow.Server{Flow: f}
	if err := next.Listen(t.Context(), address); err != nil {
		t.Errorf("the port is still taken: %v", err)
	}
	if err := next.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}
