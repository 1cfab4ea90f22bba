package view

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
)

// BlockSource is a file of numbers that must not be called, and what is known of
// it.
type BlockSource struct {
	Path    string
	Region  phone.Region // of numbers without a country code
	Source  string       // whose list it is; empty: the file's name
	Reason  string
	Expires time.Time // zero: for ever, of a registry's list 31 days after its date
	Replace bool      // an older list of the same source
}

// BlockReport is what came of such a file.
type BlockReport struct {
	List     campaign.DoNotCallList
	Problems []campaign.CellProblem // the first of them
	Refused  int                    // lines that say no number, in all
}

// reportedProblems is how many problems a report holds.
const reportedProblems = 100

// plainSample is how many lines tell whether a file is one of numbers only.
const plainSample = 200

// ImportDoNotCall stores the numbers of a file, which must not be called from
// then on: a file of numbers or ranges, one a line, what a national registry
// gives out, or a spreadsheet like any other list.
func (o *Office) ImportDoNotCall(ctx context.Context, src BlockSource) (BlockReport, error) {
	report := BlockReport{List: campaign.DoNotCallList{
		Kind: campaign.PlainList, Source: src.Source, File: src.Path, Reason: src.Reason, Added: time.Now(), Expires: src.Expires,
	}}
	if report.List.Source == "" {
		report.List.Source = filepath.Base(src.Path)
	}
	rows, changes, err := o.app.plainNumbers(ctx, src.Path)
	switch {
	case err != nil:
	case rows == nil:
		report.List, err = o.Store.ImportDoNotCall(ctx, report.List, src.Replace, func(add func(first, last uint64) error) (campaign.DoNotCallList, error) {
			return o.app.addTable(ctx, src, &report, add)
		})
	case changes:
		err = errors.Join(o.changeList(ctx, rows, &report), rows.Close())
	default:
		report.date(rows.List(), src)
		report.List, err = o.Store.ImportDoNotCall(ctx, report.List, src.Replace, func(add func(first, last uint64) error) (campaign.DoNotCallList, error) {
			return eachLine(rows, &report, add, nil)
		})
		err = errors.Join(err, rows.Close())
	}
	return report, err
}

// date takes over what a file says of itself. A registry's list holds for a
// while only, unless somebody says otherwise.
func (r *BlockReport) date(head campaign.DoNotCallList, src BlockSource) {
	r.List.Kind, r.List.Dated = head.Kind, head.Dated
	if head.Kind == campaign.RegistryList && src.Expires.IsZero() {
		r.List.Expires = head.Dated.Add(campaign.RegistryAge)
	}
}

// errNothingToChange means that the list that a file of changes is about is not
// here.
var errNothingToChange = errors.New("it says what changed in a list that is not here: import the full list first, under the same name (--source)")

// changeList brings a file of changes into the list of the same source.
func (o *Office) changeList(ctx context.Context, rows campaign.NumberRows, report *BlockReport) error {
	lists, err := o.Store.DoNotCallLists(ctx)
	if err != nil {
		return err
	}
	for _, l := range lists {
		if l.Source != report.List.Source {
			continue
		}
		report.List, err = o.Store.ChangeDoNotCall(ctx, l.ID, func(add, drop func(first, last uint64) error) (campaign.DoNotCallList, error) {
			return eachLine(rows, report, add, drop)
		})
		return err
	}
	return fmt.Errorf("%s: %w", filepath.Base(report.List.File), errNothingToChange)
}

// plainNumbers opens a file of numbers only, nil if it is another: most of the
// first lines of one say a number. It also tells whether it is one of changes.
func (a *App) plainNumbers(ctx context.Context, path string) (rows campaign.NumberRows, changes bool, err error) {
	looked, err := a.OpenNumbers(ctx, path)
	var fault *campaign.FileError
	if errors.As(err, &fault) && fault.Fault == campaign.FaultFormat {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	said, refused := 0, 0
	for said+refused < plainSample {
		row, err := looked.Next()
		if err != nil {
			break // the end, or something that is told when it is read
		}
		if row.Problem == nil {
			said++
		} else {
			refused++
		}
	}
	changes = looked.Changes()
	if err := looked.Close(); err != nil || said <= refused {
		return nil, false, err
	}
	rows, err = a.OpenNumbers(ctx, path)
	return rows, changes, err
}

// eachLine gives what the lines of a file say to add, and what it takes off a
// list to drop.
func eachLine(rows campaign.NumberRows, report *BlockReport, add, drop func(first, last uint64) error) (campaign.DoNotCallList, error) {
	for {
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			list := report.List
			list.Areas, list.Dated = rows.List().Areas, rows.List().Dated
			return list, nil
		}
		switch {
		case err != nil:
		case row.Problem != nil:
			report.refuse(*row.Problem)
		case row.Delete && drop == nil:
			err = fmt.Errorf("%s, line %d: %w", filepath.Base(report.List.File), row.Line, errNothingToChange)
		case row.Delete:
			err = drop(row.Range.First, row.Range.Last)
		default:
			err = add(row.Range.First, row.Range.Last)
		}
		if err != nil {
			return report.List, err
		}
	}
}

