//go:build ci

package pages

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/assets"
	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/gateway/audio"
	"rollcall/gateway/server"
	"rollcall/storage"
	"rollcall/storage/sheet"
	"rollcall/ui/view"
)

// many is how many people the largest list has.
func many(t *testing.T) int {
	t.Helper()
	text := os.Getenv("ROLLCALL_PAGES")
	if text == "" {
		return 1_000_000
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// shop is a data folder, and the program that opens it as main does.
type shop struct {
	folder string
	read   atomic.Int64 // rows that pages asked the store for
	wrong  atomic.Int64 // mistakes that were logged
	said   atomic.Value // the last of them
}

// app is wired as main does it.
func (s *shop) app() *view.App {
	log := slog.New(complaints{s})
	return &view.App{
		Version: assets.Version, DataDir: s.folder, Log: log, Samples: assets.Samples(), Sound: audio.Playable,
		Hold: func(string) (func() error, error) { return func() error { return nil }, nil },
		OpenStore: func(ctx context.Context) (view.Store, error) {
			db, err := storage.Open(ctx, filepath.Join(s.folder, "rollcall.db"), slog.New(slog.DiscardHandler))
			return &counting{Store: db, read: &s.read}, err
		},
		OpenSheet: func(ctx context.Context, path string, how campaign.Reading) (*campaign.Table, error) {
			return sheet.Open(ctx, path, how)
		},
		OpenGateway: func(ctx context.Context, c view.GatewayConfig) (view.EmbeddedGateway, error) {
			return server.Open(ctx, server.Settings{
				Listen: "127.0.0.1:0", Line: c.Line, Lines: c.Lines, Speed: c.Speed, Log: slog.New(slog.DiscardHandler), Exports: filepath.Join(s.folder, "exports"),
				OpenJournal: func(ctx context.Context, keep time.Duration) (server.Journal, error) {
					return storage.OpenJournal(ctx, filepath.Join(s.folder, "gateway.db"), storage.JournalOptions{Keep: keep})
				},
			})
		},
	}
}

// counting is a store that counts the rows it hands out.
type counting struct {
	view.Store
	read *atomic.Int64
}

func (c *counting) Contacts(ctx context.Context, ids []campaign.ContactID) ([]campaign.Contact, error) {
	rows, err := c.Store.Contacts(ctx, ids)
	c.read.Add(int64(len(rows)))
	return rows, err
}

// complaints keeps mistakes: a page that broke says so in the log.
type complaints struct{ of *shop }

func (c complaints) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelError }

func (c complaints) Handle(_ context.Context, r slog.Record) error {
	said := r.Message
	r.Attrs(func(a slog.Attr) bool { said += "\n" + a.String(); return true })
	c.of.said.Store(said)
	c.of.wrong.Add(1)
	return nil
}

func (c complaints) WithAttrs([]slog.Attr) slog.Handler { return c }
func (c complaints) WithGroup(string) slog.Handler      { return c }

// office opens the data folder and does something in it.
func (s *shop) office(t *testing.T, do func(o *view.Office)) {
	t.Helper()
	o, err := s.app().Open(t.Context(), "a test")
	if err != nil {
		t.Fatal(err)
	}
	do(o)
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
}

// enough is how many people are called of a list that is longer.
const enough = 60

// call calls everybody on a list, or enough of them.
func call(t *testing.T, o *view.Office, c campaign.Campaign) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s, err := o.Session(ctx, c, view.SessionOptions{Patience: time.Millisecond, Notify: func(u campaign.Update) {
		if u.Tally[campaign.Reached] >= enough && u.Tally.Total() > 10*enough {
			cancel()
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Run(ctx); err != nil && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

// draft takes a list of n people in.
func draft(t *testing.T, o *view.Office, n int) campaign.Campaign {
	t.Helper()
	path := filepath.Join(t.TempDir(), fmt.Sprintf("list-%d.csv", n))
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	out := bufio.NewWriter(f)
	_, _ = fmt.Fprintln(out, "Patient,Phone,Doctor,Appointment,Time")
	for i := range n {
		_, _ = fmt.Fprintf(out, "%s,%d,Doctor Marrowby,Tuesday,9:00 AM\n", person(i), 3122000000+i)
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	settings := campaign.Settings{Hours: campaign.AllHours(), Lines: 8, Speed: 3000}.Complete()
	c, _, err := o.Import(t.Context(), view.Source{Path: path, Options: contacts.Options{Region: "US"}},
		view.Draft{Name: "Recall of the second letter of the vaccination campaign, autumn", Flow: "sample:reminder.vxml", Settings: settings}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// person is somebody; every fortieth has a very long name.
func person(i int) string {
	if i%40 == 3 {
		return fmt.Sprint("Wilhelmina Alexandrina Featherquill-Brackenburrow of Upper Marrowby ", i)
	}
	return fmt.Sprint("Person ", i)
}
