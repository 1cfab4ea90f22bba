package cli_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"rollcall/gateway"
)

// TestBackupOfAGatewayAtWork copies the data folder while requests come in and
// calls are made, and starts another gateway on the copy.
func TestBackupOfAGatewayAtWork(t *testing.T) {
	dir := t.TempDir()
	copied := filepath.Join(dir, "copy")
	s := startGateway(t, filepath.Join(dir, "data"), "--practice-speed", "500", "--lines", "16")
	const clients, before = 8, 25
	acknowledged, errs := make([][]gateway.ReqID, clients), make([]error, clients)
	begun, over := make(chan struct{}, clients), make(chan struct{})
	var all sync.WaitGroup
	for i := range clients {
		all.Go(func() {
			for n := 0; ; n++ {
				if n == before {
					begun <- struct{}{}
				}
				select {
				case <-over:
					return
				default:
				}
				id, err := s.ask(t.Context(), i+n*clients, mixed(n))
				if err != nil {
					errs[i] = err
					begun <- struct{}{}
					return
				}
				acknowledged[i] = append(acknowledged[i], id)
			}
		})
	}
	for range clients {
		<-begun
	}
	r := rollcall(t, dir, "", "backup", copied, "--data", filepath.Join(dir, "data"))
	close(over)
	all.Wait()
	if r.status != 0 {
		t.Fatalf("status %d: %s%s", r.status, r.out, r.err)
	}
	for i, err := range errs {
		if err != nil {
			t.Fatalf("client %d while the folder was copied: %v", i, err)
		}
	}
	s.end(t)

	s = startGateway(t, copied, "--practice-speed", "500", "--lines", "16")
	for i, ids := range acknowledged {
		for n, id := range ids[:before] {
			found, err := s.Lookup(t.Context(), gateway.Reference(fmt.Sprint("ask-", i+n*clients)))
			if err != nil || found.ReqID != id {
				t.Errorf("acknowledged as %d before the copy was begun, in it as %d (%s): %v", id, found.ReqID, found.State, err)
			}
			if _, err := s.Status(t.Context(), id); err != nil {
				t.Errorf("acknowledged as %d before the copy was begun: %v", id, err)
			}
		}
	}
}

// mixed is a request for a call now, or for one much later.
func mixed(n int) gateway.Request {
	r := gateway.Request{FirstOcc: 2 * time.Hour}
	if n%2 == 0 {
		r.CallTime = time.Hour
	}
	return r
}
