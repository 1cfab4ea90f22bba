package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"time"
)

// This file finds what pages show without saying it.

// loose looks for literals that look like words for people.
type loose struct {
	*source
	shown bool // given to something that shows it
}

// Visit implements ast.Visitor.
func (l loose) Visit(n ast.Node) ast.Visitor {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return nil
	case *ast.Field: // its tag
		return nil
	case *ast.CallExpr:
		return l.call(n)
	case *ast.KeyValueExpr:
		field, ok := n.Key.(*ast.Ident)
		ast.Walk(loose{l.source, ok && slices.Contains(wordFields(), field.Name)}, n.Value)
		return nil // nobody reads a key
	case *ast.BasicLit:
		l.look(n)
	}
	return l
}

// call says how the arguments of a call are looked at.
func (l loose) call(c *ast.CallExpr) ast.Visitor {
	name := called(c.Fun)
	switch {
	case l.name(c.Fun) != "" || slices.Contains(silent(), name) || strings.Contains(name, "Log."):
		return nil
	case slices.Contains(showing(), name):
		return loose{l.source, true}
	default:
		return loose{l.source, false}
	}
}

// called is a function as it is called: "widget.NewText", "w.app.Log.Error".
func called(fun ast.Expr) string {
	switch fun := fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return called(fun.X) + "." + fun.Sel.Name
	default:
		return ""
	}
}

// wordFields are fields of which everything is shown.
func wordFields() []string {
	return []string{"Words", "Title", "Head", "Why", "Label", "Hint", "Empty"}
}

// silent are calls whose arguments nobody reads on a page; errors have their
// causes in English.
func silent() []string {
	return []string{"errors.New", "fmt.Errorf", "filepath.Join", "regexp.MustCompile", "panic", "os.Getenv", "Format", "fmt.Fprintf"}
}

// showing are calls whose arguments are shown as they are.
func showing() []string {
	return []string{
		"widget.NewText", "widget.NewPara", "widget.NewButton", "widget.NewLink", "widget.NewChip", "widget.NewTile", "widget.NewToast",
		"widget.NewSideItem", "widget.StateTag", "widget.NewPick", "widget.NewDialog", "fynewidget.NewCheck", "fyne.NewMenu", "fyne.NewMenuItem",
		"item", "w.ask", "w.problem", "w.say", "w.patiently", "p.w.ask", "p.w.problem", "p.w.say", "p.w.patiently", "newSearchField", "heading",
	}
}

// look tells of a literal that people would read.
func (l loose) look(lit *ast.BasicLit) {
	text, ok := literal(lit)
	if !ok || lit.Kind != token.STRING || slices.Contains(allowed(), text) || isZone(text) {
		return
	}
	several := regexp.MustCompile(`[\p{L}%\]’”][,;.]? [\p{L}%“‘(]`).MatchString(text)
	begins := regexp.MustCompile(`^\p{Lu}\p{Ll}`).MatchString(text)
	letters := regexp.MustCompile(`\p{L}\p{Ll}`).MatchString(regexp.MustCompile(`%[a-z]`).ReplaceAllString(text, ""))
	if letters && (several || begins || l.shown) {
		l.fault(lit, fmt.Sprintf("%q is shown without words.Say", text))
	}
}

// isZone tells whether a text is the IANA name of a time zone, which no page
// shows.
func isZone(text string) bool {
	_, err := time.LoadLocation(text)
	return err == nil && strings.Contains(text, "/")
}

// commands are files whose words only commands say, or files of the desktop.
func commands() []string {
	return []string{"ui/view/try_event.go", "ui/autostart.go", "ui/tray_bus.go"}
}

// allowed are texts that are the same in every language, or that no page
// shows: they are for commands, files and logs.
func allowed() []string {
	return []string{
		"Rollcall", "Local", "Content-Type", "Cache-Control",
		"Rollcall ",                             // and a date: a folder
		"Test of the gateway", "Nobody", "Test", // of a request that is withdrawn
	}
}
