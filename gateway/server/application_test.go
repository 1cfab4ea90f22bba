package server_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"rollcall/gateway"
)

// bureau is a web application of several documents: a root document, a
// subdialog, an external grammar, data, and a page that takes recordings.
type bureau struct {
	mu       sync.Mutex
	recorded []string // what came with the form: names, types, sizes
}

func (o *bureau) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	page := ""
	switch r.URL.Path {
	case "/root.vxml":
		page = vxml(`<var name="office" expr="'desk'"/><link dtmf="*" next="#none"/>`)
	case "/start.vxml":
		page = strings.Replace(vxml(`<form>
			<subdialog name="who" src="ask.vxml"><param name="limit" expr="1"/></subdialog>
			<block><data name="d" src="list.xml"/><assign name="application.office" expr="d.documentElement.getAttribute('office')"/></block>
			<record name="message" beep="true" maxtime="20s"><prompt>Speak.</prompt></record>
			<transfer name="desk" dest="tel:+16175550120" bridge="true" maxtime="60s"/>
			<block>
				<var name="result" expr="application.office + '/' + who.answer + '/' + message$.duration + '/' + desk + '/' + session.call.row"/>
				<submit next="save" method="post" enctype="multipart/form-data" namelist="message result"/>
			</block>
		</form>`), "<vxml ", `<vxml application="root.vxml" `, 1)
	case "/ask.vxml":
		page = vxml(`<form><var name="limit"/><field name="answer"><grammar mode="dtmf" src="keys.grxml"/>
			<noinput><return namelist="answer"/></noinput><filled><return namelist="answer"/></filled></field></form>`)
	case "/keys.grxml":
		page = `<grammar xmlns="http://www.w3.org/2001/06/grammar" version="1.0" mode="dtmf" root="r" tag-format="semantics/1.0">
			<rule id="r">7<tag>out = 'sev' + 'en'</tag></rule></grammar>`
	case "/list.xml":
		page = `<list office="front"/>`
	case "/save":
		o.save(r)
		page = vxml(`<form><block>Saved.</block></form>`)
	default:
		http.NotFound(w, r)
		return
	}
	_, _ = io.WriteString(w, page)
}

func (o *bureau) save(r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	form, err := r.MultipartReader()
	for err == nil {
		part, end := form.NextPart()
		if end != nil {
			return
		}
		body, _ := io.ReadAll(part)
		text := string(body)
		if strings.HasPrefix(text, "RIFF") {
			text = fmt.Sprintf("%d bytes of WAVE", len(body))
		}
		o.recorded = append(o.recorded, part.FormName()+" "+part.Header.Get("Content-Type")+": "+text)
	}
	o.recorded = append(o.recorded, err.Error())
}

// A whole application runs on a call: what the caller keys, says and is
// connected with arrives at the page that it submits to.
func TestAnApplicationOfManyDocuments(t *testing.T) {
	app := &bureau{}
	web := httptest.NewServer(app)
	defer web.Close()
	r := start(t, config())
	s := r.result(t, gateway.Request{Info: "a", Phone: "6175550101", StartURL: web.URL + "/start.vxml", Row: 12})
	if last, _ := s.Last(); last.Outcome() != gateway.OutcomeReached {
		t.Fatalf("%+v", s)
	}
	app.mu.Lock()
	defer app.mu.Unlock()
	want := []string{"message audio/x-wav: 48044 bytes of WAVE", "result : front/seven/3000/far_end_disconnect/12"}
	if !slices.Equal(app.recorded, want) {
		t.Errorf("submitted %q, want %q", app.recorded, want)
	}
}
