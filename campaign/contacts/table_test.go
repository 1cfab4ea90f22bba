package contacts_test

import (
	"io"
	"strings"
	"testing"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
)

// memory is a RowReader over rows in memory.
type memory struct {
	rows     []campaign.TableRow
	problems []campaign.CellProblem
	at       int
}

func (m *memory) Next() (campaign.TableRow, error) {
	if m.at == len(m.rows) {
		return campaign.TableRow{}, io.EOF
	}
	m.at++
	return m.rows[m.at-1], nil
}

func (m *memory) Problems() []campaign.CellProblem { return m.problems }
func (m *memory) Done() float64                    { return 1 }
func (m *memory) Close() error                     { return nil }

// rewound is a table of rows in memory that can be read again; rows without
// content are left out, as readers of files do.
func rewound(t campaign.Table, problems []campaign.CellProblem, rows ...campaign.TableRow) *campaign.Table {
	m := &memory{problems: problems}
	for _, row := range rows {
		if strings.TrimSpace(joined(row.Cells)) != "" {
			m.rows = append(m.rows, row)
		}
	}
	t.Rows, t.Sample = m, m.rows[:min(len(m.rows), campaign.SampleRows)]
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

func cells(line string) []campaign.Cell {
	var list []campaign.Cell
	for s := range strings.SplitSeq(line, "|") {
		list = append(list, text(s))
	}
	return list
}

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
	from.Rows.(*memory).at = 0
	return contacts.Collect(from, o)
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
