package sheet_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/storage/sheet"
)

// A text is read in windows of 256 kB. Whatever lies across the end of one is
// read as anywhere else.
func TestWindowEdges(t *testing.T) {
	const window = 256 << 10
	tests := []struct {
		name, delimiter, piece string
		want                   []string
		problems               int
	}{
		{"plain", ",", "Ann,312 555 0142\n", []string{"Ann", "312 555 0142"}, 0},
		{"CR LF", ",", "Ann,1\r\n", []string{"Ann", "1"}, 0},
		{"CR", ",", "Ann,1\r", []string{"Ann", "1"}, 0},
		{"quotes", ",", "\"Doe, \"\"A\"\"\",\"1\"\r\n", []string{`Doe, "A"`, "1"}, 0},
		{"spaces around quotes", ",", "  \"Ann\"  ,  \"1\"  \n", []string{"Ann", "1"}, 0},
		{"line break in quotes", ",", "\"a\r\nb\",1\n", []string{"a\r\nb", "1"}, 0},
		{"stray quotes", ",", "5\" pipe,1\n", []string{`5" pipe`, "1"}, 1},
		{"quotes not doubled", ",", "\"a \"b\" c\",1\n", []string{`a "b" c`, "1"}, 1},
		{"letters of several bytes", ",", "Zoë 渡辺,1\n", []string{"Zoë 渡辺", "1"}, 0},
		{"delimiter of several bytes", "||", "a|b||\"c||d\"||e\n", []string{"a|b", "c||d", "e"}, 0},
		{"delimiter that is no ASCII", "¦", "a¦\"b¦c\"\n", []string{"a", "b¦c"}, 0},
		{"empty fields", ",", ",,x\n", []string{"", "", "x"}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			line := strings.Repeat("x", 1000) + tt.delimiter + "y\n"
			before := strings.Repeat(line, window/len(line)-1)
			before = strings.Repeat("x", window-64-len(before)-len(tt.delimiter)-2) + tt.delimiter + "y\n" + before
			rows := strings.Count(before, "\n")
			for shift := range 66 {
				content := strings.Repeat("p", shift) + before + tt.piece + tt.piece + line
				table := openContent(t, "list.txt", []byte(content), campaign.Reading{Delimiter: tt.delimiter, Encoding: "utf-8", Header: campaign.NoHeader})
				checkLast(t, table, rows, tt.want, tt.problems)
			}
		})
	}
}

