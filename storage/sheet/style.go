package sheet

import (
	"strconv"

	"rollcall/campaign"
)

// styles tells by a cell's style how its number is shown.
type styles struct {
	formats  []*format // by style; the same format is there once
	date1904 bool      // dates count from 1904 (ECMA-376 18.17.4.1)
}

// format returns that of a style. One that is not there is General.
func (s *styles) format(style int) *format {
	if style < len(s.formats) {
		return s.formats[style]
	}
	return general
}

// maxStyles is more than the 65490 that Excel allows.
const maxStyles = 1 << 18

// read reads the number formats of a workbook's styles (18.8).
func (s *styles) read(l *lexer) error {
	codes, compiled := map[int]string{}, map[int]*format{}
	section := ""
	return l.each(func(depth int, name string) error {
		switch {
		case depth == 1 && name != "styleSheet":
			return errRoot
		case depth == 2:
			section = name
		case depth == 3 && section == "numFmts" && name == "numFmt":
			if id, err := strconv.Atoi(l.attr("numFmtId")); err == nil {
				codes[id] = l.attr("formatCode")
			}
		case depth == 3 && section == "cellXfs" && name == "xf":
			id, _ := strconv.Atoi(l.attr("numFmtId")) // absent: General
			if compiled[id] == nil {
				compiled[id] = formatOf(id, codes)
			}
			s.formats = append(s.formats, compiled[id])
		}
		if len(s.formats) > maxStyles || len(codes) > maxStyles {
			return &campaign.FileError{Fault: campaign.FaultTooLarge}
		}
		return nil
	})
}

// formatOf returns the format of an id, by the file's codes first.
func formatOf(id int, codes map[int]string) *format {
	code, found := codes[id]
	if !found {
		code = builtin(id)
	}
	return compile(code)
}

// builtin returns the format codes that have none in the file (18.8.30). Dates
// in the system's order are shown as ISO 8601 has them, and so are those that
// differ between East Asian editions.
func builtin(id int) string {
	const (
		date, dateTime = "yyyy-mm-dd", "yyyy-mm-dd h:mm"
		accounts       = `_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)`
		cents          = `_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)`
	)
	codes := [...]string{
		1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "$#,##0_);($#,##0)", 6: "$#,##0_);($#,##0)", 7: "$#,##0.00_);($#,##0.00)",
		8: "$#,##0.00_);($#,##0.00)", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: date, 15: "d-mmm-yy",
		16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: dateTime,
		27: date, 28: date, 29: date, 30: date, 31: date, 32: "h:mm", 33: "h:mm:ss", 34: date, 35: date, 36: date,
		37: "#,##0_);(#,##0)", 38: "#,##0_);(#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);(#,##0.00)",
		41: accounts, 42: accounts, 43: cents, 44: cents,
		45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
		50: date, 51: date, 52: date, 53: date, 54: date, 55: date, 56: date, 57: date, 58: date,
	}
	if id < 0 || id >= len(codes) {
		return ""
	}
	return codes[id]
}
