package server

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
)

// This file is the overview and the search. Both are bounded, whatever the
// journal holds.

const (
	// maxRows bounds every table.
	maxRows = 50
	// fewestDigits is how much of a number a search must give.
	fewestDigits = 3
	// maxQuery bounds what is searched for, in bytes.
	maxQuery = 64
)

// row is a call in a table.
type row struct {
	ID       gateway.ReqID
	Number   string
	Name     string
	Since    stamp // on a line
	Due      stamp
	Ended    stamp
	Priority string
	Try      int // which one is being made
	Tries    int // ended
	Answers  string
	said
}

func (s *Server) row(v sight, job scheduler.Job) row {
	r := row{
		ID:       job.ID,
		Number:   or(v.number(job.Request.Phone)),
		Name:     or(v.name(job.Request.Attendee)),
		Due:      v.minute(job.Due),
		Ended:    v.time(job.Ended),
		Priority: priority(job.Request.Priority),
		Tries:    tries(job),
		Try:      tries(job) + 1,
		said:     standing(job),
	}
	if job.State == scheduler.JobDone {
		r.Due = stamp{}
	}
	if began, here := s.sched.Began(job.ID); here {
		r.Since = v.time(began)
	}
	if last, tried := (gateway.Status{Attempts: job.Attempts}).Last(); tried {
		r.Answers = v.answers(last.Answers)
	}
	r.Answers = or(r.Answers)
	return r
}

// tries is how often a phone was tried for job, a client's own earlier tries
// of the number included.
func tries(job scheduler.Job) int { return max(1, job.Request.Attempt) - 1 + job.Dialled }

// table is calls in one state.
type table struct {
	Rows []row
	All  int // how many there are
}

// More tells whether there are more than the table shows.
func (t table) More() bool { return t.All > len(t.Rows) }

type overview struct {
	frame
	Lines, Busy            int
	Calling, Waiting, Done table
}

// overview shows all, or what was searched for. While somebody searches it
// holds still: a page that renews itself would take the words they type.
func (s *Server) overview(r *http.Request) reply {
	query := r.URL.Query()
	find := strings.TrimSpace(query.Get("q"))
	if find != "" {
		return s.search(r, find)
	}
	o := overview{frame: s.frame(r, "Rollcall gateway"), Lines: s.sched.Lines(), Busy: s.sched.Busy()}
	o.Home, o.Live = true, !query.Has("q")
	counts, err := s.cfg.Journal.Count(r.Context())
	if err != nil {
		return s.unreadable(r, err)
	}
	for _, part := range []struct {
		table  *table
		states []scheduler.JobState
	}{
		{&o.Calling, []scheduler.JobState{scheduler.JobClaimed, scheduler.JobDialling}},
		{&o.Waiting, []scheduler.JobState{scheduler.JobQueued}},
		{&o.Done, []scheduler.JobState{scheduler.JobDone}},
	} {
		jobs, err := s.cfg.Journal.List(r.Context(), maxRows, part.states...)
		if err != nil {
			return s.unreadable(r, err)
		}
		for _, state := range part.states {
			part.table.All += counts[state]
		}
		part.table.Rows = s.rows(o.sight, jobs)
		part.table.All = max(part.table.All, len(jobs)) // counted a moment before
	}
	return reply{status: http.StatusOK, template: "overview", data: o}
}

func (s *Server) rows(v sight, jobs []scheduler.Job) []row {
	rows := make([]row, 0, len(jobs))
	for _, job := range jobs {
		rows = append(rows, s.row(v, job))
	}
	return rows
}

// found is what a search found, or why it found nothing.
type found struct {
	frame
	Table table
	Why   string
}

// search finds a call by its id, or calls by the last digits of a number. The
// latter is for those who see numbers anyway: others could find out a number
// digit by digit.
func (s *Server) search(r *http.Request, find string) reply {
	f := found{frame: s.frame(r, "Search")}
	f.Find = shown(find[:min(len(find), maxQuery)])
	digits := gateway.Phone(f.Find).Digits()
	if id, err := strconv.ParseInt(find, 10, 64); err == nil {
		_, err := s.cfg.Journal.Find(r.Context(), gateway.ReqID(id))
		if err == nil {
			return reply{to: callPath + strconv.FormatInt(id, 10)}
		}
		if !errors.Is(err, gateway.ErrUnknownCall) {
			return s.unreadable(r, err)
		}
	}
	switch {
	case len(find) > maxQuery || len(digits) < fewestDigits:
		f.Why = "Give the id of a call, or at least three last digits of a number."
	case !f.Open:
		f.Why = "No call has this id. Numbers can be searched after logging in."
	default:
		jobs, err := s.cfg.Journal.Search(r.Context(), digits, maxRows+1)
		if err != nil {
			return s.unreadable(r, err)
		}
		f.Table = table{Rows: s.rows(f.sight, jobs[:min(len(jobs), maxRows)]), All: len(jobs)}
	}
	return reply{status: http.StatusOK, template: "search", data: f}
}
