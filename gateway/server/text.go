package server

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
)

// This file sends a text message instead of making a call (parameter "sms"):
// it is posted to the sender that the operator has configured, as a form with
// reqid, to, from and text. The sender answers with a status from 200 to 299
// once it has taken the message.

// sendTimeout bounds one exchange with the sender.
const sendTimeout = 30 * time.Second

// send has the text of job sent. Where no phone rings none gets a text either:
// the practice line lets it succeed.
func (p *placer) send(ctx context.Context, job scheduler.Job, dialling func(context.Context) error) scheduler.Verdict {
	if err := dialling(ctx); err != nil {
		return scheduler.Verdict{Outcome: gateway.OutcomeNoResponse}
	}
	if p.line.Practice() {
		return scheduler.Verdict{Outcome: gateway.OutcomeReached}
	}
	outcome, err := p.post(ctx, job)
	if err != nil {
		p.log.WarnContext(ctx, "text message not sent", "outcome", outcome, "error", err)
	}
	return scheduler.Verdict{Outcome: outcome}
}

// post gives the message to the sender. If the exchange breaks off nobody knows
// whether it was taken: that is an interrupted call, never sent again.
func (p *placer) post(ctx context.Context, job scheduler.Job) (gateway.Outcome, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTimeout)
	defer cancel()
	form := url.Values{
		"reqid": {strconv.FormatInt(int64(job.ID), 10)},
		"to":    {string(job.Request.Phone)},
		"from":  {job.Request.CallerID},
		"text":  {job.Request.Text},
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.sender, strings.NewReader(form.Encode()))
	if err != nil {
		return gateway.OutcomeFlowMissing, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := p.source.client.Do(req)
	if err != nil {
		return gateway.OutcomeInterrupted, err
	}
	_, err = io.Copy(io.Discard, io.LimitReader(resp.Body, maxForm))
	if closing := resp.Body.Close(); err == nil {
		err = closing
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return gateway.OutcomeFlowBroken, fmt.Errorf("the sender answered %s", resp.Status)
	}
	return gateway.OutcomeReached, err
}
