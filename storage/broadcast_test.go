package storage_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"rollcall/gateway"
	"rollcall/gateway/broadcast"
	"rollcall/gateway/broadcast/broadcasttest"
	"rollcall/storage"
)

func TestBroadcasts(t *testing.T) {
	broadcasttest.Run(t, func() broadcast.Store {
		j, err := storage.OpenJournal(t.Context(), filepath.Join(t.TempDir(), "gateway.db"), storage.JournalOptions{})
		must(t, err)
		t.Cleanup(func() { must(t, j.Close()) })
		return j.Campaigns()
	})
}

// A large campaign is there as a whole after the file was closed.
func TestBroadcastsOutliveTheProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gateway.db")
	j := openJournal(t, path)
	c, err := j.Campaigns().Create(t.Context(), broadcast.Campaign{Name: "Storm", State: broadcast.Running, Started: noon}, manyRows(2500))
	must(t, err)
	must(t, j.Close())
	j = openJournal(t, path)
	defer func() { must(t, j.Close()) }()
	open, err := j.Campaigns().Open(t.Context())
	if err != nil || len(open) != 1 || open[0].ID != c.ID || open[0].Name != "Storm" {
		t.Errorf("open are %+v, %v", open, err)
	}
	due, next, err := j.Campaigns().Due(t.Context(), c.ID, noon, 5000)
	if err != nil || len(due) != 2500 || !next.IsZero() {
		t.Errorf("%d rows are due, %v, %v", len(due), next, err)
	}
}

// A campaign of which a crash left a part is nobody's, and is dropped later.
func TestBroadcastHalfMade(t *testing.T) {
	j := freshJournal(t)
	store := j.Campaigns()
	half, err := store.Create(t.Context(), broadcast.Campaign{ListID: 1, State: broadcast.Running, Started: noon}, manyRows(3))
	must(t, err)
	must(t, j.Exec(t.Context(), "UPDATE broadcasts SET made = FALSE"))
	_, found := store.Campaign(t.Context(), half.ID)
	_, latest := store.Latest(t.Context(), 1)
	_, updated := store.Update(t.Context(), half.ID, nil)
	open, err := store.Open(t.Context())
	if found == nil || latest == nil || updated == nil || err != nil || len(open) > 0 {
		t.Errorf("it is seen: %v, %v, %v, %+v, %v", found, latest, updated, open, err)
	}
	next, err := store.Create(t.Context(), broadcast.Campaign{State: broadcast.Running, Started: noon.Add(48 * time.Hour)}, nil)
	must(t, err)
	if rows, err := store.Page(t.Context(), half.ID, 0, 9); err != nil || len(rows) > 0 || next.ID <= half.ID {
		t.Errorf("two days later %d of its rows are left, %v", len(rows), err)
	}
}

// manyRows are the people of a campaign that is larger than what is written at
// once.
func manyRows(n int) []broadcast.Row {
	rows := make([]broadcast.Row, n)
	for i := range rows {
		phone := gateway.Phone(fmt.Sprintf("1312555%05d", i))
		rows[i] = broadcast.Row{N: i, Cells: []string{"Ada", string(phone)}, Phones: []gateway.Phone{phone}, State: broadcast.RowReady}
	}
	return rows
}

// BenchmarkBroadcastDue is what each call of a large campaign costs, when most
// of it is done.
func BenchmarkBroadcastDue(b *testing.B) {
	store := freshJournal(b).Campaigns()
	rows := manyRows(100_000)
	for i := range 90_000 {
		rows[i].State, rows[i].Outcome = broadcast.RowDone, gateway.OutcomeReached
	}
	c, err := store.Create(b.Context(), broadcast.Campaign{State: broadcast.Running, Started: noon}, rows)
	must(b, err)
	for b.Loop() {
		rows, _, err := store.Due(b.Context(), c.ID, noon, 1)
		must(b, err)
		rows[0].State = broadcast.RowDone
		_, err = store.Update(b.Context(), c.ID, nil, rows...)
		must(b, err)
	}
}

// BenchmarkBroadcastTally is what each question for its figures costs.
func BenchmarkBroadcastTally(b *testing.B) {
	store := freshJournal(b).Campaigns()
	c, err := store.Create(b.Context(), broadcast.Campaign{State: broadcast.Running, Started: noon}, manyRows(100_000))
	must(b, err)
	for b.Loop() {
		_, err := store.Tally(b.Context(), c.ID)
		must(b, err)
	}
}
