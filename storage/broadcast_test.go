package storage_test

import (
	"path/filepath"
	"testing"

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
