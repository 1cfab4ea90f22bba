package cli

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"rollcall/campaign"
	"rollcall/ui/view"
)

// progress shows how a run gets on: a bar on a terminal, else a line now and
// then. It is used from the Runner's goroutine alone until finish.
type progress struct {
	out  io.Writer
	bar  *progressbar.ProgressBar // nil where out is no terminal
	tty  bool
	last time.Time
	said string
	// begun is when this run told of itself first, and with how many rows done.
	begun time.Time
	done  int
}

// plainEvery is how often a line is written where there is no terminal.
const plainEvery = 5 * time.Second

func newProgress(out io.Writer) *progress {
	f, ok := out.(*os.File)
	return &progress{out: out, tty: ok && term.IsTerminal(int(f.Fd()))}
}

func (p *progress) update(u campaign.Update) {
	now := view.ProgressOf(u.Tally)
	if p.begun.IsZero() {
		p.begun, p.done = time.Now(), now.Done
	}
	said := view.Ended(u.Tally)
	if u.Away != nil {
		said = "the gateway cannot be reached, trying again"
	}
	if p.tty {
		p.show(now, said, u.NextDue)
		return
	}
	if said == p.said || time.Since(p.last) < plainEvery {
		return
	}
	p.said, p.last = said, time.Now()
	_, _ = fmt.Fprintf(p.out, "%s  %d of %d done: %s\n", p.last.Format(time.TimeOnly), now.Done, now.Total, said)
}

func (p *progress) show(now view.Progress, said string, next time.Time) {
	if p.bar == nil {
		p.bar = progressbar.NewOptions(now.Total,
			progressbar.OptionSetWriter(p.out),
			progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(false),
			progressbar.OptionSetElapsedTime(false),
			progressbar.OptionFullWidth(),
			progressbar.OptionShowDescriptionAtLineEnd(),
		)
	}
	if p.bar.GetMax() != now.Total { // rows are skipped as the gate says so
		p.bar.ChangeMax(now.Total)
	}
	_ = p.bar.Set(now.Done) // an error of writing to the terminal is nobody's loss
	pace := view.Progress{Done: now.Done - p.done, Total: now.Total - p.done}
	if left := view.TimeLeft(pace, p.begun, time.Now(), next); left > 0 {
		said += ", " + view.About(left) + " left"
	}
	p.bar.Describe(said)
}

func (p *progress) finish() {
	if p.bar != nil {
		_, _ = fmt.Fprintln(p.out)
	}
}
