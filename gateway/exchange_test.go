package gateway_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/gateway"
)

// A question is asked three times at most, and only if it changes nothing.
func TestClientRepeatsOnlyWhatIsHarmless(t *testing.T) {
	tests := map[string]struct {
		ask  func(context.Context, *gateway.Client) error
		want int32
	}{
		"call": {func(ctx context.Context, c *gateway.Client) error {
			_, err := c.Call(ctx, request())
			return err
		}, 1},
		"status": {func(ctx context.Context, c *gateway.Client) error {
			_, err := c.Status(ctx, 1)
			return err
		}, 3},
		"remove": {func(ctx context.Context, c *gateway.Client) error {
			return c.Remove(ctx, 1, gateway.Removal{})
		}, 1},
		"about": {func(ctx context.Context, c *gateway.Client) error {
			_, err := c.About(ctx)
			return err
		}, 3},
		"look up": {func(ctx context.Context, c *gateway.Client) error {
			_, err := c.Lookup(ctx, "aa")
			return err
		}, 3},
		"void": {func(ctx context.Context, c *gateway.Client) error {
			_, err := c.Void(ctx, "aa")
			return err
		}, 1},
		"changes": {func(ctx context.Context, c *gateway.Client) error {
			_, err := c.Changes(ctx, "", time.Second)
			return err
		}, 3},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			c := serve(t, func(_ http.ResponseWriter, r *http.Request) {
				asked.Add(1)
				_, _ = io.Copy(io.Discard, r.Body)
				panic(http.ErrAbortHandler)
			})
			if err := test.ask(t.Context(), c); err == nil || errors.Is(err, gateway.ErrUnreachable) {
				t.Errorf("a lost connection is %v", err)
			}
			if n := asked.Load(); n != test.want {
				t.Errorf("asked %d times, want %d", n, test.want)
			}
		})
	}
}

// Where nothing was sent a removal is repeated too, a call never.
func TestClientRepeatsWhatWasNotSent(t *testing.T) {
	for name, test := range map[string]struct {
		ask  func(*gateway.Client) error
		want int32
	}{
		"remove": {func(c *gateway.Client) error { return c.Remove(t.Context(), 1, gateway.Removal{}) }, 3},
		"call": {func(c *gateway.Client) error {
			_, err := c.Call(t.Context(), request())
			return err
		}, 1},
	} {
		var dialled atomic.Int32
		c := &gateway.Client{URL: "http://gateway.invalid", HTTP: &http.Client{Transport: &http.Transport{
			DialContext: deaf(&dialled),
		}}}
		if err := test.ask(c); !errors.Is(err, gateway.ErrUnreachable) || dialled.Load() != test.want {
			t.Errorf("%s: dialled %d times, want %d: %v", name, dialled.Load(), test.want, err)
		}
	}
}

func TestClientRecovers(t *testing.T) {
	var asked atomic.Int32
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) < 3 {
			panic(http.ErrAbortHandler)
		}
		_, _ = io.WriteString(w, "[]")
	})
	if _, err := c.Status(t.Context(), 1); err != nil {
		t.Errorf("two lost connections are too many: %v", err)
	}
}

// Neither a caller that has left nor a gateway that is slow is helped by
// asking again.
func TestClientDoesNotRepeatWhatIsLate(t *testing.T) {
	for _, cause := range []error{context.Canceled, context.DeadlineExceeded} {
		var asked atomic.Int32
		ctx, cancel := context.WithCancel(t.Context())
		c := serve(t, func(_ http.ResponseWriter, r *http.Request) {
			asked.Add(1)
			if errors.Is(cause, context.Canceled) {
				cancel()
			}
			<-r.Context().Done()
		})
		if errors.Is(cause, context.DeadlineExceeded) {
			c.Timeout = 20 * time.Millisecond
		}
		if _, err := c.Status(ctx, 1); !errors.Is(err, cause) || asked.Load() > 1 {
			t.Errorf("asked %d times: %v", asked.Load(), err)
		}
		cancel()
	}
}

func TestClientToken(t *testing.T) {
	var sent atomic.Value
	handler := func(w http.ResponseWriter, r *http.Request) {
		sent.Store(fmt.Sprint(r.Header["Authorization"]))
		http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusFound)
	}
	c := serve(t, handler)
	c.Token = "s3cret"
	_, err := c.Status(t.Context(), 1)
	if got := sent.Load(); got != "[Bearer s3cret]" {
		t.Errorf("sent %v", got)
	}
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("ask", "gateway", c, "error", err)
	if strings.Contains(out.String(), "s3cret") || !strings.Contains(out.String(), c.URL) {
		t.Errorf("logged %s", out.String())
	}
	c = serve(t, handler)
	_, _ = c.Status(t.Context(), 1)
	if got := sent.Load(); got != "[]" {
		t.Errorf("without a token was sent %v", got)
	}
}

// No more exchanges run at the same time than were allowed, whoever waits
// leaves with its context, and long polls have slots of their own.
func TestClientMaxConcurrent(t *testing.T) {
	arrived, release := make(chan string, 10), make(chan struct{})
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		arrived <- r.URL.Path
		select {
		case <-release:
		case <-r.Context().Done():
		}
		_, _ = io.WriteString(w, "[]")
	})
	c.MaxConcurrent = 2
	done := make(chan error, 4)
	go func() {
		_, err := c.Changes(t.Context(), "1", time.Second)
		done <- err
	}()
	<-arrived
	for range 3 {
		go func() {
			_, err := c.Status(t.Context(), 1)
			done <- err
		}()
	}
	<-arrived
	<-arrived
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := c.Call(ctx, request()); !errors.Is(err, gateway.ErrUnreachable) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a call that waited in vain: %v", err)
	}
	if n := len(arrived); n != 0 {
		t.Errorf("%d exchanges too many", n)
	}
	close(release)
	for range 4 {
		if err := <-done; err != nil && !errors.Is(err, gateway.ErrNotExtended) {
			t.Error(err)
		}
	}
}

// deaf counts how often an address is dialled at which nobody listens.
func deaf(dialled *atomic.Int32) func(context.Context, string, string) (net.Conn, error) {
	return func(context.Context, string, string) (net.Conn, error) {
		dialled.Add(1)
		return nil, errors.New("connection refused")
	}
}
