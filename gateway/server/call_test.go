package server_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
	"rollcall/gateway/line"
)

// vxml wraps forms into a document.
func vxml(forms string) string {
	return `<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml">` + forms + `</vxml>`
}

func say(text string) string {
	return vxml("<form><block><prompt>" + text + "</prompt></block></form>")
}

var confirm = vxml(`<form><field name="confirm" type="boolean"><prompt>Will you come?</prompt></field></form>`)

// web serves pages by path and remembers what was asked for.
type web struct {
	url   string
	mu    sync.Mutex
	asked []string
}

func serve(t *testing.T, pages map[string]string) *web {
	t.Helper()
	w := &web{}
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.asked = append(w.asked, r.URL.String())
		w.mu.Unlock()
		page, found := pages[r.URL.Path]
		if !found {
			http.NotFound(out, r)
			return
		}
		if _, err := io.WriteString(out, page); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	w.url = server.URL
	return w
}

func (w *web) log() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.asked...)
}

// Each practice outcome arrives at the client, over HTTP and the protocol.
func TestPracticeOutcomes(t *testing.T) {
	r := start(t, config())
	flow := serve(t, map[string]string{"/a.vxml": confirm})
	for ending, want := range map[string]gateway.Outcome{
		"00": gateway.OutcomeReached,
		"60": gateway.OutcomeMachine,
		"70": gateway.OutcomeNoAnswer,
		"80": gateway.OutcomeBusy,
		"85": gateway.OutcomeBusy,
		"90": gateway.OutcomeBadNumber,
		"94": gateway.OutcomeCongestion,
		"97": gateway.OutcomeReached,
		"99": gateway.OutcomeNoResponse,
	} {
		t.Run(ending, func(t *testing.T) {
			s := r.result(t, gateway.Request{Info: "i", Phone: gateway.Phone("61755501" + ending), StartURL: flow.url + "/a.vxml"})
			last, _ := s.Last()
			if last.Outcome() != want || len(s.Attempts) != 1 || !s.Practice {
				t.Errorf("got %+v, want %s", s, want)
			}
		})
	}
}

func TestAnswersArrive(t *testing.T) {
	r := start(t, config())
	flow := serve(t, map[string]string{"/a.vxml": confirm})
	s := r.result(t, gateway.Request{Info: "i", Attendee: "Ana", Phone: "6175550142", StartURL: flow.url + "/a.vxml"})
	last, _ := s.Last()
	if len(last.Answers) != 1 || last.Answers[0].Name != "confirm" || last.Attendee != "Ana" {
		t.Errorf("got %+v", last)
	}
}

// Retries are the gateway's where firstocc allows them, and the client's own
// are told to the line.
func TestRetries(t *testing.T) {
	r := start(t, config())
	q := gateway.Request{Info: "i", Phone: "6175550185", Text: "Hello"}
	q.FirstOcc = time.Hour
	s := r.result(t, q)
	var states []gateway.AttemptState
	for _, a := range s.Attempts {
		states = append(states, a.State)
	}
	want := []gateway.AttemptState{gateway.StateRetry, gateway.StateRetry, gateway.StateMade}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	q.FirstOcc, q.Phone, q.Attempt = 0, "6175550186", 3
	if last, _ := r.result(t, q).Last(); last.Outcome() != gateway.OutcomeReached {
		t.Errorf("the client's third try is %+v", last)
	}
}

// Nothing is dialled for a document that cannot be had or read.
func TestDocumentMissing(t *testing.T) {
	c := config()
	quiet := answering(&stubCall{})
	c.Line = quiet
	c.VXMLFolder = t.TempDir()
	r := start(t, c)
	flow := serve(t, map[string]string{"/broken": "<vxml", "/html": "<html></html>"})
	for name, q := range map[string]gateway.Request{
		"404":          {StartURL: flow.url + "/gone"},
		"nobody there": {StartURL: "http://127.0.0.1:1/"},
		"broken":       {StartURL: flow.url + "/broken"},
		"not VoiceXML": {StartURL: flow.url + "/html"},
		"no file":      {StartVXML: "gone.vxml"},
		"no recording": {AudioFile: "gone.wav"},
	} {
		t.Run(name, func(t *testing.T) {
			q.Info, q.Phone = "i", "6175550142"
			if last, _ := r.result(t, q).Last(); last.Outcome() != gateway.OutcomeFlowMissing {
				t.Errorf("got %+v", last)
			}
		})
	}
	if n := len(quiet.dialled()); n != 0 {
		t.Errorf("dialled %d times", n)
	}
}

