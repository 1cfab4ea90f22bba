package sheet_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"rollcall/campaign"
	"rollcall/storage/sheet"
)

// people writes a list of n rows and six columns, and returns its path.
func manyPeople(tb testing.TB, n int) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "many.csv")
	var b bytes.Buffer
	b.WriteString("Id,Name,Phone,Mail,City,Note\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,Person %d,(312) 555-%04d,p%d@example.com,\"Chicago, IL\",since 2019\n", i, i, i%10000, i)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

func BenchmarkText(b *testing.B) {
	const rows = 1_000_000
	path := manyPeople(b, rows)
	b.Run("rollcall", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			table, err := sheet.Open(b.Context(), path, campaign.Reading{})
			if err != nil {
				b.Fatal(err)
			}
			n := 0
			for ; err == nil; n++ {
				_, err = table.Rows.Next()
			}
			if !errors.Is(err, io.EOF) || n-1 != rows {
				b.Fatal(n, err)
			}
			_ = table.Rows.Close()
		}
	})
	b.Run("encoding csv", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f, err := os.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			r := csv.NewReader(f)
			r.ReuseRecord = true
			n := 0
			for ; err == nil; n++ {
				_, err = r.Read()
			}
			if !errors.Is(err, io.EOF) || n-2 != rows {
				b.Fatal(n, err)
			}
			_ = f.Close()
		}
	})
}

// encoded is text as a CSV writer writes it.
func encoded(tb testing.TB, rows [][]string, comma rune, crlf bool) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = comma, crlf
	if err := w.WriteAll(rows); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// What a clean writer writes is read back as it was, whatever separates the
// fields and encodes them, and nothing is wrong with it.
func TestWrittenIsRead(t *testing.T) {
	field := rapid.StringOf(rapid.RuneFrom([]rune("abZ019 .,;|\t\"'\nüéß€=+-@")))
	comma := rapid.SampledFrom([]rune{',', ';', '\t', '|', ':', '^', '~'})
	encodings := rapid.SampledFrom([]campaign.Encoding{"utf-8", "windows-1252", "utf-16le", "utf-16be", "iso-8859-15"})
	rapid.Check(t, func(r *rapid.T) {
		width := rapid.IntRange(1, 8).Draw(r, "width")
		rows := rapid.SliceOfN(rapid.SliceOfN(field, width, width), 1, 40).Draw(r, "rows")
		d, e, crlf := comma.Draw(r, "comma"), encodings.Draw(r, "encoding"), rapid.Bool().Draw(r, "crlf")
		content := encode(t, e, string(encoded(t, rows, d, crlf)))
		how := campaign.Reading{Delimiter: string(d), Encoding: e, Header: campaign.NoHeader}
		table := openContent(t, "list.csv", content, how)
		got := shapeOf(t, table)
		if len(got.Problems) > 0 {
			r.Fatalf("%+v", got.Problems)
		}
		for i, want := range rows {
			sameFields(r, got.Rows[i+1], want, crlf)
		}
	})
}

type failing interface{ Fatalf(string, ...any) }

// sameFields compares a row; empty fields at its end are not kept. Of CR LF in
// quotes, encoding/csv writes and reads LF as it thinks fit.
func sameFields(t failing, got, want []string, crlf bool) {
	for i, w := range want {
		if crlf {
			w = strings.ReplaceAll(w, "\n", "\r\n")
		}
		g := ""
		if i < len(got) {
			g = got[i]
		}
		if g != w && (i < len(got) || strings.TrimSpace(w) != "") && strings.TrimSpace(strings.Join(want, "")) != "" {
			t.Fatalf("field %d is %q, want %q (row %q)", i, g, w, got)
		}
	}
}

// FuzzText reads any bytes in any way. What encoding/csv reads without a
// complaint is read alike.
func FuzzText(f *testing.F) {
	for i, s := range []string{
		"Name,Phone\nAnn,1\n", "a;\"b\n\"\"c\";d\r\re", "sep=,\n\"", "\xff\xfea\x00,\x00", "\"a\"b,c\n\"d,e\n", "\ufeff\"\",\"\"",
		"Name   Phone  City\nAnn    1      Rome\nBob    2      Oslo\n", "a||b\nc||d", "\x82\xa0,\x83\x5c\n", "a\x00b,c\n\x1a", "1,5;2,5\n1,6;2,6\n",
	} {
		f.Add([]byte(s), uint8(i))
		f.Add([]byte(s), uint8(200)) // comma and UTF-8
	}
	delimiters := []string{"", ",", ";", "tab", "||", "  ", " ", "é"}
	f.Fuzz(func(t *testing.T, content []byte, way uint8) {
		how := campaign.Reading{Header: campaign.NoHeader, Delimiter: delimiters[way%8]}
		if all := campaign.Encodings(); int(way/8) <= len(all) && way >= 8 {
			how.Encoding = all[way/8-1]
		}
		if way >= 160 {
			how.Delimiter, how.Encoding = ",", "utf-8"
		}
		got := readAnyhow(t, content, how)
		if got != nil && how.Delimiter == "," && how.Encoding == "utf-8" {
			accountedFor(t, content, *got)
		}
		if got == nil || how.Delimiter != "," || how.Encoding != "" && how.Encoding != "utf-8" || !plainText(content) {
			return
		}
		rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
		if err != nil || len(got.Problems) > 0 {
			return
		}
		last := 0
		for _, want := range rows {
			if strings.TrimSpace(strings.Join(want, "")) == "" {
				continue
			}
			for last++; got.Rows[last] == nil && last <= len(content); last++ { // rows that are empty
			}
			sameFields(t, got.Rows[last], want, false)
		}
	})
}

// accountedFor tells whether all that stands in a text is in the cells, in its
// order, but for what separates them.
func accountedFor(t *testing.T, content []byte, got shape) {
	t.Helper()
	essence := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || strings.ContainsRune("\",\x00\x1a", r) {
				return -1
			}
			return r
		}, strings.ToValidUTF8(s, string(utf8.RuneError)))
	}
	text := strings.TrimPrefix(string(content), "\ufeff")
	if strings.HasPrefix(strings.ToLower(strings.TrimLeft(text, `"`)), "sep=") {
		return
	}
	var cells strings.Builder
	for _, n := range slices.Sorted(maps.Keys(got.Rows)) {
		for _, cell := range got.Rows[n] {
			cells.WriteString(essence(cell))
		}
	}
	single := func(s string) string { // a run of bytes that are none is one or several
		for strings.Contains(s, "\ufffd\ufffd") {
			s = strings.ReplaceAll(s, "\ufffd\ufffd", "\ufffd")
		}
		return s
	}
	if want, have := single(essence(text)), single(cells.String()); want != have {
		t.Fatalf("of %q the cells hold %q", want, have)
	}
}

// plainText tells whether both readers mean the same by a text: encoding/csv
// makes LF of CR LF, knows no CR, spaces around quotes, mark or line sep=.
func plainText(content []byte) bool {
	for _, odd := range []string{"\r", " \"", "\" ", "\x00", "\x1a", "sep=", "\ufeff"} {
		if bytes.Contains(bytes.ToLower(content), []byte(odd)) {
			return false
		}
	}
	return utf8.Valid(content)
}
