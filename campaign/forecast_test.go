package campaign_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/gateway"
)

// crowded are n people, a third in each of three zones.
func crowded(n int) []campaign.Contact {
	var rows []campaign.Contact
	for i := range n {
		row := ready()
		row.ID, row.Number, row.Zones = campaign.ContactID(i+1), number(i), [][]string{{newYork}, {denver}, {angeles}}[i%3]
		rows = append(rows, row)
	}
	return rows
}

// TestForecastAgainstTheRun forecasts campaigns and runs them: a morning, two
// days, a rate, a practice line.
func TestForecastAgainstTheRun(t *testing.T) {
	tests := []struct {
		name     string
		people   int
		at       int // hours after 2000-01-01, a Saturday, in UTC
		practice bool
		settings campaign.Settings
	}{
		{"a morning", 600, 17, false, campaign.Settings{Lines: 6}},
		{"two days", 900, 20, false, campaign.Settings{Lines: 2}},
		{"begins at night", 600, 5, false, campaign.Settings{Lines: 6}},
		{"slower than the lines", 600, 17, false, campaign.Settings{Lines: 20, Rate: 0.05}},
		{"faster than life", 600, 17, true, campaign.Settings{Lines: 4, Speed: 60}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Duration(test.at) * time.Hour)
				c := campaign.Campaign{State: campaign.Draft, Practice: test.practice, Settings: test.settings.Complete()}
				store := campaigntest.NewStore(c, crowded(test.people))
				begun := time.Now()
				f := preflight(t, store, c).Forecast(campaign.Pace{Lines: test.settings.Lines, Rate: test.settings.Rate})
				g := campaigntest.NewGateway(test.settings.Lines)
				g.Self.Practice, g.Plays = test.practice, ordinary(c.Settings.Speed)
				r := &campaign.Runner{Store: store, Routes: []campaign.Route{{
					Name: campaign.BuiltIn, Gateway: g, Pages: &campaigntest.Pages{},
					Follower: &campaigntest.Follower{Gateway: g, Every: time.Second / time.Duration(c.Settings.Speed)},
				}}}
				done, err := r.Run(t.Context(), 1)
				if err != nil {
					t.Fatal(err)
				}
				took, told := done.Ended.Sub(begun), f.Done.Sub(begun)
				if off := (told - took).Abs(); off > took/10 {
					t.Errorf("told that it takes %v, and it took %v", told, took)
				}
				if f.First.After(f.Done) || f.First.Before(begun) || f.Left != 0 || f.TooLate != 0 {
					t.Errorf("%+v", f)
				}
			})
		})
	}
}

// ordinary is calls that end as is assumed, and take as long.
func ordinary(speed int) func(gateway.Phone, int) campaigntest.Play {
	luck := rand.New(rand.NewPCG(1, 2))
	return func(gateway.Phone, int) campaigntest.Play {
		p := campaigntest.Play{Outcome: gateway.OutcomeReached, Ring: campaign.AssumedLength / time.Duration(speed)}
		switch n := luck.IntN(100); {
		case n < 20:
			p.Outcome = gateway.OutcomeNoAnswer
		case n < 25:
			p.Outcome = gateway.OutcomeBusy
		}
		return p
	}
}

func forecast(now time.Time, c campaign.Campaign, rows []campaign.Contact, pace campaign.Pace) campaign.Forecast {
	p := campaign.NewPreflight(now, c)
	p.Add(rows, make([]campaign.Facts, len(rows)))
	return p.Forecast(pace)
}

