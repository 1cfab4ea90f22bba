// Command generate writes the sample lists. The same program always writes the
// same bytes; nothing in it depends on the time or on chance.
//
//	go run ./samples/generate -out samples
//
// clinic.go makes clinic.xlsx, lists.go makes school.csv and dnc.csv, people.go
// makes up who is on them.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	out := flag.String("out", ".", "folder to write to")
	flag.Parse()
	if err := write(*out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(folder string) error {
	files, err := generate()
	if err != nil {
		return err
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// generate returns the content of each list by its name.
func generate() (map[string][]byte, error) {
	clinic, err := workbook(appointments())
	if err != nil {
		return nil, fmt.Errorf("make clinic.xlsx: %w", err)
	}
	school, err := school()
	if err != nil {
		return nil, fmt.Errorf("make school.csv: %w", err)
	}
	return map[string][]byte{
		"clinic.xlsx": clinic,
		"school.csv":  school,
		"dnc.csv":     doNotCall(),
	}, nil
}
