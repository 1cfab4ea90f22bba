package server

import (
	_ "embed"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/faults"
)

// This file is the pages of our extensions, in JSON: see gateway/doc.go and
// openapi.json, which the gateway serves.

// pathLimits is where limits are told and changed.
const pathLimits = "/rollcall/limits"

// pathOpenAPI is where the description of every page for programs is.
const pathOpenAPI = "/rollcall/openapi.json"

//go:embed openapi.json
var openAPI []byte

func (s *Server) serveExtension(w http.ResponseWriter, r *http.Request, path string) {
	if err := fromBrowser(r, s.cfg.Hosts); err != nil {
		s.sendRefusal(w, http.StatusForbidden, err.Error())
		return
	}
	if err := s.authorized(r, r.URL.Query()); err != nil {
		w.Header().Set("WWW-Authenticate", "Bearer")
		s.sendRefusal(w, http.StatusUnauthorized, err.Error())
		return
	}
	ref, isReference := strings.CutPrefix(path, gateway.PathReferences)
	switch {
	case path == gateway.PathAbout && r.Method == http.MethodGet:
		s.sendJSON(w, http.StatusOK, gateway.About{
			Version:  s.cfg.Version,
			Practice: s.cfg.Line.Practice(),
			Lines:    s.sched.Lines(),
			Busy:     s.sched.Busy(),
		})
	case path == pathLimits && (r.Method == http.MethodGet || r.Method == http.MethodPut):
		s.serveLimits(w, r)
	case path == gateway.PathChanges && r.Method == http.MethodGet:
		s.serveChanges(w, r)
	case path == pathOpenAPI && r.Method == http.MethodGet:
		s.send(w, "application/json", http.StatusOK, openAPI)
	case isReference && (r.Method == http.MethodGet || r.Method == http.MethodDelete):
		s.serveReference(w, r, gateway.Reference(ref))
	case path == gateway.PathAbout, path == gateway.PathChanges, path == pathLimits, path == pathOpenAPI, isReference:
		s.sendRefusal(w, http.StatusMethodNotAllowed, "this method is not known here")
	default:
		s.sendRefusal(w, http.StatusNotFound, "this gateway has no such page")
	}
}

// limits are what may be changed while calls run.
type limits struct {
	Lines int     `json:"lines"` // calls at the same time
	Rate  float64 `json:"rate"`  // calls that may begin in a second; zero: no limit
}

// What the limits may be at most.
const (
	mostLines = 10_000
	mostRate  = 1_000
)

// serveLimits tells the limits; PUT changes them first, until the next start.
func (s *Server) serveLimits(w http.ResponseWriter, r *http.Request) {
	now := limits{Lines: s.sched.Lines(), Rate: s.sched.Rate()}
	if r.Method == http.MethodPut {
		body := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxHeader))
		body.DisallowUnknownFields()
		if err := body.Decode(&now); err != nil || now.Lines < 1 || now.Lines > mostLines || now.Rate < 0 || now.Rate > mostRate {
			s.sendRefusal(w, http.StatusBadRequest, `limits are written as {"lines": 1 to 10000, "rate": 0 to 1000}`)
			return
		}
		s.cfg.Log.Info("limits changed", "lines", now.Lines, "rate", now.Rate)
		s.sched.SetLines(now.Lines)
		s.sched.SetRate(now.Rate)
	}
	s.sendJSON(w, http.StatusOK, now)
}

// serveReference tells what is known of ref; DELETE voids it first.
func (s *Server) serveReference(w http.ResponseWriter, r *http.Request, ref gateway.Reference) {
	if !ref.Valid() {
		s.sendRefusal(w, http.StatusBadRequest, "this is not a reference")
		return
	}
	found, err := s.reference(r, ref)
	if err != nil {
		s.cfg.Log.Error("look up reference", "error", err)
		s.sendRefusal(w, http.StatusInternalServerError, "the gateway cannot read its journal now")
		return
	}
	s.sendJSON(w, http.StatusOK, found)
}

// reference tells what is known of ref, after withdrawing it if that is asked.
func (s *Server) reference(r *http.Request, ref gateway.Reference) (gateway.Lookup, error) {
	if r.Method == http.MethodDelete {
		found, err := s.sched.Withdraw(r.Context(), ref)
		faults.At(faults.BeforeReply)
		return found, err
	}
	return s.cfg.Journal.Reference(r.Context(), ref, false, time.Now())
}

func (s *Server) sendRefusal(w http.ResponseWriter, status int, reason string) {
	s.sendJSON(w, status, struct {
		Error string `json:"error"`
	}{reason})
}

func (s *Server) sendJSON(w http.ResponseWriter, status int, answer any) {
	body, err := json.Marshal(answer)
	if err != nil {
		s.cfg.Log.Error("write reply", "error", err)
		status, body = http.StatusInternalServerError, nil
	}
	s.send(w, "application/json", status, append(body, '\n'))
}
