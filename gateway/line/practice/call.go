package practice

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"rollcall/gateway/line"
)

// errOver is what a call returns that we have hung up.
var errOver = errors.New("the call was ended")

// oneIn is how rarely a person asks not to be called again.
const oneIn = 20

// call is a [line.Call] with a far end that is played.
type call struct {
	line    *Line
	number  string
	far     farEnd
	told    bool   // a machine is told from a person
	greeted bool   // the machine's greeting is over
	asked   int    // questions that were answered with an offer
	keys    string // still to be pressed of the offer chosen
	over    error  // why nothing more is heard
}

// Answered tells a person at once and a machine after its greeting. With
// detection off everybody is a person.
func (c *call) Answered(ctx context.Context) (line.AnsweredBy, error) {
	if c.over != nil {
		return line.Person, c.over
	}
	if c.far != machine || !c.told {
		return line.Person, nil
	}
	if !c.greeted {
		if err := c.line.sleep(ctx, greeting); err != nil {
			return line.Machine, err
		}
		c.greeted = true
	}
	return line.Machine, nil
}

// Play lets the time pass that s takes. A person who is about to press more
// keys of an offer barges in with the next one.
func (c *call) Play(ctx context.Context, s line.Sound) (time.Duration, error) {
	switch {
	case c.over != nil:
		return 0, c.over
	case c.far == quitter:
		return s.Length / 2, c.quit(ctx, s.Length/2)
	case s.BargeIn && c.keys != "":
		s.Length = min(s.Length, betweenKeys)
	}
	if err := c.line.sleep(ctx, s.Length); err != nil {
		return 0, err
	}
	return s.Length, nil
}

// Listen has a person press the next key of an offer. A machine, and a person
// who is offered nothing, keep silent.
func (c *call) Listen(ctx context.Context, l line.Listen) (line.Key, error) {
	if c.over != nil {
		return 0, c.over
	}
	if c.far == quitter {
		return 0, c.quit(ctx, min(l.Timeout, c.reaction())/2)
	}
	wait := c.decide(l.Offers)
	if c.keys == "" || wait > l.Timeout {
		return 0, c.line.sleep(ctx, l.Timeout)
	}
	if err := c.line.sleep(ctx, wait); err != nil {
		return 0, err
	}
	key := line.Key(c.keys[0])
	c.keys = c.keys[1:]
	return key, nil
}

// decide makes sure that the keys to be pressed are among the offers, and
// returns how long the next one takes. Keys left over from an offer that does
// not stand any more are forgotten.
func (c *call) decide(offers []line.Offer) time.Duration {
	if c.far != person {
		return 0
	}
	if c.keys != "" && stands(c.keys, offers) {
		return betweenKeys
	}
	c.keys = c.choose(offers)
	if c.keys != "" {
		c.asked++
	}
	return c.reaction()
}

// stands tells whether keys can still be pressed; without offers, anything.
func stands(keys string, offers []line.Offer) bool {
	for _, o := range offers {
		if strings.HasPrefix(o.Keys, keys) {
			return true
		}
	}
	return len(offers) == 0
}

// choose picks an offer by the number. One number in twenty asks not to be
// called again, where that is offered; nobody else does.
func (c *call) choose(offers []line.Offer) string {
	var usual []string
	for _, o := range offers {
		if o.OptOut && chance(c.number, "opt out")%oneIn == 0 {
			return o.Keys
		}
		if !o.OptOut && o.Keys != "" {
			usual = append(usual, o.Keys)
		}
	}
	draw := chance(c.number, "key "+strconv.Itoa(c.asked))
	for i, keys := range usual {
		if draw>>i&1 == 0 || i == len(usual)-1 {
			return keys
		}
	}
	return ""
}

func (c *call) reaction() time.Duration {
	return between(reactFastest, reactSlowest, c.number, "react "+strconv.Itoa(c.asked))
}

// quit ends the call by the far end after d.
func (c *call) quit(ctx context.Context, d time.Duration) error {
	if err := c.line.sleep(ctx, d); err != nil {
		return err
	}
	c.over = line.ErrHungUp
	return c.over
}

// Hangup ends the call.
func (c *call) Hangup() error {
	if c.over == nil {
		c.over = errOver
	}
	return nil
}
