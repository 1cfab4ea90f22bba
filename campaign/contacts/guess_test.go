package contacts_test

import (
	"fmt"
	"testing"

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
