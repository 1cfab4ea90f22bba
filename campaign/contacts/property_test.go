package contacts_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
)

// repairs are the kinds of problems after which a number may be dialled.
func repairs() []campaign.Problem {
	return []campaign.Problem{
		campaign.ProblemExponent, campaign.ProblemDecimal, campaign.ProblemSeparators, campaign.ProblemFormulaPlus, campaign.ProblemApostrophe,
		campaign.ProblemInvisible, campaign.ProblemScript, campaign.ProblemNote, campaign.ProblemPrefix, campaign.ProblemForm, campaign.ProblemLetters,
		campaign.ProblemLeadingZero, campaign.ProblemLostPlus, campaign.ProblemTwoNumbers, campaign.ProblemDate, campaign.ProblemForeign,
	}
}

func someCell() *rapid.Generator[campaign.Cell] {
	value := rapid.OneOf(
		rapid.SampledFrom([]string{
			"3125550142", "(312) 555-0142", "+13125550142", "3.125550142E9", "3125550142.0", "=+13125550142", "4.41E+11", "911", `="3125550142"`,
			"312 555 0143 / 312 555 0144", "cell 312 555 0145", "001 312 555 0142", "+881612345678", "Ann", " ", "America/Denver", "312\u200b5550142",
			"'3125550146", "442079460000", "+44 (0)20 7946 0000", "after 5 312 555 0147", "312 555 0142 x5", "3,125,550,142", "555 0142", "1-800-FLOWERS",
			"+52 1 55 1234 5678", "yes", "no", "IL", "K-1", "K-2",
		}),
		rapid.StringMatching(`[+(]?[0-9]{0,4}[ ).-]{0,2}[0-9]{2,4}[ .-]?[0-9]{3,6}`),
		rapid.String(),
	)
	return rapid.Custom(func(t *rapid.T) campaign.Cell {
		kind := rapid.SampledFrom([]campaign.CellType{
			campaign.CellEmpty, campaign.CellText, campaign.CellText, campaign.CellText, campaign.CellNumber, campaign.CellFormula, campaign.CellDate, campaign.CellError,
		}).Draw(t, "type")
		if kind == campaign.CellEmpty {
			return campaign.Cell{}
		}
		text := value.Draw(t, "text")
		raw := text
		if kind != campaign.CellText {
			raw = value.Draw(t, "raw")
		}
		return campaign.Cell{Type: kind, Text: text, Raw: raw}
	})
}

func someOptions() *rapid.Generator[contacts.Options] {
	return rapid.Custom(func(t *rapid.T) contacts.Options {
		o := contacts.Options{
			Region:   rapid.SampledFrom([]phone.Region{"", "US", "DE", "GB", "IT"}).Draw(t, "region"),
			Zone:     rapid.SampledFrom([]string{"", "Europe/Paris"}).Draw(t, "zone"),
			Domestic: rapid.Bool().Draw(t, "domestic"),
			Keep:     rapid.SampledFrom([]contacts.Keep{contacts.KeepFirst, contacts.KeepLast, contacts.KeepMerge, contacts.KeepAsk}).Draw(t, "keep"),
			Same:     rapid.SliceOfNDistinct(rapid.SampledFrom([]contacts.Same{contacts.SameNumber, contacts.SameExternal, contacts.SamePerson}), 0, 3, rapid.ID).Draw(t, "same"),
			Rules:    rapid.MapOfN(rapid.SampledFrom(repairs()), rapid.Bool(), 0, 4).Draw(t, "rules"),
			LeaveOut: rapid.MapOfN(rapid.SampledFrom(repairs()), rapid.Bool(), 0, 4).Draw(t, "leave out"),
			Rows: rapid.MapOfN(rapid.IntRange(2, 40), rapid.Custom(func(t *rapid.T) contacts.Decision {
				d := contacts.Decision{LeaveOut: rapid.Bool().Draw(t, "out"), Call: rapid.Bool().Draw(t, "call")}
				if rapid.Bool().Draw(t, "decided") {
					take := rapid.Bool().Draw(t, "take")
					d.Take = &take
				}
				d.Number = rapid.SampledFrom([]string{"", "", "617 555 0142", "x"}).Draw(t, "number")
				return d
			}), 0, 5).Draw(t, "rows"),
		}
		if rapid.Bool().Draw(t, "mapped") {
			o.Map = map[contacts.Role][]string{
				contacts.Phone: {"B", "C"}, contacts.External: {"D"}, contacts.DoNotCall: {"E"}, contacts.Name: {"A"},
			}
		}
		return o
	})
}

