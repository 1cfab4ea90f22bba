package server_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
	"rollcall/gateway/server"
)

func at(day, hour, min int) time.Time {
	return time.Date(2008, time.April, day, hour, min, 0, 0, bst())
}

func TestStatusByteForByte(t *testing.T) {
	made := func(made, due time.Time, reason gateway.Reason) gateway.Attempt {
		return gateway.Attempt{State: gateway.StateMade, Made: made, Due: due, Reason: reason}
	}
	retry := gateway.Attempt{State: gateway.StateRetry, Made: at(21, 13, 2), Due: at(21, 13, 2), Reason: "No answer. Try in 1 minute "}
	tests := map[string][]gateway.Attempt{
		"[]": nil,
		"[0^null^made^2008 3 17 12 24^2008 3 17 12 24^Call succeeded^^^^^\n]": {
			made(at(17, 12, 24), at(17, 12, 24), gateway.ReasonSucceeded)},
		"[0^null^made^2008 3 17 12 26^2008 3 17 12 25^Message left on answering machine^^^^^\n]": {
			made(at(17, 12, 26), at(17, 12, 25), gateway.ReasonMachine)},
		"[0^null^retry^2008 3 21 13 2^2008 3 21 13 2^No answer. Try in 1 minute ^^^^^0^null^made^2008 3 21 13 3^2008 3 21 13 2^Call succeeded^^^^^\n]": {
			retry, made(at(21, 13, 3), at(21, 13, 2), gateway.ReasonSucceeded)},
	}
	for want, attempts := range tests {
		c := config()
		id := settled(t, c, attempts)
		resp, body := get(t, idle(t, c), gateway.PathStatus+"?reqid="+itoa(id))
		if body != want {
			t.Errorf("got %q, want %q", body, want)
		}
		if resp.StatusCode != http.StatusOK || resp.ContentLength != int64(len(want)) || !resp.Close {
			t.Errorf("status %d, length %d, close %t", resp.StatusCode, resp.ContentLength, resp.Close)
		}
		if resp.Header.Get(gateway.HeaderGateway) != "1.2.3" || resp.Header.Get(gateway.HeaderLine) != "practice" {
			t.Errorf("headers are %v", resp.Header)
		}
	}
}

// Old clients know only [] for a call that is in progress.
func TestStatusInProgress(t *testing.T) {
	c := config()
	id := dialling(t, c).ID
	address := idle(t, c)
	if _, body := get(t, address, gateway.PathStatus+"?reqid="+itoa(id)); body != "[]" {
		t.Errorf("an old client is told %q", body)
	}
	s, err := (&gateway.Client{URL: "http://" + address}).Status(t.Context(), id)
	if last, _ := s.Last(); err != nil || last.State != gateway.StateInProgress || !s.Practice {
		t.Errorf("ours is told %+v, %v", s, err)
	}
}

func TestUnknownRecords(t *testing.T) {
	address := idle(t, config())
	for _, path := range []string{gateway.PathStatus, gateway.PathRemove} {
		for _, id := range []string{"1208775078314", "0", "-5", "abc", ""} {
			resp, body := get(t, address, path+"?reqid="+id)
			want := strings.TrimSpace("ERROR: no such call record: " + id)
			if body != want || resp.StatusCode != http.StatusOK {
				t.Errorf("%s %q: %d %q", path, id, resp.StatusCode, body)
			}
		}
	}
}

