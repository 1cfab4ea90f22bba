package view_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/ui/view"
)

// keeper is a store that notes what it was to keep no longer.
type keeper struct {
	noStore
	forgot, expired time.Time
}

func (k *keeper) Forget(_ context.Context, before time.Time) (int, error) {
	k.forgot = before
	return 3, nil
}

func (k *keeper) Expire(_ context.Context, before time.Time) (int, error) {
	k.expired = before
	return 2, nil
}

func (k *keeper) SaveOfficeSettings(_ context.Context, s view.OfficeSettings) error {
	k.office = s
	return nil
}

func (k *keeper) List(context.Context) ([]campaign.Campaign, error) { return nil, nil }

func keeping(t *testing.T, s view.OfficeSettings) (*view.Office, *keeper, *view.App) {
	t.Helper()
	k := &keeper{noStore: noStore{office: s}}
	a := testApp(&gatewayLog{}, nil)
	a.OpenStore = func(context.Context) (view.Store, error) { return k, nil }
	a.DataDir = t.TempDir()
	office, err := a.Open(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	return office, k, a
}

func TestOnlyWhatTheOfficeWantsKeptIsKept(t *testing.T) {
	now := time.Date(2026, 3, 31, 8, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		keep            campaign.Retention
		want            view.Kept
		forgot, expired string
	}{
		{campaign.Retention{}, view.Kept{}, "0001-01-01", "0001-01-01"},
		{campaign.Retention{Calls: 90}, view.Kept{Calls: 3}, "2025-12-31", "0001-01-01"},
		{campaign.Retention{Calls: 30, Results: 90}, view.Kept{Calls: 3, Campaigns: 2}, "2026-03-01", "2025-12-31"},
		{campaign.Retention{Results: 90}, view.Kept{}, "0001-01-01", "0001-01-01"}, // cannot be saved so
	} {
		office, k, _ := keeping(t, view.OfficeSettings{Keep: test.keep})
		got, err := office.KeepClean(t.Context(), now)
		if err != nil || got != test.want || k.forgot.Format(time.DateOnly) != test.forgot || k.expired.Format(time.DateOnly) != test.expired {
			t.Errorf("%+v: %+v, %v, calls before %v, campaigns before %v", test.keep, got, err, k.forgot, k.expired)
		}
	}
}

func TestWhatCannotBeKeptIsNotSaved(t *testing.T) {
	office, k, _ := keeping(t, view.OfficeSettings{})
	if err := office.SaveSettings(t.Context(), view.OfficeSettings{Keep: campaign.Retention{Results: 30}}); err == nil || k.office.Keep.Results != 0 {
		t.Errorf("saved %+v, %v", k.office, err)
	}
	want := view.OfficeSettings{Region: "FR", Lines: 9}
	if err := office.SaveSettings(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	got, err := office.Settings(t.Context())
	if diff := cmp.Diff(want.Complete(), got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestNewCampaignsBeginInTheOfficesCountry(t *testing.T) {
	office, k, a := keeping(t, view.OfficeSettings{})
	for _, test := range []struct{ set, computer, draft, region string }{
		{"", "", "US", ""}, {"", "DE", "DE", "DE"}, {"FR", "DE", "FR", "FR"},
	} {
		k.office.Region, a.Region = view.OfficeSettings{}.Region+regionOf(test.set), regionOf(test.computer)
		s, err := office.NewSettings(t.Context())
		if err != nil || string(s.Region) != test.draft || string(office.Region(t.Context())) != test.region {
			t.Errorf("%+v: a draft in %q, numbers of %q, %v", test, s.Region, office.Region(t.Context()), err)
		}
	}
}

// The built-in gateway keeps its records as long as the office says, and calls
// made through another are bound by its lines.
func TestSettingsReachTheGateway(t *testing.T) {
	var got view.GatewayConfig
	l := &gatewayLog{}
	a := testApp(l, &noStore{office: view.OfficeSettings{Keep: campaign.Retention{Records: 7}}})
	a.OpenGateway = func(_ context.Context, c view.GatewayConfig) (view.EmbeddedGateway, error) {
		got = c
		return l, nil
	}
	office, err := a.Open(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	s, err := office.Session(t.Context(), sampleCampaign(2, 1), view.SessionOptions{})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	if err := office.Close(); err != nil || got.Keep != 7*24*time.Hour {
		t.Errorf("records are kept for %v, %v", got.Keep, err)
	}
}

func TestABackupIsPutInPlaceOfAClosedStoreOnly(t *testing.T) {
	opened, closed := 0, 0
	a := testApp(&gatewayLog{}, nil)
	a.DataDir = t.TempDir()
	var last *noStore
	a.OpenStore = func(context.Context) (view.Store, error) {
		opened++
		last = &noStore{}
		return last, nil
	}
	office, err := a.Open(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	first := last
	fails := errors.New("the disk is full")
	a.Restorer.Swap = func(_ context.Context, dir string, _ *slog.Logger) (string, error) {
		if !last.closed || dir != a.DataDir {
			t.Error("swapped while the store was open")
		}
		closed++
		if closed == 1 {
			return "", fails
		}
		return filepath.Join(dir, "aside"), nil
	}
	if _, err := office.Restore(t.Context()); !errors.Is(err, fails) || office.Store == view.Store(first) || opened != 2 {
		t.Errorf("after a failure: %v, opened %d times", err, opened)
	}
	if aside, err := office.Restore(t.Context()); err != nil || filepath.Base(aside) != "aside" || opened != 3 {
		t.Errorf("%s, %v, opened %d times", aside, err, opened)
	}
	s, err := office.Session(t.Context(), sampleCampaign(2, 1), view.SessionOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := office.Restore(t.Context()); err == nil || opened != 3 {
		t.Error("it was swapped while calls may be made")
	}
	s.Close()
	if err := office.Close(); err != nil {
		t.Error(err)
	}
}

func TestTheSizeOfTheDataFolder(t *testing.T) {
	a := &view.App{DataDir: t.TempDir()}
	if err := os.MkdirAll(filepath.Join(a.DataDir, "exports"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, n := range map[string]int{"rollcall.db": 1500, "exports/a.csv": 700} {
		if err := os.WriteFile(filepath.Join(a.DataDir, name), make([]byte, n), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := a.DataSize(); n != 2200 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	for n, want := range map[int64]string{0: "0 kB", 1: "1 kB", 2200: "3 kB", 999_999: "1,000 kB", 41_600_000: "42 MB", 123e9: "123 GB"} {
		if got := view.Bytes(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
