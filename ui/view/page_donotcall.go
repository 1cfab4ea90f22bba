package view

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
)

// DoNotCallPage is who must not be called: lists of numbers, a line each, and
// below them the single numbers, the newest first. A list can be looked into;
// then the rows are its numbers.
type DoNotCallPage struct {
	Region phone.Region // whose numbers are written nationally
	Chip   DoNotCallChip
	Search string
	Into   *ListLine // the list that is looked into; nil: none
	On     []ListLine
	Single Marks[campaign.DoNotCallKey, campaign.DoNotCallSaid]
	Ranges Marks[uint64, campaign.NumberRange]

	lists []ListLine
	ways  map[campaign.DoNotCallWay]int
}

// ListLine is a list. One that was typed in is of a single range.
type ListLine struct {
	campaign.DoNotCallList
	Range campaign.NumberRange // of one that was typed in
}

// Typed tells whether the list was typed in, not read from a file.
func (l ListLine) Typed() bool { return l.File == "" }

// DoNotCallChip is a filter by how numbers came on the list.
type DoNotCallChip struct {
	Words string
	Way   campaign.DoNotCallWay // empty: all
}

// DoNotCallChips are the filters.
func DoNotCallChips() []DoNotCallChip {
	return []DoNotCallChip{
		{Words: words.Say("All||numbers")},
		{Words: words.Say("By key"), Way: campaign.ByKey},
		{Words: words.Say("By hand"), Way: campaign.ByHand},
		{Words: words.Say("Imported"), Way: campaign.ByImport},
	}
}

// DoNotCallCounts is what a page knows without its rows.
type DoNotCallCounts struct {
	Lists []ListLine
	Ways  map[campaign.DoNotCallWay]int
}

// DoNotCall reads the lists and counts the single numbers.
func (o *Office) DoNotCall(ctx context.Context) (DoNotCallCounts, error) {
	var c DoNotCallCounts
	lists, err := o.Store.DoNotCallLists(ctx)
	if err != nil {
		return c, err
	}
	for _, l := range lists {
		line := ListLine{DoNotCallList: l}
		if line.Typed() {
			first, err := o.Store.RangesFrom(ctx, l.ID, 0, 1)
			if err != nil {
				return c, err
			}
			for _, r := range first {
				line.Range = r
			}
		}
		c.Lists = append(c.Lists, line)
	}
	slices.SortStableFunc(c.Lists, func(a, b ListLine) int { return cmp.Or(b.Added.Compare(a.Added), cmp.Compare(b.ID, a.ID)) })
	c.Ways, err = o.Store.CountByWay(ctx)
	return c, err
}

// Take brings what was read.
func (p *DoNotCallPage) Take(c DoNotCallCounts) { p.lists, p.ways = c.Lists, c.Ways }

// Number is how many numbers a chip keeps, those of lists among them.
func (p *DoNotCallPage) Number(chip DoNotCallChip) int {
	n := 0
	for way, count := range p.ways {
		if chip.Way == "" || chip.Way == way {
			n += count
		}
	}
	for _, l := range p.lists {
		if keeps(chip, l) {
			n += l.Numbers
		}
	}
	return n
}

func keeps(chip DoNotCallChip, l ListLine) bool {
	way := campaign.ByImport
	if l.Typed() {
		way = campaign.ByHand
	}
	return chip.Way == "" || chip.Way == way
}

// Nothing tells whether no number is on the list at all.
func (p *DoNotCallPage) Nothing() bool { return p.Number(DoNotCallChip{}) == 0 }

// DoNotCallFound is what a filter finds.
type DoNotCallFound struct {
	Lists []ListLine
	Keys  []campaign.DoNotCallKey
	N     int
}

// Filter is what is asked of the store.
func (p *DoNotCallPage) Filter() campaign.DoNotCallFilter {
	f := campaign.DoNotCallFilter{Way: p.Chip.Way}
	text := strings.TrimSpace(p.Search)
	if number, err := phone.Parse(text, p.Region); err == nil {
		f.Digits = strings.TrimPrefix(string(number), "+")
		return f
	}
	if f.Digits = partOfNumber(text); f.Digits == "" {
		f.Search = text
	}
	return f
}

