package storage_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/storage"
	"rollcall/storage/query"
)

// mixed stores six rows, 2 to 7, of several states.
func mixed(t *testing.T) (*storage.DB, campaign.Campaign, []campaign.ContactID) {
	t.Helper()
	db := fresh(t)
	rows := people(6)
	names := []string{"bob", "Élise", "Ann", "bob", "Zed", "carl"}
	for i := range rows {
		rows[i].Name, rows[i].Number = names[i], number(9-i)
	}
	wait := func(i int, d time.Duration) { rows[i].Status, rows[i].NextAt = campaign.Waiting, noon.Add(d) }
	wait(1, 2*time.Hour)
	wait(4, time.Hour)
	rows[2].Status = campaign.Skipped
	rows[3].Number = ""
	c, ids := create(t, db, rows)
	create(t, db, people(3)) // another campaign, which must not show up
	return db, c, ids
}

func TestOrder(t *testing.T) {
	db, c, ids := mixed(t)
	a := begin(t, db, ids[0], "r")
	must(t, db.Settle(t.Context(), campaign.Settlement{Attempt: ended(a, "reached"), Status: campaign.Reached}))
	must(t, db.SetAside(t.Context(), []campaign.Contact{{ID: ids[5], Campaign: c.ID, Status: campaign.Skipped, Why: campaign.Reason{Code: campaign.CodeTooLate}}}))
	// 2 bob reached, 3 Élise waits 2 h, 4 Ann skipped, 5 bob ready without a number, 6 Zed waits 1 h, 7 carl skipped
	tests := map[string]struct {
		filter campaign.Filter
		want   []int
	}{
		"by row":             {campaign.Filter{}, []int{2, 3, 4, 5, 6, 7}},
		"by row, down":       {campaign.Filter{Down: true}, []int{7, 6, 5, 4, 3, 2}},
		"by name":            {campaign.Filter{Sort: campaign.SortName}, []int{4, 2, 5, 7, 6, 3}},
		"by name, down":      {campaign.Filter{Sort: campaign.SortName, Down: true}, []int{3, 6, 7, 2, 5, 4}},
		"by number":          {campaign.Filter{Sort: campaign.SortNumber}, []int{5, 7, 6, 4, 3, 2}},
		"by status":          {campaign.Filter{Sort: campaign.SortStatus}, []int{5, 3, 6, 2, 4, 7}},
		"by status, down":    {campaign.Filter{Sort: campaign.SortStatus, Down: true}, []int{4, 7, 2, 3, 6, 5}},
		"by next":            {campaign.Filter{Sort: campaign.SortNext}, []int{6, 3, 2, 4, 5, 7}},
		"by next, down":      {campaign.Filter{Sort: campaign.SortNext, Down: true}, []int{3, 6, 2, 4, 5, 7}},
		"newest":             {campaign.Filter{Sort: campaign.SortNewest}, []int{7, 2, 3, 4, 5, 6}},
		"newest, down":       {campaign.Filter{Sort: campaign.SortNewest, Down: true}, []int{3, 4, 5, 6, 2, 7}},
		"two states":         {campaign.Filter{Statuses: []campaign.Status{campaign.Skipped, campaign.Ready}}, []int{4, 5, 7}},
		"one state by next":  {campaign.Filter{Statuses: []campaign.Status{campaign.Skipped}, Sort: campaign.SortNext}, []int{4, 7}},
		"one state by state": {campaign.Filter{Statuses: []campaign.Status{campaign.Waiting}, Sort: campaign.SortStatus}, []int{3, 6}},
		"no such state":      {campaign.Filter{Statuses: []campaign.Status{campaign.Doubt}}, nil},
		"search a name":      {campaign.Filter{Search: "bo", Sort: campaign.SortNewest}, []int{2, 5}},
		"a reason":           {campaign.Filter{Code: campaign.CodeTooLate}, []int{7}},
		"reason and name":    {campaign.Filter{Code: campaign.CodeTooLate, Sort: campaign.SortName, Search: "bob"}, nil},
		"another problem":    {campaign.Filter{Code: campaign.CodeTooLate, Problem: campaign.ProblemZone}, nil},
		"search in any case": {campaign.Filter{Search: "BOB"}, []int{2, 5}},
		"search an accent":   {campaign.Filter{Search: "Élise"}, []int{3}},
		"search a number":    {campaign.Filter{Search: "0007"}, []int{4}},
		"search as written":  {campaign.Filter{Search: "(312) 555-0007"}, []int{4}},
		"search a dash":      {campaign.Filter{Search: "-"}, nil},
		"search a row":       {campaign.Filter{Search: "3"}, []int{2, 3, 4, 6, 7}}, // in +1312… too
		"search in a state":  {campaign.Filter{Search: "bob", Statuses: []campaign.Status{campaign.Ready}}, []int{5}},
		"search wildcards":   {campaign.Filter{Search: "%"}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			keeps(t, db, c.ID, test.filter, test.want)
		})
	}
}

