package built

import (
	"slices"
	"strings"
	"unicode/utf8"

	"rollcall/campaign/phone"
)

// Problem is what may be wrong with a field.
type Problem string

// The problems. Those of which [Finding.Doubt] is false keep people from being
// called.
const (
	UnknownColumn Problem = "column"    // the list has none of that name
	BrokenMark    Problem = "mark"      // "${" that is no column's mark
	Empty         Problem = "empty"     // it says nothing
	TooLong       Problem = "long"      // for one text
	NoRecording   Problem = "recording" // none was chosen
	NoKeys        Problem = "no keys"   // a message with keys has none
	BadKey        Problem = "bad key"   // no key of a telephone
	TwiceKey      Problem = "twice"     // a key of this message already
	NoLabel       Problem = "label"     // the key's meaning is not said
	BadNumber     Problem = "number"    // cannot be called
	NoOptOut      Problem = "optout"    // nobody can ask not to be called again
	NamesNoKey    Problem = "names"     // the greeting tells of a key that does nothing
	NotNamed      Problem = "not named" // the greeting does not tell of the key
)

// Field is where a problem is.
type Field string

// The fields.
const (
	InGreeting  Field = "greeting"
	InRecording Field = "recording"
	InKeys      Field = "keys"
	InKey       Field = "key"
	InLabel     Field = "label"
	InSays      Field = "says"
	InNumber    Field = "number"
	InBusy      Field = "busy"
	InOtherwise Field = "otherwise"
	InMachine   Field = "machine"
)

// Finding is one thing wrong with a message.
type Finding struct {
	Problem  Problem
	Field    Field
	Key      int    // which of Message.Keys, of fields that belong to one
	Name     string // of the column or key
	Proposal string // a column of nearly that name, or a free key; empty for none
	Doubt    bool   // worth a look, and no more
}

// MaxText bounds a text, in letters: some ten minutes of speech.
const MaxText = 8000

// checker gathers findings.
type checker struct {
	columns []string
	found   []Finding
}

// Check tells what is wrong with a message for a list with those columns, in
// the order of the fields on a page.
func (m Message) Check(columns []string) []Finding {
	c := &checker{columns: columns}
	if m.Kind == Recorded && m.Recording.ID == "" {
		c.add(Finding{Problem: NoRecording, Field: InRecording})
	}
	c.text(m.Greeting, Finding{Field: InGreeting}, m.Kind != Recorded)
	if m.HasKeys() {
		c.keys(m)
		c.text(m.Otherwise.Says, Finding{Field: InOtherwise}, false)
	}
	if m.Machine.Does == Other {
		c.text(m.Machine.Says, Finding{Field: InMachine}, true)
	}
	if !m.OptsOut() {
		c.add(Finding{Problem: NoOptOut, Field: InKeys, Doubt: true, Proposal: m.OptOutKey()})
	}
	return c.found
}

func (c *checker) add(f Finding) { c.found = append(c.found, f) }

// text checks a text of the field that at names.
func (c *checker) text(text string, at Finding, needed bool) {
	with := func(p Problem, name, proposal string) {
		f := at
		if f.Problem, f.Proposal = p, proposal; name != "" {
			f.Name = name
		}
		c.add(f)
	}
	if strings.TrimSpace(text) == "" {
		if needed {
			with(Empty, "", "")
		}
		return
	}
	if utf8.RuneCountInString(text) > MaxText {
		with(TooLong, "", "")
	}
	var told []string
	for _, p := range Parts(text) {
		if strings.Contains(p.Words, "${") {
			with(BrokenMark, "", "")
		}
		if strings.ContainsAny(p.Words, "‹›") { // half of a mark as the window shows it
			at := at
			at.Problem, at.Doubt = BrokenMark, true
			c.add(at)
		}
		if p.Column == "" || Fills(c.columns, p.Column) || slices.Contains(told, fold(p.Column)) {
			continue
		}
		told = append(told, fold(p.Column))
		with(UnknownColumn, p.Column, Closest(p.Column, c.columns))
	}
}

// Fills tells whether a column can be filled in from a list with columns; three
// are of every row.
func Fills(columns []string, column string) bool {
	is := func(name string) bool { return same(name, column) }
	return slices.ContainsFunc(columns, is) || slices.ContainsFunc([]string{"Name", "Number", "AnsweredBy"}, is)
}

func (c *checker) keys(m Message) {
	if len(m.Keys) == 0 && m.Kind == Keyed {
		c.add(Finding{Problem: NoKeys, Field: InKeys, Doubt: true})
	}
	for i, k := range m.Keys {
		c.key(m, i, k)
	}
	if m.Kind != Keyed {
		return // what a recording says is not known
	}
	for _, name := range pressed(m.Greeting) {
		if !slices.ContainsFunc(m.Keys, func(k Key) bool { return k.Key == name }) {
			c.add(Finding{Problem: NamesNoKey, Field: InGreeting, Name: name, Doubt: true})
		}
	}
}

func (c *checker) key(m Message, i int, k Key) {
	twice := slices.ContainsFunc(m.Keys[:i], func(other Key) bool { return other.Key == k.Key })
	switch {
	case !slices.Contains(Keys(), k.Key):
		c.add(Finding{Problem: BadKey, Field: InKey, Key: i, Name: k.Key, Proposal: m.FreeKey()})
	case twice:
		c.add(Finding{Problem: TwiceKey, Field: InKey, Key: i, Name: k.Key, Proposal: m.FreeKey()})
	case m.Kind == Keyed && strings.TrimSpace(m.Greeting) != "" && !names(m.Greeting, k.Key):
		c.add(Finding{Problem: NotNamed, Field: InKey, Key: i, Name: k.Key, Doubt: true})
	}
	if strings.TrimSpace(k.Label) == "" {
		c.add(Finding{Problem: NoLabel, Field: InLabel, Key: i, Name: k.Key})
	}
	c.text(k.Says, Finding{Field: InSays, Key: i, Name: k.Key}, k.Does == End || k.Does == OptOut)
	if k.Does != Connect {
		return
	}
	if n, err := phone.Parse(string(k.Number), anyRegion); err != nil || n != k.Number {
		c.add(Finding{Problem: BadNumber, Field: InNumber, Key: i, Name: k.Key})
	}
	c.text(k.Busy, Finding{Field: InBusy, Key: i, Name: k.Key}, false)
}

// anyRegion is none that a number with its country code depends on.
const anyRegion phone.Region = "US"

// Closest is the column whose name is most like one, empty if none is.
func Closest(name string, columns []string) string {
	want := []rune(fold(name))
	best, least := "", len(want)/2+1
	for _, column := range columns {
		have := []rune(fold(column))
		d := distance(want, have)
		if inside := strings.Contains(string(have), string(want)) || strings.Contains(string(want), string(have)); inside && len(have) > 2 {
			d = min(d, 1)
		}
		if d < least && Markable(column) {
			best, least = column, d
		}
	}
	return best
}

// distance is how many letters must be changed, added or taken out (after
// Wagner and Fischer).
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
