package view

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"syscall"
	"time"

	"rollcall/campaign/words"
	"rollcall/gateway"
)

// This file tests a gateway step by step, so that what is wrong can be told
// from what is right. No phone rings.

// ProbeState is how a step of a test went.
type ProbeState int

// The states.
const (
	ProbeUntried ProbeState = iota
	ProbePassed
	ProbeFailed
	ProbeSkipped // on purpose, as More says
)

// ProbeStep is one step of a test, in words.
type ProbeStep struct {
	State ProbeState
	Title string
	More  string // empty for nothing
}

// Probe is what a test of a gateway found.
type Probe struct {
	At    time.Time
	URL   string
	Steps []ProbeStep // computer, port, language, request
	About gateway.About
	Took  time.Duration // until the connection stood
	cause error         // of the step that failed
}

// The steps.
const (
	probeComputer = iota
	probePort
	probeLanguage
	probeRequest
)

func newProbe(address string, at time.Time) Probe {
	p := Probe{At: at, URL: address, Steps: []ProbeStep{
		{Title: words.Say("The computer is found")}, {Title: words.Say("Something listens there")},
		{Title: words.Say("It speaks the gateway’s language")}, {Title: words.Say("It takes a request and removes it")},
	}}
	for i := range p.Steps {
		p.Steps[i].More = words.Say("Not tried")
	}
	return p
}

// Passed tells whether nothing was found that is wrong.
func (p Probe) Passed() bool {
	for _, s := range p.Steps {
		if s.State == ProbeFailed || s.State == ProbeUntried {
			return false
		}
	}
	return len(p.Steps) > 0
}

// Failed returns the step that failed, and false if none has.
func (p Probe) Failed() (ProbeStep, bool) {
	for _, s := range p.Steps {
		if s.State == ProbeFailed {
			return s, true
		}
	}
	return ProbeStep{}, false
}

// Words says in a few words what was found: "Ready, 3 ms".
func (p Probe) Words() string {
	switch _, failed := p.Failed(); {
	case !failed && p.Passed():
		return words.Say("Ready, %s", milliseconds(p.Took))
	case !failed:
		return words.Say("Testing…")
	case p.Steps[probePort].State != ProbePassed:
		return words.Say("Does not answer")
	case p.Steps[probeLanguage].State != ProbePassed:
		return words.Say("No gateway")
	default:
		return words.Say("Takes no request")
	}
}

// Details is all of it for whoever is asked for help.
func (p Probe) Details() string {
	var b strings.Builder
	_, _ = fmt.Fprintf(&b, "%s\n%s\n", p.URL, p.At.Format(time.RFC3339))
	for _, s := range p.Steps {
		_, _ = fmt.Fprintf(&b, "%s %s: %s\n", [...]string{"-", "ok", "FAILED", "-"}[s.State], s.Title, s.More)
	}
	if p.About.Extended {
		_, _ = fmt.Fprintf(&b, "Rollcall %s, lines %d, practice %v\n", p.About.Version, p.About.Lines, p.About.Practice)
	}
	if p.cause != nil {
		_, _ = fmt.Fprintf(&b, "%v\n", p.cause)
	}
	return b.String()
}

func (p *Probe) set(step int, state ProbeState, title, more string) {
	p.Steps[step] = ProbeStep{State: state, Title: title, More: more}
}

// fail ends the test at a step.
func (p *Probe) fail(step int, title, more string, cause error) {
	p.set(step, ProbeFailed, title, more)
	p.cause = cause
}

func milliseconds(d time.Duration) string {
	return words.Say("%s ms", words.Number(int(max(d.Milliseconds(), 1))))
}

// ProbeGateway tests a gateway, and tells after each step how far it is. An
// empty URL is the built-in one, which is started for it.
func (o *Office) ProbeGateway(ctx context.Context, g OfficeGateway, told func(Probe)) Probe {
	if g.URL == "" {
		lines := max(g.Lines, 1)
		own, err := o.borrowGateway(ctx, lines, 1)
		if err != nil {
			p := newProbe("", time.Now())
			p.fail(probeComputer, words.Say("The built-in gateway does not start"), sentenceOf(err), err)
			return p
		}
		defer o.returnGateway(own, &lines)
		g.URL = own.URL()
	}
	return probeGateway(ctx, g, told)
}

func probeGateway(ctx context.Context, g OfficeGateway, told func(Probe)) Probe {
	p := newProbe(g.URL, time.Now())
	client := &gateway.Client{URL: g.URL, Timeout: probePatience(g)}
	for _, step := range []func(context.Context, *gateway.Client, OfficeGateway) bool{p.reach, p.listen, p.ask} {
		if !step(ctx, client, g) {
			return p
		}
		told(p.copy())
	}
	return p
}

// probePatience is how long one answer is waited for: a person waits as well.
func probePatience(g OfficeGateway) time.Duration {
	if g.Patience > 0 {
		return min(g.Patience, 2*gatewayPatience)
	}
	return gatewayPatience
}

func (p Probe) copy() Probe {
	p.Steps = append([]ProbeStep(nil), p.Steps...)
	return p
}

