package gateway_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway"
)

func TestSession(t *testing.T) {
	local := map[string]any{"uri": "tel:6175550100"}
	want := map[string]any{
		"connection": map[string]any{
			"local": local, "originator": local, "remote": map[string]any{"uri": "tel:+16175550142"},
			"protocol": map[string]any{"name": "sip", "version": "2.0"}, "redirect": []any{}, "aai": "",
		},
		"call": map[string]any{
			"campaign": "Spring", "row": 17, "attempt": 2, "attendee": "Ana",
			"number": "+1 (617) 555-0142,,3#", "answeredBy": "machine",
		},
	}
	r := gateway.Request{
		Phone: "+1 (617) 555-0142,,3#", CallerID: "617 555 0100", Attendee: "Ana", Campaign: "Spring", Row: 17, Attempt: 2,
	}
	if diff := cmp.Diff(want, r.Session(gateway.ProtocolSIP, gateway.AnsweredByMachine)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSessionOfLittle(t *testing.T) {
	got := gateway.Request{Phone: "6175550142"}.Session(gateway.ProtocolPractice, gateway.AnsweredByPerson)
	call, isMap := got["call"].(map[string]any)
	if !isMap || call["attempt"] != 1 || call["campaign"] != "" {
		t.Errorf("session.call is %v", got["call"])
	}
	if row, there := call["row"]; there {
		t.Errorf("a row nobody told of is %v", row)
	}
	connection, isMap := got["connection"].(map[string]any)
	if !isMap {
		t.Fatalf("session.connection is %v", got["connection"])
	}
	want := map[string]any{"name": "practice", "version": ""}
	if diff := cmp.Diff(want, connection["protocol"]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
