package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestGatewayCannotStartInAFolder gives it folders that cannot be used, or are
// used already.
func TestGatewayCannotStartInAFolder(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Run("a file", func(t *testing.T) { refuses(t, file, "data folder") })
	t.Run("another program's file", func(t *testing.T) {
		data := t.TempDir()
		if err := os.WriteFile(filepath.Join(data, "gateway.db"), []byte("Dear diary, this is no database at all."), 0o600); err != nil {
			t.Fatal(err)
		}
		refuses(t, data, "damaged")
	})
	t.Run("in use", func(t *testing.T) {
		data := t.TempDir()
		s := startGateway(t, data)
		refuses(t, data, fmt.Sprintf("in use by rollcall gateway (process %d)", s.cmd.Process.Pid))
	})
	t.Run("cannot be written", func(t *testing.T) {
		if os.Getuid() == 0 {
			t.Skip("root may write everywhere; TestGatewayCannotStartOnADisk stands in")
		}
		data := t.TempDir()
		if err := os.Chmod(data, 0o500); err != nil {
			t.Fatal(err)
		}
		refuses(t, data, "permission denied")
		refuses(t, filepath.Join(data, "new"), "permission denied")
	})
}
