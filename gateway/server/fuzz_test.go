package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/gateway"
	"rollcall/gateway/broadcast"
	"rollcall/gateway/broadcast/broadcasttest"
	"rollcall/gateway/scheduler"
	"rollcall/gateway/server"
)

// paths are what a fuzzed request may ask for.
func paths() []string {
	return []string{
		gateway.PathCall, gateway.PathStatus, gateway.PathRemove, "/ocall/campapi", gateway.PathAbout,
		gateway.PathChanges, gateway.PathReferences + "a", "/rollcall/limits", "/healthz", "/", "/login", "/calls/1", "/assets/global/a.csv",
	}
}

// FuzzHandlers sends requests of every kind to every page. Nothing makes the
// gateway panic; old pages answer 200 with something that a client
// understands; what was not acknowledged is not called; another machine
// without the token gets nothing.
func FuzzHandlers(f *testing.F) {
	const form = "application/x-www-form-urlencoded"
	f.Add(uint8(0), true, "GET", "info=i&phoneno=6175550142&firstocc=0&txt=Hello", "", "")
	f.Add(uint8(0), true, "POST", "", form, "info=i&phoneno= 16175550142&firstocc=0&txt=Hello&selfdelete=True")
	f.Add(uint8(0), true, "POST", "", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"info\"\r\n\r\ni\r\n--x--\r\n")
	f.Add(uint8(0), false, "POST", "password=a-token-long-enougz", form, "info=i&phoneno=1&firstocc=0&txt=x")
	f.Add(uint8(0), true, "POST", "", form, `info=i&phoneno=1111111&firstocc=10&startexec=C:\x\vcast.exe&cmdline="a.voc" -startnow -confirmcode 12 -wavfile "a.wav"`)
	f.Add(uint8(1), true, "GET", "reqid=1208775078314&progress=1", "", "")
	f.Add(uint8(2), true, "GET", "reqid=1&ifqueued=1&hangup=1", "", "")
	f.Add(uint8(3), true, "POST", "", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\nimport\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nName,Phone\r\nAna,1\r\n--x--\r\n")
	f.Add(uint8(5), true, "GET", "after=0&wait=0", "", "")
	f.Add(uint8(7), true, "PUT", "", "application/json", `{"lines": 3, "rate": 1e9}`)
	f.Add(uint8(9), true, "GET", "q=142", "", "")
	f.Add(uint8(10), true, "POST", "", form, "code=ABCDEFGH")
	f.Add(uint8(0), true, "POST", "", form, `info=i&phoneno=1111111&firstocc=10&txt=Hi&startexec=vcast.exe&cmdline=a.voc -startnow -confirmcode 12 -numbers 1`)
	f.Add(uint8(3), true, "POST", "action=bbp&row1=1&leadsrcname=a&msgtype=tts&msginfo=Hi", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nName,Phone\r\nAna,1\r\n--x--\r\n")
	f.Add(uint8(3), true, "GET", "action=bbp&listname=a&msgtype=tts&msginfo=Hi&CAMP_NAME=%5BReqId%3D", "", "")
	f.Add(uint8(3), true, "GET", "action=campstats&camp_id=1", "", "")
	f.Add(uint8(3), true, "GET", "action=exportcamp&camp_id=1&f=webapps/ROOT/assets/global/a.csv", "", "")
	c := remote()
	c.VXMLFolder, c.Exports = f.TempDir(), f.TempDir()
	c.Broadcasts = new(broadcasttest.Memory)
	s := server.New(c)
	f.Fuzz(func(t *testing.T, page uint8, local bool, method, query, kind, body string) {
		if strings.Contains(query, "wait=") && !strings.Contains(query, "wait=0") {
			return // would only wait
		}
		path := paths()[int(page)%len(paths())]
		r := &http.Request{
			Method: method, URL: &url.URL{Path: path, RawQuery: query}, Host: "calls.example", ProtoMajor: 1, ProtoMinor: 1,
			Header: http.Header{"Content-Type": {kind}}, Body: http.NoBody, RemoteAddr: "192.0.2.7:9",
		}
		if local {
			r.RemoteAddr = "127.0.0.1:9"
		}
		r.Body = readCloser{strings.NewReader(body)}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r.WithContext(t.Context()))
		said := w.Body.String()
		if strings.HasPrefix(path, "/ocall/") {
			held(t, c, path, w.Code, said)
		}
		if tokenless := !strings.Contains(query+body, token); !local && tokenless && w.Code < 400 && !strings.HasPrefix(said, "ERROR: ") && strings.HasPrefix(path, "/ocall/") {
			t.Errorf("another machine without the token is told %q", said)
		}
	})
}

// held tells what is wrong with an answer of the protocol's pages.
func held(t *testing.T, c server.Config, path string, status int, said string) {
	t.Helper()
	if status != http.StatusOK {
		t.Errorf("%s: status %d", path, status)
	}
	if strings.HasPrefix(said, "ERROR: ") && strings.Contains(said, "[ReqId=") {
		t.Errorf("%s: a refusal with an id: %q", path, said)
	}
	if path == "/ocall/campapi" && !strings.HasPrefix(said, "ERROR: ") && !literalForm.MatchString(said) {
		t.Errorf("%s: not read alike: %q", path, said)
	}
	if path != gateway.PathCall || strings.HasPrefix(said, "ERROR: ") {
		return
	}
	id, err := gateway.ParseAccepted([]byte(said))
	if err != nil {
		t.Fatalf("neither accepted nor refused: %q", said)
	}
	if broadcast.IsID(id) {
		if c, err := c.Broadcasts.Campaign(t.Context(), id); err != nil || c.ConfirmCode == "" {
			t.Errorf("acknowledged, but not kept: %+v, %v", c, err)
		}
		return
	}
	job, err := c.Journal.Find(t.Context(), id)
	if err != nil || job.State != scheduler.JobQueued {
		t.Errorf("acknowledged, but not queued: %+v, %v", job, err)
	}
	if _, err := c.Journal.Remove(t.Context(), id, false); err != nil { // keeps the journal small
		t.Error(err)
	}
}

// FuzzSettings reads files that are no settings: an error, or a gateway that
// other machines reach only with addresses and a token.
func FuzzSettings(f *testing.F) {
	f.Add("listen = \"127.0.0.1:0\"\nlines = 3\nrate = 2.5\n[[retry]]\nprefix = \"44\"\nbusy = {after = \"2m\", times = 3}\n")
	f.Add("allow = [\"10.0.0.0/8\"]\ntoken = \"0123456789abcdef\"\n")
	f.Add("[apps]\na = \"http://127.0.0.1/a.vxml\"\n[sms]\nurl = \"http://127.0.0.1:1/\"")
	f.Add("folder = \".\"\nhosts = [\"a\"]\nnetworks = [\"::1\"]")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(dir, "gateway.toml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := server.ReadSettings(path)
		if err == nil && server.MayListen("0.0.0.0:8155", s) == nil && (len(s.Allow) == 0 || len(s.Token) < 16) {
			t.Errorf("everybody may place calls: %+v", s)
		}
	})
}
