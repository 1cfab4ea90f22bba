//go:build unix

package sheet_test

import (
	"path/filepath"
	"syscall"
	"testing"

	"rollcall/campaign"
	"rollcall/storage/sheet"
)

// TestNoFile holds what is not a file: opening a pipe would wait for its other
// end, and some devices never end.
func TestNoFile(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "list.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip("no pipes in this file system")
	}
	for _, path := range []string{pipe, "/dev/null"} {
		t.Run(filepath.Base(path), func(t *testing.T) {
			_, err := sheet.Open(t.Context(), path, campaign.Reading{})
			wantFault(t, err, campaign.FaultFormat)
			_, err = sheet.OpenNumbers(t.Context(), path)
			wantFault(t, err, campaign.FaultFormat)
		})
	}
}
