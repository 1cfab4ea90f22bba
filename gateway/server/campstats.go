package server

import (
	"context"
	"net/url"

	"rollcall/gateway"
	"rollcall/gateway/broadcast"
)

// This file counts a campaign in the words of Voicent's replies. What they
// count there is not documented: see gateway/doc.go for what they do here.

func (s *Server) campaignStats(ctx context.Context, v url.Values) ([]entry, error) {
	c, err := s.campaign(ctx, v)
	if err != nil {
		return nil, err
	}
	counts, err := s.campaigns.store.Tally(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	status := "RUNNING"
	if c.State == broadcast.Finished {
		status = "FINISHED"
	}
	lines := c.Lines
	if lines == 0 {
		lines = s.sched.Lines()
	}
	return append([]entry{
		{"campid", int64(c.ID)}, {"campname", c.Name}, {"status", status}, {"info", c.List}, {"notes", c.ConfirmedBy},
		{"maxlines", int64(lines)},
	}, countRows(counts).entries()...), nil
}

// figures are the rows of a campaign by what became of them. Each row is in
// one of noact, lines, made, failed, notin and wit; live and machine are parts
// of made, busy, noanswer, bad and broken are parts of failed, nophone is a
// part of notin.
type figures struct {
	all, noact, lines, notin, wit, nophone     int
	made, live, machine                        int
	failed, busy, noanswer, bad, broken, asked int
}

func countRows(counts []broadcast.Count) figures {
	var f figures
	for _, c := range counts {
		f.all += c.Rows
		switch c.State {
		case broadcast.RowReady:
			f.noact += c.Rows
		case broadcast.RowCalling:
			f.lines += c.Rows
		case broadcast.RowWithdrawn:
			f.wit += c.Rows
		case broadcast.RowSkipped:
			f.notin += c.Rows
			if c.Aside == broadcast.AsideNoPhone {
				f.nophone += c.Rows
			}
		case broadcast.RowDone:
			f.done(c.Outcome, c.Rows)
		}
		if c.OptOut {
			f.asked += c.Rows
		}
	}
	return f
}

// done counts rows that ended as o.
func (f *figures) done(o gateway.Outcome, rows int) {
	if state, _ := o.Words(); state == gateway.StateMade {
		f.made += rows
	} else {
		f.failed += rows
	}
	switch o {
	case gateway.OutcomeReached:
		f.live += rows
	case gateway.OutcomeMachine:
		f.machine += rows
	case gateway.OutcomeBusy, gateway.OutcomeCongestion:
		f.busy += rows
	case gateway.OutcomeNoAnswer, gateway.OutcomeNoResponse:
		f.noanswer += rows
	case gateway.OutcomeBadNumber:
		f.bad += rows
	case gateway.OutcomeFlowMissing, gateway.OutcomeFlowBroken:
		f.broken += rows
	default: // counted as failed alone
	}
}

func (f figures) entries() []entry {
	var entries []entry
	for _, figure := range []struct {
		key string
		n   int
	}{
		{"campsize", f.all}, {"made", f.made}, {"live", f.live}, {"machine", f.machine}, {"noanswer", f.noanswer},
		{"linebusy", f.busy}, {"failed", f.failed}, {"fax", 0}, {"disc", f.bad}, {"nophone", f.nophone}, {"dnc", 0},
		{"optout", f.asked}, {"dropped", 0}, {"connected", 0}, {"lines", f.lines}, {"in", f.all - f.notin}, {"notin", f.notin},
		{"noact", f.noact}, {"wit", f.wit}, {"callback", 0}, {"serverr", f.broken}, {"availableagents", 0}, {"totalagents", 0},
	} {
		entries = append(entries, entry{figure.key, int64(figure.n)})
	}
	return entries
}
