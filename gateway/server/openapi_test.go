package server_test

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"rollcall/gateway"
	"rollcall/gateway/broadcast/broadcasttest"
)

// description is what the gateway at address says of itself.
func description(t *testing.T, address string) *openapi3.T {
	t.Helper()
	_, body := get(t, address, "/rollcall/openapi.json")
	doc, err := openapi3.NewLoader().LoadFromData([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return doc
}

// exchange is a question of which the description must hold.
type exchange struct {
	method, target, body string
	header               http.Header
	status               int
}

// exchanges ask every page in every way that is described, and in some others.
func exchanges(c gateway.ReqID) []exchange {
	call := gateway.PathCall + "?info=i&phoneno=6175550142&firstocc=0&txt=Hello"
	web := http.Header{"Origin": {"http://evil.example"}}
	return []exchange{
		{http.MethodGet, call, "", nil, 200},
		{http.MethodPost, gateway.PathCall, "info=i&phoneno=1&firstocc=0&txt=x&priority=high", nil, 200},
		{http.MethodPost, gateway.PathCall, "info=i", nil, 200},
		{http.MethodGet, gateway.PathStatus + "?progress=1&reqid=" + itoa(c), "", nil, 200},
		{http.MethodPost, gateway.PathStatus, "reqid=7", nil, 200},
		{http.MethodGet, gateway.PathRemove + "?ifqueued=1&reqid=" + itoa(c), "", nil, 200},
		{http.MethodPost, gateway.PathRemove, "hangup=1&reqid=7", nil, 200},
		{http.MethodGet, "/ocall/campapi?action=campstats&camp_id=7", "", nil, 200},
		{http.MethodPost, "/ocall/campapi", "action=import&leadsrcname=a", nil, 200},
		{http.MethodGet, "/assets/global/a.csv", "", nil, 200},
		{http.MethodGet, "/assets/global/b.csv", "", nil, 404},
		{http.MethodGet, gateway.PathAbout, "", nil, 200},
		{http.MethodGet, gateway.PathAbout, "", web, 403},
		{http.MethodGet, gateway.PathReferences + "aa", "", nil, 200},
		{http.MethodGet, gateway.PathReferences + "no.ne", "", nil, 400},
		{http.MethodDelete, gateway.PathReferences + "bb", "", nil, 200},
		{http.MethodGet, gateway.PathChanges, "", nil, 200},
		{http.MethodGet, gateway.PathChanges + "?after=0&wait=0", "", nil, 200},
		{http.MethodGet, gateway.PathChanges + "?after=999", "", nil, 200},
		{http.MethodGet, gateway.PathChanges + "?after=x", "", nil, 400},
		{http.MethodGet, "/rollcall/limits", "", nil, 200},
		{http.MethodPut, "/rollcall/limits", `{"lines": 9, "rate": 1.5}`, nil, 200},
		{http.MethodPut, "/rollcall/limits", `{"lines": 0}`, nil, 400},
		{http.MethodGet, "/rollcall/openapi.json", "", nil, 200},
		{http.MethodGet, "/healthz", "", nil, 200},
		{http.MethodGet, "/metrics", "", nil, 200},
	}
}

// TestOpenAPI holds the description against the handlers: every page that is
// described answers as described, and what answers is described.
func TestOpenAPI(t *testing.T) {
	c := config()
	c.Broadcasts, c.Exports = &broadcasttest.Memory{}, t.TempDir()
	if err := os.WriteFile(filepath.Join(c.Exports, "a.csv"), []byte("Name,Notes\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	done := settled(t, c, []gateway.Attempt{{State: gateway.StateMade, Reason: gateway.ReasonSucceeded, Answers: []gateway.Answer{{Name: "a", Value: "1"}}}})
	address := idle(t, c)
	doc := description(t, address)
	doc.Servers = openapi3.Servers{{URL: "http://" + address}}
	router, err := legacy.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	openapi3filter.RegisterBodyDecoder("text/html", openapi3filter.FileBodyDecoder)
	asked := map[string]bool{}
	for _, x := range exchanges(done) {
		asked[x.hold(t, router, address)] = true
	}
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			if !asked[method+" "+path] {
				t.Errorf("%s %s is described, and was not asked", method, path)
			}
		}
	}
}

// hold makes the exchange and compares both sides with the description. It
// returns the operation.
func (x exchange) hold(t *testing.T, router routers.Router, address string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), x.method, "http://"+address+x.target, strings.NewReader(x.body))
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range x.header {
		req.Header[name] = values
	}
	if x.method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	route, params, err := router.FindRoute(req)
	if err != nil {
		t.Fatalf("%s %s: %v", x.method, x.target, err)
	}
	resp, body := send(t, req)
	what := x.method + " " + x.target
	if resp.StatusCode != x.status {
		t.Errorf("%s: %d, want %d: %s", what, resp.StatusCode, x.status, body)
	}
	err = openapi3filter.ValidateResponse(t.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route},
		Status:                 resp.StatusCode,
		Header:                 resp.Header,
		Body:                   readCloser{strings.NewReader(body)},
		Options:                &openapi3filter.Options{IncludeResponseStatus: true},
	})
	if err != nil {
		t.Errorf("%s: %v", what, err)
	}
	return route.Method + " " + route.Path
}

type readCloser struct{ io.Reader }

func (readCloser) Close() error { return nil }