// partOfNumber is a part of a number as it is dialled, empty if text is none.
// The zeros before it are dialled in its own country only.
func partOfNumber(text string) string {
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case strings.ContainsRune(" +()-./\u00a0", r):
			return -1
		default:
			return 'x'
		}
	}, text)
	if strings.Contains(digits, "x") {
		return ""
	}
	return strings.TrimLeft(digits, "0")
}

// FindDoNotCall looks for what a page's filter keeps. A whole number is looked
// up in every list; of lists, words find the source and the reason.
func (o *Office) FindDoNotCall(ctx context.Context, p DoNotCallPage) (DoNotCallFound, error) {
	found := DoNotCallFound{}
	with := map[campaign.DoNotCallListID]bool{}
	if number, err := phone.Parse(strings.TrimSpace(p.Search), p.Region); err == nil {
		_, lists, err := o.Store.WhyDoNotCall(ctx, number)
		if err != nil {
			return found, err
		}
		for _, l := range lists {
			with[l.ID] = true
		}
	}
	f := p.Filter()
	for _, l := range p.lists {
		if keeps(p.Chip, l) && (p.Search == "" || with[l.ID] || f.Search != "" && holds(l, f.Search)) {
			found.Lists = append(found.Lists, l)
		}
	}
	var err error
	found.Keys, found.N, err = o.Store.DoNotCallMarks(ctx, f, MarkPage)
	return found, err
}

func holds(l ListLine, text string) bool {
	return strings.Contains(strings.ToLower(l.Source+"\n"+l.File+"\n"+l.Reason), strings.ToLower(text))
}

// Seeks is the first number that may be meant by a search in a list, which is
// in the order of its numbers; zero if none is.
func (p *DoNotCallPage) Seeks() uint64 {
	text := strings.TrimSpace(p.Search)
	if number, err := phone.Parse(text, p.Region); err == nil {
		return value(number)
	}
	digits := partOfNumber(text)
	if digits == "" || len(p.Ranges.keys) == 0 {
		return 0
	}
	first := strconv.FormatUint(p.Ranges.keys[0], 10)
	if !strings.HasPrefix(text, "+") {
		code, _, _ := strings.Cut(numberOf(p.Ranges.keys[0]).International(), " ")
		digits = strings.TrimPrefix(code, "+") + digits
	}
	if len(digits) > len(first) {
		digits = digits[:len(first)]
	}
	return value(phone.Number("+" + digits + strings.Repeat("0", len(first)-len(digits))))
}

// Len is the number of rows.
func (p *DoNotCallPage) Len() int {
	if p.Into != nil {
		return p.Ranges.Len()
	}
	return len(p.On) + p.Single.Len()
}

// List is the list at row i; false if that is none.
func (p *DoNotCallPage) List(i int) (ListLine, bool) {
	if p.Into != nil || i < 0 || i >= len(p.On) {
		return ListLine{}, false
	}
	return p.On[i], true
}

// Entry is the single number at row i; false if that is none or not loaded.
func (p *DoNotCallPage) Entry(i int) (campaign.DoNotCallSaid, bool) {
	if p.Into != nil {
		return campaign.DoNotCallSaid{}, false
	}
	return p.Single.At(i - len(p.On))
}

// Chosen is the number to explain at row i, empty for lists.
func (p *DoNotCallPage) Chosen(i int) phone.Number {
	if e, ok := p.Entry(i); ok {
		return e.Number
	}
	if r, ok := p.Ranges.At(i); ok && p.Into != nil {
		return numberOf(r.First)
	}
	return ""
}

// DoNotCallRow is a row of the grid in words.
type DoNotCallRow struct {
	Number, Why, From, Added, Until string
	List                            bool // a line that stands for many numbers
	Over                            bool // it does not count any more, or in one campaign only
}

// Row is row i in words, and false while it is not loaded.
func (p *DoNotCallPage) Row(i int, now time.Time) (DoNotCallRow, bool) {
	if p.Into != nil {
		r, ok := p.Ranges.At(i)
		return rangeRow(*p.Into, r, p.Region, now), ok
	}
	if l, ok := p.List(i); ok {
		return p.listRow(l, now), true
	}
	e, ok := p.Entry(i)
	return entryRow(e, p.Region, now), ok
}

