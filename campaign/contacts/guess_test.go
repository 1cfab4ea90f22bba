package contacts_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
)

// roleOf returns the heading of the column with a role, empty if none has it.
func roleOf(list contacts.List, role contacts.Role) string {
	for _, c := range list.Columns {
		if c.Role == role {
			return c.Name
		}
	}
	return ""
}

func TestPhoneHeadings(t *testing.T) {
	for _, heading := range []string{
		"Phone", "phone number", "PHONE_NO", "Phone #", "Tel", "Tel.", "Telephone 1", "Mobile", "Mobile (private)", "Cell", "CellPhone", "Home phone",
		"Telefon", "Telefon-Nr.", "Handy", "Handynummer", "Rufnummer", "Festnetz", "Mobil",
		"Téléphone", "Numéro de téléphone", "Portable", "Tél. portable",
		"Teléfono", "Móvil", "Número de teléfono", "Celular",
		"Telefono", "Cellulare", "Numero di telefono",
	} {
		t.Run(heading, func(t *testing.T) {
			// Another column holds numbers too: only the heading can tell.
			list := read(t, table("Reference|"+heading, "6175550142|312 555 0142"), contacts.Options{})
			if got := roleOf(list, contacts.Phone); got != heading {
				t.Errorf("the phone column is %q", got)
			}
		})
	}
}

func TestNameHeadings(t *testing.T) {
	for _, heading := range []string{
		"Name", "Full name", "Contact", "Contact name", "Customer", "Client name", "Patient", "Student", "Parent 1", "Member", "Guest",
		"Kunde", "Ansprechpartner", "Empfänger", "Schüler", "Vor- und Nachname",
		"Nom", "Nom complet", "Nom et prénom", "Élève",
		"Nombre", "Nombre completo", "Nombre y apellidos", "Cliente",
		"Nome", "Nominativo", "Cognome e nome", "Paziente",
	} {
		t.Run(heading, func(t *testing.T) {
			list := read(t, table("Town|"+heading+"|Phone", "Rome|Ann Example|312 555 0142"), contacts.Options{})
			if got := roleOf(list, contacts.Name); got != heading || list.Contacts[0].Name != "Ann Example" {
				t.Errorf("the name column is %q, the name %q", got, list.Contacts[0].Name)
			}
		})
	}
}

func TestNoNameHeadings(t *testing.T) {
	for _, heading := range []string{"Company name", "User name", "School", "Street name", "Doctor", "City", "Notes", "Customer number"} {
		t.Run(heading, func(t *testing.T) {
			value := "Acme"
			if heading == "Customer number" {
				value = "K-77"
			}
			list := read(t, table(heading+"|Phone", value+"|312 555 0142"), contacts.Options{})
			if got := roleOf(list, contacts.Name); got != "" {
				t.Errorf("the name column is %q", got)
			}
		})
	}
}

// The column of numbers is found by its share of numbers, not by its first
// cells, and not by columns that are merely long.
func TestPhoneByContent(t *testing.T) {
	lines := []string{"a|b|c|d"}
	for i := range 300 {
		number := fmt.Sprintf("312 555 01%02d", i%100)
		if i < 20 {
			number = "ask"
		}
		lines = append(lines, fmt.Sprintf("%d|2026-03-%02d|%s|%015d", i, i%28+1, number, i))
	}
	list := read(t, table(lines...), contacts.Options{})
	if got := roleOf(list, contacts.Phone); got != "c" {
		t.Errorf("the phone column is %q", got)
	}
	if list.Ready != 100 || list.Duplicates != 180 || list.Quarantined != 20 {
		t.Errorf("%d ready, %d duplicates, %d quarantined", list.Ready, list.Duplicates, list.Quarantined)
	}
}

// Which column holds numbers depends on the region: national numbers of one
// are none in another.
func TestPhoneByRegion(t *testing.T) {
	from := table("a|b", "617 555 0142|020 7946 0000", "617 555 0143|020 7946 0001")
	for region, want := range map[phone.Region]string{"US": "a", "GB": "b"} {
		t.Run(string(region), func(t *testing.T) {
			list := read(t, from, contacts.Options{Region: region})
			if got := roleOf(list, contacts.Phone); got != want || list.Ready != 2 {
				t.Errorf("the phone column is %q, %d ready", got, list.Ready)
			}
		})
	}
}

func TestZoneWords(t *testing.T) {
	for words, want := range map[string]string{
		"Eastern": "America/New_York", "EDT": "America/New_York", "Central Standard Time": "America/Chicago", "mountain": "America/Denver",
		"PT": "America/Los_Angeles", "Alaska Time": "America/Anchorage", "HST": "Pacific/Honolulu", "BST": "Europe/London",
		"MEZ": "Europe/Berlin", "Europe/Vienna": "Europe/Vienna", "UTC": "UTC",
	} {
		t.Run(words, func(t *testing.T) {
			list := read(t, table("Phone|Zone", "+881612345678|"+words), contacts.Options{})
			if got := list.Contacts[0].Zones; len(got) != 1 || got[0] != want {
				t.Errorf("zones %v, want %s", got, want)
			}
		})
	}
}

