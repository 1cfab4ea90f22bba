// Command words holds the texts of the program and their translations together.
//
//	go run ./.ci/words               check; exits with 1 if something lacks
//	go run ./.ci/words -missing de   print what a language lacks, as JSON for a translator
//	go run ./.ci/words -take de      take what a translator returns, from standard input
//	go run ./.ci/words -drop         drop what is not said any more from all languages
//
// The texts are what the source gives to words.Say and words.Many. It must give
// them as they stand, so that they can be found; every language must have each
// of them, with the same verbs and a form for each kind of number; and what a
// page shows must go through those two functions.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
)

func main() {
	missing := flag.String("missing", "", "print what this `language` lacks")
	take := flag.String("take", "", "take texts of this `language` from standard input")
	drop := flag.Bool("drop", false, "drop texts that are not said any more")
	flag.Parse()
	if err := run(*missing, *take, *drop); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(missing, take string, drop bool) error {
	said, faults, err := readSource(".")
	if err != nil {
		return err
	}
	switch {
	case missing != "":
		return printMissing(os.Stdout, missing, said)
	case take != "":
		return takeTexts(os.Stdin, take)
	case drop:
		return dropUnused(said)
	default:
		return report(said, faults)
	}
}

// report prints everything that is wrong.
func report(said texts, faults []string) error {
	for _, l := range languages() {
		f, err := readFile(l)
		if err != nil {
			return err
		}
		faults = append(faults, f.check(l, said)...)
	}
	for _, fault := range faults {
		fmt.Println(fault)
	}
	if len(faults) > 0 {
		return fmt.Errorf("%d faults in texts", len(faults))
	}
	return nil
}

// printMissing prints the texts that a language lacks, to be filled in.
func printMissing(out io.Writer, language string, said texts) error {
	f, err := readFile(language)
	if err != nil {
		return err
	}
	lacks := file{}
	for key, t := range said {
		if _, there := f[key]; !there {
			lacks[key] = t.skeleton(language)
		}
	}
	return lacks.write(out)
}

// takeTexts adds texts to a language.
func takeTexts(in io.Reader, language string) error {
	f, err := readFile(language)
	if err != nil {
		return err
	}
	var more file
	if err := json.NewDecoder(in).Decode(&more); err != nil {
		return fmt.Errorf("the texts of %s: %w", language, err)
	}
	for key, t := range more {
		if t.filled() {
			f[key] = t
		}
	}
	return f.save(language)
}

func dropUnused(said texts) error {
	for _, l := range languages() {
		f, err := readFile(l)
		if err != nil {
			return err
		}
		before := len(f)
		for key := range f {
			if _, used := said[key]; !used {
				delete(f, key)
			}
		}
		if len(f) == before {
			continue
		}
		if err := f.save(l); err != nil {
			return err
		}
	}
	return nil
}

func languages() []string { return slices.Clone([]string{"de", "es", "fr", "pl"}) }
