package campaign_test

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
)

// decoded reads what Encoding wrote, by its description alone; false if that
// cannot be told.
func decoded(b []byte) (e campaign.AuditEntry, ok bool) {
	ok = true
	number := func() int64 {
		if ok = ok && len(b) >= 8; !ok {
			return 0
		}
		n := int64(binary.BigEndian.Uint64(b))
		b = b[8:]
		return n
	}
	text := func() string {
		n := number()
		if ok = ok && n >= 0 && n <= int64(len(b)); !ok {
			return ""
		}
		s := string(b[:n])
		b = b[n:]
		return s
	}
	if text() != "rollcall audit 1" {
		return e, false
	}
	e.N, e.At = number(), time.UnixMilli(number()).UTC()
	e.Who, e.What, e.Campaign, e.Text = text(), campaign.AuditAction(text()), campaign.ID(number()), text()
	for range number() {
		if e.Details == nil {
			e.Details = map[string]string{}
		}
		name := text()
		e.Details[name] = text()
		if !ok {
			return e, false
		}
	}
	return e, ok && len(b) == 0
}

// What is written can be read again, so that no two entries are written alike.
func FuzzAuditEncoding(f *testing.F) {
	f.Add(int64(1), int64(1770000000123), "anna", "started", int64(3), "Appointments", "a", "b", "c", "d")
	f.Add(int64(-1), int64(0), "", "", int64(0), "", "", "", "", "")
	f.Add(int64(7), int64(-5), "\xff\x00", "a", int64(-9), "b", "ab", "", "a", "b")
	f.Fuzz(func(t *testing.T, n, at int64, who, what string, id int64, text, name, value, name2, value2 string) {
		at %= 1 << 50 // in the years that a time can say in milliseconds
		e := campaign.AuditEntry{
			N: n, At: time.UnixMilli(at).UTC(), Who: who, What: campaign.AuditAction(what), Campaign: campaign.ID(id), Text: text,
			Details: map[string]string{name: value, name2: value2},
		}
		got, ok := decoded(e.Encoding())
		if diff := cmp.Diff(e, got); !ok || diff != "" {
			t.Errorf("read again, %v (-want +got):\n%s", ok, diff)
		}
	})
}

// log is a chain of n entries that fit.
func log(n int) []campaign.AuditEntry {
	entries := make([]campaign.AuditEntry, n)
	previous := ""
	for i := range entries {
		e := campaign.AuditEntry{N: int64(i + 1), At: time.UnixMilli(1770000000000 + int64(i)).UTC(), Who: "anna", What: campaign.AuditPaused,
			Campaign: 3, Text: fmt.Sprint("list ", i), Details: map[string]string{"before": "running", "after": "paused"}}
		e.Hash = e.Sum(previous)
		entries[i], previous = e, e.Hash
	}
	return entries
}

// The hashes were computed by another program, from the description.
func TestAuditSumAsDescribed(t *testing.T) {
	got := log(2)
	want := []string{"a974425fc2c776dce8d9a82ff44da0583b7cdb7cbedc4b4ed2b45e0c8b8d30d5", "5ee3b8346db5bdcd46e2210cc71131d9ca78a65c3c87f82bef3f25b530d0727a"}
	if diff := cmp.Diff(want, []string{got[0].Hash, got[1].Hash}); diff != "" {
		t.Errorf("hashes (-want +got):\n%s", diff)
	}
}

