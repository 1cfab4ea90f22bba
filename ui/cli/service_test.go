package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"rollcall/gateway"
)

// service is the program as a gateway, and a client of it.
type service struct {
	gateway.Client
	cmd  *exec.Cmd
	said bytes.Buffer  // on standard error
	read chan struct{} // closed when standard output has ended
}

// startGateway starts the program as a gateway on a data folder, on a port of
// its own. It ends with the test, if not before.
func startGateway(t *testing.T, data string, args ...string) *service {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := &service{read: make(chan struct{})}
	s.cmd = exec.CommandContext(ctx, os.Getenv(program), append([]string{"gateway", "--listen", "127.0.0.1:0", "--data", data}, args...)...)
	s.cmd.Stderr = &s.said
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.end(t)
		cancel()
	})
	lines := bufio.NewScanner(out)
	lines.Scan()
	first := lines.Text()
	go func() {
		defer close(s.read)
		for lines.Scan() { // what nobody reads would hold the program up
		}
	}()
	if s.URL = regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(first); s.URL == "" {
		t.Fatalf("the gateway does not tell where it is: %q", first)
	}
	return s
}

// end asks the gateway to end, which it must do well. It may have ended.
func (s *service) end(t *testing.T) {
	t.Helper()
	if s.cmd.ProcessState != nil {
		return
	}
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Error(err)
	}
	<-s.read
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("the gateway ended with %v: %s", err, s.said.String())
	}
}

// ask asks for a call to a number that ends in n.
func (s *service) ask(ctx context.Context, n int, r gateway.Request) (gateway.ReqID, error) {
	r.Info, r.Text = "test", "Hello."
	r.Phone = gateway.Phone(fmt.Sprintf("+1212555%04d", n))
	r.Reference = gateway.Reference(fmt.Sprintf("ask-%d", n))
	return s.Call(ctx, r)
}

// made waits until a call has ended, as it must, with a person reached, dialled
// once.
func (s *service) made(t *testing.T, id gateway.ReqID) {
	t.Helper()
	status, err := s.Wait(t.Context(), id)
	if last, _ := status.Last(); err != nil || last.State != gateway.StateMade || len(status.Attempts) != 1 {
		t.Errorf("call %d: %v, %v", id, status.Attempts, err)
	}
}

// health is what /healthz answers, in one line.
func (s *service) health(t *testing.T) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var body bytes.Buffer
	if _, err := body.ReadFrom(resp.Body); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(resp.StatusCode, " ", strings.TrimSpace(body.String()))
}

// refuses expects the program to say in one sentence why it cannot start on a
// data folder, with a word of it.
func refuses(t *testing.T, data, says string) {
	t.Helper()
	r := rollcall(t, t.TempDir(), "", "gateway", "--listen", "127.0.0.1:0", "--data", data)
	if r.status != 1 || r.out != "" || !strings.HasPrefix(r.err, "rollcall: ") || !strings.Contains(r.err, says) || strings.Count(r.err, "\n") != 1 {
		t.Errorf("status %d, said %q %q; want status 1 and one line with %q", r.status, r.out, r.err, says)
	}
}

// unkept tells whether a request was answered by the words for one that was
// not kept, or not for sure.
func unkept(err error) bool {
	var refused *gateway.RefusedError
	return errors.As(err, &refused) || errors.Is(err, gateway.ErrInDoubt)
}
