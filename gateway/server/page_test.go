package server_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/line"
	"rollcall/gateway/scheduler"
	"rollcall/gateway/scheduler/journaltest"
	"rollcall/gateway/server"
)

// The addresses that requests come from.
const (
	here  = "127.0.0.1:50000"
	here6 = "[::1]:50000"
	away  = "192.0.2.7:50000"
)

func TestPageOverview(t *testing.T) {
	c := config()
	first := queued(t, c, isolde())
	other := dialling(t, c)
	retry := gateway.Attempt{State: gateway.StateRetry, Reason: "No answer. Try in 1 minute ", Made: time.Now()}
	ended := done(t, c, isolde(), retry, attempt(gateway.OutcomeBadNumber))
	page := readFrom(t, server.New(c), here).page("/")
	has(t, page, "<title>Rollcall gateway 1.2.3</title>", `<html lang="en">`, "Practice – no phone rings", `http-equiv="refresh" content="5"`,
		"/calls/"+itoa(first.ID), "/calls/"+itoa(other.ID), "/calls/"+itoa(ended.ID), "Times are in BST, UTC&#43;01:00")
	has(t, words(page), "Lines in use 0 of 4", "In progress 1", "Waiting 1", "Done 1", "Not in service No such number")
	hasNot(t, page, "bad_number", "disconnected", "of 1<", "<script", "style=", "onclick")
	for _, column := range []string{"Since", "Name", "Number", "Id", "Due", "Priority", "Ended", "Result", "Reason", "Answers"} {
		has(t, page, `<th scope="col">`+column+`</th>`)
	}
	if tables, captions := strings.Count(page, "<table>"), strings.Count(page, "<caption"); tables != 3 || captions != 3 {
		t.Errorf("%d tables, %d captions", tables, captions)
	}
}

// A page that holds still lets its reader type what to search for.
func TestPageHoldsStill(t *testing.T) {
	r := readFrom(t, server.New(config()), here)
	live, still := r.page("/"), r.page("/?q=")
	has(t, live, `href="/?q="`)
	has(t, still, `<input id="q" name="q"`, `href="/"`)
	hasNot(t, still, "refresh")
	for _, path := range []string{"/login", "/?q=12", "/?q=1234567890123"} {
		hasNot(t, r.page(path), "refresh")
	}
}

func TestPageEmpty(t *testing.T) {
	c := config()
	c.Line = &stubLine{}
	page := readFrom(t, server.New(c), here).page("/")
	has(t, page, "No call is in progress", "Nobody waits to be called", "No call has ended yet")
	hasNot(t, page, "Practice", "<table")
}

func TestPageOutcomes(t *testing.T) {
	for outcome, want := range map[gateway.Outcome]string{
		gateway.OutcomeReached:     "Reached A person answered",
		gateway.OutcomeMachine:     "Machine Message left",
		gateway.OutcomeNoMessage:   "Machine No message left",
		gateway.OutcomeNoAnswer:    "No answer It rang, nobody came",
		gateway.OutcomeBusy:        "Busy On another call",
		gateway.OutcomeCongestion:  "Network busy No way",
		gateway.OutcomeBadNumber:   "Not in service No such number",
		gateway.OutcomeNoResponse:  "No response Network said nothing",
		gateway.OutcomeNoTransfer:  "Reached Transfer not answered",
		gateway.OutcomeFlowMissing: "Not called Call flow not loaded",
		gateway.OutcomeFlowBroken:  "Failed Call flow failed",
		gateway.OutcomeExpired:     "Too late Its time had passed",
		gateway.OutcomeInterrupted: "In doubt It may have rung",
		gateway.OutcomeEnded:       "Ended By an operator",
	} {
		c := config()
		job := done(t, c, isolde(), attempt(outcome))
		r := readFrom(t, server.New(c), here)
		has(t, words(r.page("/")), want)
		has(t, words(r.page("/calls/"+itoa(job.ID))), want)
	}
	c := config()
	done(t, c, isolde(), gateway.Attempt{State: gateway.StateFailed, Reason: "Sunspots"})
	has(t, words(readFrom(t, server.New(c), here).page("/")), "Not known Nothing was noted")
}

