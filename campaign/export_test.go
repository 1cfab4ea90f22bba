package campaign

import (
	"time"

	"rollcall/campaign/phone"
)

// JudgeBy is NewJudge with rules and holidays of the test's own in place of the
// presets.
func JudgeBy(s Settings, rules func(phone.Number) []LawRule, holidays func(string, int) ([]Day, bool)) *Judge {
	j := NewJudge(s)
	j.rulesFor, j.places.holidays, j.lawless = rules, holidays, false
	return j
}

// Remembered is how many days of places the judge remembers.
func (j *Judge) Remembered() int { return j.places.days }

// FreeAt is when a limit lets a number be called again.
func (l Limit) FreeAt(now time.Time, past []Past, number phone.Number) (time.Time, int) {
	return l.free(now, past, number)
}

// PoolRun is a run as a pool sees it.
type PoolRun struct{ x *run }

// NewPoolRun returns one that uses nothing yet.
func NewPoolRun() PoolRun { return PoolRun{&run{Runner: &Runner{}}} }

// LineUp tells the pool how many lines there are and the run could use, and
// returns how many it may.
func (r PoolRun) LineUp(p *Pool, lines, weight, wants int) int {
	return p.lineUp(r.x, lines, weight, wants)
}

// Leave gives back what the run had.
func (r PoolRun) Leave(p *Pool) { p.leave(r.x) }

// Woken tells whether the run was woken since it was last asked.
func (r PoolRun) Woken() bool {
	select {
	case <-r.x.ring():
		return true
	default:
		return false
	}
}
