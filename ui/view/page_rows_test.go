package view_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/ui/view"
)

func ids(from, to int) []campaign.ContactID {
	var all []campaign.ContactID
	for i := from; i < to; i++ {
		all = append(all, campaign.ContactID(i))
	}
	return all
}

func held(ids []campaign.ContactID) []campaign.Contact {
	var all []campaign.Contact
	for _, id := range ids {
		all = append(all, campaign.Contact{ID: id, Row: int(id) + 1})
	}
	return all
}

func TestRowCacheAsksOnlyForWhatItLacks(t *testing.T) {
	var r view.RowCache
	if !r.Replace(r.Ask(), ids(0, 100)) {
		t.Fatal("the only order was not taken")
	}
	if got := r.Missing(10, 3); !cmp.Equal(got, ids(10, 13)) {
		t.Errorf("missing %v", got)
	}
	r.Put(held(ids(10, 13)))
	if got := r.Missing(9, 5); !cmp.Equal(got, []campaign.ContactID{9, 13}) {
		t.Errorf("missing %v, want those at the edges", got)
	}
	r.Touch([]campaign.ContactID{11, 77})
	if got := r.Missing(10, 3); !cmp.Equal(got, []campaign.ContactID{11}) {
		t.Errorf("missing %v, want the one that changed", got)
	}
	if c, ok := r.At(11); !ok || c.Row != 12 {
		t.Errorf("a changed row is not shown until it is loaded again: %v %v", c, ok)
	}
	r.Put(held(ids(11, 12)))
	if got := r.Missing(10, 3); got != nil {
		t.Errorf("missing %v after everything was loaded", got)
	}
	if got := r.Missing(95, 50); !cmp.Equal(got, ids(95, 100)) {
		t.Errorf("missing beyond the end: %v", got)
	}
}

func TestRowCacheTakesTheNewestOrder(t *testing.T) {
	var r view.RowCache
	first, second := r.Ask(), r.Ask()
	if !r.Replace(second, ids(5, 9)) {
		t.Error("the newest order was refused")
	}
	if r.Replace(first, ids(0, 100)) {
		t.Error("an older order was taken after a newer one")
	}
	if r.Len() != 4 {
		t.Errorf("%d rows, want 4", r.Len())
	}
	if at := r.Index(7); at != 2 {
		t.Errorf("contact 7 at %d, want 2", at)
	}
	if at := r.Index(50); at != -1 {
		t.Errorf("contact 50 at %d, want -1", at)
	}
	if _, ok := r.ID(4); ok {
		t.Error("a row past the end has a contact")
	}
}

func TestRowCacheStaysSmall(t *testing.T) {
	var r view.RowCache
	r.Replace(r.Ask(), ids(0, 1_000_000))
	for from := 0; from < 500_000; from += 100 {
		r.Put(held(r.Missing(from, 100)))
	}
	if _, ok := r.At(0); ok {
		t.Error("the first row is still held after half a million others")
	}
	if _, ok := r.At(499_999); !ok {
		t.Error("the row loaded last is not held")
	}
}

// A row that changes while it is being loaded is loaded once more.
func TestRowCacheLosesNoChange(t *testing.T) {
	var r view.RowCache
	r.Replace(r.Ask(), ids(0, 3))
	r.Put(held(r.Missing(0, 3)))
	r.Touch(ids(1, 2))
	loading := held(r.Missing(0, 3))
	r.Touch(ids(1, 2))
	r.Put(loading)
	if got := r.Missing(0, 3); !cmp.Equal(got, ids(1, 2)) {
		t.Errorf("missing %v, want what changed meanwhile", got)
	}
	r.Put(held(ids(1, 2)))
	if got := r.Missing(0, 3); got != nil {
		t.Errorf("missing %v after it was loaded", got)
	}
}
