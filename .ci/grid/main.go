// Grid measures what the grid of a million rows costs in a real window, next to
// the toolkit's own table of 50,000 rows in the same run.
//
//	go run -tags migrated_fynedo ./.ci/grid          on the display there is
//	go run -tags migrated_fynedo ./.ci/grid -stay    shows the grid, to be tried by hand
//
// A frame is what the toolkit draws between two ticks of an animation, each of
// which scrolls, so that every frame is another picture; it draws at most 60 a
// second. The last line says whether the aims were met; if not, it ends with 1.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"rollcall/ui/widget"
)

// The aims for the grid, whatever its rows.
const (
	aimOpen    = 300 * time.Millisecond
	aimRefresh = 100 * time.Microsecond
	aimFrames  = 58.0
)

func main() {
	rows := flag.Int("rows", 1_000_000, "of the grid")
	peer := flag.Int("table", 50_000, "rows of the toolkit's table")
	seconds := flag.Float64("seconds", 5, "to scroll each way")
	stay := flag.Bool("stay", false, "show the grid until the window is closed")
	flag.Parse()
	if err := run(*rows, *peer, time.Duration(*seconds*float64(time.Second)), *stay); err != nil {
		fmt.Fprintln(os.Stderr, "grid:", err)
		os.Exit(1)
	}
}

// run shows the window, measures from another goroutine, and closes it.
func run(rows, peer int, scroll time.Duration, stay bool) error {
	program := app.New()
	program.Settings().SetTheme(widget.Theme{Mode: widget.Light})
	win := program.NewWindow("Grid")
	win.SetPadded(false)
	win.Resize(fyne.NewSize(1280, 800))
	win.SetContent(widget.NewText(widget.Body, ""))
	if stay {
		win.SetContent(widget.WithTips(byHand(win, rows), win.Canvas()))
		win.ShowAndRun()
		return nil
	}
	var err error
	done := make(chan struct{})
	program.Lifecycle().SetOnStarted(func() {
		go func() {
			defer close(done)
			err = measure(win, rows, peer, scroll)
			fyne.Do(program.Quit)
		}()
	})
	win.ShowAndRun()
	<-done
	return err
}

// measure prints what both cost, and what the grid misses of its aims.
func measure(win fyne.Window, rows, peer int, scroll time.Duration) error {
	ours := play(win, grid(rows), scroll)
	theirs := play(win, table(peer), scroll)
	fmt.Printf("%-22s %14s %14s\n", "", fmt.Sprintf("grid, %d", rows), fmt.Sprintf("table, %d", peer))
	line := func(what, unit string, a, b float64) {
		fmt.Printf("%-22s %14s %14s   table : grid %.2f\n", what, fmt.Sprintf("%.2f %s", a, unit), fmt.Sprintf("%.2f %s", b, unit), b/a)
	}
	line("open", "ms", ms(ours.open), ms(theirs.open))
	line("refresh", "ms", ms(ours.refresh), ms(theirs.refresh))
	line("jump to the end", "ms", ms(ours.jump), ms(theirs.jump))
	line("scroll by rows", "/s", ours.frames.perSecond, theirs.frames.perSecond)
	line("  processor a frame", "ms", ms(ours.frames.cpu), ms(theirs.frames.cpu))
	line("scroll by jumps", "/s", ours.leaps.perSecond, theirs.leaps.perSecond)
	line("  processor a frame", "ms", ms(ours.leaps.cpu), ms(theirs.leaps.cpu))
	line("memory", "MB", ours.memory, theirs.memory)
	fmt.Println(load())
	return errors.Join(
		missed(ours.open > aimOpen, "open takes %v, the aim is %v", ours.open, aimOpen),
		missed(ours.refresh > aimRefresh, "refresh takes %v, the aim is %v", ours.refresh, aimRefresh),
		missed(ours.frames.perSecond < aimFrames, "%.1f frames a second, the aim is %v", ours.frames.perSecond, aimFrames),
		missed(!ours.exact, "the end is not the last row"))
}

// load is how busy the machine was with other things as well: frames are drawn
// in time only if it was not.
func load() string {
	raw, err := os.ReadFile("/proc/loadavg")
	words := strings.Fields(string(raw))
	if err != nil || len(words) == 0 {
		return ""
	}
	return fmt.Sprintf("load %s on %d processors", words[0], runtime.NumCPU())
}

func missed(yes bool, format string, args ...any) error {
	if !yes {
		return nil
	}
	return fmt.Errorf(format, args...)
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
