package view

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// This file keeps what is known of ends nobody wanted: the runtime writes the
// cause into a file of its own, which is empty where all went well.

const (
	crashFolder = "crashes"
	crashEnding = ".txt"
	crashSeen   = "seen-"
	crashKept   = 5         // reports, the newest
	crashLimit  = 256 << 10 // bytes of a report that are shown or copied
)

// CrashReport is what is known of an end nobody wanted.
type CrashReport struct {
	Path string
	At   time.Time // about when
}

// BeginCrashReport makes the file into which the runtime is to write why this
// process ended. The data folder must be held: files of earlier processes that
// are empty are removed, and all reports but the newest.
func (a *App) BeginCrashReport(now time.Time) (*os.File, error) {
	folder := filepath.Join(a.DataDir, crashFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for crash reports: %w", err)
	}
	reports, err := a.crashReports()
	if err != nil {
		return nil, err
	}
	for _, old := range reports[:max(0, len(reports)-crashKept)] {
		_ = os.Remove(old.Path) // it is removed the next time else
	}
	return os.OpenFile(filepath.Join(folder, now.UTC().Format("20060102-150405.000")+crashEnding), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
}

// crashReports returns the reports that say something, the oldest first, and
// removes those that do not.
func (a *App) crashReports() ([]CrashReport, error) {
	paths, err := filepath.Glob(filepath.Join(a.DataDir, crashFolder, "*"+crashEnding))
	if err != nil {
		return nil, err
	}
	var reports []CrashReport
	for _, path := range paths {
		about, err := os.Stat(path)
		switch {
		case err != nil:
		case about.Size() == 0:
			_ = os.Remove(path)
		default:
			reports = append(reports, CrashReport{Path: path, At: about.ModTime()})
		}
	}
	slices.SortFunc(reports, func(a, b CrashReport) int { return a.At.Compare(b.At) })
	return reports, nil
}

// Crashed returns the newest report that nobody has seen yet, and false if
// there is none. The data folder must be held, and no report begun.
func (a *App) Crashed() (CrashReport, bool) {
	reports, err := a.crashReports()
	if err != nil {
		return CrashReport{}, false
	}
	for _, r := range slices.Backward(reports) {
		if !strings.HasPrefix(filepath.Base(r.Path), crashSeen) {
			return r, true
		}
	}
	return CrashReport{}, false
}

// Text returns the report, its beginning if it is long.
func (r CrashReport) Text() (string, error) {
	f, err := os.Open(r.Path)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(io.LimitReader(f, crashLimit))
	return string(text), errors.Join(err, f.Close())
}

// Seen marks the report, so that nobody is asked about it again.
func (r CrashReport) Seen() error {
	return os.Rename(r.Path, filepath.Join(filepath.Dir(r.Path), crashSeen+filepath.Base(r.Path)))
}

// Delete removes the report.
func (r CrashReport) Delete() error { return os.Remove(r.Path) }
