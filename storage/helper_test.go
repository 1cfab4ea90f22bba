package storage_test

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/storage"
)

// noon is a time of day like any other; nothing here asks for the real one.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func open(t testing.TB, path string) *storage.DB {
	t.Helper()
	db, err := storage.Open(t.Context(), path, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// fresh is an empty store that is closed when the test ends.
func fresh(t testing.TB) *storage.DB {
	t.Helper()
	db := open(t, filepath.Join(t.TempDir(), "rollcall.db"))
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// people makes n ready rows from row 2 on.
func people(n int) []campaign.Contact {
	rows := make([]campaign.Contact, n)
	for i := range rows {
		rows[i] = campaign.Contact{
			Row:    i + 2,
			Name:   fmt.Sprintf("Person %d", i+1),
			Number: number(i + 1),
			Zones:  []string{"America/Chicago"},
			Cells:  []string{fmt.Sprintf("Person %d", i+1), fmt.Sprintf("312 555 %04d", i+1), "cell, home"},
			Status: campaign.Ready,
		}
	}
	return rows
}

func number(i int) phone.Number { return phone.Number(fmt.Sprintf("+1312555%04d", i)) }

// create stores a running campaign with rows and returns it with their ids.
func create(t testing.TB, db *storage.DB, rows []campaign.Contact) (campaign.Campaign, []campaign.ContactID) {
	t.Helper()
	c, err := db.Create(t.Context(), campaign.Campaign{Name: "Appointments", Created: noon}, rows)
	if err != nil {
		t.Fatal(err)
	}
	c.State, c.Started = campaign.Running, noon
	must(t, db.SetState(t.Context(), c))
	return c, order(t, db, c.ID, campaign.Filter{})
}

func order(t testing.TB, db *storage.DB, id campaign.ID, f campaign.Filter) []campaign.ContactID {
	t.Helper()
	ids, err := db.Order(t.Context(), id, f)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// row loads one row.
func row(t testing.TB, db *storage.DB, id campaign.ContactID) campaign.Contact {
	t.Helper()
	rows, err := db.Contacts(t.Context(), []campaign.ContactID{id})
	if err != nil || len(rows) != 1 {
		t.Fatalf("row %d: %d rows, %v", id, len(rows), err)
	}
	return rows[0]
}

// intent is an attempt at c with a reference of its own.
func intent(c campaign.Contact, reference string) campaign.Attempt {
	return campaign.Attempt{
		Campaign:  c.Campaign,
		Contact:   c.ID,
		Row:       c.Row,
		Name:      c.Name,
		Number:    c.Number,
		Reference: gateway.Reference(reference),
		Gateway:   "http://127.0.0.1:8155",
		Begun:     noon,
	}
}

// begin begins an attempt at a row that allows it.
func begin(t testing.TB, db *storage.DB, id campaign.ContactID, reference string) campaign.Attempt {
	t.Helper()
	a, err := db.Begin(t.Context(), intent(row(t, db, id), reference))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// ended is a with the end it came to.
func ended(a campaign.Attempt, o gateway.Outcome) campaign.Attempt {
	a.Ended, a.Outcome = noon.Add(time.Minute), o
	return a
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func tally(t testing.TB, db *storage.DB, id campaign.ID) campaign.Tally {
	t.Helper()
	n, err := db.Tally(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func containsAny(text string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(text, part) })
}
