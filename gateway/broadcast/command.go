package broadcast

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// This file reads the command line of BroadcastByPhone's vcast.exe, which old
// programs send for call till confirm. No program is ever run.

// Command is what a command line asks for.
type Command struct {
	List      string // as [ListName] gives it
	Code      string // that ends the campaign
	Recording string // empty: what else the request says is played
	Import    string // a CSV file whose people are added to the list
	Numbers   []string
	Lines     int // zero: as many as the gateway has
	Clean     bool
}

// ParseCommand reads program and its command line. It is tolerant of case, of
// order, and of spaces and quotes left out; an option that it does not know is
// an error, for it could mean that somebody must not be called.
func ParseCommand(program, line string) (Command, error) {
	if fold(base(strings.Trim(program, ` "`))) != "vcast.exe" {
		return Command{}, errors.New("programs are never run: startexec may only name vcast.exe")
	}
	var c Command
	starts := false
	in := commandLine{rest: line}
	for {
		option, ok := in.option()
		if !ok {
			break
		}
		if option == "startnow" {
			starts = true
			continue
		}
		if err := c.set(option, &in); err != nil {
			return Command{}, err
		}
	}
	return c, c.check(starts)
}

// set reads what follows an option. An empty option stands for a word that has
// none: the list.
func (c *Command) set(option string, in *commandLine) error {
	switch option {
	case "":
		name := in.list()
		if c.List != "" {
			return fmt.Errorf("cmdline names two lists: %s and %s", c.List, name)
		}
		c.List = name
	case "confirmcode":
		c.Code = in.value()
	case "wavfile":
		c.Recording = in.value()
	case "import":
		c.Import = in.value()
	case "numbers":
		c.Numbers = append(c.Numbers, in.numbers()...)
	case "cleanstatus":
		c.Clean = true
	case "maxlines":
		n, err := strconv.Atoi(in.value())
		if err != nil || n < 1 {
			return errors.New("-maxlines is not a number of lines")
		}
		c.Lines = n
	case "noexit": // keeps a window open
	case "caller": // tells statusurl, which there is none of, who asked
		in.value()
	default:
		return fmt.Errorf("the option -%s in cmdline is not supported", option)
	}
	return nil
}

var codeForm = regexp.MustCompile(`^[0-9]{1,20}$`)

func (c Command) check(starts bool) error {
	switch {
	case c.List == "":
		return errors.New("cmdline names no list")
	case !starts:
		return errors.New("cmdline has no -startnow: nobody would be called")
	case c.Code == "":
		return errors.New("cmdline has no -confirmcode")
	case !codeForm.MatchString(c.Code):
		return errors.New("-confirmcode must be 1 to 20 digits")
	}
	return nil
}

// base is the last part of a path of any system.
func base(path string) string { return path[strings.LastIndexAny(path, `/\`)+1:] }

// listFile is the name of the list that a file held on its old machine.
func listFile(path string) string {
	name := base(strings.TrimSpace(path))
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		name = name[:dot]
	}
	return ListName(name)
}

// commandLine is a command line that is read from its start.
type commandLine struct{ rest string }

// option returns the name of the option that comes next, in lower case; empty
// for a word that is none, which stays. It returns false at the end.
func (w *commandLine) option() (string, bool) {
	w.rest = strings.TrimLeft(w.rest, " \t\r\n")
	if w.rest == "" {
		return "", false
	}
	if w.rest[0] != '-' {
		return "", true
	}
	name := strings.TrimLeft(w.rest, "-")
	end := 0
	for end < len(name) && isLetter(name[end]) {
		end++
	}
	w.rest = name[end:]
	if end == 0 {
		return "-", true
	}
	return strings.ToLower(name[:end]), true
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

// value returns the next word, or what stands in quotes. An option in its
// place is left: the value is empty.
func (w *commandLine) value() string {
	w.rest = strings.TrimLeft(w.rest, " \t\r\n=:")
	if strings.HasPrefix(w.rest, `"`) {
		value, rest, _ := strings.Cut(w.rest[1:], `"`)
		w.rest = rest
		return strings.TrimSpace(value)
	}
	if optionStart.MatchString(w.rest) {
		return ""
	}
	return w.take(wordEnd.FindStringIndex(w.rest))
}

// numbers returns the numbers that come next, in quotes or not.
func (w *commandLine) numbers() []string {
	found := strings.FieldsFunc(w.value(), between)
	for {
		next := numberWord.FindStringIndex(w.rest)
		if next == nil {
			return found
		}
		found = append(found, strings.FieldsFunc(w.rest[:next[1]], between)...)
		w.rest = w.rest[next[1]:]
	}
}

// list returns the list that comes next: a file in quotes, or all that stands
// before an option or a quote.
func (w *commandLine) list() string {
	if w.rest[0] == '"' {
		return listFile(w.value())
	}
	return listFile(w.take(listEnd.FindStringIndex(w.rest)))
}

// take returns what stands before the place found, or all, and goes there.
func (w *commandLine) take(found []int) string {
	end := len(w.rest)
	if found != nil {
		end = found[0]
	}
	taken := w.rest[:end]
	w.rest = w.rest[end:]
	return strings.TrimSpace(taken)
}

// between tells what stands between numbers.
func between(r rune) bool { return strings.ContainsRune(" \t\r\n,;", r) }

var (
	optionStart = regexp.MustCompile(`^--?[A-Za-z]`)
	wordEnd     = regexp.MustCompile(`[ \t\r\n"]`)
	numberWord  = regexp.MustCompile(`^[ \t\r\n]+[0-9+(][0-9+().,;*#-]*(?:[ \t\r\n]|$)`)
	listEnd     = regexp.MustCompile(`[ \t\r\n]--?[A-Za-z]|"`)
)
