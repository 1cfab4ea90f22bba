package server

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/faults"
	"rollcall/gateway/scheduler"
)

// This file is the protocol's three pages.

// uncertain answers a request that the journal may or may not have kept. It is
// neither a refusal nor an acceptance, so that nobody asks for a second call
// in good faith.
const uncertain = "UNCERTAIN: the gateway could not make sure that it has kept this request"

func (s *Server) requestCall(ctx context.Context, v url.Values, from string) page {
	if isCommand(v) {
		return s.tillConfirm(ctx, v, from)
	}
	req, err := gateway.ParseRequest(v)
	if err == nil {
		err = s.servable(req)
	}
	if err != nil {
		return refusal(err.Error())
	}
	if s.stopping.Load() {
		return refusal("the gateway is shutting down")
	}
	if s.full(ctx) {
		return refusal(errQueueFull.Error())
	}
	job, err := s.sched.Submit(ctx, req, from)
	faults.At(faults.BeforeReply)
	switch {
	case errors.Is(err, scheduler.ErrVoided):
		return refusal(scheduler.ErrVoided.Error())
	case err != nil:
		if ctx.Err() == nil { // a client that went away says nothing of the journal
			s.unkept.Store(time.Now().Unix())
		}
		s.cfg.Log.ErrorContext(ctx, "accept request", "phone", req.Phone, "error", err)
		return plain([]byte(uncertain))
	}
	s.unkept.Store(0)
	s.cfg.Log.InfoContext(ctx, "request accepted", "reqid", job.ID, "phone", req.Phone)
	return page{html: true, body: gateway.FormatAccepted(job.FirstDue.In(s.cfg.Location), job.ID)}
}

// servable tells what of a well-formed request this gateway cannot do.
func (s *Server) servable(r gateway.Request) error {
	if r.SMS && s.cfg.SMS == "" {
		return errors.New("text messages (sms) are not supported: no sender is configured")
	}
	if _, deployed := s.cfg.Apps[r.StartApp]; r.StartApp != "" && !deployed {
		return errors.New("no voice application of this name is deployed (startapp)")
	}
	for _, file := range []string{r.StartVXML, r.AudioFile, r.ExitVXML} {
		if file == "" {
			continue
		}
		if _, err := inFolder(s.cfg.VXMLFolder, file); err != nil {
			return err
		}
	}
	for _, address := range []string{r.StartURL, r.ExitURL} {
		if address == "" {
			continue
		}
		if _, err := webURL(address); err != nil {
			return err
		}
	}
	return nil
}

func (s *Server) callStatus(ctx context.Context, v url.Values) page {
	id, given := reqID(v)
	if c, found, err := s.confirmed(ctx, id); err != nil {
		return s.noRecord(given, err)
	} else if found {
		return plain(gateway.FormatStatus(confirmStatus(c), s.cfg.Location))
	}
	job, err := s.cfg.Journal.Find(ctx, id)
	if err != nil {
		return s.noRecord(given, err)
	}
	status := gateway.Status{Attempts: job.Attempts}
	onLine := job.State == scheduler.JobClaimed || job.State == scheduler.JobDialling
	if onLine && v.Get("progress") == "1" {
		status.Attempts = append(status.Attempts[:len(job.Attempts):len(job.Attempts)], gateway.Attempt{
			Attendee: job.Request.Attendee,
			State:    gateway.StateInProgress,
			Made:     time.Now(),
			Due:      job.FirstDue,
		})
	}
	return plain(gateway.FormatStatus(status, s.cfg.Location))
}

func (s *Server) removeCall(ctx context.Context, v url.Values) page {
	id, given := reqID(v)
	how := gateway.Removal{IfQueued: v.Get("ifqueued") == "1", Hangup: v.Get("hangup") == "1"}
	if c, found, err := s.confirmed(ctx, id); err != nil {
		return s.noRecord(given, err)
	} else if found {
		return s.removeTillConfirm(ctx, c, how.IfQueued)
	}
	job, err := s.sched.Remove(ctx, id, how)
	faults.At(faults.BeforeReply)
	if err != nil {
		return s.noRecord(given, err)
	}
	undialled := job.State == scheduler.JobQueued || job.State == scheduler.JobClaimed
	if !undialled && how.IfQueued {
		return refusal("the call was dialled already")
	}
	return plain([]byte(gateway.Removed))
}

// reqID returns the id asked for, zero where it is no number, and its text.
func reqID(v url.Values) (gateway.ReqID, string) {
	given := v.Get("reqid")
	id, err := strconv.ParseInt(given, 10, 64)
	if err != nil {
		return 0, given
	}
	return gateway.ReqID(id), given
}

func (s *Server) noRecord(given string, err error) page {
	if errors.Is(err, gateway.ErrUnknownCall) {
		return plain(gateway.FormatNoRecord(given))
	}
	s.cfg.Log.Error("read call journal", "error", err)
	return refusal("the gateway cannot read its journal now")
}
