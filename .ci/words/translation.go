package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rollcall/campaign/words"
)

// translation is a text in a language, or a form for each kind of number.
type translation struct {
	said  string
	forms map[string]string
}

// UnmarshalJSON implements json.Unmarshaler.
func (t *translation) UnmarshalJSON(data []byte) error {
	if data[0] == '{' {
		return json.Unmarshal(data, &t.forms)
	}
	return json.Unmarshal(data, &t.said)
}

// MarshalJSON implements json.Marshaler. Forms stand in the order of languages.
func (t translation) MarshalJSON() ([]byte, error) {
	if t.forms == nil {
		return plain(t.said)
	}
	var parts []string
	for _, form := range words.Polish.Forms() { // which has all of them
		if said, there := t.forms[form]; there {
			text, err := plain(said)
			if err != nil {
				return nil, err
			}
			parts = append(parts, fmt.Sprintf("%q: %s", form, text))
		}
	}
	return []byte("{" + strings.Join(parts, ", ") + "}"), nil
}

// plain is a JSON string in which < and & stand for themselves.
func plain(s string) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err := e.Encode(s)
	return bytes.TrimSpace(out.Bytes()), err
}

// filled tells whether somebody has written everything.
func (t translation) filled() bool {
	for _, said := range t.forms {
		if said == "" {
			return false
		}
	}
	return t.said != "" || len(t.forms) > 0
}

// skeleton is what a translator fills in.
func (t text) skeleton(language string) translation {
	if t.one == "" {
		return translation{}
	}
	forms := map[string]string{}
	for _, form := range words.Language(language).Forms() {
		forms[form] = ""
	}
	return translation{forms: forms}
}

// file is the texts of a language by their key.
type file map[string]translation

func pathOf(language string) string { return filepath.Join("assets", "translations", language+".json") }

func readFile(language string) (file, error) {
	data, err := os.ReadFile(pathOf(language))
	if err != nil {
		return nil, err
	}
	f := file{}
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, fmt.Errorf("%s: %w", pathOf(language), err)
	}
	return f, nil
}

func (f file) save(language string) error {
	var out bytes.Buffer
	if err := f.write(&out); err != nil {
		return err
	}
	return os.WriteFile(pathOf(language), out.Bytes(), 0o644)
}

// write writes a text a line, sorted.
func (f file) write(out io.Writer) error {
	var lines []string
	for _, key := range slices.Sorted(maps.Keys(f)) {
		name, err := plain(key)
		if err != nil {
			return err
		}
		said, err := f[key].MarshalJSON()
		if err != nil {
			return err
		}
		lines = append(lines, fmt.Sprintf("  %s: %s", name, said))
	}
	_, err := fmt.Fprintf(out, "{\n%s\n}\n", strings.Join(lines, ",\n"))
	return err
}

// check tells what is wrong with the texts of a language.
func (f file) check(language string, said texts) []string {
	var faults []string
	for _, key := range slices.Sorted(maps.Keys(said)) {
		t, there := f[key]
		if !there {
			faults = append(faults, fmt.Sprintf("%s: %s lacks %q", said[key].at, language, key))
			continue
		}
		for _, fault := range t.check(language, key, said[key]) {
			faults = append(faults, fmt.Sprintf("%s: %q: %s", pathOf(language), key, fault))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(f)) {
		if _, used := said[key]; !used {
			faults = append(faults, fmt.Sprintf("%s: %q is said nowhere", pathOf(language), key))
		}
	}
	return faults
}

// check tells what is wrong with a text.
func (t translation) check(language, key string, said text) []string {
	english, _, _ := strings.Cut(key, "||")
	if said.one == "" {
		if t.forms != nil {
			return []string{"it is not about several things"}
		}
		return same(english, t.said, said.args)
	}
	var faults []string
	want := words.Language(language).Forms()
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(t.forms)); !slices.Equal(got, want) {
		faults = append(faults, fmt.Sprintf("it has the forms %v, the language has %v", got, want))
	}
	for _, form := range slices.Sorted(maps.Keys(t.forms)) {
		for _, fault := range same(english, t.forms[form], true) {
			faults = append(faults, form+": "+fault)
		}
	}
	return faults
}

// same compares a translation with the English.
func same(english, said string, args bool) []string {
	var faults []string
	if said == "" || said != strings.TrimSpace(said) {
		faults = append(faults, "it is empty, or begins or ends with a space")
	}
	if args && !sameVerbs(english, said) {
		faults = append(faults, fmt.Sprintf("%q has other verbs", said))
	}
	for _, end := range []string{"…", ".", "?", ":"} {
		if strings.HasSuffix(english, end) != strings.HasSuffix(said, end) {
			faults = append(faults, fmt.Sprintf("%q does not end as the English does", said))
			break
		}
	}
	return faults
}
