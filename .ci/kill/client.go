package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rollcall/gateway"
)

// client carries out orders one after another, and asks between them how
// earlier ones stand. The gateway may die under every question.
type client struct {
	at     *desk
	orders []*order
	done   func() // called after each order
}

// work returns when every order was placed and all that was wished was
// answered.
func (c client) work(ctx context.Context) error {
	for i, o := range c.orders {
		if err := o.carryOut(ctx, c.at); err != nil {
			return err
		}
		c.done()
		if err := c.orders[i/2].follow(ctx, c.at); err != nil {
			return err
		}
	}
	return nil
}

// followAll asks how each order stands.
func (c client) followAll(ctx context.Context) error {
	for _, o := range c.orders {
		if err := o.follow(ctx, c.at); err != nil {
			return err
		}
	}
	return nil
}

// ask gives do the gateway again and again, while it dies meanwhile.
func ask(ctx context.Context, at *desk, do func(*gateway.Client) error) error {
	for {
		c, err := at.find(ctx)
		if err != nil {
			return err
		}
		err = do(c)
		var refused *gateway.RefusedError
		if err == nil || errors.As(err, &refused) || errors.Is(err, gateway.ErrUnknownCall) || errors.Is(err, gateway.ErrUnreadable) {
			return err
		}
		if ctx.Err() != nil {
			return fmt.Errorf("never answered: %w", err)
		}
	}
}

// carryOut places the order and does what is wished besides.
func (o *order) carryOut(ctx context.Context, at *desk) error {
	join := o.beside(ctx, at)
	err := errors.Join(o.place(ctx, at), join())
	if err != nil || o.id == 0 {
		return err
	}
	switch o.wish {
	case remove:
		return o.remove(ctx, at, gateway.Removal{})
	case removeUndialled:
		return o.remove(ctx, at, gateway.Removal{IfQueued: true})
	case withdraw:
		_, err = o.void(ctx, at)
		return err
	default:
		return nil
	}
}

// beside begins what is wished at the same time as the request. join waits for
// its end and adds what was told.
func (o *order) beside(ctx context.Context, at *desk) (join func() error) {
	twin, ended := &order{request: o.request}, make(chan error, 1)
	switch o.wish {
	case askTwice:
		go func() { ended <- twin.place(ctx, at) }()
	case withdrawAtOnce:
		go func() {
			found, err := twin.void(ctx, at)
			twin.id = found.ReqID
			ended <- err
		}()
	default:
		return func() error { return nil }
	}
	return func() error {
		err := <-ended
		if twin.id != 0 && o.id != 0 && twin.id != o.id {
			o.blame("one reference has the ids %d and %d", o.id, twin.id)
		}
		o.withdrawn, o.gone, o.asked = twin.withdrawn, twin.gone, twin.asked
		o.wrong = append(o.wrong, twin.wrong...)
		return err
	}
}

// place asks for the call until the gateway has said what becomes of it.
func (o *order) place(ctx context.Context, at *desk) error {
	for o.id == 0 && !o.refused && !o.lost {
		var id gateway.ReqID
		var doubt bool
		err := ask(ctx, at, func(c *gateway.Client) error {
			var err error
			id, err = c.Call(ctx, o.request)
			doubt = errors.Is(err, gateway.ErrInDoubt)
			if doubt {
				return nil
			}
			return err
		})
		var refused *gateway.RefusedError
		switch {
		case errors.As(err, &refused):
			o.refused = true
			if o.wish != withdrawAtOnce {
				o.blame("refused: %w", refused)
			}
		case err != nil:
			return err
		case doubt:
			if err := o.remedy(ctx, at); err != nil {
				return err
			}
		default:
			o.id = id
		}
	}
	return nil
}

// remedy does what can be done about a request that may have been accepted.
func (o *order) remedy(ctx context.Context, at *desk) error {
	switch {
	case o.request.Reference == "":
		o.lost = true
	case o.doubts == lookUp:
		found, err := o.lookUp(ctx, at)
		o.id = found.ReqID
		return err
	case o.doubts == withdrawFirst && o.wish < withdraw:
		found, err := o.void(ctx, at)
		if found.State == gateway.LookupVoided {
			o.request.Reference += "-again"
			o.gone, o.asked = time.Time{}, false
			return err
		}
		o.id = found.ReqID
		return err
	}
	return nil
}

func (o *order) lookUp(ctx context.Context, at *desk) (gateway.Lookup, error) {
	var found gateway.Lookup
	err := ask(ctx, at, func(c *gateway.Client) (err error) {
		found, err = c.Lookup(ctx, o.request.Reference)
		return err
	})
	if err == nil && found.State != gateway.LookupVoided && (found.State == gateway.LookupUnknown) != (found.ReqID == 0) {
		o.blame("its reference is %s, with the id %d", found.State, found.ReqID)
	}
	return found, err
}

// void withdraws the order's reference.
func (o *order) void(ctx context.Context, at *desk) (gateway.Lookup, error) {
	var found gateway.Lookup
	err := ask(ctx, at, func(c *gateway.Client) (err error) {
		found, err = c.Void(ctx, o.request.Reference)
		return err
	})
	if err != nil {
		return found, err
	}
	if found.State == gateway.LookupVoided {
		o.withdrawn = append(o.withdrawn, o.request.Reference)
		o.asked, o.gone = true, time.Now()
	}
	o.asked = o.asked || o.request.FirstOcc > 0 // one that waits for a retry goes, its reference stays
	return found, nil
}

func (o *order) remove(ctx context.Context, at *desk, how gateway.Removal) error {
	tries := 0
	err := ask(ctx, at, func(c *gateway.Client) error {
		tries++
		return c.Remove(ctx, o.id, how)
	})
	var refused *gateway.RefusedError
	switch {
	case errors.As(err, &refused) && how.IfQueued:
		return nil // it was dialled
	case errors.Is(err, gateway.ErrUnknownCall):
		if tries == 1 && !o.mayBeGone() {
			o.blame("acknowledged as %d, and unknown when it was to be removed", o.id)
		}
	case err != nil:
		return err
	}
	o.asked, o.gone = true, time.Now()
	return nil
}

// follow asks how the order stands. What was told as its end must stay so.
func (o *order) follow(ctx context.Context, at *desk) error {
	if o.id == 0 {
		return nil
	}
	var now gateway.Status
	err := ask(ctx, at, func(c *gateway.Client) (err error) {
		now, err = c.Status(ctx, o.id)
		return err
	})
	switch {
	case errors.Is(err, gateway.ErrUnknownCall):
		if !o.mayBeGone() {
			o.blame("acknowledged as %d, and unknown now", o.id)
		}
		return nil
	case err != nil:
		return err
	}
	o.compare(now)
	return nil
}

// compare holds a status against the one that was told as final.
func (o *order) compare(now gateway.Status) {
	if !final(o.told) {
		o.told = now
		return
	}
	before, _ := o.told.Last()
	after, _ := now.Last()
	if len(now.Attempts) != len(o.told.Attempts) || after.State != before.State || after.Reason != before.Reason {
		o.blame("told as %s (%s), and later as %s (%s)", before.State, before.Reason, after.State, after.Reason)
	}
}
