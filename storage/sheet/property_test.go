package sheet_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"rollcall/campaign"
)

// handwriting is a way to write a sheet, of the many that are allowed.
type handwriting struct {
	prefix          string
	rowRefs, refs   bool
	quote           string
	cdata, comments bool
	space           string // between elements
}

func drawHandwriting(t *rapid.T) handwriting {
	return handwriting{
		prefix:  rapid.SampledFrom([]string{"", "x:", "main:"}).Draw(t, "prefix"),
		rowRefs: rapid.Bool().Draw(t, "row references"), refs: rapid.Bool().Draw(t, "references"),
		quote: rapid.SampledFrom([]string{`"`, `'`}).Draw(t, "quote"),
		cdata: rapid.Bool().Draw(t, "CDATA"), comments: rapid.Bool().Draw(t, "comments"),
		space: rapid.SampledFrom([]string{"", "\n", "\r\n  ", "\t"}).Draw(t, "space"),
	}
}

// text writes what stands in an element.
func (h handwriting) text(s string) string {
	if h.cdata && !strings.Contains(s, "]]>") {
		s = "<![CDATA[" + s + "]]>"
	} else {
		s = escape(s)
	}
	if h.comments {
		s = "<!-- <c> -->" + s + "<?pi <v> ?>"
	}
	return s
}

func (h handwriting) attr(name, value string) string {
	return " " + name + "=" + h.quote + value + h.quote
}

// cell writes a cell in one of the ways that its kind of value has.
func (h handwriting) cell(t *rapid.T, c campaign.Cell, ref string, shared *[]string) string {
	p := h.prefix
	open := "<" + p + "c"
	if h.refs {
		open += h.attr("r", ref)
	}
	value := func(s string) string { return "<" + p + "v>" + s + "</" + p + "v></" + p + "c>" }
	switch c.Type {
	case campaign.CellEmpty:
		return open + rapid.SampledFrom([]string{"/>", "></" + p + "c>", " ><" + p + "v/></" + p + "c>"}).Draw(t, "empty")
	case campaign.CellNumber:
		return open + rapid.SampledFrom([]string{"", h.attr("t", "n")}).Draw(t, "type") + ">" + value(c.Raw)
	case campaign.CellBool:
		return open + h.attr("t", "b") + ">" + value(c.Raw)
	default: // a text
	}
	switch rapid.IntRange(0, 3).Draw(t, "kind of text") {
	case 0:
		*shared = append(*shared, c.Text)
		return open + h.attr("t", "s") + ">" + value(strconv.Itoa(len(*shared)-1))
	case 1:
		return open + h.attr("t", "str") + ">" + value(h.text(c.Text))
	case 2:
		return open + h.attr("t", "inlineStr") + "><" + p + "is><" + p + "t>" + h.text(c.Text) + "</" + p + "t></" + p + "is></" + p + "c>"
	default:
		n := rapid.IntRange(0, len([]rune(c.Text))).Draw(t, "run")
		run := func(s string) string {
			return "<" + p + "r><" + p + "rPr/><" + p + "t>" + h.text(s) + "</" + p + "t></" + p + "r>"
		}
		text := []rune(c.Text)
		return open + h.attr("t", "inlineStr") + "><" + p + "is>" + run(string(text[:n])) + run(string(text[n:])) +
			"<" + p + "rPh><" + p + "t>no</" + p + "t></" + p + "rPh></" + p + "is></" + p + "c>"
	}
}

// sheet writes rows, by number.
func (h handwriting) sheet(t *rapid.T, rows []campaign.TableRow, shared *[]string) string {
	p := h.prefix
	var b strings.Builder
	b.WriteString("<" + p + "worksheet>" + h.space + "<" + p + "sheetData>")
	last := 0
	for _, row := range rows {
		b.WriteString(h.space + "<" + p + "row")
		if h.rowRefs || row.Number != last+1 {
			b.WriteString(h.attr("r", strconv.Itoa(row.Number)))
		}
		last = row.Number
		if row.Hidden {
			b.WriteString(h.attr("hidden", "1"))
		}
		b.WriteString(">")
		for i, c := range row.Cells {
			b.WriteString(h.space + h.cell(t, c, string(rune('A'+i))+strconv.Itoa(row.Number), shared))
		}
		b.WriteString("</" + p + "row>")
	}
	b.WriteString("</" + p + "sheetData>" + h.space + "</" + p + "worksheet>")
	return b.String()
}