func TestAuditCheck(t *testing.T) {
	whole := log(5)
	last := campaign.AuditHead{N: 5, Hash: whole[4].Hash}
	anew := log(6)[1:] // another log of the same length
	for i := range anew {
		previous := ""
		if i > 0 {
			previous = anew[i-1].Hash
		}
		anew[i].N = int64(i + 1)
		anew[i].Hash = anew[i].Sum(previous)
	}
	for name, test := range map[string]struct {
		entries []campaign.AuditEntry
		kept    campaign.AuditHead
		given   string
		want    campaign.AuditVerdict
	}{
		"nothing":           {nil, campaign.AuditHead{}, "", campaign.AuditVerdict{}},
		"whole":             {whole, last, whole[1].Hash, campaign.AuditVerdict{Entries: 5, Head: last.Hash, Given: 2}},
		"the head behind":   {whole, campaign.AuditHead{N: 2, Hash: whole[1].Hash}, "", campaign.AuditVerdict{Entries: 5, Head: last.Hash}},
		"no head":           {whole, campaign.AuditHead{}, "", campaign.AuditVerdict{Entries: 5, Head: last.Hash}},
		"the last gone":     {whole[:4], last, "", campaign.AuditVerdict{Entries: 4, Head: whole[3].Hash, Fault: campaign.AuditCut, First: 5}},
		"all gone":          {nil, last, "", campaign.AuditVerdict{Fault: campaign.AuditCut, First: 1}},
		"the first gone":    {whole[1:], last, "", campaign.AuditVerdict{Fault: campaign.AuditMissing, First: 1}},
		"one gone":          {slices.Concat(whole[:2], whole[3:]), last, "", campaign.AuditVerdict{Entries: 2, Head: whole[1].Hash, Fault: campaign.AuditMissing, First: 3}},
		"one twice":         {slices.Concat(whole[:2], whole[1:]), last, "", campaign.AuditVerdict{Entries: 2, Head: whole[1].Hash, Fault: campaign.AuditChanged, First: 2}},
		"one of another":    {slices.Concat(whole[:2], anew[2:]), last, "", campaign.AuditVerdict{Entries: 2, Head: whole[1].Hash, Fault: campaign.AuditChanged, First: 3}},
		"written anew":      {anew, last, "", campaign.AuditVerdict{Entries: 4, Head: anew[3].Hash, Fault: campaign.AuditReplaced, First: 5}},
		"anew with a head":  {anew, campaign.AuditHead{N: 5, Hash: anew[4].Hash}, whole[4].Hash, campaign.AuditVerdict{Entries: 5, Head: anew[4].Hash, Fault: campaign.AuditStranger}},
		"a stranger's head": {nil, campaign.AuditHead{}, whole[0].Hash, campaign.AuditVerdict{Fault: campaign.AuditStranger}},
	} {
		t.Run(name, func(t *testing.T) {
			check := campaign.AuditCheck{Kept: test.kept, Given: test.given}
			for _, e := range test.entries {
				if !check.Add(e) {
					break
				}
			}
			if diff := cmp.Diff(test.want, check.Verdict()); diff != "" {
				t.Errorf("verdict (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAuditSumDependsOnEverything(t *testing.T) {
	e := log(1)[0]
	seen := map[string]string{e.Sum(""): "itself"}
	for name, change := range map[string]func(e *campaign.AuditEntry){
		"n":        func(e *campaign.AuditEntry) { e.N++ },
		"at":       func(e *campaign.AuditEntry) { e.At = e.At.Add(time.Millisecond) },
		"who":      func(e *campaign.AuditEntry) { e.Who = "ann" },
		"what":     func(e *campaign.AuditEntry) { e.What = "resumed" },
		"campaign": func(e *campaign.AuditEntry) { e.Campaign = 0 },
		"text":     func(e *campaign.AuditEntry) { e.Text += " " },
		"a detail": func(e *campaign.AuditEntry) { e.Details["before"] = "draft" },
		"a name":   func(e *campaign.AuditEntry) { delete(e.Details, "before"); e.Details["befor"] = "erunning" },
		"one less": func(e *campaign.AuditEntry) { delete(e.Details, "before") },
		"to and fro": func(e *campaign.AuditEntry) {
			e.Details["before"], e.Details["after"] = e.Details["after"], e.Details["before"]
		},
		"text to who": func(e *campaign.AuditEntry) { e.Who, e.Text = "annal", "ist 0" },
	} {
		other := e
		other.Details = maps.Clone(e.Details)
		change(&other)
		sum := other.Sum("")
		if is, found := seen[sum]; found {
			t.Errorf("%s has the hash of %s", name, is)
		}
		seen[sum] = name
	}
	if _, found := seen[e.Sum("x")]; found {
		t.Error("the hash before does not count")
	}
}