func (p *DoNotCallPage) listRow(l ListLine, now time.Time) DoNotCallRow {
	row := rangeRow(l, l.Range, p.Region, now)
	row.List = !l.Typed()
	if row.List {
		row.Number = words.Many(l.Numbers, "%s number", "%s numbers")
	}
	return row
}

func rangeRow(l ListLine, r campaign.NumberRange, region phone.Region, now time.Time) DoNotCallRow {
	row := DoNotCallRow{
		Number: RangeWords(r, region), Why: listWhy(l), From: filepath.Base(l.File), Added: dateOf(l.Added),
		Until: untilWords(l.Expires, now), Over: !l.Counts(now),
	}
	switch {
	case l.Typed():
		row.From = words.Say("Added by hand")
	case l.Source != "" && l.Source != filepath.Base(l.File):
		row.From = l.Source
	}
	return row
}

func listWhy(l ListLine) string {
	switch {
	case l.Reason != "":
		return l.Reason
	case l.Kind == campaign.RegistryList && len(l.Areas) > 0:
		return words.Say("National list, area codes %s", words.And(l.Areas))
	case l.Kind == campaign.RegistryList:
		return words.Say("National list")
	default:
		return "–"
	}
}

func entryRow(e campaign.DoNotCallSaid, region phone.Region, now time.Time) DoNotCallRow {
	row := DoNotCallRow{
		Number: e.Number.For(region), Why: e.Reason, From: entryFrom(e), Added: dateOf(e.Added), Until: untilWords(e.Expires, now),
		Over: !e.Expires.IsZero() && !e.Expires.After(now) || e.Campaign != 0,
	}
	switch {
	case e.Reason != "":
	case e.Way == campaign.ByKey && e.Campaign != 0:
		row.Why = words.Say("Asked in practice")
	case e.Way == campaign.ByKey:
		row.Why = words.Say("Asked on the phone")
	default:
		row.Why = "–"
	}
	return row
}

func entryFrom(e campaign.DoNotCallSaid) string {
	switch {
	case e.Way == campaign.ByKey && e.In != "":
		return e.In
	case e.Way == campaign.ByKey:
		return words.Say("A call")
	case e.Campaign != 0:
		return words.Say("%s, for %s only", filepath.Base(e.Source), e.In)
	case e.Way == campaign.ByHand:
		return words.Say("Added by hand")
	default:
		return filepath.Base(e.Source)
	}
}

func dateOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return words.Date(t.Local())
}

// untilWords is the last day on which something counts.
func untilWords(expires, now time.Time) string {
	switch {
	case expires.IsZero():
		return words.Say("For ever")
	case expires.After(now):
		return dateOf(expires.Add(-time.Second))
	default:
		return words.Say("Ended %s", dateOf(expires.Add(-time.Second)))
	}
}

// Inside names the list that is looked into, and says what it is.
func (p *DoNotCallPage) Inside(now time.Time) (name, more string) {
	if p.Into == nil {
		return "", ""
	}
	l := *p.Into
	return l.name(), joinSentences(words.Many(l.Numbers, "%s number.", "%s numbers."), ended(l.Expires, now))
}

// Foot says what the rows are.
func (p *DoNotCallPage) Foot() string {
	switch {
	case p.Into != nil:
		return words.Many(p.Into.Numbers, "%s number, by number", "%s numbers, by number")
	case p.Search != "":
		return words.Many(p.Len(), "%s line found", "%s lines found")
	default:
		return words.Many(p.Number(p.Chip), "%s number, newest first", "%s numbers, newest first")
	}
}

// Nobody is said in place of rows.
func (p *DoNotCallPage) Nobody() (title, more string) {
	switch {
	case p.Nothing():
		return words.Say("Nobody is on the list yet"), words.Say("Whoever asks for it on the phone comes here by itself. Add a number at the right, or import a list.")
	case p.Search != "":
		title = words.Say("Nothing is found by ‘%s’", p.Search)
		return title, words.Say("A whole number is looked up in every list too. Who is not found may be called.")
	case p.Number(p.Chip) > 0: // they are on their way
		return "", ""
	default:
		return words.Say("No number came on the list this way"), ""
	}
}
