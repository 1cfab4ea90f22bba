package sheet_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/campaign"
	"rollcall/storage/sheet"
)

// TestChanged writes to a list while it is read: rows of two files are no list,
// and the end of a text that was cut short looks like any other.
func TestChanged(t *testing.T) {
	content := "Name,Phone\n" + strings.Repeat("Ann,617 555 0142\n", 100_000)
	tests := []struct {
		name   string
		change func(path string) error
		want   campaign.Fault
	}{
		{"not", func(string) error { return nil }, ""},
		{"cut", func(path string) error { return os.Truncate(path, int64(len(content)/2)) }, campaign.FaultChanged},
		{"longer", func(path string) error { return os.Truncate(path, int64(len(content)+1)) }, campaign.FaultChanged},
		{"another in its place", func(path string) error {
			other := path + ".new"
			return errors.Join(os.WriteFile(other, []byte("Name\n"), 0o600), os.Rename(other, path))
		}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "list.csv")
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			table, err := sheet.Open(t.Context(), path, campaign.Reading{})
			if err != nil {
				t.Fatal(err)
			}
			defer table.Rows.Close()
			if err := tt.change(path); err != nil {
				t.Skip(err) // an open file cannot be changed here
			}
			for err == nil {
				_, err = table.Rows.Next()
			}
			if tt.want == "" && !errors.Is(err, io.EOF) || tt.want != "" && faultOf(err).Fault != tt.want {
				t.Fatalf("ends with %v, want the fault %q", err, tt.want)
			}
		})
	}
}
