package server_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"
)

// This file drives a real browser: Chromium, by the WebDriver protocol
// (https://www.w3.org/TR/webdriver2/) that chromedriver speaks.

// browserFlags keep Chromium from asking anybody anything.
func browserFlags(t *testing.T) []string {
	return []string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--user-data-dir=" + t.TempDir(),
	}
}

// program returns where one of names is, or skips the test.
func program(t *testing.T, names ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes seconds")
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skipf("none of %v is installed: sh .ci/setup --test does it", names)
	return ""
}

func chromium(t *testing.T) string {
	t.Helper()
	return program(t, "chromium", "chromium-browser", "google-chrome")
}

// browser is one session of a browser that runs no scripts of pages.
type browser struct {
	t   *testing.T
	url string // of the session
}

// elementKey names an element in WebDriver's JSON.
const elementKey = "element-6066-11e4-a52e-4f735466cecf"

func browse(t *testing.T) browser {
	t.Helper()
	binary := chromium(t)
	b := browser{t, chromedriver(t)}
	noScripts := map[string]any{"profile.managed_default_content_settings.javascript": 2}
	var opened struct {
		SessionID string `json:"sessionId"`
	}
	b.ask(http.MethodPost, "/session", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"goog:chromeOptions": map[string]any{"binary": binary, "args": browserFlags(t), "prefs": noScripts},
	}}}, &opened)
	b.url += "/session/" + opened.SessionID
	t.Cleanup(func() { b.ask(http.MethodDelete, "", nil, nil) })
	return b
}

// chromedriver starts it on a port of its own choice and returns its address.
func chromedriver(t *testing.T) string {
	t.Helper()
	driver := exec.CommandContext(context.WithoutCancel(t.Context()), program(t, "chromedriver"), "--port=0") // stopped below, after the session
	said, err := driver.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := driver.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = driver.Process.Kill()
		_ = driver.Wait() // it was killed
	})
	started := regexp.MustCompile(`started successfully on port (\d+)`)
	for lines := bufio.NewScanner(said); lines.Scan(); {
		if found := started.FindStringSubmatch(lines.Text()); found != nil {
			go func() { _, _ = io.Copy(io.Discard, said) }() // ends with the driver
			return "http://127.0.0.1:" + found[1]
		}
	}
	t.Fatal("chromedriver did not start")
	return ""
}

// ask sends one command and reads its value.
func (b browser) ask(method, path string, body, value any) {
	b.t.Helper()
	if err := b.try(method, path, body, value); err != nil {
		b.t.Fatalf("%s %s: %v", method, path, err)
	}
}

func (b browser) try(method, path string, body, value any) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(b.t.Context()), time.Minute) // a session is closed after the test
	defer cancel()
	var sent []byte
	if body != nil {
		var err error
		if sent, err = json.Marshal(body); err != nil {
			return err
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, b.url+path, bytes.NewReader(sent))
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	var reply struct{ Value json.RawMessage }
	if err := json.NewDecoder(resp.Body).Decode(&reply); err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s", reply.Value)
	}
	if value == nil {
		return nil
	}
	return json.Unmarshal(reply.Value, value)
}

func (b browser) open(url string) {
	b.t.Helper()
	b.ask(http.MethodPost, "/url", map[string]string{"url": url}, nil)
}

func (b browser) address() (url string) {
	b.t.Helper()
	b.ask(http.MethodGet, "/url", nil, &url)
	return url
}

// find returns the path of the first element that css selects.
func (b browser) find(css string) (string, error) {
	found := map[string]string{}
	err := b.try(http.MethodPost, "/element", map[string]string{"using": "css selector", "value": css}, &found)
	return "/element/" + found[elementKey], err
}

func (b browser) element(css string) string {
	b.t.Helper()
	path, err := b.find(css)
	if err != nil {
		b.t.Fatal(err)
	}
	return path
}

func (b browser) click(css string) {
	b.t.Helper()
	b.ask(http.MethodPost, b.element(css)+"/click", struct{}{}, nil)
}

func (b browser) keys(css, text string) {
	b.t.Helper()
	b.ask(http.MethodPost, b.element(css)+"/value", map[string]string{"text": text}, nil)
}

// text is what a reader sees of an element; empty while it is not there.
func (b browser) text(css string) (text string) {
	path, err := b.find(css)
	if err != nil {
		return ""
	}
	if err := b.try(http.MethodGet, path+"/text", nil, &text); err != nil {
		return "" // the page was renewed in between
	}
	return text
}

// until waits for a text in an element, for at most a minute.
func (b browser) until(css, want string) {
	b.t.Helper()
	for end := time.Now().Add(time.Minute); !strings.Contains(b.text(css), want); pause(b.t) {
		if time.Now().After(end) {
			b.t.Fatalf("%s shows %q, not %q", css, b.text(css), want)
		}
	}
}
