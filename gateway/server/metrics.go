package server

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"rollcall/gateway"
	"rollcall/gateway/scheduler"
)

// This file is for whoever watches the gateway: /healthz tells by its status
// whether it works, /metrics its figures in Prometheus' text format.

const (
	pathHealth  = "/healthz"
	pathMetrics = "/metrics"
)

// metrics are the figures of one server.
type metrics struct {
	registry *prometheus.Registry
	results  *prometheus.CounterVec
	requests *prometheus.CounterVec
	took     prometheus.Histogram
}

func newMetrics(s *Server) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		results: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "rollcall_tries_total", Help: "Tries that have ended, by what came of them."}, []string{"outcome"}),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "rollcall_requests_total", Help: "Requests of the protocol, by page."}, []string{"page"}),
		took: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "rollcall_request_seconds", Help: "Time to answer a request of the protocol.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, 1, 5}}),
	}
	m.registry.MustRegister(m.results, m.requests, m.took, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		gauge("rollcall_lines", "Calls that may run at the same time.", func() int { return s.sched.Lines() }),
		gauge("rollcall_lines_busy", "Lines in use.", func() int { return s.sched.Busy() }),
		gauge("rollcall_calls_waiting", "Calls in the queue.", func() int { return s.count(scheduler.JobQueued) }),
		gauge("rollcall_calls_done", "Records of calls that have ended.", func() int { return s.count(scheduler.JobDone) }))
	return m
}

func gauge(name, help string, value func() int) prometheus.GaugeFunc {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return float64(value()) })
}

// ended counts a try.
func (m *metrics) ended(o gateway.Outcome) { m.results.WithLabelValues(string(o)).Inc() }

// asked counts a request of the protocol that arrived at begun.
func (m *metrics) asked(path string, begun time.Time) {
	page := "other"
	switch path {
	case gateway.PathCall:
		page = "request"
	case gateway.PathStatus:
		page = "status"
	case gateway.PathRemove:
		page = "removal"
	case pathCampaigns:
		page = "campaigns"
	}
	m.requests.WithLabelValues(page).Inc()
	m.took.Observe(time.Since(begun).Seconds())
}

// handler answers with the figures.
func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second})
}

// serveWatch answers the pages of this file. Other machines need the token.
func (s *Server) serveWatch(w http.ResponseWriter, r *http.Request, path string) {
	err := s.authorized(r, r.URL.Query())
	switch {
	case !ownHost(r, s.cfg.Hosts):
		s.sendRefusal(w, http.StatusForbidden, errWrongHost.Error())
	case err != nil:
		w.Header().Set("WWW-Authenticate", "Bearer")
		s.sendRefusal(w, http.StatusUnauthorized, err.Error())
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		s.sendRefusal(w, http.StatusMethodNotAllowed, "this method is not known here")
	case path == pathMetrics:
		s.metrics.handler().ServeHTTP(w, r)
	default:
		s.serveHealth(w, r)
	}
}

// unwell is for how long a request that could not be kept shows, unless one is
// kept meanwhile: who sends no requests to a gateway that is not well must be
// told when to try again.
const unwell = 30 * time.Second

// health is the answer of /healthz.
type health struct {
	Status string `json:"status"` // "ok", or what is wrong
}

func (s *Server) serveHealth(w http.ResponseWriter, r *http.Request) {
	_, _, err := s.cfg.Journal.NextDue(r.Context())
	switch {
	case s.stopping.Load():
		s.sendJSON(w, http.StatusServiceUnavailable, health{"the gateway is shutting down"})
	case err != nil:
		s.cfg.Log.Error("read call journal", "error", err)
		s.sendJSON(w, http.StatusServiceUnavailable, health{"the gateway cannot read its journal"})
	case time.Since(time.Unix(s.unkept.Load(), 0)) < unwell:
		s.sendJSON(w, http.StatusServiceUnavailable, health{"the gateway could not keep the last request; its log says why"})
	default:
		s.sendJSON(w, http.StatusOK, health{"ok"})
	}
}

// census is how many jobs are in each state, as it was a moment ago.
type census struct {
	mu     sync.Mutex
	counts map[scheduler.JobState]int
	taken  time.Time
}

// freshness is how old a census may be.
const freshness = time.Second

// counts returns the census, which the caller must not change.
func (s *Server) counts(ctx context.Context) (map[scheduler.JobState]int, error) {
	c := &s.census
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.counts != nil && time.Since(c.taken) < freshness {
		return c.counts, nil
	}
	counts, err := s.cfg.Journal.Count(ctx)
	if err != nil {
		return nil, err
	}
	c.counts, c.taken = counts, time.Now()
	return counts, nil
}

// count is the number of jobs in a state, zero where it cannot be told.
func (s *Server) count(state scheduler.JobState) int {
	counts, err := s.counts(context.Background())
	if err != nil {
		s.cfg.Log.Warn("count calls", "error", err)
	}
	return counts[state]
}

// full tells whether no more calls may wait. A journal that cannot be counted
// will refuse for itself.
func (s *Server) full(ctx context.Context) bool {
	counts, err := s.counts(ctx)
	return err == nil && counts[scheduler.JobQueued] >= s.cfg.MaxQueue
}
