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
	"time"
)

// process is a gateway that is measured.
type process struct {
	cmd     *exec.Cmd
	said    bytes.Buffer  // on standard error
	read    chan struct{} // closed when standard output has ended
	address string
	started time.Duration // from its start to its first answer
}

// start runs the program as a gateway on a data folder, and returns when it
// has answered.
func (b *bench) start(ctx context.Context, data string, args ...string) (*process, error) {
	p := &process{read: make(chan struct{})}
	p.cmd = exec.CommandContext(ctx, b.program, append([]string{"gateway", "--listen", "127.0.0.1:0", "--data", data}, args...)...)
	p.cmd.Stderr = &p.said
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	begun := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	address := make(chan string, 1)
	go p.listen(bufio.NewScanner(out), address)
	p.address = <-address
	if p.address == "" {
		_ = p.cmd.Wait()
		return nil, fmt.Errorf("the gateway did not start: %s", strings.TrimSpace(p.said.String()))
	}
	c, err := p.connect(ctx, &traffic{})
	if err == nil {
		_, err = c.get("/rollcall/about")
		c.close()
	}
	if err != nil {
		return nil, errors.Join(err, p.end())
	}
	p.started = time.Since(begun)
	return p, nil
}

// listen reads what the program says, and gives the address, or nothing where
// it ends without one.
func (p *process) listen(out *bufio.Scanner, address chan<- string) {
	defer close(p.read)
	defer close(address)
	told := false
	for out.Scan() {
		if found := regexp.MustCompile(`^Gateway at http://([0-9.:]+)`).FindStringSubmatch(out.Text()); found != nil && !told {
			told = true
			address <- found[1]
		}
	}
}

// end asks the process to end and waits for it.
func (p *process) end() error {
	err := p.cmd.Process.Signal(os.Interrupt)
	<-p.read
	if waited := p.cmd.Wait(); err != nil || waited != nil {
		return errors.Join(fmt.Errorf("the gateway did not end well: %s", strings.TrimSpace(p.said.String())), err, waited)
	}
	return nil
}

// kill ends the process as a power cut would, but for the disk.
func (p *process) kill() error {
	err := p.cmd.Process.Kill()
	<-p.read
	_ = p.cmd.Wait() // says that it was killed
	return err
}

// cpu is the processor time that it has used, where the system tells.
func (p *process) cpu() time.Duration {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(p.cmd.Process.Pid), "stat"))
	if err != nil {
		return 0
	}
	// Fields 14 and 15 of proc(5) are user and system time in hundredths of a
	// second; the second field, in brackets, may hold blanks.
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// memory is what it holds now and the most that it ever held, in MiB.
func (p *process) memory() (now, most string) {
	now, most = "?", "?"
	text, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(p.cmd.Process.Pid), "status")) // not there on other systems
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		kib, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(value), " kB"))
		switch name {
		case "VmRSS":
			now = fmt.Sprintf("%d MiB", kib>>10)
		case "VmHWM":
			most = fmt.Sprintf("%d MiB", kib>>10)
		}
	}
	return now, most
}

// settle waits until the process has nothing to do, and tells how long it had.
func (p *process) settle(ctx context.Context) time.Duration {
	begun, last := time.Now(), p.cpu()
	for ctx.Err() == nil && time.Since(begun) < time.Minute {
		time.Sleep(500 * time.Millisecond)
		now := p.cpu()
		if now-last < 20*time.Millisecond {
			return time.Since(begun) - 500*time.Millisecond
		}
		last = now
	}
	return time.Since(begun)
}
