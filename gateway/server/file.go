package server

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"
)

// This file reads a gateway's settings file: what the command line has no flag
// for, in TOML.
//
//	folder = "flows"               # startvxml, exitvxml and audiofile may name files in it
//	hosts  = ["calls.example.org"] # names by which clients address this gateway

// settingsFile is its content.
type settingsFile struct {
	Folder string   `toml:"folder"`
	Hosts  []string `toml:"hosts"`
}

// readSettings reads the file at path; an empty path is an empty file. A
// relative folder starts at the file's own.
func readSettings(path string) (settingsFile, error) {
	var s settingsFile
	if path == "" {
		return s, nil
	}
	meta, err := toml.DecodeFile(path, &s)
	if err != nil {
		return s, fmt.Errorf("read the settings %s: %w", path, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		var names []string
		for _, key := range unknown {
			names = append(names, key.String())
		}
		return s, fmt.Errorf("read the settings %s: unknown: %s; folder and hosts are known", path, strings.Join(names, ", "))
	}
	if s.Folder == "" {
		return s, nil
	}
	if !filepath.IsAbs(s.Folder) {
		s.Folder = filepath.Join(filepath.Dir(path), s.Folder)
	}
	info, err := os.Stat(s.Folder)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is no folder", s.Folder)
	}
	if err != nil {
		return s, fmt.Errorf("read the settings %s: %w", path, err)
	}
	return s, nil
}
