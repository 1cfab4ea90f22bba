package cli

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
	"rollcall/ui/view"
)

// listFlags say which list, and how it is to be understood.
type listFlags struct {
	List   string            `placeholder:"FILE" type:"path" help:"The spreadsheet: Excel, OpenDocument, CSV or other text."`
	Sheet  string            `placeholder:"NAME" help:"Sheet of the spreadsheet; the first if not given."`
	Map    map[string]string `mapsep:"," placeholder:"phone=COLUMN,name=COLUMN" help:"Which columns are what, where the guess is wrong; phone2=… for a further number, hours=… for when to call, priority=… for who comes first."`
	Region string            `default:"US" placeholder:"US" help:"Country of numbers without a country code."`
	Zone   string            `placeholder:"ZONE" help:"Time zone of people whose number does not tell it, such as America/Denver."`
	readFlags
	decideFlags
}

// readFlags say how a file is read, where what was found out is wrong.
type readFlags struct {
	Area      string `group:"Reading the file:" placeholder:"NAME|B3:F200" help:"Table, named range or cells that are the list; the whole sheet if not given."`
	Header    int    `group:"Reading the file:" placeholder:"N" help:"Row of the headings, -1 for none; found if not given."`
	Visible   bool   `group:"Reading the file:" help:"Leave out rows that are hidden or filtered away."`
	Encoding  string `group:"Reading the file:" placeholder:"NAME" help:"Encoding of a text, such as windows-1252; found if not given."`
	Delimiter string `group:"Reading the file:" placeholder:"CHARACTER" help:"What separates the columns of a text; found if not given."`
	Password  string `group:"Reading the file:" env:"ROLLCALL_PASSWORD" placeholder:"WORD" help:"Password of a protected workbook."`
	Until     int    `group:"Reading the file:" placeholder:"N" help:"Last row to read of a damaged file, to go on with what is whole."`
}

// decideFlags decide about what is found in a list.
type decideFlags struct {
	Refuse   []string `group:"What is found in it:" placeholder:"KIND" help:"Do not make repairs of this kind: set the rows aside."`
	Accept   []string `group:"What is found in it:" placeholder:"KIND" help:"Take what is proposed for problems of this kind."`
	Domestic bool     `group:"What is found in it:" help:"Set numbers of other countries aside."`
	Same     []string `group:"What is found in it:" placeholder:"number,external,person" help:"What makes two rows duplicates; the same number if not given."`
	Running  bool     `group:"What is found in it:" help:"Set people aside whom a campaign calls that is running, paused or waits."`
	Days     int      `group:"What is found in it:" placeholder:"N" help:"Set people aside whom a campaign called within so many days."`
	Keep     string   `group:"What is found in it:" placeholder:"first|last|merge|ask" default:"first" enum:"first,last,merge,ask" help:"Which of several duplicates is called."`
}

// source turns the flags into a list to be read.
func (f *listFlags) source() (view.Source, error) {
	o := contacts.Options{
		Region: phone.Region(f.Region), Zone: f.Zone, Map: map[contacts.Role][]string{},
		Rules: map[campaign.Problem]bool{}, Domestic: f.Domestic,
	}
	if !phone.KnownRegion(o.Region) {
		return view.Source{}, &usageError{message: fmt.Sprintf("--region %s: no such country; use two letters such as US", f.Region)}
	}
	if f.Zone != "" && !view.KnownZone(f.Zone) {
		return view.Source{}, &usageError{message: fmt.Sprintf("--zone %s: no such time zone; use a name such as America/Denver", f.Zone)}
	}
	if err := f.roles(o.Map); err != nil {
		return view.Source{}, err
	}
	if err := f.decide(&o); err != nil {
		return view.Source{}, err
	}
	if f.Encoding != "" && !slices.Contains(campaign.Encodings(), campaign.Encoding(strings.ToLower(f.Encoding))) {
		return view.Source{}, &usageError{message: fmt.Sprintf("--encoding %s: not one of %s", f.Encoding, joined(campaign.Encodings()))}
	}
	if err := separator(f.Delimiter); err != nil {
		return view.Source{}, err
	}
	return view.Source{Path: f.List, Options: o, Reading: campaign.Reading{
		Sheet: f.Sheet, Area: f.Area, Header: f.Header, Visible: f.Visible, Delimiter: f.Delimiter,
		Encoding: campaign.Encoding(strings.ToLower(f.Encoding)), Password: f.Password, Until: f.Until,
	}}, nil
}

// separator refuses what separates no columns.
func separator(d string) error {
	switch {
	case utf8.RuneCountInString(d) <= 1, d == "tab", d == "space", d == `\t`, strings.Trim(d, d[:1]) == "":
		return nil
	default:
		return &usageError{message: fmt.Sprintf("--delimiter %s: give one character, or tab or space", d)}
	}
}

// roles reads --map. Numbers behind a role order several columns of it.
func (f *listFlags) roles(into map[contacts.Role][]string) error {
	for _, name := range slices.SortedFunc(maps.Keys(f.Map), byOrder) {
		r := roleOf(strings.TrimRight(name, "0123456789"))
		if !slices.Contains(contacts.Roles(), r) {
			return &usageError{message: fmt.Sprintf("--map %s=…: no such role; use one of %s", name, joined(contacts.Roles()))}
		}
		if column := f.Map[name]; column != "" || into[r] == nil {
			into[r] = append(into[r], slices.DeleteFunc([]string{column}, func(c string) bool { return c == "" })...)
		}
		if into[r] == nil {
			into[r] = []string{}
		}
	}
	return nil
}

// byOrder puts phone before phone2 before phone10.
func byOrder(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) }

// roleOf knows the short names of roles too.
func roleOf(name string) contacts.Role {
	switch name {
	case "first", "last":
		return contacts.Role(name + "_name")
	default:
		return contacts.Role(name)
	}
}

// decide reads the flags about what is found.
func (f *decideFlags) decide(o *contacts.Options) error {
	for take, kinds := range map[bool][]string{false: f.Refuse, true: f.Accept} {
		for _, kind := range kinds {
			if words.Problem(campaign.Problem(kind)) == kind {
				return &usageError{message: fmt.Sprintf("%s: no such kind of problem; --json names those of a list", kind)}
			}
			o.Rules[campaign.Problem(kind)] = take
		}
	}
	for _, s := range f.Same {
		same := contacts.Same(s)
		if !slices.Contains([]contacts.Same{contacts.SameNumber, contacts.SameExternal, contacts.SamePerson}, same) {
			return &usageError{message: fmt.Sprintf("--same %s: use number, external or person", s)}
		}
		o.Same = append(o.Same, same)
	}
	o.Across = contacts.Across{Running: f.Running, Days: f.Days}
	if f.Keep != "first" {
		o.Keep = contacts.Keep(f.Keep)
	}
	return nil
}

func joined[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = string(s)
	}
	return strings.Join(words, ", ")
}
