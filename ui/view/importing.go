package view

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
)

// Import is what was understood of a list: nothing of it is stored yet.
type Import struct {
	Table campaign.Table
	List  contacts.List
}

// ReadList reads a sheet and makes people of its rows.
func (a *App) ReadList(ctx context.Context, path, sheet string, o contacts.Options) (Import, error) {
	table, err := a.ReadSheet(ctx, path, sheet)
	if err != nil {
		return Import{}, err
	}
	return Understand(table, o)
}

// Understand makes people of a sheet's rows, again if the user has said
// otherwise what its columns are.
func Understand(table campaign.Table, o contacts.Options) (Import, error) {
	list, err := contacts.Read(table, o)
	if err != nil {
		return Import{}, fmt.Errorf("%s: %w", table.File, err)
	}
	return Import{Table: table, List: list}, nil
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

// ReadDoNotCall reads the numbers of a do-not-call file: every cell of its
// phone column that is a number. Cells that are none are returned as problems.
func (a *App) ReadDoNotCall(ctx context.Context, path string, region phone.Region) ([]phone.Number, []campaign.CellProblem, error) {
	im, err := a.ReadList(ctx, path, "", contacts.Options{Region: region, Zone: "UTC"})
	if err != nil {
		return nil, nil, err
	}
	var numbers []phone.Number
	for _, c := range im.List.Contacts {
		if c.Number != "" {
			numbers = append(numbers, c.Number)
		}
	}
	if len(numbers) == 0 {
		return nil, im.List.Problems, fmt.Errorf("%s: no telephone number was found in it", path)
	}
	return numbers, im.List.Problems, nil
}

// Title makes a campaign's name of a file's.
func Title(file string) string {
	base := filepath.Base(file)
	base = strings.TrimSuffix(base, filepath.Ext(base))
	words := strings.FieldsFunc(base, func(r rune) bool { return r == '-' || r == '_' || r == ' ' })
	if len(words) == 0 {
		return "Campaign"
	}
	title := strings.Join(words, " ")
	first, size := utf8.DecodeRuneInString(title)
	return string(unicode.ToUpper(first)) + title[size:]
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
	return campaign.Settings{Hours: campaign.AllHours(), Lines: 8, Speed: 60}.Complete()
}
