package storage_test

import (
	"errors"
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/storage"
)

// draft stores a campaign that has not started.
func draft(t *testing.T, db *storage.DB) campaign.Campaign {
	t.Helper()
	c, err := db.Create(t.Context(), campaign.Campaign{Name: "Reminders", State: campaign.Draft, Created: noon}, people(1))
	must(t, err)
	return c
}

func TestMessagesAreKept(t *testing.T) {
	db := fresh(t)
	c := draft(t, db)
	if _, err := db.Message(t.Context(), "a"); err == nil {
		t.Error("there is a message before one is kept")
	}
	must(t, db.KeepRecording(t.Context(), "s1", []byte("RIFF"), noon))
	must(t, db.KeepRecording(t.Context(), "s2", []byte("RIFF"), noon))
	must(t, db.KeepMessage(t.Context(), c.ID, "a", []byte(`{"recording":{"id":"s1"}}`), noon))
	must(t, db.KeepMessage(t.Context(), c.ID, "b", []byte(`{"b":1}`), noon))
	after, err := db.Campaign(t.Context(), c.ID)
	must(t, err)
	if after.Flow.Source != "built:b" || after.Name != c.Name {
		t.Errorf("afterwards %+v", after)
	}
	flow := 0
	entries, err := db.AuditEntries(t.Context(), 0, 100)
	must(t, err)
	for _, e := range entries {
		if e.Details[campaign.DetailSetting] == "Flow" {
			flow++
		}
	}
	if flow != 1 {
		t.Errorf("the log tells %d times of another flow", flow)
	}
	week := noon.Add(7*24*time.Hour + time.Second)
	must(t, db.KeepMessage(t.Context(), c.ID, "a", []byte("is not stored again"), week.Add(-time.Hour)))
	must(t, db.KeepMessage(t.Context(), c.ID, "c", []byte("{}"), week))
	for id, want := range map[string]string{"a": `{"recording":{"id":"s1"}}`, "b": "", "c": "{}"} {
		got, err := db.Message(t.Context(), id)
		if string(got) != want || (err == nil) != (want != "") {
			t.Errorf("the message %s is %q, %v; want %q", id, got, err, want)
		}
	}
	if sound, err := db.Recording(t.Context(), "s1"); err != nil || string(sound) != "RIFF" {
		t.Errorf("a recording that is used: %q, %v", sound, err)
	}
	if _, err := db.Recording(t.Context(), "s2"); err == nil {
		t.Error("a recording that nobody uses is still there")
	}
}

func TestWhatIsPlayedCannotChangeOnceTheCampaignHasStarted(t *testing.T) {
	db := fresh(t)
	c := draft(t, db)
	must(t, db.KeepMessage(t.Context(), c.ID, "a", []byte("{}"), noon))
	c.State, c.Started = campaign.Running, noon
	must(t, db.SetState(t.Context(), c))
	if err := db.KeepMessage(t.Context(), c.ID, "b", []byte("{}"), noon); !errors.Is(err, storage.ErrStarted) {
		t.Errorf("a campaign that has started: %v", err)
	}
	got, err := db.Campaign(t.Context(), c.ID)
	must(t, err)
	if _, kept := db.Message(t.Context(), "b"); kept == nil || got.Flow.Source != "built:a" {
		t.Errorf("it plays %s now", got.Flow.Source)
	}
}
