// Rollcall calls everybody on a list, by a window or by commands; this file wires.
package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"
	_ "time/tzdata" // zones on machines that have none

	"github.com/adrg/xdg"
	"github.com/gofrs/flock"
	"gopkg.in/natefinch/lumberjack.v2"

	"rollcall/assets"
	"rollcall/campaign"
	"rollcall/gateway/audio"
	"rollcall/gateway/server"
	"rollcall/storage"
	"rollcall/storage/report"
	"rollcall/storage/sheet"
	"rollcall/ui"
	"rollcall/ui/cli"
	"rollcall/ui/view"
)

func main() {
	os.Exit(cli.Main(cli.Env{Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Open: open, Window: ui.Run}))
}

// open wires an App to a data folder, the system's own if dir is empty.
func open(dir string) (*view.App, error) {
	if dir == "" {
		dir = filepath.Join(xdg.DataHome, "rollcall")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	log := slog.New(slog.NewTextHandler(&lumberjack.Logger{Filename: filepath.Join(dir, "rollcall.log"), MaxSize: 10, MaxBackups: 5}, nil))
	return &view.App{
		Version: assets.Version, DataDir: dir, Log: log, Samples: assets.Samples(), Sound: audio.Playable, Backup: storage.BackupFolder,
		Restorer: view.Restorer{Stage: storage.StageRestore, Drop: storage.DropRestore, Swap: storage.Restore},
		Hold:     func(what string) (func() error, error) { return hold(dir, what) },
		OpenStore: func(ctx context.Context) (view.Store, error) {
			return storage.OpenFolder(ctx, dir, log)
		},
		OpenGateway: func(ctx context.Context, c view.GatewayConfig) (view.EmbeddedGateway, error) {
			return server.Open(ctx, server.Settings{Listen: c.Listen, AnyPort: c.AnyPort, Line: c.Line, Lines: c.Lines, Speed: c.Speed, Config: c.Config,
				Version: assets.Version, Log: log, Exports: filepath.Join(dir, "exports"), OpenJournal: func(ctx context.Context, keep time.Duration) (server.Journal, error) {
					return storage.OpenJournal(ctx, filepath.Join(dir, "gateway.db"), storage.JournalOptions{Keep: cmp.Or(c.Keep, keep), Log: log})
				}})
		},
		OpenSheet: func(ctx context.Context, path string, how campaign.Reading) (*campaign.Table, error) {
			return sheet.Open(ctx, path, how)
		},
		OpenNumbers: func(ctx context.Context, path string) (campaign.NumberRows, error) {
			return sheet.OpenNumbers(ctx, path)
		},
		WriteReport: report.Write[view.Store], WriteRejects: report.WriteRejects[view.Store], WriteOwn: report.WriteOwn[view.Store],
		WritePrint: report.WritePrint[view.Store], WritePlain: report.WritePlain[view.Store], WriteDoNotCall: report.WriteDoNotCall[view.Store],
	}, nil
}

// hold locks the data folder: one process at a time calls from it.
func hold(dir, what string) (func() error, error) {
	lock, holder := flock.New(filepath.Join(dir, "lock")), filepath.Join(dir, "holder")
	got, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock the data folder: %w", err)
	}
	if !got {
		who, _ := os.ReadFile(holder)
		return nil, fmt.Errorf("the data folder %s is in use by rollcall %s; end that first, or choose another with --data", dir, who)
	}
	_ = os.WriteFile(holder, fmt.Appendf(nil, "%s (process %d)", what, os.Getpid()), 0o600) // only for the sentence above
	return lock.Unlock, os.RemoveAll(filepath.Join(dir, "tmp"))                             // where earlier versions unpacked lists
}
