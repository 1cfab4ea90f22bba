package server

import (
	"errors"
	"net/http"
	"strconv"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
)

// This file is the page of one call.

// maxAttempts bounds the tries shown of one call: the newest.
const maxAttempts = 100

// callDetails is all that is told about one call.
type callDetails struct {
	frame
	Call     row
	Facts    []fact
	Attempts []attempt // newest first
	More     int       // older ones that are not shown
}

// fact is a line about a call: words, or a time.
type fact struct {
	Name, Words string
	Time        stamp
}

// attempt is one ended try.
type attempt struct {
	Made    stamp
	Answers string
	said
}

// callPage shows the call of an id.
func (s *Server) callPage(r *http.Request, id string) reply {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return s.noCall(r)
	}
	job, err := s.cfg.Journal.Find(r.Context(), gateway.ReqID(n))
	switch {
	case errors.Is(err, gateway.ErrUnknownCall):
		return s.noCall(r)
	case err != nil:
		return s.unreadable(r, err)
	}
	d := callDetails{frame: s.frame(r, "Call "+strconv.FormatInt(n, 10))}
	d.Call = s.row(d.sight, job)
	d.Facts = facts(d.sight, job)
	d.More = max(0, len(job.Attempts)-maxAttempts)
	for i := len(job.Attempts) - 1; i >= d.More; i-- {
		a := job.Attempts[i]
		d.Attempts = append(d.Attempts, attempt{d.time(a.Made), or(d.answers(a.Answers)), outcomes()[a.Outcome()]})
	}
	return reply{status: http.StatusOK, template: "call", data: d}
}

func (s *Server) noCall(r *http.Request) reply {
	return s.message(r, http.StatusNotFound, "No such call",
		"No call has this id. Its record may have been removed by the program that asked for the call.")
}

// facts are the lines about job that say something.
func facts(v sight, job scheduler.Job) []fact {
	q := job.Request
	all := []fact{
		{Name: "Subject", Words: v.text(q.Info)},
		{Name: "Plays", Words: v.plays(q)},
		{Name: "Runs after the call", Words: v.afterwards(q)},
		{Name: "Priority", Words: priority(q.Priority)},
		{Name: "Tries", Words: count(tries(job))},
		{Name: "Shows as caller", Words: v.number(gateway.Phone(q.CallerID))},
		{Name: "Asked from", Words: v.text(job.From)},
		{Name: "Accepted", Time: v.time(job.Accepted)},
		{Name: "First due", Time: v.time(job.FirstDue)},
	}
	if job.State == scheduler.JobQueued {
		all = append(all, fact{Name: "Next try", Time: v.time(job.Due)})
	}
	all = append(all, fact{Name: "No try after", Time: v.time(job.Expires)}, fact{Name: "Ended", Time: v.time(job.Ended)})
	if job.Remove || q.SelfDelete {
		all = append(all, fact{Name: "Record", Words: "Is removed when the call has ended"})
	}
	var telling []fact
	for _, f := range all {
		if f.Words != "" || f.Time != (stamp{}) {
			telling = append(telling, f)
		}
	}
	return telling
}