// checkLast passes over some rows, and compares the two that follow.
func checkLast(t *testing.T, table *campaign.Table, skip int, want []string, problems int) {
	t.Helper()
	for n := 1; ; n++ {
		row, err := table.Rows.Next()
		if errors.Is(err, io.EOF) {
			if n != skip+4 {
				t.Fatalf("%d rows, want %d", n-1, skip+3)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if n <= skip || n > skip+2 {
			continue
		}
		var got []string
		for _, c := range row.Cells {
			got = append(got, c.Text)
		}
		if !cmp.Equal(got, want) || len(row.Problems) != problems {
			t.Fatalf("%q with %d problems, want %q with %d", got, len(row.Problems), want, problems)
		}
	}
}

// Lines end as they like, in one file too; a row of the file is a row of the
// spreadsheet whatever is in it.
func TestLineEnds(t *testing.T) {
	want := map[int][]string{1: {"a", "1"}, 2: {"b", "2"}, 4: {"c", "3"}, 5: {"d\n\r\ne", "4"}, 6: {"f", "5"}}
	for _, ends := range [][5]string{
		{"\n", "\n", "\n", "\n", "\n"}, {"\r\n", "\r\n", "\r\n", "\r\n", "\r\n"}, {"\r", "\r", "\r", "\r", "\r"}, {"\r\n", "\r", "\r\n", "\n", ""}, {"\r", "\n", "\r", "\r\n", "\r"},
	} {
		content := "a,1" + ends[0] + "b,2" + ends[1] + "," + ends[2] + "c,3" + ends[3] + "\"d\n\r\ne\",4" + ends[3] + "f,5" + ends[4]
		got := shapeOf(t, openContent(t, "list.csv", []byte(content), campaign.Reading{Header: campaign.NoHeader}))
		if diff := cmp.Diff(want, got.Rows); diff != "" || len(got.Problems) > 0 {
			t.Errorf("%q: %v (-want +got):\n%s", content, got.Problems, diff)
		}
	}
}

func TestQuotes(t *testing.T) {
	long := strings.Repeat("long text, ", 5500) // 60 kB
	tests := []struct {
		name, content string
		want          [][]string
		stray         int // quotes
	}{
		{"empty", "\"\",a\n", [][]string{{"", "a"}}, 0},
		{"quote alone", "\"\"\"\",a\n", [][]string{{`"`, "a"}}, 0},
		{"quotes alone", "\"\"\"\"\"\",a\n", [][]string{{`""`, "a"}}, 0},
		{"at the end of the file", "a,\"b\"", [][]string{{"a", "b"}}, 0},
		{"opened at the end of the file", "a,\"", [][]string{{"a", `"`}}, 1},
		{"opened and no more", "a,\"b\nc,d\n", [][]string{{"a", `"b`}, {"c", "d"}}, 1},
		{"within a field", "a \"b\" c,d\n", [][]string{{`a "b" c`, "d"}}, 1},
		{"closed too early", "\"a\" b,c\n", [][]string{{`"a" b`, "c"}}, 1},
		{"inches", "5\",6\"\n", [][]string{{`5"`, `6"`}}, 2},
		{"long and meant", "\"" + long + "\",a\n", [][]string{{long, "a"}}, 0},
		{"spaces before and behind", " \"a\" , \"b\" \n", [][]string{{"a", "b"}}, 0},
		{"spaces kept without quotes", " a , b \n", [][]string{{" a ", " b "}}, 0},
		{"spaces kept within", "\" a \",b\n", [][]string{{" a ", "b"}}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := shapeOf(t, openContent(t, "list.csv", []byte(tt.content), campaign.Reading{Header: campaign.NoHeader, Delimiter: ","}))
			for i, want := range tt.want {
				if diff := cmp.Diff(want, got.Rows[i+1]); diff != "" {
					t.Errorf("row %d (-want +got):\n%s", i+1, diff)
				}
			}
			if len(got.Problems) != tt.stray || len(got.Rows) != len(tt.want) {
				t.Errorf("%d rows, problems %v", len(got.Rows), got.Problems)
			}
		})
	}
}

// A quote that is not closed for 64 kB was not meant to open anything: no row
// behind it is lost in it.
func TestQuoteNotMeant(t *testing.T) {
	content := "Name,Phone\n\"Ann,312 555 0142\n" + strings.Repeat("Bob,312 555 0143\n", 5000) + "Cid,\"312\" 555 0144\n"
	got := shapeOf(t, openContent(t, "list.csv", []byte(content), campaign.Reading{}))
	if len(got.Rows) != 5002 || len(got.Problems) != 2 {
		t.Errorf("%d rows, problems %v", len(got.Rows), got.Problems)
	}
	if diff := cmp.Diff([]string{`"Ann`, "312 555 0142"}, got.Rows[2]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// About one allocation for a row, however many cells it has.
func TestAllocations(t *testing.T) {
	const rows = 20_000
	var b strings.Builder
	for i := range rows {
		fmt.Fprintf(&b, "%d,Person %d,(312) 555-%04d,\"Chicago, IL\",x,y\n", i, i, i%10000)
	}
	path := file(t, "list.csv", []byte(b.String()))
	got := testing.AllocsPerRun(3, func() {
		table, err := sheet.Open(t.Context(), path, campaign.Reading{})
		for err == nil {
			_, err = table.Rows.Next()
		}
		if err := table.Rows.Close(); err != nil {
			t.Error(err)
		}
	})
	if got > 1.3*rows {
		t.Errorf("%v allocations for %d rows", got, rows)
	}
}

// Whoever stops waiting stops the reading, in the middle of a file too.
func TestTextCancelled(t *testing.T) {
	long := strings.Repeat("Ann Example,312 555 0142\n", 100_000)
	pageRow := strings.Repeat("<tr><td>Ann Example</td><td>312 555 0142</td></tr>\n", 40_000)
	tests := map[string]string{
		"text": long,
		"page": "<html><table>" + pageRow + "</table>",
		"xml":  xmlHead + xmlSheet("People", strings.Repeat(xmlRow("", "Ann", "312 555 0142"), 20_000)) + xmlTail,
	}
	for name, content := range tests {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			table, err := sheet.Open(ctx, file(t, "list.txt", []byte(content)), campaign.Reading{})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = table.Rows.Close() }()
			cancel()
			for err == nil {
				_, err = table.Rows.Next()
			}
			if !errors.Is(err, context.Canceled) {
				t.Errorf("ended with %v", err)
			}
			if _, err := sheet.Open(ctx, file(t, "list.txt", []byte(content)), campaign.Reading{}); !errors.Is(err, context.Canceled) {
				t.Errorf("opened with %v", err)
			}
		})
	}
}

// Signs that people put into lists do not mislead the guess of an encoding.
func TestEncodingOfSigns(t *testing.T) {
	tests := []struct {
		encoding campaign.Encoding
		text     string
	}{
		{"windows-1252", "Ann – “the boss”\nO’Neill\nCafé 5 €\n20°\nBob…\n"},
		{"windows-1252", "Müller\n"},
		{"windows-1252", "O’Neill\nO’Hara\nD’Angelo\n"},
		{"windows-1252", "naïve\nÆrø\nSkövde\nFaçade\n"},
		{"windows-1250", "Wałęsa\nDvořák\nKovács\nŐry\n"},
		{"windows-1251", "ООО «Ромашка»\nИванов И. И. – 5 №\n"},
		{"windows-1253", "Γιώργος – «φίλος»\n"},
		{"windows-1254", "Şükrü – Işık\nÇağrı\n"},
		{"windows-1255", "כהן – לוי\n"},
		{"windows-1256", "محمد، علي\n"},
		{"shift_jis", "ｻﾄｳ ﾀﾛｳ\n佐藤太郎（東京）\n"},
		{"gb18030", "王伟（北京）\n李娜\n"},
		{"big5", "陳志明（臺北）\n"},
		{"euc-kr", "김민준（서울）\n"},
		{"koi8-r", "Иванов\nПетрова\nСидоров\n"},
		{"ibm850", "Müller\nJosé\nZoë\n"},
		{"macintosh", "Müller\nJosé\nZoë\n"},
		{"iso-8859-2", "Šárka Žďárská\nŁucja\n"},
	}
	for _, tt := range tests {
		t.Run(string(tt.encoding)+" "+tt.text[:strings.IndexByte(tt.text, '\n')], func(t *testing.T) {
			table := openContent(t, "list.csv", encode(t, tt.encoding, tt.text), campaign.Reading{Header: campaign.NoHeader, Delimiter: "tab"})
			var got strings.Builder
			for _, row := range table.Sample {
				got.WriteString(row.Cells[0].Text + "\n")
			}
			if got.String() != tt.text {
				t.Errorf("read in %s: %q", table.Book.Encoding, got.String())
			}
		})
	}
}
