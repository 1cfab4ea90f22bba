package storage_test

import (
	"fmt"
	"testing"
	"time"

	"rollcall/campaign"
)

// million is the size of list that every page must stay quick with.
const million = 1_000_000

func BenchmarkCreate(b *testing.B) {
	db := fresh(b)
	rows := manyPeople(million)
	b.ResetTimer()
	for b.Loop() {
		if _, err := db.Create(b.Context(), campaign.Campaign{}, rows); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*million/b.Elapsed().Seconds(), "rows/s")
}

// manyPeople is people with names and numbers in no order.
func manyPeople(n int) []campaign.Contact {
	rows := people(n)
	for i := range rows {
		mixed := i * 7919 % n
		rows[i].Name = fmt.Sprintf("%c%05d Name", 'A'+mixed%26, mixed)
	}
	return rows
}

func BenchmarkRead(b *testing.B) {
	db := fresh(b)
	c, ids := create(b, db, manyPeople(million))
	for i := range 1000 {
		p := campaign.Contact{ID: ids[i*997], Campaign: c.ID, Status: campaign.Waiting, NextAt: noon.Add(time.Duration(i) * time.Second)}
		must(b, db.SetAside(b.Context(), []campaign.Contact{p}))
	}
	b.Run("Due", func(b *testing.B) {
		for b.Loop() {
			if rows, err := db.Due(b.Context(), c.ID, noon.Add(10*time.Second), 50); err != nil || len(rows) != 50 {
				b.Fatal(len(rows), err)
			}
		}
	})
	b.Run("NextDue", func(b *testing.B) {
		for b.Loop() {
			if _, err := db.NextDue(b.Context(), c.ID); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Tally", func(b *testing.B) {
		for b.Loop() {
			tally(b, db, c.ID)
		}
	})
	b.Run("Page", func(b *testing.B) {
		for b.Loop() {
			if _, err := db.Contacts(b.Context(), ids[500_000:500_060]); err != nil {
				b.Fatal(err)
			}
		}
	})
	for name, f := range map[string]campaign.Filter{
		"Row":     {},
		"Name":    {Sort: campaign.SortName},
		"Number":  {Sort: campaign.SortNumber},
		"Status":  {Sort: campaign.SortStatus},
		"Next":    {Sort: campaign.SortNext},
		"Newest":  {Sort: campaign.SortNewest},
		"Waiting": {Statuses: []campaign.Status{campaign.Waiting}, Sort: campaign.SortName},
		"Search":  {Search: "K12345"},
	} {
		b.Run("Order"+name, func(b *testing.B) {
			for b.Loop() {
				order(b, db, c.ID, f)
			}
		})
	}
}

// BenchmarkCall is what one call costs the store: the intent and the result,
// each waiting for the disk.
func BenchmarkCall(b *testing.B) {
	db := fresh(b)
	_, ids := create(b, db, manyPeople(100_000))
	n := 0
	for b.Loop() {
		a := begin(b, db, ids[n%len(ids)], fmt.Sprint(n))
		n++
		must(b, db.Settle(b.Context(), campaign.Settlement{Attempt: ended(a, "busy"), Status: campaign.Ready, Tried: true}))
	}
}

// BenchmarkSetAside is what one row costs that is not called now: of a list
// that is started at night, every row.
func BenchmarkSetAside(b *testing.B) {
	db := fresh(b)
	c, ids := create(b, db, manyPeople(100_000))
	n := 0
	for b.Loop() {
		p := campaign.Contact{ID: ids[n%len(ids)], Campaign: c.ID, Status: campaign.Waiting, NextAt: noon.Add(time.Duration(n) * time.Second)}
		n++
		must(b, db.SetAside(b.Context(), []campaign.Contact{p}))
	}
}

// BenchmarkWhole is what a person asks of a whole list at once.
func BenchmarkWhole(b *testing.B) {
	db := fresh(b)
	rows := manyPeople(million)
	for _, whole := range []struct {
		name string
		do   func(c campaign.Campaign) error
	}{
		{"Cancel", func(c campaign.Campaign) error { return db.Cancel(b.Context(), c.ID, campaign.Reason{}) }},
		{"Undo", func(c campaign.Campaign) error { return db.Undo(b.Context(), c.ID) }},
	} {
		b.Run(whole.name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				c, err := db.Create(b.Context(), campaign.Campaign{}, rows)
				must(b, err)
				b.StartTimer()
				must(b, whole.do(c))
			}
		})
	}
}
