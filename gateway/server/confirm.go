package server

import (
	"cmp"
	"context"
	"errors"
	"net/url"

	"rollcall/gateway"
	"rollcall/gateway/broadcast"
)

// This file is call till confirm: a request that names BroadcastByPhone's
// program and its command line is a campaign, and answered like a call. No
// program is run, and the phoneno of such a request is not dialled.

// isCommand tells whether a request names a program.
func isCommand(v url.Values) bool { return v.Get("startexec") != "" || v.Get("cmdline") != "" }

func (s *Server) tillConfirm(ctx context.Context, v url.Values, from string) page {
	c, err := s.startTillConfirm(ctx, v, from)
	if err != nil {
		return s.refuseCampaign(ctx, err)
	}
	s.cfg.Log.InfoContext(ctx, "call till confirm started", "reqid", c.ID)
	return page{html: true, body: gateway.FormatAccepted(c.Started.In(s.cfg.Location), c.ID)}
}

func (s *Server) startTillConfirm(ctx context.Context, v url.Values, from string) (broadcast.Campaign, error) {
	command, err := broadcast.ParseCommand(v.Get("startexec"), v.Get("cmdline"))
	if err != nil {
		return broadcast.Campaign{}, refuse("%v (other programs than vcast.exe are not supported)", err)
	}
	switch later := text(v, "calltime"); {
	case s.campaigns == nil:
		return broadcast.Campaign{}, refuse("%v", errNoCampaigns)
	case s.stopping.Load():
		return broadcast.Campaign{}, refuse("the gateway is shutting down")
	case later != "" && later != "0":
		return broadcast.Campaign{}, refuse("calltime is not supported with startexec")
	case text(v, "reference") != "":
		return broadcast.Campaign{}, refuse("reference is not supported with startexec")
	}
	plan := commandPlan(command, v, from)
	if plan.Message == (broadcast.Message{}) {
		return broadcast.Campaign{}, refuse("there is no message: -wavfile is missing in cmdline")
	}
	if err := s.sayable(plan.Campaign); err != nil {
		return broadcast.Campaign{}, err
	}
	if err := s.fillList(ctx, command); err != nil {
		return broadcast.Campaign{}, err
	}
	return s.campaigns.engine.Start(ctx, command.List, plan)
}

// commandPlan is the campaign of a command line. What it does not play itself,
// txt or audiofile of the request does.
func commandPlan(command broadcast.Command, v url.Values, from string) broadcast.Plan {
	p := broadcast.Plan{Unreached: true, Clean: command.Clean}
	p.Name = text(v, "info")
	p.ConfirmCode = command.Code
	p.CallerID = text(v, "callerid")
	p.Lines = command.Lines
	p.From = from
	p.Message.Recording = cmp.Or(command.Recording, text(v, "audiofile"))
	if p.Message.Recording == "" {
		p.Message.Text = text(v, "txt")
	}
	return p
}

// fillList adds to the list what the command line names.
func (s *Server) fillList(ctx context.Context, command broadcast.Command) error {
	if command.Import != "" {
		if err := s.importFile(ctx, command); err != nil {
			return err
		}
	}
	if len(command.Numbers) == 0 {
		return nil
	}
	return s.campaigns.engine.AddNumbers(ctx, command.List, command.Numbers)
}

// importFile adds the people of the command line's file to its list.
func (s *Server) importFile(ctx context.Context, command broadcast.Command) error {
	if err := s.campaigns.uploads.take(ctx); err != nil {
		return refuse("%v", err)
	}
	defer s.campaigns.uploads.giveBack()
	file, err := s.localFile(command.Import)
	if err != nil {
		return err
	}
	table, err := broadcast.ReadTable(file, broadcast.Layout{Header: broadcast.HasHeader(file, ',')})
	if err != nil {
		return refuse("%v", err)
	}
	_, _, err = s.campaigns.engine.Import(ctx, command.List, table, broadcast.MergeEmpty)
	return err
}

// confirmed finds the campaign that was given a ReqId, and false if id cannot
// be one.
func (s *Server) confirmed(ctx context.Context, id gateway.ReqID) (broadcast.Campaign, bool, error) {
	if s.campaigns == nil || !broadcast.IsID(id) {
		return broadcast.Campaign{}, false, nil
	}
	c, err := s.campaigns.store.Campaign(ctx, id)
	if errors.Is(err, broadcast.ErrNoCampaign) || err == nil && (c.ConfirmCode == "" || c.Removed) {
		err = gateway.ErrUnknownCall
	}
	return c, true, err
}

// confirmStatus is what a call till confirm is answered with: nothing while it
// runs, then one record that tells whether somebody has confirmed.
func confirmStatus(c broadcast.Campaign) gateway.Status {
	if c.State != broadcast.Finished {
		return gateway.Status{}
	}
	outcome, record := gateway.OutcomeNoAnswer, gateway.Attempt{Made: c.Ended, Due: c.Started}
	if !c.Confirmed.IsZero() {
		outcome = gateway.OutcomeReached
		record.Made, record.Attendee = c.Confirmed, c.ConfirmedBy
		record.Answers = []gateway.Answer{{Name: "confirm", Value: c.ConfirmCode}}
	}
	record.State, record.Reason = outcome.Words()
	return gateway.Status{Attempts: []gateway.Attempt{record}}
}

// removeTillConfirm ends a campaign: who was not dialled yet is not called, and
// its record is gone. With ifQueued only one that has dialled nobody.
func (s *Server) removeTillConfirm(ctx context.Context, c broadcast.Campaign, ifQueued bool) page {
	if ifQueued {
		return refusal("a call till confirm begins at once")
	}
	if err := s.campaigns.engine.Stop(ctx, c.ID, true); err != nil {
		return s.refuseCampaign(ctx, err)
	}
	return plain([]byte(gateway.Removed))
}
