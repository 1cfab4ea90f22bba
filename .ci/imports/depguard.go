package main

import (
	"fmt"
	"strings"
)

const (
	sectionStart = "    # depguard: made from .ci/rules.json by go run ./.ci/imports -write\n"
	sectionEnd   = "    # depguard ends\n"
)

// depguard writes the rules as golangci-lint's depguard understands them, a
// strict list for each package but main.
func (r rules) depguard() string {
	var b strings.Builder
	b.WriteString("    depguard:\n      rules:\n")
	for _, p := range r.Packages {
		if p.Path == "." {
			continue
		}
		folder := "${config-path}/" + p.Path
		fmt.Fprintf(&b, "        %s:\n", strings.ReplaceAll(p.Path, "/", "-"))
		fmt.Fprintf(&b, "          list-mode: strict\n")
		fmt.Fprintf(&b, "          files: [%q, %q]\n", folder+"/*.go", "!"+folder+"/*_test.go")
		fmt.Fprintf(&b, "          allow: [%s]\n", strings.Join(r.opened(p), ", "))
		fmt.Fprintf(&b, "          deny:\n")
		for _, d := range r.closed(p) {
			fmt.Fprintf(&b, "            - {pkg: %s, desc: %q}\n", d, p.Why)
		}
	}
	return b.String()
}

// opened lists what p may import, in depguard's notation: a prefix, or an
// exact path closed by "$".
func (r rules) opened(p rule) []string {
	list := []string{"$gostd"}
	list = append(list, r.Free...)
	for _, own := range p.Own {
		base, wide := strings.CutSuffix(own, "/...")
		list = append(list, r.Module+"/"+base+"$")
		if wide {
			list = append(list, r.Module+"/"+base+"/")
		}
	}
	list = append(list, p.Foreign...)
	if p.Support {
		list = append(append(list, p.Tests...), r.Tests...)
	}
	return list
}

// closed lists what is forbidden to p although a wider entry opens it: the
// parts of the standard library that belong to others, and, so that the words
// of the rule are shown, this module.
func (r rules) closed(p rule) []string {
	list := []string{r.Module}
	for _, other := range r.Packages {
		for _, f := range other.Foreign {
			if standard(f) && !covers(below(p.Foreign), f) && !covers(list, f) {
				list = append(list, f+"$")
			}
		}
	}
	return list
}

// splice puts section between the markers of lint.
func splice(lint, section string) (string, error) {
	head, rest, ok := strings.Cut(lint, sectionStart)
	if !ok {
		return "", fmt.Errorf("%s: the line %q is missing", lintFile, strings.TrimSpace(sectionStart))
	}
	_, tail, ok := strings.Cut(rest, sectionEnd)
	if !ok {
		return "", fmt.Errorf("%s: the line %q is missing", lintFile, strings.TrimSpace(sectionEnd))
	}
	return head + sectionStart + section + sectionEnd + tail, nil
}