// keeps checks which rows of the file a filter keeps, in its order.
func keeps(t *testing.T, db *storage.DB, id campaign.ID, f campaign.Filter, want []int) {
	t.Helper()
	found, err := db.Contacts(t.Context(), order(t, db, id, f))
	must(t, err)
	var got []int
	for _, c := range found {
		got = append(got, c.Row)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestContactsInTheOrderAsked(t *testing.T) {
	db, _, ids := mixed(t)
	got, err := db.Contacts(t.Context(), []campaign.ContactID{ids[4], ids[1], 1 << 40, ids[1]})
	must(t, err)
	if len(got) != 3 || got[0].ID != ids[4] || got[1].ID != ids[1] || got[2].ID != ids[1] {
		t.Errorf("got %v", got)
	}
	if none, err := db.Contacts(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("no ids: %d rows, %v", len(none), err)
	}
}

func TestDue(t *testing.T) {
	db, c, _ := mixed(t)
	tests := map[string]struct {
		after time.Duration
		n     int
		want  []int
	}{
		"nothing waits long enough": {0, 10, []int{2, 5, 7}},
		"one retry":                 {time.Hour, 10, []int{6, 2, 5, 7}},
		"both, first due first":     {3 * time.Hour, 10, []int{6, 3, 2, 5, 7}},
		"no more than asked":        {3 * time.Hour, 3, []int{6, 3, 2}},
		"only retries fit":          {3 * time.Hour, 1, []int{6}},
		"none asked":                {3 * time.Hour, 0, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			due, err := db.Due(t.Context(), c.ID, noon.Add(test.after), test.n)
			must(t, err)
			var got []int
			for _, p := range due {
				got = append(got, p.Row)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNextDue(t *testing.T) {
	db, c, ids := mixed(t)
	next := func() time.Time {
		t.Helper()
		at, err := db.NextDue(t.Context(), c.ID)
		must(t, err)
		return at
	}
	if got := next(); !got.Equal(noon.Add(time.Hour)) {
		t.Errorf("next is %v", got)
	}
	must(t, db.SetAside(t.Context(), []campaign.Contact{{ID: ids[4], Campaign: c.ID, Status: campaign.Waiting}}))
	if got := next(); got.IsZero() || got.After(noon) {
		t.Errorf("a row waits for nothing, next is %v", got)
	}
	must(t, db.Cancel(t.Context(), c.ID, campaign.Reason{}))
	if got := next(); !got.IsZero() {
		t.Errorf("nothing waits, next is %v", got)
	}
}

func TestSetAsideLeavesWhatMoved(t *testing.T) {
	db, c, ids := mixed(t)
	begin(t, db, ids[0], "r")
	must(t, db.SetAside(t.Context(), []campaign.Contact{{ID: ids[0], Campaign: c.ID, Status: campaign.Skipped}}))
	if got := row(t, db, ids[0]).Status; got != campaign.Sending {
		t.Errorf("row is %s", got)
	}
	must(t, db.Mark(t.Context(), ids[2], campaign.Calling))
	if got := row(t, db, ids[2]).Status; got != campaign.Skipped {
		t.Errorf("a skipped row is %s", got)
	}
}

// What is asked again and again must be answered from an index, without
// sorting, however long the list is.
func TestQueriesUseTheirIndexes(t *testing.T) {
	db, c, ids := mixed(t)
	ctx, id := t.Context(), int64(c.ID)
	asks := map[string]func(q *query.Queries) error{
		"contacts_due (campaign=? AND status=? AND next_at<?)": func(q *query.Queries) error {
			_, err := q.DueWaiting(ctx, query.DueWaitingParams{Campaign: id, Now: noon.UnixMilli(), N: 5})
			return err
		},
		"contacts_due (campaign=? AND status=?)": func(q *query.Queries) error {
			_, err := q.DueReady(ctx, query.DueReadyParams{Campaign: id, N: 5})
			return err
		},
		"COVERING INDEX contacts_due (campaign=? AND status=?)": func(q *query.Queries) error {
			_, err := q.NextWaiting(ctx, id)
			return err
		},
		"COVERING INDEX contacts_changed (campaign=? AND changed>?)": func(q *query.Queries) error {
			_, err := q.NextChange(ctx, id)
			return err
		},
		"tallies USING PRIMARY KEY (campaign=?)": func(q *query.Queries) error {
			_, err := q.Tally(ctx, id)
			return err
		},
		"INTEGER PRIMARY KEY (rowid=?)": func(q *query.Queries) error {
			_, err := q.ContactsByID(ctx, query.ContactsByIDParams{Ids: []int64{int64(ids[0])}})
			return err
		},
		"attempts_number (number=?)": func(q *query.Queries) error {
			_, err := q.Ringing(ctx, query.RingingParams{Number: "+13125550001"})
			return err
		},
		"attempts_rehearsed (campaign=? AND number=?)": func(q *query.Queries) error {
			_, err := q.Rehearsing(ctx, query.RehearsingParams{Campaign: id, Number: "+13125550001"})
			return err
		},
		"attempts_open (campaign=?)": func(q *query.Queries) error {
			_, err := q.OpenAttempts(ctx, id)
			return err
		},
	}
	for step, ask := range asks {
		plan, err := db.Plan(ctx, ask)
		must(t, err)
		checkPlan(t, plan, step)
	}
	orders := map[string]campaign.Filter{
		"COVERING INDEX contacts_row (campaign=?)":                   {},
		"names USING PRIMARY KEY (campaign=?)":                       {Sort: campaign.SortName},
		"COVERING INDEX contacts_changed (campaign=? AND changed>?)": {Sort: campaign.SortNewest, Down: true},
		"COVERING INDEX contacts_due (campaign=? AND status=?)":      {Sort: campaign.SortNext, Statuses: []campaign.Status{campaign.Waiting}},
	}
	for step, f := range orders {
		plan, err := db.OrderPlan(ctx, c.ID, f)
		must(t, err)
		checkPlan(t, plan, step)
	}
}

// Sorting a few calls costs nothing; reading all calls of a campaign does.
func TestCallsAreFoundByNumber(t *testing.T) {
	db := fresh(t)
	c, _ := create(t, db, people(1))
	for _, numbers := range [][]string{{"+13125550001"}, {"+13125550001", "+13125550002", "+13125550003"}} {
		for index, ask := range map[string]func(*query.Queries) error{
			"attempts_rehearsed (campaign=? AND number=?)": func(q *query.Queries) error {
				_, err := q.RehearsedCalls(t.Context(), query.RehearsedCallsParams{Campaign: int64(c.ID), Numbers: numbers})
				return err
			},
			"attempts_number (number=?)": func(q *query.Queries) error {
				_, err := q.PastCalls(t.Context(), query.PastCallsParams{Numbers: numbers})
				return err
			},
		} {
			plan, err := db.Plan(t.Context(), ask)
			must(t, err)
			if !strings.Contains(plan, index) {
				t.Errorf("%d numbers: want a search by %s, the plan is\n%s", len(numbers), index, plan)
			}
		}
	}
}

func checkPlan(t *testing.T, plan, step string) {
	t.Helper()
	plan = strings.ReplaceAll(plan, "SCAN CONSTANT ROW\n", "") // of SELECT EXISTS: costs nothing
	plan = strings.ReplaceAll(plan, "SCAN l\n", "")            // the do-not-call lists, of which there are a few
	if !strings.Contains(plan, step) || strings.Contains(plan, "SCAN") || strings.Contains(plan, "TEMP B-TREE") {
		t.Errorf("want a search by %s, nothing scanned or sorted; the plan is\n%s", step, plan)
	}
}
