package broadcasttest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"rollcall/gateway"
	"rollcall/gateway/broadcast"
)

// Run checks that the stores that open returns keep the contract of
// [broadcast.Store]. Each call of open gives a new, empty one; open closes it
// by t.Cleanup where it needs closing.
func Run(t *testing.T, open func() broadcast.Store) {
	t.Helper()
	for name, check := range map[string]func(*fixture){
		"a list is found as it was stored":   listStored,
		"a list keeps its ID":                listKeepsID,
		"a list of many rows":                listLarge,
		"a campaign is found as it was made": campaignStored,
		"ids are unique":                     idsUnique,
		"an update changes both":             updateBoth,
		"a finished campaign has none ready": finishWithdraws,
		"what is due comes in order":         dueOrder,
		"rows come in pages":                 pages,
		"rows are counted":                   tally,
		"the newest campaign of a list":      latest,
		"who was reached":                    reached,
	} {
		t.Run(name, func(t *testing.T) {
			check(&fixture{T: t, Store: open(), now: time.Now().Truncate(time.Millisecond)})
		})
	}
}

// fixture is one store under test, with helpers that stop the test.
type fixture struct {
	*testing.T
	broadcast.Store
	now time.Time
}

func (f *fixture) ok(what string, err error) {
	f.Helper()
	if err != nil {
		f.Fatalf("%s: %v", what, err)
	}
}

func (f *fixture) is(what string, err, want error) {
	f.Helper()
	if !errors.Is(err, want) {
		f.Fatalf("%s: error %v, want %v", what, err, want)
	}
}

