package contacts_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
)

// floor is the share of columns of testdata/headings.txt that have to be taken
// for what they are.
const floor = 0.97

// set is one line of testdata/headings.txt.
type set struct {
	region  phone.Region
	columns []wanted
}

type wanted struct{ heading, role, content string }

func headingSets(t *testing.T, file string) []set {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var sets []set
	for line := range strings.Lines(string(data)) {
		region, rest, found := strings.Cut(strings.TrimSpace(line), ": ")
		if !found || strings.HasPrefix(line, "#") {
			continue
		}
		s := set{region: phone.Region(region)}
		for column := range strings.SplitSeq(rest, "; ") {
			heading, role, _ := strings.Cut(column, "=")
			role, content, _ := strings.Cut(role, "/")
			s.columns = append(s.columns, wanted{heading, role, content})
		}
		sets = append(sets, s)
	}
	return sets
}

// sampleCell is what row i of a column holds.
func sampleCell(w wanted, region phone.Region, column, i int) string {
	pick := func(list string) string {
		values := strings.Split(list, "|")
		return values[(i*7+column)%len(values)]
	}
	what := w.content
	if what == "" || w.role == "phone" {
		what = w.role
	}
	if value, found := map[string]string{
		"first_name": "Ann|Bob|Cid|Zoé|Jürgen|María|Łucja|Dee|Eve", "last_name": "Example|Beispiel|Muñoz|O'Neil|Le Goff|Kowalska|Rossi",
		"name": "Ann Example|Bob Beispiel|María Muñoz|Zoé Le Goff|Jan Kowalski", "person": "Dr Ann Example|Bob Muster|Eve Doe",
		"city": "Boston|Wien|Lyon|Sevilla|Köln|Łódź|Roma", "words": "retail|health|call twice|other|Bayern|Sevilla|Mr|north",
		"firm": "Acme Inc|Muster GmbH|Société Générale|AOK", "street": "12 Main St|Hauptstr. 5|3 rue de Lyon|Calle Mayor 8", "url": "example.org|example.com/x",
		"status": "active|closed|new", "small": "1|2|3|4a|12|7", "money": "12.50|1,200.00|8|99.90", "iban": "DE89370400440532013000|PL61109010140000071219812874",
		"date": "2026-03-01|03/04/1975|12.05.1980|1.2.1999", "stamp": "2026-03-01 10:15|2026-03-02 11:30", "email": "a@example.org|b.c@example.com",
		"zone": "America/Chicago|Eastern|Europe/Berlin|America/Denver", "country": "USA|Germany|France|España|Polska|Italia", "consent": "yes|no|Ja|oui|tak|sí",
		"do_not_call": "||x|yes||no", "hours": "after 5 pm|Mo-Fr 9-17||mornings|ab 17 Uhr|9-12", "priority": "high|1|2||normal", "language": "en|de|fr|es|English|it|pl",
	}[what]; found {
		return pick(value)
	}
	switch what {
	case "phone":
		return sampleNumber(region, 10*column+i)
	case "same":
		return sampleNumber(region, 7)
	case "external":
		return fmt.Sprintf("K-%d", 1000+37*i+column)
	case "account":
		return fmt.Sprintf("31255501%02d", i+10*column)
	case "postcode":
		return map[phone.Region]string{"CA": "K1A 0B1", "GB": "SW1A 1AA", "PL": "00-950", "AU": "3000"}[region] + map[phone.Region]string{
			"US": "02139", "DE": "04109", "FR": "69001", "ES": "41001", "IT": "00184", "MX": "06000"}[region]
	case "state":
		return pick(map[phone.Region]string{"US": "MA|IL|CA|NY", "CA": "ON|QC|BC", "AU": "NSW|VIC|QLD"}[region])
	}
	panic("no content for " + what)
}

func sampleNumber(region phone.Region, n int) string {
	form := map[phone.Region]string{
		"US": "(312) 555-01%02d", "CA": "613-555-01%02d", "GB": "07911 1234%02d", "AU": "0491 5701%02d", "DE": "0171 23456%02d", "FR": "06 12 34 56 %02d",
		"ES": "612 34 56 %02d", "MX": "55 1234 56%02d", "IT": "347 12345%02d", "PL": "601 234 5%02d",
	}[region]
	return fmt.Sprintf(form, n%100)
}

func (s set) table() *campaign.Table {
	const rows = 24
	var lines []string
	for i := range rows {
		var line []string
		for j, c := range s.columns {
			if i == 0 {
				line = append(line, c.heading)
			} else {
				line = append(line, sampleCell(c, s.region, j, i))
			}
		}
		lines = append(lines, strings.Join(line, "|"))
	}
	return table(lines...)
}

// The first file was written with the words of headings.go at hand, the second
// is what other programs write.
func TestHeadings(t *testing.T) {
	for file, least := range map[string]int{"headings.txt": 300, "exports.txt": 150} {
		t.Run(file, func(t *testing.T) {
			seen, right := 0, 0
			for _, s := range headingSets(t, file) {
				seen += len(s.columns)
				right += s.right(t)
			}
			share := float64(right) / float64(seen)
			t.Logf("%d of %d columns, %.1f %%", right, seen, 100*share)
			if share < floor || seen < least {
				t.Errorf("%.3f of %d columns are right, want %.2f of %d", share, seen, floor, least)
			}
		})
	}
}

// right returns how many columns are taken for what they are.
func (s set) right(t *testing.T) int {
	t.Helper()
	n := 0
	list := read(t, s.table(), contacts.Options{Region: s.region})
	for i, c := range s.columns {
		got := list.Columns[i]
		if string(got.Role) == c.role {
			n++
			continue
		}
		t.Logf("%s: %q is taken for %s (%.2f), not for %s", s.region, c.heading, got.Role, got.Confidence, c.role)
		// What must never be called is not taken for a person's telephone.
		if got.Role == contacts.Phone {
			t.Errorf("%q is called", c.heading)
		}
	}
	return n
}