// reach finds the computer, and whether something listens at its port. That a
// connection is refused shows that there is a computer.
func (p *Probe) reach(ctx context.Context, _ *gateway.Client, g OfficeGateway) bool {
	host, port := hostPort(g.URL)
	ctx, cancel := context.WithTimeout(ctx, probePatience(g))
	defer cancel()
	begun := time.Now()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", net.JoinHostPort(host, port))
	p.Took = time.Since(begun)
	var unknown *net.DNSError
	switch {
	case err == nil:
		_ = conn.Close() // nothing was sent
		p.set(probeComputer, ProbePassed, words.Say("The computer was found"), words.Say("%s answers in %s", host, milliseconds(p.Took)))
		p.set(probePort, ProbePassed, words.Say("Something listens on port %s", port), "")
		return true
	case errors.As(err, &unknown):
		p.fail(probeComputer, words.Say("No computer is called %s", host), words.Say("Check the address, or ask whoever looks after your network for it."), err)
	case errors.Is(err, syscall.ECONNREFUSED):
		p.set(probeComputer, ProbePassed, words.Say("The computer was found"), words.Say("%s answers in %s", host, milliseconds(p.Took)))
		p.fail(probePort, words.Say("Nothing listens on port %s", port),
			words.Say("The gateway program is not running there, or a firewall is in the way. Start it there, or check the port."), err)
	default:
		p.fail(probeComputer, words.Say("The computer does not answer"),
			words.Say("%s is switched off, on another network, or a firewall is in the way. Switch it on, or check the address.", host), err)
	}
	return false
}

// listen asks what listens there for itself; a gateway that is not ours is
// asked about a call that it does not have.
func (p *Probe) listen(ctx context.Context, c *gateway.Client, _ OfficeGateway) bool {
	about, err := c.About(ctx)
	p.About = about
	var refused *gateway.RefusedError
	switch {
	case err == nil && about.Extended:
		p.set(probeLanguage, ProbePassed, words.Say("It is a gateway of Rollcall"), words.Many(about.Lines, "%s line, version %s", "%s lines, version %s", about.Version))
		return true
	case errors.As(err, &refused):
		p.fail(probeLanguage, words.Say("The gateway does not let this computer in"),
			words.Say("It says: %s. Whoever runs it has to allow this computer.", refused.Reason), err)
		return false
	case err != nil:
		p.fail(probeLanguage, words.Say("What listens there is no gateway"), words.Say("Check the port, or ask for the address of the gateway."), err)
		return false
	}
	return p.foreign(ctx, c)
}

// strangeID is a call that no gateway has.
const strangeID = 1 << 52

func (p *Probe) foreign(ctx context.Context, c *gateway.Client) bool {
	_, err := c.Status(ctx, strangeID)
	var refused *gateway.RefusedError
	if err != nil && !errors.Is(err, gateway.ErrUnknownCall) && !errors.As(err, &refused) {
		p.fail(probeLanguage, words.Say("What listens there is no gateway"), words.Say("Check the port, or ask for the address of the gateway."), err)
		return false
	}
	p.set(probeLanguage, ProbePassed, words.Say("It speaks the gateway’s language"), words.Say("It is not a gateway of Rollcall"))
	return true
}

// ask has the gateway take a request that is due tomorrow, and removes it. One
// that is not ours may not be able to take it back, so it is not asked.
func (p *Probe) ask(ctx context.Context, c *gateway.Client, _ OfficeGateway) bool {
	title := words.Say("It takes a request and removes it")
	if !p.About.Extended {
		p.set(probeRequest, ProbeSkipped, title, words.Say("Not tried: a gateway of this kind might keep the request and ring. ‘Call me first’ on the Check page tries it."))
		return true
	}
	if err := takeAndRemove(ctx, c); err != nil {
		p.fail(probeRequest, words.Say("It does not take requests"), sentenceOf(err), err)
		return false
	}
	p.set(probeRequest, ProbePassed, title, "")
	return true
}

// takeAndRemove asks for a call to a number that belongs to nobody, a day
// ahead, and withdraws it, also if it is not known whether it was taken.
func takeAndRemove(ctx context.Context, c *gateway.Client) error {
	const nobody, ahead = "+12025550100", 24 * time.Hour
	secret := make([]byte, 16)
	if _, err := rand.Read(secret); err != nil {
		return err
	}
	ref := gateway.Reference(hex.EncodeToString(secret))
	id, err := c.Call(ctx, gateway.Request{
		Info: "Test of the gateway", Attendee: "Nobody", Phone: nobody, Text: "Test", CallTime: ahead, Reference: ref,
	})
	late, stop := context.WithTimeout(context.WithoutCancel(ctx), gatewayPatience)
	defer stop()
	if err == nil {
		err = c.Remove(late, id, gateway.Removal{IfQueued: true})
	}
	if err != nil {
		_, void := c.Void(late, ref)
		return errors.Join(err, void)
	}
	return nil
}

// hostPort is where a base URL leads.
func hostPort(address string) (host, port string) {
	u, err := url.Parse(address)
	if err != nil {
		return address, ""
	}
	port = u.Port()
	if port == "" {
		port = "80"
		if u.Scheme == "https" {
			port = "443"
		}
	}
	return u.Hostname(), port
}

// sentenceOf makes a sentence of an error's words.
func sentenceOf(err error) string {
	text := strings.TrimSpace(err.Error())
	if text == "" || strings.HasSuffix(text, ".") {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