func drawRows(t *rapid.T) []campaign.TableRow {
	name := rapid.OneOf(rapid.StringMatching(`[A-Za-zÀ-ž&<>"' ]{0,12}[a-z]`), rapid.SampledFrom([]string{"山田 太郎", "😀", "]]>x", "a_b"}))
	cell := rapid.Custom(func(t *rapid.T) campaign.Cell {
		switch rapid.IntRange(0, 4).Draw(t, "cell") {
		case 0:
			return campaign.Cell{}
		case 1:
			n := strconv.Itoa(rapid.IntRange(0, 99999999999).Draw(t, "number"))
			return campaign.Cell{Type: campaign.CellNumber, Text: n, Raw: n}
		case 2:
			return campaign.Cell{Type: campaign.CellBool, Text: "TRUE", Raw: "1"}
		default:
			return text(name.Draw(t, "text"))
		}
	})
	number := 0
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) campaign.TableRow {
		number += rapid.IntRange(1, 3).Draw(t, "step")
		cells := rapid.SliceOfN(cell, 0, 5).Draw(t, "cells")
		return campaign.TableRow{Number: number, Hidden: rapid.Bool().Draw(t, "hidden"), Cells: append(cells, text("end"))}
	}), 1, 8).Draw(t, "rows")
}

func texted(shared []string) member {
	var b strings.Builder
	b.WriteString("<sst>")
	for _, s := range shared {
		b.WriteString("<si><t>" + escape(s) + "</t></si>")
	}
	return member{name: stringsXML, content: b.String() + "</sst>"}
}

// However a list is written, it is read as the same list.
func TestHandwriting(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows, shared := drawRows(rt), []string{}
		xml := drawHandwriting(rt).sheet(rt, rows, &shared)
		path := file(t, "list.xlsx", pack(t, minimal(xml, texted(shared))...))
		got, err := read(t, path, campaign.Reading{Header: campaign.NoHeader})
		if err != nil {
			rt.Fatalf("%v\n%s", err, xml)
		}
		if diff := cmp.Diff(rows, got.Rows); diff != "" {
			rt.Fatalf("(-written +read):\n%s\n%s", diff, xml)
		}
	})
}

// Wherever a sheet is cut off, what was read are its first rows as they are,
// the error counts them, and they can be had without it.
func TestCutAnywhere(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows, shared := drawRows(rt), []string{}
		xml := drawHandwriting(rt).sheet(rt, rows, &shared)
		cut := rapid.IntRange(0, len(xml)-1).Draw(rt, "cut")
		path := file(t, "list.xlsx", pack(t, minimal(xml[:cut], texted(shared))...))
		got, err := read(t, path, campaign.Reading{Header: campaign.NoHeader})
		var fault *campaign.FileError
		if !errors.As(err, &fault) || fault.Fault != campaign.FaultDamaged || fault.Rows != len(got.Rows) {
			rt.Fatalf("%d rows and %v of %s", len(got.Rows), err, xml[:cut])
		}
		if diff := cmp.Diff(rows[:len(got.Rows)], got.Rows, cmpopts.EquateEmpty()); diff != "" {
			rt.Fatalf("(-written +read):\n%s", diff)
		}
		if fault.Row == 0 {
			return
		}
		again, err := read(t, path, campaign.Reading{Header: campaign.NoHeader, Until: fault.Row})
		if diff := cmp.Diff(got.Rows, again.Rows); err != nil || diff != "" {
			rt.Fatalf("until row %d: %v (-first +again):\n%s", fault.Row, err, diff)
		}
	})
}

// Shared texts are found in whichever piece of memory they are kept.
func TestManyTexts(t *testing.T) {
	const n = 3000
	texts := make([]string, n)
	var rows strings.Builder
	for i := range texts {
		texts[i] = fmt.Sprintf("%d %s", i, strings.Repeat("é", i%1500))
		if i%97 == 0 {
			texts[i] = strings.Repeat("long ", 60_000)
		}
		fmt.Fprintf(&rows, `<row><c t="s"><v>%d</v></c><c t="s"><v>%d</v></c></row>`, i, n-1-i)
	}
	path := file(t, "list.xlsx", pack(t, minimal(data(rows.String()), texted(texts))...))
	got, err := read(t, path, campaign.Reading{Header: campaign.NoHeader})
	if err != nil || len(got.Rows) != n {
		t.Fatal(len(got.Rows), err)
	}
	for i, row := range got.Rows {
		if row.Cells[0].Text != texts[i] || row.Cells[1].Text != texts[n-1-i] {
			t.Fatalf("row %d: %.40q, %.40q", i, row.Cells[0].Text, row.Cells[1].Text)
		}
	}
}