// addTable adds the numbers of a spreadsheet.
func (a *App) addTable(ctx context.Context, src BlockSource, report *BlockReport, add func(first, last uint64) error) (campaign.DoNotCallList, error) {
	sink := &blockSink{report: report, add: add}
	list := Source{Path: src.Path, Options: contacts.Options{Region: src.Region, Zone: "UTC", Rules: map[campaign.Problem]bool{}}}
	for _, kind := range []campaign.Problem{campaign.ProblemTwoNumbers, campaign.ProblemLostPlus, campaign.ProblemLeadingZero, campaign.ProblemLetters} {
		list.Options.Rules[kind] = true // whom a cell may mean is not called
	}
	if _, _, err := a.Read(ctx, list, sink, nil); err != nil {
		return report.List, err
	}
	if sink.added == 0 {
		return report.List, noNumbers(src.Path)
	}
	return report.List, nil
}

func (r *BlockReport) refuse(p campaign.CellProblem) {
	r.Refused++
	if len(r.Problems) < reportedProblems {
		r.Problems = append(r.Problems, p)
	}
}

// blockSink takes every number of a list; rows without one are refused.
type blockSink struct {
	report *BlockReport
	add    func(first, last uint64) error
	added  int
}

// Add adds the numbers of a row.
func (b *blockSink) Add(c campaign.Contact, problems []campaign.CellProblem) error {
	if c.Number == "" {
		for _, p := range problems[:min(1, len(problems))] {
			b.report.refuse(p)
		}
		return nil
	}
	for _, n := range append([]phone.Number{c.Number}, c.Others...) {
		value, err := strconv.ParseUint(strings.TrimPrefix(string(n), "+"), 10, 64)
		if err != nil {
			return fmt.Errorf("row %d: %w", c.Row, err)
		}
		if err := b.add(value, value); err != nil {
			return err
		}
		b.added++
	}
	return nil
}

// Amend changes nothing: every row counts.
func (b *blockSink) Amend(contacts.Amendment) error { return nil }

// BlockWords says what a list of numbers is, and whether it can be relied on.
func BlockWords(l campaign.DoNotCallList, now time.Time) string {
	facts := []string{l.Source, words.Many(l.Numbers, "%s number", "%s numbers")}
	if l.Reason != "" {
		facts = append(facts, l.Reason)
	}
	if len(l.Areas) > 0 {
		facts = append(facts, words.Say("area codes %s", strings.Join(l.Areas, ", ")))
	}
	text := strings.Join(facts, ", ")
	if state := blockState(l, now); state != "" {
		text += ". " + state
	}
	return text
}

// blockState says whether a list still counts, and for how long; nothing of one
// that counts for ever.
func blockState(l campaign.DoNotCallList, now time.Time) string {
	switch {
	case !l.Counts(now):
		return words.Say("It ended on %s and does not count any more", lastDay(l.Expires))
	case l.Stale(now):
		return words.Say("It is older than 31 days: import a newer one before anybody is called by it")
	case l.Kind == campaign.RegistryList:
		return words.Say("It is of %s and counts for 31 days", day(l.Dated))
	case !l.Expires.IsZero():
		return words.Say("It counts until %s", lastDay(l.Expires))
	default:
		return ""
	}
}

// EntryWords says how a number came on the list, and until when it stays.
func EntryWords(e campaign.DoNotCallEntry, now time.Time) string {
	var facts []string
	switch e.Way {
	case campaign.ByKey:
		facts = append(facts, words.Say("asked for it on the phone on %s", day(e.Added)))
	case campaign.ByHand:
		facts = append(facts, words.Say("added by hand on %s", day(e.Added)))
	default:
		facts = append(facts, words.Say("from %s on %s", e.Source, day(e.Added)))
	}
	if e.Reason != "" {
		facts = append(facts, e.Reason)
	}
	switch {
	case e.Expires.IsZero():
		facts = append(facts, words.Say("for ever"))
	case e.Expires.After(now):
		facts = append(facts, words.Say("until %s", lastDay(e.Expires)))
	default:
		return strings.Join(facts, ", ") + "; " + words.Say("it ended on %s and does not count any more", lastDay(e.Expires))
	}
	return strings.Join(facts, ", ")
}

// shownRefused is how many lines that were refused are shown one by one.
const shownRefused = 3

// RefusedWords says which lines of a file said no number.
func RefusedWords(r BlockReport) []string {
	if r.Refused == 0 {
		return nil
	}
	lines := []string{words.Many(r.Refused, "%s line is no number and forbids nothing:", "%s lines are no number and forbid nothing:")}
	for _, p := range r.Problems[:min(shownRefused, len(r.Problems))] {
		lines = append(lines, words.Say("line %s: %s, %s", Count(p.Row), oneLine(p.Value), words.Problem(p.Kind)))
	}
	return lines
}

func day(t time.Time) string { return words.Date(t.Local()) }

// lastDay is the last day on which something counts that ends at t.
func lastDay(t time.Time) string { return day(t.Add(-time.Second)) }