// someTable is a table of five columns and the numbers of its rows.
func someTable(t *rapid.T) (*campaign.Table, []int) {
	row := rapid.SliceOfN(someCell(), 5, 6)
	from := campaign.Table{HeaderRow: 1, Header: cells("Name|Phone|Mobile|Key|Stop")}
	if rapid.Bool().Draw(t, "headless") {
		from.HeaderRow, from.Header = 0, nil
		row = rapid.SliceOfN(someCell(), 0, 6)
	}
	// Some column E there has to be, for it is given.
	rows := []campaign.TableRow{{Number: 2, Cells: cells("a|b|c|d|e")}}
	for i, cells := range rapid.SliceOf(row).Draw(t, "rows") {
		rows = append(rows, campaign.TableRow{Number: 2*i + 4, Cells: cells})
	}
	var want []int
	for _, r := range rows {
		if strings.TrimSpace(joined(r.Cells)) != "" {
			want = append(want, r.Number)
		}
	}
	return rewound(from, nil, rows...), want
}

// Whatever the table and whatever people decide, every row that is not empty
// is accounted for once, in order, and nobody is called twice.
func TestEveryRowOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, want := someTable(t)
		o := someOptions().Draw(t, "options")
		list, err := collect(from, o)
		if err != nil {
			t.Fatal(err)
		}
		account(t, list, o, want)
	})
}

func account(t *rapid.T, list contacts.List, o contacts.Options, want []int) {
	var rows []int
	counts := map[campaign.Code]int{}
	byRow := map[int]campaign.Contact{}
	for _, c := range list.Contacts {
		rows = append(rows, c.Row)
		byRow[c.Row] = c
		counts[c.Why.Code]++
		if len(c.Cells) > len(list.Columns) {
			t.Errorf("row %d has %d cells, the list %d columns", c.Row, len(c.Cells), len(list.Columns))
		}
		if (c.Status == campaign.Ready) != c.Why.IsZero() || c.Status != campaign.Ready && c.Status != campaign.Skipped {
			t.Errorf("row %d is %s because %+v", c.Row, c.Status, c.Why)
		}
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	got := [6]int{list.Ready, list.Quarantined, list.Duplicates, list.Excluded, list.DoNotCall, list.NoConsent}
	barred := [3]int{counts[campaign.CodeExcluded], counts[campaign.CodeDoNotCall], counts[campaign.CodeNoConsent]}
	aside := counts[campaign.CodeQuarantine] + barred[0] + barred[1] + barred[2]
	if found := [6]int{counts[""], aside, counts[campaign.CodeDuplicate], barred[0], barred[1], barred[2]}; got != found || list.Rows() != len(want) {
		t.Errorf("counted %v, found %v, of %d rows", got, found, len(want))
	}
	once(t, list, o)
	for _, c := range list.Contacts {
		followed(t, c, byRow)
	}
}

// once checks that no two rows that are called are the same, and that nobody
// is called at a number that is not to be called.
func once(t *rapid.T, list contacts.List, o contacts.Options) {
	seen := map[string]int{}
	for _, c := range list.Contacts {
		if c.Status != campaign.Ready {
			continue
		}
		if c.Number == "" || len(c.Zones) == 0 {
			t.Errorf("row %d is ready with number %q in %v", c.Row, c.Number, c.Zones)
		}
		keys := []string{"number " + string(c.Number)}
		if len(o.Same) > 0 {
			keys = nil
		}
		for _, same := range o.Same {
			switch {
			case same == contacts.SameNumber:
				keys = append(keys, "number "+string(c.Number))
			case same == contacts.SamePerson:
				keys = append(keys, "person "+string(c.Number)+strings.ToLower(c.Name))
			case c.External != "" && o.Keep != contacts.KeepMerge: // a merged key may be another's
				keys = append(keys, "key "+c.External)
			}
		}
		if o.Keep == contacts.KeepMerge && !slices.Contains(o.Same, contacts.SameNumber) && len(o.Same) > 0 {
			keys = nil // so may a merged name
		}
		for _, key := range keys {
			if first, twice := seen[key]; twice {
				t.Errorf("rows %d and %d are called and have the same %s", first, c.Row, key)
			}
			seen[key] = c.Row
		}
	}
	for _, c := range list.Contacts {
		row, called := seen["number "+string(c.Number)]
		if c.Why.Code == campaign.CodeDoNotCall && c.Number != "" && called {
			t.Errorf("row %d is called, but row %d says not to call its number", row, c.Row)
		}
	}
}

// followed checks that duplicates lead to a row that is called, or is not for
// a reason of its own.
func followed(t *rapid.T, c campaign.Contact, byRow map[int]campaign.Contact) {
	for range byRow {
		if c.Why.Code != campaign.CodeDuplicate {
			return
		}
		next, found := byRow[c.Why.Row]
		if !found {
			t.Errorf("row %d is a duplicate of row %d, which does not exist", c.Row, c.Why.Row)
			return
		}
		c = next
	}
	if c.Why.Code == campaign.CodeDuplicate {
		t.Errorf("row %d is a duplicate in a circle", c.Row)
	}
}

// Under default rules no digit is dialled that was not written; with every
// rule refused, only what was written as a number.
func TestNoDigitIsGuessed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, _ := someTable(t)
		rows := map[int][]campaign.Cell{}
		for _, row := range from.Rows.(*campaigntest.Rows).All {
			rows[row.Number] = row.Cells
		}
		o := contacts.Options{Region: rapid.SampledFrom([]phone.Region{"US", "DE", "GB", "IT", "AR", "MX"}).Draw(t, "region")}
		o.Map = map[contacts.Role][]string{contacts.Phone: {"B", "C"}}
		for _, refuse := range []bool{false, true} {
			if refuse {
				o.Rules = rules(false, repairs()...)
			}
			list, err := collect(from, o)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range list.Contacts {
				for _, n := range append([]phone.Number{c.Number}, c.Others...) {
					if n != "" && !slices.ContainsFunc(rows[c.Row], func(cell campaign.Cell) bool { return wrote(cell, n, refuse) }) {
						t.Errorf("row %d is called at %s, which is in none of %v", c.Row, n, rows[c.Row])
					}
				}
			}
		}
	})
}

