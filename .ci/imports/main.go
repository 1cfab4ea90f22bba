// Command imports holds the tree to .ci/rules.json, the one list of who may
// import whom.
//
//	go run ./.ci/imports          check every file, and that .golangci.yml is up to date
//	go run ./.ci/imports -write   make the depguard section of .golangci.yml from the list
//
// The check reads the import lines of every file, whatever its build tags.
// Depguard says the same in editors, for files that are no tests.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
)

const (
	rulesFile = ".ci/rules.json"
	lintFile  = ".golangci.yml"
)

// rules is .ci/rules.json.
type rules struct {
	Module   string   `json:"module"`
	Free     []string `json:"free"`  // open to every package
	Tests    []string `json:"tests"` // open to every test
	Packages []rule   `json:"packages"`
}

// rule is what one package may import. "x/..." means x and everything below;
// an entry of Foreign covers what is below it. What no rule names is forbidden.
type rule struct {
	Path    string   `json:"path"`
	Own     []string `json:"own"`
	Foreign []string `json:"foreign"`
	Tests   []string `json:"tests"`   // own or foreign, in its tests only
	Support bool     `json:"support"` // written for tests: may import what tests may, and only tests may import it
	Why     string   `json:"why"`
}

func main() {
	write := flag.Bool("write", false, "write the depguard section of "+lintFile)
	flag.Parse()
	if err := run(*write); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(write bool) error {
	r, err := readRules()
	if err != nil {
		return err
	}
	lint, err := os.ReadFile(lintFile)
	if err != nil {
		return err
	}
	made, err := splice(string(lint), r.depguard())
	if err != nil {
		return err
	}
	if write {
		return os.WriteFile(lintFile, []byte(made), 0o644)
	}
	var bad []string
	if made != string(lint) {
		bad = append(bad, lintFile+": not made from "+rulesFile+"; run: go run ./.ci/imports -write")
	}
	files, found, err := r.check(".")
	if err != nil {
		return err
	}
	bad = append(bad, found...)
	if len(bad) > 0 {
		return errors.New(strings.Join(bad, "\n"))
	}
	fmt.Printf("imports: %d files follow the rules\n", files)
	return nil
}

func readRules() (rules, error) {
	var r rules
	data, err := os.ReadFile(rulesFile)
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(data, &r); err != nil {
		return r, fmt.Errorf("%s: %w", rulesFile, err)
	}
	return r, nil
}
