package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/ui/view"
)

// auditCommand is about who changed what.
type auditCommand struct {
	Show   auditShow   `cmd:"" default:"withargs" help:"Show what was done last."`
	Verify auditVerify `cmd:"" help:"Check that nothing in the log was changed or taken out."`
}

// auditShown is how many entries are shown.
const auditShown = 50

// auditPage is how many entries are read at a time.
const auditPage = 500

type auditShow struct {
	dataFlag
	JSON bool `name:"json" help:"All entries, one JSON object a line."`
}

// Run shows the last entries, or writes all of them.
func (c *auditShow) Run(ctx context.Context, env *Env) error {
	return withOffice(ctx, env, c.dataFlag, func(o *view.Office) error {
		if c.JSON {
			return writeAudit(ctx, env.Out, o.Store)
		}
		head, err := o.Store.AuditHead(ctx)
		if err != nil {
			return err
		}
		entries, err := o.Store.AuditEntries(ctx, max(head.N-auditShown, 0), auditShown)
		if err != nil {
			return err
		}
		return showAudit(env.Out, entries, time.Now())
	})
}

func writeAudit(ctx context.Context, out io.Writer, store view.Audit) error {
	lines := json.NewEncoder(out)
	for after, more := int64(0), true; more; {
		entries, err := store.AuditEntries(ctx, after, auditPage)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := lines.Encode(e); err != nil {
				return err
			}
			after = e.N
		}
		more = len(entries) == auditPage
	}
	return nil
}

func showAudit(out io.Writer, entries []campaign.AuditEntry, now time.Time) error {
	if len(entries) == 0 {
		_, err := fmt.Fprintln(out, "Nothing was done yet.")
		return err
	}
	tw := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, e := range entries {
		_, _ = fmt.Fprintf(tw, "%d\t%s\t%s\t%s\n", e.N, words.When(e.At, now), plainLine(e.Who), plainLine(words.Audit(e)))
	}
	return tw.Flush()
}

// plainLine keeps what comes from files from becoming lines or columns.
func plainLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, text)
}

type auditVerify struct {
	dataFlag
	Head string `placeholder:"HASH" help:"A head that was written down earlier: the log must have it still."`
}

// Run looks at the whole log.
func (c *auditVerify) Run(ctx context.Context, env *Env) error {
	head := strings.ToLower(strings.TrimSpace(c.Head))
	return withOffice(ctx, env, c.dataFlag, func(o *view.Office) error {
		v, err := o.Store.VerifyAudit(ctx, head)
		if err != nil {
			return err
		}
		if v.Fault != "" {
			return errors.New("the audit log is not as it was written: " + words.AuditFault(v))
		}
		if v.Entries == 0 {
			_, err = fmt.Fprintln(env.Out, "The audit log is empty.")
			return err
		}
		_, _ = fmt.Fprintf(env.Out, "%d entries, nothing was changed or taken out.\nHead: %s\n", v.Entries, v.Head)
		if v.Given != 0 {
			_, _ = fmt.Fprintf(env.Out, "The head that was given is that of entry %d.\n", v.Given)
		}
		_, err = fmt.Fprintln(env.Out, "Write the head down elsewhere: whoever can write to the data folder could forge the log with its head.")
		return err
	})
}
