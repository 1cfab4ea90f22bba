package server_test

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
	"rollcall/gateway/line"
)

// keyed is a call on which somebody keys what they were told to, one key after
// another, and then nothing.
type keyed struct {
	stubCall
	keys string
}

func (c *keyed) Listen(context.Context, line.Listen) (line.Key, error) {
	if c.keys == "" {
		return 0, nil
	}
	key := line.Key(c.keys[0])
	c.keys = c.keys[1:]
	return key, nil
}

// TestConfirmCode plays a request with a code to people who key this and that.
func TestConfirmCode(t *testing.T) {
	const question = "To confirm that you have heard this message, please key in your confirmation code."
	const again, wrong, silent = "Please key in your confirmation code now.", "This is not the code.", "No key was pressed."
	for keys, want := range map[string]struct {
		said    []string
		answers []gateway.Answer
	}{
		"1234":  {[]string{"Fire. " + question, "Thank you. You have confirmed. Goodbye."}, []gateway.Answer{{Name: "confirm", Value: "1234"}}},
		"91234": {[]string{"Fire. " + question, wrong + " " + again, "Thank you. You have confirmed. Goodbye."}, []gateway.Answer{{Name: "confirm", Value: "1234"}}},
		"13121": {[]string{"Fire. " + question, wrong + " " + again, silent + " " + again, silent + " " + again, silent + " Goodbye."}, nil},
		"987":   {[]string{"Fire. " + question, wrong + " " + again, wrong + " " + again, wrong + " Goodbye."}, nil},
		"":      {[]string{"Fire. " + question, silent + " " + again, silent + " " + again, silent + " Goodbye."}, nil},
	} {
		call := &keyed{keys: keys}
		c := config()
		c.Line = answering(call)
		s := start(t, c).result(t, gateway.Request{Info: "i", Phone: "6175550142", Text: "Fire.", ConfirmCode: "1234"})
		last, _ := s.Last()
		if diff := cmp.Diff(want.answers, last.Answers); last.State != gateway.StateMade || diff != "" {
			t.Errorf("keying %q: %v (-want +got):\n%s", keys, last.State, diff)
		}
		var said []string
		for _, sound := range call.heard() {
			said = append(said, sound.Text)
		}
		if got, want := strings.Join(said, " "), strings.Join(want.said, " "); keys != "13121" && got != want {
			t.Errorf("keying %q: heard %q, want %q", keys, got, want)
		}
	}
}

// A machine is left the message, and not asked.
func TestConfirmCodeOfAMachine(t *testing.T) {
	call := &keyed{keys: "1234", stubCall: stubCall{who: line.Machine}}
	c := config()
	c.Line = answering(call)
	s := start(t, c).result(t, gateway.Request{Info: "i", Phone: "6175550142", Text: "Fire.", ConfirmCode: "1234"})
	last, _ := s.Last()
	if heard := call.heard(); last.Outcome() != gateway.OutcomeMachine || len(last.Answers) > 0 || len(heard) != 1 || heard[0].Text != "Fire." {
		t.Errorf("%+v heard %+v", last, heard)
	}
}

// office is a line on which everybody answers after a moment, and who is in
// confirms keys 911.
type office struct {
	confirms map[gateway.Phone]bool
	mu       sync.Mutex
	rang     []gateway.Phone
}

func (o *office) Practice() bool { return false }

func (o *office) Place(ctx context.Context, d line.Dial) (line.Call, error) {
	o.mu.Lock()
	o.rang = append(o.rang, d.Phone)
	o.mu.Unlock()
	select {
	case <-time.After(2 * time.Millisecond):
	case <-ctx.Done():
	}
	if o.confirms[d.Phone] {
		return &keyed{keys: "911"}, nil
	}
	return nil, &line.UnansweredError{Outcome: gateway.OutcomeNoAnswer}
}

func (o *office) dialled() []gateway.Phone {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]gateway.Phone(nil), o.rang...)
}

