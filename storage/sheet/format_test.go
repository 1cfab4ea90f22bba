package sheet_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"rollcall/campaign"
)

// shown returns the cells B2, B3, … of a sheet that holds numbers in formats.
func shown(t testing.TB, values []string, codes []string) []campaign.Cell {
	t.Helper()
	xml := `<row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>Value</v></c></row>`
	styles := `<styleSheet><numFmts>`
	cells := `</numFmts><cellXfs><xf numFmtId="0"/>`
	for i, code := range codes {
		styles += fmt.Sprintf(`<numFmt numFmtId="%d" formatCode="%s"/>`, 200+i, escape(code))
		cells += fmt.Sprintf(`<xf numFmtId="%d"/>`, 200+i)
		xml += fmt.Sprintf(`<row r="%d"><c r="A%d" t="str"><v>x</v></c><c r="B%d" s="%d"><v>%s</v></c></row>`, i+2, i+2, i+2, i+1, values[i])
	}
	path := file(t, "list.xlsx", pack(t, minimal(data(xml),
		member{name: "xl/styles.xml", content: styles + cells + `</cellXfs></styleSheet>`},
		related("styles", "/xl/styles.xml"))...))
	got, err := read(t, path, campaign.Reading{Header: 1})
	if err != nil {
		t.Fatal(err)
	}
	var list []campaign.Cell
	for _, row := range got.Rows {
		list = append(list, row.Cells[1])
	}
	if len(list) != len(codes) {
		t.Fatalf("%d cells of %d", len(list), len(codes))
	}
	return list
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// What Excel shows, by format code.
func TestShown(t *testing.T) {
	tests := []struct{ code, value, want string }{
		{"General", "0", "0"}, {"General", "6175550142", "6175550142"}, {"General", "99999999999", "99999999999"},
		{"General", "6.175550142E9", "6175550142"}, {"General", "123456789012", "1.23457E+11"}, {"General", "-123456789012", "-1.23457E+11"},
		{"General", "99999999999.6", "1E+11"}, {"General", "0.1", "0.1"}, {"General", "0.30000000000000004", "0.3"},
		{"General", "1234567.891234", "1234567.891"}, {"General", "-1.5", "-1.5"}, {"General", "0.0001", "0.0001"},
		{"General", "0.00001234", "1.234E-05"}, {"General", "1E+300", "1E+300"}, {"General", "12345678901.5", "12345678902"},
		{"00000", "501", "00501"}, {"00000", "123456", "123456"}, {"00000", "-501", "-00501"},
		{"000-00-0000", "12345678", "012-34-5678"}, {"(###) ###-####", "6175550142", "(617) 555-0142"},
		{"(000) 000-0000", "6175550142", "(617) 555-0142"}, {"0##-#######", "171234567", "017-1234567"},
		{"[<=9999999]###-####;(###) ###-####", "5550142", "555-0142"}, {"[<=9999999]###-####;(###) ###-####", "6175550142", "(617) 555-0142"},
		{"+0", "491712345678", "+491712345678"}, {`"+"0`, "491712345678", "+491712345678"}, {`\+0`, "49", "+49"},
		{"+# ### ### ####", "16175550142", "+1 617 555 0142"}, {"0000 000000", "1712345678", "1712 345678"},
		{"0", "12345678901234567890", "12345678901234600000"}, {"0", "6175550142.5", "6175550143"}, {"0", "0", "0"}, {"#", "0", "0"},
		{"0.00", "1.005", "1.01"}, {"0.00", "-1.5", "-1.50"}, {"0.00", "999.999", "1000.00"}, {"0.0#", "1.5", "1.5"}, {"0.0#", "1.25", "1.25"}, {"#.##", "5", "5."},
		{".00", "12.5", "12.50"}, {"?0.0?", "1.5", "1.5"},
		{"#,##0", "1234567", "1,234,567"}, {"#,##0", "12", "12"}, {"#,##0.00", "-1234.5", "-1,234.50"}, {"0,000", "5", "0,005"},
		{"#,##0,", "1234567", "1,235"}, {"0.0,,\"M\"", "1234567", "1.2M"}, {"0%", "0.25", "25%"}, {"0.00%", "0.12345", "12.35%"},
		{"$#,##0_);($#,##0)", "-5", "($5)"}, {"[$€-407] #,##0.00", "5", "€ 5.00"}, {"#,##0 [$kr-41D]", "5", "5 kr"},
		{"[Red]0;[Blue]-0;\"none\"", "0", "none"}, {"0;0", "-7", "7"}, {"0;-0", "-7", "-7"}, {"[>100]\"many\";0", "101", "many"}, {"[>100]\"many\";0", "7", "7"},
		{"[=1]\"yes\";[=0]\"no\";0", "1", "yes"}, {"[=1]\"yes\";[=0]\"no\";0", "0", "no"}, {"[<>1]0.0;0", "1", "1"}, {"[>=5]0.0;0", "5", "5.0"},
		{"[>5]0", "1", "1"}, {"[<0]\"minus \"0;0", "-3", "minus 3"},
		{"0.00E+00", "6175550142", "6.18E+09"}, {"0.00E+00", "0.00012", "1.20E-04"}, {"0E-0", "120", "1E2"}, {"##0.0E+0", "12345", "12.3E+3"},
		{"0.0E+0", "9.99", "1.0E+1"}, {"0.00E+00", "0", "0.00E+00"},
		{"# ?/?", "1.5", "1.5"}, {";;;", "5", "5"}, {"0;;", "-5", "-5"}, {"\"hidden\"", "5", "hidden"}, {"n", "5.25", "5.25"}, {"0E+", "5", "5"}, {"[<x]0", "5", "5"},
		{"General\" kg\"", "5.5", "5.5 kg"}, {"0.0.0", "1.5", "1.5.0"}, {"0\"", "7", "7"}, {"@", "617", "617"}, {"\"Dr. \"@", "617", "617"},
		{"yyyy-mm-dd", "46082", "2026-03-01"}, {"d/m/yy", "46082", "1/3/26"}, {"dd.mm.yyyy", "46082", "01.03.2026"}, {"d. mmmm yyyy", "46082", "1. March 2026"},
		{"mmmmm", "46082", "M"}, {"ddd, mmm d", "46082", "Sun, Mar 1"}, {"yyyy-mm-dd", "1", "1900-01-01"}, {"yyyy-mm-dd", "60", "1900-02-29"},
		{"yyyy-mm-dd", "61", "1900-03-01"}, {"yyyy-mm-dd", "0", "1900-01-00"}, {"yyyy-mm-dd", "2958465", "9999-12-31"},
		{"yyyy-mm-dd", "6175550142", "6175550142"}, {"yyyy-mm-dd", "-5", "-5"}, {"h:mm AM/PM", "0.5", "12:00 PM"}, {"h:mm a/p", "0.25", "6:00 A"},
		{"hh:mm:ss", "0.999994", "23:59:59"}, {"mm:ss.0", "0.5000058", "00:00.5"}, {"yyyy-mm-dd hh:mm:ss", "46082.9999999", "2026-03-02 00:00:00"},
		{"[h]:mm", "1.5", "36:00"}, {"[mm]:ss", "0.5", "720:00"}, {"[s]", "0.5", "43200"}, {"h \"h\" m", "0.4375", "10 h 30"},
		{"[$-F800]dddd, mmmm dd, yyyy", "46082", "2026-03-01"}, {"[$-F400]h:mm:ss AM/PM", "0.75", "18:00:00"},
		{"m/d", "46082", "3/1"}, {"mm-dd-yy", "46082", "03-01-26"}, {"e", "46082", "2026"}, {"yyyy,mm", "46082", "2026,03"},
	}
	var values, codes []string
	for _, tt := range tests {
		values, codes = append(values, tt.value), append(codes, tt.code)
	}
	got := shown(t, values, codes)
	for i, tt := range tests {
		if got[i].Text != tt.want || got[i].Raw != tt.value {
			t.Errorf("%s in %s is %q (raw %q), want %q", tt.value, tt.code, got[i].Text, got[i].Raw, tt.want)
		}
	}
}

// The library shows numbers too, and the same.
func TestShownLikeExcelize(t *testing.T) {
	codes := []string{
		"0", "0.00", "#,##0", "#,##0.00", "0%", "0.00%", "0.00E+00", "00000", "000-00-0000", "(000) 000-0000",
		"yyyy-mm-dd", "d-mmm-yy", "d-mmm", "mmm-yy", "h:mm AM/PM", "h:mm:ss AM/PM", "h:mm", "h:mm:ss", "mm:ss", "[h]:mm:ss",
		"dd/mm/yyyy", "dddd", "yyyy/m/d hh:mm", `0" units"`, `"No. "000`, "#,##0;(#,##0)", "[Red]0",
	}
	values := []string{"0", "1", "7", "46082", "46082.5", "12345678", "6175550142", "0.25", "1234.5678", "-3", "-1234.5", "0.000123"}
	for _, code := range codes {
		isDate := strings.ContainsAny(code, "ymdhs") && !strings.Contains(code, `"`) && !strings.Contains(code, "Red")
		for _, value := range values {
			got := shown(t, []string{value}, []string{code})[0].Text
			if v, _ := strconv.ParseFloat(value, 64); isDate && v > 2958465 {
				// Excel has no dates after 9999: it shows #### and the library
				// dates of later years. Ours is the number.
				if got != value {
					t.Errorf("%s in %s is %q", value, code, got)
				}
				continue
			}
			if want := excelizeShows(t, value, code); got != want {
				t.Errorf("%s in %s is %q, the library has %q", value, code, got, want)
			}
		}
	}
}

func excelizeShows(t *testing.T, value, code string) string {
	t.Helper()
	v, err := strconv.ParseFloat(value, 64)
	f := excelize.NewFile()
	style, err2 := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
	err3 := errors.Join(f.SetCellFloat("Sheet1", "A1", v, -1, 64), f.SetCellStyle("Sheet1", "A1", "A1", style))
	text, err4 := f.GetCellValue("Sheet1", "A1")
	if err := errors.Join(err, err2, err3, err4, f.Close()); err != nil {
		t.Fatal(err)
	}
	return text
}