func TestPageCall(t *testing.T) {
	c := config()
	retry := gateway.Attempt{State: gateway.StateRetry, Reason: "Line Busy. Try in 1 minute ", Made: at(21, 13, 2)}
	q := isolde()
	q.ExitURL, q.Priority, q.SelfDelete = "https://flows.example.org/end?key=hush", gateway.PriorityHigh, true
	job := queued(t, c, q)
	job.Attempts, job.Dialled = []gateway.Attempt{retry}, 1
	retried(t, c, job)
	s := server.New(c)
	page := readFrom(t, s, here).login(s).page("/calls/" + itoa(job.ID))
	has(t, words(page), "Call "+itoa(job.ID), "Waiting Another try follows", "Priority High", "Tries 1", "No try after", "Next try", "Accepted",
		"Busy On another call", "21 Apr 2008, 13:02", "Address: https://flows.example.org/flu.vxml (without its query)",
		"Runs after the call Address: https://flows.example.org/end (without its query)", "Is removed when the call has ended", "(303) 555-0186", "Isolde Wrenmoor")
	hasNot(t, page, "hush", "user:")
}

// retried puts a queued job back into the queue with what was tried.
func retried(t *testing.T, c server.Config, job scheduler.Job) {
	t.Helper()
	if _, err := c.Journal.Claim(t.Context(), "gateway", job.Due, job.Due.Add(time.Hour), 1); err != nil {
		t.Fatal(err)
	}
	if err := c.Journal.Settle(t.Context(), job, "gateway"); err != nil {
		t.Fatal(err)
	}
}

func TestPageSearch(t *testing.T) {
	c := remote()
	job := queued(t, c, isolde())
	for range 60 {
		queued(t, c, gateway.Request{Phone: "6175550142"})
	}
	s := server.New(c)
	masked, open := readFrom(t, s, here), readFrom(t, s, here).login(s)
	for _, r := range []*reader{masked, open, readFrom(t, s, away)} {
		w := r.request(http.MethodGet, "/?q=+"+itoa(job.ID), "")
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/calls/"+itoa(job.ID) {
			t.Errorf("a search for an id: %d %v", w.Code, w.Header())
		}
		has(t, r.page("/?q=12"), "at least three last digits")
		has(t, r.page("/?q=hello"), "at least three last digits")
		has(t, r.page("/?q="+strings.Repeat("1", 100)), "at least three last digits")
	}
	for _, q := range []string{"186", "0186", "555-0186", "%28303%29+555-0186"} {
		has(t, open.page("/?q="+q), itoa(job.ID), "(303) 555-0186", "Isolde Wrenmoor")
		hasNot(t, masked.page("/?q="+q), itoa(job.ID))
	}
	has(t, masked.page("/?q=186"), "after logging in", `href="/login"`)
	hasNot(t, readFrom(t, s, away).page("/?q=186"), `href="/login"`)
	has(t, open.page("/?q=142"), "More than the newest 50")
	has(t, open.page("/?q=99999"), "No call has this id, and no number")
}

func TestPageStatus(t *testing.T) {
	r := readFrom(t, server.New(config()), here)
	for _, test := range []struct {
		method, path string
		status       int
		allow, words string
	}{
		{"GET", "/nothing", 404, "", "No such page"},
		{"POST", "/nothing", 404, "", "No such page"},
		{"GET", "/calls", 404, "", "No such page"},
		{"GET", "/calls/17", 404, "", "No such call"},
		{"GET", "/calls/abc", 404, "", "No such call"},
		{"GET", "/page/login.html", 404, "", "No such page"},
		{"POST", "/", 405, "GET, HEAD", "Not possible here"},
		{"DELETE", "/calls/17", 405, "GET, HEAD", "Not possible here"},
		{"PUT", "/login", 405, "GET, HEAD, POST", "Not possible here"},
		{"OPTIONS", "/", 405, "GET, HEAD", "Not possible here"},
		{"GET", "/logout", 405, "POST", "Not possible here"},
		{"GET", "/login", 200, "", "Access code"},
		{"HEAD", "/", 200, "", ""},
		{"GET", "//", 200, "", "Last results"},
		{"GET", "/style.css", 200, "", "prefers-color-scheme: dark"},
		{"GET", "/favicon.ico", 200, "", ""},
	} {
		w := r.request(test.method, test.path, "")
		if w.Code != test.status || w.Header().Get("Allow") != test.allow || !strings.Contains(w.Body.String(), test.words) {
			t.Errorf("%s %s: %d, Allow %q, %s", test.method, test.path, w.Code, w.Header().Get("Allow"), words(w.Body.String()))
		}
	}
}

