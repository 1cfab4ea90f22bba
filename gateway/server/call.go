package server

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/faults"
	"rollcall/gateway/line"
	"rollcall/gateway/scheduler"
	"rollcall/gateway/vxml"
)

// This file makes one call. The order is the protocol's: have the document,
// dial, tell a person from a machine, fetch the document again for a machine,
// run it, hang up, run the exit document.

const (
	// longestCall bounds a call, so that a document that never ends holds no
	// line for ever.
	longestCall = time.Hour
	// longestExit bounds an exit document.
	longestExit = 30 * time.Second
)

// placer is the [scheduler.Placer].
type placer struct {
	line   line.Line
	source source
	apps   map[string]string // voice applications: a file or an address by name
	sender string            // of text messages
	reach  reach
	// session is what the documents of one call know of it: each call has a
	// copy of the placer.
	session map[string]any
	count   func(gateway.Outcome)
	log     *slog.Logger
}

// Place makes the call that job asks for.
func (p *placer) Place(ctx context.Context, job scheduler.Job, dialling func(context.Context) error) scheduler.Verdict {
	one := *p
	one.log = p.log.With("reqid", job.ID, "phone", job.Request.Phone)
	one.source = p.source.of(job.From)
	if job.Request.StartApp != "" { // what the operator has deployed is trusted
		one.source = p.source
		job.Request = p.deployed(job.Request)
	}
	place := one.place
	if job.Request.SMS {
		one.source = p.source
		place = one.send
	}
	verdict := place(ctx, job, dialling)
	faults.At(faults.AfterCall)
	p.count(verdict.Outcome)
	return verdict
}

// deployed returns r with the document of its voice application. One that is
// not deployed any more has none, and nothing is dialled.
func (p *placer) deployed(r gateway.Request) gateway.Request {
	document := p.apps[r.StartApp]
	if _, err := webURL(document); err == nil {
		r.StartURL = document
	} else {
		r.StartVXML = document
	}
	return r
}

// place is Place with a log of its own.
func (p *placer) place(ctx context.Context, job scheduler.Job, dialling func(context.Context) error) scheduler.Verdict {
	// A job that no phone was tried for goes back to the queue if its verdict
	// is one of a dialled call.
	undialled := scheduler.Verdict{Outcome: gateway.OutcomeNoResponse}
	script, err := p.start(ctx, job.Request, gateway.OutcomeReached)
	switch {
	case ctx.Err() != nil:
		return undialled
	case err != nil:
		p.log.WarnContext(ctx, "start document cannot be had", "error", err)
		return scheduler.Verdict{Outcome: gateway.OutcomeFlowMissing}
	}
	faults.At(faults.BeforeDial)
	if err := dialling(ctx); err != nil {
		return undialled
	}
	faults.At(faults.AfterNoted)
	v := scheduler.Verdict{Started: time.Now()}
	r := job.Request
	r.Attempt = max(1, r.Attempt) + job.Dialled // the client's own tries, and the scheduler's
	call, err := p.line.Place(ctx, line.Dial{Phone: r.Phone, CallerID: r.CallerID, Attempt: r.Attempt, Detection: r.Detection})
	if err != nil {
		v.Outcome, v.Ended = unanswered(err), time.Now()
		p.log.InfoContext(ctx, "call not answered", "outcome", v.Outcome, "error", err)
		return v
	}
	v.Outcome, v.Answers = p.talk(ctx, call, r, script)
	v.Ended = time.Now()
	p.log.InfoContext(ctx, "call ended", "outcome", v.Outcome)
	p.exit(ctx, r)
	return v
}

// unanswered reads a line's verdict. A line that gives none could not dial.
func unanswered(err error) gateway.Outcome {
	var verdict *line.UnansweredError
	if errors.As(err, &verdict) {
		return verdict.Outcome
	}
	return gateway.OutcomeCongestion
}

// talk runs the document on an answered call and hangs up.
func (p *placer) talk(ctx context.Context, call line.Call, r gateway.Request, s script) (gateway.Outcome, []gateway.Answer) {
	ctx, cancel := context.WithTimeout(ctx, longestCall)
	defer cancel()
	defer func() {
		if err := call.Hangup(); err != nil {
			p.log.WarnContext(ctx, "hang up", "error", err)
		}
	}()
	p.session = r.Session(p.protocol(), gateway.AnsweredByPerson)
	who, err := call.Answered(ctx)
	if errors.Is(err, line.ErrHungUp) {
		return gateway.OutcomeReached, nil
	}
	if err != nil {
		p.log.WarnContext(ctx, "tell who answered", "error", err)
		return gateway.OutcomeFlowBroken, nil
	}
	heard := gateway.OutcomeReached
	if who == line.Machine {
		p.session = r.Session(p.protocol(), gateway.AnsweredByMachine)
		heard = gateway.OutcomeMachine
		if s, err = p.start(ctx, r, heard); err != nil {
			p.log.WarnContext(ctx, "start document cannot be had for the machine", "error", err)
			return gateway.OutcomeFlowBroken, nil
		}
	}
	return p.run(ctx, call, s, heard)
}

// protocol is what carries the calls.
func (p *placer) protocol() string {
	if p.line.Practice() {
		return gateway.ProtocolPractice
	}
	return gateway.ProtocolSIP
}

// run interprets s on call, which was answered by a person or a machine.
func (p *placer) run(ctx context.Context, call line.Call, s script, heard gateway.Outcome) (gateway.Outcome, []gateway.Answer) {
	on := &platform{
		call: call, source: p.source, recording: s.recording, log: p.log,
		machine: heard == gateway.OutcomeMachine, reach: p.reach,
	}
	result, err := (&vxml.Interpreter{Platform: on, Session: p.session}).Run(ctx, s.document)
	if err == nil {
		err = result.Err
	}
	switch {
	case err != nil:
		p.log.WarnContext(ctx, "document failed", "error", err)
		heard = gateway.OutcomeFlowBroken
	case heard == gateway.OutcomeMachine && result.Ending == vxml.HungUp && on.played == 0:
		heard = gateway.OutcomeNoMessage
	}
	return heard, answers(result.Answers)
}

func answers(given []vxml.Answer) []gateway.Answer {
	var out []gateway.Answer
	for _, a := range given {
		out = append(out, gateway.Answer(a))
	}
	return out
}

// exit runs the exit document for its effects, when nobody listens any more.
// It changes no verdict.
func (p *placer) exit(ctx context.Context, r gateway.Request) {
	if r.ExitVXML == "" && r.ExitURL == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, longestExit)
	defer cancel()
	document, err := p.document(ctx, r.ExitVXML, r.ExitURL)
	if err == nil {
		var result vxml.Result
		on := &platform{source: p.source, log: p.log}
		result, err = (&vxml.Interpreter{Platform: on, Session: p.session}).Run(ctx, document)
		err = errors.Join(err, result.Err)
	}
	if err != nil {
		p.log.WarnContext(ctx, "exit document failed", "error", err)
	}
}
