package contacts

import (
	"slices"

	"rollcall/campaign"
)

// Summary is what Read found out about a list.
type Summary struct {
	Columns     []Column `json:"columns"`
	Ready       int      `json:"ready"` // rows that can be called
	Quarantined int      `json:"quarantined"`
	Duplicates  int      `json:"duplicates"`
	// Excluded, DoNotCall and NoConsent say how many of those in quarantine are
	// there because a person left them out, because the list says that they are
	// not to be called, or that they do not agree.
	Excluded  int `json:"excluded,omitempty"`
	DoNotCall int `json:"do_not_call,omitempty"`
	NoConsent int `json:"no_consent,omitempty"`
	// Elsewhere is how many of the Duplicates are of other campaigns.
	Elsewhere int `json:"elsewhere,omitempty"`
	// Problems are those of the whole file.
	Problems []campaign.CellProblem `json:"problems,omitempty"`
	// Groups are those of rows, by kind, in the order in which they came up.
	Groups []Group `json:"groups,omitempty"`
}

// Group is how often a problem was found.
type Group struct {
	Kind campaign.Problem `json:"kind"`
	// Example is the first of them.
	Example campaign.CellProblem `json:"example"`
	// Repaired, Proposed and Aside say of how many the repair was made, of how
	// many one is proposed and of how many there is none.
	Repaired int `json:"repaired,omitempty"`
	Proposed int `json:"proposed,omitempty"`
	Aside    int `json:"aside,omitempty"`
}

// Count is how many there are in all.
func (g Group) Count() int { return g.Repaired + g.Proposed + g.Aside }

// Rows is the number of rows below the header that are not empty.
func (s Summary) Rows() int { return s.Ready + s.Quarantined + s.Duplicates }

// Names are the columns' headings.
func (s Summary) Names() []string {
	names := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		names[i] = c.Name
	}
	return names
}

// Count counts rows that end because of why.
func (s *Summary) Count(why campaign.Reason, by int) {
	switch why.Code {
	case "":
		s.Ready += by
		return
	case campaign.CodeDuplicate:
		s.Duplicates += by
		return
	case campaign.CodeExcluded:
		s.Excluded += by
	case campaign.CodeDoNotCall:
		s.DoNotCall += by
	case campaign.CodeNoConsent:
		s.NoConsent += by
	default:
	}
	s.Quarantined += by
}

func (s *Summary) group(p campaign.CellProblem) {
	at := -1
	for i := range s.Groups {
		if s.Groups[i].Kind == p.Kind {
			at = i
		}
	}
	if at < 0 {
		at = len(s.Groups)
		s.Groups = append(s.Groups, Group{Kind: p.Kind, Example: p})
	}
	switch g := &s.Groups[at]; {
	case p.Repair != "":
		g.Repaired++
	case p.Proposal != "":
		g.Proposed++
	default:
		g.Aside++
	}
}

// ungroup takes back n of a kind that were set aside.
func (s *Summary) ungroup(kind campaign.Problem, n int) {
	s.Groups = slices.DeleteFunc(s.Groups, func(g Group) bool { return g.Kind == kind && g.Count() <= n })
	for i := range s.Groups {
		if s.Groups[i].Kind == kind {
			s.Groups[i].Aside -= n
		}
	}
}

// List is a Sink that keeps everything in memory, for lists that are short.
type List struct {
	Summary
	Contacts []campaign.Contact     // every row of the file in its order
	Found    []campaign.CellProblem // in rows
	at       map[int]int            // index in Contacts, by row
}

// Collect reads the whole of t into memory.
func Collect(t *campaign.Table, o Options) (List, error) {
	list := List{}
	var err error
	list.Summary, err = Read(t, o, &list)
	return list, err
}

// Add takes a row.
func (l *List) Add(c campaign.Contact, problems []campaign.CellProblem) error {
	if l.at == nil {
		l.at = map[int]int{}
	}
	l.at[c.Row] = len(l.Contacts)
	l.Contacts = append(l.Contacts, c)
	l.Found = append(l.Found, problems...)
	return nil
}

// Amend changes one.
func (l *List) Amend(a Amendment) error {
	c := &l.Contacts[l.at[a.Row]]
	c.Status, c.Why = a.Status, a.Why
	if a.Fill != nil {
		*c = Merge(*c, *a.Fill)
	}
	return nil
}

// Report is what "rollcall import --json" writes, beside its problems.
type Report struct {
	Rows        int      `json:"rows"`
	Contacts    int      `json:"contacts"`
	Quarantined int      `json:"quarantined"`
	Duplicates  int      `json:"duplicates"`
	Columns     []Column `json:"columns"`
}

// Report returns the list in numbers.
func (s Summary) Report() Report {
	return Report{
		Rows: s.Rows(), Contacts: s.Ready, Quarantined: s.Quarantined, Duplicates: s.Duplicates,
		Columns: append([]Column{}, s.Columns...),
	}
}
