package contacts

import (
	"cmp"
	"fmt"
	"slices"

	"rollcall/campaign"
	"rollcall/campaign/phone"
)

// Options is what a person decides about a list. It is stored with a draft, so
// that the list can be read again the same way. The zero value guesses.
type Options struct {
	Region phone.Region `json:"region,omitempty"` // of numbers without a country code; empty: US
	Zone   string       `json:"zone,omitempty"`   // IANA zone of people whose number does not tell theirs
	// Map gives columns their roles, by heading or by letter, several for Phone
	// in the order in which they are tried. Roles that are not in it are
	// guessed; one with no column is given to none.
	Map map[Role][]string `json:"map,omitempty"`
	// Rules refuses repairs of a kind (false) or accepts proposals of it (true).
	Rules map[campaign.Problem]bool `json:"rules,omitempty"`
	// LeaveOut leaves out the rows that are in quarantine because of a problem.
	LeaveOut map[campaign.Problem]bool `json:"leave_out,omitempty"`
	// Rows decides about single rows, by their number in the file. It goes
	// before Rules and LeaveOut.
	Rows map[int]Decision `json:"rows,omitempty"`
	// Domestic refuses numbers of other countries than Region.
	Domestic bool `json:"domestic,omitempty"`
	// Same is what makes two rows duplicates; empty: the same number.
	Same []Same `json:"same,omitempty"`
	Keep Keep   `json:"keep,omitempty"` // which of them is called
	// Across is where else a number makes a row a duplicate. The store looks.
	Across Across `json:"across,omitzero"`
	// Told is called now and then with the number of rows done; its error ends
	// Read, which returns it. It may be nil.
	Told func(rows int) error `json:"-"`
}

// Across is other campaigns in which a number may be: real ones, unless this is
// practice too.
type Across struct {
	Running bool `json:"running,omitempty"` // those that run, are paused or wait
	Days    int  `json:"days,omitempty"`    // those that rang it within so many days
}

// Decision is what a person decides about one row.
type Decision struct {
	// Take accepts what is proposed for the row (true) or refuses what was
	// repaired in it (false); nil: as Rules say.
	Take *bool `json:"take,omitempty"`
	// Number is the number typed in by hand in place of the cell.
	Number string `json:"number,omitempty"`
	// LeaveOut sets the row aside whatever it holds.
	LeaveOut bool `json:"leave_out,omitempty"`
	// Keep takes the row where all with its problem are left out.
	Keep bool `json:"keep,omitempty"`
	// Call says of a duplicate that this row is the one to be called.
	Call bool `json:"call,omitempty"`
}

// Same is one way in which two rows are about the same person.
type Same string

// The ways.
const (
	SameNumber   Same = "number"
	SameExternal Same = "external" // the user's own key
	SamePerson   Same = "person"   // number and name
)

// Keep is which of several duplicates is called.
type Keep string

// The policies.
const (
	KeepFirst Keep = ""      // the first in the file
	KeepLast  Keep = "last"  // the last in the file
	KeepMerge Keep = "merge" // the first, its gaps filled from the others
	KeepAsk   Keep = "ask"   // none until a person has chosen
)

// check tells what in o does not exist.
func (o Options) check() error {
	if !phone.KnownRegion(o.Region) {
		return fmt.Errorf("no such region: %q", o.Region)
	}
	if o.Zone != "" && zoneNamed(o.Zone) == "" {
		return fmt.Errorf("no such time zone: %q", o.Zone)
	}
	for _, same := range o.Same {
		if same != SameNumber && same != SameExternal && same != SamePerson {
			return fmt.Errorf("no such way to be the same: %q", same)
		}
	}
	switch o.Keep {
	case KeepFirst, KeepLast, KeepMerge, KeepAsk:
		return nil
	default:
		return fmt.Errorf("no such way to keep one of several: %q", o.Keep)
	}
}

// Merge returns earlier with what is empty in it taken from later: the name,
// the key, the person's own hours, and cells. All numbers of later that it
// lacks become further ones, the greater priority counts, and consent of either
// does. Of a row that says that the person does not agree nothing is taken, but
// that.
func Merge(earlier, later campaign.Contact) campaign.Contact {
	if later.Why.Code == campaign.CodeNoConsent {
		earlier.Consent = false
		return earlier
	}
	earlier.Priority = max(earlier.Priority, later.Priority)
	earlier.Consent = earlier.Consent || later.Consent
	if earlier.Hours.IsZero() {
		earlier.Hours = later.Hours
	}
	earlier.Name = cmp.Or(earlier.Name, later.Name)
	earlier.External = cmp.Or(earlier.External, later.External)
	cells := make([]string, max(len(earlier.Cells), len(later.Cells)))
	copy(cells, later.Cells)
	for i, s := range earlier.Cells {
		if s != "" {
			cells[i] = s
		}
	}
	earlier.Cells = cells
	others := slices.Clone(earlier.Others)
	for _, n := range append([]phone.Number{later.Number}, later.Others...) {
		if n != "" && n != earlier.Number && !slices.Contains(others, n) {
			others = append(others, n)
		}
	}
	earlier.Others = others
	return earlier
}

// Import is how a list was read and what was found in it: what a draft keeps,
// so that it can be looked at and read again.
type Import struct {
	Book      campaign.Book    `json:"book"`
	Reading   campaign.Reading `json:"reading"`
	HeaderRow int              `json:"header_row"`
	Layout    string           `json:"layout"` // fingerprint of its headings
	Options   Options          `json:"options"`
	Summary   Summary          `json:"summary"`
}

// Source returns the list as a campaign remembers it.
func (i Import) Source(t *campaign.Table) campaign.List {
	return campaign.List{File: t.Book.File, Sheet: t.Sheet, Hash: t.Hash, Columns: i.Summary.Names()}
}