// The first of a duplicate is kept among those that can be called: a row set
// aside does not take the number from a later one.
func TestFirstCallableIsKept(t *testing.T) {
	const satellite = "+881612345678"
	list := read(t, table("Phone|Zone", satellite+"|", satellite+"|Europe/Rome", satellite+"|Europe/Rome"), contacts.Options{})
	var got []campaign.Code
	for _, c := range list.Contacts {
		got = append(got, c.Why.Code)
	}
	if want := fmt.Sprint([]campaign.Code{campaign.CodeQuarantine, "", campaign.CodeDuplicate}); fmt.Sprint(got) != want {
		t.Errorf("reasons %v, want %v", got, want)
	}
	if list.Contacts[2].Why.Row != 3 {
		t.Errorf("duplicate of row %d, want 3", list.Contacts[2].Why.Row)
	}
}

// What cells are is told without headings too.
func TestRolesByContent(t *testing.T) {
	lines := []string{""}
	for i := range 20 {
		lines = append(lines, fmt.Sprintf("%d|Ann Example|(312) 555-01%02d|ann%d@example.org|America/Chicago|France|SW1A 1AA|2026-01-%02d", i, i, i, i+1))
	}
	want := []contacts.Role{
		contacts.Own, contacts.Name, contacts.Phone, contacts.Email, contacts.Zone, contacts.Country, contacts.Postcode, contacts.Own,
	}
	for name, from := range map[string]*campaign.Table{
		"no headings": headless(table(lines...)), "headings that say nothing": table(append([]string{"a|b|c|d|e|f|g|h"}, lines[1:]...)...),
	} {
		t.Run(name, func(t *testing.T) {
			for i, c := range read(t, from, contacts.Options{}).Columns {
				named := c.Role == want[i] || c.Role == contacts.Own && want[i] == contacts.Name && name != "no headings"
				if !named || (c.Role == contacts.Own) != (c.Confidence == 0) {
					t.Errorf("column %d is taken for %s (%.2f), want %s", i+1, c.Role, c.Confidence, want[i])
				}
			}
		})
	}
}

func TestKindsAndConfidence(t *testing.T) {
	list := read(t, table("Name|Handy|Tel. Büro|Festnetz|Telefon", "Ann|0171 2345678|030 12345678|030 12345679|040 123456"), contacts.Options{Region: "DE"})
	want := []contacts.Column{
		{Name: "Name", Role: contacts.Name, Confidence: 1}, {Name: "Handy", Role: contacts.Phone, Confidence: 1, Kind: "mobile", Order: 1},
		{Name: "Tel. Büro", Role: contacts.Phone, Confidence: 0.91, Kind: "work", Order: 2},
		{Name: "Festnetz", Role: contacts.Phone, Confidence: 1, Kind: "home", Order: 3}, {Name: "Telefon", Role: contacts.Phone, Confidence: 1, Order: 4},
	}
	if diff := cmp.Diff(want, list.Columns); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Numbers that are the same in all rows are the office's own.
func TestTheOfficesOwnNumber(t *testing.T) {
	lines := []string{"Telephone|Contact telephone"}
	for i := range 20 {
		lines = append(lines, fmt.Sprintf("312 555 0100|312 555 01%02d", i))
	}
	list := read(t, table(lines...), contacts.Options{})
	if got := roleOf(list, contacts.Phone); got != "Contact telephone" || list.Ready != 20 || list.Columns[0].Role == contacts.Phone {
		t.Errorf("the phone column is %q, %d ready", got, list.Ready)
	}
}

func TestKeptColumns(t *testing.T) {
	from := table("Name|Phone|Mobile", "Ann|312 555 0142|312 555 0143")
	list := read(t, from, contacts.Options{Map: map[contacts.Role][]string{contacts.Own: {"Phone", "Name"}}})
	if got := roleOf(list, contacts.Phone); got != "Mobile" || roleOf(list, contacts.Name) != "" {
		t.Errorf("the phone column is %q", got)
	}
}

// A reject report that was mended is a list again: what it added to the
// user's columns is nothing.
func TestRejectColumnsAreNeverGuessed(t *testing.T) {
	for _, language := range []string{"en", "de", "es", "fr", "pl"} {
		headings := contacts.RejectColumnsIn(language)
		from := table(
			"Name|Line|"+strings.Join(headings, "|"),
			"Ann Example|617 555 0142|2|Two numbers in one cell|+13125550142",
			"Bob Example|617 555 0143|3|Two numbers in one cell|+13125550143",
		)
		list := read(t, from, contacts.Options{})
		for i, want := range []contacts.Role{contacts.Name, contacts.Phone, contacts.Own, contacts.Own, contacts.Own} {
			if got := list.Columns[i].Role; got != want {
				t.Errorf("%s is %s, want %s", list.Columns[i].Name, got, want)
			}
		}
		if !contacts.RejectRow(headings[0]) || contacts.RejectRow(headings[1]) {
			t.Errorf("%s: the row in the file is not known by %q", language, headings[0])
		}
	}
}
