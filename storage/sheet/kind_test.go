package sheet_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/campaign"
	"rollcall/storage/sheet"
)

// What is no list is refused whatever its name, and called what it is.
func TestKindRefused(t *testing.T) {
	zeros := strings.Repeat("\x00", 100)
	tests := []struct{ kind, content string }{
		{"a PDF", "%PDF-1.7\n"},
		{"a text document (.rtf)", `{\rtf1\ansi`},
		{"a picture", "\x89PNG\r\n\x1a\n" + zeros},
		{"a picture", "\xFF\xD8\xFF\xE0" + zeros},
		{"a picture", "GIF89a" + zeros},
		{"a picture or a film", "\x00\x00\x00\x18ftypheic" + zeros},
		{"a program", "\x7FELF" + zeros},
		{"a program", "MZ\x90" + zeros},
		{"an archive (.gz), to be unpacked first", "\x1F\x8B\x08\x00" + zeros},
		{"an archive (.7z), to be unpacked first", "7z\xBC\xAF\x27\x1C" + zeros},
		{"a database", "SQLite format 3\x00" + zeros},
		{"an Access database", "\x00\x01\x00\x00Standard Jet DB" + zeros},
		{"a file of visiting cards (.vcf)", "BEGIN:VCARD\r\nVERSION:3.0\r\n"},
		{"a web archive or a mail", "MIME-Version: 1.0\r\n"},
		{"a file of JSON data", `[{"name": "Ann"}]`},
		{"a file of JSON data", "{\n \"people\": []}"},
		{"an XML file", "<?xml version='1.0'?><people/>"},
		{"an XML file", "<?xml version='1.0'?>"},
		{"a web page without a table", "<!DOCTYPE html><html><body>Hello"},
		{"no list in text", "abc\x00\x00\x00def\x00"},
		{"no list in text", zeros},
	}
	for _, tt := range tests {
		for _, name := range []string{"list.csv", "list.xls"} {
			t.Run(tt.kind+"/"+name, func(t *testing.T) {
				_, err := sheet.Open(t.Context(), file(t, name, []byte(tt.content)), campaign.Reading{})
				wantFault(t, err, campaign.FaultFormat)
				var fault *campaign.FileError
				if errors.As(err, &fault) && fault.Kind != tt.kind {
					t.Errorf("called %q", fault.Kind)
				}
			})
		}
	}
}

// What begins like something else, and is a list.
func TestKindText(t *testing.T) {
	for _, content := range []string{
		"[Name],[Phone]\n[Ann],[1]\n", "{Name};{Phone}\n{Ann};{1}\n", "MZ,BM\n1,2\n", "BM,x\n1,2\n", "<Name>,<Phone>\n<Ann>,<1>\n", "#Name,Phone\nAnn,1\n",
	} {
		table := openContent(t, "list.csv", []byte(content), campaign.Reading{Header: campaign.NoHeader})
		if got := shapeOf(t, table); table.Book.Format != campaign.FormatText || len(got.Rows) != 2 || len(got.Rows[1]) != 2 {
			t.Errorf("%q: %s, %v", content, table.Book.Format, got.Rows)
		}
	}
}

// Text that is no list and never ends takes neither time nor memory.
func TestEndless(t *testing.T) {
	tests := []struct {
		name  string
		piece string
		size  int64 // of a file that has nothing else in it
		want  campaign.Fault
	}{
		{"nothing", "", 4<<30 - 1, campaign.FaultFormat},
		{"more than that", "", 4<<30 + 1, campaign.FaultTooLarge},
		{"a letter", "a", 8 << 20, campaign.FaultTooLarge},
		{"lines", "\n", 8 << 20, campaign.FaultTooLarge},
		{"lines with a blank", " \r\n", 8 << 20, campaign.FaultTooLarge},
		{"commas", ",", 8 << 20, campaign.FaultTooLarge},
		{"a line of words", "Ann,312 555 0142,", 8 << 20, campaign.FaultTooLarge},
		{"quotes", `"`, 8 << 20, campaign.FaultTooLarge},
		{"spaces", " ", 8 << 20, campaign.FaultTooLarge},
		{"a quote in each line", "\"a\n", 8 << 20, campaign.FaultTooLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "list.csv")
			content := strings.Repeat(tt.piece, int(tt.size)/max(1, len(tt.piece))*min(1, len(tt.piece)))
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Truncate(path, max(tt.size, int64(len(content)))); content == "" && err != nil {
				t.Skip("no sparse files here:", err)
			}
			table, err := sheet.Open(t.Context(), path, campaign.Reading{})
			if err == nil {
				defer func() { _ = table.Rows.Close() }()
			}
			for err == nil {
				_, err = table.Rows.Next()
			}
			wantFault(t, err, tt.want)
		})
	}
}

// Zeros are what a disk leaves of text that was never written: the rows before
// them are there, and it is said that more were.
func TestZerosAtTheEnd(t *testing.T) {
	content := "Name,Phone\n" + strings.Repeat("Ann,312 555 0142\n", 1000) + strings.Repeat("\x00", 4096)
	got, err := readShape(openContent(t, "list.csv", []byte(content), campaign.Reading{}))
	wantFault(t, err, campaign.FaultDamaged)
	if len(got.Rows) != 1000 {
		t.Errorf("%d rows", len(got.Rows))
	}
	var fault *campaign.FileError
	if !errors.As(err, &fault) || fault.Row != 1001 || fault.Rows != 1000 {
		t.Errorf("%+v", fault)
	}
	got = shapeOf(t, openContent(t, "list.csv", []byte(content), campaign.Reading{Until: 1001}))
	if len(got.Rows) != 1000 {
		t.Errorf("%d rows of those that were accepted", len(got.Rows))
	}
}

// How much was read is told by the bytes of the file.
func TestDoneOfText(t *testing.T) {
	table := openContent(t, "list.csv", []byte("Name,Phone\n"+strings.Repeat("Ann,312 555 0142\n", 100_000)), campaign.Reading{})
	last := table.Rows.Done()
	if last > 0.5 {
		t.Errorf("%v was read before the first row", last)
	}
	for {
		if _, err := table.Rows.Next(); err != nil {
			break
		}
		if done := table.Rows.Done(); done < last || done > 1 {
			t.Fatalf("%v after %v", done, last)
		}
		last = table.Rows.Done()
	}
	if last != 1 {
		t.Errorf("%v was read in the end", last)
	}
}
