package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/words"
	"rollcall/ui/view"
)

type importCommand struct {
	listFlags
	dataFlag
	JSON    bool   `help:"Write one JSON object."`
	Draft   bool   `help:"Keep the list as a draft, to be looked at and started in the window."`
	Rejects string `type:"path" placeholder:"FILE" help:"Save the rows that were set aside as a workbook, to be mended there and imported again."`
}

// Run shows what the list would become; nothing is stored.
func (c *importCommand) Run(ctx context.Context, env *Env) error {
	if err := c.validate(); err != nil {
		return err
	}
	src, err := c.source()
	if err != nil {
		return err
	}
	app, err := env.Open(c.Data)
	if err != nil {
		return err
	}
	switch {
	case c.Draft:
		return c.keep(ctx, env, app, src)
	case c.Rejects != "":
		return c.saveRejects(ctx, env, app, src)
	}
	if c.JSON {
		return importJSON(ctx, env.Out, app, src)
	}
	first := &firstProblems{}
	im, _, err := app.Read(ctx, src, first, nil)
	if err != nil {
		return err
	}
	return printImport(env.Out, im, first)
}

func (c *importCommand) validate() error {
	switch {
	case c.List == "":
		return &usageError{message: "--list FILE is missing"}
	case c.JSON && (c.Draft || c.Rejects != ""):
		return &usageError{message: "--json only shows what would be imported; leave out --draft and --rejects"}
	case c.Rejects == "":
		return nil
	}
	c.Rejects = view.WithExtension(c.Rejects)
	if _, err := os.Stat(c.Rejects); err == nil {
		return &usageError{message: "--rejects " + c.Rejects + ": there is a file of that name; give another one"}
	}
	return nil
}

// keep stores the list as a draft of app, and saves what was set aside if asked
// to.
func (c *importCommand) keep(ctx context.Context, env *Env, app *view.App, src view.Source) (err error) {
	office, err := app.Open(ctx, "import")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, office.Close()) }()
	camp, im, err := office.Import(ctx, src, view.Draft{Name: view.Title(c.List)}, nil)
	if err != nil {
		return err
	}
	s := im.Summary
	kept := ""
	if c.Draft {
		kept = ", kept as a draft"
	}
	_, _ = fmt.Fprintf(env.Out, "%s: %d rows = %d to call + %d set aside + %d duplicates%s\n", camp.Name, s.Rows(), s.Ready, s.Quarantined, s.Duplicates, kept)
	if c.Rejects == "" {
		return nil
	}
	written, err := app.WriteRejects(ctx, c.Rejects, office.Store, camp.ID)
	if err == nil {
		_, err = fmt.Fprintf(env.Out, "%s: %d rows set aside\n", written, s.Quarantined)
	}
	return err
}

// saveRejects imports the list into a store of its own that does not stay, and
// saves what was set aside.
func (c *importCommand) saveRejects(ctx context.Context, env *Env, home *view.App, src view.Source) (err error) {
	temp, err := home.TempDir()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp(temp, "import-*")
	if err != nil {
		return fmt.Errorf("make a folder for the import: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	app, err := env.Open(dir)
	if err != nil {
		return err
	}
	return c.keep(ctx, env, app, src)
}

// importJSON writes the object that architecture promises. Problems, of which
// there can be millions, wait in a file until it is known that all is well.
func importJSON(ctx context.Context, out io.Writer, app *view.App, src view.Source) (err error) {
	temp, err := app.TempDir()
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(temp, "problems-*")
	if err != nil {
		return fmt.Errorf("make a file for what is found: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close(), os.Remove(file.Name())) }()
	found := &problemWriter{buffer: bufio.NewWriterSize(file, 1<<16)}
	im, _, err := app.Read(ctx, src, found, nil)
	if err != nil {
		return err
	}
	for _, p := range im.Summary.Problems {
		found.write(p)
	}
	if err := errors.Join(found.err, found.buffer.Flush()); err != nil {
		return fmt.Errorf("keep what is found: %w", err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	report, err := compact(im.Summary.Report())
	if err != nil {
		return err
	}
	_, err = io.Copy(out, io.MultiReader(
		bytes.NewReader(report[:len(report)-1]), bytes.NewReader([]byte(`,"problems":[`)), file, bytes.NewReader([]byte("]}\n"))))
	return err
}

// compact is JSON in one line, with < and & as they are.
func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// problemWriter is a Sink that writes the problems of rows as JSON.
type problemWriter struct {
	buffer *bufio.Writer
	some   bool
	err    error
}

func (w *problemWriter) Add(_ campaign.Contact, problems []campaign.CellProblem) error {
	for _, p := range problems {
		w.write(p)
	}
	return w.err
}

func (w *problemWriter) Amend(contacts.Amendment) error { return nil }

func (w *problemWriter) write(p campaign.CellProblem) {
	text, err := compact(p)
	if err == nil && w.some {
		err = w.buffer.WriteByte(',')
	}
	w.some = true
	if err == nil {
		_, err = w.buffer.Write(text)
	}
	if w.err == nil {
		w.err = err
	}
}

// firstProblems is a Sink that keeps as many problems as a person reads.
type firstProblems struct {
	problems []campaign.CellProblem
	more     int
}

const readable = 200

func (f *firstProblems) Add(_ campaign.Contact, problems []campaign.CellProblem) error {
	for _, p := range problems {
		if len(f.problems) == readable {
			f.more++
			continue
		}
		f.problems = append(f.problems, p)
	}
	return nil
}

func (f *firstProblems) Amend(contacts.Amendment) error { return nil }

func printImport(w io.Writer, im contacts.Import, found *firstProblems) error {
	s := im.Summary.Report()
	_, _ = fmt.Fprintf(w, "%s: %d rows = %d to call + %d set aside + %d duplicates\n\n",
		im.Book.File, s.Rows, s.Contacts, s.Quarantined, s.Duplicates)
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(tw, "Column\tTaken as\tHow sure")
	for _, col := range s.Columns {
		sure := ""
		if col.Role != contacts.Own {
			sure = fmt.Sprintf("%.0f %%", 100*col.Confidence)
		}
		_, _ = fmt.Fprintf(tw, "%s\t%s\t%s\n", col.Name, view.ColumnWords(col), sure)
	}
	problems := append(im.Summary.Problems, found.problems...)
	if len(problems) > 0 {
		_, _ = fmt.Fprintln(tw, "\nRow\tColumn\tIn the file\tWhat it is\tTaken for")
	}
	for _, p := range problems {
		_, _ = fmt.Fprintf(tw, "%d\t%s\t%s\t%s\t%s\n", p.Row, p.Column, p.Value, words.Problem(p.Kind), takenFor(p))
	}
	if found.more > 0 {
		_, _ = fmt.Fprintf(tw, "\nand %d more; --json has them all\n", found.more)
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%s.\n", view.PlansWords())
	return err
}

// takenFor is what became of a problem, in words.
func takenFor(p campaign.CellProblem) string {
	switch {
	case p.Repair != "":
		return p.Repair
	case p.Proposal != "":
		return p.Proposal + " if you agree (--accept " + string(p.Kind) + ")"
	default:
		return "–"
	}
}
