package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
	"rollcall/ui/view"
)

// listFlags say which list, and how it is to be understood.
type listFlags struct {
	List   string            `placeholder:"FILE" type:"path" help:"The spreadsheet: xlsx or CSV."`
	Sheet  string            `placeholder:"NAME" help:"Sheet of the spreadsheet; the first if not given."`
	Map    map[string]string `mapsep:"," placeholder:"phone=COLUMN,name=COLUMN" help:"Which columns are what, where the guess is wrong."`
	Region string            `default:"US" placeholder:"US" help:"Country of numbers without a country code."`
	Zone   string            `placeholder:"ZONE" help:"Time zone of people whose number does not tell it, such as America/Denver."`
}

// options turns the flags into how contacts are read.
func (f *listFlags) options() (contacts.Options, error) {
	o := contacts.Options{Region: phone.Region(f.Region), Zone: f.Zone, Map: map[contacts.Role]string{}}
	if !phone.KnownRegion(o.Region) {
		return o, &usageError{message: fmt.Sprintf("--region %s: no such country; use two letters such as US", f.Region)}
	}
	if f.Zone != "" && !view.KnownZone(f.Zone) {
		return o, &usageError{message: fmt.Sprintf("--zone %s: no such time zone; use a name such as America/Denver", f.Zone)}
	}
	for role, column := range f.Map {
		r := roleOf(role)
		if !slices.Contains(contacts.Roles(), r) {
			return o, &usageError{message: fmt.Sprintf("--map %s=…: no such role; use phone, name, first, last or zone", role)}
		}
		o.Map[r] = column
	}
	return o, nil
}

// roleOf knows the short names of roles too.
func roleOf(name string) contacts.Role {
	switch name {
	case "first", "last":
		return contacts.Role(name + "_name")
	default:
		return contacts.Role(name)
	}
}

type importCommand struct {
	listFlags
	dataFlag
	JSON bool `help:"Write one JSON object."`
}

// Run shows what the list would become; nothing is stored.
func (c *importCommand) Run(ctx context.Context, env *Env) error {
	if c.List == "" {
		return &usageError{message: "--list FILE is missing"}
	}
	o, err := c.options()
	if err != nil {
		return err
	}
	app, err := env.Open(c.Data)
	if err != nil {
		return err
	}
	im, err := app.ReadList(ctx, c.List, c.Sheet, o)
	if err != nil {
		return err
	}
	if c.JSON {
		enc := json.NewEncoder(env.Out)
		enc.SetEscapeHTML(false)
		return enc.Encode(im.List.Report())
	}
	return printImport(env.Out, im)
}

func printImport(w io.Writer, im view.Import) error {
	s := im.List.Report()
	_, _ = fmt.Fprintf(w, "%s: %d rows = %d to call + %d set aside + %d duplicates\n\n",
		im.Table.File, s.Rows, s.Contacts, s.Quarantined, s.Duplicates)
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(tw, "Column\tTaken as")
	for _, col := range s.Columns {
		_, _ = fmt.Fprintf(tw, "%s\t%s\n", col.Name, col.Role)
	}
	if len(s.Problems) > 0 {
		_, _ = fmt.Fprintln(tw, "\nRow\tColumn\tIn the file\tWhat it is\tTaken for")
	}
	for _, p := range s.Problems {
		repair := p.Repair
		if repair == "" {
			repair = "–"
		}
		_, _ = fmt.Fprintf(tw, "%d\t%s\t%s\t%s\t%s\n", p.Row, p.Column, p.Value, words.Problem(p.Kind), repair)
	}
	return tw.Flush()
}