func TestMachineHearsItsOwnDocument(t *testing.T) {
	machine := &stubCall{who: line.Machine}
	c := config()
	c.Line = answering(machine)
	r := start(t, c)
	flow := serve(t, map[string]string{"/a.vxml": say("Hello")})
	s := r.result(t, gateway.Request{Info: "i", Phone: "6175550142", StartURL: flow.url + "/a.vxml?t=1"})
	if last, _ := s.Last(); last.Reason != gateway.ReasonMachine || s.Practice {
		t.Errorf("got %+v", s)
	}
	want := []string{"/a.vxml?t=1", "/a.vxml?t=1&answeredby=machine"}
	if diff := cmp.Diff(want, flow.log()); diff != "" {
		t.Errorf("fetched (-want +got):\n%s", diff)
	}
}

// What became of an answered call, by what its document and its far end did.
func TestVerdicts(t *testing.T) {
	flow := serve(t, map[string]string{
		"/hello":  say("Hello"),
		"/broken": vxml(`<form><block><prompt>Hi</prompt><assign name="a" expr="nothing.at.all"/></block></form>`),
		"/ends":   vxml(`<form><block><prompt>Hi</prompt><disconnect/></block></form>`),
		"/fetch":  vxml(`<form><block><goto next="file:///etc/passwd"/></block></form>`),
	})
	tests := map[string]struct {
		call *stubCall
		page string
		want gateway.Outcome
	}{
		"heard to the end":      {&stubCall{}, "/hello", gateway.OutcomeReached},
		"hung up midway":        {&stubCall{hang: true}, "/hello", gateway.OutcomeReached},
		"document hangs up":     {&stubCall{}, "/ends", gateway.OutcomeReached},
		"script error":          {&stubCall{}, "/broken", gateway.OutcomeFlowBroken},
		"document names a file": {&stubCall{}, "/fetch", gateway.OutcomeFlowBroken},
		"hung up at once":       {&stubCall{fails: line.ErrHungUp}, "/hello", gateway.OutcomeReached},
		"line broke":            {&stubCall{fails: errors.New("no sound")}, "/hello", gateway.OutcomeFlowBroken},
		"machine cut us off":    {&stubCall{who: line.Machine, hang: true}, "/hello", gateway.OutcomeNoMessage},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := config()
			c.Line = answering(test.call)
			s := start(t, c).result(t, gateway.Request{Info: "i", Phone: "6175550142", StartURL: flow.url + test.page})
			if last, _ := s.Last(); last.Outcome() != test.want {
				t.Errorf("got %+v, want %s", last, test.want)
			}
		})
	}
}

func TestLineFails(t *testing.T) {
	c := config()
	c.Line = &stubLine{place: func(context.Context) (line.Call, error) { return nil, errors.New("no dial tone") }}
	s := start(t, c).result(t, gateway.Request{Info: "i", Phone: "6175550142", Text: "Hello"})
	if last, _ := s.Last(); last.Reason != gateway.ReasonOccupied {
		t.Errorf("got %+v", last)
	}
}

func TestHangup(t *testing.T) {
	ringing := make(chan struct{})
	c := config()
	c.Line = &stubLine{place: func(ctx context.Context) (line.Call, error) {
		close(ringing)
		<-ctx.Done()
		return nil, ctx.Err()
	}}
	r := start(t, c)
	id, err := r.Call(t.Context(), gateway.Request{Info: "i", Phone: "6175550142", Text: "Hello"})
	if err != nil {
		t.Fatal(err)
	}
	<-ringing
	if err := r.Remove(t.Context(), id, gateway.Removal{Hangup: true}); err != nil {
		t.Fatal(err)
	}
	for err == nil { // the record goes when the call has ended
		_, err = r.Status(t.Context(), id)
		pause(t)
	}
	if !errors.Is(err, gateway.ErrUnknownCall) {
		t.Error(err)
	}
}

// wave is a recording of so many seconds at 8 kHz, 16 bits, one channel.
func wave(seconds int) []byte {
	size := uint32(16000 * seconds)
	b := append([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, size+36)...)
	b = append(b, "WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data"...)
	b = binary.LittleEndian.AppendUint32(b, size)
	return append(b, make([]byte, size)...)
}

