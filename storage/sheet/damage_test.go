package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
)

// member is a part of a package as it is stored, claims and all.
type member struct {
	name    string
	content string
	sum     uint32 // its checksum, zero: the right one
	size    uint64 // its length, zero: the right one
}

// pack makes a package of parts.
func pack(t testing.TB, members ...member) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range members {
		head := &zip.FileHeader{
			Name: m.name, CRC32: m.sum, UncompressedSize64: m.size,
			CompressedSize64: uint64(len(m.content)),
		}
		if m.sum == 0 {
			head.CRC32 = crc32.ChecksumIEEE([]byte(m.content))
		}
		if m.size == 0 {
			head.UncompressedSize64 = uint64(len(m.content))
		}
		w, err := z.CreateRaw(head)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(m.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	relationsNS   = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	officeNS      = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	packageRels   = `<Relationships ` + relationsNS + `><Relationship Id="r1" Type="` + officeNS + `officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookRels      = `<Relationships ` + relationsNS + `><Relationship Id="s1" Type="` + officeNS + `worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="t" Type="` + officeNS + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	bookXML       = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="People" sheetId="1" r:id="s1"/></sheets></workbook>`
	sharedStrings = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>zero</t></si><si><t>one</t></si></sst>`
)

// minimal is the smallest workbook with a sheet; parts of the same name as one
// of more are left out.
func minimal(sheetXML string, more ...member) []member {
	all := []member{
		{name: "_rels/.rels", content: packageRels}, {name: "xl/workbook.xml", content: bookXML},
		{name: "xl/_rels/workbook.xml.rels", content: bookRels}, {name: "xl/sharedStrings.xml", content: sharedStrings},
		{name: "xl/worksheets/sheet1.xml", content: sheetXML},
	}
	kept := all[:0]
	for _, m := range all {
		replaced := false
		for _, other := range more {
			replaced = replaced || other.name == m.name
		}
		if !replaced {
			kept = append(kept, m)
		}
	}
	return append(kept, more...)
}

// tenRows are rows 2 to 11 below a heading, with texts of their own.
func tenRows() []string {
	rows := []string{`<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>Phone</t></is></c></row>`}
	for i := 2; i <= 11; i++ {
		rows = append(rows, fmt.Sprintf(`<row r="%d"><c r="A%d" t="str"><v>Person %d</v></c><c r="B%d"><v>31255501%02d</v></c></row>`, i, i, i, i, i))
	}
	return rows
}

// Whatever is wrong with a sheet below row 6, rows 2 to 6 are had, the error
// says so, and a reading until there gives exactly them, without one.
func TestDamageBelow(t *testing.T) {
	rows := tenRows()
	sixth, seventh := strings.Join(rows[:6], ""), rows[6]
	rest := strings.Join(rows[7:], "")
	whole := func(seventh string) string { return data(sixth + seventh + rest) }
	change := func(from, to string) string {
		if !strings.Contains(seventh, from) {
			t.Fatalf("no %q in %s", from, seventh)
		}
		return whole(strings.Replace(seventh, from, to, 1))
	}
	sheet := func(xml string) []member { return minimal(xml) }
	tests := map[string]struct {
		parts []member
		last  int // row, with those above it whole
	}{
		"cut between rows":        {sheet(worksheet + "<sheetData>" + sixth), 6},
		"cut in a row":            {sheet(worksheet + "<sheetData>" + sixth + seventh[:60]), 6},
		"cut in a tag":            {sheet(worksheet + "<sheetData>" + sixth + "<ro"), 6},
		"tag misspelt at its end": {sheet(change("</c>", "</d>")), 6},
		"tag misspelt":            {sheet(change("<c ", "<d ")), 6},
		"row misspelt":            {sheet(whole(strings.ReplaceAll(seventh, "row", "rov"))), 6},
		"cell misspelt":           {sheet(whole(strings.NewReplacer("<c ", "<k ", "</c>", "</k>").Replace(seventh))), 6},
		"value misspelt":          {sheet(whole(strings.NewReplacer("<v>", "<w>", "</v>", "</w>").Replace(seventh))), 6},
		"row repeated":            {sheet(whole(rows[5])), 6},
		"row backwards":           {sheet(whole(rows[2])), 6},
		"row far outside":         {sheet(change(`r="7"`, `r="1048577"`)), 6},
		"row of a huge number":    {sheet(change(`r="7"`, `r="99999999999999999999999"`)), 6},
		"cell of another row":     {sheet(change(`r="B7"`, `r="B8"`)), 6},
		"cell repeated":           {sheet(change(`r="B7"`, `r="A7"`)), 6},
		"cell backwards":          {sheet(whole(`<row r="7"><c r="C7"><v>1</v></c><c r="B7"><v>1</v></c></row>`)), 6},
		"cell outside":            {sheet(change(`r="B7"`, `r="XFE7"`)), 6},
		"cell without place":      {sheet(change(`r="B7"`, `r="7"`)), 6},
		"unknown type":            {sheet(change(`t="str"`, `t="strng"`)), 6},
		"text not there":          {sheet(whole(`<row r="7"><c r="A7" t="s"><v>2</v></c></row>`)), 6},
		"text not there, no part": {minimal(whole(`<row r="7"><c r="A7" t="s"><v>0</v></c></row>`), member{name: "xl/sharedStrings.xml", content: "x"}), 6},
		"text behind a break": {minimal(whole(`<row r="7"><c r="A7" t="s"><v>1</v></c></row>`),
			member{name: "xl/sharedStrings.xml", content: strings.Replace(sharedStrings, "<si><t>one", "<si><q>one", 1)}), 6},
		"no number":                {sheet(change(`<v>3125550107`, `<v>31255 50107`)), 6},
		"attribute unquoted":       {sheet(change(`r="B7"`, `r=B7`)), 6},
		"entity unknown":           {sheet(change("Person", "&nbsp;")), 6},
		"entity without end":       {sheet(change("Person", "A & B")), 6},
		"bytes that are no text":   {sheet(change("Person", "Person \xff\xfe")), 6},
		"zero byte":                {sheet(change("Person", "Person \x00")), 6},
		"text of a megabyte":       {sheet(change("Person", strings.Repeat("Person ", 200_000))), 6},
		"rows end early":           {sheet(worksheet + "<sheetData>" + sixth + "</sheetData>" + seventh + "</worksheet>"), 6},
		"rows twice":               {sheet(worksheet + "<sheetData>" + sixth + "</sheetData><sheetData>" + seventh + "</sheetData></worksheet>"), 6},
		"document type":            {sheet(whole(seventh + "<!DOCTYPE a>")), 7},
		"no end of the sheet":      {sheet(strings.TrimSuffix(whole(seventh), "</worksheet>")), 11},
		"something behind the end": {sheet(whole(seventh) + "<worksheet/>"), 11},
		"checksum":                 {minimal("", member{name: sheetXML, content: whole(seventh), sum: 7}), 11},
		"shorter than it claims":   {minimal("", member{name: sheetXML, content: whole(seventh), size: 1 << 20}), 11},
		"checksum of the texts":    {minimal(whole(seventh), member{name: stringsXML, content: sharedStrings, sum: 7}), 11},
		"texts without end": {minimal(whole(seventh),
			member{name: stringsXML, content: strings.TrimSuffix(sharedStrings, "</sst>")}), 11},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			path := file(t, "list.xlsx", pack(t, tt.parts...))
			got, err := read(t, path, campaign.Reading{})
			wantFault(t, err, campaign.FaultDamaged)
			var fault *campaign.FileError
			if !errors.As(err, &fault) || fault.Row != tt.last || fault.Rows != tt.last-1 {
				t.Errorf("%d rows up to row %d (%v), want up to %d", fault.Rows, fault.Row, err, tt.last)
			}
			if !strings.Contains(err.Error(), fmt.Sprintf("up to row %d", tt.last)) {
				t.Errorf("does not say where: %v", err)
			}
			again, err := read(t, path, campaign.Reading{Until: tt.last})
			if err != nil {
				t.Fatal("reading until there:", err)
			}
			if diff := cmp.Diff(got.Rows, again.Rows); diff != "" || len(again.Rows) != tt.last-1 {
				t.Errorf("%d rows until there (-first +again):\n%s", len(again.Rows), diff)
			}
			for i, row := range again.Rows[:5] {
				if want := fmt.Sprintf("Person %d", i+2); row.Number != i+2 || row.Cells[0].Text != want {
					t.Errorf("row %d is %v", row.Number, row.Cells)
				}
			}
		})
	}
}

// Where another reader loses rows and says nothing, ours does not. If it
// becomes better, these may go.
func TestOthersLoseRows(t *testing.T) {
	rows := tenRows()
	half := strings.Join(rows[:6], "")
	silent := 0
	for name, parts := range map[string][]member{
		"cut":          minimal(worksheet + "<sheetData>" + half + rows[6][:60]),
		"bad tag":      minimal(data(half + strings.Replace(rows[6], "</c>", "</d>", 1) + strings.Join(rows[7:], ""))),
		"row repeated": minimal(data(half + rows[5] + strings.Join(rows[7:], ""))),
		"checksum":     minimal("", member{name: sheetXML, content: data(strings.Join(rows, "")), sum: 7}),
	} {
		path := file(t, "list.xlsx", pack(t, parts...))
		if f, err := excelize.OpenFile(path); err == nil {
			got, err := f.GetRows("People")
			if err == nil && len(got) != len(rows) {
				silent++
				t.Logf("%s: excelize gives %d of %d rows and no error", name, len(got), len(rows))
			}
			_ = f.Close()
		}
		_, err := read(t, path, campaign.Reading{})
		wantFault(t, err, campaign.FaultDamaged)
	}
	if silent == 0 {
		t.Log("excelize finds all of it")
	}
}

// A damaged list of what is in the workbook gives nothing at all.
func TestDamageAbove(t *testing.T) {
	good := data(strings.Join(tenRows(), ""))
	replace := func(name, content string) []member { return minimal(good, member{name: name, content: content}) }
	tests := map[string][]member{
		"workbook cut":             replace("xl/workbook.xml", bookXML[:len(bookXML)/2]),
		"workbook of another kind": replace("xl/workbook.xml", "<document/>"),
		"no sheets":                replace("xl/workbook.xml", "<workbook/>"),
		"sheet without relation":   replace("xl/_rels/workbook.xml.rels", "<Relationships/>"),
		"relations cut":            replace("xl/_rels/workbook.xml.rels", bookRels[:len(bookRels)/2]),
		"styles missing":           minimal(good, related("styles", "styles.xml")),
		"sheet twice":              append(minimal(good), member{name: "XL/worksheets/Sheet1.xml", content: good}),
		"sheet empty":              replace(sheetXML, ""),
		"no rows at all":           replace(sheetXML, "<worksheet/>"),
		"row outside":              replace(sheetXML, `<worksheet><row r="1"/><sheetData/></worksheet>`),
	}
	for name, parts := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := read(t, file(t, "list.xlsx", pack(t, parts...)), campaign.Reading{})
			if err == nil {
				t.Fatalf("read %d rows", len(got.Rows))
			}
			wantFault(t, err, campaign.FaultDamaged)
			var fault *campaign.FileError
			if errors.As(err, &fault) && fault.Row != 0 {
				t.Errorf("row %d of nothing", fault.Row)
			}
		})
	}
}

// Bombs and sizes that are lies are refused before they cost anything.
func TestTooLarge(t *testing.T) {
	many := func(n int, one string) string { return strings.Repeat(one, n) }
	huge := func(sheet string, more ...member) []byte { return pack(t, minimal(sheet, more...)...) }
	zeros := deflated(t, 80<<20)
	directory := bytes.Repeat([]byte("PK\x01\x02"+strings.Repeat("\x00", 24)+"\x01\x00"+strings.Repeat("\x00", 16)+"a"), 300_000)
	end := "PK\x05\x06\x00\x00\x00\x00" + le16(300_000&0xffff) + le16(300_000&0xffff) + le32(uint32(len(directory))) + le32(4) + "\x00\x00"
	tests := map[string]struct {
		content []byte
		want    campaign.Fault
	}{
		"claims 5 GB":          {huge("", member{name: sheetXML, content: "x", size: 5 << 30}), campaign.FaultTooLarge},
		"claims 3 GB twice":    {huge("", member{name: "a", content: "x", size: 3 << 30}, member{name: "b", content: "x", size: 3 << 30}), campaign.FaultTooLarge},
		"nothing, packed well": {zeros, campaign.FaultTooLarge},
		"longer than claimed":  {huge("", member{name: sheetXML, content: data(many(9000, "<row/>")), size: 200}), campaign.FaultDamaged},
		"a million sheets": {huge("", member{name: "xl/workbook.xml", content: "<workbook><sheets>" + many(1_000_000, `<sheet name="a"/>`) + "</sheets></workbook>"}),
			campaign.FaultTooLarge},
		"a million names": {huge("", member{name: "xl/workbook.xml", content: "<workbook><definedNames>" + many(20_000, `<definedName>x</definedName>`) + "</definedNames></workbook>"}),
			campaign.FaultTooLarge},
		"a million formats": {huge("", related("styles", "styles.xml"),
			member{name: "xl/styles.xml", content: "<styleSheet><cellXfs>" + many(300_000, "<xf/>") + "</cellXfs></styleSheet>"}), campaign.FaultTooLarge},
		"300,000 parts":         {append(append([]byte("PK\x03\x04"), directory...), end...), campaign.FaultTooLarge},
		"document type":         {huge(`<!DOCTYPE lolz [<!ENTITY lol "lol">]>` + data("")), campaign.FaultDamaged},
		"a million columns":     {huge(data("<row>" + many(1_000_000, "<c><v>1</v></c>") + "</row>")), campaign.FaultDamaged},
		"nested":                {huge(data("<row><c><is>" + many(100_000, "<r>"))), campaign.FaultDamaged},
		"nested, an extension":  {huge(worksheet + many(100_000, "<ext>")), campaign.FaultDamaged},
		"a tag without end":     {huge(worksheet + "<a " + many(400_000, `b="" `)), campaign.FaultDamaged},
		"a comment without end": {huge(worksheet + "<!--" + many(2_000_000, "x")), campaign.FaultDamaged},
		"text in pieces":        {huge(data("<row><c><is>" + many(20_000, "<t>"+many(100, "x")+"</t>"))), campaign.FaultDamaged},
		"value in pieces":       {huge(data("<row><c t='str'><v>" + many(20_000, "<![CDATA["+many(100, "x")+"]]>"))), campaign.FaultDamaged},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := read(t, file(t, "list.xlsx", tt.content), campaign.Reading{})
			wantFault(t, err, tt.want)
		})
	}
}

// deflated is a workbook with a sheet of blanks that is packed well.
func deflated(t *testing.T, n int) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range minimal("") {
		w, err := z.Create(m.name)
		if err != nil {
			t.Fatal(err)
		}
		content := []byte(m.content)
		if m.name == sheetXML {
			content = bytes.Repeat([]byte(" "), n)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func le16(n int) string    { return string(binary.LittleEndian.AppendUint16(nil, uint16(n))) }
func le32(n uint32) string { return string(binary.LittleEndian.AppendUint32(nil, n)) }

// A workbook with bytes changed anywhere is read as it was, or not without an
// error.
func TestFlippedBytes(t *testing.T) {
	good, err := os.ReadFile(workbook(t, people(300)))
	if err != nil {
		t.Fatal(err)
	}
	want, err := read(t, file(t, "list.xlsx", good), campaign.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(good); i += 97 {
		bad := bytes.Clone(good)
		bad[i] ^= 0x24
		got, err := read(t, file(t, "list.xlsx", bad), campaign.Reading{})
		if err == nil && cmp.Diff(want.Rows, got.Rows) != "" {
			t.Fatalf("byte %d flipped: other rows and no error", i)
		}
		var fault *campaign.FileError
		if err != nil && !errors.As(err, &fault) {
			t.Fatalf("byte %d flipped: %v", i, err)
		}
	}
}
