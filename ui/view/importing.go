package view

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
)

// Source is a list as a person asks for it: a file, how it is to be read, and
// what was decided about it.
type Source struct {
	Path    string
	Reading campaign.Reading
	Options contacts.Options
}

// Told is how far a list was read.
type Told struct {
	Rows int
	Part float64 // of the file, 0 to 1
}

// Read gives the people of a list to sink, row by row, and returns what was
// found in it. told is called now and then; its error ends the reading. It may
// be nil.
func (a *App) Read(ctx context.Context, src Source, sink contacts.Sink, told func(Told) error) (contacts.Import, campaign.List, error) {
	table, err := a.OpenSheet(ctx, src.Path, src.Reading)
	if err != nil {
		return contacts.Import{}, campaign.List{}, err
	}
	im, err := understand(table, src, sink, told)
	if err = errors.Join(err, table.Rows.Close()); err != nil {
		return contacts.Import{}, campaign.List{}, err
	}
	return im, im.Source(table), nil
}

// understand makes people of a table's rows.
func understand(table *campaign.Table, src Source, sink contacts.Sink, told func(Told) error) (contacts.Import, error) {
	o := src.Options
	if told != nil {
		o.Told = func(rows int) error { return told(Told{Rows: rows, Part: table.Rows.Done()}) }
	}
	im := contacts.Import{Book: table.Book, Reading: src.Reading, HeaderRow: table.HeaderRow, Layout: contacts.Layout(table), Options: src.Options}
	im.Reading.Sheet, im.Reading.Password = table.Sheet, "" // which is not stored
	var err error
	im.Summary, err = contacts.Read(table, o, sink)
	var damage *campaign.FileError
	if err != nil && !errors.As(err, &damage) {
		err = fmt.Errorf("%s: %w", table.Book.File, err)
	}
	return im, err
}

// KeepRow is a Sink that keeps one row of a list.
type KeepRow struct {
	Row     int // zero: the first
	Contact campaign.Contact
	Found   bool
}

// Add takes the row if it is the one.
func (k *KeepRow) Add(c campaign.Contact, _ []campaign.CellProblem) error {
	if !k.Found && (c.Row == k.Row || k.Row == 0) {
		k.Contact, k.Found = c, true
	}
	return nil
}

// Amend changes it.
func (k *KeepRow) Amend(a contacts.Amendment) error {
	if k.Found && k.Contact.Row == a.Row && a.Fill != nil {
		k.Contact = contacts.Merge(k.Contact, *a.Fill)
	}
	return nil
}

// Sample returns the path of a sample file, written to the data folder so that
// it is read the way every other file is.
func (a *App) Sample(name string) (string, error) {
	content, err := fs.ReadFile(a.Samples, name)
	if err != nil {
		return "", fmt.Errorf("sample %s: %w", name, err)
	}
	folder := filepath.Join(a.DataDir, "samples")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", fmt.Errorf("make the folder for samples: %w", err)
	}
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return "", fmt.Errorf("write the sample: %w", err)
	}
	return path, nil
}

// TempDir makes and returns the folder of files that nobody needs once the
// program has ended. What a crash leaves there is removed by whoever holds the
// data folder next.
func (a *App) TempDir() (string, error) {
	dir := filepath.Join(a.DataDir, "tmp")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make the folder for files that do not stay: %w", err)
	}
	return dir, nil
}

// IsSample tells whether a campaign calls a sample list, for which no phone may
// ring.
func (a *App) IsSample(c campaign.Campaign) bool {
	return filepath.Dir(c.List.File) == filepath.Join(a.DataDir, "samples")
}

// errNoCells means that the clipboard holds no list.
func errNoCells() error { return errors.New(words.Say("The clipboard holds no cells")) }

// Pasted writes cells from the clipboard to the data folder, so that they are
// read the way every file is, and returns the path.
func (a *App) Pasted(cells string) (string, error) {
	if strings.TrimSpace(cells) == "" {
		return "", errNoCells()
	}
	folder := a.pasted()
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", fmt.Errorf("make the folder for what is pasted: %w", err)
	}
	path := filepath.Join(folder, words.Say("Pasted||file")+" "+time.Now().Format("2006-01-02 15.04.05")+".txt")
	if err := os.WriteFile(path, []byte(cells), 0o600); err != nil {
		return "", fmt.Errorf("keep what was pasted: %w", err)
	}
	return path, nil
}

// pasted is the folder of lists that were pasted.
func (a *App) pasted() string { return filepath.Join(a.DataDir, "pasted") }

// Undo takes a list out of the program again; of one that was pasted nothing
// stays.
func (o *Office) Undo(ctx context.Context, c campaign.Campaign) error {
	err := o.Store.Undo(ctx, c.ID)
	if err == nil && filepath.Dir(c.List.File) == o.app.pasted() {
		err = os.Remove(c.List.File)
	}
	return err
}

// numbers is a Sink that keeps the numbers of a list.
type numbers []phone.Number

func (n *numbers) Add(c campaign.Contact, _ []campaign.CellProblem) error {
	if c.Number != "" {
		*n = append(append(*n, c.Number), c.Others...)
	}
	return nil
}

func (n *numbers) Amend(contacts.Amendment) error { return nil }

// ReadDoNotCall reads the numbers of a do-not-call file: every cell of its
// phone columns that is a number.
func (a *App) ReadDoNotCall(ctx context.Context, path string, region phone.Region) ([]phone.Number, error) {
	var found numbers
	src := Source{Path: path, Options: contacts.Options{Region: region, Zone: "UTC"}}
	if _, _, err := a.Read(ctx, src, &found, nil); err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, noNumbers(path)
	}
	return found, nil
}

// noNumbers says that a do-not-call file forbids nothing.
func noNumbers(path string) error {
	return errors.New(words.Say("%s: no telephone number was found in it, so it keeps nobody from being called: choose the file that has them", filepath.Base(path)))
}

// Title makes a campaign's name of a file's.
func Title(file string) string {
	base := filepath.Base(file)
	base = strings.TrimSuffix(base, filepath.Ext(base))
	parts := strings.FieldsFunc(base, func(r rune) bool { return r == '-' || r == '_' || r == ' ' })
	if len(parts) == 0 {
		return words.Say("Campaign")
	}
	title := strings.Join(parts, " ")
	first, size := utf8.DecodeRuneInString(title)
	return NameOf(string(unicode.ToUpper(first)) + title[size:])
}

// Draft is what a person decided about a new campaign.
type Draft struct {
	Name          string
	Flow          string
	Settings      campaign.Settings
	DoNotCall     []phone.Number // for this campaign only
	DoNotCallFile string         // where they came from
}

// SampleSettings are the sample campaign's own: every hour is open, because no
// phone rings, and time runs sixty times as fast.
func SampleSettings() campaign.Settings {
	return campaign.Settings{Region: "US", Hours: campaign.AllHours(), Lines: 8, Speed: 60}.Complete()
}
