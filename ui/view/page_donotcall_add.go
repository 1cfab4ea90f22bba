package view

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
)

// This file adds numbers that somebody types in, and takes numbers off.

// Typed is what a person has typed in so far: a number, or several that follow
// each other.
type Typed struct {
	Range campaign.NumberRange
	Ready bool
	Wrong string // why it is no number yet; empty while nothing was typed
}

// mostTyped is how many numbers a range that was typed in may have; more is
// likely a slip.
const mostTyped = 10_000

// rangeSign is what stands between the ends of a range, in whatever language:
// "0100 to 0109", "0100–0109", "0100 - 0109".
func rangeSign() *regexp.Regexp {
	return regexp.MustCompile(`\s+(?:to|bis|do|à|a|hasta|jusqu’à|-)\s+|\s*(?:–|—|\.\.+|…)\s*`)
}

// ReadTyped reads what was typed in, as a number of a country.
func ReadTyped(text string, region phone.Region) Typed {
	text = strings.TrimSpace(text)
	if text == "" {
		return Typed{}
	}
	ends := rangeSign().Split(text, 2)
	first, wrong := readEnd(ends[0], region)
	if wrong != "" {
		return Typed{Wrong: wrong}
	}
	t := Typed{Range: campaign.NumberRange{First: value(first), Last: value(first)}, Ready: true}
	if len(ends) == 1 {
		return t
	}
	last, wrong := readEnd(completed(ends[1], first), region)
	if wrong != "" {
		return Typed{Wrong: wrong}
	}
	t.Range.Last = value(last)
	switch n := t.Range.Last - t.Range.First; {
	case t.Range.Last < t.Range.First:
		return Typed{Wrong: words.Say("The range ends before it begins")}
	case n >= mostTyped:
		return Typed{Wrong: words.Say("A range has %s numbers at most: import a list of more", words.Number(mostTyped))}
	}
	return t
}

// completed is the end of a range of which only the last digits were said.
func completed(end string, first phone.Number) string {
	digits := onlyDigits(end)
	if strings.Contains(end, "+") || len(digits) >= len(onlyDigits(first.National())) {
		return end
	}
	whole := string(first)
	return whole[:max(1, len(whole)-len(digits))] + digits
}

func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// readEnd reads a number, or says why it is none.
func readEnd(text string, region phone.Region) (phone.Number, string) {
	number, err := phone.Parse(text, region)
	if err == nil {
		return number, ""
	}
	if onlyDigits(text) == "" {
		return "", words.Say("Digits are missing")
	}
	if n := missing(text, region); n > 0 {
		return "", words.Many(n, "%s digit is missing", "%s digits are missing")
	}
	var wrong *phone.Error
	if errors.As(err, &wrong) && wrong.Why.Forbidden() {
		return "", words.Say("This number is never called anyway")
	}
	return "", words.Say("This is no telephone number: check its digits")
}

// missing is how many digits more would make a number of text, as far as that
// can be told; zero if none would.
func missing(text string, region phone.Region) int {
	const most = 10
	for n := 1; n <= most; n++ {
		for _, digit := range []string{"2", "5", "0"} {
			if _, err := phone.Parse(text+strings.Repeat(digit, n), region); err == nil {
				return n
			}
		}
	}
	return 0
}

func value(n phone.Number) uint64 {
	v, err := strconv.ParseUint(strings.TrimPrefix(string(n), "+"), 10, 64)
	if err != nil {
		return 0
	}
	return v
}

func numberOf(value uint64) phone.Number {
	return phone.Number("+" + strconv.FormatUint(value, 10))
}

// RangeWords writes a number, or several that follow each other: "(206)
// 555-0100 to 0109".
func RangeWords(r campaign.NumberRange, region phone.Region) string {
	first := numberOf(r.First).For(region)
	if r.First == r.Last {
		return first
	}
	last := numberOf(r.Last).For(region)
	if at := strings.LastIndexAny(last, "- "); at > 0 && len(first) == len(last) && first[:at+1] == last[:at+1] {
		last = last[at+1:]
	}
	return words.Say("%s to %s||numbers", first, last)
}

// Words writes what was typed in as it is understood.
func (t Typed) Words(region phone.Region) string { return RangeWords(t.Range, region) }

// Single is the number, empty if there are several.
func (t Typed) Single() phone.Number {
	if !t.Ready || t.Range.First != t.Range.Last {
		return ""
	}
	return numberOf(t.Range.First)
}

// Undo takes back what was done.
type Undo = func(ctx context.Context) error

// AddTyped puts what was typed in on the list. Nothing of it is called from
// then on.
func (o *Office) AddTyped(ctx context.Context, t Typed, why string, until time.Time) (Undo, error) {
	now := time.Now()
	if number := t.Single(); number != "" {
		return o.addNumber(ctx, campaign.DoNotCallEntry{Number: number, Way: campaign.ByHand, Reason: why, Added: now, Expires: until})
	}
	l := campaign.DoNotCallList{Kind: campaign.PlainList, Source: words.Say("Added by hand"), Reason: why, Added: now, Expires: until}
	l, err := o.Store.ImportDoNotCall(ctx, l, false, func(add func(first, last uint64) error) (campaign.DoNotCallList, error) {
		return campaign.DoNotCallList{}, add(t.Range.First, t.Range.Last)
	})
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) error { return o.Store.RemoveDoNotCallList(ctx, l.ID) }, nil
}

