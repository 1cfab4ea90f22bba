package sheet

import (
	"encoding/xml"
	"io"
	"regexp"
	"strings"
)

// dates tells, by a cell's style, whether it shows a date.
type dates []bool

func (d dates) has(style int) bool { return style >= 0 && style < len(d) && d[style] }

// readDates reads the number formats of a workbook's styles (ECMA-376 18.8).
func readDates(r io.Reader) (dates, error) {
	var sheet struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Styles []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := xml.NewDecoder(r).Decode(&sheet); err != nil {
		return nil, err
	}
	custom := map[int]bool{}
	for _, f := range sheet.Formats {
		custom[f.ID] = isDate(f.Code)
	}
	d := make(dates, len(sheet.Styles))
	for i, s := range sheet.Styles {
		date, known := custom[s.Format]
		d[i] = date || !known && builtinDate(s.Format)
	}
	return d, nil
}

// builtinDate knows the formats that have no code in the file (18.8.30), those
// of East Asian editions included.
func builtinDate(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

var literal = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^]]*\]`)

// isDate tells whether a format code has a part of a date or a time in it.
func isDate(code string) bool {
	code = strings.ToLower(code)
	for _, elapsed := range []string{"[h]", "[hh]", "[m]", "[mm]", "[s]", "[ss]"} {
		if strings.Contains(code, elapsed) {
			return true
		}
	}
	code = literal.ReplaceAllString(code, "")
	return !strings.Contains(code, "general") && strings.ContainsAny(code, "dmyhs")
}
