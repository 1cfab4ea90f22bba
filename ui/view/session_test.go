package view_test

import (
	"net"
	"strings"
	"testing"

	"rollcall/ui/view"
)

func TestSessionGivesItsPortBack(t *testing.T) {
	office, err := testApp(&gatewayLog{}, &noStore{}).Open(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	s, err := office.Session(t.Context(), sampleCampaign(1, 1), view.SessionOptions{})
	if err != nil {
		t.Fatal(err)
	}
	address := strings.TrimPrefix(s.FlowURL(), "http://")
	s.Close()
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", address)
	if err != nil {
		t.Fatalf("after Close without Run: %v", err)
	}
	if err := ln.Close(); err != nil {
		t.Error(err)
	}
	if err := office.Close(); err != nil {
		t.Error(err)
	}
}

// Documents served at every address must have one that a gateway can ask for.
func TestSessionNamesAnAddressThatIsReached(t *testing.T) {
	office, err := testApp(&gatewayLog{}, &noStore{}).Open(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	for _, listen := range []string{"", "0.0.0.0:0", "127.0.0.1:0"} {
		s, err := office.Session(t.Context(), sampleCampaign(1, 1), view.SessionOptions{FlowListen: listen})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(s.FlowURL(), "http://127.0.0.1:") {
			t.Errorf("listening at %q, documents are at %s", listen, s.FlowURL())
		}
		s.Close()
	}
	if err := office.Close(); err != nil {
		t.Error(err)
	}
}