func TestRemove(t *testing.T) {
	c := config()
	address := idle(t, c)
	ctx := t.Context()
	client := &gateway.Client{URL: "http://" + address}
	queued, err := client.Call(ctx, gateway.Request{Info: "i", Phone: "1", Text: "x", CallTime: time.Hour, FirstOcc: 2 * time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	if _, body := get(t, address, gateway.PathRemove+"?reqid="+itoa(queued)); body != "[removed]" {
		t.Errorf("got %q", body)
	}
	if _, err := client.Status(ctx, queued); !errors.Is(err, gateway.ErrUnknownCall) {
		t.Errorf("after that its status is %v", err)
	}
	busy := dialling(t, c)
	var refused *gateway.RefusedError
	if err := client.Remove(ctx, busy.ID, gateway.Removal{IfQueued: true}); !errors.As(err, &refused) {
		t.Errorf("a call on a line is removed as queued: %v", err)
	}
	if err := client.Remove(ctx, busy.ID, gateway.Removal{}); err != nil {
		t.Error(err)
	}
	if _, err := client.Status(ctx, busy.ID); err != nil {
		t.Errorf("the record of a call on a line went before its end: %v", err)
	}
	busy.State = scheduler.JobDone
	if err := c.Journal.Settle(ctx, busy, "gateway"); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Status(ctx, busy.ID); !errors.Is(err, gateway.ErrUnknownCall) {
		t.Errorf("the record stays after the end: %v", err)
	}
}

var acceptance = regexp.MustCompile(`^<html>\n<head><title>Call scheduled</title></head>\n<body>\n` +
	`Your call is scheduled for [A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d BST \d{4}\. \[ReqId=(\d{13})\]\n</body>\n</html>\n$`)

func TestAcceptance(t *testing.T) {
	c := config()
	resp, body := get(t, idle(t, c), gateway.PathCall+"?info=i&attendee=Ana&phoneno=6175550142&firstocc=0&txt=Hello&selfdelete=1")
	found := acceptance.FindStringSubmatch(body)
	if found == nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("got %d %q", resp.StatusCode, body)
	}
	if kind := resp.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/html") {
		t.Errorf("type is %s", kind)
	}
	id, err := strconv.ParseInt(found[1], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	job, err := c.Journal.Find(t.Context(), gateway.ReqID(id))
	want := gateway.Request{Info: "i", Attendee: "Ana", Phone: "6175550142", Text: "Hello", SelfDelete: true}
	if err != nil || job.Request != want {
		t.Errorf("journalled %+v, %v", job.Request, err)
	}
}

// raw sends what a client of its own making sends and reads to the end of the
// connection, as such clients do.
func raw(t *testing.T, address, request string) string {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	reply, err := io.ReadAll(conn)
	if err != nil {
		t.Fatalf("the connection did not end: %v after %q", err, reply)
	}
	return string(reply)
}

func post(headers, body string) string {
	return "POST /ocall/callreqHandler.jsp HTTP/1.1\r\nHost: localhost:8155\r\n" + headers +
		fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
}

const form = "Content-Type: application/x-www-form-urlencoded\r\n"

// What fourteen public clients send.
func TestQuirks(t *testing.T) {
	const fields = "info=i&phoneno=6175550142&firstocc=0&txt=Hello"
	tests := map[string]struct {
		request string
		want    gateway.Request // besides info, number and text where empty
	}{
		"raw HTTP/1.1 without keep-alive":    {post(form, fields), gateway.Request{}},
		"HTTP/1.0 without Host":              {"GET /ocall/callreqHandler.jsp?" + fields + " HTTP/1.0\r\n\r\n", gateway.Request{}},
		"no Content-Type":                    {post("", fields), gateway.Request{}},
		"body not encoded":                   {post(form, `info=i&phoneno=6175550142&firstocc=0&txt=He said "50% off; now" \o/`), gateway.Request{Text: `He said "50% off; now" \o/`}},
		"body ends in a line end":            {post(form, fields+"\r\n"), gateway.Request{}},
		"everything in the query":            {strings.Replace(post(form, ""), ".jsp ", ".jsp?"+fields+" ", 1), gateway.Request{}},
		"query and body":                     {strings.Replace(post(form, "firstocc=0&txt=Hello"), ".jsp ", ".jsp?info=i&phoneno=6175550142 ", 1), gateway.Request{}},
		"plus sign not encoded":              {post(form, "info=i&phoneno=+16175550142&firstocc=0&txt=Hello"), gateway.Request{Phone: "+16175550142"}},
		"double slash":                       {strings.Replace(post(form, fields), "/ocall", "//ocall", 1), gateway.Request{}},
		"selfdelete True":                    {post(form, fields+"&selfdelete=True"), gateway.Request{SelfDelete: true}},
		"charset in Content-Type":            {post("Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n", fields), gateway.Request{}},
		"chunked":                            {"POST /ocall/callreqHandler.jsp HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n2e\r\n" + fields + "\r\n0\r\n\r\n", gateway.Request{}},
		"named by an IPv6 loopback address":  {strings.Replace(post(form, fields), "localhost:8155", "[::1]:8155", 1), gateway.Request{}},
		"an address bar (Sec-Fetch-Site)":    {post("Sec-Fetch-Site: none\r\n", fields), gateway.Request{}},
		"name that the gateway is set up by": {strings.Replace(post(form, fields), "localhost:8155", "Calls.example:8155", 1), gateway.Request{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := config()
			c.Hosts = []string{"calls.example"}
			reply := raw(t, idle(t, c), test.request)
			id, err := gateway.ParseAccepted([]byte(reply))
			if err != nil || !strings.Contains(reply, " 200 OK\r\n") {
				t.Fatalf("%v: %q", err, reply)
			}
			if !strings.Contains(reply, "\r\nContent-Length: ") || strings.Contains(reply, "chunked") {
				t.Errorf("not of known length: %q", reply)
			}
			job, err := c.Journal.Find(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			want := test.want
			want.Info = "i"
			if want.Phone == "" {
				want.Phone = "6175550142"
			}
			if want.Text == "" {
				want.Text = "Hello"
			}
			if job.Request != want {
				t.Errorf("journalled %+v, want %+v", job.Request, want)
			}
		})
	}
}

// A client that asks for it keeps its connection.
func TestKeepAlive(t *testing.T) {
	one := "GET /ocall/callstatusHandler.jsp?reqid=1 HTTP/1.1\r\nHost: localhost\r\nConnection: "
	reply := raw(t, idle(t, config()), one+"Keep-Alive\r\n\r\n"+one+"close\r\n\r\n")
	if n := strings.Count(reply, "ERROR: no such call record: 1"); n != 2 {
		t.Errorf("%d replies on one connection: %q", n, reply)
	}
}

func TestMultipart(t *testing.T) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, value := range map[string]string{"info": "i", "phoneno": "+16175550142", "txt": "Hello & goodbye", "firstocc": "0"} {
		if err := w.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.CreateFormFile("txt", "a.txt"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	c := config()
	reply := raw(t, idle(t, c), post("Content-Type: "+w.FormDataContentType()+"\r\n", body.String()))
	id, err := gateway.ParseAccepted([]byte(reply))
	if err != nil {
		t.Fatalf("%v: %q", err, reply)
	}
	job, err := c.Journal.Find(t.Context(), id)
	if err != nil || job.Request.Text != "Hello & goodbye" || job.Request.Phone != "+16175550142" {
		t.Errorf("journalled %+v, %v", job.Request, err)
	}
}

// Whatever is refused has status 200, says why, and holds no ReqId.
func TestRefused(t *testing.T) {
	const rest = "&info=i&phoneno=1&firstocc=0"
	tests := map[string]struct{ query, why string }{
		"nothing":               {"", "info is missing"},
		"application":           {"startapp=x" + rest, "no voice application"},
		"no folder for files":   {"startvxml=/etc/passwd" + rest, "no folder for files"},
		"recording, no folder":  {"audiofile=a.wav" + rest, "no folder for files"},
		"exit file, no folder":  {"txt=x&exitvxml=a.vxml" + rest, "no folder for files"},
		"a file as an address":  {"starturl=file:///etc/passwd" + rest, "not an http or https address"},
		"no address":            {"starturl=reminder.vxml" + rest, "not an http or https address"},
		"exit at no address":    {"txt=x&exiturl=javascript:1" + rest, "not an http or https address"},
		"a program":             {"txt=x&startexec=calc.exe" + rest, "not supported"},
		"end-of-call SQL":       {"txt=x&eocactions=1" + rest, "not supported"},
		"text message":          {"txt=x&sms=1" + rest, "not supported"},
		"a body without an end": {"txt=" + strings.Repeat("x", 2<<20) + rest, "too long"},
	}
	address := idle(t, config())
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			reply := raw(t, address, post(form, test.query))
			if !strings.Contains(reply, " 200 OK\r\n") || !strings.Contains(reply, "\r\n\r\nERROR: ") ||
				!strings.Contains(reply, test.why) || strings.Contains(reply, "[ReqId=") {
				t.Errorf("got %.300q", reply)
			}
		})
	}
	for _, request := range []string{
		"DELETE /ocall/callreqHandler.jsp HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"GET /ocall/nothing.jsp HTTP/1.1\r\nHost: localhost\r\n\r\n",
	} {
		if reply := raw(t, address, request); !strings.Contains(reply, " 200 OK\r\n") || !strings.Contains(reply, "\r\n\r\nERROR: ") {
			t.Errorf("got %q", reply)
		}
	}
}

