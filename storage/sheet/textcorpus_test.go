package sheet_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/campaign"
)

// textsByHand are the files of testdata/text, html and xml that no program
// wrote, by their names.
func textsByHand(t *testing.T) map[string][]byte {
	const excelPage = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=windows-1252"><meta name=ProgId content=Excel.Sheet>
<style><!--table {mso-displayed-decimal-separator:"\.";}
.xl65 {mso-style-parent:style0; mso-number-format:"\@";}
.xl66 {mso-style-parent:style0; mso-number-format:"Short Date";}
.xl67 {mso-number-format:0;}
--></style>
<!--[if gte mso 9]><xml><x:ExcelWorkbook></x:ExcelWorkbook></xml><![endif]--></head>
<body link=blue vlink=purple><table x:str border=0 cellpadding=0 cellspacing=0 width=256 style='border-collapse:collapse'>
 <col width=64 span=4 style='width:48pt'>
 <tr height=20><td height=20 width=64>Name</td><td>Phone</td><td>Plain number</td><td>Appointment</td></tr>
 <tr height=20><td height=20>Zo` + "\xEB M\xFC" + `ller</td><td class=xl65>(312)<span style='mso-spacerun:yes'>&nbsp; </span>555-0142</td><td align=right x:num="3125550142">3.13E+09</td><td class=xl66 align=right x:num="46082">3/1/2026</td></tr>
 <tr height=20 style='display:none;mso-height-source:userset'><td height=20>Hidden&nbsp;&amp; gone</td><td class=xl65>0617</td><td class=xl67 align=right x:num>42</td><td></td></tr>
 <tr height=20><td height=20 x:str="Ann ">Ann<span style='mso-spacerun:yes'>&nbsp;</span></td><td x:err="#N/A">#N/A</td><td align=right x:num x:fmla="=C2+2">3125550144</td><td x:bool="TRUE">TRUE</td></tr>
 <![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=64 style='width:48pt'></td></tr><![endif]>
</table></body></html>
`
	report := "<html><body><table width=100%><tr><td><table><tr><td>Home</td></tr></table></td><td>" +
		"<table class=report><caption>Members</caption><thead><tr><th>Name<th>Phone<th>Town</thead><tbody>" +
		strings.Repeat("<tr><td>Ann Example<td>312 555 0142<td rowspan=2>Rome<tr><td colspan=1>Bob<br>Example<td>312 555 0143", 3) +
		"</tbody></table></td></tr></table></body></html>"
	workbook := xmlHead + xmlSheet("Members", xmlRow("", "Zoë &amp; Ann", "312 555 0142")+xmlRow(` ss:Index="5" ss:Hidden="1"`, "Bob&#10;Example", "312 555 0143")+
		`<Row><Cell ss:Index="2" ss:Formula="=+13125550144"><Data ss:Type="Number">13125550144</Data></Cell><Cell ss:MergeAcross="1"><Data ss:Type="DateTime">2026-03-01T10:30:00.000</Data></Cell><Cell><Data ss:Type="Boolean">0</Data></Cell></Row>`) +
		xmlSheet("Codes", "") + xmlTail
	files := map[string][]byte{
		"html/hand-excel.xls":  []byte(excelPage),
		"html/hand-report.xls": []byte(report),
		"html/hand-cut.xls":    []byte(report[:len(report)-150]),
		"xml/hand-excel.xls":   []byte(workbook),
		"xml/hand-cut.xls":     []byte(workbook[:strings.Index(workbook, "13125550144")]),
		"text/hand-damaged.csv": []byte("\"Name\",\"Phone\",Note\r\n\"Ann \"Al\" Example\",312 555 0142,5\" pipe\r\n\"Bob,312 555 0143,\r" +
			"Zo\xEB,312 555 0144,\"two\nlines\"\n \"Cid\" ,312 555 0145\n\n,,\nDan,312\x00 555 0146,x,y\n\"Eve"),
		"text/hand-sep.csv":     []byte("sep=;\r\nName;Fee\r\nDoe, Ann;1,50\r\nRoe, Bob;2,50\r\n"),
		"text/hand-aligned.txt": []byte("Name            Phone         City\nAnn Example     312 555 0142  Rome\nZoë Müller                    Oslo\nBob B. Example  312 555 0143\n"),
		"text/hand-zeros.csv":   []byte("Name,Phone\nAnn,312 555 0142\n" + strings.Repeat("\x00", 512)),
	}
	for _, l := range languages() {
		e := l.encodings[len(l.encodings)-1]
		files["text/hand-"+strings.ReplaceAll(l.name, " ", "-")+"-"+string(e)+".csv"] = encode(t, e, l.list(30, ";"))
	}
	return files
}

// Files in text, with what is read from them beside them.
func TestTextCorpus(t *testing.T) {
	if *update {
		for name, content := range textsByHand(t) {
			if err := os.WriteFile(filepath.Join("testdata", name), content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, folder := range []string{"text", "html", "xml"} {
		list, err := filepath.Glob(filepath.Join("testdata", folder, "*"))
		if err != nil {
			t.Fatal(err)
		}
		read := 0
		for _, path := range list {
			if strings.HasSuffix(path, ".golden") || filepath.Base(path) == "README.txt" {
				continue
			}
			read++
			t.Run(filepath.Base(path), func(t *testing.T) {
				golden(t, path, everything(t, path))
			})
		}
		if read < 3 {
			t.Errorf("%d files of %s", read, folder)
		}
	}
}

// everything describes all tables of a file.
func everything(t *testing.T, path string) string {
	got, err := read(t, path, campaign.Reading{})
	text := fmt.Sprintf("%s in %q, delimiter %q\n%s", got.Book.Format, got.Book.Encoding, got.Book.Delimiter, described(got, err))
	for _, s := range got.Book.Sheets {
		if s.Name != got.Sheet {
			other, err := read(t, path, campaign.Reading{Sheet: s.Name})
			text += described(other, err)
		}
	}
	return text
}
