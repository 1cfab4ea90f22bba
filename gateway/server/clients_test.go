package server_test

import (
	"encoding/csv"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
)

// This file runs clients in the languages of the programs that were written
// for Voicent's gateway. They are in testdata/clients: each asks for a call,
// removes one, and runs a campaign from its list to the file with its results.

// saidByClients is what each of them prints.
const saidByClients = `call made Call succeeded
remove [removed]
campaign 6 3 2 1
export OK 6 Call succeeded
`

// client is a program and what it needs.
type client struct {
	name  string
	needs []string // programs
	probe []string // fails where a library is missing
	make  []string // what is run first, in a folder of its own
	run   []string
	env   []string
}

func clients(t *testing.T) []client {
	t.Helper()
	source, err := filepath.Abs("testdata/clients")
	if err != nil {
		t.Fatal(err)
	}
	in := func(file string) string { return filepath.Join(source, file) }
	return []client{
		{name: "Python with requests", needs: []string{"python3"}, probe: []string{"python3", "-c", "import requests"},
			run: []string{"python3", in("client.py")}},
		{name: "Python alone", needs: []string{"python3"}, run: []string{"python3", in("client.py")}, env: []string{"CLIENT_PLAIN=1"}},
		{name: "Java", needs: []string{"javac", "java"}, make: []string{"javac", "-d", ".", in("Client.java")}, run: []string{"java", "-cp", ".", "Client"}},
		{name: "Perl", needs: []string{"perl"}, probe: []string{"perl", "-MLWP::UserAgent", "-e", "1"}, run: []string{"perl", in("client.pl")}},
	}
}

func TestClients(t *testing.T) {
	for _, c := range clients(t) {
		t.Run(c.name, func(t *testing.T) {
			for _, program := range c.needs {
				if _, err := exec.LookPath(program); err != nil {
					t.Skipf("%s is not installed", program)
				}
			}
			if c.probe != nil && exec.CommandContext(t.Context(), c.probe[0], c.probe[1:]...).Run() != nil {
				t.Skipf("a library is missing: %s", strings.Join(c.probe, " "))
			}
			folder := t.TempDir()
			list := filepath.Join(folder, "people.csv")
			if err := os.WriteFile(list, []byte(people), 0o600); err != nil {
				t.Fatal(err)
			}
			if c.make != nil {
				c.carryOut(t, folder, c.make)
			}
			url := start(t, broadcasting(t)).URL
			if diff := cmp.Diff(saidByClients, c.carryOut(t, folder, append(c.run, url, list))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// carryOut runs a command in folder and returns what it prints.
func (c client) carryOut(t *testing.T, folder string, command []string) string {
	t.Helper()
	program := exec.CommandContext(t.Context(), command[0], command[1:]...)
	program.Dir = folder
	program.Env = append(os.Environ(), c.env...)
	said, err := program.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(command, " "), err, said)
	}
	return strings.ReplaceAll(string(said), "\r\n", "\n")
}

// rawPost speaks HTTP as an old PHP class does: from a socket that is read to
// the end of the connection.
func rawPost(t *testing.T, address, path, kind, body string) string {
	t.Helper()
	reply := raw(t, address, fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s",
		path, address, kind, len(body), body))
	_, body, _ = strings.Cut(reply, "\r\n\r\n")
	return body
}

// TestRawClient is the same way again, from a socket.
func TestRawClient(t *testing.T) {
	address := start(t, broadcasting(t)).address()
	form := func(path string, fields ...string) string {
		v := url.Values{}
		for i := 0; i < len(fields); i += 2 {
			v.Set(fields[i], fields[i+1])
		}
		return rawPost(t, address, path, "application/x-www-form-urlencoded", v.Encode())
	}
	id := readID(form(gateway.PathCall, "info", "i", "phoneno", "6175550142", "firstocc", "10", "txt", "Hello", "selfdelete", "0"))
	if body := status(t, address, id); verdictOf(body) != "made" {
		t.Errorf("the call is %q", body)
	}
	if reply := form(gateway.PathRemove, "reqid", id); reply != gateway.Removed {
		t.Errorf("removing it: %q", reply)
	}
	part := func(name, file, value string) string {
		return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"" + file + "\r\n\r\n" + value + "\r\n"
	}
	run := read(t, rawPost(t, address, "/ocall/campapi", `multipart/form-data; boundary="b"`,
		part("action", "", "bbp")+part("row1", "", "1")+part("file", `; filename="p.csv"`, people)+part("leadsrcname", "", "Raw")+
			part("msgtype", "", "tts")+part("msginfo", "", "Hello")+"--b--\r\n"))
	finish(t, address, run["camp_id"].(string))
	form("/ocall/campapi", "action", "exportcamp", "camp_id", run["camp_id"].(string), "f", "webapps/ROOT/assets/global/raw.csv")
	reply := raw(t, address, "GET /assets/global/raw.csv HTTP/1.1\r\nHost: "+address+"\r\n\r\n")
	_, body, _ := strings.Cut(reply, "\r\n\r\n")
	lines, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil || len(lines) != 7 {
		t.Errorf("%d lines of results, %v:\n%s", len(lines), err, reply)
	}
}
