package contacts_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/campaign/contacts"
)

// rewound is a table of rows in memory that can be read again; rows without
// content are left out, as readers of files do.
func rewound(t campaign.Table, problems []campaign.CellProblem, rows ...campaign.TableRow) *campaign.Table {
	rows = slices.DeleteFunc(slices.Clone(rows), func(row campaign.TableRow) bool { return strings.TrimSpace(joined(row.Cells)) == "" })
	t.Rows, t.Sample = &campaigntest.Rows{All: rows, Found: problems}, rows[:min(len(rows), campaign.SampleRows)]
	return &t
}

// table makes a table of text cells: the first line is the heading, in row 1;
// columns are separated by bars.
func table(lines ...string) *campaign.Table {
	t := campaign.Table{Book: campaign.Book{File: "list.csv"}, Hash: "h", HeaderRow: 1, Header: cells(lines[0])}
	var rows []campaign.TableRow
	for i, line := range lines[1:] {
		rows = append(rows, campaign.TableRow{Number: i + 2, Cells: cells(line)})
	}
	return rewound(t, nil, rows...)
}

func cells(line string) []campaign.Cell { return campaigntest.Cells(strings.Split(line, "|")...) }

func joined(cells []campaign.Cell) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(c.Text + c.Raw)
	}
	return b.String()
}

// headless drops the heading of a table.
func headless(t *campaign.Table) *campaign.Table {
	t.Header, t.HeaderRow = nil, 0
	return t
}

// read reads a table in memory from its start.
func read(t testing.TB, from *campaign.Table, o contacts.Options) contacts.List {
	t.Helper()
	list, err := collect(from, o)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func collect(from *campaign.Table, o contacts.Options) (contacts.List, error) {
	list, err := contacts.Collect(from, o)
	return list, errors.Join(err, from.Rows.Close())
}

func text(s string) campaign.Cell {
	if s == "" {
		return campaign.Cell{}
	}
	return campaign.Cell{Type: campaign.CellText, Text: s, Raw: s}
}

func number(shown, raw string) campaign.Cell {
	return campaign.Cell{Type: campaign.CellNumber, Text: shown, Raw: raw}
}

func formula(raw, value string) campaign.Cell {
	return campaign.Cell{Type: campaign.CellFormula, Text: value, Raw: raw}
}

func typed(kind campaign.CellType, s string) campaign.Cell {
	return campaign.Cell{Type: kind, Text: s, Raw: s}
}

// phones is a table of one column, Phone.
func phones(list ...campaign.Cell) *campaign.Table {
	t := campaign.Table{Header: []campaign.Cell{text("Phone")}, HeaderRow: 1}
	var rows []campaign.TableRow
	for i, c := range list {
		rows = append(rows, campaign.TableRow{Number: i + 2, Cells: []campaign.Cell{c}})
	}
	return rewound(t, nil, rows...)
}
