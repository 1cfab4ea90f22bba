package main

import (
	"maps"
	"regexp"
	"strconv"
)

// verbsOf returns the verbs of a text by the argument that each takes, from 1:
// "%s and %[3]d" is 1 s and 3 d.
func verbsOf(said string) map[int]string {
	verb := regexp.MustCompile(`%(?:\[(\d+)\])?[-+# 0]*\d*(?:\.\d+)?([a-zA-Z%])`)
	verbs := map[int]string{}
	next := 1
	for _, m := range verb.FindAllStringSubmatch(said, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1]) // digits
		}
		verbs[next] = m[2]
		next++
	}
	return verbs
}

func sameVerbs(a, b string) bool { return maps.Equal(verbsOf(a), verbsOf(b)) }
