// Package live tests, with the store, the gateway and the practice line that
// ship, what only a window could order while calls run.
package live

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"rollcall/campaign"
	"rollcall/gateway/server"
	"rollcall/storage"
	"rollcall/storage/sheet"
	"rollcall/ui/view"
)

// app is wired as main does it.
func app(dir string) *view.App {
	log := slog.New(slog.DiscardHandler)
	return &view.App{
		DataDir: dir, Log: log,
		Hold: func(string) (func() error, error) { return func() error { return nil }, nil },
		OpenStore: func(ctx context.Context) (view.Store, error) {
			return storage.Open(ctx, filepath.Join(dir, "rollcall.db"), log)
		},
		OpenSheet: func(ctx context.Context, path string, how campaign.Reading) (*campaign.Table, error) {
			return sheet.Open(ctx, path, how)
		},
		OpenGateway: func(ctx context.Context, c view.GatewayConfig) (view.EmbeddedGateway, error) {
			return server.Open(ctx, server.Settings{
				Listen: "127.0.0.1:0", Line: c.Line, Lines: c.Lines, Speed: c.Speed, Log: log, Exports: filepath.Join(dir, "exports"),
				OpenJournal: func(ctx context.Context, keep time.Duration) (server.Journal, error) {
					return storage.OpenJournal(ctx, filepath.Join(dir, "gateway.db"), storage.JournalOptions{Keep: keep, Log: log})
				},
			})
		},
	}
}

const hello = `<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml"><form><block>Hello ${Name}.</block></form></vxml>`

// office opens a data folder of its own and takes n people in, each of whom is
// reached, for each of names.
func office(t *testing.T, n int, s campaign.Settings, names ...string) (*view.Office, []campaign.Campaign) {
	t.Helper()
	dir := t.TempDir()
	flow, list := filepath.Join(dir, "hello.vxml"), filepath.Join(dir, "list.csv")
	rows := strings.Builder{}
	rows.WriteString("Name,Phone\n")
	for i := range n {
		rows.WriteString("Person,312 555 01" + string(rune('0'+i/10%6)) + string(rune('0'+i%10)) + "\n")
	}
	write(t, flow, hello)
	write(t, list, rows.String())
	o, err := app(dir).Open(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	})
	var all []campaign.Campaign
	for _, name := range names {
		c, _, err := o.Import(t.Context(), view.Source{Path: list}, view.Draft{Name: name, Flow: flow, Settings: s}, nil)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	return o, all
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// closedNow are hours that are over for today, in every zone of the people.
func closedNow() campaign.Hours {
	there := time.Now().In(time.FixedZone("Chicago, nearly", -6*60*60))
	from := campaign.Clock((there.Hour()*60 + 12*60) % (24 * 60))
	return campaign.EveryDay(from, from+1)
}

func reached(t *testing.T, o *view.Office, c campaign.Campaign) int {
	t.Helper()
	tally, err := o.Store.Tally(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	return tally[campaign.Reached]
}

func TestSettingsChangeWhileItRuns(t *testing.T) {
	settings := campaign.Settings{Hours: closedNow(), Lines: 2, Speed: 300}.Complete()
	o, all := office(t, 12, settings, "Visits")
	waiting := make(chan struct{}, 1)
	s, err := o.Session(t.Context(), all[0], view.SessionOptions{Notify: func(u campaign.Update) {
		if u.Tally[campaign.Waiting] == 12 {
			select {
			case waiting <- struct{}{}:
			default:
			}
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	g, ctx := errgroup.WithContext(t.Context())
	g.Go(func() error {
		_, err := s.Run(ctx)
		return err
	})
	select {
	case <-waiting:
	case <-ctx.Done():
		t.Fatal(context.Cause(ctx))
	}
	if n := reached(t, o, all[0]); n != 0 {
		t.Errorf("%d were called outside the hours", n)
	}
	settings.Hours, settings.Lines, settings.Rate = campaign.AllHours(), 6, 50
	if err := s.Change(t.Context(), settings); err != nil {
		t.Fatal(err)
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	if n := reached(t, o, all[0]); n != 12 {
		t.Errorf("%d of 12 were reached after the hours were changed", n)
	}
}

func TestCampaignsShareTheBuiltInGateway(t *testing.T) {
	o, all := office(t, 20, campaign.Settings{Hours: campaign.AllHours(), Lines: 3, Speed: 300}.Complete(), "Visits", "Recall", "Survey")
	g, ctx := errgroup.WithContext(t.Context())
	for _, c := range all {
		s, err := o.Session(t.Context(), c, view.SessionOptions{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		g.Go(func() error {
			_, err := s.Run(ctx)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if n := reached(t, o, c); n != 20 {
			t.Errorf("%s: %d of 20 were reached", c.Name, n)
		}
	}
}
