package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"time"

	"rollcall/gateway"
)

// process is a program that takes part.
type process struct {
	name  string
	cmd   *exec.Cmd
	log   *os.File
	ended chan struct{}
	err   error // of its end
}

// launch starts the program; what it says goes to NAME.txt in the folder.
func (s *siege) launch(ctx context.Context, name string, args ...string) (*process, error) {
	log, err := os.OpenFile(filepath.Join(s.folder, name+".txt"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	p := &process{name: name, log: log, ended: make(chan struct{})}
	p.cmd = exec.CommandContext(ctx, s.program, args...)
	p.cmd.Dir, p.cmd.Stdout, p.cmd.Stderr = s.folder, log, log
	if err := p.cmd.Start(); err != nil {
		return nil, errors.Join(err, log.Close())
	}
	go func() {
		defer close(p.ended)
		p.err = p.cmd.Wait()
		_ = p.log.Close()
	}()
	return p, nil
}

// over tells whether the program has ended.
func (p *process) over() bool {
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}

// stop sends a signal to a program that runs, and waits for its end.
func (p *process) stop(with syscall.Signal) error {
	if p.over() {
		return fmt.Errorf("%s ended by itself: %w", p.name, p.err)
	}
	if err := p.cmd.Process.Signal(with); err != nil {
		return err
	}
	<-p.ended
	return nil
}

// abandon ends a program, whatever it does.
func (p *process) abandon() {
	if p != nil && !p.over() {
		_ = p.cmd.Process.Kill()
		<-p.ended
	}
}

// cpu is the processor time that an ended program has used.
func (p *process) cpu() time.Duration {
	return p.cmd.ProcessState.UserTime() + p.cmd.ProcessState.SystemTime()
}

// memory is the most that an ended program held, in MiB; on Linux.
func (p *process) memory() int64 {
	if usage, ok := p.cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		return usage.Maxrss >> 10
	}
	return 0
}

// gatewayAt is a gateway and where it is found in all its lives.
type gatewayAt struct {
	name, address string
	lives         []*process
}

func (g *gatewayAt) url() string { return "http://" + g.address }

func (g *gatewayAt) last() *process { return g.lives[len(g.lives)-1] }

func (s *siege) data(name string) string { return filepath.Join(s.folder, name) }

// newGateway chooses a port and begins the first life.
func (s *siege) newGateway(ctx context.Context, name string) (*gatewayAt, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	g := &gatewayAt{name: name, address: l.Addr().String()}
	if err := l.Close(); err != nil {
		return nil, err
	}
	return g, s.live(ctx, g)
}

// live begins a life of a gateway and returns when it takes requests.
func (s *siege) live(ctx context.Context, g *gatewayAt) error {
	p, err := s.launch(ctx, g.name, "gateway", "--listen", g.address, "--data", s.data(g.name),
		"--practice-speed", strconv.Itoa(s.speed), "--lines", strconv.Itoa(s.lines))
	if err != nil {
		return err
	}
	g.lives = append(g.lives, p)
	for !p.over() && ctx.Err() == nil {
		if _, err := (&gateway.Client{URL: g.url()}).About(ctx); err == nil {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return fmt.Errorf("gateway %s did not start, see %s", g.name, p.log.Name())
}

// call begins a run of the campaign.
func (s *siege) call(ctx context.Context, ph phase, a, b *gatewayAt) (*process, error) {
	args := []string{
		"run", "--list", listFile, "--flow", "flow.vxml", "--dnc", dncFile, "--report", reportFile, "--data", s.data("office"),
		"--map", "phone=Phone,phone2=Mobile,phone3=Work,name=Patient", "--gateway", a.url(), "--gateway", b.url() + "*2",
		"--hours", s.hours.String(), "--law", "us-states", "--tries", strconv.Itoa(mostTries),
		"--retry", "no_answer=30m+next-number", "--retry", "busy=10m", "--retry", "congestion=5m",
		"--practice-speed", strconv.Itoa(s.speed), "--lines", strconv.Itoa(ph.lines), "--rate", fmt.Sprint(ph.rate),
	}
	for _, rule := range s.exempt {
		args = append(args, "--exempt", rule+"=a rehearsal is not bound to the time of the day")
	}
	return s.launch(ctx, "run", args...)
}

// clockRules are the rules of the preset that go by the clock or the calendar:
// what they do would depend on when this is played.
func clockRules() ([]string, error) {
	var rules []string
	for _, name := range []string{"us", "us-states"} {
		text, err := os.ReadFile(filepath.Join("campaign", "law", name+".json"))
		if err != nil {
			return nil, err
		}
		var law struct {
			Rules []struct{ ID, Hours, Holidays string }
		}
		if err := json.Unmarshal(text, &law); err != nil {
			return nil, err
		}
		for _, r := range law.Rules {
			if r.Hours != "" || r.Holidays != "" {
				rules = append(rules, r.ID)
			}
		}
	}
	return rules, nil
}

// saidWaiting is how many rows the last run said that wait, or -1.
func (s *siege) saidWaiting() (int, error) {
	text, err := os.ReadFile(s.data("run.txt"))
	found := regexp.MustCompile(`(?m)^(\d+) rows wait until `).FindAllSubmatch(text, -1)
	if err != nil || len(found) == 0 {
		return -1, err
	}
	return strconv.Atoi(string(found[len(found)-1][1]))
}
