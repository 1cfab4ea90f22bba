//go:build !faults

package faults_test

import (
	"path/filepath"
	"testing"

	"rollcall/gateway/faults"
)

// TestNothing: without the tag the surroundings mean nothing.
func TestNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "count")
	t.Setenv("ROLLCALL_DIE_AT", "1")
	t.Setenv("ROLLCALL_DIE_COUNT", file)
	t.Setenv("ROLLCALL_RINGS", file)
	faults.At(faults.BeforeDial)
	faults.Rings("12125550100")
	if found, err := filepath.Glob(file); err != nil || len(found) > 0 {
		t.Errorf("it has counted into %v (%v)", found, err)
	}
}
