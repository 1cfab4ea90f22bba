package server_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway/broadcast"
	"rollcall/gateway/broadcast/broadcasttest"
	"rollcall/gateway/line"
	"rollcall/gateway/server"
)

// people are rows for the practice line: two reached, a machine, nobody, a bad
// number, and one without a number.
const people = "Name,Phone,Notes\nAda,6175550101,\"a, b\"\nBo,+1 (617) 555-0102,\nCy,6175550160,\nDi,6175550170,\nEd,6175550190,\nFay,n/a,\n"

// broadcasting is a gateway with campaigns.
func broadcasting(t *testing.T) server.Config {
	t.Helper()
	c := config()
	c.Broadcasts = new(broadcasttest.Memory)
	c.Exports = filepath.Join(t.TempDir(), "exports")
	c.VXMLFolder = t.TempDir()
	c.Apps = map[string]string{"Storm": "storm.vxml"}
	for name, content := range map[string]string{"storm.vxml": confirm, "people.csv": people, "alert.wav": string(wave(2))} {
		if err := os.WriteFile(filepath.Join(c.VXMLFolder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// upload posts fields and a list as requests does: fields first.
func upload(t *testing.T, address, list string, fields ...string) string {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i < len(fields); i += 2 {
		if err := form.WriteField(fields[i], fields[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile("file", "people.csv")
	if err == nil {
		_, err = part.Write([]byte(list))
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return posted(t, address, form.FormDataContentType(), body.String())
}

func posted(t *testing.T, address, kind, body string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+address+"/ocall/campapi", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	resp, reply := send(t, req)
	if resp.StatusCode != http.StatusOK {
		t.Errorf("status %d: %s", resp.StatusCode, reply)
	}
	return reply
}

// order posts fields to the campaign interface.
func order(t *testing.T, address string, fields ...string) string {
	t.Helper()
	v := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		v.Set(fields[i], fields[i+1])
	}
	return posted(t, address, "application/x-www-form-urlencoded", v.Encode())
}

// literalForm is what both JSON and Python read alike: a dictionary of strings
// and whole numbers.
var literalForm = regexp.MustCompile(`^\{(?:"[^"\\]*": (?:-?[0-9]+|"(?:[^"\\[:cntrl:]]|\\["\\]|\\u[0-9a-f]{4})*")(?:, |\}$))+`)

// read reads a reply as both sorts of clients do.
func read(t *testing.T, reply string) map[string]any {
	t.Helper()
	var values map[string]any
	numbers := json.NewDecoder(strings.NewReader(reply))
	numbers.UseNumber()
	if err := numbers.Decode(&values); err != nil || !literalForm.MatchString(reply) {
		t.Fatalf("reply %q: %v", reply, err)
	}
	for key, value := range values {
		values[key] = fmt.Sprint(value)
	}
	return values
}

// finish polls a campaign until it has ended, and returns its figures.
func finish(t *testing.T, address, id string) map[string]any {
	t.Helper()
	for {
		stats := read(t, order(t, address, "action", "campstats", "camp_id", id))
		if stats["status"] == "FINISHED" {
			return stats
		}
		if stats["status"] != "RUNNING" {
			t.Fatalf("the campaign is %v", stats["status"])
		}
		pause(t)
	}
}

// exported asks for the results of a campaign and fetches them.
func exported(t *testing.T, address, id string) [][]string {
	t.Helper()
	reply := read(t, order(t, address, "action", "exportcamp", "camp_id", id, "f", "webapps/ROOT/assets/global/Results 1.csv", "extracols", "Name"))
	if reply["status"] != "OK" {
		t.Fatalf("export: %v", reply)
	}
	resp, body := get(t, address, "/assets/global/Results%201.csv")
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/csv; charset=utf-8" || resp.ContentLength != int64(len(body)) {
		t.Errorf("the file comes with %d, %v", resp.StatusCode, resp.Header)
	}
	lines, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// TestCampaign is the way of the known Python client: import, run, poll,
// export, download.
func TestCampaign(t *testing.T) {
	address := start(t, broadcasting(t)).address()
	list := read(t, upload(t, address, people, "action", "import", "importfile", "people.csv", "importfilepath", "/home/x/people.csv",
		"profile", "Test", "mod", "cus", "fieldsep", ",", "row1", "1", "mergeopt", "empty", "leadsrcname", "Parents"))
	if list["status"] != "OK" || list["leadsrc_id"] == "0" || list["added"] != "6" {
		t.Fatalf("import: %v", list)
	}
	run := read(t, order(t, address, "action", "bbp", "CAMP_NAME", "Test", "listname", "Parents", "phonecols", "Phone", "lines", "4",
		"calldisps", "", "callerid", "+18884728568", "msgtype", "tts", "msginfo", "Hello [Name]"))
	id := run["camp_id"].(string)
	if run["status"] != "OK" || run["leadsrc_id"] != list["leadsrc_id"] {
		t.Fatalf("run: %v", run)
	}
	stats := finish(t, address, id)
	for key, want := range map[string]string{
		"campid": id, "campname": "Test", "campsize": "6", "made": "3", "live": "2", "machine": "1", "noanswer": "1", "linebusy": "0",
		"failed": "2", "disc": "1", "nophone": "1", "notin": "1", "in": "5", "noact": "0", "lines": "0", "maxlines": "4",
	} {
		if stats[key] != want {
			t.Errorf("%s is %v, want %s", key, stats[key], want)
		}
	}
	for key := range strings.FieldsSeq("fax dnc optout dropped connected info notes wit callback serverr availableagents totalagents") {
		if _, told := stats[key]; !told {
			t.Errorf("%s is not told", key)
		}
	}
	early := read(t, order(t, address, "action", "campstats", "leadsrc_id", list["leadsrc_id"].(string)))
	if early["campid"] != id || read(t, order(t, address, "action", "campstats", "leadsrc_id", id))["campid"] != id {
		t.Errorf("by its list the campaign is %v", early)
	}
	lines := exported(t, address, id)
	for i := range lines {
		lines[i][7] = "" // the time of the last call
	}
	want := [][]string{
		{"Name", "Phone", "Notes", "Phone dialled", "Status", "Reason", "Attempts", "", "Notes"},
		{"Ada", "6175550101", "a, b", "6175550101", "Made", "Call succeeded", "1", "", "Call succeeded"},
		{"Bo", "+1 (617) 555-0102", "", "+1 (617) 555-0102", "Made", "Call succeeded", "1", "", "Call succeeded"},
		{"Cy", "6175550160", "", "6175550160", "Made", "Message left on answering machine", "1", "", "Message left on answering machine"},
		{"Di", "6175550170", "", "6175550170", "Failed", "No Answer", "3", "", "No Answer"},
		{"Ed", "6175550190", "", "6175550190", "Failed", "Line disconnected", "1", "", "Line disconnected"},
		{"Fay", "n/a", "", "", "Not called", "no phone number", "0", "", "no phone number"},
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
}

// All at once, as the same client does it: only those of the list that the
// request brings are called.
func TestCampaignAllAtOnce(t *testing.T) {
	address := start(t, broadcasting(t)).address()
	all := func(list, kind, info string) string {
		return upload(t, address, list, "action", "bbp", "importfile", "people.csv", "importfilepath", "people.csv", "mod", "cus", "row1", "1",
			"leadsrcname", "Odoo", "CAMP_NAME", "Odoo", "phonecols", "Phone", "lines", "1", "calldisps", "", "callerid", "1",
			"msgtype", kind, "msginfo", info)
	}
	first := read(t, all("Phone,Name\n6175550101,Ada\n6175550102,Bo\n", "survey", "Storm"))
	finish(t, address, first["camp_id"].(string))
	second := read(t, all("Phone,Name\n6175550103,Cy\n6175550102,Bo\n", "audio", "alert.wav"))
	if first["leadsrc_id"] != second["leadsrc_id"] || first["camp_id"] == second["camp_id"] {
		t.Errorf("first %v, then %v", first, second)
	}
	if stats := finish(t, address, second["camp_id"].(string)); stats["campsize"] != "2" || stats["live"] != "2" {
		t.Errorf("the second called %v", stats)
	}
	lines := exported(t, address, first["camp_id"].(string))
	if notes := lines[1][len(lines[1])-1]; !strings.HasPrefix(notes, "confirm=") {
		t.Errorf("the answers are %q", notes)
	}
}

// Without a message a campaign plays the application of its name; a list may
// come from the gateway's folder, with any separator.
func TestCampaignVariants(t *testing.T) {
	c := broadcasting(t)
	address := start(t, c).address()
	if err := os.WriteFile(filepath.Join(c.VXMLFolder, "tabs.csv"), []byte("6175550101\tAda\n6175550102\tBo"), 0o600); err != nil {
		t.Fatal(err)
	}
	reply := read(t, order(t, address, "action", "import", "importfilepath", filepath.Join(c.VXMLFolder, "tabs.csv"), "fieldsep", "\t", "importfile", `C:\x\Tabs.csv`))
	if reply["leadsrcname"] != "tabs" || reply["total"] != "2" {
		t.Errorf("import: %v", reply)
	}
	run := read(t, order(t, address, "action", "bbp", "CAMP_NAME", "Storm", "listname", "TABS"))
	if stats := finish(t, address, run["camp_id"].(string)); stats["live"] != "2" || stats["maxlines"] != "4" {
		t.Errorf("stats: %v", stats)
	}
}

func TestCampaignRefusals(t *testing.T) {
	c := broadcasting(t)
	address := idle(t, c)
	read(t, upload(t, address, people, "action", "import", "row1", "1", "leadsrcname", "Parents"))
	run := []string{"action", "bbp", "CAMP_NAME", "x", "listname", "parents", "msgtype", "tts", "msginfo", "Hi"}
	with := func(more ...string) string { return order(t, address, append(run[:len(run):len(run)], more...)...) }
	for what, reply := range map[string]string{
		"no action":            order(t, address),
		"another action":       order(t, address, "action", "delete"),
		"an id for a name":     with("listname", "[ReqId=5]"),
		"no list":              with("listname", "nobody"),
		"no name of a list":    with("listname", ""),
		"no message":           with("msgtype", "", "msginfo", ""),
		"a message of no kind": with("msgtype", ""),
		"another kind":         with("msgtype", "fax"),
		"an empty message":     with("msginfo", " "),
		"no such app":          with("msgtype", "ivr", "msginfo", "Flood"),
		"a recording outside":  with("msgtype", "audio", "msginfo", "../alert.wav"),
		"no recording":         with("msgtype", "audio", "msginfo", "people.csv"),
		"no such column":       with("phonecols", "Phone,Fax"),
		"lines":                with("lines", "many"),
		"dispositions":         with("calldisps", "Busy"),
		"a list outside":       order(t, address, "action", "import", "leadsrcname", "x", "importfilepath", "/etc/passwd"),
		"no file":              order(t, address, "action", "import", "leadsrcname", "x"),
		"no name":              upload(t, address, people, "action", "import"),
		"merge":                upload(t, address, people, "action", "import", "leadsrcname", "x", "mergeopt", "all"),
		"separator":            upload(t, address, people, "action", "import", "leadsrcname", "x", "fieldsep", "::"),
		"a huge list":          upload(t, address, strings.Repeat("x", broadcast.MaxFile+1), "action", "import", "leadsrcname", "x"),
		"a huge cell":          upload(t, address, strings.Repeat("x", broadcast.MaxCell+1), "action", "import", "leadsrcname", "x"),
		"no campaign":          order(t, address, "action", "campstats", "camp_id", "1208775078314000"),
		"no number":            order(t, address, "action", "campstats", "camp_id", "True"),
		"half a form":          posted(t, address, "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nPhone"),
	} {
		if !strings.HasPrefix(reply, "ERROR: ") || strings.Contains(reply, "[ReqId=") {
			t.Errorf("%s: %q", what, reply)
		}
	}
	if open, err := c.Broadcasts.Open(t.Context()); err != nil || len(open) > 0 {
		t.Errorf("%d campaigns run, %v", len(open), err)
	}
	c.Broadcasts = nil
	if reply := order(t, idle(t, c), run...); !strings.HasPrefix(reply, "ERROR: ") {
		t.Errorf("without a store: %q", reply)
	}
}

// Replies hold nothing that JSON and Python read differently.
func TestRepliesReadAlike(t *testing.T) {
	name := "Zoë \"Q\" \\ a/b\t\u2028 ' \U0001f600 None\x7f"
	c := broadcasting(t)
	address := idle(t, c)
	read(t, upload(t, address, people, "action", "import", "row1", "1", "leadsrcname", "Parents"))
	run := read(t, order(t, address, "action", "bbp", "CAMP_NAME", name, "listname", "parents", "msgtype", "tts", "msginfo", "Hi"))
	reply := order(t, address, "action", "campstats", "camp_id", run["camp_id"].(string))
	if got := read(t, reply)["campname"]; got != name {
		t.Errorf("read as JSON the name is %q", got)
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3 to read the reply with")
	}
	program := "import ast, sys; sys.stdout.buffer.write(ast.literal_eval(sys.stdin.buffer.read().decode()).get('campname').encode())"
	command := exec.CommandContext(t.Context(), python, "-c", program)
	command.Stdin = strings.NewReader(reply)
	said, err := command.CombinedOutput()
	if err != nil || string(said) != name {
		t.Errorf("read by Python the name is %q, %v", said, err)
	}
}

// Only so many lists are read at the same time; others wait.
func TestUploadsTakeTurns(t *testing.T) {
	c := broadcasting(t)
	address := idle(t, c)
	replies := make(chan string)
	for i := range 6 {
		go func() {
			replies <- upload(t, address, people, "action", "import", "row1", "1", "leadsrcname", fmt.Sprint("list", i))
		}()
	}
	for range 6 {
		if reply := <-replies; !strings.Contains(reply, `"added": 6`) {
			t.Errorf("got %q", reply)
		}
	}
}

func TestExports(t *testing.T) {
	c := broadcasting(t)
	address := idle(t, c)
	read(t, upload(t, address, people, "action", "import", "row1", "1", "leadsrcname", "Parents"))
	id := read(t, order(t, address, "action", "bbp", "listname", "parents", "msgtype", "tts", "msginfo", "Hi"))["camp_id"].(string)
	export := func(f string) string { return order(t, address, "action", "exportcamp", "camp_id_id", id, "f", f) }
	const folder = "webapps/ROOT/assets/global/"
	for _, f := range []string{
		"", "X.csv", "assets/global/X.csv", folder, folder + ".csv", folder + "../X.csv", folder + "a/X.csv", folder + "X.jsp", folder + "X.csv\x00",
		folder + "a..csv", folder + "Ä.csv", "/etc/X.csv", folder + strings.Repeat("x", 120) + ".csv",
	} {
		if reply := export(f); !strings.HasPrefix(reply, "ERROR: ") {
			t.Errorf("%q: %q", f, reply)
		}
	}
	for i := range 105 {
		name := fmt.Sprintf("camp-%d.csv", i)
		if reply := read(t, export(`\`+strings.ReplaceAll(folder, "/", `\`)+name)); reply["status"] != "OK" {
			t.Fatalf("%s: %v", name, reply)
		}
		old := time.Now().Add(time.Duration(i-200) * time.Minute)
		if err := os.Chtimes(filepath.Join(c.Exports, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	if files, err := os.ReadDir(c.Exports); err != nil || len(files) != 100 {
		t.Errorf("%d files are kept, %v", len(files), err)
	}
	secret := filepath.Join(t.TempDir(), "secret.csv")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(c.Exports, "link.csv")); err != nil {
		t.Skip("no links here: ", err)
	}
	for path, want := range map[string]int{
		"camp-104.csv": 200, "camp-0.csv": 404, "": 404, "../global/": 404, "link.csv": 404, "..%2f..%2fsecret.csv": 404, "%2e%2e/x.csv": 404,
	} {
		if resp, body := get(t, address, "/assets/global/"+path); resp.StatusCode != want || strings.Contains(body, "secret") {
			t.Errorf("%s: %d %q", path, resp.StatusCode, body)
		}
	}
	for method, want := range map[string]int{http.MethodHead: 200, http.MethodPost: 405, http.MethodDelete: 405} {
		req, err := http.NewRequestWithContext(t.Context(), method, "http://"+address+"/assets/global/camp-104.csv", nil)
		if err != nil {
			t.Fatal(err)
		}
		if resp, _ := send(t, req); resp.StatusCode != want {
			t.Errorf("%s: %d", method, resp.StatusCode)
		}
	}
	c.Exports = ""
	if reply := order(t, idle(t, c), "action", "exportcamp", "camp_id", id, "f", folder+"X.csv"); !strings.HasPrefix(reply, "ERROR: ") {
		t.Errorf("without a folder: %q", reply)
	}
}

// A gateway that stops in the middle of a campaign goes on where it was.
func TestCampaignResumes(t *testing.T) {
	c := broadcasting(t)
	calls := answering(&stubCall{})
	calls.place = func(ctx context.Context) (line.Call, error) {
		select {
		case <-time.After(5 * time.Millisecond):
		case <-ctx.Done():
		}
		return &stubCall{}, nil
	}
	c.Line = calls
	list := "Phone\n"
	for i := range 40 {
		list += fmt.Sprintf("61755501%02d\n", i)
	}
	first := start(t, c)
	read(t, upload(t, first.address(), list, "action", "import", "row1", "1", "leadsrcname", "all"))
	id := read(t, order(t, first.address(), "action", "bbp", "listname", "all", "lines", "2", "msgtype", "tts", "msginfo", "Hi"))["camp_id"].(string)
	for len(calls.dialled()) < 5 {
		pause(t)
	}
	first.stop()
	err := <-first.ended
	first.ended <- err
	if stats := finish(t, start(t, c).address(), id); stats["live"] != "40" {
		t.Errorf("stats: %v", stats)
	}
	if n := len(calls.dialled()); n != 40 {
		t.Errorf("40 people were dialled %d times", n)
	}
}

func (r running) address() string { return strings.TrimPrefix(r.URL, "http://") }
