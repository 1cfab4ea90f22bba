package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// This file finds the texts in the source.

// folders are those in which people are spoken to.
func folders() []string {
	return []string{"campaign", "campaign/contacts", "campaign/flow", "campaign/words", "storage/report", "ui", "ui/view", "ui/widget"}
}

// text is one text of the source.
type text struct {
	at   string // file:line
	one  string // about one thing; empty for a text that is not about several
	args bool   // it is said with arguments, so that its verbs count
}

// texts are all texts by their key.
type texts map[string]text

// source is the source as it is read.
type source struct {
	set    *token.FileSet
	said   texts
	faults []string
	inside bool // package words itself
}

// readSource returns the texts of the source under root, and what is wrong with
// how they are said.
func readSource(root string) (texts, []string, error) {
	s := &source{set: token.NewFileSet(), said: texts{}}
	for _, folder := range folders() {
		paths, err := filepath.Glob(filepath.Join(root, folder, "*.go"))
		if err != nil {
			return nil, nil, err
		}
		s.inside = folder == "campaign/words"
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(s.set, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return nil, nil, err
			}
			name := filepath.ToSlash(filepath.Join(folder, filepath.Base(path)))
			s.file(parsed, (folder == "ui" || folder == "ui/view") && !slices.Contains(commands(), name))
		}
	}
	return s.said, s.faults, nil
}

// file finds the texts of a file; those of a page must be said.
func (s *source) file(f *ast.File, page bool) {
	ast.Inspect(f, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			switch s.name(call.Fun) {
			case "Say":
				s.say(call, 1)
			case "Many":
				s.say(call, 3)
			}
		}
		return true
	})
	if page {
		l := loose{source: s}
		ast.Walk(l, f)
	}
}

// name is Say or Many if a call is of the package words, else empty.
func (s *source) name(fun ast.Expr) string {
	name := ""
	switch fun := fun.(type) {
	case *ast.SelectorExpr:
		if pkg, ok := fun.X.(*ast.Ident); ok && pkg.Name == "words" {
			name = fun.Sel.Name
		}
	case *ast.Ident:
		if s.inside {
			name = fun.Name
		}
	}
	if name == "Say" || name == "Many" {
		return name
	}
	return ""
}

// say takes the text of a call in which it is the last of so many arguments.
func (s *source) say(call *ast.CallExpr, at int) {
	if len(call.Args) < at {
		return // does not compile
	}
	key, plain := literal(call.Args[at-1])
	one, other := "", at == 3
	if other && plain {
		one, plain = literal(call.Args[1])
	}
	if !plain {
		s.fault(call, "the text is not written there, so that nobody can translate it")
		return
	}
	args := len(call.Args) - at
	if other {
		args++ // the number itself
	}
	t := text{at: s.position(call), one: one, args: args > 0}
	s.verbs(call, key, one, args)
	if was, twice := s.said[key]; twice {
		if (was.one == "") != (t.one == "") {
			s.fault(call, fmt.Sprintf("%q is about several things here and not at %s: add || and what it is about", key, was.at))
		}
		t.args = t.args || was.args
	}
	s.said[key] = t
}

// verbs checks that a text has a verb for each argument, and is whole.
func (s *source) verbs(call *ast.CallExpr, key, one string, args int) {
	said, _, _ := strings.Cut(key, "||")
	if said != strings.TrimSpace(said) || said == "" {
		s.fault(call, fmt.Sprintf("%q begins or ends with a space: a half of a sentence cannot be translated", key))
	}
	if args == 0 || call.Ellipsis.IsValid() {
		return
	}
	if n := len(verbsOf(said)); n != args && !unsaid(said, one, args) {
		s.fault(call, fmt.Sprintf("%q has %d verbs and %d arguments", key, n, args))
	}
	if one != "" && !sameVerbs(one, said) {
		s.fault(call, fmt.Sprintf("%q has other verbs than %q", one, key))
	}
}

// unsaid tells whether a text about several things leaves out their number
// alone, which then only chooses the form.
func unsaid(said, one string, args int) bool {
	verbs := verbsOf(said)
	return one != "" && verbs[1] == "" && len(verbs) == args-1 && (args == 1 || verbs[args] != "")
}

func (s *source) fault(n ast.Node, what string) {
	s.faults = append(s.faults, s.position(n)+": "+what)
}

func (s *source) position(n ast.Node) string {
	p := s.set.Position(n.Pos())
	return fmt.Sprintf("%s:%d", filepath.ToSlash(p.Filename), p.Line)
}

// literal is the value of a string literal, or of several that are joined.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		value, err := strconv.Unquote(e.Value)
		return value, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, found := literal(e.X)
		right, too := literal(e.Y)
		return left + right, found && too && e.Op == token.ADD
	default:
		return "", false
	}
}
