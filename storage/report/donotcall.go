package report

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/campaign/words"
)

// This file writes who must not be called, all of it: the numbers of lists and
// the single ones. A text of it can be taken in again: its first field is a
// number or a range.

// DoNotCallSource is where the list is read from.
type DoNotCallSource interface {
	DoNotCallLists(ctx context.Context) ([]campaign.DoNotCallList, error)
	// RangesFrom returns up to n ranges of a list, from one that begins with a
	// number or after it.
	RangesFrom(ctx context.Context, list campaign.DoNotCallListID, first uint64, n int) ([]campaign.NumberRange, error)
	// DoNotCallMarks returns the first of the single entries, and how many there
	// are.
	DoNotCallMarks(ctx context.Context, f campaign.DoNotCallFilter, every int) ([]campaign.DoNotCallKey, int, error)
	// DoNotCallFrom returns up to n of them, from one on.
	DoNotCallFrom(ctx context.Context, f campaign.DoNotCallFilter, from campaign.DoNotCallKey, n int) ([]campaign.DoNotCallSaid, error)
}

// WriteDoNotCall writes the list to path, as a text if that ends in .csv, else
// as a workbook, and returns where it is, as [Write] does.
func WriteDoNotCall[S DoNotCallSource](ctx context.Context, path string, src S, tell func(part float64)) (string, error) {
	n := &numbers{src: src, tell: tell, now: time.Now()}
	if err := n.size(ctx); err != nil {
		return "", fmt.Errorf("write the do-not-call list: %w", err)
	}
	write := n.workbook
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		write = n.text
	}
	written, err := replace(path, func(w io.Writer) error { return write(ctx, w) })
	if err != nil {
		return "", fmt.Errorf("write the do-not-call list: %w", err)
	}
	return written, nil
}

// numbers is the list being written.
type numbers struct {
	src   DoNotCallSource
	tell  func(part float64)
	now   time.Time
	lists []campaign.DoNotCallList
	first []campaign.DoNotCallKey // of the single entries
	all   int                     // lines at most
	done  int
}

func (n *numbers) size(ctx context.Context) (err error) {
	if n.lists, err = n.src.DoNotCallLists(ctx); err != nil {
		return err
	}
	const few = 1 << 30 // the first one is enough
	n.first, n.all, err = n.src.DoNotCallMarks(ctx, campaign.DoNotCallFilter{}, few)
	for _, l := range n.lists {
		n.all += l.Numbers
	}
	return err
}

// numberLine is a line of the list.
type numberLine struct {
	campaign.NumberRange
	why, from      string
	added, expires time.Time
}

// each calls do with every line.
func (n *numbers) each(ctx context.Context, do func(numberLine) error) error {
	for _, l := range n.lists {
		if err := n.eachOf(ctx, l, do); err != nil {
			return err
		}
	}
	for _, from := range n.first[:min(1, len(n.first))] {
		return n.eachSingle(ctx, from, do)
	}
	return nil
}

// numbersPage is how many lines are read at a time.
const numbersPage = 2000

func (n *numbers) eachOf(ctx context.Context, l campaign.DoNotCallList, do func(numberLine) error) error {
	line := numberLine{why: l.Reason, from: l.Source, added: l.Added, expires: l.Expires}
	for first := uint64(0); ; {
		page, err := n.src.RangesFrom(ctx, l.ID, first, numbersPage)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, line.NumberRange = range page {
			if err := n.write(line, do); err != nil {
				return err
			}
		}
		first = page[len(page)-1].Last + 1
	}
}

func (n *numbers) eachSingle(ctx context.Context, from campaign.DoNotCallKey, do func(numberLine) error) error {
	for again := 0; ; again = 1 { // each page but the first begins with what was written last
		page, err := n.src.DoNotCallFrom(ctx, campaign.DoNotCallFilter{}, from, numbersPage)
		if err != nil || len(page) <= again {
			return err
		}
		for _, e := range page[again:] {
			if err := n.write(lineOf(e), do); err != nil {
				return err
			}
		}
		from = page[len(page)-1].Key()
	}
}