// broken is a journal that cannot be read.
type broken struct{ journaltest.Memory }

func (*broken) Count(context.Context) (map[scheduler.JobState]int, error) {
	return nil, errors.New("no disk")
}

func (*broken) NextDue(context.Context) (due, expires time.Time, err error) {
	return time.Time{}, time.Time{}, errors.New("no disk")
}

func (*broken) Find(context.Context, gateway.ReqID) (scheduler.Job, error) {
	return scheduler.Job{}, errors.New("no disk")
}

func TestPageOfABrokenJournal(t *testing.T) {
	c := config()
	c.Journal = &broken{}
	r := readFrom(t, server.New(c), here)
	for _, path := range []string{"/", "/calls/17", "/?q=1234"} {
		w := r.request(http.MethodGet, path, "")
		if w.Code != http.StatusInternalServerError || !strings.Contains(w.Body.String(), "cannot be read now") {
			t.Errorf("%s: %d %s", path, w.Code, words(w.Body.String()))
		}
		hasNot(t, w.Body.String(), "no disk")
	}
}

// A call in progress is told with the time since it has its line.
func TestPageOfAWorkingGateway(t *testing.T) {
	answered, release := make(chan struct{}), make(chan struct{})
	c := config()
	c.Line = &stubLine{place: func(context.Context) (line.Call, error) {
		close(answered)
		<-release
		return &stubCall{}, nil
	}}
	r := start(t, c)
	defer close(release)
	if _, err := r.Call(t.Context(), gateway.Request{Info: "i", Attendee: "Isolde Wrenmoor", Phone: "6175550142", Text: "x", Attempt: 3}); err != nil {
		t.Fatal(err)
	}
	<-answered
	page := readFrom(t, r.server, here).page("/")
	has(t, words(page), "Lines in use 1 of 4", "Calling I. W. ········42")
	if !regexp.MustCompile(`<time datetime="[^"]+">[\d:]+</time></td><td><span class="state">.*<td class="n">3</td>`).MatchString(page) {
		t.Errorf("no time and try in %s", page)
	}
}

func TestPageZones(t *testing.T) {
	for zone, want := range map[*time.Location]string{
		time.UTC:                             "Times are in UTC.",
		time.FixedZone("", -3*3600):          "Times are in UTC-03:00.",
		time.FixedZone("IST", 5*3600+30*60):  "Times are in IST, UTC+05:30.",
		time.FixedZone("Asia/Dubai", 4*3600): "Times are in Asia/Dubai",
	} {
		c := config()
		c.Location = zone
		page := readFrom(t, server.New(c), here).page("/")
		has(t, strings.ReplaceAll(words(page), "&#43;", "+"), want)
	}
}

// BenchmarkPage shows a queue of 10,000 calls, of which 60 are on lines and
// 4,000 are done.
func BenchmarkPage(b *testing.B) {
	c := config()
	for range 10_000 {
		queued(b, c, isolde())
	}
	later := time.Now().Add(time.Hour)
	jobs, err := c.Journal.Claim(b.Context(), "gateway", later, later.Add(time.Hour), 4060)
	if err != nil {
		b.Fatal(err)
	}
	for _, job := range jobs[60:] {
		job.State, job.Attempts = scheduler.JobDone, []gateway.Attempt{attempt(gateway.OutcomeReached)}
		if err := c.Journal.Settle(b.Context(), job, "gateway"); err != nil {
			b.Fatal(err)
		}
	}
	s := server.New(c)
	for b.Loop() {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequestWithContext(b.Context(), http.MethodGet, "http://localhost/", nil))
		if w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}