func TestForecast(t *testing.T) {
	ten := eastern(t, "2026-11-24 10:00:00")
	never := map[gateway.Outcome]float64{gateway.OutcomeReached: 1}
	busy := map[gateway.Outcome]float64{gateway.OutcomeBusy: 1}
	few := func(n int) []campaign.Contact {
		rows := crowded(n)
		for i := range rows {
			rows[i].Zones = []string{newYork}
		}
		return rows
	}
	tests := []struct {
		name     string
		settings func(*campaign.Settings)
		rows     []campaign.Contact
		pace     campaign.Pace
		want     campaign.Forecast
	}{
		{"nobody", nil, nil, campaign.Pace{Lines: 4}, campaign.Forecast{First: ten, Done: ten, Days: 30}},
		{"one call", nil, few(1), campaign.Pace{Lines: 4, Length: time.Minute}, campaign.Forecast{First: ten.Add(time.Minute), Done: ten.Add(time.Minute), Days: 30}},
		{"an hour full", nil, few(240), campaign.Pace{Lines: 4, Length: time.Minute, Ends: never},
			campaign.Forecast{First: ten.Add(time.Hour), Done: ten.Add(time.Hour), Days: 30}},
		{"always busy", nil, few(20), campaign.Pace{Lines: 20, Length: time.Minute, Ends: busy},
			campaign.Forecast{First: ten.Add(time.Minute), Done: ten.Add(31 * time.Minute), Days: 30}},
		{"more than there is time for", nil, few(2000), campaign.Pace{Lines: 1, Length: time.Minute, Ends: never, Days: 2},
			campaign.Forecast{Days: 2, Left: 2000 - 2*11*60}},
		{"too late", func(s *campaign.Settings) { s.NotAfter = ten.Add(time.Hour) }, few(240), campaign.Pace{Lines: 2, Length: time.Minute, Ends: never},
			campaign.Forecast{First: ten.Add(time.Hour), Done: ten.Add(time.Hour), Days: 30, TooLate: 120}},
		{"a limit", func(s *campaign.Settings) { s.Limits = []campaign.Limit{{Calls: 1, Within: 5 * time.Hour}} }, few(20), campaign.Pace{Lines: 20, Length: time.Minute, Ends: busy},
			campaign.Forecast{First: ten.Add(time.Minute), Done: eastern(t, "2026-11-25 09:01:00"), Days: 30}},
		{"no lines", nil, few(7), campaign.Pace{}, campaign.Forecast{Days: 30, Left: 7}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := running()
			if test.settings != nil {
				test.settings(&c.Settings)
			}
			got := forecast(ten, c, test.rows, test.pace)
			got.Waits = campaign.Reason{}
			if !near(got.First, test.want.First) || !near(got.Done, test.want.Done) {
				t.Errorf("first %v, done %v; want %v, %v", got.First, got.Done, test.want.First, test.want.Done)
			}
			got.First, got.Done, test.want.First, test.want.Done = time.Time{}, time.Time{}, time.Time{}, time.Time{}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// near tells whether two times are within a step of the model.
func near(a, b time.Time) bool {
	return a.IsZero() == b.IsZero() && a.Sub(b).Abs() <= 6*time.Minute
}

func TestForecastOfManyPlaces(t *testing.T) {
	rows := crowded(3000)
	for i := range rows {
		rows[i].Hours = campaign.EveryDay(campaign.Clock(9*60+i%100), 20*60)
	}
	f := forecast(eastern(t, "2026-11-24 08:00:00"), running(), rows, campaign.Pace{Lines: 1})
	if f.Done.IsZero() || f.Left != 0 {
		t.Errorf("%+v", f)
	}
}

func TestForecastGoesByCallsMadeBefore(t *testing.T) {
	h := campaign.CallHistory{
		gateway.OutcomeReached: {Calls: 60, Length: 60 * time.Minute},
		gateway.OutcomeBusy:    {Calls: 40, Length: 10 * time.Minute},
		gateway.OutcomeExpired: {Calls: 900, Length: time.Hour},
	}
	want := campaign.Pace{Lines: 3, Length: 42 * time.Second, Ends: map[gateway.Outcome]float64{gateway.OutcomeReached: 0.6, gateway.OutcomeBusy: 0.4}}
	if diff := cmp.Diff(want, h.Pace(campaign.Pace{Lines: 3})); diff != "" {
		t.Errorf("of a hundred calls (-want +got):\n%s", diff)
	}
	delete(h, gateway.OutcomeBusy)
	if diff := cmp.Diff(campaign.Pace{Length: time.Minute}, h.Pace(campaign.Pace{})); diff != "" {
		t.Errorf("of sixty (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(campaign.Pace{Lines: 1}, campaign.CallHistory{}.Pace(campaign.Pace{Lines: 1})); diff != "" {
		t.Errorf("of none (-want +got):\n%s", diff)
	}
}

func ExamplePreflight() {
	place, _ := time.LoadLocation("America/New_York")
	p := campaign.NewPreflight(time.Date(2026, 11, 24, 10, 0, 0, 0, place), campaign.Campaign{Settings: campaign.Settings{Lines: 4}})
	p.Add([]campaign.Contact{
		{ID: 1, Number: "+12125550100", Zones: []string{"America/New_York"}, Status: campaign.Ready},
		{ID: 2, Number: "+12135550100", Zones: []string{"America/Los_Angeles"}, Status: campaign.Ready},
	}, make([]campaign.Facts, 2))
	r, f := p.Report(), p.Forecast(campaign.Pace{Lines: 4})
	fmt.Println(r.Dial, "now;", r.Waiting[0].Rows, r.Waiting[0].Why.Code, "until", r.Waiting[0].First.In(place).Format(time.Kitchen))
	fmt.Println("done by", f.Done.In(place).Format(time.Kitchen))
	// Output:
	// 1 now; 1 hours until 12:00PM
	// done by 12:00PM
}
