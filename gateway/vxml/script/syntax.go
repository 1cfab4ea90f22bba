package script

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
)

// This file reads scripts without running them.

func variables(p *ast.Program) []string {
	var names []string
	for _, d := range p.DeclarationList {
		for _, b := range d.List {
			if id, ok := b.Target.(*ast.Identifier); ok {
				names = append(names, id.Name.String())
			}
		}
	}
	return names
}

func functions(p *ast.Program) []string {
	var names []string
	for _, s := range p.Body {
		if f, ok := s.(*ast.FunctionDeclaration); ok {
			names = append(names, f.Function.Name.Name.String())
		}
	}
	return names
}

// CheckExpression tells what is wrong with the syntax of one expression.
func CheckExpression(expr string) error {
	program, err := parse("(" + expr + "\n)")
	if err != nil {
		return err
	}
	if len(program.Body) == 1 {
		if _, ok := program.Body[0].(*ast.ExpressionStatement); ok {
			return nil
		}
	}
	return &Error{fmt.Sprintf("%q is not one expression", expr)}
}

// CheckProgram tells what is wrong with the syntax of a script.
func CheckProgram(src string) error {
	_, err := parse(src)
	return err
}

func parse(src string) (*ast.Program, error) {
	if len(src) > maxSource {
		return nil, &Error{fmt.Sprintf("a script has %d bytes, at most %d are read", len(src), maxSource)}
	}
	depth := 0
	for i := range len(src) {
		switch src[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		}
		if depth > maxNesting {
			return nil, &Error{fmt.Sprintf("brackets are nested more than %d deep", maxNesting)}
		}
	}
	program, err := parser.ParseFile(nil, "", src, 0, parser.WithDisableSourceMaps)
	if err != nil {
		return nil, &Error{syntaxMessage(err)}
	}
	if bigNumber.MatchString(src) && hasBigInt(reflect.ValueOf(program)) {
		return nil, &Error{"syntax: numbers of any size (123n) are not known here"}
	}
	return program, nil
}

func syntaxMessage(err error) string {
	var list parser.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		return "syntax: " + list[0].Message
	}
	return "syntax: " + err.Error()
}

// mayAssign tells whether running src could give a variable a value: by an
// assignment, or by a function that makes one.
func mayAssign(src string) bool {
	for i := range len(src) {
		switch src[i] {
		case '(', '`', '{', '[':
			return true
		case '+', '-':
			if i > 0 && src[i-1] == src[i] {
				return true
			}
		case '=':
			if (i == 0 || !strings.Contains("=!<>", src[i-1:i])) && (i+1 == len(src) || src[i+1] != '=') || i > 1 && strings.Contains("<>", src[i-1:i]) && src[i-2] == src[i-1] {
				return true
			}
		}
	}
	return false
}
