package words

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"

	"golang.org/x/text/feature/plural"

	"rollcall/assets"
	"rollcall/campaign/phone"
)

// This file says texts in the language in use.

// inUse is the language in which everything is said, and the country. Like the
// time zone they belong to the process: commands leave them as they are at
// first, the window sets them.
var inUse atomic.Pointer[catalog] //nolint:gochecknoglobals // one per process, as time.Local is

// Use says everything in l from now on, on all goroutines. A language of
// which there are no texts is English.
func Use(l Language) { inUse.Store(catalogOf(l, current().home)) }

// Home is the country of the office, in which numbers are written without their
// country code. Empty, as it is at first, is that of each number.
func Home(r phone.Region) {
	c := *current()
	c.home = r
	inUse.Store(&c)
}

// InUse is the language in which everything is said.
func InUse() Language { return current().language }

// catalog is a language with its texts by their English; English itself has
// none.
type catalog struct {
	language Language
	locale   *locale
	home     phone.Region
	texts    map[string]translation
}

func catalogOf(l Language, home phone.Region) *catalog {
	c := &catalog{language: l, locale: localeOf(l), home: home}
	if err := json.Unmarshal(assets.Translation(string(l)), &c.texts); err != nil {
		c.texts = nil // the files are checked by tests; English is said
	}
	return c
}

func current() *catalog {
	if c := inUse.Load(); c != nil {
		return c
	}
	inUse.CompareAndSwap(nil, catalogOf(English, ""))
	return inUse.Load()
}

// translation is a text, or one for each kind of number, as the files hold it:
// "Texto" or {"one": "%s persona", "other": "%s personas"}.
type translation struct {
	said  string // for any other number
	forms map[plural.Form]string
}

// UnmarshalJSON implements json.Unmarshaler.
func (t *translation) UnmarshalJSON(data []byte) error {
	if strings.HasPrefix(string(data), `"`) {
		return json.Unmarshal(data, &t.said)
	}
	var forms map[string]string
	if err := json.Unmarshal(data, &forms); err != nil {
		return err
	}
	t.said, t.forms = forms["other"], map[plural.Form]string{}
	for name, form := range map[string]plural.Form{"one": plural.One, "few": plural.Few, "many": plural.Many} {
		if said := forms[name]; said != "" {
			t.forms[form] = said
		}
	}
	return nil
}

// Say is a text in the language in use, with args put in for its verbs as
// [fmt.Sprintf] does. The English text is the key to its translations and is
// what is said where there is none. A text that means two things tells which
// after "||", which is not said: "Open||button".
func Say(text string, args ...any) string {
	said := current().texts[text].said
	if said == "" {
		said, _, _ = strings.Cut(text, "||")
	}
	if len(args) == 0 {
		return said
	}
	return fmt.Sprintf(said, args...)
}

// Many is Say of a text about n things, of which there are two in English:
// about one thing and about any other number. The first verb is n, as
// [Number] writes it; args are for the verbs after it. A text that leaves the
// number out takes those by "%[2]s", or has none. The text for any other number
// is the key.
func Many(n int, one, other string, args ...any) string {
	c := current()
	said := c.many(n, other)
	if said == "" {
		said = other
		if n == 1 {
			said = one
		}
		said, _, _ = strings.Cut(said, "||")
	}
	if !strings.Contains(said, "%") {
		return said
	}
	return fmt.Sprintf(said, append([]any{Number(n)}, args...)...)
}

// many is a translated text about n things, empty if there is none.
func (c *catalog) many(n int, text string) string {
	t := c.texts[text]
	if said := t.forms[c.locale.form(n)]; said != "" {
		return said
	}
	return t.said
}