// tillConfirm asks for a call till confirm as the vendor's classes do, and
// returns the reply.
func tillConfirm(t *testing.T, address, cmdline string, more ...string) string {
	t.Helper()
	v := url.Values{
		"info": {"Simple Call till Confirm"}, "phoneno": {"1111111"}, "firstocc": {"10"}, "selfdelete": {"0"},
		"startexec": {`C:\Program Files\Voicent\BroadcastByPhone\bin\vcast.exe`}, "cmdline": {cmdline},
	}
	for i := 0; i < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return raw(t, address, post("Content-Type: application/x-www-form-urlencoded\r\n", v.Encode()))
}

// status polls until a call has a record.
func status(t *testing.T, address, id string) string {
	t.Helper()
	for {
		if _, body := get(t, address, gateway.PathStatus+"?reqid="+id); body != "[]" {
			return body
		}
		pause(t)
	}
}

func TestTillConfirm(t *testing.T) {
	c := broadcasting(t)
	o := &office{confirms: map[gateway.Phone]bool{"6175550102": true}}
	c.Line = o
	r := start(t, c)
	staff := "Name,Phone\nAda,6175550100\nBo,6175550101\nCy Made,6175550102\nDi,6175550103\nEd,6175550104\n"
	read(t, upload(t, r.address(), staff, "action", "import", "row1", "1", "leadsrcname", "Staff"))
	id := readID(tillConfirm(t, r.address(), `"C:\My calllist\Staff.voc" -startnow -maxlines 1 -confirmcode 911 -wavfile "alert.wav"`))
	body := status(t, r.address(), id)
	s, err := gateway.ParseStatus([]byte(body), bst())
	last, _ := s.Last()
	want := []gateway.Answer{{Name: "confirm", Value: "911"}}
	if err != nil || len(s.Attempts) != 1 || last.State != gateway.StateMade || last.Attendee != "Cy Made" || !cmp.Equal(last.Answers, want) {
		t.Errorf("its status is %q, %v", body, err)
	}
	if rang := o.dialled(); rang[len(rang)-1] != "6175550102" || slices.Contains(rang, "6175550103") {
		t.Errorf("dialled %v", rang)
	}
	// The code that he keyed does for the next one too, unless the list is cleaned.
	again := readID(tillConfirm(t, r.address(), `staff.voc -startnow -maxlines 1 -confirmcode 911 -wavfile "alert.wav"`))
	if body := status(t, r.address(), again); !strings.Contains(body, "^failed^") || !strings.Contains(body, "^No Answer^") {
		t.Errorf("nobody is left who confirms: %q", body)
	}
	clean := readID(tillConfirm(t, r.address(), `staff.voc -startnow -cleanstatus -confirmcode 911 -wavfile "alert.wav"`))
	if body := status(t, r.address(), clean); !strings.Contains(body, "^made^") {
		t.Errorf("once the list is cleaned: %q", body)
	}
	if _, body := get(t, r.address(), gateway.PathRemove+"?reqid="+clean); body != gateway.Removed {
		t.Errorf("removing it: %q", body)
	}
	for _, path := range []string{gateway.PathStatus, gateway.PathRemove} {
		if _, body := get(t, r.address(), path+"?reqid="+clean); body != "ERROR: no such call record: "+clean {
			t.Errorf("%s after its removal: %q", path, body)
		}
	}
}

