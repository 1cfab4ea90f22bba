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
}

// plainEvery is how often a line is written where there is no terminal.
const plainEvery = 5 * time.Second

func newProgress(out io.Writer) *progress {
	f, ok := out.(*os.File)
	return &progress{out: out, tty: ok && term.IsTerminal(int(f.Fd()))}
}

func (p *progress) update(u campaign.Update) {
	now := view.ProgressOf(u.Tally)
	said := view.Ended(u.Tally)
	if u.Away != nil {
		said = "the gateway cannot be reached, trying again"
	}
	if p.tty {
		p.show(now, said)
		return
	}
	if said == p.said || time.Since(p.last) < plainEvery {
		return
	}
	p.said, p.last = said, time.Now()
	_, _ = fmt.Fprintf(p.out, "%s  %d of %d done: %s\n", p.last.Format(time.TimeOnly), now.Done, now.Total, said)
}

func (p *progress) show(now view.Progress, said string) {
	if p.bar == nil {
		p.bar = progressbar.NewOptions(now.Total,
			progressbar.OptionSetWriter(p.out),
			progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(true),
			progressbar.OptionSetElapsedTime(false),
			progressbar.OptionFullWidth(),
			progressbar.OptionShowDescriptionAtLineEnd(),
		)
	}
	p.bar.Describe(said)
	_ = p.bar.Set(now.Done)
}

func (p *progress) finish() {
	if p.bar != nil {
		_, _ = fmt.Fprintln(p.out)
	}
}
