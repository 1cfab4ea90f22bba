package server_test

import (
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"

	"rollcall/gateway"
)

// These tests look at the page in Chromium.

// dump is what Chromium makes of an address: the document, written out.
func dump(t *testing.T, url string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	args := append(browserFlags(t), "--dump-dom", url)
	document, err := exec.CommandContext(ctx, chromium(t), args...).Output()
	if err != nil {
		t.Fatalf("chromium: %v", err)
	}
	return string(document)
}

// Without a log-in the page is all there, and masked.
func TestBrowserShowsThePage(t *testing.T) {
	chromium(t)
	c := config()
	job := queued(t, c, isolde())
	q := isolde()
	q.Attendee = "<script>document.title='broken'</script>"
	done(t, c, q, attempt(gateway.OutcomeReached))
	url := "http://" + idle(t, c)
	page := dump(t, url+"/?q=")
	has(t, page, "<title>Rollcall gateway 1.2.3</title>", "Practice – no phone rings", "Waiting", "Reached", "(···) ···-··86", "/calls/"+itoa(job.ID))
	hasNot(t, page, "303", "<script", "broken")
	has(t, dump(t, url+"/calls/"+itoa(job.ID)), "I. W.", "Not tried yet")
	has(t, dump(t, url+"/nothing"), "No such page")
}

// A person logs in by the form, sees all, follows a link, searches, and logs
// out again.
func TestBrowserLogsIn(t *testing.T) {
	b := browse(t)
	c := config()
	job := queued(t, c, isolde())
	r := start(t, c)
	b.open(r.URL + "/")
	b.until("main", "(···) ···-··86")
	b.click(".who a")
	b.keys("#code", "WRONG")
	b.click("main button")
	b.until("#wrong", "This is not the code")
	b.keys("#code", strings.ToLower(r.server.PageCode()))
	b.click("main button")
	b.until("section.waiting", "(303) 555-0186")
	b.click(".field")
	b.keys("#q", "0186\n")
	b.until("main", "Isolde Wrenmoor")
	b.click("td a")
	b.until("h1", "Call "+itoa(job.ID))
	b.until("main", "https://flows.example.org/flu.vxml (without its query)")
	b.click(".who button")
	b.until(".who", "Log in")
	b.until("section.waiting", "(···) ···-··86")
	if text := b.text("body"); strings.Contains(text, "0186") {
		t.Errorf("after logging out the page shows %s", text)
	}
	if at := b.address(); at != r.URL+"/" {
		t.Errorf("logging out leads to %s", at)
	}
}

// The overview renews itself: what happens after it was opened appears.
func TestBrowserRenewsThePage(t *testing.T) {
	b := browse(t)
	c := config()
	url := "http://" + idle(t, c)
	b.open(url + "/")
	b.until("section.waiting", "Nobody waits")
	job := queued(t, c, isolde())
	b.until("section.waiting", itoa(job.ID))
	if _, err := c.Journal.Remove(t.Context(), job.ID, false); err != nil {
		t.Fatal(err)
	}
	b.until("section.waiting", "Nobody waits")
}

// The page fits 400 pixels: only tables are wider, in boxes of their own.
func TestBrowserFitsNarrow(t *testing.T) {
	b := browse(t)
	c := config()
	q := isolde()
	q.Attendee, q.Phone = strings.Repeat("Wilhelmina ", 20), gateway.Phone(strings.Repeat("0", 60))
	queued(t, c, q)
	job := done(t, c, q, attempt(gateway.OutcomeInterrupted))
	r := start(t, c)
	b.open(r.URL + "/login")
	b.keys("#code", r.server.PageCode())
	b.click("main button")
	b.until(".who", "Log out")
	b.ask("POST", "/goog/cdp/execute", map[string]any{"cmd": "Emulation.setDeviceMetricsOverride", "params": map[string]any{
		"width": 400, "height": 800, "deviceScaleFactor": 1, "mobile": false,
	}}, nil)
	for _, path := range []string{"/?q=", "/?q=000", "/calls/" + itoa(job.ID), "/login", "/nothing"} {
		b.open(r.URL + path)
		var layout struct {
			CSSContentSize struct{ Width float64 } `json:"cssContentSize"`
		}
		b.ask("POST", "/goog/cdp/execute", map[string]any{"cmd": "Page.getLayoutMetrics", "params": struct{}{}}, &layout)
		if w := layout.CSSContentSize.Width; w == 0 || w > 400 {
			t.Errorf("%s is %v pixels wide", path, w)
		}
	}
}