// asNumber is what a number looks like to which no rule applies: digits and
// punctuation.
var asNumber = regexp.MustCompile(`^\s*(?i:tel:|callto:|sms:)?[^\pL\p{Cf}'=]*$`)

// wrote tells whether the digits of n stand in a cell in their order, without
// the country code, or with letters as keys; plainly: with nothing else.
func wrote(c campaign.Cell, n phone.Number, plainly bool) bool {
	code, national, _ := strings.Cut(n.International(), " ")
	national = keys(national)
	if code == "+54" {
		national = strings.TrimPrefix(national, "9") // of mobiles; people at home write 15
	}
	forms := []string{c.Text, c.Raw}
	if f, err := strconv.ParseFloat(c.Raw, 64); err == nil && !plainly {
		forms = append(forms, strconv.FormatFloat(f, 'f', 0, 64)) // 6.124E9 is exact
	}
	for _, s := range forms {
		if plainly && !asNumber.MatchString(s) {
			continue
		}
		from := keys(phone.Clean(s))
		if !plainly && c.Type != campaign.CellText { // a zero that Excel took
			national = strings.TrimLeft(national, "0")
		}
		if plainly && !strings.HasSuffix(from, national) {
			continue
		}
		i := 0
		for j := 0; j < len(from) && i < len(national); j++ {
			if from[j] == national[i] {
				i++
			}
		}
		if i == len(national) {
			return true
		}
	}
	return false
}

// keys are the digits of a text, letters as the keys they stand on.
func keys(s string) string {
	const pads = "abc2def3ghi4jkl5mno6pqrs7tuv8wxyz9"
	return strings.Map(func(r rune) rune {
		switch at := strings.IndexRune(pads, r); {
		case '0' <= r && r <= '9':
			return r
		case at < 0:
			return -1
		default:
			return rune(pads[at+strings.IndexAny(pads[at:], "23456789")])
		}
	}, strings.ToLower(s))
}

func FuzzCell(f *testing.F) {
	for _, s := range []string{
		"4.41E+11", "6.175550142E9", "312 555 0142 / 43", "=+1617", "cell: 312 555 0142", "1e99", "00", "/", "6,175,550,142.00", "6.175.550.142,00",
		"nach 4 030 12345678", "1-800-FLOWERS", "٦١٧٥٥٥٠١٤٢", "+52 1 55 1234 5678", "011 15 2345-6789", "617 555 0142 #99", "'617", `="617"`, "617\u200b5550142",
	} {
		f.Add(s, s, uint8(0), uint8(1))
		f.Add(s, "6175550142", uint8(2), uint8(0))
	}
	kinds := []campaign.CellType{campaign.CellText, campaign.CellNumber, campaign.CellFormula, campaign.CellDate, campaign.CellBool, campaign.CellError}
	regions := []phone.Region{"US", "DE", "GB", "IT", "FR", "ES", "AR", "MX", "AU", "BR"}
	f.Fuzz(func(t *testing.T, shown, raw string, kind, region uint8) {
		c := campaign.Cell{Type: kinds[int(kind)%len(kinds)], Text: shown, Raw: raw}
		o := contacts.Options{Region: regions[int(region)%len(regions)], Map: map[contacts.Role][]string{contacts.Phone: {"Phone"}}}
		for _, refuse := range []bool{false, true} {
			if refuse {
				o.Rules = rules(false, repairs()...)
			}
			for _, got := range read(t, phones(c), o).Contacts {
				if got.Number != "" && !wrote(c, got.Number, refuse) {
					t.Errorf("%s cell %q %q is called at %s", c.Type, shown, raw, got.Number)
				}
				if got.Number != "" && !strings.HasPrefix(string(got.Number), "+") {
					t.Errorf("%q is no number", got.Number)
				}
				if (got.Number == "") != (got.Why.Problem != "") && got.Why.Problem != campaign.ProblemZone {
					t.Errorf("number %q because %+v", got.Number, got.Why)
				}
			}
		}
	})
}