func lineOf(e campaign.DoNotCallSaid) numberLine {
	value, _ := strconv.ParseUint(strings.TrimPrefix(string(e.Number), "+"), 10, 64) // the store holds numbers only
	line := numberLine{
		NumberRange: campaign.NumberRange{First: value, Last: value},
		why:         e.Reason, from: e.Source, added: e.Added, expires: e.Expires,
	}
	switch e.Way {
	case campaign.ByKey:
		line.why, line.from = words.Say("Asked for it on the phone"), e.In
	case campaign.ByHand:
		line.from = words.Say("Added by hand")
	case campaign.ByImport: // its source is where it is from
	}
	if e.Campaign != 0 {
		line.why = strings.TrimSpace(line.why + " " + words.Say("(in one campaign only: %s)", e.In))
	}
	return line
}

func (n *numbers) write(line numberLine, do func(numberLine) error) error {
	if n.done++; n.done%numbersPage == 0 && n.tell != nil {
		n.tell(min(1, float64(n.done)/float64(max(1, n.all))))
	}
	return do(line)
}

func (l numberLine) ends() (first, last string) {
	first = string(numberOf(l.First))
	if l.Last != l.First {
		last = string(numberOf(l.Last))
	}
	return first, last
}

// until is the last moment at which it counts; zero: for ever.
func (l numberLine) until() time.Time {
	if l.expires.IsZero() {
		return l.expires
	}
	return l.expires.Add(-time.Second)
}

func numberOf(value uint64) phone.Number {
	return phone.Number("+" + strconv.FormatUint(value, 10))
}

// workbook writes one sheet, or as many as are needed.
func (n *numbers) workbook(ctx context.Context, w io.Writer) (err error) {
	b := newBook(nil)
	b.file = excelize.NewFile()
	defer func() { err = errors.Join(err, b.file.Close()) }()
	if b.style, err = newStyles(b.file); err != nil {
		return err
	}
	sheet, err := b.newTable(words.Say("Do not call"), n.all, []column{
		{words.Say("Number"), 18}, {words.Say("Last number"), 18}, {words.Say("Why"), 32}, {words.Say("From||where a number came from"), 32},
		{words.Say("Added"), 20}, {words.Say("Until||the last day"), 20},
	})
	if err != nil {
		return err
	}
	if err := b.file.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	err = n.each(ctx, func(l numberLine) error {
		first, last := l.ends()
		return sheet.add([]any{first, last, l.why, l.from, l.added, l.until()})
	})
	if err != nil {
		return err
	}
	if err := sheet.end(); err != nil {
		return err
	}
	return b.file.Write(w)
}

// text writes a line for each number or range.
func (n *numbers) text(ctx context.Context, w io.Writer) error {
	out, err := newText(w, ",")
	if err != nil {
		return err
	}
	titles := []string{
		words.Say("Number or range"), words.Say("Why"), words.Say("From||where a number came from"), words.Say("Added"), words.Say("Until||the last day"),
	}
	if err := out.Write(titles); err != nil {
		return err
	}
	err = n.each(ctx, func(l numberLine) error { return l.text(out) })
	out.Flush()
	return errors.Join(err, out.Error())
}

func (l numberLine) text(out *csv.Writer) error {
	number, last := l.ends()
	if last != "" {
		number += "-" + last
	}
	return out.Write([]string{number, safe(l.why), safe(l.from), dayOf(l.added), dayOf(l.until())})
}

// safe is a text as it may stand beside a number in a file that is taken in
// again: in one line, and not one of the words that tell of a change.
func safe(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	switch strings.ToLower(strings.Trim(text, `"'`)) {
	case "a", "add", "added", "d", "del", "delete", "deleted":
		return "(" + text + ")"
	default:
		return strings.NewReplacer(",", " ", ";", " ", "\t", " ", "|", " ").Replace(text)
	}
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(time.DateOnly)
}