// addNumber adds a number. Taking that back leaves it as it was before.
func (o *Office) addNumber(ctx context.Context, e campaign.DoNotCallEntry) (Undo, error) {
	all, _, err := o.Store.WhyDoNotCall(ctx, e.Number)
	if err != nil {
		return nil, err
	}
	var before []campaign.DoNotCallEntry
	for _, old := range all {
		if old.Campaign == 0 {
			before = append(before, old)
		}
	}
	if err := o.Store.AddDoNotCall(ctx, []campaign.DoNotCallEntry{e}); err != nil {
		return nil, err
	}
	return func(ctx context.Context) error {
		err := o.Store.RemoveDoNotCall(ctx, e.Number, 0)
		if errors.Is(err, campaign.ErrForEver) {
			return nil // its person had asked for it before: nothing was changed
		}
		return errors.Join(err, o.Store.AddDoNotCall(ctx, before))
	}, nil
}

// RemoveNumbers takes single numbers off the list. Those whose person asked for
// it stay; stayed is how many these are.
func (o *Office) RemoveNumbers(ctx context.Context, entries []campaign.DoNotCallEntry) (undo Undo, stayed int, err error) {
	var gone []campaign.DoNotCallEntry
	undo = func(ctx context.Context) error { return o.Store.AddDoNotCall(ctx, gone) }
	for _, e := range entries {
		err := o.Store.RemoveDoNotCall(ctx, e.Number, e.Campaign)
		switch {
		case errors.Is(err, campaign.ErrForEver):
			stayed++
		case err != nil:
			return undo, stayed, err
		default:
			gone = append(gone, e)
		}
	}
	return undo, stayed, nil
}

// UntilChoice is an end that can be chosen.
type UntilChoice struct {
	Words string
	Days  int // zero: for ever
}

// UntilChoices are the ends that can be chosen, the usual one first.
func UntilChoices(now time.Time) []UntilChoice {
	list := []UntilChoice{{Words: words.Say("For ever")}}
	for _, days := range []int{30, 182, 365} {
		list = append(list, UntilChoice{Words: dateOf(now.AddDate(0, 0, days)), Days: days})
	}
	return list
}

// Expires is when it ends: with the day.
func (u UntilChoice) Expires(now time.Time) time.Time {
	if u.Days == 0 {
		return time.Time{}
	}
	y, m, d := now.Local().Date()
	return time.Date(y, m, d+u.Days+1, 0, 0, 0, 0, time.Local)
}

// WhyChoices are reasons that are often given.
func WhyChoices() []string {
	return []string{words.Say("Asked the front desk"), words.Say("Complaint by letter"), words.Say("Moved away"), words.Say("Staff number")}
}

// ReadDay reads a day of the future as somebody typed it, and returns its end;
// false if it is none. A day is told by the clock of this computer.
func ReadDay(text string, now time.Time) (time.Time, bool) {
	text = strings.TrimSpace(text)
	for _, form := range []string{"2006-1-2", "2.1.2006", "2 Jan 2006", "2 January 2006"} {
		day, err := time.ParseInLocation(form, text, time.Local)
		if err == nil {
			end := day.AddDate(0, 0, 1)
			return end, end.After(now)
		}
	}
	return time.Time{}, false
}

// Removal is what is said before numbers and lists are removed.
type Removal struct {
	Title, Meaning string
	Stays          string // what is not removed, and why; empty for nothing
	Nothing        bool   // nothing of it may be removed
}

// RemovalOf asks about numbers and lists.
func RemovalOf(entries []campaign.DoNotCallEntry, lists []ListLine) Removal {
	asked, numbers := 0, 0
	for _, e := range entries {
		if e.Way == campaign.ByKey {
			asked++
		} else {
			numbers++
		}
	}
	for _, l := range lists {
		numbers += l.Numbers
	}
	r := Removal{Nothing: numbers == 0 && len(lists) == 0}
	if asked > 0 {
		r.Stays = words.Many(asked, "%s person asked for it on the phone: that stays.", "%s people asked for it on the phone: that stays.")
	}
	if r.Nothing {
		r.Title, r.Meaning = words.Say("These stay on the list"), words.Say("What a person asked for is kept for ever. If they want to be called after all, they can call you.")
		return r
	}
	r.Title = words.Many(numbers, "Remove %s number?", "Remove %s numbers?")
	r.Meaning = words.Say("They may be called again from now on, if no other list forbids it.")
	if len(lists) > 0 && lists[0].File != "" {
		r.Meaning += " " + words.Say("A list is removed as a whole; to have it again, import its file again.")
	}
	return r
}

// Removed is what was removed.
type Removed struct {
	Undo    Undo // nil if lists went too: they are imported again
	Numbers int
}

// Words says what was removed.
func (r Removed) Words() string {
	return words.Many(r.Numbers, "%s number removed", "%s numbers removed")
}

// RemoveAll takes numbers and lists off. Those whose person asked stay.
func (o *Office) RemoveAll(ctx context.Context, entries []campaign.DoNotCallEntry, lists []ListLine) (Removed, error) {
	undo, stayed, err := o.RemoveNumbers(ctx, entries)
	done := Removed{Undo: undo, Numbers: len(entries) - stayed}
	for _, l := range lists {
		if err != nil {
			return done, err
		}
		if err = o.Store.RemoveDoNotCallList(ctx, l.ID); err == nil {
			done.Undo, done.Numbers = nil, done.Numbers+l.Numbers
		}
	}
	return done, err
}
