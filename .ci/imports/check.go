package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// check walks the tree below root and returns how many files it read and a
// line for each import that breaks a rule.
func (r rules) check(root string) (int, []string, error) {
	files := 0
	var bad []string
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return enter(name, d)
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		files++
		found, err := r.file(filepath.ToSlash(name))
		bad = append(bad, found...)
		return err
	})
	return files, bad, err
}

// enter skips what the go command skips.
func enter(name string, d fs.DirEntry) error {
	hidden := strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "_")
	if name != "." && (hidden || d.Name() == "testdata") {
		return filepath.SkipDir
	}
	return nil
}

func (r rules) file(name string) ([]string, error) {
	parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	of, ok := r.find(path.Dir(name))
	if !ok {
		return []string{fmt.Sprintf("%s: %s has no rule in %s", name, path.Dir(name), rulesFile)}, nil
	}
	test := strings.HasSuffix(name, "_test.go")
	var bad []string
	for _, spec := range parsed.Imports {
		target, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		if !r.allows(of, target, test) {
			bad = append(bad, fmt.Sprintf("%s: may not import %s (%s)", name, target, of.Why))
		}
	}
	return bad, nil
}

func (r rules) find(pkg string) (rule, bool) {
	for _, p := range r.Packages {
		if p.Path == pkg {
			return p, true
		}
	}
	return rule{}, false
}

// allows tells whether a file of the package of may import target.
func (r rules) allows(of rule, target string, test bool) bool {
	own, ok := strings.CutPrefix(target, r.Module+"/")
	switch {
	case ok && test && (own == of.Path || covers(of.Tests, own)):
		return true
	case ok:
		to, known := r.find(own)
		return known && covers(of.Own, own) && (!to.Support || of.Support)
	case covers(below(of.Foreign), target):
		return true
	case (test || of.Support) && (covers(below(of.Tests), target) || covers(below(r.Tests), target)):
		return true
	default:
		return covers(below(r.Free), target) || standard(target) && !r.reserved(target)
	}
}

// standard tells whether target is in the standard library: the first element
// of any other path has a dot.
func standard(target string) bool {
	first, _, _ := strings.Cut(target, "/")
	return !strings.Contains(first, ".")
}

// reserved tells whether some rule names target, so that only those rules open it.
func (r rules) reserved(target string) bool {
	for _, p := range r.Packages {
		if covers(below(p.Foreign), target) {
			return true
		}
	}
	return false
}

// covers tells whether one of the patterns matches target.
func covers(patterns []string, target string) bool {
	for _, p := range patterns {
		base, wide := strings.CutSuffix(p, "...")
		base = strings.TrimSuffix(base, "/")
		if target == base || wide && (base == "" || strings.HasPrefix(target, base+"/")) {
			return true
		}
	}
	return false
}

// below widens every pattern to all that is below it.
func below(patterns []string) []string {
	wide := make([]string, len(patterns))
	for i, p := range patterns {
		wide[i] = p + "/..."
	}
	return wide
}
