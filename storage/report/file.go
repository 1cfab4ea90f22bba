package report

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// replace writes a file beside path, makes it durable and gives it the name
// path, or, where that one cannot be replaced, the first free numbered name.
func replace(path string, write func(io.Writer) error) (string, error) {
	part, err := os.CreateTemp(filepath.Dir(path), ".rollcall-*.part")
	if err != nil {
		return "", err
	}
	defer os.Remove(part.Name()) // gone already if all went well
	err = write(part)
	if err == nil {
		err = part.Chmod(0o644)
	}
	if err == nil {
		err = part.Sync()
	}
	if err := errors.Join(err, part.Close()); err != nil {
		return "", err
	}
	return rename(part.Name(), path)
}

// rename moves a finished file to path or to a numbered name beside it.
func rename(from, path string) (string, error) {
	const tries = 99
	err := os.Rename(from, path)
	if err == nil {
		return path, nil
	}
	base := strings.TrimSuffix(path, filepath.Ext(path))
	for n := 2; n <= tries; n++ {
		other := fmt.Sprintf("%s (%d)%s", base, n, filepath.Ext(path))
		if _, absent := os.Lstat(other); !errors.Is(absent, os.ErrNotExist) {
			continue
		}
		if os.Rename(from, other) == nil {
			return other, nil
		}
	}
	return "", err
}
