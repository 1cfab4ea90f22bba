package campaign

import "time"

// This file is what people order while a campaign runs; the loop obeys.

func (x *run) pause() {
	if x.c.State != Running {
		return
	}
	x.setState(Paused, Reason{Code: CodeByUser})
	x.withdraw(false)
}

func (x *run) resume() {
	if x.c.State != Paused || x.leaving {
		return
	}
	for _, f := range x.flights {
		f.withdraw = false
	}
	for _, r := range x.routes {
		r.probeAt = time.Now()
	}
	why := Reason{}
	if x.awayAll() != nil {
		why.Code = CodeGatewayAway
	}
	x.setState(Running, why)
}

func (x *run) stop() {
	if x.c.State.Over() {
		return
	}
	x.c.Ended = time.Now()
	why := Reason{Code: CodeStopped}
	x.setState(Stopped, why)
	if x.err == nil {
		x.fail(x.Store.Cancel(x.ctx, x.c.ID, why))
	}
	x.withdraw(false)
}

func (x *run) endCalls() {
	x.pause()
	x.withdraw(true)
}

func (x *run) setLines(n int) {
	x.lines = max(n, 1)
	for _, r := range x.routes {
		r.probeAt = time.Now()
	}
}

// reload takes the settings from the store. What waits is decided about again,
// some rows at a time.
func (x *run) reload() {
	c, err := x.Store.Campaign(x.ctx, x.c.ID)
	if x.fail(err) {
		return
	}
	was := x.c.Settings
	s := c.Settings.Complete()
	s.Region, s.Speed, s.Gateway, s.Gateways = was.Region, was.Speed, was.Gateway, was.Gateways
	x.c.Name, x.c.Settings = c.Name, s
	x.judge = NewJudge(s)
	x.setLines(s.Lines)
	x.c.Rethink = c.Rethink
	x.waking, x.woken, x.batch, x.dirty = true, 0, 0, true
}

// look tells of rows that changed; the loop looks for due ones after any order.
func (x *run) look(rows []ContactID) {
	for _, id := range rows {
		x.touch(id)
	}
}

// wakeSome lets some of the rows that wait be decided about again.
func (x *run) wakeSome(now time.Time) (more bool) {
	if !x.waking {
		return false
	}
	last, err := x.Store.Wake(x.ctx, x.c.ID, x.woken, manyRows, now)
	if x.fail(err) {
		return false
	}
	x.woken, x.waking = last, last != 0
	if !x.waking && x.c.Rethink {
		x.c.Rethink = false
		x.setState(x.c.State, x.c.Why)
	}
	x.nextDue = now
	return true
}

// giveUp pauses the campaign because of what is wrong with the gateway, and
// ends the run.
func (x *run) giveUp(now time.Time, why Reason) {
	if x.c.State != Running {
		return
	}
	x.setState(Paused, why)
	x.withdraw(false)
	x.leave(now)
}

// awayGrace is how long a run that is to end waits for a gateway that does not
// answer. What is under way is written down, and taken up by the next run.
const awayGrace = 10 * time.Second

// leave begins the end of a run: no call begins any more.
func (x *run) leave(now time.Time) {
	grace := x.Grace
	if grace == 0 {
		grace = 2 * time.Minute
	}
	if x.awayAll() != nil {
		grace = min(grace, awayGrace)
	}
	x.leaving, x.deadline = true, now.Add(grace)
	x.pause()
}

// withdraw takes back every call that is not on a line yet, and with hangup
// ends those that are. Only our own gateway can say what it did, so nothing is
// taken back from another one.
func (x *run) withdraw(hangup bool) {
	for _, f := range x.flights {
		f.hangup = f.hangup || hangup && f.route.about.Extended
		x.takeBack(f)
	}
}

// takeBack withdraws a call that is not on a line yet, and looks after one that
// is to be ended.
func (x *run) takeBack(f *flight) {
	if !f.route.about.Extended || f.calling && !f.hangup {
		return
	}
	f.withdraw = true
	if f.phase == following {
		f.ask(time.Now())
	}
}
