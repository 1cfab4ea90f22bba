package gateway_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
)

func requests() map[string]gateway.Request {
	return map[string]gateway.Request{
		"least": {Info: "test", Phone: "6175550142", Text: "Hello"},
		"most": {
			Info: "spring visits & more", Attendee: "José Lima", Phone: "+1 (617) 555-0142,,3#",
			FirstOcc: 90 * time.Minute, CallTime: 15 * time.Minute, StartURL: "http://127.0.0.1:9/a?b=c&d=e",
			ExitVXML: "/srv/bye.vxml", ExitURL: "http://127.0.0.1:9/bye",
			SelfDelete: true, Detection: gateway.DetectOff, CallerID: "6175550100",
			Reference: "0123456789abcdef0123456789abcdef", Attempt: 3, Campaign: "Spring & more", Row: 17,
		},
		"document":    {Info: "i", Phone: "1", StartVXML: `C:\flows\a b.vxml`},
		"recording":   {Info: "i", Phone: "1", AudioFile: "/srv/a.wav"},
		"application": {Info: "i", Phone: "1", StartApp: "reminder"},
	}
}

func TestRequestRoundTrip(t *testing.T) {
	for name, want := range requests() {
		t.Run(name, func(t *testing.T) {
			v, err := url.ParseQuery(want.Values().Encode())
			if err != nil {
				t.Fatal(err)
			}
			got, err := gateway.ParseRequest(v)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestRequestValues(t *testing.T) {
	got := gateway.Request{Info: "i", Phone: "1", Text: "x", FirstOcc: 61 * time.Second, CallTime: time.Second}.Values()
	want := url.Values{
		"info": {"i"}, "phoneno": {"1"}, "txt": {"x"}, "firstocc": {"2"}, "schedule": {"t"}, "calltime": {"1"}, "selfdelete": {"0"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if past := (gateway.Request{FirstOcc: -time.Hour}).Values().Get("firstocc"); past != "0" {
		t.Errorf("an hour ago is written as firstocc %s", past)
	}
}

// What old clients send, added to a plain request or in its place.
func TestParseRequestTolerates(t *testing.T) {
	tests := map[string]struct {
		params string
		want   func(*gateway.Request)
	}{
		"selfdelete 1":                {"selfdelete=1", func(r *gateway.Request) { r.SelfDelete = true }},
		"selfdelete true":             {"selfdelete=true", func(r *gateway.Request) { r.SelfDelete = true }},
		"selfdelete True":             {"selfdelete=True", func(r *gateway.Request) { r.SelfDelete = true }},
		"selfdelete 0":                {"selfdelete=0", nil},
		"selfdelete False":            {"selfdelete=False", nil},
		"selfdelete empty":            {"selfdelete=", nil},
		"plus not encoded":            {"phoneno=+16175550142", func(r *gateway.Request) { r.Phone = "+16175550142" }},
		"space around a number":       {"phoneno=++617+", func(r *gateway.Request) { r.Phone = "617" }},
		"calltime alone":              {"calltime=5", func(r *gateway.Request) { r.CallTime = 5 * time.Minute }},
		"schedule with calltime":      {"schedule=t&calltime=5", func(r *gateway.Request) { r.CallTime = 5 * time.Minute }},
		"schedule off, no calltime":   {"schedule=&calltime=", nil},
		"endvxml":                     {"endvxml=/a.vxml", func(r *gateway.Request) { r.ExitVXML = "/a.vxml" }},
		"endurl":                      {"endurl=http://h/a", func(r *gateway.Request) { r.ExitURL = "http://h/a" }},
		"empty start parameters":      {"startvxml=&starturl=&audiofile=&startapp=", nil},
		"unsupported ones empty":      {"sms=0&startexec=&cmdline=&eocactions=", nil},
		"unknown parameters":          {"shoe=42", nil},
		"Latin-1":                     {"attendee=Jos%E9", func(r *gateway.Request) { r.Attendee = "José" }},
		"detection":                   {"detection=2", func(r *gateway.Request) { r.Detection = gateway.DetectMost }},
		"attempt that makes no sense": {"attempt=-3", nil},
		"row that makes no sense":     {"row=A17", nil},
		"row beyond all sheets":       {"row=99999999999", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v, err := url.ParseQuery(test.params + "&info=i&phoneno=6175550142&firstocc=0&txt=Hello")
			if err != nil {
				t.Fatal(err)
			}
			got, err := gateway.ParseRequest(v)
			if err != nil {
				t.Fatal(err)
			}
			want := gateway.Request{Info: "i", Phone: "6175550142", Text: "Hello"}
			if test.want != nil {
				test.want(&want)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseRequestRefuses(t *testing.T) {
	tests := map[string]struct{ params, reason string }{
		"no info":            {"phoneno=1&firstocc=0&txt=x", "info is missing"},
		"no number":          {"info=i&firstocc=0&txt=x", "phoneno is missing"},
		"blank number":       {"info=i&phoneno=+&firstocc=0&txt=x", "phoneno is missing"},
		"no digit":           {"info=i&phoneno=call+me&firstocc=0&txt=x", "phoneno has no digit"},
		"control character":  {"info=i&phoneno=1%0a2&firstocc=0&txt=x", "phoneno has a control character"},
		"endless number":     {"info=i&phoneno=" + strings.Repeat("1", 81) + "&firstocc=0&txt=x", "phoneno is too long"},
		"no firstocc":        {"info=i&phoneno=1&txt=x", "firstocc is missing"},
		"firstocc in words":  {"info=i&phoneno=1&txt=x&firstocc=soon", "firstocc is not a number of minutes"},
		"firstocc negative":  {"info=i&phoneno=1&txt=x&firstocc=-1", "firstocc is not a number of minutes"},
		"firstocc overflows": {"info=i&phoneno=1&txt=x&firstocc=9999999999999", "firstocc is not a number of minutes"},
		"later, but when":    {"info=i&phoneno=1&txt=x&firstocc=0&schedule=t", "calltime is missing"},
		"detection":          {"info=i&phoneno=1&txt=x&firstocc=0&detection=9", "detection is not 0, 1, 2 or 3"},
		"nothing to play":    {"info=i&phoneno=1&firstocc=0", "one of startvxml, starturl, txt, audiofile and startapp is needed"},
		"two things to play": {"info=i&phoneno=1&firstocc=0&txt=x&starturl=http://h/", "only one of startvxml, starturl, txt, audiofile and startapp may be given"},
		"text message":       {"info=i&phoneno=1&firstocc=0&starturl=http://h/&sms=1", "a text message (sms) needs its text (txt)"},
		"code for a flow":    {"info=i&phoneno=1&firstocc=0&starturl=http://h/&confirmcode=12", "confirmcode needs txt or audiofile"},
		"code of letters":    {"info=i&phoneno=1&firstocc=0&txt=x&confirmcode=1a", "confirmcode must be 1 to 20 digits"},
		"priority":           {"info=i&phoneno=1&firstocc=0&txt=x&priority=9", "priority is not low, normal or high"},
		"a program":          {"info=i&phoneno=1&firstocc=0&startexec=vcast.exe", "running programs (startexec, cmdline) is not supported"},
		"its arguments":      {"info=i&phoneno=1&firstocc=0&txt=x&cmdline=-startnow", "running programs (startexec, cmdline) is not supported"},
		"SQL":                {"info=i&phoneno=1&firstocc=0&txt=x&eocactions=DROP", "end-of-call actions (eocactions) are not supported"},
		"odd reference":      {"info=i&phoneno=1&firstocc=0&txt=x&reference=../a", "reference must be 1 to 64 letters, digits, - or _"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v, err := url.ParseQuery(test.params)
			if err != nil {
				t.Fatal(err)
			}
			r, err := gateway.ParseRequest(v)
			if err == nil {
				t.Fatalf("is read as %+v", r)
			}
			if err.Error() != test.reason {
				t.Errorf("reason is %q, want %q", err, test.reason)
			}
		})
	}
}

// The captured reply: its id is its time in epoch milliseconds.
func TestAcceptedCapture(t *testing.T) {
	const id gateway.ReqID = 1208775078314
	const line = "Your call is scheduled for Mon Apr 21 11:51:18 BST 2008. [ReqId=1208775078314]"
	body := string(gateway.FormatAccepted(time.UnixMilli(int64(id)).In(bst()), id))
	if !strings.Contains(body, "\n"+line+"\n") {
		t.Errorf("the captured line is not in %q", body)
	}
	if !strings.HasPrefix(body, "<html>") || strings.Count(body, "]") != 1 {
		t.Errorf("not an HTML page with one ]: %q", body)
	}
	for _, reply := range []string{body, line, "<html>" + line + "</html>"} {
		if got, err := gateway.ParseAccepted([]byte(reply)); err != nil || got != id {
			t.Errorf("%q is read as %d, %v", reply, got, err)
		}
	}
}

func TestAcceptedInZonesWithoutAName(t *testing.T) {
	at := time.Date(2008, time.April, 1, 9, 5, 7, 0, time.FixedZone("-03", -3*3600))
	if body := string(gateway.FormatAccepted(at, 1)); !strings.Contains(body, "Tue Apr 01 09:05:07 GMT-03:00 2008. ") {
		t.Errorf("not as Java writes it: %q", body)
	}
}

func TestParseAcceptedRefuses(t *testing.T) {
	var refused *gateway.RefusedError
	_, err := gateway.ParseAccepted([]byte("ERROR: phoneno is missing\r\n"))
	if !errors.As(err, &refused) || refused.Reason != "phoneno is missing" {
		t.Errorf("a refusal is read as %v", err)
	}
	for _, body := range []string{"", "[ReqId=]", "[ReqId=x]", "[ReqId=0]", "[ReqId=12", "[ReqId=1234567890123456789]", "<html>It works</html>"} {
		if id, err := gateway.ParseAccepted([]byte(body)); err == nil || errors.As(err, &refused) {
			t.Errorf("%q is read as %d, %v: it must stay in doubt", body, id, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	if got, want := string(gateway.FormatNoRecord("12\r\nx")), "ERROR: no such call record: 12  x"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if err := gateway.ParseRemoved(gateway.FormatNoRecord("12")); !errors.Is(err, gateway.ErrUnknownCall) {
		t.Errorf("no record is read as %v", err)
	}
	if err := gateway.ParseRemoved([]byte(gateway.Removed)); err != nil {
		t.Errorf("removed is read as %v", err)
	}
	if err := gateway.ParseRemoved([]byte("[]")); err == nil {
		t.Error("[] is read as removed")
	}
}