// A web page must not place calls, nor read who was called.
func TestWebPagesRefused(t *testing.T) {
	for name, header := range map[string]string{
		"Origin":               "Host: localhost\r\nOrigin: http://evil.example\r\n",
		"own Origin":           "Host: localhost\r\nOrigin: http://localhost\r\n",
		"opaque Origin":        "Host: localhost\r\nOrigin: null\r\n",
		"cross-site":           "Host: localhost\r\nSec-Fetch-Site: cross-site\r\n",
		"same-site":            "Host: localhost\r\nSec-Fetch-Site: same-site\r\n",
		"rebound name":         "Host: evil.example:8155\r\n",
		"name like loopback":   "Host: 127.0.0.1.evil.example\r\n",
		"address not ours":     "Host: 192.0.2.7\r\n",
		"localhost as a label": "Host: localhost.evil.example\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			c := config()
			address := idle(t, c)
			reply := raw(t, address, "POST /ocall/callreqHandler.jsp HTTP/1.1\r\n"+header+
				"Content-Length: 46\r\n\r\ninfo=i&phoneno=6175550142&firstocc=0&txt=Hello")
			if !strings.Contains(reply, " 200 OK\r\n") || !strings.Contains(reply, "\r\n\r\nERROR: ") {
				t.Errorf("request: %q", reply)
			}
			for _, path := range []string{gateway.PathAbout, gateway.PathReferences + "ab"} {
				reply = raw(t, address, "GET "+path+" HTTP/1.1\r\n"+header+"Connection: close\r\n\r\n")
				if !strings.Contains(reply, " 403 Forbidden\r\n") {
					t.Errorf("%s: %q", path, reply)
				}
			}
			due, _, err := c.Journal.NextDue(t.Context())
			if err != nil || !due.IsZero() {
				t.Errorf("something is queued: %v, %v", due, err)
			}
		})
	}
}

