package view_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/ui/view"
)

// gatewayLog counts what is done to embedded gateways.
type gatewayLog struct {
	mu             sync.Mutex
	opened, closed int
	lines          int
}

func (l *gatewayLog) URL() string { return "http://127.0.0.1:8155" }

func (l *gatewayLog) Run(ctx context.Context) error {
	<-ctx.Done()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed++
	return nil
}

func (l *gatewayLog) Lines() int       { return l.lines }
func (l *gatewayLog) PageCode() string { return "" }

func (l *gatewayLog) SetLines(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = n
}

// noStore is a store for tests that store nothing.
type noStore struct {
	view.Store
	closed bool
	office view.OfficeSettings
}

func (s *noStore) OfficeSettings(context.Context) (campaign.OfficeSettings, error) {
	return s.office, nil
}

func (s *noStore) Close() error { s.closed = true; return nil }

func testApp(l *gatewayLog, store *noStore) *view.App {
	return &view.App{
		Log:       slog.New(slog.DiscardHandler),
		Samples:   fstest.MapFS{"a.vxml": {Data: []byte(`<vxml version="2.1"><form><block>Hello.</block></form></vxml>`)}},
		Hold:      func(string) (func() error, error) { return func() error { return nil }, nil },
		OpenStore: func(context.Context) (view.Store, error) { return store, nil },
		OpenGateway: func(_ context.Context, c view.GatewayConfig) (view.EmbeddedGateway, error) {
			l.opened++
			l.lines = c.Lines
			return l, nil
		},
	}
}

func sampleCampaign(lines, speed int) campaign.Campaign {
	return campaign.Campaign{
		Flow:     campaign.Flow{Source: "sample:a.vxml"},
		Settings: campaign.Settings{Lines: lines, Speed: speed}.Complete(),
	}
}

func TestSessionsShareOneGateway(t *testing.T) {
	l, store := &gatewayLog{}, &noStore{}
	office, err := testApp(l, store).Open(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	session := func(lines, speed int) *view.Session {
		t.Helper()
		s, err := office.Session(t.Context(), sampleCampaign(lines, speed), view.SessionOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first, second := session(3, 1), session(5, 1)
	if l.opened != 1 || l.lines != 8 {
		t.Errorf("two sessions: %d gateways with %d lines, want 1 with 8", l.opened, l.lines)
	}
	first.Close()
	if l.lines != 5 {
		t.Errorf("after the first has ended: %d lines, want 5", l.lines)
	}
	second.Close()
	session(2, 60).Close() // an idle gateway is opened anew for another speed
	if l.opened != 2 || l.closed != 1 {
		t.Errorf("another speed: %d opened, %d closed, want 2 and 1", l.opened, l.closed)
	}
	if err := office.Close(); err != nil {
		t.Fatal(err)
	}
	if l.closed != 2 || !store.closed {
		t.Errorf("after Close: %d gateways closed, store closed: %v", l.closed, store.closed)
	}
}

func TestOpenTellsWhoHoldsTheFolder(t *testing.T) {
	app := testApp(&gatewayLog{}, &noStore{})
	held := errors.New("the data folder is in use")
	app.Hold = func(string) (func() error, error) { return nil, held }
	if _, err := app.Open(t.Context(), "test"); !errors.Is(err, held) {
		t.Errorf("error %v, want %v", err, held)
	}
}

func TestOpenGivesTheFolderBack(t *testing.T) {
	app := testApp(&gatewayLog{}, &noStore{})
	released := false
	app.Hold = func(string) (func() error, error) { return func() error { released = true; return nil }, nil }
	damaged := errors.New("the file is damaged")
	app.OpenStore = func(context.Context) (view.Store, error) { return nil, damaged }
	if _, err := app.Open(t.Context(), "test"); !errors.Is(err, damaged) || !released {
		t.Errorf("error %v, released %v", err, released)
	}
}

func TestProgress(t *testing.T) {
	tally := campaign.Tally{campaign.Ready: 3, campaign.Waiting: 2, campaign.Calling: 1, campaign.Reached: 10, campaign.Doubt: 1, campaign.Skipped: 4}
	if p := view.ProgressOf(tally); p.Total != 17 || p.Done != 11 {
		t.Errorf("progress %+v, want 11 of 17", p)
	}
	if got, want := view.Ended(tally), "10 reached, 1 in doubt"; got != want {
		t.Errorf("ended %q, want %q", got, want)
	}
	if got, want := view.Ahead(tally), "1 calling, 2 waiting, 3 ready"; got != want {
		t.Errorf("ahead %q, want %q", got, want)
	}
}

func TestTitle(t *testing.T) {
	tests := map[string]string{
		"/tmp/clinic-week_48.xlsx": "Clinic week 48",
		"list.csv":                 "List",
		".csv":                     "Campaign",
		"élan.csv":                 "Élan",
	}
	for file, want := range tests {
		if got := view.Title(file); got != want {
			t.Errorf("Title(%q) = %q, want %q", file, got, want)
		}
	}
}

func TestTimeLeft(t *testing.T) {
	begun := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	now := begun.Add(10 * time.Minute)
	tests := []struct {
		name        string
		done, total int
		next        time.Time
		want        time.Duration
	}{
		{"nothing done", 0, 10, time.Time{}, 0},
		{"half done", 5, 10, time.Time{}, 10 * time.Minute},
		{"the rest waits for longer", 9, 10, now.Add(time.Hour), time.Hour},
		{"the rest waits for less", 5, 10, now.Add(time.Second), 10 * time.Minute},
		{"all done", 10, 10, now.Add(time.Hour), 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := view.TimeLeft(view.Progress{Done: tt.done, Total: tt.total}, begun, now, tt.next); got != tt.want {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
	for d, want := range map[time.Duration]string{
		1200 * time.Millisecond: "about 1 s", 90 * time.Second: "about 2 min", 119 * time.Minute: "about 119 min", 150 * time.Minute: "about 3 h",
	} {
		if got := view.About(d); got != want {
			t.Errorf("About(%v) = %q, want %q", d, got, want)
		}
	}
}

// TestASessionGetsMoreLines: the gateway has as many as its campaigns want now,
// and is given back those that they want at last.
func TestASessionGetsMoreLines(t *testing.T) {
	l := &gatewayLog{}
	s := &draftShelf{Shelf: &campaigntest.Shelf{}}
	app := testApp(l, &noStore{})
	app.OpenStore = func(context.Context) (view.Store, error) { return s, nil }
	office, err := app.Open(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	session := func(lines int) (*view.Session, campaign.Campaign) {
		t.Helper()
		c := s.Add(sampleCampaign(lines, 1))
		session, err := office.Session(t.Context(), c, view.SessionOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return session, c
	}
	first, c := session(3)
	second, _ := session(5)
	for _, test := range []struct{ lines, want int }{{6, 11}, {1, 6}} {
		if _, err := office.Change(t.Context(), c.ID, first, func(s *campaign.Settings) { s.Lines = test.lines }); err != nil {
			t.Fatal(err)
		}
		if l.lines != test.want || s.Campaigns[0].Settings.Lines != test.lines {
			t.Errorf("the gateway has %d lines, the campaign %d; want %d and %d", l.lines, s.Campaigns[0].Settings.Lines, test.want, test.lines)
		}
	}
	first.Close()
	if l.lines != 5 {
		t.Errorf("after the first has ended: %d lines, want 5", l.lines)
	}
	second.Close()
	if err := office.Close(); err != nil {
		t.Fatal(err)
	}
}
