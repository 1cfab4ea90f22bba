package view

import (
	"context"
	"path/filepath"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
)

// WhyNumber is what is known of a number: why it is not called, what its person
// said, and its last calls.
type WhyNumber struct {
	Number phone.Number
	Free   bool     // nothing forbids a call to it
	Why    []string // one sentence each
	Said   string   // the last word of its person; empty for none
	Calls  []DetailsCall
}

// lastCalls is how many calls are shown.
const lastCalls = 5

// WhyNot finds out what is known of a number.
func (o *Office) WhyNot(ctx context.Context, number phone.Number, now time.Time) (WhyNumber, error) {
	w := WhyNumber{Number: number, Free: true}
	entries, lists, err := o.Store.WhyDoNotCall(ctx, number)
	if err != nil {
		return w, err
	}
	for _, e := range entries {
		counts := e.Expires.IsZero() || e.Expires.After(now)
		w.Free = w.Free && (!counts || e.Campaign != 0)
		w.Why = append(w.Why, entryWhy(e, now))
	}
	for _, l := range lists {
		w.Free = w.Free && !l.Counts(now)
		w.Why = append(w.Why, listWhyOf(l, now))
	}
	consent, said, err := o.Store.ConsentOf(ctx, number)
	if err != nil {
		return w, err
	}
	if said {
		w.Said = consentWords(consent)
	}
	calls, err := o.Store.CallsTo(ctx, number, lastCalls)
	if err != nil {
		return w, err
	}
	for _, call := range calls {
		c := detailsCall(call.Attempt, campaign.Calling, now)
		if call.Attempt.Open() {
			c = DetailsCall{At: c.At, Status: campaign.Doubt, Words: words.Say("It is not known how it ended")}
		}
		c.More = call.Campaign
		w.Calls = append(w.Calls, c)
	}
	return w, nil
}

// Head says whether it may be called.
func (w WhyNumber) Head() string {
	if w.Free {
		return words.Say("Nothing forbids a call")
	}
	return words.Say("Is not called")
}

func entryWhy(e campaign.DoNotCallEntry, now time.Time) string {
	on := dateOf(e.Added)
	text := ""
	switch {
	case e.Way == campaign.ByKey && e.Campaign != 0:
		return words.Say("Asked for it in a practice call on %s: that counts in that campaign only.", on)
	case e.Way == campaign.ByKey:
		return words.Say("The person asked for it on the phone on %s. That stays.", on)
	case e.Campaign != 0:
		return words.Say("On the list of one campaign only, from %s.", filepath.Base(e.Source))
	case e.Way == campaign.ByHand:
		text = words.Say("Added by hand on %s.", on)
	default:
		text = words.Say("From %s, brought in on %s.", filepath.Base(e.Source), on)
	}
	return joinSentences(text, ended(e.Expires, now))
}

func listWhyOf(l campaign.DoNotCallList, now time.Time) string {
	from := l.Source
	if from == "" {
		from = filepath.Base(l.File)
	}
	if l.File == "" {
		return joinSentences(words.Say("In a range that was added by hand on %s.", dateOf(l.Added)), ended(l.Expires, now))
	}
	return joinSentences(words.Say("On the list %s, brought in on %s.", from, dateOf(l.Added)), ended(l.Expires, now))
}

// ended says until when something counts, or that it does not any more.
func ended(expires, now time.Time) string {
	switch {
	case expires.IsZero():
		return ""
	case expires.After(now):
		return words.Say("It counts until %s.", dateOf(expires.Add(-time.Second)))
	default:
		return words.Say("It ended on %s and does not count any more.", dateOf(expires.Add(-time.Second)))
	}
}

// joinSentences sets sentences one after another.
func joinSentences(first, second string) string {
	if second == "" {
		return first
	}
	return first + " " + second
}

func consentWords(c campaign.ConsentEntry) string {
	if c.Given {
		return words.Say("Agreed to be called, by %s of %s", filepath.Base(c.Source), dateOf(c.At))
	}
	return words.Say("Asked not to be called, on %s", dateOf(c.At))
}

// Warning is about a list that is too old, or will be.
type Warning struct{ Head, More string }

// warnDays is how long before its end a list is warned of.
const warnDays = 7

// Warning is about the first list that a newer one should replace; false if
// there is none. One that has ended long ago is not warned of any more.
func (p *DoNotCallPage) Warning(now time.Time) (Warning, bool) {
	const long = 60 * 24 * time.Hour
	for _, l := range p.lists {
		left := l.Expires.Sub(now)
		switch {
		case l.Stale(now) && l.Counts(now):
			return Warning{
				words.Say("The list %s is older than 31 days.", l.name()),
				words.Say("It still counts. Import a newer one before anybody is called by it."),
			}, true
		case l.Typed() || l.Expires.IsZero() || left < -long || left > warnDays*24*time.Hour:
		case left <= 0:
			return Warning{
				words.Say("The list %s has ended.", l.name()),
				words.Say("Its numbers may be called again since %s. Import a newer one.", dateOf(l.Expires)),
			}, true
		default:
			last := dateOf(l.Expires.Add(-time.Second))
			if l.Kind == campaign.RegistryList {
				return Warning{
					words.Many(int(now.Sub(l.Dated)/(24*time.Hour)), "The national list is %s day old.", "The national list is %s days old."),
					words.Say("It counts for 31 days. Import a newer one by %s.", last),
				}, true
			}
			return Warning{words.Say("The list %s ends soon.", l.name()), words.Say("It counts until %s. Import a newer one by then.", last)}, true
		}
	}
	return Warning{}, false
}

func (l ListLine) name() string {
	if l.Source != "" {
		return l.Source
	}
	return filepath.Base(l.File)
}