// The command line brings numbers and a file along; the request's own phoneno
// is never dialled.
func TestTillConfirmFillsItsList(t *testing.T) {
	c := broadcasting(t)
	o := &office{}
	c.Line = o
	for name, content := range map[string]string{"head.csv": "Who,Phone No\nAda,6175550100\n", "bare.csv": "6175550101\n6175550100\n"} {
		if err := os.WriteFile(filepath.Join(c.VXMLFolder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	address := start(t, c).address()
	for _, cmdline := range []string{
		`duty.voc -startnow -confirmcode 911 -import"head.csv" -numbers "6175550102 +1-617-555-0103"`,
		`other.voc -startnow -confirmcode 911 -import bare.csv`,
	} {
		id := readID(tillConfirm(t, address, cmdline, "txt", "Fire."))
		if body := status(t, address, id); !strings.Contains(body, "^failed^") {
			t.Errorf("%s: %q", cmdline, body)
		}
	}
	rang := map[gateway.Phone]int{}
	for _, phone := range o.dialled() {
		rang[phone]++
	}
	want := map[gateway.Phone]int{"6175550100": 6, "6175550101": 3, "6175550102": 3, "+1-617-555-0103": 3}
	if diff := cmp.Diff(want, rang); diff != "" {
		t.Errorf("dialled (-want +got):\n%s", diff)
	}
}

// One that is removed while it runs calls nobody any more.
func TestTillConfirmRemoved(t *testing.T) {
	c := broadcasting(t)
	c.Line = &office{}
	c.Speed = 1 // whoever does not answer is called again in a minute
	r := start(t, c)
	id := readID(tillConfirm(t, r.address(), `duty.voc -startnow -confirmcode 911 -numbers 6175550100`, "txt", "Fire."))
	if _, body := get(t, r.address(), gateway.PathRemove+"?ifqueued=1&reqid="+id); !strings.HasPrefix(body, "ERROR: ") {
		t.Errorf("removing it if it was not dialled: %q", body)
	}
	if _, body := get(t, r.address(), gateway.PathRemove+"?reqid="+id); body != gateway.Removed {
		t.Errorf("removing it: %q", body)
	}
	for {
		open, err := c.Broadcasts.Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(open) == 0 {
			break
		}
		pause(t)
	}
}

func TestTillConfirmRefusals(t *testing.T) {
	c := broadcasting(t)
	address := idle(t, c)
	const good = `"a.voc" -startnow -confirmcode 12 -wavfile "alert.wav" -numbers 6175550100`
	for what, reply := range map[string]string{
		"another program":      tillConfirm(t, address, good, "startexec", `C:\Windows\System32\calc.exe`),
		"no program":           tillConfirm(t, address, good, "startexec", ""),
		"no recording":         tillConfirm(t, address, `"a.voc" -startnow -confirmcode 12 -numbers 1`),
		"a recording outside":  tillConfirm(t, address, `"a.voc" -startnow -confirmcode 12 -numbers 1 -wavfile ../alert.wav`),
		"a recording missing":  tillConfirm(t, address, `"a.voc" -startnow -confirmcode 12 -numbers 1 -wavfile none.wav`),
		"a list missing":       tillConfirm(t, address, `"a.voc" -startnow -confirmcode 12 -wavfile alert.wav`),
		"a file outside":       tillConfirm(t, address, `"a.voc" -startnow -confirmcode 12 -wavfile alert.wav -import /etc/passwd`),
		"a file without lines": tillConfirm(t, address, `"a.voc" -startnow -confirmcode 12 -wavfile alert.wav -import "no such.csv"`),
		"later":                tillConfirm(t, address, good, "calltime", "5"),
		"a reference":          tillConfirm(t, address, good, "reference", "aa"),
		"without a store":      tillConfirm(t, idle(t, config()), good),
	} {
		if _, body, _ := strings.Cut(reply, "\r\n\r\n"); !strings.HasPrefix(body, "ERROR: ") || strings.Contains(body, "[ReqId=") {
			t.Errorf("%s: %q", what, body)
		}
	}
	if _, err := c.Broadcasts.List(t.Context(), "a"); err == nil {
		t.Error("a list was kept of a request that was refused")
	}
	if readID(tillConfirm(t, address, good, "calltime", "0")) == "" {
		t.Error("a good one is refused")
	}
}

// An id of a campaign that is no call till confirm is nobody's call.
func TestCampaignIsNoCall(t *testing.T) {
	c := broadcasting(t)
	address := idle(t, c)
	read(t, upload(t, address, people, "action", "import", "row1", "1", "leadsrcname", "Parents"))
	id := read(t, order(t, address, "action", "bbp", "listname", "parents", "msgtype", "tts", "msginfo", "Hi"))["camp_id"].(string)
	if _, body := get(t, address, gateway.PathStatus+"?reqid="+id); body != "ERROR: no such call record: "+id {
		t.Errorf("got %q", body)
	}
	if _, err := (&gateway.Client{URL: "http://" + address}).Status(t.Context(), 1208775078314000); !errors.Is(err, gateway.ErrUnknownCall) {
		t.Errorf("an id that is none: %v", err)
	}
}
