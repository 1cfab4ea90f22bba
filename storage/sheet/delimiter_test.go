package sheet_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
)

func TestDelimiterFound(t *testing.T) {
	const fixed = "Name            Phone         City\n" +
		"Ann Example     312 555 0142  Rome\n" +
		"Zoë Müller                    Oslo\n" +
		"Bob B. Example  312 555 0143\n"
	tests := []struct {
		name, content, delimiter string
		row                      []string // the second
	}{
		{"comma", "Name,Phone\nAnn,1\nBob,2\n", ",", []string{"Ann", "1"}},
		{"semicolon", "Name;Phone\nAnn;1\nBob;2\n", ";", []string{"Ann", "1"}},
		{"tab", "Name\tPhone\nAnn\t1\nBob\t2\n", "\t", []string{"Ann", "1"}},
		{"bar", "Name|Phone\nAnn|1\nBob|2\n", "|", []string{"Ann", "1"}},
		{"colon", "Name:Phone\nAnn:3125550142\nBob:3125550143\n", ":", []string{"Ann", "3125550142"}},
		{"caret", "Name^Phone\nAnn^1\nBob^2\n", "^", []string{"Ann", "1"}},
		{"tilde", "Name~Phone\nAnn~1\nBob~2\n", "~", []string{"Ann", "1"}},
		{"aligned columns", fixed, "  ", []string{"Ann Example", "312 555 0142", "Rome"}},
		{"decimal commas", "1,5;2,5\n1,6;2,6\n1,7;2,7\n", ";", []string{"1,6", "2,6"}},
		{"decimal commas in two columns", "x;1,5\ny;2,5\nz;3,5\n", ";", []string{"y", "2,5"}},
		{"amounts in one column", "Fee\n1,50\n2,50\n1.200,00\n", "", []string{"1,50"}},
		{"names with a comma", "Doe, Ann;312 555 0142\nRoe, Bob;312 555 0143\n", ";", []string{"Roe, Bob", "312 555 0143"}},
		{"names with a comma, tabs", "Doe, Ann\t312 555 0142\nRoe, Bob\t312 555 0143\n", "\t", []string{"Roe, Bob", "312 555 0143"}},
		{"two numbers in a cell", "Ann,312 555 0142; 312 555 0143\nBob,312 555 0144; 312 555 0145\n", ",", []string{"Bob", "312 555 0144; 312 555 0145"}},
		{"quoted commas", "\"Doe, Ann\";\"a;b\"\n\"Roe, Bob\";\"c;d\"\n", ";", []string{"Roe, Bob", "c;d"}},
		{"one column", "Phone\n3125550142\n3125550143\n", "", []string{"3125550142"}},
		{"one column of names", "Ann Example\nBob  Example\nCid Example\n", "", []string{"Bob  Example"}},
		{"times", "12:30\n12:40\n12:50\n", "", []string{"12:40"}},
		{"links", "tel:3125550142\ntel:3125550143\ntel:3125550144\n", "", []string{"tel:3125550143"}},
		{"said", "sep=|\na,b|c,d\ne,f|g,h\n", "|", []string{"e,f", "g,h"}},
		{"said with a tab", "sep=\t\na,b\tc\ne,f\tg\n", "\t", []string{"e,f", "g"}},
		{"said in quotes", "\"sep=;\"\na,b;c\ne,f;g\n", ";", []string{"e,f", "g"}},
		{"not said", "sep=,b\nc,d\n", ",", []string{"c", "d"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			table := openContent(t, "list.txt", []byte(tt.content), campaign.Reading{Header: campaign.NoHeader})
			if table.Book.Delimiter != tt.delimiter {
				t.Errorf("delimiter %q, want %q", table.Book.Delimiter, tt.delimiter)
			}
			if diff := cmp.Diff(tt.row, shapeOf(t, table).Rows[2]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Columns that are aligned stay in their places where one is empty, and a line
// that is not aligned is cut where it has two spaces.
func TestAlignedColumns(t *testing.T) {
	const content = "Name            Phone         City\r\n" +
		"Ann Example     312 555 0142  Rome\r\n" +
		"Zoë Müller                    Oslo\r\n" +
		"Jürgen          312 555 0144\r\n"
	want := map[int][]string{
		2: {"Ann Example", "312 555 0142", "Rome"}, 3: {"Zoë Müller", "", "Oslo"}, 4: {"Jürgen", "312 555 0144", ""},
	}
	got := shapeOf(t, openContent(t, "list.txt", []byte(content), campaign.Reading{}))
	if diff := cmp.Diff(want, got.Rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	long := strings.Repeat("Ann Example     312 555 0142  Rome\n", 9000) + "A Person With A Long Name  312 555 0145  Rome\n"
	got = shapeOf(t, openContent(t, "list.txt", []byte(long), campaign.Reading{Header: campaign.NoHeader}))
	if diff := cmp.Diff([]string{"A Person With A Long Name", "312 555 0145", "Rome"}, got.Rows[9001]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDelimiterGiven(t *testing.T) {
	tests := []struct {
		given, content, used string
		want                 []string
	}{
		{";", "a,b;c\n", ";", []string{"a,b", "c"}},
		{"tab", "a,b\tc\n", "\t", []string{"a,b", "c"}},
		{"||", "a|b||c\n", "||", []string{"a|b", "c"}},
		{"||", "\"a||b\"||c\n", "||", []string{"a||b", "c"}},
		{"¦", "a¦b\n", "¦", []string{"a", "b"}},
		{" ", "a \"b c\"\n", " ", []string{"a", "b c"}},
		{"  ", "a b  c\n", "  ", []string{"a b  c"}}, // nothing is aligned
		{"x", "axb\n", "x", []string{"a", "b"}},
		{"\n", "a,b\n", ",", []string{"a", "b"}}, // cannot be one
		{",", "sep=;\na,b;c\n", ",", []string{"a", "b;c"}},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%q", tt.given), func(t *testing.T) {
			table := openContent(t, "list.txt", []byte(tt.content), campaign.Reading{Delimiter: tt.given, Header: campaign.NoHeader})
			if table.Book.Delimiter != tt.used {
				t.Errorf("delimiter %q, want %q", table.Book.Delimiter, tt.used)
			}
			if diff := cmp.Diff(tt.want, shapeOf(t, table).Rows[1]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What a spreadsheet puts on the clipboard: fields with tabs between them,
// those with line breaks or quotes in quotes.
func TestClipboard(t *testing.T) {
	tests := []struct {
		name, content string
		want          shape
	}{
		{"with a heading", "Name\tPhone\r\nAnn\t312 555 0142\r\n\"Bob\nJr\"\t\"say \"\"hi\"\"\"\r\n", shape{
			Header: []string{"Name", "Phone"}, HeaderRow: 1, Rows: map[int][]string{2: {"Ann", "312 555 0142"}, 3: {"Bob\nJr", `say "hi"`}},
		}},
		{"without", "Ann\t312 555 0142\r\nDoe, Bob\t312 555 0143\r\n", shape{
			Rows: map[int][]string{1: {"Ann", "312 555 0142"}, 2: {"Doe, Bob", "312 555 0143"}},
		}},
		{"one row", "Ann\t312 555 0142", shape{Rows: map[int][]string{1: {"Ann", "312 555 0142"}}}},
		{"numbers alone", "3125550142\r\n3125550143\r\n3125550144\r\n", shape{
			Rows: map[int][]string{1: {"3125550142"}, 2: {"3125550143"}, 3: {"3125550144"}},
		}},
		{"one number", "312 555 0142", shape{Rows: map[int][]string{1: {"312 555 0142"}}}},
		{"empty cells", "\t3125550142\tRome\r\nAnn\t3125550143\t\r\n", shape{
			Rows: map[int][]string{1: {"", "3125550142", "Rome"}, 2: {"Ann", "3125550143"}},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, shapeOf(t, openContent(t, "clipboard.txt", []byte(tt.content), campaign.Reading{}))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
