package campaign_test

import (
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"rollcall/campaign"
)

// asker is a run and what it wants of a pool.
type asker struct {
	campaign.PoolRun
	weight, wants int
}

func TestPoolShares(t *testing.T) {
	for _, test := range []struct {
		name  string
		lines int
		runs  [][2]int // weight and wants
		want  []int
	}{
		{"alone", 8, [][2]int{{1, 5}}, []int{5}},
		{"alone, wants more", 8, [][2]int{{1, 50}}, []int{8}},
		{"alike", 8, [][2]int{{1, 50}, {1, 50}}, []int{4, 4}},
		{"by weight", 8, [][2]int{{1, 50}, {3, 50}}, []int{2, 6}},
		{"no weight is one", 8, [][2]int{{0, 50}, {1, 50}}, []int{4, 4}},
		{"one wants little", 8, [][2]int{{3, 1}, {1, 50}}, []int{1, 7}},
		{"one wants nothing", 8, [][2]int{{3, 0}, {1, 50}}, []int{0, 8}},
		{"nobody wants anything", 8, [][2]int{{3, 0}, {1, 0}}, []int{0, 0}},
		{"what rounding leaves is the first one's", 5, [][2]int{{1, 50}, {1, 50}}, []int{3, 2}},
		{"at least one", 4, [][2]int{{1, 50}, {99, 50}}, []int{1, 3}},
		{"what is left is shared by weight", 12, [][2]int{{1, 50}, {2, 50}, {3, 3}}, []int{3, 6, 3}},
		{"lines not known", 0, [][2]int{{1, 7}, {1, 9}}, []int{7, 9}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var pool campaign.Pool
			var runs []asker
			for _, r := range test.runs {
				runs = append(runs, asker{campaign.NewPoolRun(), r[0], r[1]})
			}
			for range 2 {
				for _, r := range runs {
					r.LineUp(&pool, test.lines, r.weight, r.wants)
				}
			}
			for i, r := range runs {
				if got := r.LineUp(&pool, test.lines, r.weight, r.wants); got != test.want[i] {
					t.Errorf("run %d may use %d, want %d", i, got, test.want[i])
				}
			}
		})
	}
}

func TestPoolWakesWhoMayUseMore(t *testing.T) {
	var pool campaign.Pool
	a, b := campaign.NewPoolRun(), campaign.NewPoolRun()
	a.LineUp(&pool, 8, 1, 8)
	if got := b.LineUp(&pool, 8, 1, 8); got != 4 || a.Woken() || b.Woken() {
		t.Fatalf("%d lines, or somebody was woken although nobody has more", got)
	}
	b.LineUp(&pool, 8, 1, 2)
	if !a.Woken() || b.Woken() {
		t.Error("the other one was not woken, or the one that asked was")
	}
	if got := a.LineUp(&pool, 8, 1, 8); got != 6 {
		t.Errorf("%d lines, want 6", got)
	}
	b.Leave(&pool)
	if !a.Woken() || a.LineUp(&pool, 8, 1, 8) != 8 {
		t.Error("what was given back is not used")
	}
}

// TestNoPool: a gateway that is not shared bounds nothing.
func TestNoPool(t *testing.T) {
	r := campaign.NewPoolRun()
	if got := r.LineUp(nil, 2, 1, 7); got != 7 {
		t.Errorf("%d lines", got)
	}
	r.Leave(nil)
}

// TestPoolIsJust: whatever runs come, go and want, no line is given twice, none
// is kept back, and nobody has less than the part of their weight.
func TestPoolIsJust(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var pool campaign.Pool
		lines := rapid.IntRange(1, 40).Draw(t, "lines")
		var runs []asker
		for range rapid.IntRange(1, 30).Draw(t, "events") {
			switch i := rapid.IntRange(0, 5).Draw(t, "run"); {
			case i >= len(runs):
				runs = append(runs, asker{campaign.NewPoolRun(), rapid.IntRange(0, 5).Draw(t, "weight"), rapid.IntRange(0, 20).Draw(t, "wants")})
			case rapid.IntRange(0, 4).Draw(t, "leaves") == 0:
				runs[i].Leave(&pool)
				runs = append(runs[:i:i], runs[i+1:]...)
			default:
				runs[i].wants = rapid.IntRange(0, 20).Draw(t, "wants")
			}
			checkShares(t, &pool, lines, runs)
		}
	})
}

func checkShares(t *rapid.T, pool *campaign.Pool, lines int, runs []asker) {
	total, wanted, weights := 0, 0, 0
	for _, r := range runs {
		r.LineUp(pool, lines, r.weight, r.wants)
		wanted, weights = wanted+r.wants, weights+max(r.weight, 1)
	}
	for _, r := range runs {
		got := r.LineUp(pool, lines, r.weight, r.wants)
		if again := r.LineUp(pool, lines, r.weight, r.wants); again != got {
			t.Fatalf("first %d lines, then %d", got, again)
		}
		total += got
		if part := lines * max(r.weight, 1) / weights; got > r.wants || len(runs) <= lines && got < min(part, r.wants)-len(runs) {
			t.Fatalf("%d lines of %d, wants %d, part %d", got, lines, r.wants, part)
		}
	}
	if total != min(lines, wanted) {
		t.Fatalf("%d of %d lines are given, %d wanted", total, lines, wanted)
	}
}

// TestPace: calls begun in any second are at most the rate and one, in all and
// at each gateway.
func TestPace(t *testing.T) {
	for _, test := range []struct{ campaign, gateway float64 }{{2, 0}, {0, 3}, {2, 5}, {10, 4}, {0.5, 0}} {
		synctest.Test(t, func(t *testing.T) {
			c := campaign.Campaign{State: campaign.Draft}
			c.Settings.Hours, c.Settings.Lines, c.Settings.Rate = campaign.AllHours(), 100, test.campaign
			o := newOfficeWith(c, 60)
			o.gateway.Self.Lines = 100
			o.Routes[0].Rate = test.gateway
			o.run(t)
			want(t, o, campaign.Tally{campaign.Reached: 60})
			attempts, _ := o.store.Attempts(t.Context(), 1, 0)
			most := test.gateway
			if most == 0 || test.campaign > 0 && test.campaign < most {
				most = test.campaign
			}
			for i, a := range attempts {
				begun := 0
				for _, b := range attempts[i:] {
					if b.Begun.Sub(a.Begun) < time.Second {
						begun++
					}
				}
				if float64(begun) > most+1 {
					t.Fatalf("%d calls begin within a second, the rate is %v", begun, most)
				}
			}
			last := attempts[len(attempts)-1].Begun.Sub(attempts[0].Begun)
			if slowest := time.Duration(float64(len(attempts)) / most * float64(time.Second)); last > slowest+2*time.Second {
				t.Errorf("%d calls took %v, at that rate %v would do", len(attempts), last, slowest)
			}
		})
	}
}
