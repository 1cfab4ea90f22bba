package ui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/ui"
)

func TestTheDesktopStartsTheProgramWithItsFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "autostart", "rollcall.desktop")
	if on, err := ui.SetAutostart(file, true, `/data/a "b" 100% $HOME\x`); !on || err != nil {
		t.Fatalf("%v, %v", on, err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	want := `Exec="` + program + `" window --data "/data/a \\"b\\" 100%% \\$HOME\\\\x"`
	if !strings.Contains(string(text), want+"\n") {
		t.Errorf("written:\n%s\nwant %s", text, want)
	}
	for range 2 { // also where it is not there
		if on, err := ui.SetAutostart(file, false, ""); on || err != nil {
			t.Errorf("%v, %v", on, err)
		}
	}
}
