package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"rollcall/gateway"
)

// lines is how many calls the gateway makes at the same time.
const lines = 32

// retries is how often a try of one sort is repeated, by the settings below.
const retries = 2

// settings bound the retries: by the protocol's own rule a number that is
// always busy would be dialled until firstocc, minutes later.
const settings = `[[retry]]
prefix     = ""
busy       = {after = "1m", times = 2}
no_answer  = {after = "1m", times = 2}
congestion = {after = "1m", times = 2}
`

// process is one life of the gateway.
type process struct {
	cmd  *exec.Cmd
	said bytes.Buffer  // on standard error
	read chan struct{} // closed when standard output has ended
}

// begin starts the gateway on the round's folder. As soon as it says where it
// is, clients find it at the desk.
func (r round) begin(ctx context.Context, at *desk) (*process, error) {
	config := filepath.Join(r.folder, "gateway.toml")
	if err := os.WriteFile(config, []byte(settings), 0o600); err != nil {
		return nil, err
	}
	p := &process{read: make(chan struct{})}
	p.cmd = exec.CommandContext(ctx, r.program, "gateway", "--listen", "127.0.0.1:0", "--data", r.folder,
		"--config", config, "--lines", strconv.Itoa(lines), "--practice-speed", strconv.Itoa(r.speed))
	p.cmd.Stderr = &p.said
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		defer close(p.read)
		for text := bufio.NewScanner(out); text.Scan(); {
			if url := regexp.MustCompile(`^Gateway at (http://[0-9.:]+)`).FindStringSubmatch(text.Text()); url != nil {
				at.open(url[1])
			}
		}
	}()
	return p, nil
}

// kill ends the process without a warning. One that has ended by itself is an
// error.
func (p *process) kill(at *desk) error {
	err := p.cmd.Process.Kill()
	<-p.read
	at.shut()
	if waited := p.cmd.Wait(); err != nil || p.cmd.ProcessState.ExitCode() >= 0 {
		return errors.Join(fmt.Errorf("the gateway ended by itself: %s", strings.TrimSpace(p.said.String())), err, waited)
	}
	return nil
}

// end asks the process to end, which it must do well.
func (p *process) end(at *desk) error {
	err := p.cmd.Process.Signal(os.Interrupt)
	<-p.read
	at.shut()
	if waited := p.cmd.Wait(); err != nil || waited != nil {
		return errors.Join(fmt.Errorf("the gateway did not end well: %s", strings.TrimSpace(p.said.String())), err, waited)
	}
	return nil
}

// desk is where clients find the gateway, or wait for it while it is dead. The
// zero value is shut.
type desk struct {
	mu     sync.Mutex
	client *gateway.Client // nil while shut
	opened chan struct{}   // closed when a client is there; nil if nobody waits
}

func (d *desk) open(url string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.client = &gateway.Client{URL: url, Timeout: 10 * time.Second}
	if d.opened != nil {
		close(d.opened)
		d.opened = nil
	}
}

func (d *desk) shut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.client = nil
}

// find waits until the gateway is there.
func (d *desk) find(ctx context.Context) (*gateway.Client, error) {
	for {
		client, opened := d.look()
		if client != nil {
			return client, nil
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("the gateway did not come back: %w", ctx.Err())
		case <-opened:
		}
	}
}

// look returns the client, or what is closed when there is one.
func (d *desk) look() (*gateway.Client, <-chan struct{}) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.client == nil && d.opened == nil {
		d.opened = make(chan struct{})
	}
	return d.client, d.opened
}