// failing is a journal on a disk that is full.
type failing struct{ scheduler.Journal }

func (failing) Accept(context.Context, scheduler.Job) (scheduler.Job, error) {
	return scheduler.Job{}, errors.New("disk full")
}

// A journal that fails may have kept the request: that is neither a refusal
// nor an acceptance.
func TestJournalFails(t *testing.T) {
	c := config()
	c.Journal = failing{c.Journal}
	client := &gateway.Client{URL: "http://" + idle(t, c)}
	_, err := client.Call(t.Context(), gateway.Request{Info: "i", Phone: "1", Text: "x"})
	if !errors.Is(err, gateway.ErrInDoubt) {
		t.Errorf("got %v", err)
	}
}

// That the last request could not be kept shows in the gateway's health, until
// one can be again.
func TestJournalFailsAndRecovers(t *testing.T) {
	c := config()
	disk := &filling{Journal: c.Journal}
	c.Journal = disk
	address := idle(t, c)
	for _, full := range []bool{false, true, false} {
		disk.full.Store(full)
		get(t, address, gateway.PathCall+"?info=i&phoneno=1&firstocc=0&txt=x")
		resp, body := get(t, address, "/healthz")
		if (resp.StatusCode == http.StatusServiceUnavailable) != full {
			t.Errorf("disk full %t: %d %s", full, resp.StatusCode, body)
		}
	}
}

// filling is a journal whose disk is full at times.
type filling struct {
	scheduler.Journal
	full atomic.Bool
}

func (f *filling) Accept(ctx context.Context, job scheduler.Job) (scheduler.Job, error) {
	if f.full.Load() {
		return scheduler.Job{}, errors.New("disk full")
	}
	return f.Journal.Accept(ctx, job)
}

var _ http.Handler = (*server.Server)(nil)
