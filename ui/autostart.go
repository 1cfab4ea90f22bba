package ui

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// autostart is the file by which desktops of the X Desktop Group start a
// program when somebody logs in (Desktop Application Autostart Specification
// 0.5). Other desktops have no such file.
type autostart string

// errNoAutostart is where there is nothing to write such a file for.
var errNoAutostart = errors.New("this desktop has no folder of programs to start")

func newAutostart() (autostart, error) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return "", errNoAutostart
	}
	config, err := os.UserConfigDir()
	if err != nil {
		return "", err
	}
	return autostart(filepath.Join(config, "autostart", "rollcall.desktop")), nil
}

func (a autostart) on() bool {
	_, err := os.Stat(string(a))
	return err == nil
}

// set writes or removes the file. The program starts with the data folder it
// has now.
func (a autostart) set(on bool, dataDir string) error {
	if !on {
		if err := os.Remove(string(a)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(string(a)), 0o700); err != nil {
		return err
	}
	lines := []string{"[Desktop Entry]", "Type=Application", "Name=Rollcall", "Terminal=false",
		fmt.Sprintf("Exec=%s window --data %s", execQuoted(program), execQuoted(dataDir)), ""}
	return os.WriteFile(string(a), []byte(strings.Join(lines, "\n")), 0o600)
}

// execQuoted writes an argument as the key Exec takes it: quoted, with its
// own escapes, escaped once more as a string of the file (Desktop Entry
// Specification 1.5, "The Exec key").
func execQuoted(argument string) string {
	inner := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "`", "\\`", `$`, `\$`, `%`, `%%`).Replace(argument)
	return `"` + strings.ReplaceAll(inner, `\`, `\\`) + `"`
}
