package server_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"rollcall/gateway"
)

// This file, with ocall_test.go, campapi_test.go and clients_test.go, is the
// conformance suite: what the protocol's page says, and how the programs that
// were written for Voicent's gateway read its replies.

// A burst gives every request an id of its own: digits only, thirteen of them,
// which clients put into SQL and addresses as they are.
func TestBurstOfRequests(t *testing.T) {
	const all = 1_000
	address := idle(t, config())
	form := regexp.MustCompile(`\[ReqId=([0-9]{13})\]`)
	var mu sync.Mutex
	ids := map[string]bool{}
	var clients sync.WaitGroup
	for c := range 20 {
		clients.Go(func() {
			for n := range all / 20 {
				reply := raw(t, address, post("Content-Type: application/x-www-form-urlencoded\r\n",
					fmt.Sprintf("info=burst&phoneno=617555%02d%02d&firstocc=10&selfdelete=0&txt=Hello", c, n)))
				found := form.FindStringSubmatch(reply)
				if found == nil {
					t.Errorf("no id in %q", reply)
					return
				}
				mu.Lock()
				ids[found[1]] = true
				mu.Unlock()
			}
		})
	}
	clients.Wait()
	if len(ids) != all {
		t.Errorf("%d different ids for %d requests", len(ids), all)
	}
}

// The reading of the vendor's own Java class and its translations: between
// "[ReqId=" and the next "]".
func readID(page string) string {
	_, rest, _ := strings.Cut(page, "[ReqId=")
	id, _, found := strings.Cut(rest, "]")
	if !found {
		return ""
	}
	return id
}

// A greedy expression finds the same id: no other ] stands on the line.
var greedy = regexp.MustCompile(`\[ReqId=(.*)\]`)

func TestIDsAsClientsReadThem(t *testing.T) {
	_, page := get(t, idle(t, config()), gateway.PathCall+"?info=i&phoneno=6175550142&firstocc=10&txt=Hello")
	if found := greedy.FindStringSubmatch(page); found == nil || found[1] != readID(page) || len(found[1]) != 13 {
		t.Errorf("read as %q and %q", found, readID(page))
	}
}

// verdictOf is how clients tell the end of a call: they search the whole reply.
func verdictOf(reply string) string {
	for _, word := range []string{"made", "failed", "retry"} {
		if strings.Contains(reply, "^"+word+"^") {
			return word
		}
	}
	return ""
}

// fromTheEnd is how one client finds the newest reason: the sixth element from
// the end when the reply is split at ^.
func fromTheEnd(reply string) string {
	parts := strings.Split(reply, "^")
	if len(parts) < 6 {
		return ""
	}
	return parts[len(parts)-6]
}

// A call that was busy twice and then answered, as clients read it at its end,
// with what was keyed in field 8.
func TestHistoryAsClientsReadIt(t *testing.T) {
	r := start(t, config())
	flow := serve(t, map[string]string{"/a.vxml": confirm})
	id, err := r.Call(t.Context(), gateway.Request{Info: "i", Attendee: "Ana", Phone: "6175550185", StartURL: flow.url + "/a.vxml", FirstOcc: 60e9 * 60})
	if err != nil {
		t.Fatal(err)
	}
	r.final(t, id)
	_, reply := get(t, r.URL[len("http://"):], gateway.PathStatus+"?reqid="+itoa(id))
	fields := strings.Split(reply, "^")
	if len(fields) != 3*10+1 || fields[30] != "\n]" || fields[0] != "[0" || fields[10] != "0" {
		t.Fatalf("three records of ten fields each: %q", reply)
	}
	if verdictOf(reply) != "made" || strings.Count(reply, "^made^") != 1 || fromTheEnd(reply) != "Call succeeded" {
		t.Errorf("read as %q, %q: %q", verdictOf(reply), fromTheEnd(reply), reply)
	}
	if fields[2] != "retry" || fields[12] != "retry" || fields[5] != "Line Busy. Try in 1 minute " || fields[1] != "Ana" {
		t.Errorf("the tries before: %q", fields)
	}
	if !strings.HasPrefix(fields[28], "confirm=") || fields[4] != fields[14] || fields[4] != fields[24] {
		t.Errorf("answers %q; due %q, %q, %q", fields[28], fields[4], fields[14], fields[24])
	}
	if date := regexp.MustCompile(`^\d{4} (\d|1[01]) [1-9]\d? \d\d? \d\d?$`); !date.MatchString(fields[23]) {
		t.Errorf("made at %q", fields[23])
	}
}

// Until something has come of it, a call is exactly "[]".
func TestNothingTriedYet(t *testing.T) {
	address := idle(t, config())
	_, page := get(t, address, gateway.PathCall+"?info=i&phoneno=6175550142&firstocc=90&schedule=t&calltime=60&txt=Hello")
	if _, reply := get(t, address, gateway.PathStatus+"?reqid="+readID(page)); reply != "[]" {
		t.Errorf("got %q", reply)
	}
}

// Everything on these pages has status 200, and every refusal its beginning.
func TestRefusalsAsClientsReadThem(t *testing.T) {
	address := idle(t, config())
	for _, path := range []string{gateway.PathCall, gateway.PathStatus, gateway.PathRemove, "/ocall/", "/ocall/other.jsp", "/ocall/../ocall/x"} {
		resp, body := get(t, address, path+"?reqid=%00%5B%5D%5EReqId%3D1")
		if resp.StatusCode != http.StatusOK || !strings.HasPrefix(body, "ERROR: ") || strings.Contains(body, "[ReqId=") || strings.ContainsAny(body, "\n\r\x00") {
			t.Errorf("%s: %d %q", path, resp.StatusCode, body)
		}
	}
}

// selfdelete=1 forgets the record with the call, selfdelete=0 and its
// spellings keep it.
func TestSelfDelete(t *testing.T) {
	r := start(t, config())
	address := r.URL[len("http://"):]
	for value, kept := range map[string]bool{"1": false, "true": false, "True": false, "0": true, "": true, "false": true, "False": true} {
		_, page := get(t, address, gateway.PathCall+"?info=i&phoneno=6175550142&firstocc=0&txt=Hello&selfdelete="+value)
		id := readID(page)
		reply := "[]"
		for reply == "[]" {
			pause(t)
			_, reply = get(t, address, gateway.PathStatus+"?reqid="+id)
		}
		if got := verdictOf(reply) == "made"; got != kept || !kept && reply != "ERROR: no such call record: "+id {
			t.Errorf("selfdelete=%s: %q", value, reply)
		}
	}
}