func (f *fixture) equal(what string, got, want any) {
	f.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.EquateApproxTime(0)); diff != "" {
		f.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

// list stores a list of two rows under name.
func (f *fixture) list(name string) broadcast.List {
	f.Helper()
	list, err := f.SaveList(f.Context(), broadcast.List{
		Name:    name,
		Table:   broadcast.Table{Columns: []string{"Name", "Phone"}, Rows: [][]string{{"Ada \"é\"", "6175550142"}, {"", ""}}},
		Cleaned: f.now,
	})
	f.ok("save list", err)
	return list
}

// create stores a campaign with n ready rows.
func (f *fixture) create(n int) broadcast.Campaign {
	f.Helper()
	var rows []broadcast.Row
	for i := range n {
		rows = append(rows, f.row(i))
	}
	c, err := f.Create(f.Context(), broadcast.Campaign{
		Name: "Storm", List: "parents", ListID: 7, Columns: []string{"Name", "Phone"},
		Message: broadcast.Message{Text: "Hello [Name]"}, ConfirmCode: "1234", CallerID: "1", Lines: 3,
		From: "192.0.2.1", State: broadcast.Running, Started: f.now,
	}, rows)
	f.ok("create", err)
	return c
}

func (f *fixture) row(n int) broadcast.Row {
	return broadcast.Row{
		N: n, Cells: []string{"Ada", "6175550142; 0143"}, Name: "Ada",
		Phones: []gateway.Phone{"6175550142", "6175550143"}, State: broadcast.RowReady,
	}
}

func (f *fixture) update(id gateway.ReqID, change func(*broadcast.Campaign), rows ...broadcast.Row) broadcast.Campaign {
	f.Helper()
	c, err := f.Update(f.Context(), id, change, rows...)
	f.ok("update", err)
	return c
}

func listStored(f *fixture) {
	_, err := f.List(f.Context(), "parents")
	f.is("no list", err, broadcast.ErrNoList)
	stored := f.list("parents")
	if stored.ID == 0 {
		f.Fatal("the list has no ID")
	}
	found, err := f.List(f.Context(), "parents")
	f.ok("list", err)
	f.equal("found", found, stored)
}

func listKeepsID(f *fixture) {
	first, other := f.list("parents"), f.list("staff")
	if first.ID == other.ID {
		f.Fatal("two lists have one ID")
	}
	first.Columns = append(first.Columns, "Class")
	first.Rows = [][]string{{"Bo", "1", "4b"}}
	again, err := f.SaveList(f.Context(), broadcast.List{Name: "parents", Table: first.Table})
	f.ok("save again", err)
	f.equal("ID", again.ID, first.ID)
	found, err := f.List(f.Context(), "parents")
	f.ok("list", err)
	f.equal("rows", found.Table, first.Table)
}

func listLarge(f *fixture) {
	l := broadcast.List{Name: "all", Table: broadcast.Table{Columns: []string{"Phone"}}}
	for range 5000 {
		l.Rows = append(l.Rows, []string{"6175550142"})
	}
	_, err := f.SaveList(f.Context(), l)
	f.ok("save", err)
	found, err := f.List(f.Context(), "all")
	f.ok("list", err)
	f.equal("rows", found.Rows, l.Rows)
}

func campaignStored(f *fixture) {
	_, err := f.Campaign(f.Context(), 5)
	f.is("none", err, broadcast.ErrNoCampaign)
	c := f.create(2)
	found, err := f.Campaign(f.Context(), c.ID)
	f.ok("campaign", err)
	f.equal("found", found, c)
	open, err := f.Open(f.Context())
	f.ok("open", err)
	f.equal("open", open, []broadcast.Campaign{c})
	rows, err := f.Page(f.Context(), c.ID, 0, 9)
	f.ok("page", err)
	f.equal("rows", rows, []broadcast.Row{f.row(0), f.row(1)})
}

func idsUnique(f *fixture) {
	first, second := f.create(0), f.create(0)
	f.equal("first", first.ID, broadcast.FirstID(f.now))
	if second.ID <= first.ID || !broadcast.IsID(first.ID) {
		f.Fatalf("the ids are %d and %d", first.ID, second.ID)
	}
	open, err := f.Open(f.Context())
	f.ok("open", err)
	f.equal("oldest first", open, []broadcast.Campaign{first, second})
}

func updateBoth(f *fixture) {
	c := f.create(2)
	row := f.row(1)
	row.State, row.At, row.Sends, row.Tries, row.Dials = broadcast.RowDone, 1, 4, 2, 3
	row.Sent, row.Next, row.Called = f.now, f.now.Add(time.Minute), f.now.Add(time.Second)
	row.Outcome, row.OptOut = gateway.OutcomeReached, true
	row.Answers = []gateway.Answer{{Name: "confirm", Value: "1234"}, {Value: "é"}}
	c.State, c.Confirmed, c.ConfirmedBy, c.Removed = broadcast.Stopping, f.now, "Ada", true
	changed := f.update(c.ID, func(at *broadcast.Campaign) { *at = c }, row)
	f.equal("returned", changed, c)
	found, err := f.Campaign(f.Context(), c.ID)
	f.ok("campaign", err)
	f.equal("found", found, c)
	rows, err := f.Page(f.Context(), c.ID, 0, 9)
	f.ok("page", err)
	f.equal("rows", rows, []broadcast.Row{f.row(0), row})
	_, err = f.Update(f.Context(), c.ID+1, nil)
	f.is("another", err, broadcast.ErrNoCampaign)
}

func finishWithdraws(f *fixture) {
	c := f.create(3)
	done := f.row(1)
	done.State = broadcast.RowDone
	f.update(c.ID, func(c *broadcast.Campaign) { c.State, c.Ended = broadcast.Finished, f.now }, done)
	rows, err := f.Page(f.Context(), c.ID, 0, 9)
	f.ok("page", err)
	want := []broadcast.Row{f.row(0), done, f.row(2)}
	want[0].State, want[2].State = broadcast.RowWithdrawn, broadcast.RowWithdrawn
	f.equal("rows", rows, want)
	open, err := f.Open(f.Context())
	f.ok("open", err)
	f.equal("open", len(open), 0)
}

func dueOrder(f *fixture) {
	c := f.create(5)
	other := f.create(1)
	calling, now, later := f.row(0), f.row(2), f.row(3)
	calling.State = broadcast.RowCalling
	now.Next, later.Next = f.now, f.now.Add(time.Minute)
	f.update(c.ID, nil, calling, now, later)
	rows, next, err := f.Due(f.Context(), c.ID, f.now, 2)
	f.ok("due", err)
	f.equal("two", rows, []broadcast.Row{f.row(1), now})
	f.equal("next", next, later.Next)
	rows, _, err = f.Due(f.Context(), c.ID, f.now, 9)
	f.ok("due", err)
	f.equal("all", rows, []broadcast.Row{f.row(1), now, f.row(4)})
	rows, next, err = f.Due(f.Context(), c.ID, f.now, 0)
	f.ok("due", err)
	f.equal("none", rows, []broadcast.Row(nil))
	f.equal("next", next, later.Next)
	rows, err = f.Calling(f.Context(), c.ID)
	f.ok("calling", err)
	f.equal("calling", rows, []broadcast.Row{calling})
	_, next, err = f.Due(f.Context(), other.ID, f.now, 9)
	f.ok("due", err)
	f.equal("nothing later", next, time.Time{})
}

func pages(f *fixture) {
	c := f.create(5)
	f.create(5)
	rows, err := f.Page(f.Context(), c.ID, 1, 3)
	f.ok("page", err)
	f.equal("in the middle", rows, []broadcast.Row{f.row(1), f.row(2), f.row(3)})
	rows, err = f.Page(f.Context(), c.ID, 4, 3)
	f.ok("page", err)
	f.equal("at the end", rows, []broadcast.Row{f.row(4)})
	rows, err = f.Page(f.Context(), c.ID, 5, 3)
	f.ok("page", err)
	f.equal("behind it", len(rows), 0)
}

func tally(f *fixture) {
	c := f.create(4)
	f.create(2)
	skipped, done := f.row(1), f.row(2)
	skipped.State, skipped.Aside = broadcast.RowSkipped, broadcast.AsideNoPhone
	done.State, done.Outcome, done.OptOut = broadcast.RowDone, gateway.OutcomeReached, true
	f.update(c.ID, nil, skipped, done)
	counts, err := f.Tally(f.Context(), c.ID)
	f.ok("tally", err)
	less := cmpopts.SortSlices(func(a, b broadcast.Count) bool { return a.State < b.State })
	want := []broadcast.Count{
		{State: broadcast.RowReady, Rows: 2},
		{State: broadcast.RowSkipped, Aside: broadcast.AsideNoPhone, Rows: 1},
		{State: broadcast.RowDone, Outcome: gateway.OutcomeReached, OptOut: true, Rows: 1},
	}
	if diff := cmp.Diff(want, counts, less); diff != "" {
		f.Fatalf("counts (-want +got):\n%s", diff)
	}
}

func latest(f *fixture) {
	_, err := f.Latest(f.Context(), 7)
	f.is("none", err, broadcast.ErrNoCampaign)
	f.create(0)
	newest := f.create(1)
	found, err := f.Latest(f.Context(), 7)
	f.ok("latest", err)
	f.equal("found", found, newest)
}

func reached(f *fixture) {
	c := f.create(4)
	rows := []broadcast.Row{f.row(0), f.row(1), f.row(2), f.row(3)}
	rows[0].State, rows[0].Outcome, rows[0].At = broadcast.RowDone, gateway.OutcomeReached, 1
	rows[1].State, rows[1].Outcome = broadcast.RowDone, gateway.OutcomeBusy
	rows[2].State, rows[2].Outcome = broadcast.RowReady, gateway.OutcomeReached
	rows[3].State, rows[3].Outcome = broadcast.RowDone, gateway.OutcomeNoTransfer
	f.update(c.ID, nil, rows...)
	phones, err := f.Reached(f.Context(), "parents", f.now)
	f.ok("reached", err)
	less := cmpopts.SortSlices(func(a, b gateway.Phone) bool { return a < b })
	if diff := cmp.Diff([]gateway.Phone{"6175550142", "6175550143"}, phones, less); diff != "" {
		f.Fatalf("reached (-want +got):\n%s", diff)
	}
	phones, err = f.Reached(f.Context(), "parents", f.now.Add(time.Millisecond))
	f.ok("reached", err)
	f.equal("by later campaigns", len(phones), 0)
	phones, err = f.Reached(f.Context(), "staff", time.Time{})
	f.ok("reached", err)
	f.equal("of another list", len(phones), 0)
}