// What a person hears of each way to start a call, and how long it takes.
func TestSounds(t *testing.T) {
	folder := t.TempDir()
	for name, content := range map[string]string{"a.wav": string(wave(3)), "a.vxml": say("From a file")} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	flow := serve(t, map[string]string{
		"/a.vxml": say(`One two <audio src="b.wav">lost</audio><audio src="gone.wav">three four five</audio><break time="2s"/>`),
		"/b.wav":  string(wave(2)),
	})
	tests := map[string]struct {
		request gateway.Request
		want    line.Sound
	}{
		"text":           {gateway.Request{Text: "Less < more & five words"}, line.Sound{Text: "Less < more & five words", Length: 2400 * time.Millisecond}},
		"recording":      {gateway.Request{AudioFile: filepath.Join(folder, "a.wav")}, line.Sound{Length: 3 * time.Second}},
		"document":       {gateway.Request{StartURL: flow.url + "/a.vxml"}, line.Sound{Text: "One two three four five", Length: 6 * time.Second}},
		"file":           {gateway.Request{StartVXML: filepath.Join(folder, "a.vxml")}, line.Sound{Text: "From a file", Length: 1200 * time.Millisecond}},
		"file by a name": {gateway.Request{StartVXML: "a.vxml"}, line.Sound{Text: "From a file", Length: 1200 * time.Millisecond}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			person := &stubCall{}
			c := config()
			c.Line, c.VXMLFolder = answering(person), folder
			test.request.Info, test.request.Phone = "i", "6175550142"
			s := start(t, c).result(t, test.request)
			if last, _ := s.Last(); last.Outcome() != gateway.OutcomeReached {
				t.Fatalf("got %+v", last)
			}
			test.want.BargeIn = true
			if diff := cmp.Diff([]line.Sound{test.want}, person.heard()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// No name, and no link, leads out of the folder for files.
func TestFolderRule(t *testing.T) {
	outside, folder := t.TempDir(), t.TempDir()
	secret := filepath.Join(outside, "a.vxml")
	if err := os.WriteFile(secret, []byte(say("secret")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(folder, "link.vxml")); err != nil {
		t.Skip(err) // no links on this system
	}
	c := config()
	person := &stubCall{}
	c.Line, c.VXMLFolder = answering(person), folder
	r := start(t, c)
	for _, file := range []string{secret, "../a.vxml", folder + "/../a.vxml", folder} {
		_, err := r.Call(t.Context(), gateway.Request{Info: "i", Phone: "1", StartVXML: file})
		var refused *gateway.RefusedError
		if file != folder && (!errors.As(err, &refused) || !strings.Contains(refused.Reason, "folder")) {
			t.Errorf("%s: %v", file, err)
		}
	}
	for _, file := range []string{"link.vxml", "."} {
		s := r.result(t, gateway.Request{Info: "i", Phone: "6175550142", StartVXML: file})
		if last, _ := s.Last(); last.Outcome() != gateway.OutcomeFlowMissing {
			t.Errorf("%s: %+v", file, last)
		}
	}
	if len(person.heard()) != 0 {
		t.Errorf("somebody heard %v", person.heard())
	}
}

// The exit document runs after the call for its effects; its failure changes
// no verdict.
func TestExitDocument(t *testing.T) {
	flow := serve(t, map[string]string{
		"/a.vxml":   say("Hello"),
		"/bye":      vxml(`<form><block><var name="x" expr="1"/><submit next="/done" namelist="x"/></block></form>`),
		"/done":     vxml(`<form><block><exit/></block></form>`),
		"/a broken": "",
	})
	r := start(t, config())
	for _, exit := range []string{"/bye", "/gone"} {
		s := r.result(t, gateway.Request{Info: "i", Phone: "6175550142", StartURL: flow.url + "/a.vxml", ExitURL: flow.url + exit})
		if last, _ := s.Last(); last.Outcome() != gateway.OutcomeReached {
			t.Errorf("got %+v", last)
		}
	}
	want := []string{"/a.vxml", "/bye", "/done?x=1", "/a.vxml", "/gone"}
	if diff := cmp.Diff(want, flow.log()); diff != "" {
		t.Errorf("fetched (-want +got):\n%s", diff)
	}
}

// Documents know their call, and exit documents what it was.
func TestSession(t *testing.T) {
	read := vxml(`<form><block><var name="call" expr="session.call.campaign+' '+session.call.row+' '+session.call.attempt+' '+session.call.answeredBy"/>
<var name="to" expr="session.connection.remote.uri+' '+session.connection.originator.uri+' '+session.connection.protocol.name"/>
<submit next="/done" namelist="call to"/></block></form>`)
	flow := serve(t, map[string]string{"/a.vxml": read, "/bye": read, "/done": vxml(`<form><block><exit/></block></form>`)})
	r := start(t, config())
	for number, by := range map[gateway.Phone]string{"+16175550142": "person", "+16175550160": "machine"} {
		seen := len(flow.log())
		r.result(t, gateway.Request{
			Info: "i", Phone: number, CallerID: "6175550100", Campaign: "Spring", Row: 17, Attempt: 2,
			StartURL: flow.url + "/a.vxml", ExitURL: flow.url + "/bye",
		})
		want := url.Values{
			"call": {"Spring 17 2 " + by}, "to": {"tel:" + string(number) + " tel:6175550100 practice"},
		}.Encode()
		told := 0
		for _, asked := range flow.log()[seen:] {
			if _, query, done := strings.Cut(asked, "/done?"); done {
				told++
				if values, err := url.ParseQuery(query); err != nil || values.Encode() != want {
					t.Errorf("a document knows %s, want %s", query, want)
				}
			}
		}
		if told != 2 {
			t.Errorf("%d documents told what they know, want 2: %v", told, flow.log()[seen:])
		}
	}
}

// The extensions, as our client uses them.
func TestExtensions(t *testing.T) {
	c := config()
	r := start(t, c)
	ctx := t.Context()
	about, err := r.About(ctx)
	if want := (gateway.About{Extended: true, Version: "1.2.3", Practice: true, Lines: 4}); err != nil || about != want {
		t.Errorf("About is %+v, %v", about, err)
	}
	r.server.SetLines(9)
	if about, err = r.About(ctx); err != nil || about.Lines != 9 {
		t.Errorf("after SetLines About is %+v, %v", about, err)
	}
	q := gateway.Request{Info: "i", Phone: "6175550142", Text: "Hello", CallTime: time.Hour, FirstOcc: 2 * time.Hour, Reference: "abc"}
	first, err := r.Call(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := r.Call(ctx, q); err != nil || again != first {
		t.Errorf("the same reference is accepted as %d and %d, %v", first, again, err)
	}
	steps := []struct {
		ask  func(context.Context, gateway.Reference) (gateway.Lookup, error)
		ref  gateway.Reference
		want gateway.Lookup
	}{
		{r.Lookup, "abc", gateway.Lookup{State: gateway.LookupQueued, ReqID: first}},
		{r.Lookup, "xyz", gateway.Lookup{State: gateway.LookupUnknown}},
		{r.Void, "xyz", gateway.Lookup{State: gateway.LookupVoided}},
		{r.Lookup, "xyz", gateway.Lookup{State: gateway.LookupVoided}},
	}
	for _, step := range steps {
		got, err := step.ask(ctx, step.ref)
		if err != nil || got != step.want {
			t.Errorf("%s is %+v, want %+v, %v", step.ref, got, step.want, err)
		}
	}
	if voided, err := r.Void(ctx, "abc"); err != nil || voided.State != gateway.LookupVoided {
		t.Errorf("a queued call is voided as %+v, %v", voided, err)
	}
	var refused *gateway.RefusedError
	for _, ref := range []gateway.Reference{"xyz", "abc"} {
		q.Reference = ref
		if _, err := r.Call(ctx, q); !errors.As(err, &refused) {
			t.Errorf("a late arrival of %s is accepted: %v", ref, err)
		}
	}
	if _, err := r.Lookup(ctx, "no/such"); !errors.As(err, &refused) {
		t.Errorf("a bad reference is answered with %v", err)
	}
}

func TestExtensionPages(t *testing.T) {
	address := idle(t, config())
	for _, test := range []struct {
		method, path string
		status       int
	}{
		{http.MethodGet, "/rollcall/nothing", 404},
		{http.MethodPost, gateway.PathAbout, 405},
		{http.MethodPut, gateway.PathReferences + "a", 405},
		{http.MethodGet, gateway.PathReferences + "a.b", 400},
		{http.MethodGet, "/nothing", 404},
	} {
		req, err := http.NewRequestWithContext(t.Context(), test.method, fmt.Sprintf("http://%s%s", address, test.path), nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, body := send(t, req)
		if resp.StatusCode != test.status || resp.Header.Get(gateway.HeaderGateway) == "" {
			t.Errorf("%s %s: %d %q", test.method, test.path, resp.StatusCode, body)
		}
	}
}
