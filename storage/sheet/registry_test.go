package sheet_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/storage/sheet"
)

// numbers is a file of that name and content.
func numbers(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 7, 1, 10, 0, 0, 0, time.UTC)
	if err := os.Chtimes(path, day, day); err != nil {
		t.Fatal(err)
	}
	return path
}

// readNumbers reads a file to its end, a line for each row.
func readNumbers(t testing.TB, path string) ([]string, *sheet.NumberRows, error) {
	t.Helper()
	r, err := sheet.OpenNumbers(t.Context(), path)
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	var said []string
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return said, r, nil
		}
		if err != nil {
			return said, r, err
		}
		text := fmt.Sprintf("%d: %d", row.Line, row.Range.First)
		if row.Range.Last != row.Range.First {
			text += fmt.Sprintf("-%d", row.Range.Last)
		}
		if row.Delete {
			text += " deleted"
		}
		if row.Problem != nil {
			text = fmt.Sprintf("%d: %s %q", row.Problem.Row, row.Problem.Kind, row.Problem.Value)
		}
		said = append(said, text)
	}
}

func TestParseRange(t *testing.T) {
	for text, want := range map[string]string{
		"3125550142":              "13125550142",
		"13125550142":             "13125550142",
		"(312) 555-0142":          "13125550142",
		"+1 312.555.0142":         "13125550142",
		"+44 20 7946 0000":        "442079460000",
		"+1312555 0100-0199":      "13125550100-13125550199",
		"312-555-0100-0199":       "13125550100-13125550199",
		"312-555-0100–0199":       "13125550100-13125550199",
		"3125550100-3125550199":   "13125550100-13125550199",
		"3125550100..3125550199":  "13125550100-13125550199",
		"312-555-0142 - 9":        "13125550142-13125550149",
		"312-555-01xx":            "13125550100-13125550199",
		"+1312555****":            "13125550000-13125559999",
		"312XXXXXXX":              "", // an exchange of zeros is none
		"312":                     "",
		"5550142":                 "",
		"0125550142":              "",
		"3120550142":              "",
		"+13125550":               "",
		"+1312555014299":          "",
		"442079460000":            "", // nobody says that it is not of North America
		"+0442079460000":          "",
		"312-555-0199-0100":       "",
		"3125550100-9995550100":   "",
		"cell 3125550142":         "",
		"312+5550142":             "",
		"":                        "",
		"-":                       "",
		"xx":                      "",
		"+1234567890123456":       "",
		"999999999999999999999-9": "",
	} {
		r, ok := sheet.ParseRange(text)
		got := ""
		if ok {
			got = fmt.Sprint(r.First)
			if r.Last != r.First {
				got += fmt.Sprint("-", r.Last)
			}
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestNumbersOfFiles(t *testing.T) {
	tests := map[string]struct {
		name, content string
		want          []string
		kind          campaign.DoNotCallKind
		areas         []string
		dated         string
		change        bool
	}{
		"the registry's flat file": {
			"2026-10-28_312_ABC.txt", "312,5550142\r\n312,5550100\r\n773,5550100\r\n",
			[]string{"1: 13125550142", "2: 13125550100", "3: 17735550100"}, campaign.RegistryList, []string{"312", "773"}, "2026-10-28", false,
		},
		"its change list": {
			"changes 10-28-2026.txt", "312,5550142,A,2026-10-27\n312,5550100,2026-10-27,D\n",
			[]string{"1: 13125550142", "2: 13125550100 deleted"}, campaign.RegistryList, []string{"312"}, "2026-10-28", true,
		},
		"one number a line": {
			"list.txt", "\xEF\xBB\xBFPhone number\n# as of 2026-06-30, 12345\n\n3125550142\n+44 20 7946 0000\n312-555-01xx",
			[]string{"4: 13125550142", "5: 442079460000", "6: 13125550100-13125550199"}, campaign.PlainList, nil, "2026-06-30", false,
		},
		"lines that are not right": {
			"20260101.csv", "phone,name\n\"3125550142\",Ann\n12,Bob\n312\n,,\nnobody\n5550100",
			[]string{"2: 13125550142", `3: invalid "12,Bob"`, `4: invalid "312"`, `5: invalid ",,"`, `6: invalid "nobody"`, `7: invalid "5550100"`},
			campaign.PlainList, nil, "2026-01-01", false,
		},
		"nothing": {"x.txt", "", nil, campaign.PlainList, nil, "2026-07-01", false},
		"the registry's XML": {
			"312.xml", "<?xml version=\"1.0\"?>\n<list type=\"full\" date=\"2026-10-28\">\n<ac val=\"312\"><ph val=\"5550142\"/><ph val='5550100'></ph></ac>\n<ac val=\"773\"/></list>\n",
			[]string{"3: 13125550142", "3: 13125550100"}, campaign.RegistryList, []string{"312", "773"}, "2026-10-28", false,
		},
		"its changes as elements": {
			"c.xml", "<list type=\"change\"><ac val=\"312\"><add><ph val=\"5550142\"/></add><delete><ph val=\"5550100\"/></delete></ac></list>",
			[]string{"1: 13125550142", "1: 13125550100 deleted"}, campaign.RegistryList, []string{"312"}, "2026-07-01", true,
		},
		"its changes as attributes": {
			"c.xml", "<list type=\"full\"><ac val=\"312\"><ph val=\"5550142\" type=\"A\" date=\"2026-01-01\"/>\n<ph type=\"D\" val=\"5550100\"/><ph val=\"1\"/></ac></list>",
			[]string{"1: 13125550142", "2: 13125550100 deleted", `2: invalid "1"`}, campaign.RegistryList, []string{"312"}, "2026-07-01", true,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, r, err := readNumbers(t, numbers(t, test.name, test.content))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			l := r.List()
			if l.Kind != test.kind || l.Dated.UTC().Format(time.DateOnly) != test.dated || r.Changes() != test.change || r.Done() != 1 {
				t.Errorf("list %+v, change %v, done %v", l, r.Changes(), r.Done())
			}
			if diff := cmp.Diff(test.areas, l.Areas); diff != "" {
				t.Errorf("areas (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNumbersThatCannotBeRead(t *testing.T) {
	for name, test := range map[string]struct {
		content string
		want    campaign.Fault
		rows    int
	}{
		"zip":           {"PK\x03\x04rest", campaign.FaultFormat, 0},
		"binary":        {"3125550142\n\x00\x01", campaign.FaultFormat, 0},
		"XML cut off":   {`<list><ac val="312"><ph val="5550142"/>`, campaign.FaultDamaged, 1},
		"no XML":        {"<", campaign.FaultDamaged, 0},
		"nothing in it": {"<!-- nothing -->", campaign.FaultDamaged, 0},
		"two crossed":   {`<list><ac val="312"></list></ac>`, campaign.FaultDamaged, 0},
		"an entity":     {`<!DOCTYPE l [<!ENTITY a "312">]><list><ac val="&a;"/></list>`, campaign.FaultDamaged, 0},
		"too deep":      {strings.Repeat("<a>", 50), campaign.FaultFormat, 0},
	} {
		t.Run(name, func(t *testing.T) {
			path := numbers(t, "file.txt", test.content)
			rows, _, err := readNumbers(t, path)
			var fault *campaign.FileError
			if !errors.As(err, &fault) || fault.Fault != test.want || fault.File != path || len(rows) != test.rows {
				t.Errorf("%d rows, error %v", len(rows), err)
			}
		})
	}
	_, _, err := readNumbers(t, filepath.Join(t.TempDir(), "none.txt"))
	var fault *campaign.FileError
	if !errors.As(err, &fault) || fault.Fault != campaign.FaultAbsent {
		t.Errorf("error %v", err)
	}
	if _, _, err := readNumbers(t, t.TempDir()); !errors.As(err, &fault) || fault.Fault != campaign.FaultFormat {
		t.Errorf("error %v", err)
	}
}

func TestNumbersStopWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r, err := sheet.OpenNumbers(ctx, numbers(t, "x.txt", strings.Repeat("312,5550142\n", 5000)))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cancel()
	for err == nil {
		_, err = r.Next()
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestLongLinesAreOneLine(t *testing.T) {
	got, _, err := readNumbers(t, numbers(t, "x.txt", strings.Repeat("3", 100_000)+"\n312,5550142\n"))
	if err != nil || len(got) != 2 || got[1] != "2: 13125550142" {
		t.Errorf("%d rows, the last %q, %v", len(got), got[len(got)-1], err)
	}
}

// Whatever a file holds, its numbers can be stored, and its lines are counted.
func FuzzNumbers(f *testing.F) {
	for _, seed := range []string{
		"312,5550142\n312,5550100,D\n", "3125550100-0199\n312-555-01xx\n+44 20 7946 0000-0099", "# 2026-10-28\nphone\n",
		`<list type="full" date="2026-10-28"><ac val="312"><ph val="5550142"/></ac></list>`, "<a><![CDATA[<ph val='1'/>]]></a>",
		"\xEF\xBB\xBF<list><add><ph val=\"3125550142\"/></add></list>", "\"312\";\"5550142\"\r", "99-99-2026\n", "+999999999999999-999999999999999",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		r, err := sheet.OpenNumbers(t.Context(), numbers(t, "file.txt", content))
		if err != nil {
			return
		}
		defer r.Close()
		lines, last, rows := strings.Count(content, "\n")+1, 0, 0
		for {
			row, err := r.Next()
			if err != nil {
				var fault *campaign.FileError
				if !errors.Is(err, io.EOF) && !errors.As(err, &fault) {
					t.Errorf("error %v", err)
				}
				break
			}
			if rows++; rows > len(content) || row.Line < last || row.Line > lines {
				t.Fatalf("row %d is of line %d, after %d of %d", rows, row.Line, last, lines)
			}
			last = row.Line
			if row.Problem == nil && (row.Range.First < 1_000_000 || row.Range.Last < row.Range.First || row.Range.Last > 999_999_999_999_999) {
				t.Errorf("line %d is %v", row.Line, row.Range)
			}
		}
	})
}

func BenchmarkNumbers(b *testing.B) {
	var flat, tagged strings.Builder
	tagged.WriteString(`<list type="full"><ac val="312">`)
	for i := range 200_000 {
		fmt.Fprintf(&flat, "312,%07d\n", 2000000+i)
		fmt.Fprintf(&tagged, `<ph val="%07d"/>`, 2000000+i)
	}
	tagged.WriteString("</ac></list>")
	for name, content := range map[string]string{"Flat": flat.String(), "XML": tagged.String()} {
		path := numbers(b, "x.txt", content)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				r, err := sheet.OpenNumbers(b.Context(), path)
				if err != nil {
					b.Fatal(err)
				}
				for err == nil {
					_, err = r.Next()
				}
				_ = r.Close()
			}
			b.ReportMetric(float64(b.N)*200_000/b.Elapsed().Seconds(), "numbers/s")
		})
	}
}
